"""Bytes in, Text out: the one place where a file becomes letters and offsets.

Which reader a file goes to is told by its bytes. Spans count in what is made here. Of a text file nothing is tidied: line ends, blanks and
page breaks stay. The libraries of the other formats are imported when such a file comes.
"""

from __future__ import annotations

import hashlib
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePath

from kehoach_parser.errors import AccessDenied, EmptyFile, MissingFile, NotAFile, NotText, ReadError, TooLarge
from kehoach_parser.readers import limits
from kehoach_parser.readers.encodings import decode
from kehoach_parser.readers.options import ReadOptions
from kehoach_parser.readers.plan_warnings import note_warnings as note_warnings
from kehoach_parser.readers.signatures import kind_of
from kehoach_parser.text.text import Text

_MARKDOWN = frozenset({".md", ".markdown"})
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


def read_bytes(data: bytes, name: str | None, options: ReadOptions | None = None, *, where: str | None = None) -> Text:
    """The text of the bytes of a file; ``name`` is its name or None, ``where`` what errors call it instead.

    Raises EmptyFile, NotText, UnknownEncoding, and of files that are no plain text Encrypted, BrokenFile, TooLarge, TookTooLong,
    OcrMissing, OfficeMissing.
    """
    return _text(data, name, where or (_NO_NAME if name is None else name), options or ReadOptions())


def unpack(data: bytes, where: str) -> Iterator[tuple[str, bytes]] | None:
    """Name and bytes of each file in a zip file; None where these bytes are no zip file (a Word file is one only on the outside).

    Raises BrokenFile, Encrypted, TooLarge, some of them when the files are taken from the iterator.
    """
    if kind_of(data) != "zip":
        return None
    from kehoach_parser.readers.zips import read_zip

    return read_zip(data, where)


def file_bytes(path: Path) -> bytes:
    """What a file holds. Raises MissingFile, AccessDenied, NotAFile, TooLarge, ReadError (with the reason of the operating system)."""
    where = str(path)
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise NotAFile(where, kind="folder")
        if stat.S_ISCHR(found.st_mode) or stat.S_ISBLK(found.st_mode) or stat.S_ISSOCK(found.st_mode):
            raise NotAFile(where, kind="device")
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
    kind = kind_of(data)
    if kind is None:
        return _plain(data, name, where)
    if len(data) > limits.FILE_BYTES:
        raise TooLarge(where, what="bytes", limit=f"{limits.FILE_BYTES // 2**20} MB")
    sha256 = hashlib.sha256(data).hexdigest()
    if kind in ("pdf", "image"):
        return _paged(data, kind, name, where, sha256, options)
    if kind == "html":
        from kehoach_parser.readers.html import read_html

        content, notes = read_html(data, where)
    elif kind == "docx":
        from kehoach_parser.readers.docx import read_docx

        content, notes = read_docx(data, where)
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
    )


def _pages(content: str) -> tuple[int, ...]:
    """Where pages start, as form feeds tell; empty where there is none. A form feed at the very end starts no page."""
    starts = [0, *(at + 1 for at, char in enumerate(content) if char == "\f")]
    if len(starts) > 1 and not content[starts[-1] :].strip():
        starts.pop()
    return tuple(starts) if "\f" in content else ()
