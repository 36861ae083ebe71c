"""What of the archive is in doubt: what its plans leave so (`common.doubts`), less what people have settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from archive.common.doubts import FIELD_OF
from archive.store.tables import VersionRow
from archive.store.work_tables import CorrectionRow

#: That anything is in doubt, whatever it is.
ANY = "any"

#: The fields of a document that people corrected or accepted, between blanks.
SETTLED = (
    select(func.aggregate_strings(CorrectionRow.field, " "))
    .where(CorrectionRow.document_id == VersionRow.document_id, CorrectionRow.state.in_(("applied", "agrees")))
    .scalar_subquery()
)


def in_doubt(connection: Connection, condition: ColumnElement[bool], column: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """The versions that meet a condition and of which something is in doubt: a column of each, and what."""
    for value, said, settled in connection.execute(select(column, VersionRow.doubts, SETTLED).where(VersionRow.doubts != "", condition)):
        if left := _left(said, settled):
            yield value, left


def doubts_counted(rows: Iterable[tuple[str, str | None, int]]) -> Counter[str]:
    """How many versions each doubt is of, and ANY how many something is in doubt of: from what is said of versions, what of that is settled
    (SETTLED), and of how many both are. Few things are said of many."""
    counted = Counter[str]()
    for said, settled, versions in rows:
        left = _left(said, settled)
        counted.update(dict.fromkeys((ANY, *left) if left else (), versions))
    return counted


def _left(said: str, settled: str | None) -> tuple[str, ...]:
    fields = {*(settled or "").split()}
    return tuple(code for code in said.split() if FIELD_OF.get(code) not in fields)
