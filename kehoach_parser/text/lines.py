"""Text into lines, and the layout that only the lines together show: how wide they run and where paragraphs begin."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from kehoach_parser.grammars import forms
from kehoach_parser.model import Span
from kehoach_parser.text.fold import CAPITALS, fold
from kehoach_parser.text.phrases import listed

# Markdown that a converter leaves at the head of a line: "## ĐẢNG CỘNG SẢN VIỆT NAM", "> ", "**I. MỤC ĐÍCH**".
MARKDOWN = re.compile(r"(?:#{1,6}\s+|>\s+)?(?:\*\*|__)?")

# A sentence ends in a stop, with closing marks after it or not.
_STOPS, _CLOSERS = (".", ";", ":", "!", "?", "…"), '"”’»)*_'

_CAPITAL = re.compile(f"[{CAPITALS}]")
#: What is not of a word at its ends.
AROUND_WORDS = ".,;:!?()[]{}\"'“”‘’«»*_-–/\\|"

#: Enough of a line to see whether it is set in capitals.
CAPS_WITHIN = 200
#: A text with more capitals among its letters is set in capitals: "KẾ HOẠCH số 12", but not "Số TT" and no sentence.
CAPITALS_SHARE = 0.75
#: No page is set narrower than this, in letters; shorter lines are short paragraphs.
NARROWEST = 50


class Line(NamedTuple):
    """A line that is not blank. ``text`` is ``content[start:end]`` without blanks and Markdown marks at its ends; ``number`` is from 0.

    ``blank_before`` is the number of blank lines before it; ``opens``: a paragraph may begin here; ``page_start``: a page does.
    """

    number: int
    start: int
    end: int
    text: str
    folded: str
    blank_before: int
    opens: bool = True
    page_start: bool = False


def split_lines(content: str, folded: str, paragraphs: Collection[int] = (), carried: Collection[int] = ()) -> tuple[Line, ...]:
    """The lines of a text that are not blank, each knowing whether a paragraph may begin with it.

    ``paragraphs``: starts of lines before which a reader of pages saw that the paragraph above had ended; ``carried``: of lines that it saw
    carry on.

    OCR and PDF text is *wrapped*: a line ends where the page ends. There a paragraph begins after a short line or the end of a
    sentence; elsewhere every line is a paragraph, unless a page end cut it ("báo cáo tổng kết một số ⏎⏎ vấn đề lý luận").
    """
    printed = _rejoined(_printed(content), content, folded)
    wrap = _wrap([end - start for _, start, end, _, _ in printed])
    lines: list[Line] = []
    before = ""
    for number, start, end, blank, page in printed:
        text = content[start:end]
        opens = start not in carried and (not before or _opens(before, text, blank, None if start in paragraphs else wrap))
        lines.append(Line(number, start, end, text, folded[start:end], blank, opens, page))
        before = text
    return tuple(lines)


#: Share of capitals in a full line from which it is a heading that the next one does not carry on.
_CAPITALS = 0.7
#: What follows a label has more letters than a cell of a table ("5." ⏎ "Tổ").
_CELL = 4
#: Letters of a line that is no title over a list: "1. Thi đua" ⏎ "- Khen thưởng kịp thời …".
_TITLE = 25


#: A line before its text is cut out: number, start, end, blank lines before it, whether a page starts with it.
_Printed = tuple[int, int, int, int, bool]


def _printed(content: str) -> list[_Printed]:
    """The lines that are not blank, without blanks and Markdown marks at their ends."""
    lines: list[_Printed] = []
    blank = position = 0
    page = False
    for number, whole in enumerate(content.splitlines(keepends=True)):
        text = whole.lstrip()
        start = position + len(whole) - len(text)
        text = text.rstrip()
        if text:
            end = start + len(text)
            # A single leading blank is what some readers leave of a form feed: " trach nhiém chinh tri" after a page end.
            page = page or (start - position == 1 and whole[0] == " ")
            if text[0] in "#>*_":
                start, end = _unmarked(content, start, end)
            lines.append((number, start, end, blank, page))
            blank, page = 0, False
        else:
            blank += 1
        position += len(whole)
        page = page or whole[-1] == "\f"
    return lines


# Words of the page's head and of the signature that some converters leave alone on a line: "CỘNG ⏎ HÒA XÃ HỘI …", "TM. ⏎ ỦY BAN NHÂN DÂN".
_STRAY = re.compile(
    r"(?:cong\s+hoa xa hoi|dang\s+cong san|doc\s+lap|thu\s+tuong|hoi\s+dong|uy\s+ban|van\s+phong|quyet\s+dinh$|ke\s+hoach$|nghi\s+quyet$|"
    r"chi\s+thi$|huong\s+dan$|thong\s+bao$|t/?m\.?\s|k/?t\.?\s|t/?l\.?\s)"
)


def _rejoined(lines: list[_Printed], content: str, folded: str) -> list[_Printed]:
    """Lines with stray words and labels put back before the line that they begin; such a line's text holds the line end."""
    out: list[_Printed] = []
    alone: _Printed | None = None
    for line in lines:
        _, start, end, blank, _ = line
        if alone is not None and not blank and _belongs(content, folded, alone[1], start, end):
            out[-1] = line = (alone[0], alone[1], end, alone[3], alone[4])
        else:
            out.append(line)
        alone = line if " " not in content[line[1] : end] else None
    return out


