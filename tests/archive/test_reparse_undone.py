"""Going back to what was read of a document before it was read again."""

from __future__ import annotations

from dataclasses import replace as with_fields

import pytest
from sqlalchemy import select, text

from archive import Archive, check, correct, duties, lost_duties, remove, reparse, search, set_duty, show, undo
from archive.errors import CannotUndo, ChangedSince
from archive.store.journal import entries
from archive.store.tables import Base
from archive.values import DutyEdit, DutyQuestion
from kehoach_parser import Plan, Text
from tests.archive import texts
from tests.archive.builders import NOW, add, parse_simple

OF_ONE = DutyQuestion(plan="1")


def rows(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """All that the database holds but the journal and the stamp of the index."""
    with archive.engine.connect() as connection:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in ("journal", "stamps")]
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=repr) for table in tables}


def read_less(source: str | Text) -> Plan:
    """A parser that finds the first duty alone, and nothing that is cited."""
    plan = parse_simple(source)
    return with_fields(plan, assignments=plan.assignments[:1], citations=())


def read_again(archive: Archive) -> int:
    """Reads all documents worse than before; returns the number of the entry of the first."""
    list(reparse(archive, now=NOW, everything=True, parse=read_less))
    return entry_of(archive, 1)


def entry_of(archive: Archive, document: int) -> int:
    return next(entry.id for entry in entries(archive, document_id=document) if entry.action == "reparse")


@pytest.fixture
def office(archive: Archive) -> Archive:
    """The ward's plan, of which something was corrected, and of whose second duty something was said; as an older program read it."""
    add(archive, texts.WARD, "ward.txt")
    add(archive, texts.COMMUNE, "commune.txt")
    _, second = duties(archive, OF_ONE)
    set_duty(archive, second.id or "", DutyEdit(state="done", day="2026-01-02", note="xong"), now=NOW)
    correct(archive, "1", f"duty:{second.id}.unit", "Văn phòng", now=NOW)
    with archive.engine.begin() as connection:
        connection.execute(text("UPDATE versions SET parser_version = '0.0.1', model = NULL"))
    return archive


def test_undoing_gives_the_reading_before_with_all_that_people_said(office: Archive) -> None:
    before = rows(office)
    entry = read_again(office)
    assert [(lost.unit, lost.standing.note) for lost in lost_duties(office)] == [("van phong", "xong")]
    assert [each.state for each in show(office, "1").corrections] == ["unplaced"]
    for number in (entry + 1, entry):
        undo(office, number, now=NOW)
    assert rows(office) == before
    assert [(duty.unit, duty.state) for duty in duties(office, OF_ONE)][1] == ("Văn phòng", "done")
    assert check(office) == ()
    assert search(office, "kế hoạch").total == 2


def test_what_was_undone_is_done_again(office: Archive) -> None:
    entry = read_again(office)
    after = rows(office)
    undo(office, entry, now=NOW)
    undo(office, entry_of(office, 1), now=NOW)
    assert rows(office) == after


def test_a_run_is_one_change_that_is_undone_and_done_again(office: Archive) -> None:
    before = rows(office)
    read_again(office)
    after = rows(office)
    assert [(one.action, one.facts["count"]) for one in entries(office)[:1]] == [("reparse-run", 2)]
    undone, _ = undo(office, now=NOW)
    assert (undone.action, rows(office)) == ("reparse-run", before)
    assert undo(office, now=NOW)[0].action == "correct", "then what was done before it"
    undo(office, entries(office)[0].id, now=NOW)
    undo(office, undone.undone_by, now=NOW)
    assert (rows(office), check(office)) == (after, ())
    assert undo(office, now=NOW)[0].id == undone.id, "what was done again is the last change again"
    assert rows(office) == before


def test_of_a_run_that_was_killed_what_it_read_is_one_change_and_the_rest_another(office: Archive) -> None:
    before = rows(office)
    next(iter(reparse(office, now=NOW, parse=read_less)))
    half = rows(office)
    list(reparse(office, now=NOW, parse=read_less))
    assert [one.facts["count"] for one in entries(office)[:2]] == [1, 1]
    undo(office, now=NOW)
    assert rows(office) == half
    undo(office, now=NOW)
    assert rows(office) == before


def test_an_undoing_of_a_run_that_is_killed_has_undone_nothing(office: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    read_again(office)
    after, noted = rows(office), entries(office)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("archive.keep.reparsing.resolve_versions", killed)
        with pytest.raises(KeyboardInterrupt):
            undo(office, now=NOW)
    assert (rows(office), entries(office)) == (after, noted)
    assert undo(office, now=NOW)[0].action == "reparse-run"


def test_of_a_run_what_went_back_alone_stays_and_what_was_changed_since_is_left(office: Archive) -> None:
    read_again(office)
    run = entries(office)[0].id
    remove(office, "2", now=NOW)
    undone, _ = undo(office, run, now=NOW)
    assert entries(office)[0].facts == {"count": 1, "left": 1, "undoes": run}
    assert (len(duties(office, OF_ONE)), undone.undone_by) == (2, entries(office)[0].id)
    undo(office, undone.undone_by, now=NOW)
    undo(office, entry_of(office, 1), now=NOW)
    assert entry_of(office, 1) == entries(office)[0].id
    with pytest.raises(ChangedSince):
        undo(office, run, now=NOW)


def test_a_text_that_was_read_otherwise_comes_back_with_its_pages(office: Archive) -> None:
    from archive.store.changes import rewrite_text
    from archive.store.former_readings import packed_reading, put_reading
    from kehoach_parser import Page

    page = Page(1, (0, 20), 595.0, 842.0, "ocr", "tesseract", 0.9, ())
    paged = Text(texts.WARD, "ward.txt", "0" * 64, "application/pdf", (0,), ("encoding:tcvn3",), (page,))
    with office.engine.begin() as connection:
        rewrite_text(connection, 1, paged)
    before = rows(office)
    with office.engine.begin() as connection:
        kept = packed_reading(connection, 1)
        rewrite_text(connection, 1, Text("khác", "ward.txt", "0" * 64))
        put_reading(connection, 1, kept)
    assert rows(office) == before


def test_a_reading_on_which_a_later_change_stands_is_not_gone_back_from(office: Archive) -> None:
    entry = read_again(office)
    with office.engine.begin() as connection:
        connection.execute(text("UPDATE versions SET parser_version = '0.0.1'"))
    list(reparse(office, now=NOW, parse=parse_simple))
    with pytest.raises(ChangedSince):
        undo(office, entry, now=NOW)
    remove(office, "2", now=NOW)
    with pytest.raises(ChangedSince):
        undo(office, entry + 1, now=NOW)


def test_what_an_older_program_noted_is_passed_over(office: Archive) -> None:
    entry = read_again(office)
    with office.engine.begin() as connection:
        connection.execute(text("UPDATE journal SET before = '{}' WHERE action = 'reparse'"))
    with pytest.raises(CannotUndo):
        undo(office, entry, now=NOW)
    assert undo(office, now=NOW)[0].action == "correct"
