"""Corrections in an archive: what depends on them follows at once, they stay when the paper is read again, and go without a trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import archive as public
from archive import Archive, open_archive, undo
from archive.errors import AmbiguousReference, NotCorrectable
from archive.fulltext.indexing import mark_indexed
from archive.store.database import writing
from archive.store.journal import entries
from archive.store.tables import Base
from archive.values import Corrected, DutyQuestion
from kehoach_parser import Text, text_of
from tests.archive import texts
from tests.archive.builders import NOW, add, add_three, parse_simple

LATER = NOW + timedelta(hours=1)


def correct(archive: Archive, ref: str, field: str, value: Any, **more: Any) -> Corrected:
    return public.correct(archive, ref, field, value, now=LATER, **more)


@pytest.fixture(autouse=True)
def simple(monkeypatch: pytest.MonkeyPatch) -> None:
    """Corrected words are read by the parser of these tests."""
    monkeypatch.setattr("archive.amend.laying._parser", lambda: parse_simple)
    monkeypatch.setattr("archive.keep.correcting.load_parser", lambda: None)
    monkeypatch.setattr("archive.keep.sharing.load_parser", lambda: None)


def rows(archive: Archive) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the database holds but the journal, and the stamp of the index."""
    with archive.engine.connect() as connection:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in ("journal", "stamps")]
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}


def undo_last(archive: Archive) -> None:
    """Takes the last change back."""
    undo(archive, now=LATER)


@contextmanager
def sound(archive: Archive) -> Iterator[None]:
    """What an archive is after a change: it agrees with itself, and what is made anew is the same."""
    yield
    assert public.check(archive) == ()
    there = rows(archive)
    public.reindex(archive)
    assert rows(archive) == there


