"""What bytes that are no text look like: by their first bytes, never by the name of the file."""

from __future__ import annotations

import re

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
# A zip file names what it holds in plain letters at its head and again at its end.
_IN_ZIP = (
    (b"word/", "docx"),
    (b"xl/", "xlsx"),
    (b"ppt/", "pptx"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/epub+zip", "epub"),
)
_LOOKED_AT = 65536
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
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
        ends = data[:_LOOKED_AT] + data[-_LOOKED_AT:]
        return next((kind for mark, kind in _IN_ZIP if mark in ends), "zip")
    if data[4:12] in (b"ftypheic", b"ftypmif1"):
        return "image"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    return next((kind for mark, kind in _FIRST_BYTES if data.startswith(mark)), None)


def is_binary(data: bytes) -> bool:
    """True where control characters are too many for a text in an encoding of one byte (or UTF-8)."""
    return len(data) - len(data.translate(None, _CONTROLS)) > _SHARE_OF_CONTROLS * len(data)
