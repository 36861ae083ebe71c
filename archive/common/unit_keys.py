"""What the key of a unit says (kehoach_parser gives it): its name, where it belongs, its level, and what stands below it.

"sở y tế @ thành phố cần thơ", "đảng ủy @ phường kiến an, thành phố hải phòng" (from the narrowest place), "bộ công an @ việt nam";
collective names stand under the organ that wrote the paper: "cơ quan đơn vị liên quan @ ủy ban nhân dân tỉnh nghệ an", "ủy ban nhân dân @
xã, phường : ủy ban nhân dân tỉnh lai châu".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from archive.common.keys import name_key
from archive.common.levels import level_of
from kehoach_parser import fold
from kehoach_parser.knowledge import area_words, committees, person_addresses, place_of_organ, unit_abbreviations, youth_unions

_AT, _OF = " @ ", " : "
NATION, _COUNTRY = "viet nam", "việt nam"
_LEVELS = f"(?:{'|'.join(area_words())})"
_LEVEL_WORD = re.compile(rf"{_LEVELS}\b")
_COMMITTEES = f"(?:{'|'.join(committees())})"
_PLACE_NAME = re.compile(rf"((?:\b{_LEVELS}|\b{_COMMITTEES}) )(?!trực thuộc|hội|ủy\b|{_COMMITTEES}\b|đảng ủy\b)([^,:]+)")
_EVERY = re.compile(r"\b(?:cac|nhung|moi|tung|mot so|tat ca) ")
# Who leads all units of its place: the committee of the Party. The committee of the State leads those of the State there
# (Law on the organisation of local government of 2025), the Government those of the whole country.
_PARTY_LEADS = re.compile(rf"^(?:ban thuong vu |ban chap hanh |thuong truc )?(?:{fold(_COMMITTEES)}|dang uy|dang bo)$")
_STATE_LEADS = re.compile(r"^(?:(?:chu tich|thuong truc) )?uy ban nhan dan$|^(?:thu tuong )?chinh phu$")
_NOT_OF_THE_STATE = re.compile(
    rf"\bdang (?:uy|bo|doan)\b|\bchi bo\b|\b{fold(_COMMITTEES)}\b|\bcap uy\b|\bto chuc dang\b"
    r"|\bban (?:tuyen giao|dan van|noi chinh)\b|\bxay dung dang\b|\buy ban kiem tra\b"
    r"|\bmat tran\b|\bchinh tri xa hoi\b|\bhoi dong nhan dan\b|\btoa an\b|\bkiem sat\b|\bquoc hoi\b"
    rf"|\b(?:{'|'.join(map(fold, youth_unions()))})\b"
    r"|\bhoi (?:nong dan|phu nu|cuu chien binh|lien hiep)\b|\blien doan lao dong\b"
)


@dataclass(frozen=True, slots=True)
class UnitKey:
    """The parts of a key, folded: ``scope`` are places from the narrowest, or the organ that a collective name belongs to; ``issuer`` is
    that organ where levels are named beside it."""

    name: str
    scope: str
    issuer: str


@lru_cache(maxsize=1 << 16)
def split_key(key: str) -> UnitKey:
    """The parts of a key."""
    name, _, rest = fold(key).partition(_AT)
    scope, _, issuer = rest.partition(_OF)
    return UnitKey(name.strip(), scope.strip(), issuer.strip())


@lru_cache(maxsize=1 << 16)
def place_of_unit(key: str) -> str:
    """Where a unit belongs, as its key says it, in capitals as they are written: "phường Kiến An, thành phố Hải Phòng", "các xã, phường của
    Ủy ban nhân dân tỉnh Lai Châu" as "xã, phường (Ủy ban nhân dân tỉnh Lai Châu)"; "" where it does not."""
    scope, _, issuer = key.partition(_AT)[2].strip().partition(_OF)
    return f"{_capitals(scope)} ({_capitals(issuer)})" if issuer else _capitals(scope)


@lru_cache(maxsize=1 << 16)
def place_of_duty(key: str, organ: str | None, place: str | None, parent_organ: str | None) -> str:
    """Where a unit with a duty belongs: as its key says it, else where the organ belongs that gives the duty (the readings of a header).

    Where the paper was signed says nothing by itself: ministries sign in Hà Nội.
    """
    return place_of_unit(key) or place_of_organ(organ, place, parent_organ)


