"""Which document each citation means, weighed over all plans of the archive. Pure: claims in, records and decisions out.

Never the symbol alone: a mention without date, term or title that agrees stays ambiguous, with the candidates and what speaks for them,
unless there is one candidate of the series in the year in which the plan was written.
The outcome depends on the claims only, not on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from archive.resolve.alike import ByDay, in_order, told_apart
from archive.resolve.claims import CITED, PAPER, TAUGHT, Claim
from archive.resolve.evidence import titles_agree
from archive.resolve.group import Group
from archive.resolve.groups import (
    grouped_claims,
    law_names,
    period_of,
    place_fits,
    same_number_misread,
    same_series,
    same_unnumbered,
    taught_misprint,
)
from archive.resolve.record_keys import keys_of
from archive.resolve.witnesses import WEIGHTS, Profile, profile_of, weigh, when, worth_weighing
from archive.values.citations import Evidence
from kehoach_parser.knowledge import family_of_letters

#: Weight from which a candidate is the document, and by how much it must outweigh the next.
DECIDED, MARGIN = 3.0, 2.0


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
    """What a mention of a claim means (the ``mention``-th of each of its plans): ``record`` (a key) where it is one document, else
    ``candidates``, likeliest first (both where people say it)."""

    claim: Claim
    mention: int
    state: str
    record: str | None
    candidates: tuple[Weighed, ...]
    conflicts: tuple[str, ...]


def resolve(claims: Sequence[Claim], by_day: ByDay) -> tuple[tuple[Record, ...], tuple[Decision, ...]]:
    """The records of some whole blocks, and the decision on every mention in them. What claims leave open, the date of the plan and what
    else is in it may tell: of these the plans that make them are asked for ``by_day``."""
    blocks = _connected(claims)
    groups: list[Group] = []
    open_claims: list[tuple[list[Group], list[Claim]]] = []
    unnumbered = [claim for claim in claims if claim.source == PAPER and claim.key is None and not (claim.series and claim.series.number)]
    unread = set(map(id, unnumbered))
    for block in blocks:
        found, undecided = _block([claim for claim in block if id(claim) not in unread], by_day)
        groups += found
        open_claims.append((found, undecided))
    groups = _misread_numbers(groups)
    _with_papers(groups, unnumbered)
    keys = keys_of(groups)
    records = {key: _record(key, group) for key, group in keys.items()}
    key_of = {id(group): key for key, group in keys.items()}
    decisions = [decision for key, group in keys.items() for decision in _decided(records[key], group)]
    for found, claims_left in open_claims:
        profiles = [(key_of[id(group)], profile_of(group)) for group in found if id(group) in key_of]
        for claim in told_apart(claims_left, by_day, [profile for _, profile in profiles]):
            weighed = [(key, weigh(claim, profile)) for key, profile in profiles]
            decisions += _ambiguous(claim, weighed, records)
    return tuple(records.values()), tuple(decisions)


def _connected(claims: Iterable[Claim]) -> list[list[Claim]]:
    """The claims by block; blocks that share a claim (a law by number and by name) are one."""
    told = list(claims)
    names = {block: block for claim in told for block in claim.blocks}

    def name(block: str) -> str:
        while names[block] != block:
            names[block] = block = names[names[block]]
        return block

    for claim in told:
        for block in claim.blocks[1:]:
            names[name(block)] = name(claim.blocks[0])
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in told:
        found[name(claim.blocks[0])].append(claim)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The claims of a block by what they tell: ``corrected`` a user says what they mean (with that entry); ``firm`` say when and where;
    ``floating`` say when, but leave open where; ``timeless`` do not say when."""

    corrected: list[tuple[Claim, Claim]]
    firm: list[Claim]
    floating: list[Claim]
    timeless: list[Claim]


def _sorted_out(claims: Sequence[Claim]) -> _Sorted:
    taught, told = _parted(claims, lambda claim: claim.source == TAUGHT)
    entries = {id(claim): entry for claim in told if (entry := _entry(claim, told) or taught_misprint(claim, taught))}
    corrected, own = _parted(claims, lambda claim: id(claim) in entries)
    dated, timeless = _parted(own, lambda claim: period_of(claim) is not None)
    narrower = _wider_known(dated)
    firm, floating = _parted(dated, lambda claim: claim.placed and _lead_and_place(claim) not in narrower)
    return _Sorted([(claim, entries[id(claim)]) for claim in corrected], firm, floating, timeless)


def _entry(claim: Claim, among: Iterable[Claim]) -> Claim | None:
    """What people say that a claim means: a paper of the archive, where it says so itself, else the entry that tells of the document."""
    if claim.meant is None:
        return None
    return next((each for each in among if each.source == PAPER and each.document_id == claim.paper), claim.meant)


