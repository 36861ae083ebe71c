"""Several processes read and parse, one stores: what comes out is what comes out with one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from threading import Event
from unittest import mock

import pytest

from archive import add_files, check, list_documents
from archive.keep.opening import open_archive
from archive.keep.preparing import FEW, Ahead, Incoming, Read, prepare_all
from archive.values import Added
from kehoach_parser import Text, text_of
from kehoach_parser.errors import Unreadable
from tests.archive.builders import NOW, parse_simple, write
from tests.archive.deadly import DEADLY, length_or_death
from tests.archive.texts import WARD

#: Enough files that workers are started.
MANY = FEW + 4


def plans(folder: Path) -> list[Path]:
    """Files of which one cannot be read and two are the same."""
    texts = {
        f"plan{number:02}": WARD.replace("Kiến An", f"Kiến An {number}").replace("35-KH", f"{number + 1}-KH") for number in range(MANY)
    }
    write(folder, **texts | {"plan03": texts["plan02"]})
    (folder / "plan05.txt").write_bytes(b"\x00\x01\x02" * 50)
    return sorted(folder.iterdir())


def added(folder: Path, files: Sequence[Path], jobs: int) -> tuple[list[Added], str]:
    """What became of the files, and the whole database as SQL, but for the stamp of the index, which no two share."""
    with open_archive(folder, create=True) as archive:
        results = list(add_files(archive, files, now=NOW, parse=parse_simple, jobs=jobs))
        assert check(archive) == ()
        with archive.engine.connect() as connection:
            database = connection.connection.dbapi_connection
            assert database is not None
            return results, "\n".join(line for line in database.iterdump() if "('index'," not in line)


@pytest.fixture
def loaded() -> Iterator[None]:
    """Processes that parse begin as copies of one that has loaded what they load; that they also begin by themselves is seen where one
    of them dies, and in `test_archive_trouble`."""
    copies = get_context("forkserver")
    copies.set_forkserver_preload(["tests.archive.builders", "archive.keep.preparing", "archive.fulltext.whoosh_engine"])
    with mock.patch("archive.keep.preparing.get_context", return_value=copies):
        yield


@pytest.mark.usefixtures("loaded")
def test_what_comes_out_is_the_same(tmp_path: Path) -> None:
    files = plans(tmp_path / "in")
    one, there = added(tmp_path / "one", files, 1)
    two, same = added(tmp_path / "two", files, 2)
    assert [Path(result.path or "").stem for result in two] == [file.stem for file in files]
    assert two == one
    assert {"added", "present", "failed"} <= {result.status for result in one}
    assert [Path(result.path or "").stem for result in two if result.status == "failed"] == ["plan05"]
    assert same == there


def test_a_process_that_dies_takes_its_own_text_alone() -> None:
    """What was on its way with it is made all the same, and each keeps its place."""
    contents = [f"{WARD}{number} {DEADLY if number == 7 else ''}" for number in range(MANY)]
    files = [Incoming(content.encode(), str(number), None, "", None) for number, content in enumerate(contents)]
    found = list(prepare_all(lambda one, _: text_of(one.data.decode()), length_or_death, files, 2))  # type: ignore[arg-type]
    made = [one.made if isinstance(one, Read) else type(one) for one in found]
    assert made == [Unreadable if DEADLY in content else len(content) for content in contents]


@pytest.mark.usefixtures("loaded")
def test_closed_early_what_was_told_is_there(tmp_path: Path) -> None:
    with open_archive(tmp_path / "there", create=True) as archive:
        run = add_files(archive, plans(tmp_path / "in"), now=NOW, parse=parse_simple, jobs=2)
        told = [next(run) for _ in range(3)]
        run.close()  # type: ignore[attr-defined]
        assert {one.document.id for one in told if one.document} <= {document.id for document in list_documents(archive)}
        assert check(archive) == ()


def test_few_files_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise AssertionError("a process for a handful of files")

    monkeypatch.setattr("archive.keep.preparing.Workers", refuse)
    with open_archive(tmp_path / "there", create=True) as archive:
        assert len(list(add_files(archive, plans(tmp_path / "in")[:5], now=NOW, parse=parse_simple, jobs=8))) == 5


def test_stopped_what_is_being_read_stops(tmp_path: Path) -> None:
    told = []

    def read(incoming: Incoming, ahead: Ahead | None) -> Text:
        if incoming.name != "0" and ahead is not None:
            told.append(ahead.stopped.wait(60))
            ahead.watched(None)(1, 2)
        return text_of(WARD)

    files = (Incoming(b"", str(number), None, "", None) for number in range(MANY))
    run = prepare_all(read, length_or_death, files, 2)  # type: ignore[arg-type]
    assert isinstance(next(run), Read)
    run.close()
    assert told
    assert all(told)


def test_a_page_is_the_last_one_once_the_run_was_stopped() -> None:
    seen = []
    ahead = Ahead(ThreadPoolExecutor(1), Event())
    step = ahead.watched(lambda done, total: seen.append((done, total)))
    step(1, 3)
    ahead.stopped.set()
    with pytest.raises(CancelledError):
        step(2, 3)
    assert seen == [(1, 3)]
