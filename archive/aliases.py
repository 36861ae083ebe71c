"""The alias file: what users teach about documents, in TOML (docs/aliases.md).

[[document]]
type = "Nghị quyết"
symbol = "18-NQ/TW"
date = 2017-10-25
names = ["Nghị quyết tinh gọn bộ máy"]
misprints = ["18-NQ/TW@2018-10-25"]
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from archive.errors import AliasError
from archive.keys import Reference, looks_like_symbol, read_reference, symbol_key

#: The file's name in the folder of an archive.
ALIAS_FILE = "aliases.toml"

_TEXTS = ("type", "symbol", "issuer", "title")
_LISTS = ("names", "misprints")
_KEYS = (*_TEXTS, "date", *_LISTS)
_HEADER = re.compile(r"\s*\[\[\s*document\s*\]\]")
_AT_LINE = re.compile(r"\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Alias:
    """What a user teaches of one document. ``date`` is YYYY-MM-DD or YYYY; ``names`` are other names of it, ``misprints`` symbols (with the
    date or term after @) that mean it where they are printed."""

    type: str
    symbol: str | None
    date: str | None
    issuer: str | None
    title: str | None
    names: tuple[str, ...]
    misprints: tuple[Reference, ...]


def read_aliases(text: str, path: str) -> tuple[Alias, ...]:
    """The entries of an alias file; ``path`` is named in errors. Raises AliasError with line and key."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        raise AliasError("alias-syntax", path=path, line=line, detail=_AT_LINE.sub("", str(error)).strip()) from error
    reader = _Reader(text, path)
    for key in content:
        if key != "document":
            reader.fail("alias-key", None, key, keys="[[document]]")
    entries = content.get("document", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        reader.fail("alias-tables", None, "document")
    aliases = tuple(reader.entry(number, entry) for number, entry in enumerate(entries))
    reader.check_names(aliases)
    return aliases


class _Reader:
    """Checks one file; knows where its keys stand, so that an error can name the line."""

    def __init__(self, text: str, path: str) -> None:
        self._lines = text.split("\n")
        self._path = path
        self._starts = [number for number, line in enumerate(self._lines) if _HEADER.match(line)]

    def fail(self, code: str, entry: int | None, key: str, **facts: str) -> NoReturn:
        raise AliasError(code, path=self._path, line=self._line(entry, key), key=key, **facts)

    def _line(self, entry: int | None, key: str) -> int:
        """The line of a key in an entry (1-based), else of the entry."""
        start = self._starts[entry] if entry is not None and entry < len(self._starts) else 0
        following = [at for at in self._starts if at > start]
        end = following[0] if entry is not None and following else len(self._lines)
        named = re.compile(rf"""\s*(?:\[+\s*)?["']?{re.escape(key)}["']?\s*[=.\]]""")
        return next((at for at in range(start, end) if named.match(self._lines[at])), start) + 1

    def entry(self, number: int, entry: dict[str, Any]) -> Alias:
        for key in entry:
            if key not in _KEYS:
                self.fail("alias-key", number, key, keys=", ".join(_KEYS))
        texts = {key: self._text(number, key, entry[key]) if key in entry else None for key in _TEXTS}
        if texts["type"] is None:
            self.fail("alias-missing", number, "type")
        if texts["symbol"] is None and texts["title"] is None:
            self.fail("alias-missing", number, "symbol")
        if texts["symbol"] is not None and not looks_like_symbol(texts["symbol"]):
            self.fail("alias-symbol", number, "symbol", value=texts["symbol"])
        lists = {key: self._list(number, key, entry.get(key, [])) for key in _LISTS}
        misprints = tuple(map(read_reference, lists["misprints"]))
        for printed, misprint in zip(lists["misprints"], misprints, strict=True):
            if not looks_like_symbol(misprint.name):
                self.fail("alias-symbol", number, "misprints", value=printed)
        day = self._date(number, entry["date"]) if "date" in entry else None
        return Alias(texts["type"] or "", texts["symbol"], day, texts["issuer"], texts["title"], lists["names"], misprints)

    def _text(self, number: int, key: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            self.fail("alias-text", number, key)
        return " ".join(value.split())

    def _list(self, number: int, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.fail("alias-list", number, key)
        return tuple(" ".join(one.split()) for one in value)

    def _date(self, number: int, value: object) -> str:
        if type(value) is date:
            return value.isoformat()
        if isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2999:
            return str(value)
        return self.fail("alias-date", number, "date", value=str(value))

    def check_names(self, aliases: tuple[Alias, ...]) -> None:
        """A name or a misprint that stands for two documents teaches nothing."""
        seen: dict[str, int] = {}
        for number, alias in enumerate(aliases):
            printed = [(name.casefold(), "names", name) for name in alias.names]
            printed += [(f"{symbol_key(one.name)}@{one.choice}", "misprints", one.name) for one in alias.misprints]
            for key, kind, name in printed:
                if seen.setdefault(key, number) != number:
                    self.fail("alias-twice", number, kind, value=name)
