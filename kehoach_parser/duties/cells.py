"""Units where only units stand: in a cell of a column of units, after a label ("Đơn vị phối hợp: …").

What stands between the separators is one name, whatever part of it a list has ("Quỹ tín dụng nhân dân …", "Các đ/c Phó Chủ tịch").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.found import FoundUnit
from kehoach_parser.model import Span
from kehoach_parser.tables import names_a_unit
from kehoach_parser.text.cell_breaks import CELL_BREAK
from kehoach_parser.text.fold import CAPITALS, fold
from kehoach_parser.units import key_of

# Between the units of a cell: a semicolon, a comma, "và", a bullet or a unit on a new line, also of a cell,
# the stop of a sentence.
_SEPARATOR = re.compile(
    r"[;,]|(?<=[^\W\d_]{3})\.(?=\s)"
    rf"|(?<=\s)(?:và|cùng|và các đơn vị)(?=\s)|[\n{CELL_BREAK}]\s*[-–+*•]\s*"
    rf"|[\n{CELL_BREAK}](?=(?:Sở|UBND|Ủy ban|Ban|Công an|Phòng|Văn phòng|Các|Bộ|Thầy|Cô|Ông|Bà|Đồng chí|Đ/c|Toàn thể|Tổ)\s)"
)
_MOST_WORDS = 20  # in the name of a unit that no list has
_MOST_OF = 0.8  # share of a name that a listed unit makes up, to stand for it
_UNLISTED = 0.6  # certainty of such a name
_FIELD = re.compile(r"phụ trách (?:công tác|lĩnh vực|mảng|địa bàn)\s[^,;\n]*")  # "Phó Chủ tịch phụ trách lĩnh vực giám sát và phản biện"
_BLANKS = re.compile(r"\s*")
_LEVELS = re.compile(r"cấp\s")  # "Ban Chỉ huy Phòng thủ dân sự cấp tỉnh, cấp xã"
_SEVERAL = re.compile(r"các\s")  # "…, các", a line end, "giám tuyển"
_SMALL_HEAD = re.compile(r"[^\W\d_]+ [A-ZĐ]")  # "Khoa Dược và phòng Hành chính"; not "Văn hóa và thông tin"
# "Vụ Khoa học công nghệ, Đào tạo và Môi trường": bodies of which each has one field of several.
_SEVERAL_FIELDS = re.compile(
    rf"(?<![^\W\d_])(?:Vụ|Cục|Viện|Khoa|Trung tâm|Trường)\s[^;,:.]*,\s+([{CAPITALS}][^;,:.]*?)\s+và\s+([{CAPITALS}][^;,:.]*?)\s*(?=[;.,]|$)"
)
_POST_OF_SEVERAL = re.compile(r"\s*[^\W\d_]+ (?:trưởng|đốc|tịch)\s+các\s[^:;]*:")  # "Cục trưởng các Cục: Báo chí; Di sản văn hóa"
_BEFORE = re.compile(r"\s*(?:\(\d\)|[Cc]ác\s[^:;,]{1,30}:)\s*")  # "(1) Giám đốc …; (2) Cục trưởng …", "Các Cục: Điện ảnh; …"
# A short form, a body of a ministry or its head: "VTV", "Vụ Pháp chế", "Vụ trưởng Vụ Pháp chế".
_BEGINS = re.compile(rf"(?:[{CAPITALS}]{{2,}}|Vụ)(?!\w)")
# Short forms that a name lists: "Trung tâm Kiểm soát thanh toán BHXH, BHYT điện tử"; "VTV, VOV" and "BHXH, UBND xã" are two.
_SHORT = 12  # letters of a short form and of the end of the word before it
_ENDS_SHORT = re.compile(rf"[^\W\d_]\s+[{CAPITALS}]{{2,}}$")
_GOES_ON = re.compile(rf"[{CAPITALS}]{{2,}}\s+(?=[^\W\d_])[^{CAPITALS}]")
_NOBODY = frozenset(("khong", "khong co", "khong quy dinh"))  # "Cơ quan được ủy quyền: Không"
_LETTER = re.compile(r"[^\W\d_]")


def units_in(context: DutyContext, cell: Span) -> Iterator[FoundUnit]:
    """The units of a cell, in order: what stands between its separators is one name, whatever part of it a list has."""
    named = [
        unit.unit
        for paragraph in context.texts.of((cell,))
        for group in paragraph.groups
        for unit in group.units
        if unit.unit.span[1] <= cell[1]
    ]
    for start, end in _names(context.words.content, cell, [unit.span for unit in named]):
        inside = list(_apart([unit for unit in named if start <= unit.span[0] < end], context.words.content))
        if len(inside) == 1 and (inside[0].span[1] - inside[0].span[0] >= _MOST_OF * (end - start) or _says_how(context, inside[0], start)):
            yield inside[0]
        elif len(inside) > 1:
            yield from inside
        elif (unit := _unlisted(context, start, end)) is not None:
            yield unit


def _apart(units: Sequence[FoundUnit], content: str) -> Iterator[FoundUnit]:
    """Listed units of a piece without a short form in the name of the first: "Trung tâm Kiểm soát thanh toán BHXH"."""
    for number, unit in enumerate(units):
        before = content[units[number - 1].span[1] : unit.span[0]] if number else ""
        if not (unit.raw.isupper() and before and all(part.isalpha() for part in before.split())):
            yield unit


def _says_how(context: DutyContext, unit: FoundUnit, start: int) -> bool:
    """Whether a listed name opens a piece that says after it how or when, not which unit: "các sở, ngành" theo chức năng, nhiệm vụ."""
    gap = context.words.content[start : unit.span[0]]
    _, after = context.texts.word_range(unit.span)
    return not gap.strip() and context.known.concerning.after(context.words, after) is not None


def _names(content: str, cell: Span, listed: Sequence[Span]) -> Iterator[Span]:
    """What stands between the separators of a cell."""
    start = cell[0]
    whole = (*listed, *_of_several_fields(content, cell))
    strong = content.find(";", *cell) >= 0
    charged = {at for field in _FIELD.finditer(content, *cell) for at in range(*field.span())}
    for mark in _SEPARATOR.finditer(content, *cell):
        if mark.group() == "và" and mark.start() in charged:
            continue
        if _POST_OF_SEVERAL.match(content, start, mark.start()) and not mark.group().startswith("."):
            continue
        if _parts(content, mark, whole, strong):
            yield start, mark.start()
            start = mark.end()
    yield start, cell[1]


def _of_several_fields(content: str, cell: Span) -> Iterator[Span]:
    """Names whose commas part fields: neither of the last two begins as a unit does, or is a short form."""
    for name in _SEVERAL_FIELDS.finditer(content, *cell):
        if not any(names_a_unit(field) or field.isupper() for field in name.groups()):
            yield name.span()


def _parts(content: str, mark: re.Match[str], listed: Sequence[Span], strong: bool) -> bool:
    """Whether a separator parts two names: not within a listed one ("các sở, ban, ngành"), nor before a word in small letters that goes on
    with the name ("Cơ quan, địa phương liên quan"), unless a listed name begins there and one ends before. Where semicolons part
    (``strong``), commas stand within names, too, and part only what begins as a unit does, or a short form; so does a stop.
    """
    if any(first < mark.end() and mark.start() < last for first, last in listed):
        return False
    gap = _BLANKS.match(content, mark.end())
    following = gap.end() if gap else mark.end()
    begins = any(first == following for first, _ in listed)
    if ";" in mark.group():
        return True
    if content[following : following + 1].islower():
        between = begins and ("," not in mark.group() or any(last == mark.start() for _, last in listed))
        return _parts_small(content, mark, following, between)
    if not begins and _ENDS_SHORT.search(content[max(0, mark.start() - _SHORT) : mark.start()]) and _GOES_ON.match(content, following):
        return False
    sure = mark.group()[0].isspace() or not (strong or mark.group() == ".")
    return sure or begins or _BEGINS.match(content, following) is not None or names_a_unit(content[following : mark.endpos])


def _parts_small(content: str, mark: re.Match[str], following: int, between: bool) -> bool:
    """Whether a separator before a word in small letters parts two names; ``between``: it stands between listed ones."""
    if _LEVELS.match(content, following):
        return False
    if "," in mark.group() and _SEVERAL.match(content, following):
        return True
    if mark.group() == "và" and _SMALL_HEAD.match(content, following) and names_a_unit(content[following : mark.endpos]):
        return True
    return between


def _unlisted(context: DutyContext, start: int, end: int) -> FoundUnit | None:
    """A piece of a cell as a unit that no list has; None for what is no name."""
    before = _BEFORE.match(context.words.content, start, end)
    start = before.end() if before else start
    content = context.words.content[start:end]
    raw = content.strip(" \t\n-–+*•.,")
    if fold(raw) in _NOBODY or not _LETTER.search(raw) or len(raw.split()) > _MOST_WORDS:
        return None
    at = start + content.index(raw)
    value = " ".join(raw.split())
    return FoundUnit(value, raw, (at, at + len(raw)), _UNLISTED, key_of(value, False, context.scope))
