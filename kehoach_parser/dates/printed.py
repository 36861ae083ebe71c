"""Dates as they are printed: an anchor finds the candidate, the words before it choose a start of the date grammar, which reads on.

What LALR cannot say stands here, and only here:

- what stands *before* an anchor, for it reads onward: `_BEFORE_PART` and `_BEFORE_YEAR` name the start that the words before allow. "từ
  9/2025" is a month, "Bộ Tư pháp 10/2027" in a table none; "Thời gian thực hiện: năm 2025." is a date, "kinh tế - xã hội năm 2025" none;
- which days are feasts: the list of data/holidays.tsv. "Quốc khánh 2/9" is a date, "chiều dài của lá cờ … đến 2/3" none;
- what the first of two dates shares with the second: "từ ngày 10 đến ngày 15/11/2025".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from lark import Token, Tree
from lark.exceptions import LarkError

from kehoach_parser.dates.roles import LEAD, SENTENCE
from kehoach_parser.grammars import grammar
from kehoach_parser.model import Span
from kehoach_parser.text.lists import rows

# Where a date may begin: behind a blank or sign, by its first sign, which is asked first. A pattern that begins with a sign is searched for
# several times as fast as one that looks behind at every letter. Everything bounded, so that a text of digits alone costs no more than
# its length. `whole`: a number that begins a date; `part`: one that does so behind certain words; `year`: a year alone.
_ANCHOR = re.compile(
    r"""[\W_](?=[cdghnqst\d])(?:
        n[gq][^\W\d_]{1,2}[yv](?=\s{0,4}[0-9olil|]{1,2}(?![0-9a-z])|\s{0,4}\d{1,2}t[hn]|\s{0,8}t[hn][^\s\d]{1,3}ng)
      | t[hn][^\s\d]{1,3}ng(?=\s{0,3}[0-9]{1,2}(?![0-9]))
      | qu[yi](?=\s{1,3}(?:iv|i{1,3}|[1-4])(?![a-z0-9]))
      | (?:tu|den|het|truoc|sau|cuoi|dau|giua|tinh\s{1,3}den)(?=\s{1,3}(?:(?:cuoi|het|dau|giua)\s{1,3})?
            (?:n[^\s\d]{1,3}m\s{1,3})?(?:19|20)\d\d(?!\d))
      | (?P<year>n[^\s\d]{1,3}m)(?=\s{1,3}(?:19|20)\d\d(?:\s*(?:[.;,)\n]|$)|\s+(?:va|tro|den)\s))
      | (?<!tuan\s)(?<![\d][./,])(?:(?<!(?<!\d\d\d)\d-)|(?=\d{1,2}/\d{1,2}/(?:19|20)\d\d))\d{1,2}(?:
            (?P<whole>)(?=\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|2[0o])|\s{1,3}t[hn][^\s\d]{1,3}ng\s)
          | (?P<part>)(?=\s?/\s?(?:\d{1,2}(?!\d)|(?:19|20)\d\d(?![\d/-]))))
      | (?<![\d][./,-])(?:19|20)\d\d(?=\s{0,3}[-–—]\s{0,3}(?:19|20)\d\d(?!\d))
    )""",
    re.X,
)
_BEFORE_PART = re.compile(
    r"""(?:(?P<after_until>(?<!\w)den\s*:?)
      | (?P<after_limit>(?<!\w)(?:xong\struoc|thanh\struoc|cao\struoc|gui\struoc|cham\snhat|muon\snhat|han\scuoi)\s*:?)
      | (?P<after_bound>(?<!\w)(?:tu|trong|truoc|sau|vao|gian|han|hien)\s*:?)
      | (?P<after_feast>ngay|khanh|le|ky\sniem|thang\sloi|phu\snu|lao\sdong|chao\smung|thanh\slap|giai\sphong|truyen\sthong|va|[-–,(])
    )\s*$""",
    re.X,
)
_BEFORE_YEAR = re.compile(r"(?:thoi gian|thoi han|tien do|hoan thanh)[^.;\n]{0,24}$")
# "… trong năm 2025."; before a comma only at the end of what is to be done: not "Đối với các nhiệm vụ trong năm 2025, …".
_IN, _ENDS = re.compile(r"(?<!\w)trong\s{1,3}$"), re.compile(r"n[^\s\d]{1,3}m\s{1,3}\d{4}\s*(?P<sign>[.;,)\n]|$)")
_CLAUSE, _TOPIC = re.compile(r"[.;:\n]\s"), re.compile(r"\s*(?:[a-z]\)\s*)?(?:trong|doi voi|can cu|theo|tren co so|ket qua)\s")
_STARTS = ("anywhere", "after_bound", "after_feast", "after_limit", "after_until", "after_time")

#: What the numbers of a rule of the grammar are, in their order.
NUMBERS = {
    "day": ("day", "month", "year"),
    "short_day": ("day", "month"),
    "feast": ("day", "month"),
    "lone_day": ("day",),
    "month": ("month", "year"),
    "lone_month": ("month",),
    "quarter": ("count", "year"),
    "first_months": ("count", "year"),
    "last_months": ("count", "year"),
    "years": ("year", "end_year"),
    "year": ("year",),
    "onwards": ("year",),
}
#: The kind of what a rule reads, where it bears another name.
_KINDS = {"short_day": "day", "feast": "day", "lone_day": "day", "lone_month": "month"}
#: Terminals of words that belong to a date's span and are no numbers.
_WORDS = frozenset(("DAY_WORD", "MONTH_WORD", "QUARTER_WORD", "EARLIER_QUARTER"))
_ROMAN = {"ii": 2, "iii": 3, "iv": 4}  # "i" is a letter for a digit anyway
_LETTERS_AS_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "]": "1", "!": "1"})


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """One date as the grammar read it, before what is only understood. Offsets are those of the text.

    ``kind`` says how narrow it is: day, month, quarter, first_months, last_months (the first or last ``count`` of a year), years (a span of
    them), year, onwards (from that year on). ``repairs``: numbers with letters for digits, and their reading.
    """

    span: Span
    kind: str
    day: int | None = None
    month: int | None = None
    count: int | None = None
    year: int | None = None
    end_year: int | None = None
    repairs: tuple[tuple[Span, str], ...] = ()


def printed_dates(folded: str) -> list[PrintedDate]:
    """Every date that is printed in a folded text, in order."""
    out: list[PrintedDate] = []
    at = 0
    text = "\n" + folded  # what stands behind a sign of this text is where the sign itself was
    while match := _ANCHOR.search(text, at):
        begin, at = match.start(), match.end() - 1
        start = _start(folded, begin, match.lastgroup)
        if start and (found := _read(folded, begin, start)):
            out += found
            at = max(at, found[-1].span[1])
    return out


def _start(folded: str, begin: int, anchor: str | None) -> str | None:
    """The start of the grammar that the words before an anchor of a kind allow; None where nothing can be read."""
    if anchor not in ("part", "year"):
        return "anywhere"
    before = folded[max(0, begin - LEAD) : begin]
    if anchor == "year":
        said = _BEFORE_YEAR.search(before) or (_IN.search(before) and _ends_task(folded, begin))
        return "after_time" if said else "anywhere"
    part = _BEFORE_PART.search(before)
    return part and part.lastgroup


def _ends_task(folded: str, at: int) -> bool:
    """Whether the year at an offset ends its clause, and this clause tells what is to be done, not what is spoken of."""
    end = _ENDS.match(folded, at)
    if end is None or end["sign"] != ",":
        return end is not None
    starts = [0, *(sign.end() for sign in _CLAUSE.finditer(folded, max(0, at - SENTENCE), at))]
    return _TOPIC.match(folded, starts[-1]) is None


def _read(folded: str, begin: int, start: str) -> list[PrintedDate]:
    """What the grammar reads from an anchor on: usually one date, none where it is no date after all."""
    try:
        tree = grammar("date", _STARTS).parse(folded[begin : begin + LEAD], start)
    except LarkError:
        return []
    nodes = [(str(node.data), _printed(node, begin)) for node in tree.children if isinstance(node, Tree)]
    return [_completed(date, nodes[-1][1]) for rule, date in nodes if rule != "feast" or (date.day, date.month) in _feasts()]


def _printed(node: Tree[Token], begin: int) -> PrintedDate:
    """The date of a rule; ``begin``: where in the text reading began."""
    tokens = [token for token in node.children if isinstance(token, Token)]
    numbers = [token for token in tokens if token.type not in _WORDS]
    rule = str(node.data)
    return PrintedDate(
        (begin + (tokens[0].start_pos or 0), begin + (tokens[-1].end_pos or 0)),
        _KINDS.get(rule, rule),
        **{name: _value(token) for name, token in zip(NUMBERS[rule], numbers, strict=True)},
        repairs=tuple(
            ((begin + (token.start_pos or 0), begin + (token.end_pos or 0)), digits)
            for token in numbers
            if token.type != "QUARTER" and (digits := token.translate(_LETTERS_AS_DIGITS)) != token
        ),
    )


def _value(number: Token) -> int:
    return _ROMAN.get(number) or int(number.translate(_LETTERS_AS_DIGITS))


def _completed(date: PrintedDate, last: PrintedDate) -> PrintedDate:
    """The first of two days or months with the month and year that only the second bears."""
    return date if date.year or date is last else replace(date, month=date.month or last.month, year=last.year)


@cache
def _feasts() -> frozenset[tuple[int, int]]:
    """Day and month of the days that are named without their year."""
    return frozenset((int(day), int(month)) for day, month, _ in rows("holidays"))
