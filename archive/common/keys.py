"""What references are compared with: keys of symbols and names, and the term that a date falls into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from archive.values.documents import Document
from kehoach_parser import fold
from kehoach_parser.knowledge import parts_of, term_on

_BLANKS = re.compile(r"\s+")
_DASHES = re.compile("[‐‑‒–—―−]")
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
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


def looks_like_symbol(reference: str) -> bool:
    """Whether a reference is a symbol ("18-NQ/TW", "72/2025/QH15", "-KH/ĐU") and not a name."""
    return "/" in reference and (" " not in reference.strip() or any(char.isdigit() for char in reference))


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
    """A reference as asked: ``name`` before the @, ``choice`` after it (year, month, day or term, upper case), or None."""

    name: str
    choice: str | None

    def allows(self, date: str | None, term: str | None) -> bool:
        """Whether a document of this date and term is one of those chosen."""
        if self.choice is None:
            return True
        if self.choice[0].isdigit() and date is not None and (date == self.choice or date.startswith(self.choice + "-")):
            return True
        return self.choice == term


_VIETNAMESE_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TERM_WORD = re.compile(r"^(?:KHOA|TERM)\s*")


def read_reference(reference: str) -> Reference:
    """Takes "18-NQ/TW@2017" apart; the choice may be 2017, 2017-10, 2017-10-25, 25/10/2017, XII or "khoá XII"."""
    name, _, choice = reference.partition("@")
    choice = _TERM_WORD.sub("", fold(choice).strip().upper())
    if found := _VIETNAMESE_DAY.fullmatch(choice):
        choice = f"{found.group(3)}-{int(found.group(2)):02}-{int(found.group(1)):02}"
    return Reference(name.strip(), choice or None)


#: What every URI of ours begins with.
BASE = "urn:kehoach:"


def uri_of_identity(key: str) -> str:
    """The URI of a cited document by its identity: ``urn:kehoach:document:nghi%20quyet%7C18-NQ%2FTW%7Ckhoa%20XII``."""
    return f"{BASE}document:{quote(key, safe='')}"


def uri_of_text(document: Document) -> str:
    """The URI of the text of a plan in the archive, by the SHA-256 of its file."""
    return f"{BASE}text:{document.sha256}"
