"""Documents cited by name alone: resolutions of congresses and plenums, the Party charter, working regulations; laws (`laws`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kehoach_parser.citations.laws import DateIn, Named, Window, find_laws, one_line
from kehoach_parser.grammars import Derivation, derive, place_of
from kehoach_parser.text.document import Document
from kehoach_parser.text.fold import fold, fold_but_case, skeleton
from kehoach_parser.text.lenient import found_at, lenient
from kehoach_parser.text.number_words import ORDINALS

_MEETING_TYPES = ("Nghị quyết", "Kết luận", "Thông báo", "Chỉ thị", "Quyết định")
_ROMAN = str.maketrans({"L": "I", "l": "I", "1": "I", "|": "I"})


def find_named(document: Document, places: Sequence[int], window: Window, date_in: DateIn) -> Iterator[Named]:
    """Every document cited by name. ``places``: where type words stand; ``window`` gives the text from an offset on as the citation
    grammar reads it."""
    yield from _meetings(document, places, window)
    yield from find_laws(document, window, date_in)
    yield from _charters(document, places)
    yield from _working_rules(document, places)
    yield from _platforms(document, places)


_MEETING = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(f"{lenient(name)}(?P<m{i}>)" for i, name in enumerate(_MEETING_TYPES))
    + r")(?=\s{1,3}(?:[dpb]{1,2}[^\s\d]{1,3}\s+h|h[^\s,;.]{1,3}\s+ngh?|tr[^\s,;.]{1,4}\s+[uw]))"
)


def _meetings(document: Document, places: Sequence[int], window: Window) -> Iterator[Named]:
    """Nghị quyết Đại hội XIII của Đảng; Kết luận Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XIII."""
    for match in found_at(places, _MEETING, document.folded):
        at = match.end()
        found = derive("citation", "named", window(at))
        if found is None or match.lastgroup is None:
            continue
        meeting = _read_meeting(found, document.content, at)
        if meeting is None:
            continue
        end = at + found.inner[-1].end
        printed = one_line(document.content[at:end])
        kind = _MEETING_TYPES[int(match.lastgroup[1:])]
        yield Named(
            (match.start(), end),
            kind,
            f"{kind} {meeting.name}",
            None,
            None,
            None,
            printed,
            None,
            0.95 if match.group() == fold(kind) else 0.85,
        )


def meeting_named(words: str) -> str | None:
    """The name of the congress or plenum that words name, damaged or not, as it is usually written: "Đại hội XIII của Đảng", "Hội nghị
    Trung ương 4 khóa XII", "Đại hội Đảng bộ tỉnh Nghệ An lần thứ XX" (the name of the body as it stands there); None for other words.
    """
    meeting = _meeting_in(words)
    return meeting.usual_name if meeting else None


def central_meeting(words: str) -> str | None:
    """The name of a meeting of the whole Party as it is equal for every way the meeting is called; None for other words."""
    meeting = _meeting_in(words)
    return meeting.name if meeting and not meeting.body else None


def _meeting_in(words: str) -> _Meeting | None:
    typed = _MEETING.match(fold(words))
    at = typed.end() if typed else 0
    found = derive("citation", "named", fold_but_case(words)[at:])
    return None if found is None else _read_meeting(found, words, at)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A congress (``body``: the printed name of a local one's organisation, ``years``: its term) or, with its number, a ``plenum``;
    ``numeral`` is that of the congress, of a plenum that of the term."""

    plenum: int | None
    numeral: str
    body: str
    years: str

    @property
    def name(self) -> str:
        """A name that is equal for every way the meeting is called: "Đại hội XIII", "Hội nghị 6 khóa XIII"."""
        if self.plenum is not None:
            return f"Hội nghị {self.plenum} khóa {self.numeral}"
        return " ".join(filter(None, ("Đại hội", self.body, self.years or self.numeral)))

    @property
    def usual_name(self) -> str:
        """The name as it is usually written."""
        if self.plenum is not None:
            return f"Hội nghị Trung ương {self.plenum} khóa {self.numeral}"
        if not self.body:
            return f"Đại hội {self.numeral} của Đảng"
        return f"Đại hội {self.body} " + (f"nhiệm kỳ {self.years}" if self.years else f"lần thứ {self.numeral}")


