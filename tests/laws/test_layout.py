"""The shape of the project: what is installed, how long a module may be, what is public."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from radon.visitors import Class, ComplexityVisitor, Function

import archive
import kehoach_parser

ROOT = Path(__file__).parents[2]
#: The modules of each room of the repository.
SOURCES = {"cli": [ROOT / "cli.py"]} | {
    room: sorted((ROOT / room).rglob("*.py")) for room in ("kehoach_parser", "grammar", "archive", "bench", "tests", "scripts")
}


def test_four_names_are_installed() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    packages = {pattern.removesuffix("*") for pattern in tools["packages"]["find"]["include"]}
    assert packages | set(tools["py-modules"]) == {"kehoach_parser", "grammar", "archive", "cli"}
    found = {path.parent.relative_to(ROOT).parts[0] for path in ROOT.glob("*/__init__.py")}
    assert found == packages


@pytest.mark.parametrize("room", SOURCES)
def test_a_module_is_short_and_says_why_it_is_there(room: str) -> None:
    sources = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in SOURCES[room]}
    assert {path: length for path, source in sources.items() if (length := len(source.splitlines())) > 400} == {}
    assert [path for path, source in sources.items() if source.strip() and not ast.get_docstring(ast.parse(source))] == []
    assert [path for path in sources if Path(path).stem in ("utils", "helpers")] == []


def functions(blocks: Iterable[Function | Class]) -> Iterator[Function]:
    """Each with its methods and closures."""
    for block in blocks:
        if isinstance(block, Function):
            yield block
        yield from functions(block.closures if isinstance(block, Function) else [*block.methods, *block.inner_classes])


@pytest.mark.parametrize("room", SOURCES)
def test_no_function_is_a_knot(room: str) -> None:
    """At most 20 branches and conditions in radon's count; at 21 there is a rule in it that has no name yet (docs/architecture.md)."""
    found = {path: ComplexityVisitor.from_code(path.read_text(encoding="utf-8")) for path in SOURCES[room]}
    knots = {
        (str(path.relative_to(ROOT)), one.fullname): one.complexity
        for path, module in found.items()
        for one in functions([*module.functions, *module.classes])
        if one.complexity > 20
    }
    assert knots == {}


@pytest.mark.parametrize("package", [kehoach_parser, archive])
def test_all_lists_what_is_public(package: object) -> None:
    """`__all__` is sorted, has no name twice, and every name can be had; nothing else is brought in from elsewhere for others to use."""
    names: list[str] = package.__all__  # type: ignore[attr-defined]
    assert len(set(names)) == len(names)
    assert all(hasattr(package, name) for name in names)
    source = Path(str(package.__file__)).read_text(encoding="utf-8")  # type: ignore[attr-defined]
    brought = {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("kehoach_parser", "archive"))
        for alias in node.names
        if not (node.module == package.__name__ and hasattr(sys.modules.get(f"{node.module}.{alias.name}"), "__path__"))  # type: ignore[attr-defined]
    }
    assert brought - set(names) == set()


def test_the_lock_file_holds_every_dependency_with_hashes_and_nothing_of_a_machine() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for wanted in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]:
        name = re.split(r"[\[<>=]", wanted)[0].lower()
        assert f"\n{name}==" in f"\n{lock}", name
    entries = [entry for entry in lock.replace("\\\n", " ").splitlines() if entry.strip() and not entry.lstrip().startswith("#")]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock
    assert "/home/" not in lock
