"""What counts as evidence, and how much: each constant of it has a case on either side of it, or stands in docs/aliases.md."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from pyroaring import FrozenBitMap

from archive.errors import AliasError
from archive.resolve.aliases import read_aliases
from archive.resolve.authorities import authority_row
from archive.resolve.claims import CITED, Claim
from archive.resolve.evidence import titles_agree
from archive.resolve.groups import Group, same_number_misread, usual_names
from archive.resolve.settled_date import settled_date
from archive.resolve.weigh import DECIDED, MARGIN, Record, resolve
from archive.resolve.witnesses import MOST_PLANS, PLAN_WEIGHT, WEIGHTS, profile_of, weigh
from kehoach_parser.knowledge import series_of

TOLD = (Path(__file__).parents[2] / "docs" / "aliases.md").read_text(encoding="utf-8").partition("## What counts as evidence")[2]
#: How the table of the document calls each kind.
CALLED = {
    "alias": "taught name",
    "self": "the number of the citing paper itself",
    "title": "title words",
    "date": "part of the date",
    "place": "place of the organ",
    "here": "dated elsewhere in the same plan",
    "time": "older than the citing plan",
    "term": "same term",
    "issuer": "issuer",
}


def test_the_weights_are_those_of_the_document() -> None:
    rows = re.findall(r"^\| (.+?) \| ([\d.]+) \|", TOLD, re.M)
    for kind, called in CALLED.items():
        assert [float(weight) for said, weight in rows if said.startswith(called)] == [WEIGHTS[kind]], kind
    assert CALLED.keys() == WEIGHTS.keys()
    assert len(rows) == len(WEIGHTS) + 1
    assert (rows[-1], MOST_PLANS) == (("each plan that cites it, up to five", str(PLAN_WEIGHT)), 5)
    assert f"from weight {DECIDED:g} on, if no other comes within {MARGIN:g} of it" in " ".join(TOLD.split())


def test_a_title_decides_and_time_place_and_frequency_never_do() -> None:
    never = sum(WEIGHTS[kind] for kind in ("place", "time", "term")) + PLAN_WEIGHT * MOST_PLANS
    assert never < DECIDED <= WEIGHTS["title"]
    assert WEIGHTS["alias"] >= WEIGHTS["title"] + never + MARGIN, "what is taught weighs more than everything else"


@pytest.mark.parametrize(
    ("one", "other", "clean", "agree"),
    [
        ("rừng biển sông núi hồ", "rừng biển sông lúa thép", True, True),  # 3 of 5
        ("rừng biển núi", "rừng biển thép", True, None),  # 2 of 3: too few words
        ("rừng biển sông núi hồ lúa", "rừng biển sông thép gạo voi", True, None),  # 3 of 6: too small a share
        ("rừng biển sông núi", "rừng thép gạo voi", True, False),  # 1 of 4
        ("rừng biển sông", "thép gạo voi", True, None),  # 0 of 3: too short to contradict
        ("rừng biển sông núi hồ", "rừng biển thép gạo voi", True, None),  # 2 of 5: too much in common
        ("rừng biển sông núi hồ lúa thép", "rừng biển sông núi hồ gạo voi", False, True),  # 5 of 7
        ("rừng biển sông núi hồ", "rừng biển sông núi thép", False, None),  # 4 of 5
        ("rừng biển sông núi hồ lúa thép cát", "rừng biển sông núi hồ gạo voi muối", False, None),  # 5 of 8
        ("rừng biển sông núi", "lúa thép gạo voi", False, None),  # damage contradicts nothing
    ],
)
def test_titles(one: str, other: str, clean: bool, agree: bool | None) -> None:
    assert titles_agree((one,), (other,), clean=clean)[0] is agree


LAW = Claim(
    source=CITED, blocks=("luat|72/2025",), key=None, type="luat", type_name="Luật", symbol="72/2025/QH15", series=None, dates=(),
    term=None, titles=("Tổ chức chính quyền địa phương",), issuers=(), place=(), placed=True, place_said=True,
    clean=True, plans=FrozenBitMap([1]),
)  # fmt: skip
SLIP = replace(LAW, titles=("Đất đai",))


@pytest.mark.parametrize(("right", "wrong", "names"), [(4, 1, 2), (5, 1, 1)])
def test_a_name_that_few_plans_give_a_law_is_none_of_its_names(right: int, wrong: int, names: int) -> None:
    assert len(usual_names(Group([LAW] * right + [SLIP] * wrong))) == names


def test_of_many_titles_the_most_printed_are_compared() -> None:
    titled = [replace(LAW, titles=(f"Luật số {chr(97 + number)}",)) for number in range(13)]
    titles = Group([*titled, titled[-1]]).titles
    assert (len(titles), titles[0]) == (12, "Luật số m")


def decision(number: int, date: str | None, title: str = "", version: int = 1) -> Claim:
    """A decision of the Prime Minister as a plan of 20 November 2025 cites it."""
    symbol = f"{number}/QĐ-TTg"
    return replace(
        LAW, type="quyet dinh", type_name="Quyết định", symbol=symbol, series=series_of(symbol), dates=(date,) if date else (),
        titles=(title,) if title else (), plans=FrozenBitMap([version]), written="2025-11-20",
    )  # fmt: skip


@pytest.mark.parametrize(("date", "recent"), [("2024-11-20", True), ("2024-11-19", False), ("2025-03-01", True)])
def test_a_state_paper_of_the_year_before_the_plan_is_likelier(date: str, recent: bool) -> None:
    evidence = weigh(decision(15, None), profile_of(Group([decision(15, date, version=2)])))
    assert evidence is not None
    assert ("term" in {piece.kind for piece in evidence}) is recent


def test_a_day_is_settled_before_a_month_that_more_plans_print() -> None:
    months = [decision(15, "2025-03", version=version) for version in (1, 2)]
    assert settled_date([*months, decision(15, "2025-03-01", version=3)]) == ("2025-03-01", False)
    assert settled_date([months[0], decision(15, "2025-04", version=2)]) == ("2025-03", False)  # two days contradict, two months may err
    assert settled_date([decision(15, f"2025-03-0{day}", version=day) for day in (1, 2)]) == ("2025-03-01", True)


@pytest.mark.parametrize(("year", "taught"), [(1899, False), (1900, True), (2025, True), (2999, True), (3000, False)])
def test_a_year_that_is_taught_is_one_of_these_centuries(year: int, taught: bool) -> None:
    text = f'[[document]]\ntype = "Luật"\ntitle = "A"\ndate = {year}\n'
    if taught:
        assert [alias.date for alias in read_aliases(text, "aliases.toml")] == [str(year)]
    else:
        with pytest.raises(AliasError):
            read_aliases(text, "aliases.toml")


@pytest.mark.parametrize(("plans", "decided"), [(1, False), (3, False), (4, True)])
def test_of_two_papers_of_one_title_one_is_meant_where_more_speaks_for_it(plans: int, decided: bool) -> None:
    """It is of the year before, of the issuer whom the citation names, dated elsewhere in the same plan, and cited by more plans."""
    title, issuer = "Đề án chuyển đổi nghề cá", ("Thủ tướng Chính phủ",)
    near = [replace(decision(15, "2025-03-01", title, version), issuers=issuer) for version in range(1, plans + 1)]
    far, undated = decision(15, "2021-03-01", title, 9), replace(decision(15, None, title), issuers=issuer)
    records, _ = resolve([*near, far, undated], lambda _: {})
    assert [record.date for record in records if undated in record.claims] == (["2025-03-01"] if decided else [])


LONG = "rừng biển sông núi hồ lúa thép"


@pytest.mark.parametrize(
    ("title", "plans", "misread"),
    [
        ("rừng biển sông núi hồ lúa gạo", 2, True),  # 6 of 7
        ("rừng biển sông núi hồ gạo voi", 2, False),  # 5 of 7
        (LONG, 2, True),
        (LONG, 1, False),  # one plan against one: neither is the slip
    ],
)
def test_a_number_is_misread_where_two_plans_have_the_other_and_the_title_is_nearly_its(title: str, plans: int, misread: bool) -> None:
    strong = Group([decision(18, "2025-03-01", LONG, version) for version in range(plans)])
    assert same_number_misread(Group([decision(13, "2025-03-01", title, 9)]), strong) is misread


def test_of_many_readings_and_names_the_first_are_kept() -> None:
    """What a page shows of a document, and what it is found by: damage writes a title in a hundred ways."""
    claims = tuple(decision(18, "2025-03-01", f"tên {number:03}", number) for number in range(70))
    row = authority_row(Record("a", claims, "2025-03-01", tied=False, document_id=None), 0)
    assert len(row["readings"]["titles"]) == 20
    assert row["name_key"].count("quyet dinh ten") == 60