def _read_meeting(found: Derivation, content: str, at: int) -> _Meeting | None:
    """The meeting that was read; None where a numeral is none."""

    def printed(terminal: str) -> str:
        place = place_of(found.inner, terminal, at)
        return one_line(content[slice(*place)]) if place else ""

    ordinals = [_ordinal(fold_but_case(content[at + piece.start : at + piece.end])) for piece in found.inner if piece.terminal == "ORDINAL"]
    numbers = [number for number in ordinals if number is not None]
    if len(numbers) != len(ordinals):
        return None
    if found.form == "plenum":
        return _Meeting(numbers[0], _roman(numbers[1]), "", "")
    years = re.sub(r"\D+", "-", printed("TERM_YEARS")).strip("-")
    return _Meeting(None, _roman(numbers[0]) if numbers else "", printed("PARTY_BODY"), years)


def _ordinal(printed: str) -> int | None:
    printed = printed.strip("( ")
    if printed.isdecimal() and not set(printed) <= {"1"}:
        return int(printed)
    if printed.split()[0] in ORDINALS:
        parts = printed.split()
        return ORDINALS[parts[0]] + ({"mot": 1, "hai": 2, "ba": 3, "bon": 4, "lam": 5}[parts[1]] if len(parts) > 1 else 0)
    if printed.isdecimal():
        return int(printed) if len(printed) < 3 else len(printed)
    return _roman_value(printed.translate(_ROMAN))


def _roman_value(numeral: str) -> int | None:
    if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,4})", numeral) or not numeral:
        return None
    values = [{"I": 1, "V": 5, "X": 10}[c] for c in numeral]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))


def _roman(number: int) -> str:
    out = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            out, number = out + letters, number - value
    return out


_CHARTER = re.compile(
    rf"(?<![^\W_])(?P<kind>{lenient('điều lệ')})\s{{1,3}}(?P<of>{lenient('Đảng cộng sản việt nam')}|{lenient('Đảng')}|"
    rf"{lenient('công đoàn việt nam')}|{lenient('mặt trận tổ quốc việt nam')})"
)


def _charters(document: Document, places: Sequence[int]) -> Iterator[Named]:
    """Điều lệ Đảng; Điều lệ Đảng Cộng sản Việt Nam."""
    for match in found_at(places, _CHARTER, document.folded):
        if not document.content[match.start("of")].isupper():
            continue
        of = one_line(document.content[slice(*match.span("of"))])
        name = "Đảng" if skeleton(of.split()[0]) == skeleton("Đảng") else of
        yield Named(match.span(), "Điều lệ", f"Điều lệ {name}", None, None, None, None, None, 0.9)


_WORKING = re.compile(rf"(?<![^\W_]){lenient('quy chế')}\s{{1,3}}{lenient('làm việc')}\s{{1,3}}c[^\s,;.]{{1,3}}a\s{{1,3}}")
_WORKING_END = re.compile(
    r"[;.:()\"“”]|,\s(?!b)|\n\s*\n|\s(?=(?:va\s+quy\s+ch|va\s+cac|phu hop|ve|gan|da|duoc|theo|trong|de|nham|tai|nay|ban hanh|so|ngay)\b)|"
    r"(?<=\s)kh[^\s\d]{1,3}\s+[ivxl]{1,6}(?!\w)"
)


def _working_rules(document: Document, places: Sequence[int]) -> Iterator[Named]:
    """Quy chế làm việc của Ban Chấp hành Trung ương, Bộ Chính trị và Ban Bí thư khóa XIII."""
    for match in found_at(places, _WORKING, document.folded):
        if not document.content[match.end() : match.end() + 1].isupper():
            continue
        limit = min(len(document.folded), match.end() + 140)
        stop = _WORKING_END.search(document.folded, match.end(), limit)
        if stop is None:
            continue
        end = stop.end() if stop.group().startswith("kh") else stop.start()
        title = one_line(document.content[match.start() : end])
        title = title.split(" ", 2)[2]
        yield Named((match.start(), end), "Quy chế", "Quy chế " + title, None, None, None, None, title, 0.8)


_PLATFORM = re.compile(
    rf"(?<![^\W_]){lenient('cương lĩnh')}(?:\s{{1,3}}chinh tri)?\s{{1,3}}{lenient('xây dựng đất nước')}"
    rf"(?:\s{{1,3}}{lenient('trong thời kỳ quá độ lên chủ nghĩa xã hội')})?"
)


def _platforms(document: Document, places: Sequence[int]) -> Iterator[Named]:
    """Cương lĩnh xây dựng đất nước trong thời kỳ quá độ lên chủ nghĩa xã hội."""
    for match in found_at(places, _PLATFORM, document.folded):
        if document.content[match.start()].isupper():
            title = one_line(document.content[slice(*match.span())]).split(" ", 2)[2]
            yield Named(match.span(), "Cương lĩnh", "Cương lĩnh xây dựng đất nước", None, None, None, None, title, 0.9)
