"""What kind of section a node stands in: one of aims (gives no duties), of implementation, or another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kehoach_parser.duties.paragraphs import Paragraph, Paragraphs
from kehoach_parser.duties.words import DutyWords
from kehoach_parser.found import Structure
from kehoach_parser.model import Node, Span

_WIDE = ("part", "chapter", "division", "capital", "section", "article")
_HEADING_WORDS = 22
_LISTED = 2  # other items of a list that units begin
_SENT = ("Công điện", "Công văn")
_ADDRESSES = re.compile(r"(?:\bdien|\bkinh gui|\bkinh trinh)\s*:\s*$")
_FORBIDS = ("Không", "Nghiêm")
_REGULATED = ("về", "đối", "khi")
_OPENERS = (("về",), ("những",), ("một", "số"))


class Sections:
    """Kinds of sections, parents, children and siblings of a structure's nodes."""

    def __init__(self, texts: Paragraphs, structure: Structure, known: DutyWords, directs: bool) -> None:
        self.texts, self.structure, self._known, self._directs = texts, structure, known, directs
        self._at = {node.id: index for index, node in enumerate(structure.nodes)}
        self._children: dict[int | None, list[int]] = {}
        for index, node in enumerate(structure.nodes):
            self._children.setdefault(node.parent, []).append(index)
        self._place_among = {index: place for children in self._children.values() for place, index in enumerate(children)}
        self._addressed: dict[int | None, bool] = {}
        self._firsts: dict[int, Paragraph | None] = {}
        self._gives: dict[int, bool] = {}
        self._starts: dict[int, int] = {}
        self._unit_items: dict[int | None, set[int]] = {}
        self._kinds: list[str] = []
        for index in range(len(structure.nodes)):
            self._kinds.append(self._kind(index))

    def kind(self, index: int) -> str:
        """aims | implementation | other"""
        return self._kinds[index]

    def is_wide(self, index: int) -> bool:
        """Whether a node is a section or what holds such."""
        return self.structure.nodes[index].kind in _WIDE

    def directs(self, index: int) -> bool:
        """Whether a node stands in a paper that gives tasks anywhere; an annex does not."""
        return self._directs and self.structure.nodes[index].part == self.structure.parts[0].id

    def is_addressed(self, index: int) -> bool:
        """Whether a dash names who a telegram or letter goes to: "Thủ tướng Chính phủ điện: - Bộ trưởng …"; a telegram opens with these."""
        node = self.structure.nodes[index]
        if node.kind != "dash":
            return False
        if node.parent not in self._addressed:
            self._addressed[node.parent] = self._opens_with_addresses(self.structure.nodes[self._children[node.parent][0]])
        return self._addressed[node.parent]

    def _opens_with_addresses(self, first: Node) -> bool:
        """Whether a list, by its first node, says who the paper goes to."""
        if first.kind != "dash":
            return False
        kind = self.structure.header.type
        opens = kind is not None and kind.value in _SENT and first is next(each for each in self.structure.nodes if each.kind not in _WIDE)
        folded, start = self.texts.folded, first.span[0]
        colon = max(0, folded.rfind(":", 0, start))
        if opens or folded[colon + 1 : start].strip():
            return opens
        return _ADDRESSES.search(folded, folded.rfind("\n", 0, colon) + 1, start) is not None

    def own(self, index: int) -> tuple[Span, ...]:
        """The spans of a node's own text."""
        own = self.structure.own_text
        return own[index] if index < len(own) else (self.structure.nodes[index].span,)

    def body_start(self, index: int, own: tuple[Span, ...]) -> int:
        """The offset where a node's text begins: after the label, and after the heading of a section that no unit heads."""
        node = self.structure.nodes[index]
        start = self._content_start(index)
        if node.heading is None or node.kind not in _WIDE:
            return start
        headed = node.kind != "section" and (self._is_headed(node.heading.span) or self._is_duty_of(index) or self._is_order(index))
        return start if headed else max(start, node.heading.span[1])

    def _is_duty_of(self, index: int) -> bool:
        """Whether an article says whose duties stand in it: "Điều 4. Trách nhiệm của Ban Chỉ đạo"; not where more of its items name units
        of their own than begin with a task, nor in a letter, which quotes it."""
        heading = self.structure.nodes[index].heading
        if self.structure.nodes[index].kind != "article" or heading is None or not self._is_owned(heading.span):
            return False
        beneath = tuple(self._beneath(index, heading.span[1]))
        own = {named.unit.key for part in self.texts.of((heading.span,)) for group in part.groups for named in group.units}
        others = sum(self._begins_with_unit(text) and not self._repeats(text, own) for text in beneath)
        return others == 0 or others < sum(map(self._tells_what, beneath))

    def _is_owned(self, heading: Span) -> bool:
        """Whether a title says whose duties stand below: "Trách nhiệm của Sở Y tế"."""
        first, end = self.texts.word_range(heading)
        after = None if self._directs else self._known.assign.after(self.texts.words, first)
        owned = after is not None and any(self.texts.words.reads(after - 1, word, loose=False) for word in ("của", "nhiệm"))
        return owned and after is not None and after < end

    def _repeats(self, text: Paragraph, own: set[str]) -> bool:
        """Whether a text begins with the one unit that its title has; of several each has its own items."""
        return len(own) == 1 and text.groups[0].first == text.first and text.groups[0].units[0].unit.key in own

    def gives(self, index: int) -> bool:
        """Whether the title of a node gives its items to units, so that one that begins with another unit is that one's."""
        if index not in self._gives:
            heading = self.structure.nodes[index].heading
            self._gives[index] = heading is not None and (self._is_owned(heading.span) or self._is_order(index))
        return self._gives[index]

    def _is_order(self, index: int) -> bool:
        """Whether an article's title gives what stands in it to a unit: "Điều 12. Đề nghị Ủy ban Mặt trận Tổ quốc", "Điều 3. Giao Sở Y tế
        chủ trì …:", "Điều 5. Nội dung Sở Y tế có trách nhiệm chủ trì"; not in a letter, which quotes it."""
        node = self.structure.nodes[index]
        if node.kind != "article" or node.heading is None or self._directs:
            return False
        words, (first, _) = self.texts.words, self.texts.word_range(node.heading.span)
        group = next((group for paragraph in self.texts.of((node.heading.span,)) for group in paragraph.groups), None)
        if group is None or words.reads(group.first - 1, "của", loose=False):
            return False
        if self._known.heads(words, first, group.first, group.end) is None:
            return False
        child = self.first_child_text(index)
        beneath = (text for text in self._beneath(index, node.heading.span[1]) if words.text(text.first)[0].isalnum())
        opening = next(beneath, None)
        return opening is not None and not any(self._begins_with_unit(text) for text in (opening, child) if text is not None)

    def _beneath(self, index: int, start: int) -> Iterator[Paragraph]:
        """The paragraphs of a node's own text from an offset on, then the first of each child."""
        yield from self.texts.of(self.own(index), start)
        for child in self._children.get(self.structure.nodes[index].id, ()):
            if (text := self.first_text(child)) is not None:
                yield text

    def _begins_with_unit(self, text: Paragraph) -> bool:
        """Whether a unit begins a text, by itself or after "Trách nhiệm của"."""
        first = text.groups[0].first if text.groups else None
        return first is not None and (first == text.first or self._known.assign.before(self.texts.words, first, text.first) == text.first)

    def is_listed(self, index: int) -> bool:
        """Whether units begin at least two of the other items of a node's list, and at least half of them."""
        node = self.structure.nodes[index]
        if node.parent not in self._unit_items:
            texts = ((child, self.first_text(child)) for child in self._children[node.parent])
            begun = {child for child, text in texts if text is not None and self._begins_with_unit(text)}
            self._unit_items[node.parent] = begun
        others = len(self._children[node.parent]) - 1
        many = len(self._unit_items[node.parent] - {index})
        return many >= _LISTED and 2 * many >= others

    def _tells_what(self, text: Paragraph) -> bool:
        """Whether a text begins with a task, with what opens one ("Khi sử dụng thông tin phải …") or with what is forbidden."""
        opens = self._known.opening.after(self.texts.words, text.first) is not None or self.texts.words.text(text.first) in _FORBIDS
        return opens or self._begins_with_task(text)

    def _begins_with_task(self, text: Paragraph) -> bool:
        return self._known.task.after(self.texts.words, text.first) is not None

    def _is_headed(self, heading: Span) -> bool:
        """Whether a heading begins with a unit: "I. SỞ Y TẾ"; of whatever length where that "có trách nhiệm …"."""
        first, end = self.texts.word_range(heading)
        paragraph = self.texts.first((heading,))
        if paragraph is None or not paragraph.groups or paragraph.groups[0].first != first:
            return False
        return end - first <= _HEADING_WORDS or self._known.charged.after(self.texts.words, paragraph.groups[0].end) is not None

    def children(self, index: int) -> Sequence[int]:
        """The indices of a node's children."""
        return self._children.get(self.structure.nodes[index].id, ())

    def first_child_text(self, index: int) -> Paragraph | None:
        """The first paragraph of a node's first child."""
        child = self.first_child(index)
        return None if child is None else self.first_text(child)

    def first_child(self, index: int) -> int | None:
        """The index of a node's first child."""
        children = self._children.get(self.structure.nodes[index].id)
        return children[0] if children else None

    def first_text(self, index: int) -> Paragraph | None:
        """The first paragraph of a node after its label."""
        if index not in self._firsts:
            self._firsts[index] = self.texts.first(self.own(index), self._content_start(index))
        return self._firsts[index]

    def _content_start(self, index: int) -> int:
        """The offset of the first word after a node's label."""
        if index not in self._starts:
            self._starts[index] = self.texts.content_start(self.structure.nodes[index], self.own(index))
        return self._starts[index]

    def body_text(self, index: int) -> Paragraph | None:
        """The first paragraph of a node after its label and a heading of its own; the heading where nothing else stands there."""
        node, own = self.structure.nodes[index], self.own(index)
        paragraphs = self.texts.of(own, self._content_start(index))
        if node.heading is not None and len(paragraphs) > 1 and self.texts.words.starts[paragraphs[0].end - 1] < node.heading.span[1]:
            return paragraphs[1]
        return paragraphs[0] if paragraphs else None

    def parent(self, index: int) -> int | None:
        """The index of a node's parent."""
        parent = self.structure.nodes[index].parent
        return None if parent is None else self._at.get(parent)

    def in_article(self, index: int) -> bool:
        """Whether a node is an article or stands in one."""
        at: int | None = index
        while at is not None and self.structure.nodes[at].kind != "article":
            at = self.parent(at)
        return at is not None

    def rules(self, index: int) -> bool:
        """Whether a node stands in an article of a paper that gives tasks in its sections alone: a regulation."""
        return self.in_article(index) and not self.directs(index)

    def around(self, index: int, before: int, after: int) -> tuple[list[int], list[int]]:
        """The siblings before a node, nearest first, and after it; so many at most."""
        siblings = self._children[self.structure.nodes[index].parent]
        at = self._place_among[index]
        return siblings[max(0, at - before) : at][::-1], siblings[at + 1 : at + 1 + after]

    def _kind(self, index: int) -> str:
        node = self.structure.nodes[index]
        own = self._own_kind(node)
        if own is not None:
            return own
        parent = self.parent(index)
        return self._kinds[parent] if parent is not None and parent < index else "other"

    def _own_kind(self, node: Node) -> str | None:
        if node.heading is None:
            return None
        first, end = self.texts.word_range(node.heading.span)
        words, known = self.texts.words, self._known
        opens = known.implementation.after(words, first) is not None
        if end - first > _HEADING_WORDS and not opens:  # "Trách nhiệm của tổ chức, cá nhân thu thập, cung cấp …" may be longer
            return None
        if node.kind in _WIDE and known.implementation.within(words, first, end):
            return "implementation"
        if self._names_aims(node, first) or (self._directs and self._looks_back(first)):
            return "aims"
        return "implementation" if opens else None

    def _names_aims(self, node: Node, first: int) -> bool:
        """Whether a title is one of aims; an item "Yêu cầu về việc chấm thi", "Yêu cầu đối với thí sinh" tells what is to be done."""
        after = self._known.aims.after(self.texts.words, first)
        return after is not None and (node.kind in _WIDE or self.texts.words.text(after) not in _REGULATED)

    def _looks_back(self, first: int) -> bool:
        """Whether a title says that it tells what was: "Về hạn chế, tồn tại", "Một số kết quả"."""
        words, past = self.texts.words, first
        while (opener := next((phrase for phrase in _OPENERS if words.take(past, phrase, loose=False)), None)) is not None:
            past += len(opener)
        return any(self._known.reviews.after(words, at) is not None for at in (first, past))
