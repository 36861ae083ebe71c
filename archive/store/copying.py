"""All rows of an archive from one database to another, of whatever kind both are, and proof that they arrived."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, Select, Table, insert, select, text

from archive.store.columns import Base
from archive.store.database import writing
from archive.store.duty_index import index_signs
from archive.store.tables import AssignmentRow
from archive.store.views import VIEWS
from archive.store.work_tables import StampRow

_ROWS = 500
#: What a database knows of its own folder and index, which another has not got.
_OWN_STAMPS = ("folder", "index")
#: The tables that are none of `Base`'s.
_BESIDE = ("duty_sign_counts", "duty_signs", "fulltext_parts", "fulltext_texts", "alembic_version")


@dataclass(frozen=True, slots=True)
class TableCopy:
    """How many rows of a table came, and the hash of all that stands in them."""

    name: str
    rows: int
    sha256: str


def copy_rows(source: Connection, target: Connection) -> tuple[TableCopy, ...]:
    """Copies every table into the empty tables of another database, with the numbers that are never given again; the index of duties is
    made of the rows. Returns what was read."""
    copies = []
    for table in Base.metadata.sorted_tables:
        copies.append(_read(source, table, partial(target.execute, insert(table))))
        if _counts(table):
            _set_last(target, table.name, _last(source, table.name))
    for version_id in target.scalars(select(AssignmentRow.version_id).distinct()).all():
        index_signs(target, version_id)
    if target.dialect.name == "postgresql":
        target.execute(text("ANALYZE"))  # else it plans for empty tables until its own turn comes
    return tuple(copies)


def table_copies(connection: Connection) -> tuple[TableCopy, ...]:
    """What stands in every table, as `copy_rows` tells it."""
    return tuple(_read(connection, table) for table in Base.metadata.sorted_tables)


def drop_tables(engine: Engine) -> None:
    """Takes an archive out of a database, and nothing else that may be there."""
    with writing(engine).begin() as connection:
        for name in VIEWS:
            connection.execute(text(f"DROP VIEW {name}"))
        Base.metadata.drop_all(connection)
        for name in _BESIDE:
            connection.execute(text(f"DROP TABLE IF EXISTS {name}"))


def _read(connection: Connection, table: Table, take: Callable[[list[dict[str, Any]]], object] = lambda _: None) -> TableCopy:
    """What stands in a table, some of whose rows at a time are handed on."""
    digest, rows = hashlib.sha256(), _rows(connection, table)
    count = 0
    while some := list(islice(rows, _ROWS)):
        take(some)
        count += len(some)
        for row in some:
            digest.update(json.dumps(row, sort_keys=True, default=str).encode())
    return TableCopy(table.name, count, digest.hexdigest())


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    query: Select[Any] = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_ROWS)
    if table is StampRow.__table__:
        query = query.where(StampRow.name.not_in(_OWN_STAMPS))
    for row in connection.execute(query):
        yield dict(row._mapping)


def _counts(table: Table) -> bool:
    """Whether the database itself gives the rows of a table their numbers, each only once."""
    return bool(table.dialect_kwargs.get("sqlite_autoincrement"))


def _last(connection: Connection, name: str) -> int:
    """The last number that was given to a row of a table."""
    if connection.dialect.name == "postgresql":
        found = connection.execute(text(f"SELECT last_value, is_called FROM {name}_id_seq")).one()
        return int(found.last_value) if found.is_called else 0
    return connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": name}) or 0


def _set_last(connection: Connection, name: str, last: int) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval(:sequence, :last, :called)"), _sequence(name, last))
        return
    connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
    if last:
        connection.execute(text("INSERT INTO sqlite_sequence(name, seq) VALUES (:name, :last)"), {"name": name, "last": last})


def _sequence(name: str, last: int) -> dict[str, str | int | bool]:
    return {"sequence": f"{name}_id_seq", "last": max(last, 1), "called": last > 0}
