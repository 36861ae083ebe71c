"""The inverted index in which a database keeps the signs of duties (`duty_index`): FTS5 of SQLite, GIN of PostgreSQL.

Expressions are those of FTS5: signs in quotation marks, AND, OR, NOT and parentheses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from sqlalchemy import Connection, text

#: A duty's number and its signs between blanks.
SignRow = tuple[int, str]


class SignTable(Protocol):
    """What is asked of such an index."""

    def find(self, expression: str, first: int, end: int) -> Iterable[int]:
        """The numbers, from ``first`` and before ``end``, that an expression asks for, in order."""

    def count(self, expression: str, first: int, end: int) -> int:
        """How many these are."""

    def bearing(self, sign: str) -> int:
        """How many duties bear a sign."""

    def total(self) -> int:
        """How many duties there are."""

    def numbers(self, first: int, end: int) -> Iterable[int]:
        """The numbers that are there, from ``first`` and before ``end``."""

    def add(self, rows: Sequence[SignRow]) -> None:
        """Puts duties in that are not there."""

    def drop(self, rows: Sequence[SignRow]) -> None:
        """Takes duties out that are there with these signs."""

    def clear(self) -> None:
        """Empties the index."""


def sign_table(connection: Connection) -> SignTable:
    """The index of a database."""
    return _Gin(connection) if connection.dialect.name == "postgresql" else _Fts5(connection)


class _Fts5:
    """A table without content: what is deleted has to be said in full."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, expression: str, first: int, end: int) -> Iterable[int]:
        query = text("SELECT rowid FROM duty_signs WHERE duty_signs MATCH :asked AND rowid >= :first AND rowid < :end ORDER BY rowid")
        return self._connection.scalars(query, {"asked": expression, "first": first, "end": end})

    def count(self, expression: str, first: int, end: int) -> int:
        query = text("SELECT count(*) FROM duty_signs WHERE duty_signs MATCH :asked AND rowid >= :first AND rowid < :end")
        return self._connection.scalar(query, {"asked": expression, "first": first, "end": end}) or 0

    def bearing(self, sign: str) -> int:
        return self._connection.scalar(text("SELECT doc FROM duty_sign_counts WHERE term = :sign"), {"sign": sign}) or 0

    def total(self) -> int:
        # Each duty has one role, and these few words are counted already.
        return self._connection.scalar(text("SELECT sum(doc) FROM duty_sign_counts WHERE term >= 'r:' AND term < 'r;'")) or 0

    def numbers(self, first: int, end: int) -> Iterable[int]:
        query = text("SELECT rowid FROM duty_signs WHERE rowid >= :first AND rowid < :end")
        return self._connection.scalars(query, {"first": first, "end": end})

    def add(self, rows: Sequence[SignRow]) -> None:
        self._connection.execute(text("INSERT INTO duty_signs(rowid, signs) VALUES (:number, :signs)"), _values(rows))

    def drop(self, rows: Sequence[SignRow]) -> None:
        dropped = "INSERT INTO duty_signs(duty_signs, rowid, signs) VALUES ('delete', :number, :signs)"
        self._connection.execute(text(dropped), _values(rows))

    def clear(self) -> None:
        self._connection.execute(text("INSERT INTO duty_signs(duty_signs) VALUES ('delete-all')"))


_ASKED = "FROM duty_signs WHERE signs @@ CAST(:asked AS tsquery) AND number >= :first AND number < :end"
_OPERATORS = {"AND": "&", "OR": "|", "NOT": "& !"}
_TOKEN = re.compile(r'"([^"]*)"|\b(AND|OR|NOT)\b')


class _Gin:
    """A column of signs without places (``tsvector``) under an index."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, expression: str, first: int, end: int) -> Iterable[int]:
        return self._connection.scalars(text(f"SELECT number {_ASKED} ORDER BY number"), self._asked(expression, first, end))

    def count(self, expression: str, first: int, end: int) -> int:
        return self._connection.scalar(text(f"SELECT count(*) {_ASKED}"), self._asked(expression, first, end)) or 0

    def bearing(self, sign: str) -> int:
        query = text("SELECT count(*) FROM duty_signs WHERE signs @@ CAST(:asked AS tsquery)")
        return self._connection.scalar(query, {"asked": f"'{sign}'"}) or 0

    def total(self) -> int:
        return self._connection.scalar(text("SELECT count(*) FROM duty_signs")) or 0

    def numbers(self, first: int, end: int) -> Iterable[int]:
        query = text("SELECT number FROM duty_signs WHERE number >= :first AND number < :end")
        return self._connection.scalars(query, {"first": first, "end": end})

    def add(self, rows: Sequence[SignRow]) -> None:
        added = "INSERT INTO duty_signs(number, signs) VALUES (:number, array_to_tsvector(string_to_array(:signs, ' ')))"
        self._connection.execute(text(added), _values(rows))

    def drop(self, rows: Sequence[SignRow]) -> None:
        self._connection.execute(text("DELETE FROM duty_signs WHERE number = :number"), _values(rows))

    def clear(self) -> None:
        self._connection.execute(text("DELETE FROM duty_signs"))

    def _asked(self, expression: str, first: int, end: int) -> dict[str, str | int]:
        return {"asked": _TOKEN.sub(self._said, expression), "first": first, "end": end}

    def _said(self, token: re.Match[str]) -> str:
        return f"'{token[1]}'" if token[2] is None else _OPERATORS[token[2]]


def _values(rows: Sequence[SignRow]) -> list[dict[str, str | int]]:
    return [{"number": number, "signs": signs} for number, signs in rows]
