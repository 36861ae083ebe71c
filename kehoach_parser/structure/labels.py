"""What a line may be, judged by the line alone: its candidates as the head of a structural unit.

A line's kind cannot be decided here: `IIL.`, `I11.` between II and IV is III; `1.`, `l.` and `I.` are told apart by the sequence and by
what stands around. So every reading of the label is a candidate with a weight, and `sequence` chooses among them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kehoach_parser.text.fold import fold
from kehoach_parser.text.lines import Line, caps_share

#: Điểm a), b) … in the Vietnamese alphabet.
ALPHABET = "abcdđeghiklmnopqrstuvxy"
#: The letters of authors who count in the Latin one, and the Vietnamese letters that they follow.
LATIN = {"f": "e", "j": "i", "w": "v", "z": "y"}

NUMERALS = tuple(tens + ones for tens in ("", "X", "XX", "XXX") for ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"))[
    1:
]


class Candidate(NamedTuple):
    """One reading of a line's label. ``ordinal`` is its number in its list (None for bullets), ``length`` the label's length in the line.

    ``weight`` is positive where the line by itself looks like such a head. ``exact`` is False where the print was read otherwise. ``due``:
    the print is no number at all or a wrong one ("ø)", "o."), it can only be whichever number is due.
    """

    kind: str
    label: str
    ordinal: int | None
    length: int
    weight: float
    exact: bool = True
    prefix: tuple[int, ...] = ()
    due: bool = False


_ROMAN = re.compile(r"([IVXLHTYilvx1|!\]]{1,6})\s?([.)/:,\-–])\s*(?=\S)")
_ROMAN_BARE = re.compile(r"([IVXL1l|]{1,6})\s+(?=[^\W\d_])")
_ITEM = re.compile(r"(\d{1,3}|[lI|])\s?([.):,](?!\d)|/(?=\s))\s*(?=\S)|(\d{1,2})([-–])\s+(?=[^\W\d_])")
# A number or letter that is none, or another one: "o. Củng cố" for 5, "9." for 5, "ø)" for g), "1)" for l), "0)" for o).
_BENT = re.compile(r"([^\s\w]|\d{1,2}|[^\W\d_])([.)])\s+(?=[^\W\d_])")
_SUBITEM = re.compile(r"([\dlI]{1,2}(?:\s?[.,]\s?\d{1,2}){1,3})(?:[.):]|(?=\s))\s*(?=\S)")
_LETTER = re.compile(r"([a-zđ])\s?([.)/])\s*(?=\S)")
# "II.1. Tuyên truyền": the number of the section before that of the item.
_ROMAN_ITEM = re.compile(r"([IVX]{1,5})\.(\d{1,2})(?:[.):]|(?=\s))\s*(?=\S)")
_CAPITAL = re.compile(r"([A-ZĐ])\s?([.)/\-–])\s+(?=\S)")
_SMALL_ROMAN = re.compile(r"\(([ivx]{1,5})\)\s*(?=\S)")
_BRACKETED = re.compile(r"\((\d{1,2})\)\s*(?=\S)")
_DASH = re.compile(r"([-–—−•●▪■◦~➢❖✓➤►\uf0b7\uf0a7\uf0d8]|¬)\s*(?=[^\W_]|[\"“(*'‘$&¥§@])")
_PLUS = re.compile(r"([+†])\s*(?=\S)")
_STAR = re.compile(r"([*])\s+(?=\S)")
_GROUP = re.compile(r"(nhom|giai doan|buoc|dot)\s+(\d{1,2})\s*[:.]\s*(?=\S)")
_WORDED = (
    ("part", re.compile(r"phan\s+(?:thu\s+)?([ivx]{1,5}|\d{1,2}|nhat|hai|ba|tu|nam|sau|bay)\b[.:]?\s*"), "Phần"),
    ("chapter", re.compile(r"chuong\s+([ivx]{1,5}|\d{1,2})\b[.:]?\s*"), "Chương"),
    ("division", re.compile(r"muc\s+([ivx]{1,5}|\d{1,2})\b[.:]?\s*"), "Mục"),
    ("article", re.compile(r"d[il1]eu\s+(\d{1,3})\s?[.:]\s*"), "Điều"),
)
#: What the words of _GROUP and _WORDED begin with.
_WORDED_INITIALS = "bcdgmnp"
#: What it costs to read a label that is none as the one that is due, and one that is as another.
BENT, MISREAD = 2.0, 6.0
_TABLE_ROW = re.compile(r"\|.*\|.*|[|+]?[-–—=|:+\s]{4,}")
_ORDINAL_WORDS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7}

# What readers of Latin text make of the strokes of a Roman numeral: "IIL" and "I11" for III, "Vv" for V, "H" for II.
_STROKES = str.maketrans(
    {"l": "I", "i": "I", "1": "I", "|": "I", "!": "I", "]": "I", "T": "I", "L": "I", "H": "II", "v": "V", "Y": "V", "x": "X"}
)


def candidates(line: Line, table: bool = False) -> tuple[Candidate, ...]:
    """All readings of the line's label; empty for a line that can only be running text.

    ``table``: the line may be a cell of a table that was flattened, a cell a line, where a number alone is a label ("5.1 ⏎ Điểm cộng").
    """
    if table and (cell := _cell(line)) is not None:
        return (cell,)
    if not _LABELLED.match(line.folded):
        return ()
    first = line.text[0]
    if first in "|+-–—=:" and _TABLE_ROW.fullmatch(line.text):
        return ()
    if first.isdigit():
        found = [*_numerals(line), *_items(line)] if first == "1" else _items(line)  # "1V. TO CHUC" for IV
    elif first == "(":
        found = _brackets(line)
    elif first.isalpha():
        found = [*_numerals(line), *_items(line), *_letters(line)]
        if line.folded[0] in _WORDED_INITIALS:
            found += _worded(line)
    else:
        found = [*_bullets(line), *_numerals(line), *_items(line)]  # "|. MUC DICH", "§. …"
    return tuple(found)


# What every label begins with; most lines of running text end here.
_LABELLED = re.compile(
    r"[\d(|!\]+*†\-–—−•●▪■◦~¬➢❖✓➤►\uf0b7\uf0a7\uf0d8]|[ivxlhty1|]{1,6}\s?[.)/:,\-–]|[ivxl1|]{1,6}\s|[^\s\w][.)]|\w\s?[.)/\-–]|(?:phan|chuong|muc|d[il1]eu|nhom|giai|buoc|dot)\s"
)
_CELL = re.compile(r"(?P<section>[IVX]{1,5})|(?P<item>\d{1,2})|(?P<subitem>\d{1,2}(?:\.\d{1,2}){1,3})")


def _cell(line: Line) -> Candidate | None:
    match = _CELL.fullmatch(line.text)
    if match is None:
        return None
    if match["section"]:
        known = match["section"] in NUMERALS
        return Candidate("section", match["section"], NUMERALS.index(match["section"]) + 1, match.end(), 1.0) if known else None
    numbers = tuple(int(number) for number in line.text.split("."))
    # Points and amounts are numbers too: a bare number is a label only where it is the one that is due.
    return Candidate(_kind_of(numbers), line.text, numbers[-1], match.end(), -1.0, True, numbers[:-1])


def _kind_of(numbers: Sequence[int]) -> str:
    """1 is an item, 1.1 a subitem, 1.1.1 a subsubitem."""
    return "sub" * (len(numbers) - 1) + "item"


#: So many blanks, marks and quotes are looked past at most.
_MARKS_BEFORE = 8


def _start_weight(line: Line, length: int) -> float:
    """How much the place speaks for a head: a paragraph may begin here, and the text after the label begins with a capital."""
    weight = (1.5 if line.opens else -2.0) + (0.5 if line.blank_before else 0.0)
    first = line.text[length : length + _MARKS_BEFORE].lstrip(" *_\"“'‘")[:1]
    if first.isupper():
        weight += 1.0
    elif first.isalpha():
        weight -= 0.5
    return weight


def _numerals(line: Line) -> list[Candidate]:
    text = line.text
    match = _ROMAN.match(text)
    bare = False
    if match is None:
        match, bare = _ROMAN_BARE.match(text), True
    if match is None:
        return []
    printed = match.group(1)
    weight = _start_weight(line, match.end())
    caps = caps_share(text[match.end() :])
    found = []
    for numeral, exact in _numeral_readings(printed):
        if bare and caps <= 0.75 and not exact:
            continue
        score = weight + (2.0 if caps > 0.75 else 0.0) - (0.0 if exact else 1.0) - (2.5 if bare and exact else 1.5 if bare else 0.0)
        if not exact and caps <= 0.75:
            score -= 1.0
        if match.group(match.lastindex or 1) in ",:":
            score -= 0.5
        found.append(Candidate("section", numeral, NUMERALS.index(numeral) + 1, match.end(), score, exact))
    if found and set(printed.translate(_STROKES)) == {"I"} and caps > 0.75:  # a stroke lost: "II. KINH PHÍ", "Il. TO CHUC" for III
        cost = MISREAD if found[0].exact else BENT + 1.0
        found.append(Candidate("section", printed, None, match.end(), weight + 2.0 - cost, False, (), True))
    return found


def _numeral_readings(printed: str) -> list[tuple[str, bool]]:
    if printed in NUMERALS:
        return [(printed, True)]
    strokes = re.sub("V+", "V", printed.translate(_STROKES))
    readings = [strokes] if strokes in NUMERALS else []
    if strokes in ("IIII", "IIIII"):  # a stroke or the full stop too many: "II11", "IIIL TỔ CHỨC"
        readings = ["III"]
    return [(reading, False) for reading in readings]


def _items(line: Line) -> list[Candidate]:
    found = []
    if match := _SUBITEM.match(line.text):
        label = re.sub(r"\s", "", match.group(1)).replace(",", ".").replace("l", "1").replace("I", "1")
        numbers = tuple(int(number) for number in label.split("."))
        exact = label == match.group(1)
        weight = _start_weight(line, match.end()) - (0.0 if exact else 0.7) + 0.5
        found.append(Candidate(_kind_of(numbers), label, numbers[-1], match.end(), weight, exact, numbers[:-1]))
    if (match := _ROMAN_ITEM.match(line.text)) and match.group(1) in NUMERALS:
        found.append(Candidate("item", match.group(2), int(match.group(2)), match.end(), _start_weight(line, match.end()) + 0.5))
    if match := _ITEM.match(line.text):
        printed, stop = match.group(1) or match.group(3), match.group(2) or match.group(4)
        digit = printed.isdigit()
        number = int(printed) if digit else 1
        weight = _start_weight(line, match.end()) + (0.5 if digit else -1.5)
        if stop in ":,-–" or number > 60:
            weight -= 1.0
        found.append(Candidate("item", str(number), number, match.end(), weight, digit))
    if (match := _BENT.match(line.text)) and not (match.group(1) in "-+*" or line.text[match.end()].islower()):
        kind = "item" if match.group(2) == "." else "letter"
        plain = match.group(1) in ALPHABET if kind == "letter" else match.group(1).isdigit()
        # A plain label is read as another only where both neighbours ask for it: authors count wrongly too.
        weight = _start_weight(line, match.end()) - (MISREAD if plain else BENT)
        found.append(Candidate(kind, match.group(1), None, match.end(), weight, False, (), True))
    return found


def _letters(line: Line) -> list[Candidate]:
    found = []
    text = line.text
    if match := _LETTER.match(text):
        weight = _start_weight(line, match.end()) + (0.5 if match.group(2) == ")" else -0.7)
        ordinal = ALPHABET.index(LATIN.get(match.group(1), match.group(1))) + 1
        found.append(Candidate("letter", match.group(1), ordinal, match.end(), weight))
        if match.group(1) == "d":  # "đ)" that lost its stroke
            found.append(Candidate("letter", "đ", ALPHABET.index("đ") + 1, match.end(), weight - 0.7, False))
    if (match := _CAPITAL.match(text)) and match.group(1).lower() in ALPHABET:
        weight = _start_weight(line, match.end()) - 0.5 + (1.0 if caps_share(text[match.end() :]) > 0.75 else -1.5)
        ordinal = "ABCDEGHIKLMNOPQRSTUVXY".find(match.group(1)) + 1
        if ordinal:
            found.append(Candidate("capital", match.group(1), ordinal, match.end(), weight))
    return found


def _brackets(line: Line) -> list[Candidate]:
    found = []
    if match := _SMALL_ROMAN.match(line.text):
        numeral = match.group(1).upper()
        if numeral in NUMERALS:
            found.append(Candidate("roman", match.group(1), NUMERALS.index(numeral) + 1, match.end(), _start_weight(line, match.end())))
    if (match := _BRACKETED.match(line.text)) and line.opens:
        found.append(Candidate("bracketed", match.group(1), int(match.group(1)), match.end(), _start_weight(line, match.end())))
    return found


def _bullets(line: Line) -> list[Candidate]:
    for kind, pattern, label in (("dash", _DASH, "-"), ("plus", _PLUS, "+"), ("star", _STAR, "*")):
        if match := pattern.match(line.text):
            weight = _start_weight(line, match.end())
            if match.group(1) in "~¬†":
                weight -= 0.7
            return [Candidate(kind, label, None, match.end(), weight, match.group(1) not in "~¬†")]
    return []


def _worded(line: Line) -> list[Candidate]:
    found = []
    if (match := _GROUP.match(line.folded)) and line.text[0].isupper():
        printed = line.text[: match.end(2)]
        found.append(Candidate("group", printed, int(match.group(2)), match.end(), _start_weight(line, match.end())))
    for kind, pattern, word in _WORDED:
        if (match := pattern.match(line.folded)) and line.text[0].isupper():
            ordinal = _ordinal(match.group(1))
            if not ordinal:
                continue
            rest = line.text[match.end() :]
            weight = _start_weight(line, match.end()) if rest else (1.5 if line.opens else -2.0)
            if kind != "article" and rest and rest[:1].islower():
                weight -= 3.0  # "Mục III của Hướng dẫn"
            printed = line.text[match.start(1) : match.end(1)]
            label = f"{word} {printed.upper() if match.group(1) not in _ORDINAL_WORDS else 'thứ ' + printed}"
            exact = fold(line.text[: len(word)]) == fold(word)
            found.append(Candidate(kind, label, ordinal, match.end(), weight, exact))
    return found


def _ordinal(word: str) -> int:
    if word.isdigit():
        return int(word)
    if word.upper() in NUMERALS:
        return NUMERALS.index(word.upper()) + 1
    return _ORDINAL_WORDS.get(word, 0)
