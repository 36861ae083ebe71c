"""The text of a node as duties are read in it: paragraphs of words, and the units named in them, listed units as one group."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kehoach_parser.found import FoundUnit
from kehoach_parser.model import Node, Span
from kehoach_parser.text.phrases import goes_on_after
from kehoach_parser.units import Scope, TextWords, key_of

_LABEL = re.compile(
    r"\s*(?:(?:Điều|Dieu|Chương|Chuong|Phần|Phan|Mục|Muc|Nhóm|Nhom)\s+\S+?[.:]?(?:\s+|$)|[-–—+*•·]+\s*"
    r"|\(?[0-9IVXLil|!]{1,6}(?:\.\d+)*\s*(?:[.)/:](?:\s*-)?|[-–](?=\s))\s*|\(?\w{1,3}[.)]\s*)"
)
_BULLETS = ("dash", "plus", "star")
_ENDS = (".", ";", ":", "!", "?")
_ARTICLES, _LAWS = ("điều", "khoản"), ("Luật", "Bộ luật", "Pháp lệnh")
_MOST_TYPE = 4  # words of a type before "số": "Thông tư liên tịch"
SENTENCE_ENDS = frozenset((".", ";", "?", "!"))
OPENER = 7  # words of a last sentence that only opens what stands below, with the signs around it: "Trong đó, tập trung:"
_SHORT = 0.6  # of the usual width: a line that ends here ends its paragraph
_BROKEN = 100  # characters of a line that goes on if no sign ends it, in a text of long lines: "… kết quả thực hiện ⏎ Nghị quyết …"
_DATED = re.compile(r"\d+[./-]\d+\S*")  # a stamp, whose day is none of the task
_WRAPPED = 150  # characters: a text whose lines are longer has a line per paragraph


class Named(NamedTuple):
    """A unit with the words that it stands on. ``described``: it is named by what it is or does ("Người soạn thảo văn bản")."""

    unit: FoundUnit
    first: int
    end: int
    described: bool = False


def named_by_place(words: TextWords, scope: Scope, first: int, end: int, certainty: float, described: bool = False) -> Named:
    """A name that no list has, as its place shows it: the words ``first`` to ``end``."""
    span = words.span(first, end)
    raw = words.content[span[0] : span[1]]
    value = " ".join(raw.split())
    return Named(FoundUnit(value, raw, span, certainty, key_of(value, False, scope)), first, end, described)


class Group(NamedTuple):
    """Units named in one list ("Sở A, Sở B và các đơn vị liên quan")."""

    units: tuple[Named, ...]

    @property
    def first(self) -> int:
        return self.units[0].first

    @property
    def end(self) -> int:
        return self.units[-1].end


class Paragraph(NamedTuple):
    """The words ``first`` to ``end`` of a node's own text, with the groups of units in them."""

    first: int
    end: int
    groups: tuple[Group, ...]


