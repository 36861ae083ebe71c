"""Which document each citation means, weighed over all plans of the archive. Pure: claims in, records and decisions out.

Never the symbol alone: a mention without date, term or title that agrees stays ambiguous, with the candidates and what speaks for them.
The outcome depends on the claims only, not on the order in which they came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.common.keys import name_key
from archive.resolve.claims import CITED, PAPER, TAUGHT, Claim, Said, law_name
from archive.resolve.evidence import days_apart, titles_agree
from archive.resolve.groups import (
    Group,
    grouped_claims,
    law_names,
    period_of,
    place_fits,
    same_number_misread,
    same_series,
    same_unnumbered,
    taught_misprint,
    usual_names,
)
from archive.values.citations import Evidence
from kehoach_parser import fold, term_on

#: Weight from which a candidate is the document, and by how much it must outweigh the next.
DECIDED, MARGIN = 3.0, 2.0
#: What each kind of evidence counts. A title that agrees decides where no other title does; time, place and number of plans never do.
WEIGHTS = {"alias": 10.0, "self": 4.0, "title": 4.0, "date": 2.0, "place": 1.0, "here": 0.75, "time": 0.5, "term": 0.5, "issuer": 0.5}
#: Per plan that cites a candidate, up to five of them.
PLAN_WEIGHT, MOST_PLANS = 0.1, 5


@dataclass(frozen=True, slots=True)
class Record:
    """A document of the archive's own resolution: its claims, the date they settle on (``tied``: as many for another), the paper."""

    key: str
    claims: tuple[Claim, ...]
    date: str | None
    tied: bool
    document_id: int | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its weight and the evidence."""

    key: str
    weight: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What one mention means: ``record`` (a key) where it is one document, else ``candidates``, likeliest first."""

    version_id: int
    ordinal: int
    state: str
    record: str | None
    candidates: tuple[Weighed, ...]
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A group as claims without a date are weighed against it: what its claims say by now, taken once."""

    group: Group
    date: str | None
    titles: tuple[str, ...]
    clean: bool
    issuers: frozenset[str]
    versions: frozenset[int]
    papers: frozenset[int]
    names: frozenset[str]
    laws: frozenset[str]


def profile_of(group: Group) -> Profile:
    """The profile of a group as it is now."""
    cited = [claim for claim in group.claims if claim.source == CITED]
    laws = usual_names(group) if group.first.cls == "luat" else frozenset()
    return Profile(
        group,
        settled_date(group.claims)[0],
        tuple(title for title in group.titles if not laws or law_name(title) in laws),
        group.clean,
        frozenset(fold(issuer) for claim in group.claims for issuer in claim.issuers),
        frozenset(claim.version_id for claim in cited),
        frozenset(claim.version_id for claim in group.claims if claim.source == PAPER),
        frozenset(name for claim in group.claims if claim.source == TAUGHT for name in claim.names),
        laws,
    )


def resolve(claims: Sequence[Claim]) -> tuple[tuple[Record, ...], tuple[Decision, ...]]:
    """The records of some whole blocks, and the decision on every mention in them."""
    blocks = _connected(claims)
    groups: list[Group] = []
    open_claims: list[tuple[list[Group], list[Claim]]] = []
    unnumbered = [claim for claim in claims if claim.source == PAPER and (claim.series is None or not claim.series.number)]
    unread = set(map(id, unnumbered))
    for block in blocks:
        found, undecided = _block([claim for claim in block if id(claim) not in unread])
        groups += found
        open_claims.append((found, undecided))
    groups = _misread_numbers(groups)
    _with_papers(groups, unnumbered)
    keys = _keys(groups)
    records = {key: _record(key, group) for key, group in keys.items()}
    key_of = {id(group): key for key, group in keys.items()}
    decisions = [decision for key, group in keys.items() for decision in _decided(records[key], group)]
    for found, claims_left in open_claims:
        profiles = [(key_of[id(group)], profile_of(group)) for group in found if id(group) in key_of]
        for claim in claims_left:
            weighed = [(key, _weigh(claim, profile)) for key, profile in profiles]
            decisions += _ambiguous(claim, weighed, records)
    return tuple(records.values()), tuple(decisions)


def _connected(claims: Iterable[Claim]) -> list[list[Claim]]:
    """The claims by block; blocks that share a claim (a law by number and by name) are one."""
    home: dict[str, list[Claim]] = {}
    for claim in claims:
        parts = {id(part): part for block in claim.blocks if (part := home.get(block)) is not None}
        whole = next(iter(parts.values()), [])
        for part in parts.values():
            if part is not whole:
                whole += part
        whole.append(claim)
        home.update((block, whole) for each in whole for block in each.blocks)
    return list({id(part): part for part in home.values()}.values())


def _block(claims: Sequence[Claim]) -> tuple[list[Group], list[Claim]]:
    """The groups of one block, and the claims that may mean several of them."""
    taught = [claim for claim in claims if claim.source == TAUGHT]
    corrected = {id(claim): entry for claim in claims if claim.source != TAUGHT and (entry := taught_misprint(claim, taught))}
    dated = [claim for claim in claims if period_of(claim) is not None and id(claim) not in corrected]
    longer = {(claim.series.organs[:1], claim.place) for claim in dated if claim.series is not None}
    narrower = {(lead, place[:length]) for lead, place in longer for length in range(1, len(place))}
    floating = [claim for claim in dated if not claim.placed or (claim.series and (claim.series.organs[:1], claim.place) in narrower)]
    apart = set(map(id, floating))
    groups = grouped_claims([claim for claim in dated if id(claim) not in apart])
    for claim in claims:
        if entry := corrected.get(id(claim)):
            next(group for group in groups if entry in group.claims).claims.append(claim)
    undecided: list[Claim] = []
    lonely: list[Claim] = []
    for claim in floating:
        fitting = [group for group in groups if same_series(claim, group.first) and _floats_to(claim, group)]
        agreeing = [group for group in fitting if titles_agree(claim.titles, group.titles, clean=claim.clean and group.clean)[0]]
        certain = [group for group in fitting if place_fits(claim, group) in ("open", "same")]
        chosen = agreeing if len(agreeing) == 1 else certain if len(certain) == 1 else []
        if chosen:
            chosen[0].claims.append(claim)
        elif fitting:
            undecided.append(claim)
        else:
            lonely.append(claim)
    groups += grouped_claims(lonely)
    profiles = [profile_of(group) for group in groups]
    rest = []
    for claim in claims:
        if period_of(claim) is None and id(claim) not in corrected:
            best = _outweighs(claim, profiles)
            if best is not None:
                best.group.claims.append(claim)
            else:
                rest.append(claim)
    named = [claim for claim in rest if claim.titles or claim.source != CITED or (claim.series is None and claim.key is not None)]
    others = _by_title([claim for claim in named if not any(_weigh(claim, profile) for profile in profiles)])
    groups += others
    taken = {id(claim) for group in others for claim in group.claims}
    return groups, undecided + [claim for claim in rest if id(claim) not in taken]


def _by_title(claims: Sequence[Claim]) -> list[Group]:
    """Claims without a date that none of the dated documents can be, put together by their titles or names."""
    profiles: list[Profile] = []
    for claim in sorted(claims, key=lambda claim: (-len(claim.titles), claim.titles, claim.version_id)):
        best = _outweighs(claim, profiles)
        if best is None:
            profiles.append(profile_of(Group([claim])))
        else:
            best.group.claims.append(claim)
    return [profile.group for profile in profiles]


def _floats_to(claim: Claim, group: Group) -> bool:
    same_day = claim.day is not None and claim.day in group.days
    return place_fits(claim, group) != "other" and (same_day or (claim.day is None and period_of(claim) == period_of(group.first)))


def _outweighs(claim: Claim, profiles: Sequence[Profile]) -> Profile | None:
    """The document that a claim without a period means, where one outweighs all others."""
    weighed = sorted(((weight, -at) for at, profile in enumerate(profiles) if (weight := _total(_weigh(claim, profile)))), reverse=True)
    if not weighed or weighed[0][0] < DECIDED or (len(weighed) > 1 and weighed[0][0] - weighed[1][0] < MARGIN):
        return None
    return profiles[-weighed[0][1]]


def _total(evidence: tuple[Evidence, ...] | None) -> float:
    return sum(piece.weight for piece in evidence) if evidence else 0.0


def _weigh(claim: Claim, profile: Profile) -> tuple[Evidence, ...] | None:
    """What speaks for a group as the document of a claim; None where it cannot be. A document younger than the plan cannot be meant."""
    group, date = profile.group, profile.date
    if not profile.names.isdisjoint(claim.names):
        return (Evidence("alias", WEIGHTS["alias"], claim.names[0]),)
    fit = place_fits(claim, group)
    # "Luật Lưu trữ" means a law that some plans cite by its number alone, if others print its name
    named = claim.series is None and not profile.laws.isdisjoint(law_names(claim))
    if fit == "other" or not (named or same_series(claim, group.first)):
        return None
    plans = len(profile.versions)
    found = [Evidence("plans", round(PLAN_WEIGHT * min(plans, MOST_PLANS), 1), str(plans))] if plans else []
    if date is not None and claim.source == CITED:
        if claim.written and date[: len(claim.written)] > claim.written[: len(date)]:
            return None
        if claim.written:
            found.append(Evidence("time", WEIGHTS["time"], date))
            if _recent(claim, group, date):
                found.append(Evidence("term", WEIGHTS["term"], term_on(date) or date[:4]))
    for printed in claim.dates:
        if date is not None and (date.startswith(printed) or printed.startswith(date)):
            found.append(Evidence("date", WEIGHTS["date"], printed))
        elif date is not None and len(claim.dates) == 1:
            return None
    agree, said = titles_agree(claim.titles, profile.titles, clean=claim.clean and profile.clean)
    if agree is False:
        return None
    if agree:
        found.append(Evidence("title", WEIGHTS["title"], said))
    if claim.place and fit == "same":
        found.append(Evidence("place", WEIGHTS["place"], ", ".join(claim.place)))
    if same := next((issuer for issuer in claim.issuers if fold(issuer) in profile.issuers), None):
        found.append(Evidence("issuer", WEIGHTS["issuer"], same))
    if claim.version_id in profile.papers:  # "kèm theo Quyết định số 1521/QĐ-UBND" over its own annex
        found.append(Evidence("self", WEIGHTS["self"], ""))
    if claim.version_id in profile.versions:
        found.append(Evidence("here", WEIGHTS["here"], ""))
    return tuple(sorted(found, key=lambda piece: -piece.weight)) or (Evidence("symbol", 0.0, claim.symbol or ""),)


def _recent(claim: Claim, group: Group, date: str) -> bool:
    """Of the term in which the plan was written; for the State, of the year before it or its own."""
    series = group.first.series
    if series is not None and series.central and series.party:
        return term_on(claim.written) is not None and term_on(claim.written) == term_on(date)
    return len(date) == 10 and claim.written is not None and len(claim.written) == 10 and days_apart(date, claim.written) <= 365


def _misread_numbers(groups: list[Group]) -> list[Group]:
    """Groups of one plan whose number is another's misread are put to that one, which they contradict in the symbol."""
    by_day: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in groups:
        for day in group.days:
            by_day[group.first.cls, day].append(group)
    gone: set[int] = set()
    for group in groups:
        if group.strong or len(group.days) != 1 or not group.titles:
            continue
        near = [other for other in by_day[group.first.cls, next(iter(group.days))] if same_number_misread(group, other)]
        if len(near) == 1:
            near[0].take(group, frozenset({"symbol"}))
            gone.add(id(group))
    return [group for group in groups if id(group) not in gone]


