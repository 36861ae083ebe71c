"""Runs the command line in this process."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from archive.terminal.runner import run
from cli import build

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures"


@dataclass(frozen=True)
class Result:
    """What a run left behind."""

    code: int
    out: str
    err: str


class Screen(io.TextIOWrapper):
    """A stream that says that a person watches it."""

    def isatty(self) -> bool:
        return True


@contextmanager
def streams(stdin: bytes, stdout: type[io.TextIOWrapper] = io.TextIOWrapper) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    out, err = io.BytesIO(), io.BytesIO()
    with (
        mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")),
        mock.patch.object(sys, "stdout", stdout(out, encoding="ascii", write_through=True)),
        mock.patch.object(sys, "stderr", io.TextIOWrapper(err, encoding="ascii", write_through=True)),
    ):
        yield out, err


def kehoach(*arguments: object, stdin: bytes = b"", **environ: str) -> Result:
    """Run the program; ``environ`` is all that it sees of the environment."""
    with streams(stdin) as (out, err):
        said = [str(argument) for argument in arguments]
        code = run(build(said), said, environ)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        return Result(code, out.getvalue().decode(), err.getvalue().decode())


def on_screen(width: int, *arguments: object, **environ: str) -> Result:
    """Run the program as if on a screen of so many columns. That a terminal is found out by itself is seen in `test_screen`."""
    seen = {"COLUMNS": str(width), "TERM": "xterm-256color", **environ}
    with mock.patch.dict(os.environ, seen), streams(b"", Screen) as (out, err):
        said = [str(argument) for argument in arguments]
        code = run(build(said), said, environ)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        return Result(code, out.getvalue().decode(), err.getvalue().decode())


def sheet(out: str) -> list[list[str]]:
    """The lines of a table printed as CSV, its heads first."""
    assert out.startswith("\ufeff"), "Excel takes UTF-8 for what it is by its BOM"
    return list(csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline="")))


def table(*arguments: object) -> list[dict[str, str]]:
    """The lines of the table that a command prints as CSV, by their heads."""
    heads, *lines = sheet(kehoach(*arguments, "--csv").out)
    return [dict(zip(heads, line, strict=True)) for line in lines]


#: What a program of its own sees of the environment.
ENVIRON = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}

needs_ordinary_user = pytest.mark.skipif(
    not hasattr(os, "geteuid") or (os.geteuid() == 0 and not shutil.which("setpriv")), reason="needs setpriv where the user is root"
)


def ordinary(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    """The program as an ordinary user: root, to whom every folder is open, runs it without any of its powers."""
    powerless = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    return subprocess.run([*powerless, sys.executable, "-m", "cli", *map(str, arguments)], capture_output=True, env=ENVIRON, check=False)


def started(*arguments: object) -> subprocess.Popen[str]:
    """The program as a process of its own, which is not waited for."""
    command = [sys.executable, "-m", "cli", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=ENVIRON)
