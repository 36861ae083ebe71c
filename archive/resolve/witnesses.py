"""What speaks for a document as what a citation without a date means: one witness for each kind of evidence, each with its weight."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pyroaring import BitMap, FrozenBitMap

from archive.resolve.claims import CITED, PAPER, TAUGHT, Claim, law_name
from archive.resolve.evidence import days_apart, titles_agree
from archive.resolve.group import Group
from archive.resolve.groups import law_names, place_fits, same_series, usual_names
from archive.values.citations import Evidence
from kehoach_parser import fold
from kehoach_parser.knowledge import term_on

#: What each kind of evidence counts. A title that agrees decides where no other title does; time, place and number of plans never do.
#: What people say in the alias file or of a mention ("alias") outweighs all of it.
WEIGHTS = {"alias": 10.0, "self": 4.0, "title": 4.0, "date": 2.0, "place": 1.0, "here": 0.75, "time": 0.5, "term": 0.5, "issuer": 0.5}
#: Per plan that cites a candidate, up to five of them.
PLAN_WEIGHT, MOST_PLANS = 0.1, 5


@dataclass(frozen=True, slots=True)
class Profile:
    """A group as claims without a date are weighed against it: what its claims say by now, taken once. ``plans`` cite it, ``papers`` are
    it, ``strong`` outweighs what one plan says. ``words`` remembers what stored claims, by their rows, say for it."""

    group: Group
    date: str | None
    titles: tuple[str, ...]
    clean: bool
    issuers: frozenset[str]
    plans: FrozenBitMap
    papers: FrozenBitMap
    strong: bool
    names: frozenset[str]
    laws: frozenset[str]
    words: dict[int, _Words] = field(default_factory=dict, compare=False)


#: What is said by how many plans cite a group and, apart, by the words of a claim; None where these cannot mean it.
_Words = tuple[list[Evidence], list[Evidence]] | None


def profile_of(group: Group) -> Profile:
    """The profile of a group as it is now."""
    laws = usual_names(group) if group.first.cls == "luat" else frozenset()
    return Profile(
        group,
        group.settled[0] or _year_of(group),
        tuple(title for title in group.titles if not laws or law_name(title) in laws),
        group.clean,
        frozenset(fold(issuer) for claim in group.claims for issuer in claim.issuers),
        _joined(claim.plans for claim in group.claims if claim.source == CITED),
        _joined(claim.plans for claim in group.claims if claim.source == PAPER),
        group.strong,
        frozenset(name for claim in group.claims if claim.source == TAUGHT for name in claim.names),
        laws,
    )


def _joined(sets: Iterable[FrozenBitMap]) -> FrozenBitMap:
    return FrozenBitMap(BitMap.union(BitMap(), *sets))


def _year_of(group: Group) -> str | None:
    """The year in the symbol of a document that nobody dates."""
    return group.first.series.year if group.first.series else None


def weigh(claim: Claim, profile: Profile) -> tuple[Evidence, ...] | None:
    """What speaks for a group as the document of a claim; None where it cannot be."""
    if _is_called(claim, profile):
        return (Evidence("alias", WEIGHTS["alias"], claim.names[0]),)
    words, time = _by_words(claim, profile), _by_time(claim, profile)
    if words is None or time is None:
        return None
    plans, others = words
    found = [*plans, *time, *others, *_by_plan(claim, profile)]
    return tuple(sorted(found, key=lambda piece: -piece.weight)) or (Evidence("symbol", 0.0, claim.symbol or ""),)


def _by_words(claim: Claim, profile: Profile) -> _Words:
    """What the words of a claim say, whichever plan says them: it is asked once for all plans that say the same."""
    if claim.row is None:
        return _read_words(claim, profile)
    if claim.row not in profile.words:
        profile.words[claim.row] = _read_words(claim, profile)
    return profile.words[claim.row]


def _read_words(claim: Claim, profile: Profile) -> _Words:
    if not _may_be(claim, profile):
        return None
    others: list[Evidence] = []
    for witness in _WITNESSES:
        said = witness(claim, profile)
        if said is None:
            return None
        others += said
    return _by_plans(profile), others


def worth_weighing(claim: Claim, profile: Profile) -> bool:
    """Whether what a claim says, whichever plan says it, leaves a group as its document."""
    return _is_called(claim, profile) or _may_be(claim, profile)


def _is_called(claim: Claim, profile: Profile) -> bool:
    return not profile.names.isdisjoint(claim.names)


def _may_be(claim: Claim, profile: Profile) -> bool:
    """Whether series and place allow it. "Luật Lưu trữ" means a law that some plans cite by its number alone, if others print its name."""
    named = claim.series is None and not profile.laws.isdisjoint(law_names(claim))
    return place_fits(claim, profile.group) != "other" and (named or same_series(claim, profile.group.first))


#: What one witness has to say: what speaks for the group, nothing, or (None) that the claim cannot mean it.
_Said = list[Evidence] | None


def _by_plans(profile: Profile) -> list[Evidence]:
    """What many plans cite is likelier. More than count are not told: each plan that comes in would change what is said of all others."""
    plans = len(profile.plans)
    told = str(plans) if plans < MOST_PLANS else f"≥ {MOST_PLANS}"
    return [Evidence("plans", round(PLAN_WEIGHT * min(plans, MOST_PLANS), 1), told)] if plans else []


class When(NamedTuple):
    """How the date of a document stands to that of a plan; nothing else of the plan's date is looked at."""

    younger: bool
    later: bool
    recent: bool
    same_year: bool
    within_a_year: bool


