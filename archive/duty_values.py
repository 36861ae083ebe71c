"""The values of questions about units and tasks: frozen, without behaviour, as those of values.py."""

from __future__ import annotations

from dataclasses import dataclass, field

from archive.values import Document, Duty, Place


@dataclass(frozen=True, slots=True)
class UnitSummary:
    """A unit that plans give duties: ``name`` as most often printed, ``aliases`` the other ways; ``roles`` counts its duties by role.

    ``place`` is where it belongs as its key says it (lower case, from the narrowest), "" where it does not; ``documents`` counts plans.
    """

    key: str
    name: str
    aliases: tuple[str, ...]
    place: str
    level: str | None
    duties: int
    documents: int
    roles: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Partner:
    """A unit that shares tasks with another: in how many of them each leads (or is given the task) and the other cooperates."""

    unit: UnitSummary
    leads: int
    cooperates: int


@dataclass(frozen=True, slots=True)
class Report:
    """Who reports to a unit, or to whom it reports: the name as printed, and the duties that say so."""

    unit: str
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """All about one unit: its duties in the order of plans, who it works with (most often first), whom it reports to, who reports to it,
    and how many units of the archive stand below it."""

    unit: UnitSummary
    duties: tuple[Duty, ...]
    partners: tuple[Partner, ...]
    reports_to: tuple[Report, ...]
    reported_by: tuple[Report, ...]
    below: int


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the register: a task with those who lead it or are given it and those who cooperate.

    The keys are those of the units, in their order; ``role`` is that of ``leads``; ``within`` names the unit in whose task this one stands.
    ``certainty`` is the lowest of its duties. ``duties`` are the duties it is made of.
    """

    document: Document
    place: Place
    line: int
    leads: tuple[str, ...]
    cooperates: tuple[str, ...]
    lead_keys: tuple[str, ...]
    cooperate_keys: tuple[str, ...]
    role: str
    task: str | None
    deadline: str | None
    deadline_raw: str | None
    deadline_last: str | None
    recurs: str | None
    reports_to: tuple[str, ...]
    within: str | None
    certainty: float
    duties: tuple[Duty, ...]
