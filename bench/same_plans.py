"""Whether a change of the code changed what is read: the hash of every plan, beside those of an earlier run.

usage: same_plans.py HASHES [PATH ...]

PATH: a text, a Word file, a folder of them, or a JSON Lines file with the key "text"; without one the fixtures. HASHES is written where
it is missing; where it is there, plans that differ from it are named, new and missing ones too, and the exit status is 1. Plan JSON of
each text is kept beside HASHES in a folder of its own name, so that a difference can be looked at with any diff.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.speed import FIXTURES
from kehoach_parser import Text, parse, plan_to_json, read_file, text_of

READ = (".txt", ".docx", ".htm")


def texts_in(paths: list[Path]) -> Iterator[tuple[str, Text]]:
    """(name, text) of everything that can be read without OCR."""
    for path in paths:
        if path.suffix == ".jsonl":
            with path.open(encoding="utf-8") as rows:
                yield from ((f"{path.name}:{number}", text_of(str(json.loads(row)["text"]))) for number, row in enumerate(rows, 1))
        else:
            files = sorted(file for file in path.rglob("*") if file.suffix in READ) if path.is_dir() else [path]
            yield from ((file.name, read_file(file)) for file in files)


def plan_of(named: tuple[str, Text]) -> tuple[str, str]:
    """(name, Plan JSON) of a text."""
    return named[0], plan_to_json(parse(named[1]))


def main(arguments: list[str]) -> int:
    """Writes or compares; prints what differs."""
    hashes = Path(arguments[0])
    kept = hashes.with_suffix(".plans")
    kept = kept.with_name(f"{kept.name}.new") if hashes.exists() else kept
    kept.mkdir(parents=True, exist_ok=True)
    now = {}
    with ProcessPoolExecutor() as workers:
        for name, plan in workers.map(plan_of, texts_in([Path(each) for each in arguments[1:]] or [FIXTURES]), chunksize=8):
            now[name] = hashlib.sha256(plan.encode()).hexdigest()
            (kept / f"{name}.json").write_text(plan, encoding="utf-8")
    if not hashes.exists():
        hashes.write_text(json.dumps(now, indent=0), encoding="utf-8")
        print(f"{len(now)} plans: written")
        return 0
    before = json.loads(hashes.read_text(encoding="utf-8"))
    changed = sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
    print(f"{len(now)} plans, {len(changed)} differ", *changed, sep="\n")
    return bool(changed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
