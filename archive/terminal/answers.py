"""Answers as data on stdout: JSON for other programs, the same in every language; CSV for spreadsheets, in the user's."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from os import PathLike, fspath
from typing import Any

import archive
from archive.terminal.session import Session


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


def print_json(value: Any) -> None:
    """``value`` as indented JSON on stdout."""
    print(json.dumps(plain(value), ensure_ascii=False, indent=1))


def print_sheet(session: Session, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table for spreadsheets as CSV on stdout: heads in the user's language ("csv.<column>"), UTF-8 with BOM, so that Excel opens it."""
    sys.stdout.write(archive.sheet_csv([session.words.say(f"csv.{name}") for name in columns], rows))
