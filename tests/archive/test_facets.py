"""What the plans that a search finds are, counted; and keys as references to what they are of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from pyroaring import FrozenBitMap

from archive import Archive, cascade, cites, correct, doubtful_documents, facets, graph, remove, search, undo, unit_page, units
from archive.ask.facet_sets import UNITS, commonest, commonest_kept
from archive.common.keys import name_key
from archive.errors import QueryError, UnknownUnit
from tests.archive.builders import NOW, add_three, nothing
from tests.archive.papers import BASIS, CENTRE, COMMUNE, PROVINCE, keep


def add_followed(archive: Archive) -> None:
    for name, content in (("centre", CENTRE), ("province", PROVINCE), ("commune", COMMUNE)):
        keep(archive, name, content)


def counts(found: tuple[object, ...]) -> dict[str, int]:
    return {one.name: one.count for one in found}  # type: ignore[attr-defined]


def test_all_plans_without_a_query(filled: Callable[..., Archive]) -> None:
    found = facets(filled(add_three), "  ")
    assert found.total == 3
    assert counts(found.types) == {"Kế hoạch": 2, "Hướng dẫn": 1}
    assert counts(found.places) == {"Kiến An": 1, "Tân Minh": 1, "Hà Nội": 1}
    assert [one.name for one in found.years] == ["2025", "2023"]
    assert counts(found.years) == {"2025": 2, "2023": 1}


def test_those_that_a_query_finds(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    found = facets(archive, "đất đai")
    assert found.total == search(archive, "đất đai").total == 1
    assert counts(found.types) == {"Kế hoạch": 1}
    assert counts(found.units) == {"Hội Nông dân xã": 1}
    assert {(one.cited.symbol, one.cited.date, one.count) for one in found.cited} == {
        ("18-NQ/TW", "2022-06-16", 1),
        ("35-KH/ĐU", "2025-11-20", 1),
    }


def test_of_many_plans_the_same_is_told_as_of_few(filled: Callable[..., Archive], monkeypatch: pytest.MonkeyPatch) -> None:
    """By the sets of plans kept with documents and units, and by the rows of these plans; also after a plan is gone, and come back."""
    archive = filled(add_followed)
    for change in (lambda: None, lambda: remove(archive, "3", now=NOW), lambda: undo(archive, now=NOW)):
        change()
        told = []
        for few, very_few, kept_first in ((500, 500, 4_000), (0, 0, 4_000), (0, 0, 1), (500, 0, 4_000), (500, 0, 1)):
            monkeypatch.setattr("archive.ask.facets._FEW", few)
            monkeypatch.setattr("archive.ask.facets._VERY_FEW", very_few)
            monkeypatch.setattr("archive.ask.facet_sets._FIRST", kept_first)
            monkeypatch.setattr("archive.ask.facet_sets._NEXT", kept_first)
            archive.close_part("kept")
            told.append(facets(archive, "thực hiện"))
        few, many, read_on, at_hand, not_at_hand = told
        assert few.total > 1
        assert few.cited == many.cited
        assert {(name_key(one.name), one.count) for one in few.units} == {(name_key(one.name), one.count) for one in many.units}
        assert read_on == many, "also those whose sets are not kept"
        assert at_hand == many, "sets that are kept tell it of fewer, too"
        assert not_at_hand.units == few.units, "where they do not, the rows do"


def test_many_plans_that_cite_nothing_have_no_cited_documents(filled: Callable[..., Archive], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.ask.facets._FEW", 0)
    monkeypatch.setattr("archive.ask.facets._VERY_FEW", 0)
    archive = filled(nothing)
    keep(archive, "a.txt", "KẾ HOẠCH\nTrồng cây\n\nI. NỘI DUNG\n1. Trồng cây ven đường.\n")
    found = facets(archive, "trồng cây")
    assert (found.total, found.cited) == (1, ())


def test_none_is_looked_at_that_cannot_have_more() -> None:
    every = [(f"{number:03}", 200 - number, FrozenBitMap(range(number, 200))) for number in range(200)]
    looked: list[str] = []
    found = commonest((row for row in every if looked.append(row[0]) is None), FrozenBitMap(range(150, 200)))
    assert [(name, len(own)) for name, own in found] == [(f"{number:03}", 50) for number in range(12)]
    assert len(looked) == 152, "of those that are as many as the twelfth has, one may stand before it by name"


def test_kept_sets_tell_only_where_none_behind_them_is_as_common(filled: Callable[..., Archive], monkeypatch: pytest.MonkeyPatch) -> None:
    archive, rows = filled(nothing), [(f"{number:03}", 40 - number, FrozenBitMap(range(40 - number))) for number in range(30)]
    for first, tells in ((30, True), (13, True), (12, False)):  # the twelfth has 29 in common, the one behind it 28
        monkeypatch.setattr("archive.ask.facet_sets._FIRST", first)
        monkeypatch.setattr("archive.ask.facet_sets._first", lambda archive, query, first=first: tuple(rows[:first]))
        archive.close_part("kept")
        found = commonest_kept(archive, UNITS, "units", FrozenBitMap(range(40)))
        assert (found is not None) == tells
        assert found is None or [name for name, _ in found] == [name for name, *_ in rows[:12]]


def test_a_value_asked_for_by_its_field_finds_as_many(filled: Callable[..., Archive]) -> None:
    archive = filled(add_followed)
    found = facets(archive, "")
    asked = [(f'type:"{one.name}"', one.count) for one in found.types] + [(f'organ:"{one.name}"', one.count) for one in found.organs]
    asked += [(f"date:{one.name}", one.count) for one in found.years] + [(f'unit:"{one.name}"', one.count) for one in found.units]
    asked += [(f'cites:"{one.cited.key}"', one.count) for one in found.cited]
    asked += [(f"level:{one.name}", one.count) for one in found.levels] + [(f"doubt:{one.name}", one.count) for one in found.doubts]
    assert len(asked) > 6
    assert {query: search(archive, query).total for query, _ in asked} == dict(asked)


def test_levels_by_their_words_and_doubts_until_they_are_settled(filled: Callable[..., Archive]) -> None:
    """A doubt that a person settled is none; what the list of doubtful documents says is what is counted."""
    archive = filled(add_followed)
    nameless = keep(archive, "nameless", BASIS.replace("141/KH-UBND", "     /KH-UBND"))
    assert counts(facets(archive, "").levels) == {"central": 1, "province": 2, "commune": 1}
    for query in ("level:commune", "level:xã", 'level:"cấp xã"', "level:XA"):
        assert [hit.document.symbol for hit in search(archive, query).hits] == ["35/KH-UBND"], query
    assert search(archive, "level:huyện").total == 0

    def doubtful() -> dict[str, int]:
        listed = doubtful_documents(archive)
        found = counts(facets(archive, "").doubts)
        assert found.get("any", 0) == len(listed) == search(archive, "doubt:any").total
        assert {code: number for code, number in found.items() if code != "any"} == Counter(code for one in listed for code in one.doubts)
        return found

    assert doubtful()["no-number"] == 1
    assert [hit.document.id for hit in search(archive, "doubt:no-number").hits] == [nameless]
    correct(archive, str(nameless), "symbol", "141/KH-UBND", now=NOW)
    assert "no-number" not in doubtful()


def test_nothing_found_and_nothing_there(filled: Callable[..., Archive]) -> None:
    for archive, query in ((filled(add_three), "zzz"), (filled(nothing, "other"), "")):
        found = facets(archive, query)
        assert (found.total, found.types, found.years, found.units, found.cited) == (0, (), (), (), ())


def test_a_query_with_a_mistake(filled: Callable[..., Archive]) -> None:
    with pytest.raises(QueryError):
        facets(filled(nothing), '"đất')


def test_the_key_of_a_cited_document_means_it_and_no_other(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    groups = cites(archive, "18-NQ/TW").groups
    assert len(groups) == 2
    for group in groups:
        by_key = cites(archive, group.cited.key)
        assert by_key.groups == (group,)
        assert by_key.ambiguous == ()
        assert graph(archive, around=group.cited.key).centres == (f"cited:{group.cited.key}",)


def test_the_key_of_a_cited_document_is_followed(filled: Callable[..., Archive]) -> None:
    archive = filled(add_followed)
    key = cites(archive, "57-NQ/TW").groups[0].cited.key
    assert cascade(archive, key).cascades == cascade(archive, "57-NQ/TW").cascades


def test_a_key_that_no_document_has_means_none(filled: Callable[..., Archive]) -> None:
    assert cites(filled(add_three), "nghi quyet|18-NQ/TW|1999-01-01").groups == ()


def test_the_key_of_a_unit_means_it(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    for unit in units(archive):
        assert unit_page(archive, unit.key).unit == unit
    with pytest.raises(UnknownUnit):
        unit_page(archive, "sở không có @ nơi nào")
