"""The tables of `data/` as values: types of documents, organ symbols, laws. Read once, when first asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from kehoach_parser.text.fold import fold


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of ``data/<name>.tsv`` without comments and head line; a missing last column is an empty string."""
    lines = (files("kehoach_parser") / "data" / f"{name}.tsv").read_text(encoding="utf-8").split("\n")
    kept = [line.split("\t") for line in lines if line and not line.startswith("#")]
    width = len(kept[0])
    return tuple(tuple(row + [""] * (width - len(row))) for row in kept[1:])


@cache
def table(name: str) -> dict[str, Any]:
    """What ``data/<name>.toml`` says."""
    return tomllib.loads((files("kehoach_parser") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def letters_of_type() -> dict[str, tuple[str, ...]]:
    """The letters that a type of document bears in a symbol, for all that are cited: "Quy định" → ("QĐ", "QĐi", "QyĐ")."""
    return {name: tuple(letters.split()) for name, letters, _, stands in rows("document_types") if stands != "head"}


@cache
def types_of_papers() -> tuple[str, ...]:
    """The types that stand at the head of a paper, longer names first: "Chương trình hành động" before "Chương trình"."""
    return tuple(sorted((name for name, _, _, stands in rows("document_types") if stands != "cited"), key=lambda name: -len(name.split())))


@cache
def type_of_letters() -> dict[str, str]:
    """The type that letters stand for where no type word is printed: "QĐ" → "Quyết định"."""
    own_first = sorted(letters_of_type().items(), key=lambda item: item[0] in wider_types())
    out: dict[str, str] = {}
    for name, letters in own_first:
        for each in letters:
            out.setdefault(each, name)
    return out


@cache
def wider_types() -> dict[str, str]:
    """The types that are a kind of another: "Chương trình hành động" → "Chương trình", as which it is cited too."""
    return {name: wider for name, _, wider, _ in rows("document_types") if wider}


def wider_type(name: str) -> str:
    """The type that a document is of where the page gives it a longer name; others as they are."""
    return wider_types().get(name, name)


#: The types that are known by a name and not only by a number.
LAWS = frozenset({"Luật", "Bộ luật", "Pháp lệnh"})


@cache
def organs() -> dict[str, tuple[str, str]]:
    """Organ and reach (central | local) of an organ symbol: "TW" → ("Ban Chấp hành Trung ương, …", "central")."""
    return {symbol: (organ, reach) for symbol, organ, reach in rows("organ_symbols")}


@cache
def person_addresses() -> tuple[str, ...]:
    """What stands before the name of a person, in full and in short: "đồng chí", "đ/c" (data/units.toml)."""
    words = table("units")["grammar"]
    return (*words["persons"], *words["short_persons"])


@cache
def unit_abbreviations() -> dict[str, str]:
    """The abbreviations of whole units, folded, with what they stand for: "ubnd" → "uy ban nhan dan" (data/units.toml)."""
    return {fold(short): fold(full) for short, full in table("units")["abbreviations"].items()}
