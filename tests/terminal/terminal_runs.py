"""Runs the command line in this process."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

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
