"""Which document a citation means: finding says what is printed, this step sees all mentions together.

A central number with its date is one document in every plan; a local one (Tỉnh ủy, UBND) needs its place. A Party number runs through
one term, a State number through one year. A mention without a date takes the only dated document of this text that bears its symbol;
where two do, it stays open and both are candidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kehoach_parser.fold import fold, skeleton
from kehoach_parser.tables import organs, rows, wider_type
from kehoach_parser.values import FoundCitation, Identity

_PARTY = re.compile(r"(?P<number>[^-/]+)-(?P<kind>[^/]+)/(?P<organ>.+)")
_STATE = re.compile(r"(?P<number>[^-/]+)/(?:(?P<year>\d{4})/)?(?:(?P<kind>[^-/]+)-)?(?P<organ>.+)")
_TERM_NAME = re.compile(r"\bkh[^\s\d]{1,3}\s+\(?(?P<term>[ivxl]{1,5})\b")
# The first day on which numbers of a central Party term were given (the first plenum after the congress), latest term first.
_TERMS = (
    ("2026-01-23", "khoa XIV"),
    ("2021-01-31", "khoa XIII"),
    ("2016-01-26", "khoa XII"),
    ("2011-01-18", "khoa XI"),
    ("2006-04-24", "khoa X"),
    ("2001-04-22", "khoa IX"),
)
_SHORT_NAME = re.compile(r"\D+ (?P<number>\d{1,4})")
_PLACE = re.compile(
    r"(?<!\w)(?:(?:tinh|thanh|huyen|quan|thi|xa|phuong)\s+uy|tinh|thanh pho|tp\.?|xa|phuong|dac khu|huyen|quan|thi xa)\s+"
    r"(?P<name>(?!uy\b).+)"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """What one mention says: ``base`` is type and symbol (or name), ``place`` that of a local organ ("" central, None unsaid)."""

    base: str
    place: str | None
    when: str | None  # date or year


def resolve(
    citations: Sequence[FoundCitation], header_organ: str | None, header_place: str | None, header_date: str | None
) -> tuple[Identity, ...]:
    """The identity of each citation, in their order.

    The header says where a bare "UBND tỉnh" is and when the plan was written (ISO date).
    """
    by_span = {citation.span: citation for citation in citations}
    mentions = [_mention(by_span.get(citation.repeats or citation.span, citation)) for citation in citations]
    mentions = [_short_form(mention, citation, citations, mentions) for mention, citation in zip(mentions, citations, strict=True)]
    places = _places(mentions, _own_place(header_organ, header_place))
    bases = [_base(mention, places) for mention in mentions]
    dated: dict[str, list[str]] = defaultdict(list)
    for base, mention in zip(bases, mentions, strict=True):
        if mention.when and mention.when not in dated[base]:
            dated[base].append(mention.when)
    return tuple(_identity(base, mention, dated, header_date or "9999") for base, mention in zip(bases, mentions, strict=True))


def _places(mentions: Sequence[_Mention], own: str) -> dict[str, str]:
    """For a local symbol whose place a mention leaves unsaid: the one that another mention names, else the plan's own."""
    named: dict[str, str] = {}
    for mention in mentions:
        if mention.place:
            named.setdefault(mention.base, mention.place)
    return defaultdict(lambda: own or "?", named)


def _base(mention: _Mention, places: dict[str, str]) -> str:
    if mention.place == "":
        return mention.base
    return f"{mention.base}@{mention.place or places[mention.base]}"


def _identity(base: str, mention: _Mention, dated: dict[str, list[str]], written: str) -> Identity:
    """A mention with a date is its own; one without takes the only date that its document has in this text."""
    if mention.when:
        return Identity(_key(base, mention.when), ())
    known = dated.get(base, [])
    if len(known) == 1:
        return Identity(_key(base, known[0]), ())
    if known:
        return Identity(
            None, tuple(_key(base, when) for when in sorted(known, key=lambda w: (_begins(w) <= written, _begins(w)), reverse=True))
        )
    return Identity(_key(base, None), ())


def _begins(when: str) -> str:
    """A date, year or term as the day on which it begins: the later document is the likelier one to be cited without a date."""
    return next((first for first, term in _TERMS if term == when), when)


