"""Line breaks that a converter to Markdown writes into cells: "ỦY BAN NHÂN DÂN<br>XÃ KIM LIÊN<br>Số: 12/KH-UBND".

A table of one row under empty heads sets a page, not values: the head of a paper, its recipients beside the signature. Its cells are read
one below the other, each line by itself. In any other cell a break is a blank of its own kind, which parts names ("Thầy Trần Sáng<br>Thầy
Hoàng Xuân Ánh"). Everything found is led back, as it is for lost blanks.
"""

from __future__ import annotations

import re

from kehoach_parser.text.lost_blanks import Spaced

_BREAK = re.compile(r"<br\s*/?>", re.I)
#: A blank that hardly any text has and that ends no line.
CELL_BREAK = "\u2006"
#: Empty heads, the line below them, and the one row.
_LAYOUT = re.compile(r"(?m)^(?P<heads>\|(?:[ \t]*\|)+[ \t]*\n\|(?:[ \t:]*-+[ \t:]*\|)+[ \t]*\n)(?P<row>\|.*\|)[ \t]*$(?!\n[ \t]*\|)")
_BARS = re.compile(r"\|")


def with_cell_breaks(content: str) -> Spaced | None:
    """The text with lines where breaks are written; None where none is."""
    if _BREAK.search(content) is None:
        return None
    signs = {match.span(): CELL_BREAK for match in _BREAK.finditer(content)}
    for layout in _LAYOUT.finditer(content):
        signs[layout.span("heads")] = ""
        for pattern in (_BREAK, _BARS):
            signs.update((match.span(), "\n") for match in pattern.finditer(content, *layout.span("row")))
    out: list[str] = []
    origin: list[int] = []
    at = 0
    for (start, end), sign in sorted(signs.items()):
        out += content[at:start] + sign
        origin += (*range(at, start), *([start] * len(sign)))
        at = end
    return Spaced("".join(out) + content[at:], [*origin, *range(at, len(content) + 1)], (), ())