def _bound(corrected: Iterable[tuple[Claim, Claim]], groups: Sequence[Group]) -> list[tuple[Claim, Claim]]:
    """Puts claims to the groups that their entries stand in; returns those whose entries stand in none."""
    left = []
    for claim, entry in corrected:
        group = next((group for group in groups if any(each is entry for each in group.claims)), None)
        if group is None:
            left.append((claim, entry))
        else:
            group.add(claim)
    return left


def _parted(claims: Iterable[Claim], holds: Callable[[Claim], bool]) -> tuple[list[Claim], list[Claim]]:
    """Those for which something holds, and the others."""
    yes: list[Claim] = []
    no: list[Claim] = []
    for claim in claims:
        (yes if holds(claim) else no).append(claim)
    return yes, no


def _lead_and_place(claim: Claim) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    return (claim.series.organs[:1], claim.place) if claim.series is not None else None


def _wider_known(claims: Iterable[Claim]) -> set[tuple[tuple[str, ...], tuple[str, ...]] | None]:
    """The organs with places that others name with the province around them: "xã Tân Minh" beside "xã Tân Minh, tỉnh Thái Nguyên"."""
    known = {whole for claim in claims if (whole := _lead_and_place(claim)) is not None}
    return {(lead, place[:length]) for lead, place in known for length in range(1, len(place))}


def _block(claims: Sequence[Claim], by_day: ByDay) -> tuple[list[Group], list[Claim]]:
    """The groups of one block, and the claims that may mean several of them."""
    told = _sorted_out(claims)
    groups = grouped_claims(told.firm)
    waiting = _bound(told.corrected, groups)
    undecided, lonely = _landed(sorted(told.floating, key=in_order), groups)
    groups += grouped_claims(lonely)
    profiles = [profile_of(group) for group in groups]
    rest = _joined(told_apart(told.timeless, by_day, profiles), profiles)
    others = _by_title([claim for claim in rest if _names_something(claim) and not any(weigh(claim, profile) for profile in profiles)])
    taken = {id(claim) for group in others for claim in group.claims}
    groups += others
    groups += [Group(pair[::-1]) for pair in _bound(waiting, groups)]
    return groups, undecided + [claim for claim in rest if id(claim) not in taken]


def _landed(floating: Iterable[Claim], groups: Sequence[Group]) -> tuple[list[Claim], list[Claim]]:
    """Puts claims to the one group whose title agrees, else to the one whose place is theirs for certain; returns those that fit several
    groups, and those that fit none."""
    undecided: list[Claim] = []
    lonely: list[Claim] = []
    for claim in floating:
        fitting = [group for group in groups if same_series(claim, group.first) and _floats_to(claim, group)]
        agreeing = [group for group in fitting if titles_agree(claim.titles, group.titles, clean=claim.clean and group.clean)[0]]
        certain = [group for group in fitting if place_fits(claim, group) in ("open", "same")]
        of_that_day = [group for group in fitting if claim.day in group.days] if _is_of_one_body(claim) else []
        if chosen := _only(agreeing) or _only(certain) or _only(of_that_day):
            chosen.add(claim)
        else:
            (undecided if fitting else lonely).append(claim)
    return undecided, lonely


def _is_of_one_body(claim: Claim) -> bool:
    """Whether the letters of a symbol are of no organ that every place has: number and day of "30-TB/TGV" say which it is."""
    return claim.series is not None and bool(claim.series.organs) and not any(map(family_of_letters, claim.series.organs))


def _only(groups: Sequence[Group]) -> Group | None:
    return groups[0] if len(groups) == 1 else None


def _joined(timeless: Iterable[Claim], profiles: Sequence[Profile]) -> list[Claim]:
    """Puts claims to the document that outweighs all others; returns those that have none."""
    rest = []
    open_to: dict[int, list[Profile]] = {}  # the same for all plans that say the same
    for claim in timeless:
        same = claim.row or id(claim)
        if same not in open_to:
            open_to[same] = [profile for profile in profiles if worth_weighing(claim, profile)]
        best = _outweighs(claim, open_to[same], profiles)
        if best is None:
            rest.append(claim)
        else:
            best.group.add(claim)
    return rest


def _names_something(claim: Claim) -> bool:
    """Whether a claim that none of the documents can be says enough to be a document of its own."""
    return bool(claim.titles) or claim.source != CITED or (claim.series is None and claim.key is not None)


def _by_title(claims: Sequence[Claim]) -> list[Group]:
    """Claims without a date that none of the dated documents can be, put together by their titles or names."""
    profiles: list[Profile] = []
    for claim in sorted(claims, key=lambda claim: (-len(claim.titles), claim.titles, *in_order(claim))):
        best = _outweighs(claim, profiles, profiles)
        if best is None:
            profiles.append(profile_of(Group([claim])))
        else:
            best.group.add(claim)
    return [profile.group for profile in profiles]


def _floats_to(claim: Claim, group: Group) -> bool:
    same_day = claim.day is not None and claim.day in group.days
    return place_fits(claim, group) != "other" and (same_day or (claim.day is None and period_of(claim) == period_of(group.first)))