def _key(base: str, when: str | None) -> str:
    return f"{base}|{when}" if when else base


def _mention(citation: FoundCitation) -> _Mention:
    symbol = citation.symbol
    if symbol is None:
        return _Mention(_name_key(citation), "", citation.date)
    party = _PARTY.fullmatch(symbol)
    state = None if party else _STATE.fullmatch(symbol)
    match = party or state
    organ = match["organ"].removesuffix("/nb") if match else ""
    place = "" if _is_central(organ, match["kind"] if match else None) else _place_of(citation.issuer)
    # 30/2020/NĐ-CP: number and year say it all, with or without the day
    when = state["year"] if state and state["year"] else citation.date
    if party and place == "":
        # a central Party number is given once in a term: "25/10/2017" and "khóa XII" say the same
        when = _term_of(citation.date) or citation.date or _term_named(citation.issuer)
    return _Mention(f"{fold(wider_type(citation.type))}|{symbol}", place, when)


def _short_form(mention: _Mention, citation: FoundCitation, all_of_them: Sequence[FoundCitation], mentions: Sequence[_Mention]) -> _Mention:
    """Nghị quyết 18 is the one Nghị quyết of this text with the number 18; the symbols of two such stay apart."""
    short = _SHORT_NAME.fullmatch(citation.name or "")
    if citation.symbol is not None or short is None:
        return mention
    bases = {
        other.base: other
        for other, full in zip(mentions, all_of_them, strict=True)
        if full.symbol
        and wider_type(full.type) == wider_type(citation.type)
        and re.split(r"[-/]", full.symbol)[0].lstrip("0") == short["number"]
    }
    if len(bases) != 1:
        return mention
    (other,) = bases.values()
    return _Mention(other.base, other.place, None)


def _term_of(day: str | None) -> str | None:
    return next((term for first, term in _TERMS if day is not None and len(day) == 10 and day >= first), None)


def _term_named(issuer: str | None) -> str | None:
    """The term that an issuer bears: "Ban Chấp hành Trung ương Đảng khóa XII", also where damage made XIII "XIIL"."""
    match = _TERM_NAME.search(fold(issuer or ""))
    return f"khoa {match['term'].replace('l', 'i').upper()}" if match else None


def _name_key(citation: FoundCitation) -> str:
    """A name as a key: known laws by their true name, other names by their skeleton, which damage leaves alone, and their numbers."""
    name = fold(citation.name or citation.raw)
    kind = fold(wider_type(citation.type))
    if name.removeprefix(kind).strip() in _known_laws():
        return f"{kind}|{name.removeprefix(kind).strip()}"
    return f"{kind}|" + " ".join(w if re.fullmatch(r"[ivx]+|\d+", w) else skeleton(w) for w in re.findall(r"\w+", name))


@cache
def _known_laws() -> frozenset[str]:
    names = [fold(name) for _, name in rows("laws")]
    return frozenset([*names, *(f"sua doi, bo sung mot so dieu cua luat {name}" for name in names)])


def _is_central(organ: str, kind: str | None) -> bool:
    """Whether a symbol's organ is one in the country; circulars and decrees are central whatever ministry they name."""
    table = organs()
    pieces = [re.sub(r"\d+$", "", piece) for piece in re.split(r"[-.&/]", organ)]
    return kind in ("TT", "TTLT", "NĐ") or any(table.get(p, ("", ""))[1] == "central" or p.endswith("TW") for p in pieces)


def _place_of(issuer: str | None) -> str | None:
    """The place that an issuer names: "UBND tỉnh Lâm Đồng" → "lam dong"."""
    if not issuer:
        return None
    if match := _PLACE.search(fold(issuer)):
        words = re.split(r"\s(?:khoa|ve|va|nhiem)\s|[,;(]", match["name"])[0].strip()
        return re.sub(r"^(?:tinh|thanh pho|tp\.?)\s+", "", words) or None
    return None


def _own_place(organ: str | None, place: str | None) -> str:
    """The place of the issuing organ: named in its own name, else where the plan was signed."""
    named = _place_of(organ)
    if named:
        return named
    return re.sub(r"^(?:tinh|thanh pho|tp\.?|xa|phuong)\s+", "", fold(place)) if place else ""
