"""Who must do what."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any

from sqlalchemy import Connection, Row, and_, case, func, or_, select

from archive.database import translated
from archive.documents import find_document
from archive.excerpts import sentence_span
from archive.filters import holds_words
from archive.handle import Archive
from archive.occurrences import Spot, best_snippet, find_run, weakest_way
from archive.query import is_marked
from archive.store import documents_by_version, read_text
from archive.tables import AssignmentRow, DateRow, NodeRow, VersionRow
from archive.terms import Terms, cut_in_two, folded_run, skeleton_run, terms_of
from archive.values import Document, Duty, Place, Snippet, Span
from archive.words import Words, words_of

#: How well a duty fits: the words asked for stand in it as a phrase; as a phrase in a heading above it; in one sentence; anywhere in it;
#: some of them in a heading above it; some of them nowhere.
_PHRASE, _HEADING_PHRASE, _SENTENCE, _TOGETHER, _WITH_HEADINGS, _PART = 1.0, 0.9, 0.8, 0.6, 0.5, 0.4
#: What was met in another form than it was typed in fits a little less.
_WAY = {"exact": 1.0, "folded": 0.95, "skeleton": 0.85}
#: A unit that is only named inside another's task fits a little less.
_NAMED_INSIDE = 0.95
#: The share of the question that a duty must hold, each term counted by how rare it is among the duties of the archive: what holds only
#: the words that every other duty holds ("thực hiện", or "tuyên truyền" among plans of propaganda) is no answer.
_LEAST_SHARE = 0.5
#: And of a question of several terms more than one: "bố trí" alone is no answer to "bố trí kinh phí".
_LEAST_TERMS = 2


def duties(
    archive: Archive, query: str = "", *, unit: str | None = None, plan: str | None = None, role: str | None = None
) -> tuple[Duty, ...]:
    """The duties whose task, text or headings hold what ``query`` asks for, or the greater part of it, best fit first.

    The query is taken apart into compound words (`archive.terms`). It fits best as a phrase, then with all its compounds in one sentence,
    then anywhere in the duty; a duty that holds one compound of several, or less than half of the query, rare words counting more than
    common ones, is left out. Words typed with marks are met without them only in damaged text. An empty query asks for all duties.

    ``unit`` narrows to units whose name holds these words (marks may be left out), ``plan`` to one document (named as in `find_document`),
    ``role`` to one role. Raises UnknownDocument, AmbiguousDocument for ``plan``.
    """
    terms = terms_of(query)
    statement = (
        select(
            *AssignmentRow.__table__.columns,
            NodeRow.path,
            NodeRow.heading,
            NodeRow.trail,
            NodeRow.start.label("node_start"),
            NodeRow.end.label("node_end"),
            DateRow.value.label("deadline_value"),
            DateRow.raw.label("deadline_raw"),
        )
        .join(VersionRow, VersionRow.id == AssignmentRow.version_id)
        .outerjoin(NodeRow, and_(NodeRow.version_id == AssignmentRow.version_id, NodeRow.node == AssignmentRow.node))
        .outerjoin(DateRow, and_(DateRow.version_id == AssignmentRow.version_id, DateRow.ordinal == AssignmentRow.deadline))
        .order_by(VersionRow.document_id, AssignmentRow.ordinal)
    )
    if unit is not None:
        statement = statement.where(holds_words(AssignmentRow.unit_folded, unit))
    if plan is not None:
        statement = statement.where(VersionRow.document_id == find_document(archive, plan).id)
    if role is not None:
        statement = statement.where(AssignmentRow.role == role)
    with translated(archive.database), archive.engine.connect() as connection:
        asked = _Asked(terms, is_marked(terms.words), _weights(connection, terms)) if terms.words else None
        if asked is not None:
            statement = statement.where(_may_hold(terms))
        rows = connection.execute(statement).all()
        documents = documents_by_version(connection) if rows else {}
        found: list[Duty] = []
        reading: _Reading | None = None
        for row in rows:
            if asked is None:
                found.append(_duty(row, documents[row.version_id], None))
                continue
            if not _enough(_held(row, terms), asked):
                continue
            if reading is None or reading.version_id != row.version_id:
                reading = _Reading(row.version_id, documents[row.version_id].quality, read_text(connection, row.version_id))
            if answer := _answer(row, reading, asked):
                found.append(_duty(row, documents[row.version_id], answer))
    return tuple(sorted(found, key=lambda duty: -duty.fit))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: its terms, whether it was typed with marks, and the share of it that each term is."""

    terms: Terms
    marked: bool
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a duty has of a question."""

    fit: float
    how: str
    excerpt: Snippet | None


class _Reading:
    """The text of the plan whose duties are being read, its words found once."""

    def __init__(self, version_id: int, quality: float, text: str) -> None:
        self.version_id = version_id
        self.quality = quality
        self.text = text
        self.words = words_of(text, quality)
        self.starts = [span[0] for span in self.words.spans]


def _weights(connection: Connection, terms: Terms) -> tuple[float, ...]:
    """The share of the question that each term is: a term that few duties of the archive hold says more than one that many hold."""
    counts = [func.sum(case((AssignmentRow.words.contains(folded_run(term), autoescape=True), 1), else_=0)) for term in terms.each()]
    total, *held = connection.execute(select(func.count(), *counts).select_from(AssignmentRow)).one()
    weights = [log(1 + total / max(1, count or 0)) for count in held]
    return tuple(weight / (sum(weights) or 1) for weight in weights)


def _may_hold(terms: Terms) -> Any:
    """The condition on rows that hold a term, or neighbours of one another by skeleton: what is looked at more closely."""
    ways = [AssignmentRow.words.contains(folded_run(term), autoescape=True) for term in (*terms.each(), terms.words)]
    keys = (skeleton_run(run) for run in (terms.words, *(run for run, _ in terms.runs())))
    ways += [AssignmentRow.skeletons.contains(key, autoescape=True) for key in keys if key]
    return or_(*ways)


def _enough(numbers: set[int], asked: _Asked) -> bool:
    """Whether these terms are enough of the question to be an answer."""
    if len(numbers) < min(_LEAST_TERMS, len(asked.weights)):
        return False
    return sum(asked.weights[number] for number in numbers) >= _LEAST_SHARE


def _held(row: Row[*tuple[Any, ...]], terms: Terms) -> set[int]:
    """The terms that a duty may hold, by its folded words and skeletons: all that it does hold, and some that it does not."""
    held = {number for number, term in enumerate(terms.each()) if folded_run(term) in row.words}
    for run, numbers in ((terms.words, tuple(range(len(terms.spans)))), *terms.runs()):
        if (key := skeleton_run(run)) and key in row.skeletons:
            held.update(numbers)
    return held


def _answer(row: Row[*tuple[Any, ...]], reading: _Reading, asked: _Asked) -> _Answer | None:
    """What a duty has of a question, or None where that is too little."""
    if not row.task or (row.is_primary and row.path is not None):
        text, bounds = reading.text, (row.node_start, row.node_end) if row.path is not None else (row.start, row.end)
        words = reading.words.between(bisect_left(reading.starts, bounds[0]), bisect_left(reading.starts, bounds[1]))
    else:  # of what stands around it (another's task, a row of a table), only the task is this unit's
        text, bounds = row.task, (0, len(row.task))
        words = words_of(text, reading.quality)
    whole, parts = _spots(asked, text, bounds, words)
    headings = " . ".join((*row.trail, row.heading or "")) if row.path is not None else ""
    whole_above, parts_above = _spots(asked, headings, (0, len(headings)), words_of(headings, reading.quality))
    inside = {number for spot in (*whole, *parts) for number in spot.wanted}
    met = inside | {number for spot in (*whole_above, *parts_above) for number in spot.wanted}
    if not _enough(met, asked):
        return None
    every = set(range(len(asked.weights)))
    if whole:
        fit = _PHRASE
    elif whole_above:
        fit = _HEADING_PHRASE
    elif inside == every and _in_one_sentence(parts, text, bounds, every):
        fit = _SENTENCE
    elif inside == every:
        fit = _TOGETHER
    else:
        fit = _WITH_HEADINGS if met == every else _PART * sum(asked.weights[number] for number in met)
    if whole or parts:
        excerpt, how = best_snippet(text, bounds, [*whole, *parts])
    else:
        excerpt, how = None, weakest_way([*whole_above, *parts_above])
    return _Answer(fit * _WAY[how], how, excerpt)


def _spots(asked: _Asked, text: str, bounds: Span, words: Words) -> tuple[list[Spot], list[Spot]]:
    """Where all the words stand as a phrase, and where terms of it stand."""
    every = tuple(range(len(asked.weights)))

    def stands(run: tuple[str, ...], numbers: tuple[int, ...]) -> list[Spot]:
        found = find_run(run, numbers, words, asked.marked, by_skeleton=True)
        # Two terms side by side do not come about by chance.
        return found if len(run) == 1 or len(numbers) > 1 else [spot for spot in found if not _is_cut(text, spot, bounds)]

    whole = stands(asked.terms.words, every)
    return whole, [spot for run, numbers in asked.terms.runs() for spot in stands(run, numbers)]


def _is_cut(text: str, spot: Spot, bounds: Span) -> bool:
    start, end = sentence_span(text, spot.span, bounds)
    return cut_in_two(text[start:end], (spot.span[0] - start, spot.span[1] - start))


def _in_one_sentence(spots: Sequence[Spot], text: str, bounds: Span, every: set[int]) -> bool:
    for spot in spots:
        start, end = sentence_span(text, spot.span, bounds)
        if {number for other in spots if start <= other.span[0] and other.span[1] <= end for number in other.wanted} == every:
            return True
    return False


def _duty(row: Row[*tuple[Any, ...]], document: Document, answer: _Answer | None) -> Duty:
    inside = row.path is not None
    fit = answer.fit if answer else 1.0
    return Duty(
        document=document,
        place=Place(
            "body" if inside else "closing",
            row.path,
            row.heading,
            tuple(row.trail) if inside else (),
            (row.node_start, row.node_end) if inside else (row.start, row.end),
        ),
        unit=row.unit,
        unit_key=row.unit_key,
        role=row.role,
        primary=row.is_primary,
        task=row.task,
        deadline=row.deadline_value,
        deadline_raw=row.deadline_raw,
        reports_to=row.reports_to,
        certainty=row.certainty,
        excerpt=answer.excerpt if answer else None,
        fit=round(fit if row.is_primary else fit * _NAMED_INSIDE, 3),
        how=answer.how if answer else None,
    )
