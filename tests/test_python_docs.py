"""docs/python.md: its examples run, it names every public name, and the terminal lives on public names alone."""

from __future__ import annotations

import ast
import doctest
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import archive
import kehoach_parser

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "python.md"


def prose() -> str:
    """The page without its examples."""
    return re.sub(r"^```.*?^```$", "", PAGE.read_text(encoding="utf-8"), flags=re.M | re.S)


def test_the_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    monkeypatch.chdir(tmp_path)
    done = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8", verbose=False)
    assert done.attempted > 20
    assert done.failed == 0


@pytest.mark.parametrize("package", [kehoach_parser, archive])
def test_every_public_name_is_told(package: object) -> None:
    told = set(re.findall(r"\w+", " ".join(re.findall(r"`([^`]+)`", prose()))))
    assert set(package.__all__) - told == set()  # type: ignore[attr-defined]


def test_no_name_is_told_that_does_not_exist() -> None:
    """In the first column of a table stand names in backquotes, and nothing else."""
    cells = re.findall(r"^\| (`.*?) \|", prose(), re.M)
    named = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert named
    assert named - {*kehoach_parser.__all__, *archive.__all__} == set()


def asked_of(source: str, package: str) -> Iterator[str]:
    """The attributes of a package that a module asks for by its name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == package:
            yield node.attr


@pytest.mark.parametrize("package", [kehoach_parser, archive])
def test_the_terminal_asks_for_public_names_alone(package: object) -> None:
    """`tests/laws/test_imports.py` sees what is imported; what is asked of an imported package stands here."""
    name: str = package.__name__  # type: ignore[attr-defined]
    asked = {each for path in (ROOT / "archive" / "terminal").glob("*.py") for each in asked_of(path.read_text(encoding="utf-8"), name)}
    assert asked
    assert asked - set(package.__all__) == set()  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", [archive.values, archive.errors, kehoach_parser.errors, kehoach_parser.model, kehoach_parser.knowledge])
def test_a_public_module_says_what_it_holds(module: object) -> None:
    assert inspect.getdoc(module)
