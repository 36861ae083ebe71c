"""Stamps in the text: what signing programs print, and the stamp of incoming mail. They belong to no head, no subject and no signature.

05-HD/VPTW (2026): the text of a digital signature ("Ký bởi: … Ngày ký: 2026-05-28 17:24:51 +07:00") lies over the signature block. Papers
that the Party issues digitally bear number and day nowhere else; those of the State are signed once more by the gazette's centre, at the
top of a page. The stamp of incoming mail ("ĐẾN Số: … Ngày: …") is in Phụ lục IV of Nghị định 30/2020/NĐ-CP. A stamp that overlaps the
print is read in bits: a key, what wraps below it, the organ's name in capitals above an e-mail address or a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kehoach_parser.model import Alternative, Field, Header, Span, Stamp, Warning
from kehoach_parser.structure.organ_lines import ORGAN
from kehoach_parser.structure.papers import AUTHORITY, is_recipients
from kehoach_parser.text.lines import Line, in_capitals

FieldOf = Callable[[Sequence[Span]], Field]

_SIGNED = re.compile(
    r"(?:nguoi ky|ky boi|digitally signed(?: by)?|signature (?:not )?(?:verified|valid)|thoi gian ky|ngay ky|signed by)\s*(?::|\Z)"
)
_TOLD = re.compile(r"(?:email|e-mail|co quan|to chuc|chuc vu|noi ky|date|ly do|dia chi|dien thoai)\s*:")
_MAIL = re.compile(r"(?:email\s*:\s*)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+\Z")
_DAY = r"(?:(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>(?:19|20)\d\d)|(?P<iso>(?:19|20)\d\d-\d\d-\d\d))"
_TIME = re.compile(rf"{_DAY}[T\s]+(?P<clock>\d{{1,2}}:\d\d(?::\d\d)?)(?:\s*(?P<zone>[+-]\d\d:?\d\d))?")
# What wraps of a time: "+07:00", "16:02:11 +07:00".
_ZONE = re.compile(r"(?:\d{1,2}:\d\d(?::\d\d)?\s*)?[+-]\d\d:\d\d\Z")
_INCOMING = re.compile(r"(?:(?:cong van|van ban)\s+)?den(?P<told>\s+(?:so|ngay)\b.*)?\Z")
# How a line begins that may be the first of a stamp; hardly any other does.
_BEGINS = re.compile(rf"(?:(?:cong van|van ban)\s+)?den\b|\d{{1,4}}[./-]|{_MAIL.pattern}|{_SIGNED.pattern}")
_OF_MAIL = re.compile(r"(?:so|ngay|gio|chuyen|kinh chuyen|luu ho so(?: so)?)\s*:?\s*[\d./…\s:-]*(?:\Z|[^\W\d_].{0,40}\Z)")
_NUMBER, _SYMBOL = re.compile(r"\d{1,5}\Z"), re.compile(r"[-/]\s?[A-ZĐ]{2}")
#: Lines of a stamp that wrap, of the name above its address, of the stamp of incoming mail; letters of a line of a stamp.
_WRAPPED, _NAME, _MAIL_LINES, _WIDTH = 3, 3, 4, 60
#: What a number or a day is worth that stands in a stamp alone.
_FROM_STAMP = 0.6
#: What is left to the reading without it, and what the day of a signature is worth as another reading.
_WITHOUT, _MAYBE = 0.4, 0.3
#: Letters of a month ("2025-12").
_MONTH = 7


@dataclass(frozen=True, slots=True)
class _Found:
    """The lines of a stamp, from and to (exclusive)."""

    kind: str
    first: int
    last: int


def take_stamps(lines: Sequence[Line], field: FieldOf) -> tuple[tuple[Line, ...], tuple[Stamp, ...]]:
    """The lines without stamps, and the stamps in the order of the text."""
    found = _found(lines)
    if not found:
        return tuple(lines), ()
    taken = {at for stamp in found for at in range(stamp.first, stamp.last)}
    rest = tuple(line for at, line in enumerate(lines) if at not in taken)
    return rest, tuple(_stamp(lines[each.first : each.last], each.kind, field) for each in found)


def _found(lines: Sequence[Line]) -> list[_Found]:
    found: list[_Found] = []
    last = 0
    for at in [at for at, line in enumerate(lines) if _BEGINS.match(line.folded)]:
        if at >= last and (stamp := _incoming(lines, at) or _digital(lines, at)) is not None:
            found.append(_Found(stamp.kind, max(stamp.first, last), stamp.last))
            last = stamp.last
    return found


def _digital(lines: Sequence[Line], at: int) -> _Found | None:
    """The stamp of a digital signature whose first sure line is at ``at``."""
    if not _sure(lines, at):
        return None
    end = at + 1
    while end < len(lines):
        below = next((more for more in range(end, min(end + _WRAPPED + 1, len(lines))) if _is_told(lines[more])), None)
        named = _names_organ(lines[end - 1])
        if below is None or any(not (_wraps(line) or (named and _is_name_line(line))) for line in lines[end:below]):
            break
        end = below + 1
    while end < len(lines) and _wraps(lines[end]) and _SIGNED.match(lines[end - 1].folded) and lines[end].text[0].islower():
        end += 1
    return _Found("digital-signature", _name_above(lines, at, end), end)


def _sure(lines: Sequence[Line], at: int) -> bool:
    """Whether a line by itself is one of a stamp: a key of signing programs, a time with a zone, an address with a time below it."""
    line = lines[at]
    if len(line.text) > _WIDTH:
        return False
    if _SIGNED.match(line.folded):
        return True
    zone = _ZONE.match(lines[at + 1].text) if at + 1 < len(lines) else None
    time = _TIME.fullmatch(line.text)
    if time is not None:
        return time["zone"] is not None or zone is not None
    return _MAIL.match(line.folded) is not None and any(_TIME.match(below.text) for below in lines[at + 1 : at + 3])


def _is_told(line: Line) -> bool:
    return len(line.text) <= _WIDTH and any(pattern.match(line.folded) for pattern in (_SIGNED, _TOLD, _MAIL, _ZONE, _TIME))


def _names_organ(line: Line) -> bool:
    """Whether a line says an organ in capitals behind its key, whose name may wrap: "Ký bởi: ỦY BAN NHÂN DÂN ⏎ TỈNH AN BÌNH"."""
    key = _SIGNED.match(line.folded) or _TOLD.match(line.folded)
    value = line.text[key.end() :].strip() if key else ""
    return in_capitals(value) and ORGAN.match(line.folded, len(line.text) - len(value)) is not None


def _wraps(line: Line) -> bool:
    """Whether a line may be the rest of the one above in a stamp: short, in small letters ("nhân dân tỉnh Quảng")."""
    return len(line.text) <= _WIDTH and not in_capitals(line.text) and re.search(r"\d|:", line.text) is None


def _name_above(lines: Sequence[Line], at: int, end: int) -> int:
    """Where the name begins that stands above an address or a time ("TRUNG TÂM CÔNG BÁO ⏎ VÀ TIN HỌC"), and the paper's number above it.

    Behind the signature any name in capitals; above it only where an address says that it is a stamp, and another organ follows.
    """
    if _SIGNED.match(lines[at].folded):
        return at
    behind = 0 <= _signature_line(lines) < at
    first = _capitals_above(lines, at)
    if first == at or not (behind or (_MAIL.match(lines[at].folded) and _organ_follows(lines, end))):
        return at
    if behind and first and _NUMBER.match(lines[first - 1].text):
        first -= 1
    return first


def _capitals_above(lines: Sequence[Line], at: int) -> int:
    """The first of the lines in capitals right above a line, three at most; none of them bears a symbol."""
    first = at
    while first and at - first < _NAME and not lines[first].blank_before and _is_name_line(lines[first - 1]):
        first -= 1
    return first


def _is_name_line(line: Line) -> bool:
    return in_capitals(line.text) and "/" not in line.text


def _organ_follows(lines: Sequence[Line], end: int) -> bool:
    return any(in_capitals(line.text) and ORGAN.match(line.folded) for line in lines[end : end + 4])


def _signature_line(lines: Sequence[Line]) -> int:
    """The first line of the first signature block or list of recipients, -1 where there is none."""
    return next(
        (at for at, line in enumerate(lines) if is_recipients(line) or (AUTHORITY.match(line.folded) and in_capitals(line.text))), -1
    )


def _incoming(lines: Sequence[Line], at: int) -> _Found | None:
    """The stamp of incoming mail: "ĐẾN", with its number and day on the same line or on those below."""
    line = lines[at]
    match = _INCOMING.match(line.folded)
    if match is None or not in_capitals(line.text[: match.start("told") if match["told"] else len(line.text)]):
        return None
    end = at + 1 + sum(1 for _ in takewhile(_is_of_mail, lines[at + 1 : at + 1 + _MAIL_LINES]))
    if end == at + 1 and match["told"] is None:
        return None
    first = _capitals_above(lines, at)
    return _Found("incoming-mail", first if first == 0 and _organ_follows(lines, end) else at, end)


def _is_of_mail(line: Line) -> bool:
    """A number, a day or for whom it is; not "Số: 12/KH-UBND", which is the paper's own."""
    return _OF_MAIL.match(line.folded) is not None and _SYMBOL.search(line.text) is None


