"""Claims that say enough to be told apart, put together: those that mean one document become one group.

Equal number, type, organ and place with the same day mean one document; within one term (Party, central) or one year (State) a number is
given once, so another day there is a slip of somebody's, unless the titles contradict each other. A date in another year or term, a
letter, a type or a year of the symbol that differs is taken as a slip only where title or weight of the others speaks for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from archive.common.keys import symbol_key
from archive.resolve.claims import CITED, PAPER, TAUGHT, Claim, law_name, name_of_key
from archive.resolve.evidence import (
    AGREE_WORDS,
    letters,
    looks_like,
    one_digit_apart,
    one_letter_apart,
    places_fit,
    same_organs,
    shared_words,
    titles_agree,
)
from archive.resolve.group import Group
from kehoach_parser import fold
from kehoach_parser.knowledge import Series, parts_of

#: A law is known by a name that is printed at least once in so many times as its commonest one.
USUAL = 4
#: Share of the longer title that must agree before a number that looks like another one is taken for it.
SAME_TITLE = 0.85


def period_of(claim: Claim) -> tuple[str, str] | None:
    """The time in which the claim's number or name is given once: (term | year | day | name, which); None where it does not say it."""
    series = claim.series
    if series is None or not series.number:
        if claim.cls != "luat" and claim.key is not None and series is None:
            return ("name", claim.key)
        return ("year", claim.dates[0][:4]) if claim.dates and series is None else ("day", claim.day) if claim.day else None
    if series.year:
        return "year", series.year
    if series.central and series.party:
        return ("term", claim.term) if claim.term else None
    years = {date[:4] for date in claim.dates}
    if not series.party and len(years) == 1:
        return "year", years.pop()
    return ("day", claim.day) if claim.day else None


def _same_period(one: Claim, other: Claim) -> bool:
    """Whether two claims say the time in which a number is given once, and the same."""
    period = period_of(one)
    return period is not None and period == period_of(other)


def grouped_claims(claims: Sequence[Claim]) -> list[Group]:
    """The groups of claims that have a period, the strongest first. Claims whose place is open stand apart (see `floating`)."""
    seeds: dict[object, Group] = defaultdict(Group)
    for claim in sorted(claims, key=_order):
        seeds[_seed(claim)].add(claim)
    groups = _merged(list(seeds.values()))
    # a law that several plans number, date or name in their own way outweighs a slip only when these are one group
    return _merged(groups) if groups and groups[0].first.cls == "luat" else groups


def _merged(apart: Sequence[Group]) -> list[Group]:
    """Groups with those put together that are one document, the strongest first."""
    groups = sorted(apart, key=_rank)
    home = list(range(len(groups)))
    taken: list[tuple[int, int, frozenset[str]]] = []

    def join(a: int, b: int, slips: frozenset[str]) -> None:
        first, second = sorted((home[a], home[b]))
        if first == second or (slips and b != home[b]):  # a group that others were joined to is no slip
            return
        taken.append((first, second, slips))
        home[:] = [first if at == second else at for at in home]

    with_slips = []
    for a, b in sorted(_pairs(groups)):
        if home[a] == home[b]:  # what is one by now needs no comparing: misprinted days of a much cited document are many
            continue
        slips = _relation(groups[a], groups[b])
        if slips:
            with_slips.append((len(slips), a, b, slips))
        elif slips is not None:
            join(a, b, slips)
    for _, a, b, slips in sorted(with_slips, key=lambda pair: pair[:3]):
        join(a, b, slips)
    for first, second, slips in taken:  # only now: groups are compared as they were
        groups[first].take(groups[second], slips)
    return sorted((groups[number] for number in sorted(set(home))), key=_rank)


def same_series(a: Claim, b: Claim) -> bool:
    """Whether two claims have type, number and organ in common, and the year where the symbol holds one."""
    if a.cls == b.cls == "luat" and (a.series is None or b.series is None or not (a.series.number and b.series.number)):
        return bool(law_names(a) & law_names(b))
    if a.series is None or b.series is None:
        return a.key == b.key
    if (a.series.number, a.series.year) != (b.series.number, b.series.year) or not same_organs(a.series, b.series):
        return False
    return a.type == b.type or (a.cls == b.cls != "qd")


def same_number_misread(weak: Group, strong: Group) -> bool:
    """Whether a group of one plan is another document with one digit of its number misread: 13-NQ/TW with day and title of 18-NQ/TW."""
    a, b = weak.first.series, strong.first.series
    if a is None or b is None or not strong.strong or weak.strong or weak.first.type != strong.first.type or not same_organs(a, b):
        return False
    if not looks_like(a.number, b.number) or not weak.days & strong.days:
        return False
    return any(nearly_equal(one, other, clean=weak.clean and strong.clean) for one in weak.titles for other in strong.titles)


