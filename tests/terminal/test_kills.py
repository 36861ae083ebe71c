"""A few of the kills of `bench/kills.py`, the same in every run."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.terminal.kills import kills

#: Processes are started and killed.
pytestmark = pytest.mark.slow


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a process is killed as nothing can prevent")
def test_nothing_acknowledged_is_lost(own: Path) -> None:
    done = list(kills(own, 5, seed=16, longest=2.5))
    assert [kill for kill in done if kill.wrong] == []
    assert not all(kill.finished for kill in done), "some were killed on their way"