def _capitals(scope: str) -> str:
    """Places and organs in capitals: what follows a level is a name ("thành phố cần thơ" → "thành phố Cần Thơ")."""
    said = _PLACE_NAME.sub(lambda match: match[1] + match[2].title(), scope).replace(" chính phủ", " Chính phủ")
    organ = _LEVEL_WORD.match(scope) is None
    return (said[:1].upper() + said[1:]) if organ and scope != _COUNTRY else said.title() if scope == _COUNTRY else said


@lru_cache(maxsize=1 << 16)
def level_of_unit(unit: str, key: str) -> str | None:
    """The level of a unit (cấp), one of levels.LEVELS, or None where neither its name nor its place tells."""
    parts = split_key(key)
    if parts.scope == NATION:
        return "central"
    return level_of(parts.name or unit, parts.scope or None, None)


@lru_cache(maxsize=1 << 16)
def names_of_unit(unit: str, key: str) -> tuple[str, ...]:
    """The folded names between blanks that a unit is found under: as printed, and with its abbreviations written out."""
    return tuple(dict.fromkeys((plain_name(unit), plain_name(split_key(key).name))))


@lru_cache(maxsize=1 << 16)
def plain_name(name: str) -> str:
    """A unit's name as it is compared: folded, abbreviations written out ("UBND"), without "các", "những"."""
    short = unit_abbreviations()
    words = (short.get(word, word) for word in name_key(name).split())
    return f" {_EVERY.sub('', ' '.join(words) + ' ').strip()} "


def is_below(key: str, top: str) -> bool:
    """Whether a unit stands below another: in its place and led by it, or a part of it ("Phòng Tổ chức Sở Y tế" of "Sở Y tế")."""
    if key == top:
        return False
    one, above = split_key(key), split_key(top)
    if _PARTY_LEADS.match(above.name):
        return _inside(one, above)
    if _STATE_LEADS.match(above.name):
        return _inside(one, above) and not _NOT_OF_THE_STATE.search(one.name) and not _same_rank(one, above)
    return f" {one.name} ".endswith(f" {above.name} ") and one.name != above.name and one.scope == above.scope


@lru_cache(maxsize=1 << 16)
def is_below_any(key: str, tops: frozenset[str]) -> bool:
    """Whether a unit stands below one of others and is none of them."""
    return key not in tops and any(is_below(key, top) for top in tops)


def common_below(top: str) -> tuple[str, str] | None:
    """What all units below a unit have in common, folded: the end of their name and, between blanks, a part of their place, "" where there
    is nothing of the kind. None where no unit can stand below it: a committee of no known place."""
    above = split_key(top)
    if not (_PARTY_LEADS.match(above.name) or _STATE_LEADS.match(above.name)):
        return plain_name(above.name), ""
    if "chinh phu" in above.name:
        return "", ""
    return ("", name_key(above.scope.partition(",")[0])) if above.scope else None


def _inside(one: UnitKey, above: UnitKey) -> bool:
    """Whether a unit belongs to the place of another, or to the collective names of its papers."""
    if "chinh phu" in above.name:
        return True
    # The same place, one in it, or the same one named with the province around it.
    if above.scope and (one.scope == above.scope or one.scope.endswith(f", {above.scope}") or one.scope.startswith(f"{above.scope}, ")):
        return True
    nearest = above.scope.partition(",")[0]
    return bool(nearest) and any(organ.endswith(f"{above.name} {nearest}") for organ in (one.scope, one.issuer))


def _same_rank(one: UnitKey, above: UnitKey) -> bool:
    """The same committee under another of its names ("Chủ tịch Ủy ban nhân dân tỉnh" beside "Ủy ban nhân dân tỉnh")."""
    return one.scope == above.scope and bool(_STATE_LEADS.match(one.name))


def issued_in_place(left: str, organ: str | None, parent_organ: str | None, place: str | None) -> bool:
    """Whether the organ of a plan, the one above it, or its place says the words that are left of a name (`unit_index.receivers`)."""
    return not left or left in plain_name(" ".join(filter(None, (organ, parent_organ, place))))


def called_in(task: str | None, person: str) -> bool:
    """Whether a task names a person (folded words between blanks): "giao đồng chí Nguyễn Văn An phụ trách"."""
    said = name_key(task) if task else ""
    return any(f"{address.rstrip()}{person}" in said for address in map(name_key, person_addresses()))
