"""The values of questions about duties, tasks and units: frozen, without behaviour, as all values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from archive.values.citations import CitationGroup, CitationHit, CitedByPlan
from archive.values.corrections import Correction
from archive.values.documents import Document, PaperPage, Place, Snippet, Version
from archive.values.layouts import Layout
from archive.values.work import Entry


@dataclass(frozen=True, slots=True)
class DutyQuestion:
    """Which duties are asked for; what is left out narrows nothing.

    ``query`` are words of the task, its text or its headings. ``unit`` narrows to units whose name holds these words (marks may be left
    out, "UBND" is written out), with ``below`` to those that stand below these (`unit_keys.is_below`); ``plan`` to one document (named as
    in `find_document`); ``role`` to one role; ``place`` to units or plans of a place; ``level`` to units of one of levels.LEVELS.
    ``dated``, ``due`` are times ("2025-09..2025-12", "2025", "20/11/2025"): when the plan was issued, when the deadline ends or comes
    round; ``overdue`` is a day: the deadline ended before it. ``reports_to`` narrows to what is reported to a unit (named as for ``unit``,
    with its place where the plan's place says it), ``person`` to what a post ("Giám đốc Sở Y tế") or a person is charged with. ``limit``
    is how many are wanted, None for all, ``after`` the `Page.next` behind which they begin. ``state`` is one of duty_states.STATES or
    "late", ``unfinished`` leaves out what is done or cancelled (what is overdue is neither); ``today`` (YYYY-MM-DD) is the day by which
    what is not done is late.
    """

    query: str = ""
    unit: str | None = None
    below: bool = False
    plan: str | None = None
    role: str | None = None
    place: str | None = None
    level: str | None = None
    dated: str | None = None
    due: str | None = None
    overdue: str | None = None
    reports_to: str | None = None
    person: str | None = None
    limit: int | None = None
    after: str | None = None
    state: str | None = None
    unfinished: bool = False
    today: str | None = None


@dataclass(frozen=True, slots=True)
class DutyState:
    """How a duty stands, as ``who`` said it last: ``state`` open | in-progress | done | cancelled | moved, ``day`` when it was done
    (None where that was not said), ``moved_to`` another deadline by the document ``moved_by``; days are YYYY-MM-DD. ``result``, ``note``
    and ``person`` (in charge) are free words."""

    state: str
    day: str | None
    moved_to: str | None
    moved_by: str | None
    result: str | None
    note: str | None
    person: str | None
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DutyEdit:
    """What is to be said of a duty, in the fields of a `DutyState`: None leaves one as it is, "" takes it away."""

    state: str | None = None
    day: str | None = None
    moved_to: str | None = None
    moved_by: str | None = None
    result: str | None = None
    note: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class LostDuty:
    """What was said of a duty that the document no longer has: ``id`` is what it is called since, ``ids`` what the duty was called, the
    oldest first; ``unit`` and ``task`` (folded) and ``path`` are what it said. `place_duty` gives it a duty again."""

    id: str
    ids: tuple[str, ...]
    document: Document
    unit: str
    task: str
    path: str | None
    standing: DutyState


@dataclass(frozen=True, slots=True)
class Proposal:
    """A paper that may change what another says: ``kind`` amends | replaces | repeals | extends, and where it says so (``hit.document``
    is the paper). A person decides what follows."""

    kind: str
    hit: CitationHit


@dataclass(frozen=True, slots=True)
class Revision:
    """How often a document and what was said of its duties changed, and when last."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class DutyPage:
    """A duty, what was said of it (entries of the journal, the oldest first), and the papers that may change it."""

    duty: Duty
    history: tuple[Entry, ...]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document as it is shown to be read, ``printed`` as it is printed where that is asked for, with its ``history`` and ``corrections``
    as in `Shown`; and all that the archive says of it: the ``pages`` of its file, the documents that it cites, its duties, who cites it
    (None: nobody). Of a version that is not ``current`` only what was read of it is told."""

    document: Document
    layout: Layout
    printed: Layout | None
    history: tuple[Version, ...]
    corrections: tuple[Correction, ...]
    current: bool = False
    pages: tuple[PaperPage, ...] = ()
    cited: tuple[CitedByPlan, ...] = ()
    duties: tuple[Duty, ...] = ()
    citing: CitationGroup | None = None


@dataclass(frozen=True, slots=True)
class UnitStep:
    """A body that another came from or became: its ``key`` (None where none took its place), ``name`` and ``place``, ``since`` when
    (YYYY-MM-DD or YYYY-MM) by which document (``source``), and how many duties in how many plans the archive has of it.

    ``through`` is the name and place of the body that it went into first, before that one went into the unit asked for; "" where there is
    none between.
    """

    key: str | None
    name: str
    place: str
    since: str
    source: str
    duties: int
    documents: int
    through: str = ""


@dataclass(frozen=True, slots=True)
class UnitSummary:
    """A unit that plans give duties: ``name`` as a user taught it, else as most often printed, ``aliases`` the other ways; ``roles`` counts
    its duties by role.

    ``place`` is where it belongs as its key says it (lower case, from the narrowest), "" where it does not; ``documents`` counts plans.
    ``became``: which bodies took its place, step by step, where it is asked for by name.
    """

    key: str
    name: str
    aliases: tuple[str, ...]
    place: str
    level: str | None
    duties: int
    documents: int
    roles: dict[str, int] = field(default_factory=dict)
    became: tuple[UnitStep, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitHint:
    """A body asked for that no longer stands, by ``name`` and ``place``, and what ``became`` of it, step by step."""

    name: str
    place: str
    became: tuple[UnitStep, ...]


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
    how many units of the archive stand below it, and from which bodies it came (which took its place stands in ``unit``). Of a page
    ``duties`` are those on it, ``next`` is as in `Page`."""

    unit: UnitSummary
    duties: tuple[Duty, ...]
    partners: tuple[Partner, ...]
    reports_to: tuple[Report, ...]
    reported_by: tuple[Report, ...]
    below: int
    came_from: tuple[UnitStep, ...] = ()
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the register: a task with those who lead it or are given it and those who cooperate.

    The keys are those of the units, in their order; ``role`` is that of ``leads``; ``within`` names the unit in whose task this one stands.
    ``when`` are words of time that no calendar tells, ``product`` what it brings forth. ``certainty`` is the lowest of its duties.
    ``duties`` are the duties it is made of. A deadline whose unit is not settled is a line without units. ``id``, ``state``, ``late`` and
    ``standing`` are those of the first of its duties.
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
    when: str | None
    product: str | None
    reports_to: tuple[str, ...]
    within: str | None
    certainty: float
    duties: tuple[Duty, ...]
    id: str | None = None
    state: str = "open"
    late: bool = False
    standing: DutyState | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """A task given to a unit: the smallest place that says what it has to do, and this unit.

    ``unit`` and ``unit_key`` are "" where a deadline stands in a plan and no unit can be told from it ("unit not settled"): only questions
    about deadlines are answered with these. ``role`` is assigned | lead | cooperate | request | directed; ``deadline`` the date value,
    ``deadline_raw`` as printed, ``when`` words of time that no calendar tells. ``excerpt`` is the passage where the words asked for stand,
    highlighted; ``fit`` is 0..1, ``how`` exact | folded | skeleton (None when no words were asked for). ``deadline_last`` is the day
    (YYYY-MM-DD) on which the deadline ends, ``recurs`` the RRULE of one that comes again; then the other is None. ``level`` is the unit's,
    one of levels.LEVELS; ``line`` is that of the words asked for, or where the task begins, from 1; ``row`` the table and the row that it
    stands in, from 0; ``product`` what it brings forth. ``number`` counts the duties of the plan from 0, -1 where the unit is not settled.

    ``id`` is what it is called (None where the unit is not settled): it stays in a new version of the plan where the task stays.
    ``state`` is open | in-progress | done | cancelled | moved as a person said, ``standing`` all that was said (None: nothing); ``late``:
    it was done after its day, or is not done on the day that is asked for. ``corrected`` are the parts that people said (unit, role, task,
    deadline; duty: all of it), each with what is printed there (None: nothing), the role with what was read.
    """

    document: Document
    place: Place
    unit: str
    unit_key: str
    role: str
    primary: bool
    task: str | None
    deadline: str | None
    deadline_raw: str | None
    reports_to: str | None
    certainty: float
    excerpt: Snippet | None
    fit: float
    how: str | None
    deadline_last: str | None = None
    recurs: str | None = None
    level: str | None = None
    line: int = 1
    number: int = 0
    row: tuple[int, int] | None = None
    when: str | None = None
    product: str | None = None
    id: str | None = None
    state: str = "open"
    late: bool = False
    standing: DutyState | None = None
    corrected: dict[str, str | None] = field(default_factory=dict)
