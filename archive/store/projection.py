"""Plan → rows: what every question queries. The same plan and what users taught of units give the same rows, so that a
check can make them again and compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.amend.laying import Laid
from archive.amend.origins import Origin
from archive.common.carrying import carried_in
from archive.common.doubts import doubts_of
from archive.common.excerpts import sentence_span, snippet
from archive.common.keys import SEGMENT, name_key, order_key, symbol_key
from archive.common.levels import level_of
from archive.common.outline import Outline, outline_of, trails
from archive.common.sure_citations import days_told
from archive.common.words import TextWords, words_of
from archive.store.duty_ids import duty_ids
from archive.store.duty_rows import duty_rows
from archive.store.plan_rows import Rows, stands
from archive.store.tables import AssignmentRow, CitationRow, DateRow, NodeRow, PlanTableRow, RecipientRow, TableLineRow
from archive.store.unit_aliases import TaughtUnits, keys_as_taught
from archive.values.documents import Span
from kehoach_parser import Plan, fold, passage_as_read, sentences
from kehoach_parser.model import Field

#: Fields of the head that are columns of a version by their name.
_HEAD = ("type", "symbol", "organ", "parent_organ", "place", "subject")


def header_columns(plan: Plan) -> Rows:
    """The columns of a version that are read from its plan."""
    header = plan.header
    said: dict[str, str | None] = {name: _value(getattr(header, name)) for name in _HEAD}
    signer, date = _value(plan.signature.name if plan.signature else None), _value(header.date)
    organs = " ".join(filter(None, (said["parent_organ"], said["organ"])))
    return {
        **said,
        "type_folded": _key(said["type"]),
        "symbol_key": symbol_key(said["symbol"]) if said["symbol"] is not None else None,
        "date": date[:10] if date is not None else None,
        "organ_folded": _key(organs or None),
        "place_folded": _key(said["place"]),
        "signer": signer,
        "signer_folded": _key(signer),
        "quality": plan.source.quality,
        "length": plan.source.length,
        "node_count": len(plan.nodes),
        "citation_count": len(plan.citations),
        "assignment_count": sum(max(1, len(assignment.tasks)) for assignment in plan.assignments),
        "without_tasks": any(not assignment.tasks for assignment in plan.assignments),
        "told": days_told(plan)[1],
        "level": level_of(said["organ"], said["parent_organ"], said["symbol"]),
        "doubts": " ".join(doubts_of(plan)),
        **{f"{name}_order": _order(value) for name, value in {**said, "signer": signer}.items() if name != "parent_organ"},
    }


def _value(field: Field | None) -> str | None:
    return None if field is None else field.value


def _order(name: str | None) -> str | None:
    return None if name is None else order_key(name)


def _key(name: str | None) -> str | None:
    return None if name is None else name_key(name)


@dataclass(frozen=True, slots=True)
class Projected:
    """The rows of a plan as far as the plan says them, per table, in its order: worked out anywhere, by any process. ``origins`` are those
    of its duties (`amend.origins`), which name them."""

    tables: Mapping[type[Any], list[Rows]]
    origins: tuple[Origin, ...]

    def rows(self, plan: Plan, version_id: int, taught: TaughtUnits, identity: str) -> dict[type[Any], list[Rows]]:
        """The rows of a version; units are as a user ``taught`` them, duties are named by the ``identity`` of the document."""
        keys, ids = keys_as_taught(plan, taught), duty_ids(identity, self.origins)
        found = {table: [{"version_id": version_id, **row} for row in rows] for table, rows in self.tables.items()}
        for row, duty in zip(found[AssignmentRow], ids, strict=True):
            row |= {"duty": duty, "unit_key": keys[row["assignment"]]}
        return found


def project(laid: Laid, version_id: int, taught: TaughtUnits, identity: str) -> dict[type[Any], list[Rows]]:
    """The rows of a plan with its corrections, as in `Projected.rows`."""
    return projected(laid).rows(laid.plan, version_id, taught, identity)


def projected(laid: Laid, words: TextWords | None = None) -> Projected:
    """What becomes of a plan with its corrections; ``words`` are those of the text as printed, where they are known."""
    plan, text = laid.plan, laid.text
    outline = outline_of(plan)
    duties = duty_rows(plan, text, words or words_of(text, plan.source.quality))
    given = {duty["deadline"] for duty in duties}
    tables: dict[type[Any], list[Rows]] = {
        NodeRow: _nodes(plan),
        CitationRow: _citations(plan, text, outline),
        DateRow: [
            {
                **stands(number, date.span),
                "raw": date.raw,
                "value": date.value,
                "first": date.first,
                "last": date.last,
                "recurs": date.recurs,
                "role": date.role,
                "node": date.node,
                "certainty": date.certainty,
                "due": DateRow.DUTY if number in given else DateRow.ALONE if date.role == "deadline" else 0,
            }
            for number, date in enumerate(plan.dates)
        ],
        AssignmentRow: duties,
        PlanTableRow: _tables(plan),
        TableLineRow: _table_lines(plan, text),
        RecipientRow: [
            {
                **stands(number, recipient.span),
                "value": recipient.value,
                "purpose": recipient.purpose,
            }
            for number, recipient in enumerate(plan.recipients)
        ],
    }
    return Projected(tables, laid.origins)


def _nodes(plan: Plan) -> list[Rows]:
    above = trails(plan)
    return [
        {
            **stands(number, node.span),
            "node": node.id,
            "parent": node.parent,
            "part": node.part,
            "kind": node.kind,
            "label": node.label,
            "path": node.path,
            "heading": node.heading.value if node.heading else None,
            "heading_folded": name_key(node.heading.value) if node.heading else None,
            "trail": list(above[node.id]),
        }
        for number, node in enumerate(plan.nodes)
    ]


def _citations(plan: Plan, text: str, outline: Outline) -> list[Rows]:
    rows: list[Rows] = []
    told, _ = days_told(plan)
    heads = (plan.header, *(part.header for part in plan.parts if part.header))
    subjects = [head.subject.span for head in heads if head.subject]
    heading_ends = {node.id: node.heading.span[1] for node in plan.nodes if node.heading}
    for number, citation in enumerate(plan.citations):
        bounds = outline.span(outline.passage_at(citation.span[0]), len(text))
        heading_end = heading_ends.get(citation.node, 0) if citation.node is not None else 0
        bounds = next((span for span in subjects if span[0] <= citation.span[0] < span[1]), bounds)  # not the whole head of the page
        if heading_end <= citation.span[0]:  # a heading is no part of the sentence after it
            bounds = (max(bounds[0], heading_end), bounds[1])
        sentence = snippet(text, sentence_span(text, citation.span, _sentence(text, citation.span, bounds)), [citation.span])
        mark = sentence.highlights[0] if sentence.highlights else (0, 0)
        rows.append(
            {
                **stands(number, citation.span),
                "raw": citation.raw,
                "type": citation.type,
                "symbol": citation.symbol,
                "symbol_key": symbol_key(citation.symbol) if citation.symbol else None,
                "name_key": citation_name_key(citation.type, citation.title, citation.raw),
                "date": citation.date,
                "issuer": citation.issuer,
                "title": citation.title,
                "node": citation.node,
                "location": citation.where,
                "relation": citation.relation,
                "document_key": citation.document,
                "candidates": list(citation.candidates),
                "certainty": citation.certainty,
                "sentence": sentence.text,
                "sentence_start": mark[0],
                "sentence_end": mark[1],
                "sentence_read": passage_as_read(sentence.text),
                "told": told.get(number),
            }
        )
    for row, carries in zip(rows, carried_in(rows), strict=True):
        row["carries"] = carries
    return rows


def _sentence(text: str, inner: Span, bounds: Span) -> Span:
    """The sentences of a passage that ``inner`` stands in, as underthesea splits them."""
    found = [(bounds[0] + start, bounds[0] + end) for start, end in sentences(text[slice(*bounds)])]
    touched = [span for span in found if span[0] < inner[1] and inner[0] < span[1]]
    return (min(touched[0][0], inner[0]), max(touched[-1][1], inner[1])) if touched else bounds


def citation_name_key(type_name: str, title: str | None, raw: str) -> str:
    """The key that a reference by name is looked for in: type with title where there is one, and the mention as printed."""
    if title is None:
        return name_key(raw)
    full = title if fold(title).startswith(fold(type_name)) else f"{type_name} {title}"
    return f"{name_key(full)}{SEGMENT}{name_key(raw)}"


def _tables(plan: Plan) -> list[Rows]:
    return [
        {
            **stands(number, table.span),
            "part": table.part,
            "node": table.node,
            "kind": table.kind,
            "columns": [{"role": column.role, "heading": column.heading.value} for column in table.columns],
        }
        for number, table in enumerate(plan.tables)
    ]


def _table_lines(plan: Plan, text: str) -> list[Rows]:
    lines = [(table.id, number, line) for table in plan.tables for number, line in enumerate(table.rows)]
    return [
        {
            **stands(number, line.span),
            "table_number": table,
            "row_number": row,
            "node": line.node,
            "cells": [" ".join(text[cell[0] : cell[1]].split()) if cell else None for cell in line.cells],
            "certainty": line.certainty,
        }
        for number, (table, row, line) in enumerate(lines)
    ]