def same_unnumbered(paper: Claim, group: Group) -> bool:
    """Whether a paper whose number was not read is the document of a group: type, organ, title, and the day, where the paper bears one,
    agree."""
    series, other = paper.series, group.first.series
    if paper.type != group.first.type or other is None or (series is not None and not same_organs(series, other)):
        return False
    if paper.day not in group.days and (paper.dates or not _issued_by(paper, group) or place_fits(paper, group) == "other"):
        return False
    clean = paper.clean and group.clean
    return any(nearly_equal(one, title, clean=clean) for one in paper.titles for title in group.titles)


def _issued_by(paper: Claim, group: Group) -> bool:
    """Whether the organ in the head of a paper, or its letters, is who issued the document by its citations."""
    issuers = {fold(issuer) for claim in group.claims for issuer in claim.issuers}
    heads = [fold(organ) for organ in paper.issuers]
    return paper.series is not None or any(head in issuer or issuer in head for head in heads for issuer in issuers)


def nearly_equal(a: str, b: str, *, clean: bool) -> bool:
    """Whether two titles are the same but for a word or two."""
    common, _, longer = shared_words(a, b, clean=clean)
    return common >= AGREE_WORDS and common / longer >= SAME_TITLE


def _order(claim: Claim) -> tuple[object, ...]:
    source = (TAUGHT, PAPER, CITED).index(claim.source)
    return source, not claim.clean, claim.document_id or 0, claim.first, claim.row or 0


def _rank(group: Group) -> tuple[object, ...]:
    taught, paper, clean, plans = group.strength
    return (
        not taught,
        not paper,
        contradicts_itself(group.first),
        -clean,
        -plans,
        -sum(len(claim.said) * claim.times for claim in group.claims),
        min(group.days, default="9999"),
        group.first.key or "",
        _order(group.first),
    )


def _seed(claim: Claim) -> object:
    """What claims have in common that are one document without any doubt."""
    series = claim.series
    letter: object = law_name(claim.titles[0]) if claim.titles else claim.key
    if series is not None:
        letter = (letters(series), _legislature(claim), series.number, series.year)
    return claim.type, letter, claim.place, claim.placed, claim.place_said, period_of(claim), claim.day


