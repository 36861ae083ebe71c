"""All about one duty: how it stands, what was said of it and when, which later papers may change it; and what no duty fits any more."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import fields

from sqlalchemy import select

from archive.ask.duties import duties_where
from archive.ask.proposals import proposals_to
from archive.errors import UnknownDuty
from archive.store.database import translated
from archive.store.duty_states import LOST, State, named_now, state_of, states_where
from archive.store.handle import Archive
from archive.store.journal import entries
from archive.store.tables import AssignmentRow, VersionRow
from archive.store.versions import documents_by_version
from archive.store.work_tables import DutyStateRow
from archive.values.documents import Document
from archive.values.duties import Duty, DutyPage, DutyState, LostDuty

#: Databases limit how many values a statement may have. This bounds the cost only.
_TOGETHER = 500


def duty_page(archive: Archive, duty: str, *, today: str | None = None) -> DutyPage:
    """A duty by its id, or by one that it had before: as it stands on the day ``today``, its history, oldest first, and the later papers of
    the archive that may change it. Raises UnknownDuty."""
    with translated(archive.database), archive.engine.connect() as connection:
        found = duties_where(connection, AssignmentRow.duty == named_now(connection, duty), today)[0]
        state = state_of(connection, found.id or "")
        proposed = proposals_to(connection, (found.document.id,)).get(found.document.id, ())
    names = {found.id, *(state["anchor"]["ids"] if state else ())}
    told = (entry for entry in entries(archive, document_id=found.document.id) if entry.facts.get("duty") in names)
    return DutyPage(found, tuple(reversed(tuple(told))), proposed)


def duties_named(archive: Archive, names: Collection[str]) -> dict[str, Duty]:
    """Duties by their ids, or by those that they had before; what no duty goes by is left out."""
    found: dict[str, Duty] = {}
    wanted = sorted(names)
    with translated(archive.database), archive.engine.connect() as connection:
        for start in range(0, len(wanted), _TOGETHER):
            some = duties_where(connection, AssignmentRow.duty.in_(wanted[start : start + _TOGETHER]))
            found |= {duty.id: duty for duty in some if duty.id is not None}
        for name in wanted:
            with suppress(UnknownDuty):
                if name not in found:
                    found[name] = duties_where(connection, AssignmentRow.duty == named_now(connection, name))[0]
    return found


def lost_duties(archive: Archive) -> tuple[LostDuty, ...]:
    """What was said of duties that the current version of their document no longer has, by document."""
    with translated(archive.database), archive.engine.connect() as connection:
        states = states_where(connection, DutyStateRow.duty.startswith(LOST))
        current = select(VersionRow.id).where(VersionRow.document_id.in_({state["document_id"] for state in states}), VersionRow.current)
        documents = {one.id: one for one in documents_by_version(connection, connection.scalars(current)).values()}
    return tuple(_lost(state, documents[state["document_id"]]) for state in states if state["document_id"] in documents)


def _lost(state: State, document: Document) -> LostDuty:
    anchor = state["anchor"]
    standing = DutyState(*(state[field.name] for field in fields(DutyState)))
    return LostDuty(state["duty"], tuple(anchor["ids"]), document, anchor["unit"].strip(), anchor["task"].strip(), anchor["path"], standing)
