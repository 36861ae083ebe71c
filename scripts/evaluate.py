"""How well plans are read: prints figures against annotations made by hand.

usage: evaluate.py [FOLDER]

FOLDER holds annotated texts that are no part of the project: ``gold/*.json`` with the name of their text under "source", the texts
somewhere below it, and ``eval/score.py``, which compares. The project's own annotations are scored too: those of fixtures/ in any case,
those of further texts where the folder holds these. Last, an archive of such texts is asked the questions of tests/questions/duties.toml.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from kehoach_parser import parse, plan_to_json, read_file

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Scores against the folder where it is there, then against tests/annotations; the exit status of the first that fails."""
    shared = Path(arguments[0]).resolve() if arguments else None
    if shared is None or not (shared / "eval" / "score.py").is_file():
        print(f"No annotated texts at {shared}: only the project's own annotations are scored.\n", flush=True)
    elif status := _score_shared(shared):
        return status
    further = [str(shared)] if shared is not None and shared.is_dir() else []
    status = subprocess.run([sys.executable, str(ROOT / "tests" / "scoring.py"), *further], check=False).returncode
    for folder in further:
        for module in ("tests.citation_scoring", "tests.register_scoring", "tests.questions.rows"):
            status = status or subprocess.run([sys.executable, "-m", module, folder], cwd=ROOT, check=False).returncode
    return status


def _score_shared(shared: Path) -> int:
    golds = {path: json.loads(path.read_text(encoding="utf-8"))["source"] for path in sorted((shared / "gold").glob("*.json"))}
    texts = {path.name: path for path in shared.rglob("*.txt")}
    with tempfile.TemporaryDirectory() as out:
        plans = []
        for gold, name in golds.items():
            plan = Path(out) / f"{gold.stem}.json"
            plan.write_text(plan_to_json(parse(read_file(texts[name]))), encoding="utf-8")
            plans.append(str(plan))
        folders = sorted({str(texts[name].parent) for name in golds.values()})
        command = [sys.executable, str(shared / "eval" / "score.py"), "--texts", *folders, "--gold", *map(str, golds), "--plans", *plans]
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
