"""Headings: which units of the outline have a title of their own, and where it ends.

A section always has one; an item, sub-item, letter, star or group only where its first lines are a title: short, no full sentence, followed
by units or text, or by a text after a colon ("1. Ban Tuyên giáo Thành ủy: Xây dựng và ban hành …"). Bullets never have one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kehoach_parser.model import Span
from kehoach_parser.text.fold import CAPITALS, fold, is_damaged
from kehoach_parser.text.lines import Line, in_capitals
from kehoach_parser.text.phrases import goes_on_after

ALWAYS = frozenset({"part", "chapter", "division", "capital", "section"})
NEVER = frozenset({"dash", "plus"})


#: Words that a title may have at most: before a colon with text after it, before one with units after it, on a line of its own.
_BEFORE_TEXT, _BEFORE_UNITS, _ALONE = 18, 30, 60
SENTENCE = 14  # words of a sentence that may be a title
CELL = 60  # letters of a table's cell that may be a title
#: Kinds whose titles may have any length: "* Về tổng kết Nghị quyết 18-NQ/TW ngày … hiệu lực, hiệu quả:".
WIDE = ALWAYS | {"star", "group"}

# "…, cụ thể như sau:" introduces a list and is no title.
_INTRODUCES = re.compile(r"(?:nhu sau|nhu|sau day|cu the|cac noi dung sau|bao gom|gom|sau|la|sau do)\s*$")
# Two sentences are no title; "Mục tiêu 1. Lĩnh vực chính trị" is one.
_SENTENCES = re.compile(rf"(?<!\d)[.]\s+[{CAPITALS}]")
_COLON = re.compile(r":(?=\s|$)")
_STOP = re.compile(r"[.;]\s")
_BEFORE_NUMBER = ("số", "điều", "ngày", "tháng", "năm")


def heading(kind: str, own: Sequence[Line], length: int, has_units: bool) -> Span | None:
    """The span of the unit's heading, or None. ``own``: its own lines, label line first; ``length``: of the label in that line."""
    if kind in NEVER or not own:
        return None
    start = own[0].start + length
    first = own[: _paragraph_end(own)]
    if start >= own[0].end and len(own) > 1:  # "Chương II ⏎ TỔ CHỨC THỰC HIỆN"; in a flattened table "5 ⏎ Điểm cộng"
        if kind not in ALWAYS and len(own[1].text) > CELL:
            return None
        start = own[1].start
        first = own[: 1 + _paragraph_end(own[1:])]
    stop = first[-1].end
    if start >= stop:
        return None
    more = has_units or len(own) > len(first)
    text = _joined(first, start)
    cut = _title_end(kind, text, more)
    whole = kind not in WIDE and cut == len(text.rstrip())
    if whole and _words(text) > SENTENCE and any(_is_broken(before.text, line.text) and line.opens for before, line in pairwise(first)):
        return None  # "Điều 5. Chánh Văn phòng UBND tỉnh, Giám đốc Sở ⏎ Công Thương, … chịu trách nhiệm thi hành ⏎ Quyết định này"
    return _strip(text, start, cut) if cut else None


def _joined(lines: Sequence[Line], start: int) -> str:
    """The lines as one text in which offsets are those of the document, counted from ``start``."""
    out = ""
    for line in lines:
        if line.end <= start:
            continue
        out += "\n" * (line.start - start - len(out)) if line.start > start + len(out) else ""
        out += line.text[max(0, start - line.start) :]
    return out


def _paragraph_end(own: Sequence[Line]) -> int:
    if len(own) == 1:
        return 1
    caps = in_capitals(own[0].text)
    end = 1
    while end < len(own):
        line = own[end]
        carries_on = (
            in_capitals(line.text) and not line.blank_before if caps else not line.opens or _is_broken(own[end - 1].text, line.text)
        )
        if not carries_on:
            break
        end += 1
    return end


def _is_broken(text: str, following: str) -> bool:
    """Whether a line was broken at its end: "Điều 6. Bộ trưởng Bộ Công Thương, ⏎ Giám đốc …", "Trách nhiệm của Sở ⏎ Tài chính", "tại Quyết
    định số ⏎ 12/QĐ-UBND"; not "Phát triển dữ liệu số ⏎ Nâng cao …"."""
    *before, last = ["", *text.lower().split()]
    if last.endswith(","):
        return True
    damaged = is_damaged(text)
    counts = last in _BEFORE_NUMBER or (damaged and last in map(fold, _BEFORE_NUMBER))
    goes_on = goes_on_after(before[-1] if before else "", last, "text", damaged=damaged)
    return goes_on and (not counts or following.lstrip()[:1].isdigit())


def _title_end(kind: str, text: str, more: bool) -> int | None:
    """How much of the first paragraph is its title (length), or None."""
    wide = kind in WIDE
    colon = _free_colon(text)
    if colon is not None:
        head = text[:colon]
        names, words = _names(head), _words(head)
        if text[colon + 1 :].strip():
            if names and (wide or words <= _BEFORE_TEXT):
                return colon
        elif kind in ALWAYS:
            return colon
        else:
            return colon if names and more and (wide or words <= _BEFORE_UNITS) else None
    if kind in ALWAYS or kind == "group":
        return len(text)
    stripped = text.rstrip()
    return len(stripped) if more and _is_title(stripped, wide) else None


def _names(head: str) -> bool:
    """Whether what stands before a colon names something: it neither introduces a list nor is it a sentence."""
    return _INTRODUCES.search(fold(head)) is None and _STOP.search(head.strip()) is None


def _is_title(text: str, wide: bool) -> bool:
    """Whether a paragraph without colon is a title: no sentence, unless it is a short one ("Mục tiêu chung.")."""
    if text.endswith((".", ";", "…")) or _SENTENCES.search(text):
        return text.endswith(".") and _words(text) <= SENTENCE and re.search(r"[.;,]\s", text) is None
    return wide or _words(text) <= _ALONE


def _free_colon(text: str) -> int | None:
    """The first colon outside brackets and quotes: "(gồm: …)" ends no title."""
    brackets = quotes = at = 0
    for match in _COLON.finditer(text):
        piece = text[at : match.start()]
        brackets += piece.count("(") - piece.count(")")
        quotes += piece.count("“") - piece.count("”")
        if brackets <= 0 and quotes <= 0:
            return match.start()
        at = match.start()
    return None


def _words(text: str) -> int:
    return len(text.split())


def _strip(text: str, start: int, length: int) -> Span | None:
    first, last = 0, length
    while first < last and (text[first].isspace() or text[first] in "*_:.-"):
        first += 1
    while last > first and (text[last - 1].isspace() or text[last - 1] in "*_:.,;"):
        last -= 1
    return (start + first, start + last) if first < last else None
