"""The views that other programs read: each has its documented columns and what the questions of the archive answer."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import RowMapping, text

from archive import Archive, cites, duties, list_documents, set_duty
from archive.store.views import VIEWS
from archive.values import DutyEdit
from tests.archive.builders import NOW
from tests.archive.test_one_paper_once import DRAFT, SIGNED, keep
from tests.postgresql import of_a_file

PAGE = Path(__file__).parents[2] / "docs" / "sqlite.md"


def read(archive: Archive, query: str) -> list[RowMapping]:
    with archive.engine.connect() as connection:
        return list(connection.execute(text(query)).mappings())


@of_a_file
def test_views_of_a_new_database_are_those_that_migrations_leave(archive: Archive) -> None:
    with archive.engine.connect() as connection:
        made = {row.name: row.sql for row in connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))}
    assert {name: sql.split() for name, sql in made.items()} == {
        name: f"CREATE VIEW {name} AS {sql}".split() for name, sql in VIEWS.items()
    }


def test_columns_are_those_that_are_documented(archive: Archive) -> None:
    keep(archive, "signed.docx", SIGNED)
    rows = re.findall(r"^\| `(v_\w+)` \|[^|]*\|(.*)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name, _ in rows] == ["v_documents", "v_citations", "v_duties"]
    for name, columns in rows:
        assert list(read(archive, f"SELECT * FROM {name}")[0]) == re.findall(r"`(\w+)`", columns)


def test_views_say_what_the_archive_answers(archive: Archive) -> None:
    keep(archive, "draft.docx", DRAFT)
    keep(archive, "signed.docx", SIGNED)
    (document,) = list_documents(archive)
    (row,) = read(archive, "SELECT * FROM v_documents")
    assert (row["document"], row["symbol"], row["readings"]) == (document.id, "12/KH-UBND", 2)
    said = [(row["unit"], row["role"], row["deadline_last"]) for row in read(archive, "SELECT * FROM v_duties")]
    assert sorted(said) == sorted((duty.unit, duty.role, duty.deadline_last) for duty in duties(archive))
    assert ("Phòng Văn hóa - Xã hội", "lead", "2026-03-15") in said
    (cited,) = read(archive, "SELECT * FROM v_citations")
    (group,) = cites(archive, "57-NQ/TW").groups
    assert (cited["cited_symbol"], cited["cited_date"], cited["cited_issuer"]) == ("57-NQ/TW", "2024-12-22", group.cited.issuer)


def test_the_view_of_duties_says_how_they_stand(archive: Archive) -> None:
    keep(archive, "signed.docx", SIGNED)
    duty = next(each for each in duties(archive) if each.deadline_last == "2026-03-15")
    assert duty.id is not None
    set_duty(archive, duty.id, DutyEdit(moved_to="2026-04-30", moved_by="9/CV", result="một nửa", note="chờ", person="Lan"), now=NOW)
    names = "id, state, done_on, moved_to, moved_by, due, result, note, person"
    said = {row["id"]: tuple(row.values())[1:] for row in read(archive, f"SELECT {names} FROM v_duties")}
    assert said[duty.id] == ("moved", None, "2026-04-30", "9/CV", "2026-04-30", "một nửa", "chờ", "Lan")
    assert {each: state for each, (state, *_) in said.items()} == {each.id: each.state for each in duties(archive)}
    assert {"open", "moved"} == {state for state, *_ in said.values()}
    set_duty(archive, duty.id, DutyEdit(state="done", day="2026-03-20"), now=NOW)
    (row,) = read(archive, f"SELECT state, done_on FROM v_duties WHERE id = '{duty.id}'")
    assert dict(row) == {"state": "done", "done_on": "2026-03-20"}
