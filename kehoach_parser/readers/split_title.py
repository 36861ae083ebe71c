"""A type whose two words stand apart: "KẾ" high up at the margin, "HOẠCH" alone where the title is.

LibreOffice sets lines around the text boxes that a head was typed in; beside a box there is room for the first word of the next paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from kehoach_parser.readers.layout import Row
from kehoach_parser.text.lists import types_of_papers

#: The head of a paper has no more rows.
_HEAD = 16


def with_whole_title(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of a first page, both words of the type on the row of the second; as they are where no type is split."""
    head = [row.text for row in rows[:_HEAD]]
    for first, second in _types():
        if head.count(first) == head.count(second) == 1 and (at := head.index(first)) < (to := head.index(second)) - 1:
            word, title = rows[at].words[0], rows[to].words[0]
            beside = (title.box[0] - (word.box[2] - word.box[0]), title.box[1], title.box[0], title.box[3])
            whole = replace(rows[to], words=(replace(word, box=beside, place=word.place or word.box), *rows[to].words))
            return (*rows[:at], *rows[at + 1 : to], whole, *rows[to + 1 :])
    return rows


@cache
def _types() -> tuple[tuple[str, str], ...]:
    return tuple((words[0], words[1]) for name in types_of_papers() if len(words := name.upper().split()) == 2)
