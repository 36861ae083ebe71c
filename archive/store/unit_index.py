"""The names that the units of the archive go by, how many duties each has and in which plans: small tables beside the duties, written in
the transaction that writes these.

A name is asked for among some ten thousand units, not among all duties that these have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from pyroaring import FrozenBitMap
from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, exists, func, insert, or_, select, tuple_, update

from archive.common.keys import name_key
from archive.common.unit_keys import names_of_unit, place_of_unit, plain_name
from archive.store.database import in_chunks
from archive.store.tables import AssignmentRow, UnitCountRow, UnitNameRow, UnitPlansRow

_SAME_UNIT = and_(AssignmentRow.unit_key == UnitNameRow.unit_key, AssignmentRow.unit == UnitNameRow.unit)


def index_units(connection: Connection, version_id: int) -> None:
    """Writes the names of the units of a version, whose rows are there, that are not known yet, and counts its duties."""
    units = select(AssignmentRow.unit_key, AssignmentRow.unit).where(AssignmentRow.version_id == version_id, ~exists().where(_SAME_UNIT))
    if values := [values for row in connection.execute(units.distinct()) for values in name_rows(row.unit_key, row.unit)]:
        connection.execute(insert(UnitNameRow), values)
    _count(connection, version_id, 1)
    _name(connection, version_id, FrozenBitMap.union)


def drop_units(connection: Connection, version_ids: Sequence[int]) -> None:
    """Takes out the names of units that only these versions name, before their rows go."""
    named = select(AssignmentRow.unit_key, AssignmentRow.unit).where(AssignmentRow.version_id.in_(version_ids))
    elsewhere = exists().where(_SAME_UNIT, AssignmentRow.version_id.not_in(version_ids))
    connection.execute(delete(UnitNameRow).where(tuple_(UnitNameRow.unit_key, UnitNameRow.unit).in_(named), ~elsewhere))


def uncount_units(connection: Connection, version_id: int) -> None:
    """Takes the duties of a version, which were counted, off again, before its rows go."""
    _count(connection, version_id, -1)
    _name(connection, version_id, FrozenBitMap.difference)


def clear_units(connection: Connection) -> None:
    """Forgets all names and counts."""
    connection.execute(delete(UnitNameRow))
    connection.execute(delete(UnitCountRow))
    connection.execute(delete(UnitPlansRow))


_NAMED = select(AssignmentRow.unit_folded).where(AssignmentRow.version_id == bindparam("plan")).distinct()
_PLANS = select(UnitPlansRow.unit_folded, UnitPlansRow.plans).where(UnitPlansRow.unit_folded.in_(bindparam("names", expanding=True)))


def _name(connection: Connection, version_id: int, joined: Callable[[FrozenBitMap, FrozenBitMap], FrozenBitMap]) -> None:
    """Puts a version to the plans of the names of its units, or takes it from them."""
    names = list(connection.scalars(_NAMED, {"plan": version_id}))
    known = {name: plans for some in in_chunks(names) for name, plans in connection.execute(_PLANS, {"names": some})}
    sets = {name: joined(known.get(name, FrozenBitMap()), FrozenBitMap([version_id])) for name in names}
    for some in in_chunks(known):
        connection.execute(delete(UnitPlansRow).where(UnitPlansRow.unit_folded.in_(some)))
    if rows := [{"unit_folded": name, "amount": len(plans), "plans": plans} for name, plans in sets.items() if plans]:
        connection.execute(insert(UnitPlansRow), rows)


def _count(connection: Connection, version_id: int, sign: int) -> None:
    """Adds the duties of a version to those of their units, or takes them off."""
    own = select(AssignmentRow.unit_key, func.count()).where(AssignmentRow.version_id == version_id).group_by(AssignmentRow.unit_key)
    for key, duties in connection.execute(own).all():
        counted = update(UnitCountRow).where(UnitCountRow.unit_key == key)
        more = {"duties": UnitCountRow.duties + sign * duties, "documents": UnitCountRow.documents + sign}
        if connection.execute(counted.values(**more)).rowcount == 0:
            connection.execute(insert(UnitCountRow).values(unit_key=key, duties=sign * duties, documents=sign))
    if sign < 0:
        connection.execute(delete(UnitCountRow).where(UnitCountRow.duties <= 0))


def name_rows(key: str, unit: str) -> list[dict[str, str]]:
    """The rows of a unit as it is printed: one for each name that it goes by."""
    place = name_key(place_of_unit(key))
    return [{"unit_key": key, "unit": unit, "name": name, "place": place} for name in names_of_unit(unit, key)]


def units_holding(connection: Connection, name: str, or_named: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """The units of which a name holds this one, or is one of ``or_named``, by key, with these names (all as `unit_keys.plain_name`)."""
    called = or_(UnitNameRow.name.contains(name), UnitNameRow.name.in_(tuple(or_named)))
    found: dict[str, list[str]] = defaultdict(list)
    for key, each in connection.execute(select(UnitNameRow.unit_key, UnitNameRow.name).where(called).distinct()):
        found[key].append(each)
    return {key: tuple(names) for key, names in found.items()}


def receivers(connection: Connection, names: Iterable[str]) -> dict[str, str]:
    """The names, as printed, of those to whom reports go that one of these folded names means (`unit_keys.plain_name`). Each with the words
    that are left of it, between blanks, where "UBND tỉnh Nghệ An" is asked for and "UBND tỉnh" printed: what the plan's place has to say.
    """
    wanted = tuple(names)
    found: dict[str, str] = {}
    for printed in connection.scalars(select(AssignmentRow.reports_to).where(AssignmentRow.reports_to.is_not(None)).distinct()):
        own = plain_name(printed or "")
        left = [name[len(own) - 1 :] for name in wanted if own.strip() and name.startswith(own)]
        if any(name in own for name in wanted):
            found[str(printed)] = ""
        elif left:
            found[str(printed)] = min(left, key=len)
    return found


def keys_of_units(connection: Connection, condition: ColumnElement[bool], most: int | None = None) -> tuple[str, ...]:
    """The keys of the units for which a condition on their names and places holds, ``most`` of them."""
    return tuple(connection.scalars(select(UnitNameRow.unit_key).where(condition).distinct().limit(most)))
