"""The pages under many clients at once, beside Datasette serving the same rows in the same run.

usage: web.py ARCHIVE [--seconds N] [--processes N] [--requests N] [--datasette PROGRAM]      (web.py --help)

Twenty clients ask one after the other, each without a pause: searches and plans that nobody asked for before, then the same again. Prints
the median and the 95th of a hundred, what a page takes of a processor, errors, and how the memory of the server grows with the requests.
Datasette shows the row of the plan with its text and its page of search (FTS5 over the same texts, without marks), with facets of type and
place.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import httptools
import httpx2

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.generated import FIRST, SECOND, TOPICS, UNITS

CLIENTS = 20
#: Words of which searches are made, two at a time, so that there are thousands.
WORDS = (*TOPICS, *(unit.removesuffix(" xã") for unit in UNITS if "-" not in unit), *FIRST, *SECOND)


@contextmanager
def served(*command: str, ready: str) -> Iterator[int]:
    """The process id of a server, from when it answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                if httpx2.get(ready, timeout=5).status_code == 200:
                    break
            except httpx2.HTTPError:
                time.sleep(0.2)
        else:
            raise SystemExit(f"no answer from {command[0]}")
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def family(process: int) -> list[int]:
    """A process and those that it, or they, began."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    return [process, *(one for child in children for one in family(int(child)))]


def memory(process: int) -> float:
    """Megabytes that a process and those that it began hold."""
    told = (Path(f"/proc/{one}/status").read_text(encoding="utf-8") for one in family(process))
    return sum(int(status.split("VmRSS:")[1].split()[0]) for status in told) / 1024


def processor(process: int) -> float:
    """Milliseconds of a processor that a process and those that it began have used: it tells more than a clock where others are at work."""
    told = (Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2].split() for one in family(process))
    return sum(int(each[11]) + int(each[12]) for each in told) * 1000 / os.sysconf("SC_CLK_TCK")


class Client(asyncio.Protocol):
    """A connection that asks for one page after the other. A client for people takes a third of a page's time from the cores that it shares
    with the server, where a reader's browser has its own: this one reads no more than where an answer ends."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._transport: asyncio.Transport | None = None
        self._wrong: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._parser = httptools.HttpResponseParser(self)

    async def is_wrong(self, address: str) -> bool:
        """Asks for an address: whether the answer was another one than 200, or none."""
        self._wrong = asyncio.get_running_loop().create_future()
        self._parser = httptools.HttpResponseParser(self)
        assert self._transport is not None
        self._transport.write(f"GET {address} HTTP/1.1\r\nHost: {self._host}\r\n\r\n".encode())
        return await asyncio.wait_for(self._wrong, 120)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by the loop."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Called by the loop."""
        self._parser.feed_data(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the loop."""
        if not self._wrong.done():
            self._wrong.set_exception(exc or ConnectionError("the server closed the connection"))

    def on_message_complete(self) -> None:
        """Called by the parser."""
        self._wrong.set_result(self._parser.get_status_code() != 200)


async def asked(base: str, addresses: Sequence[str], seconds: float) -> tuple[list[float], int, int]:
    """Milliseconds of each answer, how many were none, and how many addresses were asked for, by CLIENTS at once for so long."""
    times: list[float] = []
    wrong, end, turn = 0, time.perf_counter() + seconds, iter(addresses)

    host, _, port = base.removeprefix("http://").partition(":")

    async def client() -> None:
        nonlocal wrong
        transport, own = await asyncio.get_running_loop().create_connection(lambda: Client(f"{host}:{port}"), host, int(port))
        while time.perf_counter() < end and (address := next(turn, None)) is not None:
            start = time.perf_counter()
            wrong += await own.is_wrong(address)
            times.append((time.perf_counter() - start) * 1000)
        transport.close()

    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return times, wrong, len(times)


def settled(process: int) -> None:
    """Waits until a process and those that it began have nothing to do: the first of several answers while the others still begin, and who
    connects then stays with it."""
    before = -1000.0
    while (now := processor(process)) - before > 50:
        before = now
        time.sleep(1.5)


def measured(name: str, process: int, base: str, addresses: Sequence[str], seconds: float) -> tuple[float, float]:
    """First answers, and the same addresses asked again: both are printed. Returns the median of the first by the clock, and what each of
    them took of a processor."""
    found: list[tuple[float, float]] = []
    for said in ("first", "again"):
        before = processor(process)
        times, wrong, many = asyncio.run(asked(base, addresses if said == "first" else list(addresses) * 50, seconds))
        addresses = addresses[:many] if said == "first" else addresses
        median, late, used = statistics.median(times), statistics.quantiles(times, n=20)[-1], (processor(process) - before) / many
        print(f"{name:28}{said:7}{median:8.0f} ms{late:8.0f} ms{used:8.1f} of a processor{many:7} requests, errors {wrong}", flush=True)
        found.append((median, used))
    return found[0]


def as_rows(archive: Path, out: Path) -> None:
    """The plans of an archive as a table with full text, for Datasette."""
    with sqlite3.connect(archive / "kehoach.sqlite") as source, sqlite3.connect(out) as made:
        made.execute("CREATE TABLE plans (id INTEGER PRIMARY KEY, type, symbol, date, organ, place, subject, text)")
        rows = source.execute(
            "SELECT v.document_id, v.type, v.symbol, v.date, v.organ, v.place, v.subject, c.text"
            " FROM versions v JOIN contents c ON c.version_id = v.id WHERE v.current"
        )
        made.executemany("INSERT INTO plans VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        made.execute("CREATE VIRTUAL TABLE plans_fts USING fts5(text, content='plans', content_rowid='id', tokenize='unicode61')")
        made.execute("INSERT INTO plans_fts(rowid, text) SELECT id, text FROM plans")


def arguments() -> argparse.Namespace:
    """What is asked for."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("archive", type=Path)
    wanted.add_argument("--seconds", type=float, default=8.0, help="of each measurement (8)")
    wanted.add_argument("--processes", type=int, default=1, help="that serve (1)")
    wanted.add_argument("--requests", type=int, default=1_000, help="after which the memory is looked at again (1,000)")
    wanted.add_argument("--datasette", default="datasette", help="its program")
    return wanted.parse_args()


def measure_kehoach(given: argparse.Namespace, queries: Sequence[str], numbers: Sequence[int]) -> dict[str, tuple[float, float]]:
    """What `measured` tells of the first answers of `kehoach web`, by page."""
    medians: dict[str, tuple[float, float]] = {}
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    program = Path(__file__).resolve().parents[1] / "cli.py"
    options = ("--port", str(port), "--archive", str(given.archive), "--processes", str(given.processes))
    with served(sys.executable, str(program), "web", *options, ready=f"{base}/") as process:
        settled(process)
        medians["search"] = measured("search", process, base, [f"/?q={quote(query)}" for query in queries], given.seconds)
        medians["plan"] = measured("plan", process, base, [f"/documents/{number}" for number in numbers], given.seconds)
        before = memory(process)
        many = (list(numbers) * (given.requests // len(numbers) + 1))[: given.requests]
        _, wrong, _ = asyncio.run(asked(base, [f"/documents/{number}" for number in many], 600))
        print(f"memory: {before:.0f} MB, after {given.requests} more requests {memory(process):.0f} MB; errors {wrong}")
        for name, path in (("search", f"/?q={quote(queries[0])}"), ("plan", f"/documents/{numbers[0]}")):
            loaded = sum(len(httpx2.get(base + one).content) for one in (path, "/assets/style.css", "/assets/page.js"))
            print(f"first view of {name}: {loaded / 1000:.0f} kB")
    return medians


def measure_datasette(
    given: argparse.Namespace, program: str, queries: Sequence[str], numbers: Sequence[int]
) -> dict[str, tuple[float, float]]:
    """Those of Datasette over the same rows."""
    with TemporaryDirectory() as folder:
        rows = Path(folder, "rows.db")
        as_rows(given.archive, rows)
        port = free_port()
        base = f"http://127.0.0.1:{port}"
        with served(program, "serve", str(rows), "--port", str(port), ready=f"{base}/rows/plans?_size=1") as process:
            words = [f"/rows/plans?_search={quote(query)}&_size=10&_facet=type&_facet=place" for query in queries]
            plans = [f"/rows/plans/{number}" for number in numbers]
            asked_for = (("search", words), ("plan", plans))
            return {name: measured(f"Datasette {name}", process, base, addresses, given.seconds) for name, addresses in asked_for}


def main() -> int:
    """Prints what was measured."""
    given = arguments()
    chance = random.Random(1)
    queries = [" ".join(chance.sample(WORDS, 2)) for _ in range(4_000)]
    with sqlite3.connect(given.archive / "kehoach.sqlite") as database:
        numbers = [number for (number,) in database.execute("SELECT document_id FROM versions WHERE current")]
    chance.shuffle(numbers)
    print(f"{len(numbers)} plans, {CLIENTS} clients at once, {given.processes} processes")
    own = measure_kehoach(given, queries, numbers)
    datasette = shutil.which(given.datasette)
    if datasette is None:
        print("no datasette here (pip install datasette)")
        return 0
    for name, other in measure_datasette(given, datasette, queries, numbers).items():
        clock, used = (mine / its for mine, its in zip(own[name], other, strict=True))
        print(f"{name}: {clock:.2f} times Datasette's by the clock, {used:.2f} of a processor, the first time")
    return 0


if __name__ == "__main__":
    sys.exit(main())