def _with_papers(groups: list[Group], unnumbered: Sequence[Claim]) -> None:
    """Papers whose number was not read, put to the only document that they can be."""
    for paper in unnumbered:
        fitting = [group for group in groups if not group.strength[1] and same_unnumbered(paper, group)]
        if len(fitting) == 1:
            fitting[0].claims.append(paper)


def settled_date(claims: Iterable[Claim]) -> tuple[str | None, bool]:
    """The date that the claims settle on, and whether another has as good a right: taught, printed on the paper, in clean texts, in any.

    Each plan counts once; what one plan prints in two ways is decided by its mentions. A date of another year than the symbol's is a slip.
    """
    told = list(claims)
    for source, clean in ((TAUGHT, None), (PAPER, None), (CITED, True), (CITED, None)):
        votes: dict[str, list[int]] = defaultdict(list)  # date → plan of each mention
        for claim in told:
            if claim.source == source and (clean is None or claim.clean):
                one = len(claim.dates) == 1  # then its bare mentions mean that date too
                mentioned = [date for said in claim.said if (date := claim.dates[0] if one else said.date)] or list(claim.dates)
                fitting = [date for date in mentioned if claim.series is None or claim.series.year in (None, date[:4])]
                for date in fitting or mentioned:
                    votes[date].append(claim.version_id)
        days = {date: plans for date, plans in votes.items() if len(date) == 10} or votes
        if days:
            (best, plans), *others = sorted(days.items(), key=lambda vote: (-len(set(vote[1])), -len(vote[1]), vote[0]))
            tied = any(len(set(other)) == len(set(plans)) and (set(other) != set(plans) or len(other) == len(plans)) for _, other in others)
            return best, tied and len(best) == 10
    return None, False


