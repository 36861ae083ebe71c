"""Lines that name who does the work: "Cơ quan chủ trì: Sở Nội vụ.", "Đơn vị phối hợp: …", "Cơ quan thực hiện: …"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise, takewhile
from typing import NamedTuple

from kehoach_parser.duties.cells import units_in
from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.finding import Finding
from kehoach_parser.duties.paragraphs import Group, Paragraph
from kehoach_parser.duties.sections import Sections
from kehoach_parser.duties.tasks import Tasks
from kehoach_parser.model import Span

_LABEL_WORDS = 9
_QUOTES = tuple('"“”')
_BULLETS = ("dash", "plus", "star")
_NEAR = 6  # paragraphs or siblings that are looked at for the work and its date
_OWN_TASK = 5  # words beside "chủ trì", "phối hợp với" and units that make a line a task of its own
_CHARGE = ("phụ", "trách")
_CARRYING_OUT = ("tổ", "chức")
_OPENS = (";", ".", ":")
_LINKS = (",", ".", "-", "–", "/")  # between the words of a label


class _Line(NamedTuple):
    """A line of owners: the ``role`` that its label gives, the groups after it, and the words of the line without label and name."""

    role: str
    after: int
    paragraph: Paragraph
    groups: tuple[Group, ...]


class _Work(NamedTuple):
    """The node and task of what is done, and where its date may stand."""

    node: int
    task: Span | None
    due: Span | None


class OwnerLines:
    """Reads lines of owners in the nodes of one text."""

    def __init__(self, context: DutyContext, sections: Sections, tasks: Tasks) -> None:
        self.context, self.words, self.known = context, context.words, context.known
        self._sections, self._tasks = sections, tasks
        self._labels: dict[Span, tuple[str, int] | None] = {}  # by first word and end: lines are asked once more for each line near them

    def read(self, index: int, number: int, paragraphs: tuple[Paragraph, ...]) -> list[Finding] | None:
        """The duties of a node's paragraph; None when it is no line of owners."""
        paragraph, of = paragraphs[number], index
        if self._is_unlabelled(index, number, paragraph):
            line = _Line("assigned", paragraph.first, paragraph, paragraph.groups)
            works = (self._beside(of, number, paragraphs),) if number > 0 else self._around(of)
            own = self._tasks.of(paragraph)
            return [finding for each in works for finding in self._owners(line, each._replace(due=each.due or own))]
        label = self._label(paragraph)
        if label is None and number == 0 and (above := self._label_above(index)) is not None:
            label, of = (above[0], paragraph.first), above[1]
        if label is None:
            return None
        role, after = label
        line = _Line(role, after, paragraph, tuple(group for group in paragraph.groups if group.first >= after))
        works = (self._beside(of, number, paragraphs),) if number > 0 else self._around(of)
        if self._is_task_itself(line):
            return list(self._clauses(line, self._sections.structure.nodes[index].id, works[0]))
        if number > 0:
            works = (*self._before(of, works[0].due), *works)
        return [finding for each in works for finding in self._owners(line, each)]

    def _is_unlabelled(self, index: int, number: int, paragraph: Paragraph) -> bool:
        """Whether a line below the work says who brings it about, and perhaps by when, and nothing else: "Đảng ủy Công an chủ trì, phối hợp
        với các cơ quan liên quan tham mưu, trình trong Quý II/2026" under "- Nghị quyết về …"; a dash does under an item."""
        if not self.brings(paragraph) or self._sections.kind(index) == "implementation":
            return False
        if number > 0:
            return True
        if self._sections.structure.nodes[index].kind not in _BULLETS:
            return False
        near = (text for each in self._sections.around(index, _NEAR, _NEAR) for text in map(self._sections.first_text, each))
        return all(text is None or self.is_beside(text) for text in near)

    def brings(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is units, how they share the work and a time."""
        groups, known = paragraph.groups, self.known
        if self.context.directs or not groups or groups[0].first != paragraph.first:
            return False
        inside = {at for group in groups for at in range(group.first, group.end)}
        at = groups[0].end
        while at < paragraph.end:
            past = self.context.texts.after_bracket(at)  # "(từ quý IV/2025 đến khi kết thúc bầu cử)"
            plain = past > at or at in inside or self.words.text(at)[:1].isdigit()
            following = max(past, at + 1) if plain else known.bringing.after(self.words, at)
            if following is None:
                return False
            at = following
        return known.brings.within(self.words, groups[0].end, paragraph.end)

    def bracket_apart(self, paragraph: Paragraph) -> Iterator[Paragraph]:
        """A paragraph, and the lines of a card in a bracket at its end: "Rà soát hồ sơ (đơn vị thực hiện: Sở A; phối hợp: Sở B)."."""
        words = self.words
        end = paragraph.end - (words.text(paragraph.end - 1) == ".")
        begins = reversed(range(paragraph.first + 1, end)) if words.text(end - 1) == ")" else ()
        opening = next((at for at in begins if words.text(at) == "("), None)
        if opening is None:
            yield paragraph
            return
        ends = [at for at in range(opening, end) if words.text(at) == ";" or at == end - 1]
        inside = [_part(paragraph, first + 1, last) for first, last in pairwise((opening, *ends))]
        named = any(part.first < part.end and self._label(part) is not None for part in inside)  # not a day alone
        if named and all(part.first < part.end and self.is_beside(part) and not self.brings(part) for part in inside):
            yield from (_part(paragraph, paragraph.first, opening), *inside)
        else:
            yield paragraph

    def _before(self, index: int, due: Span | None) -> Iterator[_Work]:
        """The dashes before the last one of a list, which a line of owners below it stands for too, up to one with owners of its own."""
        nodes = self._sections.structure.nodes
        if nodes[index].kind not in _BULLETS:
            return
        listed = takewhile(lambda sibling: nodes[sibling].kind == nodes[index].kind, self._sections.around(index, len(nodes), 0)[0])
        for sibling in reversed(list(takewhile(lambda sibling: not self._has_owners(sibling), listed))):
            text = self._sections.first_text(sibling)
            if text is not None:
                yield _Work(nodes[sibling].id, self._tasks.of(text), due)

    def _has_owners(self, index: int) -> bool:
        """Whether a node names owners itself, on its first line or below."""
        own = self.context.texts.of(self._sections.own(index), self._sections.structure.nodes[index].span[0])
        first = self._sections.first_text(index)
        return any(self.is_beside(paragraph) for paragraph in (*own[1:], *(() if first is None else (first,))))

    def _owners(self, line: _Line, work: _Work) -> Iterator[Finding]:
        """The units of a line; one in a list has the role of the one before it. Where a line only names them, all there is a name."""
        if not self._says_more(line):
            for unit in units_in(self.context, self.words.span(line.after, line.paragraph.end)) if line.after < line.paragraph.end else ():
                end = self.context.texts.word_range(unit.span)[1]
                yield Finding(unit, line.role, True, work.node, work.task, end, due=work.due, labelled=True)
            return
        role = line.role
        for group in line.groups:
            own = self._own_role(line, group)
            if own is None and not (self.words.reads(group.first - 1, "và") or self.words.text(group.first - 1) == ","):
                continue
            role = own or role
            for named in group.units:
                yield Finding(named.unit, role, True, work.node, work.task, group.end, due=work.due, labelled=True)

    def _says_more(self, line: _Line) -> bool:
        """Whether a line has roles or sentences after its label, beside names."""
        words, known = self.words, self.known
        inside = range(line.after, line.paragraph.end)
        if known.cooperate.within(words, line.after, line.paragraph.end) or known.lead.within(words, line.after, line.paragraph.end):
            return True
        if any(self._acts(line, group) for group in line.groups):
            return True
        if any(words.text(at - 1) == "," and self._tells(at) for at in inside):
            return True
        return any(words.text(at) in (".", ":", "(") and at + 1 < line.paragraph.end for at in inside)

    def _tells(self, at: int) -> bool:
        """Whether a task begins at the word; "…, phụ trách lĩnh vực giám sát" is part of a post."""
        return self.known.task.after(self.words, at) is not None and self.words.take(at, _CHARGE, loose=False) is None

    def _acts(self, line: _Line, group: Group) -> bool:
        """Whether a group is followed by what it does: "Sở Xây dựng đăng tải …"; not one within a name that no list has."""
        begins = (
            group.first == line.after or self.words.text(group.first - 1)[-1:] in (",", *_OPENS) or self.words.reads(group.first - 1, "và")
        )
        after = self.context.texts.after_bracket(group.end)
        acting = self.known.task if self.words.is_clean(group.first) and after + 1 < line.paragraph.end else self.known.subject
        return begins and acting.after(self.words, after) is not None

    def _clauses(self, line: _Line, node: int, work: _Work) -> Iterator[Finding]:
        """ "Sở Nội vụ chủ trì tham mưu …; Sở Tư pháp và các sở chủ động …": each subject with its clause."""
        for group in line.groups:
            role = self._own_role(line, group)
            if role is not None:
                task = self._tasks.clause(line.paragraph, group)
                block, timed = (work.node, work.task), work.due is not None
                for named in group.units:
                    yield Finding(named.unit, role, True, node, task, group.end, due=work.due, labelled=timed, block=block)

    def _own_role(self, line: _Line, group: Group) -> str | None:
        """The role that the words around a group give; None in a list or inside another's clause."""
        if self.known.cooperate.before(self.words, group.first, line.after) is not None:
            return "cooperate"
        if group.first != line.after and self.words.text(group.first - 1)[-1:] not in _OPENS:
            return None
        return "lead" if self.context.leads(self.context.texts.after_bracket(group.end)) else line.role

    def _label(self, paragraph: Paragraph) -> tuple[str, int] | None:
        """The role that the label of a line gives, and the word after its colon."""
        key = paragraph.first, paragraph.end
        if key not in self._labels:
            self._labels[key] = self._read_label(paragraph)
        return self._labels[key]

    def _read_label(self, paragraph: Paragraph) -> tuple[str, int] | None:
        if self.known.owner.after(self.words, paragraph.first) is None:
            return None
        colon = self._colon(paragraph)
        end = self._bare_label(paragraph) if colon is None else colon
        role = None if end is None else self._role_within(paragraph.first, end)
        quoted = end is not None and self.words.text(end + 1)[:1] in _QUOTES  # "Thực hiện phương châm: “Dễ làm trước, khó làm sau”."
        return None if end is None or role is None or quoted else (role, min(end + 1, paragraph.end))

    def _role_within(self, first: int, end: int) -> str | None:
        return next((role for role, phrases in self.known.labels if phrases.within(self.words, first, end)), None)

    def _bare_label(self, paragraph: Paragraph) -> int | None:
        """The end of a paragraph that is a label without colon and nothing else: "a) Cơ quan chủ trì", "2. Cơ quan chủ trì, phối hợp"; not
        "Tổ chức thực hiện", the heading of whatever stands below."""
        at, labels = paragraph.first, [phrases for _, phrases in self.known.labels]
        if paragraph.end - at > _LABEL_WORDS or self.known.bare_owner.after(self.words, at) is None:
            return None
        while at < paragraph.end:
            ends = (phrases.after(self.words, at) for phrases in (*labels, self.known.owner))
            link = at + 1 if self.words.text(at) in _LINKS or self.words.reads(at, "và") else None
            following = next((end for end in ends if end is not None), link)
            if following is None:
                return None
            at = following
        return paragraph.end

    def _colon(self, paragraph: Paragraph) -> int | None:
        """The colon of a label; that of "Chủ trì, phối hợp với các Bộ: Tài chính, Xây dựng … rà soát" belongs to a list of fields."""
        most = min(paragraph.first + _LABEL_WORDS, paragraph.end)
        colon = next((at for at in range(paragraph.first, most) if self.words.text(at) == ":"), None)
        listed = colon is not None and self.known.several.before(self.words, colon - 1, paragraph.first) is not None
        return None if listed else colon

    def _label_above(self, index: int) -> tuple[str, int] | None:
        """The role and index of a parent that is a label alone: "- Cơ quan thực hiện:" over "+ Sở Y tế …"; "4. Tổ chức thực hiện:" is the
        heading of a section, whatever its kind."""
        parent = self._sections.parent(index)
        text = None if parent is None or self._sections.is_wide(parent) else self._sections.first_text(parent)
        label = None if text is None or self.words.take(text.first, _CARRYING_OUT, loose=False) is not None else self._label(text)
        if parent is None or text is None or label is None or label[1] < text.end:
            return None
        return label[0], parent

    def _is_task_itself(self, line: _Line) -> bool:
        """Whether the line says itself what each unit does, beyond naming them."""
        words, known = self.words, self.known
        if not any(self._acts(line, group) for group in line.groups):
            return False
        inside = {at for group in line.groups for named in group.units for at in range(named.first, named.end)}
        said = sum(words.text(at)[0].isalnum() for at in range(line.after, line.paragraph.end) if at not in inside)
        said -= sum(lead - group.end for group in line.groups if (lead := known.lead.after(words, group.end)) is not None)
        starts = ((known.cooperate.before(words, group.first, line.after), group.first) for group in line.groups)
        return said - sum(first - start for start, first in starts if start is not None) >= _OWN_TASK

    def _beside(self, index: int, number: int, paragraphs: tuple[Paragraph, ...]) -> _Work:
        """The work that stands in the node's own text above its line of owners."""
        above = paragraphs[max(0, number - _NEAR) : number]
        work = next((paragraph for paragraph in reversed(above) if not self.is_beside(paragraph)), paragraphs[0])
        due = self._time(paragraphs[number + 1 : number + 1 + _NEAR], reversed(above))
        return _Work(self._sections.structure.nodes[index].id, self._tasks.of(work), due)

    def _time(self, after: Iterable[Paragraph], before: Iterable[Paragraph]) -> Span | None:
        """The line of time of a card: among the texts after a line of owners, before the next one that tells work, else before it (nearest
        first) with nothing but other labels between."""
        block = takewhile(lambda text: self.known.content.after(self.words, text.first) is None, after)
        labels = takewhile(self.is_beside, before)
        return next((self._tasks.of(text) for text in chain(block, labels) if self.is_time(text)), None)

    def _around(self, index: int) -> tuple[_Work, ...]:
        """The work that a sibling before the node tells ("- Nội dung: …"), or each child of that ("1. Nội dung" over "a) …", "b) …"), else
        its parent."""
        nodes = self._sections.structure.nodes
        before, after = self._sections.around(index, _NEAR, _NEAR)
        due = self._time(*([text for text in map(self._sections.first_text, near) if text is not None] for near in (after, before)))
        told = ((sibling, text) for sibling in before if (text := self._sections.first_text(sibling)) and not self.is_beside(text))
        sibling, text = next(told, (index, None))
        if text is not None and self.known.content.after(self.words, text.first) is not None:
            return tuple(_Work(nodes[each].id, task, due) for each, task in self._contents(sibling, text))
        parent = self._sections.parent(index)
        if parent is None:
            return (_Work(nodes[index].id, None, due),)
        if self._is_bare(parent):  # "2. Cơ quan chủ trì, phối hợp" over "a) Cơ quan chủ trì"
            return self._around(parent)
        text = self._sections.body_text(parent)
        return (_Work(nodes[parent].id, None if text is None else self._tasks.of(text), due),)

    def _is_bare(self, index: int) -> bool:
        """Whether a node that is no section is a label of owners alone."""
        text = None if self._sections.is_wide(index) else self._sections.first_text(index)
        label = None if text is None else self._label(text)
        return text is not None and label is not None and label[1] >= text.end

    def is_beside(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph says who, when, where or for what money, not what."""
        return self._label(paragraph) is not None or self.is_time(paragraph) or self._is_other(paragraph) or self.brings(paragraph)

    def _is_other(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is another line of a card: "Địa điểm: …", "Kinh phí: …"."""
        return self.known.card.after(self.words, paragraph.first) is not None and self._colon(paragraph) is not None

    def is_time(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph says by when and nothing else."""
        return self.context.times(paragraph)

    def _contents(self, index: int, paragraph: Paragraph) -> list[tuple[int, Span | None]]:
        """The nodes and tasks that "Nội dung thực hiện" names: what stands after its colon; each child, of a card of dashes the first; else
        its text."""
        colon = self._colon(paragraph)
        if colon is not None and colon + 1 < paragraph.end:
            return [(index, self._tasks.span(colon + 1, paragraph.end))]
        bare = colon is not None or paragraph.end - paragraph.first <= _LABEL_WORDS  # "1. Nội dung, biện pháp" over its items, or its text
        below = [(child, text) for child in self._sections.children(index) if (text := self._sections.first_text(child)) is not None]
        if bare and below:
            places = [(child, self._tasks.of(text)) for child, text in below]
            return [(index, places[0][1])] if self._sections.structure.nodes[index].kind in _BULLETS else places
        if colon is not None:
            return [(index, None)]
        return [(index, self._tasks.of((self._sections.body_text(index) if bare else None) or paragraph))]


def _part(paragraph: Paragraph, first: int, end: int) -> Paragraph:
    return Paragraph(first, end, tuple(group for group in paragraph.groups if first <= group.first < end))