def _pairs(groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """Pairs that are worth comparing: of one year, or of one organ and place; the stronger first."""
    buckets: dict[object, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        first = group.first
        period = period_of(first)
        if first.day:
            buckets["year", first.day[:4]].append(number)
        if period and period[0] == "year":
            buckets["year", period[1]].append(number)
        buckets["place", first.series.organs[:1] if first.series and first.cls != "luat" else (), first.place].append(number)
    yield from {(a, b) for bucket in buckets.values() for at, a in enumerate(bucket) for b in bucket[at + 1 :] if a != b}


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two groups of one number that are compared, the stronger first: do the titles agree, is the day the same?"""

    a: Group
    b: Group
    agree: bool | None
    same_day: bool

    @property
    def one(self) -> Claim:
        return self.a.first

    @property
    def other(self) -> Claim:
        return self.b.first


_NO_SLIP: frozenset[str] = frozenset()
_IN_SYMBOL = frozenset({"symbol"})


def _relation(a: Group, b: Group) -> frozenset[str] | None:
    """What ``b`` prints wrongly if it is the document of the stronger ``a`` (nothing: an empty set); None where it is another one."""
    one, other = a.first, b.first
    if one.cls == "luat":
        return _law_relation(a, b)
    if one.series is None or other.series is None:
        return _NO_SLIP if same_series(one, other) and _same_period(one, other) else None
    if one.series.number != other.series.number:
        return None
    agree, _ = titles_agree(a.titles, b.titles, clean=a.clean and b.clean)
    pair = _Pair(a, b, agree, one.day is not None and one.day == other.day)
    slips = _NO_SLIP
    for aspect in _ASPECTS:
        said = aspect(pair, one.series, other.series)
        if said is None:
            return None
        slips |= said
    return slips


def _law_relation(a: Group, b: Group) -> frozenset[str] | None:
    """The same of laws, whose number and name, with the year, each say which it is."""
    one, other = a.first, b.first
    named_alike = not usual_names(a).isdisjoint(usual_names(b))
    if _same_period(one, other):
        same = same_series(one, other) and (named_alike or _legislature(one) == _legislature(other) or not (a.titles and b.titles))
        return _NO_SLIP if same or _numbered_and_named(a, b) else None
    if not named_alike or not a.strong or b.strong or b.plans > 1:
        return None
    if _wrong_year_in_number(a, b):
        return _IN_SYMBOL
    return _NO_SLIP if any(one_digit_apart(day[:4], wrong[:4]) and day[4:] == wrong[4:] for day in a.days for wrong in b.days) else None


def _wrong_year_in_number(a: Group, b: Group) -> bool:
    """58/2025/QH15 for 58/2024/QH15: the number with a legislature, a digit of the year is another one."""
    weak = b.first
    return weak.series is not None and any(
        claim.series is not None
        and claim.series.number == weak.series.number != ""
        and _legislature(claim) == _legislature(weak)
        and one_digit_apart(claim.series.year or "", weak.series.year or "")
        for claim in a.claims
    )


def _legislature(claim: Claim) -> int | None:
    """The National Assembly's term in a symbol: 15 of 58/2024/QH15."""
    parts = parts_of(claim.symbol) if claim.symbol else None
    return parts.legislature if parts else None


def _type_slip(pair: _Pair, first: Series, second: Series) -> frozenset[str] | None:
    """Quyết định for Quy định: of one day, with titles that agree."""
    if pair.one.type == pair.other.type or pair.one.cls != "qd":
        return _NO_SLIP
    return frozenset({"type"}) if pair.same_day and pair.agree else None


def _year_slip(pair: _Pair, first: Series, second: Series) -> frozenset[str] | None:
    """Another year in the symbol: of one day, one digit, all else of the symbol the same."""
    if first.year == second.year:
        return _NO_SLIP
    slipped = first.year and second.year and one_digit_apart(first.year, second.year)
    return _IN_SYMBOL if slipped and pair.same_day and same_organs(first, second) else None


def _organ_slip(pair: _Pair, first: Series, second: Series) -> frozenset[str] | None:
    """A letter of the symbol lost or misread: of one day or nearly, with titles that agree."""
    if same_organs(first, second):
        return _NO_SLIP
    one, other = pair.one.day, pair.other.day
    near = pair.same_day or (one is not None and other is not None and one_digit_apart(one, other))
    return _IN_SYMBOL if pair.agree and near and one_letter_apart(letters(first), letters(second)) else None


def _place_slip(pair: _Pair, first: Series, second: Series) -> frozenset[str] | None:
    """Places are not said wrongly; where letters of the symbol are, they are not asked."""
    return _NO_SLIP if not same_organs(first, second) or _places_agree(pair) else None


def _time_slip(pair: _Pair, first: Series, second: Series) -> frozenset[str] | None:
    """The date is told apart from the slips: it is compared with the settled one."""
    return _NO_SLIP if pair.same_day or _same_time(pair.a, pair.b, pair.agree) else None


_ASPECTS = (_type_slip, _year_slip, _organ_slip, _place_slip, _time_slip)


def _numbered_and_named(a: Group, b: Group) -> bool:
    """Whether one group is a law by its number and the other by its name alone, and neither name nor day speaks against one law."""
    if (a.first.series is None) == (b.first.series is None) or usual_names(a).isdisjoint(usual_names(b)):
        return False
    return not (a.days and b.days) or not a.days.isdisjoint(b.days)


def _places_agree(pair: _Pair) -> bool:
    a, b = pair.one, pair.other
    if a.place == b.place:
        return a.placed or not b.placed
    return pair.same_day and bool(pair.agree) and not (a.place_said and b.place_said) and a.placed and b.placed


def _same_time(a: Group, b: Group, agree: bool | None) -> bool:
    """Whether two groups of one series with different days, or without, are one document."""
    one, other = a.first, b.first
    if _same_period(one, other):
        return agree is not False
    if one.day is None or other.day is None or not one_digit_apart(one.day, other.day) or agree is False:
        return False
    if one.series is not None and not one.series.party:
        return False  # the State numbers each year anew: 01/NQ-CP is signed in January of every year, with a title that hardly changes
    lone = b.plans == 1 and not b.strong
    return bool(agree) or (a.strong and lone and (one.day[4:] == other.day[4:] or one.day[:4] == other.day[:4]))


def law_names(claim: Claim) -> frozenset[str]:
    """The folded names of a law that a claim prints."""
    return frozenset(map(law_name, claim.titles)) or frozenset({name_of_key(claim.key)} if claim.key and claim.series is None else ())


def usual_names(group: Group) -> frozenset[str]:
    """The names of a law without those that few plans give its number: one of 27 calls 63/2025/QH15 by the name of another."""
    counted = Counter[str]()
    for claim in group.claims:
        counted.update(dict.fromkeys(law_names(claim), claim.times))
    most = max(counted.values(), default=0)
    return frozenset(name for name, plans in counted.items() if plans * USUAL >= most)


def contradicts_itself(claim: Claim) -> bool:
    """Whether the year in the symbol is not that of the date beside it: "46/2002/QĐ-UBND ngày 12/9/2022"."""
    year = claim.series.year if claim.series else None
    return year is not None and bool(claim.dates) and all(date[:4] != year for date in claim.dates)


def taught_misprint(claim: Claim, taught: Iterable[Claim]) -> Claim | None:
    """The entry of the alias file that says what a misprinted symbol and date mean."""
    if claim.symbol is None:
        return None
    key = symbol_key(claim.symbol)
    for entry in taught:
        for symbol, choice in entry.misprints:
            if symbol == key and (choice is None or choice == claim.term or any(_within(date, choice) for date in claim.dates)):
                return entry
    return None


def _within(date: str, choice: str) -> bool:
    return date == choice or date.startswith(choice + "-")


def place_fits(claim: Claim, group: Group) -> str:
    """How the place of a claim stands to that of a group: same | open | unknown | other."""
    if not claim.placed or not group.first.placed:
        return "unknown"
    return places_fit(claim.place, group.first.place)