class Paragraphs:
    """Looks up words, paragraphs and units by place. ``with_subjects`` adds to the named units of some words who is told there by no
    name."""

    def __init__(
        self,
        words: TextWords,
        folded: str,
        units: tuple[FoundUnit, ...],
        headings: Iterable[Span],
        with_subjects: Callable[[int, int, Sequence[Named]], Sequence[Named]] | None = None,
    ) -> None:
        self.words, self.folded, self._with_subjects = words, folded, with_subjects
        self._sentences = [at + 1 for at in words.found(SENTENCE_ENDS)]
        self._openings = [at for at in self._sentences if words.texts[at - 1] == "." and words.texts[at][:1].isupper()]
        self._after_heading = frozenset(bisect_left(words.starts, end) for _, end in headings)
        self._units = tuple(sorted(units, key=lambda unit: unit.span))
        self._unit_starts = [unit.span[0] for unit in self._units]
        lengths = sorted(len(line) for line in words.content.split("\n") if line.strip())
        self._gaps: set[Span] = set()  # what ends a page within a paragraph
        self._made: dict[tuple[int, int], Paragraph] = {}  # nodes are asked for theirs, for the first, for what is below them
        self._width = lengths[len(lengths) * 9 // 10] if lengths else 0
        self._begins = [at for at, breaks in enumerate(words.breaks, start=1) if breaks and self.begins_paragraph(at)]

    @property
    def wrapped(self) -> bool:
        """Whether paragraphs run over several lines; else each line is one."""
        return self._width <= _WRAPPED

    def word_range(self, span: Span) -> tuple[int, int]:
        """The words that begin within a span."""
        return bisect_left(self.words.starts, span[0]), bisect_left(self.words.starts, span[1])

    def sentence_start(self, at: int) -> int:
        """The first word of the sentence that word ``at`` stands in."""
        before = bisect_right(self._sentences, at)
        return self._sentences[before - 1] if before else 0

    def sentence_end(self, at: int) -> int:
        """The sign that ends the sentence of word ``at``; beyond the last word where none does."""
        after = bisect_right(self._sentences, at)
        return self._sentences[after] - 1 if after < len(self._sentences) else len(self.words)

    def sentences(self, paragraph: Paragraph) -> Iterator[Paragraph]:
        """The sentences of a paragraph, each a place of its own: web copies have a whole conclusion on one line. "Cụ thể:" is none."""
        last = paragraph.end - (OPENER if self.words.text(paragraph.end - 1) == ":" else 0)
        starts = self._openings[bisect_right(self._openings, paragraph.first) : bisect_left(self._openings, last)]
        if not starts:  # most are one
            yield paragraph
            return
        for first, end in pairwise((paragraph.first, *starts, paragraph.end)):
            yield Paragraph(first, end, tuple(group for group in paragraph.groups if first <= group.first < end))

    def by_lines(self, paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
        """Paragraphs with each sentence that begins a line as one of its own: "Trên đây là Kế hoạch …. ⏎ Trong quá trình thực hiện …"."""
        for paragraph in paragraphs:
            first = paragraph.first
            groups: list[Group] = []
            for sentence in self.sentences(paragraph):
                if sentence.first > first and self.words.breaks_between(sentence.first - 1):
                    yield Paragraph(first, sentence.first, tuple(groups))
                    first, groups = sentence.first, []
                groups += sentence.groups
            yield Paragraph(first, paragraph.end, tuple(groups))

    def content_start(self, node: Node, own: tuple[Span, ...]) -> int:
        """The offset of the first word after the node's label."""
        start = own[0][0] if own else node.span[0]
        if node.kind not in _BULLETS and node.heading is not None and node.heading.span[0] >= start:
            return node.heading.span[0]
        match = _LABEL.match(self.words.content, start, node.span[1])
        return match.end() if match else start

    def whole(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Spans with those laid together that a broken line parts: "…, Sở ⏎ Giáo dục và Đào tạo đề nghị …"."""
        out: list[Span] = []
        for span in spans:
            first, _ = self.word_range(span)
            if out and self.words.breaks_between(first - 1) == 1 and self.goes_on(first):
                out[-1] = (out[-1][0], span[1])
            else:
                out.append(span)
        return tuple(out)

    def of(self, spans: tuple[Span, ...], skip_to: int = 0) -> tuple[Paragraph, ...]:
        """The paragraphs of some spans of text, from the offset ``skip_to`` on; what the end of a page cuts is one."""
        return tuple(self._each(spans, skip_to))

    def first(self, spans: tuple[Span, ...], skip_to: int = 0) -> Paragraph | None:
        """The first of them: most questions are of no other, and who is told in a paragraph takes time to say."""
        return next(self._each(spans, skip_to), None)

    def _each(self, spans: tuple[Span, ...], skip_to: int) -> Iterator[Paragraph]:
        """Each is made when it is asked for; the last of a span is held back, for the next span may go on with it."""
        held: tuple[int, int] | None = None
        for start, end in spans:
            first, last = self.word_range((max(start, skip_to), end))
            begin = first
            if held is not None and self._is_cut(held[1], first):
                self._gaps.add((self.words.ends[held[1] - 1], self.words.starts[first]))
                self._made.clear()
                begin = held[0]
            elif first >= last:
                continue
            elif held is not None:
                yield self._paragraph(*held)
            for at in self._begins[bisect_right(self._begins, first) : bisect_left(self._begins, last)]:
                yield self._paragraph(begin, at)
                begin = at
            held = (begin, last) if begin < last else None
        if held is not None:
            yield self._paragraph(*held)

    def _is_cut(self, end: int, first: int) -> bool:
        """Whether a sentence goes on at a word behind the end of a page, its number and what a converter writes there: "phối hợp với Sở ⏎
        --- PAGE BREAK --- ⏎ 3 ⏎ để triển khai"."""
        if first in (end, len(self.words)) or not self.words.text(first)[0].islower():
            return False
        return self.words.text(end - 1)[-1:] not in _ENDS and not any(map(_DATED.fullmatch, self.words.texts[end:first]))

    def printed(self, span: Span) -> str:
        """The words of a span on one line, without what ends a page within it."""
        gaps = sorted(gap for gap in self._gaps if span[0] <= gap[0] and gap[1] <= span[1])
        ends = (span[0], *(offset for gap in gaps for offset in gap), span[1])
        return " ".join(" ".join(self.words.content[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)).split())

    def begins_paragraph(self, at: int) -> bool:
        """Whether a paragraph begins with the word, the first of its line."""
        words = self.words
        if words.breaks_between(at - 1) <= 1 and self.goes_on(at):
            return False
        # A page or a picture ends in the middle of a sentence: "… phương tiện cấp cứu, cứu", a blank line, "thương, cán bộ y tế".
        if words.text(at)[:1].islower() and words.text(at - 1)[-1:] not in _ENDS:
            return False
        if words.breaks_between(at - 1) > 1 or at in self._after_heading:
            return True
        line = words.ends[at - 1] - words.content.rfind("\n", 0, words.ends[at - 1]) - 1
        if not self.wrapped:
            begins = not (words.text(at)[:1].isalpha() or self._brackets_on(at))
            return line < _BROKEN or words.text(at - 1)[-1:] in _ENDS or begins or self._begins_unit(at)
        if not words.text(at)[:1].isupper():
            return False
        return words.text(at - 1)[-1:] in _ENDS or line < _SHORT * self._width

    def _brackets_on(self, at: int) -> bool:
        """Whether a bracket goes on with the line before it: "… mức độ dịch vụ công ⏎ (toàn trình, một phần), gửi …"; not "(i) …"."""
        words = self.words
        return words.text(at) == "(" and words.text(at + 1)[:1].islower() and words.text(at + 2) != ")"

    def _begins_unit(self, at: int) -> bool:
        """Whether a unit's name begins with the word: what it is told is a paragraph of its own."""
        number = bisect_left(self._unit_starts, self.words.starts[at])
        return number < len(self._units) and self._unit_starts[number] == self.words.starts[at]

    def goes_on(self, at: int) -> bool:
        """Whether a line goes on with the one before it: within a unit's name, or after a word that nothing ends with."""
        before = bisect_left(self._unit_starts, self.words.starts[at]) - 1
        inside = before >= 0 and self._units[before].span[1] > self.words.starts[at]
        return (
            inside
            or self.words.text(at - 1) == ","
            or self._cites_on(at)
            or goes_on_after(self.words.text(at - 2).lower(), self.words.text(at - 1).lower(), "text")
        )

    def _cites_on(self, at: int) -> bool:
        """Whether a paper whose article stands right before begins at the word: "theo khoản 8 Điều 38 ⏎ Nghị định số 15/2018/NĐ-CP"."""
        words = self.words
        if words.text(at - 2).lower() not in _ARTICLES or not words.text(at - 1).isdigit() or not words.text(at)[:1].isupper():
            return False
        return " ".join(words.texts[at : at + 2]).startswith(_LAWS) or "số" in words.texts[at + 2 : at + 1 + _MOST_TYPE]

    def _paragraph(self, first: int, end: int) -> Paragraph:
        if (made := self._made.get((first, end))) is None:
            made = self._made[first, end] = Paragraph(first, end, self._groups(first, end))
        return made

    def _groups(self, first: int, end: int) -> tuple[Group, ...]:
        """The units within the words, those of one list together."""
        named: Sequence[Named] = tuple(self._named(first, end))
        if self._with_subjects is not None:
            named = self._with_subjects(first, end, named)
        groups: list[list[Named]] = []
        for each in named:
            if groups and self._listed(groups[-1][-1].end, each.first):
                groups[-1].append(each)
            else:
                groups.append([each])
        return tuple(Group(tuple(group)) for group in groups)

    def _named(self, first: int, end: int) -> Iterator[Named]:
        """The units within the words, without those that stand in a bracket after another."""
        before: Named | None = None
        starts = self._unit_starts
        for at in range(bisect_left(starts, self.words.starts[first]), bisect_left(starts, self.words.ends[end - 1])):
            unit = self._units[at]
            if any(start <= unit.span[0] < end for start, end in self._gaps):
                continue
            each = Named(unit, *self.word_range(unit.span))
            if before is None or not (self._bracketed(before.end, each.first, each.end) or self._renamed(before.end, each.first)):
                before = each
                yield each

    def _bracketed(self, end: int, begin: int, stop: int) -> bool:
        """Whether a unit stands alone in a bracket after another: it says whose that one is."""
        return begin == end + 1 and self.words.text(end) == "(" and self.words.text(stop) == ")"

    def _renamed(self, end: int, begin: int) -> bool:
        """Whether a unit stands in a bracket that gives the one before a short name: "các Bộ, ngành (sau đây gọi là Bộ)"."""
        return self.words.text(end) == "(" and self.words.reads(end + 3, "gọi", loose=False) and begin < self.after_bracket(end)

    def _listed(self, end: int, following: int) -> bool:
        """Whether only what parts the items of a list stands between two units; a bracket is no part of the list."""
        at = self.after_bracket(end)
        seen = False
        while at < following:
            if self.words.text(at) in (",", ";", "/") or self.words.reads(at, "và") or self.words.reads(at, "cùng"):
                seen = True
                at += 1
            else:
                return False
        return seen and at == following

    def after_bracket(self, at: int) -> int:
        """The word after a bracket that opens at ``at`` ("Trung tâm X (Sở Y) …"), or ``at``."""
        if self.words.text(at) != "(":
            return at
        end = at + 1
        while end < len(self.words) and self.words.text(end) not in ("(", ")") and self.words.breaks_between(end - 1) <= 1:
            end += 1
        return end + 1 if self.words.text(end) == ")" else at
