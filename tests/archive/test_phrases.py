"""Search in damaged texts: forty phrases over the damaged fixtures, whose true lines were counted by reading; the restored layer."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from archive import Archive, open_archive, reindex, search
from archive.common.words import words_of
from archive.fulltext import indexing, tantivy_engine, whoosh_engine
from archive.fulltext.indexing import fulltext
from archive.fulltext.restored_layer import pack, restored_words, unpack, unpack_layer
from bench.search import build, measure, phrases
from tests.archive.builders import add
from tests.archive.texts import COMMUNE, DAMAGED, WARD
from tests.postgresql import ON_POSTGRESQL, TESTED_ENGINES, lose_index

FIXTURES = Path(__file__).parents[2] / "fixtures"
DAMAGED_FIXTURES = ("000_cb78fba80d8cb57f", "003_5284247cabad83da")
#: What was asked for.
LEAST_RECALL = LEAST_PRECISION = 0.97

PHRASE = "Tuyên truyền cổ động trực quan tại các khu dân cư, trụ sở cơ quan và nơi công cộng trên địa bàn thành phố."
TYPED = "Tuyen truyen co dong truc quan tai cac khu dan cu, tru so co quan va noi cong cong tren dia ban thanh pho."
READ = "Tuyén truyén cb dong truc quan tai céc khu dan cu, tru sé co quan va noi céng cong trén dia ban thanh phé."


@pytest.fixture(params=TESTED_ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Every engine finds the same."""
    return str(request.param)


@pytest.fixture(scope="module")
def fixtures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, dict[str, int]]]:
    archive, ids = build(tmp_path_factory.mktemp("phrases") / "archive", {name: FIXTURES / f"{name}.txt" for name in DAMAGED_FIXTURES})
    with archive:
        yield archive, ids


def test_phrases_are_forty_and_stand_in_the_fixtures() -> None:
    asked = list(phrases(set(DAMAGED_FIXTURES)))
    assert len({each.phrase for each in asked}) == 40
    assert sum(each.lines.total() for each in asked) == 267


def test_phrases_are_found_and_nothing_else(fixtures: tuple[Archive, dict[str, int]]) -> None:
    answers = list(measure(*fixtures))
    true = sum(answer.asked.lines.total() for answer in answers)
    right, wrong = sum(answer.ways.total() for answer in answers), sum(len(answer.wrong) for answer in answers)
    missed = [(answer.asked.phrase, answer.asked.name, answer.missed) for answer in answers if answer.missed]
    assert right / true >= LEAST_RECALL, missed
    assert right / (right + wrong) >= LEAST_PRECISION, [(answer.asked.phrase, answer.wrong) for answer in answers if answer.wrong]
    assert sum(answer.ways["restored"] for answer in answers) > sum(answer.ways["skeleton"] for answer in answers)


def add_four(archive: Archive) -> None:
    """The same sentence as it was written (4), typed without marks (3), misread and restored (2), misread and not restored (1)."""
    with mock.patch.object(indexing, "restored_words", return_value=()):
        assert add(archive, f"Bốn\n{READ}\n{READ}") == 1
    assert [add(archive, f"{name}\n{text}\n{text}") for name, text in (("Ba", READ), ("Hai", TYPED), ("Một", PHRASE))] == [2, 3, 4]


@pytest.fixture
def four(filled: Callable[..., Archive]) -> Archive:
    return filled(add_four)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"cổ động trực quan"', [(4, "exact"), (3, "folded"), (2, "restored"), (1, "skeleton")]),
        ('"cổ động"', [(4, "exact"), (3, "folded"), (2, "restored")]),
        ("phố", [(4, "exact"), (3, "folded"), (2, "restored")]),
        ("phố*", [(4, "exact"), (3, "folded"), (2, "restored")]),
        ("trụ*", [(4, "exact"), (3, "folded"), (1, "folded"), (2, "folded")]),
    ],
)
def test_every_way_is_told_and_ranked(four: Archive, query: str, expected: list[tuple[int, str]]) -> None:
    hits = search(four, query).hits
    assert {(hit.document.id, hit.how) for hit in hits} == set(expected)
    assert [hit.how for hit in hits] == [how for _, how in expected]


def test_words_that_stand_as_a_phrase_come_first(four: Archive) -> None:
    assert [hit.document.id for hit in search(four, "cổ động trực quan").hits] == [4, 3, 2, 1]


def test_typed_without_marks_meets_restored_words(four: Archive) -> None:
    assert {hit.document.id: hit.how for hit in search(four, '"co dong"').hits} == {2: "restored", 3: "exact", 4: "folded"}


