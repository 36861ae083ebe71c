"""The record of a cited document as a row: what the citing plans print, counted, and what they settle on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pyroaring import BitMap, FrozenBitMap

from archive.common.keys import SEGMENT, name_key, symbol_key, term_of
from archive.resolve.claims import CITED, PAPER, TAUGHT, Claim
from archive.resolve.weigh import Record
from archive.values.citations import Authority, CitedDocument, Count
from archive.values.documents import Document
from kehoach_parser.knowledge import meeting_named

#: So many readings of each kind are kept.
KEPT = 20
#: The kinds of readings of a record.
KINDS = ("types", "symbols", "dates", "issuers", "titles")
#: So many names of one document are kept for finding it.
NAMES = 60


def authority_row(record: Record, conflicting: int) -> dict[str, Any]:
    """The columns of an AuthorityRow; ``conflicting`` counts the mentions that contradict it."""
    claims = record.claims
    symbol = _settled(claims, lambda claim: (claim.symbol,))
    kind = _settled(claims, lambda claim: (claim.type_name,)) or ""
    issuer, name = _issuer_and_name(claims, kind, symbol)
    cited = [claim for claim in claims if claim.source == CITED]
    block = next((claim.blocks[0] for claim in (*cited, *claims)), "")
    cited_by = FrozenBitMap(_joined(cited))
    return {
        "key": record.key,
        "block": block,
        "type": kind,
        "symbol": symbol,
        "symbol_key": symbol_key(symbol) if symbol else None,
        "date": record.date,
        "term": term_of(symbol, record.date) or next((claim.term for claim in claims if claim.term), None),
        "issuer": issuer,
        "place": ", ".join(max((len(claim.place), claim.place) for claim in claims)[1]),
        "title": _settled(claims, lambda claim: claim.titles) or name,
        "name_key": _names(claims, () if name is None else (name,)),
        "document_id": record.document_id,
        "plans": len(cited_by),
        "cited_by": cited_by,
        "mentions": sum(len(claim.said) * claim.times for claim in cited),
        "conflicting": conflicting,
        "readings": {
            "types": _counted(cited, lambda claim: (claim.type_name,)),
            "symbols": _counted(cited, lambda claim: (claim.symbol,)),
            "dates": _counted(cited, lambda claim: claim.dates),
            "issuers": _words_counted(cited, lambda claim: claim.issuers),
            "titles": _words_counted(cited, lambda claim: claim.titles),
            "names": sorted({name for claim in claims if claim.source == TAUGHT for name in claim.names}),
            "tied": record.tied,
        },
    }


def _issuer_and_name(claims: Sequence[Claim], kind: str, symbol: str | None) -> tuple[str | None, str | None]:
    """Who issued it, and, where it bears no symbol, its name as it stands in the prints; of what a meeting issued the true ones, however
    damaged these are."""
    issuer = _settled(claims, lambda claim: claim.issuers)
    if symbol:
        return issuer, None
    printed = _settled(claims, lambda claim: claim.printed)
    if meeting := meeting_named(issuer or printed or ""):
        return meeting, f"{kind} {meeting}"
    return issuer, kind if printed and len(printed.split()) == len(kind.split()) else printed  # "Hién phap"


def authority(row: Mapping[Any, Any], document: Document | None) -> Authority:
    """The value of an AuthorityRow with all its readings; ``document`` as in `cited_document`."""
    readings = row["readings"]
    kinds = {kind: tuple(Count(name, amount) for name, amount in readings[kind]) for kind in KINDS}
    disagreements = tuple(kind for kind in KINDS if len(kinds[kind]) > 1)
    return Authority(
        cited_document(row, document),
        row["plans"],
        row["mentions"],
        row["conflicting"],
        kinds["types"],
        kinds["symbols"],
        kinds["dates"],
        kinds["issuers"],
        kinds["titles"],
        tuple(readings["names"]),
        disagreements,
    )


def cited_document(row: Mapping[Any, Any], document: Document | None) -> CitedDocument:
    """The value of an AuthorityRow; ``document`` is the plan in the archive that it is."""
    return CitedDocument(
        row["key"], row["type"], row["symbol"], row["date"], row["issuer"], row["title"], row["term"], document, row["place"]
    )


def _names(claims: Iterable[Claim], true_names: Iterable[str]) -> str:
    """Every name: as printed without a symbol, type with title, as taught; and the true one."""
    names = set(map(name_key, true_names))
    for claim in claims:
        names.update(f" {name} " for name in claim.names)
        for title in claim.titles:
            key = name_key(title)
            names.add(key if key.startswith(name_key(claim.type_name)) else name_key(f"{claim.type_name} {title}"))
    return "".join(f"{SEGMENT}{name}" for name in sorted(names)[:NAMES]) + SEGMENT


_Readings = Callable[[Claim], Iterable[str | None]]


#: Whose reading counts, and whether it stands in a clean text, the best first.
_RIGHTS = ((TAUGHT, True), (CITED, True), (CITED, False), (PAPER, True), (PAPER, False))


def _settled(claims: Iterable[Claim], readings: _Readings) -> str | None:
    """The reading that is taught, else the one that most plans print, clean ones first, else what the paper says of itself."""
    told: dict[tuple[str, bool], list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.source, claim.clean].append(claim)
    for right in _RIGHTS:
        if right in told and (counted := _counted(told[right], readings)):
            return str(counted[0][0])
    return None


def _counted(claims: Sequence[Claim], readings: _Readings) -> list[list[Any]]:
    """The readings with the number of plans that print each, the commonest first; marks, case and signs make no other reading."""
    plans: dict[str, list[FrozenBitMap]] = defaultdict(list)
    forms: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for claim in claims:
        for reading in readings(claim):
            if reading:
                key = name_key(reading)
                plans[key].append(claim.plans)
                forms[key][reading] += claim.times
    counted = sorted((-len(FrozenBitMap.union(*versions)), _form(forms[key])) for key, versions in plans.items())
    return [[form, -amount] for amount, form in counted[:KEPT]]


def _words_counted(claims: Sequence[Claim], readings: _Readings) -> list[list[Any]]:
    """The same of words, which damage writes in many ways: those of clean texts; where there are none, the first for all."""
    if clean := _counted([claim for claim in claims if claim.clean], readings):
        return clean
    every = _counted(claims, readings)
    return [[every[0][0], len(_joined(claim for claim in claims if any(readings(claim))))]] if every else []


def _joined(claims: Iterable[Claim]) -> BitMap:
    """The plans that make one of these claims."""
    return BitMap.union(BitMap(), *(claim.plans for claim in claims))


def _form(forms: Mapping[str, int]) -> str:
    """The commonest form; of equals one that is not all capitals."""
    return min(forms, key=lambda form: (-forms[form], form.isupper(), form))
