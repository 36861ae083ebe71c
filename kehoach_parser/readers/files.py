"""A file is read: by the reader that its bytes ask for.

Which reader a file goes to is told by its bytes. Spans count in what is made here. Of a text file nothing is tidied: line ends, blanks and
page breaks stay. The libraries of the other formats are imported when such a file comes.
"""

from __future__ import annotations

import hashlib
import re
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePath

from kehoach_parser.errors import AccessDenied, EmptyFile, MissingFile, NotAFile, NotText, NoVietnamese, ReadError, TooLarge, Unreadable
from kehoach_parser.readers import limits
from kehoach_parser.readers.encodings import decode
from kehoach_parser.readers.options import ReadOptions
from kehoach_parser.readers.signatures import is_fragment, kind_of
from kehoach_parser.text.text import Text

_NO_FILES = (
    (stat.S_ISDIR, "folder"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
    (stat.S_ISSOCK, "device"),
    (stat.S_ISFIFO, "pipe"),
)
#: Bytes of a name that are no letters (Python keeps them as lone surrogates), and signs that would move a terminal's cursor.
_NOT_PRINTABLE = re.compile("[\ud800-\udfff\x00-\x1f\x7f-\x9f]")
_MARKDOWN = frozenset({".md", ".markdown"})
_REASON = 200
_NO_NAME = "-"  # what messages call bytes that came without a name (standard input)
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "html": "text/html",
}
_IMAGES = {b"\x89PN": "image/png", b"\xff\xd8\xff": "image/jpeg", b"II*": "image/tiff", b"MM\x00": "image/tiff"}


def read_file(path: Path, options: ReadOptions | None = None) -> Text:
    """The text of a file, named by the last part of its path. ``options`` is for files whose pages are pictures.

    Raises the errors of `file_bytes` and of `read_bytes`; their ``name`` is the whole path as given.
    """
    return read_bytes(file_bytes(path), path.name, options, where=str(path))


def printable_name(name: str) -> str:
    """The name of a file as it can be shown and stored: bytes that are no UTF-8 and control signs as "\\xe9"."""
    return _NOT_PRINTABLE.sub(lambda sign: f"\\x{ord(sign.group()) & 0xFF:02x}", name)


def read_bytes(data: bytes, name: str | None, options: ReadOptions | None = None, *, where: str | None = None) -> Text:
    """The text of the bytes of a file; ``name`` is its name or None, ``where`` what errors call it instead.

    Raises EmptyFile, NotText, UnknownEncoding, and of files that are no plain text Encrypted, BrokenFile, TooLarge, TookTooLong,
    OcrMissing, OfficeMissing; whatever else goes wrong is Unreadable, so that one file ends no run.
    """
    where = printable_name(where or (_NO_NAME if name is None else name))
    try:
        text = _text(data, None if name is None else printable_name(name), where, options or ReadOptions())
    except ReadError:
        raise
    except OSError as error:
        raise ReadError(where, reason=error.strerror or str(error)) from error
    except Exception as error:
        raise Unreadable(where, reason=f"{type(error).__name__}: {error}"[:_REASON]) from error
    if len(text.content) > limits.TEXT_LETTERS:
        raise TooLarge(where, what="letters", limit=str(limits.TEXT_LETTERS))
    return text


def unpack(data: bytes, where: str) -> Iterator[tuple[str, bytes | ReadError]] | None:
    """Name and bytes of each file in a zip file, or why that file alone cannot be unpacked; None where these bytes are no zip file (a Word
    file is one only on the outside).

    Raises BrokenFile, TooLarge when the first file is taken from the iterator.
    """
    if kind_of(data) != "zip":
        return None
    from kehoach_parser.readers.zips import read_zip

    return read_zip(data, where)


def file_bytes(path: Path) -> bytes:
    """What a file holds. Raises MissingFile, AccessDenied, NotAFile, TooLarge, ReadError (with the reason of the operating system)."""
    where = printable_name(str(path))
    try:
        found = path.stat()
        if kind := next((kind for is_one, kind in _NO_FILES if is_one(found.st_mode)), None):
            raise NotAFile(where, kind=kind)
        if found.st_size > limits.FILE_BYTES:
            raise TooLarge(where, what="bytes", limit=f"{limits.FILE_BYTES // 2**20} MB")
        return path.read_bytes()
    except FileNotFoundError:
        raise MissingFile(where) from None
    except PermissionError:
        raise AccessDenied(where) from None
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        raise ReadError(where, reason=getattr(error, "strerror", None) or str(error)) from None


def _text(data: bytes, name: str | None, where: str, options: ReadOptions) -> Text:
    kind = kind_of(data) or ("html" if is_fragment(data, name) else None)
    if kind is None:
        return _plain(data, name, where)
    if len(data) > limits.FILE_BYTES:
        raise TooLarge(where, what="bytes", limit=f"{limits.FILE_BYTES // 2**20} MB")
    sha256 = hashlib.sha256(data).hexdigest()
    if kind in ("pdf", "image"):
        return _paged(data, kind, name, where, sha256, options)
    if kind in ("docx", "html"):
        from kehoach_parser.readers.documents import read_document

        content, notes = read_document(data, kind, where)
    elif kind in ("doc", "odt", "rtf"):
        from kehoach_parser.readers.office import read_office

        content, notes = read_office(data, kind, where)
    else:
        raise NotText(where, kind=kind)
    if not content.strip():
        raise EmptyFile(where)
    return Text(content, name, sha256, _MEDIA_TYPES[kind], _pages(content), notes)


def _plain(data: bytes, name: str | None, where: str) -> Text:
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


def _paged(data: bytes, kind: str, name: str | None, where: str, sha256: str, options: ReadOptions) -> Text:
    from kehoach_parser.readers.compose import compose
    from kehoach_parser.readers.images import read_image
    from kehoach_parser.readers.misread import mend
    from kehoach_parser.readers.ocr_repairs import repair
    from kehoach_parser.readers.pdf import read_pdf

    with tempfile.NamedTemporaryFile(prefix="kehoach-", suffix=f".{kind}") as file:
        file.write(data)
        file.flush()
        path = Path(file.name)
        pages, notes = read_pdf(path, sha256, where, options) if kind == "pdf" else (read_image(path, sha256, where, options), ())
    composed = compose(mend(repair(pages)))
    if not composed.content.strip():
        if any(note.endswith(":language") for page in pages for note in page.notes):
            raise NoVietnamese(where)
        raise EmptyFile(where)
    return Text(
        content=composed.content,
        name=name,
        sha256=sha256,
        media_type=_MEDIA_TYPES.get(kind) or _IMAGES.get(data[:3], "image"),
        pages=composed.pages,
        notes=(*notes, *(note for page in pages for note in page.notes)),
        layout=composed.layout,
        furniture=composed.furniture,
        repairs=composed.repairs,
        unsure=composed.unsure,
        paragraphs=composed.paragraphs,
        carried=composed.carried,
    )


def _pages(content: str) -> tuple[int, ...]:
    """Where pages start, as form feeds tell; empty where there is none. A form feed at the very end starts no page."""
    starts = [0, *(at + 1 for at, char in enumerate(content) if char == "\f")]
    if len(starts) > 1 and not content[starts[-1] :].strip():
        starts.pop()
    return tuple(starts) if "\f" in content else ()
