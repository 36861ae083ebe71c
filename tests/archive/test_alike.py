"""Plans that say the same are weighed together where nothing tells them apart: each is told what it would be told by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import FrozenBitMap

from archive.resolve.alike import Written, told_apart
from archive.resolve.claims import CITED, PAPER, Claim, term_of_claim
from archive.resolve.group import Group
from archive.resolve.weigh import Decision, resolve
from archive.resolve.witnesses import profile_of, when
from kehoach_parser.knowledge import series_of

SYMBOLS = ("15/QĐ-TTg", "15-NQ/TW")
DAYS = ("2024-11-19", "2024-11-20", "2025-11-20", "2025-11", "2025", "2022-03-01", None)
TITLES = ("Đề án chuyển đổi nghề cá ven biển", "Quy hoạch đường thủy nội địa", "")


def claim(row: int, symbol: str, date: str | None, title: str, plans: Iterable[int]) -> Claim:
    """What plans say of a document of the centre."""
    kind = "Quyết định" if "QĐ" in symbol else "Nghị quyết"
    folded = "quyet dinh" if "QĐ" in symbol else "nghi quyet"
    versions, series, dates = FrozenBitMap(plans), series_of(symbol), (date,) if date else ()
    return Claim(
        source=CITED, blocks=(f"{folded}|15",), key=None, type=folded, type_name=kind, symbol=symbol, series=series, dates=dates,
        term=term_of_claim(series, dates, ()), titles=(title,) if title else (), issuers=(), place=(), placed=True, place_said=True,
        clean=True, plans=versions, times=len(versions), said=(date,), row=row,
    )  # fmt: skip


plans = st.frozensets(st.integers(1, 12), min_size=1, max_size=6)
dated = st.lists(st.tuples(st.sampled_from(SYMBOLS), st.sampled_from(DAYS[:6]), st.sampled_from(TITLES), plans), min_size=1, max_size=4)
undated = st.lists(st.tuples(st.sampled_from(SYMBOLS), st.sampled_from(TITLES), plans), min_size=1, max_size=3)


def told(decisions: Iterable[Decision]) -> dict[tuple[int, int], object]:
    """What a claim is told to mean in each of its plans."""
    return {
        (decision.claim.row or 0, plan): (decision.state, decision.record, decision.candidates, decision.conflicts)
        for decision in decisions
        for plan in decision.claim.plans
    }


@settings(max_examples=150)
@given(dated, undated, st.lists(st.sampled_from(DAYS), min_size=12, max_size=12))
def test_each_plan_is_told_what_it_would_be_told_by_itself(firm: list, timeless: list, written: list[str | None]) -> None:  # type: ignore[type-arg]
    every = [claim(number, symbol, date, title, of) for number, (symbol, date, title, of) in enumerate(firm, 1)]
    every += [claim(number, symbol, None, title, of) for number, (symbol, title, of) in enumerate(timeless, 50)]
    paper = replace(claim(0, SYMBOLS[0], "2024-11-20", TITLES[0], [3]), source=PAPER, row=None, document_id=3, said=())
    days = {
        one.row: [
            Written(day, tuple(plan for plan in one.plans if written[plan - 1] == day)) for day in {written[plan - 1] for plan in one.plans}
        ]
        for one in every
    }
    alone = [
        replace(one.of(FrozenBitMap([plan]), 1, written[plan - 1], ((plan, one.row or 0),)), row=one.row)
        for one in every
        for plan in one.plans
    ]
    together, apart = (resolve([*claims, paper], lambda rows: {row: days[row] for row in rows}) for claims in (every, alone))
    assert told(together[1]) == told(apart[1])
    assert [(one.key, one.date, one.document_id) for one in together[0]] == [(one.key, one.date, one.document_id) for one in apart[0]]


def test_plans_of_days_that_stand_alike_are_one() -> None:
    """A hundred days before and a hundred after a decision, a plan each: one that dates it elsewhere is apart."""
    decision = claim(1, SYMBOLS[0], "2025-03-01", "", [300, 301, 7])
    bare = claim(2, SYMBOLS[0], None, "", range(1, 201))
    days = [Written(f"2025-0{2 if day <= 100 else 4}-{day % 28 + 1:02}", (day,)) for day in range(1, 201)]
    parts = told_apart([bare], lambda _: {2: days}, [profile_of(Group([decision]))])
    assert [(len(part.plans), part.times) for part in parts] == [(99, 99), (1, 1), (100, 100)]
    assert next(part for part in parts if len(part.plans) == 1).plans == FrozenBitMap([7])


def test_how_often_a_plan_says_so_is_kept() -> None:
    twice = replace(claim(2, SYMBOLS[0], None, "", [1, 2]), times=3)
    parts = told_apart([twice], lambda _: {2: [Written("2025-04-01", (1, 1, 2))]}, [])
    assert [(set(part.plans), part.times) for part in parts] == [({1, 2}, 3)]


def test_a_year_is_365_days() -> None:
    profile = profile_of(Group([claim(1, SYMBOLS[1], "2024-11-20", "", [1])]))
    news = [found.within_a_year for day in ("2025-11-20", "2025-11-21") if (found := when(day, profile)) is not None]
    assert news == [True, False]