def _stamp(lines: Sequence[Line], kind: str, field: FieldOf) -> Stamp:
    plain = field([(line.start, line.end) for line in lines])
    text = " ".join(line.text for line in lines)
    time = _TIME.search(text)
    number = lines[0].text if kind == "digital-signature" and _NUMBER.match(lines[0].text) else None
    return Stamp(plain.value, plain.raw, plain.span, plain.certainty, plain.pieces, (), kind, _moment(time) if time else None, number)


def filled_in(header: Header, stamps: Sequence[Stamp], unread: bool) -> tuple[Header, tuple[Warning, ...]]:
    """The header with what its own lines leave open, from the stamps of digital signatures, and what there is to say about that.

    The clerk's stamp bears the paper's number, and its time is the day of issue. A time alone says when somebody signed, or copied:
    it stays another reading of a day that is not filled in, or was not read (``unread``). A stamp of another month tells nothing.
    """
    clerk = next((stamp for stamp in stamps if stamp.number), None)
    number = clerk.number if clerk and header.symbol and not header.symbol.value[:1].isdigit() else None
    told = []
    symbol, date = header.symbol, header.date
    if clerk and symbol and number:
        without = Alternative(symbol.value, _WITHOUT)
        symbol = replace(symbol, value=f"{number}{symbol.value}", certainty=_FROM_STAMP, alternatives=(without,))
        told.append(Warning("number-from-stamp", f"Số văn bản lấy ở dấu chữ ký số: «{number}»", clerk.span))
    signed = _signed_in(date.value if date else "", stamps)
    if signed is not None and date is None and not unread:
        date = Field(_day(signed), signed.raw, signed.span, _FROM_STAMP, signed.pieces)
        told.append(_dated(signed))
    elif signed is not None and date is not None and len(date.value) == _MONTH:
        if number and not unread:
            date = replace(date, value=_day(signed), certainty=_FROM_STAMP, alternatives=(Alternative(date.value, _WITHOUT),))
            told.append(_dated(signed))
        else:
            date = replace(date, alternatives=date.alternatives or (Alternative(_day(signed), _MAYBE),))
    return replace(header, symbol=symbol, date=date), tuple(told)


def _signed_in(month: str, stamps: Sequence[Stamp]) -> Stamp | None:
    """The first stamp by its time, of those of a month."""
    signed = [stamp for stamp in stamps if stamp.time and stamp.time.startswith(month)]
    return min(signed, key=lambda stamp: str(stamp.time), default=None)


def _day(stamp: Stamp) -> str:
    return str(stamp.time)[:10]


def _dated(stamp: Stamp) -> Warning:
    return Warning("date-from-stamp", f"Ngày ban hành lấy ở thời gian ký số: «{_day(stamp)}»", stamp.span)


def _moment(time: re.Match[str]) -> str | None:
    """A time as ISO 8601, without a zone where none is printed; None for a day that no calendar has."""
    day = time["iso"] or f"{time['year']}-{int(time['month']):02}-{int(time['day']):02}"
    clock = time["clock"].rjust(5, "0")
    if not ("01" <= day[5:7] <= "12" and "01" <= day[8:] <= "31"):
        return None
    zone = time["zone"] or ""
    return f"{day}T{clock}{'' if clock.count(':') == 2 else ':00'}{zone[:3]}{':' if zone else ''}{zone[-2:]}"
