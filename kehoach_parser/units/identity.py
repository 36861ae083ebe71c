"""The identity of a unit, seen from the organ that issues the document.

A plan of Đảng ủy phường Kiến An says "Đảng ủy phường" and means that of Kiến An. The key of a unit is its name without what can be
understood, and the places it belongs to, from the narrowest: "đảng ủy @ phường kiến an, thành phố hải phòng". Collective names
("các cơ quan, đơn vị liên quan") mean those of the issuer, and are keyed under it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kehoach_parser.symbols.series import Areas, is_national, names_area
from kehoach_parser.text.areas import area_words, committees, is_of_country, one_of, youth_unions
from kehoach_parser.text.fold import fold
from kehoach_parser.text.marks import exact_form
from kehoach_parser.units.communes import commune_name, province_of
from kehoach_parser.units.gazetteer import lexicon

_AREA = re.compile(rf"(?<!cấp )(?<!liên )\b({one_of(area_words())})\b(?! hội| ủy| đoàn)")
#: Boards that are named by the body they are of: "ỦY BAN MTTQ VIỆT NAM XÃ LƯƠNG MINH ⏎ BAN THƯỜNG TRỰC".
_STANDING = frozenset(("ban thường trực", "ban thường vụ", "ban chấp hành", "thường trực"))
_WIDE = area_words("province")
_QUANTIFIERS = re.compile(r"^(tất cả các|toàn thể các|các|những|mỗi|từng|mọi|một số) ")
_YOUTH = re.compile(rf"^{one_of(youth_unions())}\b")
_OF_PROVINCE = re.compile(r"(?<!cơ )\bsở ")
_NOT_OWN = re.compile(rf"\b{one_of(('cấp', 'liên', 'các', *area_words(), 'ủy ban nhân dân'))} $")
_AT_COMMITTEE = re.compile(rf" {one_of(('đảng ủy', *committees()))}$")
_BOARD = re.compile(r"^(ban|văn phòng|ủy ban kiểm tra|thường trực|trung tâm chính trị)\b.* ")

# What a ministry or a board of the centre is made of: without a place it is of the organ that names it.
_INNER = re.compile(r"(?:tổng cục|cục|vụ|thanh tra|văn phòng|viện|trung tâm|ban|phòng|báo|tạp chí) ")
_FRONT = "ủy ban mặt trận tổ quốc việt nam"

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the issuer stands: (level, name) from the narrowest to the widest, and the issuer's own name."""

    issuer: str
    places: tuple[Place, ...]


