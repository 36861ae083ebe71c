"""What one long `add` holds at a time does not grow with what came in."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from archive import add_text
from archive.keep.opening import open_archive
from archive.resolve.overlay import resolve_pending
from kehoach_parser import text_of
from tests.archive.builders import NOW, parse_simple

#: Citations in each plan, of which all plans say the same.
CITED = 40
CITATIONS = "\n".join(f"Nghị quyết số {number}-NQ/TW, ngày 25/10/2017" for number in range(1, CITED + 1))


@pytest.fixture(autouse=True)
def garbage_is_collected() -> Iterator[None]:
    """The collector comes as often as in the program; among the tests it comes so seldom that garbage is the most of what is held."""
    seldom = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*seldom)


def resolved(folder: Path, plans: int) -> int:
    """Bytes at most while so many plans that came in are resolved together."""
    without_index, few_at_once = mock.patch("archive.keep.ingest.index_versions"), mock.patch("archive.store.database.MANY", 5)
    with open_archive(folder, create=True) as archive, without_index, few_at_once:
        with mock.patch("archive.keep.ingest.resolve_pending", return_value=()):
            for number in range(plans):
                head = f"Số {number + 1}-KH/ĐU | Kế hoạch | Đảng ủy phường Kiến An | Kiến An | 2025-11-20 | Việc {number}"
                add_text(archive, text_of(f"{head}\n{CITATIONS}\n"), now=NOW, parse=parse_simple)
        tracemalloc.start()
        try:
            resolve_pending(archive)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


def test_resolving_twice_as_many_plans_at_once_takes_hardly_more(tmp_path: Path) -> None:
    resolved(tmp_path / "before", 2)  # what is loaded once
    few, many = resolved(tmp_path / "few", 15), resolved(tmp_path / "many", 30)
    assert many - few < 15 * CITED * 100, "bytes: read back with what was there, each citation took 540"
