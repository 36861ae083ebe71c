"""How duties stand, as people say: kept by the id of the duty, and led along where a new version has the task under another number.

A state is anchored by its unit and the folded words of its task. When the rows of a document are made anew, each state goes to the row that
has both; the id alone does not hold it, for another task may have that place now. What fits no row any more is kept under an id that no row
has (`LOST`) until a person decides, or a later version has the task again.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Text, cast, delete, insert, select, update

from archive.common.differences import ALIKE, alike
from archive.common.keys import name_key
from archive.errors import UnknownDuty
from archive.store.tables import AssignmentRow, NodeRow, VersionRow
from archive.store.work_tables import DutyStateRow
from archive.values.duties import DutyState

#: What the id of a state begins with that fits no duty any more.
LOST = "lost-"
_Row = Row[*tuple[Any, ...]]
_FIELDS = tuple(each.name for each in fields(DutyState))
#: What is asked of each duty; all are empty where nothing was said, as of most. The rest is read by `standings`.
STATE_COLUMNS = tuple(getattr(DutyStateRow, name).label(f"said_{name}") for name in ("state", "day", "moved_to"))
#: A row of duty_states by its columns.
State = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Place:
    """A duty as a state finds it again: its words, its unit by key and by folded name."""

    duty: str
    path: str | None
    unit_key: str
    unit: str
    task: str

    def likeness(self, anchor: Mapping[str, Any], known: Container[str]) -> float:
        """How much the task is the one that the state was said of; 0 where the unit is another. A duty of the same id (``known`` are those
        of the state) has the same unit as read, whatever was corrected."""
        if self.duty not in known and anchor["unit_key"] != self.unit_key and anchor["unit"] != self.unit:
            return 0.0
        return 1.0 if anchor["task"] == self.task else alike(anchor["task"], self.task)


def standings(connection: Connection, rows: Sequence[_Row]) -> dict[str, DutyState]:
    """What was said of duties, by their ids, from rows with STATE_COLUMNS."""
    ids = [row.duty for row in rows if row.said_state is not None]
    told = states_where(connection, DutyStateRow.duty.in_(ids)) if ids else ()
    return {state["duty"]: DutyState(*(state[name] for name in _FIELDS)) for state in told}


def anchor_of(connection: Connection, duty: str) -> dict[str, Any]:
    """What the state of a duty is found again by. ``ids`` are the ids that the duty had before this one."""
    place = next(iter(_places(connection, AssignmentRow.duty == duty)))
    return {"path": place.path, "unit_key": place.unit_key, "unit": place.unit, "task": place.task, "ids": []}


def named_now(connection: Connection, duty: str) -> str:
    """The id of a duty by this one, or by one that it had before, as far as something was said of it. Raises UnknownDuty."""
    known = duty.strip().lower()
    if connection.scalar(select(AssignmentRow.duty).where(AssignmentRow.duty == known).limit(1)) is not None:
        return known
    led = [str(state["duty"]) for state in _once_named(connection, known)]
    if not led or led[0].startswith(LOST):
        raise UnknownDuty(duty=duty)
    return led[0]


def lost_named(connection: Connection, name: str) -> State:
    """A state that has lost its duty, by what it is called since, or by the id of the duty. Raises UnknownDuty."""
    known = name.strip().lower()
    state = state_of(connection, known if known.startswith(LOST) else LOST + known)
    if state is None:
        raise UnknownDuty(duty=name)
    return state


def state_of(connection: Connection, duty: str) -> State | None:
    """What was said of a duty."""
    return next(iter(states_where(connection, DutyStateRow.duty == duty)), None)


def state_since(connection: Connection, duty: str, task: str) -> State | None:
    """What is said now of a duty that had this id and these words when something was said of it."""
    states = [*states_where(connection, DutyStateRow.duty == duty), *_once_named(connection, duty)]
    return next((state for state in states if state["anchor"]["task"] == task), states[0] if states else None)


def _once_named(connection: Connection, duty: str) -> list[State]:
    # JSON text holds an id between quotation marks: what this finds is looked at.
    held = states_where(connection, cast(DutyStateRow.anchor, Text).contains(f'"{duty}"', autoescape=True))
    return [state for state in held if duty in state["anchor"]["ids"]]


def states_where(connection: Connection, condition: ColumnElement[bool]) -> list[State]:
    """The rows for which a condition holds, by document and id."""
    query = select(*DutyStateRow.__table__.columns).where(condition).order_by(DutyStateRow.document_id, DutyStateRow.duty)
    return [dict(row._mapping) for row in connection.execute(query)]


def put_state(connection: Connection, duty: str, state: State | None) -> None:
    """Puts a row in the place of the one that a duty has; None takes it away."""
    connection.execute(delete(DutyStateRow).where(DutyStateRow.duty == duty))
    if state is not None:
        connection.execute(insert(DutyStateRow).values(**state))


def as_json(state: State | None) -> State | None:
    """A row as the journal keeps it."""
    return None if state is None else {**state, "at": state["at"].isoformat()}


def from_json(state: Mapping[str, Any] | None) -> State | None:
    """The row that the journal kept."""
    return None if state is None else {**state, "at": datetime.fromisoformat(state["at"])}


def follow(connection: Connection, document_id: int, *, ids_hold: bool = False) -> None:
    """Leads the states of a document to the duties that its current version has; what fits none stays, under a name of its own. Where only
    corrections have changed, an id means the same duty as before, whatever its unit and words are now (``ids_hold``)."""
    states = states_where(connection, DutyStateRow.document_id == document_id)
    if not states:
        return
    current = select(VersionRow.id).where(VersionRow.document_id == document_id, VersionRow.current)
    places = _places(connection, AssignmentRow.version_id.in_(current))
    sure = {place.duty: place for place in places} if ids_hold else {}
    found = _placed(states, places, {state["duty"]: sure[state["duty"]] for state in states if state["duty"] in sure})
    taken = {state["duty"] for state in states}
    led = [_led(state, found.get(state["duty"]), taken) for state in states]
    if led != states:
        connection.execute(delete(DutyStateRow).where(DutyStateRow.document_id == document_id))
        connection.execute(insert(DutyStateRow), led)


def adopt(connection: Connection, document_id: int, other: int) -> None:
    """Makes the states of another document those of this one, whose paper it is."""
    connection.execute(update(DutyStateRow).where(DutyStateRow.document_id == other).values(document_id=document_id))
    follow(connection, document_id)


def pass_on(connection: Connection, document_id: int, other: int) -> None:
    """Gives states of a document that fit none of its duties to another one, as far as they fit a duty of that."""
    lost = states_where(connection, (DutyStateRow.document_id == document_id) & DutyStateRow.duty.startswith(LOST))
    own = DutyStateRow.duty.in_({state["duty"] for state in lost})
    connection.execute(update(DutyStateRow).where(own).values(document_id=other))
    follow(connection, other)
    connection.execute(update(DutyStateRow).where(own).values(document_id=document_id))


def _places(connection: Connection, condition: ColumnElement[bool]) -> list[_Place]:
    is_node = (NodeRow.version_id == AssignmentRow.version_id) & (NodeRow.node == AssignmentRow.node)
    columns = (AssignmentRow.duty, NodeRow.path, AssignmentRow.unit_key, AssignmentRow.unit_folded, AssignmentRow.task)
    query = select(*columns).select_from(AssignmentRow).outerjoin(NodeRow, is_node).where(condition)
    rows = connection.execute(query.order_by(AssignmentRow.version_id, AssignmentRow.ordinal))
    return [_Place(duty or "", path, key, unit, name_key(task or "")) for duty, path, key, unit, task in rows]


def _placed(states: Sequence[State], places: Sequence[_Place], sure: Mapping[str, _Place]) -> dict[str, _Place]:
    """The place of each state by its id, those that are ``sure`` first, then the surest: the same words before others, its own place before
    others. Of two places that are as good, neither its own, none is taken."""
    fits = []
    for state in states:
        known = [state["duty"], *state["anchor"]["ids"]]
        shares = [(place.likeness(state["anchor"], known), place) for place in places]
        of_state = [(-share, place.duty not in known, place) for share, place in shares if share >= ALIKE]
        alone = [fit for fit in of_state if not fit[1] or sum(fit[:2] == other[:2] for other in of_state) == 1]
        fits += [(*fit, state["duty"]) for fit in alone]
    found = dict(sure)
    taken = {place.duty for place in found.values()}
    for _, _, place, duty in sorted(fits, key=lambda fit: fit[:2]):
        if duty not in found and place.duty not in taken:
            found[duty] = place
            taken.add(place.duty)
    return found


def _led(state: State, place: _Place | None, taken: set[str]) -> State:
    """A state at its place, or lost; ids that are ``taken`` no lost one gets."""
    anchor, own = state["anchor"], state["duty"]
    before = anchor["ids"] if own.startswith(LOST) else list(dict.fromkeys((*anchor["ids"], own)))
    if place is not None:
        ids = [each for each in before if each != place.duty]
        known = {"path": place.path, "unit_key": place.unit_key, "unit": place.unit, "task": place.task, "ids": ids}
        return {**state, "duty": place.duty, "anchor": known}
    if own.startswith(LOST):
        return state
    name = lost_name(own, taken)
    taken.add(name)
    return {**state, "duty": name, "anchor": {**anchor, "ids": before}}


def lost_name(duty: str, taken: Container[str]) -> str:
    """What a state is called that has lost its duty: "lost-d7f3a9c2e1", "lost-d7f3a9c2e1-2" where that is ``taken``."""
    names = (LOST + duty if number == 1 else f"{LOST}{duty}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)
