"""Heads and whole papers on one line, as converters of web pages leave them: are the fields of the head those of the text with its lines?

usage: glued.py PAPERS.jsonl [STEP]      (key "text"; every STEP-th paper, default 4)

The first 6,000 letters of each paper are read as they are, with its first ten lines on one line, and all on one line. Printed for both are,
of each field that the lines give, how many are the same, and those that are not: what the lines give counts as right.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from kehoach_parser import parse, text_of

FIELDS = ("type", "symbol", "date", "place", "organ", "subject")
#: Name, and how many lines are put on one.
WAYS = {"head": 10, "all": 10**6}


def fields_of(text: str) -> dict[str, str | None]:
    """The fields of the head of a paper."""
    header = parse(text_of(text)).header
    return {name: " ".join(field.value.split()).strip(" .") if (field := getattr(header, name)) else None for name in FIELDS}


def compared(text: str) -> list[tuple[str, str, str, str | None]]:
    """(way, field, value of the lines, value of the one line), for each field that the lines give."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    truth = {name: value for name, value in fields_of(text).items() if value}
    found = []
    for way, count in WAYS.items():
        read = fields_of("\n".join([" ".join(lines[:count]), *lines[count:]]))
        found += [(way, name, value, read[name]) for name, value in truth.items()]
    return found


def main(path: Path, step: int) -> None:
    """Reads every step-th paper in three ways; prints what is the same."""
    texts = [str(json.loads(row)["text"])[:6000] for row in path.read_text(encoding="utf-8").splitlines()[::step]]
    same: Counter[tuple[str, str]] = Counter()
    of: Counter[tuple[str, str]] = Counter()
    with ProcessPoolExecutor() as workers:
        for found in workers.map(compared, texts):
            for way, name, value, read in found:
                of[way, name] += 1
                same[way, name] += value == read
                if value != read:
                    print(f"   {way}, {name}: {value[:100]} READ {(read or '-')[:100]}")
    for way in WAYS:
        print(f"{way} on one line: " + ", ".join(f"{name} {same[way, name]} of {of[way, name]}" for name in FIELDS))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 4)