def _record(key: str, group: Group) -> Record:
    date, tied = settled_date(group.claims)
    papers = [claim.document_id for claim in sorted(group.claims, key=lambda c: not c.clean) if claim.source == PAPER]
    return Record(key, tuple(group.claims), date, tied, papers[0] if papers else None)


def _keys(groups: Sequence[Group]) -> dict[str, Group]:
    """A key for each group: the identity that most plans give it; groups of one such key are told apart by date or title."""
    by_base: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_base[_base(group)].append(group)
    found: dict[str, Group] = {}
    for base, members in by_base.items():
        for group in members:
            date, _ = settled_date(group.claims)
            more = date or " ".join(name_key(min(group.titles, default="")).split()[:8])
            key = base if len(members) == 1 else f"{base}#{more}"
            while key in found:
                key += "'"
            found[key] = group
    return found


def _base(group: Group) -> str:
    cited = [claim for claim in group.claims if claim.source == CITED and claim.key]
    date, _ = settled_date(group.claims)
    told = [claim for claim in cited if date in claim.dates] or [claim for claim in cited if period_of(claim) is not None] or cited
    votes = Counter(key for key, _ in {(claim.key, claim.version_id) for claim in told})
    if votes:
        return min(votes, key=lambda key: (-votes[key], key or "")) or ""
    first = group.first
    place = "@" + (", ".join(first.place) or "?") if first.series is not None and not first.series.central else ""
    period = period_of(first)
    when = "" if period is None else f"|khoa {period[1]}" if period[0] == "term" else f"|{first.day or period[1]}"
    return f"{first.type}|{first.symbol or name_key(first.titles[0] if first.titles else '').strip()}{place}{when}"


