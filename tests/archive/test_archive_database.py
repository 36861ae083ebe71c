"""What can go wrong with the database, each with its own error and nothing lost; migrations; checks."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from archive import Archive, add_paths, check, cites, duties, list_documents, reindex, search, statistics
from archive.errors import ArchiveError, ArchiveLocked, ArchiveNotFound, ArchiveTooNew, DiskFull, NotAnArchive
from archive.fulltext.indexing import fulltext
from archive.keep.opening import open_archive
from archive.store import database as database_module
from archive.store import work_tables
from archive.store.database import writing
from archive.store.tables import PROJECTION, Base
from archive.values import DutyQuestion
from kehoach_parser import model_stamp
from tests.archive.builders import NOW, add, parse_simple, write
from tests.archive.texts import COMMUNE, DAMAGED, WARD
from tests.postgresql import of_a_file


def test_migrations_make_the_tables(archive: Archive) -> None:
    with archive.engine.connect() as connection:
        # The index of duties is no table of the models: SQLite keeps it in tables of its own.
        names = {"include_name": lambda name, kind, _: kind != "table" or not str(name).startswith("duty_sign")}
        context = MigrationContext.configure(connection, opts=names)
        assert context.get_current_revision() == database_module.HEAD
        assert work_tables.JournalRow.__table__.metadata is Base.metadata
        assert compare_metadata(context, Base.metadata) == []


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database_module.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_current_head() == database_module.HEAD


def test_rows_hold_sentences_as_this_model_of_the_restorer_reads_them() -> None:
    """Another model: raise PROJECTION, so that archives get their rows anew, and then say both here."""
    assert (PROJECTION, model_stamp()) == (6, "b5aa1ca5")


@of_a_file
def test_settings_of_a_connection(archive: Archive) -> None:
    with archive.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_opening_again_changes_nothing(archive: Archive) -> None:
    add(archive, WARD)
    before = statistics(archive)
    with open_archive(archive.folder) as again:
        assert statistics(again) == before


def test_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveNotFound) as caught:
        open_archive(tmp_path / "nowhere")
    assert caught.value.facts["path"] == str(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_newer_version_is_refused(archive: Archive) -> None:
    add(archive, WARD)
    with writing(archive.engine).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ArchiveTooNew) as caught:
        open_archive(archive.folder)
    assert caught.value.facts["revision"] == "9999"
    with archive.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM versions")) == 1


def test_no_database(tmp_path: Path) -> None:
    file = tmp_path / "kehoach.sqlite"
    file.write_bytes(b"not a database, but long enough to look at" * 40)
    before = file.read_bytes()
    with pytest.raises(NotAnArchive):
        open_archive(tmp_path)
    assert file.read_bytes() == before


def test_database_of_another_program(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "kehoach.sqlite") as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    with pytest.raises(NotAnArchive):
        open_archive(tmp_path, create=True)
    with sqlite3.connect(tmp_path / "kehoach.sqlite") as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]


@of_a_file
def test_locked_archive(archive: Archive, tmp_path: Path) -> None:
    add(archive, WARD)
    folder = write(tmp_path / "in", commune=COMMUNE)
    other = sqlite3.connect(archive.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with open_archive(archive.folder, busy_timeout=0.05) as waiting:
            assert len(list_documents(waiting)) == 1, "reading goes on"
            with pytest.raises(ArchiveLocked):
                list(add_paths(waiting, [folder], now=NOW, parse=parse_simple))
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert [added.status for added in add_paths(archive, [folder], now=NOW, parse=parse_simple)] == ["added"]
    assert check(archive) == ()


@of_a_file
def test_full_disk(archive: Archive, tmp_path: Path) -> None:
    add(archive, WARD)
    long = COMMUNE + "".join(f"Đoạn văn thứ {number} nói về việc đã giao cho các đơn vị trong xã.\n" for number in range(1500))
    folder = write(tmp_path / "in", long=long, short=DAMAGED)
    with archive.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
        connection.execute(text(f"PRAGMA max_page_count = {(pages or 0) + 4}"))
    with pytest.raises(DiskFull) as caught:
        list(add_paths(archive, [folder], now=NOW, parse=parse_simple))
    assert caught.value.facts["path"] == str(archive.database)
    with open_archive(archive.folder) as again:
        assert [document.symbol for document in list_documents(again)] == ["35-KH/ĐU"]
        assert [finding.code for finding in check(again)] == ["original-orphaned"], "the file that was on its way in"
        assert [added.status for added in add_paths(again, [folder], now=NOW, parse=parse_simple)] == ["added", "added"]
        assert search(again, "hội nông dân").total == 1


def as_nobody(work: Callable[[], object]) -> str:
    """The code of the error that an ordinary user meets: root may do everything."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            work()
            os.write(writing, b"nothing went wrong")
        except ArchiveError as error:
            os.write(writing, error.code.encode())
        except BaseException as error:
            os.write(writing, repr(error).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    os.waitpid(child, 0)
    return said


@of_a_file
@pytest.mark.skipif(not hasattr(os, "fork"), reason="an ordinary user is played by a forked process")
def test_folder_without_permission() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        with open_archive(folder / "archive", create=True) as archive:
            add(archive, WARD)
        (folder / "archive").chmod(0o500)
        (folder / "closed").mkdir()
        (folder / "closed").chmod(0o500)
        assert as_nobody(lambda: open_archive(folder / "closed" / "archive", create=True)) == "no-permission"
        assert as_nobody(lambda: add_to(folder / "archive")) == "no-permission"
        with open_archive(folder / "archive") as archive:
            assert len(list_documents(archive)) == 1
            assert check(archive) == ()
        (folder / "archive").chmod(0o700)
        (folder / "closed").chmod(0o700)


def add_to(folder: Path) -> None:
    with open_archive(folder) as archive:
        add(archive, COMMUNE)


def test_check_tells_what_disagrees(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a=WARD, b=COMMUNE)
    list(add_paths(archive, [folder], now=NOW, parse=parse_simple))
    assert check(archive) == ()
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_text("changed")
    assert [(finding.level, finding.code, finding.document_id) for finding in check(archive)] == [
        ("note", "source-gone", 1),
        ("note", "source-changed", 2),
    ]
    with archive.engine.begin() as connection:
        connection.execute(text("DELETE FROM citations WHERE version_id = 1"))
        connection.execute(text("UPDATE contents SET text = text || '!' WHERE version_id = 2"))
    assert {(finding.code, finding.document_id) for finding in check(archive) if finding.level == "error"} == {
        ("rows-disagree", 1),
        ("plan-text-mismatch", 2),
    }


def test_reindex_mends_what_is_derived(archive: Archive) -> None:
    for content in (WARD, COMMUNE):
        add(archive, content)
    before = cites(archive, "18-NQ/TW"), duties(archive, DutyQuestion("tuyên truyền")), statistics(archive)
    with archive.engine.begin() as connection:
        connection.execute(text("UPDATE citations SET sentence = '' WHERE version_id = 1"))
        connection.execute(text("DELETE FROM assignments"))
        connection.execute(text("UPDATE versions SET symbol = NULL WHERE id = 2"))
    assert {finding.code for finding in check(archive)} == {"rows-disagree"}
    assert reindex(archive) == 2
    assert check(archive) == ()
    assert (cites(archive, "18-NQ/TW"), duties(archive, DutyQuestion("tuyên truyền")), statistics(archive)) == before


def test_statistics(archive: Archive) -> None:
    for content in (WARD, COMMUNE, DAMAGED):
        add(archive, content)
    figures = statistics(archive)
    plans = [parse_simple(content) for content in (WARD, COMMUNE, DAMAGED)]
    assert figures.documents == 3
    assert figures.characters == len(WARD) + len(COMMUNE) + len(DAMAGED)
    assert figures.citations == sum(len(plan.citations) for plan in plans)
    assert figures.assignments == sum(len(plan.assignments) for plan in plans)
    assert [(count.name, count.count) for count in figures.types] == [("Kế hoạch", 2), ("Hướng dẫn", 1)]
    assert [(entry.cited.type, entry.cited.symbol, entry.cited.date, entry.count) for entry in figures.most_cited] == [
        ("Nghị quyết", "18-NQ/TW", "2017-10-25", 1),
        ("Nghị quyết", "18-NQ/TW", "2022-06-16", 1),
        ("Kế hoạch", "35-KH/ĐU", "2025-11-20", 1),
        ("Luật", None, None, 1),
    ], "two resolutions of one symbol are two documents"
    assert (figures.date_first, figures.date_last) == ("2023-08-01", "2025-11-20")


def test_most_cited_counts_plans(archive: Archive) -> None:
    for letter in "abc":
        add(archive, f"Số {letter}\nNghị quyết số 18-NQ/TW, ngày 16/6/2022 và nhắc lại Nghị quyết số 18-NQ/TW, ngày 16/6/2022\n")
    add(archive, "Nghị quyết số 18-NQ/TW, ngày 25/10/2017\n")
    assert [(entry.cited.date, entry.count) for entry in statistics(archive).most_cited] == [("2022-06-16", 3), ("2017-10-25", 1)]


def test_statistics_of_an_empty_archive(archive: Archive) -> None:
    assert (statistics(archive).documents, statistics(archive).types, statistics(archive).date_first) == (0, (), None)


@of_a_file
def test_full_disk_under_the_index_loses_nothing(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    add(archive, WARD)
    monkeypatch.setattr(type(fulltext(archive)), "_opened", _no_space)
    with pytest.raises(DiskFull):
        add(archive, COMMUNE)
    monkeypatch.undo()
    assert [document.symbol for document in list_documents(archive)] == ["35-KH/ĐU", "12-KH/ĐU"]
    with open_archive(archive.folder) as again:
        assert search(again, "hội nông dân").total == 1
        assert check(again) == ()


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "index")


def test_tables_are_portable() -> None:
    for table in Base.metadata.sorted_tables:
        assert table.name in str(CreateTable(table).compile(dialect=postgresql.dialect()))
