"""A few of the power cuts of `bench/power_cuts.py`, the same in every run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.terminal.power import compiled
from tests.terminal.power_cuts import cuts

#: Commands are run, as processes of their own.
pytestmark = pytest.mark.slow


@pytest.mark.skipif(sys.platform != "linux", reason="what is written is recorded by the loader of Linux")
def test_nothing_acknowledged_is_lost_when_the_power_is_cut(tmp_path: Path) -> None:
    library = compiled(tmp_path)
    if library is None:
        pytest.skip("needs a C compiler")
    done = list(cuts(library, tmp_path, 1, seed=16, each=2))
    assert [cut for cut in done if cut.wrong] == []
    assert {cut.command for cut in done if cut.of} == {"add"}
