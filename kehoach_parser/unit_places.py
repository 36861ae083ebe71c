"""Communes and their provinces, from the administrative data that underthesea ships (3,305 of the 3,321 communes of 2025).

Read only when a place needs it: the file is 4 MB. The data file is opened where the package lies, so that nothing of underthesea is
imported.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from kehoach_parser.fold import fold

_KINDS = ("phường", "xã", "đặc khu", "thị trấn")


@lru_cache(maxsize=1)
def communes() -> dict[tuple[str, str], frozenset[tuple[str, str]]]:
    """(kind, folded name) of each commune of 2025 to its (true name, province with kind); empty where the data is missing."""
    spec = find_spec("underthesea")
    if spec is None or spec.origin is None:
        return {}
    path = Path(spec.origin).parent / "address" / "data" / "mapping.json"
    if not path.is_file():
        return {}
    found: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in json.loads(path.read_text(encoding="utf-8"))["ward_mapping"]:
        printed, province = str(row["new_ward"]), str(row["new_province"])
        for kind in _KINDS:
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
