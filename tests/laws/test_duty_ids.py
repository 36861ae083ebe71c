"""Law 9 of docs/architecture.md: the id of a duty that stays where it stands stays, and what was said of a task stays with the task."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import archive
from archive import Archive, values
from archive.amend.origins import Origins
from archive.common.duty_places import places_of_duties
from archive.store.changes import insert_document, replace_document
from archive.store.database import writing
from archive.store.drafts import draft_of
from archive.store.duty_ids import duty_ids, identity_of
from archive.store.tables import AssignmentRow
from archive.store.versions import current_version
from archive.store.work_tables import DutyStateRow
from kehoach_parser import Plan, text_of
from tests.archive.builders import NOW, parse_simple

HEAD = "Số 35-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An | Kiến An | 2025-11-20 | Việc\nI. PHÂN CÔNG\n"
UNITS = ("Sở Y tế", "Sở Văn hóa", "Công an thành phố")
#: Tasks that no two versions take for one another.
TASKS = (
    "tiêm chủng cho trẻ em toàn thành phố",
    "treo băng rôn trên các tuyến đường",
    "kiểm tra an toàn thực phẩm",
    "tuần tra ban đêm tại bến xe",
    "in ấn tờ rơi hướng dẫn phòng bệnh",
    "xây dựng báo cáo tổng kết năm",
)
items = st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(TASKS)), max_size=6, unique_by=lambda item: item[1])


def written(assignments: list[tuple[str, str]]) -> str:
    return HEAD + "".join(f"{number}. Việc\nGiao {unit}: {task}.\n" for number, (unit, task) in enumerate(assignments, 1))


def ids(plan: Plan, first: Plan) -> dict[str, tuple[str, str]]:
    """The places of duties by their ids, in a document that ``first`` began."""
    places = list(places_of_duties(plan))
    found = dict(zip(duty_ids(identity_of(first, "0" * 64), Origins(plan).rows), places, strict=True))
    assert len(found) == len(places), "each duty has an id of its own"
    return found


@given(items, items)
def test_what_stands_where_it_stood_keeps_its_id(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    first, second = parse_simple(written(before)), parse_simple(written(after))
    was, now = ids(first, first), ids(second, first)
    assert was.keys() & now.keys() == {name for name, place in was.items() if place in now.values()}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive.open_archive(tmp_path_factory.mktemp("law") / "office", create=True) as handle, pytest.MonkeyPatch.context() as patch:
        patch.setattr("archive.keep.correcting.index_again", lambda *_: None)  # it has no part in this, and takes most of the time
        yield handle


@given(before=items.filter(bool), after=items, chosen=st.sets(st.integers(0, 5)))
@settings(max_examples=25, deadline=None)
def test_what_was_said_stays_with_its_task(
    office: Archive, before: list[tuple[str, str]], after: list[tuple[str, str]], chosen: set[int]
) -> None:
    number = len(archive.list_documents(office)) + 1
    first = text_of(written(before).replace("35-KH", f"{number}-KH"))
    document_id = insert_document(office, first, draft_of(first, parse_simple(first)), None, NOW).document_id
    of_plan = values.DutyQuestion(plan=str(document_id))
    said = {duty.task: duty for place, duty in enumerate(archive.duties(office, of_plan)) if place in chosen}
    archive.set_duties(office, {duty.id or "": values.DutyEdit(note=duty.task) for duty in said.values()}, now=NOW)
    second = text_of(f"{written(after)}Bản thứ hai của văn bản {number}.\n")
    with writing(office.engine).begin() as connection:  # the index has no part in this, and takes most of the time
        replace_document(connection, document_id, second, draft_of(second, parse_simple(second)), None, NOW)
    noted = {(duty.unit, duty.task): duty.standing.note for duty in archive.duties(office, of_plan) if duty.standing}
    stayed = {(duty.unit, duty.task): duty.task for duty in said.values() if (duty.unit, duty.task) in after}
    lost = {each.standing.note for each in archive.lost_duties(office) if each.document.id == document_id}
    assert noted == stayed
    assert lost == said.keys() - {task for _, task in stayed}


#: What is corrected of the duty at a place; none of these takes it away.
SAID = (
    ("unit", "Văn phòng Đảng ủy"),
    ("role", "lead"),
    ("task", "rà soát danh sách các hộ nghèo"),
    ("task", "none"),
    ("deadline", "2026-03-15"),
    ("deadline", "none"),
)
said_of_duties = st.lists(st.tuples(st.integers(0, 5), st.sampled_from(SAID)), max_size=4)


def kept(office: Archive, document_id: int) -> tuple[list[str | None], list[object]]:
    """The ids of a document's duties in the order of the register, and what is kept of how they stand."""
    query = select(*DutyStateRow.__table__.columns).where(DutyStateRow.document_id == document_id).order_by(DutyStateRow.duty)
    with office.engine.connect() as connection:
        rows = AssignmentRow.version_id == current_version(connection, document_id)
        ids = connection.scalars(select(AssignmentRow.duty).where(rows).order_by(AssignmentRow.ordinal)).all()
        return list(ids), [tuple(row) for row in connection.execute(query)]