def _decided(record: Record, group: Group) -> list[Decision]:
    found = []
    taught = [claim for claim in group.claims if claim.source == TAUGHT]
    for number, claim in enumerate(group.claims):
        corrected = taught_misprint(claim, taught) is not None
        for said in claim.said:
            conflicts = set() if corrected else set(group.slips.get(number, ())) | _contradictions(claim, said, record)
            state = "conflicting" if conflicts else "resolved" if record.document_id is not None else "absent"
            found.append(Decision(said.version_id, said.ordinal, state, record.key, (), tuple(sorted(conflicts))))
    return found


def _contradictions(claim: Claim, said: Said, record: Record) -> set[str]:
    """In what a mention contradicts the record, or itself: the day, the year of its symbol."""
    found = set()
    if said.date and record.date:
        length = min(len(said.date), len(record.date))
        if said.date[:length] != record.date[:length] or (record.tied and len(said.date) == 10):
            found.add("date")
    if claim.series and claim.series.year and said.date and said.date[:4] != claim.series.year and said.date == record.date:
        found.add("symbol")
    return found


def _ambiguous(claim: Claim, weighed: Sequence[tuple[str, tuple[Evidence, ...] | None]], records: dict[str, Record]) -> list[Decision]:
    """The decisions on a claim that is none of the records for certain: the candidates by weight, of equals the later first."""
    candidates = [Weighed(key, round(_total(evidence), 2), evidence) for key, evidence in weighed if evidence is not None]
    candidates.sort(key=lambda one: (one.key,))
    candidates.sort(key=lambda one: records[one.key].date or "", reverse=True)
    candidates.sort(key=lambda one: -one.weight)
    return [Decision(said.version_id, said.ordinal, "ambiguous", None, tuple(candidates), ()) for said in claim.said]
