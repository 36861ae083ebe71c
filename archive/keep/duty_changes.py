"""What people say of duties: done, moved, cancelled, who is in charge. Each change is an entry of the journal and can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from archive.ask.documents import find_document
from archive.ask.duties import duties_where
from archive.ask.register import tasks_of
from archive.common.duty_states import DONE, MOVED, OPEN, STATES
from archive.errors import AmbiguousDocument, BadDate, BadDutyState, MovedWithoutDay, UnknownDocument
from archive.fulltext.filters import one_day
from archive.store.database import translated, writing
from archive.store.duty_states import (
    State,
    anchor_of,
    as_json,
    follow,
    from_json,
    lost_named,
    named_now,
    put_state,
    state_of,
    state_since,
)
from archive.store.handle import Archive
from archive.store.journal import note
from archive.store.tables import AssignmentRow
from archive.store.versions import current_of
from archive.values.citations import Change
from archive.values.documents import Fact
from archive.values.duties import Duty, DutyEdit
from archive.values.work import Entry

ACTION = "duty"
#: What is said of the unit that leads a line of the register holds for all on that line; result, note and person are those of one.
_OF_ALL = ("state", "day", "moved_to", "moved_by")
_NOTHING: State = {"state": OPEN, "day": None, "moved_to": None, "moved_by": None, "result": None, "note": None, "person": None}


def set_duty(archive: Archive, duty: str, edit: DutyEdit, *, now: datetime) -> Duty:
    """Says how a duty stands; returns it as it stands then. What is said of the unit that leads a line of the register holds for the others
    on that line, too, unless something else was said of them: state, day, and to when and by what it was moved.

    A ``day`` alone says that it is done, ``moved_to`` alone that it is moved; "open" takes both away. ``moved_by`` may name a document of
    the archive. Raises UnknownDuty, BadDutyState, MovedWithoutDay, BadDate.
    """
    return set_duties(archive, {duty: edit}, now=now)[0]


def set_duties(archive: Archive, edits: Mapping[str, DutyEdit], *, now: datetime) -> tuple[Duty, ...]:
    """`set_duty` of several, all or none; an entry of the journal for each that changes something."""
    clear = {duty: _clear(archive, edit) for duty, edit in edits.items()}
    with translated(archive.database), writing(archive.engine).begin() as connection:
        lines = _Lines(connection)
        return tuple(_set(connection, archive, lines, duty, edit, now) for duty, edit in clear.items())


def place_duty(archive: Archive, lost: str, duty: str, *, now: datetime) -> Duty:
    """Gives what was said of a duty that is no longer there ("lost-d7f3a9c2e1") to a duty that is. Raises UnknownDuty."""
    with translated(archive.database), writing(archive.engine).begin() as connection:
        said, to = lost_named(connection, lost), named_now(connection, duty)
        before, found = state_of(connection, to), duties_where(connection, AssignmentRow.duty == to)[0]
        anchor = {**anchor_of(connection, to), "ids": said["anchor"]["ids"]}
        put_state(connection, said["duty"], None)
        put_state(connection, to, {**said, "duty": to, "document_id": found.document.id, "anchor": anchor, "who": archive.who, "at": now})
        rows = [_undoing(said["duty"], said["anchor"], said), _undoing(to, anchor, before)]
        facts: dict[str, Fact] = {"duty": to, "unit": found.unit, "placed": said["duty"]}
        note(connection, archive, now, ACTION, found.document.id, facts=facts, before={"rows": rows})
        return duties_where(connection, AssignmentRow.duty == to)[0]


def undo_duty(archive: Archive, entry: Entry, before: dict[str, Any], now: datetime) -> tuple[Change, ...]:
    """Takes back what an entry of the journal says of duties; no citation means something else by that. A duty that has another id since
    (a new version of its plan) is found by it."""
    with translated(archive.database), writing(archive.engine).begin() as connection:
        rows = []
        for each in reversed(before["rows"]):
            was, here = from_json(each["row"]), state_since(connection, each["duty"], each["task"])
            rows.append({**each, "duty": here["duty"] if here is not None else each["duty"], "row": as_json(here)})
            if here is not None:
                put_state(connection, here["duty"], None)
            if was is not None and here is not None:
                was |= {"duty": here["duty"], "anchor": here["anchor"]}
            if was is not None:
                put_state(connection, was["duty"], was)
        if entry.document_id is not None:
            follow(connection, entry.document_id)
        facts = {name: value for name, value in entry.facts.items() if name in ("duty", "unit")}
        note(connection, archive, now, ACTION, entry.document_id, facts=facts, before={"rows": rows})
    return ()


class _Lines:
    """The duties of documents by their ids, and with each one that leads a line of the register the others on it."""

    def __init__(self, connection: Connection) -> None:
        self._read = partial(duties_where, connection)
        self._of_duty: dict[str, tuple[Duty, ...]] = {}

    def of(self, duty: str) -> tuple[Duty, ...]:
        """The duty, and those on the line that it leads."""
        if duty not in self._of_duty:
            (found,) = self._read(AssignmentRow.duty == duty)[:1]
            every = self._read(current_of(found.document.id))
            self._of_duty |= {each.id: (each,) for each in every if each.id is not None}
            self._of_duty |= {task.id: task.duties for task in tasks_of(every) if task.id is not None}
        return self._of_duty[duty]


def _clear(archive: Archive, edit: DutyEdit) -> DutyEdit:
    """What is said, with the state that it means and the days as days. Raises BadDutyState, BadDate."""
    state = edit.state or (DONE if edit.day else MOVED if edit.moved_to else None)
    if state is not None and state not in STATES:
        raise BadDutyState(state=state, states=STATES)
    return replace(edit, state=state, day=_day(edit.day), moved_to=_day(edit.moved_to), moved_by=_document(archive, edit.moved_by))


def _day(value: str | None) -> str | None:
    if not value:
        return value
    if (day := one_day(value)) is None:
        raise BadDate(value=value)
    return day


def _document(archive: Archive, ref: str | None) -> str | None:
    """The symbol of a document of the archive, which says more than its number; else what was typed."""
    try:
        return (find_document(archive, ref).symbol if ref else None) or ref
    except (UnknownDocument, AmbiguousDocument):
        return ref


def _set(connection: Connection, archive: Archive, lines: _Lines, duty: str, edit: DutyEdit, now: datetime) -> Duty:
    first, *others = lines.of(named_now(connection, duty))
    assert first.id is not None
    before = state_of(connection, first.id)
    after = _after(before, edit)
    rows = list(_put(connection, archive, [(first, before, after)], now))
    together = [(other, state_of(connection, other.id or "")) for other in others]
    same = [(other, was, _with(was, after)) for other, was in together if _common(was) == _common(before)]
    rows += _put(connection, archive, same, now)
    if rows:
        changed = {name: after[name] or "" for name in _NOTHING if after[name] != (before or _NOTHING)[name]}
        facts: dict[str, Fact] = {"duty": first.id, "unit": first.unit, **changed}
        note(connection, archive, now, ACTION, first.document.id, facts=facts, before={"rows": rows})
    return duties_where(connection, AssignmentRow.duty == first.id)[0]


def _after(before: State | None, edit: DutyEdit) -> State:
    """The state that a duty has once this is said. Raises MovedWithoutDay."""
    said = {name: value or None for name, value in asdict(edit).items() if value is not None}
    after = {**{name: (before or _NOTHING)[name] for name in _NOTHING}, **said}
    if after["state"] != DONE:
        after["day"] = None
    if after["state"] == OPEN:
        after |= {"moved_to": None, "moved_by": None}
    if after["state"] == MOVED and after["moved_to"] is None:
        raise MovedWithoutDay(duty=(before or {}).get("duty"))
    return after


def _common(state: State | None) -> tuple[object, ...]:
    return tuple((state or _NOTHING)[name] for name in _OF_ALL)


def _with(before: State | None, lead: State) -> State:
    return {**{name: (before or _NOTHING)[name] for name in _NOTHING}, **{name: lead[name] for name in _OF_ALL}}


def _put(
    connection: Connection, archive: Archive, changes: list[tuple[Duty, State | None, State]], now: datetime
) -> Iterator[dict[str, Any]]:
    """Keeps what is said where it changes something; yields for each what undoing it needs. A duty of which nothing is said has no row."""
    for duty, before, after in changes:
        if duty.id is None or after == {name: (before or _NOTHING)[name] for name in _NOTHING}:
            continue
        anchor = before["anchor"] if before else anchor_of(connection, duty.id)
        row = {"duty": duty.id, "document_id": duty.document.id, **after, "anchor": anchor, "who": archive.who, "at": now}
        put_state(connection, duty.id, None if after == _NOTHING else row)
        yield _undoing(duty.id, anchor, before)


def _undoing(duty: str, anchor: dict[str, Any], before: State | None) -> dict[str, Any]:
    """What undoing needs: the duty by its id and words, and its row as it was."""
    return {"duty": duty, "task": anchor["task"], "row": as_json(before)}
