"""Bytes to letters: which encoding a text is in, by evidence only.

Unicode first, because it can be told apart for sure. What is not valid UTF-8 is tried with each Vietnamese encoding of one byte, and
the result has to look Vietnamese; valid UTF-8 is doubted only where it does not look Vietnamese, bears many letters beyond ASCII, and
looks Vietnamese through and through after a conversion. So neither a clean text nor a page damaged by OCR is ever converted.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from kehoach_parser.errors import EmptyFile, NotText, UnknownEncoding
from kehoach_parser.readers import legacy
from kehoach_parser.readers.signatures import is_binary, kind_of
from kehoach_parser.text.syllables import Evidence, evidence

# Longer marks first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Letters that only Vietnamese has. Where they are there, the text is Vietnamese in Unicode and is left alone.
_OWN_LETTERS = re.compile("[ăĂđĐơƠưƯ\u1ea0-\u1ef9]")
_LETTERS = re.compile(r"[^\W\d_]")
_SHARE_OF_OWN_LETTERS = 0.01  # one letter in a hundred; a clean text has twenty

_ENOUGH_OF_BYTES = 2  # words that make an encoding credible where the bytes are in no case UTF-8
_ENOUGH_OF_UTF8 = 6  # words that it takes to doubt a text that is valid UTF-8
_SHARE_OF_BYTES = 0.8
_SHARE_OF_UTF8 = 0.9
_MARKED_WORDS = 0.3  # of all words; Vietnamese has more than a half, a French or German text fewer
_DIFFERENT_LETTERS = 4  # the damage of OCR knows hardly more than é
_TELEX = re.compile(r"\b[A-Za-z]*(?:[aeoAEO]\^|[aA]\(|[ouOU]\+)['`?~.]?[A-Za-z]*")


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The letters of a file and notes on how they were got ("encoding:tcvn3"); no note for plain UTF-8.

    Nothing but a leading byte-order mark is taken off. Raises EmptyFile, NotText or UnknownEncoding.
    """
    if not data.strip():
        raise EmptyFile(name)
    if (kind := kind_of(data)) and kind != "html":  # its letters are text
        raise NotText(name, kind=kind)
    content, notes = _decode(data, name)
    if not content.strip():
        raise EmptyFile(name)
    return content, notes


def _decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, name)
    if wide := _utf16_without_mark(data):
        return data.decode(wide), (f"encoding:{wide}",)
    if is_binary(data):
        raise NotText(name, kind="binary")
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(data, name)
    return _doubted(content, name)


def _marked(data: bytes, encoding: str, name: str) -> tuple[str, tuple[str, ...]]:
    try:
        content = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnknownEncoding(name, guess=encoding, offset=str(error.start)) from None
    return content, () if encoding == "utf-8" else (f"encoding:{encoding}",)


def _utf16_without_mark(data: bytes) -> str | None:
    """The byte order of UTF-16: blanks and ASCII letters have a zero in every second byte, on the same side throughout."""
    if len(data) % 2:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    encoding, few, many = ("utf-16-le", even, odd) if odd > even else ("utf-16-be", odd, even)
    if many < len(data) / 8 or few > many / 50:
        return None
    try:
        content = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    plain = sum(1 for char in content if char.isspace() or unicodedata.category(char)[0] in "LMNPSZ")
    return encoding if plain > 0.95 * len(content) else None


def _converted(content: str) -> Iterator[tuple[str, str]]:
    """The text of each encoding that letters in Windows-1252 may have been meant in."""
    yield "tcvn3", legacy.tcvn3(content)
    yield "vni-windows", legacy.vni(content)
    try:
        other = legacy.windows_1258(legacy.to_windows_1252(content))
    except UnicodeEncodeError:
        other = None
    if other is not None:
        yield "windows-1258", other


def _best(content: str) -> tuple[str, str, Evidence]:
    readings = [(encoding, text, evidence(text)) for encoding, text in _converted(content)]
    return max(readings, key=lambda reading: (reading[2].share, reading[2].sound))


def _eight_bit(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    mended = _damaged_utf8(data)
    if mended is not None:
        return mended, ("encoding:utf-8-damaged",)
    latin = legacy.from_windows_1252(data)
    encoding, content, found = _best(latin)
    if found.sound >= _ENOUGH_OF_BYTES and found.share >= _SHARE_OF_BYTES and found.marked >= _MARKED_WORDS * found.words:
        return content, (f"encoding:{encoding}",)
    raise UnknownEncoding(name, guess="windows-1252" if evidence(latin).marked < _MARKED_WORDS * found.words else "")


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a bad byte here and there (a file that was cut off): each becomes U+FFFD; None where it is not UTF-8 at all."""
    content = data.decode("utf-8", "replace")
    bad = content.count("\ufffd")
    good = sum(1 for char in content if ord(char) > 127) - bad
    return content if good >= 20 * bad else None


def _doubted(content: str, name: str) -> tuple[str, tuple[str, ...]]:
    """The text as it is, unless it is plainly another encoding that was taken for letters of Western Europe."""
    if content.isascii():
        if _is_viqr(content):
            raise UnknownEncoding(name, guess="viqr")
        return content, ()
    own, letters = len(_OWN_LETTERS.findall(content)), len(_LETTERS.findall(content))
    if own > _SHARE_OF_OWN_LETTERS * letters:
        return content, ()
    once, failed = legacy.twice_encoded(content)
    if len(_OWN_LETTERS.findall(once)) > max(_SHARE_OF_OWN_LETTERS * letters, _ENOUGH_OF_UTF8 / 2):
        if failed * 20 > len(content) - len(once):
            raise UnknownEncoding(name, guess="utf-8 read as windows-1252")
        return once, ("encoding:utf-8-twice",)
    if evidence(content).share > 0.5:
        return content, ()
    encoding, meant, found = _best(content)
    credible = found.sound >= _ENOUGH_OF_UTF8 and found.share >= _SHARE_OF_UTF8 and found.letters >= _DIFFERENT_LETTERS
    if credible and found.marked >= _MARKED_WORDS * found.words:
        return meant, (f"encoding:{encoding}",)
    return content, ()


def _is_viqr(content: str) -> bool:
    """Vietnamese typed in ASCII with its marks behind the letters ("Co^.ng ho`a"): a full stop cannot be told from the tone nặng."""
    return len(_TELEX.findall(content)) > max(4, 0.15 * len(content.split()))
