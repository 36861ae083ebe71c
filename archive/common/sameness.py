"""Whether two readings are of one paper: told by what their heads say, and where that is damaged or missing, by their texts.

Measured on eight plans, each printed cleanly, read by a good OCR and by one that knows no Vietnamese: the first letters of two readings of
one plan agree by 0.90 or more, those of different plans by 0.51 at most; of 250 official texts 50 pairs agree by more than 0.66, papers
written after one pattern by up to 1.0, with other heads. So likeness decides only where the heads leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from archive.common.keys import name_key, symbol_key
from archive.common.levels import organ_key
from archive.common.words import LOW_QUALITY
from kehoach_parser import fold

#: Two texts that agree by this share of their letters are readings of one paper, where their heads allow it.
LIKE = 0.85
#: So many code points are read for that, and so many letters of them compared; a text of fewer letters than FEW is no evidence.
READ, COMPARED, FEW = 8000, 4000, 200

_WORDS = re.compile(r"\w+")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBERED = re.compile(r"(\d*)[^\w]*(.*)")


@dataclass(frozen=True, slots=True)
class Head:
    """What a paper says it is; None for what it does not tell. ``letters`` are those of the symbol after its number, ``years`` those that
    the subject names, ``clean`` says that the text is not damaged."""

    type: str | None
    number: str | None
    letters: str | None
    date: str | None
    organ: str | None
    years: frozenset[str] | None
    clean: bool

    @property
    def whole(self) -> bool:
        """Whether number, letters, date to the day and organ are told, which no two papers share."""
        return None not in (self.number, self.letters, self.organ) and self.date is not None and len(self.date) == 10

    @property
    def silent(self) -> bool:
        """Whether nothing is told that tells one paper from another."""
        return self.number is None and self.date is None and self.organ is None


def head_of(
    *,
    type: str | None,
    symbol: str | None,
    date: str | None,
    organ: str | None,
    parent_organ: str | None,
    place: str | None,
    subject: str | None,
    quality: float,
) -> Head:
    """The head as it is compared, from the readings of a plan's header."""
    found = _NUMBERED.fullmatch(symbol_key(symbol or ""))
    number, letters = (found[1], found[2]) if found else ("", "")
    return Head(
        type=name_key(type) if type else None,
        number=number or None,
        letters=re.sub(r"\W", "-", letters) or None,
        date=date,
        organ=_organ(organ, parent_organ, place) if organ else None,
        years=frozenset(_YEAR.findall(subject)) if subject else None,
        clean=quality >= LOW_QUALITY,
    )


def _organ(organ: str, parent_organ: str | None, place: str | None) -> str | None:
    """The key of the organ; None where nothing says of which place it is ("Đảng ủy" alone)."""
    key = organ_key(organ, parent_organ, place)
    needs_place = "@" in organ_key(organ, "-", None)
    return None if needs_place and "@" not in key else key


def _same_organ(one: str, other: str) -> bool:
    """Whether two keys are one organ's, of which one may say more: "ủy ban nhân dân phường" is in "… phường kiến an"."""
    return all(_holds(*parts) for parts in zip(one.split("@"), other.split("@"), strict=False))


def _holds(one: str, other: str) -> bool:
    return one in other or other in one


def _one_begins_other(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _equal(one: object, other: object) -> bool:
    return one == other


#: How each part of a head is compared.
_PARTS: dict[str, Callable[..., bool]] = {
    "type": _equal,
    "number": _equal,
    "letters": _equal,
    "date": _one_begins_other,
    "organ": _same_organ,
    "years": _equal,
}
#: What damage may have made of a paper's own head, one of these at a time. A year is none: papers come again each year.
_MISREAD = {"number", "letters", "organ"}


def heads_agree(one: Head, other: Head) -> bool | None:
    """Whether two heads are of one paper: True, False, or None where they leave it to the texts; those of two texts without a head are not,
    for of papers after one pattern only the heads differ."""
    said = {
        name: agree(getattr(one, name), getattr(other, name))
        for name, agree in _PARTS.items()
        if getattr(one, name) is not None and getattr(other, name) is not None
    }
    if one.silent and other.silent:
        return False
    against = {name for name, agrees in said.items() if not agrees}
    if not against:
        return True if one.whole and other.whole else None
    misread = not (one.clean and other.clean) and len(against) == 1 and against <= _MISREAD and len(said) > 3
    return None if misread else False


def opening_letters(text: str) -> str:
    """The letters that a text begins with, without marks, case and blanks: what the likeness of two readings is told by."""
    return "".join(_WORDS.findall(fold(text[:READ])))[:COMPARED]


def likeness(one: str, other: str) -> float:
    """The share of letters in which two openings agree (`opening_letters`), 0 where that is less than LIKE or there are few letters."""
    from rapidfuzz.distance import Indel

    if min(len(one), len(other)) < FEW:
        return 0.0
    return Indel.normalized_similarity(one, other, score_cutoff=LIKE)


def agreement(one: str, other: str) -> float:
    """The share of letters in which two passages agree, without marks, case and blanks: how the same print may have been read twice."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity("".join(_WORDS.findall(fold(one))), "".join(_WORDS.findall(fold(other))))


#: A name is offered as what may have been meant from this likeness on: one letter of six mistyped.
OFFERED = 0.7


def most_alike(asked: str, names: Sequence[Sequence[str]], most: int) -> list[int]:
    """The numbers of those of which a name is most like what was asked, the most alike first."""
    from rapidfuzz.distance import Indel

    scored = [
        (-max((Indel.normalized_similarity(asked, name, score_cutoff=OFFERED) for name in own), default=0.0), number)
        for number, own in enumerate(names)
    ]
    return [number for score, number in sorted(scored)[:most] if score]
