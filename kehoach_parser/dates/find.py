"""Dates in the text: an anchor on folded text finds the candidate, the date grammar reads on from there, this module works out the value.

A bare year counts only where it bounds a period or names a horizon ("đến năm 2045"): "kinh tế - xã hội năm 2025" is no date.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from lark import Token, Tree
from lark.exceptions import LarkError

from kehoach_parser.dates.recurrence import find_recurrences, yearly
from kehoach_parser.dates.roles import role_of
from kehoach_parser.found import FoundDate, FoundDates
from kehoach_parser.grammars import grammar
from kehoach_parser.model import Repair, Span, Warning
from kehoach_parser.text.document import Document

_WINDOW = 90

# Where a date may begin. Everything bounded, so that a text of digits alone costs no more than its length.
_ANCHOR = re.compile(
    r"""(?<![^\W_])(?:
        n[gq][^\W\d_]{1,2}[yv](?=\s{0,4}[0-9olil|]{1,2}(?![0-9a-z])|\s{0,4}\d{1,2}t[hn]|\s{0,8}t[hn][^\s\d]{1,3}ng)
      | t[hn][^\s\d]{1,3}ng(?=\s{0,3}[0-9]{1,2}(?![0-9]))
      | quy(?=\s{1,3}(?:iv|i{1,3}|[1-4])(?![a-z0-9]))
      | (?:tu|den|het|truoc|sau|cuoi|dau|giua|tinh\s{1,3}den)(?=\s{1,3}(?:(?:cuoi|het|dau|giua)\s{1,3})?
            (?:n[^\s\d]{1,3}m\s{1,3})?(?:19|20)\d\d(?!\d))
      | n[^\s\d]{1,3}m(?=\s{1,3}(?:19|20)\d\d(?!\d))
      | (?<![\d][./,])(?<!(?<!\d\d\d)\d-)\d{1,2}(?=\s?[/.-]\s?\d{1,2}(?!\d)|\s?/\s?(?:19|20)\d\d(?![\d/-])|\s{1,3}t[hn][^\s\d]{1,3}ng\s)
      | (?<![\d][./,-])(?:19|20)\d\d(?=\s{0,3}[-–—]\s{0,3}(?:19|20)\d\d(?!\d))
    )""",
    re.X,
)

# Days that are named without their year: Quốc khánh 2/9, Cách mạng Tháng Tám 19/8, Ngày Pháp luật 9/11 …
_HOLIDAYS = frozenset(
    {
        (9, 1),
        (3, 2),
        (27, 2),
        (8, 3),
        (26, 3),
        (30, 4),
        (1, 5),
        (7, 5),
        (15, 5),
        (19, 5),
        (1, 6),
        (21, 6),
        (28, 6),
        (27, 7),
        (19, 8),
        (2, 9),
        (10, 10),
    }
    | {(15, 10), (20, 10), (9, 11), (18, 11), (20, 11), (22, 12)}
)
_BEFORE_HOLIDAY = re.compile(
    r"(?:ngay|khanh|le|ky niem|thang loi|phu nu|lao dong|chao mung|thanh lap|giai phong|truyen thong|\(|den|va|[-–,])\s*$"
)
# "thang 6" in "06 tháng 6" is no month of a date where a count stands before: "trong 3 tháng 9 ngày" is rare enough to leave.
# A month without its word: "từ 9/2025 đến 12/2025".
_BEFORE_MONTH = re.compile(r"(?<!\w)(?:tu|den|trong|truoc|sau|vao|gian|han|hien)\s*:?\s*$")
_MORE_THAN_TWO = re.compile(r"\s?/\s?(?:19|20)|\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|2[0o])|\s{0,3}[-–—]|\s{1,3}t[hn]")
_LETTERS_AS_DIGITS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "]": "1", "!": "1"})
_RUNNING_PERIOD = re.compile(r"(?:thoi gian|thoi han|tien do|hoan thanh)[^.;\n]{0,24}$")
_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class _Reading:
    """One date as the grammar read it, before the years that are only understood. Offsets are those of the text."""

    span: Span
    kind: str
    day: int | None
    month: int | None
    year: int | None
    end_year: int | None
    printed: tuple[tuple[Span, str], ...]  # tokens with letters for digits, and their reading


def find_dates(document: Document) -> FoundDates:
    """Every date of the text in document order. Never raises: what cannot be (31/11/2025) keeps its raw form, value None, and a warning."""
    readings: list[_Reading] = []
    at = 0
    while match := _ANCHOR.search(document.folded, at):
        if match.group().isdecimal() and not _worth_reading(document.folded, match):
            at = match.end()
            continue
        found = _read(document.folded, match.start())
        if found:
            readings.extend(found)
            at = max(match.end(), found[-1].span[1])
        else:
            at = match.end()
    found_dates: list[FoundDate] = []
    warnings: list[Warning] = []
    repairs: list[Repair] = []
    years = [(r.span[0], r.year) for r in readings if r.year is not None]
    written = _year_of_writing(readings)
    for reading in readings:
        made = _make(document, reading, years, written)
        if made is None:
            continue
        found_dates.append(made)
        repairs.extend(Repair("date-digits", span, document.content[slice(*span)], read) for span, read in reading.printed)
        if made.value is None and made.recurs is None:
            warnings.append(Warning("impossible-date", f"Ngày không có thật: «{made.raw}»", made.span))
    recurring = find_recurrences(document, found_dates)
    return FoundDates(tuple(sorted(recurring, key=lambda d: d.span)), tuple(warnings), tuple(repairs))


def _worth_reading(folded: str, match: re.Match[str]) -> bool:
    """Two numbers alone are read only where a holiday may stand: fractions and numberings ("1/2", "2.1") are many."""
    return (
        _MORE_THAN_TWO.match(folded, match.end()) is not None
        or _BEFORE_HOLIDAY.search(folded[max(0, match.start() - 16) : match.start()]) is not None
    )


def _read(folded: str, start: int) -> list[_Reading]:
    """What the grammar reads from an anchor on: usually one date, none where it is no date after all."""
    window = folded[start : start + _WINDOW]
    try:
        tree = grammar("date").parse(window)
    except LarkError:
        return []
    form = tree.children[0]
    if not isinstance(form, Tree):
        return []
    return _readings(form, folded, start)


def _readings(form: Tree[Token], folded: str, start: int) -> list[_Reading]:
    tokens = list(form.scan_values(lambda v: isinstance(v, Token)))
    numbers = [t for t in tokens if t.type in ("N", "YEAR", "QUARTER")]
    printed = tuple((_span(t, t, start), _digits(t)) for t in numbers if t.type != "QUARTER" and t != _digits(t))
    whole = _span(tokens[0], tokens[-1], start)
    # A numeric date is taken without its "ngày", a date in words with it.
    numeric = _span(numbers[0], numbers[-1], start) if numbers else whole
    values = [int(_digits(t)) for t in numbers if t.type != "QUARTER"]
    kind = str(form.data)
    if not all(token.isdecimal() for token in (_digits(t) for t in numbers if t.type != "QUARTER")):
        return []
    if kind == "day":
        in_words = any(t.type == "MONTH_WORD" for t in tokens)
        span = whole if in_words else numeric
        if not in_words and _is_number(folded, span, values):
            return []
        return [_Reading(span, "day", values[0], values[1], values[2], None, printed)]
    if (
        kind == "month"
        and tokens[0].type == "N"
        and not (1 <= values[0] <= 12 and _BEFORE_MONTH.search(folded[max(0, start - 14) : start]))
    ):
        return []
    if kind == "dayless_day" or kind == "month":
        return [_Reading(whole, "month", None, values[0], values[1], None, printed)]
    if kind == "yearless":
        in_words = any(t.type == "MONTH_WORD" for t in tokens)
        named = tokens[0].type == "DAY_WORD"
        if not in_words and not _is_day_without_year(folded, numeric, values[0], values[1], named):
            return []
        if in_words and not named:
            return []
        return [_Reading(whole if in_words else numeric, "day", values[0], values[1], None, None, printed)]
    if kind == "bare_day":
        ends = next(t for t in tokens if t.type == "TO_DAY")
        rest = tokens[tokens.index(ends) + 1 :]
        month, year = values[2], values[3] if len(values) > 3 else None
        second = _span(rest[0], rest[-1], start)
        if any(t.type == "MONTH_WORD" for t in rest):
            words = re.search(r"n[gq][^\W\d_]{1,2}[yv]\s*$", ends)
            second = (start + (ends.start_pos or 0) + words.start(), second[1]) if words else second
        first = _Reading((start, _span(numbers[0], numbers[0], start)[1]), "day", values[0], month, year, None, printed)
        return [first, _Reading(second, "day", values[1], month, year, None, ())]
    if kind == "bare_month":
        to = next(i for i, t in enumerate(tokens) if t.type == "TO_MONTH")
        word = re.search(r"t[hn][^\s0-9]{1,3}ng\s+$", tokens[to])
        begins = start + (tokens[to].start_pos or 0) + word.start() if word else _span(tokens[to + 1], tokens[-1], start)[0]
        first_span = (start, _span(numbers[0], numbers[0], start)[1])
        return [
            _Reading(first_span, "month", None, values[0], values[2], None, printed),
            _Reading((begins, whole[1]), "month", None, values[1], values[2], None, ()),
        ]
    if kind == "quarter":
        quarter = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(str(numbers[0])) or int(numbers[0])
        return [_Reading(whole, "quarter", None, quarter * 3, values[0], None, printed)]
    if kind == "half":
        end = 6 if any(t.type == "HALF" and t == "dau" for t in tokens) else 12
        return [_Reading(whole, "half", None, end, values[1], None, printed)]
    if kind == "span_of_years":
        if not 0 < values[1] - values[0] <= 60:
            return []
        return [_Reading(whole, "years", None, None, values[0], values[1], printed)]
    years = [t for t in numbers if t.type == "YEAR"]
    if kind == "running_year":
        onwards = any(t.type == "ONWARDS" for t in tokens)
        if not onwards and not _stands_for_time(folded, start, whole[1]):
            return []
        return [_Reading(_span(years[0], years[0], start), "onwards" if onwards else "year", None, None, values[0], None, ())]
    return _bound_years(folded, tokens, years, start)


def _bound_years(folded: str, tokens: list[Token], years: list[Token], start: int) -> list[_Reading]:
    """đến năm 2045, 2050: each year on its own; not where the last is the first of a range ("đến 2021 - 2025") or a date."""
    out = []
    for token in years:
        span = _span(token, token, start)
        after = folded[span[1] : span[1] + 12]
        if re.match(r"\s*[-–—]\s*(?:19|20)\d\d", after) or re.match(r"[/-]\w|[.,]\d", after):
            break
        # "trước 2000 người", "đến 2000 đồng" are counts: without "năm" a year ends the phrase.
        if (
            not any(t.type == "YEAR_WORD" for t in tokens)
            and re.match(r"\s+[a-z]", after)
            and not re.match(r"\s+(?:va|den|phai|co)\b", after)
        ):
            break
        open_end = bool(re.match(r"\s+(?:den\s+nay|tro\s+di|va\s+(?:c[^\s]{1,2}c|nhung)\s+n[^\s]{1,3}m)", folded[span[1] : span[1] + 24]))
        out.append(_Reading(span, "onwards" if open_end else "year", None, None, int(_digits(token)), None, ()))
    return out


def _stands_for_time(folded: str, start: int, end: int) -> bool:
    """Thời gian thực hiện: năm 2025. / hoàn thành trong năm 2025."""
    before = folded[max(0, start - 60) : start]
    if not _RUNNING_PERIOD.search(before):
        return False
    return re.match(r"\s*(?:[.;,)]|$|\n)", folded[end : end + 6]) is not None


def _is_number(folded: str, span: Span, values: list[int]) -> bool:
    """A date-like number inside a symbol or a numbering: "12/11/2025/NQ", "1.1.2025.3"."""
    after = folded[span[1] : span[1] + 12]
    if re.match(r"[/.-]\w", after) and not re.match(r"-\d{1,2}/\d{1,2}/\d{4}", after):
        return True
    return re.search(r"[\w][/.-]$", folded[max(0, span[0] - 2) : span[0]]) is not None and values[0] > 31


def _is_day_without_year(folded: str, span: Span, day: int, month: int, named: bool) -> bool:
    """ "2/9" counts after "ngày" or as a known holiday; "3/4 số" and "1.1" never."""
    if re.match(r"\s?[/.-]\s?\w|[,.]\d|%", folded[span[1] : span[1] + 4]) or not (1 <= day <= 31 and 1 <= month <= 12):
        return False
    if named:
        return True
    return (day, month) in _HOLIDAYS and _BEFORE_HOLIDAY.search(folded[max(0, span[0] - 16) : span[0]]) is not None


def _make(document: Document, reading: _Reading, years: list[tuple[int, int]], written: int | None) -> FoundDate | None:
    """The found date of a reading, with a year that is only understood filled in at a lower certainty."""
    raw = document.content[slice(*reading.span)]
    if reading.year is None and (rule := yearly(document.folded, reading.span, reading.day or 0, reading.month or 0)):
        return FoundDate(reading.span, raw, None, None, None, rule, role_of(document.folded, reading.span, "day"), 0.8)
    year, certainty = reading.year, 1.0
    if year is None:
        year, certainty = _understood_year(document.folded, reading.span, years, written)
    if reading.printed:
        certainty -= 0.2
    value, first, last = _value(reading, year)
    if value is None:
        certainty = 0.3
    role = role_of(document.folded, reading.span, reading.kind)
    return FoundDate(reading.span, raw, value, first, last, None, role, round(certainty, 2))


def _value(reading: _Reading, year: int | None) -> tuple[str | None, str | None, str | None]:
    """(value, first day, last day); a day that does not exist leaves all None."""
    if year is None:
        return None, None, None
    month = reading.month
    if reading.kind == "day":
        try:
            day = date(year, month or 0, reading.day or 0).isoformat()
        except ValueError:
            return None, None, None
        return day, day, day
    if reading.kind == "month":
        if not month or not 1 <= month <= 12:
            return None, None, None
        return f"{year}-{month:02}", f"{year}-{month:02}-01", _last_day(year, month)
    if reading.kind in ("quarter", "half"):
        length = 3 if reading.kind == "quarter" else 6
        assert month is not None
        return str(year), f"{year}-{month - length + 1:02}-01", _last_day(year, month)
    if reading.kind == "years":
        return f"{year}/{reading.end_year}", f"{year}-01-01", f"{reading.end_year}-12-31"
    return str(year), f"{year}-01-01", None if reading.kind == "onwards" else f"{year}-12-31"


def _last_day(year: int, month: int) -> str:
    return f"{year}-{month:02}-{calendar.monthrange(year, month)[1]:02}"


def _understood_year(folded: str, span: Span, years: list[tuple[int, int]], written: int | None) -> tuple[int | None, float]:
    """The year of "2/9": from the same sentence ("của tỉnh năm 2025"), else the year of writing, else of the last date before it."""
    after = bisect_left(years, (span[1], 0))
    if after < len(years) and years[after][0] - span[1] < 25 and re.match(r"\)?\s*(?:den|[-–])", folded[span[1] : span[1] + 8]):
        return years[after][1], 0.9  # từ ngày 15/11 đến ngày 15/12/2025
    least = max(0, span[0] - _SENTENCE)
    start = max(folded.rfind(". ", least, span[0]), folded.rfind("\n\n", least, span[0]), least)
    near = re.findall(r"n[^\s\d]{1,3}m\s+((?:19|20)\d\d)(?!\d)", folded[start : span[1] + 60])
    if near:
        return int(near[-1]), 0.7
    if written is not None:
        return written, 0.5
    at = bisect_left(years, (span[0], 0))
    if at:
        return years[at - 1][1], 0.4
    return (years[0][1], 0.4) if years else (None, 0.3)


def _year_of_writing(readings: list[_Reading]) -> int | None:
    """The latest year of the first full days of a text: the head bears the day of writing, and what a preamble cites is older."""
    years = [reading.year for reading in readings[:8] if reading.year and reading.kind == "day" and reading.day]
    return max(years, default=None)


def _digits(token: Token) -> str:
    return str(token).translate(_LETTERS_AS_DIGITS)


def _span(first: Token, last: Token, start: int) -> Span:
    """The span in the text of tokens read in a window at ``start``, blanks at the ends left out."""
    begin = start + (first.start_pos or 0) + len(first) - len(first.lstrip())
    end = start + (last.end_pos or 0) - (len(last) - len(last.rstrip()))
    return begin, end
