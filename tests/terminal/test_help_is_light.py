"""Asking for help is quick: nothing heavy is imported for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from cli import COMMANDS

ROOT = Path(__file__).parents[2]
HEAVY = ("spacy", "underthesea", "alembic", "whoosh", "lark", "numpy", "sqlalchemy", "networkx")
RUNS = [("--help",), ("--version",), *((name, "--help") for name in COMMANDS)]
ASK = """
import sys, cli
for arguments in {runs!r}:
    sys.argv = ["kehoach", *arguments]
    printed = sys.stdout.tell()
    try:
        cli.main()
    except SystemExit as leaving:
        assert not leaving.code, (arguments, leaving.code)
    assert sys.stdout.tell() > printed, arguments
    print(*(name for name in {names!r} if name in sys.modules), sep=",", file=sys.stderr)
"""


def imported(names: tuple[str, ...], runs: list[tuple[str, ...]], out: Path) -> list[str]:
    """Which of ``names`` is there after each of ``runs`` of the program, one after the other in a fresh interpreter."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    with out.open("w") as stdout:
        done = subprocess.run(
            [sys.executable, "-c", ASK.format(runs=runs, names=names)],
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            env=environ,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    """What one run imports is there after it and after those that follow; nothing may be there after any."""
    assert dict(zip(RUNS, imported(HEAVY, RUNS, tmp_path / "out"), strict=True)) == dict.fromkeys(RUNS, "")


def test_the_test_sees_what_is_imported(tmp_path: Path) -> None:
    assert imported(("typer",), [("--help",)], tmp_path / "out") == ["typer"]
