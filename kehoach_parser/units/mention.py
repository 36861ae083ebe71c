"""A unit's name over the words of a text, as the grammar hands it on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Mention(NamedTuple):
    """A unit's name over the words ``start`` to ``end`` (exclusive); ``true`` has the true word of each place where it is known.

    ``named``: words of a person's name before the post ("đồng chí Nguyễn Văn An, Trưởng …"); ``led``: where the body that a post leads
    begins ("Giám đốc" | "Sở Y tế"), None where no post is named. ``kind``: words that it shares with a list ("Các Sở:
    Nội vụ, Tài chính" are "Sở" Nội vụ and "Sở" Tài chính); its own name begins after ``named`` words, and ``led`` counts its words.
    """

    start: int
    end: int
    collective: bool
    true: Mapping[int, str]
    named: int = 0
    led: int | None = None
    kind: str = ""