def _belongs(content: str, folded: str, first: int, start: int, end: int) -> bool:
    """Whether a line begins with what stands alone on the line before: a stray word, a label or a bullet."""
    if content[first:end].isupper() and _STRAY.match(folded, first, end):
        return True
    label = content[first:start].rstrip()
    return end - start > _CELL and forms("label", "alone").any.match(label) is not None and not content[start].isdigit()


def _unmarked(content: str, start: int, end: int) -> Span:
    """A line's ends without Markdown marks, unless it is nothing else."""
    mark = MARKDOWN.match(content, start, end)
    if mark and mark.end() < end:
        start = mark.end()
        while end > start + 2 and content[end - 2 : end] in ("**", "__") and content.find(content[end - 2 : end], start, end - 2) < 0:
            end -= 2
    return start, end


class _Wrap(NamedTuple):
    """The lengths of lines that are wrapped: the usual one, and one that nine in ten do not exceed."""

    width: int
    most: int


def _wrap(lengths: list[int]) -> _Wrap | None:
    """The width that lines are wrapped at, from their lengths, or None where they are not.

    Nine lines in ten are no longer than a page is wide; the width is the median of the longer ones (footnotes run wider than the text).
    """
    lengths = sorted(lengths)
    most = lengths[int(len(lengths) * 0.9)] if lengths else 0
    if not lengths or most > 120:
        return None
    longer = [length for length in lengths if 2 * length > most]
    width = longer[len(longer) // 2]
    return _Wrap(width, most) if width >= NARROWEST else None


def _opens(before: str, text: str, blank: int, wrap: _Wrap | None) -> bool:
    ended = before.rstrip(_CLOSERS).endswith(_STOPS)
    first = text[0] if text[0] not in "-–+" else text[1:].lstrip()[:1]
    if first.islower():
        # "tương, quan điểm…" and "- xã hội tại địa phương" carry on; "a) Mục đích" does not
        return ended or _lettered().match(text) is not None
    if blank:
        return ended or before[-1] not in ",-–"
    if first.isdigit() and before[-1].isdigit() and before.rfind("(") > before.rfind(")"):
        return False  # "(02/9/1945" ⏎ "- 02/9/2025)"
    if text[0] in "-–" and not ended and len(before) >= _TITLE and _hyphened(before, text):
        return False  # "3. Chủ tịch Hội đồng Thi đua" ⏎ "- Khen thưởng tỉnh quyết định …"
    if wrap is None or ended or len(before) < 0.8 * wrap.width:
        return True
    if text[0] in "-–+" and len(before) + len(" -") <= wrap.most and not _hyphened(before, text):
        return True  # "5. Nội dung hỗ trợ thi hành Luật" ⏎ "- Các nội dung …": a sign within the sentence would have had room above
    return (caps_share(before) > _CAPITALS) != (caps_share(text) > _CAPITALS)


def _hyphened(before: str, text: str) -> bool:
    """Whether a hyphen that a line begins with joins words of a name: "Bộ Lao động" ⏎ "- Thương binh và Xã hội"."""
    return " - ".join((*fold(before).split()[-1:], *fold(text[1:]).split()[:1])) in _hyphens()


@cache
def _hyphens() -> frozenset[str]:
    return frozenset(map(fold, listed("hyphened")))


@cache
def _lettered() -> re.Pattern[str]:
    """How a line begins with a small letter as its label."""
    return dict(forms("label", "counted").rules)["letter"]


def in_capitals(text: str) -> bool:
    """Whether a text is set in capitals, as titles, organs and signers' posts are."""
    return caps_share(text) > CAPITALS_SHARE


def caps_share(text: str) -> float:
    """Share of upper-case letters among the letters of a text (its beginning if it is long); 0 where they are as few as in a sentence."""
    text = text[:CAPS_WITHIN]
    capitals = len(_CAPITAL.findall(text))
    if 2 * capitals < text.count(" "):  # not a capital for every other word: no need to count the rest
        return 0.0
    return capitals / sum(map(str.isalpha, text)) if capitals else 0.0


def words_of(folded: str) -> list[str]:
    """The words of a folded text, punctuation at their ends dropped."""
    return [word for word in (chunk.strip(AROUND_WORDS) for chunk in folded.split()) if word]