def _outweighs(claim: Claim, open_to: Sequence[Profile], profiles: Sequence[Profile]) -> Profile | None:
    """The document that a claim without a period means, of those that it is ``open_to`` among all, where one outweighs the others."""
    fitting = [(profile, evidence) for profile in open_to if (evidence := weigh(claim, profile)) is not None]
    if (single := _only_one_that_fits(claim, fitting)) is not None:
        return single
    weighed = sorted(((weight, -at) for at, (_, evidence) in enumerate(fitting) if (weight := _total(evidence))), reverse=True)
    if not weighed or weighed[0][0] < DECIDED or (len(weighed) > 1 and weighed[0][0] - weighed[1][0] < MARGIN):
        return None
    best, _ = fitting[-weighed[0][1]]
    return best if best.strong or not _may_miss_one(claim, profiles) else None


def _may_miss_one(claim: Claim, profiles: Sequence[Profile]) -> bool:
    """Whether a law of this name came after the plan: then there may be one in between, too, that no plan dates."""
    names = law_names(claim) if claim.cls == "luat" and claim.series is None and claim.written else frozenset()
    named = (profile for profile in profiles if not profile.laws.isdisjoint(names))
    return any((found := when(claim.written, profile)) is not None and found.later for profile in named)


def _only_one_that_fits(claim: Claim, fitting: Sequence[tuple[Profile, tuple[Evidence, ...]]]) -> Profile | None:
    """The document of a number without a date, where there is one candidate, of the plan's own year (State) or of the term (local
    committees of the Party): then no other of this number can be meant. Those of the Party's centre, whose numbers of former terms are
    cited for decades, are meant where they are well known and less than a year old: what is new is cited without its day."""
    if claim.series is None or not (claim.series.number and claim.placed and claim.written) or len(fitting) != 1:
        return None
    profile, evidence = fitting[0]
    found = when(claim.written, profile)
    if claim.series.party:
        between = any(piece.kind == "term" for piece in evidence) and (not claim.series.central or _is_news(claim, profile))
    else:
        between = found is not None and found.same_year
    return profile if between and place_fits(claim, profile.group) == "same" else None


def _is_news(claim: Claim, profile: Profile) -> bool:
    """Whether a document that several plans cite is less than a year older than the plan."""
    found = when(claim.written, profile)
    return profile.strong and found is not None and found.within_a_year


def _total(evidence: tuple[Evidence, ...] | None) -> float:
    return sum(piece.weight for piece in evidence) if evidence else 0.0


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
            fitting[0].add(paper)


def _record(key: str, group: Group) -> Record:
    date, tied = group.settled
    papers: list[int | None] = [claim.paper for claim in group.claims if claim.paper is not None]
    papers += [claim.document_id for claim in sorted(group.claims, key=lambda c: not c.clean) if claim.source == PAPER]
    return Record(key, tuple(group.claims), date, tied, papers[0] if papers else None)


def _decided(record: Record, group: Group) -> list[Decision]:
    found = []
    taught = [claim for claim in group.claims if claim.source == TAUGHT]
    for number, claim in enumerate(group.claims):
        corrected = claim.meant is not None or taught_misprint(claim, taught) is not None
        candidates = (_said_so(record),) if claim.meant else ()
        for mention, said in enumerate(claim.said):
            conflicts = set() if corrected else set(group.slips.get(number, ())) | _contradictions(claim, said, record)
            state = "conflicting" if conflicts else "resolved" if record.document_id is not None else "absent"
            found.append(Decision(claim, mention, state, record.key, candidates, tuple(sorted(conflicts))))
    return found


def _said_so(record: Record) -> Weighed:
    return Weighed(record.key, WEIGHTS["alias"], (Evidence("corrected", WEIGHTS["alias"], ""),))


def _contradictions(claim: Claim, said: str | None, record: Record) -> set[str]:
    """In what a mention with this date contradicts the record, or itself: the day, the year of its symbol."""
    found = set()
    if said and record.date:
        length = min(len(said), len(record.date))
        if said[:length] != record.date[:length] or (record.tied and len(said) == 10):
            found.add("date")
    if claim.series and claim.series.year and said and said[:4] != claim.series.year and said == record.date:
        found.add("symbol")
    return found


def _ambiguous(claim: Claim, weighed: Sequence[tuple[str, tuple[Evidence, ...] | None]], records: dict[str, Record]) -> list[Decision]:
    """The decisions on a claim that is none of the records for certain: the candidates by weight, of equals the later first."""
    candidates = [Weighed(key, round(_total(evidence), 2), evidence) for key, evidence in weighed if evidence is not None]
    candidates.sort(key=lambda one: (one.key,))
    candidates.sort(key=lambda one: records[one.key].date or "", reverse=True)
    candidates.sort(key=lambda one: -one.weight)
    return [Decision(claim, mention, "ambiguous", None, tuple(candidates), ()) for mention in range(len(claim.said))]
