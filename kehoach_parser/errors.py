"""What can go wrong while a file is read. Parsing itself never raises.

    ReadError                  the file cannot be turned into text; the message says what, where and what to do
    ├── EmptyFile
    ├── NotText                binary, or a format that is not read yet
    └── UnknownEncoding
"""

from __future__ import annotations


class ReadError(Exception):
    """A file that cannot be read. ``code`` names the message (it is worded in the user's language by the caller), ``facts`` fill it in."""

    code = "read-error"

    def __init__(self, name: str, **facts: str) -> None:
        super().__init__(f"{self.code}: {name}")
        self.name = name
        self.facts = facts


class EmptyFile(ReadError):
    """No byte, or nothing but blanks."""

    code = "empty-file"


class NotText(ReadError):
    """Bytes that are no text: ``facts["kind"]`` says what they look like (PDF, DOCX, image, binary)."""

    code = "not-text"


class UnknownEncoding(ReadError):
    """Text whose encoding is neither Unicode nor a known Vietnamese one: ``facts["guess"]`` may name it."""

    code = "unknown-encoding"
