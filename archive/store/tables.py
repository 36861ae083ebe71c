"""The tables: documents with their versions, and for each current version the projected rows that every question queries.

The Plan JSON of a version is the whole truth about what was read; the projected rows are made of it in the same transaction and thrown
away when the version is replaced. Only portable types and SQL: the same tables are meant to run on PostgreSQL.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, ForeignKey, Index, MetaData, String, Text, TypeDecorator, UniqueConstraint, false
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

#: The form of the rows that are projected from a plan (projection.py); a version that has rows of an earlier form gets them anew. Raised
#: with every change of that form.
PROJECTION = 1


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its time zone; SQLite keeps none, so it is stored in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime(), dict[str, Any]: JSON(), list[Any]: JSON()}


class DocumentRow(Base):
    """A document: what stays the same when a version replaces another."""

    __tablename__ = "documents"
    # An id that was removed is never given to another document: people write ids down, and the index is keyed by version id.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)


class VersionRow(Base):
    """One reading of one file, with the header of its plan. ``indexed`` says that the full text is in the index, ``resolved``
    that the archive's own resolution knows it, ``projection`` which form of projected rows it has (PROJECTION is the newest)."""

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("document_id", "number"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    number: Mapped[int]
    current: Mapped[bool] = mapped_column(index=True)
    indexed: Mapped[bool]
    projection: Mapped[int] = mapped_column(server_default="0", index=True)
    resolved: Mapped[bool] = mapped_column(index=True, server_default=false())
    added_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    path: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    text_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    media_type: Mapped[str] = mapped_column(String(120))
    parser_version: Mapped[str] = mapped_column(String(40))
    type: Mapped[str | None] = mapped_column(Text)
    type_folded: Mapped[str | None] = mapped_column(Text)
    symbol: Mapped[str | None] = mapped_column(Text)
    symbol_key: Mapped[str | None] = mapped_column(Text, index=True)
    date: Mapped[str | None] = mapped_column(String(10), index=True)
    organ: Mapped[str | None] = mapped_column(Text)
    organ_folded: Mapped[str | None] = mapped_column(Text)
    parent_organ: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(Text)
    place_folded: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(Text)
    quality: Mapped[float]
    length: Mapped[int]
    node_count: Mapped[int]
    citation_count: Mapped[int]
    assignment_count: Mapped[int]


class ContentRow(Base):
    """The text that was read, its page starts, and the Plan JSON exactly as parsed. Apart from the version, so that lists stay light."""

    __tablename__ = "contents"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    pages: Mapped[list[Any]]
    notes: Mapped[list[Any]]
    plan: Mapped[str] = mapped_column(Text)


class _Projected:
    """A row made of a plan: which version, and its place in the plan's list."""

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    start: Mapped[int]
    end: Mapped[int]


class NodeRow(_Projected, Base):
    """A node of the outline; ``node`` and ``parent`` are the ids within the plan."""

    __tablename__ = "nodes"

    node: Mapped[int]
    parent: Mapped[int | None]
    part: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(Text)
    path: Mapped[str] = mapped_column(Text)
    heading: Mapped[str | None] = mapped_column(Text)
    heading_folded: Mapped[str | None] = mapped_column(Text)
    trail: Mapped[list[Any]]


class CitationRow(_Projected, Base):
    """A mention of another document. ``symbol_key`` and ``name_key`` are what references are compared with (keys.py)."""

    __tablename__ = "citations"

    raw: Mapped[str] = mapped_column(Text)
    type: Mapped[str] = mapped_column(Text)
    symbol: Mapped[str | None] = mapped_column(Text)
    symbol_key: Mapped[str | None] = mapped_column(Text, index=True)
    name_key: Mapped[str] = mapped_column(Text)
    date: Mapped[str | None] = mapped_column(String(10))
    issuer: Mapped[str | None] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    node: Mapped[int | None]
    location: Mapped[str] = mapped_column(String(20))
    relation: Mapped[str] = mapped_column(String(20))
    document_key: Mapped[str | None] = mapped_column(Text, index=True)
    candidates: Mapped[list[Any]]
    certainty: Mapped[float]
    sentence: Mapped[str] = mapped_column(Text)
    sentence_start: Mapped[int]
    sentence_end: Mapped[int]


class DateRow(_Projected, Base):
    """A date mention; ``first`` and ``last`` are exact days, ISO, so that they compare as text."""

    __tablename__ = "dates"

    raw: Mapped[str] = mapped_column(Text)
    value: Mapped[str | None] = mapped_column(String(10))
    first: Mapped[str | None] = mapped_column(String(10))
    last: Mapped[str | None] = mapped_column(String(10))
    recurs: Mapped[str | None] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(20))
    node: Mapped[int | None]
    certainty: Mapped[float]


