"""Reading the letters of a document's symbol (ký hiệu) as they were meant: printed "22-Qb/TW" is 22-QĐ/TW, "650/QD-LDTBXH" 650/QĐ-LĐTBXH.

OCR with a foreign model prints Đ as D, B, b or P; capitals of a subject line print TTg as TTG. A symbol is changed only where the change
gives letters that are known, so that a true "HD" never becomes "HĐ".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from kehoach_parser.symbols.parts import Parts, signs_and_organs
from kehoach_parser.text.lists import letters_of_type, organs, type_of_letters

_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})
_D_SIGNS = "DĐÐBbPp"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol as read: ``parts`` as they were meant, ``repairs`` the codes of what was repaired in them."""

    reading: str
    parts: Parts
    repairs: tuple[str, ...]


def read_number(printed: str) -> str:
    """ "O7" → "07": letters that OCR prints for digits; a letter at the end ("01a") stays."""
    if printed[-1:].islower() and printed[-1:] != "l":
        return printed[:-1].translate(_DIGITS) + printed[-1]
    return printed.translate(_DIGITS)


def read_kind(printed: str, type_name: str | None) -> str:
    """The type letters that were meant; ``type_name`` is the printed type word, if any."""
    printed = re.sub(r"\s", "", printed).replace("Ð", "Đ")
    expected = letters_of_type().get(type_name or "", ())
    if printed in expected or ("Đ" in printed and printed in type_of_letters()):
        return printed
    for candidates in (expected, tuple(type_of_letters())):
        if candidates is not expected and printed in candidates:
            return printed
        for candidate in candidates:
            if _may_be(printed, candidate):
                return candidate
    return printed


def read_organ(printed: str) -> str:
    """The organ letters that were meant, organ by organ: "HDND" → "HĐND", "TTG" → "TTg", "T W" → "TW"; unknown ones as printed."""
    return "".join("-" if piece in "–—" else _read_one(piece) for piece in signs_and_organs(re.sub(r"\s+", "", printed).replace("Ð", "Đ")))


@cache
def _read_one(printed: str) -> str:
    known = organs()
    match = re.fullmatch(r"(\D*?)(\d{1,2})?", printed)
    letters, number = (match[1], match[2] or "") if match else (printed, "")
    if letters in known:
        return printed
    if letters in ("TƯ", "Tw", "TVV", "VTW", "UW", "IW", "TV"):
        return "TW" + number
    by_case = [s for s in known if s.casefold() == letters.casefold()]
    if by_case:
        return by_case[0] + number
    by_mark = [s for s in known if _may_be(letters, s)]
    if len(by_mark) == 1:
        return by_mark[0] + number
    for suffix in ("TW", "TU", "ĐU", "UBND", "HĐND"):  # an unknown board of a known level: BXYTU
        if len(letters) > len(suffix) and _may_be(letters[-len(suffix) :], suffix):
            return letters[: -len(suffix)] + suffix + number
    return printed


#: What damage prints for a letter: Đ as D, B, b or P (and D as Đ), i as l, Q as O, r as t.
_PRINTED_FOR = {"Đ": _D_SIGNS, "i": "iI1l", "Q": "QO", "r": "rRt1", "D": "DĐ"}


def _may_be(printed: str, true: str) -> bool:
    """Printed letters that damage may have made of the true ones: the same but for Đ, for capitals and for i."""
    return len(printed) == len(true) and all(
        got in _PRINTED_FOR.get(want, "") or got == want or (want.islower() and got == want.upper())
        for got, want in zip(printed, true, strict=True)
    )


def _glued(printed: str, type_name: str | None) -> tuple[str, str] | None:
    """Type and organ in one run of letters, as extraction from a PDF prints them: "QĐUBND" → ("QĐ", "UBND"), "QĐĐ" → ("QĐ", "")."""
    letters = re.sub(r"\s", "", printed).replace("Ð", "Đ")
    for kind in sorted(type_of_letters(), key=len, reverse=True):
        if letters.startswith(kind) and letters[len(kind) :] in organs():
            return kind, letters[len(kind) :]
    single = re.sub(r"(.)\1", r"\1", letters)
    return (single, "") if single != letters and single in letters_of_type().get(type_name or "", ()) else None


def _unglued(printed: Parts, type_name: str | None) -> Parts:
    """The parts of a paper whose type was read as the beginning of its organ: "5969/QĐUBND", "12/QĐĐ-UBND"; others as they are."""
    if printed.shape != "letter":
        return printed
    lead, *rest = signs_and_organs(printed.organ)
    kind, organ = _glued(lead, type_name) or ("", "")
    letters = "-".join(filter(None, (organ, "".join(rest[1:]))))
    return replace(printed, shape="state", kind=kind, organ=letters) if kind and letters else printed


def read_symbol(found: Parts, type_name: str | None) -> Symbol:
    """The symbol that was meant by parts as printed; ``type_name`` is the printed type word, if any."""
    printed = _unglued(found, type_name)
    organ = re.sub(r"\s", "", printed.organ)
    parts = replace(
        printed,
        number=read_number(printed.number),
        kind=read_kind(printed.kind, type_name) if printed.kind else "",
        organ=organ.translate(_DIGITS) if printed.shape == "assembly" else read_organ(organ),
    )
    wrong = printed is not found or parts.kind != re.sub(r"\s", "", printed.kind) or parts.organ != organ
    codes = ("symbol-digits", parts.number != printed.number), ("symbol-letters", wrong)
    return Symbol(written(parts), parts, tuple(code for code, repaired in codes if repaired))


def written(parts: Parts) -> str:
    """A symbol as its parts are written together."""
    year = f"{parts.year}/" if parts.year else ""
    kind = f"{parts.kind}-" if parts.kind else ""
    secret = "/nb" if parts.secret else ""
    if parts.shape == "party":
        return f"{parts.number}-{kind.replace('-', '/')}{parts.organ}{secret}"
    return f"{parts.number}/{year}{kind}{parts.organ}{secret}"
