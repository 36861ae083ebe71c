"""What bytes that are no text look like: by their first bytes. The name of a file tells a part of a web page alone."""

from __future__ import annotations

import io
import re
import zipfile

_FIRST_BYTES = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),  # the container of Word, Excel and PowerPoint before 2007
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\x00", "sqlite"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# What a zip file is from outside is told by the names of its own members: a folder "word/" in a bundle, a Word file stored in it as it is
# and a folder that a Word file was unpacked to are none.
_OFFICE_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_TYPES = "[Content_Types].xml"
_MIME_TYPES = ((b"application/vnd.oasis.opendocument.text", "odt"), (b"application/epub+zip", "epub"))
_FIRST_MEMBERS = ("[content_types].xml", "_rels/", "docprops/", "word/", "customxml/")
_NAME_AT = 30  # in the head of a member
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!--|[a-z])", re.I)
_LOOKED_AT_FOR_HTML = 2048
# Tab, line feed, vertical tab, form feed, carriage return, end of file of DOS, escape: found in texts.
_CONTROLS_OF_TEXT = frozenset(b"\t\n\x0b\x0c\r\x1a\x1b")
_CONTROLS = bytes(code for code in range(32) if code not in _CONTROLS_OF_TEXT)
_SHARE_OF_CONTROLS = 0.01  # a text may hold a stray one; machine code and images have them everywhere


def kind_of(data: bytes) -> str | None:
    """What a known format calls itself (pdf, docx, image, html …); None for anything else."""
    if _HTML.match(data[:_LOOKED_AT_FOR_HTML]):
        return "html"
    if data.startswith(_ZIP):
        return _kind_of_zip(data)
    if data[4:12] in (b"ftypheic", b"ftypmif1"):
        return "image"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    return next((kind for mark, kind in _FIRST_BYTES if data.startswith(mark)), None)


def is_fragment(data: bytes, name: str | None) -> bool:
    """Whether a file named as a web page holds a part of one: "<div><p>…" without <html>."""
    return bool(name) and str(name).lower().endswith((".html", ".htm", ".xhtml")) and _TAG.match(data[:_LOOKED_AT_FOR_HTML]) is not None


def is_binary(data: bytes) -> bool:
    """True where control characters are too many for a text in an encoding of one byte (or UTF-8)."""
    return len(data) - len(data.translate(None, _CONTROLS)) > _SHARE_OF_CONTROLS * len(data)


def _kind_of_zip(data: bytes) -> str:
    length = int.from_bytes(data[26:28], "little")
    first = data[_NAME_AT : _NAME_AT + length].decode("utf-8", "replace")
    if first == "mimetype":  # its bytes follow, stored as they are
        said = data[_NAME_AT + length : _NAME_AT + length + 80]
        return next((kind for mark, kind in _MIME_TYPES if mark in said), "zip")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
    except Exception:  # whatever the module raises on a damaged list of members: the first member has to tell
        return "docx" if first.lower().startswith(_FIRST_MEMBERS) else "zip"
    if _TYPES not in names:
        return "zip"
    return next((kind for part, kind in _OFFICE_PARTS if any(name.startswith(part) for name in names)), "zip")
