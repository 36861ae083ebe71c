"""Whether tests hold the numbers of the code: each constant and weight of a room made smaller and larger, run against the room's cases.

usage: constants.py [--verbose] [MODULE ...]

Without MODULE all of ROOMS (`bench/asked.py`). Changed are, one at a time: the numbers in constants of a module (but those in
LEFT_OUT), the fractions anywhere in it (weights and certainties), and whole numbers from 4 on that something is compared with. A fraction
is halved and doubled, a whole number up to 8 goes one down and one up, a larger one is halved and doubled. Printed is every change that no
test notices, with its line, and how many of each module are noticed. Each change lives in a forked process that reads the module's source
with the other number: no file is touched. The process it is forked from has run the tests once, so that only the module and what imports
it is loaded again.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import os
import re
import resource
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, ModuleType

import hypothesis  # what the tests import stands ready in each forked process
import lark  # noqa: F401
import numpy  # noqa: F401
import pytest
import spacy  # noqa: F401
import sqlalchemy  # noqa: F401

from bench.asked import LEFT_OUT, ROOMS

ROOT = Path(__file__).resolve().parents[1]
#: Left out: soup of chance, which asks for nothing in particular, the same cases in another order or with another bound of the cost, what
#: trains a model for a minute.
WITHOUT = "not soup and not any_text and not order_of_arrival and not archive_is_kept and not bounds_the_cost"
#: Tests that take longer, in seconds of the processor, never end, which is noticed.
LONGEST = 120
_PARTS = tuple(ROOT / part for part in ("kehoach_parser", "archive", "scripts", "tests", "cli.py"))
#: How a process ends in which this program failed, not a test.
_BROKEN = 99
_CONSTANT = re.compile(r"_?[A-Z][A-Z_0-9]*")


@dataclass(frozen=True, slots=True)
class Change:
    """A number of a module, by its place, and what stands in place of it."""

    module: str
    line: int
    column: int
    old: float
    new: float


def numbers(tree: ast.Module, without: frozenset[str]) -> Iterator[ast.Constant]:
    """The numbers that something depends on; 0 and 1 of counting, indices and slices are none, nor are constants of these names."""
    seen = set(_within(tree, without))
    for node in ast.walk(tree) if "*" not in without else ():
        if isinstance(node, ast.Assign | ast.AnnAssign) and node in tree.body and node.value is not None and _is_constant(node):
            found = [each for each in _outside_indices(node.value) if isinstance(each.value, int | float)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, float) and node.value:
            found = [node]
        elif isinstance(node, ast.Compare):
            found = [
                each for each in node.comparators if isinstance(each, ast.Constant) and isinstance(each.value, int) and each.value >= 4
            ]
        else:
            continue
        for each in found:
            if not isinstance(each.value, bool) and id(each) not in seen:
                seen.add(id(each))
                yield each


def _within(tree: ast.Module, names: frozenset[str]) -> Iterator[int]:
    """What stands in the constants of these names; of several in one line each has its own value."""
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        pairs: Iterable[tuple[ast.expr, ast.expr]] = [(target, node.value)]
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = zip(target.elts, node.value.elts, strict=True)
        for each, value in pairs:
            if isinstance(each, ast.Name) and each.id in names:
                yield from map(id, ast.walk(value))


def _is_constant(node: ast.Assign | ast.AnnAssign) -> bool:
    return all(map(_CONSTANT.fullmatch, _names(node)))


def _names(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]


def _outside_indices(node: ast.AST) -> Iterator[ast.Constant]:
    """The constants of an expression, those in subscripts, lambdas and keywords such as ``start=1`` left out."""
    if isinstance(node, ast.Constant):
        yield node
    elif not isinstance(node, ast.Subscript | ast.Lambda | ast.keyword | ast.GeneratorExp):
        for child in ast.iter_child_nodes(node):
            yield from _outside_indices(child)


def changes(module: str) -> Iterator[Change]:
    """A smaller and a larger number for each of the module."""
    without = frozenset(name for left in LEFT_OUT.values() for name in left.get(module, "").split())
    for node in numbers(ast.parse(Path(module).read_text(encoding="utf-8")), without):
        old = node.value
        assert isinstance(old, int | float)
        near = isinstance(old, int) and abs(old) <= 8
        for new in (old - 1, old + 1) if near else (old // 2 if isinstance(old, int) else old / 2, old * 2):
            if new != old:
                yield Change(module, node.lineno, node.col_offset, old, new)


class _Changed(ast.NodeTransformer):
    def __init__(self, change: Change) -> None:
        self._change = change

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        change = self._change
        if (node.lineno, node.col_offset) == (change.line, change.column) and type(node.value) is type(change.old):
            return ast.copy_location(ast.Constant(change.new), node)
        return node


class _Loader(SourceFileLoader):
    """Reads the module with the change, past any compiled file."""

    def __init__(self, name: str, path: str, change: Change) -> None:
        super().__init__(name, path)
        self._change = change

    def get_code(self, fullname: str) -> CodeType:
        tree = _Changed(self._change).visit(ast.parse(self.get_data(self.path)))
        return compile(tree, self.path, "exec")


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, change: Change) -> None:
        self._change = change
        self.name = change.module.removesuffix(".py").replace("/", ".")

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname != self.name:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Loader(fullname, spec.origin, self._change)
        return spec


def _passes(tests: Sequence[str], folder: Path) -> bool:
    """Whether the tests pass; prints nothing. ``folder`` is where they keep their files."""
    sys.stdout.flush()
    kept, null = [os.dup(1), os.dup(2)], os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    # What tests of archives share imports all of the archive; the archives themselves are filled by the run without a change.
    shared = any(name.startswith(("tests/archive", "tests/web", "tests/terminal")) for name in tests)
    options = [f"--basetemp={folder / str(os.getpid())}"] if shared else ["--noconftest"]
    passed = pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *options, "-k", WITHOUT, *tests]) == 0
    for number, file in enumerate(kept, 1):
        os.dup2(file, number)
    return passed


def notices(change: Change, tests: Sequence[str], folder: Path) -> bool:
    """Whether a test fails with the change; ``folder`` as in `_passes`."""
    finder = _Finder(change)
    gone = _of(finder.name)
    child = os.fork()
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status != _BROKEN, f"{change} could not be made"
        return status != 0
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
    status = _BROKEN
    try:
        sys.meta_path.insert(0, finder)
        _forget(gone)
        status = not _passes(tests, folder)
    finally:
        os._exit(status)


def _of(changed: str) -> set[str]:
    """A module, whatever imports it, and the tests."""
    imports = {name: set(_imports(name, path)) for name, path in _own().items()}
    gone = {changed}
    while more := {name for name, imported in imports.items() if not gone.isdisjoint(imported)} - gone:
        gone |= more
    return gone | {name for name, path in _own().items() if path.is_relative_to(ROOT / "tests")}


def _forget(modules: set[str]) -> None:
    """Unloads modules, so that they are read anew. A package that loads its names when they are asked for stays, without those of these
    modules: another package of its name would not have the modules below it that stay."""
    for name in modules & sys.modules.keys():
        package = sys.modules[name]
        if package.__file__ and Path(package.__file__).with_suffix(".pyi").exists():
            for each, value in list(vars(package).items()):
                if getattr(value, "__module__", None) in modules:
                    delattr(package, each)
            continue
        del sys.modules[name]
        above, _, last = name.rpartition(".")
        vars(sys.modules.get(above, ModuleType(""))).pop(last, None)


def _own() -> dict[str, Path]:
    """The modules of this project that are loaded, by name."""
    files = {name: getattr(module, "__file__", None) for name, module in sys.modules.items()}
    paths = {name: Path(file) for name, file in files.items() if file}
    return {name: path for name, path in paths.items() if any(map(path.is_relative_to, _PARTS))}


@cache
def _imports(name: str, path: Path) -> tuple[str, ...]:
    """What a module imports anywhere in it, and what the stub beside it names: that is imported when it is asked for."""
    found: list[str] = []
    for file in (path, path.with_suffix(".pyi")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if file.exists() else ():
            if isinstance(node, ast.Import):
                found += [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                above = ".".join(filter(None, (name if node.level else "", node.module)))  # "from ." stands in stubs alone
                found += [above, *(f"{above}.{each.name}" for each in node.names)]
    return tuple(found)


def run(module: str, tests: Sequence[str], folder: Path, verbose: bool) -> tuple[int, int]:
    """How many changes of a module are noticed, and how many there are."""
    every = list(changes(module))
    unnoticed = []
    if every:
        assert not notices(replace(every[0], new=every[0].old), tests, folder), f"the tests fail where {module} is loaded again as it is"
    for change in every:
        seen = notices(change, tests, folder)
        if not seen:
            unnoticed.append(change)
        if verbose or not seen:
            line = Path(module).read_text(encoding="utf-8").splitlines()[change.line - 1].strip()
            print(f"{'  noticed' if seen else 'UNNOTICED'} {module}:{change.line}  {change.old} -> {change.new}  {line[:90]}", flush=True)
    return len(every) - len(unnoticed), len(every)


def _asked(room: str, named: str, folder: Path, asked: argparse.Namespace) -> Iterator[tuple[str, int, int]]:
    """The modules of a room that are asked for, how many of their changes are noticed, and how many there are."""
    tests = [str(Path("tests", name)) for name in named.split()]
    inside = sorted(map(str, Path(room).glob("*.py"))) if Path(room).is_dir() else [room]
    modules = [module for module in inside if module == room or module not in ROOMS]
    chosen = [module for module in modules if not asked.modules or module in asked.modules]
    if chosen:
        assert _passes(tests, folder), f"the tests of {room} fail without a change"
    yield from ((module, *run(module, tests, folder, asked.verbose)) for module in chosen)


def main() -> None:
    """All modules of the rooms, or those named."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--verbose", action="store_true")
    arguments.add_argument("modules", nargs="*", default=[], metavar="MODULE")
    asked = arguments.parse_args()
    hypothesis.settings.register_profile("steady", derandomize=True)
    hypothesis.settings.load_profile("steady")
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    os.environ["PYTEST_XDIST_WORKER"] = "alone"  # by which the tests' shelf stands beside each run's own folder (`tests/conftest.py`)
    with TemporaryDirectory() as folder:
        totals = [total for room, named in ROOMS.items() for total in _asked(room, named, Path(folder), asked)]
    print("\n| module | changes | noticed |\n|---|---|---|")
    print("\n".join(f"| `{module}` | {every} | {seen} |" for module, seen, every in totals if every))


if __name__ == "__main__":
    main()
