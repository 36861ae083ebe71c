"""Full text in PostgreSQL itself, beside the tables of an archive that lies there: nothing to keep in step on a shared folder.

The fields and ways are those of `archive.fulltext.ways`, so that it finds what the other engines find: the words are cut and folded by this
program, not by a configuration of the server (``unaccent`` knows neither the readings of damaged words nor skeletons), and stand with their
places in a ``tsvector`` for each field, under GIN.

A ``tsvector`` keeps 16,383 places and 255 of each word; so a text lies in parts, each with the beginning of the next, and a run of words
longer than that overlap is looked for by what fits in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import log
from typing import Any

from sqlalchemy import Connection, Engine, text

from archive.common.batches import batches
from archive.common.words import TextWords, folded_form
from archive.errors import DiskFull, IndexDiskFull
from archive.fulltext.engine import Fields, IndexText, Weighed
from archive.fulltext.query import Query
from archive.fulltext.ways import FORMS, READ, READ_BARE, Run, Way, asked_of
from archive.store.database import impatient, translated, writing
from kehoach_parser import model_stamp

#: Raised as in `whoosh_engine`.
INDEX_VERSION = 3
_MADE_BY = f"{INDEX_VERSION}x{model_stamp()}"

_PLACES, _OVERLAP = 4_000, 64
_BATCH = 64

_FIELDS = tuple(FORMS)
_MAKE = (
    """CREATE TABLE IF NOT EXISTS fulltext_texts
        (key integer PRIMARY KEY, made_by text NOT NULL, symbols text[] NOT NULL, layer bytea NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS ix_fulltext_texts_symbols ON fulltext_texts USING gin (symbols)",
    f"""CREATE TABLE IF NOT EXISTS fulltext_parts (key integer REFERENCES fulltext_texts ON DELETE CASCADE, part integer,
        {", ".join(f"{field} tsvector NOT NULL" for field in _FIELDS)}, PRIMARY KEY (key, part))""",
    # Without a list of what waits: who writes pays, not who asks.
    *(
        f"CREATE INDEX IF NOT EXISTS ix_fulltext_parts_{field} ON fulltext_parts USING gin ({field}) WITH (fastupdate = off)"
        for field in _FIELDS
    ),
)
_ADD_TEXT = text("INSERT INTO fulltext_texts VALUES (:key, :made_by, :symbols, :layer)")
_ADD_PART = text(f"INSERT INTO fulltext_parts VALUES (:key, :part, {', '.join(f'CAST(:{field} AS tsvector)' for field in _FIELDS)})")

#: Texts and their scores, as a part of a query finds them.
Found = dict[int, float]


class PostgresqlEngine:
    """A `FullText` in the database of an archive, whose tables are made when they are not there. ``name`` is what the database is called
    in errors."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine, self._name = engine, name

    def add(self, texts: Iterable[IndexText]) -> None:
        with self._writing() as connection:
            for batch in batches(texts, _BATCH):
                self._drop(connection, [one.key for one in batch])
                connection.execute(_ADD_TEXT, [_text_row(one) for one in batch])
                connection.execute(_ADD_PART, [row for one in batch for row in _part_rows(one)])

    def remove(self, keys: Iterable[int]) -> None:
        with self._writing() as connection:
            self._drop(connection, list(keys))

    def rebuild(self, texts: Iterable[IndexText]) -> None:
        with self._writing() as connection:
            connection.execute(text("TRUNCATE fulltext_texts, fulltext_parts"))
        for batch in batches(texts, _BATCH):
            self.add(batch)

    def search(self, query: Query) -> Weighed:
        with self._reading() as connection:
            if connection is None:
                return Weighed(())
            with impatient(connection, query.patience):
                found = asked_of(_Asked(connection), query.tree, query.marked)
        return Weighed(found.items())

    def layers(self, keys: Iterable[int]) -> dict[int, bytes]:
        query = text("SELECT key, layer FROM fulltext_texts WHERE key = ANY(:keys)")
        with self._reading() as connection:
            rows = [] if connection is None else connection.execute(query, {"keys": list(keys)}).all()
        return {row.key: bytes(row.layer) for row in rows}

    def keys(self) -> frozenset[int]:
        with self._reading() as connection:
            return frozenset() if connection is None else _keys(connection)

    def count(self) -> int:
        with self._reading() as connection:
            query = text("SELECT count(*) FROM fulltext_texts WHERE made_by = :made_by")
            return 0 if connection is None else connection.scalar(query, {"made_by": _MADE_BY}) or 0

    def close(self) -> None:
        """There is nothing that is not the archive's."""

    @staticmethod
    def _drop(connection: Connection, keys: Sequence[int]) -> None:
        connection.execute(text("DELETE FROM fulltext_texts WHERE key = ANY(:keys)"), {"keys": list(keys)})

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._guarded(), writing(self._engine).begin() as connection:
            for statement in _MAKE:
                connection.execute(text(statement))
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection | None]:
        """A connection, or None where nothing was indexed yet."""
        with self._guarded(), self._engine.connect() as connection:
            yield connection if connection.scalar(text("SELECT to_regclass('fulltext_parts')")) is not None else None

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            with translated(self._name):
                yield
        except DiskFull as error:
            raise IndexDiskFull(**error.facts) from error


