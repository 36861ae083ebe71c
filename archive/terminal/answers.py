"""Answers as data on stdout: JSON of one shape (docs/json.md) and CSV, both the same in every language; heads of CSV as asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from os import PathLike, fspath
from typing import Any

import typer

import archive
from archive import values
from archive.terminal.messages import Messages, messages_of
from archive.terminal.session import Session, session_of
from archive.terminal.streams import print_data, print_json


def plain(value: Any) -> Any:
    """``value`` as JSON-ready values: value types become objects, tuples and sets lists (sets sorted), paths and dates text."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(plain(inner) for inner in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PathLike):
        return fspath(value)
    if isinstance(value, Iterable):
        return [plain(inner) for inner in value]
    return str(value)


def print_list(session: Session, noun: str, found: Sequence[Any], total: int | None = None, /, **beside: Any) -> None:
    """An answer that may be many: the list under its noun, ``total`` (how many there are in all, where a limit leaves some out), and what
    stands ``beside`` it."""
    print_object(session, {noun: found, "total": len(found) if total is None else total, **beside})


def print_page(session: Session, noun: str, page: values.Page[Any], /, **beside: Any) -> None:
    """A page of an answer that may be many: as `print_list`, with where it goes on (``next``), and how many there are at most where only
    reading all of them would tell (``total`` is null then)."""
    print_object(session, {noun: page, "total": page.total, **beside, "next": page.next, "at_most": page.at_most})


def tell_next(session: Session, after: str | None) -> None:
    """To a person: that there is more, and how to see it."""
    if after is not None:
        session.warn(session.words.say("run.next", after=after))


def print_object(session: Session, value: Any) -> None:
    """``value`` as indented JSON on stdout: the one object that a run prints there."""
    print_json(json_text(value))
    session.printed.answer = True


def json_text(value: Any) -> str:
    """``value`` as an indented JSON document."""
    return json.dumps(plain(value), ensure_ascii=False, indent=1)


def print_sheet(context: typer.Context, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table for spreadsheets as CSV on stdout, UTF-8 with BOM, so that Excel opens it; heads as ``--heads`` asks: the names of the
    columns, or words ("csv.<column>")."""
    print_data(archive.sheet_csv(heads_of(context, "csv", columns), rows))


def heads_of(context: typer.Context, family: str, columns: Iterable[str]) -> list[str]:
    """The heads of columns as ``--heads`` of a command asks for them."""
    words = words_asked(context)
    return [words.say(f"{family}.{name}") if words else name for name in columns]


def words_asked(context: typer.Context) -> Messages | None:
    """The words of the language that ``--heads`` of a command asks for; None where it asks for the names of the columns."""
    heads = context.params["heads"]
    return None if heads == KEYS else messages_of(heads)


#: What ``--heads`` may be: the names of the columns, which never change, or a language.
KEYS = "keys"
HEADS = (KEYS, "vi", "en")


def heads_named(context: typer.Context, value: str) -> str:
    """The value of ``--heads``; what means none is a usage error."""
    if value not in HEADS:
        raise typer.BadParameter(session_of(context).words.say("usage.choices", choices=", ".join(HEADS)), ctx=context)
    return value
