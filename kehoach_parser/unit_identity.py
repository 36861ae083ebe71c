"""The identity of a unit, seen from the organ that issues the document.

A plan of Đảng ủy phường Kiến An says "Đảng ủy phường" and means that of Kiến An. The key of a unit is its name without what can be
understood, and the places it belongs to, from the narrowest: "đảng ủy @ phường kiến an, thành phố hải phòng". Collective names
("các cơ quan, đơn vị liên quan") mean those of the issuer, and are keyed under it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kehoach_parser.fold import fold
from kehoach_parser.unit_lexicon import lexicon
from kehoach_parser.unit_places import commune_name, province_of
from kehoach_parser.unit_words import plain

_AREA = re.compile(r"(?<!cấp )(?<!liên )\b(thành phố|tỉnh|phường|xã|quận|huyện|thị xã|thị trấn|đặc khu)\b(?! hội| ủy)")
_COMMITTEES = {"thành ủy": "thành phố", "tỉnh ủy": "tỉnh", "quận ủy": "quận", "huyện ủy": "huyện", "thị ủy": "thị xã"}
_WIDE = ("thành phố", "tỉnh")
_NATIONAL = re.compile(
    r"^(các )?bộ |chính phủ|quốc hội|tối cao|trung ương|(?<!tổ quốc) việt nam$|^đài (truyền hình|tiếng nói) việt nam|kiểm toán nhà nước"
)
_QUANTIFIERS = re.compile(r"^(tất cả các|toàn thể các|các|những|mỗi|từng|mọi|một số) ")
_BOARD = re.compile(r"^(ban|văn phòng|ủy ban kiểm tra|thường trực|trung tâm chính trị)\b.* ")

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the issuer stands: (level, name) from the narrowest to the widest, and the issuer's own name."""

    issuer: str
    places: tuple[Place, ...]


def _normal(value: str) -> str:
    words = [" ".join(lexicon().abbreviations.get(plain(word), (word,))) for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", value)]
    return " ".join(plain(word) for word in " ".join(words).replace("-", " ").split())


def scope_of(organ: str | None, place: str | None, parent: str | None = None) -> Scope:
    """The scope of an issuing organ; ``place`` is the place of issue, which names the province of a provincial organ.

    ``parent`` is the organ above it ("Đảng bộ thành phố Hải Phòng"), whose place is the wider one of a commune.
    """
    issuer = _normal(organ or "")
    where = re.sub(r"^(thành phố|tỉnh|tp) ", "", _normal(place or ""))
    found = _places_of(issuer, where)
    wider = _places_of(_normal(parent or ""), "")
    if found and found[-1][0] not in _WIDE:
        found += [(level, name) for level, name in wider if level not in {own for own, _ in found}]
    elif not found and wider and not where:
        found = wider
    if found and found[-1][0] not in _WIDE:
        printed = province_of(*found[-1])
        if printed is not None:
            kind, name = printed.split(" ", 1) if printed.lower().startswith("tỉnh") else (printed[:9], printed[10:])
            found.append((plain(kind), plain(name)))
    return Scope(issuer, tuple(found))


def _places_of(organ: str, where: str) -> list[Place]:
    """The places in a normalised organ's name; a committee's place, which ``where`` names when the organ does not."""
    found = [(level, _true_place(level, name)) for level, name in _places_in(organ) if name]
    if found:
        return found
    committee = next((level for words, level in _COMMITTEES.items() if words in organ), None)
    tail = next((organ.split(words, 1)[1].strip() for words in _COMMITTEES if words in organ), "")
    name = _true_place(committee or "", tail or where)
    return [(committee or _kind_of(name), name)] if name else []


def _true_place(level: str, name: str) -> str:
    """The name of a place whose marks were lost in a damaged head; the name itself where it is not known."""
    folded = fold(name)
    for province in lexicon().provinces:
        true = " ".join(province).lower()
        if fold(true) == folded:
            return plain(true)
    true_name = commune_name(level, name)
    return plain(true_name) if true_name else name


def _kind_of(name: str) -> str:
    return "thành phố" if name in lexicon().cities else "tỉnh"


def key_of(value: str, collective: bool, scope: Scope) -> str:
    """The identity of a unit named ``value``; see the module."""
    name = _QUANTIFIERS.sub("", _normal(value)).replace("có liên quan", "liên quan")
    name = re.sub(r"\bcủa (?=thành phố|tỉnh|xã|phường)", "", name)
    name = re.sub(r"^(ủy ban )?mặt trận tổ quốc( việt nam)?", "ủy ban mặt trận tổ quốc việt nam", name)
    if collective:
        return f"{name} @ {scope.issuer}" if scope.issuer else name
    core, places = _split(name)
    if not places and not core.endswith((" ủy", " cấp xã", " cấp huyện", " cấp tỉnh")) and _NATIONAL.search(core):
        return f"{core} @ việt nam"
    path = _path(core, places, scope)
    if core == "đảng ủy" or not _BOARD.match(core + " "):
        bare = core
    else:
        bare = re.sub(r" (đảng ủy|thành ủy|tỉnh ủy|quận ủy|huyện ủy|thị ủy)$", "", core)
    return f"{bare} @ {path}" if path else bare


def _split(name: str) -> tuple[str, list[Place]]:
    """The name without its places, and the places from the narrowest; a place without a name has an empty one."""
    first = _AREA.search(name)
    committee = next((words for words in _COMMITTEES if re.search(rf"\b{words}\b", name)), None)
    if first is None:
        if committee is None:
            return name, []
        head, tail = re.split(rf"\b{committee}\b", name, maxsplit=1)
        return f"{head}{committee}".strip(), [(_COMMITTEES[committee], tail.strip())]
    return re.sub(r" (các|của)$", "", name[: first.start()].strip()), _places_in(name)


def _places_in(text: str) -> list[Place]:
    """Each level in a normalised text with the name after it, which may be empty."""
    matches = list(_AREA.finditer(text))
    ends = [*(match.start() for match in matches[1:]), len(text)]
    return [(match.group(1), text[match.end() : end].strip()) for match, end in zip(matches, ends, strict=False)]


def _path(core: str, places: list[Place], scope: Scope) -> str:
    own = dict(reversed(scope.places))
    if len(places) > 1 and not any(name for _, name in places):
        return ", ".join(level for level, _ in places) + (f" : {scope.issuer}" if scope.issuer else "")
    if not places:
        if not scope.places:
            return ""
        at = scope.places[-1:] if core.startswith("sở ") else scope.places
        return ", ".join(f"{level} {name}" for level, name in at)
    resolved = [(level, name or own.get(level, "")) for level, name in places]
    level, name = resolved[-1]
    if level not in _WIDE:
        if (level, name) in scope.places:
            at_index = scope.places.index((level, name))
            resolved += list(scope.places[at_index + 1 :])
        elif scope.places and scope.places[-1][0] in _WIDE:
            resolved.append(scope.places[-1])
    return ", ".join(f"{level} {name}".strip() for level, name in resolved)
