"""Duties (nhiệm vụ): which units are given what, by whom it is headed, with whom, until when.

Five places give duties: an item headed by units, a line that names who does it ("Cơ quan chủ trì: …"), an order in running text ("Giao Sở
Tư pháp …", "phối hợp với …", "chỉ đạo …"), the columns of an annex's table and the closing paragraph. Sections of aims give none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from kehoach_parser.duties.aside import aside, outside
from kehoach_parser.duties.below import Below
from kehoach_parser.duties.bindings import When, place_in, targets_in, when_in, when_labelled
from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.deadlines import Calendar, Dated
from kehoach_parser.duties.executing import Executing
from kehoach_parser.duties.finding import Finding
from kehoach_parser.duties.heads import Heads, Place
from kehoach_parser.duties.lines import OwnerLines
from kehoach_parser.duties.orders import Orders, Task
from kehoach_parser.duties.paragraphs import Group, Named, Paragraph, Paragraphs
from kehoach_parser.duties.persons import Persons
from kehoach_parser.duties.places import Given, TaskPlaces
from kehoach_parser.duties.reports import Reports
from kehoach_parser.duties.run_in import Outlined, with_run_in
from kehoach_parser.duties.sections import Sections
from kehoach_parser.duties.subjects import Subjects
from kehoach_parser.duties.tables import table_duties, told_by_columns
from kehoach_parser.duties.tasks import Tasks
from kehoach_parser.duties.told_lists import ToldLists
from kehoach_parser.duties.unit_lines import with_unit_lines
from kehoach_parser.duties.words import duty_words
from kehoach_parser.found import FoundUnit, Structure
from kehoach_parser.model import Assignment, Field, Span, Table, Unit
from kehoach_parser.text.document import Document
from kehoach_parser.text.fold import fold
from kehoach_parser.units import Scope, TextWords, key_of

_HEADED_ITEMS = 2  # headed items after which a section is one that gives duties
_TO = re.compile(r"(?m)^\s*kinh gui")  # a letter
_ASKS = re.compile(r"(?<!\w)(?:de nghi|yeu cau|(?:chi dao|thong bao|huong dan) nhu sau)(?!\w)")
_ARTICLES = re.compile(r"(?<=[.:;])\s+dieu \d{1,3}\.")
#: What a decision says at its end, and no charter: "Quyết định này có hiệu lực …", "… chịu trách nhiệm thi hành Quyết định này".
_REQUIRE = ("yêu", "cầu")
_DECIDED = re.compile(r"\b(?:quyet dinh|nghi quyet) nay co hieu luc|\bthi hanh (?:quyet dinh|nghi quyet) nay\b")
_OUTLINED = ("section", "article", "chapter", "part", "division", "capital", "roman")
_BULLETS = ("-", "–", "+")
_LISTING = (*_BULLETS, "•", "*")
_MOST_ADDRESS = 40  # words of an addressee
_NOBODY: frozenset[str] = frozenset()
_TASK_CERTAINTY = 0.9  # where a task begins and ends is read from its words, not printed as such


def find_duties(
    document: Document,
    words: TextWords,
    scope: Scope,
    structure: Structure,
    tables: Sequence[Table],
    units: tuple[FoundUnit, ...],
    dates: Sequence[Dated],
) -> tuple[Assignment, ...]:
    """The duties of a text in the order of the units' mentions; ``deadline`` is an index into ``dates``.

    ``words`` are those of the document, ``scope`` says where the issuing organ stands. In a table of duties only its columns give any.
    """
    known = duty_words()
    subjects = Subjects(words, document.folded, known, scope)
    persons, lists = Persons(words, known, scope), ToldLists(words, known, scope)

    def told(first: int, end: int, named: Sequence[Named]) -> Sequence[Named]:
        return persons.among(first, end, lists.among(first, end, subjects.among(first, end, named)))

    texts = Paragraphs(words, document.folded, units, [node.heading.span for node in structure.nodes if node.heading], told)
    issuer = key_of(scope.issuer, False, scope) if structure.header.organ else None
    directs = _directs(structure, document.folded)
    context = DutyContext(texts, known, scope, issuer, directs, directs and _writes(structure), tuple(table.span for table in tables))
    outlined = with_run_in(structure, document.content) if directs else Outlined(structure, {})
    outlined = with_unit_lines(outlined, context, context.tables)
    structure = outlined.structure
    nodes = _Nodes(context, structure)
    closing = () if structure.closing is None else tuple(texts.by_lines(texts.of((structure.closing,))))
    opening = tuple(_opening(context, structure, nodes.orders)) if directs else ()
    findings = [
        *outside(nodes.findings, told_by_columns(tables)),
        *table_duties(context, tables),
        *(each for paragraph in closing for each in nodes.orders.closing(paragraph)),
        *(each for paragraph in opening for each in nodes.orders.inside(_alone(paragraph))),
    ]
    calendar = Calendar(dates, document.folded)
    findings = [_commanded(context, each) for each in outside(findings, aside(document, structure, context.writes))]
    lines = texts.of(texts.whole(structure.preamble)) if directs else ()
    below = Below(context, nodes.reports, structure.nodes, nodes.paragraphs, findings, calendar, nodes.orders.tells, lines)
    when = cache(partial(when_in, document))  # many units share a task
    places = TaskPlaces(
        document, context, nodes.lines, nodes.tasks, structure.nodes, nodes.paragraphs, (*lines, *closing), below, calendar, dates, when
    )
    told_of = [each for each in findings if _leads_somewhere(each, structure, below)]
    said = cache(partial(_said, document, texts, when))
    made = (
        _assignment(document, each, said(each.task), calendar, below, places)
        for each in sorted(told_of, key=lambda finding: finding.unit.span)
    )
    return tuple(_as_printed(assignment, outlined) for assignment in _once(made))


def _leads_somewhere(finding: Finding, structure: Structure, below: Below) -> bool:
    """Whether a finding is none of a head that has nothing of its own below it: where each item says who it is for."""
    if finding.node is None and finding.is_head and structure.nodes:
        return any(below.places(finding))
    return not below.over_heads(finding)


def _commanded(context: DutyContext, finding: Finding) -> Finding:
    """The finding as a task where the unit asked is one that the issuer stands over ("Cục Thuế đề nghị Thuế tỉnh Nghệ An căn cứ …"), as a
    request where it is required of one that no office commands ("Sở Công Thương yêu cầu các tổ chức, cá nhân hoạt động khoáng sản …")."""
    if finding.role == "request" and context.commands(finding.unit.value):
        return finding._replace(role="assigned")
    first, _ = context.texts.word_range(finding.unit.span)
    required = finding.role == "assigned" and context.words.take(first - len(_REQUIRE), _REQUIRE, loose=False) is not None
    private = required and context.is_private(finding.unit.value)
    return finding._replace(role="request") if private else finding


def _opening(context: DutyContext, structure: Structure, orders: Orders) -> Iterator[Paragraph]:
    """The sentences before the first section, each a place of its own; not who a letter goes to. The lines of a paper without any item
    are such, past their bullets."""
    for paragraph in context.texts.of(context.texts.whole(structure.preamble)):
        bulleted = not structure.nodes and context.words.text(paragraph.first) in _LISTING
        line = paragraph._replace(first=paragraph.first + 1) if bulleted and paragraph.end - paragraph.first > 1 else paragraph
        if _is_told(context, paragraph) or (bulleted and (orders.tells(line) or orders.joins(line))):
            yield from context.texts.sentences(line)


def _once(assignments: Iterable[Assignment]) -> list[Assignment]:
    """One assignment for each mention of a unit: that of a merged cell has the tasks of all its rows."""
    out: dict[tuple[Span, str], Assignment] = {}
    for each in assignments:
        key = each.unit.span, each.role
        out[key] = replace(out[key], tasks=(*out[key].tasks, *each.tasks)) if key in out else each
    return list(out.values())


def _as_printed(assignment: Assignment, outlined: Outlined) -> Assignment:
    """The assignment with the nodes of the outline for items that run on."""
    if not outlined.printed:
        return assignment

    def printed(node: int | None) -> int | None:
        return node if node is None else outlined.printed.get(node, node)

    tasks = tuple(replace(task, node=printed(task.node)) for task in assignment.tasks)
    return replace(assignment, node=printed(assignment.node), tasks=tasks)


def _directs(structure: Structure, folded: str) -> bool:
    """Whether the paper gives tasks before its first section too: conclusions, directives, telegrams, letters, which bear no type, and
    whatever has no section; a charter whose articles run on in long lines does not, a decision does."""
    kind = structure.header.type
    if not structure.nodes:
        return _ARTICLES.search(folded) is None or _DECIDED.search(folded) is not None
    if kind is None:
        opens = folded.lstrip()
        named = any(opens.startswith(fold(each)) for each in duty_words().directing)  # a web copy that begins with its title
        front = structure.nodes[0].span[0]
        # A web copy without its head is a letter, too.
        bare = structure.header.symbol is None and not any(node.kind in _OUTLINED for node in structure.nodes)
        return named or (bare and _ASKS.search(folded) is not None) or _TO.search(folded, 0, front) is not None
    return kind.value in duty_words().directing


def _writes(structure: Structure) -> bool:
    """Whether a paper that gives tasks anywhere is a letter, which bears no type or is called by it."""
    return structure.header.type is None or structure.header.type.value == "Công văn"


def _is_told(context: DutyContext, paragraph: Paragraph) -> bool:
    """Whether a paragraph before the first section tells something: not who a letter goes to ("- UBND các xã, phường;")."""
    bullet = context.words.text(paragraph.first) in _BULLETS
    return not (bullet and context.words.text(paragraph.end - 1) in (";", ".", ",") and paragraph.end - paragraph.first < _MOST_ADDRESS)


def _alone(paragraph: Paragraph, node: int | None = None) -> Task:
    """A paragraph that no unit heads."""
    return Task(node, paragraph, paragraph.first, True, False, _NOBODY, _NOBODY)


class _Nodes:
    """What the nodes' own texts give: ``findings``, and the ``paragraphs`` of each node by its index."""

    def __init__(self, context: DutyContext, structure: Structure) -> None:
        self._context = context
        self.tasks, self.reports = Tasks(context), Reports(context)
        self._sections = Sections(context.texts, structure, context.known, context.directs)
        self._heads, self.orders = Heads(context, self.tasks, self.reports), Orders(context, self.tasks, self.reports)
        self._executing = Executing(context, self.tasks)
        self.lines = OwnerLines(context, self._sections, self.tasks)
        self._giving = _Giving(self._sections)
        self._headed: dict[int, frozenset[str]] = {}
        self._asking: set[int | None] = set()  # nodes whose text ends with "đề nghị:"
        self.findings: list[Finding] = []
        self.paragraphs: dict[int, tuple[Paragraph, ...]] = {}
        for index in range(len(structure.nodes)):
            own = self._sections.own(index)
            read = self._executing.joined(context.texts.of(own, self._sections.body_start(index, own)))
            paragraphs = tuple(part for paragraph in read for part in self._labels_apart(paragraph))
            self.paragraphs[index] = tuple(self._apart(paragraphs)) if self._sections.directs(index) else paragraphs
            self.findings += self._read(index)

    def _labels_apart(self, paragraph: Paragraph) -> Iterator[Paragraph]:
        """The lines of a card that is printed on one: "Cơ quan chủ trì: Sở A. Cơ quan phối hợp: Sở B. Thời gian: Quý II/2023."; and a line
        that says who brings about the work above it, where that has no stop at its end."""
        bringing = next((group for group in paragraph.groups[::-1] if group.first > paragraph.first and self._begins_line(group)), None)
        if bringing is not None:
            groups = paragraph.groups
            at = groups.index(bringing)
            rest = Paragraph(bringing.first, paragraph.end, groups[at:])
            if self.lines.brings(rest):
                yield from (Paragraph(paragraph.first, bringing.first, groups[:at]), rest)
                return
        sentences = list(self._context.texts.sentences(paragraph))
        if len(sentences) > 1 and all(map(self.lines.is_beside, sentences)):
            yield from sentences
        else:
            yield from self.lines.bracket_apart(paragraph)

    def _begins_line(self, group: Group) -> bool:
        return self._context.words.breaks_between(group.first - 1) > 0

    def _apart(self, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
        """Paragraphs with each sentence that gives somebody a task as one of its own: "Giao Bộ X …. Yêu cầu các tỉnh …"."""
        for paragraph in paragraphs:
            parts: list[Paragraph] = []
            for sentence in self._context.texts.sentences(paragraph):
                if parts and not self.orders.tells(sentence):
                    parts[-1] = Paragraph(parts[-1].first, sentence.end, (*parts[-1].groups, *sentence.groups))
                else:
                    parts.append(sentence)
            yield from parts

    def _read(self, index: int) -> list[Finding]:
        """What a node's own text gives."""
        node, paragraphs, kind = self._sections.structure.nodes[index], self.paragraphs[index], self._giving.kind(index)
        above = self._headed.get(node.parent, _NOBODY) if node.parent is not None else _NOBODY
        found: list[Finding] = []
        heads, headed = _NOBODY, bool(above)
        for number, paragraph in enumerate(paragraphs):
            if (listed := self._listed(index, number, kind)) is not None:
                found += listed
                continue
            if self._sections.directs(index) or (number > 0 and self._tells_another(index, number, heads)):
                headed, heads = bool(above), _NOBODY  # a paragraph with a subject of its own is not told by the one before it
            gives = kind == "implementation"
            head = self._heads.read(self._place(index, number, gives, heads | above if headed else None))
            heads |= _primary(head)
            headed = headed or any(finding.primary and not finding.closed for finding in head)
            start = head[0].group_end if head else paragraph.first
            keys = frozenset(finding.unit.key for finding in head)
            over = number + 1 == len(paragraphs) and self._sections.first_child_text(index) is not None
            told = self.orders.inside(
                Task(node.id, paragraph, start, gives or headed, headed, keys, heads | above, above=over, ruled=self._sections.rules(index))
            )
            heads |= _primary(told)
            found += [*head, *told]
        if paragraphs and self.orders.asks(paragraphs[-1]):
            self._asking.add(node.id)
        self._headed[node.id] = (heads if headed else _NOBODY) | above
        self._giving.learn(index, any(finding.is_head and finding.primary for finding in found))
        return found

    def _tells_another(self, index: int, number: int, heads: frozenset[str]) -> bool:
        """Whether a paragraph has a subject of its own; who the title above it names is none: "5. Sở Tài chính ⏎ Căn cứ …, Sở Tài chính bố
        trí …"."""
        titled = number == 1 and len(heads) == 1 and self._sections.structure.nodes[index].heading is not None
        return self.orders.tells(self.paragraphs[index][number], next(iter(heads)) if titled else None)

    def _listed(self, index: int, number: int, kind: str) -> list[Finding] | None:
        """What a paragraph gives that only names units (a line of owners, who carries out a decision), is the issuer's own word or gives
        nothing (who a letter goes to, aims); None for any other."""
        paragraphs = self.paragraphs[index]
        if number == 0 and self._sections.is_addressed(index):
            return []
        owners = self.lines.read(index, number, paragraphs) if kind != "aims" else None  # who presides over a meeting is given nothing
        if owners is not None:
            return owners
        task = _alone(paragraphs[number], self._sections.structure.nodes[index].id)
        if kind == "aims":  # in a regulation these are articles, too: "Điều 10. Yêu cầu chứng thực"
            return self.orders.inside(task._replace(charged=True)) if self._sections.in_article(index) else []
        if number > 0 and self.orders.speakers.speak_for_paper(paragraphs[number]):
            return self.orders.inside(task)
        return self._executing.of(task.node, paragraphs[number]) or None

    def _place(self, index: int, number: int, gives: bool, around: frozenset[str] | None) -> Place:
        """A paragraph of a node, by its number, as heads are looked for in it; ``around``: the keys of those that head it already."""
        paragraphs = self.paragraphs[index]
        beneath = paragraphs[number + 1] if number + 1 < len(paragraphs) else self._sections.first_child_text(index)
        node, directs = self._sections.structure.nodes[index], self._sections.directs(index)
        parent = self._sections.parent(index)
        return Place(
            node,
            paragraphs[number],
            beneath,
            gives,
            headed=around is not None,
            opens=number == 0,
            directs=directs,
            asked=node.parent in self._asking,
            ordered=parent is not None and self._sections.gives(parent),
            around=around or _NOBODY,
            listed=number == 0 and self._sections.is_listed(index),
            in_article=self._sections.in_article(index),
        )


def _primary(findings: list[Finding]) -> frozenset[str]:
    return frozenset(finding.unit.key for finding in findings if finding.primary)


class _Giving:
    """The kind of each node's section; one whose items are headed by units gives duties, whatever its heading says or OCR left of it."""

    def __init__(self, sections: Sections) -> None:
        self._sections = sections
        self._heads: dict[int | None, int] = {}
        self._gives: set[int] = set()

    def kind(self, index: int) -> str:
        """aims | implementation | other"""
        node, own = self._sections.structure.nodes[index], self._sections.kind(index)
        if own == "other" and (
            self._sections.directs(index) or node.parent in self._gives or self._heads.get(node.parent, 0) >= _HEADED_ITEMS
        ):
            self._gives.add(node.id)
            return "implementation"
        return own

    def learn(self, index: int, heads: bool) -> None:
        """Counts the headed items of a node's parent."""
        node = self._sections.structure.nodes[index]
        if heads and node.parent is not None:
            self._heads[node.parent] = self._heads.get(node.parent, 0) + 1


@dataclass(frozen=True, slots=True)
class _Said:
    """The text of a task and what it says beside; nothing of all that for a duty without one."""

    task: Field | None = None
    when: Field | None = None
    place: Field | None = None
    targets: tuple[Field, ...] = ()


def _assignment(document: Document, finding: Finding, said: _Said, calendar: Calendar, below: Below, places: TaskPlaces) -> Assignment:
    unit = finding.unit
    task = None if said.task is None else said.task.span
    due = calendar.due((task, finding.before), finding.due, finding.labelled)
    report, more = below.of(finding) if finding.is_head and finding.primary else (finding.report, ())
    when = said.when
    if due is None and finding.labelled and finding.due is not None:
        when = when_labelled(document, finding.due) or when
    return Assignment(
        unit=Unit(unit.value, unit.raw, unit.span, unit.certainty, unit.key, unit.stands_for),
        role=finding.role,
        primary=finding.primary,
        node=finding.node,
        task=said.task,
        deadline=due,
        reports_to=report.to,
        through=report.through,
        deadlines=tuple(sorted({*more, *(() if due is None else (due,))})),
        when=when,
        place=said.place,
        targets=said.targets,
        tasks=places.of(finding, Given(finding.role, said.task, due, report.to)),
    )


def _said(document: Document, texts: Paragraphs, when: When, span: Span | None) -> _Said:
    """A cell that holds a rule or a semicolon says no task."""
    if span is None or not any(map(str.isalnum, document.content[slice(*span)])):
        return _Said()
    raw = document.content[slice(*span)]
    field = Field(texts.printed(span), raw, span, _TASK_CERTAINTY)
    return _Said(field, when(span), place_in(document, span), targets_in(document, span))
