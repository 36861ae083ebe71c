"""Runs the command line in this process, over an archive of the fixtures that is built once."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from archive.terminal.runner import run
from cli import build

FIXTURES = Path(__file__).parents[2] / "fixtures"


@dataclass(frozen=True)
class Result:
    """What a run left behind."""

    code: int
    out: str
    err: str


@contextmanager
def streams(stdin: bytes) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    out, err = io.BytesIO(), io.BytesIO()
    with (
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")),
        mock.patch.object(sys, "stdout", io.TextIOWrapper(out, encoding="ascii", write_through=True)),
        mock.patch.object(sys, "stderr", io.TextIOWrapper(err, encoding="ascii", write_through=True)),
    ):
        yield out, err


def kehoach(*arguments: object, stdin: bytes = b"", **environ: str) -> Result:
    """Run the program; ``environ`` is all that it sees of the environment."""
    with streams(stdin) as (out, err):
        code = run(build(), [str(argument) for argument in arguments], environ)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        return Result(code, out.getvalue().decode(), err.getvalue().decode())


Kehoach = Callable[..., Result]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the fixtures; only to be read."""
    folder = tmp_path_factory.mktemp("terminal") / "archive"
    result = kehoach("add", *sorted(FIXTURES.glob("*.txt")), "--archive", folder)
    assert result.code == 0, result.err
    return folder


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """A copy of the archive that a test may change."""
    return Path(shutil.copytree(built, tmp_path / "archive"))
