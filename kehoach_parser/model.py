"""The value types of a parsed plan: what `parse` returns and Plan JSON prints.

One type per object of the public format (docs/plan-json.md). All are frozen and have no behaviour; steps of the pipeline make new
values and never change one. A *span* is ``(start, end)`` in Unicode code points of the text, end exclusive, so that
``text[start:end] == raw`` wherever both are given.
"""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]

FORMAT = "kehoach-plan"
VERSION = 1

#: Kinds of a node, from the widest to the narrowest; the Vietnamese term or mark in brackets.
NODE_KINDS = (
    "part",  # Phần
    "chapter",  # Chương
    "division",  # Mục
    "capital",  # A.
    "article",  # Điều
    "section",  # I.
    "item",  # 1., khoản
    "subitem",  # 1.1.
    "letter",  # a), điểm
    "roman",  # (i)
    "group",  # Nhóm 1:
    "star",  # *
    "dash",  # - – •
    "plus",  # +
)

CITATION_PLACES = ("subject", "preamble", "body", "footnote", "closing")
RELATIONS = ("basis", "implements", "amends", "replaces", "repeals", "proposal", "guides", "material", "mention")
DATE_ROLES = ("issued", "cited", "event", "deadline", "period")
ASSIGNMENT_ROLES = ("assigned", "lead", "cooperate", "request", "directed")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of a field, with its certainty 0..1."""

    value: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Field:
    """A reading of a place in the text.

    ``value`` is the reading (true Vietnamese, NFC), ``raw`` the slice of the source at ``span``, ``certainty`` 0..1. A field printed in
    several pieces has the hull as ``span`` and the pieces in ``pieces``.
    """

    value: str
    raw: str
    span: Span
    certainty: float = 1.0
    pieces: tuple[Span, ...] = ()
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """One entry of the list of recipients (nơi nhận), a field with its purpose ("để báo cáo") or None."""

    value: str
    raw: str
    span: Span
    certainty: float = 1.0
    pieces: tuple[Span, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    purpose: str | None = None


STAMP_KINDS = ("digital-signature", "incoming-mail")


@dataclass(frozen=True, slots=True)
class Stamp:
    """The text of a stamp (con dấu chữ ký số, dấu văn bản đến), a field with its kind, one of STAMP_KINDS.

    ``time``: when was signed, ISO 8601 ("2025-12-31T13:57:43+07:00"); ``number``: that of the paper, where it stands with the stamp.
    """

    value: str
    raw: str
    span: Span
    certainty: float = 1.0
    pieces: tuple[Span, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    kind: str = "digital-signature"
    time: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text comes from: file name, SHA-256 of the bytes (hex), media type, length in code points, page starts, quality 0..1.

    ``restorer`` is the version of the model that read the damaged words of the plan's values; None where no word was.
    """

    name: str | None
    sha256: str
    media_type: str
    length: int
    pages: tuple[int, ...] = ()
    quality: float = 1.0
    restorer: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """The head of the page (thể thức đầu trang): organs, symbol, place, date, type, subject (trích yếu) and marks (mật, khẩn)."""

    span: Span
    parent_organ: Field | None = None
    organ: Field | None = None
    symbol: Field | None = None
    place: Field | None = None
    date: Field | None = None
    type: Field | None = None
    subject: Field | None = None
    marks: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature block: authority (T/M, KT. …), title (chức vụ) and name of the signer."""

    authority: Field | None = None
    title: Field | None = None
    name: Field | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One paper in the file; ``role`` is main | attached | annex. Header, signature and recipients of the first part stand in the plan."""

    id: int
    role: str
    label: str | None
    span: Span
    header: Header | None = None
    signature: Signature | None = None
    recipients: tuple[Recipient, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A structural unit of the outline; ``kind`` is one of NODE_KINDS, ``path`` is unique in the plan ("II.2.2.1", "IV.3.-2", "II~2")."""

    id: int
    parent: int | None
    part: int
    kind: str
    label: str
    path: str
    span: Span
    heading: Field | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote with its mark; ``anchor`` is the offset where the body refers to it, or None."""

    mark: str
    span: Span
    anchor: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another document (văn bản được viện dẫn).

    ``document`` is the identity as far as this text alone tells it, opaque; equal if and only if the same document is meant, None where
    that cannot be said, then ``candidates`` has the possible identities, likeliest first. ``where`` is one of CITATION_PLACES, ``relation``
    of RELATIONS; ``node`` is a node id, None outside the body.
    """

    span: Span
    raw: str
    type: str
    symbol: str | None
    date: str | None
    issuer: str | None
    title: str | None
    node: int | None
    where: str
    defines: str | None
    relation: str
    document: str | None
    candidates: tuple[str, ...] = ()
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text. ``value`` is YYYY-MM-DD, YYYY-MM, YYYY or YYYY/YYYY; ``first``, ``last`` the exact days (JSON: from, to)."""

    span: Span
    raw: str
    value: str | None
    first: str | None
    last: str | None
    recurs: str | None
    role: str
    node: int | None
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Body:
    """A body (cơ quan, tổ chức) that is not named by itself: its name and its identity, which equals the ``key`` of its own mentions."""

    value: str
    key: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit (cơ quan, đơn vị) as named at one place; ``key`` is its identity, equal if and only if it is the same body.

    ``stands_for``: the body that a post or a person leads ("Giám đốc Sở Y tế" stands for "Sở Y tế"); None for a body itself.
    """

    value: str
    raw: str
    span: Span
    certainty: float
    key: str
    stands_for: Body | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """The smallest place that gives a unit a task: a bullet, a letter, an item, a paragraph, or a ``row`` of a table as (table, row).

    ``task`` is its whole text, ``role`` that of the unit here, ``deadline`` an index into the plan's dates. ``recurs``: RRULE of a task
    that comes again; ``when``: words of time that no calendar tells; ``product``: what it brings forth ("Sản phẩm").
    """

    node: int | None
    row: tuple[int, int] | None
    task: Field | None
    role: str
    deadline: int | None = None
    recurs: str | None = None
    when: Field | None = None
    reports_to: str | None = None
    product: Field | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A duty (nhiệm vụ) given to a unit. ``tasks``: one for each smallest place that gives it a task, at most one a place, never none.

    ``deadline`` is an index into the plan's dates, ``deadlines`` are the indices of all deadlines of the item that the unit heads.
    ``when``: words of time that no calendar tells ("sau đợt tuyên truyền"). ``through``: the unit that passes the report on ("qua Ban Xây
    dựng Đảng"). ``place``: where it is done, when the task says so. ``targets``: figures and money that the task names, as "<number>
    <what>": "100 %", "2 hội nghị", "1500000000 đồng".
    """

    unit: Unit
    role: str
    primary: bool
    node: int | None
    task: Field | None
    deadline: int | None = None
    reports_to: str | None = None
    through: str | None = None
    deadlines: tuple[int, ...] = ()
    when: Field | None = None
    place: Field | None = None
    targets: tuple[Field, ...] = ()
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column (cột) of a table.

    ``role`` is number | task | lead | cooperate | assigned | deadline | product | place | money | note | other.
    """

    role: str
    heading: Field


@dataclass(frozen=True, slots=True)
class Row:
    """A row (dòng): a cell for each column, None where it is empty.

    ``node`` is the node of a numbered row or group row. ``certainty`` says how sure it is where one cell ends and the next begins.
    """

    span: Span
    node: int | None
    cells: tuple[Span | None, ...]
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table (bảng) in whatever shape it is printed. ``kind`` is duties | schedule | form | list | other; ``part`` is a paper's id."""

    id: int
    part: int
    node: int | None
    span: Span
    kind: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Warning:
    """What could not be placed or does not agree. ``code`` is stable, ``message`` Vietnamese."""

    code: str
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class Repair:
    """A reading that departs from the print: printed "IIL.", reading "III."."""

    code: str
    span: Span
    printed: str
    reading: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A parsed plan: everything that the text alone tells, in document order."""

    source: Source
    parts: tuple[Part, ...]
    header: Header
    preamble: tuple[Span, ...] = ()
    nodes: tuple[Node, ...] = ()
    closing: Span | None = None
    signature: Signature | None = None
    recipients: tuple[Recipient, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    citations: tuple[Citation, ...] = ()
    dates: tuple[DateMention, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    tables: tuple[Table, ...] = ()
    warnings: tuple[Warning, ...] = ()
    repairs: tuple[Repair, ...] = ()
    stamps: tuple[Stamp, ...] = ()
