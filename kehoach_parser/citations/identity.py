"""Which document a citation means: finding says what is printed, this step sees all mentions together.

A central number with its date is one document in every plan; a local one (Tỉnh ủy, UBND) needs its place. A Party number runs through
one term, a State number through one year. A mention without a date takes the only dated document of this text that bears its symbol;
where two do, it stays open and both are candidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kehoach_parser.citations.by_name import central_meeting
from kehoach_parser.found import FoundCitation, Identity
from kehoach_parser.symbols.parts import number_of
from kehoach_parser.symbols.series import Areas, PlaceNames, is_national, names_area, place_meant, place_named, series_of
from kehoach_parser.symbols.terms import first_day_of, term_on
from kehoach_parser.text.areas import one_of_folded
from kehoach_parser.text.fold import fold, skeleton
from kehoach_parser.text.lists import LAWS, rows, wider_type
from kehoach_parser.units import areas_of

_TERM_NAME = re.compile(r"\bkh[^\s\d]{1,3}\s+\(?(?P<term>[ivxl1|]{1,5})(?!\w)")
_SHORT_NAME = re.compile(r"\D+ (?P<number>\d{1,4})")


@dataclass(frozen=True, slots=True)
class _Mention:
    """What one mention says: ``base`` is type and symbol (or name), ``place`` that which a local organ names, ``meant`` the one to be
    understood where it names none."""

    base: str
    when: str | None  # date, year or term
    local: bool = False
    place: PlaceNames = ()
    meant: PlaceNames = ()
    national: bool = False  # its issuer is the country's, whatever the letters of its symbol leave open


def resolve(
    citations: Sequence[FoundCitation],
    header_organ: str | None,
    header_place: str | None,
    header_date: str | None,
    header_parent: str | None = None,
) -> tuple[Identity, ...]:
    """The identity of each citation, in their order.

    The header says where a bare "UBND tỉnh" is and when the plan was written (ISO date).
    """
    own = areas_of(header_organ, header_place, header_parent)
    by_span = {citation.span: citation for citation in citations}
    mentions = [_mention(by_span.get(citation.repeats or citation.span, citation), own) for citation in citations]
    mentions = [_short_form(mention, citation, citations, mentions) for mention, citation in zip(mentions, citations, strict=True)]
    mentions = _numbered_laws(mentions, citations)
    places = _places(mentions)
    national = {mention.base for mention in mentions if mention.national}
    bases = [mention.base if mention.base in national and not mention.place else _base(mention, places) for mention in mentions]
    dated: dict[str, list[str]] = defaultdict(list)
    for base, mention in zip(bases, mentions, strict=True):
        if mention.when and mention.when not in dated[base]:
            dated[base].append(mention.when)
    return tuple(_identity(base, mention, dated, header_date or "9999") for base, mention in zip(bases, mentions, strict=True))


def _places(mentions: Sequence[_Mention]) -> dict[str, PlaceNames]:
    """For a local symbol whose place a mention leaves unsaid: the one that another mention names."""
    named: dict[str, PlaceNames] = {}
    for mention in mentions:
        if mention.place:
            named.setdefault(mention.base, mention.place)
    return named


def _base(mention: _Mention, places: dict[str, PlaceNames]) -> str:
    if not mention.local:
        return mention.base
    return f"{mention.base}@{', '.join(mention.place or places.get(mention.base) or mention.meant) or '?'}"


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
    return first_day_of(when.removeprefix("khoa ")) or when


def _key(base: str, when: str | None) -> str:
    return f"{base}|{when}" if when else base


def _mention(citation: FoundCitation, own: Areas) -> _Mention:
    symbol = citation.symbol
    if symbol is None:
        return _named(citation, own)
    base = f"{fold(wider_type(citation.type))}|{symbol}"
    series = series_of(symbol)
    if (series is None or not series.central) and citation.issuer and is_national(citation.issuer, branches=True):
        return _Mention(base, (series.year if series else None) or citation.date, national=True)
    if series is None:
        return _Mention(base, citation.date, True, place_named(citation.issuer, own), tuple(name for _, name in own))
    if not series.central:
        when = series.year or citation.date
        return _Mention(base, when, True, place_named(citation.issuer, own), place_meant(series, citation.issuer, own))
    if series.party:
        # a central Party number is given once in a term: "25/10/2017" and "khóa XII" say the same
        term = term_on(citation.date)
        return _Mention(base, f"khoa {term}" if term else citation.date or _term_named(citation.issuer))
    # 30/2020/NĐ-CP: number and year say it all, with or without the day
    return _Mention(base, series.year or citation.date)


def _named(citation: FoundCitation, own: Areas) -> _Mention:
    """A document without a symbol. A law is known by name and year; what a congress of a province, or rules for its committee are, by the
    place, which is that of the citing organ where none is named."""
    if citation.type in (*LAWS, "Hiến pháp"):
        return _Mention(_name_key(citation), citation.date and citation.date[:4])
    of = citation.issuer or citation.title
    if citation.name is None or of is None or not names_area(of):
        return _Mention(_name_key(citation), citation.date)
    named = place_named(of, own)
    base = _name_key(replace(citation, name=re.sub(one_of_folded(named) + r"(?!\w)", "", fold(citation.name)) if named else citation.name))
    return _Mention(base, citation.date, True, named, place_meant(None, of, own))


def _short_form(mention: _Mention, citation: FoundCitation, all_of_them: Sequence[FoundCitation], mentions: Sequence[_Mention]) -> _Mention:
    """Nghị quyết 18 is the one Nghị quyết of this text with the number 18; the symbols of two such stay apart."""
    short = _SHORT_NAME.fullmatch(citation.name or "")
    if citation.symbol is not None or short is None:
        return mention
    bases = {
        other.base: other
        for other, full in zip(mentions, all_of_them, strict=True)
        if full.symbol and wider_type(full.type) == wider_type(citation.type) and number_of(full.symbol) == short["number"]
    }
    if len(bases) != 1:
        return mention
    (other,) = bases.values()
    return replace(other, when=None)


def _numbered_laws(mentions: Sequence[_Mention], citations: Sequence[FoundCitation]) -> list[_Mention]:
    """The mentions, "Luật Lưu trữ" being "Luật Lưu trữ số 33/2024/QH15" where the text numbers one law of that name (and year)."""
    numbered: dict[str, dict[str, _Mention]] = defaultdict(dict)
    for mention, citation in zip(mentions, citations, strict=True):
        if citation.symbol is not None and citation.title and citation.type in LAWS:
            numbered[_law_key(citation.type, citation.title)][mention.base] = mention
    found = []
    for mention, citation in zip(mentions, citations, strict=True):
        if citation.symbol is None and citation.type in LAWS and (same := numbered.get(mention.base)):
            fitting = [full for full in same.values() if not mention.when or (full.when or "")[:4] == mention.when[:4]]
            mention = fitting[0] if len(fitting) == 1 else mention
        found.append(mention)
    return found


def _term_named(issuer: str | None) -> str | None:
    """The term that an issuer bears: "Ban Chấp hành Trung ương Đảng khóa XII", also where damage made XIII "XIIL"."""
    match = _TERM_NAME.search(fold(issuer or ""))
    return f"khoa {re.sub('[l1|]', 'i', match['term']).upper()}" if match else None


def meeting_key(type_name: str, words: str) -> str | None:
    """The identity of what a congress or plenum of the whole Party issued, as its citations have it; None for other words."""
    name = central_meeting(words)
    return _law_key(type_name, f"{type_name} {name}") if name else None


def _name_key(citation: FoundCitation) -> str:
    """A name as a key: known laws by their true name, other names by their skeleton, which damage leaves alone, and their numbers."""
    return _law_key(citation.type, citation.name or citation.raw)


def _law_key(type_name: str, printed: str) -> str:
    """The key of a name, with or without its type word."""
    kind, name = fold(wider_type(type_name)), fold(printed)
    bare = name.removeprefix(kind).strip()
    if type_name in LAWS:
        name = bare
    if bare in _known_laws():
        return f"{kind}|{bare}"
    return f"{kind}|" + " ".join(w if re.fullmatch(r"[ivx]+|\d+", w) else skeleton(w) for w in re.findall(r"\w+", name))


@cache
def _known_laws() -> frozenset[str]:
    names = [fold(name) for _, name in rows("laws")]
    return frozenset([*names, *(f"sua doi, bo sung mot so dieu cua luat {name}" for name in names)])
