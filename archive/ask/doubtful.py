"""Documents that a person should look at: what a head says nowhere, or not for sure, and what the reader doubted; the worst first.

A question without a symbol or a day finds nothing of such a paper, so those weigh most; a damaged one or one without outline answers worse.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from archive.errors import PlanDamaged
from archive.store.corrections import read_corrections
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import VersionRow
from archive.store.versions import read_document, read_plan, select_documents
from archive.store.work_tables import CorrectionRow
from archive.values.documents import Document, Doubtful
from kehoach_parser import Plan

#: What may be doubted of a document, and how much that weighs, in the order in which it is told.
DOUBTS = {
    "no-symbol": 4,
    "no-date": 4,
    "no-number": 3,
    "doubtful-number": 3,
    "doubtful-date": 3,
    "no-organ": 3,
    "no-type": 2,
    "damaged": 2,
    "no-outline": 1,
    "unsure-line": 1,
}
#: The fields that a person corrects, or accepts as they are, to settle a doubt.
FIELD_OF = {
    "no-symbol": "symbol",
    "no-number": "symbol",
    "doubtful-number": "symbol",
    "no-date": "date",
    "doubtful-date": "date",
    "no-organ": "organ",
    "no-type": "type",
}
#: The warnings of a plan that say a doubt of another name.
_SAID = {
    "uncertain-number": "doubtful-number",
    "number-from-stamp": "doubtful-number",
    "uncertain-day": "doubtful-date",
    "date-from-stamp": "doubtful-date",
}
#: A date less sure than this is doubtful, a text less clean is damaged (0 to 1).
_SURE, _CLEAN = 0.75, 0.75
#: Types of papers that need no outline.
_WITHOUT_OUTLINE = frozenset({"Công văn", "Công điện", "Giấy mời"})


def doubtful_documents(archive: Archive, ids: Collection[int] | None = None) -> tuple[Doubtful, ...]:
    """The documents with something to look at, of these ids or of all, the worst first and then by id."""
    query = select_documents()
    if ids is not None:
        query = query.where(VersionRow.document_id.in_(sorted(ids)))
    found = []
    with translated(archive.database), archive.engine.connect() as connection:
        corrected = {
            (each.document_id, each.field) for each in read_corrections(connection, CorrectionRow.state.in_(("applied", "agrees")))
        }
        for row in connection.execute(query).all():
            document = read_document(row)
            settled = {code for code, field in FIELD_OF.items() if (document.id, field) in corrected}
            try:
                said = set(_doubts(document, read_plan(connection, row.version_id))) - settled
            except PlanDamaged:  # `check` names it
                continue
            if doubts := tuple(code for code in DOUBTS if code in said):
                found.append(Doubtful(document, doubts))
    return tuple(sorted(found, key=lambda each: (-sum(DOUBTS[code] for code in each.doubts), each.document.id)))


def _doubts(document: Document, plan: Plan) -> Iterator[str]:
    header = plan.header
    yield from (_SAID.get(warning.code, warning.code) for warning in plan.warnings if warning.code != "no-outline")
    missing = {"no-symbol": header.symbol, "no-date": header.date, "no-organ": header.organ, "no-type": header.type}
    yield from (code for code, field in missing.items() if field is None)
    if header.date is not None and (len(header.date.value) < len("2025-11-20") or header.date.certainty < _SURE):
        yield "doubtful-date"
    if document.quality < _CLEAN:
        yield "damaged"
    if not plan.nodes and document.type not in _WITHOUT_OUTLINE:
        yield "no-outline"
