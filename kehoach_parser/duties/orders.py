"""Orders in running text: who heads an item, who is told to act, who is to cooperate."""

from __future__ import annotations

from bisect import bisect_left

from kehoach_parser.duties.finding import NOBODY_TOLD, Finding, Told
from kehoach_parser.duties.text import Group, Named, Paragraph, Texts
from kehoach_parser.duties.words import DutyWords
from kehoach_parser.found import FoundUnit
from kehoach_parser.model import Node, Span
from kehoach_parser.units.identity import Scope, key_of

_TITLED = ("item", "subitem", "letter", "section", "article", "capital", "roman", "group", "division", "chapter", "part")
_LEAST_TASK = 4  # words: less after a head ("… chỉ đạo") is no task, the first child tells it
_SENTENCE_ENDS = (".", ";", "?", "!")
_TITLE_WORDS = 40
_PRESIDE = ("chủ tịch", "bí thư", "thường trực", "ban thường vụ")
_TITLE_CERTAINTY = 0.8
_MOST_TASK = 300  # words of a task; a paragraph without an end gives no longer one
_NEAR_GROUPS = 12  # groups after a duty among which the one reported to is looked for


class Reader:
    """Reads orders in the paragraphs of one text. ``issuer`` is the key of the organ that issues it."""

    def __init__(self, texts: Texts, known: DutyWords, scope: Scope, issuer: str | None) -> None:
        self.texts, self.words, self.known, self.scope, self.issuer = texts, texts.words, known, scope, issuer
        self.folded = texts.folded

    # -- heads

    def head(
        self,
        node: Node,
        paragraph: Paragraph,
        following: tuple[Paragraph, ...],
        child: Paragraph | None,
        kind: str,
        headed: bool,
        opens: bool,
    ) -> list[Finding] | None:
        """The units that head a node (or a later paragraph of it), or None."""
        if not paragraph.groups:
            return None
        group = paragraph.groups[0]
        order = self._order(paragraph.first, group.first)
        if order is None:
            return None
        if (child or following) and (longer := self._titled(group, paragraph)) is not None:
            group = longer
        after = self._past_brackets(group.end)
        ends = after >= paragraph.end
        titled = ends or self.words.text(after) == ":" or ((child is not None or bool(following)) and self._is_title(node, paragraph))
        verb = not ends and self.known.task.after(self.words, after) is not None
        if order == "" and kind != "implementation" and (not (titled or verb) or self._presides(group.units[0].unit.key)):
            return None
        if titled and not (order or child or following or self._says(after + 1, paragraph.end)):
            return None
        if (headed and node.kind not in _TITLED) or (headed and not opens):
            return self._inner_head(node.id, group, order, paragraph, after)
        if order == "" and headed and not titled:
            return self._inner_head(node.id, group, order, paragraph, after)
        task = self._task_after(after, paragraph)
        if task is None:
            nearest = following[0] if following else child
            task = None if nearest is None else self._span(nearest.first, nearest.end)
        role = "request" if order == "request" else "lead" if self._leads(task, after) else "assigned"
        told = self.told(paragraph, group.end)
        due = self._span(group.end, after) if after > group.end else None  # "Sở Y tế (hoàn thành trước ngày …):"
        return [Finding(named.unit, role, True, node.id, task, group.end, True, due=due, told=told) for named in group.units]

    def _says(self, first: int, end: int) -> bool:
        """Whether the words are more than a number ("Công ty Thoát nước: 0243.974.62.25")."""
        return any(self.words.text(at)[:1].isalpha() for at in range(first, end))

    def _is_title(self, node: Node, paragraph: Paragraph) -> bool:
        """Whether the paragraph is the node's heading and nothing else."""
        if node.heading is None or paragraph.end - paragraph.first > _TITLE_WORDS:
            return False
        return node.heading.span[1] >= self.words.starts[paragraph.end - 1]

    def _titled(self, group: Group, paragraph: Paragraph) -> Group | None:
        """The group with its last name as long as the title that it stands in ("Các đơn vị cấp nước sạch trên địa bàn thành phố")."""
        words, end = self.words, paragraph.end
        while end > group.end and words.text(end - 1) in (":", ","):
            end -= 1
        if (start := self.known.skipped.before(words, end, group.end)) is not None:
            end = start
        after = group.end
        if not (after < end and end - paragraph.first <= _TITLE_WORDS):
            return None
        if words.text(end - 1) in _SENTENCE_ENDS or words.text(after) in (":", "(", ",", ";"):
            return None
        if self.known.subject.after(words, after) is not None or self.known.concerning.after(words, after) is not None:
            return None
        last = group.units[-1]
        span = words.span(last.first, end)
        raw = words.content[span[0] : span[1]]
        value = " ".join(raw.split())
        collective = last.unit.key.endswith(f"@ {self.scope.issuer}")
        unit = FoundUnit(value, raw, span, min(last.unit.certainty, _TITLE_CERTAINTY), key_of(value, collective, self.scope))
        return Group((*group.units[:-1], Named(unit, last.first, end)))

    def _inner_head(self, node: int, group: Group, order: str, paragraph: Paragraph, after: int) -> list[Finding] | None:
        """Units at the head of a text that stands under another head: told to act by it."""
        task = self._task_after(after, paragraph) or self._span(group.end, paragraph.end)
        if task is None:
            return None
        role = "request" if order == "request" else "directed"
        return [Finding(named.unit, role, False, node, task, group.end) for named in group.units if named.unit.key != self.issuer]

    def _order(self, first: int, group_first: int) -> str | None:
        """What stands before a head: "" for nothing, "request" or "assign"; None where the group heads nothing."""
        if group_first == first:
            return ""
        for order, phrases in (("request", self.known.request), ("assign", self.known.assign)):
            start = phrases.before(self.words, group_first, first)
            if start == first:
                return order
        return None

    def _leads(self, task: Span | None, after: int) -> bool:
        """Whether the task begins with "chủ trì"."""
        if self.known.lead.after(self.words, after) is not None:
            return True
        if task is None:
            return False
        first, _ = self.texts.word_range(task)
        return self.known.lead.after(self.words, first) is not None

    def _past_brackets(self, at: int) -> int:
        after = self.texts.after_bracket(at)
        return after if after > at else at

    def task_start(self, at: int, paragraph: Paragraph) -> int:
        """The first word of the task in the rest of a paragraph after its head: past a bracket, signs and "có trách nhiệm"."""
        at = self._past_brackets(at)
        while at < paragraph.end and self.words.text(at) in (":", ",", "-", "–", "."):
            at += 1
        skipped = self.known.skipped.after(self.words, at)
        if skipped is not None and skipped < paragraph.end:
            at = skipped
            if self.words.text(at) == ":":
                at += 1
        return at

    def _task_after(self, at: int, paragraph: Paragraph) -> Span | None:
        """The task in the rest of the paragraph, or None when too little stands there."""
        at = self.task_start(at, paragraph)
        return None if paragraph.end - at < _LEAST_TASK else self._span(at, paragraph.end)

    def _span(self, first: int, end: int) -> Span | None:
        return self.words.span(first, min(end, first + _MOST_TASK)) if first < end else None

    # -- orders inside a text

    def orders(
        self,
        node: int | None,
        paragraph: Paragraph,
        start: int,
        bound: bool,
        headed: bool,
        heads: frozenset[str],
        around: frozenset[str],
    ) -> list[Finding]:
        """Units named inside a task. ``bound``: the text gives duties; elsewhere only firm orders count.

        ``heads``: the keys of the units that head the paragraph, ``around``: of all that head its node or the nodes around it, which
        are not told again what they do already.
        """
        found: list[Finding] = []
        subject = headed or start > paragraph.first
        subjects = set(around)
        for group in self._apart(paragraph):
            if group.first < start:
                continue
            relation = self._relation(paragraph, group)
            if relation == "report":
                relation = "gathered" if self._gathers(group.end) else None
            elif relation is None and self._is_subject(paragraph, group, bound):
                relation = "subject"
            if relation is None or not (bound or subject or relation in ("subject", "order")):
                continue
            role, primary = self._role(relation, group, headed or start > paragraph.first)
            if relation == "order" and not bound and not subject:
                primary = True
            subject = True
            task = self._inner_task(paragraph, group) or self._whole_clause(paragraph, group)
            told = self.told(paragraph, group.end) if primary else NOBODY_TOLD
            before = self._before(paragraph, group) if relation == "subject" else None
            for named in group.units:
                key = named.unit.key
                again = relation == "subject" and key in subjects
                if (relation == "cooperate" or not self._issues(key)) and key not in heads and not again:
                    subjects |= {key} if relation == "subject" else set()
                    own = self._own_role(role, relation, named)
                    found.append(Finding(named.unit, own, primary, node, task, group.end, before=before, told=told))
        return found

    def _issues(self, key: str) -> bool:
        """Whether the key is that of the issuing organ, or of who presides over it."""
        return key == self.issuer or self._presides(key)

    def _presides(self, key: str) -> bool:
        return self.issuer is not None and any(key == f"{title} {self.issuer}" for title in _PRESIDE)

    def _apart(self, paragraph: Paragraph) -> tuple[Group, ...]:
        """The groups of a paragraph; a unit after the comma that ends an opening clause is no part of the list before it.

        "Trên cơ sở kết quả kiểm tra của Sở Y tế, Hội đồng thi đua họp xét …"
        """
        out: list[Group] = []
        for group in paragraph.groups:
            last = group.units[-1]
            listed = len(group.units) > 1 and group.first > paragraph.first and self.words.text(last.first - 1) == ","
            before = self.words.text(group.first - 1)
            if (
                listed
                and before[-1:] not in (*_SENTENCE_ENDS, ",", ":")
                and self._relation(paragraph, group) is None
                and self.known.task.after(self.words, self._past_brackets(last.end)) is not None
                and self._opened(paragraph.first, group.first)
            ):
                out += [Group(group.units[:-1]), Group((last,))]
            else:
                out.append(group)
        return tuple(out)

    def closing(self, paragraph: Paragraph) -> list[Finding]:
        """Duties of the closing paragraph: requests, orders, and what everyone is to report."""
        found = []
        for group in paragraph.groups:
            if self.known.request.before(self.words, group.first, paragraph.first) is not None:
                role = "request"
            else:
                relation = self._relation(paragraph, group)
                if relation == "report":
                    relation = "gathered" if self._gathers(group.end) else None
                if relation is None and not self._is_subject(paragraph, group, True):
                    continue
                role = "cooperate" if relation == "cooperate" else "directed"
            task = self._inner_task(paragraph, group)
            told = self.told(paragraph, group.end)
            found += [
                Finding(named.unit, role, False, None, task, group.end, told=told) for named in group.units if named.unit.key != self.issuer
            ]
        return found

    def _relation(self, paragraph: Paragraph, group: Group) -> str | None:
        """How the words before a group bind it: cooperate | direct | order | report | None."""
        known, words = self.known, self.words
        least = paragraph.first
        first = group.first
        if words.text(first - 1) == "(":
            first -= 1
        if known.cooperate.before(words, first, least) is not None:
            return "cooperate"
        if (start := known.request.before(words, first, least)) is not None:
            return "request" if start > least else "order"
        if (start := known.direct.before(words, first, least)) is not None:
            opens = self._opens_sentence(start, least) or words.text(start - 1) == ","
            return "order" if opens and known.assign.before(words, first, least) is not None else "direct"
        if known.report.before(words, first, least) is not None:
            return "report"
        return None

    def _opens_sentence(self, at: int, least: int) -> bool:
        return at <= least or self.words.text(at - 1)[-1:] in _SENTENCE_ENDS

    def _is_subject(self, paragraph: Paragraph, group: Group, bound: bool) -> bool:
        """Whether a group is the subject of a clause that tells it to do something."""
        before = self.words.text(group.first - 1) if group.first > paragraph.first else "."
        concluded = self._concludes(paragraph.first, group.first)
        if before[-1:] not in (".", ";", ",", ":") and group.first > paragraph.first and not concluded:
            return False
        after = self._past_brackets(group.end)
        if self.words.text(after) == ",":
            after = self._past_above_all(paragraph, after + 1)
        if after >= paragraph.end:
            return False
        if self.known.binding.after(self.words, after) is not None:
            return True
        if before == "," and not self._opened(paragraph.first, group.first):
            return False
        return self.known.task.after(self.words, after) is not None

    def _concludes(self, least: int, at: int) -> bool:
        """Whether ", thì" stands before word ``at``: "Nếu …, thì các cấp ủy phải …" has its subject there."""
        return at - 2 > least and self.words.reads(at - 1, "thì", loose=False) and self.words.text(at - 2) == ","

    def _past_above_all(self, paragraph: Paragraph, at: int) -> int:
        """The word after ", nhất là các cơ quan báo chí chủ lực", which only underlines a part of the group before it."""
        end = self.known.above_all.after(self.words, at)
        return next((group.end for group in paragraph.groups if group.first == end), at) if end is not None else at

    def _opened(self, least: int, at: int) -> bool:
        """Whether the sentence before word ``at`` begins as one whose subject follows a comma ("Căn cứ Kế hoạch này, …")."""
        return self.known.opening.after(self.words, self._sentence_start(least, at)) is not None

    def _sentence_start(self, least: int, at: int) -> int:
        start = at - 1
        while start > max(least, at - _MOST_TASK) and self.words.text(start - 1)[-1:] not in _SENTENCE_ENDS:
            start -= 1
        return start

    def _before(self, paragraph: Paragraph, group: Group) -> Span | None:
        """The clause that opens a sentence before its subject."""
        if group.first <= paragraph.first or self.words.text(group.first - 1) != ",":
            return None
        return self.words.span(self._sentence_start(paragraph.first, group.first), group.first)

    def _role(self, relation: str, group: Group, headed: bool) -> tuple[str, bool]:
        if relation == "cooperate":
            return "cooperate", False
        if relation in ("direct", "gathered"):
            return "directed", False
        if relation == "request":
            return "request", False
        if relation == "order":
            order = self.known.request.before(self.words, group.first, max(0, group.first - 4))
            return ("request" if order is not None else "directed" if headed else "assigned"), not headed
        if headed:
            return "directed", False
        leads = self.known.lead.after(self.words, self._past_brackets(group.end)) is not None
        return ("lead" if leads else "assigned"), True

    def _own_role(self, role: str, relation: str, named: Named) -> str:
        """ "các cơ quan phối hợp có trách nhiệm …" cooperate by their name."""
        if relation == "subject" and self.known.cooperate.within(self.words, named.first, named.end):
            return "cooperate"
        return role

    def _gathers(self, end: int) -> bool:
        return self.known.gather.after(self.words, end) is not None

    def _inner_task(self, paragraph: Paragraph, group: Group) -> Span | None:
        """From the first word after the group to the end of its sentence."""
        at = self._past_brackets(group.end)
        while at < paragraph.end and self.words.text(at) in (",", ":", ")", "-"):
            at += 1
        at = self._past_above_all(paragraph, at)
        skipped = self.known.skipped.after(self.words, at)
        if skipped is not None and skipped < paragraph.end:
            at = skipped
        end, most = at, min(paragraph.end, at + _MOST_TASK)
        while end < most and self.words.text(end) not in _SENTENCE_ENDS:
            end += 1
        return self._span(at, end)

    def _whole_clause(self, paragraph: Paragraph, group: Group) -> Span | None:
        """The words that bind a group at the end of its sentence: "xin ý kiến của Ban …" tells the task before the unit."""
        start = self.known.cooperate.before(self.words, group.first, paragraph.first)
        return None if start is None else self._span(start, group.end)

    def clause(self, paragraph: Paragraph, group: Group) -> Span | None:
        """The task of a group that is the subject of a clause."""
        return self._inner_task(paragraph, group)

    def task_of(self, paragraph: Paragraph) -> Span | None:
        """A whole paragraph as a task."""
        return self._span(paragraph.first, paragraph.end)

    def told(self, paragraph: Paragraph, start: int) -> Told:
        """The first unit after ``start`` that is reported to, and the one that passes the report on to it ("qua …")."""
        at = bisect_left(paragraph.groups, start, key=lambda group: group.first)
        told: str | None = None
        through: str | None = None
        end = start
        for group in paragraph.groups[at : at + _NEAR_GROUPS]:
            if told is not None and self._ends_between(end, group.first):
                break
            standing = self.known.standing.before(self.words, group.first, paragraph.first)
            first = group.first if standing is None else standing
            if self.known.through.before(self.words, first, paragraph.first) is not None:
                through = through or self._named(group, first)
                end = group.end
            elif told is None and self.known.told.before(self.words, first, paragraph.first) is not None:
                told, end = self._named(group, first), group.end
            if told is not None and through is not None:
                break
        if told is None:
            told, through = through, None
        return Told(told, through)

    def _named(self, group: Group, first: int) -> str:
        """The name of a group's first unit, with the words from ``first`` on that stand before it ("Ban Thường vụ Đảng ủy")."""
        name = group.units[0].unit.value
        return " ".join([*(self.words.texts[at] for at in range(first, group.first)), name])

    def _ends_between(self, first: int, end: int) -> bool:
        return any(self.words.text(at)[-1:] in _SENTENCE_ENDS for at in range(first, end))
