"""Asking for help is quick: nothing heavy is imported for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli import COMMANDS

ROOT = Path(__file__).parents[2]
HEAVY = ("spacy", "underthesea", "alembic", "whoosh", "lark", "numpy", "sqlalchemy", "networkx")
RUNS = [("--help",), ("--version",), *((name, "--help") for name in COMMANDS)]
ASK = """
import sys, cli
sys.argv = ["kehoach", *{arguments!r}]
try:
    cli.main()
except SystemExit as leaving:
    assert not leaving.code, leaving.code
print(",".join(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)
"""


def imported(names: tuple[str, ...], arguments: tuple[str, ...]) -> str:
    """Which of ``names`` a run of the program in a fresh interpreter imported."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    code = ASK.format(arguments=arguments, heavy=names)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environ, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout
    return done.stderr.strip()


@pytest.mark.parametrize("arguments", RUNS, ids=" ".join)
def test_help_imports_nothing_heavy(arguments: tuple[str, ...]) -> None:
    assert imported(HEAVY, arguments) == ""


def test_the_test_sees_what_is_imported() -> None:
    assert imported(("typer",), ("--help",)) == "typer"
