"""How duties stand over time: their ids, what people say of them, and where that goes when a new version comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import archive
from archive import Archive, values
from archive.keep.duty_changes import undo_duty
from archive.store.journal import before_of, entries
from archive.store.tables import DocumentRow
from archive.store.work_tables import DutyStateRow
from kehoach_parser import text_of
from tests.archive.builders import NOW, add, parse_simple

PLAN = """Số 35-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An | Kiến An | 2025-11-20 | Tuyên truyền kết quả Hội nghị
I. MỤC ĐÍCH
1. Tuyên truyền
Giao Sở Y tế: tiêm chủng cho trẻ em toàn thành phố. Hạn 2026-01-15
2. Cổ động
Giao Sở Văn hóa: treo băng rôn trên các tuyến phố chính. Hạn 2026-02-20
Giao Công an thành phố: bảo đảm trật tự tại các lễ hội.
"""
#: A new first item: what was 1 and 2 is now 2 and 3.
LATER = PLAN.replace(
    "1. Tuyên truyền\n", "1. Rà soát\nGiao Sở Y tế: rà soát cơ sở vật chất của các trạm y tế. Hạn 2026-03-01\n2. Tuyên truyền\n"
).replace("2. Cổ động", "3. Cổ động")
SAID = values.DutyEdit(state="done", day="2026-01-20", result="98% trẻ em", person="Lan")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Archive]:
    with archive.open_archive(tmp_path / "office", create=True, who="Lan") as handle:
        yield handle


def duty_of(office: Archive, word: str) -> values.Duty:
    """The one duty whose task holds a word."""
    (found,) = [duty for duty in archive.duties(office) if word in (duty.task or "")]
    return found


def id_of(office: Archive, word: str) -> str:
    found = duty_of(office, word).id
    assert found is not None
    return found


def replace(office: Archive, tmp_path: Path, text: str) -> None:
    """Puts this text in the place of the first document."""
    file = tmp_path / "new.txt"
    file.write_text(text, encoding="utf-8")
    archive.replace(office, "1", file, now=NOW + timedelta(days=1), parse=parse_simple)


def rows(office: Archive) -> list[Any]:
    """What is kept of states, as it is kept."""
    with office.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(*DutyStateRow.__table__.columns).order_by(DutyStateRow.duty))]


def undo_last(office: Archive) -> None:
    entry = entries(office)[0]
    with office.engine.connect() as connection:
        before = before_of(connection, entry.id)
    undo_duty(office, entry, before, NOW)


def test_an_id_is_short_begins_with_a_letter_and_is_one_of_its_own(office: Archive) -> None:
    add(office, PLAN)
    ids = [duty.id or "" for duty in archive.duties(office)]
    assert len(set(ids)) == 3
    assert all(re.fullmatch("[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{9}", each) for each in ids)


def test_ids_are_those_of_the_paper_not_of_the_archive_or_the_day(office: Archive, tmp_path: Path) -> None:
    add(office, PLAN)
    with archive.open_archive(tmp_path / "other", create=True) as other:
        add(other, "Số 1-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An | Kiến An | 2025-11-20 | Khác\nGiao Sở Y tế: báo cáo định kỳ.\n")
        add(other, PLAN, "another name.txt")
        assert id_of(other, "tiêm chủng") == id_of(office, "tiêm chủng")


def test_a_paper_without_a_head_is_known_by_its_first_text(office: Archive, tmp_path: Path) -> None:
    add(office, "1. Việc\nGiao Sở Y tế: tiêm chủng cho trẻ em.\n")
    before = id_of(office, "tiêm chủng")
    replace(office, tmp_path, "1. Việc\nGiao Sở Y tế: tiêm chủng cho trẻ em và người già.\n")
    assert id_of(office, "tiêm chủng") == before


def test_two_papers_of_one_number_give_their_duties_different_ids(office: Archive) -> None:
    add(office, PLAN)
    other = PLAN.replace("treo băng rôn trên các tuyến phố chính", "tổ chức hội diễn văn nghệ quần chúng")
    assert archive.add_text(office, text_of(other), now=NOW, parse=parse_simple, apart=True).status == "added"
    ids = [duty.id for duty in archive.duties(office)]
    assert len(ids) == len(set(ids)) == 6


def test_the_identity_of_a_document_of_an_older_program_is_kept_when_its_rows_are_made_anew(office: Archive) -> None:
    add(office, PLAN)
    before = id_of(office, "tiêm chủng")
    with office.engine.begin() as connection:
        connection.execute(DocumentRow.__table__.update().values(identity=None))
    assert not archive.check(office)
    archive.reindex(office)
    with office.engine.connect() as connection:
        assert connection.scalar(select(DocumentRow.identity)) is not None
    assert id_of(office, "tiêm chủng") == before


def test_what_is_said_stands_in_every_answer(office: Archive) -> None:
    add(office, PLAN)
    said = archive.set_duty(office, id_of(office, "tiêm chủng"), SAID, now=NOW)
    assert (said.state, said.late, said.standing) == (
        "done",
        True,  # it was due on the 15th
        values.DutyState("done", "2026-01-20", None, None, "98% trẻ em", None, "Lan", "Lan", NOW),
    )
    assert duty_of(office, "tiêm chủng") == said
    (task,) = [task for task in archive.tasks_of(archive.duties(office)) if task.id == said.id]
    assert (task.state, task.late, task.standing) == ("done", True, said.standing)
    assert duty_of(office, "băng rôn").state == "open"


def test_what_is_not_said_stays_and_an_empty_word_takes_away(office: Archive) -> None:
    add(office, PLAN)
    duty = id_of(office, "tiêm chủng")
    archive.set_duty(office, duty, SAID, now=NOW)
    again = archive.set_duty(office, duty, values.DutyEdit(note="đã nghiệm thu", person=""), now=NOW).standing
    assert again is not None
    assert (again.state, again.result, again.note, again.person) == ("done", "98% trẻ em", "đã nghiệm thu", None)
    archive.set_duty(office, duty, values.DutyEdit(state="open", result="", note=""), now=NOW)
    assert rows(office) == []


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (values.DutyEdit(state="finished"), "bad-duty-state"),
        (values.DutyEdit(state="moved"), "moved-without-day"),
        (values.DutyEdit(day="2026-02"), "bad-date"),
        (values.DutyEdit(moved_to="mai"), "bad-date"),
    ],
)
def test_what_cannot_be_said_changes_nothing(office: Archive, edit: values.DutyEdit, code: str) -> None:
    add(office, PLAN)
    with pytest.raises(archive.errors.NotUnderstood) as caught:
        archive.set_duties(office, {id_of(office, "băng rôn"): SAID, id_of(office, "tiêm chủng"): edit}, now=NOW)
    assert (caught.value.code, rows(office)) == (code, [])
    with pytest.raises(archive.errors.UnknownDuty):
        archive.set_duty(office, "d7f3a9c2e1", SAID, now=NOW)


def asked(office: Archive, **question: Any) -> set[str]:
    """The first words of the tasks that a question is answered with."""
    found = archive.duties(office, values.DutyQuestion(**question))
    return {" ".join((duty.task or "").split()[:2]) for duty in found}


def test_questions_by_state(office: Archive) -> None:
    add(office, PLAN)
    archive.set_duty(office, id_of(office, "tiêm chủng"), values.DutyEdit(day="2026-01-10"), now=NOW)
    archive.set_duty(office, id_of(office, "băng rôn"), values.DutyEdit(state="in-progress"), now=NOW)
    assert asked(office, state="done") == {"tiêm chủng"}
    assert asked(office, state="open") == {"bảo đảm"}
    assert asked(office, unfinished=True) == {"treo băng", "bảo đảm"}
    assert asked(office, query="băng rôn", unfinished=True) == {"treo băng"}
    assert asked(office, state="late", today="2026-02-20") == set()
    assert asked(office, state="late", today="2026-02-21") == {"treo băng"}
    assert asked(office, overdue="2026-03-01") == {"treo băng"}  # what is done is not overdue
    archive.set_duty(office, id_of(office, "tiêm chủng"), values.DutyEdit(state="cancelled"), now=NOW)
    assert asked(office, overdue="2026-03-01") == {"treo băng"}


def test_a_duty_that_was_moved_is_due_on_its_new_day(office: Archive) -> None:
    add(office, PLAN)
    moved = values.DutyEdit(moved_to="15/04/2026", moved_by="40-CV/ĐU")
    standing = archive.set_duty(office, id_of(office, "tiêm chủng"), moved, now=NOW).standing
    assert standing is not None
    assert (standing.state, standing.moved_to, standing.moved_by) == ("moved", "2026-04-15", "40-CV/ĐU")
    assert asked(office, due="2026-01..2026-02") == {"treo băng"}
    assert asked(office, due="2026-04") == {"tiêm chủng"}
    assert asked(office, due="2026-04", unit="Sở Y tế") == {"tiêm chủng"}
    assert asked(office, due="2026-04", query="tiêm chủng") == {"tiêm chủng"}
    assert asked(office, overdue="2026-04-15") == {"treo băng"}
    assert asked(office, overdue="2026-04-16") == {"treo băng", "tiêm chủng"}
    by_day = [duty.task for duty in archive.duties(office, values.DutyQuestion(due="2026"))]
    assert [(task or "")[:4] for task in by_day] == ["treo", "tiêm"]


def test_a_document_of_the_archive_that_moves_a_duty_is_kept_by_its_symbol(office: Archive) -> None:
    add(office, PLAN)
    add(office, "Số 40-CV/ĐU | Công văn | Đảng ủy phường Kiến An | Kiến An | 2026-01-05 | Gia hạn\n")
    said = archive.set_duty(office, id_of(office, "tiêm chủng"), values.DutyEdit(moved_to="2026-04-15", moved_by="2"), now=NOW)
    assert said.standing is not None
    assert said.standing.moved_by == "40-CV/ĐU"


def test_states_follow_their_tasks_to_new_numbers_and_back(office: Archive, tmp_path: Path) -> None:
    add(office, PLAN)
    old, other = id_of(office, "tiêm chủng"), id_of(office, "trật tự")
    archive.set_duty(office, old, SAID, now=NOW)
    archive.set_duty(office, other, values.DutyEdit(state="in-progress"), now=NOW)
    replace(office, tmp_path, LATER)
    assert id_of(office, "rà soát") == old  # its place is now another's
    assert duty_of(office, "rà soát").standing is None
    assert duty_of(office, "tiêm chủng").standing is not None
    assert duty_of(office, "trật tự").state == "in-progress"
    assert archive.duty_page(office, other).duty.task == duty_of(office, "trật tự").task  # by the id that it had
    assert archive.lost_duties(office) == ()
    archive.set_duty(office, old, values.DutyEdit(state="cancelled"), now=NOW)
    replace(office, tmp_path, PLAN.replace("toàn thành phố", "toàn thành phố Hải Phòng"))
    assert duty_of(office, "tiêm chủng").standing == values.DutyState(
        "done", "2026-01-20", None, None, "98% trẻ em", None, "Lan", "Lan", NOW
    )
    (lost,) = archive.lost_duties(office)
    assert (lost.standing.state, lost.unit, lost.ids) == ("cancelled", "so y te", (old,))


def test_what_fits_no_duty_is_listed_until_a_person_places_it(office: Archive, tmp_path: Path) -> None:
    add(office, PLAN)
    old = id_of(office, "tiêm chủng")
    archive.set_duty(office, old, SAID, now=NOW)
    replace(office, tmp_path, PLAN.replace("tiêm chủng cho trẻ em toàn thành phố", "khám sức khỏe định kỳ"))
    assert duty_of(office, "khám").standing is None
    (lost,) = archive.lost_duties(office)
    assert (lost.id, lost.path, lost.standing.result) == (f"lost-{old}", "I.1", "98% trẻ em")
    kept = rows(office)
    archive.reindex(office)
    assert rows(office) == kept
    placed = archive.place_duty(office, lost.id, id_of(office, "khám"), now=NOW)
    assert placed.state == "done"
    assert archive.lost_duties(office) == ()
    undo_last(office)
    assert rows(office) == kept


def test_a_state_that_was_lost_comes_back_with_its_task(office: Archive, tmp_path: Path) -> None:
    add(office, PLAN)
    archive.set_duty(office, id_of(office, "tiêm chủng"), SAID, now=NOW)
    for lost in ("khám sức khỏe định kỳ", "phun thuốc diệt muỗi"):
        replace(office, tmp_path, PLAN.replace("tiêm chủng cho trẻ em toàn thành phố", lost))
        archive.set_duty(office, id_of(office, lost), values.DutyEdit(note=lost), now=NOW)
    replace(office, tmp_path, PLAN.replace("phố chính", "phố chính và ngõ lớn"))
    assert duty_of(office, "tiêm chủng").state == "done"
    assert [lost.standing.note for lost in archive.lost_duties(office)] == ["khám sức khỏe định kỳ", "phun thuốc diệt muỗi"]


def test_each_change_is_in_the_journal_and_undoing_it_gives_the_state_before(office: Archive, tmp_path: Path) -> None:
    add(office, PLAN)
    duty = id_of(office, "tiêm chủng")
    states = [rows(office)]
    for edit in (SAID, values.DutyEdit(note="bổ sung"), values.DutyEdit(state="open", result="", note="", person="")):
        archive.set_duty(office, duty, edit, now=NOW)
        states.append(rows(office))
    told = [entry for entry in entries(office, document_id=1) if entry.action == "duty"]
    assert [entry.facts for entry in reversed(told)] == [
        {"duty": duty, "unit": "Sở Y tế", "state": "done", "day": "2026-01-20", "result": "98% trẻ em", "person": "Lan"},
        {"duty": duty, "unit": "Sở Y tế", "note": "bổ sung"},
        {"duty": duty, "unit": "Sở Y tế", "state": "open", "day": "", "result": "", "note": "", "person": ""},
    ]
    assert [entry.id for entry in archive.duty_page(office, duty).history] == [entry.id for entry in reversed(told)]
    for entry, before in zip(told, reversed(states[:-1]), strict=True):
        with office.engine.connect() as connection:
            needed = before_of(connection, entry.id)
        undo_duty(office, entry, needed, NOW)
        assert rows(office) == before


def test_saying_what_stands_there_is_no_change(office: Archive) -> None:
    add(office, PLAN)
    for _ in range(2):
        archive.set_duty(office, id_of(office, "tiêm chủng"), SAID, now=NOW)
    assert len([entry for entry in entries(office) if entry.action == "duty"]) == 1


def test_a_change_is_undone_where_the_duty_stands_now(office: Archive, tmp_path: Path) -> None:
    add(office, PLAN)
    archive.set_duty(office, id_of(office, "tiêm chủng"), SAID, now=NOW)
    archive.set_duty(office, id_of(office, "tiêm chủng"), values.DutyEdit(note="bổ sung"), now=NOW)
    replace(office, tmp_path, LATER)
    archive.set_duty(office, id_of(office, "rà soát"), values.DutyEdit(state="in-progress"), now=NOW)
    for entry in [entry for entry in entries(office) if entry.action == "duty"][1:]:
        with office.engine.connect() as connection:
            undo_duty(office, entry, before_of(connection, entry.id), NOW)
    assert duty_of(office, "tiêm chủng").standing is None
    assert duty_of(office, "rà soát").state == "in-progress"


def test_states_stay_with_their_paper_when_documents_are_joined_and_split(office: Archive) -> None:
    add(office, PLAN)
    add(office, LATER.replace("35-KH/ĐU", "36-KH/ĐU"))
    for document in ("1", "2"):
        found = archive.duties(office, values.DutyQuestion("băng rôn", plan=document))[0].id
        archive.set_duty(office, found or "", values.DutyEdit(note=document), now=NOW)
    before = rows(office)
    archive.join(office, "1", "2", now=NOW)
    assert {state[2] for state in rows(office)} == {"open"}
    assert [duty.standing is not None for duty in archive.duties(office, values.DutyQuestion("băng rôn"))] == [True]
    archive.split(office, "1", now=NOW)
    notes = {duty.document.id: duty.standing.note for duty in archive.duties(office, values.DutyQuestion("băng rôn")) if duty.standing}
    assert notes == {1: "1", 2: "2"}
    assert [state[0] for state in rows(office)] == [state[0] for state in before]


def test_a_change_is_undone_after_its_duty_was_corrected(office: Archive) -> None:
    add(office, PLAN)
    duty = id_of(office, "tiêm chủng")
    archive.set_duty(office, duty, SAID, now=NOW)
    archive.set_duty(office, duty, values.DutyEdit(note="bổ sung"), now=NOW)
    noted = entries(office)[0]
    archive.correct(office, "1", f"duty:{duty}.task", "khám sức khỏe học sinh", now=NOW)
    archive.correct(office, "1", f"duty:{duty}.unit", "Sở Giáo dục", now=NOW)
    archive.undo(office, noted.id, now=NOW)
    standing = duty_of(office, "khám sức khỏe").standing
    assert standing is not None
    assert (duty_of(office, "khám sức khỏe").id, standing.state, standing.note) == (duty, "done", None)
