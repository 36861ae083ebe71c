"""The title of a paper: the type, the subject (trích yếu) below it or behind it, and where the text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from kehoach_parser.model import Span
from kehoach_parser.structure.head_lines import stripped
from kehoach_parser.structure.labels import Candidate, candidates
from kehoach_parser.structure.organ_lines import LEVEL
from kehoach_parser.structure.page_lines import without_page_lines
from kehoach_parser.symbols.on_line import symbol_on_line
from kehoach_parser.text.areas import organ_begun
from kehoach_parser.text.fold import CAPITALS
from kehoach_parser.text.lines import Line, caps_share, in_capitals, words_of
from kehoach_parser.text.phrases import listed, starts_with, type_begun, type_name

#: Who decides, on a line of its own above "Căn cứ": "THỦ TƯỚNG CHÍNH PHỦ", "ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI".
ISSUER = re.compile(organ_begun("decides"))
#: Who decides takes no more lines: "GIÁM ĐỐC TRUNG TÂM PHỤC VỤ ⏎ HÀNH CHÍNH CÔNG ⏎ THÀNH PHỐ …".
_HEAD_BARS = 4  # of two columns, or of three with a narrow one between them
_SENTENCE_SIGNS = (".", ",", ";")
_ISSUER_LINES = 3
# What begins a subject behind who issues.
_SUBJECT_BEGINS = re.compile(r"\b(?:ve|trien khai|thuc hien|v/v)\b")
#: Letters of the last line of a subject that stands apart.
_TITLE_LINE = 70
#: Letters of who issues, behind the type.
_ISSUER_LETTERS = 60
_PERSON, _OPEN = re.compile(organ_begun("person")), re.compile(organ_begun("open"))
# Who decides, and what it does, in small letters: "THỦ TƯỚNG CHÍNH PHỦ điện:".
_ACTS = re.compile(r"\s(?:dien|chi thi|yeu cau)\s*:\s*$")
# What who issues a paper does in its first sentence: "Ủy ban nhân dân xã xây dựng kế hoạch …", "Sở Y tế đề nghị các đơn vị …".
_SAYS = re.compile(
    r"\s(?:(?:xay dung|ban hanh|lap|de ra)\s(?:ke hoach|chuong trinh|huong dan|phuong an)|(?:yeu cau|de nghi|thong bao)\s(?:cac|den|toi))\b"
)
# The last word of a line after which a name must follow.
_RUNS_ON = re.compile(r"(?:\b(?:cua|cho|do|va|voi|thuoc|giua|tai)|[,-])$")
# A sentence ends in the line and another begins: no subject has two.
_SENTENCES = re.compile(rf"^[{CAPITALS}].*[^\W\d_]{{3}}\.\s+[{CAPITALS}][^\W\d_]")
#: Units that a paper's text may begin with; below the type also the wider ones.
_UNITS = frozenset({"section", "item", "article"})
_WIDER_UNITS = _UNITS | {"capital", "chapter", "part"}
#: No line of a head is so long, in letters: a paragraph of the text.
PARAGRAPH = 180

#: A dash that begins a line behind a figure, and how far it may stand before what follows.
_BENT_DASH, _MOST_BLANKS = re.compile(r"\d[ \t]*\r?\n\s*([-–][ \t]*)$"), 12


class Title(NamedTuple):
    """The line that bears the type, where in the text the type ends, its name; ``joint``: the subject begins behind it."""

    line: int
    end: int
    name: str
    joint: bool


def title_of(lines: Sequence[Line]) -> Title | None:
    """The type: on a line of its own, or else before the subject on a line in capitals; looked for above the first unit."""
    joint: Title | None = None
    for index, line in enumerate(takewhile(lambda line: not _heads(line, _UNITS), lines)):
        # "… quá trình báo cáo dự thảo ⏎ Luật." ends a sentence.
        short = len(line.text.split()) <= 2 and not line.text.endswith(_SENTENCE_SIGNS)
        alone = len(line.text) < 40 and (short or in_capitals(line.text))
        if alone and (name := _title_name(line)) and not (joint and line.text.endswith(":")):  # "QUYẾT ĐỊNH:" below the preamble
            return Title(index, line.end, name, False)
        joint = joint or _joint_title(index, line)
    return joint


def _heads(line: Line, kinds: frozenset[str]) -> bool:
    """Whether the line by itself looks like the head of such a unit."""
    return any(candidate.kind in kinds and candidate.weight > 0 and _may_be_first(line, candidate) for candidate in candidates(line))


def _may_be_first(line: Line, candidate: Candidate) -> bool:
    """A numeral without a stop is the first of a text, or a word that begins with it: "PHẠM ⏎ VI CẤP TỈNH"."""
    return candidate.kind != "section" or candidate.ordinal == 1 or not line.text[: candidate.length].strip().isalnum()


def _joint_title(index: int, line: Line) -> Title | None:
    """Type and subject on a line: "KẾ HOẠCH TRIỂN KHAI CÔNG TÁC …"."""
    if caps_share(line.text) <= 0.8:
        return None
    words = words_of(line.folded)
    name = type_begun(words)
    if name is None or len(words) <= len(name.split()) + 2:
        return None
    ends = [match.end() for match in re.finditer(r"\S+", line.text)]
    end = line.start + ends[len(name.split()) - 1]
    return Title(index, line.end, name, False) if _names_issuer(line, end) else Title(index, end, name, True)


def _title_name(line: Line) -> str | None:
    words = words_of(line.folded)
    if "cua" in words:  # "CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ"
        words = words[: words.index("cua")]
    while type_name(words) is None and len(words) > 2 and len(words[0]) <= 2:  # "oy H QUYET BINH": strokes of a stamp before the type
        words = words[1:]
    return type_name(words)


def subject_of(lines: Sequence[Line], content: str, title: Title) -> tuple[list[Span], int]:
    """The lines of the subject below the type, what stands behind it on its own line first, and the first line of the text."""
    first = title.line + 1
    end = capitals_end(lines, first) if title.joint else _subject_end(lines, first)
    rows = [(title.end, lines[title.line].end), *((line.start, line.end) for line in lines[first:end])]
    spans = [span for row in rows if (span := stripped(content, *row))[1] - span[0] > 1]
    # "… TUYÊN GIÁO, ⏎ DÂN VẬN": within a subject the comma stays.
    joined = [(start, stop + content.startswith((",", ";", "-"), stop)) for start, stop in spans[:-1]]
    return [_with_dash(content, span) for span in [*joined, *spans[-1:]]], after_bracket(lines, end)


def _names_issuer(line: Line, end: int) -> bool:
    """Whether only who issues stands behind the type: "KẾ HOẠCH CỦA ỦY BAN NHÂN DÂN TỈNH AN BÌNH"; its subject then stands below."""
    behind = line.folded[end - line.start :].strip()
    named = behind.startswith("cua ") and ISSUER.match(behind, len("cua ")) is not None and len(behind) < _ISSUER_LETTERS
    return named and _SUBJECT_BEGINS.search(behind) is None


def _with_dash(content: str, span: Span) -> Span:
    """A line of a subject with the dash before it where a figure ends the line above: "GIAI ĐOẠN 2026 ⏎ - 2030", "số 57 ⏎ -NQ/TW"."""
    dash = _BENT_DASH.search(content, max(0, span[0] - _MOST_BLANKS), span[0])
    return (dash.start(1), span[1]) if dash else span


def late_symbol(line: Line) -> list[Span]:
    """The symbol on a line of its own below the subject, where OCR puts what stood left of the title: "S614/0 -HD/BTGTU"."""
    found = symbol_on_line(line.text)
    if found is None or found.taken != (0, len(line.text)) or not found.announced:
        return []
    return [(line.start + found.span[0], line.start + found.span[1])]


def capitals_end(lines: Sequence[Line], first: int) -> int:
    """Where the lines in capitals end that carry a title on."""
    end = first
    while end < len(lines) and in_capitals(lines[end].text) and not candidates(lines[end]) and not _decides(lines, end):
        end += 1
    return end


def lost_head_end(lines: Sequence[Line]) -> int:
    """Where the text begins if no type line is left: at the first line that opens a preamble or the outline."""
    for index, line in enumerate(lines):
        if _is_row(line) or _opens_text(line) or any(c.weight > 2 and c.kind != "star" for c in candidates(line)):
            return index
        if len(line.text) > PARAGRAPH and not _is_head_row(line):
            return index
    return 0


def _is_row(line: Line) -> bool:
    """Whether a line is a row of a table of values; a head is set in two columns."""
    return line.text.startswith("|") and line.text.count("|") > _HEAD_BARS


def _is_head_row(line: Line) -> bool:
    """Whether the Party line or the State line and the motto are most of a long line: the two columns of a head as one row."""
    left = sum(end - start for start, end in next(iter(without_page_lines([line]))))
    return left < min(len(line.text) - 40, PARAGRAPH)


def _subject_end(lines: Sequence[Line], first: int) -> int:
    capitals = first < len(lines) and in_capitals(lines[first].text)
    return next((index for index in range(first, len(lines)) if _ends_subject(lines, first, index, capitals)), len(lines))


def _ends_subject(lines: Sequence[Line], first: int, index: int, capitals: bool) -> bool:
    """Whether the text begins with the line; the first line of a subject is one unless it opens the outline or the preamble, or addresses
    somebody."""
    line = lines[index]
    if _heads(line, _WIDER_UNITS) or _in_table(lines, index):
        return True
    words = words_of(line.folded)
    if index == first:
        return any(starts_with(words, phrase) for phrase in listed("no_subjects"))
    return (
        line.text.startswith("(")
        or _is_row(line)
        or (line.text.endswith((":", ";")) and not (capitals and in_capitals(line.text)))  # "… xây dựng kế hoạch như sau:" opens the text
        or len(line.text) > PARAGRAPH
        or lines[index - 1].text.endswith((".", "./."))
        or _SENTENCES.search(line.text) is not None
        or (_leaves_subject(line, capitals) and not _ends_title(lines, index, capitals))
        or _decides(lines, index)
        or _says(lines, index)
    )


def _says(lines: Sequence[Line], index: int) -> bool:
    """Whether the first sentence of a text begins with who issues it ("Ủy ban nhân dân xã xây dựng kế hoạch …"), below a subject that is
    whole."""
    line = lines[index]
    begins = line.text[0].isupper() and ISSUER.match(line.folded) is not None
    return begins and _SAYS.search(line.folded) is not None and _RUNS_ON.search(lines[index - 1].folded) is None


def _ends_title(lines: Sequence[Line], index: int, capitals: bool) -> bool:
    """Whether a short line below a blank one ends a subject in small letters: it is no sentence, and the preamble begins below it, set
    apart as well ("kết quả Hội nghị lần thứ 12 ⏎ ⏎ Ban Chấp hành Trung ương khóa XIII ⏎ ⏎ Thực hiện …")."""
    line, below = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    if capitals or below is None or not below.blank_before or not _opens_text(below) or _opens_text(line):
        return False
    return len(line.text) < _TITLE_LINE and line.text[-1].isalnum() and line.blank_before == 1 and not _decides(lines, index)


def _in_table(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is the first row of a table: the line below it has as many bars, two or more."""
    bars = lines[index].text.count("|")
    return bars > 1 and index + 1 < len(lines) and lines[index + 1].text.count("|") == bars