class AssignmentRow(_Projected, Base):
    """A duty. ``words`` are the folded words of task, headings and text of its node, ``skeletons`` their skeleton keys where the text is
    damaged: both between blanks, so that a phrase is a part of the text. ``zone`` is the place of a duty outside the outline and ``part``
    the label of the annex that it stands in; ``line`` counts from 1."""

    __tablename__ = "assignments"

    unit: Mapped[str] = mapped_column(Text)
    unit_key: Mapped[str] = mapped_column(Text, index=True)
    unit_folded: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(20))
    is_primary: Mapped[bool]
    node: Mapped[int | None]
    zone: Mapped[str] = mapped_column(String(20), server_default="body")
    part: Mapped[str | None] = mapped_column(Text)
    line: Mapped[int] = mapped_column(server_default="1")
    task: Mapped[str | None] = mapped_column(Text)
    deadline: Mapped[int | None]
    reports_to: Mapped[str | None] = mapped_column(Text)
    certainty: Mapped[float]
    words: Mapped[str] = mapped_column(Text)
    skeletons: Mapped[str] = mapped_column(Text)


class UnitNameRow(Base):
    """A name that a unit with duties goes by: ``unit`` as printed, ``name`` as it is compared (`unit_keys.names_of_unit`), ``place`` its
    place, folded between blanks."""

    __tablename__ = "unit_names"

    unit_key: Mapped[str] = mapped_column(Text, primary_key=True)
    unit: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, primary_key=True)
    place: Mapped[str] = mapped_column(Text)


class RecipientRow(_Projected, Base):
    """An entry of the list of recipients."""

    __tablename__ = "recipients"

    value: Mapped[str] = mapped_column(Text)
    purpose: Mapped[str | None] = mapped_column(Text)


class PageRow(Base):
    """A page of a version as it was read; ``words`` are [start, end, left, top, right, bottom, certainty] (shares of the page)."""

    __tablename__ = "pages"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    start: Mapped[int]
    end: Mapped[int]
    width: Mapped[float]
    height: Mapped[float]
    origin: Mapped[str] = mapped_column(String(20))
    engine: Mapped[str | None] = mapped_column(Text)
    certainty: Mapped[float | None]
    words: Mapped[list[Any]]


class PageReadingRow(Base):
    """What OCR read on one page, kept as soon as it is read: a file of many pages goes on where it was stopped."""

    __tablename__ = "page_readings"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    page: Mapped[str] = mapped_column(Text)


class PendingRow(Base):
    """A file that could not be read yet because a program is not installed. Its bytes are kept under ``sha256``."""

    __tablename__ = "pending"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str | None] = mapped_column(Text)
    path: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]]
    noted_at: Mapped[datetime]


class ResolutionRow(Base):
    """What the archive says a mention means, over what its own plan says (resolution.py); made anew by `kehoach resolve`.

    ``block`` and ``also`` are the blocks of its claim, ``symbol_key`` that of the mention, ``record`` the key of an AuthorityRow where it
    is one document; else ``candidates`` are [key, weight, [[kind, weight, said] …]] by weight. ``state`` is "new" until it is resolved.
    """

    __tablename__ = "resolutions"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    block: Mapped[str] = mapped_column(Text)
    also: Mapped[str | None] = mapped_column(Text, index=True)
    symbol_key: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20))
    record: Mapped[str | None] = mapped_column(Text)
    candidates: Mapped[list[Any]]
    conflicts: Mapped[list[Any]]


class AuthorityRow(Base):
    """The record of a cited document: its readings that most plans share, and all of them with counts in ``readings``.

    ``name_key`` holds every name that it goes by (keys.py), each between SEGMENT signs.
    """

    __tablename__ = "authorities"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    block: Mapped[str] = mapped_column(Text, index=True)
    type: Mapped[str] = mapped_column(Text)
    symbol: Mapped[str | None] = mapped_column(Text)
    symbol_key: Mapped[str | None] = mapped_column(Text, index=True)
    date: Mapped[str | None] = mapped_column(String(10))
    term: Mapped[str | None] = mapped_column(String(10))
    issuer: Mapped[str | None] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="SET NULL"), index=True)
    plans: Mapped[int]
    mentions: Mapped[int]
    conflicting: Mapped[int]
    readings: Mapped[dict[str, Any]]


class AliasRow(Base):
    """The alias file as `kehoach resolve` last read it; there is one row or none."""

    __tablename__ = "aliases"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)


Index("ix_resolutions_block_state", ResolutionRow.block, ResolutionRow.state)
Index("ix_resolutions_symbol_key_state", ResolutionRow.symbol_key, ResolutionRow.state)
Index("ix_resolutions_record_block", ResolutionRow.record, ResolutionRow.block)
Index("ix_citations_date_symbol_key", CitationRow.date, CitationRow.symbol_key)
Index("ix_nodes_version_id_node", NodeRow.version_id, NodeRow.node)
Index("ix_dates_last_role", DateRow.last, DateRow.role)
# All that is counted of units, so that the rows, which are long, need not be read.
Index("ix_assignments_unit_key_unit", AssignmentRow.unit_key, AssignmentRow.unit, AssignmentRow.role, AssignmentRow.version_id)
Index("ix_assignments_reports_to", AssignmentRow.reports_to)
Index("ix_assignments_version_id_deadline", AssignmentRow.version_id, AssignmentRow.deadline)

PROJECTED: tuple[type[_Projected], ...] = (NodeRow, CitationRow, DateRow, AssignmentRow, RecipientRow)
