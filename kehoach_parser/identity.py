"""Which document a citation means: finding says what is printed, this step sees all mentions together.

A central number with its date is one document in every plan; a local one (Tỉnh ủy, UBND) needs its place. A Party number runs through one term,
a State number through one year. A mention without a date takes the only dated document of this text that bears its symbol; where two do, it
stays open and both are candidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kehoach_parser.fold import fold, skeleton
from kehoach_parser.tables import organs
from kehoach_parser.values import FoundCitation, Identity

# First day on which numbers of a central Party term were given, and its congress (from the rules on Party documents and the press of the day).
_TERMS = (
    ("2026-01-23", "XIV"),
    ("2021-01-31", "XIII"),
    ("2016-01-26", "XII"),
    ("2011-01-18", "XI"),
    ("2006-04-24", "X"),
    ("2001-04-22", "IX"),
)
_PARTY = re.compile(r"(?P<number>[^-/]+)-(?P<kind>[^/]+)/(?P<organ>.+)")
_STATE = re.compile(r"(?P<number>[^-/]+)/(?:(?P<year>\d{4})/)?(?:(?P<kind>[^-/]+)-)?(?P<organ>.+)")
_PLACE = re.compile(
    r"(?<!\w)(?:(?:tinh|thanh|huyen|quan|thi|xa|phuong)\s+uy|tinh|thanh pho|tp\.?|xa|phuong|dac khu|huyen|quan|thi xa)\s+(?P<name>(?!uy\b).+)"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    base: str  # type, symbol and place: what a mention without a date still says
    when: str | None  # date, year or term
    name: str | None


def resolve(
    citations: Sequence[FoundCitation], header_organ: str | None, header_place: str | None, header_date: str | None
) -> tuple[Identity, ...]:
    """The identity of each citation, in their order. The header says which organ a bare "UBND tỉnh" belongs to, and when the plan was written."""
    own = _own_place(header_organ, header_place)
    mentions = [_mention(citation, own) for citation in citations]
    dated: dict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        if mention.when and mention.when not in dated[mention.base]:
            dated[mention.base].append(mention.when)
    local = _places(mentions)
    out = []
    for citation, mention in zip(citations, mentions, strict=True):
        out.append(_identity(citation, mention, dated, local, header_date))
    return tuple(out)


def _places(mentions: list[_Mention]) -> dict[str, str]:
    """For a local symbol without a place, the place that another mention of it in this text names."""
    out: dict[str, str] = {}
    for mention in mentions:
        symbol, _, place = mention.base.rpartition("@")
        if place and place != "?":
            out.setdefault(symbol, mention.base)
    return out


def _identity(
    citation: FoundCitation, mention: _Mention, dated: dict[str, list[str]], local: dict[str, str], header_date: str | None
) -> Identity:
    base = mention.base
    if base.endswith("@?") or base.endswith("@"):
        base = local.get(base.rpartition("@")[0], base)
    if mention.when:
        return Identity(_key(base, mention.when), ())
    known = dated.get(base) or dated.get(mention.base) or []
    if len(known) == 1:
        return Identity(_key(base, known[0]), ())
    if known:
        earlier = [when for when in known if header_date is None or when <= header_date]
        likeliest = sorted(earlier, reverse=True) + sorted((w for w in known if w not in earlier), reverse=True)
        return Identity(None, tuple(_key(base, when) for when in likeliest))
    return Identity(_key(base, None), ())


def _key(base: str, when: str | None) -> str:
    return f"{base}|{when}" if when else base


def _mention(citation: FoundCitation, own: str) -> _Mention:
    symbol = citation.symbol
    if symbol is None:
        return _Mention(_name_key(citation), citation.date, citation.name)
    party = _PARTY.fullmatch(symbol)
    state = None if party else _STATE.fullmatch(symbol)
    match = party or state
    organ = match["organ"].removesuffix("/nb") if match else ""
    kind = fold(citation.type)
    base = f"{kind}|{symbol}"
    if not _is_central(organ):
        base = f"{base}@{_place_of(citation.issuer) or own or '?'}"
    when = citation.date or (state["year"] if state and state["year"] else None)
    if state and state["year"]:
        when = state["year"]  # 30/2020/NĐ-CP: number and year say it all, with or without the day
    elif citation.date:
        when = citation.date
    return _Mention(base, when, None)


def _name_key(citation: FoundCitation) -> str:
    """A name as a key: laws by their true name, meetings by type and number, whatever the damage of the words."""
    name = citation.name or citation.raw
    return fold(citation.type) + "|" + " ".join(_word_key(w) for w in re.findall(r"\w+", fold(name)))


def _word_key(word: str) -> str:
    return word if re.fullmatch(r"[ivx]+|\d+", word) else skeleton(word)


def _is_central(organ: str) -> bool:
    """Whether every organ of a symbol is one in the country."""
    table = organs()
    for piece in re.split(r"[-.&/]", organ):
        letters = re.sub(r"\d+$", "", piece)
        if letters in table:
            if table[letters][1] == "central":
                return True
            continue
        if letters.endswith("TW") or (re.fullmatch(r"B[A-ZĐ]{1,6}", letters) and not letters.endswith(("TU", "ĐU", "HU", "QU"))):
            return True
    return False


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
