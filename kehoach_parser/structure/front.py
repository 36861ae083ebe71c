"""The head of a paper (thể thức đầu trang): organs, number and symbol, place and date, type, subject; and where its text begins.

Layout after Hướng dẫn 36-HD/VPTW and 05-HD/VPTW (Party) and Nghị định 30/2020/NĐ-CP (State). OCR reads the two columns across, so a line
may hold an organ and the Party or State line; what is known is taken out of a line first, the rest is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from kehoach_parser.model import Span
from kehoach_parser.structure.labels import candidates
from kehoach_parser.structure.page_lines import without_page_lines
from kehoach_parser.symbols.on_line import symbol_on_line
from kehoach_parser.text.areas import area_words, one_of_folded, organ_begun
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lines import Line, caps_share, in_capitals, words_of
from kehoach_parser.text.phrases import listed, starts_with, type_begun, type_name

#: How the name of an organ begins, also of a damaged committee ("thinh uy") or "Sở".
ORGAN = re.compile(rf"(?:{organ_begun('head')}|[a-z]{{3,6}} uy\b|s[&@e6]? )")
LEVEL = re.compile(rf"(?:{one_of_folded((*area_words(), 'khu vực'))}|tp\.?|t\.p)\b")
#: Who decides, on a line of its own above "Căn cứ": "THỦ TƯỚNG CHÍNH PHỦ", "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI".
ISSUER = re.compile(organ_begun("decides"))
# "…, ngày" with nothing filled in, which is no date that can be found.
_EMPTY_DATE = re.compile(r"[,.]\s*ng[^\W\d_]y\b", re.I)


@dataclass(frozen=True, slots=True)
class Front:
    """The head of a paper as spans of the text, not read yet. ``body`` is the index of the first line of the text proper."""

    span: Span
    organs: tuple[tuple[Span, ...], ...]
    symbol: tuple[Span, ...]
    place: tuple[Span, ...]
    date_zone: Span | None
    type: Span | None
    type_name: str | None
    subject: tuple[Span, ...]
    marks: tuple[Span, ...]
    body: int


_MARK = re.compile(r"(?:(?:tuyet |toi )?mat|khan|thuong khan|hoa toc|du thao(?: lan (?:thu )?\d+)?|luu hanh noi bo)[.!]?$")


def read_front(lines: Sequence[Line], content: str, folded: str, dates: Sequence[Span]) -> Front:
    """The head of the paper that the lines make up; ``dates``: where dates stand in the text.

    Without head (a lost page) all of it is empty and ``body`` 0.
    """
    title = _title(lines)
    head_end = _lost_head_end(lines) if title is None else title.line
    head = _Head(content, folded, dates, title is not None)
    for index, pieces in enumerate(without_page_lines(lines[:head_end])):
        for start, end in pieces:
            head.read(start, end, lines[min(index + 2, len(lines) - 1)].end)
    subject, body = (head.untitled, head_end) if title is None else _subject(lines, content, title)
    symbol = head.symbol
    if not symbol and 0 < body < len(lines) and (late := _late_symbol(lines[body], content)):
        symbol, body = late, body + 1
    return Front(
        span=(lines[0].start, lines[body - 1].end) if body else (0, 0),
        organs=_organs(head.organs, folded),
        symbol=tuple(symbol),
        place=head.place,
        date_zone=head.date_zone,
        type=title and (lines[title.line].start, title.end),
        type_name=title and title.name,
        subject=tuple(subject),
        marks=tuple(head.marks),
        body=body,
    )


class _Head:
    """What the pieces of the lines above the type are, gathered piece by piece; ``titled``: there is a type below."""

    def __init__(self, content: str, folded: str, dates: Sequence[Span], titled: bool) -> None:
        self._content, self._folded, self._dates, self._titled = content, folded, dates, titled
        self.organs: list[Span] = []
        self.symbol: list[Span] = []
        self.marks: list[Span] = []
        self.place: tuple[Span, ...] = ()
        self.date_zone: Span | None = None
        self.untitled: list[Span] = []
        self._place_begun: Span | None = None

    def read(self, start: int, end: int, reach: int) -> None:
        """One piece of a line; ``reach``: a date that begins in it ends there at the latest."""
        start, end, found = _take_symbol(self._content, start, end, _known(self._content, self.symbol))
        self.symbol.extend(found)
        dated = _date_start(self._content, start, end, self._dates) if self.date_zone is None else None
        if dated is None:
            self._read_plain(*_strip(self._content, start, end))
            return
        self.date_zone = (dated, reach)
        organs, place = _split_place(self._content, _strip(self._content, start, dated))
        self.organs.extend(organs)
        self.place = tuple(span for span in (self._place_begun, place) if span)

    def _read_plain(self, start: int, end: int) -> None:
        """A piece without symbol and date."""
        piece = _flat(self._folded[start:end])
        if _MARK.match(piece):
            self.marks.append((start, end))
        elif self.date_zone and start < self.date_zone[1] and _DATE_GOES_ON.match(piece):
            return
        elif self._names_organ(start, end, piece):
            self.organs.append((start, end))
        elif not self._titled and end - start > 12:
            self.untitled.append((start, end))
        elif self._titled and self._content[start:end].istitle():
            self._place_begun = (start, end)  # "Thành phố Hồ ⏎ Chí Minh, ngày 18 tháng 11"

    def _names_organ(self, start: int, end: int, piece: str) -> bool:
        if end - start <= 3 or not in_capitals(self._content[start:end]):
            return False
        return bool(self.organs or ORGAN.match(piece) or LEVEL.match(piece))


_DATE_GOES_ON = re.compile(r"(?:thang|nam)\b")


def _subject(lines: Sequence[Line], content: str, title: _Title) -> tuple[list[Span], int]:
    """The lines of the subject below the type, what stands behind it on its own line first, and the first line of the text."""
    first = title.line + 1
    end = _capitals_end(lines, first) if title.joint else _subject_end(lines, first)
    rows = [(title.end, lines[title.line].end), *((line.start, line.end) for line in lines[first:end])]
    spans = [_strip(content, *row) for row in rows]
    return [span for span in spans if span[1] - span[0] > 1], _after_bracket(lines, end)


def _late_symbol(line: Line, content: str) -> list[Span]:
    """The symbol on a line of its own below the subject, where OCR puts what stood left of the title: "S614/0 -HD/BTGTU"."""
    found = symbol_on_line(line.text)
    if found is None or found.taken != (0, len(line.text)) or not found.announced:
        return []
    return [(line.start + found.span[0], line.start + found.span[1])]


def read_annex_front(lines: Sequence[Line], content: str, labelled: bool) -> Front:
    """The head of an annex: its label ("PHỤ LỤC II"), then a title in capitals and a bracket ("(Kèm theo Kế hoạch số …)"), if any."""
    first = 1 if labelled else 0
    end = _capitals_end(lines, first)
    subject = tuple(_strip(content, line.start, line.end) for line in lines[first:end])
    body = _after_bracket(lines, end)
    span = (lines[0].start, lines[body - 1].end) if body else (lines[0].start, lines[0].start)
    return Front(span, (), (), (), None, None, None, subject, (), body)


def _capitals_end(lines: Sequence[Line], first: int) -> int:
    """Where the lines in capitals end that carry a title on."""
    end = first
    while end < len(lines) and in_capitals(lines[end].text) and not candidates(lines[end]):
        end += 1
    return end


class _Title(NamedTuple):
    """The line that bears the type, where in the text the type ends, its name; ``joint``: the subject begins behind it."""

    line: int
    end: int
    name: str
    joint: bool


#: Units that a paper's text may begin with; below the type also the wider ones.
_UNITS = frozenset({"section", "item", "article"})
_WIDER_UNITS = _UNITS | {"capital", "chapter", "part"}


def _heads(line: Line, kinds: frozenset[str]) -> bool:
    """Whether the line by itself looks like the head of such a unit."""
    return any(candidate.kind in kinds and candidate.weight > 0 for candidate in candidates(line))


def _title(lines: Sequence[Line]) -> _Title | None:
    """The type: on a line of its own, or else before the subject on a line in capitals; looked for above the first unit."""
    head: list[Line] = []
    for index, line in enumerate(takewhile(lambda line: not _heads(line, _UNITS), lines)):
        head.append(line)
        alone = len(line.text) < 40 and (in_capitals(line.text) or len(line.text.split()) <= 2)
        if alone and (name := _title_name(line)):
            return _Title(index, line.end, name, False)
    return next((title for index, line in enumerate(head) if (title := _joint_title(index, line))), None)


def _joint_title(index: int, line: Line) -> _Title | None:
    """Type and subject on a line: "KẾ HOẠCH TRIỂN KHAI CÔNG TÁC …"."""
    if caps_share(line.text) <= 0.8:
        return None
    words = words_of(line.folded)
    name = type_begun(words)
    if name is None or len(words) <= len(name.split()) + 2:
        return None
    ends = [match.end() for match in re.finditer(r"\S+", line.text)]
    return _Title(index, line.start + ends[len(name.split()) - 1], name, True)


def _title_name(line: Line) -> str | None:
    words = words_of(line.folded)
    while len(words) > 2 and len(words[0]) <= 2:  # "oy H QUYET BINH": strokes of a stamp before the type
        words = words[1:]
    if "cua" in words:  # "CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ"
        words = words[: words.index("cua")]
    return type_name(words)


#: No line of a head is so long, in letters: a paragraph of the text.
_PARAGRAPH = 180


def _lost_head_end(lines: Sequence[Line]) -> int:
    """Where the text begins if no type line is left: at the first line that opens a preamble or the outline."""
    for index, line in enumerate(lines):
        words = words_of(line.folded)
        if any(starts_with(words, phrase) for phrase in listed("openings")) or any(
            c.weight > 2 and c.kind != "star" for c in candidates(line)
        ):
            return index
        if len(line.text) > _PARAGRAPH:
            return index
    return 0


def _subject_end(lines: Sequence[Line], first: int) -> int:
    capitals = first < len(lines) and in_capitals(lines[first].text)
    return next((index for index in range(first, len(lines)) if _ends_subject(lines, first, index, capitals)), len(lines))


def _ends_subject(lines: Sequence[Line], first: int, index: int, capitals: bool) -> bool:
    """Whether the text begins with the line; the first line of a subject is one unless it opens the outline or addresses somebody."""
    line = lines[index]
    if _heads(line, _WIDER_UNITS):
        return True
    if index == first:
        return starts_with(words_of(line.folded), "Kính gửi")
    return (
        line.text.startswith("(")
        or line.text.endswith((":", ";"))  # "Đảng ủy xã xây dựng kế hoạch như sau:" opens the text
        or len(line.text) > _PARAGRAPH
        or lines[index - 1].text.endswith((".", "./."))
        or _leaves_subject(line, capitals)
        or (bool(ISSUER.match(line.folded)) and index + 1 < len(lines) and starts_with(words_of(lines[index + 1].folded), "Căn cứ"))
    )


def _leaves_subject(line: Line, capitals: bool) -> bool:
    """A line in small letters below a subject in capitals; below another one a new paragraph, or one that opens a preamble."""
    if capitals:  # "2026 - 2030" carries on a subject in capitals
        return not in_capitals(line.text) and any(map(str.isalpha, line.text))
    if line.blank_before > 0:
        return True
    words = words_of(line.folded)
    return any(starts_with(words, phrase) for phrase in listed("openings"))


def _after_bracket(lines: Sequence[Line], index: int) -> int:
    """The line after "(Kèm theo Quyết định số … của Thủ tướng Chính phủ)" under the subject of an attached paper."""
    if index < len(lines) and lines[index].text.startswith("("):
        for end in range(index, min(index + 4, len(lines))):
            if lines[end].text.endswith(")"):
                return end + 1
    return index


def _flat(piece: str) -> str:
    return " ".join(piece.split())


def _date_start(content: str, start: int, end: int, dates: Sequence[Span]) -> int | None:
    """Where "ngày 18 tháng 11 …" begins in a piece, or "ngày" with nothing filled in."""
    found = next((date[0] for date in dates if start <= date[0] < end), None)
    if found is None and (match := _EMPTY_DATE.search(content, start, end)):
        return match.start()
    return found


def _known(content: str, symbol: Sequence[Span]) -> str:
    """What of the symbol has been found: "nothing", its "number" alone, the first "half" up to its last sign, the "whole"."""
    if not symbol:
        return "nothing"
    if content[slice(*symbol[-1])].endswith(("-", "/")):
        return "half"
    return "whole" if any(char.isalpha() for char in content[slice(*symbol[-1])]) else "number"


def _take_symbol(content: str, start: int, end: int, known: str) -> tuple[int, int, list[Span]]:
    """Takes number and symbol off a piece; what is left of the piece, and the spans of the symbol ("Số: 2280" and "/QĐ-UBND" are two)."""
    piece = content[start:end]
    found = symbol_on_line(piece, known) if known != "whole" else None
    if found is None:
        return start, end, []
    (first, last), spans = found.taken, [(start + found.span[0], start + found.span[1])]
    if len(piece[:first].strip(" *")) > len(piece[last:].strip(" *")):
        return start, start + first, spans
    return start + last, end, spans


def _split_place(content: str, span: Span) -> tuple[list[Span], Span | None]:
    """Organ and place on one line, read across the columns: "ĐẢNG ĐOÀN QUỐC HỘI Hà Nội, ngày …"."""
    start, end = span
    mixed = next((match.start() for match in re.finditer(r"\S+", content[start:end]) if any(map(str.islower, match.group()))), 0)
    caps = content[start : start + mixed]
    if len(caps.split()) >= 2 and ORGAN.match(fold(caps)):
        return [_strip(content, start, start + mixed)], (start + mixed, end)
    return [], (span if start < end else None)


def _strip(content: str, start: int, end: int) -> Span:
    while start < end and not (content[start].isalnum() or content[start] in '“"(['):
        start += 1
    while start < end and not (content[end - 1].isalnum() or content[end - 1] in '”")]'):
        end -= 1
    return start, end


def _organs(pieces: Sequence[Span], folded: str) -> tuple[tuple[Span, ...], ...]:
    """Pieces of organ lines put together: "ỦY BAN NHÂN DÂN ⏎ TỈNH NGHỆ AN" is one organ on two lines."""
    organs: list[list[Span]] = []
    for start, end in pieces:
        piece = folded[start:end]
        if organs and (
            LEVEL.match(piece)
            or (piece == "chinh phu")
            or not ORGAN.match(piece)
            or re.search(r"(?:\bva|[,-])$", folded[organs[-1][-1][0] : organs[-1][-1][1]])
        ):
            organs[-1].append((start, end))
        else:
            organs.append([(start, end)])
    return tuple(tuple(organ) for organ in organs[:3])
