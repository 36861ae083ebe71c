"""One case is one file: a text, a line of signs, and what is read of its structure. A misread plan becomes a new file here."""

from __future__ import annotations

from pathlib import Path

import pytest

from kehoach_parser import Plan, parse

CASES = sorted((Path(__file__).parents[1] / "cases" / "structure").glob("*.txt"))
MARK = "\n=====\n"


def described(plan: Plan, text: str) -> str:
    """What was read, a line each: head, outline (indented; label, path, heading), closing, footnotes, tail, doubts, repairs."""
    lines: list[str] = []
    for number, header in [(1, plan.header), *((part.id, part.header) for part in plan.parts[1:])]:
        if header is not None:
            for name in ("parent_organ", "organ", "symbol", "place", "date", "type", "subject"):
                if field := getattr(header, name):
                    lines.append(f"{'' if number == 1 else f'P{number} '}{name}: {field.value}")
    lines += [f"part {part.id}: {part.role} {part.label or ''}".rstrip() for part in plan.parts[1:]]
    lines += [f"preamble: {' '.join(text[start:end].split())[:40]}" for start, end in plan.preamble]
    depth: dict[int, int] = {}
    for node in plan.nodes:
        depth[node.id] = 0 if node.parent is None else depth[node.parent] + 1
        title = f" = {node.heading.value}" if node.heading else ""
        lines.append(f"{'  ' * depth[node.id]}{node.kind} {node.label} [{node.path}]{title}")
    if plan.closing:
        lines.append(f"closing: {' '.join(text[slice(*plan.closing)].split())[:40]}")
    lines += [f"footnote {note.mark}: {text[slice(*note.span)][:30]} @ {_before(text, note.anchor)}" for note in plan.footnotes]
    lines += [f"recipient: {entry.value}" + (f" ({entry.purpose})" if entry.purpose else "") for entry in plan.recipients]
    if plan.signature:
        for name in ("authority", "title", "name"):
            if field := getattr(plan.signature, name):
                lines.append(f"{name}: {field.value}")
    lines += [f"warning: {warning.code}" for warning in plan.warnings if warning.code.startswith(("numbering", "no-number"))]
    lines += [f"repair: {repair.printed} -> {repair.reading}" for repair in plan.repairs if repair.code == "label"]
    return "\n".join(lines)


def _before(text: str, anchor: int | None) -> str:
    return "nowhere" if anchor is None else text[max(0, anchor - 10) : anchor]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_structure(path: Path) -> None:
    text, _, expected = path.read_text(encoding="utf-8").partition(MARK)
    assert expected, f"{path.name} has no {MARK.strip()} line"
    assert described(parse(text), text) == expected.rstrip("\n")


def test_there_are_cases() -> None:
    assert len(CASES) >= 15


@pytest.mark.parametrize(("number", "least", "most"), [("", 0.0, 0.5), ("......", 0.0, 0.5), ("58", 0.9, 1.0)])
def test_a_symbol_without_its_number_is_half_a_symbol(number: str, least: float, most: float) -> None:
    plan = parse(f"UBND TỈNH LÂM SƠN\nSố: {number}/KH-UBND\nLâm Sơn, ngày 5 tháng 9 năm 2025\nKẾ HOẠCH\nTổ chức hội thi\n\nI. MỤC ĐÍCH\n")
    assert plan.header.symbol is not None
    assert least <= plan.header.symbol.certainty <= most
    assert ("no-number" in [warning.code for warning in plan.warnings]) == (not number.isdigit())
