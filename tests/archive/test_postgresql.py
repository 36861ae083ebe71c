"""Archives on a PostgreSQL server of the tests' own: where they lie, who writes, how they move. That they answer as those of SQLite do is
what all tests of this folder say when they run on one (`make test-postgresql`)."""

from __future__ import annotations

import multiprocessing
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

import archive as api
from archive import Archive, errors, open_archive
from archive.store.copying import table_copies
from archive.store.database import writing
from archive.store.places import POINTER, place_of
from tests.archive.builders import add, add_fixtures, nothing
from tests.postgresql import Server, programs
from tests.terminal.terminal_runs import kehoach

pytestmark = [pytest.mark.slow, pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed")]

NOW = datetime(2026, 3, 1, tzinfo=UTC)
#: The moment at which a paper was added.
ADDED = re.compile(r'"added_at": "[^"]*"')


@pytest.fixture
def address(running: Server, tmp_path: Path) -> str:
    """The address of an empty database, with a folder that is not there yet."""
    return running.address(running.make(), tmp_path / "shared")


def contents(archive: Archive) -> object:
    with archive.engine.connect() as connection:
        return table_copies(connection)


def answers(archive: Archive) -> object:
    return (
        api.list_documents(archive),
        api.cites(archive, "18-NQ/TW"),
        api.search(archive, '"kế hoạch"').total,
        sorted((duty.id, duty.unit, duty.task) for duty in api.duties(archive)),
        [entry.action for entry in api.entries(archive)],
        api.list_trash(archive),
        api.corrections(archive),
    )


def test_either_the_folder_or_the_address_opens_an_archive(address: str, tmp_path: Path) -> None:
    with open_archive(address, create=True) as archive:
        number = add(archive, "KẾ HOẠCH\nViệc một")
    for where in (address, tmp_path / "shared", address.partition("&folder")[0]):
        with open_archive(where) as again:
            assert [document.id for document in api.list_documents(again)] == [number]
            assert again.folder == tmp_path / "shared"
            assert api.check(again) == ()


def test_a_password_is_written_nowhere(running: Server, tmp_path: Path) -> None:
    with open_archive(running.address(running.make(), tmp_path / "shared").replace("kehoach@", "kehoach:geheim@"), create=True) as archive:
        assert "geheim" not in str(archive.database)
    assert "geheim" not in (tmp_path / "shared" / POINTER).read_text(encoding="utf-8")


@pytest.mark.parametrize("where", ["postgresql://", "postgresql://user@server", "postgres:nothing", "postgresql://a:b@c:port/d"])
def test_what_is_no_address_is_told(where: str) -> None:
    with pytest.raises(errors.BadAddress):
        place_of(where)


def test_a_database_that_does_not_answer_or_is_not_there_is_told(running: Server, tmp_path: Path) -> None:
    with pytest.raises(errors.DatabaseAway) as caught:
        open_archive(f"postgresql://kehoach@/plans?host={tmp_path}")
    assert str(tmp_path) in str(caught.value.facts["detail"])
    with pytest.raises(errors.DatabaseAway):
        open_archive(running.address("nowhere", tmp_path))


def test_an_archive_that_is_not_there_is_not_made_unasked(running: Server, address: str) -> None:
    with pytest.raises(errors.ArchiveNotFound):
        open_archive(address)
    with pytest.raises(errors.FolderUnknown):
        open_archive(running.address(running.make()), create=True)


def test_the_database_of_another_program_is_left_alone(running: Server, address: str) -> None:
    with open_archive(address, create=True) as archive, writing(archive.engine).begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(errors.NotAnArchive):
        open_archive(address)


def test_who_writes_waits_for_who_does(address: str) -> None:
    with open_archive(address, create=True) as first, open_archive(address, busy_timeout=0.2) as second:
        add(first, "Một")
        with writing(first.engine).begin():
            with pytest.raises(errors.ArchiveLocked):
                add(second, "Hai")
            assert len(api.list_documents(second)) == 1, "who asks does not wait"
        add(second, "Hai")
        assert len(api.list_documents(first)) == 2


def _add_some(address: str, names: range) -> None:
    with open_archive(address) as archive:
        for name in names:
            add(archive, f"KẾ HOẠCH\nViệc {name}\n\nI. MỤC ĐÍCH\n1. Giao Công an xã rà soát theo Nghị quyết số 18-NQ/TW.")


def test_several_machines_add_at_once(address: str) -> None:
    open_archive(address, create=True).close()
    spawn = multiprocessing.get_context("spawn")
    machines = [spawn.Process(target=_add_some, args=(address, range(start, start + 5))) for start in (0, 5)]
    for machine in machines:
        machine.start()
    with open_archive(address) as reader:
        while any(machine.is_alive() for machine in machines):
            assert len(api.list_documents(reader)) <= 10
    for machine in machines:
        machine.join()
        assert machine.exitcode == 0
    with open_archive(address) as archive:
        assert len(api.list_documents(archive)) == 10
        assert api.search(archive, '"rà soát"').total == 10
        assert api.check(archive) == ()


def test_a_question_sees_one_moment(address: str) -> None:
    with open_archive(address, create=True) as archive, open_archive(address) as other:
        add(archive, "Một")
        counted = text("SELECT count(*) FROM documents")
        with archive.engine.connect() as connection:
            assert connection.scalar(counted) == 1
            writer = threading.Thread(target=add, args=(other, "Hai"))
            writer.start()
            writer.join()
            assert connection.scalar(counted) == 1
        with archive.engine.connect() as connection:
            assert connection.scalar(counted) == 2


def test_who_may_only_read_is_answered(running: Server, address: str) -> None:
    with open_archive(address, create=True) as archive, writing(archive.engine).begin() as connection:
        add_reader = ("CREATE ROLE reader LOGIN", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        for statement in add_reader:
            connection.execute(text(statement))
    with open_archive(address) as archive:
        add(archive, "KẾ HOẠCH\nViệc một")
        assert api.search(archive, "việc").total == 1
        with writing(archive.engine).begin() as connection:
            connection.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"))
    with open_archive(address.replace("kehoach@", "reader@")) as archive:
        assert archive.read_only
        assert api.search(archive, "việc").total == 1
        with pytest.raises(errors.NoPermission):
            add(archive, "Hai")


def worked_on(archive: Archive) -> None:
    """An archive with all that people add."""
    add_fixtures(archive)
    first, second, third = (document.id for document in api.list_documents(archive))
    api.correct(archive, str(first), "subject", "Việc đã sửa", now=NOW)
    duty = next(duty for duty in api.duties(archive) if duty.document.id == second)
    assert duty.id is not None
    api.set_duty(archive, duty.id, api.values.DutyEdit(state="done", day="2026-03-20", note="đủ"), now=NOW)
    api.remove(archive, str(third), now=NOW)


@pytest.mark.parametrize("back", [False, True])
def test_an_archive_moves_with_all_that_people_added(back: bool, filled: Callable[..., Archive], address: str, tmp_path: Path) -> None:
    source = filled(worked_on)
    was, said = contents(source), answers(source)
    moved = api.move(source, address)
    where: str | Path = address
    if back:
        with open_archive(address) as archive:
            api.move(archive, tmp_path / "back")
        where = tmp_path / "back"
    assert contents(source) == was, "what was there stays"
    assert {table.name: table.rows for table in moved.tables}["corrections"] == 1
    with open_archive(where) as archive:
        assert contents(archive) == was
        assert answers(archive) == said
        assert api.check(archive) == api.check(source)
        new = add(archive, "KẾ HOẠCH\nViệc mới")
        assert new not in {document.id for document in (*api.list_documents(source), *(one.document for one in api.list_trash(source)))}


def test_nothing_is_moved_over_an_archive_that_is_there(filled: Callable[..., Archive], address: str, tmp_path: Path) -> None:
    source = filled(nothing)
    with open_archive(address, create=True) as archive:
        add(archive, "Một")
    (tmp_path / "shared").rename(tmp_path / "elsewhere")
    with pytest.raises(errors.FolderNotEmpty):
        api.move(source, address)
    with open_archive(tmp_path / "elsewhere") as archive:
        assert len(api.list_documents(archive)) == 1


def test_an_archive_without_documents_is_not_moved_over_either(filled: Callable[..., Archive], address: str, tmp_path: Path) -> None:
    open_archive(address, create=True).close()
    (tmp_path / "shared" / "aliases.toml").write_text("# ours", encoding="utf-8")
    with pytest.raises(errors.FolderNotEmpty):
        api.move(filled(worked_on), address.partition("&folder")[0])
    assert (tmp_path / "shared" / "aliases.toml").read_text(encoding="utf-8") == "# ours"
    open_archive(address).close()


def test_a_move_that_fails_leaves_nothing(filled: Callable[..., Archive], address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = filled(worked_on)
    monkeypatch.setattr("archive.keep.moving.table_copies", lambda connection: table_copies(connection)[:-1] + table_copies(connection)[:1])
    with pytest.raises(errors.MoveFailed):
        api.move(source, address)
    monkeypatch.undo()
    api.move(source, address)
    with open_archive(address) as archive:
        assert answers(archive) == answers(source)


def test_a_backup_is_restored_anywhere(filled: Callable[..., Archive], address: str, running: Server, tmp_path: Path) -> None:
    source = filled(worked_on)
    api.move(source, address)
    with open_archive(address) as archive:
        made = api.back_up(archive, tmp_path / "backup.zip", now=NOW)
        assert (made.documents, made.missing) == (3, ())
    second = running.address(running.make(), tmp_path / "second")
    for where in (tmp_path / "restored", second):
        api.restore_backup(tmp_path / "backup.zip", where)
        with open_archive(where) as archive:
            assert contents(archive) == contents(source)
            assert answers(archive) == answers(source)


def test_words_are_found_wherever_they_stand_in_a_long_text(address: str) -> None:
    filler = " ".join(f"việc số {number}" for number in range(6_000))  # 18,000 words: more than one vector keeps the places of
    with open_archive(address, create=True) as archive:
        number = add(archive, f"Mở đầu ở đây. {filler} rà soát hồ sơ tồn đọng")
        add(archive, "Hồ sơ khác")
        for asked in (
            '"mở đầu ở đây"',
            '"rà soát hồ sơ tồn đọng"',
            '"5999 rà soát"',
            "mở đọng",
            '"số 1332 việc số 1333"',
            '"việc số 5400"',
        ):
            assert [hit.document.id for hit in api.search(archive, asked).hits] == [number], asked
        assert api.search(archive, '"đọng rà"').total == 0


def test_an_index_by_another_version_is_made_anew(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from archive.fulltext import postgresql_engine

    with open_archive(address, create=True) as archive:
        with monkeypatch.context() as patch:
            patch.setattr(postgresql_engine, "_MADE_BY", "0x0")
            add(archive, "Rà soát")
        assert [finding.code for finding in api.check(archive)] == ["not-indexed"]
    with open_archive(address) as later:
        assert api.search(later, "rà soát").total == 1
        assert api.check(later) == ()


def test_other_engines_serve_an_archive_on_postgresql(address: str) -> None:
    with open_archive(address, create=True) as archive:
        add(archive, "Rà soát")
        for engine in ("whoosh", "tantivy", "postgresql"):
            api.reindex(archive, engine=engine)
            assert api.search(archive, "rà soát").total == 1
            assert api.check(archive) == ()
        with pytest.raises(errors.UnknownEngine):
            api.reindex(archive, engine="lucene")


def test_check_says_where_what_lies(address: str, tmp_path: Path) -> None:
    open_archive(address, create=True).close()
    checked = kehoach("check", "--archive", address)
    assert (checked.code, checked.out) == (0, "")
    assert address.partition("&folder")[0].partition("?")[0] in checked.err
    assert str(tmp_path / "shared") in checked.err


def test_the_commands_answer_at_an_address(address: str, tmp_path: Path) -> None:
    fixtures = Path(__file__).parents[2] / "fixtures"
    assert kehoach("add", fixtures, "--archive", address).code == 0
    assert kehoach("add", fixtures, "--archive", tmp_path / "file").code == 0
    for asked in (("list",), ("cites", "18-NQ/TW"), ("duties", "--due", "2025"), ("units",), ("lint",), ("graph",), ("show", "2")):
        there, here = (kehoach(*asked, "--json", "--archive", where) for where in (address, tmp_path / "file"))
        assert (there.code, ADDED.sub("", there.out)) == (here.code, ADDED.sub("", here.out)), asked
