"""Archives that earlier versions of the program wrote: they open and answer, say what an older version read, and read it again when asked.

``old/NNNN.sqlite.gz`` is the database of one, as the program of that migration left it: made by a commit of it, of the same text. In those
of 0010 to 0020 two things are corrected, and a duty is done whose unit was corrected afterwards, which those to 0013 listed as lost.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import (
    Archive,
    check,
    cites,
    corrections,
    duties,
    list_documents,
    lost_duties,
    open_archive,
    read_by_older,
    reparse,
    search,
    tasks_of,
    undo,
    units,
)
from archive.common.carrying import stated_in
from archive.store.database import HEAD
from archive.store.handle import DATABASE_NAME
from archive.store.migrations import versions
from archive.store.tables import CitationRow, ResolutionRow
from archive.values import Duty, DutyQuestion
from tests.archive.builders import NOW

OLD = Path(__file__).parent / "old"


#: In these stands what people said.
SAID = ("0010", "0011", "0012", "0013", "0014", "0015", "0016", "0017", "0018", "0019", "0020")


@contextmanager
def opened(name: str, folder: Path) -> Iterator[Archive]:
    """The archive of a migration, opened by the program of today."""
    (folder / DATABASE_NAME).write_bytes(gzip.decompress((OLD / f"{name}.sqlite.gz").read_bytes()))
    with open_archive(folder) as handle:
        yield handle


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The folder of a migration's archive, which was opened once; only to be copied."""

    @cache
    def folder(name: str) -> Path:
        made = tmp_path_factory.mktemp("old")
        with opened(name, made):
            return made

    return folder


@pytest.fixture(params=sorted({path.name.partition(".")[0] for path in OLD.glob("*.gz")} - {*SAID}))
def old(request: pytest.FixtureRequest, brought: Callable[[str], Path], tmp_path: Path) -> Iterator[Archive]:
    with open_archive(shutil.copytree(brought(request.param), tmp_path / "archive")) as handle:
        yield handle


def test_there_is_one_of_every_migration_before_the_newest() -> None:
    migrations = {path.name[:4] for path in Path(versions.__path__[0]).glob("0*.py")} - {HEAD}
    assert {path.name.partition(".")[0] for path in OLD.glob("*.gz")} == migrations


def rows(found: tuple[Duty, ...]) -> list[tuple[str, str, str | None, int]]:
    return [(duty.unit, duty.role, duty.deadline_last, duty.line) for duty in found]


def test_it_opens_and_answers(old: Archive) -> None:
    assert check(old) == ()
    assert [document.symbol for document in list_documents(old)] == ["88/KH-UBND"]
    assert list(dict.fromkeys(duty.unit for duty in duties(old))) == ["Sở Y tế", "các đơn vị liên quan", "Sở Tài chính"]
    assert {unit.name for unit in units(old)} == {"Sở Y tế", "các đơn vị liên quan", "Sở Tài chính"}
    assert [len(group.hits) for group in cites(old, "18-NQ/TW").groups] == [1]
    assert [hit.document.id for hit in search(old, "tập huấn").hits] == [1]


def test_it_tells_who_carries_a_document_out(old: Archive) -> None:
    said = select(CitationRow.carries, CitationRow.location, ResolutionRow.stated).join(
        CitationRow, (CitationRow.version_id == ResolutionRow.version_id) & (CitationRow.ordinal == ResolutionRow.ordinal)
    )
    with old.engine.connect() as connection:
        stated = [(row.stated, stated_in(row.carries, row.location)) for row in connection.execute(said)]
    assert all(kept == told for kept, told in stated)
    assert ("preamble", "preamble") in stated


def test_it_says_what_an_older_version_read_and_reads_it_again(old: Archive) -> None:
    assert [document.id for document in read_by_older(old)] == [1]
    assert [one.document.id for one in reparse(old, now=NOW)] == [1]
    assert read_by_older(old) == ()
    assert check(old) == ()
    assert rows(duties(old, DutyQuestion(unit="Sở Y tế"))) == [
        ("Sở Y tế", "lead", None, 20),
        ("Sở Y tế", "assigned", "2026-03-15", 21),
        ("Sở Y tế", "assigned", "2026-11-20", 22),
    ]
    assert [len(group.hits) for group in cites(old, "18-NQ/TW").groups] == [1]
    assert [hit.document.id for hit in search(old, "tập huấn").hits] == [1]
    assert list(reparse(old, now=NOW)) == []


def test_a_deadline_without_a_unit_is_told(old: Archive) -> None:
    list(reparse(old, now=NOW))
    found = duties(old, DutyQuestion(due="2026-06"))
    assert rows(found) == [("", "assigned", "2026-06-30", 25)]
    assert (found[0].task or "").startswith("Kết quả rà soát tủ lạnh")
    assert [(task.leads, task.deadline_last) for task in tasks_of(found)] == [((), "2026-06-30")]
    assert rows(duties(old, DutyQuestion("tủ lạnh", overdue="2026-07-01"))) == [("", "assigned", "2026-06-30", 25)]
    for narrowed in (DutyQuestion(unit="Sở Y tế", due="2026-06"), DutyQuestion(role="lead", due="2026-06"), DutyQuestion("tủ lạnh")):
        assert duties(old, narrowed) == ()


@pytest.mark.parametrize("name", SAID)
def test_what_people_said_is_kept_and_comes_back_to_its_duty(name: str, tmp_path: Path) -> None:
    with opened(name, tmp_path) as archive:
        assert check(archive) == ()
        assert [(each.field, each.state) for each in corrections(archive)] == [("duty.unit", "applied"), ("subject", "applied")]
        (done,) = [duty for duty in duties(archive) if duty.standing]
        assert (done.id, done.unit, done.state) == ("q9dtt4dde1", "Trung tâm Kiểm soát bệnh tật", "done"), "the id that it was given first"
        assert (done.standing.day, done.standing.note) == ("2026-03-10", "đủ")
        assert lost_duties(archive) == ()
        assert [hit.document.id for hit in search(archive, "tập huấn").hits] == [1]
        for _ in range(3):
            undo(archive, now=NOW)
        assert [duty.state for duty in duties(archive, DutyQuestion("tập huấn"))] == ["open"]
        assert (corrections(archive), check(archive)) == ((), ())
