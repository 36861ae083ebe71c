"""Full-text search: marks, damage, phrases, filters, places; the index is derived."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive import Archive, check, open_archive, reindex, remove, search
from archive.errors import IndexBroken, QueryError
from archive.fulltext import indexing
from archive.fulltext.indexing import fulltext, index_texts
from archive.values.documents import Hit
from tests.archive import texts
from tests.archive.builders import NOW, add, add_three, nothing
from tests.postgresql import ON_POSTGRESQL, TESTED_ENGINES, lose_index


@pytest.fixture(params=TESTED_ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Every engine finds the same."""
    return str(request.param)


@pytest.fixture
def three(filled: Callable[..., Archive]) -> Archive:
    return filled(add_three)


def ids(archive: Archive, query: str) -> set[int]:
    return {hit.document.id for hit in search(archive, query).hits}


def hits(archive: Archive, query: str) -> dict[int, Hit]:
    return {hit.document.id: hit for hit in search(archive, query).hits}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("đất đai", {2}),
        ("dat dai", {2}),
        ('"chính sách đất đai"', {2}),
        ('"đất đai chính sách"', set()),
        ("tuyên truyền", {1, 2, 3}),
        ("tuyen truyen", {1, 2, 3}),
        ("tuyên AND NOT đất", {1, 3}),
        ("đất OR kinh", {1, 2}),
        ("(đất OR kinh) hội", {1, 2}),
        ("(đất OR kinh) dân NOT xã", {1}),
        ("truy*", {1, 2, 3}),
        ("đảng* phí*", {1}),
        ("18-NQ/TW", {1, 2}),
        ("18-nq/tw", {1, 2}),
        ("35-KH/ĐU", {1, 2}),
        ("cites:18-NQ/TW@2017", {1}),
        ("cites:18-NQ/TW@XIII", {2}),
        ("cites:18-NQ/TW", {1, 2}),
        ('cites:"Luật Việc làm"', {1}),
        ('unit:"ban xây dựng"', {1}),
        ("type:kế", {1, 2}),
        ('type:"huong dan"', {3}),
        ('organ:"xã Tân Minh"', {2}),
        ('place:"Kiến An"', {1}),
        ("date:2025-10..2025-11", {1, 2}),
        ("date:2025-11", {1}),
        ("date:..2024", {3}),
        ("date:20/11/2025", {1}),
        ('section:"kinh phí"', {1}),
        ('tuyên truyền date:2025 NOT type:"hướng dẫn"', {1, 2}),
        ("hoà", {1}),
        ("hòa", {1}),
        ("hoa", {1}),
    ],
)
def test_queries(three: Archive, query: str, expected: set[int]) -> None:
    assert ids(three, query) == expected


def test_typed_marks_are_respected_in_clean_text(archive: Archive) -> None:
    add(archive, "Kế hoạch trồng hoa và cây cảnh trên các tuyến phố chính của thị trấn trong năm tới.")
    add(archive, "Kế hoạch bảo đảm hòa bình và ổn định trên địa bàn các xã biên giới của tỉnh ta.")
    assert ids(archive, "hòa") == {2}
    assert ids(archive, "hoa cảnh") == {1}
    assert ids(archive, "hoa") == {1, 2}


def test_damaged_text_is_found_with_and_without_marks(three: Archive) -> None:
    clean_and_damaged = hits(three, '"tuyên truyền cổ động trực quan"')
    assert {number: hit.how for number, hit in clean_and_damaged.items()} == {1: "exact", 3: "restored"}
    assert clean_and_damaged[1].score > clean_and_damaged[3].score
    typed_without = hits(three, '"tuyen truyen co dong truc quan"')
    assert {number: hit.how for number, hit in typed_without.items()} == {1: "folded", 3: "restored"}
    assert hits(three, "tuyên truyền cổ động trực quan").keys() == {1, 3}, "a run of words is a phrase too"
    assert hits(three, "hướng dẫn xây dựng")[3].how == "exact", "its header is clean"


def test_faded_words_meet_typed_marks(archive: Archive) -> None:
    add(archive, "Ke hoach tuyen truyen ve chuyen doi so tren dia ban phuong trong nam 2025 cua cac chi bo.")
    (hit,) = search(archive, "chuyển đổi số").hits
    assert hit.how == "folded"


