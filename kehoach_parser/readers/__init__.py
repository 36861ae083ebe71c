"""Bytes in, Text out: the one place where a file becomes letters and offsets.

Plain text and Markdown for now. Spans count in what is made here, so nothing is tidied: line ends, blanks and page breaks stay.
"""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path, PurePath

from kehoach_parser.errors import AccessDenied, MissingFile, NotAFile, ReadError
from kehoach_parser.readers.encodings import decode
from kehoach_parser.text import Text

_MARKDOWN = frozenset({".md", ".markdown"})
_NO_NAME = "-"  # what messages call bytes that came without a name (standard input)


def read_file(path: Path) -> Text:
    """The text of a file, named by the last part of its path.

    Raises MissingFile, AccessDenied, NotAFile, ReadError (with the reason of the operating system), EmptyFile, NotText, UnknownEncoding;
    their ``name`` is the whole path as given.
    """
    where = str(path)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise NotAFile(where, kind="folder")
        if stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
            raise NotAFile(where, kind="device")
        data = path.read_bytes()
    except FileNotFoundError:
        raise MissingFile(where) from None
    except PermissionError:
        raise AccessDenied(where) from None
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        raise ReadError(where, reason=getattr(error, "strerror", None) or str(error)) from None
    return _text(data, path.name, where)


def read_bytes(data: bytes, name: str | None) -> Text:
    """The text of bytes that were read elsewhere; ``name`` is the file's name or None. Raises EmptyFile, NotText, UnknownEncoding."""
    return _text(data, name, _NO_NAME if name is None else name)


def _text(data: bytes, name: str | None, where: str) -> Text:
    content, notes = decode(data, where)
    markdown = name is not None and PurePath(name).suffix.lower() in _MARKDOWN
    return Text(
        content=content,
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/markdown" if markdown else "text/plain",
        pages=_pages(content),
        notes=notes,
    )


def _pages(content: str) -> tuple[int, ...]:
    """Where pages start, as form feeds tell; empty where there is none. A form feed at the very end starts no page."""
    starts = [0, *(at + 1 for at, char in enumerate(content) if char == "\f")]
    if len(starts) > 1 and not content[starts[-1] :].strip():
        starts.pop()
    return tuple(starts) if "\f" in content else ()
