"""Reading the letters of a document's symbol (ký hiệu) as they were meant: printed "22-Qb/TW" is 22-QĐ/TW, "650/QD-LDTBXH" 650/QĐ-LĐTBXH.

OCR with a foreign model prints Đ as D, B, b or P; capitals of a subject line print TTg as TTG. A symbol is changed only where the change
gives letters that are known, so that a true "HD" never becomes "HĐ".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kehoach_parser.text.lists import letters_of_type, organs, type_of_letters

_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})
_D_SIGNS = "DĐÐBbPp"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol as read. ``kind`` are the letters of the type, "" for a letter without type; ``organ`` the rest after it."""

    reading: str
    number: str
    year: str | None
    kind: str
    organ: str
    repairs: tuple[str, ...]  # codes of what was repaired


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
    pieces = re.split(r"([-–—.&/])\s*", re.sub(r"\s+", "", printed).replace("Ð", "Đ"))
    return "".join(
        "-" if piece in "–—" and piece else piece if len(piece) < 2 and not piece.isalpha() else _read_one(piece) for piece in pieces
    )


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


def _may_be(printed: str, true: str) -> bool:
    """Printed letters that damage may have made of the true ones: the same but for Đ, for capitals and for i."""
    if len(printed) != len(true) or printed == true:
        return printed == true
    for got, want in zip(printed, true, strict=True):
        if want == "Đ" and got in _D_SIGNS:
            continue
        if want == "i" and got in "iI1l":
            continue
        if want == "Q" and got == "O":
            continue
        if want == "r" and got in "rRt1":
            continue
        if want.islower() and got == want.upper():
            continue
        if want == "D" and got == "Đ":
            continue
        if got != want:
            return False
    return True


def split_letters(printed: str, type_name: str | None) -> tuple[str, str] | None:
    """Type and organ in one run of letters, as extraction from a PDF prints them: "QĐUBND" → ("QĐ", "UBND"), "QĐĐ" → ("QĐ", "")."""
    letters = re.sub(r"\s", "", printed).replace("Ð", "Đ")
    for kind in sorted(type_of_letters(), key=len, reverse=True):
        if letters.startswith(kind) and letters[len(kind) :] in organs():
            return kind, letters[len(kind) :]
    single = re.sub(r"(.)\1", r"\1", letters)
    return (single, "") if single != letters and single in letters_of_type().get(type_name or "", ()) else None


def read_symbol(shape: str, number: str, year: str | None, kind: str, organ: str, type_name: str | None) -> Symbol:
    """The symbol of pieces as printed. ``shape`` is the grammar's rule: party | state | assembly | letter."""
    read_no = read_number(number)
    read_type = read_kind(kind, type_name) if kind else ""
    read_org = read_organ(organ)
    if shape == "assembly":
        read_org = re.sub(r"\s", "", organ).translate(_DIGITS)
    if shape == "party":
        reading = f"{read_no}-{read_type}/{read_org}"
    elif shape == "state":
        reading = f"{read_no}/{year + '/' if year else ''}{read_type}-{read_org}"
    else:
        reading = f"{read_no}/{year + '/' if year else ''}{read_org}"
    codes = []
    if read_no != number:
        codes.append("symbol-digits")
    if read_type != re.sub(r"\s", "", kind) or read_org != re.sub(r"\s", "", organ):
        codes.append("symbol-letters")
    return Symbol(reading, read_no, year, read_type, read_org, tuple(codes))
