"""Units that head an item: "1. Sở Y tế" over what it is to do, "a) Giao Công an tỉnh …", "Đề nghị Ủy ban Mặt trận Tổ quốc: …"."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from kehoach_parser.duties.by_place import NamedByPlace
from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.finding import Finding
from kehoach_parser.duties.paragraphs import Group, Named, Paragraph, named_by_place
from kehoach_parser.duties.reports import Reports
from kehoach_parser.duties.tasks import Tasks
from kehoach_parser.found import FoundUnit
from kehoach_parser.model import Node, Span
from kehoach_parser.text.fold import fold
from kehoach_parser.units import key_of

_TITLED = ("item", "subitem", "letter", "section", "article", "capital", "roman", "group", "division", "chapter", "part", "line", "point")
_TITLE_WORDS = 40
_PASSES = ("phân", "công")  # "Giao …" under another unit is given by who issues the paper
_MOST_MORE = 8  # words that a name before a colon is longer by than listed
_TITLE_CERTAINTY = 0.8
_NO_TITLE_END = (".", ";", "?", "!", "sau")  # "Các đơn vị … thực hiện chế độ báo cáo như sau" is a sentence
_PERSONS = ("dong chi", "cac dong chi", "ong ", "ba ")  # folded: members of the leading board, told by name under their body's title
_NO_TITLE = (":", "(", ",", ";")
_POST_JOINS = ("/", ",", "và")
_IN_WHAT = (("trong", "quản"), ("trong", "việc"), ("trong", "công"), ("trong", "thực"), ("trong", "sử"), ("trong", "tổ"))
_TOLD_OF = ("đã", "chưa")


class Place(NamedTuple):
    """A paragraph of a node as duties are looked for in it.

    ``beneath``: the text that follows it, in the node or in its first child. ``gives``: its section gives duties. ``headed``: a unit heads
    the node already, or one around it. ``opens``: it is the node's first paragraph. ``directs``: the paper gives tasks anywhere. ``asked``:
    the text above ends with "đề nghị:". ``ordered``: the title above it gives its items to units. ``around``: the keys of the
    units that head it already. ``in_article``: it stands in an article of a regulation.
    """

    node: Node
    paragraph: Paragraph
    beneath: Paragraph | None
    gives: bool
    headed: bool
    opens: bool
    directs: bool = False
    asked: bool = False
    ordered: bool = False
    around: frozenset[str] = frozenset()
    listed: bool = False
    in_article: bool = False


class _Opening(NamedTuple):
    """What a paragraph begins with: ``order`` ("request", "assign" or "" for none), the units, and the word ``after`` them.

    ``titled``: nothing but a title is said with them; ``verb``: a task follows at once.
    """

    order: str
    group: Group
    after: int
    titled: bool
    verb: bool


class Heads:
    """Reads the units that head a paragraph."""

    def __init__(self, context: DutyContext, tasks: Tasks, reports: Reports) -> None:
        self.context, self.words, self.known = context, context.words, context.known
        self._tasks, self._reports = tasks, reports
        self._by_place = NamedByPlace(context)

    def read(self, place: Place) -> list[Finding]:
        """The duties of the units that head a paragraph; none where none does."""
        opening = self._opening(place)
        if opening is None or self._is_no_head(opening, place):
            return []
        if place.headed and not self._is_own(opening, place):
            return self._told(opening, place)
        return self._heading(opening, place)

    def _is_own(self, opening: _Opening, place: Place) -> bool:
        """Whether units under another head are told for themselves: by a title of their own; where the paper directs, as any subject is."""
        if not place.opens:
            return False
        if self._is_passed_on(opening, place):
            return False
        if place.ordered and opening.verb:
            # "Điều 3. Giao Sở Y tế có trách nhiệm:" over "5. Văn phòng tham mưu …"; not over "5. Sở Y tế tham mưu …"
            return any(named.unit.key not in place.around for named in opening.group.units)
        if place.directs or self._is_labelled(opening, place) or (place.in_article and opening.verb):
            return True
        return place.node.kind in _TITLED and bool(opening.order or opening.titled)

    def _is_labelled(self, opening: _Opening, place: Place) -> bool:
        """Whether a name stands alone before a colon and its task, or over dashes of its own: "2. Các Tiểu ban ⏎ - Tiểu ban Nhân sự: tiếp
        nhận hồ sơ …", "1. Ban Giám hiệu ⏎ - Phó Hiệu trưởng:"."""
        after = opening.after
        if opening.order or self.words.text(after) != ":":
            return False
        return place.beneath is not None if after + 1 >= place.paragraph.end else self.known.task.after(self.words, after + 1) is not None

    def _is_passed_on(self, opening: _Opening, place: Place) -> bool:
        """Whether who heads the list gives a task on: "2. Sở Y tế ⏎ a) Phân công lãnh đạo đơn vị theo dõi …" is one of its own."""
        given = opening.verb and not opening.titled and self.words.take(place.paragraph.first, _PASSES, loose=False) is not None
        return given and not (place.directs or place.ordered) and bool(place.around) and not any(map(self.context.issues, place.around))

    def _opening(self, place: Place) -> _Opening | None:
        """None where no unit opens the paragraph, alone or after an order."""
        paragraph = place.paragraph
        named = self._post(place)
        if named is not None:
            return _Opening("", named, paragraph.end, True, False)
        if place.opens and not place.in_article and (concerned := self._by_place.concerned(paragraph, place.beneath)) is not None:
            return _Opening("", concerned, concerned.end, True, False)
        if (unlisted := self._unlisted(place)) is not None or not paragraph.groups:
            return unlisted
        return self._listed(place)

    def _unlisted(self, place: Place) -> _Opening | None:
        """The opening with a name that only its place shows."""
        listed = place.listed and place.node.kind in _TITLED
        named = self._by_place.read(place.paragraph, place.beneath, listed) if self._may_be_named(place) else None
        if named is None:
            return None
        ends = named.end >= place.paragraph.end or self.words.text(named.end) == ":"
        return _Opening("", named, named.end, ends, not ends)

    def _listed(self, place: Place) -> _Opening | None:
        """The opening with the first units of a paragraph."""
        paragraph = place.paragraph
        group = paragraph.groups[0]
        order = "" if group.first == paragraph.first else self.known.heads(self.words, paragraph.first, group.first, group.end)
        if order is None:
            return None
        if order and place.beneath is not None and self._is_list(paragraph):
            named = Group(tuple(named for each in paragraph.groups for named in each.units))
            return _Opening(order, named, paragraph.end, True, False)
        if (each := self._each_of_several(group, place)) is not None:
            return _Opening(order, each, paragraph.end, True, False)
        if not order and self._speaks(group, place):
            return None
        group = self._lengthened(group, place)
        after = self._past_charter(self.context.texts.after_bracket(group.end), place)
        ends = after >= paragraph.end
        titled = ends or self.words.text(after) == ":" or (place.beneath is not None and self._is_title(place))
        return _Opening(
            order, group, after, titled, not ends and self.known.task.after(self.words, self.context.past_manner(after)) is not None
        )

    def _past_charter(self, after: int, place: Place) -> int:
        """The colon of a sentence that says what a body is and opens the list of its duties: "Hội đồng … là cơ quan tham mưu cho Ủy ban
        nhân dân tỉnh, có nhiệm vụ, quyền hạn sau:"; the word itself of any other."""
        colon = place.paragraph.end - 1
        opens = place.beneath is not None and self.words.text(colon) == ":" and self.words.reads(after, "là", loose=False)
        return colon if opens and self.known.skipped.before(self.words, colon, after) is not None else after

    def _each_of_several(self, over: Group, place: Place) -> Group | None:
        """The units of a title that a colon names one by one: "3. Các đơn vị chuyên môn: Khoa Luật, Viện Kinh tế và Khoa Toán"."""
        rest = place.paragraph.groups[1:]
        several = self.words.reads(over.first, "các", loose=False) and self.words.text(over.end) == ":" and place.beneath is not None
        if not several or not rest or rest[0].first != over.end + 1 or not place.opens:
            return None
        named = tuple(named for group in rest for named in group.units)
        return Group(named) if len(named) > 1 and self._is_list(place.paragraph._replace(groups=rest)) else None

    def _lengthened(self, group: Group, place: Place) -> Group:
        """A group with its last name as long as the title, or as what stands before a colon: "UBND các xã vùng có dịch: Tổ chức …"."""
        if place.beneath is not None:
            return self._titled(group, place.paragraph) or group
        colon = self._colon(group, place.paragraph) if place.gives else None
        return group if colon is None else self._titled(group, place.paragraph._replace(end=colon + 1)) or group

    def _colon(self, group: Group, paragraph: Paragraph) -> int | None:
        """The colon a few words after the name of a group, with no other sign between but the comma before a short form: "Trung tâm Kiểm
        soát chi phí BHXH, BHYT điện tử:"."""
        for at in range(group.end, min(group.end + _MOST_MORE, paragraph.end - 1)):
            if self.words.text(at) == ":":
                return at
            if not (self.words.text(at)[:1].isalnum() or self._is_short_form(at)):
                return None
        return None

    def _is_short_form(self, comma: int) -> bool:
        """Whether a comma stands before a short form, which a name may go on with: "BHXH, BHYT điện tử"."""
        following = self.words.text(comma + 1)
        return self.words.text(comma) == "," and following.isupper() and len(following) > 1

    def _is_list(self, paragraph: Paragraph) -> bool:
        """Whether units end a paragraph and none is told anything in it: "Giao Sở Y tế, trạm y tế và Chủ tịch Ủy ban nhân dân các xã"."""
        if paragraph.end - paragraph.groups[-1].end > 1:
            return False
        ends = (self.context.past_manner(self.context.texts.after_bracket(group.end)) for group in paragraph.groups)
        inside = [end for end in ends if end < paragraph.end - 1]
        return not any(self.words.text(end) == ":" or self.known.task.after(self.words, end) is not None for end in inside)

    def _may_be_named(self, place: Place) -> bool:
        """Whether a paragraph may begin with who is told, whatever the name: an item under "Tổ chức thực hiện"."""
        gives = place.gives and place.opens and not place.directs
        return gives and not self.known.execute.within(self.words, place.paragraph.first, place.paragraph.end)

    def _post(self, place: Place) -> Group | None:
        """A title that begins with a post, or after "Trách nhiệm của", whatever it names: "1. Cán bộ phụ trách lĩnh vực giám sát" over
        what it is to do."""
        paragraph = place.paragraph
        if not (place.gives and place.opens) or place.headed or place.beneath is None or place.node.kind not in _TITLED:
            return None
        owned = self._duty_of(place)
        first = owned or paragraph.first
        end = self._title_end(paragraph, first, owned is not None)
        own = next((group for group in paragraph.groups if group.first == first), None)
        named = own is not None and (own.end == end or (first > paragraph.first and not self._joins_another(own.end)))
        if named or not self._is_title(place) or (first == paragraph.first and not self._is_post(first)):
            return None
        joins = (at for at in range(first + 1, end - 1) if self._joins_another(at) or self._joins_person(owned, at))
        return Group(tuple(self._named(before + 1, after) for before, after in pairwise((first - 1, *joins, end))))

    def _title_end(self, paragraph: Paragraph, first: int, owned: bool) -> int:
        """The word after the names of a title that begin at word ``first``: "Trách nhiệm cá nhân" trong quản lý hộp thư."""
        end = paragraph.end - (self.words.text(paragraph.end - 1) in (":", "."))
        return next((at for at in range(first + 2, end) if owned and self.words.texts[at : at + 2] in _IN_WHAT), end)

    def _named(self, first: int, end: int) -> Named:
        return named_by_place(self.words, self.context.scope, first, end, _TITLE_CERTAINTY)

    def _duty_of(self, place: Place) -> int | None:
        """The word after "Trách nhiệm của" that a title begins with, or "Trách nhiệm" and a word for persons or bodies."""
        paragraph = place.paragraph
        after = self.known.assign.after(self.words, paragraph.first)
        if after is None or after >= paragraph.end - 1:
            return None
        named = self.words.reads(after - 1, "của", loose=False)
        bare = self.words.reads(after - 1, "nhiệm", loose=False) and self.known.actors.after(self.words, after) is not None
        return after if named or (bare and self.known.task.after(self.words, after) is None) else None

    def _joins_another(self, at: int) -> bool:
        """Whether the word joins another name to a title: "Trưởng Khoa, Viện trưởng"; not in "Cán bộ, công chức"."""
        posted = self._is_post(at + 1) or self.known.actors.after(self.words, at + 1) is not None
        return self.words.text(at) in _POST_JOINS and posted and self.words.text(at + 1)[:1].isupper()

    def _joins_person(self, first: int | None, at: int) -> bool:
        """Whether a comma joins another post to one after "Trách nhiệm của" that is longer than a word for persons: "công chứng viên, nhân
        viên nghiệp vụ"; not "cán bộ, công chức phường"."""
        if first is None:
            return False
        begun = next((before + 1 for before in reversed(range(first, at)) if self.words.text(before) == ","), first)
        return self.words.text(at) == "," and self._is_post(at + 1) and self.known.actors.after(self.words, begun) != at

    def _is_post(self, at: int) -> bool:
        """Whether a post stands at the word; "9. Tổ chức hội nghị" is no "tổ"."""
        return self.known.posts.after(self.words, at) is not None and self.known.task.after(self.words, at) is None

    def _is_no_head(self, opening: _Opening, place: Place) -> bool:
        """Whether units open the text and head nothing: named in passing, or a title over nothing."""
        if place.directs and self.known.request.after(self.words, opening.after) is not None:
            return True  # "Sở Giáo dục và Đào tạo đề nghị các trường …": who writes
        if self._asks_itself(opening, place):
            return True
        if self.known.rights.after(self.words, opening.after) is not None or (not opening.order and self.context.entitles(opening.group)):
            return True
        if self.known.announcing.after(self.words, opening.after) is not None or self.context.consents(opening.group, opening.after):
            return True
        if self.words.text(opening.after) in _TOLD_OF and not opening.order:
            return True  # "Tổng công ty đã hoàn thành kế hoạch"
        passing = not (opening.titled or opening.verb) or self.context.presides(opening.group.units[0].unit.key)
        if not opening.order and not place.gives and (passing or not (opening.verb or self._tells(place, opening))):
            return True
        # "- Sở Y tế;": who a paper goes to, where the title of that list is lost
        return not (opening.order or place.beneath is not None or self._says(opening.after, place.paragraph.end))

    def _asks_itself(self, opening: _Opening, place: Place) -> bool:
        """Whether the head of an article asks: "1. Đề nghị Sở Công Thương cấp tài khoản" below "Trách nhiệm của Ban quản lý chợ"."""
        return place.in_article and place.headed and not place.directs and opening.order == "request"

    def _speaks(self, group: Group, place: Place) -> bool:
        """Whether who writes a letter speaks: "Cục Thuế trả lời để Thuế tỉnh Hà Tĩnh biết", "Thuế tỉnh trả lời theo nguyên tắc sau:"."""
        after = self.context.texts.after_bracket(group.end)
        titled = after >= place.paragraph.end or self.words.text(after) == ":"
        return self.context.writes and place.directs and not titled and all(self.context.issues(named.unit.key) for named in group.units)

    def _tells(self, place: Place, opening: _Opening) -> bool:
        """Whether a task follows a title: "Sở Y tế" over "Rà soát …", not over the sums of a table."""
        at = place.beneath.first if opening.after >= place.paragraph.end - 1 and place.beneath is not None else opening.after + 1
        first = self._tasks.past_bullet(at)
        labelled = place.listed and self.words.text(opening.after) == ":" and first < place.paragraph.end
        if labelled and self.known.opening.after(self.words, first) is not None:
            return True  # "1. Ủy ban nhân dân xã: Khi nhận được hồ sơ, … có trách nhiệm:" beside "2. Sở Nội vụ: Trong thời hạn …"
        after = self.known.task.after(self.words, first)
        # "Các xã: Thống Nhất, …" lists places, however their names begin.
        return after is not None and not (after > first + 1 and self.words.text(after - 1).istitle())

    def _heading(self, opening: _Opening, place: Place) -> list[Finding]:
        """Units that head the node: what stands under them is theirs to do."""
        group, after, paragraph = opening.group, opening.after, place.paragraph
        task = self._tasks.after_head(after, paragraph)
        if task is None and place.beneath is not None:
            task = self._tasks.of(place.beneath)
        asked = opening.order == "request" or (place.asked and not opening.order)
        role = "request" if asked else "lead" if self._leads(task, after) else "assigned"
        report = self._reports.after(paragraph, group.end)
        due = self._tasks.span(group.end, after)  # "Sở Y tế (hoàn thành trước ngày …):"
        # "Người thuê có trách nhiệm đóng phí.": a sentence, though it is printed as the item's title.
        single = opening.verb and any(named.described for named in group.units)
        # Under a title of the item the subject of a sentence is told that sentence: the next has its own.
        apart = opening.verb and not opening.titled and not place.opens and place.node.heading is not None
        closed = (single or apart or (place.directs and not opening.titled)) and self.words.text(paragraph.end - 1) != ":"
        return [
            Finding(named.unit, role, True, place.node.id, task, group.end, True, closed, due=due, report=report) for named in group.units
        ]

    def _told(self, opening: _Opening, place: Place) -> list[Finding]:
        """Units at the head of a text that stands under another head: told to act by it."""
        group, paragraph = opening.group, place.paragraph
        task = self._tasks.after_head(opening.after, paragraph) or self._tasks.span(group.end, paragraph.end)
        if task is None:
            return []
        person = not opening.order and opening.verb and fold(group.units[0].unit.value).startswith(_PERSONS)
        role = "request" if opening.order == "request" else "assigned" if person else "directed"
        told = [named.unit for named in group.units if named.unit.key != self.context.issuer and named.unit.key not in place.around]
        return [Finding(unit, role, False, place.node.id, task, group.end) for unit in told]

    def _says(self, first: int, end: int) -> bool:
        """Whether the words are more than a number ("Công ty Thoát nước: 0243.974.62.25")."""
        return any(self.words.text(at)[:1].isalpha() for at in range(first, end))

    def _is_title(self, place: Place) -> bool:
        """Whether the paragraph is the node's heading and nothing else."""
        heading, paragraph = place.node.heading, place.paragraph
        if heading is None or paragraph.end - paragraph.first > _TITLE_WORDS:
            return False
        return heading.span[1] >= self.words.starts[paragraph.end - 1]

    def _titled(self, group: Group, paragraph: Paragraph) -> Group | None:
        """The group with its last name as long as the title that it stands in ("Các đơn vị cấp nước sạch trên địa bàn thành phố")."""
        words, after, end = self.words, group.end, paragraph.end
        while end > after and words.text(end - 1) in (":", ","):
            end -= 1
        end = self.known.skipped.before(words, end, after) or end
        if not after < end <= paragraph.first + _TITLE_WORDS or words.text(end - 1) in _NO_TITLE_END:
            return None
        if any(words.text(at) == "." and words.text(at - 1).isalpha() and words.text(at + 1).istitle() for at in range(after + 1, end)):
            return None  # "1. Hội đồng xét duyệt hồ sơ. Cụ thể:"
        if words.text(after) in _NO_TITLE and not self._is_short_form(after):
            return None
        if any(phrases.after(words, after) is not None for phrases in (self.known.subject, self.known.concerning, self.known.rights)):
            return None
        last = group.units[-1]
        span = words.span(last.first, end)
        raw = words.content[span[0] : span[1]]
        value = " ".join(raw.split())
        collective = last.unit.key.endswith(f"@ {self.context.scope.issuer}")
        key = key_of(value, collective, self.context.scope)
        unit = FoundUnit(value, raw, span, min(last.unit.certainty, _TITLE_CERTAINTY), key)
        return Group((*group.units[:-1], Named(unit, last.first, end)))

    def _leads(self, task: Span | None, after: int) -> bool:
        """Whether the task begins with "chủ trì"."""
        return self.context.takes_lead(after) or (task is not None and self.context.takes_lead(self.context.texts.word_range(task)[0]))
