"""Text into structure, paper by paper: the first half of the pipeline. Knows the order of its steps:

lines → stamps → notes → papers, and for each paper: front → sequence → outline → nodes, tail, header
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any

from kehoach_parser.found import FoundDate, Structure
from kehoach_parser.model import Field, Header, Part, Recipient, Repair, Signature, Span, Warning
from kehoach_parser.structure.doubts import uncertain_day
from kehoach_parser.structure.front import Front, read_annex_front, read_front
from kehoach_parser.structure.header import (
    consolidates,
    day_adopted,
    has_number,
    issuer_in_preamble,
    issuer_in_signature,
    issuer_in_symbol,
    make_header,
    subject_in_preamble,
)
from kehoach_parser.structure.headings import heading
from kehoach_parser.structure.long_lines import unrolled
from kehoach_parser.structure.nodes import Numbering, Tree, closing_line, make_nodes
from kehoach_parser.structure.notes import take_out
from kehoach_parser.structure.outline import build
from kehoach_parser.structure.papers import Paper, split_papers
from kehoach_parser.structure.sequence import choose
from kehoach_parser.structure.stamps import filled_in, take_stamps
from kehoach_parser.structure.tail import Tail, read_tail
from kehoach_parser.text.lines import Line, split_lines
from kehoach_parser.text.text import Text

FieldOf = Callable[[Sequence[Span]], Field]
NO_HEADER = Header((0, 0))


def read_structure(content: str, folded: str, dates: Sequence[FoundDate], field: FieldOf, seen: Text | None = None) -> Structure:
    """All of the plan but its mentions. ``folded``: the text folded; ``dates``: those found in it; ``field``: makes a field of spans;
    ``seen``: furniture and ends of paragraphs that the reader saw on the pages."""
    lines = unrolled(split_lines(content, folded, *((seen.paragraphs, seen.carried) if seen else ())))
    lines, stamps = take_stamps(lines, field)
    body = take_out(lines, seen.furniture if seen else ())
    papers: list[_ReadPaper] = []
    first_id = 0
    for number, paper in enumerate(split_papers(body.lines), start=1):
        read = _read_paper(
            body.lines, paper, Numbering(first_id, number, "" if number == 1 else f"P{number}/"), content, folded, dates, field
        )
        first_id += len(read.tree.nodes)
        papers.append(read)
    if not papers:
        papers = [_ReadPaper("main", None, (0, 0), NO_HEADER, (), Tree((), (), (), ()), None, None, (), (), ())]
    main = papers[0]
    header, told = filled_in(main.header, stamps, _unread(main)) if main.role == "main" else (main.header, ())
    main = replace(main, header=header)
    return Structure(
        header=main.header,
        parts=tuple(_part(number, paper, len(content)) for number, paper in enumerate(papers, start=1)),
        preamble=tuple(span for paper in papers if paper.role != "annex" for span in paper.preamble),
        nodes=_all(papers, "tree.nodes"),
        own_text=_all(papers, "tree.own_text"),
        closing=main.closing or next((paper.closing for paper in papers if paper.closing), None),
        signature=main.signature,
        recipients=main.recipients,
        footnotes=body.footnotes,
        furniture=tuple(sorted((*body.furniture, *(piece for stamp in stamps for piece in stamp.pieces or (stamp.span,))))),
        subjects=_all(papers, "subjects"),
        warnings=(*_doubts(main), *told, *_all(papers, "tree.warnings")),
        repairs=tuple(repair for paper in papers for repair in (*paper.repairs, *paper.tree.repairs)),
        stamps=stamps,
    )


def _unread(paper: _ReadPaper) -> bool:
    """Whether a day stands in the head that was not read."""
    return paper.unread_day is not None or (paper.has_day and paper.header.date is None)


def _all(papers: Sequence[_ReadPaper], what: str) -> tuple[Any, ...]:
    """What the papers have of a thing (a path of names), one paper after the other."""
    return tuple(chain.from_iterable(map(attrgetter(what), papers)))


@dataclass(frozen=True, slots=True)
class _ReadPaper:
    """One paper of the file, read by itself."""

    role: str
    label: str | None
    span: Span
    header: Header
    preamble: tuple[Span, ...]
    tree: Tree
    closing: Span | None
    signature: Signature | None
    recipients: tuple[Recipient, ...]
    subjects: tuple[Span, ...]
    repairs: tuple[Repair, ...]
    unread_day: Field | None = None
    has_day: bool = False


def _read_paper(
    lines: tuple[Line, ...], paper: Paper, numbering: Numbering, content: str, folded: str, dates: Sequence[FoundDate], field: FieldOf
) -> _ReadPaper:
    tail = read_tail(lines[paper.tail : paper.end], content, folded)
    signature, recipients = _signature(tail, field), _recipients(tail, content, field)
    zone = lines[paper.first : paper.tail]
    issued = [date.span for date in dates if folded.startswith(("ng", "th"), date.span[0])]  # "giai đoạn 2026 - 2030" dates no paper
    front = read_annex_front(zone, content, paper.label is not None) if paper.role == "annex" else read_front(zone, content, folded, issued)
    body = zone[front.body :]
    preface, branches = build(body, choose(body, paper.role == "annex"))
    end = closing_line(body, branches)
    tree = make_nodes(body, branches, len(body) if end is None else end, numbering, heading, lambda span: field([span]))
    header, repairs = make_header(front, content, dates, field)
    preamble = _paragraphs([body[at] for at in preface])
    if header.organ is None and paper.role == "main":
        in_preamble = None if consolidates(header.symbol) else issuer_in_preamble(preamble, content, folded, field)
        named = in_preamble or issuer_in_symbol(header.symbol) or issuer_in_signature(signature)
        header = replace(header, organ=named)
    if header.subject is None and paper.role == "main":
        header = replace(header, subject=subject_in_preamble(preamble, header.type, folded, field))
    if header.date is None and front.date_zone is None and paper.role == "main":
        header = replace(header, date=day_adopted((lines[paper.first].start, lines[paper.end - 1].end), folded, dates))
    return _ReadPaper(
        role=paper.role,
        label=paper.label,
        span=(lines[paper.first].start, lines[paper.end - 1].end),
        header=header,
        preamble=preamble,
        tree=tree,
        closing=(body[end].start, body[-1].end) if end is not None else None,
        signature=signature,
        recipients=recipients,
        subjects=_subjects(front, zone),
        repairs=repairs,
        unread_day=field([front.unread_day]) if front.unread_day else None,
        has_day=front.date_zone is not None,
    )


def _part(number: int, paper: _ReadPaper, length: int) -> Part:
    """Header, signature and recipients of the first part stand in the plan itself."""
    if number == 1:
        return Part(1, paper.role, paper.label, (0, length) if paper.span == (0, 0) else paper.span)
    header = paper.header if paper.header != Header(paper.header.span) else None
    return Part(number, paper.role, paper.label, paper.span, header, paper.signature, paper.recipients)


def _signature(tail: Tail, field: FieldOf) -> Signature | None:
    authority = field(tail.authority) if tail.authority else None
    title = field(tail.title) if tail.title else None
    name = field(tail.name) if tail.name else None
    return Signature(authority, title, name) if authority or title or name else None


def _recipients(tail: Tail, content: str, field: FieldOf) -> tuple[Recipient, ...]:
    found = []
    for entry in tail.recipients:
        plain = field(entry.pieces)
        if not any(map(str.isalnum, plain.value)):  # "- ***" is decoration
            continue
        purpose = " ".join(content[slice(*entry.purpose)].strip(" ()").split()) if entry.purpose else None
        found.append(Recipient(plain.value, plain.raw, plain.span, plain.certainty, plain.pieces, (), purpose))
    return tuple(found)


def _paragraphs(lines: Sequence[Line]) -> tuple[Span, ...]:
    """Spans of paragraphs, each from a line that opens one to the line before the next that does."""
    starts = list(accumulate((line.opens for line in lines), lambda count, opens: count + opens, initial=0))[1:]
    spans: dict[int, Span] = {}
    for line, paragraph in zip(lines, starts, strict=True):
        spans[paragraph] = (spans[paragraph][0] if paragraph in spans else line.start, line.end)
    return tuple(spans.values())


def _subjects(front: Front, zone: Sequence[Line]) -> tuple[Span, ...]:
    if not front.subject:
        return ()
    bracket = (front.subject[-1][1], zone[front.body - 1].end)
    return (*front.subject, bracket) if bracket[0] < bracket[1] else front.subject


def _doubts(main: _ReadPaper) -> tuple[Warning, ...]:
    """What the main paper lacks that every paper has."""
    found = []
    if not main.tree.nodes:
        found.append(Warning("no-outline", "Không nhận ra bố cục (mục, điểm) của văn bản", main.span))
    if main.header.symbol is None and main.role == "main":
        found.append(Warning("no-symbol", "Không thấy số và ký hiệu văn bản ở phần đầu", main.header.span))
    if main.header.symbol is not None and not has_number(main.header.symbol):
        found.append(Warning("no-number", f"Ký hiệu văn bản không có số: «{main.header.symbol.raw}»", main.header.symbol.span))
    if main.unread_day is not None:
        found.append(uncertain_day(main.unread_day.raw, main.unread_day.span))
    if main.header.date is None and main.role == "main":
        found.append(Warning("no-date", "Không thấy ngày ban hành ở phần đầu", main.header.span))
    return tuple(found)
