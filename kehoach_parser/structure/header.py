"""The head of a paper as fields: organs, symbol, place, date, type, subject; what is lost is read from elsewhere with less certainty."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice

from kehoach_parser.found import FoundDate
from kehoach_parser.model import Alternative, Field, Header, Repair, Signature, Span
from kehoach_parser.structure.front import Front
from kehoach_parser.structure.organ_lines import ORGAN
from kehoach_parser.symbols.letters import read_kind, read_number, read_organ
from kehoach_parser.symbols.parts import head_line
from kehoach_parser.text.fold import CAPITALS, fold
from kehoach_parser.text.lines import AROUND_WORDS
from kehoach_parser.text.lists import letters_of_type, organs, type_of_letters
from kehoach_parser.text.phrases import listed, matches_at

FieldOf = Callable[[Sequence[Span]], Field]

_NUMBER = re.compile(r"\d*(?:/(?:19|20)\d\d)?")
# "34/KH-MTTQ-" and "-BTT" on the next line: a sign that is printed twice.
_TWO_SIGNS = re.compile(r"(?<=[-/])\s*-\s*")
# 72/2025/QH15 of the National Assembly; 64-CP of before 1997: no type stands in them (symbol.lark, of_assembly and of_old).
_WITHOUT_TYPE = re.compile(r"\d+/\d{4}/(?:UBTV)?QH\d+|\d+[a-z]?[-/][^\W\d_]+\d*")
# "12 KH/ĐTN": the Party and its unions set a dash before a stroke, the State a stroke before a dash (36-HD/VPTW, Nghị định 30/2020).
_UNSIGNED = re.compile(r"^(\d{1,4})\s+(?=[^\W\d_]{1,4}\s?([-/]))")
# "Số: Ÿ5/KH-UBND": a pen's stroke that is no figure, right before one.
_STROKE = re.compile(r":[ \t]*[^\s:.\d/-]{1,3}$")
_CHUNK = re.compile(r"\S+")
_CLAUSE = re.compile(rf"(?:^|(?<=[.;:,”\"\n])\s*)(?=[{CAPITALS}])", re.M)
LONGEST_NAME = 12
# A day, not a month.
_EXACT = len("2024-11-30")
# Month and year behind a day that is none.
_MONTH = re.compile(r"\s*thang\s+(\d{1,2})\s+nam\s+((?:19|20)\d\d)")


def make_header(front: Front, content: str, dates: Sequence[FoundDate], field: FieldOf) -> tuple[Header, tuple[Repair, ...]]:
    """The fields of a head that is there; what it lacks is None."""
    repairs: list[Repair] = []
    issuers = [field(pieces) for pieces in front.organs]
    symbol = _symbol(front, content, field, repairs)
    kind: Field | None = None
    if front.type is not None and front.type_name is not None:
        raw = content[slice(*front.type)]
        as_named = raw.casefold() == front.type_name.casefold()
        alone = not (raw.isupper() or front.symbol or front.organs or front.date_zone)  # a line in small letters is all of the head
        kind = Field(front.type_name, raw, front.type, 0.8 if alone else 1.0 if as_named else 0.9)
    elif front.letter is not None and _may_be_letter(symbol):
        kind = Field("Công văn", content[slice(*front.letter)], front.letter, 0.8)
    elif symbol is not None and (line := head_line(symbol.value)) and (name := type_of_letters().get(line.letters)):
        kind = Field(name, symbol.raw, symbol.span, 0.8, symbol.pieces)
    header = Header(
        span=front.span,
        parent_organ=issuers[0] if len(issuers) > 1 else None,
        organ=issuers[-1] if issuers else _decider(front, field),
        symbol=symbol,
        place=field(front.place) if front.place else None,
        date=_date(front, content, dates),
        type=kind,
        subject=field(front.subject) if front.subject else None,
        marks=tuple(field([span]) for span in front.marks),
    )
    return header, tuple(repairs)


def _decider(front: Front, field: FieldOf) -> Field | None:
    """Who decides by the line above "Căn cứ", for a head that names no organ."""
    if not front.decides:
        return None
    found = field(front.decides)
    return Field(found.value, found.raw, found.span, min(found.certainty, 0.8), found.pieces)


def _symbol(front: Front, content: str, field: FieldOf, repairs: list[Repair]) -> Field | None:
    """The symbol as read, letters by the tables, the number as printed: "35-KH/PU" is 35-KH/ĐU.

    "-KH/ĐU" where no number is filled in, or written by hand and not read: the half of what a symbol says, so certainty 0.5 at most.
    """
    if not front.symbol:
        return None
    printed = field(front.symbol)
    stroke = _STROKE.search(content[: front.symbol[0][0]])
    joined = _TWO_SIGNS.sub("", "".join(content[start:end] for start, end in front.symbol))
    signed = _UNSIGNED.sub(lambda found: f"{found[1]}{'-/'[found[2] == '-']}", joined)
    line = head_line(signed)
    if line is None:
        bare = re.sub(r"\s", "", joined)
        return Field(bare, printed.raw, printed.span, 0.95, printed.pieces) if _WITHOUT_TYPE.fullmatch(bare) else None
    bare = re.sub(r"[\s.…_:]", "", line.number)
    number = read_number(bare)
    if not _NUMBER.fullmatch(number):  # "14/0 -HD/BTGTU": a pen's strokes read as signs
        number = "".join(char for char in number if char.isdigit())
    if stroke:
        number = ""  # of which a figure is left
    hand_written = bool(bare) and number != bare
    certainty = 0.5 if hand_written or not number else 0.95
    printed_organ = re.sub(r"\s", "", line.rest)
    kind, organ = read_kind(line.letters, front.type_name), read_organ(printed_organ)
    sign = line.second_sign.replace(".", "-")  # 1267/QĐ.UB of the nineties is cited as 1267/QĐ-UB
    value = f"{number}{line.first_sign}{kind}{sign}{organ}"
    if kind + organ != line.letters + printed_organ or signed != joined or sign != line.second_sign:
        repairs.append(Repair("symbol-letters", printed.span, printed.raw, value))
    alternatives = (Alternative(f"{bare}{value[len(number) :]}", 0.2),) if hand_written else ()
    return Field(value, printed.raw, printed.span, certainty, printed.pieces, alternatives)


#: Papers that address somebody, too, and say their type in the symbol: a proposal, a report, a telegram, an invitation.
_ADDRESSED = frozenset({"TTr", "BC", "CĐ", "GM", "TB", "KH"})


def _may_be_letter(symbol: Field | None) -> bool:
    """Whether a paper without type that addresses somebody is an official letter: "5467/CT-CS" of Cục Thuế, whose letters say an organ."""
    line = head_line(symbol.value) if symbol else None
    return line is None or line.letters not in _ADDRESSED


def has_number(symbol: Field) -> bool:
    """Whether a symbol of a header says a number."""
    return symbol.value[:1].isdigit()


def consolidates(symbol: Field | None) -> bool:
    """Whether the paper consolidates others (81/VBHN-BNNMT): its preamble is theirs, and names who issued them."""
    line = head_line(symbol.value) if symbol else None
    return line is not None and line.letters in letters_of_type()["Văn bản hợp nhất"]


def _date(front: Front, content: str, dates: Sequence[FoundDate]) -> Field | None:
    if front.date_zone is None:
        return None
    start, end = front.date_zone
    for date in dates:
        if date.value and "/" not in date.value and date.span[1] > start and date.span[0] < end:
            if front.unread_day is not None and front.unread_day[0] < date.span[1]:
                return _without_day(date, content, front.unread_day)
            return Field(date.value, date.raw, date.span, date.certainty)
    return _month_behind(front.unread_day, content[:end]) if front.unread_day is not None else None


def _without_day(date: FoundDate, content: str, day: Span) -> Field:
    """The month of a date whose day is no number as printed ("@3", "2 3", "Z": written by hand), with the days that it may be."""
    return _month(str(date.value)[:7], (min(date.span[0], day[0]), date.span[1]), content, day)


def _month_behind(day: Span, content: str) -> Field | None:
    """The same where no date could be read: "ngày82 tháng 4 năm 2026"."""
    found = _MONTH.match(fold(content[day[1] :]))
    if found is None or not 1 <= int(found[1]) <= 12:
        return None
    return _month(f"{found[2]}-{int(found[1]):02}", (day[0], day[1] + found.end()), content, day)


def _month(value: str, span: Span, content: str, day: Span) -> Field:
    others = tuple(Alternative(f"{value}-{number:02}", 0.2) for number in _days(content[slice(*day)]))
    return Field(value, content[slice(*span)], span, 0.5, (), others)


def _days(printed: str) -> tuple[int, ...]:
    """The days of a month that a pen's strokes may be: "2 3" is 23, "@3" 3, 13 or 23; () where fewer than half the strokes are figures."""
    strokes = [char for char in printed if not char.isspace()]
    figures = [char for char in strokes if char.isascii() and char.isdigit()]
    if not figures or len(strokes) > 2:
        return ()
    pattern = re.compile("".join(char if char in figures else r"\d" for char in strokes))
    return tuple(number for number in range(1, 32) if pattern.fullmatch(f"{number:02}"))


