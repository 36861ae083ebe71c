"""A plan for people: the head of the page, then the outline as a tree with the citations and duties at their places."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

import kehoach_parser
from archive.terminal.corrected import NOTHING_SAID, Said
from archive.terminal.messages import Messages
from archive.terminal.paper import print_field
from archive.terminal.readable import readable
from archive.terminal.session import console

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree

    from archive.terminal.readable import Readable

#: Code of the repairs of single words that OCR misread.
MISREAD = "misread-word"
#: Words shown of a node that has no heading.
FIRST_WORDS = 16

#: What stands behind a label on paper, by kind of node.
MARKS = {"section": ".", "capital": ".", "item": ".", "subitem": ".", "letter": ")", "part": ".", "group": ":"}


def print_plan(plan: kehoach_parser.Plan, text: str, words: Messages, said: Said = NOTHING_SAID) -> None:
    """Print ``plan``; ``text`` is what its spans count in. Damaged words are shown as they are read, what people ``said`` with its
    print."""
    read = readable(plan, text)
    _print_head(plan, words, read, said)
    if plan.nodes:
        print()
        console().print(_tree(plan, words, read, said))
    _print_end(plan, words, said)


def _print_head(plan: kehoach_parser.Plan, words: Messages, read: Readable, said: Said) -> None:
    header = plan.header
    _print_field("file", plan.source.name, words)
    for name in ("parent_organ", "organ", "symbol", "place", "type", "subject"):
        field = getattr(header, name)
        _print_field(name, field.value if field else None, words, said.of(name))
    _print_field("date", words.day(header.date.value) if header.date else None, words, said.of("date"))
    _print_field("marks", ", ".join(mark.value for mark in header.marks) or None, words, said.of("marks"))
    for where in ("subject", "preamble", "footnote", "closing"):
        here = [index for index, citation in enumerate(plan.citations) if citation.node is None and citation.where == where]
        lines = ((_citation(plan, index, words, read), said.number(index) + said.of("citation", index)) for index in here)
        for line in dict.fromkeys(line + beside for line, beside in lines):
            _print_field(f"cited_{where}", line, words)


def _print_field(name: str, value: str | None, words: Messages, beside: str = "") -> None:
    if value or beside:
        print_field(words.say(f"field.{name}"), f"{value or '–'}{beside}")


def _tree(plan: kehoach_parser.Plan, words: Messages, read: Readable, said: Said) -> Tree:
    from rich.text import Text
    from rich.tree import Tree

    root = Tree(Text(words.say("tree.outline"), style="bold"), guide_style="dim")
    branches: dict[int | None, Tree] = {None: root}
    papers: dict[int, Tree] = {}
    notes = _notes(plan, words, read, said)
    for number, node in enumerate(plan.nodes):
        parent = branches.get(node.parent, root)
        if node.parent is None and node.part != 1:
            if node.part not in papers:
                papers[node.part] = _paper(plan, node.part, root, words)
            parent = papers[node.part]
        label = Text(node.label + MARKS.get(node.kind, ""), style="bold cyan")
        if node.heading:
            label.append(f" {_short(node.heading.value, None)}", style="bold" if node.parent is None else "not bold default")
        else:
            label.append(f" {_short(_own(read, node.span, node.label), FIRST_WORDS)}", style="not bold default")
            label.no_wrap, label.overflow = True, "ellipsis"
        label.append(said.of("node", number), style="not bold yellow")
        branch = parent.add(label)
        branches[node.id] = branch
        for note in notes[node.id]:
            branch.add(note)
    return root


def _paper(plan: kehoach_parser.Plan, number: int, root: Tree, words: Messages) -> Tree:
    from rich.text import Text

    part = next((part for part in plan.parts if part.id == number), None)
    title = words.term("part", part.role if part else "attached")
    return root.add(Text(f"{title} {part.label if part and part.label else ''}".strip(), style="bold"))


def _own(read: Readable, span: tuple[int, int], label: str) -> str:
    """The text of a node without its label, as far as the first words go."""
    head = read(span[0], min(span[1], span[0] + 400)).lstrip()
    return head[len(label) :].lstrip(" .):–-•*+") if head.startswith(label) else head


def _short(text: str, limit: int | None) -> str:
    parts = text.split()
    return " ".join(parts) if limit is None or len(parts) <= limit else " ".join(parts[:limit]) + " …"


def _notes(plan: kehoach_parser.Plan, words: Messages, read: Readable, said: Said) -> dict[int, list[Text]]:
    """For each node the lines that hang under it: what it cites, and who has to do what."""
    from rich.text import Text

    lines: dict[int, list[Text]] = defaultdict(list)
    for index, citation in enumerate(plan.citations):
        if citation.node is not None:
            what = _citation(plan, index, words, read) + said.number(index)
            line = Text(words.say("tree.cites", what=what), style="green")
            lines[citation.node].append(line.append(said.of("citation", index), style="yellow"))
    first = 0
    for index, duty in enumerate(plan.assignments):
        rows = range(first, first + max(1, len(duty.tasks)))
        first = rows.stop
        if duty.node is not None:
            told = words.say("tree.duty", unit=" ".join(duty.unit.value.split()), role=words.term("role", duty.role))
            if duty.deadline is not None and duty.deadline < len(plan.dates):
                date = plan.dates[duty.deadline]
                told += words.say("tree.deadline", date=words.day(date.value) or " ".join(date.raw.split()))
            line = Text(told + said.number(rows[0], rows[-1]), style="magenta" if duty.primary else "dim magenta")
            beside = said.of("unit", index) + "".join(said.of("duty", row) for row in rows)
            lines[duty.node].append(line.append(beside, style="not dim yellow"))
    return lines


def _citation(plan: kehoach_parser.Plan, index: int, words: Messages, read: Readable) -> str:
    """ "Nghị quyết 18-NQ/TW ngày 25/10/2017 (thực hiện)": the reading, not the print."""
    citation = plan.citations[index]
    named = citation.symbol or citation.title
    name = " ".join((f"{citation.type} {named}" if named else read(*citation.span)).split())
    dated = words.say("tree.dated", date=words.day(citation.date)) if citation.date else ""
    how = f" ({words.term('relation', citation.relation)})" if citation.relation != "mention" else ""
    return f"{name}{dated}{how}"


def _print_end(plan: kehoach_parser.Plan, words: Messages, said: Said) -> None:
    print()
    signature = plan.signature
    if signature:
        named = [(name, getattr(signature, name)) for name in ("authority", "title", "name")]
        signed = [" ".join(field.value.split()) + said.of(f"signature.{name}") for name, field in named if field]
        _print_field("signature", ", ".join(signed), words)
    listed = [" ".join(each.value.split()) + said.number(index) + said.of("recipient", index) for index, each in enumerate(plan.recipients)]
    _print_field("recipients", "; ".join(listed) or None, words)
    _print_field("counts", words.say("tree.counts", **_counts(plan)), words)
    for warning in plan.warnings:
        _print_field("warning", warning.message, words)
    _print_field("mended", "; ".join(_mended(plan)) or None, words)


def _mended(plan: kehoach_parser.Plan) -> Iterator[str]:
    """What OCR misread and how it is read now, the commonest first: "tô → tổ (12)"."""
    pairs = Counter((repair.printed, repair.reading) for repair in plan.repairs if repair.code == MISREAD)
    for (printed, reading), count in pairs.most_common():
        yield f"{printed} → {reading}" + (f" ({count})" if count > 1 else "")


def _counts(plan: kehoach_parser.Plan) -> dict[str, int]:
    duties = sum(len(duty.tasks) for duty in plan.assignments)
    return {"nodes": len(plan.nodes), "citations": len(plan.citations), "dates": len(plan.dates), "duties": duties}
