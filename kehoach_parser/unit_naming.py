"""The key of a unit that is not read from a paper but named, with its place: "Ban Xây dựng Đảng Đảng ủy phường", "phường Kiến An, …"."""

from __future__ import annotations

from kehoach_parser.fold import fold
from kehoach_parser.unit_identity import Scope, key_of, scope_of

_COUNTRY = frozenset({"viet nam", "ca nuoc", "toan quoc", "trung uong"})
_WIDE = ("thành phố ", "tỉnh ")
_NATION = "việt nam"


def key_of_unit(name: str, place: str | None) -> str | None:
    """The key that a paper of the place gives a unit of this name; ``place`` from the narrowest ("phường Kiến An, thành phố Hải Phòng").

    None stands for a place that is not said: up to the province, or "Việt Nam" for a body of the country. A name may say it itself
    ("Sở Y tế thành phố Cần Thơ"), as may one that only the country has ("Bộ Tài chính"); a commune's province may be left out where one
    commune bears the name.
    """
    if place is not None and fold(place).strip() in _COUNTRY:
        core = key_of(name, False, Scope("", ())).partition(" @ ")[0]
        return f"{core} @ {_NATION}"
    key = key_of(name, False, Scope("", scope_of(name if place is None else place, None).places))
    widest = key.partition(" @ ")[2].rpartition(", ")[2]
    return key if widest == _NATION or (widest.startswith(_WIDE) and widest not in _WIDE) else None


def place_of_organ(organ: str | None, place: str | None, parent: str | None) -> str:
    """The place of an issuing organ as the keys of its units say it, from the narrowest; "" where nothing says it. The arguments are the
    readings of a header."""
    return ", ".join(f"{level} {name}" for level, name in scope_of(organ, place, parent).places)
