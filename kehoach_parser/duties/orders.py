"""Orders in running text: who is told to act, who is to cooperate.

How a group of units is bound is said by the words before it, or it is the subject of its clause. What follows from it, the role
and whether the duty is the unit's own or part of another's, stands in one table (`_ROLES`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.doers import Doers
from kehoach_parser.duties.finding import NO_REPORT, Finding
from kehoach_parser.duties.paragraphs import OPENER, Group, Named, Paragraph
from kehoach_parser.duties.reports import Reports
from kehoach_parser.duties.speakers import Speakers
from kehoach_parser.duties.subject_groups import SubjectGroups
from kehoach_parser.duties.tasks import Tasks
from kehoach_parser.duties.together import Together
from kehoach_parser.model import Span

_BEFORE_ORDER = (",", ":")
_OPENS_ORDER = (*_BEFORE_ORDER, "(")
_LIST_ENDS = (".", ";", "?", "!", ",", ":")
# "lựa chọn tập thể tiêu biểu để đề nghị Ủy ban MTTQ tỉnh khen thưởng", "hướng dẫn thủ tục đề nghị Hội đồng xác định mức độ khuyết tật".
_NO_REQUEST = ("để", "đơn", "phiếu", "thủ tục", "hồ sơ", "tờ trình", "văn bản")  # not "Trưởng bản đề nghị …"
_BELOW = ("sau", ".")
_THEREBY = ("theo", "đó")

# How a group is bound: (its role, its role under another unit's head); firm ones bind in any text, and outside of another's head they are
# primary. A subject that is to lead has the role "lead".
_ROLES = {
    "cooperate": ("cooperate", "cooperate"),
    "direct": ("directed", "directed"),
    "gather": ("directed", "directed"),
    "ask": ("request", "request"),
    "request": ("request", "request"),
    "assign": ("assigned", "directed"),
    "subject": ("assigned", "directed"),
    "by": ("assigned", "assigned"),
}
_FIRM = frozenset({"request", "assign", "subject", "by"})

_TITLE = ("Hướng", "dẫn")
_ORDERED = ("Giao", "Yêu")  # first words of what opens a sentence of the issuer's


class Task(NamedTuple):
    """A paragraph, or what is left of it after its head, in which orders are looked for.

    ``start``: its first word after the head. ``bound``: the text gives duties; elsewhere only firm orders count. ``headed``: a unit heads
    the node or one around it. ``heads``: the keys of the units that head the paragraph, ``around``: of all that head its node or the nodes
    around it, which are not told again what they do already. ``charged``: only who "có trách nhiệm" counts. ``above``: the paragraph stands
    right above items of its node. ``ruled``: it is an article's, in which a head asks for itself ("a) Đề nghị Sở Tư pháp cấp tài khoản").
    """

    node: int | None
    paragraph: Paragraph
    start: int
    bound: bool
    headed: bool
    heads: frozenset[str]
    around: frozenset[str]
    charged: bool = False
    above: bool = False
    ruled: bool = False


class Orders:
    """Reads orders in the paragraphs of one text."""

    def __init__(self, context: DutyContext, tasks: Tasks, reports: Reports) -> None:
        self.context, self.words, self.known = context, context.words, context.known
        self._tasks, self._reports, self._doers, self.speakers = tasks, reports, Doers(context), Speakers(context)
        self._together, self._subjects = Together(context, tasks), SubjectGroups(context, self.speakers)
        self._asked: Paragraph | None = None  # the paragraph asked of last: whether it tells, then what
        self._hows: dict[tuple[int, int], str | None] = {}

    def inside(self, task: Task) -> list[Finding]:
        """The duties of the units that are named inside a task."""
        found: list[Finding] = []
        under = task.headed or task.start > task.paragraph.first
        bound = task.bound or under
        subjects = set(task.around)
        told: set[str] = set()  # a unit named twice in one place is told once
        start = max(task.start, self._past_topic(task.paragraph))
        for group in self._apart(task.paragraph):
            how = self._bound(task.paragraph, group) if group.first >= start else None
            if (task.bound or self.context.directs) and not under and self._is_order(task.start, group, how):
                how = "assign"
            if how is None or not (bound or how in _FIRM) or self._is_untold(task, group, how):
                continue
            bound = True
            for named in group.units:
                if named.unit.key not in told and self._is_told(named.unit.key, how, task, subjects):
                    told.add(named.unit.key)
                    subjects |= {named.unit.key} if how == "subject" else set()
                    found.append(self._finding(task, group, named, how, under))
        return found

    def _is_untold(self, task: Task, group: Group, how: str) -> bool:
        """Whether what binds a group gives it no task here: what an article's head asks for itself, where only who "có trách nhiệm" counts,
        what was done before the paper, and "các đơn vị" whom a colon names one by one."""
        if task.ruled and task.headed and how in ("request", "ask"):
            return True
        if (task.charged and not self._subjects.is_charged(group)) or (task.node is None and self._is_past(task.paragraph, group)):
            return True
        return any(self._together.named_over(task.paragraph, other) is group for other in task.paragraph.groups if other.first > group.end)

    def tells(self, paragraph: Paragraph, but: str | None = None) -> bool:
        """Whether somebody is given a task here that is no part of another's; ``but`` for the unit of a key."""
        groups = (group for group in self._apart(paragraph) if any(named.unit.key != but for named in group.units))
        if but is not None and self.speakers.speak_for_paper(paragraph):
            return True
        return any(self._bound(paragraph, group) in _FIRM for group in groups)

    def joins(self, paragraph: Paragraph) -> bool:
        """Whether somebody is to cooperate here."""
        return any(self._bound(paragraph, group) == "cooperate" for group in self._apart(paragraph))

    def asks(self, paragraph: Paragraph) -> bool:
        """Whether what stands below is asked for: "Để làm tốt các nhiệm vụ sắp tới, đề nghị:"."""
        colon = paragraph.end - 1
        return self.words.text(colon) == ":" and self.known.request.before(self.words, colon, paragraph.first) is not None

    def closing(self, paragraph: Paragraph) -> list[Finding]:
        """Duties of the closing paragraph: requests, orders, and what everyone is to report."""
        return [
            Finding(named.unit, role, False, None, task, group.end, report=report)
            for group, role in self._closing_roles(paragraph)
            for task, report in ((self._tasks.clause(paragraph, group), self._reports.after(paragraph, group.end)),)
            for named in group.units
            if named.unit.key != self.context.issuer
        ]

    def _closing_roles(self, paragraph: Paragraph) -> Iterator[tuple[Group, str]]:
        for group in paragraph.groups:
            if self.known.request.before(self.words, group.first, paragraph.first) is not None:
                yield group, "request"
            elif (how := self._bound(paragraph, group)) is not None:
                assigned = self._is_order(paragraph.first, group, how) if self.context.directs else how == "subject"
                yield group, "assigned" if assigned else "cooperate" if how == "cooperate" else "directed"

    def _is_order(self, least: int, group: Group, how: str | None) -> bool:
        """Whether the issuer gives it to a group: "Thủ tướng Chính phủ yêu cầu các bộ …"."""
        return how in ("direct", "assign") and self.known.assign.before(self.words, group.first, least) is not None

    def _past_topic(self, paragraph: Paragraph) -> int:
        """The word after "Về đề nghị Chính phủ chỉ đạo Bộ Tài chính bố trí vốn:", which says what is answered, where a unit follows it."""
        words = self.words
        if not self.context.directs or not words.reads(paragraph.first, "Về", loose=False):
            return paragraph.first
        colons = (at + 1 for at in range(paragraph.first, paragraph.end) if words.text(at) == ":")
        return next((after for after in colons if any(group.first >= after for group in paragraph.groups)), paragraph.first)

    def _is_told(self, key: str, how: str, task: Task, subjects: set[str]) -> bool:
        """Whether a unit is told something here: not who issues the text, nor one that heads it or was its subject before."""
        issues = how != "cooperate" and self.context.issues(key)
        return not issues and key not in task.heads and not (how == "subject" and key in subjects)

    def _finding(self, task: Task, group: Group, named: Named, how: str, under: bool) -> Finding:
        paragraph = task.paragraph
        # "Căn cứ Kế hoạch này, đề nghị các chi bộ …" opens its place as "Đề nghị các chi bộ …" does.
        opens = how == "ask" and self.context.is_opened(paragraph.first, group.first)
        primary = (how in _FIRM or opens) and not under
        role = _ROLES[how][under]
        if how in ("subject", "assign", "by"):
            role = self._subject_role(role, group, named, primary)
        clause = self._task(paragraph, group, how in _FIRM)
        ends = task.above and group.end == paragraph.end and how == "cooperate"  # "b) Chủ trì, phối hợp với Sở Y tế ⏎ - Xây dựng …"
        return Finding(
            named.unit,
            role,
            primary,
            task.node,
            clause,
            group.end,
            is_head=ends or (self._leads_in(paragraph, group) and (primary or self._opens_below(paragraph, group))),
            before=self._before(paragraph, group) if how == "subject" else None,
            report=self._reports.after(paragraph, group.end) if primary else NO_REPORT,
            own=how == "subject" and role == "directed" and self._is_for_itself(paragraph, group),
            shared=self._together.shared(paragraph, task.start, group, clause) if how == "cooperate" and clause is not None else None,
        )

    def _is_for_itself(self, paragraph: Paragraph, group: Group) -> bool:
        """Whether a subject in another's place is led by nobody: that of a later sentence, or before a colon ("- Bộ phận Kế toán: …")."""
        return self.context.ends_sentence(group.first - 1) or (group.first == paragraph.first and self.words.text(group.end) == ":")

    def _task(self, paragraph: Paragraph, group: Group, own: bool) -> Span | None:
        """What a group is told: the words after it, unless these alone say nothing ("đôn đốc các sở, ngành thực hiện")."""
        if (aside := self._doers.aside(paragraph, group)) is not None:
            return self._tasks.before_aside(aside, paragraph)
        if self._together.between(paragraph, group) or self._doers.follow_work(paragraph, group):
            return self._tasks.whole(paragraph, group)
        clause = self._tasks.clause(paragraph, group, own=own)
        if clause is None:
            return self._tasks.clause_before(paragraph, group)
        return clause if self._tasks.says_enough(clause) else self._tasks.whole(paragraph, group)

    def _is_past(self, paragraph: Paragraph, group: Group) -> bool:
        """Whether the words before a group tell what was done: "Thủ tướng Chính phủ đã chỉ đạo Bộ Xây dựng …", "ban hành Chỉ thị 11/CT-TTg,
        theo đó, giao Bộ Xây dựng …"."""
        before = range(paragraph.first, group.first)
        return any(self.words.reads(at, "đã", loose=False) or self.words.texts[at : at + 2] == _THEREBY for at in before)

    def _leads_in(self, paragraph: Paragraph, group: Group) -> bool:
        """Whether the sentence of a group ends with a colon: "… yêu cầu các sở, ngành thực hiện như sau:" heads what stands below; some
        print a full stop there ("… các nội dung sau.")."""
        if self.words.text(paragraph.end - 1) != ":" and self.words.texts[paragraph.end - 2 : paragraph.end] != _BELOW:
            return False
        return not any(self.words.text(at) == "." for at in range(group.end, paragraph.end - OPENER))

    def _opens_below(self, paragraph: Paragraph, group: Group) -> bool:
        """Whether a group shares what stands below: "…, phối hợp với các đơn vị liên quan có trách nhiệm:"."""
        colon, end = paragraph.end - 1, self.context.texts.after_bracket(group.end)
        if self.known.skipped.before(self.words, colon, group.end) is not None:
            return True
        return end <= colon and all(self.words.text(at).lower() in self.known.introducing for at in range(end, colon))

    def _subject_role(self, role: str, group: Group, named: Named, primary: bool) -> str:
        """ "các cơ quan phối hợp có trách nhiệm …" cooperate by their name; who "chủ trì" leads."""
        if self._cooperates(named) or self._doers.only_cooperate(group.end):
            return "cooperate"
        return "lead" if primary and self.context.takes_lead(self.context.texts.after_bracket(group.end)) else role

    def _cooperates(self, named: Named) -> bool:
        """Whether who is named is there to cooperate; not "các cơ quan được yêu cầu phối hợp", "… được xin ý kiến"."""
        inside = (at for at in range(named.first, named.end - 1) if self.words.reads(at, "phối") and self.words.reads(at + 1, "hợp"))
        return any(not self.words.reads(at - 1, "cầu") for at in inside)

    def _apart(self, paragraph: Paragraph) -> Iterator[Group]:
        """The groups of a paragraph; a unit after the comma that ends an opening clause is no part of the list before it.

        "Trên cơ sở kết quả kiểm tra của Sở Y tế, Hội đồng thi đua họp xét …"
        """
        for group in paragraph.groups:
            if self._ends_with_subject(paragraph, group):
                yield Group(group.units[:-1])
                yield Group(group.units[-1:])
            else:
                yield group

    def _ends_with_subject(self, paragraph: Paragraph, group: Group) -> bool:
        last, texts = group.units[-1], self.context.texts
        if len(group.units) == 1 or group.first <= paragraph.first or self.words.text(last.first - 1) != ",":
            return False
        if self.words.text(group.first - 1)[-1:] in _LIST_ENDS or self._bound_before(paragraph, group) is not None:
            return False
        tasked = self.known.task.after(self.words, texts.after_bracket(last.end)) is not None
        return tasked and self.context.is_opened(paragraph.first, group.first)

    def _bound(self, paragraph: Paragraph, group: Group) -> str | None:
        """How a group is bound, a key of `_ROLES`, or None."""
        if paragraph is not self._asked:
            self._asked, self._hows = paragraph, {}
        if (key := (group.first, group.end)) not in self._hows:
            self._hows[key] = self._read_bound(paragraph, group)
        return self._hows[key]

    def _read_bound(self, paragraph: Paragraph, group: Group) -> str | None:
        how = self._bound_before(paragraph, group)
        if how == "report":  # only who is to put the reports together is told something
            return "gather" if self.known.gather.after(self.words, self._past_bearers(paragraph, group)) is not None else None
        if how in ("ask", "request", "direct") and self.context.passes_on_to(group):
            return None
        if how is not None:
            return how
        if self._doers.follow_work(paragraph, group):
            return "by"
        return "subject" if self._subjects.is_one(paragraph, group) else None

    def _past_bearers(self, paragraph: Paragraph, group: Group) -> int:
        """The word after who passes a report on: "báo cáo về Ban Chỉ huy qua Văn phòng Ban Chỉ huy để tổng hợp" has both gather."""
        end = group.end
        for other in paragraph.groups:
            if other.first > end and self.known.through.before(self.words, other.first, end) == end:
                end = other.end
        return end

    def _bound_before(self, paragraph: Paragraph, group: Group) -> str | None:
        """What the words before a group make of it: a key of `_ROLES`, "report", or None."""
        known, words, least = self.known, self.words, paragraph.first
        first = group.first - 1 if words.text(group.first - 1) == "(" else group.first
        if (over := self._together.named_over(paragraph, group)) is not None:
            first = over.first
        first = self.known.addressed.before(words, first, least) or first  # "đề nghị quý Hiệu trưởng", "yêu cầu các Trưởng thôn"
        if self._together.binds(paragraph, group, first):
            return "cooperate"
        if (start := known.request.before(words, first, least)) is not None:
            said = " ".join(words.texts[max(least, start - 2) : start]).lower()
            if said.endswith(_NO_REQUEST):
                return "report"
            return "request" if start <= least or self._is_issuers(paragraph, start) else "ask"
        if (directed := self._directed(paragraph, group, first)) is not None:
            return directed
        if self._is_led(paragraph, group):
            return "direct"
        return "report" if known.report.before(words, first, least) is not None else None

    def _directed(self, paragraph: Paragraph, group: Group, first: int) -> str | None:
        """ "assign" after an order that opens its clause or that the issuer gives, "direct" after another, "report" after the
        name of a paper, "by" where who issues the paper orders it within the place of another; None after no order."""
        words, known, least = self.words, self.known, paragraph.first
        start = known.direct.before(words, self._past_how(group, least) or first, least)
        if start is None:
            return None
        if start > least and words.texts[start : start + 2] == _TITLE and words.text(start - 1).isalpha():
            return "report"  # "Trên đây là Hướng dẫn Mặt trận Tổ quốc xã tham gia công tác bầu cử" names a paper
        opens = start <= least or self.context.ends_sentence(start - 1) or words.text(start - 1) in _OPENS_ORDER
        opens = opens or words.reads(start - 1, "thì", loose=False) or self._is_of_issuer(paragraph, start)
        if not opens or known.assign.before(words, first, least) is None:
            return "direct"
        # "… tháo gỡ khó khăn. Yêu cầu các Bộ, ngành thường xuyên kiểm tra …": the next sentence is the issuer's again.
        return "by" if start > least and words.text(start) in _ORDERED else "assign"

    def _past_how(self, group: Group, least: int) -> int | None:
        """The first of the words that say how a group is directed to its task: "hướng dẫn" kịp thời các tổ chức tín dụng cân đối vốn."""
        first = group.first
        while first > least and self.words.text(first - 1).lower() in self.known.how:
            first -= 1
        acts = first < group.first and self.known.task.after(self.words, self.context.past_manner(group.end)) is not None
        return first if acts else None

    def _is_of_issuer(self, paragraph: Paragraph, at: int) -> bool:
        """Whether the issuer is named right before an order: "Hội đồng nhân dân Thành phố thống nhất giao Ủy ban nhân dân Thành phố …"."""
        return any(group.end == at and self.speakers.give_orders(paragraph, group) for group in paragraph.groups)

    def _is_led(self, paragraph: Paragraph, group: Group) -> bool:
        """Whether a unit leads the group to a task: "Đảng đoàn HĐND huyện lãnh đạo Thường trực HĐND huyện xem xét …"; not "trình lãnh đạo
        Sở Y tế xem xét", where the same words are a noun."""
        start = self.known.guiding.before(self.words, group.first, paragraph.first)
        if start is None or self.known.task.after(self.words, self.context.past_manner(group.end)) is None:
            return False
        return start == paragraph.first or any(other.end == start for other in paragraph.groups)

    def _is_issuers(self, paragraph: Paragraph, at: int) -> bool:
        """Whether the word before which a request stands ends the name of who writes a letter: "Sở Y tế đề nghị …"."""
        return self.context.directs and self._is_of_issuer(paragraph, at)

    def _before(self, paragraph: Paragraph, group: Group) -> tuple[int, int] | None:
        """The clause that opens a sentence before its subject."""
        if group.first <= paragraph.first or self.words.text(group.first - 1) not in _BEFORE_ORDER:
            return None
        return self.words.span(self.context.sentence_start(paragraph.first, group.first), group.first)
