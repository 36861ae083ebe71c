"""What references are compared with: keys of symbols and names, and the term that a date falls into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from urllib.parse import quote

from archive.values.documents import Document
from kehoach_parser import fold
from kehoach_parser.knowledge import parts_of, term_on

_BLANKS = re.compile(r"\s+")
_DASHES = re.compile("[‐‑‒–—―−]")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
_NUMBER = re.compile(r"(\d+)")
_NOT_WORD = re.compile(r"[\W_]+")

#: Stands between texts that are kept as one (a title and the mention, a task and its headings), so that no phrase runs over.
SEGMENT = "¶"


@lru_cache(maxsize=20_000)
def symbol_key(symbol: str) -> str:
    """A symbol without marks, case, blanks and leading zeros: "08-NQ/TW" and "8-nq / tw" are both ``8-nq/tw``."""
    return _LEADING_ZEROS.sub("", _DASHES.sub("-", _BLANKS.sub("", fold(symbol))).strip(".,;:"))


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """The folded words of a name between blanks: "Luật Việc làm" is ``" luat viec lam "``; a name holds another if its key does."""
    return f" {_NOT_WORD.sub(' ', fold(name)).strip()} "


def order_key(name: str) -> str:
    """What a name is sorted by, as text: its words without marks and case, numbers by what they count ("9-KH/TU" before "35-KH/TU")."""
    words = _NUMBER.split(name_key(name).strip())
    return "".join(f"{word}{_LOWEST}{_as_text(number)}" for word, number in zip_longest(words[::2], words[1::2]))[:_SORTED]


#: So many letters decide; an index of PostgreSQL takes no text of three thousand bytes.
_SORTED = 600
#: Lower than all signs of a name, so that a word goes before those that it begins.
_LOWEST = "\x01"


def _as_text(number: str | None) -> str:
    """A number in digits so that texts compare as numbers do; none goes before all of them."""
    digits = (number.lstrip("0") or "0") if number else ""
    return f"{len(digits):05}{digits}"


def is_identity(reference: str) -> bool:
    """Whether a reference is the key of a cited document ("nghi quyet|18-NQ/TW|2017-10-25"): what people type has no such sign."""
    return "|" in reference


def looks_like_symbol(reference: str) -> bool:
    """Whether a reference is a symbol ("18-NQ/TW", "72/2025/QH15", "-KH/ĐU") and not a name."""
    return "/" in reference and not is_identity(reference) and (" " not in reference.strip() or any(char.isdigit() for char in reference))


_PRINTED_TERM = re.compile(r"\bkhoa\s+([ivx]+|\d+)\b")


def printed_term(*texts: str | None) -> str | None:
    """The term that one of these names: "Ban Chấp hành Trung ương khóa XII" → "XII"."""
    for text in texts:
        if text and (found := _PRINTED_TERM.search(fold(text))):
            return found.group(1).upper()
    return None


def term_of(symbol: str | None, date: str | None) -> str | None:
    """The term of a Central Party paper by its date ("XII"), the legislature of a National Assembly one by its symbol ("15"), else None."""
    parts = parts_of(symbol) if symbol else None
    if parts is None:
        return None
    if parts.legislature is not None:
        return str(parts.legislature)
    return term_on(date) if parts.organs[-1].endswith("TW") else None


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as asked: ``name`` before the @; after it ``choice`` (year, month, day or term, upper case) and ``words`` of the place or
    the organ (a name key); None where they are not given."""

    name: str
    choice: str | None
    words: str | None = None

    @property
    def chooses(self) -> bool:
        """Whether anything stands after the @."""
        return (self.choice, self.words) != (None, None)

    def allows(self, date: str | None, term: str | None, *said: str | None) -> bool:
        """Whether a document of this date and term is one of those chosen; ``said`` are its place and its organ."""
        if self.words is not None and not any(self.words in name_key(each) for each in said if each):
            return False
        if self.choice is None:
            return True
        if self.choice[0].isdigit() and date is not None and (date == self.choice or date.startswith(self.choice + "-")):
            return True
        return self.choice == term


_VIETNAMESE_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_CHOICE = re.compile(r"(?:(?:KHOA|TERM)\s*)?(?:(\d[\d/-]*|[IVXLC]+)(?:[\s,]+|$))?(.*)", re.DOTALL)


def read_reference(reference: str) -> Reference:
    """Takes "18-NQ/TW@2017" apart; the choice may be 2017, 2017-10, 2017-10-25, 25/10/2017, XII or "khoá XII", and behind it, or in its
    place, words of the place or the organ: "12/KH-UBND@Kiến An", "12/KH-UBND@2026-02-03 Kiến An". The key of a cited document
    (`CitedDocument.key`), which nobody types, is a name as it stands."""
    if is_identity(reference):
        return Reference(reference, None)
    name, _, behind = reference.partition("@")
    found = _CHOICE.fullmatch(fold(behind).strip().upper())
    choice, words = found.groups() if found else (None, behind)
    if choice and (day := _VIETNAMESE_DAY.fullmatch(choice)):
        choice = f"{day.group(3)}-{int(day.group(2)):02}-{int(day.group(1)):02}"
    return Reference(name.strip(), choice, name_key(words) if words.strip() else None)


@dataclass(frozen=True, slots=True)
class Choosable:
    """A document among several that one reference means, by what may stand after its @."""

    symbol: str | None
    date: str | None
    term: str | None
    place: str | None
    organ: str | None


def choices(documents: Sequence[Choosable]) -> list[str | None]:
    """What to type to mean each of the documents and no other: the year, else the day, the place, the organ, else two of these; None where
    nothing tells it from the others."""
    return [next((said for said in _forms(one) if _means(said, documents) == [one]), None) for one in documents]


def _means(said: str, documents: Sequence[Choosable]) -> list[Choosable]:
    wanted = read_reference(said)
    return [one for one in documents if wanted.allows(one.date, one.term, one.place, one.organ)]


def _forms(one: Choosable) -> Iterator[str]:
    if one.symbol is None:
        return
    places = [part for part in ((one.place or "").partition(",")[0], one.place, one.organ) if part]
    dates = [one.date[:4], one.date] if one.date else []
    for behind in (*dates, *places, *(f"{one.date} {place}" for place in places if one.date)):
        yield f"{one.symbol}@{' '.join(behind.split())}"


#: What every URI of ours begins with.
BASE = "urn:kehoach:"


def uri_of_identity(key: str) -> str:
    """The URI of a cited document by its identity: ``urn:kehoach:document:nghi%20quyet%7C18-NQ%2FTW%7Ckhoa%20XII``."""
    return f"{BASE}document:{quote(key, safe='')}"


def uri_of_text(document: Document) -> str:
    """The URI of the text of a plan in the archive, by the SHA-256 of its file."""
    return f"{BASE}text:{document.sha256}"
