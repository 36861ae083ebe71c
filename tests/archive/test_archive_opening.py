"""Opening an archive: what a crash or an older program left behind is mended there, and what cannot be now is told."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy import delete, func, select, update

from archive import Archive, check, cites, duties, list_documents, open_archive, search
from archive.fulltext import whoosh_engine
from archive.store.tables import ResolutionRow, VersionRow
from tests.archive.builders import add
from tests.archive.texts import COMMUNE, WARD


@pytest.fixture
def left_behind(tmp_path: Path) -> Path:
    """The folder of an archive of two plans as a crash in an older program leaves it: old rows, nothing resolved, no index."""
    folder = tmp_path / "left"
    with open_archive(folder, create=True) as archive:
        add(archive, WARD)
        add(archive, COMMUNE)
        with archive.engine.begin() as connection:
            connection.execute(delete(ResolutionRow))
            connection.execute(update(VersionRow).values(projection=0, resolved=False, indexed=False))
    shutil.rmtree(folder / "index")
    return folder


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another process writes."""
    with closing(sqlite3.connect(folder / "kehoach.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def behind(archive: Archive) -> dict[str, int]:
    """How many versions have old rows, are not resolved, are not in the index."""
    conditions = {"rows": VersionRow.projection == 0, "resolution": ~VersionRow.resolved, "index": ~VersionRow.indexed}
    with archive.engine.connect() as connection:
        counts = {what: connection.scalar(select(func.count()).where(condition)) or 0 for what, condition in conditions.items()}
    return {what: count for what, count in counts.items() if count}


def test_everything_is_mended(left_behind: Path) -> None:
    with open_archive(left_behind) as archive:
        assert behind(archive) == {}
        assert archive.stale == set()
        assert check(archive) == ()
        assert search(archive, "kế hoạch").total > 0


@pytest.mark.parametrize("what", ["rows", "resolution", "index"])
def test_only_what_is_asked_for_is_mended(left_behind: Path, what: str) -> None:
    with open_archive(left_behind, mend=[what]) as archive:
        assert behind(archive).keys() == {"rows", "resolution", "index"} - {what}


def test_looking_changes_nothing(left_behind: Path) -> None:
    with open_archive(left_behind, mend=()) as archive:
        assert {finding.code for finding in check(archive)} == {"not-indexed"}
        assert len(behind(archive)) == 3
        assert not (left_behind / "index").exists()


def test_what_cannot_be_written_now_is_told_and_the_question_answered(left_behind: Path) -> None:
    with locked(left_behind), open_archive(left_behind, busy_timeout=0.05) as archive:
        assert archive.stale == {"rows", "resolution", "index"}
        assert len(list_documents(archive)) == 2
        cites(archive, "18-NQ/TW")
        assert duties(archive)
    with open_archive(left_behind, busy_timeout=0.05) as archive:
        assert archive.stale == set(), "the next one mends"


def test_an_index_whose_fields_an_older_program_wrote_down_is_searched_and_added_to(archive: Archive) -> None:
    """Whoosh writes the classes of the fields beside the index, by their names."""

    class Older(whoosh_engine._Words): ...

    Older.__qualname__ = Older.__name__ = "Older"
    Older.__module__ = whoosh_engine.__name__
    with mock.patch.object(whoosh_engine, "_Words", Older), mock.patch.object(whoosh_engine, "Older", Older, create=True):
        add(archive, "I. VIỆC\n1. Đường bộ")
    archive.close_part("index")
    with open_archive(archive.folder) as newer:
        add(newer, "I. VIỆC\n1. Đường sắt")
        assert [hit.document.id for hit in search(newer, "đường").hits] == [1, 2]
