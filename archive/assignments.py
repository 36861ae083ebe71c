"""Who must do what."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from math import ceil
from typing import Any

from sqlalchemy import Row, and_, or_, select

from archive.database import translated
from archive.documents import find_document
from archive.filters import holds_words
from archive.fulltext.engine import SKELETON_SYLLABLES
from archive.handle import Archive
from archive.occurrences import best_snippet, find_parts, find_spots, weakest_way
from archive.projection import SEGMENT
from archive.query import Words as WordRun
from archive.store import documents_by_version, read_text
from archive.tables import AssignmentRow, DateRow, NodeRow, VersionRow
from archive.values import Document, Duty, Place, Snippet, Span
from archive.words import folded_form, split_words, words_of
from kehoach_parser import skeleton

#: How well words fit, by where they stand: as a phrase in the task, a heading, the text; all of them in one of these; spread over them;
#: by skeleton.
_PHRASE_FIT = (1.0, 0.9, 0.8)
_WORDS_FIT = (0.7, 0.6, 0.5)
_SPREAD_FIT = 0.4
_SKELETON_FIT = 0.65
#: A part of the phrase only: who asks for "tuyên truyền cổ động trực quan" wants to see "thông tin cổ động trực quan" too, further down.
_PART_FIT = 0.3
_PART = 2 / 3
#: A unit that is only named inside another's task fits a little less.
_NAMED_INSIDE = 0.95


def duties(
    archive: Archive, query: str = "", *, unit: str | None = None, plan: str | None = None, role: str | None = None
) -> tuple[Duty, ...]:
    """The duties whose task, heading or text holds all the words of ``query``, or two thirds of them as a phrase, best fit first.

    An empty query asks for all duties.

    ``unit`` narrows to units whose name holds these words (marks may be left out), ``plan`` to one document (named as in `find_document`),
    ``role`` to one role. Raises UnknownDocument, AmbiguousDocument for ``plan``.
    """
    asked = tuple(split_words(query))
    folded = tuple(map(folded_form, asked))
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
    if folded:
        ways = [and_(*(AssignmentRow.words.contains(f" {word} ", autoescape=True) for word in folded))]
        for part in _parts(asked):
            ways.append(AssignmentRow.words.contains(_joined(map(folded_form, part)), autoescape=True))
            if all(word.isalpha() for word in part):
                keys = _joined(skeleton(folded_form(word)) for word in part)
                ways.append(AssignmentRow.skeletons.contains(keys, autoescape=True))
        statement = statement.where(or_(*ways))
    if unit is not None:
        statement = statement.where(holds_words(AssignmentRow.unit_folded, unit))
    if plan is not None:
        statement = statement.where(VersionRow.document_id == find_document(archive, plan).id)
    if role is not None:
        statement = statement.where(AssignmentRow.role == role)
    with translated(archive.database), archive.engine.connect() as connection:
        rows = connection.execute(statement).all()
        documents = documents_by_version(connection) if rows else {}
        found: list[Duty] = []
        reading: _Reading | None = None
        for row in rows:
            if reading is None or reading.version_id != row.version_id:
                document = documents[row.version_id]
                reading = _Reading(row.version_id, document, read_text(connection, row.version_id) if folded else "")
            found.append(_duty(row, reading, asked, folded))
    return tuple(sorted(found, key=lambda duty: -duty.fit))


class _Reading:
    """The text of the plan whose duties are being read, its words found once."""

    def __init__(self, version_id: int, document: Document, text: str) -> None:
        self.version_id = version_id
        self.document = document
        self.text = text
        self.words = words_of(text, document.quality)
        self.starts = [span[0] for span in self.words.spans]

    def excerpt(self, bounds: Span, headings: str, asked: tuple[str, ...]) -> tuple[Snippet | None, str]:
        """The stretch of a span where the words stand, or None where only task or headings hold them, and how they were found."""
        inside = self.words.between(bisect_left(self.starts, bounds[0]), bisect_left(self.starts, bounds[1]))
        # Folded words count here even in clean text: who asks for duties wants none left out.
        spots = [*find_spots([WordRun(asked)], inside, None, marked=False), *find_parts(asked, _part_length(asked), inside)]
        if spots:
            return best_snippet(self.text, bounds, spots)
        elsewhere = find_spots([WordRun(asked)], words_of(headings), None, marked=False)
        return None, weakest_way(elsewhere) if elsewhere else "folded"


def _duty(row: Row[*tuple[Any, ...]], reading: _Reading, asked: tuple[str, ...], folded: tuple[str, ...]) -> Duty:
    inside = row.path is not None
    span = (row.node_start, row.node_end) if inside else (row.start, row.end)
    trail = tuple(row.trail) if inside else ()
    headings = " . ".join(filter(None, (row.task, *trail, row.heading)))
    excerpt, how = reading.excerpt(span, headings, asked) if folded else (None, None)
    fit = _fit(row.words, folded) if folded else 1.0
    speaking = len(folded) >= SKELETON_SYLLABLES and all(word.isalpha() for word in folded)
    if speaking and _joined(map(skeleton, folded)) in row.skeletons:
        fit = max(fit, _SKELETON_FIT)
    return Duty(
        document=reading.document,
        place=Place("body" if inside else "closing", row.path, row.heading, trail, span),
        unit=row.unit,
        unit_key=row.unit_key,
        role=row.role,
        primary=row.is_primary,
        task=row.task,
        deadline=row.deadline_value,
        deadline_raw=row.deadline_raw,
        reports_to=row.reports_to,
        certainty=row.certainty,
        excerpt=excerpt,
        fit=round(fit if row.is_primary else fit * _NAMED_INSIDE, 3),
        how=how,
    )


def _fit(words: str, folded: tuple[str, ...]) -> float:
    segments = words.split(SEGMENT)
    phrase = _joined(folded)
    for segment, fit in zip(segments, _PHRASE_FIT, strict=True):
        if phrase in segment:
            return fit
    for segment, fit in zip(segments, _WORDS_FIT, strict=True):
        if all(f" {word} " in segment for word in folded):
            return fit
    return _SPREAD_FIT if all(f" {word} " in words for word in folded) else _PART_FIT


def _parts(asked: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The runs of two thirds of the words, at least SKELETON_SYLLABLES: all there are of a shorter query is itself."""
    length = _part_length(asked)
    return [asked[start : start + length] for start in range(len(asked) - length + 1)]


def _part_length(asked: tuple[str, ...]) -> int:
    return max(SKELETON_SYLLABLES, ceil(len(asked) * _PART))


def _joined(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "
