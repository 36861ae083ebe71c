"""Law 9 of docs/architecture.md: the id of a duty that stays where it stands stays, and what was said of a task stays with the task."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import archive
from archive import Archive, values
from archive.store.changes import insert_document, replace_document
from archive.store.database import writing
from archive.store.duty_ids import duty_ids, identity_of
from archive.store.duty_rows import places_of_duties
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
    found = dict(zip(duty_ids(identity_of(first, "0" * 64), places), places, strict=True))
    assert len(found) == len(places), "each duty has an id of its own"
    return found


@given(items, items)
def test_what_stands_where_it_stood_keeps_its_id(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> None:
    first, second = parse_simple(written(before)), parse_simple(written(after))
    was, now = ids(first, first), ids(second, first)
    assert was.keys() & now.keys() == {name for name, place in was.items() if place in now.values()}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with archive.open_archive(tmp_path_factory.mktemp("law") / "office", create=True) as handle:
        yield handle


@given(before=items.filter(bool), after=items, chosen=st.sets(st.integers(0, 5)))
@settings(max_examples=25, deadline=None)
def test_what_was_said_stays_with_its_task(
    office: Archive, before: list[tuple[str, str]], after: list[tuple[str, str]], chosen: set[int]
) -> None:
    number = len(archive.list_documents(office)) + 1
    first = text_of(written(before).replace("35-KH", f"{number}-KH"))
    document_id = insert_document(office, first, parse_simple(first), None, NOW).document_id
    of_plan = values.DutyQuestion(plan=str(document_id))
    said = {duty.task: duty for place, duty in enumerate(archive.duties(office, of_plan)) if place in chosen}
    archive.set_duties(office, {duty.id or "": values.DutyEdit(note=duty.task) for duty in said.values()}, now=NOW)
    second = text_of(f"{written(after)}Bản thứ hai của văn bản {number}.\n")
    with writing(office.engine).begin() as connection:  # the index has no part in this, and takes most of the time
        replace_document(connection, document_id, second, parse_simple(second), None, NOW)
    noted = {(duty.unit, duty.task): duty.standing.note for duty in archive.duties(office, of_plan) if duty.standing}
    stayed = {(duty.unit, duty.task): duty.task for duty in said.values() if (duty.unit, duty.task) in after}
    lost = {each.standing.note for each in archive.lost_duties(office) if each.document.id == document_id}
    assert noted == stayed
    assert lost == said.keys() - {task for _, task in stayed}


def test_rows_made_anew_are_the_same(office: Archive) -> None:
    assert "rows-disagree" not in {finding.code for finding in archive.check(office)}