def issuer_in_preamble(preamble: Sequence[Span], content: str, folded: str, field: FieldOf) -> Field | None:
    """The organ that the preamble names as the one who issues, for a paper whose head is lost; certainty 0.6."""
    for start, end in reversed(preamble):
        for clause in reversed(list(_CLAUSE.finditer(content, start, end))):
            if not ORGAN.match(folded, clause.end(), end):
                continue
            chunks = list(islice(_CHUNK.finditer(content, clause.end(), end), LONGEST_NAME + 4))
            words = [folded[chunk.start() : chunk.end()].strip(AROUND_WORDS) for chunk in chunks]
            for at in range(2, min(len(words), LONGEST_NAME)):
                if any(matches_at(words, at, phrase) for phrase in listed("issues")):
                    found = field([(clause.end(), chunks[at - 1].end())])
                    return Field(found.value, found.raw, found.span, 0.6, found.pieces)
    return None


def subject_in_preamble(preamble: Sequence[Span], kind: Field | None, folded: str, field: FieldOf) -> Field | None:
    """The subject as the preamble ends with it, for a paper that bears none below its type: "Bộ trưởng … ban hành Thông tư sửa đổi một số
    định mức …." (Nghị định 78/2025/NĐ-CP, mẫu văn bản); certainty 0.6."""
    said = re.compile(rf"\bban hanh {fold(kind.value)}\s+(?P<subject>[^;]{{15,600}}?)[.:]?$") if kind else None
    for start, end in reversed(preamble):
        if said and (found := said.search(folded, start, end)):
            read = field([found.span("subject")])
            return Field(read.value, read.raw, read.span, 0.6, read.pieces)
    return None