def test_skeleton_is_not_for_short_phrases_or_numbers(three: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ids(three, '"cổ động"') == {1, 3}
    monkeypatch.setattr(indexing, "restored_words", lambda text: ())
    reindex(three)
    assert ids(three, '"cổ động"') == {1}
    assert ids(three, '"cổ động trực quan"') == {1, 3}
    assert ids(three, '"cổ động trực quan 2025"') == set()


def test_hit_names_place_and_highlights(three: Archive) -> None:
    hit = hits(three, '"cổ động trực quan"')[1]
    best = hit.occurrences[0]
    assert (best.place.path, best.place.heading, best.place.trail) == ("II.1", "Tuyên truyền", ("TỔ CHỨC THỰC HIỆN",))
    assert [best.snippet.text[start:end] for start, end in best.snippet.highlights] == ["cổ động trực quan"]


def test_words_may_stand_in_different_passages(three: Archive) -> None:
    assert ids(three, "bộ máy kinh phí việc làm") == {1}


def test_index_is_derived(three: Archive) -> None:
    queries = ["tuyên truyền", '"cổ động trực quan"', "18-NQ/TW", "NOT đất", "truy* date:2025"]
    before = [search(three, query) for query in queries]
    lose_index(three)
    with open_archive(three.folder) as again:
        assert [search(again, query) for query in queries] == before, "a missing index is made anew when the archive is opened"
    seen: list[tuple[int, int]] = []
    assert reindex(three, lambda done, total: seen.append((done, total))) == 3
    assert seen == [(1, 3), (2, 3), (3, 3)]
    assert [search(three, query) for query in queries] == before


def test_check_does_not_make_a_missing_index(three: Archive) -> None:
    lose_index(three)
    assert [finding.code for finding in check(three)] == ["not-indexed"] * 3
    assert fulltext(three).count() == 0
    assert not (three.folder / "index").exists()


@pytest.mark.skipif(ON_POSTGRESQL, reason="an index in a database is damaged where that is")
def test_broken_index_is_told_and_rebuilt(three: Archive) -> None:
    search(three, "đất")
    three.close_part("index")
    for file in (three.folder / "index").rglob("*"):
        if file.is_file() and file.name != "stamp":
            file.write_bytes(b"rubbish")
    with open_archive(three.folder) as again:
        assert "index-broken" in [finding.code for finding in check(again)]
        with pytest.raises(IndexBroken):
            search(again, "đất")
        reindex(again)
        assert ids(again, "đất") == {2}


def test_what_is_not_wanted_is_not_found(archive: Archive) -> None:
    """The first text that has what is wanted comes after one that has only what is not."""
    for text in ("Đường bộ", "Đường sắt và cầu", "Cầu"):
        add(archive, f"I. VIỆC\n1. {text}")
    fulltext(archive).rebuild(list(index_texts(archive, [1, 2, 3])))  # one segment
    assert ids(archive, "cầu NOT đường") == {3}


def test_paging(three: Archive) -> None:
    whole = search(three, "tuyên truyền")
    pages = [search(three, "tuyên truyền", limit=1, offset=number) for number in range(3)]
    assert [page.hits[0].document for page in pages] == [hit.document for hit in whole.hits]
    assert {page.total for page in pages} == {3}


@pytest.mark.parametrize(
    ("query", "code", "position"),
    [
        ("", "query-empty", 0),
        ("   ", "query-empty", 0),
        ('đất "đai', "query-unbalanced-quote", 4),
        ('unit:"ban', "query-unbalanced-quote", 5),
        ("(đất", "query-unbalanced-parenthesis", 0),
        ("đất)", "query-unbalanced-parenthesis", 3),
        ("đất AND", "query-operator", 4),
        ("OR đất", "query-operator", 0),
        ("đất AND OR xã", "query-operator", 4),
        ("NOT", "query-operator", 0),
        ("donvi:abc", "query-field", 0),
        ("đất unit:", "query-value", 9),
        ("date:2025-13", "query-date", 5),
        ("đất date:hôm", "query-date", 9),
        ("()", "query-empty-parenthesis", 0),
        ("***", "query-no-words", 0),
    ],
)
def test_queries_that_cannot_be_understood(three: Archive, query: str, code: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        search(three, query)
    assert (caught.value.code, caught.value.facts["position"], caught.value.facts["query"]) == (code, position, query)


def test_words_that_lost_their_blanks_are_found(archive: Archive) -> None:
    add(archive, "I. VIỆC\n1. Họp\nCác chi bộthôn báo cáo kết quảthực hiện, kiến nghị, đềxuất gửi vềVăn phòng Đảng uỷtheo quy định.\n")
    for query in ("đề xuất", '"kết quả thực hiện"', '"van phong dang uy theo"'):
        (hit,) = search(archive, query).hits
        assert hit.occurrences, query


def test_what_another_process_just_removed_is_not_counted(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index is written after the database; a search may come between the two."""
    add_three(archive)
    monkeypatch.setattr(type(fulltext(archive)), "remove", lambda engine, keys: None)
    remove(archive, "1", now=NOW)
    result = search(archive, "tuyên", limit=1)
    assert (result.total, len(result.hits)) == (2, 1)
    assert search(archive, "tuyên", offset=1).total == 2


def test_what_another_process_has_added_and_removed_is_known_at_once(filled: Callable[..., Archive]) -> None:
    mine = filled(nothing)
    with open_archive(mine.folder) as other:
        for _ in range(2):
            assert search(mine, "đất đai").total == 0
            number = add(other, texts.COMMUNE, "commune.txt")
            assert [hit.document.id for hit in search(mine, "đất đai").hits] == [number]
            assert all(hit.occurrences for hit in search(mine, "đất đai").hits)
            remove(other, str(number), now=NOW)


def test_pages_order_equal_scores_by_number(three: Archive, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the engine comes upon them in another order, and has more of them than it reads at first."""
    if engine == "tantivy":
        monkeypatch.setattr("archive.fulltext.tantivy_engine._NEXT", 1)
    fulltext(three).add(index_texts(three, [1]))
    for query in ("truy*", "NOT vắng"):
        pages = [search(three, query, limit=1, offset=at) for at in range(3)]
        assert [hit.document.id for page in pages for hit in page.hits] == [1, 2, 3]
        assert {page.total for page in pages} == {3}
