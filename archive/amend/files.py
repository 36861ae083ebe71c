"""Corrections as a file that people read and two archives share: TOML, a table for each, in the order in which they were made.

A document is named by the hash of its text, its symbol and its date; a place by its quotation (docs/corrections.md).
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive.amend.anchors import as_json, from_json
from archive.amend.fields import HEAD, KEYS, SIGNATURE, Named
from archive.amend.said import DUTY_PARTS, read_value
from archive.errors import NotCorrectable
from archive.values.corrections import Correction, Said

_TABLE = "correction"
_HEAD = "# Corrections of documents: read in with `kehoach corrections --import`.\n"
_TEXTS = ("text", "symbol", "date", "field", "printed", "reason", "who")
_KEYS = (*_TEXTS, "at", "value", "was", "anchor")
_CITED = ("type", "symbol", "date", "issuer", "title", "place", "text")
_FIELDS = {*HEAD, *SIGNATURE, *(f"{kind}.{key}" if key else kind for kind, keys in KEYS.items() for key in keys)}


@dataclass(frozen=True, slots=True)
class Shared:
    """A correction in a file: the correction (its numbers and state are those of no archive), and its document's symbol and date."""

    correction: Correction
    symbol: str | None
    date: str | None


def to_file(shared: Iterable[Shared]) -> str:
    """The file of some corrections."""
    return _HEAD + "".join(map(_entry, shared))


def _entry(shared: Shared) -> str:
    one = shared.correction
    pairs: dict[str, object] = {"text": one.text_sha256, "symbol": shared.symbol, "date": shared.date, "field": one.field}
    pairs |= {"value": one.value, "was": one.was, "printed": one.printed, "reason": one.reason, "who": one.who, "at": one.at}
    pairs["anchor"] = as_json(one.anchor) or None
    return f"\n[[{_TABLE}]]\n" + "".join(f"{name} = {_toml(value)}\n" for name, value in pairs.items() if value is not None)


def _toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_toml(inner)}" for name, inner in value.items() if inner is not None) + " }"
    if isinstance(value, datetime):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # a string of JSON is one of TOML but for this sign


def from_file(content: str, path: str) -> tuple[Shared, ...]:
    """The corrections in a file; ``path`` is named in errors. Raises NotCorrectable."""
    try:
        tables = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise NotCorrectable("correct-file", path=path, number=0, detail=str(error)) from error
    entries = tables.get(_TABLE, [])
    if set(tables) - {_TABLE} or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise NotCorrectable("correct-file", path=path, number=0, detail=f"[[{_TABLE}]]")
    return tuple(_shared(entry, number, path) for number, entry in enumerate(entries, 1))


def _shared(entry: dict[str, Any], number: int, path: str) -> Shared:
    def fail(detail: str) -> NotCorrectable:
        return NotCorrectable("correct-file", path=path, number=number, detail=detail)

    if unknown := set(entry) - set(_KEYS):
        raise fail(", ".join(sorted(unknown)))
    if wrong := [name for name in _TEXTS if not isinstance(entry.get(name, ""), str)]:
        raise fail(wrong[0])
    at = entry.get("at")
    if entry.get("field") not in _FIELDS or "text" not in entry or not (isinstance(at, datetime) and at.tzinfo):
        raise fail("field, text, at")
    try:
        anchor = from_json(entry.get("anchor", {}))
        value = _value(entry["field"], entry.get("value"))
    except (KeyError, TypeError, AttributeError) as error:
        raise fail("anchor") from error
    except NotCorrectable as error:
        raise fail(f"value: {entry.get('value')}") from error
    was: Said = entry.get("was")
    made = (entry.get("printed"), was, value, entry.get("reason"), entry["text"])
    correction = Correction(0, 0, entry["field"], anchor, *made, "unplaced", None, entry.get("who", ""), at)
    return Shared(correction, entry.get("symbol"), entry.get("date"))


def _value(field: str, value: object) -> Said:
    """A value as it is kept, checked as if it were typed."""
    if isinstance(value, dict):
        names = DUTY_PARTS if field == "duty" else _CITED if field == "citation.document" else ()
        if set(value) - set(names) or not all(isinstance(part, str) for part in value.values()):
            raise NotCorrectable("correct-empty", field=field)
        return {name: value.get(name) for name in names}
    if value is None or field == "citation.document":
        return read_value(Named(field, "1"), "none")
    if not isinstance(value, str):
        raise NotCorrectable("correct-empty", field=field)
    return read_value(Named(field, None if field == "recipient" else "1"), value)
