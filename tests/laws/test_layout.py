"""The shape of the project: what is installed, how long a module may be, what is public."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from radon.visitors import Class, ComplexityVisitor, Function

import archive
import kehoach_parser

ROOT = Path(__file__).parents[2]
SOURCES = [
    ROOT / "cli.py",
    *(
        path
        for room in ("kehoach_parser", "grammar", "archive", "bench", "tests", "scripts")
        for path in sorted((ROOT / room).rglob("*.py"))
    ),
]


def test_four_names_are_installed() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    packages = {pattern.removesuffix("*") for pattern in tools["packages"]["find"]["include"]}
    assert packages | set(tools["py-modules"]) == {"kehoach_parser", "grammar", "archive", "cli"}
    found = {path.parent.relative_to(ROOT).parts[0] for path in ROOT.glob("*/__init__.py")}
    assert found == packages


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_says_why_it_is_there(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400
    assert not source.strip() or ast.get_docstring(ast.parse(source))
    assert path.stem not in ("utils", "helpers")


def functions(blocks: Iterable[Function | Class]) -> Iterator[Function]:
    """Each with its methods and closures."""
    for block in blocks:
        if isinstance(block, Function):
            yield block
        yield from functions(block.closures if isinstance(block, Function) else [*block.methods, *block.inner_classes])


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_function_is_a_knot(path: Path) -> None:
    """At most 20 branches and conditions in radon's count; at 21 there is a rule in it that has no name yet (docs/architecture.md)."""
    found = ComplexityVisitor.from_code(path.read_text(encoding="utf-8"))
    knots = {one.fullname: one.complexity for one in functions([*found.functions, *found.classes]) if one.complexity > 20}
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


@pytest.mark.parametrize("arguments", [["--help"], ["parse", "--help"], ["search", "--help"], ["--version"]])
def test_help_imports_no_slow_library(arguments: list[str]) -> None:
    script = (
        "import sys\nimport cli\nsys.argv = ['kehoach', *sys.argv[1:]]\n"
        "try:\n    cli.main()\nexcept SystemExit as end:\n    assert not end.code, end.code\n"
        "slow = {'spacy', 'underthesea', 'numpy'} & set(sys.modules)\nassert not slow, slow\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip()


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