def test_the_number_of_a_paper_is_what_it_is_found_and_cited_by(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    group = public.cites(archive, "35-KH/ĐU").groups[0]
    assert group.cited.document is not None
    with sound(archive):
        done = correct(archive, "1", "symbol", "36-KH/ĐU")
    assert (done.document.symbol, done.correction.printed, done.correction.state) == ("36-KH/ĐU", "35-KH/ĐU", "applied")
    assert [(change.before.state, change.after.state) for change in done.changes] == [("resolved", "absent")]
    assert public.find_document(archive, "36-KH/ĐU").id == 1
    shown = public.show(archive, "1")
    assert shown.plan.header.symbol is not None
    assert (shown.plan.header.symbol.value, shown.plan.header.symbol.raw) == ("36-KH/ĐU", "35-KH/ĐU")
    assert [each.field for each in shown.corrections] == ["symbol"]


def test_what_is_said_of_a_citation_outweighs_all_that_is_printed(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    assert len(public.cites(archive, "18-NQ/TW").groups) == 2
    with pytest.raises(AmbiguousReference) as told:
        correct(archive, "2", "citation:1.document", "18-NQ/TW")
    assert told.value.facts["candidates"] == ("18-NQ/TW@2017", "18-NQ/TW@2022")
    with sound(archive):  # the commune's plan prints the one of 2022, undated the second time
        correct(archive, "2", "citation:1.document", "18-NQ/TW@2017")
        correct(archive, "2", "citation:3.document", "18-NQ/TW@2017")
    of_2017 = public.cites(archive, "18-NQ/TW@2017").groups[0]
    assert [(hit.document.id, hit.state, hit.conflicts) for hit in of_2017.hits] == [
        (1, "absent", ()),
        (2, "absent", ()),
        (2, "absent", ()),
    ]
    assert public.cites(archive, "18-NQ/TW@2022").groups == ()


def test_a_paper_without_number_can_be_meant(archive: Archive) -> None:
    paper = add(archive, "Giấy tờ không có phần đầu nào cả.", "note.txt")
    correct(archive, str(paper), "type", "Báo cáo")
    correct(archive, str(paper), "subject", "Tình hình đất đai năm 2025 của xã")
    plan = add(archive, texts.COMMUNE, "commune.txt")
    with sound(archive):
        correct(archive, str(plan), "citation:2.document", f"#{paper}")
    meant = [one.cited.document for one in public.cited_by(archive, str(plan))]
    assert [document.id for document in meant if document] == [paper]
    public.remove(archive, str(paper), now=LATER)
    assert [one.cited.document for one in public.cited_by(archive, str(plan))] == [None, None, None]
    assert public.check(archive) == ()


def test_a_mention_that_is_none_is_in_no_answer(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    with sound(archive):
        correct(archive, "2", "citation:2", "none")
    assert public.cites(archive, "35-KH/ĐU").groups == ()
    assert len(public.show(archive, "2").plan.citations) == 2


def test_units_duties_and_deadlines_follow(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    with sound(archive):
        correct(archive, "1", "duty:2.deadline", "31/1/2026")
        correct(archive, "1", "duty:1.unit", "Văn phòng Đảng ủy")
        correct(archive, "2", "duty:1", "none")
        correct(archive, "3", "duty", {"unit": "Sở Y tế", "task": "tuyên truyền phòng bệnh", "deadline": "2026-01-15"}, at="I.2")
    found = public.duties(archive, DutyQuestion(due="2026-01"))
    assert [(duty.document.id, duty.unit, duty.deadline) for duty in found] == [
        (3, "Sở Y tế", "2026-01-15"),
        (1, "Ủy ban nhân dân phường", "2026-01-31"),
    ]
    assert [duty.unit for duty in public.duties(archive, DutyQuestion("cổ động trực quan", plan="1"))] == ["Văn phòng Đảng ủy"]
    assert public.duties(archive, DutyQuestion(plan="2")) == ()
    assert public.duties(archive, DutyQuestion("phòng bệnh"))[0].place.path == "I.2"


def test_corrected_words_are_read_again_and_found(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    with pytest.raises(NotCorrectable) as told:
        correct(archive, "1", "text:trên địa bàn", "ở")
    assert (told.value.code, told.value.facts["count"]) == ("correct-several", 2)
    with sound(archive):
        correct(archive, "1", "text:trên địa bàn", "ở các chợ", at="2")
        correct(archive, "1", "duty:1.role", "lead")
    assert [hit.document.id for hit in public.search(archive, '"ở các chợ"').hits] == [1]
    assert [duty.role for duty in public.duties(archive, DutyQuestion("các chợ"))] == ["lead"]
    assert public.show(archive, "1").text.count("trên địa bàn") == 1
    assert public.list_documents(archive)[0].sha256 == text_of(texts.WARD).sha256
    with sound(archive):
        undo_last(archive)
        undo_last(archive)
    assert public.show(archive, "1").text == texts.WARD


def test_what_is_said_twice_is_said_once(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    first = correct(archive, "1", "date", "21/11/2025", reason="bản ký")
    there = rows(archive)
    again = correct(archive, "1", "date", "2025-11-21")
    assert (first.fresh, again.fresh, again.correction) == (True, False, first.correction)
    assert rows(archive) == there
    assert [entry.action for entry in entries(archive)].count("correct") == 1
    assert (first.correction.reason, first.correction.at) == ("bản ký", LATER)


def test_corrections_survive_a_replaced_file(filled: Callable[..., Archive], tmp_path: Path) -> None:
    archive = filled(add_three)
    correct(archive, "1", "date", "2025-11-21")
    correct(archive, "1", "duty:2.role", "lead")
    correct(archive, "1", "text:bố trí kinh phí", "cấp kinh phí")
    correct(archive, "1", "place", "Hải Phòng")
    signed = texts.WARD.replace("I. MỤC ĐÍCH", "Đảng ủy yêu cầu.\nI. MỤC ĐÍCH").replace("| Kiến An |", "| Hải Phòng |")
    file = tmp_path / "signed.txt"
    file.write_text(signed.replace("2025-11-20", "2025-12-01"), encoding="utf-8")
    with sound(archive):
        public.replace(archive, "1", file, now=LATER, parse=parse_simple)
    assert [(each.field, each.state) for each in public.corrections(archive, "1")] == [
        ("date", "unplaced"),
        ("duty.role", "applied"),
        ("text", "applied"),
        ("place", "agrees"),
    ]
    assert public.find_document(archive, "1").date == "2025-12-01"
    assert [duty.role for duty in public.duties(archive, DutyQuestion("cấp kinh phí"))] == ["lead"]
    assert public.show(archive, "1", 1).corrections == ()
    assert public.show(archive, "1", 1).text == texts.WARD


def test_corrections_survive_another_reading_of_the_same_text(filled: Callable[..., Archive], monkeypatch: pytest.MonkeyPatch) -> None:
    from archive.store.changes import reread_version

    archive = filled(add_three)
    correct(archive, "1", "duty:2.unit", "Văn phòng")
    with archive.engine.begin() as connection:
        reread_version(connection, 1, parse_simple(Text(texts.WARD, "ward.txt", text_of(texts.WARD).sha256)))
    public.reindex(archive)
    assert [duty.unit for duty in public.duties(archive, DutyQuestion(plan="1"))] == ["Ban Xây dựng Đảng", "Văn phòng"]
    assert public.check(archive) == ()


def test_corrections_go_with_the_version_that_they_were_made_on(archive: Archive) -> None:
    one, two = add(archive, texts.WARD, "one.txt"), add(archive, texts.COMMUNE, "two.txt")
    correct(archive, str(two), "date", "2025-10-03")
    public.join(archive, str(one), str(two), now=LATER)
    assert [each.document_id for each in public.corrections(archive)] == [one]
    with sound(archive):
        public.split(archive, f"{one}#2", now=LATER)
    assert [(each.document_id, each.state) for each in public.corrections(archive)] == [(two, "applied")]
    assert public.find_document(archive, str(two)).date == "2025-10-03"


def test_check_sees_where_a_correction_was_not_laid(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    correct(archive, "1", "date", "2025-11-21")
    with archive.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM corrected")
    found = public.check(archive)
    assert {(finding.code, finding.facts["table"]) for finding in found} == {("rows-disagree", "corrected")}
    with sound(archive):
        public.reindex(archive)


SAID = [
    *((1, "date", "2025-11-21", None), (1, "symbol", "36-KH/ĐU", None), (1, "organ", "Đảng ủy phường Lê Chân", None)),
    *((1, "type", "Hướng dẫn", None), (2, "symbol", "none", None), (2, "citation:1", "none", None)),
    *((2, "citation:1.document", "#1", None), (2, "citation:3.document", "18-NQ/TW@2017", None)),
    (2, "citation:2.date", "2025-11-02", None),
    *((1, "duty:1.unit", "Văn phòng", None), (1, "unit:2", "Sở Tài chính", None), (1, "duty:1.deadline", "none", None)),
    *((1, "duty:2", "none", None), (3, "duty", "unit=Sở Y tế; task=Việc mới; deadline=2026-01-15", "I.2")),
    *((1, "text:hoà\nthuận", "hòa thuận", None), (2, "node:II.heading", "Phân công", None), (2, "node:I.label", "III", None)),
]


def mark(archive: Archive, versions: Sequence[int]) -> None:
    """Says that versions are indexed, and leaves the index as it is."""
    with writing(archive.engine).begin() as connection:
        mark_indexed(connection, versions)


@pytest.fixture(scope="module")
def kept(shelf: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """One archive for all examples: each leaves it as it was, which is what they are about."""
    import shutil

    folder = shutil.copytree(shelf(add_three), tmp_path_factory.mktemp("kept") / "archive")
    with open_archive(Path(folder)) as archive, pytest.MonkeyPatch.context() as patch:
        # Whoosh names its files by chance, which is the same chance in every example.
        patch.setattr("archive.keep.correcting.index_again", mark)
        yield archive


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(SAID), min_size=1, max_size=3, unique=True))
def test_correcting_and_undoing_leaves_nothing(kept: Archive, said: list[tuple[int, str, str, str | None]]) -> None:
    before = [rows(kept)]
    for document, field, value, at in said:
        try:
            correct(kept, str(document), field, value, at=at)
        except (NotCorrectable, AmbiguousReference):  # an earlier one has taken it away
            continue
        before.append(rows(kept))
    for expected in before[-2::-1]:
        undo_last(kept)
        assert rows(kept) == expected


def test_one_of_several_corrections_is_undone_alone(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    correct(archive, "1", "date", "2025-11-21")
    there = rows(archive)
    correct(archive, "1", "symbol", "36-KH/ĐU")
    correct(archive, "1", "date", "2025-11-22")
    entry = entries(archive)[1]
    undo(archive, entry.id, now=LATER)
    assert public.find_document(archive, "1").symbol == "35-KH/ĐU"
    assert public.find_document(archive, "1").date == "2025-11-22"
    undo_last(archive)
    assert rows(archive) == there


def test_a_change_is_in_the_journal_with_who_made_it(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three).acting_as("Lan")
    correct(archive, "1", "date", "2025-11-21")
    entry = entries(archive)[0]
    assert (entry.action, entry.document_id, entry.who, entry.at) == ("correct", 1, "Lan", LATER)
    assert entry.facts == {"field": "date", "value": "2025-11-21", "was": "2025-11-20"}
    assert public.corrections(archive)[0].who == "Lan"


def test_two_archives_share_corrections(filled: Callable[..., Archive]) -> None:
    archive, other = filled(add_three).acting_as("Lan"), filled(add_three, "other").acting_as("Nam")
    for document, field, value, at in SAID:
        if field not in ("citation:1", "duty:2"):
            correct(archive, str(document), field, value, at=at, reason='vì "thế"\n')
    written = public.export_corrections(archive)
    before = rows(other)
    with sound(other):
        found = public.import_corrections(other, written, now=LATER)
    assert {each.status for each in found} == {"applied"}
    assert public.export_corrections(other) == written
    assert {key: value for key, value in rows(other).items() if key != "corrections"} == {
        key: value for key, value in rows(archive).items() if key != "corrections"
    }
    assert {each.status for each in public.import_corrections(other, written, now=LATER)} == {"present"}
    undo_last(other)
    assert rows(other) == before


def test_what_does_not_fit_another_archive_is_told(filled: Callable[..., Archive], archive: Archive, tmp_path: Path) -> None:
    source = filled(add_three, "source")
    correct(source, "1", "date", "2025-11-21")
    correct(source, "1", "duty:2.role", "lead")
    correct(source, "2", "date", "2025-10-03")
    written = public.export_corrections(source)
    add(archive, texts.WARD.replace("Ủy ban nhân dân phường: bố trí", "Văn phòng: cấp"), "other.txt")
    found = public.import_corrections(archive, written, now=LATER)
    assert [(each.field, each.status, each.named) for each in found] == [
        ("date", "applied", "35-KH/ĐU 2025-11-20"),
        ("duty.role", "unplaced", "35-KH/ĐU 2025-11-20"),
        ("date", "no-document", "12-KH/ĐU 2025-10-02"),
    ]
    again = public.import_corrections(archive, written, now=LATER)
    assert [each.status for each in again] == ["present", "present", "no-document"]
    assert [each.state for each in public.corrections(archive)] == ["applied", "unplaced"]


@pytest.mark.parametrize(
    ("wrong", "number"),
    [
        ("[[correction]]\nfield = 3", 1),
        ("not toml", 0),
        ("[[other]]\nx = 1", 0),
        ("{entry}\n{entry}\nvalue = '31/2/2025'", 2),
        ("{entry}\nanchor = { exact = 'a' }", 1),
        ("{entry}\nwhat = 1", 1),
    ],
)
def test_a_file_that_is_none_is_told_and_changes_nothing(archive: Archive, wrong: str, number: int) -> None:
    entry = '[[correction]]\ntext = "ab"\nfield = "date"\nat = 2026-03-01T00:00:00Z'
    with pytest.raises(NotCorrectable) as told:
        public.import_corrections(archive, wrong.replace("{entry}", entry), now=LATER, path="c.toml")
    assert (told.value.code, told.value.facts["path"], told.value.facts["number"]) == ("correct-file", "c.toml", number)
    assert public.corrections(archive) == ()


def test_the_review_begins_with_what_most_hangs_on(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    correct(archive, "1", "symbol", "none")  # what was said is no doubt any more
    found = public.review_queue(archive)
    assert ("no-symbol", 1) not in {(doubt.kind, doubt.document.id) for doubt in found}
    unclear = next(doubt for doubt in found if doubt.kind == "ambiguous-citation")
    assert (unclear.document.id, unclear.field, unclear.reading) == (2, "citation:3.document", None)
    assert set(unclear.alternatives) == {"18-NQ/TW@2017", "18-NQ/TW@2022"}
    correct(archive, "2", unclear.field, unclear.alternatives[0])
    assert unclear not in public.review_queue(archive)
    assert [doubt.weight for doubt in found] == sorted((doubt.weight for doubt in found), reverse=True)
    assert public.review_queue(archive, limit=1) == public.review_queue(archive)[:1]


def unsure(text: Text) -> Any:
    """The plan of a text with a unit that was read with doubt."""
    from dataclasses import replace

    plan = parse_simple(text)
    doubted = tuple(replace(each, unit=replace(each.unit, certainty=0.5)) for each in plan.assignments)
    return replace(plan, assignments=doubted, header=replace(plan.header, date=None))


def test_a_near_deadline_comes_first_and_accepting_settles(archive: Archive) -> None:
    text = text_of(texts.WARD)
    public.add_text(archive, Text(text.content, "ward.txt", text.sha256), now=NOW, parse=unsure)
    calm = public.review_queue(archive)
    assert [doubt.kind for doubt in calm] == ["no-date", "doubtful-unit", "doubtful-unit"]
    found = public.review_queue(archive, today=date(2025, 12, 10))
    assert (found[0].kind, found[0].field, found[0].why["deadline"]) == ("doubtful-unit", "unit:1", "2025-12-15")
    correct(archive, "1", found[0].field, str(found[0].reading))
    assert [doubt.field for doubt in public.review_queue(archive)] == ["date", "unit:2"]


def test_a_duty_is_named_by_its_id(filled: Callable[..., Archive]) -> None:
    archive = filled(add_three)
    with archive.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE assignments SET duty = 'k7f2' WHERE version_id = 1 AND ordinal = 1")
    assert correct(archive, "1", "duty:k7f2.role", "lead").correction.ordinal == 1
