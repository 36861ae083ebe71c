"""The alias file as TOML: its tables, and where in it a mistake stands (docs/aliases.md)."""

from __future__ import annotations

import re
import tomllib
from typing import Any, NoReturn

from archive.errors import AliasError
from archive.store.database import translated
from archive.store.handle import Archive

#: The file's name in the folder of an archive.
ALIAS_FILE = "aliases.toml"
#: The tables that it may have.
TABLES = ("document", "unit")

_HEADER = re.compile(rf"\s*\[\[\s*({'|'.join(TABLES)})\s*\]\]")
_AT_LINE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


def alias_text(archive: Archive) -> str | None:
    """The alias file of an archive as it lies there; None where there is none. Raises AliasError where it is no UTF-8."""
    path = archive.folder / ALIAS_FILE
    with translated(path):
        if not path.exists():
            return None
        data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AliasError("alias-encoding", path=str(path), line=line) from error


class AliasTable:
    """The entries of one table of a file; knows where their keys stand, so that an error can name the line."""

    def __init__(self, text: str, path: str, table: str) -> None:
        """Reads a file; ``path`` is named in errors. Raises AliasError where it is no TOML or has other tables."""
        self._lines = text.split("\n")
        self._path = path
        headers = [(number, match[1]) for number, line in enumerate(self._lines) if (match := _HEADER.match(line))]
        self._headers = [number for number, _ in headers]
        self._starts = [number for number, name in headers if name == table]
        content = self._content(text)
        for key in content:
            if key not in TABLES:
                self.fail("alias-key", None, key, keys=", ".join(f"[[{name}]]" for name in TABLES))
        entries = content.get(table, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self.fail("alias-tables", None, table)
        self.entries: list[dict[str, Any]] = entries

    def _content(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            line = int(found[1]) if found and found[1] else text.count("\n") + 1
            raise AliasError("alias-syntax", path=self._path, line=line, detail=_AT_LINE.sub("", str(error)).strip()) from error

    def fail(self, code: str, entry: int | None, key: str, **facts: str) -> NoReturn:
        """Raises the AliasError of a key in an entry, counted from 0; None: outside all entries."""
        raise AliasError(code, path=self._path, line=self._line(entry, key), key=key, **facts)

    def _line(self, entry: int | None, key: str) -> int:
        """The line of a key in an entry (1-based), else of the entry."""
        start = self._starts[entry] if entry is not None and entry < len(self._starts) else 0
        following = [at for at in self._headers if at > start]
        end = following[0] if entry is not None and following else len(self._lines)
        named = re.compile(rf"""\s*(?:\[+\s*)?["']?{re.escape(key)}["']?\s*[=.\]]""")
        return next((at for at in range(start, end) if named.match(self._lines[at])), start) + 1

    def only(self, number: int, keys: tuple[str, ...]) -> None:
        """Fails where an entry has a key that is none of these."""
        for key in self.entries[number]:
            if key not in keys:
                self.fail("alias-key", number, key, keys=", ".join(keys))

    def text(self, number: int, key: str) -> str | None:
        """The text under a key, blanks joined; None where the entry lacks it."""
        value = self.entries[number].get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            self.fail("alias-text", number, key)
        return " ".join(value.split())

    def texts(self, number: int, key: str) -> tuple[str, ...]:
        """The list of texts under a key; () where the entry lacks it."""
        value = self.entries[number].get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.fail("alias-list", number, key)
        return tuple(" ".join(one.split()) for one in value)

    def flag(self, number: int, key: str) -> bool:
        """The truth value under a key; False where the entry lacks it."""
        value = self.entries[number].get(key, False)
        if not isinstance(value, bool):
            self.fail("alias-flag", number, key)
        return value