#: Days.
_NEWS = 365


def when(written: str | None, profile: Profile) -> When | None:
    """How the date of a document stands to the date on which a plan was ``written``; None where one of the two is not known. ``younger``
    than the plan is what cannot be meant, ``later`` also what bears a month or year that has the plan's day in it; ``recent`` is of the
    term in which the plan was written, for the State of the year before it or its own."""
    date = profile.date
    if date is None or not written:
        return None
    within = len(date) == len(written) == 10 and days_apart(date, written) <= _NEWS
    series = profile.group.first.series
    of_term = series is not None and series.central and series.party
    recent = term_on(written) is not None and term_on(written) == term_on(date) if of_term else within
    return When(date[: len(written)] > written[: len(date)], date > written, recent, date[:4] == written[:4], within)


def _by_time(claim: Claim, profile: Profile) -> _Said:
    """A document younger than the plan cannot be meant."""
    date, found = profile.date, when(claim.written, profile)
    if date is None or claim.source != CITED or found is None:
        return []
    if found.younger:
        return None
    recent = [Evidence("term", WEIGHTS["term"], term_on(date) or date[:4])] if found.recent else []
    return [Evidence("time", WEIGHTS["time"], date), *recent]


def _by_date(claim: Claim, profile: Profile) -> _Said:
    """Another date excludes where it is the only one that the claim prints."""
    date = profile.date
    if date is None:
        return []
    found = [Evidence("date", WEIGHTS["date"], printed) for printed in claim.dates if date.startswith(printed) or printed.startswith(date)]
    return None if len(claim.dates) == 1 and not found else found


def _by_title_words(claim: Claim, profile: Profile) -> _Said:
    agree, said = titles_agree(claim.titles, profile.titles, clean=claim.clean and profile.clean)
    return None if agree is False else [Evidence("title", WEIGHTS["title"], said)] if agree else []


def _by_place(claim: Claim, profile: Profile) -> _Said:
    same = claim.place and place_fits(claim, profile.group) == "same"
    return [Evidence("place", WEIGHTS["place"], ", ".join(claim.place))] if same else []


def _by_issuer(claim: Claim, profile: Profile) -> _Said:
    same = next((issuer for issuer in claim.issuers if fold(issuer) in profile.issuers), None)
    return [Evidence("issuer", WEIGHTS["issuer"], same)] if same else []


def _by_plan(claim: Claim, profile: Profile) -> list[Evidence]:
    """The number of the plan itself ("kèm theo Quyết định số 1521/QĐ-UBND" over its own annex), and what it dates elsewhere."""
    found = [] if claim.plans.isdisjoint(profile.papers) else [Evidence("self", WEIGHTS["self"], "")]
    return found if claim.plans.isdisjoint(profile.plans) else [*found, Evidence("here", WEIGHTS["here"], "")]


_WITNESSES = (_by_date, _by_title_words, _by_place, _by_issuer)
