"""Communes and their provinces, and what they were before July 2025, from the administrative data that underthesea ships.

It covers 3,305 of the 3,321 communes of 2025. Read only when a place needs it: the file is 4 MB. It is opened where the package lies, so
that nothing of underthesea is imported.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kehoach_parser.text.areas import area_words
from kehoach_parser.text.fold import fold
from kehoach_parser.text.marks import exact_form


def _data() -> dict[str, Any]:
    """The administrative data; without rows where it is missing. Not kept: 10,000 rows of which little is needed."""
    spec = find_spec("underthesea")
    path = None if spec is None or spec.origin is None else Path(spec.origin).parent / "address" / "data" / "mapping.json"
    if path is None or not path.is_file():
        return {"ward_mapping": [], "province_mapping": {}, "province_names": {}, "old_province_names": {}}
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


@lru_cache(maxsize=1)
def communes() -> dict[tuple[str, str], frozenset[tuple[str, str]]]:
    """(kind, folded name) of each commune of 2025 to its (true name, province with kind); empty where the data is missing."""
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in _data()["ward_mapping"]:
        printed, province = str(row["new_ward"]), str(row["new_province"])
        for kind in area_words("commune"):
            if printed.lower().startswith(kind + " "):
                name = printed[len(kind) + 1 :]
                found.setdefault((kind, fold(name)), set()).add((name, province))
    return {key: frozenset(values) for key, values in found.items()}


def commune_name(kind: str, printed: str) -> str | None:
    """The true name of a commune whose marks were lost, when only one has that folded name."""
    names = {name for name, _ in communes().get((kind, fold(printed)), ())}
    return names.pop() if len(names) == 1 else None


def province_of(kind: str, name: str) -> str | None:
    """The province of a commune ("Thành phố Hải Phòng"), when the name stands for one commune only."""
    found = {province for true, province in communes().get((kind, fold(name)), ()) if true.casefold() == name.casefold()}
    return found.pop() if len(found) == 1 else None


def _name(printed: str) -> str:
    """A place as keys have it: "Phường Hoà Khánh Bắc" is "phường hòa khánh bắc"."""
    return " ".join(exact_form(word) for word in printed.replace("-", " ").split())


@lru_cache(maxsize=1)
def current_communes() -> frozenset[tuple[str, str]]:
    """The communes of today: (commune, province), each with its kind, in lower case."""
    return frozenset((_name(f"{kind} {name}"), _name(province)) for (kind, _), found in communes().items() for name, province in found)


@lru_cache(maxsize=1)
def _former() -> dict[tuple[str, str], frozenset[tuple[str, str, str]]]:
    """(commune, province) before July 2025 to (its district, commune today, province today)."""
    found: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
    for row in _data()["ward_mapping"]:
        old, district, province, new, new_province = (
            _name(str(row[key] or "")) for key in ("old_ward", "old_district", "old_province", "new_ward", "new_province")
        )
        found.setdefault((old, province), set()).add((district, new, new_province))
    return {key: frozenset(values) for key, values in found.items()}


def heirs_of_commune(commune: str, district: str | None, province: str) -> tuple[tuple[str, str], ...]:
    """The communes of today, with their provinces, that a commune of before July 2025 went into.

    All with their kinds, in lower case; ``district`` tells communes of one name in one province apart. Empty where it is not known which
    commune is meant.
    """
    rows = _former().get((commune, province), frozenset())
    districts = {row[0] for row in rows}
    if district is None and len(districts) > 1:
        return ()
    return tuple(sorted({(new, new_province) for of, new, new_province in rows if district in (None, of)}))


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    data = _data()
    names = {key: _name(value["name"]) for key, value in (*data["old_province_names"].items(), *data["province_names"].items())}
    return {names[old]: names[new] for old, new in data["province_mapping"].items() if old in names and new in names}


def heirs_of_province(province: str) -> tuple[str, ...]:
    """The province of today that a province of before July 2025 went into; empty where it still stands."""
    heir = _provinces().get(province)
    return () if heir is None or heir == province else (heir,)


@lru_cache(maxsize=1)
def _merged() -> dict[tuple[str, str], frozenset[tuple[str, str, str]]]:
    """(commune, province) of today to (commune, district, province) of before July 2025."""
    found: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
    for (old, province), rows in _former().items():
        for district, new, new_province in rows:
            found.setdefault((new, new_province), set()).add((old, district, province))
    return {key: frozenset(values) for key, values in found.items()}


def communes_before(commune: str, province: str) -> tuple[tuple[str, str, str], ...]:
    """The communes of before July 2025, with district and province, of which a commune of today was made; all in lower case."""
    return tuple(sorted(_merged().get((commune, province), ())))


def provinces_before(province: str) -> tuple[str, ...]:
    """The provinces of before July 2025, its own name aside, of which a province of today was made."""
    return tuple(sorted(old for old, new in _provinces().items() if new == province != old))
