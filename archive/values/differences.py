"""What `diff` returns: what two versions of a paper, or two plans, do not have in common."""

from __future__ import annotations

from dataclasses import dataclass

from archive.values.documents import Document


@dataclass(frozen=True, slots=True)
class HeadChange:
    """A reading of the head that is another: ``field`` is type | symbol | date | organ | place | subject | signer."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A heading of the outline: ``kind`` is new | gone | moved (the same heading under another number)."""

    kind: str
    before: str | None
    after: str | None
    heading: str


@dataclass(frozen=True, slots=True)
class DutySide:
    """A task as one of the two has it: who leads it and who helps, by when, where (the path of the node), on which line from 1."""

    task: str
    units: tuple[str, ...]
    helpers: tuple[str, ...]
    deadline: str | None
    path: str | None
    line: int


@dataclass(frozen=True, slots=True)
class DutyChange:
    """A task that is not the same in both: ``kinds`` is ("new",), ("gone",) or what is other: unit, day, numbers (in the words of it)."""

    kinds: tuple[str, ...]
    before: DutySide | None
    after: DutySide | None


@dataclass(frozen=True, slots=True)
class CitedChange:
    """A cited document that only one of the two cites: ``kind`` is new | gone; ``count`` is how often."""

    kind: str
    type: str
    symbol: str | None
    date: str | None
    title: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Differences:
    """All that changed from one version or plan to another; empty tuples where nothing did."""

    before: Document
    after: Document
    head: tuple[HeadChange, ...]
    outline: tuple[NodeChange, ...]
    duties: tuple[DutyChange, ...]
    citations: tuple[CitedChange, ...]

    @property
    def total(self) -> int:
        """How many changes there are."""
        return len(self.head) + len(self.outline) + len(self.duties) + len(self.citations)