def _leaves_subject(line: Line, capitals: bool) -> bool:
    """A line in small letters below a subject in capitals; below another one a new paragraph, or one that opens a preamble."""
    if capitals:  # "2026 - 2030" carries on a subject in capitals
        return not in_capitals(line.text) and any(map(str.isalpha, line.text))
    if line.blank_before > 0:
        return not line.text[0].islower()  # web copies part all lines: "… thỏa thuận, lập danh ⏎ ⏎ sách sơ bộ những người ứng cử"
    return _opens_text(line)


def _opens_text(line: Line) -> bool:
    """Whether a line begins as a preamble does; in small letters it goes on: "Về triển khai Kết luận số 9-KL/TW ⏎ ngày 11/12/2025 …"."""
    words = words_of(line.folded)
    return not line.text[0].islower() and any(starts_with(words, phrase) for phrase in listed("openings"))


def decider(lines: Sequence[Line], index: int) -> tuple[Span, ...]:
    """The lines that say who decides, from the first of the text on; () where they do not."""
    if index >= len(lines) or not _decides(lines, index):
        return ()
    said = takewhile(lambda line: in_capitals(line.text), lines[index:])
    return tuple((line.start, line.end) for line in said)


def _decides(lines: Sequence[Line], index: int) -> bool:
    """Whether the line says who decides: above "Căn cứ", or before what is done ("THỦ TƯỚNG CHÍNH PHỦ điện:").

    On two or three lines it is a person, whom no subject names at the head of a line unless the line above runs on, or an organ whose place
    follows: "CỤC TRƯỞNG CỤC ⏎ HẢI QUAN", "ỦY BAN NHÂN DÂN ⏎ TỈNH LAM SƠN".
    """
    line = lines[index]
    if not ISSUER.match(line.folded):
        return False
    if (acts := _ACTS.search(line.folded)) and in_capitals(line.text[: acts.start()]):
        return True
    below = lines[index + 1 : index + 1 + _ISSUER_LINES]
    more = list(takewhile(lambda each: in_capitals(each.text), below))
    if len(more) == len(below) or not starts_with(words_of(below[len(more)].folded), "Căn cứ"):
        return False
    if not more:
        return True
    whole = _OPEN.fullmatch(line.folded) is not None or not any(ISSUER.match(each.folded) for each in more)
    begins = _PERSON.match(line.folded) or LEVEL.match(more[0].folded)
    return whole and begins is not None and (index == 0 or _RUNS_ON.search(lines[index - 1].folded) is None)


def after_bracket(lines: Sequence[Line], index: int) -> int:
    """The line after "(Kèm theo Quyết định số … của Thủ tướng Chính phủ)" under the subject of an attached paper."""
    if index < len(lines) and lines[index].text.startswith("("):
        for end in range(index, min(index + 4, len(lines))):
            if lines[end].text.endswith(")"):
                return end + 1
    return index