def _keys(connection: Connection) -> frozenset[int]:
    """The texts that this version of the program indexed; others are as good as missing."""
    return frozenset(connection.scalars(text("SELECT key FROM fulltext_texts WHERE made_by = :made_by"), {"made_by": _MADE_BY}))


def analyse(words: TextWords) -> Fields:
    """The ``tsvector`` of each field, for each part of a text."""
    forms = {field: list(places(words)) for field, places in FORMS.items()}
    starts = range(0, max(1, len(forms["folded"])), _PLACES)
    return {field: [_vector(places[start : start + _PLACES + _OVERLAP]) for start in starts] for field, places in forms.items()}


def _text_row(one: IndexText) -> dict[str, Any]:
    return {"key": one.key, "made_by": _MADE_BY, "symbols": sorted(set(one.symbols)), "layer": one.analysed.layer}


def _part_rows(one: IndexText) -> Iterator[dict[str, Any]]:
    for part, vectors in enumerate(zip(*(one.analysed.fields[field] for field in _FIELDS), strict=True)):
        yield {"key": one.key, "part": part, **dict(zip(_FIELDS, vectors, strict=True))}


def _vector(places: Sequence[tuple[str, ...]]) -> str:
    """A ``tsvector`` as it is written: each form with its places."""
    at: dict[str, list[int]] = defaultdict(list)
    for place, forms in enumerate(places, 1):
        for form in forms:
            at[form].append(place)
    return " ".join(f"{_quoted(form)}:{','.join(map(str, there))}" for form, there in at.items())


def _quoted(form: str) -> str:
    return "'" + form.replace("\\", "\\\\").replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query, answered part by part (`ways.Engine`): texts with their scores, put together here."""

    connection: Connection

    def among(self, keys: Sequence[int]) -> Found:
        there = self.connection.scalars(text("SELECT key FROM fulltext_texts WHERE key = ANY(:keys)"), {"keys": list(keys)})
        return dict.fromkeys(there, 0.0)

    def symbol(self, key: str, weight: float) -> Found:
        there = self.connection.scalars(text("SELECT key FROM fulltext_texts WHERE symbols @> ARRAY[:symbol]"), {"symbol": key})
        return dict.fromkeys(there, weight)

    def way(self, way: Way) -> Found:
        if isinstance(way, Run):
            return self._run(way)
        found: Found = {}
        for field, form in way.forms:
            query = text(f"SELECT DISTINCT key FROM fulltext_parts WHERE {field} @@ CAST(:asked AS tsquery)")
            found |= dict.fromkeys(self.connection.scalars(query, {"asked": f"{_quoted(form)}:*"}), way.score)
        return found

    def _run(self, run: Run) -> Found:
        asked = " <-> ".join(f"({' | '.join(map(_quoted, forms))})" for forms in run.places[:_OVERLAP])
        query = text(f"""SELECT key, max(ts_rank('{{1,1,1,1}}', {run.field}, asked)) AS rank
            FROM fulltext_parts, CAST(:asked AS tsquery) asked WHERE {run.field} @@ asked GROUP BY key""")
        rows = self.connection.execute(query, {"asked": asked}).all()
        if not rows:
            return {}
        weight = run.weight * sum(self._rarity(run.field, forms[0]) for forms in run.places)
        return {row.key: weight * float(row.rank) for row in rows}

    def _rarity(self, field: str, form: str) -> float:
        """How rare a word is by its folded form, as Whoosh measures it; a skeleton stands for many words: none of them rare."""
        if field == "skeleton":
            return 1.0
        folded = folded_form(form.removeprefix(READ).removeprefix(READ_BARE))
        query = text("SELECT count(DISTINCT key) FROM fulltext_parts WHERE folded @@ CAST(:asked AS tsquery)")
        there = self.connection.scalar(query, {"asked": _quoted(folded)}) or 0
        texts = self.connection.scalar(text("SELECT count(*) FROM fulltext_texts")) or 1
        return log(texts / (there + 1)) + 1

    def best(self, ways: Sequence[Found]) -> Found:
        found: Found = {}
        for way in ways:
            for key, score in way.items():
                found[key] = max(score, found.get(key, 0.0))
        return found

    def either(self, parts: Sequence[Found]) -> Found:
        found: Found = defaultdict(float)
        for part in parts:
            for key, score in part.items():
                found[key] += score
        return dict(found)

    def both(self, wanted: Sequence[Found], unwanted: Sequence[Found]) -> Found:
        first = wanted[0] if wanted else dict.fromkeys(_keys(self.connection), 1.0)
        rest, without = wanted[1:], [part.keys() for part in unwanted]
        return {
            key: score + sum(part[key] for part in rest)
            for key, score in first.items()
            if all(key in part for part in rest) and not any(key in part for part in without)
        }
