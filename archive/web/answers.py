"""Answers as JSON, of the shapes that ``--json`` of the commands has (docs/json.md)."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from datetime import date
from os import PathLike, fspath
from typing import Any

from starlette.responses import Response

JSON = "application/json"


def json_response(value: Any, status: int = 200) -> Response:
    """``value`` as a JSON document."""
    return Response(json_text(value), status, media_type=JSON)


def json_text(value: Any) -> str:
    """Value types become objects, tuples and sets lists (sets sorted), days and paths text."""
    return json.dumps(value, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    if isinstance(value, date):
        return value.isoformat()
    return fspath(value) if isinstance(value, PathLike) else str(value)
