"""What stands under a head: the dashes below "1. Sở Y tế" bind the unit that heads them, as long as no other unit heads one of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.deadlines import Calendar
from kehoach_parser.duties.finding import NO_REPORT, Finding, Report
from kehoach_parser.duties.paragraphs import Paragraph
from kehoach_parser.duties.reports import Reports
from kehoach_parser.model import Node

_HEADED_OF = 3
_BULLETS = ("-", "–", "+", "•", "*")
_MANY = re.compile(r"các\s", re.I)
_REPORTS = re.compile(r"(?<!\w)(?:bao|gui|tong)\s+(?:cao|hop|ve|ket\s+qua|qua)[^.;]*")


class Below:
    """Looks up all text that a head heads."""

    def __init__(
        self,
        context: DutyContext,
        reports: Reports,
        nodes: Sequence[Node],
        paragraphs: Mapping[int, tuple[Paragraph, ...]],
        findings: Sequence[Finding],
        calendar: Calendar,
        tells: Callable[[Paragraph, str | None], bool],
        opening: Sequence[Paragraph],
    ) -> None:
        self._tells, self._task, self._opening = tells, context.known.task, opening
        self._words, self._folded, self._reports = context.words, context.texts.folded, reports
        self._nodes, self._paragraphs, self._calendar = nodes, paragraphs, calendar
        self._index = {node.id: index for index, node in enumerate(nodes)}
        heading = [finding for finding in findings if finding.is_head and finding.primary and finding.node is not None]
        heads = [(self._index[finding.node or 0], finding.group_end) for finding in heading]
        self._sentences = self._told_sentences(heading)
        # The first paragraph of each headed node that its own units head: "1. Tổ chức … ⏎ Giao Văn phòng …" is headed from the second on.
        self._headed: dict[int, int] = {}
        for index, end in heads:
            at = sum(paragraph.end < end for paragraph in paragraphs.get(index, ()))
            self._headed[index] = min(at, self._headed.get(index, at))
        self._starts = [node.span[0] for node in nodes]
        self._opened: dict[int | None, set[int]] = {}
        for finding in findings:
            if finding.primary and finding.row is None and not finding.labelled:
                self._opened.setdefault(finding.node, set()).add(finding.group_end)
        self._known: dict[tuple[int | None, int], tuple[Report, tuple[int, ...]]] = {}

    def _told_sentences(self, heading: Sequence[Finding]) -> dict[int, set[str]]:
        """Who is told a sentence of a node and no more, by key: its items are those of who heads what is around it, if that is the same."""
        nodes = [(self._index[finding.node or 0], finding) for finding in heading]
        over = {node for node, finding in nodes if not finding.closed}
        return {each: {finding.unit.key for node, finding in nodes if node == each} for each, _ in nodes if each not in over}

    def of(self, finding: Finding) -> tuple[Report, tuple[int, ...]]:
        """To whom a head reports, and the indices of all deadlines under it."""
        key = finding.node, finding.group_end
        if key not in self._known:
            self._known[key] = self._of(finding)
        report, due = self._known[key]
        return (finding.report if finding.report.to is not None else report), due

    def _of(self, finding: Finding) -> tuple[Report, tuple[int, ...]]:
        paragraphs = list(self._under(finding))
        due = self._calendar.all_due(self._words.span(first, paragraph.end) for first, paragraph in paragraphs if first < paragraph.end)
        told = (self.report(first, paragraph) for first, paragraph in paragraphs)
        return next((report for report in told if report.to is not None), NO_REPORT), due

    def report(self, first: int, paragraph: Paragraph) -> Report:
        """To whom one place under a head, from its word ``first`` on, has its unit report."""
        report = self._reports.after(paragraph, first)
        return report if report.to is not None and self._says(paragraph, first) else NO_REPORT

    def _says(self, paragraph: Paragraph, first: int) -> bool:
        """Whether the text says that something is reported, and names a unit later in the same clause."""
        starts = [self._words.starts[at] for at in self._reports.starts(paragraph) if at >= first]
        clauses = _REPORTS.finditer(self._folded, self._words.starts[first], starts[-1]) if starts else ()
        return any(clause.start() < start <= clause.end() for clause in clauses for start in starts)

    def _under(self, finding: Finding) -> Iterator[tuple[int, Paragraph]]:
        """The first word and paragraph of each text under the head."""
        return ((first, paragraph) for _, first, paragraph in self.places(finding))

    def places(self, finding: Finding) -> Iterator[tuple[int | None, int, Paragraph]]:
        """The node, first word and paragraph of each text under the head: the rest of its own up to the next head in it, then those of the
        nodes below, if it is the node's last."""
        index = self._index.get(finding.node) if finding.node is not None else None
        if index is None:
            yield from self._unlabelled(finding.group_end)
            first = bisect_left(self._starts, finding.unit.span[1])
            if self._are_shared(first, told=self._words.text(finding.group_end) == ":"):
                yield from self._below_nodes(first, None, finding.unit.key)
            return
        following = min((end for end in self._opened.get(finding.node, ()) if end > finding.group_end), default=None)
        for paragraph in self._paragraphs.get(index, ()):
            if following is not None and paragraph.first < following <= paragraph.end and paragraph.first >= finding.group_end:
                return
            if finding.closed and paragraph.first >= finding.group_end:
                return
            if paragraph.first >= finding.group_end and self._tells(paragraph, finding.unit.key):
                continue
            if paragraph.end > finding.group_end:
                yield self._nodes[index].id, max(paragraph.first, finding.group_end), paragraph
        if not finding.closed:
            yield from self._below_nodes(index + 1, self._nodes[index].span[1], finding.unit.key)

    def _unlabelled(self, start: int) -> Iterator[tuple[None, int, Paragraph]]:
        """The lines before the first item that begin with a task, behind "yêu cầu các đơn vị thực hiện các nội dung sau:": web copies lose
        the numbers that a word processor has set."""
        for paragraph in self._opening:
            past = paragraph.first + (self._words.text(paragraph.first) in _BULLETS)
            if (
                paragraph.first >= start
                and self._begins_with_task(past, paragraph)
                and not self._tells(paragraph._replace(first=past), None)
            ):
                yield None, past, paragraph

    def _begins_with_task(self, first: int, paragraph: Paragraph) -> bool:
        """Whether a task begins at the word, and no name ("Tổ chức đoàn thể thường xuyên báo cáo …")."""
        return self._task.after(self._words, first) is not None and not any(group.first == first for group in paragraph.groups)

    def _are_shared(self, first: int, told: bool) -> bool:
        """Whether the items from a node on are those of units that are told something before them, those that others head left out.

        So where hardly one says for itself who it is for, and a colon right behind the units says whose they are ("yêu cầu Chủ tịch Ủy ban
        nhân dân các tỉnh: 1. …"); else where the first and most of the others begin as tasks do ("1. Tổ chức … 2. Rà soát … 3. Giao Văn
        phòng …")."""
        top = [below for below in range(first, len(self._nodes)) if self._nodes[below].parent is None]
        free = [below for below in top if self._headed.get(below) != 0]
        if not any(below >= first for below in self._headed) or (told and _HEADED_OF * (len(top) - len(free)) <= len(top)):
            return True
        return bool(free) and free[0] == first and self._begins_task(first) and 2 * sum(map(self._begins_task, free)) > len(free)

    def _begins_task(self, node: int) -> bool:
        """Whether a node begins with a word that tells what to do."""
        paragraphs = self._paragraphs.get(node, ())
        return bool(paragraphs) and self._task.after(self._words, paragraphs[0].first) is not None

    def over_heads(self, finding: Finding) -> bool:
        """Whether a head of many that says no more ("2. Các sở, ngành có liên quan:") only stands over heads, each told for itself: the
        first of its items is another's, and half of them or more; of one body ("2. Ban Giám hiệu:") all of them."""
        index = self._index.get(finding.node) if finding.node is not None and finding.is_head and finding.primary else None
        if index is None:
            return False
        if not any(0 <= text.end - finding.group_end <= 1 for text in self._paragraphs.get(index, ())):
            return False
        node = self._nodes[index]
        within = range(index + 1, bisect_left(self._starts, node.span[1]))
        below = [each for each in within if self._nodes[each].parent == node.id]
        items = [self._headed.get(each) == 0 for each in below]
        if _MANY.match(finding.unit.value) is None:
            return bool(items) and all(items) and all(map(self._begins_with_name, below))
        return bool(items) and items[0] and 2 * sum(items) >= len(items)

    def _begins_with_name(self, node: int) -> bool:
        """Whether a node begins with a unit: "- Bộ phận Kế toán: …", not "1.1. Giao Phòng Tài chính", which who stands above it gives."""
        paragraph = next(iter(self._paragraphs.get(node, ())), None)
        return paragraph is not None and bool(paragraph.groups) and paragraph.groups[0].first == paragraph.first

    def _below_nodes(self, first: int, end: int | None, key: str) -> Iterator[tuple[int, int, Paragraph]]:
        """The texts of the nodes from one on, up to an offset; those that another unit heads are left out, and paragraphs that tell
        another than the unit of the ``key`` something: "Hằng quý, Sở Y tế có trách nhiệm …" below the tasks of the Sở is one of them."""
        skip_to = 0
        for below in range(first, len(self._nodes)):
            node = self._nodes[below]
            if end is not None and node.span[0] >= end:
                return
            if node.span[0] < skip_to:
                continue
            if below in self._headed:
                skip_to = skip_to if key in self._sentences.get(below, ()) else node.span[1]
                if not self._begins_task(below):
                    continue
            for number, paragraph in enumerate(self._paragraphs.get(below, ())[: self._headed.get(below)]):
                tells = not self._begins_with_task(paragraph.first, paragraph) and self._tells(paragraph, key)
                others = self._begins_with_other(paragraph, key) and (tells or self._words.text(paragraph.groups[0].end) == ":")
                if not others and (number == 0 or not tells):
                    yield node.id, paragraph.first, paragraph

    def _begins_with_other(self, paragraph: Paragraph, key: str) -> bool:
        """Whether one of several heads begins a place, which is told to it alone: "- Ban đại diện Cha mẹ học sinh phối hợp với …"."""
        opening = paragraph.groups[0] if paragraph.groups else None
        return opening is not None and opening.first == paragraph.first and all(named.unit.key != key for named in opening.units)
