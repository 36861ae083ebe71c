"""What a line may be, judged by the line alone: its candidates as the head of a structural unit.

A line's kind cannot be decided here: `IIL.`, `I11.` between II and IV is III; `1.`, `l.` and `I.` are told apart by the sequence and by
what stands around. So every reading of the label is a candidate with a weight, and `sequence` chooses among them. The forms of labels
stand in `grammar/label.lark`; here stands, for each of its rules, what number it says and what it is worth.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from kehoach_parser.grammars import Forms, forms
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lines import Line, in_capitals
from kehoach_parser.text.marks import is_marked
from kehoach_parser.text.number_words import ALPHABET, ORDINALS

#: The letters of authors who count in the Latin one, and the Vietnamese letters that they follow.
LATIN = {"f": "e", "j": "i", "w": "v", "z": "y"}
#: A. B. C. D. E. G. …: capitals are counted without Đ.
_CAPITALS = ALPHABET.replace("đ", "").upper()

NUMERALS = tuple(tens + ones for tens in ("", "X", "XX", "XXX") for ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"))[
    1:
]
_VALUES = {numeral: value for value, numeral in enumerate(NUMERALS, start=1)}

#: What weighs: the place (a paragraph may begin here) as much as a title in capitals after the label; a capital after it; a small sign for
#: or against, as a blank line before, a form that little else has ("2.1", "b)"), a comma for a full stop.
PLACE, CAPITAL, CLEAR = 1.5, 1.0, 0.5
#: What it costs to read a label that is none as the one that is due, and one that is as another.
BENT, MISREAD = 2.0, 6.0


class Candidate(NamedTuple):
    """One reading of a line's label. ``ordinal`` is its number in its list (None for bullets), ``length`` the label's length in the line.

    ``kind`` is a unit of `grammar/outline.lark`. ``weight`` is positive where the line by itself looks like such a head. ``exact`` is False
    where the print was read otherwise. ``due``: the print is no number at all or a wrong one ("ø)", "o."), it can only be whichever number
    is due.
    """

    kind: str
    label: str
    ordinal: int | None
    length: int
    weight: float
    exact: bool = True
    prefix: tuple[int, ...] = ()
    due: bool = False


#: What a rule of the grammar says of a line, once it matches.
_Reader = Callable[[Line, re.Match[str]], Iterable[Candidate]]


def candidates(line: Line, table: bool = False) -> tuple[Candidate, ...]:
    """All readings of the line's label; empty for a line that can only be running text.

    ``table``: the line may be a cell of a table that was flattened, a cell a line, where a number alone is a label ("5.1 ⏎ Điểm cộng").
    """
    text = line.text
    marked, counted, worded, cells = _grammar()
    if table and (cell := _read(cells, line, text)):
        return tuple(cell)
    first = text[0]
    if not first.isalnum() and marked.any.match(text):
        return tuple(_read(marked, line, text))
    found = _read(counted, line, text) if counted.any.match(text) else []
    if first.isupper() and worded.any.match(line.folded):
        found += _read(worded, line, line.folded)
    return tuple(found)


@cache
def _grammar() -> tuple[Forms, Forms, Forms, Forms]:
    return forms("label", "marked"), forms("label", "counted"), forms("label", "worded"), forms("label", "cell")


def _read(asked: Forms, line: Line, text: str) -> list[Candidate]:
    found: list[Candidate] = []
    for rule, pattern in asked.rules:
        if match := pattern.match(text):
            found += _READERS[rule](line, match)
    return found


def _start_weight(line: Line, length: int) -> float:
    """How much the place speaks for a head: a paragraph may begin here, and the text after the label begins with a capital."""
    weight = (PLACE if line.opens else -BENT) + (CLEAR if line.blank_before else 0.0)
    first = line.text[length:].lstrip(" *_\"“'‘")[:1]
    if first.isupper():
        weight += CAPITAL
    elif first.isalpha():
        weight -= CLEAR
    return weight


def _section(line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    cost = CLEAR if match["NUMERAL_STOP"].strip() in ",:" else 0.0
    return _numeral(line, match["NUMERAL"], match.end(), cost)


def _bare_section(line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    printed = match["BARE_NUMERAL"]
    # "1 Quyết định số 649" is no section, "1 MỤC ĐÍCH" may be one.
    return _numeral(line, printed, match.end(), BENT) if printed in _VALUES or _is_title(line, match.end()) else iter(())


def _numeral(line: Line, printed: str, length: int, cost: float) -> Iterator[Candidate]:
    numeral, exact = _numeral_reading(printed)
    if numeral is None:
        return
    title = _is_title(line, length)
    weight = _start_weight(line, length) + (PLACE if title else 0.0) - (0.0 if exact else BENT)
    yield Candidate("section", numeral, _VALUES[numeral], length, weight - cost, exact)
    if title and set(_strokes(printed)) == {"I"}:  # a stroke lost: "II. KINH PHÍ", "Il. TO CHUC" for III
        yield Candidate("section", printed, None, length, weight - (MISREAD if exact else 0.0), False, (), True)


def _is_title(line: Line, length: int) -> bool:
    return in_capitals(line.text[length:])


def _numeral_reading(printed: str) -> tuple[str | None, bool]:
    """The numeral that the print is or was, and whether it is that; None where it is none."""
    if printed in _VALUES:
        return printed, True
    strokes = re.sub("V+", "V", _strokes(printed))
    if strokes in ("IIII", "IIIII"):  # a stroke or the full stop too many: "II11", "IIIL TỔ CHỨC"
        strokes = "III"
    return strokes if strokes in _VALUES else None, False


def _strokes(printed: str) -> str:
    """What damage left of a numeral, by its strokes: the terminals I, II, V, X of the grammar."""
    return "".join(_stroke(char) for char in printed)


@cache
def _stroke(char: str) -> str:
    return next((name for name, pattern in forms("label", "stroke").rules if pattern.match(char)), char)


def _numbers(line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    printed = match["NUMBERS"]
    label = re.sub(r"\s", "", printed).replace(",", ".").replace("l", "1").replace("I", "1")
    exact = label == printed
    numbers = tuple(int(number) for number in label.split("."))
    weight = _start_weight(line, match.end()) + (CLEAR if exact else 0.0)
    yield Candidate(_kind_of(numbers), label, numbers[-1], match.end(), weight, exact, numbers[:-1])


def _kind_of(numbers: Sequence[int]) -> str:
    """1 is an item, 1.1 a subitem, 1.1.1 a subsubitem."""
    return "sub" * (len(numbers) - 1) + "item"


def _section_item(line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    """ "II.1. Tuyên truyền": the number of the section before that of the item."""
    if match["SECTION_NUMERAL"] in _VALUES:
        number = match["ITEM_NUMBER"]
        yield Candidate("item", number, int(number), match.end(), _start_weight(line, match.end()))


def _item(line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    printed = match["NUMBER"] or match["SHORT_NUMBER"]
    digit = printed.isdigit()
    number = int(printed) if digit else 1
    weight = _start_weight(line, match.end()) + (CLEAR if digit else -CAPITAL)
    if match["NUMBER_DASH"] or match["NUMBER_STOP"].strip() in ",:":
        weight -= CLEAR
    yield Candidate("item", str(number), number, match.end(), weight, digit)


def _bent(kind: str, line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    printed = match["BENT_MARK"]
    if line.text[match.end()].islower():
        return
    plain = printed.isdigit() if kind == "item" else printed in ALPHABET
    # A plain label is read as another only where both neighbours ask for it: authors count wrongly too.
    yield Candidate(kind, printed, None, match.end(), _start_weight(line, match.end()) - (MISREAD if plain else BENT), False, (), True)


def _letter(line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    letter = match["SMALL_LETTER"]
    weight = _start_weight(line, match.end()) + (CLEAR if match["LETTER_STOP"].strip() == ")" else -CLEAR)
    yield Candidate("letter", letter, ALPHABET.index(LATIN.get(letter, letter)) + 1, match.end(), weight)
    if letter == "d":  # "đ)" that lost its stroke
        yield Candidate("letter", "đ", ALPHABET.index("đ") + 1, match.end(), weight, False)


def _capital(line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    letter = match["CAPITAL_LETTER"]
    weight = _start_weight(line, match.end()) + (CLEAR if _is_title(line, match.end()) else -BENT)
    yield Candidate("capital", letter, _CAPITALS.index(letter) + 1, match.end(), weight)


def _roman(line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    ordinal = _VALUES.get(match["SMALL_NUMERAL"].upper())
    if ordinal is not None:
        yield Candidate("roman", match["SMALL_NUMERAL"], ordinal, match.end(), _start_weight(line, match.end()))


def _bracketed(line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    if line.opens:
        number = match["BRACKETED_NUMBER"]
        yield Candidate("bracketed", number, int(number), match.end(), _start_weight(line, match.end()))


def _bullet(kind: str, label: str, line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    exact = not str(match.lastgroup).startswith("BENT")
    yield Candidate(kind, label, None, match.end(), _start_weight(line, match.end()), exact)


def _group(line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    printed = line.text[: match.end("GROUP_NUMBER")]
    yield Candidate("group", printed, int(match["GROUP_NUMBER"]), match.end(), _start_weight(line, match.end()))


def _bent_group(true: str, line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    printed, number = line.text[: match.start("GROUP_NUMBER")].strip(), match["GROUP_NUMBER"]
    if any(map(is_marked, printed)):
        return  # "Dệt 1:" says what it says
    label = f"{true.upper() if printed.isupper() else true} {number}"
    yield Candidate("group", label, int(number), match.end(), _start_weight(line, match.end()), False)


def _worded(kind: str, word: str, number: str, line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    said, printed = match[number], line.text[match.start(number) : match.end(number)]
    ordinal = int(said) if said.isdigit() else _VALUES.get(said.upper()) or ORDINALS.get(said)
    if not ordinal:
        return
    exact = fold(line.text[: len(word)]) == fold(word)
    if not exact and any(map(is_marked, line.text[: match.start(number)])):
        return  # "Biểu 1." is no damaged article
    weight = _start_weight(line, match.end())
    if kind != "article" and line.text[match.end() : match.end() + 1].islower():
        weight -= BENT  # "Mục III của Hướng dẫn"
    label = f"{word} thứ {printed}" if said in ORDINALS else f"{word} {printed.upper()}"
    yield Candidate(kind, label, ordinal, match.end(), weight, exact)


def _cell_section(line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    if line.text in _VALUES:
        yield Candidate("section", line.text, _VALUES[line.text], match.end(), CAPITAL)


def _cell_numbers(line: Line, match: re.Match[str]) -> Iterator[Candidate]:
    # Points and amounts are numbers too: a bare number is a label only where it is the one that is due.
    numbers = tuple(int(number) for number in line.text.split("."))
    yield Candidate(_kind_of(numbers), line.text, numbers[-1], match.end(), -CAPITAL, True, numbers[:-1])


_READERS: dict[str, _Reader] = {
    "table_row": lambda line, match: (),
    "dash": partial(_bullet, "dash", "-"),
    "plus": partial(_bullet, "plus", "+"),
    "star": partial(_bullet, "star", "*"),
    "section": _section,
    "bare_section": _bare_section,
    "numbers": _numbers,
    "section_item": _section_item,
    "item": _item,
    "bent_item": partial(_bent, "item"),
    "bent_letter": partial(_bent, "letter"),
    "letter": _letter,
    "capital": _capital,
    "roman": _roman,
    "bracketed": _bracketed,
    "group": _group,
    "bent_nhom": partial(_bent_group, "Nhóm"),
    "bent_buoc": partial(_bent_group, "Bước"),
    "bent_dot": partial(_bent_group, "Đợt"),
    "part": partial(_worded, "part", "Phần", "ORDINAL"),
    "part_in_words": partial(_worded, "part", "Phần", "ORDINAL_WORD"),
    "chapter": partial(_worded, "chapter", "Chương", "ORDINAL"),
    "division": partial(_worded, "division", "Mục", "ORDINAL"),
    "article": partial(_worded, "article", "Điều", "ARTICLE_NUMBER"),
    "cell_section": _cell_section,
    "cell_numbers": _cell_numbers,
}
