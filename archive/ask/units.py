"""The units of the archive (cơ quan, đơn vị): which there are, and all about one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, select, true

from archive.ask.duties import duties_where
from archive.ask.lineage import predecessors, successors
from archive.ask.register import tasks_of
from archive.ask.units_below import below_of
from archive.common.keys import name_key
from archive.common.unit_keys import NATION, level_of_unit, names_of_unit, place_of_unit, plain_name, split_key
from archive.errors import AmbiguousUnit, UnknownUnit
from archive.store.database import translated
from archive.store.handle import Archive
from archive.store.tables import AssignmentRow
from archive.store.taught_units import keys_taught, names_taught
from archive.store.unit_index import units_holding
from archive.values.duties import Duty, Partner, Report, UnitHint, UnitPage, UnitStep, UnitSummary
from kehoach_parser.knowledge import body_after

#: Candidates that an error names.
_CANDIDATES = 12
#: Values that a statement may have (SQLite takes 32,766).
_VALUES = 10_000


def units(
    archive: Archive, query: str = "", *, place: str | None = None, level: str | None = None, limit: int | None = None
) -> tuple[UnitSummary, ...]:
    """The units whose name holds ``query`` (marks may be left out, "UBND" is written out), those with most duties first.

    A query may end with the place ("Sở Y tế Cần Thơ"). ``place`` and ``level`` narrow as in `assignments.duties`; the place is the unit's.
    """
    wanted = plain_name(query) if query.strip() else None
    with translated(archive.database), archive.engine.connect() as connection:
        known = _summaries(connection, None if wanted is None else _keys_called(connection, wanted) | keys_taught(connection, wanted))
    found = [
        one for one in known if (level is None or one.level == level) and (place is None or name_key(place).strip() in name_key(one.place))
    ]
    ranked = sorted(found, key=lambda one: (wanted is not None and wanted not in _names(one), -one.duties, name_key(one.name), one.key))
    return _with_successors(archive, ranked[:limit]) if wanted is not None else tuple(ranked[:limit])


def _with_successors(archive: Archive, found: Sequence[UnitSummary]) -> tuple[UnitSummary, ...]:
    """The same units, each with what became of it."""
    with translated(archive.database), archive.engine.connect() as connection:
        became = successors(connection, [(one.key, one.name) for one in found])
    return tuple(replace(one, became=became.get(one.key, ())) for one in found)


def unit_page(archive: Archive, name: str, *, place: str | None = None) -> UnitPage:
    """All about the unit that goes by a name, which may end with its place, or that has this key.

    Raises UnknownUnit, and AmbiguousUnit where several go by it exactly, or several hold it and none is it.
    """
    if (own := _of_key(archive, name)) is not None:
        return _page(archive, own)
    found = units(archive, name, place=place)
    if not found:
        raise UnknownUnit(unit=name, candidates=tuple(_described(one) for one in _similar(archive, name)))
    wanted = plain_name(name)
    exact = [one for one in found if wanted in _names(one)] or [one for one in found if _split_off(one.key, _names(one), wanted)]
    chosen = exact or found
    if len(chosen) > 1:
        raise AmbiguousUnit(unit=name, candidates=tuple(_described(one) for one in chosen[:_CANDIDATES]))
    return _page(archive, chosen[0])


def _of_key(archive: Archive, key: str) -> UnitSummary | None:
    """The unit of a key; None where no unit has it."""
    with translated(archive.database), archive.engine.connect() as connection:
        if connection.scalar(select(AssignmentRow.unit_key).where(AssignmentRow.unit_key == key).limit(1)) is None:
            return None
        found = _summaries(connection, {key})
    return _with_successors(archive, found)[0]


def _page(archive: Archive, unit: UnitSummary) -> UnitPage:
    plans = select(AssignmentRow.version_id).where(AssignmentRow.unit_key == unit.key)
    with translated(archive.database), archive.engine.connect() as connection:
        every = duties_where(connection, AssignmentRow.version_id.in_(plans))
        own = tuple(duty for duty in every if duty.unit_key == unit.key)
        partners = _partners(connection, unit.key, every)
        reported_by = _reported_by(connection, unit, {duty.document.id for duty in own})
        origins = predecessors(connection, unit.key, unit.name)
        below = below_of([unit.key]).count(connection)
    return UnitPage(unit, own, partners, _reports(own), reported_by, below, origins)


def _partners(connection: Connection, key: str, every: Sequence[Duty]) -> tuple[Partner, ...]:
    """The units of the same tasks (lines of the register) where one of the two cooperates, the most frequent first."""
    leads, cooperates = Counter[str](), Counter[str]()
    for task in tasks_of(every):
        if key in task.lead_keys:
            cooperates.update(other for other in task.cooperate_keys if other != key)
        elif key in task.cooperate_keys:
            leads.update(task.lead_keys)
    known = {one.key: one for one in _summaries(connection, set(leads | cooperates))}
    ranked = sorted(leads | cooperates, key=lambda other: (-leads[other] - cooperates[other], known[other].name))
    return tuple(Partner(known[other], leads[other], cooperates[other]) for other in ranked)


def _reports(own: Sequence[Duty]) -> tuple[Report, ...]:
    grouped: dict[str, list[Duty]] = defaultdict(list)
    for duty in own:
        if duty.reports_to is not None:
            grouped[duty.reports_to].append(duty)
    return tuple(Report(name, tuple(found)) for name, found in grouped.items())


def _reported_by(connection: Connection, unit: UnitSummary, own_plans: set[int]) -> tuple[Report, ...]:
    """Who reports to a unit: by its name, in plans that name it as one with duties, or that were issued in its place.

    A body of the whole country is meant wherever it is named.
    """
    names = _names(unit)
    printed = connection.scalars(select(AssignmentRow.reports_to).where(AssignmentRow.reports_to.is_not(None)).distinct())
    said = [name for name in printed if name is not None and plain_name(name) in names]
    nearest = split_key(unit.key).scope.partition(",")[0]
    grouped: dict[str, list[Duty]] = defaultdict(list)
    for duty in duties_where(connection, AssignmentRow.reports_to.in_(said)):
        issued = plain_name(" ".join(filter(None, (duty.document.organ, duty.document.parent_organ, duty.document.place))))
        if nearest == NATION or duty.document.id in own_plans or (nearest and nearest in issued):
            grouped[duty.unit].append(duty)
    return tuple(Report(name, tuple(found)) for name, found in sorted(grouped.items()))


def _summaries(connection: Connection, keys: set[str] | None = None) -> list[UnitSummary]:
    """The units of the archive, or those with these keys."""
    columns = (AssignmentRow.unit_key, AssignmentRow.unit, AssignmentRow.role)
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    wanted = AssignmentRow.unit_key.in_(sorted(keys)) if keys is not None and len(keys) <= _VALUES else true()
    for row in connection.execute(select(*columns, func.count().label("times")).where(wanted).group_by(*columns)):
        printed[row.unit_key][row.unit] += row.times
        roles[row.unit_key][row.role] += row.times
    plans = select(AssignmentRow.unit_key, func.count(AssignmentRow.version_id.distinct()).label("plans"))
    plans = plans.where(wanted).group_by(AssignmentRow.unit_key)
    documents = {row.unit_key: row.plans for row in connection.execute(plans)}
    taught = names_taught(connection)
    return [_summary(key, printed[key], roles[key], documents[key], taught.get(key)) for key in sorted(printed if keys is None else keys)]


def _summary(key: str, printed: Counter[str], roles: Counter[str], documents: int, taught: str | None) -> UnitSummary:
    name, *aliases = sorted({*printed, *([taught] if taught else [])}, key=lambda each: (each != taught, -printed[each], each))
    counted = dict(sorted(roles.items()))
    return UnitSummary(key, name, tuple(aliases), place_of_unit(key), level_of_unit(name, key), roles.total(), documents, counted)


def _names(unit: UnitSummary) -> set[str]:
    return {name for printed in (unit.name, *unit.aliases) for name in names_of_unit(printed, unit.key)}


#: Words of a question that may be the name of a unit, with words of its place behind it: more than a name of a unit has.
_LONGEST_NAME = 60


def _keys_called(connection: Connection, wanted: str) -> set[str]:
    """The keys of the units whose name holds these words, or begins them and is followed by words of its place."""
    words = wanted.split()
    beginnings = (f" {' '.join(words[:end])} " for end in range(1, min(len(words), _LONGEST_NAME)))
    known = units_holding(connection, wanted, beginnings)
    return {key for key, names in known.items() if any(wanted in name for name in names) or _split_off(key, names, wanted)}


def _split_off(key: str, names: Iterable[str], wanted: str) -> bool:
    """Whether the words are the unit's name and, after it, words of its place ("so y te can tho")."""
    own_names = [name for name in names if wanted.startswith(name)]
    words, place = wanted.split(), plain_name(place_of_unit(key)) if own_names else ""
    for name in own_names:
        own = name.split()
        rest = words[len(own) :]
        if own and rest and words[: len(own)] == own and f" {' '.join(rest)} " in place:
            return True
    return False


