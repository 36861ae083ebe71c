"""Lines of a page that carry on, read on: what was one paragraph in the file that a PDF was made from is one line again.

Only the ends of lines become blanks, so that every offset stays where it is. A name, a list of units, a title is then cut by no margin.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from kehoach_parser.grammars import forms
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lines import Line, in_capitals, split_lines
from kehoach_parser.text.text import Text

#: A symbol at the end of a line, whose readers know that it goes on in the next: "57-" ⏎ "NQ/TW".
_SYMBOL = re.compile(r"[\dA-ZĐ][-/]$")
#: Within so many letters a colon makes a line one of a card, however full the line above: "Đơn vị chủ trì thực hiện: Sở Tư pháp."
_CARD = 60
#: How a line of a digital signature begins, which no paragraph goes on with or in: its keys, an address, a time, the zone of one
#: (05-HD/VPTW; `structure/stamps` puts its lines together).
_OF_STAMP = re.compile(
    r"(?:nguoi ky|ky boi|digitally signed|thoi gian ky|ngay ky|signed by|email)\s*:|[\w.+-]+@[\w-]+\."
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}\s+\d{1,2}:\d\d|[+-]\d\d:\d\d\Z"
)


def with_flowing_lines(source: Text) -> Text:
    """The text of pages with blanks for the ends of lines that the next one carries on; as it is where it has no pages.

    Lines of other pages, of tables, of page furniture and what may begin with a label stay by themselves.
    """
    if not source.layout:
        return source
    content = source.content
    lines = split_lines(content, fold(content), source.paragraphs, source.carried)
    apart = {line.number for line in lines if any(start < line.end and line.start < end for start, end in source.furniture)}
    pieces, at = [], 0
    for above, line in pairwise(lines):
        within = content[above.end : line.start]
        if {above.number, line.number} & apart or "\f" in within or not _carries(above, line, line.start in source.carried):
            continue
        pieces += [content[at : above.end], " " * len(within)]
        at = line.start
    flowing = "".join((*pieces, content[at:]))
    # Whether a line opens was seen where the pages show how wide they are set; the lines that are left do not.
    opens = {line.start for line in lines if line.opens}
    return replace(source, content=flowing, paragraphs=frozenset(opens), carried=frozenset(line.start for line in lines) - opens)


def _carries(above: Line, line: Line, surely: bool) -> bool:
    """Whether a line goes on with the paragraph of the line above it."""
    if line.opens or line.blank_before or "|" in (above.text[0], line.text[0]) or in_capitals(above.text) != in_capitals(line.text):
        return False
    if line.text[0].isupper() and (_SYMBOL.search(above.text) or (above.text[-1] == "." and ":" in line.text[:_CARD])):
        return False
    if _OF_STAMP.match(line.folded) or _OF_STAMP.match(above.folded):
        return False
    return surely or not _may_begin(line)


def _may_begin(line: Line) -> bool:
    """Whether a line may be the head of an item: a label or a bullet stands before it."""
    marked, counted, worded = (forms("label", each).any for each in ("marked", "counted", "worded"))
    if not line.text[0].isalnum():
        return marked.match(line.text) is not None
    return counted.match(line.text) is not None or (line.text[0].isupper() and worded.match(line.folded) is not None)
