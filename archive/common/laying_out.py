"""A plan laid out to be shown: its text cut into blocks by the outline, each made of pieces, with what was found in it marked.

As printed, every line stands as it does in the text. To be read, the lines of a paragraph run on; in a damaged text the words stand as they
are read (`kehoach_parser.restore`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby, pairwise

import kehoach_parser
from archive.values.layouts import Block, DoubtfulField, Heading, Layout, Mark, Piece
from kehoach_parser import model

#: A reading below this is to be compared with the paper.
SURE = 0.7
#: Fields of the head whose doubts are told.
_HEAD = ("parent_organ", "organ", "symbol", "place", "date", "type", "subject")
#: Kinds of nodes that an outline beside the text names.
OUTLINED = ("part", "chapter", "division", "capital", "article", "section", "item", "subitem", "group")
#: A line of fewer letters than this share of a full line ends its paragraph.
_FULL = 0.7
#: Full lines are at least so long: of a text without lines that are broken, none is full.
_LEAST_WIDTH, _MOST_WIDTH = 40, 160
#: What a line of a list begins with.
_LABEL = re.compile(r"\w{1,3}[.)]")
_STOP = re.compile(r"[.;:!?…]$")
_LINE_END = re.compile(r"\n")
_LINE = re.compile(r"[^\n]*\n?")

#: The text from an offset to another, as it is shown.
Reading = Callable[[int, int], str]


def layout_of(plan: model.Plan, text: str, *, printed: bool = False) -> Layout:
    """A plan as it is shown to be read, or as it is ``printed``."""
    read = (lambda start, end: text[start:end]) if printed else reading_of(plan, text)
    return Layout(
        len(text),
        plan.source.restorer is not None,
        tuple(headings(plan, read)),
        tuple(blocks(plan, text, read, as_printed=printed)),
        tuple(_doubts(plan.header)),
        tuple(one.span for one in plan.citations),
        tuple(warning.message for warning in plan.warnings),
        tuple((one.value, one.purpose) for one in plan.recipients),
    )


def _doubts(header: model.Header) -> Iterator[DoubtfulField]:
    for name in _HEAD:
        field: model.Field | None = getattr(header, name)
        if field is not None and (field.certainty < SURE or field.alternatives):
            yield DoubtfulField(name, field.value, tuple(other.value for other in field.alternatives))


def headings(plan: model.Plan, read: Reading) -> list[Heading]:
    """The outline; a node without a heading is named by its first words."""
    levels = _levels(plan)
    found = []
    for node in plan.nodes:
        if node.kind in OUTLINED:
            said = node.heading.value if node.heading else read(node.span[0], min(node.span[1], node.span[0] + 90))
            text = " ".join(said.split())
            found.append(Heading(node.span[0], levels[node.id], node.label, text.removeprefix(node.label).lstrip(" .):")))
    return found


def _levels(plan: model.Plan) -> dict[int, int]:
    levels: dict[int, int] = {}
    for node in plan.nodes:
        levels[node.id] = levels.get(node.parent, -1) + 1 if node.parent is not None else 0
    return levels


def reading_of(plan: model.Plan, text: str) -> Reading:
    """The text as it is read: without marks of emphasis, of a damaged one with its words restored (composed text only: spans count in
    it)."""
    restored = plan.source.restorer is not None and kehoach_parser.compose(text)[0] == text
    words = kehoach_parser.restore(text).words if restored else ()
    marks = kehoach_parser.emphasis(text)
    if not words and not marks:
        return lambda start, end: text[start:end]

    def read(start: int, end: int) -> str:
        inside = marks[bisect_left(marks, start) : bisect_left(marks, end)]
        if not words and not inside:
            return text[start:end]
        ends = pairwise([start - 1, *inside, end])
        return "".join(kehoach_parser.as_read(text, words, mark + 1, until) for mark, until in ends)

    return read


def marks_of(plan: model.Plan) -> list[Mark]:
    """What is marked, in order, nothing within another: citations before units before dates, the longer first."""
    found = [
        Mark(*one.span, "cite", str(one.span[0]), one.certainty < SURE or (one.document is None and bool(one.candidates)))
        for one in plan.citations
    ]
    found += [Mark(*one.unit.span, "unit", one.unit.key, one.unit.certainty < SURE) for one in plan.assignments]
    for date in plan.dates:
        if date.role != "cited" and date.value:
            found.append(Mark(*date.span, "deadline" if date.role == "deadline" else "date", date.value, date.certainty < SURE))
    rank = {"cite": 0, "unit": 1, "deadline": 2, "date": 3}
    kept: list[Mark] = []
    starts: list[int] = []
    for mark in sorted(found, key=lambda mark: (rank[mark.kind], -(mark.end - mark.start), mark.start)):
        at = bisect_right(starts, mark.start)
        before, after = kept[at - 1] if at else None, kept[at] if at < len(kept) else None
        if mark.start < mark.end and (before is None or before.end <= mark.start) and (after is None or mark.end <= after.start):
            starts.insert(at, mark.start)
            kept.insert(at, mark)
    return kept


def blocks(plan: model.Plan, text: str, read: Reading, *, as_printed: bool) -> Iterator[Block]:
    """The text from its beginning to its end."""
    marks, tasks = marks_of(plan), _tasks(plan)
    inside = [mark.start for mark in marks]
    running = None if as_printed else running_on(text)
    levels, zones = _levels(plan), _zones(plan, len(text))
    for start, end, node in _tiles(plan, text):
        passage = text[start:end]
        first, last = start + len(passage) - len(passage.lstrip("\r\n")), start + len(passage.rstrip())
        if first >= last:
            continue
        here = marks[max(bisect_right(inside, first) - 1, 0) : bisect_right(inside, last)]
        zone = next((name for span, name in zones if span[0] <= start < span[1]), "body")
        pieces = _pieces(text, first, last, here, tasks, frozenset() if zone == "head" and running else running, read)
        begins = node is not None and node.span[0] == start
        kind = node.kind if node is not None and begins else "text"
        titled = node is not None and begins and end == _heading_end(node, text)
        yield Block(start, end, zone, f"{kind} titled" if titled else kind, levels[node.id] if node else 0, tuple(_joined(pieces)))


def running_on(text: str) -> frozenset[int]:
    """The offsets of line ends within paragraphs: before a small letter, and after a full line that ends with no stop."""
    lines = [(found.start(), found.group()) for found in _LINE.finditer(text) if found.group()]
    lengths = sorted(len(line.strip()) for _, line in lines if line.strip())
    if not lengths:
        return frozenset()
    width = min(max(lengths[len(lengths) * 9 // 10], _LEAST_WIDTH), _MOST_WIDTH)
    found = set()
    for (start, line), (_, after) in pairwise(lines):
        said, next_said = line.strip(), after.strip()
        if not said or not next_said or _LABEL.match(next_said):
            continue
        full = len(said) >= _FULL * width and not _STOP.search(said) and next_said[0].isalnum()
        if next_said[0].islower() or full:
            found.add(start + len(line.rstrip("\r\n")))
    return frozenset(found)


def _heading_end(node: model.Node, text: str) -> int | None:
    """Where the line of a heading ends; None where the text runs on behind it, or the node has none."""
    if node.heading is None:
        return None
    line = text.find("\n", node.heading.span[1])
    end = len(text) if line < 0 else line
    return end if not text[node.heading.span[1] : end].strip(" .:\r\t") else None


def _tiles(plan: model.Plan, text: str) -> Iterator[tuple[int, int, model.Node | None]]:
    """Start and end of each passage, and the innermost node that it lies in."""
    length = len(text)
    cuts = {0, length, *(edge for node in plan.nodes for edge in node.span), *(edge for part in plan.parts for edge in part.span)}
    notes = [note.span for note in plan.footnotes]
    cuts |= {edge for span in (plan.header.span, plan.closing or (0, 0), *plan.preamble, *notes) for edge in span}
    cuts |= {end for node in plan.nodes if (end := _heading_end(node, text)) is not None}
    edges = sorted(edge for edge in cuts if 0 <= edge <= length)
    nodes = sorted(plan.nodes, key=lambda node: (node.span[0], -node.span[1]))
    open_nodes: list[model.Node] = []
    at = 0
    for start, end in pairwise(edges):
        while at < len(nodes) and nodes[at].span[0] <= start:
            open_nodes.append(nodes[at])
            at += 1
        open_nodes = [node for node in open_nodes if node.span[1] > start]
        yield start, end, open_nodes[-1] if open_nodes else None


def _zones(plan: model.Plan, length: int) -> list[tuple[model.Span, str]]:
    """The parts of the page that are not its body."""
    main = max((node.span[1] for node in plan.nodes if node.part == 1), default=length)
    main_end = next((part.span[1] for part in plan.parts if part.id == 1), length)
    others = [(part.span, "annex") for part in plan.parts if part.id != 1]
    tail = [] if plan.closing is None else [(plan.closing, "closing")]
    return [*others, (plan.header.span, "head"), *tail, ((main, main_end), "end")]


def _tasks(plan: model.Plan) -> list[model.Span]:
    return sorted({task.task.span for duty in plan.assignments for task in duty.tasks if task.task is not None})


def _pieces(
    text: str, start: int, end: int, marks: Sequence[Mark], tasks: Sequence[model.Span], running: frozenset[int] | None, read: Reading
) -> Iterator[Piece]:
    """A passage as pieces: marks, and the lines between them; ``running`` are the line ends within paragraphs, None as printed."""
    held = {mark.start: mark for mark in marks if start <= mark.start and mark.end <= end}
    here = [span for span in tasks if span[0] < end and span[1] > start]
    for first, last in pairwise(sorted(_cuts(text, start, end, held.values(), here))):
        task = bool(here) and any(span[0] <= first < span[1] for span in here)
        if text[first:last] == "\n":
            yield Piece(" " if running and running & {first, first - 1} else "\n", None, task)
        else:
            said = read(first, last).rstrip("\r")
            yield Piece(said if running is None else said.replace("\n", " "), held.get(first), task)


def _joined(pieces: Iterable[Piece]) -> Iterator[str | Piece]:
    """Pieces, with those that are nothing but words as one."""
    for plain, run in groupby(pieces, key=lambda piece: piece.mark is None and not piece.task):
        if plain:
            yield "".join(piece.text for piece in run)
        else:
            yield from run


def _cuts(text: str, start: int, end: int, marks: Collection[Mark], tasks: Sequence[model.Span]) -> set[int]:
    """Where a passage is cut: at its marks, and outside of them at line ends and where tasks begin and end."""
    lines = {at for found in _LINE_END.finditer(text, start, end) for at in found.span()}
    edges = {edge for span in tasks for edge in span if start < edge < end}
    loose = {cut for cut in lines | edges if not any(mark.start < cut < mark.end for mark in marks)}
    return loose | {start, end, *(edge for mark in marks for edge in (mark.start, mark.end))}
