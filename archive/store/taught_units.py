"""What users teach about units, over the rows of duties: which unit each duty belongs to.

The alias file changes the keys in the projected rows alone; the plans keep what was read, so the rows can be made anew at any time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, func, select, update

from archive.common.unit_keys import place_of_unit
from archive.errors import PlanDamaged
from archive.store.alias_file import ALIAS_FILE
from archive.store.duty_index import drop_duties, index_duties
from archive.store.tables import AssignmentRow
from archive.store.unit_aliases import TaughtUnits, keys_as_taught, read_units
from archive.store.versions import read_plan
from archive.store.work_tables import AliasRow
from archive.values.citations import UnitChange

#: (name as printed, key before, key now) of a duty.
_Moved = tuple[str, str, str]


def stored_units(connection: Connection) -> TaughtUnits:
    """The units of the alias file as it was last read."""
    text = connection.scalars(select(AliasRow.text)).first()
    return read_units(text, ALIAS_FILE) if text is not None else TaughtUnits()


def names_taught(connection: Connection) -> dict[str, str]:
    """The true names that are taught, by the key of the unit."""
    return {unit.key: unit.name for unit in stored_units(connection).units}


def keys_taught(connection: Connection, wanted: str) -> frozenset[str]:
    """The units with duties of which a taught name holds a name that is asked for (`unit_keys.plain_name`), printed anywhere or not."""
    keys = {unit.key for unit in stored_units(connection).units if any(wanted in f" {name} " for name in unit.names)}
    return frozenset(connection.scalars(select(AssignmentRow.unit_key).where(AssignmentRow.unit_key.in_(sorted(keys))).distinct()))


def teach_units(connection: Connection, before: TaughtUnits) -> tuple[UnitChange, ...]:
    """Gives the duties of the archive the units that they belong to by the stored alias file, within a transaction; ``before`` is what was
    taught till now. Returns what changed, the units with most duties first."""
    now = stored_units(connection)
    if now == before:
        return ()
    moved = Counter[_Moved]()
    for version_id in _versions_with(connection, (before, now)):
        moved.update(_move(connection, version_id, now))
    totals = _totals(connection, {key for _, _, key in moved})
    names = {unit.key: unit.name for unit in now.units}
    return tuple(
        UnitChange(printed, count, place_of_unit(old), names.get(key, printed), place_of_unit(key), totals[key], key in names)
        for (printed, old, key), count in sorted(moved.items(), key=lambda one: (-totals[one[0][2]], one[0][2], -one[1], one[0]))
    )


def _versions_with(connection: Connection, taught: Iterable[TaughtUnits]) -> list[int]:
    """The versions that print a name which is taught for some unit."""
    known = tuple(one for one in taught if one.units)
    printed = connection.scalars(select(AssignmentRow.unit).distinct())
    names = {name for name in printed if any(one.names_one(name) for one in known)}
    rows = connection.execute(select(AssignmentRow.version_id, AssignmentRow.unit).distinct())
    return sorted({row.version_id for row in rows if row.unit in names})


def _move(connection: Connection, version_id: int, taught: TaughtUnits) -> Counter[_Moved]:
    """Writes the keys of one version, and the index of its duties, where they are others now."""
    rows = connection.execute(
        select(AssignmentRow.assignment, AssignmentRow.unit, AssignmentRow.unit_key).where(AssignmentRow.version_id == version_id)
    ).all()
    try:
        plan = read_plan(connection, version_id)
    except PlanDamaged:  # `check` names it
        return Counter()
    keys = keys_as_taught(plan, taught)
    moved = [(row.assignment, row.unit, row.unit_key, keys[row.assignment]) for row in rows if row.unit_key != keys[row.assignment]]
    if moved:
        drop_duties(connection, [version_id])
        at = (AssignmentRow.version_id == version_id) & (AssignmentRow.assignment == bindparam("at"))
        statement = update(AssignmentRow).where(at).values(unit_key=bindparam("new_key"))
        connection.execute(statement, [{"at": at, "new_key": key} for at, key in {(one, key) for one, _, _, key in moved}])
        index_duties(connection, version_id)
    return Counter((unit, old, key) for _, unit, old, key in moved)


def _totals(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """How many duties each of these units has."""
    count = select(func.count()).select_from(AssignmentRow)
    return {key: connection.scalars(count.where(AssignmentRow.unit_key == key)).one() for key in keys}
