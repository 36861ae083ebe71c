"""What interrupts the running text: page numbers and footnotes. They are taken out before anything else is read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kehoach_parser.model import Footnote, Span
from kehoach_parser.structure.labels import candidates
from kehoach_parser.text.lines import Line, in_capitals
from kehoach_parser.text.phrases import opens_note

SUPERSCRIPTS = "¹²³⁴⁵⁶⁷⁸⁹⁰"
_DIGITS = str.maketrans(SUPERSCRIPTS, "1234567890")

_PAGE_NUMBER = re.compile(r"(?:[-–—]\s*)?(?:trang\s+|page\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*[-–—])?$")
# What a converter writes where a page ended: "--- PAGE BREAK ---", "[Trang 2]", "=== Page 3 of 12 ===", and what the Official Gazette
# (Công báo) prints over each page: "CÔNG BÁO/Số 302/Ngày 02-06-2026", of a province "CÔNG BÁO AN GIANG/Số 12 + 13/Ngày …".
_PAGE_END = re.compile(
    r"\W*page\s?break\W*|[-=*_\[(<]\W*(?:trang|page)\s+\d{1,3}(?:\s*(?:/|of|tren)\s*\d{1,3})?\W*"
    r"|cong bao[^/]{0,40}/ ?so [\d +]{1,12}/ ?ngay \d{1,2}-\d{1,2}-\d{4}"
)
# "¹ Nghị quyết số…", "[1] Nghị quyết số…": marks that are nothing else.
_STRONG = re.compile(rf"([{SUPERSCRIPTS}]{{1,2}}|\[\d{{1,2}}\])\s*(?=\S)")
# "! Quy dinh sb 101- Qb/TW" and "1 Quyết định số 649": a mark only where a page may end below.
_WEAK = re.compile(r"([!'’*°]|\d{1,2})\s+(?=[^\W\d_])")
#: A footnote under the text takes no more lines than this.
LONGEST = 25


@dataclass(frozen=True, slots=True)
class Body:
    """The lines that carry the text, and what was taken out of them."""

    lines: tuple[Line, ...]
    footnotes: tuple[Footnote, ...]
    furniture: tuple[Span, ...]


def take_out(lines: tuple[Line, ...], known: Sequence[Span] = ()) -> Body:
    """Lines without page furniture and footnotes; each footnote with its mark and, where it is found, the place that refers to it.

    ``known`` is furniture that a reader of pages found by its place on them, in order.
    """
    starts = [start for start, _ in known]
    furniture = [
        line
        for index, line in enumerate(lines)
        if (_PAGE_NUMBER.fullmatch(line.folded) and _stands_apart(lines, index))
        or _PAGE_END.fullmatch(line.folded)
        or (known and _is_known(line, known, starts))
    ]
    numbers = {line.number for line in furniture}
    rest = [line for line in lines if line.number not in numbers] if numbers else lines
    notes: list[_Note] = []
    index = 0
    kept: list[Line] = []
    while index < len(rest):
        end = None if rest[index].text[0].isalpha() else _footnote_end(rest, index, len(notes))
        if end is None:
            kept.append(rest[index])
            index += 1
            continue
        mark = (_STRONG.match(rest[index].text) or _WEAK.match(rest[index].text)).group(1)  # type: ignore[union-attr]
        notes.append(_Note(_mark(mark, len(notes)), (rest[index].start, rest[end - 1].end), len(kept)))
        index = end
    anchors = _anchors(kept) if notes else {}
    footnotes = tuple(
        Footnote(note.mark, note.span, anchors[note.mark] if note.mark in anchors else _bent_anchor(note, kept)) for note in notes
    )
    return Body(tuple(kept), footnotes, tuple((line.start, line.end) for line in furniture))


class _Note(NamedTuple):
    """A footnote's mark as a number, its span and how many lines of the body stand above it."""

    mark: str
    span: Span
    above: int


def _is_known(line: Line, known: Sequence[Span], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, line.start) - 1
    return at >= 0 and line.end <= known[at][1]


def _stands_apart(lines: Sequence[Line], index: int) -> bool:
    """Whether a lone number has blank lines around it or stands at the very end of a page; in a flattened table it is a cell."""
    line, after = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    return line.blank_before > 0 or after is None or after.blank_before > 0 or line.page_start or after.page_start


def _footnote_end(lines: Sequence[Line], index: int, known: int) -> int | None:
    """Where the footnote that begins at ``index`` ends (exclusive), or None where none begins."""
    line = lines[index]
    strong = _STRONG.match(line.text)
    if strong:
        end = index + 1
        while end < len(lines) and end - index < LONGEST and not _STRONG.match(lines[end].text) and _runs_on(lines[end - 1], lines[end]):
            end += 1
        return end
    weak = _WEAK.match(line.text)
    if not weak or index == 0 or not line.blank_before or not opens_note(line.folded, weak.end()):
        return None
    if weak.group(1).isdigit() and int(weak.group(1)) != known + 1:
        return None
    end = index + 1
    while end < len(lines) and end - index < LONGEST:
        if lines[end].page_start or (lines[end].blank_before and not _continues(lines[end - 1], lines[end])):
            return end
        end += 1
    return end if end == len(lines) else None


def _runs_on(before: Line, line: Line) -> bool:
    """Within a footnote with a mark of its own: a full line without end of sentence runs on, also over a blank line; a row of a table does
    not."""
    if line.text.startswith("|") or any(candidate.weight > 0 for candidate in candidates(line)):
        return False
    return not line.opens or (len(before.text) > 60 and not before.text.endswith((".", "./.", ";")) and not line.page_start)


def _continues(before: Line, line: Line) -> bool:
    return line.text[:1].islower() and not before.text.endswith((".", ";")) and not in_capitals(line.text)


def _mark(printed: str, known: int) -> str:
    mark = printed.strip("[]").translate(_DIGITS)
    return mark if mark.isdigit() else str(known + 1)


# The mark of a footnote in the body: ¹, [1].
_ANCHOR = re.compile(rf"([{SUPERSCRIPTS}]{{1,2}})|\[(\d{{1,2}})\]")
_ANCHOR_BEGINS = re.compile(rf"[{SUPERSCRIPTS}\[]")  # is looked for much faster
#: No page has more lines of text.
_PAGE = 80


def _anchors(lines: Sequence[Line]) -> dict[str, int]:
    """Where each mark first stands in the body."""
    found: dict[str, int] = {}
    for line in lines:
        begins = _ANCHOR_BEGINS.search(line.text)
        for match in _ANCHOR.finditer(line.text, begins.start()) if begins else ():
            found.setdefault((match[1] or match[2]).translate(_DIGITS), line.start + match.start())
    return found


def _bent_anchor(note: _Note, lines: Sequence[Line]) -> int | None:
    """Where what OCR leaves of the mark stands last on the page above the note: "cua can by, dang vién';"."""
    bent = re.compile(rf"(?<=[^\W\d_])(?:['’!°*]|{note.mark})(?=[;,.:)\s]|$)")
    for line in reversed(lines[max(0, note.above - _PAGE) : note.above]):
        found = [match.start() for match in bent.finditer(line.text) if match.group() != "*"]
        if found:
            return line.start + found[-1]
        if line.page_start:
            return None
    return None