def test_a_sure_reading_is_met_by_no_other_word(four: Archive) -> None:
    """Printed without its marks "trực" and "trúc" are one; the restorer knows which of them stands there."""
    assert {hit.document.id for hit in search(four, "trúc").hits} == {1}
    assert {hit.document.id for hit in search(four, "truc").hits} == {1, 2, 3, 4}
    assert {hit.document.id for hit in search(four, '"cỗ đóng trúc quân"').hits} == {1}


def test_restored_words_are_highlighted_where_they_are_printed(four: Archive) -> None:
    (hit,) = (hit for hit in search(four, '"cổ động"').hits if hit.document.id == 2)
    shown = hit.occurrences[0].snippet
    assert {shown.text[start:end] for start, end in shown.highlights} == {"cb dong"}


def test_nothing_is_restored_by_a_search(four: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    before = search(four, '"cổ động"')

    def restored(text: str) -> tuple[()]:
        raise AssertionError("restored again")

    monkeypatch.setattr(indexing, "restored_words", restored)
    assert search(four, '"cổ động"') == before


def test_restored_words_come_back_with_a_new_index(archive: Archive) -> None:
    for text in (WARD, COMMUNE, DAMAGED, READ):
        add(archive, text)
    queries = ['"cổ động"', "trụ sở", "cổ*", '"khu dân cư trụ sở"', "co dong", "NOT cổ"]
    before = [search(archive, query) for query in queries]
    assert before[0].total == 3
    lose_index(archive)
    with open_archive(archive.folder) as again:
        assert [search(again, query) for query in queries] == before

    reindex(archive)
    assert [search(archive, query) for query in queries] == before


def test_restored_words_outlive_other_documents(archive: Archive) -> None:
    """Segments of the index are merged, and documents in them are gone."""
    numbers = [add(archive, f"{text}\nSố {number}") for number in range(12) for text in (READ, PHRASE)]
    fulltext(archive).remove([1, 2, 7])
    layers = fulltext(archive).layers(range(1, len(numbers) + 2))
    kept = {number: unpack_layer(layer)[0] for number, layer in layers.items()}
    assert set(kept) == {*range(1, len(numbers) + 1)} - {1, 2, 7}
    assert {number for number, words in kept.items() if words} == {number for number in kept if number % 2}
    for number in kept:
        content = f"{(READ, PHRASE)[(number - 1) % 2]}\nSố {(number - 1) // 2}"
        assert kept[number] == restored_words(content)


@pytest.mark.skipif(ON_POSTGRESQL, reason="tells by a column (test_postgresql)")
def test_an_index_of_an_earlier_version_is_made_anew(archive: Archive, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = {"whoosh": whoosh_engine, "tantivy": tantivy_engine}[engine]
    with monkeypatch.context() as patch:
        patch.setattr(module, "_NAME", "kehoach1")
        archive.close_part("index")
        add(archive, READ)
        archive.close_part("index")
        assert any("kehoach1" in file.name for file in (archive.folder / "index").iterdir())
    with open_archive(archive.folder) as later:
        assert search(later, '"cổ động"').total == 1
        names = {file.name for file in (later.folder / "index").iterdir()}
    assert not any("kehoach1" in name.split("_") for name in names)
    assert any(module._NAME in name for name in names)


@pytest.mark.parametrize("text", ["", PHRASE, READ, TYPED, DAMAGED, f"{PHRASE}\n\n{READ}"])
def test_packed_words_come_back(text: str) -> None:
    words = restored_words(text)
    assert unpack(pack(words)) == words
    assert bool(words) == (text not in ("", PHRASE))
    assert all(text[start:end].strip() == text[start:end] != "" for start, end, _, _ in words)


def test_restored_words_of_decomposed_text_stand_where_it_prints_them() -> None:
    text = unicodedata.normalize("NFD", READ)
    assert [(unicodedata.normalize("NFC", text[a:b]), reading) for a, b, reading, _ in restored_words(text)] == [
        (READ[a:b], reading) for a, b, reading, _ in restored_words(READ)
    ]


def test_a_restored_word_is_one_word_however_it_is_printed() -> None:
    words = words_of(
        "cua tha:ing ¥ nghia so 14", 0.4, [(0, 3, "của", True), (4, 11, "thẳng", True), (12, 13, "ý", False), (14, 19, "nghĩa", True)]
    )
    assert words.exact == ("cua", "tha:ing", "¥", "nghia", "so", "14")
    assert words.restored == ("của", "thẳng", "ý", "nghĩa", "so", "14")
    assert words.sure == (True, True, False, True, False, False)


def test_print_stands_in_the_layer_beside_restored_words_only() -> None:
    text = " ".join(f"tu{number}" for number in range(40))
    words = words_of(text, 1.0, [(0, 3, "từ", True)])
    assert words.restored[:9] == ("từ", *(f"tu{number}" for number in range(1, 9)))
    assert not any(words.restored[9:]), "no phrase is much longer than eight words"
    assert not any(words_of(text).restored)
