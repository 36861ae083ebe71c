"""An archive in trouble, from the command line: locked, on a full disk, killed, shared, closed, too new. One sentence, and nothing lost."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy import Engine, event
from terminal_runs import FIXTURES, Result, kehoach, needs_ordinary_user, ordinary, started

from archive import Archive, open_archive
from archive.fulltext import whoosh_engine
from archive.store.database import HEAD

#: Processes are started, killed, and run out of disk.
pytestmark = pytest.mark.slow

DATABASE = "kehoach.sqlite"


def plan(number: int, items: int = 3) -> str:
    body = "".join(f"{item}. Giao Sở Tài chính bố trí kinh phí đợt {number}.{item} cho các xã.\n" for item in range(1, items + 1))
    return f"ỦY BAN NHÂN DÂN XÃ TÂN MINH\nSố: {number}/KH-UBND\nKẾ HOẠCH\nBố trí kinh phí lần {number}\n\nI. TỔ CHỨC THỰC HIỆN\n{body}"


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """Three small plans to add."""
    return written(tmp_path / "in", range(3))


def written(folder: Path, numbers: range) -> Path:
    folder.mkdir()
    for number in numbers:
        (folder / f"{number:03}.txt").write_text(plan(number), encoding="utf-8")
    return folder


def listed(archive: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(kehoach("list", "--json", "--archive", archive).out)["documents"]
    return found


def findings(archive: Path) -> set[str]:
    """What `check` finds wrong; files that are gone are no fault of the archive."""
    return {
        found["code"] for found in json.loads(kehoach("check", "--json", "--archive", archive).out)["findings"] if found["level"] == "error"
    }


def hits(archive: Path, query: str = '"bố trí kinh phí lần"') -> int:
    found: int = json.loads(kehoach("search", query, "--json", "--archive", archive).out)["total"]
    return found


def is_one_sentence(result: Result, said: str) -> bool:
    """Whether the program ended with 3 and one line that says what, the table of what was done by then aside."""
    lines = [line for line in result.err.splitlines() if not line.startswith("Kết quả:")]
    return result.code == 3 and len(lines) == 1 and said in lines[0] and "Traceback" not in result.err + result.out


@contextmanager
def locked(archive: Path) -> Iterator[None]:
    """Another program writes, and the wait for it is short."""
    really = open_archive

    def hasty(folder: Path, *, create: bool = False, mend: Iterable[str] = ()) -> Archive:
        return really(folder, create=create, mend=mend, busy_timeout=0.05)

    with (
        closing(sqlite3.connect(archive / DATABASE, isolation_level=None)) as other,
        mock.patch("archive.open_archive", hasty, create=True),
    ):
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_locked_archive_is_read_but_not_written(own: Path, plans: Path) -> None:
    before = listed(own)
    with locked(own):
        assert hits(own, "tuyên truyền") == 3
        for command in (("add", plans), ("add", "--replace", "1", plans / "000.txt"), ("remove", "1"), ("reindex",)):
            result = kehoach(*command, "--archive", own)
            assert is_one_sentence(result, "đang được chương trình khác ghi"), command
            assert str(own) in result.err
    assert listed(own) == before
    assert findings(own) == set()
    assert kehoach("add", plans, "--archive", own).code == 0
    assert len(listed(own)) == 6


@contextmanager
def disk_with_room_for(pages: int) -> Iterator[None]:
    """Databases that may grow by so many pages of 4 KB."""

    def limit(connection: sqlite3.Connection, record: object) -> None:
        (now,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {now + pages}")

    event.listen(Engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(Engine, "connect", limit)


def test_a_full_disk_while_adding(own: Path, plans: Path) -> None:
    (plans / "001.txt").write_text(plan(1, items=1200), encoding="utf-8")
    with disk_with_room_for(40):
        result = kehoach("add", plans, "--archive", own)
    assert is_one_sentence(result, "đã đầy")
    assert str(own / DATABASE) in result.err
    assert "000.txt" in result.out, "what was added before is told"
    assert [document["name"] for document in listed(own)][3:] == ["000.txt"]
    assert findings(own) == set()
    with closing(sqlite3.connect(own / DATABASE)) as connection:
        for table in ("versions", "contents"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (4,), "nothing of the file that failed"
    again = kehoach("add", plans, "--archive", own)
    assert (again.code, hits(own)) == (0, 3)
    assert again.err.startswith("Kết quả: đã thêm: 2, đã có: 1.\n")


def test_a_full_disk_before_there_is_an_archive(tmp_path: Path, plans: Path) -> None:
    with disk_with_room_for(3):
        result = kehoach("add", plans, "--archive", tmp_path / "k")
    assert is_one_sentence(result, "đã đầy")
    assert kehoach("add", plans, "--archive", tmp_path / "k").code == 0
    assert findings(tmp_path / "k") == set()


def test_a_full_disk_while_the_index_is_written(own: Path, plans: Path) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with mock.patch("whoosh.writing.SegmentWriter.commit", side_effect=full):
        result = kehoach("add", plans, "--archive", own)
        assert is_one_sentence(result, "không ghi được chỉ mục tìm kiếm")
        assert kehoach("search", "tuyên truyền", "--archive", own).code == 0, "what is in the index is found meanwhile"
    assert "kehoach reindex" in result.err
    assert len(listed(own)) == 6, "the documents are in the database"
    assert findings(own) == {"not-indexed"}
    assert kehoach("reindex", "--archive", own).code == 0
    assert findings(own) == set()
    assert hits(own) == 3


def documents(archive: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{archive / DATABASE}?mode=ro", uri=True)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM versions").fetchone()
            return int(count)
    except sqlite3.OperationalError:
        return 0


def test_killed_while_adding(tmp_path: Path) -> None:
    folder, archive = written(tmp_path / "in", range(25)), tmp_path / "k"
    running = started("add", folder, "--archive", archive)
    while running.poll() is None and documents(archive) < 2:
        time.sleep(0.01)
    running.kill()
    running.communicate()
    assert running.returncode < 0, "it was still adding"
    by_then = len(listed(archive))
    assert 2 <= by_then < 25
    assert findings(archive) == {"not-indexed"}
    assert kehoach("reindex", "--archive", archive).code == 0
    assert findings(archive) == set()
    assert hits(archive) == by_then
    again = kehoach("add", folder, "--archive", archive)
    assert (again.code, len(listed(archive)), hits(archive)) == (0, 25, 25)


def test_two_at_once(tmp_path: Path) -> None:
    """Into an archive that neither has made yet; every file is there for both of them."""
    folder, archive = written(tmp_path / "in", range(12)), tmp_path / "k"
    both = [started("add", folder, "--json", "--archive", archive) for _ in range(2)]
    told = [running.communicate() for running in both]
    assert [running.returncode for running in both] == [0, 0], told
    statuses = [result["status"] for out, _ in told for result in json.loads(out)["files"]]
    assert (statuses.count("added"), statuses.count("present")) == (12, 12)
    assert len(listed(archive)) == 12
    assert findings(archive) == set()
    assert hits(archive) == 12


@needs_ordinary_user
def test_an_archive_that_may_not_be_written(own: Path, plans: Path) -> None:
    before = listed(own)
    closed = [own, *own.rglob("*")]
    modes = [path.stat().st_mode for path in closed]
    for path in closed:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        done = ordinary("add", plans, "--archive", own)
    finally:
        for path, mode in zip(closed, modes, strict=True):
            path.chmod(mode)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (3, b"")
    assert "chỉ đọc được, không ghi được" in said
    assert len(said.splitlines()) == 1
    assert listed(own) == before
    assert findings(own) == set()


def test_an_archive_of_a_newer_version(own: Path, plans: Path) -> None:
    with closing(sqlite3.connect(own / DATABASE)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (("add", plans), ("list",), ("check",), ("reindex",)):
        assert is_one_sentence(kehoach(*command, "--archive", own), "phiên bản kehoach mới hơn"), command
    with closing(sqlite3.connect(own / DATABASE)) as connection, connection:
        assert connection.execute("SELECT count(*) FROM versions").fetchone() == (3,)
        connection.execute("UPDATE alembic_version SET version_num = ?", (HEAD,))
    assert findings(own) == set()


def test_an_index_that_is_gone(own: Path) -> None:
    before = kehoach("search", "tuyên truyền", "--json", "--archive", own).out
    shutil.rmtree(own / "index")
    assert findings(own) == {"not-indexed"}
    assert kehoach("search", "tuyên truyền", "--json", "--archive", own).out == before
    assert findings(own) == set()


def test_an_index_of_another_version(tmp_path: Path, plans: Path) -> None:
    archive = tmp_path / "k"
    with mock.patch.object(whoosh_engine, "_NAME", "kehoach0"):
        assert kehoach("add", plans, FIXTURES, "--archive", archive).code == 0
        before = kehoach("search", "kinh phí", "--json", "--archive", archive).out
    assert findings(archive) == {"not-indexed"}
    assert kehoach("search", "kinh phí", "--json", "--archive", archive).out == before
    assert findings(archive) == set()
