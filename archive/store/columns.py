"""What tables are made of: columns that have a value or may be empty, moments with a time zone, a class whose attributes are columns."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar, cast

from pyroaring import FrozenBitMap
from sqlalchemy import Column, ColumnClause, DateTime, ForeignKey, Integer, LargeBinary, MetaData, String, Table, Text, TypeDecorator
from sqlalchemy.engine import Dialect
from sqlalchemy.types import NullType, TypeEngine

T = TypeVar("T")


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its time zone; SQLite keeps none, so it is stored in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class NumberSet(TypeDecorator[FrozenBitMap]):
    """A set of ids, as a roaring bitmap: a kilobyte for eight thousand in a row, and joined and counted without looking at each.

    The format is that of https://github.com/RoaringBitmap/RoaringFormatSpec.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: FrozenBitMap | None, dialect: Dialect) -> bytes | None:
        return None if value is None else value.serialize()

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> FrozenBitMap | None:
        return None if value is None else FrozenBitMap.deserialize(value)


class JsonText(TypeDecorator[str]):
    """JSON as it is written, for rows that are compared and moved and not looked into."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        # PostgreSQL turns what has no type into what the column is, and nothing else.
        return NullType() if dialect.name == "postgresql" else Text()


def column(kind: type[TypeEngine[T]] | TypeEngine[T], *more: ForeignKey, **options: Any) -> ColumnClause[T]:
    """A column that every row has a value for. (To type checkers a `Column` in a class is one of SQLAlchemy's own kind of class.)"""
    return Column(kind, *more, nullable=False, **options)


def optional(kind: type[TypeEngine[T]] | TypeEngine[T], *more: ForeignKey, **options: Any) -> ColumnClause[T | None]:
    """A column that may be empty."""
    return cast("ColumnClause[T | None]", Column(kind, *more, nullable=True, **options))


def of_version() -> ColumnClause[int]:
    """The first column of a row that goes with its version."""
    return column(Integer, ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)


def projected() -> tuple[ColumnClause[int], ColumnClause[int], ColumnClause[int], ColumnClause[int]]:
    """The columns of a row made of a plan: which version, its place in the plan's list, where in the text it begins and ends."""
    return of_version(), column(Integer, primary_key=True, autoincrement=False), column(Integer), column(Integer)


class Base:
    """A table whose columns are the attributes of a class.

    Tables of SQLAlchemy's Core: its ORM has the same notation, and nothing else of it would be used here, but importing it and reading the
    classes takes as long as answering a question.
    """

    metadata: ClassVar[MetaData] = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    __table__: ClassVar[Table]

    def __init_subclass__(cls, *, table: str, **options: Any) -> None:
        columns = {name: value for name, value in vars(cls).items() if isinstance(value, Column)}
        for name, each in columns.items():
            each.name = each.key = name
            if isinstance(each.type, String):  # by code points, as SQLite orders texts; else a database orders by its own locale
                each.type = each.type.with_variant(type(each.type)(each.type.length, collation="C"), "postgresql")
        cls.__table__ = Table(table, Base.metadata, *columns.values(), **options)

    @classmethod
    def __clause_element__(cls) -> Table:
        """What SQLAlchemy takes the class for in a statement."""
        return cls.__table__
