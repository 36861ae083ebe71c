"""The lines above the type of a paper, or above the text of an official letter: what each piece of them is.

Layout after Hướng dẫn 36-HD/VPTW and 05-HD/VPTW (Party) and Nghị định 30/2020/NĐ-CP (State). OCR reads the two columns across, so a line
may hold an organ and the Party or State line; what is known is taken out of a line first, the rest is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kehoach_parser.model import Span
from kehoach_parser.structure.organ_lines import LEVEL, ORGAN
from kehoach_parser.structure.page_lines import without_page_lines
from kehoach_parser.symbols.on_line import symbol_on_line
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lines import Line, in_capitals
from kehoach_parser.text.syllables import is_syllable

# "…, ngày" with nothing filled in, which is no date that can be found.
_EMPTY_DATE = re.compile(r"[,.]\s*ng[^\W\d_]y\b", re.I)
# "ngày @3 tháng 01 năm", "ngày 2 3 tháng": the day is written by hand, or by nobody; no more stands between the two words.
_DAY = re.compile(r"(?<![^\W_])ng[^\W\d_]y(?P<day>.{0,8}?)(?=th[^\W\d_]{1,2}ng)")
# "Lai Châu, ngày 18 tháng 11": where a paper was issued and when; "ngày 11/12/2025 của Ban Bí thư", "tháng 01/2026" may be of its subject.
_PLACED = re.compile(r"[^\W\d_]\s*[,.]\s*ng[^\W\d_]y\b[^\n]{0,14}?\bth[^\W\d_]{1,2}ng\b")
_MARK = re.compile(r"(?:(?:tuyet |toi )?mat|khan|thuong khan|hoa toc|du thao(?: lan (?:thu )?\d+)?|luu hanh noi bo)[.!]?$")
_DATE_GOES_ON = re.compile(r"(?:\d{1,2}\s+)?(?:thang|nam)\b|(?:19|20)\d\d$")
#: "V/v" opens the subject of an official letter, below its number (Nghị định 30/2020/NĐ-CP, Phụ lục I).
ABOUT = re.compile(r"(?<![^\W_])v\s?/\s?v\b")
# What is left before a number that was taken: "Luật số:", "Số: 2#".
_BEFORE_NUMBER = re.compile(r"(?:^|(?<=\s))(?:(?:bo )?luat|nghi quyet(?: lien tich)?|phap lenh|lenh|s[o06]\s*[:.]?\s*\S{0,4})\s*$")
_TYPE_OF_NUMBER = re.compile(r"(?:(?:bo )?luat|nghi quyet(?: lien tich)?|phap lenh|lenh)\s*$")
_LAST_DAY = 31
#: Strokes of a stamp that were read as capitals have no more letters.
_SHORT = 3
#: The shortest line that may begin the subject of a letter without "V/v".
_LEAST = 12
#: Cities of one syllable; else such a place has its beginning on the line above.
_SHORT_PLACES = frozenset({"hue", "vinh"})
_WORDS_OF_PLACE = 4
#: "Thành phố Phan Rang - Tháp Chàm" has seven; what is in capitals names an organ.
_MOST_WORDS = 8


class HeadLines:
    """What the pieces of the lines above the type are, gathered piece by piece; ``titled``: there is a type below."""

    def __init__(self, content: str, folded: str, dates: Sequence[Span], titled: bool) -> None:
        self._content, self._folded, self._dates, self._titled = content, folded, dates, titled
        self.organs: list[Span] = []
        self.symbol: list[Span] = []
        self.marks: list[Span] = []
        self.place: tuple[Span, ...] = ()
        self.date_zone: Span | None = None
        self.unread_day: Span | None = None
        self.about: Span | None = None
        self.kind: Span | None = None
        self.untitled: list[Span] = []
        self._place_begun: Span | None = None
        self._dated_from = 0  # pieces before it bear dates of a subject
        self._organ_line = self._subject_line = -2

    def read(self, lines: Sequence[Line], below: Sequence[Line]) -> None:
        """Reads the lines of a head; ``below``: those that follow it. A date that begins in a line may end two lines further down."""
        pieces = [
            (at, cell) for at, found in enumerate(without_page_lines(lines)) for piece in found for cell in _cells(self._content, *piece)
        ]
        self._dated_from = next((start for _, (start, end) in pieces if _PLACED.search(self._folded, start, end)), 0)
        reach = [line.end for line in (*lines, *below)[: len(lines) + 2]]
        for number, (at, (start, end)) in enumerate(pieces):
            after = pieces[number + 1][1] if number + 1 < len(pieces) else None
            self._read(start, end, reach[min(at + 2, len(reach) - 1)], at, after)

    def _read(self, start: int, end: int, reach: int, line: int, after: Span | None) -> None:
        """A piece of a line, in its column, up to "V/v", which opens the subject of a letter."""
        about = ABOUT.search(self._folded, start, end)
        if about is not None and not self._titled and self.about is None:
            if about.start() > start:
                self._read(start, about.start(), reach, line, None)
            self.about = about.span()
            start = about.start()
        elif self.about is None:
            start, end = self._take_symbol(start, end)
        dated = self._date_start(start, end) if self.date_zone is None and end > self._dated_from else None
        if dated is None or self._tells(start, dated):
            self._read_plain(*stripped(self._content, start, end), line, after)
            return
        self.date_zone = (dated, reach)
        organs, place = _split_place(self._content, stripped(self._content, start, dated))
        self.organs.extend(organs)
        self.place = tuple(span for span in (self._place_begun if place else None, place) if span)

    def _tells(self, start: int, dated: int) -> bool:
        """Whether a sentence stands before the day, where nothing says that this is a head: no place has so many words."""
        return (
            not (self._titled or self.organs or self.symbol)
            and sum(not word.isupper() for word in self._content[start:dated].split()) > _MOST_WORDS
        )

    def _take_symbol(self, start: int, end: int) -> Span:
        """Takes number and symbol off a piece; what is left of it ("Số: 2280" and "/QĐ-UBND" are two)."""
        known = _known(self._content, self.symbol)
        found = symbol_on_line(self._content[start:end], known) if known != "whole" else None
        if found is None:
            return start, end
        (first, last) = (start + found.taken[0], start + found.taken[1])
        if known == "nothing" and not found.announced and not self._titled and any(map(str.islower, self._content[start:end].split())):
            return start, end  # a sentence that names another paper
        self.symbol.append((start + found.span[0], start + found.span[1]))
        if kind := _TYPE_OF_NUMBER.search(self._folded, start, first):
            self.kind = kind.span()
        left = _BEFORE_NUMBER.search(self._folded, start, first)
        before = (start, left.start() if left else first)
        return before if len(self._content[slice(*before)].strip(" *")) > len(self._content[last:end].strip(" *")) else (last, end)

    def _date_start(self, start: int, end: int) -> int | None:
        """Where "ngày 18 tháng 11 …" begins in a piece, or "ngày" with nothing filled in, or with what a pen left."""
        if written := _DAY.search(self._folded, start, end):
            day = self._content[slice(*written.span("day"))].strip()
            if day and not (day.isascii() and day.isdigit() and 0 < int(day) <= _LAST_DAY):
                at = self._content.index(day, written.start("day"))
                self.unread_day = (at, at + len(day))
            return written.start()
        found = next((date[0] for date in self._dates if start <= date[0] < end), None)
        if found is None and (match := _EMPTY_DATE.search(self._content, start, end)):
            return match.start()
        return found

    def _read_plain(self, start: int, end: int, line: int, after: Span | None) -> None:
        """A piece without symbol and date."""
        piece = " ".join(self._folded[start:end].split())
        if not piece:
            return
        if _MARK.match(piece):
            self.marks.append((start, end))
        elif self.date_zone and start < self.date_zone[1] and _DATE_GOES_ON.match(piece):
            return
        elif self.date_zone is None and self._begins_place(start, end, after):
            self._place_begun = (start, end)  # "Thành phố Hồ ⏎ Chí Minh, ngày 18 tháng 11"
        elif self.about is None and self._names_organ(start, end, piece, line, after):
            self.organs.append((start, end))
            self._organ_line = line
        elif not self._titled and (end - start > _LEAST or self.about is not None or line == self._subject_line + 1):
            self.untitled.append((start, end))
            self._subject_line = line

    def _names_organ(self, start: int, end: int, piece: str, line: int, after: Span | None) -> bool:
        printed = self._content[start:end]
        if not in_capitals(printed):
            return False
        if self.organs:  # "VĂN PHÒNG CHÍNH ⏎ PHỦ": a short word is one of the name only right below it
            return end - start > _SHORT or (line == self._organ_line + 1 and printed.isalpha() and is_syllable(printed.lower()))
        if ORGAN.match(piece) or LEVEL.match(piece):
            return True
        if after is None or not in_capitals(self._content[slice(*after)]):
            return False
        return ORGAN.match(f"{piece} {' '.join(self._folded[slice(*after)].split())}") is not None  # "CHÍNH ⏎ PHỦ"

    def _begins_place(self, start: int, end: int, after: Span | None) -> bool:
        """Whether the piece is the beginning of a place that the next piece ends: "Hà ⏎ Nội, ngày 21 tháng 11"."""
        printed = self._content[start:end]
        words = printed.split()
        if after is None or not 0 < len(words) <= _WORDS_OF_PLACE or not words[0][0].isupper() or in_capitals(printed):
            return False
        dated = self._date_start(*after)
        rest = self._folded[after[0] : dated].strip(" ,.").split() if dated is not None else []
        if LEVEL.match(self._folded, start, end):
            return 0 < len(rest) <= _WORDS_OF_PLACE
        return len(words) == 1 and len(rest) == 1 and rest[0] not in _SHORT_PLACES


def _cells(content: str, start: int, end: int) -> Iterator[Span]:
    """The cells of a row of a table, which is how some converters leave the two columns; the rules below the names ("----") end one."""
    at = start
    for match in re.finditer(r"\s*\|\s*|[-_]{4,}", content[start:end]):
        if content[at : start + match.start()].strip():
            yield at, start + match.start()
        at = start + match.end()
    if content[at:end].strip():
        yield at, end


def _known(content: str, symbol: Sequence[Span]) -> str:
    """What of the symbol has been found: "nothing", its "number" alone, the first "half" up to its last sign, the "whole"."""
    if not symbol:
        return "nothing"
    if content[slice(*symbol[-1])].endswith(("-", "/")):
        return "half"
    return "whole" if any(char.isalpha() for char in content[slice(*symbol[-1])]) else "number"


def _split_place(content: str, span: Span) -> tuple[list[Span], Span | None]:
    """Organ and place on one line, read across the columns: "ĐẢNG ĐOÀN QUỐC HỘI Hà Nội, ngày …"."""
    start, end = span
    mixed = next((match.start() for match in re.finditer(r"\S+", content[start:end]) if any(map(str.islower, match.group()))), 0)
    caps = content[start : start + mixed]
    if len(caps.split()) >= 2 and ORGAN.match(fold(caps)):
        return [stripped(content, start, start + mixed)], (start + mixed, end)
    return [], (span if start < end else None)


def stripped(content: str, start: int, end: int) -> Span:
    """A stretch without what is no letter, figure, quotation mark or bracket at its ends."""
    while start < end and not (content[start].isalnum() or content[start] in '“"(['):
        start += 1
    while start < end and not (content[end - 1].isalnum() or content[end - 1] in '”")]'):
        end -= 1
    return start, end
