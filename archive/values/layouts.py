"""A plan as it is laid out to be shown: its text cut into passages, what was found in it marked, and what else a page takes of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from archive.values.documents import Span


class Mark(NamedTuple):
    """What was found at a place: ``kind`` is cite | unit | date | deadline, ``target`` where its link leads (a key, an offset, a time)."""

    start: int
    end: int
    kind: str
    target: str
    doubtful: bool = False


class Piece(NamedTuple):
    """A run of text that bears a mark, or belongs to a task, or both."""

    text: str
    mark: Mark | None
    task: bool


class Block(NamedTuple):
    """A passage from one place of the outline to the next. ``kind`` is that of the node that begins here, "text" where none does, with
    "titled" where nothing follows its heading; ``level`` counts from 0, ``zone`` is body | head | closing | end | annex, ``start`` names
    the block in an address. Words of ``pieces`` by themselves bear no mark."""

    start: int
    end: int
    zone: str
    kind: str
    level: int
    pieces: tuple[str | Piece, ...]


class Heading(NamedTuple):
    """A line of the outline beside the text."""

    start: int
    level: int
    label: str
    text: str


class DoubtfulField(NamedTuple):
    """A field of the head that is not sure, with what else it may say."""

    name: str
    value: str
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A plan as a page shows it: the ``length`` of its text, whether words of it were ``restored``, the places of its ``citations`` in the
    order of the plan, ``warnings`` as they are said, ``recipients`` with what for (None: not told)."""

    length: int
    restored: bool
    outline: tuple[Heading, ...]
    blocks: tuple[Block, ...]
    doubts: tuple[DoubtfulField, ...]
    citations: tuple[Span, ...]
    warnings: tuple[str, ...]
    recipients: tuple[tuple[str, str | None], ...]
