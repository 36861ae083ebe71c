"""One case is one file: a text, a line of signs, and what is read of its structure. A misread plan becomes a new file here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kehoach_parser import Plan, parse
from kehoach_parser.model import Header, Signature

CASES = sorted((Path(__file__).parents[1] / "cases" / "structure").glob("*.txt"))
MARK = "\n=====\n"
_SHOWN = ("numbering", "no-number", "uncertain-day", "number-from", "date-from")


def described(plan: Plan, text: str) -> str:
    """What was read, a line each: head, outline (indented; label, path, heading), closing, footnotes, tail, doubts, repairs."""
    return "\n".join(
        [
            *_heads(plan),
            *(f"part {part.id}: {part.role} {part.label or ''}".rstrip() for part in plan.parts[1:]),
            *(f"preamble: {_begins(text, span)}" for span in plan.preamble),
            *_outline(plan),
            *(f"closing: {_begins(text, span)}" for span in [plan.closing] if span),
            *(f"footnote {note.mark}: {text[slice(*note.span)][:30]} @ {_before(text, note.anchor)}" for note in plan.footnotes),
            *(f"recipient: {entry.value}" + (f" ({entry.purpose})" if entry.purpose else "") for entry in plan.recipients),
            *_fields("", plan.signature, ("authority", "title", "name")),
            *(f"stamp: {stamp.kind} {stamp.time} {stamp.number} = {stamp.value}" for stamp in plan.stamps),
            *(f"warning: {warning.code}" for warning in plan.warnings if warning.code.startswith(_SHOWN)),
            *(f"repair: {repair.printed} -> {repair.reading}" for repair in plan.repairs if repair.code == "label"),
        ]
    )


def _heads(plan: Plan) -> Iterator[str]:
    names = ("parent_organ", "organ", "symbol", "place", "date", "type", "subject")
    yield from _fields("", plan.header, names)
    for part in plan.parts[1:]:
        yield from _fields(f"P{part.id} ", part.header, names)


def _fields(before: str, owner: Header | Signature | None, names: tuple[str, ...]) -> Iterator[str]:
    """The fields that were found."""
    read = ((name, getattr(owner, name, None)) for name in names)
    return (f"{before}{name}: {field.value}" for name, field in read if field)


def _outline(plan: Plan) -> Iterator[str]:
    depth: dict[int | None, int] = {None: -1}
    for node in plan.nodes:
        depth[node.id] = depth[node.parent] + 1
        title = f" = {node.heading.value}" if node.heading else ""
        yield f"{'  ' * depth[node.id]}{node.kind} {node.label} [{node.path}]{title}"


def _begins(text: str, span: tuple[int, int]) -> str:
    return " ".join(text[slice(*span)].split())[:40]


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


@pytest.mark.parametrize(
    ("line", "runs_on"),
    [
        ("¹ Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương về công tác", True),  # a full line without a stop
        ("¹ Nghị quyết số 25-NQ/TW của Trung ương Đảng", False),  # a short one
        ("¹ Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương về dân vận.", False),
    ],
)
def test_a_footnote_runs_on_over_a_blank_line_where_its_line_is_full(line: str, runs_on: bool) -> None:
    text = f"KẾ HOẠCH\nSơ kết công tác dân vận\n\nI. MỤC ĐÍCH\nĐánh giá việc thực hiện nghị quyết¹.\n\n{line}\n\nDân vận của cả hệ thống.\n"
    (note,) = parse(text).footnotes
    assert text[slice(*note.span)] == (f"{line}\n\nDân vận của cả hệ thống." if runs_on else line)


@pytest.mark.parametrize(("count", "notes"), [(14, 1), (30, 0)])
def test_a_bent_mark_with_a_page_of_lines_below_it_is_no_footnote(count: int, notes: int) -> None:
    below = "\n".join(f"quy định số {number} còn hiệu lực" for number in range(count))
    plan = parse(f"KẾ HOẠCH\nRà soát văn bản\n\nI. MỤC ĐÍCH\nTổng hợp.\n\n! Quyết định số 15 và các\n{below}")
    assert len(plan.footnotes) == notes
