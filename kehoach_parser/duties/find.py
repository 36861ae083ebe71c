"""Duties (nhiệm vụ): which units are given what, by whom it is headed, with whom, until when.

Five places give duties: an item headed by units, a line that names who does it ("Cơ quan chủ trì: …"), an order in running text ("Giao Sở
Tư pháp …", "phối hợp với …", "chỉ đạo …"), the columns of an annex's table and the closing paragraph. Sections of aims give none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kehoach_parser.duties.below import Below
from kehoach_parser.duties.bindings import place_in, targets_in, when_in, when_labelled
from kehoach_parser.duties.deadlines import Calendar, Dated
from kehoach_parser.duties.finding import Finding
from kehoach_parser.duties.lines import owner_line
from kehoach_parser.duties.orders import Reader
from kehoach_parser.duties.scope import Scopes
from kehoach_parser.duties.tables import table_duties
from kehoach_parser.duties.text import Paragraph, Texts
from kehoach_parser.duties.words import duty_words
from kehoach_parser.found import FoundUnit, Structure
from kehoach_parser.model import Assignment, Field, Span, Unit
from kehoach_parser.text.document import Document
from kehoach_parser.units.identity import Scope, key_of
from kehoach_parser.units.words import TextWords

_HEADED_ITEMS = 2  # headed items after which a section is one that gives duties
_NOBODY: frozenset[str] = frozenset()
_TASK_CERTAINTY = 0.9  # where a task begins and ends is read from its words, not printed as such


def find_duties(
    document: Document, words: TextWords, scope: Scope, structure: Structure, units: tuple[FoundUnit, ...], dates: Sequence[Dated]
) -> tuple[Assignment, ...]:
    """The duties of a text in the order of the units' mentions; ``deadline`` is an index into ``dates``.

    ``words`` are those of the document, ``scope`` says where the issuing organ stands.
    """
    texts = Texts(words, document.folded, units, [node.heading.span for node in structure.nodes if node.heading])
    known = duty_words()
    issuer = key_of(scope.issuer, False, scope) if structure.header.organ else None
    scopes = Scopes(texts, structure, known)
    reader = Reader(texts, known, scope, issuer)
    findings: list[Finding] = []
    headed: dict[int, frozenset[str]] = {}
    texts_of: dict[int, tuple[Paragraph, ...]] = {}
    giving = _Giving(scopes)
    for index, node in enumerate(structure.nodes):
        own = structure.own_text[index] if index < len(structure.own_text) else (node.span,)
        above = headed.get(node.parent, _NOBODY) if node.parent is not None else _NOBODY
        texts_of[index] = texts.paragraphs(own, scopes.body_start(index, own))
        found, heads = _of_node(index, texts_of[index], scopes, reader, above, giving.kind(index))
        findings += found
        headed[node.id] = heads | above
        giving.learn(index, any(finding.is_head and finding.primary for finding in found))
    in_tables = table_duties(reader, structure.nodes)
    columned = {finding.unit.span for finding in in_tables}
    findings = [finding for finding in findings if finding.unit.span not in columned] + in_tables
    if structure.closing is not None:
        for paragraph in texts.paragraphs((structure.closing,)):
            findings += reader.closing(paragraph)
    calendar = Calendar(dates, document.folded)
    return _assignments(document, findings, calendar, Below(reader, structure.nodes, texts_of, findings, calendar))


class _Giving:
    """The kind of each node's section; one whose items are headed by units gives duties, whatever its heading says or OCR left of it."""

    def __init__(self, scopes: Scopes) -> None:
        self._scopes = scopes
        self._heads: dict[int | None, int] = {}
        self._gives: set[int] = set()

    def kind(self, index: int) -> str:
        """aims | implementation | other"""
        node, own = self._scopes.structure.nodes[index], self._scopes.kind(index)
        if own == "other" and (node.parent in self._gives or self._heads.get(node.parent, 0) >= _HEADED_ITEMS):
            self._gives.add(node.id)
            return "implementation"
        return own

    def learn(self, index: int, heads: bool) -> None:
        """Counts the headed items of a node's parent."""
        node = self._scopes.structure.nodes[index]
        if heads and node.parent is not None:
            self._heads[node.parent] = self._heads.get(node.parent, 0) + 1


def _of_node(
    index: int, paragraphs: tuple[Paragraph, ...], scopes: Scopes, reader: Reader, above: frozenset[str], kind: str
) -> tuple[list[Finding], frozenset[str]]:
    """What a node's own text gives, and the keys of the units that head it; ``above``: of those that head the nodes around it."""
    node = scopes.structure.nodes[index]
    found: list[Finding] = []
    heads = _NOBODY
    headed = bool(above)
    for number, paragraph in enumerate(paragraphs):
        owners = owner_line(reader, scopes, index, paragraph, number, paragraphs)
        if owners is not None:
            found += owners
            continue
        if kind == "aims":
            continue
        head = reader.head(node, paragraph, paragraphs[number + 1 :], scopes.first_child_text(index), kind, headed, number == 0)
        if head:
            found += head
            heads |= {finding.unit.key for finding in head if finding.primary}
            headed = headed or any(finding.primary for finding in head)
        skip = head[0].group_end if head else paragraph.first
        own_keys = frozenset(finding.unit.key for finding in head or ())
        told = reader.orders(node.id, paragraph, skip, kind == "implementation" or headed, headed, own_keys, heads | above)
        found += told
        heads |= {finding.unit.key for finding in told if finding.primary}
    return found, heads if headed else _NOBODY


def _assignments(document: Document, findings: list[Finding], calendar: Calendar, below: Below) -> tuple[Assignment, ...]:
    tasks: dict[Span, _Task] = {}
    out = []
    for finding in sorted(findings, key=lambda finding: finding.unit.span):
        unit, span = finding.unit, finding.task
        if span is not None and not any(map(str.isalnum, document.content[span[0] : span[1]])):
            span = None  # a cell that holds a rule or a semicolon says no task
        if span is not None and span not in tasks:
            tasks[span] = _task(document, span)
        task = None if span is None else tasks[span]
        due = calendar.due((span, finding.before), finding.due, finding.labelled)
        told, more = below.of(finding) if finding.is_head and finding.primary else (finding.told, ())
        when = task.when if task else None
        if due is None and finding.labelled and finding.due is not None:
            when = when_labelled(document, finding.due) or when
        out.append(
            Assignment(
                unit=Unit(unit.value, unit.raw, unit.span, unit.certainty, unit.key, unit.stands_for),
                role=finding.role,
                primary=finding.primary,
                node=finding.node,
                task=task.field if task else None,
                deadline=due,
                reports_to=told.reports_to,
                through=told.through,
                deadlines=tuple(sorted({*more, *(() if due is None else (due,))})),
                when=when,
                place=task.place if task else None,
                targets=task.targets if task else (),
            )
        )
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Task:
    """The text of a task and what it says beside."""

    field: Field
    when: Field | None
    place: Field | None
    targets: tuple[Field, ...]


def _task(document: Document, span: Span) -> _Task:
    raw = document.content[span[0] : span[1]]
    field = Field(" ".join(raw.split()), raw, span, _TASK_CERTAINTY)
    return _Task(field, when_in(document, span), place_in(document, span), targets_in(document, span))
