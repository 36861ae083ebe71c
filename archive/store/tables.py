"""The tables: documents with their versions, and for each current version the projected rows that every question queries.

The Plan JSON of a version is the whole truth about what was read; the projected rows are made of it in the same transaction and thrown
away when the version is replaced. Only portable types and SQL: the same tables are meant to run on PostgreSQL.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Double, ForeignKey, Index, Integer, String, Text, UniqueConstraint, false

from archive.store.columns import Base as Base
from archive.store.columns import NumberSet, UtcDateTime, column, of_version, optional, projected

#: The form of the rows that are projected from a plan (projection.py); a version that has rows of an earlier form gets them anew. Raised
#: with every change of that form, and with every new model of the restorer, by which the sentences in them are read.
PROJECTION = 6


# An id that was removed is never given to another document: people write ids down, and the index is keyed by version id.
class DocumentRow(Base, table="documents", sqlite_autoincrement=True):
    """A document: what stays the same when a version replaces another. ``identity`` is what its duties are named by
    (`store.duty_ids`), ``trashed_at`` when it was put into the trash: none of its versions is current then."""

    id = column(Integer, primary_key=True)
    identity = optional(Text, index=True)
    trashed_at = optional(UtcDateTime)


class VersionRow(Base, table="versions", sqlite_autoincrement=True):
    """One reading of one file, with the header of its plan. ``indexed`` says that the full text is in the index, ``resolved``
    that the archive's own resolution knows it, ``projection`` which form of projected rows it has (PROJECTION is the newest), ``kind`` how
    it stands to the others of its document (`values.Version`),
    ``without_tasks`` that an earlier program read it, whose duties had no tasks; ``assignment_count`` counts the rows of its duties.
    ``level`` is that of the organ (`common.levels`), ``doubts`` are codes between blanks (`common.doubts`).
    What ends in ``_order`` is what lists are sorted by (`common.keys.order_key`).
    ``parser_version``, ``reader_version`` and ``model`` say which program made its plan and its text, and which model of the restorer."""

    id = column(Integer, primary_key=True)
    document_id = column(Integer, ForeignKey("documents.id", ondelete="CASCADE"))
    number = column(Integer)
    current = column(Boolean)  # nearly all are: an index of it would only lead away from the useful ones
    kind = column(String(20), server_default="first")
    indexed = column(Boolean)
    projection = column(Integer, server_default="0", index=True)
    resolved = column(Boolean, index=True, server_default=false())
    added_at = column(UtcDateTime)
    replaced_at = optional(UtcDateTime)
    path = optional(Text, index=True)
    name = optional(Text, index=True)
    sha256 = column(String(64), unique=True)
    text_sha256 = column(String(64), unique=True)
    media_type = column(String(120))
    parser_version = column(String(40))
    type = optional(Text)
    type_folded = optional(Text)
    symbol = optional(Text)
    symbol_key = optional(Text, index=True)
    date = optional(String(10))
    organ = optional(Text)
    organ_folded = optional(Text)
    parent_organ = optional(Text)
    place = optional(Text)
    place_folded = optional(Text)
    subject = optional(Text)
    signer = optional(Text)
    signer_folded = optional(Text)
    quality = column(Double)
    length = column(Integer)
    node_count = column(Integer)
    citation_count = column(Integer)
    assignment_count = column(Integer)
    without_tasks = column(Boolean, server_default=false())
    told = optional(String(10))
    level = optional(String(10))
    doubts = optional(Text)
    reader_version = optional(String(40))
    model = optional(String(64))
    type_order, symbol_order, organ_order, place_order = (optional(Text) for _ in range(4))
    signer_order, subject_order, name_order = (optional(Text) for _ in range(3))


class ContentRow(Base, table="contents"):
    """The text that was read, its page starts, and the Plan JSON exactly as parsed. Apart from the version, so that lists stay light.
    ``seen`` is what the reader saw on the pages beyond words and their places (`store.pages`); None where the file has no pages."""

    version_id = of_version()
    text = column(Text)
    pages = column(JSON)
    notes = column(JSON)
    plan = column(Text)
    seen = optional(JSON(none_as_null=True))


class NodeRow(Base, table="nodes"):
    """A node of the outline; ``node`` and ``parent`` are the ids within the plan."""

    version_id, ordinal, start, end = projected()
    node = column(Integer)
    parent = optional(Integer)
    part = column(Integer)
    kind = column(String(20))
    label = column(Text)
    path = column(Text)
    heading = optional(Text)
    heading_folded = optional(Text)
    trail = column(JSON)


class CitationRow(Base, table="citations"):
    """A mention of another document. ``symbol_key`` and ``name_key`` are what references are compared with (keys.py); ``sentence_read`` is
    the sentence as the restorer reads it, where it is damaged. ``told`` is the day that it gives its document for sure
    (`common.sure_citations`); ``carries`` says that the document is carried out: the ordinals of the citations in whose title it stands,
    the nearest first, [] where it is the paper itself that does (`common.carrying`)."""

    version_id, ordinal, start, end = projected()
    raw = column(Text)
    type = column(Text)
    symbol = optional(Text)
    symbol_key = optional(Text)
    name_key = column(Text)
    date = optional(String(10))
    issuer = optional(Text)
    title = optional(Text)
    node = optional(Integer)
    location = column(String(20))
    relation = column(String(20))
    document_key = optional(Text, index=True)
    candidates = column(JSON)
    certainty = column(Double)
    sentence = column(Text)
    sentence_start = column(Integer)
    sentence_end = column(Integer)
    sentence_read = optional(Text)
    told = optional(String(10))
    carries = optional(JSON(none_as_null=True))


class DateRow(Base, table="dates"):
    """A date mention; ``first`` and ``last`` are exact days, ISO, so that they compare as text. ``due``: DUTY, the
    deadline of one; ALONE, a deadline that no duty has; else 0."""

    DUTY, ALONE = 1, 2

    version_id, ordinal, start, end = projected()
    raw = column(Text)
    value = optional(String(10))
    first = optional(String(10))
    last = optional(String(10))
    recurs = optional(Text)
    role = column(String(20))
    node = optional(Integer)
    certainty = column(Double)
    due = column(Integer, server_default="0")


class AssignmentRow(Base, table="assignments"):
    """A duty: a task and a unit that has to do it. ``duty`` is its id, which stays in a new version; ``assignment`` is the place of the
    unit's mention in the plan's list; it gives a row for each of its tasks; ``start`` and ``end`` are the unit's name, ``stands_for`` is
    the key of the body that it leads, where it is a post. ``node`` is that of the task, ``table_number`` and ``row_number`` say in which
    row of a table it stands; ``zone`` is the place of a duty outside the outline and ``part`` the label of the annex that it stands in.
    ``begins`` is where the task begins (the unit's name, where it has none), ``line`` the line of that, from 1.

    ``text_start`` and ``text_end`` is the text in which words are looked for; ``under`` what the unit's head says to all of its tasks;
    ``words`` are the folded words of task, headings and that text, ``skeletons`` their skeleton keys where the text is damaged: both
    between blanks, so that a phrase is a part of the text. ``recurs``: RRULE of a task that comes again; ``time_words``: words of
    time that no calendar tells.
    """

    version_id, ordinal, start, end = projected()
    duty = optional(String(20), index=True)
    assignment = column(Integer)
    unit = column(Text)
    unit_key = column(Text, index=True)
    unit_folded = column(Text)
    stands_for = optional(Text)
    role = column(String(20))
    is_primary = column(Boolean)
    node = optional(Integer)
    table_number = optional(Integer)
    row_number = optional(Integer)
    zone = column(String(20), server_default="body")
    part = optional(Text)
    line = column(Integer, server_default="1")
    begins = column(Integer)
    text_start = column(Integer)
    text_end = column(Integer)
    under = optional(Text)
    task = optional(Text)
    deadline = optional(Integer)
    recurs = optional(Text, index=True)
    time_words = optional(Text)
    product = optional(Text)
    reports_to = optional(Text)
    certainty = column(Double)
    words = column(Text)
    skeletons = column(Text)


class PlanTableRow(Base, table="tables"):
    """A table of a text; ``columns`` are [{role, heading}] (kehoach_parser.model.Column)."""

    version_id, ordinal, start, end = projected()
    part = column(Integer)
    node = optional(Integer)
    kind = column(String(20))
    columns = column(JSON)


class TableLineRow(Base, table="table_rows"):
    """A row of such a table: ``table_number`` is the table's ordinal, ``row_number`` counts its rows from 0, ``cells`` are their texts, a
    cell for each column, null where it is empty."""

    version_id, ordinal, start, end = projected()
    table_number = column(Integer)
    row_number = column(Integer)
    node = optional(Integer)
    cells = column(JSON)
    certainty = column(Double)


class UnitNameRow(Base, table="unit_names"):
    """A name that a unit with duties goes by: ``unit`` as printed, ``name`` as it is compared (`unit_keys.names_of_unit`), ``place`` its
    place, folded between blanks."""

    unit_key = column(Text, primary_key=True)
    unit = column(Text, primary_key=True)
    name = column(Text, primary_key=True)
    place = column(Text)


class UnitCountRow(Base, table="unit_counts"):
    """How many duties in how many plans a unit has: a counter kept with the index of duties, for the order of the list of units."""

    unit_key = column(Text, primary_key=True)
    duties = column(Integer, index=True)
    documents = column(Integer)


class UnitPlansRow(Base, table="unit_plans"):
    """In which plans duties are given to units of a name, whatever their place: of many plans that are found it tells which units they name
    most. ``unit_folded`` is as in AssignmentRow, ``amount`` how many ``plans`` (versions) there are."""

    unit_folded = column(Text, primary_key=True)
    amount = column(Integer, index=True)
    plans = column(NumberSet)


class RecipientRow(Base, table="recipients"):
    """An entry of the list of recipients."""

    version_id, ordinal, start, end = projected()
    value = column(Text)
    purpose = optional(Text)


class PageRow(Base, table="pages"):
    """A page of a version as it was read; ``words`` are [start, end, left, top, right, bottom, certainty] (shares of the page)."""

    version_id = of_version()
    number = column(Integer, primary_key=True, autoincrement=False)
    start = column(Integer)
    end = column(Integer)
    width = column(Double)
    height = column(Double)
    origin = column(String(20))
    engine = optional(Text)
    certainty = optional(Double)
    words = column(JSON)


class PageReadingRow(Base, table="page_readings"):
    """What OCR read on one page, kept as soon as it is read: a file of many pages goes on where it was stopped."""

    key = column(String(200), primary_key=True)
    page = column(Text)


class ClaimRow(Base, table="claims"):
    """What the mentions of one document in one plan say, once for all plans that say the same (`resolve.stored_claims`). ``id`` is made of
    what it ``says``, ``block`` and ``also`` are its blocks; ``plans`` are the versions that make it, ``times`` how often they do (a plan
    may say the same twice). ``outcomes`` are [state, record, conflicts] for each mention, as all these plans' mentions were resolved; null
    where they were not all resolved alike."""

    id = column(BigInteger, primary_key=True, autoincrement=False)
    block = column(Text, index=True)
    also = optional(Text, index=True)
    says = column(JSON)
    plans = column(NumberSet)
    times = column(Integer)
    outcomes = optional(JSON(none_as_null=True))


class ResolutionRow(Base, table="resolutions"):
    """What the archive says a mention means, over what its own plan says (resolution.py); made anew by `kehoach resolve`.

    It is the ``mention``-th of the ClaimRow ``claim``, whose blocks are ``block`` and ``also``; ``symbol_key`` is its own,
    ``record`` the key of an AuthorityRow where it is one document; else ``candidates`` are [key, weight, [[kind, weight, said] …]] by
    weight. ``state`` is "new" until it is resolved. ``stated`` is what its citation says of carrying that document out, and where
    (`common.carrying.stated_in`): beside ``record``, so that who carries a document out is told by an index.
    """

    version_id = of_version()
    ordinal = column(Integer, primary_key=True, autoincrement=False)
    claim = column(BigInteger, server_default="0")
    mention = column(Integer, server_default="0")
    block = column(Text)
    also = optional(Text, index=True)
    symbol_key = optional(Text)
    state = column(String(20))
    record = optional(Text)
    candidates = column(JSON)
    conflicts = column(JSON)
    stated = optional(String(10))


class AuthorityRow(Base, table="authorities"):
    """The record of a cited document: its readings that most plans share, and all of them with counts in ``readings``.

    ``name_key`` holds every name that it goes by (keys.py), each between SEGMENT signs; ``cited_by`` are the versions of the ``plans``
    that cite it.
    """

    key = column(Text, primary_key=True)
    block = column(Text, index=True)
    type = column(Text)
    symbol = optional(Text)
    symbol_key = optional(Text, index=True)
    date = optional(String(10))
    term = optional(String(10))
    issuer = optional(Text)
    place = column(Text)
    title = optional(Text)
    name_key = column(Text)
    document_id = optional(Integer, ForeignKey("documents.id", ondelete="SET NULL"), index=True)
    plans = column(Integer, index=True)
    cited_by = column(NumberSet)
    mentions = column(Integer)
    conflicting = column(Integer)
    readings = column(JSON)


UniqueConstraint(VersionRow.document_id, VersionRow.number)
# All that is asked of the plans that make a claim, so that their mentions need not be read.
Index(
    "ix_resolutions_claim_mention_state_version_id",
    ResolutionRow.claim,
    ResolutionRow.mention,
    ResolutionRow.state,
    ResolutionRow.version_id,
)
Index("ix_resolutions_block_state", ResolutionRow.block, ResolutionRow.state)
Index("ix_resolutions_symbol_key_state", ResolutionRow.symbol_key, ResolutionRow.state)
Index("ix_resolutions_record_block", ResolutionRow.record, ResolutionRow.block)
# Who carries a document out is told without reading their mentions; few mentions say so.
_CARRIES = ResolutionRow.stated.is_not(None)
Index(
    "ix_resolutions_record_stated_version_id",
    *(ResolutionRow.record, ResolutionRow.stated, ResolutionRow.version_id),
    sqlite_where=_CARRIES,
    postgresql_where=_CARRIES,
)
# Lists begin with the first document, or the latest, and go no further than they show.
# (``current`` stands last: nearly all rows are, and SQLite would go through these where another index has the few asked for.)
Index("ix_versions_document_id_current", VersionRow.document_id, VersionRow.current)
Index("ix_versions_date_document_id_current", VersionRow.date, VersionRow.document_id, VersionRow.current)
for _sorted in ("added_at", *(f"{name}_order" for name in ("type", "symbol", "organ", "place", "signer", "subject", "name"))):
    _columns = (getattr(VersionRow, _sorted), VersionRow.date, VersionRow.document_id, VersionRow.current)
    Index(f"ix_versions_{_sorted}_date_document_id_current", *_columns)
# When the papers of each level were issued.
Index("ix_versions_quality", VersionRow.quality)
Index("ix_versions_indexed_current", VersionRow.indexed, VersionRow.current)
Index("ix_versions_level_date_id_current", VersionRow.level, VersionRow.date, VersionRow.id, VersionRow.current)
# Words of names are looked for in all of them.
for _named in ("type_folded", "organ_folded", "place_folded", "signer_folded"):
    Index(f"ix_versions_{_named}_current", getattr(VersionRow, _named), VersionRow.current)
# Who dates a document how is counted without reading the rows, which are long.
Index("ix_citations_told", CitationRow.symbol_key, CitationRow.told, CitationRow.type, CitationRow.symbol, CitationRow.version_id)
Index("ix_citations_date_symbol_key", CitationRow.date, CitationRow.symbol_key)
Index("ix_nodes_version_id_node", NodeRow.version_id, NodeRow.node)
Index("ix_dates_due_last", DateRow.due, DateRow.last)
Index("ix_dates_last_role", DateRow.last, DateRow.role)
# All that is counted of units, so that the rows, which are long, need not be read.
Index("ix_assignments_unit_key_unit", AssignmentRow.unit_key, AssignmentRow.unit, AssignmentRow.role, AssignmentRow.version_id)
Index("ix_assignments_reports_to", AssignmentRow.reports_to)
Index("ix_assignments_version_id_deadline", AssignmentRow.version_id, AssignmentRow.deadline)

#: The tables of rows that are made of a plan.
Projected = (
    type[NodeRow] | type[CitationRow] | type[DateRow] | type[AssignmentRow] | type[PlanTableRow] | type[TableLineRow] | type[RecipientRow]
)
PROJECTED: tuple[Projected, ...] = (NodeRow, CitationRow, DateRow, AssignmentRow, PlanTableRow, TableLineRow, RecipientRow)
