"""Sanity over many documents: nothing raises, and which lines fall outside everything that was read.

usage: coverage.py PATH [...]

PATH: a folder of texts (*.txt), or a JSON Lines file with keys "id" and "text". Counted are the documents that have sections, articles or
numbered items; a line is outside if it stands in no header, preamble, node, footnote, closing, recipients (with the line "Nơi nhận:"),
signature or annex. Documents whose numbering has gaps are listed with their warnings.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kehoach_parser import Plan, parse
from kehoach_parser.model import Field, Header, Recipient, Signature, Span

COUNTED = frozenset({"section", "article", "item"})


def documents(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """Name and text of each document."""
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*.txt")):
                yield file.name, file.read_text(encoding="utf-8")
        else:
            with path.open(encoding="utf-8") as rows:
                for row in map(json.loads, rows):
                    yield str(row["id"]), str(row["text"])


def zones(plan: Plan) -> Iterator[Span]:
    """The spans of everything that was read."""
    yield plan.header.span
    yield from plan.preamble
    yield from (node.span for node in plan.nodes)
    yield from (note.span for note in plan.footnotes)
    if plan.closing:
        yield plan.closing
    yield from _tail(plan.signature, plan.recipients)
    for part in plan.parts:
        if part.role == "annex":
            yield part.span
        yield from _head(part.header)
        yield from _tail(part.signature, part.recipients)


def _head(header: Header | None) -> Iterator[Span]:
    if header:
        yield header.span


def _tail(signature: Signature | None, recipients: tuple[Recipient, ...]) -> Iterator[Span]:
    fields: list[Field | Recipient] = [*recipients]
    if signature:
        fields += [field for field in (signature.authority, signature.title, signature.name) if field]
    for field in fields:
        yield from field.pieces or (field.span,)


def outside(text: str, plan: Plan) -> tuple[int, int]:
    """Lines outside all zones, and all lines that are not blank."""
    covered = bytearray(len(text))
    for start, end in zones(plan):
        covered[start:end] = b"\1" * (end - start)
    total = left = at = 0
    for line in text.split("\n"):
        if line.strip():
            total += 1
            left += not any(covered[at : at + len(line)]) and not re.match(r"\s*nơi nhận", line, re.I)
        at += len(line) + 1
    return left, total


def main(arguments: list[str]) -> None:
    """Prints the share of lines outside and the documents with gaps."""
    read = counted = lines = left = 0
    gaps: list[tuple[str, list[str]]] = []
    for name, text in documents([Path(argument) for argument in arguments]):
        plan = parse(text)
        read += 1
        if not any(node.kind in COUNTED for node in plan.nodes):
            continue
        counted += 1
        found, total = outside(text, plan)
        left, lines = left + found, lines + total
        if messages := [warning.message for warning in plan.warnings if warning.code.startswith("numbering")]:
            gaps.append((name, messages))
    print(f"{read} documents read without an exception, {counted} of them with sections, articles or numbered items")
    print(f"{left} of {lines} lines outside: {left / max(1, lines):.2%}")
    print(f"{len(gaps)} documents with doubts about their numbering:")
    for name, messages in gaps:
        print(f"  {name}: {len(messages)}; {messages[0]}")


if __name__ == "__main__":
    main(sys.argv[1:])
