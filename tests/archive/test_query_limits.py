"""How long a question may be: what is pasted from a plan is answered, what is made to take for ever is told."""

from __future__ import annotations

import pytest

from archive.errors import QueryError
from archive.fulltext.query import read_query


@pytest.mark.parametrize(
    ("query", "answered"),
    [
        ("nghiêng" * 200, True),  # 1,400 letters: a paragraph whose blanks were lost
        ("nghiêng" * 450, False),
        ("xin " * 80, True),  # a paragraph
        ("xin " * 150, False),
        (" OR ".join(f"{letter}{other}*" for letter in "abc" for other in "aiuoe"), True),  # fifteen beginnings
        (" OR ".join(f"{letter}{other}*" for letter in "abcdegh" for other in "aiuoe"), False),
        ("(" * 20 + "xin" + ")" * 20, True),
        ("(" * 45 + "xin" + ")" * 45, False),
    ],
)
def test_a_paragraph_is_a_question_and_a_page_is_none(query: str, answered: bool) -> None:
    if answered:
        read_query(query)
    else:
        with pytest.raises(QueryError):
            read_query(query)
