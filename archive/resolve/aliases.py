"""The alias file: what users teach about documents, in TOML (docs/aliases.md).

[[document]]
type = "Nghị quyết"
symbol = "18-NQ/TW"
date = 2017-10-25
names = ["Nghị quyết tinh gọn bộ máy"]
misprints = ["18-NQ/TW@2018-10-25"]
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.common.keys import Reference, looks_like_symbol, read_reference, symbol_key
from archive.store.alias_file import AliasTable

_TEXTS = ("type", "symbol", "issuer", "title")
_LISTS = ("names", "misprints")
_KEYS = (*_TEXTS, "date", *_LISTS)


@dataclass(frozen=True, slots=True)
class Alias:
    """What a user teaches of one document. ``date`` is YYYY-MM-DD or YYYY; ``names`` are other names of it, ``misprints`` symbols (with the
    date or term after @) that mean it where they are printed."""

    type: str
    symbol: str | None
    date: str | None
    issuer: str | None
    title: str | None
    names: tuple[str, ...]
    misprints: tuple[Reference, ...]


def read_aliases(text: str, path: str) -> tuple[Alias, ...]:
    """The documents of an alias file; ``path`` is named in errors. Raises AliasError with line and key."""
    table = AliasTable(text, path, "document")
    aliases = tuple(_alias(table, number) for number in range(len(table.entries)))
    _check_names(table, aliases)
    return aliases


def _alias(table: AliasTable, number: int) -> Alias:
    table.only(number, _KEYS)
    texts = {key: table.text(number, key) for key in _TEXTS}
    if texts["type"] is None:
        table.fail("alias-missing", number, "type")
    if texts["symbol"] is None and texts["title"] is None:
        table.fail("alias-missing", number, "symbol")
    if texts["symbol"] is not None and not looks_like_symbol(texts["symbol"]):
        table.fail("alias-symbol", number, "symbol", value=texts["symbol"])
    lists = {key: table.texts(number, key) for key in _LISTS}
    misprints = tuple(map(read_reference, lists["misprints"]))
    for printed, misprint in zip(lists["misprints"], misprints, strict=True):
        if not looks_like_symbol(misprint.name):
            table.fail("alias-symbol", number, "misprints", value=printed)
    return Alias(texts["type"], texts["symbol"], _date(table, number), texts["issuer"], texts["title"], lists["names"], misprints)


def _date(table: AliasTable, number: int) -> str | None:
    value = table.entries[number].get("date")
    if value is None:
        return None
    if type(value) is date:
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2999:
        return str(value)
    return table.fail("alias-date", number, "date", value=str(value))


def _check_names(table: AliasTable, aliases: tuple[Alias, ...]) -> None:
    """A name or a misprint that stands for two documents teaches nothing."""
    seen: dict[str, int] = {}
    for number, alias in enumerate(aliases):
        printed = [(name.casefold(), "names", name) for name in alias.names]
        printed += [(f"{symbol_key(one.name)}@{one.choice}", "misprints", one.name) for one in alias.misprints]
        for key, kind, name in printed:
            if seen.setdefault(key, number) != number:
                table.fail("alias-twice", number, kind, value=name)