# "Luật này được Quốc hội … khóa XV, kỳ họp thứ 8 thông qua ngày 30 tháng 11 năm 2024": laws and resolutions bear the day of their adoption.
_ADOPTED = re.compile(r"\b(?:bo luat|luat|nghi quyet|phap lenh) nay (?:da )?duoc [^.;]{5,200}?thong qua[^.;]{0,80}?\s(?=ngay\s)")


def day_adopted(within: Span, folded: str, dates: Sequence[FoundDate]) -> Field | None:
    """The day on which the paper says at its end that it was adopted, for one whose head bears none; certainty 0.8."""
    for found in reversed(list(_ADOPTED.finditer(folded, *within))):
        for date in dates:
            if date.span[0] == found.end() and date.value and len(date.value) == _EXACT:
                return Field(date.value, date.raw, date.span, 0.8)
    return None


def issuer_in_symbol(symbol: Field | None) -> Field | None:
    """The organ that the letters of the symbol stand for ("BTGTU": Ban Tuyên giáo Tỉnh ủy); its place is not in them, so certainty 0.4."""
    line = head_line(symbol.value) if symbol else None
    known = organs().get(line.rest) if line else None
    return Field(known[0].split(",")[0], symbol.raw, symbol.span, 0.4, symbol.pieces) if symbol and known else None


def issuer_in_signature(signature: Signature | None) -> Field | None:
    """The organ in whose name is signed ("T/M BAN THƯỜNG VỤ"), for a paper that names it nowhere else; certainty 0.4."""
    if signature is None or signature.authority is None:
        return None
    authority = signature.authority
    match = _IN_NAME_OF.match(authority.raw)
    if match is None:
        return None
    start = authority.span[0] + match.end()
    raw = authority.raw[match.end() :]
    return Field(" ".join(raw.split()), raw, (start, authority.span[1]), 0.4)


_IN_NAME_OF = re.compile(r"(?:T\s?[/.]\s?M|TM)[.,]?\s+(?=\S)")
