"""The head of a paper (thể thức đầu trang): organs, number and symbol, place and date, type, subject; and where its text begins.

Layout after Hướng dẫn 36-HD/VPTW and 05-HD/VPTW (Party) and Nghị định 30/2020/NĐ-CP (State). OCR reads the two columns across, so a line
may hold an organ and the Party or State line; what is known is taken out of a line first, the rest is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kehoach_parser.model import Span
from kehoach_parser.structure.labels import candidates
from kehoach_parser.structure.page_lines import without_page_lines
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lines import Line, caps_share, words_of
from kehoach_parser.text.phrases import listed, starts_with, type_name

#: How many lines the head of a page may take.
LONGEST = 45

ORGAN = re.compile(
    r"(?:uy ban|ubnd|hoi dong|hdnd|dang bo|dang uy|[a-z]{3,6} uy\b|ban |so |s[eo6]? |bo |chi bo|van phong|cuc |vu |tong cuc|thu tuong|"
    r"chinh phu|quoc hoi|dang doan|tinh doan|thanh doan|doan |hoi |mat tran|cong an|truong |trung tam|vien |toa an|lien doan|ngan hang|"
    r"bao hiem|kho bac|thanh tra|kiem toan|hoc vien|tap doan|tong cong ty|bo tu lenh|bo chi huy|quan uy|chu tich)"
)
LEVEL = re.compile(r"(?:tinh|thanh pho|tp\.?|t\.p|quan|huyen|thi xa|thi tran|xa|phuong|dac khu|khu vuc)\b")
#: Who decides, on a line of its own above "Căn cứ": "THỦ TƯỚNG CHÍNH PHỦ", "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI".
ISSUER = re.compile(
    r"(?:uy ban|hoi dong|thu tuong|chinh phu|bo truong|ban thuong vu|ban chap hanh|chu tich|giam doc|tong giam doc|quoc hoi)"
)
_SYMBOL = re.compile(
    r"(?P<so>(?:[Ss](?:[^\W\d_]{1,2}|[68o0§$][^\W\d_]?|(?=[:.]))|\$6)\s?[:.,]?\s*)?"
    r"(?P<number>[\dOoIl]{1,6}\s?/\s?(?:19|20)\d\d|[\dOoIl][\dOoIl/ ]{0,6}|[\s.…_]{0,40})?\s?(?P<join>[-/])\s?"
    r"(?P<type>[A-ZĐÐ][A-Za-zĐđÐ]{0,4})(?P<slash>\s?[-/]\s?)(?P<organ>[A-ZĐÐ][\w&.Đ]{0,14}(?:\s?[-/]\s?[A-ZĐÐ][\w&]{0,10}){0,2})"
)
_SO_ALONE = re.compile(r"(?:s[oôốóòõ6]|\$6)\s?[:.]?\s*(?P<number>\d{1,5})\s*$", re.I)
# "Số: 3783/QĐ-" and on the next line "UBND": a narrow column broke it.
_SYMBOL_HALF = re.compile(
    r"(?:[Ss][^\W\d_]{1,2}\s?[:.,]?\s*)(?P<symbol>\d{0,6}(?:\s?/\s?(?:19|20)\d\d)?\s?[-/]\s?[A-ZĐÐ][A-Za-zĐđÐ]{0,4}\s?[-/])\s*$"
)
_SYMBOL_REST = re.compile(r"\s*(?P<organ>[A-ZĐÐ][\w&]{1,14}(?:\s?[-/]\s?[A-ZĐÐ][\w&]{0,10}){0,2})(?=\s{2}|\s*$)")
_SYMBOL_TAIL = re.compile(r"^/\s?(?P<type>[A-ZĐÐ][A-Za-zĐđÐ]{0,4})\s?-\s?(?P<organ>[A-ZĐÐ][\w&]+)$")
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
    title = _title_line(lines)
    joint = _joint_title(lines) if title is None else None
    if joint is not None:
        title = joint[0]
    head_end = title if title is not None else _lost_head_end(lines)
    organs: list[Span] = []
    symbol: list[Span] = []
    marks: list[Span] = []
    place: tuple[Span, ...] = ()
    loose: Span | None = None
    date_zone: Span | None = None
    subject: list[Span] = []
    for index, rest in enumerate(without_page_lines(lines[:head_end])):
        for start, end in rest:
            start, end, found = _take_symbol(content, start, end, _known(content, symbol))
            symbol.extend(found)
            dated = _date_start(content, start, end, dates) if date_zone is None else None
            if dated is not None:
                date_zone = (dated, lines[min(index + 2, len(lines) - 1)].end)
                before = _strip(content, start, dated)
                organ, found_place = _split_place(content, before)
                organs.extend(organ)
                place = tuple(span for span in (loose, found_place) if span)
                continue
            start, end = _strip(content, start, end)
            piece = _flat(folded[start:end])
            if _MARK.match(piece):
                marks.append((start, end))
            elif date_zone and start < date_zone[1] and re.match(r"(?:thang|nam)\b", piece):
                continue
            elif caps_share(content[start:end]) > 0.7 and end - start > 3 and (ORGAN.match(piece) or LEVEL.match(piece) or organs):
                organs.append((start, end))
            elif title is None and end - start > 12:
                subject.append((start, end))
            elif title is not None and content[start:end].istitle():
                loose = (start, end)  # "Thành phố Hồ ⏎ Chí Minh, ngày 18 tháng 11"
    first_subject = head_end
    if title is not None:
        first_subject = title + 1
        subject_end = _subject_end(lines, first_subject) if joint is None else _capitals_end(lines, first_subject)
        subject = [_strip(content, line.start, line.end) for line in lines[first_subject:subject_end]]
        if joint is not None:
            subject.insert(0, _strip(content, joint[1], lines[title].end))
        subject = [span for span in subject if span[1] - span[0] > 1]
        body = _after_bracket(lines, subject_end)
    else:
        body = head_end
    if not symbol and 0 < body < len(lines) and (late := _late_symbol(lines[body], content)):
        symbol, body = late, body + 1
    span_end = lines[body - 1].end if body else 0
    title_span = name = None
    if title is not None:
        title_span = (lines[title].start, joint[1] if joint else lines[title].end)
        name = joint[2] if joint else _title_name(lines[title])
    start = lines[0].start if body else 0
    return Front(
        (start, span_end), _organs(organs, folded), tuple(symbol), place, date_zone, title_span, name, tuple(subject), tuple(marks), body
    )


def _late_symbol(line: Line, content: str) -> list[Span]:
    """The symbol on a line of its own below the subject, where OCR puts what stood left of the title: "S614/0 -HD/BTGTU"."""
    match = _SYMBOL.match(line.text)
    if match is None or not match.group("so") or len(line.text) > 40:
        return []
    return _take_symbol(content, line.start, line.end, "nothing")[2]


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
    while end < min(len(lines), first + 8) and caps_share(lines[end].text) > 0.75 and not candidates(lines[end]):
        end += 1
    return end


def _title_line(lines: Sequence[Line]) -> int | None:
    for index, line in enumerate(lines[:LONGEST]):
        if any(candidate.kind in ("section", "item", "article") and candidate.weight > 2 for candidate in candidates(line)):
            return None
        if len(line.text) < 40 and (caps_share(line.text) > 0.6 or len(line.text.split()) <= 2) and _title_name(line):
            return index
    return None


def _joint_title(lines: Sequence[Line]) -> tuple[int, int, str] | None:
    """A line in capitals that holds type and subject, "KẾ HOẠCH TRIỂN KHAI CÔNG TÁC …": the line, where the type ends, the type."""
    for index, line in enumerate(lines[:LONGEST]):
        if any(candidate.kind in ("section", "item", "article") and candidate.weight > 2 for candidate in candidates(line)):
            return None
        if caps_share(line.text) <= 0.8:
            continue
        words = words_of(line.folded)
        name = next((name for name in listed("type_names") if starts_with(words, name)), None)
        if name and len(words) > len(name.split()) + 2:
            ends = [match.end() for match in re.finditer(r"\S+", line.text)]
            return index, line.start + ends[len(name.split()) - 1], name
    return None


def _title_name(line: Line) -> str | None:
    words = words_of(line.folded)
    while len(words) > 2 and len(words[0]) <= 2:  # "oy H QUYET BINH": strokes of a stamp before the type
        words = words[1:]
    if "cua" in words:  # "CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ"
        words = words[: words.index("cua")]
    return type_name(words)


def _lost_head_end(lines: Sequence[Line]) -> int:
    """Where the text begins if no type line is left: at the first line that opens a preamble or the outline."""
    for index, line in enumerate(lines[:LONGEST]):
        words = words_of(line.folded)
        if any(starts_with(words, phrase) for phrase in listed("openings")) or any(
            c.weight > 2 and c.kind != "star" for c in candidates(line)
        ):
            return index
        if len(line.text) > 180:
            return index
    return 0


def _subject_end(lines: Sequence[Line], first: int) -> int:
    caps = first < len(lines) and caps_share(lines[first].text) > 0.75
    for index in range(first, min(len(lines), first + 14)):
        line = lines[index]
        words = words_of(line.folded)
        if any(c.kind in ("section", "item", "article", "capital", "chapter", "part") and c.weight > 1 for c in candidates(line)):
            return index
        if index == first and not starts_with(words, "Kính gửi"):
            continue
        letters = any(char.isalpha() for char in line.text)
        same_case = caps and (caps_share(line.text) > 0.75 or not letters)  # "2026 - 2030" carries on a subject in capitals
        if line.text.startswith("(") and index > first:
            return index
        if not same_case and (caps or line.blank_before or any(starts_with(words, phrase) for phrase in listed("openings"))):
            return index
        if ISSUER.match(line.folded) and index + 1 < len(lines) and starts_with(words_of(lines[index + 1].folded), "Căn cứ"):
            return index
        if index > first and line.text.endswith((":", ";")):  # "Đảng ủy xã xây dựng kế hoạch như sau:" opens the text
            return index
        if len(line.text) > 220 or lines[index - 1].text.endswith((".", "./.")):
            return index
    return min(len(lines), first + 14)


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
    if known == "whole":
        return start, end, []
    if known == "half":
        rest = _SYMBOL_REST.match(piece)
        return (start + rest.end(), end, [(start + rest.start("organ"), start + rest.end())]) if rest else (start, end, [])
    if known == "nothing" and (match := _SYMBOL_HALF.search(piece)):
        return start, start + match.start(), [(start + match.start("symbol"), start + match.end("symbol"))]
    if match := _SYMBOL.search(piece):
        at = match.end("so") if match.group("so") else match.start()
        spans = [_strip_blanks(content, start + at, start + match.end())]
        before, after = piece[: match.start()].strip(" *"), piece[match.end() :].strip(" *")
        if len(before) > len(after):
            return start, start + match.start(), spans
        return start + match.end(), end, spans
    if match := _SYMBOL_TAIL.match(piece.strip()):
        return end, end, [_strip_blanks(content, start, end)]
    if known == "nothing" and (match := _SO_ALONE.search(piece)):
        return start, start + match.start(), [(start + match.start("number"), start + match.end("number"))]
    return start, end, []


def _split_place(content: str, span: Span) -> tuple[list[Span], Span | None]:
    """Organ and place on one line, read across the columns: "ĐẢNG ĐOÀN QUỐC HỘI Hà Nội, ngày …"."""
    start, end = span
    mixed = next((match.start() for match in re.finditer(r"\S+", content[start:end]) if any(map(str.islower, match.group()))), 0)
    caps = content[start : start + mixed]
    if len(caps.split()) >= 2 and ORGAN.match(fold(caps)):
        return [_strip(content, start, start + mixed)], (start + mixed, end)
    return [], (span if start < end else None)


def _strip_blanks(content: str, start: int, end: int) -> Span:
    while start < end and content[start].isspace():
        start += 1
    while start < end and content[end - 1].isspace():
        end -= 1
    return start, end


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
