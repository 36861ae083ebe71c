"""Duties (nhiệm vụ): which units are given what, by whom it is headed, with whom, until when.

Five places give duties: an item headed by units, a line that names who does it ("Cơ quan chủ trì: …"), an order in running text ("Giao Sở
Tư pháp …", "phối hợp với …", "chỉ đạo …"), the columns of an annex's table and the closing paragraph. Sections of aims give none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import Protocol

from kehoach_parser.document import Document
from kehoach_parser.duty_lines import owner_line
from kehoach_parser.duty_orders import Finding, Reader
from kehoach_parser.duty_scope import Scopes
from kehoach_parser.duty_tables import table_duties
from kehoach_parser.duty_text import Texts
from kehoach_parser.duty_words import duty_words
from kehoach_parser.model import Assignment, Field, Span, Unit
from kehoach_parser.unit_identity import key_of
from kehoach_parser.unit_lexicon import lexicon
from kehoach_parser.unit_reader import scope_in
from kehoach_parser.unit_words import words_of
from kehoach_parser.values import FoundUnit, Structure

_HEADED_ITEMS = 2  # headed items after which a section is one that gives duties
_DUE = ("deadline", "period")
_UNTIL = re.compile(r"[^;.\n]{0,12}\b(?:den|[-–])\s+(?:het\s+)?(?:ngay\s+)?")
_TIMED = re.compile(r"(?:thoi (?:gian|han|diem)|tien do|hoan thanh|xong|trong (?:nam|quy|thang)|ket thuc)[^.;]*$")
_NOBODY: frozenset[str] = frozenset()
_TASK_CERTAINTY = 0.9  # where a task begins and ends is read from its words, not printed as such


class Dated(Protocol):
    """What this step needs of a date."""

    @property
    def span(self) -> Span: ...
    @property
    def role(self) -> str: ...
    @property
    def value(self) -> str | None: ...
    @property
    def last(self) -> str | None: ...
    @property
    def recurs(self) -> str | None: ...


def find_duties(document: Document, structure: Structure, units: tuple[FoundUnit, ...], dates: Sequence[Dated]) -> tuple[Assignment, ...]:
    """The duties of a text in the order of the units' mentions; ``deadline`` is an index into ``dates``."""
    words = words_of(document, lexicon().readings)
    texts = Texts(words, units, [node.heading.span for node in structure.nodes if node.heading])
    known = duty_words()
    organ, place, parent = structure.header.organ, structure.header.place, structure.header.parent_organ
    scope = scope_in(document, organ.value if organ else None, place.value if place else None, parent.value if parent else None)
    issuer = key_of(scope.issuer, False, scope) if organ else None
    scopes = Scopes(texts, structure, known)
    reader = Reader(texts, known, scope, issuer)
    findings: list[Finding] = []
    headed: dict[int, frozenset[str]] = {}
    giving = _Giving(scopes)
    for index, node in enumerate(structure.nodes):
        own = structure.own_text[index] if index < len(structure.own_text) else (node.span,)
        above = headed.get(node.parent, _NOBODY) if node.parent is not None else _NOBODY
        found, heads = _of_node(index, own, scopes, reader, texts, above, giving.kind(index))
        findings += found
        headed[node.id] = heads | above
        giving.learn(index, any(finding.is_head and finding.primary for finding in found))
    in_tables = table_duties(reader, structure.nodes)
    columned = {finding.unit.span for finding in in_tables}
    findings = [finding for finding in findings if finding.unit.span not in columned] + in_tables
    if structure.closing is not None:
        for paragraph in texts.paragraphs((structure.closing,)):
            findings += reader.closing(paragraph)
    return _assignments(document, findings, dates)


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
    index: int, own: tuple[Span, ...], scopes: Scopes, reader: Reader, texts: Texts, above: frozenset[str], kind: str
) -> tuple[list[Finding], frozenset[str]]:
    """What a node's own text gives, and the keys of the units that head it; ``above``: of those that head the nodes around it."""
    node = scopes.structure.nodes[index]
    skip_to = scopes.body_start(index, own)
    paragraphs = texts.paragraphs(own, skip_to)
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


def _assignments(document: Document, findings: list[Finding], dates: Sequence[Dated]) -> tuple[Assignment, ...]:
    calendar = _Calendar(dates, document.folded)
    tasks: dict[Span, Field] = {}
    out = []
    for finding in sorted(findings, key=lambda finding: finding.unit.span):
        unit, span = finding.unit, finding.task
        if span is not None and not any(map(str.isalnum, document.content[span[0] : span[1]])):
            span = None  # a cell that holds a rule or a semicolon says no task
        if span is not None and span not in tasks:
            raw = document.content[span[0] : span[1]]
            tasks[span] = Field(" ".join(raw.split()), raw, span, _TASK_CERTAINTY)
        out.append(
            Assignment(
                unit=Unit(unit.value, unit.raw, unit.span, unit.certainty, unit.key),
                role=finding.role,
                primary=finding.primary,
                node=finding.node,
                task=None if span is None else tasks[span],
                deadline=calendar.due(span, finding.due),
                reports_to=finding.reports_to,
            )
        )
    return tuple(out)


class _Calendar:
    """The dates that may be deadlines, by place."""

    def __init__(self, dates: Sequence[Dated], folded: str) -> None:
        due = [(date.span[0], _DUE.index(date.role), index) for index, date in enumerate(dates) if _ends(date)]
        self._dates = sorted(due)
        self._ends = [date.span[1] for date in dates]
        self._starts = [start for start, _, _ in self._dates]
        self._folded = folded

    def due(self, task: Span | None, said: Span | None) -> int | None:
        """The index of the date that says until when, else of the one that says in which time.

        ``said`` is the place of a line or cell of its own ("Thời gian hoàn thành: …"). In the task's text a period counts only where words
        of time bring it in: "nhiệm kỳ 2025 - 2030" is the name of a congress.
        """
        span = said or task
        if span is None:
            return None
        inside = self._dates[bisect_left(self._starts, span[0]) : bisect_left(self._starts, span[1])]
        if said is None:
            inside = [date for date in inside if date[1] == 0 or _TIMED.search(self._folded, max(0, date[0] - 40), date[0])]
        if not inside:
            return None
        first = min(inside, key=lambda date: (date[1], date[0]))
        following = next((date for date in inside if date[0] > first[0]), None)
        if following is not None and _UNTIL.fullmatch(self._folded, self._ends[first[2]], following[0]):
            return following[2]  # "từ ngày 15/11 đến ngày 15/12" ends with the second
        return first[2]


def _ends(date: Dated) -> bool:
    """Whether a date can be a deadline: it is one, or a time that ends or comes round. "Năm 2025 và các năm tiếp theo" does not."""
    return date.role in _DUE and (date.last is not None or date.recurs is not None)
