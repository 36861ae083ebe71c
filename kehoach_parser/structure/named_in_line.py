"""The head of a paper that says itself in one line, as web pages and lists of papers do, where the head of the page was not copied:
"Kế hoạch số 45/KH-UBND ngày 12/3/2025 của UBND tỉnh An Giang về việc triển khai chuyển đổi số", "Quyết định 707/QĐ-TTg năm 2025 phê duyệt
Đề án … do Thủ tướng Chính phủ ban hành"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from kehoach_parser.model import Span
from kehoach_parser.structure.head_lines import stripped
from kehoach_parser.structure.organ_lines import ORGAN
from kehoach_parser.symbols.on_line import symbol_on_line
from kehoach_parser.text.lines import Line, in_capitals, words_of
from kehoach_parser.text.phrases import type_begun

#: Lines above it: the name of a site, "Tải về".
_WITHIN = 3
#: What may stand between the type and its symbol: "số", "số:".
_BEFORE_SYMBOL = re.compile(r"\s*(?:so\s*:?)?\s*")
_DAY = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}|\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4}"
_ACTS = (
    "ve|v/v|ban hanh|phe duyet|trien khai|thuc hien|quy dinh|huong dan|to chuc|tang cuong|sua doi|tuyen truyen|kiem tra|giam sat|phat dong|"
    "phoi hop|xay dung|phat trien|nang cao|bao ve|phong chong|phong, chong|dao tao|boi duong|quan ly|bao dam|day manh|cong bo|ket luan"
)
#: What follows the symbol: day or year, who issued it, what about. A subject begins with "về", with what the paper does, or after a comma.
_REST = re.compile(
    rf"[\s,]*(?P<date>(?:ban hanh\s+)?ngay\s+(?:{_DAY})|(?:nam\s+)?(?:19|20)\d\d)?(?:[\s,]*(?:cua|do)\s+(?P<organ>[^,]+?)(?:\s+ban hanh)?)?"
    rf"(?:(?:^|[\s,]+)(?P<subject>(?:{_ACTS})\b.*)|\s*,\s*(?P<other>.*))?$"
)
#: The least words of a subject, and the least letters of a paragraph.
_LEAST, _PARAGRAPH = 4, 180
#: What follows a type in a text about papers: "Kế hoạch này …", "Thông tư số …", "Quyết định là …".
_OF_ANOTHER = re.compile(r"\s*(?:nay|do|tren|so|la|duoc|co|se|da|phai|cua)\b")
_BEGINS_SUBJECT = re.compile(r"\s*(?:ve|v/v|(?:y kien )?ket luan)\b")
_ISSUED_BY = re.compile(r"\s+do\s+(?P<organ>.+?)\s+ban hanh\s*$")


class InLine(NamedTuple):
    """The pieces of such a line, which is the ``line``-th; a piece that it lacks is None."""

    line: int
    type: Span
    type_name: str
    symbol: Span | None
    date: Span | None
    organ: Span | None
    subject: Span | None


def named_in_line(lines: Sequence[Line], content: str) -> InLine | None:
    """The first line that says type and symbol of its paper, and its day, its issuer or its subject. No sentence: "… giao cho các sở thực
    hiện." tells of a paper, "… có gì mới?" asks. No line alone: a paper has a text below its head."""
    for index, line in enumerate(lines[: min(_WITHIN, len(lines) - 1)]):
        if line.text.endswith((".", ":", ";")) or "?" in line.text:
            continue
        if (found := _read(index, line, content)) is not None:
            return found
        if symbol_on_line(line.text) is not None:  # the paper's own, above the name of another
            return None
    return None


def titled_in_small_letters(lines: Sequence[Line], content: str) -> InLine | None:
    """The first line as type and subject where it is all that is left of a head, as on web pages: "Thông báo kết luận của Phó Thủ tướng …
    tại hội nghị …", above paragraphs that stand on one line each. No question, no sentence but one that begins as subjects do."""
    line, below = lines[0], lines[1:_WITHIN]
    text = line.text
    if not text[:1].isupper() or in_capitals(text) or text.endswith((":", ";", ",")) or "?" in text:
        return None
    if not below or not _opens(below[0].text) or max(len(each.text) for each in below) < _PARAGRAPH:
        return None
    name = type_begun(words_of(line.folded))
    if name is None or len(text.split()) < len(name.split()) + _LEAST:
        return None
    end = [match.end() for match in re.finditer(r"\S+", text)][len(name.split()) - 1]
    if not text[end:].lstrip()[0].islower() or _OF_ANOTHER.match(line.folded, end):
        return None
    if text.endswith(".") and _BEGINS_SUBJECT.match(line.folded, end) is None:
        return None
    subject = stripped(content, line.start + end, line.end)
    return InLine(0, (line.start, line.start + end), name, None, None, None, subject)


def _opens(text: str) -> bool:
    return text[0].isupper() or text[0].isdigit()


def _read(index: int, line: Line, content: str) -> InLine | None:
    name = type_begun(words_of(line.folded))
    if name is None:
        return None
    end = [match.end() for match in re.finditer(r"\S+", line.text)][len(name.split()) - 1]
    begins = _BEFORE_SYMBOL.match(line.folded, end)
    symbol = symbol_on_line(line.text[begins.end() :]) if begins else None
    if begins is None or symbol is None or symbol.taken[0] > 0:
        return None
    after = begins.end() + symbol.span[1]
    behind = _ISSUED_BY.search(line.folded, after)
    rest = _REST.match(line.folded, after, behind.start() if behind else len(line.folded))
    if rest is None:
        return None

    def span(match: re.Match[str] | None, group: str) -> Span | None:
        if match is None or match[group] is None:
            return None
        return stripped(content, line.start + match.start(group), line.start + match.end(group))

    organ = span(rest, "organ") or span(behind, "organ")
    if organ is not None and not ORGAN.match(line.folded, organ[0] - line.start):
        organ = None
    date, subject = span(rest, "date"), span(rest, "subject") or span(rest, "other")
    if date is None and organ is None and subject is None:
        return None
    start = line.start + begins.end()
    printed = (start + symbol.span[0], start + symbol.span[1])
    return InLine(index, (line.start, line.start + end), name, printed, date, organ, subject)
