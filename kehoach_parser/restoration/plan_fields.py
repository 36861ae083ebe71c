"""Damaged words in the values of a plan, read as the restorer reads them: names, headings, subjects, tasks, recipients, titles.

The last step: structure, citations and dates are found and identified in the print. What an earlier step read by its own knowledge (an
organ by the unit grammar) stays; only words that stand in a value as printed are read anew. Duties are found in the text as meant
(`meant`), so that their values hold its words already: here they are told how sure these are.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from kehoach_parser.model import Assignment, Citation, Field, Header, Node, Part, Plan, Recipient, Signature, Span, Table, Task, Unit
from kehoach_parser.restoration.restorer import RestoredWord, as_read, restore

AnyField = TypeVar("AnyField", Field, Recipient)

_CHUNK = re.compile(r"\S+")
#: How far from where a citation begins its issuer and title may end (code points).
_AROUND = 800


def with_restored_fields(plan: Plan, content: str) -> Plan:
    """The plan with restored values, and the version of the model in its source; the same plan where nothing is damaged."""
    restoration = restore(content)
    if not restoration.words:
        return plan
    reader = _Reader(content, restoration.words)
    return replace(
        plan,
        source=replace(plan.source, restorer=restoration.model),
        parts=tuple(_part(part, reader) for part in plan.parts),
        header=_header(plan.header, reader),
        nodes=tuple(_node(node, reader) for node in plan.nodes),
        signature=_signature(plan.signature, reader),
        recipients=tuple(map(reader.recipient, plan.recipients)),
        citations=tuple(_citation(citation, reader) for citation in plan.citations),
        assignments=tuple(_assignment(each, reader) for each in plan.assignments),
        tables=tuple(_table(table, reader) for table in plan.tables),
    )


class _Reader:
    """Values of places in a text, read with the restored words."""

    def __init__(self, content: str, words: Sequence[RestoredWord]) -> None:
        self._content = content
        self._words = words
        self._starts = [word.start for word in words]

    def inside(self, start: int, end: int) -> Sequence[RestoredWord]:
        """The restored words of a place."""
        return self._words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def value(self, printed_value: str, pieces: Sequence[Span]) -> tuple[str, float] | None:
        """A value with the words that it holds as printed read anew, and the mean certainty of these words; None where there are none.

        The value's words are laid beside those of the place; where a step already read a word otherwise than printed, its reading stays.
        """
        if not any(self.inside(*piece) for piece in pieces):
            return None
        printed = [(match.start(), match.group()) for start, end in pieces for match in _CHUNK.finditer(self._content, start, end)]
        certainties: list[float] = []
        out = []
        at, reach = 0, len(printed)  # the first word may stand anywhere, the others follow it
        for chunk in printed_value.split():
            found = next((k for k, (_, whole) in enumerate(printed[at : at + reach], at) if chunk in whole), None)
            if found is None:
                out.append(chunk)
                at += 1
                continue
            start, whole = printed[found]
            at, reach = found + 1, 4
            first = start + whole.index(chunk)
            words = self.inside(first, first + len(chunk))
            certainties += [word.certainty for word in words]
            out.append(as_read(self._content, words, first, first + len(chunk)) if words else chunk)
        return (" ".join(out), sum(certainties) / len(certainties)) if certainties else None

    def maybe(self, field: Field | None) -> Field | None:
        """A field read anew."""
        return None if field is None else self.field(field)

    def field(self, field: AnyField) -> AnyField:
        """The same for a field that is there. Its certainty is that of its words where it was a plain reading."""
        found = self.value(field.value, field.pieces or (field.span,))
        if found is None:
            return field
        return replace(field, value=found[0], certainty=round(found[1], 2))

    def as_sure(self, field: Field | None) -> Field | None:
        """A field that holds the words as meant already, as sure as these are in the mean."""
        certainties = [] if field is None else self._certainties(field.span)
        return replace(field, certainty=round(sum(certainties) / len(certainties), 2)) if field and certainties else field

    def named(self, unit: Unit) -> Unit:
        """A unit that was read in the words as meant, as sure as the least sure of them."""
        return replace(unit, certainty=min([unit.certainty, *self._certainties(unit.span)]))

    def _certainties(self, span: Span) -> list[float]:
        return [word.certainty for word in self.inside(*span)]

    def recipient(self, recipient: Recipient) -> Recipient:
        """The same with its purpose."""
        read = self.field(recipient)
        if recipient.purpose is None:
            return read
        purpose = self.value(recipient.purpose, recipient.pieces or (recipient.span,))
        return replace(read, purpose=purpose[0]) if purpose else read


def _header(header: Header, reader: _Reader) -> Header:
    return replace(
        header,
        parent_organ=reader.maybe(header.parent_organ),
        organ=reader.maybe(header.organ),
        place=reader.maybe(header.place),
        subject=reader.maybe(header.subject),
        marks=tuple(map(reader.field, header.marks)),
    )


def _signature(signature: Signature | None, reader: _Reader) -> Signature | None:
    if signature is None:
        return None
    return Signature(reader.maybe(signature.authority), reader.maybe(signature.title), reader.maybe(signature.name))


def _part(part: Part, reader: _Reader) -> Part:
    return replace(
        part,
        header=_header(part.header, reader) if part.header else None,
        signature=_signature(part.signature, reader),
        recipients=tuple(map(reader.recipient, part.recipients)),
    )


def _node(node: Node, reader: _Reader) -> Node:
    return replace(node, heading=reader.field(node.heading)) if node.heading else node


def _citation(citation: Citation, reader: _Reader) -> Citation:
    """Its issuer and title; type, symbol and date are facts."""
    around = ((citation.span[0], citation.span[0] + _AROUND),)
    issuer = reader.value(citation.issuer, around) if citation.issuer else None
    title = reader.value(citation.title, around) if citation.title else None
    return replace(citation, issuer=issuer[0] if issuer else citation.issuer, title=title[0] if title else citation.title)


def _assignment(assignment: Assignment, reader: _Reader) -> Assignment:
    """Duties are found in the text as meant: what they say is as sure as its words."""
    return replace(
        assignment,
        unit=reader.named(assignment.unit),
        task=reader.as_sure(assignment.task),
        when=reader.as_sure(assignment.when),
        place=reader.as_sure(assignment.place),
        tasks=tuple(_task(task, reader) for task in assignment.tasks),
    )


def _task(task: Task, reader: _Reader) -> Task:
    return replace(task, task=reader.as_sure(task.task), when=reader.as_sure(task.when), product=reader.as_sure(task.product))


def _table(table: Table, reader: _Reader) -> Table:
    return replace(table, columns=tuple(replace(column, heading=reader.field(column.heading)) for column in table.columns))
