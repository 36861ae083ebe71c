"""The index of duties: which duties hold a word, two words side by side, a unit, a place, a level, a role or a month.

Beside the rows stands an inverted index of the database that keeps, for each *sign*, the numbers of the duties that bear it, and nothing
else (`sign_tables`); it is written in the transaction that writes the rows. Words are kept singly and in pairs without positions, which
answers phrases many times faster than positions do; what it finds is looked at more closely in the rows (`assignments`), so a run of three
words that only looks like one does no harm. Signs of words are folded; "u:", "p:", "l:", "r:", "d:" begin those of unit, place, level, role
and month of the deadline, "~" those of skeletons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, and_, select

from archive.common.keys import SEGMENT, name_key
from archive.common.unit_keys import level_of_unit, names_of_unit, place_of_duty
from archive.store.sign_tables import sign_table
from archive.store.tables import AssignmentRow, DateRow, VersionRow
from archive.store.unit_index import clear_units, drop_units, index_units, uncount_units

#: Duties of one version that have a number of their own.
_ROOM = 1 << 20
_NOT_SIGN = re.compile(r"[^\w*:~]")


def words_signs(words: Sequence[str], kind: str = "") -> set[str]:
    """The signs that a text with these folded words side by side bears: each word, each pair."""
    return {_sign(f"{kind}{word}") for word in words} | pair_signs(words, kind)


def pair_signs(words: Sequence[str], kind: str = "") -> set[str]:
    """The signs of each two words side by side; of a word by itself its own."""
    if len(words) == 1:
        return {_sign(f"{kind}{words[0]}")}
    return {_sign(f"{kind}{first}_{second}") for first, second in pairwise(words)}


def all_of(signs: Iterable[str]) -> str:
    """The expression that asks for duties with all of these signs."""
    return f"({' AND '.join(_quoted(sign) for sign in sorted(signs))})"


def any_of(expressions: Iterable[str]) -> str:
    """The expression that asks for what any of these expressions asks for."""
    return f"({' OR '.join(expressions)})"


def both(*expressions: str) -> str:
    """The expression that asks for what all of these expressions ask for."""
    return f"({' AND '.join(expressions)})"


def but_not(expression: str, others: Sequence[str]) -> str:
    """The expression that asks for what one asks for and none of the others does."""
    return f"({expression} NOT {any_of(others)})" if others else expression


def find_duties(
    connection: Connection, expression: str, version_id: int | None = None, behind: tuple[int, int] | None = None
) -> Iterator[tuple[int, int]]:
    """(version, ordinal) of the duties that an expression asks for, in their order; ``version_id``: of this version alone; ``behind``: of
    those after this one alone."""
    first, end = _numbers(version_id)
    if behind is not None:
        first = max(first, behind[0] * _ROOM + behind[1] + 1)
    for number in sign_table(connection).find(expression, first, end):
        yield divmod(number, _ROOM)


def _numbers(version_id: int | None) -> tuple[int, int]:
    return (version_id * _ROOM, (version_id + 1) * _ROOM) if version_id is not None else (0, 1 << 62)


def count_found(connection: Connection, expression: str, version_id: int | None = None) -> int:
    """How many duties an expression asks for."""
    return sign_table(connection).count(expression, *_numbers(version_id))


def count_signs(connection: Connection, signs: Iterable[str]) -> dict[str, int]:
    """How many duties bear each of these signs."""
    table = sign_table(connection)
    return {sign: table.bearing(sign) for sign in signs}


def index_duties(connection: Connection, version_id: int) -> None:
    """Writes the signs of the duties of a version, whose rows are there, and the names of their units."""
    index_units(connection, version_id)
    index_signs(connection, version_id)


def index_signs(connection: Connection, version_id: int) -> None:
    """Writes the signs alone."""
    if rows := list(_signs(connection, version_id)):
        sign_table(connection).add(rows)


def drop_duties(connection: Connection, version_ids: Sequence[int]) -> None:
    """Takes the signs of versions out of the index, before their rows go, and the names of units that no other version has."""
    drop_units(connection, version_ids)
    table = sign_table(connection)
    for version_id in version_ids:
        there = set(table.numbers(*_numbers(version_id)))
        if rows := [(number, signs) for number, signs in _signs(connection, version_id) if number in there]:
            table.drop(rows)
            uncount_units(connection, version_id)


def clear_duties(connection: Connection) -> None:
    """Empties the index."""
    clear_units(connection)
    sign_table(connection).clear()


def count_duties(connection: Connection) -> int:
    """How many duties the index knows."""
    return sign_table(connection).total()


def _signs(connection: Connection, version_id: int) -> Iterator[tuple[int, str]]:
    columns = (AssignmentRow.ordinal, AssignmentRow.words, AssignmentRow.skeletons, AssignmentRow.unit, AssignmentRow.unit_key)
    issued = (VersionRow.organ, VersionRow.place, VersionRow.parent_organ)
    query = (
        select(*columns, AssignmentRow.role, AssignmentRow.recurs, DateRow.last, *issued)
        .join(VersionRow, VersionRow.id == AssignmentRow.version_id)
        .outerjoin(DateRow, and_(DateRow.version_id == AssignmentRow.version_id, DateRow.ordinal == AssignmentRow.deadline))
        .where(AssignmentRow.version_id == version_id)
    )
    for row in connection.execute(query):
        yield version_id * _ROOM + row.ordinal, " ".join(sorted(signs_of(dict(row._mapping))))


def signs_of(row: Mapping[str, Any]) -> set[str]:
    """The signs of a duty from its row and those of its deadline and its version."""
    signs = {f"r:{row['role']}"}
    for segment in row["words"].split(SEGMENT):
        signs |= words_signs(segment.split())
    signs |= pair_signs(row["skeletons"].split(), "~")
    for name in names_of_unit(row["unit"], row["unit_key"]):
        signs |= words_signs(name.split(), "u:")
    signs |= words_signs(name_key(place_of_duty(row["unit_key"], row["organ"], row["place"], row["parent_organ"])).split(), "p:")
    if level := level_of_unit(row["unit"], row["unit_key"]):
        signs.add(f"l:{level}")
    if row["recurs"]:
        signs.add("d:recurs")
    elif row["last"]:
        signs.add(month_sign(row["last"]))
    return signs


def month_sign(day: str) -> str:
    """The sign of the month of a deadline, YYYY-MM-DD or YYYY-MM."""
    return f"d:{day[:4]}_{day[5:7]}"


def _sign(raw: str) -> str:
    return _NOT_SIGN.sub("_", raw)


def _quoted(sign: str) -> str:
    return f'"{sign}"'
