"""The document that mentions are found in: the text and its folded form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from kehoach_parser.model import Span
from kehoach_parser.text.at_once import AtOnce
from kehoach_parser.text.fold import CASED
from kehoach_parser.text.quality import KINDS

# A run of letters and digits, or a single other sign. Symbols such as 18-NQ/TW are several tokens: the citation grammar reads them whole.
TOKEN = re.compile(r"[^\W_]+|[^\s]")


@dataclass(frozen=True, slots=True)
class Document:
    """A text with its folded form, with capitals (``cased``) and without, and the kinds of its characters (`quality.letter_kinds`).

    All are of one length.
    """

    content: str
    cased: str
    folded: str
    kinds: str

    def tokens_from(self, at: int, most: int) -> list[Span]:
        """The spans of the first tokens that begin at or after an offset."""
        if at > 0 and self.content[at - 1 : at].isalnum() and (inside := TOKEN.match(self.content, at)) and inside.group().isalnum():
            at = inside.end()
        return [match.span() for match in islice(TOKEN.finditer(self.content, at), most)]


def read_document(content: str) -> Document:
    """The document of an NFC text."""
    cased = _cased(content)
    return Document(content, cased, cased.lower(), _kinds(content))


_cased, _kinds = AtOnce(CASED), AtOnce(KINDS)
