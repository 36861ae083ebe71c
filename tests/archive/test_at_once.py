"""One writes, ten read, in processes and threads: no answer is half of one thing and half of another."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.archive.at_once import QUESTIONS, at_once


@pytest.mark.skipif(not hasattr(os, "fork"), reason="readers are forked, so that they need not load anything")
def test_a_writer_and_ten_readers(tmp_path: Path) -> None:
    written, read, left = at_once(tmp_path / "archive", rounds=1, processes=5, threads=2)
    assert written.wrong == []
    assert read.wrong == []
    assert left == ()
    assert written.done.total() + written.locked == 4
    assert set(read.done) == set(QUESTIONS)
