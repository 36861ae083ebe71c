"""Adding with a cluster of Dask on this machine: a scheduler and two workers, each a process, one of which is killed in the middle."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from archive import Archive, add_files, check, errors, list_documents, open_archive
from archive.store.copying import table_copies
from kehoach_parser import Plan, Text
from tests.archive.builders import NOW, parse_simple, write
from tests.archive.texts import WARD

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
MANY = 24
WAIT = 60.0


def parse_slowly(text: Text) -> Plan:
    """A parser that takes long enough for a worker to be killed at it."""
    time.sleep(0.2)
    return parse_simple(text)


def parse_or_die(text: Text) -> Plan:
    """A parser whose process ends at one of the texts."""
    if "Phường Chết" in text.content:
        os._exit(9)
    return parse_simple(text)


@dataclass(frozen=True, slots=True)
class Machines:
    """A scheduler by its address, and its workers."""

    address: str
    workers: tuple[subprocess.Popen[str], ...]


def started(stack: ExitStack, *arguments: str, until: str) -> tuple[subprocess.Popen[str], str]:
    """A part of a cluster, and what it says first that matches."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    lines: Queue[str] = Queue()
    Thread(target=lambda: [lines.put(line) for line in process.stderr or ()], daemon=True).start()
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        try:
            found = re.search(until, lines.get(timeout=1))
        except Empty:
            continue
        if found:
            return process, found[0]
    raise AssertionError(f"{arguments[0]} did not come up")


@pytest.fixture(scope="module")
def machines() -> Iterator[Machines]:
    with ExitStack() as stack:
        own = ("--host", "127.0.0.1", "--no-dashboard")
        _, address = started(stack, "scheduler", "--port", "0", *own, until=r"tcp://127\.0\.0\.1:\d+")
        worker = ("worker", address, "--nthreads", "1", "--nworkers", "1", "--no-dashboard")
        yield Machines(address, tuple(started(stack, *worker, until="Registered to")[0] for _ in range(2)))


def plans(folder: Path) -> list[Path]:
    numbers = range(MANY)
    write(folder, **{f"plan{n:02}": WARD.replace("Kiến An", f"Kiến An {n}").replace("35-KH", f"{n + 1}-KH") for n in numbers})
    return sorted(folder.iterdir())


def contents(archive: Archive) -> object:
    with archive.engine.connect() as connection:
        return table_copies(connection)


def test_a_text_on_which_workers_die_is_the_one_that_failed(machines: Machines, tmp_path: Path) -> None:
    files = plans(tmp_path / "in")
    files[3].write_text(files[3].read_text(encoding="utf-8") + "\nPhường Chết\n", encoding="utf-8")
    with open_archive(tmp_path / "k", create=True) as archive:
        results = list(add_files(archive, files, now=NOW, parse=parse_or_die, cluster=machines.address))
        assert [Path(result.path or "").stem for result in results if result.status == "failed"] == ["plan03"]
        assert len(list_documents(archive)) == MANY - 1


def test_a_cluster_that_is_not_there_or_has_no_workers_is_told(tmp_path: Path) -> None:
    files = plans(tmp_path / "in")
    with open_archive(tmp_path / "k", create=True) as archive:
        with pytest.raises(errors.ClusterAway):
            list(add_files(archive, files, now=NOW, parse=parse_simple, cluster="tcp://127.0.0.1:9"))
        with pytest.raises(errors.ClusterAway):
            list(add_files(archive, files, now=NOW, parse=parse_simple, cluster="nonsense"))
        with ExitStack() as stack:
            _, address = started(
                stack, "scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard", until=r"tcp://127\.0\.0\.1:\d+"
            )
            with pytest.raises(errors.ClusterAway):
                list(add_files(archive, files, now=NOW, parse=parse_simple, cluster=address))
        assert list_documents(archive) == ()


def test_a_worker_with_another_version_is_told(machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from archive.keep import cluster

    monkeypatch.setattr(cluster, "parser_version", lambda: "0.0")
    with open_archive(tmp_path / "k", create=True) as archive, pytest.raises(errors.ClusterDiffers) as caught:
        list(add_files(archive, plans(tmp_path / "in"), now=NOW, parse=parse_simple, cluster=machines.address))
    assert caught.value.facts["here"] != caught.value.facts["there"]


def test_a_worker_that_is_killed_costs_nothing(machines: Machines, tmp_path: Path) -> None:
    files = plans(tmp_path / "in")
    with open_archive(tmp_path / "one", create=True) as archive:
        alone = list(add_files(archive, files, now=NOW, parse=parse_simple))
        there = contents(archive)
    with open_archive(tmp_path / "many", create=True) as archive:
        run = add_files(archive, files, now=NOW, parse=parse_slowly, cluster=machines.address)
        first = [next(run) for _ in range(4)]
        nanny = machines.workers[0]  # starts another worker where one dies
        subprocess.run(["pkill", "-KILL", "-P", str(nanny.pid)], check=False)
        nanny.kill()
        results = [*first, *run]
        assert contents(archive) == there
        assert results == alone
        assert check(archive) == ()
