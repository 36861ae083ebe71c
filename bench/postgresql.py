"""An archive of generated plans on SQLite and on PostgreSQL: what the same questions take.

usage: postgresql.py [PLANS]      1000 by default; PostgreSQL's programs have to be installed

Wall-clock milliseconds (most of PostgreSQL's work is another process's), warm, the middle of nine; each question's first page (20 rows).
Last, for what the questions spend in the database: the same statements, sent again by the bare driver.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlalchemy import event

from archive import Archive, add_files, move, open_archive
from bench.generated import write
from bench.growth import NOW, questions
from tests.postgresql import server

GOES = 9
_SECOND = 1000.0


def middle(archive: Archive, ask: Callable[[], object]) -> float:
    """Milliseconds of the middle go; answers that are kept for pages are forgotten before each."""
    ask()
    taken = []
    for _ in range(GOES):
        archive.close_part("kept")
        begun = time.perf_counter()
        ask()
        taken.append(_SECOND * (time.perf_counter() - begun))
    return statistics.median(taken)


def bare(archive: Archive, ask: Callable[[Archive], object]) -> float:
    """Milliseconds that the statements of a question take when the driver alone sends them and fetches their rows."""
    said: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if not statement.startswith("SET "):
            said.append((statement, parameters))

    event.listen(archive.engine, "before_cursor_execute", note)
    ask(archive)
    event.remove(archive.engine, "before_cursor_execute", note)
    with archive.engine.connect() as connection:
        cursor = connection.connection.cursor()

        def again() -> None:
            for statement, parameters in said:
                cursor.execute(statement, parameters)
                if cursor.description is not None:
                    cursor.fetchall()

        return middle(archive, again)


def main(plans: int) -> None:
    """Makes both archives and tells what each question takes on each."""
    with tempfile.TemporaryDirectory() as name, server() as running:
        folder = Path(name)
        with open_archive(folder / "sqlite", create=True) as file:
            list(add_files(file, write(plans, folder / "plans"), now=NOW, jobs=None))
            begun = time.perf_counter()
            move(file, running.address(running.make(), folder / "postgresql"))
            print(f"{plans} plans, moved in {time.perf_counter() - begun:.0f} s")
            print("                       SQLite  PostgreSQL          its statements bare")
            with open_archive(folder / "postgresql") as served:
                for question, ask in questions().items():
                    here, there = (middle(each, partial(ask, each)) for each in (file, served))
                    alone = bare(served, ask)
                    print(f"{question:20} {here:8.1f} {there:8.1f} ({there / here:4.2f}) {alone:8.1f} ({there / alone:4.2f})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
