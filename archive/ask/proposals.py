"""Later papers that may change what is due: they amend, replace or repeal a plan, or say that its time is extended. A person decides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Connection, select

from archive.resolve.mentions import find_mentions
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import AuthorityRow, ResolutionRow
from archive.values.citations import CitationHit
from archive.values.duties import Proposal
from kehoach_parser import fold

_CHANGES = ("amends", "replaces", "repeals")
#: What a sentence says that gives a plan another time, folded: "gia hạn thời gian thực hiện Kế hoạch số …", "điều chỉnh thời hạn".
_EXTENDS = re.compile(r"\b(?:gia han|(?:dieu chinh|thay doi|keo dai|lui)(?: \w+){0,3}? (?:thoi (?:gian|han)|tien do))\b")
#: Databases limit how many values a statement may have. This bounds the cost only.
_TOGETHER = 500


def proposals(archive: Archive, document_ids: Collection[int]) -> dict[int, tuple[Proposal, ...]]:
    """The later papers of the archive that may change what these documents say, by document, the oldest first; each once."""
    found: dict[int, tuple[Proposal, ...]] = {}
    wanted = sorted(document_ids)
    with translated(archive.database), archive.engine.connect() as connection:
        for start in range(0, len(wanted), _TOGETHER):
            found |= proposals_to(connection, wanted[start : start + _TOGETHER])
    return found


def proposals_to(connection: Connection, document_ids: Collection[int]) -> dict[int, tuple[Proposal, ...]]:
    """The same, of what is being read."""
    papers = select(AuthorityRow.key, AuthorityRow.document_id, AuthorityRow.date).where(AuthorityRow.document_id.in_(document_ids))
    of_record = {row.key: row for row in connection.execute(papers)}
    found: dict[int, dict[int, Proposal]] = defaultdict(dict)
    for mention in find_mentions(connection, ResolutionRow.record.in_(of_record)) if of_record else ():
        paper, hit = of_record[mention.document_key or ""], mention.hit
        kind, before = _kind(hit), (hit.document.date or "9999") < (paper.date or "")
        if kind is not None and not before and hit.document.id != paper.document_id:
            found[paper.document_id].setdefault(hit.document.id, Proposal(kind, hit))
    return {document_id: tuple(sorted(each.values(), key=_order)) for document_id, each in found.items()}


def _kind(hit: CitationHit) -> str | None:
    if hit.relation in _CHANGES:
        return hit.relation
    return "extends" if _EXTENDS.search(fold(hit.sentence_read or hit.sentence.text)) else None


def _order(proposal: Proposal) -> tuple[str, int]:
    return proposal.hit.document.date or "9999", proposal.hit.document.id