def noted(office: Archive, document_id: int) -> dict[str, str | None]:
    """What is noted of a document's duties, by their ids."""
    found = archive.duties(office, values.DutyQuestion(plan=str(document_id)))
    return {duty.id or "": duty.standing.note for duty in found if duty.standing}


def started(office: Archive, duties: list[tuple[str, str]]) -> tuple[int, str]:
    """A document with these duties, each with its id as a note; and its text."""
    number = len(archive.list_documents(office)) + 1
    text = written(duties).replace("35-KH", f"{number}-KH")
    document_id = insert_document(office, text_of(text), draft_of(text_of(text), parse_simple(text)), None, NOW).document_id
    ids, _ = kept(office, document_id)
    archive.set_duties(office, {duty or "": values.DutyEdit(note=duty) for duty in ids}, now=NOW)
    return document_id, text


@given(duties=items.filter(bool), said=said_of_duties)
@settings(max_examples=25, deadline=None)
def test_a_duty_that_is_corrected_keeps_id_and_state(office: Archive, duties: list[tuple[str, str]], said: list[Any]) -> None:
    document_id, _ = started(office, duties)
    ids, _ = before = kept(office, document_id)
    steps = [before]
    for place, (field, value) in said:
        made = archive.correct(office, str(document_id), f"duty:{ids[place % len(ids)]}.{field}", value, now=NOW)
        if made.fresh:
            steps.append(kept(office, document_id))
        assert noted(office, document_id) == {each: each for each in ids}
    for step in steps[-2::-1]:
        archive.undo(office, now=NOW)
        assert kept(office, document_id) == step


@given(duties=items.filter(bool), after=items, said=said_of_duties)
@settings(max_examples=15, deadline=None)
def test_what_is_unchanged_keeps_its_id_over_a_replacement(
    office: Archive, duties: list[tuple[str, str]], after: list[tuple[str, str]], said: list[Any]
) -> None:
    document_id, text = started(office, duties)
    ids, _ = kept(office, document_id)
    for place, (field, value) in said:
        archive.correct(office, str(document_id), f"duty:{ids[place % len(ids)]}.{field}", value, now=NOW)
    second = text_of(f"{text}{written(after).removeprefix(HEAD)}Bản thứ hai của văn bản {document_id}.\n")
    with writing(office.engine).begin() as connection:
        replace_document(connection, document_id, second, draft_of(second, parse_simple(second)), None, NOW)
    now, _ = kept(office, document_id)
    assert now[: len(ids)] == ids  # further duties under the same numbers stand behind them
    assert len(set(now)) == len(duties) + len(after)


def test_a_duty_that_was_missing_keeps_its_id_and_no_other_gets_that_of_one_struck_out(office: Archive) -> None:
    document_id, _ = started(office, [("Sở Y tế", TASKS[0]), ("Sở Y tế", TASKS[1])])
    ids, _ = kept(office, document_id)
    ref, missing = str(document_id), {"unit": "Sở Y tế", "task": "lập danh sách trẻ em"}
    archive.correct(office, ref, f"duty:{ids[0]}", "none", now=NOW)
    archive.correct(office, ref, "duty", missing, at="I.1", now=NOW)
    (stayed, added), _ = kept(office, document_id)
    assert (stayed, added in ids) == (ids[1], False)
    archive.correct(office, ref, f"duty:{added}.unit", "Sở Văn hóa", now=NOW)
    archive.correct(office, ref, "node:I.2.label", "7", now=NOW)
    assert kept(office, document_id)[0] == [stayed, added]
    assert noted(office, document_id) == {stayed: stayed}
    assert [lost.id for lost in archive.lost_duties(office) if lost.document.id == document_id] == [f"lost-{ids[0]}"]
    for _ in range(4):
        archive.undo(office, now=NOW)
    assert noted(office, document_id) == {each: each for each in ids}


def test_words_that_are_corrected_do_not_rename_the_duties_around_them(office: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.amend.laying._parser", lambda: parse_simple)
    document_id, _ = started(office, [("Sở Y tế", TASKS[0]), ("Sở Văn hóa", TASKS[1])])
    ids, _ = before = kept(office, document_id)
    for printed, words in (("Giao Sở Y tế", "Giao Sở Y tế, Sở Nội vụ"), ("trẻ em toàn thành phố", "trẻ em"), ("1. Việc", "9. Việc")):
        archive.correct(office, str(document_id), f"text:{printed}", words, now=NOW)
        assert noted(office, document_id) == {each: each for each in ids}
    for _ in range(3):
        archive.undo(office, now=NOW)
    assert kept(office, document_id) == before


def test_rows_made_anew_are_the_same(office: Archive) -> None:
    assert "rows-disagree" not in {finding.code for finding in archive.check(office)}
