"""An archive survives what happens to it: lost and altered files, an older database, a folder that cannot be written, a power cut."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from archive import (
    Archive,
    add_paths,
    back_up,
    check,
    duties,
    entries,
    history,
    list_documents,
    list_trash,
    open_archive,
    read_original,
    reindex,
    remove,
    repair,
    reparse,
    restore_backup,
    search,
    show,
)
from archive.errors import ArchiveTooOld, BackupDamaged, FileThere, FolderNotEmpty, PlanDamaged, ReadOnly
from archive.store import originals
from archive.store.copying import TableCopy, table_copies
from archive.values import Reparsed
from kehoach_parser import Plan, Text
from tests.archive.builders import NOW, add, add_three, parse_simple, write
from tests.archive.test_archive_database import as_nobody
from tests.archive.texts import COMMUNE, DAMAGED, WARD
from tests.postgresql import of_a_file


@pytest.fixture
def kept(archive: Archive, tmp_path: Path) -> Archive:
    """Two plans that came as files, which lie no more where they were."""
    folder = write(tmp_path / "in", ward=WARD, commune=COMMUNE)
    assert [added.status for added in add_paths(archive, [folder], now=NOW, parse=parse_simple)] == ["added", "added"]
    search(archive, "kế hoạch")
    return archive


def codes(archive: Archive) -> list[str]:
    return [finding.code for finding in check(archive)]


def path_of(archive: Archive, document: str) -> Path:
    return originals.original_path(archive, history(archive, document)[0].sha256)


# Kept files


def test_lost_altered_and_orphaned_files_are_found_and_mended(kept: Archive, tmp_path: Path) -> None:
    path_of(kept, "ward.txt").write_bytes(b"altered")
    path_of(kept, "commune.txt").unlink()
    orphan = originals.original_path(kept, "ab" * 32)
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"nobody's")
    assert codes(kept) == ["original-missing", "original-damaged", "original-orphaned"]
    mended, left = repair(kept, now=NOW)
    assert [finding.code for finding in mended] == ["original-missing", "original-damaged"], "the files still lie where they were"
    assert [finding.code for finding in left] == ["original-orphaned"]
    shutil.rmtree(tmp_path / "in")
    path_of(kept, "ward.txt").write_bytes(b"altered")
    assert "original-damaged" in [finding.code for finding in repair(kept, now=NOW)[1]], "nothing left to mend it of"
    folder = write(tmp_path / "again", ward=WARD)
    (added,) = add_paths(kept, [folder / "ward.txt"], now=NOW, parse=parse_simple)
    assert (added.status, added.facts["mended"]) == ("present", 1)
    assert "original-damaged" not in codes(kept)


@of_a_file
def test_a_file_is_on_the_disk_before_it_is_acknowledged(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(handle: int) -> None:
        steps.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")
        fsync(handle)

    def named(source: str, target: Path) -> None:
        steps.append("name")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", named)
    originals.keep_original(archive, b"bytes", "a.txt")
    assert steps == ["file", "name", "folder", "folder", "folder", "file", "folder"], "what it is called, last"
    with archive.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA synchronous")) == 2, "a commit waits for the disk"


def test_an_archive_is_made_again_of_its_kept_files(kept: Archive, tmp_path: Path) -> None:
    with open_archive(tmp_path / "new", create=True) as new:
        results = list(add_paths(new, [kept.folder / "files"], now=NOW, parse=parse_simple))
        assert [added.status for added in results] == ["added", "added"]
        assert {each.name for each in list_documents(new)} == {"ward.txt", "commune.txt"}
        assert {each.path for each in list_documents(new)} == {None}
        assert {duty.unit for duty in duties(new)} == {duty.unit for duty in duties(kept)}


# Database and index


@of_a_file
def test_an_older_database_beside_todays_index(kept: Archive, tmp_path: Path) -> None:
    yesterday = tmp_path / "yesterday.sqlite"
    with closing(sqlite3.connect(kept.database)) as source, closing(sqlite3.connect(yesterday)) as target:
        source.backup(target)
    add(kept, DAMAGED)
    search(kept, "kế hoạch")
    kept.close()
    for file in kept.folder.glob("kehoach.sqlite*"):
        file.unlink()
    shutil.copyfile(yesterday, kept.database)
    with open_archive(kept.folder, mend=()) as again:
        add(again, "Số 1-KH/ĐU | Kế hoạch | Đảng ủy xã Bến Tre | Bến Tre | 2025-01-01 | Dừa nước\nTrồng dừa nước.\n")
        assert "index-foreign" in codes(again), "as many documents, and other ones"
    with open_archive(kept.folder) as again:
        assert search(again, "dừa nước").total == 1
        assert search(again, "kế hoạch").total == 3
        assert codes(again) == []


def test_a_damaged_plan_is_named_and_the_others_are_asked(kept: Archive) -> None:
    whole = show(kept, "1").plan
    with kept.engine.begin() as connection:
        connection.execute(text("UPDATE contents SET plan = substr(plan, 1, 99) WHERE version_id = 1"))
    with pytest.raises(PlanDamaged):
        show(kept, "1")
    assert search(kept, "kế hoạch").total == 2
    assert reindex(kept) == 2
    assert codes(kept) == ["plan-unreadable"]
    assert repair(kept, now=NOW)[1] == ()
    assert show(kept, "1").plan.source == whole.source
    assert codes(kept) == []


# Where nothing can be written


@pytest.fixture
def closed(tmp_path: Path, kept: Archive) -> Iterator[Path]:
    kept.close()
    folder = kept.folder
    modes = {path: path.stat().st_mode for path in (folder, *folder.rglob("*"))}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder
    for path, mode in modes.items():
        path.chmod(mode)


def asked(folder: Path) -> str:
    """What an ordinary user gets who asks everything: who may not enter the folder of the tests asks as the owner of an open archive."""
    with open_archive(folder, read_only=True) as archive:
        assert archive.read_only
        found = [len(list_documents(archive)), search(archive, "kế hoạch").total, len(duties(archive)), len(check(archive))]
        assert archive.stale == set()
        with pytest.raises(ReadOnly):
            remove(archive, "1", now=NOW)
        with pytest.raises(ReadOnly):
            originals.keep_original(archive, b"x")
    return str(found)


def test_an_archive_that_cannot_be_written_answers(closed: Path) -> None:
    before = sorted((path.name, path.read_bytes()) for path in closed.rglob("*") if path.is_file())
    assert asked(closed).startswith("[2, 2, ")
    after = sorted(
        (path.name, path.read_bytes()) for path in closed.rglob("*") if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    )
    assert after == before


@of_a_file
@pytest.mark.skipif(not hasattr(os, "fork") or os.geteuid() != 0, reason="an ordinary user is played by a process of root")
@pytest.mark.parametrize("left", [(), ("-wal", "-shm"), ("-wal",)], ids=["whole", "snapshot", "log alone"])
def test_a_share_a_snapshot_and_a_log_left_behind(left: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        archive = open_archive(Path(name) / "own", create=True)
        add_three(archive)
        if not left:
            archive.close()
        folder = shutil.copytree(archive.folder, Path(name) / "share")
        for end in {"-wal", "-shm"} - set(left):
            (folder / f"kehoach.sqlite{end}").unlink(missing_ok=True)
        archive.close()
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)

        def ask() -> None:
            with open_archive(folder) as share:
                assert share.read_only
                assert len(list_documents(share)) == 3
                assert search(share, "kế hoạch").total > 0
                remove(share, "1", now=NOW)

        assert as_nobody(ask) == "read-only"


def test_an_older_archive_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    import gzip

    (tmp_path / "kehoach.sqlite").write_bytes(gzip.decompress((Path(__file__).parent / "old" / "0005.sqlite.gz").read_bytes()))
    with pytest.raises(ArchiveTooOld):
        open_archive(tmp_path, read_only=True)


# Backup


def test_a_backup_gives_the_archive_back(kept: Archive, tmp_path: Path) -> None:
    remove(kept, "2", now=NOW)
    (kept.folder / "aliases.toml").write_text("", encoding="utf-8")
    file = tmp_path / "backup.zip"
    made = back_up(kept, file, now=NOW)
    assert (made.documents, made.files, made.missing) == (2, 2, ())
    with pytest.raises(FileThere):
        back_up(kept, file, now=NOW)
    with pytest.raises(FolderNotEmpty):
        restore_backup(file, kept.folder)
    restore_backup(file, tmp_path / "again")
    with open_archive(tmp_path / "again") as again:
        assert list_documents(again) == list_documents(kept)
        assert list_trash(again) == list_trash(kept)
        assert entries(again) == entries(kept)
        assert duties(again) == duties(kept)
        assert read_original(again, list_trash(kept)[0].document.sha256) is not None
        assert (again.folder / "aliases.toml").exists()
        assert search(again, "kế hoạch").total == 1
        assert codes(again) == []


def test_a_damaged_backup_is_told_and_leaves_nothing(kept: Archive, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    back_up(kept, file, now=NOW)
    whole = file.read_bytes()
    for at in (0, 1, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:at])
        with pytest.raises(BackupDamaged):
            restore_backup(file, tmp_path / "again")
    for at in range(100, len(whole) // 2, len(whole) // 9):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        with pytest.raises(BackupDamaged):
            restore_backup(file, tmp_path / "again")
    assert {path.name for path in tmp_path.iterdir()} == {"archive", "backup.zip", "in"}


def test_others_write_while_a_backup_is_made(kept: Archive, tmp_path: Path) -> None:
    with open_archive(kept.folder) as other:
        writer = threading.Thread(target=add, args=(other, DAMAGED))
        writer.start()
        made = back_up(kept, tmp_path / "backup.zip", now=NOW)
        writer.join()
    assert made.documents in (2, 3)
    assert len(list_documents(kept)) == 3


# Reading again


def dump(archive: Archive) -> tuple[TableCopy, ...]:
    with archive.engine.connect() as connection:
        return table_copies(connection)


def read_less(source: str | Text) -> Plan:
    """A parser that finds no duties."""
    from dataclasses import replace as with_fields

    return with_fields(parse_simple(source), assignments=())


def older(archive: Archive) -> None:
    with archive.engine.begin() as connection:
        connection.execute(text("UPDATE versions SET parser_version = '0.0.1'"))


def read(archive: Archive, parse: Callable[[Text], Plan], *, apply: bool = True) -> list[Reparsed]:
    return list(reparse(archive, now=NOW, apply=apply, parse=parse))


def test_reading_again_without_change_changes_nothing(kept: Archive) -> None:
    before = dump(kept)
    assert read(kept, parse_simple) == []
    older(kept)
    assert [one.gains for one in read(kept, parse_simple)] == [(), ()]
    assert dump(kept) == before


def test_gains_and_losses_are_shown_before_they_are_taken(kept: Archive) -> None:
    older(kept)
    before = dump(kept)
    told = read(kept, read_less, apply=False)
    assert {gain.kind for one in told for gain in one.gains} == {"duties"}
    assert all(gain.lost and not gain.gained for one in told for gain in one.gains)
    assert dump(kept) == before
    read(kept, read_less)
    assert duties(kept) == ()
    older(kept)
    assert {len(gain.gained) for one in read(kept, parse_simple) for gain in one.gains} == {
        len(gain.lost) for one in told for gain in one.gains
    }
    assert codes(kept) == []
    assert [(entry.action, entry.facts["count"]) for entry in entries(kept)[:2]] == [("reparse-run", 2)] * 2


def test_an_interrupted_run_goes_on_where_it_was(kept: Archive) -> None:
    older(kept)
    first = next(iter(reparse(kept, now=NOW, parse=read_less)))
    assert [one.document.id for one in read(kept, read_less)] == [each.id for each in list_documents(kept) if each.id != first.document.id]


def test_a_newer_reader_reads_the_file_again(kept: Archive) -> None:
    with kept.engine.begin() as connection:  # as a reader that lost the last line had read it
        connection.execute(text("UPDATE versions SET reader_version = '0.0.1' WHERE id = 1"))
        cut = json.dumps("x")[1:-1]
        connection.execute(text("UPDATE contents SET text = substr(text, 1, 40) || :cut WHERE version_id = 1"), {"cut": cut})
    (again,) = read(kept, parse_simple)
    assert again.text
    assert show(kept, "1").text in (WARD, COMMUNE)
    assert codes(kept) == []
