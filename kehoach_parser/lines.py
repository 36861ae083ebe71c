"""Text into lines, and the layout that only the lines together show: how wide they run and where paragraphs begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kehoach_parser.fold import fold
from kehoach_parser.model import Span

_NEWLINE = re.compile(r"\r\n|[\r\n\f\v\x85\u2028\u2029]")
# Markdown that a converter leaves at the head of a line: "## ĐẢNG CỘNG SẢN VIỆT NAM", "> ", "**I. MỤC ĐÍCH**".
MARKDOWN = re.compile(r"(?:#{1,6}\s+|>\s+)?(?:\*\*|__)?")
SENTENCE_END = re.compile(r"[.;:!?…][\"”’»)*_]*$")

#: Enough of a line to see whether it is set in capitals.
CAPS_WITHIN = 200
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


def split_lines(content: str, folded: str) -> tuple[Line, ...]:
    """The lines of a text that are not blank, each knowing whether a paragraph may begin with it.

    OCR and PDF text is *wrapped*: a line ends where the page ends. There a paragraph begins after a short line or the end of a
    sentence; elsewhere every line is a paragraph, unless a page end cut it ("báo cáo tổng kết một số ⏎⏎ vấn đề lý luận").
    """
    bare = _rejoined(_bare_lines(content, folded), content, folded)
    width = _wrap_width(bare)
    lines: list[Line] = []
    for index, line in enumerate(bare):
        opens = index == 0 or _opens(bare[index - 1], line, width)
        lines.append(line if opens else line._replace(opens=False))
    return tuple(lines)


def _bare_lines(content: str, folded: str) -> list[Line]:
    lines: list[Line] = []
    blank = position = 0
    page = False
    for number, (stop, following, mark) in enumerate(_ends(content)):
        start, end = _trim(content, position, stop)
        if start < end:
            # A single leading blank is what some readers leave of a form feed: " trach nhiém chinh tri" after a page end.
            page = page or (start - position == 1 and content[position] == " ")
            lines.append(Line(number, start, end, content[start:end], folded[start:end], blank, page_start=page))
            blank, page = 0, False
        else:
            blank += 1
        page = page or mark == "\f"
        position = following
    return lines


def _ends(content: str) -> Iterator[tuple[int, int, str]]:
    """Where each line ends and the next begins, and the mark between them; after the last line no mark."""
    for match in _NEWLINE.finditer(content):
        yield match.start(), match.end(), match.group()
    yield len(content), len(content), ""


# Words of the page's head and of the signature that some converters leave alone on a line: "CỘNG ⏎ HÒA XÃ HỘI …", "TM. ⏎ ỦY BAN NHÂN DÂN".
_STRAY = re.compile(
    r"(?:cong\s+hoa xa hoi|dang\s+cong san|doc\s+lap|thu\s+tuong|hoi\s+dong|uy\s+ban|van\s+phong|quyet\s+dinh$|ke\s+hoach$|nghi\s+quyet$|"
    r"chi\s+thi$|huong\s+dan$|thong\s+bao$|t/?m\.?\s|k/?t\.?\s|t/?l\.?\s)"
)


def _is_stray(line: Line) -> bool:
    return len(line.text) <= 6 and " " not in line.text and line.text.isupper()


def _rejoined(lines: list[Line], content: str, folded: str) -> list[Line]:
    """Lines with stray words put back before the line that they begin; such a line's text holds the line end."""
    out: list[Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last and _is_stray(last) and line.text.isupper() and not line.blank_before and _STRAY.match(folded, last.start, line.end):
            start, end = last.start, line.end
            out[-1] = Line(last.number, start, end, content[start:end], folded[start:end], last.blank_before, page_start=last.page_start)
        else:
            out.append(line)
    return out


def _trim(content: str, start: int, end: int) -> Span:
    line = content[start:end]
    start += len(line) - len(line.lstrip())
    end = max(start, end - (len(line) - len(line.rstrip())))
    if start < end and content[start] in "#>*_":
        mark = MARKDOWN.match(content, start, end)
        if mark and mark.end() < end:
            start = mark.end()
            while end > start + 2 and content[end - 2 : end] in ("**", "__") and content.find(content[end - 2 : end], start, end - 2) < 0:
                end -= 2
    return start, end


def _wrap_width(lines: list[Line]) -> int | None:
    """The width that lines are wrapped at, or None where they are not.

    Nine lines in ten are no longer than a page is wide; the width is the median of the longer ones (footnotes run wider than the text).
    """
    lengths = sorted(len(line.text) for line in lines)
    if len(lengths) < 8 or lengths[int(len(lengths) * 0.9)] > 120:
        return None
    longer = [length for length in lengths if 2 * length > lengths[int(len(lengths) * 0.9)]]
    width = longer[len(longer) // 2]
    return width if width >= NARROWEST else None


def _opens(before: Line, line: Line, width: int | None) -> bool:
    first = next((char for char in line.text if char.isalnum()), "")
    ended = bool(SENTENCE_END.search(before.text))
    if first.islower() and (line.text[0] == first or line.text[0] in "-–+"):
        # "tương, quan điểm…" and "- xã hội tại địa phương" carry on; "a) Mục đích" does not
        return ended or bool(re.match(r"\w\s?[.)]", line.text))
    if line.blank_before:
        return ended or not before.text.endswith((",", "-", "–"))
    if width is None:
        return True
    if ended:
        return True
    return len(before.text) < 0.8 * width or _is_caps(before) != _is_caps(line)


def _is_caps(line: Line) -> bool:
    return caps_share(line.text) > 0.7


def caps_share(text: str) -> float:
    """Share of upper-case letters among the letters of a text, of its beginning if it is long; 0 where it has none."""
    letters = list(filter(str.isalpha, text[:CAPS_WITHIN]))
    return sum(map(str.isupper, letters)) / len(letters) if letters else 0.0


def words_of(text: str) -> list[str]:
    """The folded words of a text, punctuation at their ends dropped."""
    return [word for word in (chunk.strip(".,;:!?()[]{}\"'“”‘’«»*_-–/\\|") for chunk in fold(text).split()) if word]
