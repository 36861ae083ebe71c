"""Which document people say that a mention means (`corrected`): it outweighs all that is printed.

The parts of the document are laid over the mention already (`archive.amend`), so that it stands in the document's block; here the
mention is bound to it, whatever else the block holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy import Connection, select

from archive.resolve.claims import NOBODY, TAUGHT, Claim
from archive.store.tables import AuthorityRow, ResolutionRow, VersionRow
from archive.store.work_tables import CorrectionRow

#: The field of such a correction.
FIELD = "citation.document"


class Meant(NamedTuple):
    """What a mention means: the number of the ``paper`` in the archive (None: it is none of them), the ``place`` of its organ, folded, from
    the narrowest name (None where that is not said)."""

    paper: int | None
    place: str | None


#: What mentions are said to mean, by version and ordinal.
Said = dict[tuple[int, int], Meant]


def said_documents(connection: Connection) -> Said:
    """The mentions of current versions of which people say what they mean."""
    found = _corrected(connection)
    texts = {value["text"] for value in found.values() if value.get("text")}
    papers = select(VersionRow.text_sha256, VersionRow.document_id).where(VersionRow.text_sha256.in_(texts))
    numbers = {row.text_sha256: row.document_id for row in connection.execute(papers)} if texts else {}
    return {mention: Meant(numbers.get(value.get("text") or ""), value.get("place")) for mention, value in found.items()}


def _corrected(connection: Connection) -> dict[tuple[int, int], dict[str, str | None]]:
    """The mentions, each with the document that it means."""
    query = (
        select(VersionRow.id, CorrectionRow.ordinal, CorrectionRow.value)
        .join(VersionRow, VersionRow.document_id == CorrectionRow.document_id)
        .where(VersionRow.current, CorrectionRow.field == FIELD, CorrectionRow.state == "applied", CorrectionRow.ordinal.is_not(None))
    )
    return {(row.id, row.ordinal): row.value for row in connection.execute(query)}


def bound(claims: Iterable[Claim], said: Said, taught: int) -> list[Claim]:
    """The claims of plans, those with such a mention bound to what they mean, and a claim for each that says what that is: it comes
    before the ``taught`` claims of the alias file."""
    found = list(claims)
    for number, claim in enumerate(found[:]):
        mention = next((one for one in claim.rows if one in said), None)
        if mention is not None:
            meant = _meant(claim, said[mention].place, -1 - taught - number)
            found[number] = replace(claim, meant=meant, paper=said[mention].paper)
            found.append(meant)
    return found


def _meant(claim: Claim, place: str | None, number: int) -> Claim:
    """What the mention says, as an entry of the alias file would."""
    claim = replace(claim, source=TAUGHT, key=None, clean=True, plans=NOBODY, times=1, number=number, said=(), row=None, part=False)
    claim = replace(claim, written=None, rows=(), names=(), printed=(), issuers=(), titles=() if claim.series else claim.titles)
    return claim if place is None else replace(claim, place=tuple(filter(None, place.split(", "))), placed=True, place_said=True)


def blocks_said(connection: Connection, version_ids: Iterable[int]) -> set[str]:
    """The blocks of mentions that are said to mean these papers, or were resolved to them."""
    ids = sorted(set(version_ids))
    own = select(AuthorityRow.block).join(VersionRow, VersionRow.document_id == AuthorityRow.document_id).where(VersionRow.id.in_(ids))
    found = set(connection.scalars(own))
    corrected = _corrected(connection)
    if not corrected:
        return found
    texts = set(connection.scalars(select(VersionRow.text_sha256).where(VersionRow.id.in_(ids))))
    for (version_id, ordinal), value in corrected.items():
        if value.get("text") in texts:
            at = (ResolutionRow.version_id == version_id) & (ResolutionRow.ordinal == ordinal)
            found.update(connection.scalars(select(ResolutionRow.block).where(at)))
    return found