def normal_name(value: str) -> str:
    """A name as keys have it: short names written out, in lower case, without marks of punctuation."""
    pattern, wholes = _short_names()
    value = pattern.sub(lambda match: wholes[match.group().casefold()], unicodedata.normalize("NFC", value))
    words = [" ".join(lexicon().abbreviations.get(exact_form(word), (word,))) for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", value)]
    return " ".join(exact_form(word) for word in " ".join(words).replace("-", " ").split())


@lru_cache(maxsize=1)
def _short_names() -> tuple[re.Pattern[str], dict[str, str]]:
    """Short names where they stand ("TG&DV"), and the whole name of each."""
    wholes = {short.casefold(): whole for short, whole in lexicon().short_names.items()}
    longest = sorted(wholes, key=lambda short: (-len(short), short))
    return re.compile(rf"(?<![\w&])(?:{'|'.join(map(re.escape, longest))})(?![\w&])", re.I), wholes


@lru_cache(maxsize=1)
def _everyday_names() -> tuple[tuple[re.Pattern[str], str], ...]:
    out = []
    for short, whole in lexicon().everyday_names.items():
        printed, meant = normal_name(short), normal_name(whole)
        rest = meant.removeprefix(printed) if meant.startswith(printed) else ""
        out.append((re.compile(rf"\b{printed}\b" + (f"(?!{rest})" if rest else "")), meant))
    return tuple(out)


def scope_of(organ: str | None, place: str | None, parent: str | None = None) -> Scope:
    """The scope of an issuing organ; ``place`` is the place of issue, which names the province of a provincial organ.

    ``parent`` is the organ above it ("Đảng bộ thành phố Hải Phòng"), whose place is the wider one of a commune.
    """
    issuer = normal_name(organ or "")
    if issuer in _STANDING and parent:
        issuer = f"{issuer} {normal_name(parent)}"
    if _is_central(organ, parent):
        return Scope(issuer, ())
    where = re.sub(r"^(thành phố|tỉnh|tp) ", "", normal_name(place or ""))
    wider = _places_of(normal_name(parent or ""), "")
    below = where in [name for _, name in wider] and not names_area(organ or "")  # "BAN CHỈ ĐẠO" below "UBND XÃ LƯƠNG MINH", in Lương Minh
    found = wider if below else _places_of(issuer, where)
    if found and found[-1][0] not in _WIDE:
        found += [(level, name) for level, name in wider if level not in {own for own, _ in found}]
    elif not found and not where:
        found = wider
    return Scope(issuer, (*found, *_province_of(found)))


def _province_of(places: Sequence[Place]) -> Iterator[Place]:
    """The province of the last of some places, which a map says of a commune; none where it is a province."""
    printed = province_of(*places[-1]) if places and places[-1][0] not in _WIDE else None
    if printed is not None:
        kind, name = printed.split(" ", 1) if printed.lower().startswith("tỉnh") else (printed[:9], printed[10:])
        yield exact_form(kind), exact_form(name)


def _is_central(organ: str | None, parent: str | None) -> bool:
    """Whether an organ is one of the whole country, by itself or by the one above it; such a one signs in Hà Nội and is not of Hà Nội."""
    return bool(organ) and (is_national(organ or "") or (not names_area(organ or "") and bool(parent) and is_national(parent or "")))


def _places_of(organ: str, where: str) -> list[Place]:
    """The places in a normalised organ's name; a committee's place, which ``where`` names when the organ does not."""
    found = [(level, _true_place(level, name)) for level, name in _places_in(organ) if name]
    if found:
        return found
    committee = next((level for words, level in committees().items() if words in organ), None)
    tail = next((organ.split(words, 1)[1].strip() for words in committees() if words in organ), "")
    name = _true_place(committee or "", tail or where)
    return [(committee or _kind_of(name), name)] if name else []


def _true_place(level: str, name: str) -> str:
    """The name of a place whose marks were lost in a damaged head; the name itself where it is not known."""
    folded = fold(name)
    for province in lexicon().provinces:
        true = " ".join(province).lower()
        if fold(true) == folded:
            return exact_form(true)
    true_name = commune_name(level, name)
    return exact_form(true_name) if true_name else name


def _kind_of(name: str) -> str:
    return "thành phố" if name in lexicon().cities else "tỉnh"


@lru_cache(maxsize=8192)
def key_of(value: str, collective: bool, scope: Scope) -> str:
    """The identity of a unit named ``value``; see the module."""
    name = _QUANTIFIERS.sub("", normal_name(value)).replace("có liên quan", "liên quan")
    name = re.sub(r"\bcủa (?=thành phố|tỉnh|xã|phường)", "", name)
    name = re.sub(r"^(ủy ban )?mặt trận tổ quốc( việt nam)?", _FRONT, name)
    if collective:
        return f"{_of_issuer(name, scope)} @ {scope.issuer}" if scope.issuer else name
    core, places = _split(_statutory(name))
    if places and core != _FRONT:
        core = core.removesuffix(" việt nam")  # "Hội Nông dân Việt Nam phường"
    if not places and not core.endswith((" ủy", " cấp xã", " cấp huyện", " cấp tỉnh")) and is_of_country(core):
        return f"{core} @ việt nam"
    path = _path(core, places, scope)
    bare = core if core == "đảng ủy" or not _BOARD.match(core + " ") else _AT_COMMITTEE.sub("", core)
    if not path and _INNER.match(core):
        path = scope.issuer  # "Cục Cảnh sát giao thông" in a paper of the ministry
    return f"{bare} @ {path}" if path else bare


def _statutory(name: str) -> str:
    """A normalised name with everyday names of bodies as their statutes have them: "tỉnh đoàn" is the Youth Union of the province."""
    youth = _YOUTH.match(name)
    if youth:
        name = f"đoàn thanh niên {youth_unions()[youth.group()]}{name[youth.end() :]}"
    for pattern, whole in _everyday_names():
        name = pattern.sub(whole, name)
    return name


def _of_issuer(name: str, scope: Scope) -> str:
    """A collective name without the issuer or its level at the end: "các sở, ban, ngành tỉnh" in a plan of the province."""
    level = next((level for level, _ in scope.places if re.search(rf"\b{level}\b", scope.issuer)), None)
    tails = [scope.issuer]
    if level is not None:
        bare = scope.issuer.partition(level)[0] + level
        tails += [bare, f"{level}{scope.issuer.partition(level)[2]}", level]
    for tail in tails:
        rest = name.removesuffix(f" {tail}")
        if rest != name and not _NOT_OWN.search(f"{rest} "):
            return re.sub(r"(?<!trực) (?:thuộc|của)$", "", rest)
    return name


def _split(name: str) -> tuple[str, list[Place]]:
    """The name without its places, and the places from the narrowest; a place without a name has an empty one."""
    first = _AREA.search(name)
    committee = next((words for words in committees() if re.search(rf"\b{words}\b", name)), None)
    if first is None:
        if committee is None:
            return _split_province(name)
        head, tail = re.split(rf"\b{committee}\b", name, maxsplit=1)
        return f"{head}{committee}".strip(), [(committees()[committee], tail.strip())]
    return re.sub(r" (các|của)$", "", name[: first.start()].strip()), _places_in(name)


@lru_cache(maxsize=1)
def _province_names() -> tuple[str, ...]:
    return tuple(" ".join(exact_form(word) for word in province if word != "-") for province in lexicon().provinces)


def _split_province(name: str) -> tuple[str, list[Place]]:
    """A body's name before that of a province: "Báo và Phát thanh, Truyền hình Hải Phòng"."""
    for place in _province_names():
        core = name.removesuffix(f" {place}")
        if core != name and core in lexicon().bodies:
            return core, [(_kind_of(place), place)]
    return name, []


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
        at = scope.places[-1:] if _OF_PROVINCE.search(core) else scope.places
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


def areas_of(organ: str | None, place: str | None, parent: str | None) -> Areas:
    """The areas of an organ from the narrowest; () for one of the whole country, and where nothing says it. The arguments are the readings
    of a header."""
    if _is_central(organ, parent):
        return ()
    places = [(fold(level), fold(name)) for level, name in scope_of(organ, place, parent).places]
    if organ and not names_area(organ):
        # A board or department says no place of its own: it is that of the organ above it, or where the paper was signed.
        above = [(fold(level), fold(name)) for level, name in scope_of(parent, None, None).places]
        seat = [("", name) for _, name in places[:1] if name not in [own for _, own in above]]
        places = [*seat, *above] if above else [(level if _is_province(name) else "", name) for level, name in places]
    return tuple(places)


def _is_province(name: str) -> bool:
    return any(fold(" ".join(province)) == name for province in lexicon().provinces)


_COUNTRY = frozenset({"viet nam", "ca nuoc", "toan quoc", "trung uong"})


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
    level = next((level for level in _WIDE if widest.startswith(f"{level} ")), None)
    return key if widest == _NATION or (level is not None and widest != f"{level} ") else None


def place_of_organ(organ: str | None, place: str | None, parent: str | None) -> str:
    """The place of an issuing organ as the keys of its units say it, from the narrowest; "" where nothing says it. The arguments are the
    readings of a header."""
    return ", ".join(f"{level} {name}" for level, name in scope_of(organ, place, parent).places)