def _similar(archive: Archive, name: str) -> list[UnitSummary]:
    """Units that have the most words of a name."""
    words = set(plain_name(name).split())
    scored = [(len(words & set(" ".join(_names(one)).split())), one) for one in units(archive)]
    best = sorted((entry for entry in scored if entry[0] > len(words) // 2), key=lambda entry: -entry[0])
    return [one for _, one in best[: _CANDIDATES // 2]]


def _described(unit: UnitSummary) -> str:
    return f"{unit.name} ({unit.place})" if unit.place else unit.name


def unit_hints(archive: Archive, name: str, *, place: str | None = None) -> tuple[UnitHint, ...]:
    """What became of the units that go by a name and no longer stand, those with most duties first.

    Where the archive has no such unit, the body of that name (`kehoach_parser.body_after`): with the units of the archive that took its
    place, or without any where it has none of these either.
    """
    found = units(archive, name, place=place)
    if found:
        return hints_of(found)
    after = body_after(name)
    if after is None or after.key is None or after.name is None:
        return ()
    core = plain_name(after.key)
    heirs = [one for one in units(archive, after.name, place=place) if plain_name(split_key(one.key).name) == core]
    steps = [UnitStep(one.key, one.name, one.place, after.since, after.source, one.duties, one.documents) for one in heirs]
    return tuple(UnitHint(name, step.place, (step,)) for step in steps or [UnitStep(None, after.name, "", after.since, after.source, 0, 0)])


def hints_of(found: tuple[UnitSummary, ...]) -> tuple[UnitHint, ...]:
    """The hints about units that were asked for by name."""
    return tuple(UnitHint(one.name, one.place, one.became) for one in found if one.became)
