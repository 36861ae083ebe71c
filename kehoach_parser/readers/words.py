"""A word with its place on a page."""

from __future__ import annotations

from dataclasses import dataclass

#: Left, top, right, bottom in points from the upper left corner of the page.
Rect = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was read.

    ``box`` is what the words are ordered by: as high as its line, on a level base line. ``place`` is where its ink stands; None: there.
    ``printed`` is what OCR made of it where ``text`` is a repair, else None; ``why`` is then the code of the repair. ``glued``: it goes on
    with the word before it, for which a cell was too narrow. ``later``: how many pages after the beginning of its row it stands.
    """

    text: str
    box: Rect
    place: Rect | None = None
    certainty: float | None = None
    printed: str | None = None
    why: str = ""
    glued: bool = False
    later: int = 0
