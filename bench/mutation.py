"""Whether tests notice small changes of the code: mutants that cosmic-ray makes of chosen modules, each run against its module's tests.

usage: mutation.py [--each N] [MODULE ...]

Without MODULE all of TESTS. N mutants of a module (60) are drawn by chance, always the same ones while the module stays as it is; left out
are those that change annotations alone, and `is` in place of `==`. Everything happens in a copy of the project. Printed are, for each
module, how many were noticed and every one that was not, with its line. It is no dependency of the project: `pip install cosmic-ray` into
the environment that runs this.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from compileall import compile_dir
from contextlib import suppress
from itertools import islice
from pathlib import Path

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_and_test, mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome

ROOT = Path(__file__).resolve().parents[1]
COPIED = ("kehoach_parser", "archive", "grammar", "bench", "tests", "fixtures", "cli.py", "pyproject.toml")
#: Module: the tests that are about it.
TESTS = {
    "kehoach_parser/structure/sequence.py": "tests/parser/test_structure.py tests/parser/test_structure_limits.py",
    "kehoach_parser/dates/roles.py": "tests/parser/test_dates.py tests/parser/test_deadlines.py",
    "kehoach_parser/symbols/series.py": "tests/parser/test_identity.py tests/parser/test_citations.py tests/parser/test_symbols.py",
    "kehoach_parser/text/fold.py": "tests/parser/test_fold.py tests/parser/test_units.py tests/laws/test_plans.py -k 'not any_text'",
    "archive/resolve/weigh.py": "tests/archive/test_identity_cases.py -k what_citations_mean",
}
SEED = 11
#: A mutant whose tests take longer, in seconds, runs for ever, which is noticed.
LONGEST = 300.0


def meaning(source: str) -> str:
    """The code without what is never run: annotations."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return ast.dump(tree)


def mutants(module: Path, db: WorkDB) -> Iterator[MutationSpec]:
    """All of a module that change what runs, in an order of chance."""
    source = module.read_text(encoding="utf-8")
    init([module], db, {})
    every = [mutation for item in db.work_items for mutation in item.mutations if not mutation.operator_name.endswith(("_Is", "_IsNot"))]
    every.sort(key=lambda mutation: (mutation.start_pos, mutation.operator_name, mutation.occurrence))
    random.Random(SEED).shuffle(every)
    for mutation in every:
        changed = mutate_code(source, get_operator(mutation.operator_name)(**mutation.operator_args), mutation.occurrence)
        with suppress(SyntaxError):  # the star before arguments by name is taken for one of multiplication
            if changed is not None and meaning(changed) != meaning(source):
                yield mutation


def told(diff: str) -> str:
    """The lines that a mutant takes away and puts in."""
    lines = (line for line in diff.splitlines() if line[:1] in "-+" and not line.startswith(("---", "+++")))
    return "  ".join(" ".join(line.split()) for line in lines)


def run(name: str, each: int) -> None:
    """Prints what became of a module's mutants; the working folder is the copy."""
    with tempfile.TemporaryDirectory() as folder, use_db(str(Path(folder, "mutants.sqlite"))) as db:
        drawn = sorted(islice(mutants(Path(name), db), each), key=lambda mutation: mutation.start_pos)
    command = f"{sys.executable} -m pytest -q -x -n 0 -p no:cacheprovider {TESTS[name]}"
    survivors = []
    for mutation in drawn:
        result = mutate_and_test([mutation], command, LONGEST)
        if result.test_outcome == TestOutcome.SURVIVED:
            survivors.append(f"    {mutation.start_pos[0]:4}  {told(result.diff)}")
        assert result.test_outcome != TestOutcome.INCOMPETENT, result.output
    print(f"{name}: {len(drawn) - len(survivors)} of {len(drawn)} noticed; not noticed:", *survivors, sep="\n", flush=True)


def main() -> None:
    """Copies the project, and runs."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--each", type=int, default=60)
    arguments.add_argument("modules", nargs="*", default=list(TESTS), metavar="MODULE")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
            copy(ROOT / name, Path(folder, name))
        os.chdir(folder)
        os.environ["PYTHONPATH"] = folder
        compile_dir(folder, quiet=2)
        for name in asked.modules:
            run(name, asked.each)
        os.chdir(ROOT)


if __name__ == "__main__":
    main()
