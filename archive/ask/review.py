"""What a person should settle, those doubts first that change most answers: many citations hang on them, or a deadline is near."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select, tuple_

from archive.amend.heads import read_head
from archive.ask.choices import choices_among
from archive.common.deadlines import as_day
from archive.common.doubts import DOUBTS, FIELD_OF
from archive.errors import PlanDamaged
from archive.resolve.mentions import find_mentions, records_of
from archive.store.database import in_chunks, translated
from archive.store.doubts import in_doubt
from archive.store.handle import Archive
from archive.store.tables import AssignmentRow, AuthorityRow, CitationRow, DateRow, ResolutionRow, VersionRow
from archive.store.versions import documents_by_version, read_content
from archive.values.documents import Document, Span
from archive.values.pages import Page
from archive.values.work import Doubt
from kehoach_parser import Plan
from kehoach_parser.model import Field

#: A unit or a deadline less sure than this is doubtful (0 to 1), as a date in `ask.doubtful`.
_SURE = 0.75
#: So many days before a deadline it is near, and what that weighs at most; one that has passed is near as long.
_NEAR, _URGENT = 60, 10.0
#: Code points of a head that are shown, and candidates of a citation that are offered.
_AROUND, _OFFERED = 240, 6


@dataclass(frozen=True, slots=True, order=True)
class _Ranked:
    """A doubt by what its rank needs: where it is (a version, the ``ordinal`` of a row where it is of one), and the ``many`` that hang on
    it."""

    weight: float
    document: int
    span: Span
    kind: str
    version: int
    ordinal: int
    many: int

    @property
    def order(self) -> tuple[float, int, Span]:
        """What most hangs on comes first."""
        return -self.weight, self.document, self.span


def review_queue(archive: Archive, *, limit: int | None = None, offset: int = 0, today: date | None = None) -> Page[Doubt]:
    """What is doubted and can be settled by a correction (`correct` with ``field`` and one of the values), what most hangs on first:
    ``limit`` of them behind the first ``offset``. Only those are read; the others are ranked by their rows. Deadlines near ``today`` weigh
    more; without it none is near."""
    with translated(archive.database), archive.engine.connect() as connection:
        ranked = sorted([*_heads(connection), *_citations(connection), *_duties(connection, today)], key=lambda one: one.order)
        chosen = ranked[offset:] if limit is None else ranked[offset : offset + limit]
        told: dict[_Ranked, Doubt] = {}
        for tell in (_told_heads, _told_citations, _told_duties):
            told |= tell(connection, chosen)
    return Page((told[one] for one in chosen if one in told), len(ranked))


def _heads(connection: Connection) -> Iterator[_Ranked]:
    """The doubts about heads, one a field."""
    counted = select(AuthorityRow.document_id, func.sum(AuthorityRow.mentions)).where(AuthorityRow.document_id.is_not(None))
    mentions: dict[int | None, int] = dict(connection.execute(counted.group_by(AuthorityRow.document_id)).all())
    documents: dict[int, int] = dict(connection.execute(select(VersionRow.id, VersionRow.document_id).where(VersionRow.current)).all())
    for version, doubts in in_doubt(connection, VersionRow.current, VersionRow.id):
        kinds = {FIELD_OF[code]: code for code in reversed(doubts) if code in FIELD_OF}
        for place, code in enumerate(kinds.values()):
            cited = mentions.get(documents[version], 0)
            yield _Ranked(float(DOUBTS[code] + cited), documents[version], (0, place), code, version, 0, cited)


def _told_heads(connection: Connection, chosen: Iterable[_Ranked]) -> Iterator[tuple[_Ranked, Doubt]]:
    mine = [one for one in chosen if one.kind in FIELD_OF]
    documents = documents_by_version(connection, {one.version for one in mine})
    for one in mine:
        try:
            text, plan = read_content(connection, one.version)
        except PlanDamaged:  # `check` names it
            continue
        field = FIELD_OF[one.kind]
        value, printed = read_head(plan, field)
        said = _field(plan, field)
        yield (
            one,
            Doubt(
                document=documents[one.version],
                kind=one.kind,
                field=field,
                printed=printed,
                around=" ".join(text[plan.header.span[0] :][:_AROUND].split()),
                reading=value,
                alternatives=tuple(each.value for each in said.alternatives) if said else (),
                span=said.span if said else plan.header.span,
                weight=one.weight,
                why={"mentions": one.many},
            ),
        )


def _field(plan: Plan, name: str) -> Field | None:
    found: Field | None = getattr(plan.header, name)
    return found


def _citations(connection: Connection) -> list[_Ranked]:
    """Mentions that may mean several documents, or contradict the one that they mean."""
    columns = (
        ResolutionRow.version_id,
        ResolutionRow.ordinal,
        ResolutionRow.state,
        VersionRow.document_id,
        CitationRow.start,
        CitationRow.end,
    )
    is_mention = (CitationRow.version_id == ResolutionRow.version_id) & (CitationRow.ordinal == ResolutionRow.ordinal)
    named = func.coalesce(CitationRow.symbol_key, CitationRow.name_key).label("named")
    query = select(*columns, named).join(CitationRow, is_mention).join(VersionRow, VersionRow.id == ResolutionRow.version_id)
    rows = connection.execute(query.where(VersionRow.current, ResolutionRow.state.in_(_UNCLEAR))).all()
    alike = Counter(row.named for row in rows)
    return [
        _Ranked(
            1.0 + alike[row.named],
            row.document_id,
            (row.start, row.end),
            f"{row.state}-citation",
            row.version_id,
            row.ordinal,
            alike[row.named],
        )
        for row in rows
    ]


def _told_citations(connection: Connection, chosen: Iterable[_Ranked]) -> Iterator[tuple[_Ranked, Doubt]]:
    mine = {(one.version, one.ordinal): one for one in chosen if one.kind.endswith("-citation")}
    for some in in_chunks(mine):
        rows = tuple_(ResolutionRow.version_id, ResolutionRow.ordinal).in_(some)
        unclear = find_mentions(connection, rows)
        records = records_of(connection, {key for one in unclear for key in (*one.candidates, one.document_key)})
        for mention in unclear:
            one, hit = mine[mention.version_id, mention.ordinal], mention.hit
            meant = [records[key] for key in (mention.candidates or (mention.document_key,)) if key in records]
            offered = tuple(choice for choice in choices_among(meant[:_OFFERED]) if choice)
            is_read = hit.state == "conflicting" and bool(offered)
            yield (
                one,
                Doubt(
                    document=hit.document,
                    kind=one.kind,
                    field=f"citation:{mention.ordinal + 1}.document",
                    printed=" ".join(hit.raw.split()),
                    around=hit.sentence.text,
                    reading=offered[0] if is_read else None,
                    alternatives=offered[is_read:],
                    span=hit.span,
                    weight=one.weight,
                    why={"mentions": one.many},
                ),
            )


def _duties(connection: Connection, today: date | None) -> Iterator[_Ranked]:
    """Units and deadlines of duties that were read with doubt; a unit once for all duties that it has at a place."""
    columns = (AssignmentRow.version_id, AssignmentRow.ordinal, AssignmentRow.assignment, AssignmentRow.certainty)
    query = _with_dates(select(*columns, AssignmentRow.start, AssignmentRow.end, VersionRow.document_id, *_DATE))
    unsure = (AssignmentRow.certainty < _SURE) | (DateRow.certainty < _SURE)
    rows = connection.execute(query.where(VersionRow.current, unsure).order_by(AssignmentRow.version_id, AssignmentRow.ordinal)).all()
    units = Counter((row.version_id, row.assignment) for row in rows)
    for row in rows:
        urgent = _urgency(row.last, today)
        if row.certainty < _SURE and (many := units.pop((row.version_id, row.assignment), 0)):
            yield _Ranked(many + urgent, row.document_id, (row.start, row.end), _UNIT, row.version_id, row.ordinal, many)
        if row.sure is not None and row.sure < _SURE:
            yield _Ranked(1 + urgent, row.document_id, (row.from_, row.to), _DEADLINE, row.version_id, row.ordinal, 1)


_UNCLEAR = ("ambiguous", "conflicting")
_UNIT, _DEADLINE = "doubtful-unit", "doubtful-deadline"
_DATE = (DateRow.last, DateRow.value, DateRow.raw, DateRow.certainty.label("sure"), DateRow.start.label("from_"), DateRow.end.label("to"))


def _with_dates(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    is_deadline = (DateRow.version_id == AssignmentRow.version_id) & (DateRow.ordinal == AssignmentRow.deadline)
    joined = query.select_from(AssignmentRow).outerjoin(DateRow, is_deadline)
    return joined.join(VersionRow, VersionRow.id == AssignmentRow.version_id)


def _told_duties(connection: Connection, chosen: Iterable[_Ranked]) -> Iterator[tuple[_Ranked, Doubt]]:
    mine = [one for one in chosen if one.kind in (_UNIT, _DEADLINE)]
    documents = documents_by_version(connection, {one.version for one in mine})
    for some in in_chunks(mine):
        at = tuple_(AssignmentRow.version_id, AssignmentRow.ordinal).in_([(one.version, one.ordinal) for one in some])
        query = _with_dates(select(AssignmentRow.version_id, AssignmentRow.ordinal, AssignmentRow.unit, AssignmentRow.task, *_DATE)).where(
            at
        )
        rows = {(row.version_id, row.ordinal): row for row in connection.execute(query)}
        for one in some:
            yield one, _of_row(rows[one.version, one.ordinal], documents[one.version], one)


def _of_row(row: Row[*tuple[Any, ...]], document: Document, one: _Ranked) -> Doubt:
    """A doubt about a row of the register."""
    of_unit = one.kind == _UNIT
    return Doubt(
        document=document,
        kind=one.kind,
        field=f"unit:{row.ordinal + 1}" if of_unit else f"duty:{row.ordinal + 1}.deadline",
        printed=row.unit if of_unit else row.raw,
        around=row.task or "",
        reading=row.unit if of_unit else row.value,
        alternatives=(),
        span=one.span,
        weight=one.weight,
        why={"duties": one.many, "deadline": row.last},
    )


def _urgency(last: str | None, today: date | None) -> float:
    """What a deadline weighs by how near it is."""
    if last is None or today is None:
        return 0.0
    days = abs((as_day(last, date.max) - today).days)
    return max(0.0, _URGENT * (1 - days / _NEAR))
