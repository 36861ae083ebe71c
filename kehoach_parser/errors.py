"""What can go wrong while a file is read. Parsing itself never raises.

ReadError                  the file cannot be turned into text; the message says what, where and what to do
├── MissingFile            no such file
├── AccessDenied           the user may not read it
├── NotAFile               a folder, a device, a pipe
├── NotAPicture            a file of another kind among pictures that are to be one paper
├── EmptyFile              no byte, or nothing but blanks
├── NotText                binary, or a format that is not read
├── UnknownEncoding        text, but in no encoding that is known here
├── NotAModel              no model of a restorer, or of another version of the program
├── Encrypted              needs a password
├── BrokenFile             of a known format, but damaged
├── TooLarge               more bytes, pages or pixels than this program takes
├── TookTooLong            reading it was given up
├── NoVietnamese           pages were read by OCR, and no language was found on them
├── Unreadable             the reader itself failed on it
└── MissingProgram         a program that reads such files is not installed
    ├── OcrMissing         pages are pictures, and there is no OCR
    └── OfficeMissing      an old format, and there is no LibreOffice
"""

from __future__ import annotations


class ReadError(Exception):
    """A file that cannot be read. ``code`` names the message (it is worded in the user's language by the caller), ``facts`` fill it in.

    Raised itself, with ``facts["reason"]`` from the operating system, for what has no class of its own (a bad disk, a name too long).
    """

    code = "read-error"

    def __init__(self, name: str, **facts: str) -> None:
        super().__init__(f"{self.code}: {name}")
        self.name = name
        self.facts = facts


class MissingFile(ReadError):
    """There is no file of this name."""

    code = "missing-file"


class AccessDenied(ReadError):
    """The operating system does not let this user read the file."""

    code = "access-denied"


class NotAFile(ReadError):
    """The name is that of no file: ``facts["kind"]`` is "folder", "device" or "pipe"."""

    code = "not-a-file"


class NotAPicture(ReadError):
    """A file of another kind among pictures that are to be one paper; ``facts["kind"]`` is its kind (`NotText`), "text" for none known."""

    code = "not-a-picture"


class EmptyFile(ReadError):
    """No byte, or nothing but blanks."""

    code = "empty-file"


class NotText(ReadError):
    """Bytes that are no text: ``facts["kind"]`` says what they look like (pdf, docx, image, binary …: see readers/signatures.py)."""

    code = "not-text"


class UnknownEncoding(ReadError):
    """Text whose encoding is neither Unicode nor a known Vietnamese one: ``facts["guess"]`` may name it."""

    code = "unknown-encoding"


class NotAModel(ReadError):
    """A file that is no model of a restorer, is damaged, or was written by another version of the program."""

    code = "not-a-model"


class Encrypted(ReadError):
    """The file asks for a password: ``facts["kind"]`` says what it is."""

    code = "encrypted"


class BrokenFile(ReadError):
    """A file of a known format (``facts["kind"]``) that is damaged or cut off."""

    code = "broken-file"


class TooLarge(ReadError):
    """Over a limit of readers/limits.py: ``facts["what"]`` is bytes | pages | pixels | members | unpacked | letters | depth,
    ``facts["limit"]`` the limit."""

    code = "too-large"


class TookTooLong(ReadError):
    """The file was not read within the time or the memory that a file may take (readers/limits.py); ``facts["kind"]`` says what it is."""

    code = "took-too-long"


class NoVietnamese(ReadError):
    """Every page is a picture on which OCR finds signs, but no Vietnamese: a photograph, a page upside down, a hand-written one."""

    code = "no-vietnamese"


class Unreadable(ReadError):
    """The reader failed on the file in a way that nobody foresaw: ``facts["reason"]`` is what it said, for a report."""

    code = "unreadable"


class MissingProgram(ReadError):
    """A program that this file needs is not installed; once it is, the file can be read."""

    code = "missing-program"


class OcrMissing(MissingProgram):
    """Pages of the file are pictures and no OCR engine is installed: ``facts["pages"]`` says how many pages."""

    code = "ocr-missing"


class OfficeMissing(MissingProgram):
    """A format that LibreOffice reads (``facts["kind"]``), and LibreOffice is not installed."""

    code = "office-missing"
