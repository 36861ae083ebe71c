"""Who carries out a decision: all that the last article lists before "chịu trách nhiệm thi hành Quyết định này"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.finding import Finding
from kehoach_parser.duties.paragraphs import Group, Named, Paragraph, named_by_place
from kehoach_parser.duties.tasks import Tasks

_BETWEEN = (",", ";")  # names of a list
_MOST_BEFORE_LIST = 3  # words before the list
_JOINS = (",", "và")
_NO_NAME = ("được", "có", "phải", "là")  # "…, Ủy ban nhân dân cấp xã được phân cấp …; có trách nhiệm …"
_CERTAINTY = 0.8  # of a name that goes on to the semicolon


class Executing:
    """Reads the lists of those who carry out a decision."""

    def __init__(self, context: DutyContext, tasks: Tasks) -> None:
        self._context, self._words, self._tasks = context, context.words, tasks
        #: Where "chịu trách nhiệm thi hành" stands in the text: every paragraph is asked for it.
        self._execute = [at for at, _ in context.known.execute.places(context.words)]

    def of(self, node: int | None, paragraph: Paragraph) -> list[Finding]:
        """ "Chánh Văn phòng, Giám đốc Sở Y tế … chịu trách nhiệm thi hành Quyết định này": all of the list; else none."""
        words = self._words
        if not self._names(paragraph):
            return []
        at = self._executed(paragraph.groups[0].end, paragraph.end)
        if at is None or any(words.text(before) == "." or self._context.leads(before) for before in range(paragraph.first, at)):
            return []
        task = self._tasks.sentence(at, paragraph)
        groups = [group for group in paragraph.groups if group.end <= at and not words.reads(group.first - 1, "của", loose=False)]
        return [Finding(named.unit, "assigned", True, node, task, named.end) for named in self._whole(groups, at)]

    def _whole(self, groups: Sequence[Group], at: int) -> Iterator[Named]:
        """The units of a list up to word ``at``, each as long as its name is."""
        listed = [named for group in groups for named in group.units]
        past = 0
        for number, each in enumerate(listed):
            if each.first < past or self._is_named_one_by_one(each, listed[number + 1 :]):
                continue  # "Giám đốc cơ quan chuyên môn thuộc Ủy ban nhân dân cấp tỉnh;" is one
            past = self._name_end(each, listed[number + 1 :], at)
            yield each if past == each.end else named_by_place(self._words, self._context.scope, each.first, past, _CERTAINTY)

    def _is_named_one_by_one(self, named: Named, later: Sequence[Named]) -> bool:
        """Whether a colon behind a name opens the list of whom it means: "Thủ trưởng các cơ quan: các sở, ban, ngành; …"."""
        return self._words.text(named.end) == ":" and any(other.first == named.end + 1 for other in later)

    def _name_end(self, named: Named, later: Sequence[Named], at: int) -> int:
        """The word after a name. Where a semicolon parts the list, the name goes on to it, or to the comma before what begins as a unit:
        "…; Cục trưởng Cục A, B và C; Thủ trưởng các đơn vị …"."""
        words = self._words
        semicolon = next((sign for sign in range(named.end, at) if words.text(sign) == ";"), named.end)
        end = min(semicolon, *(other.first for other in later if self._begins(other)), at)
        while end > named.end and words.text(end - 1) in _JOINS:
            end -= 1
        inside = {word for other in later for word in range(other.first, other.end)}
        goes_on = all(word in inside or self._is_of_name(word) for word in range(named.end, end))
        return end if goes_on and self._context.known.task.after(words, named.end) is None else named.end

    def _begins(self, named: Named) -> bool:
        """Whether a unit is another of the list: behind a comma or "và", and a post also without ("Giám đốc Sở A Giám đốc Sở B")."""
        posted = named.unit.stands_for is not None and self._words.text(named.first)[0].isupper()
        return posted or self._words.text(named.first - 1) in _JOINS

    def _is_of_name(self, at: int) -> bool:
        """Whether a word, or the comma with what follows it, may be part of a name."""
        if self._words.text(at) != ",":
            return self._words.text(at).isalpha() and self._words.text(at) not in _NO_NAME
        known = self._context.known
        return self._words.text(at + 1)[:1].isupper() and all(
            each.after(self._words, at + 1) is None for each in (known.actors, known.first_words, known.several, known.posts)
        )

    def joined(self, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
        """Paragraphs with the list of those who carry out a decision in one, where it is printed on several lines."""
        listed: list[Paragraph] = []
        for paragraph in paragraphs:
            listed.append(paragraph)
            if self._words.text(paragraph.end - 1) in _BETWEEN and self._names(paragraph):
                continue
            if self._executed(paragraph.first, paragraph.end) is not None:
                whole = Paragraph(listed[0].first, paragraph.end, tuple(group for each in listed for group in each.groups))
                yield from self._sentences_apart(whole)
            else:
                yield from listed
            listed = []
        yield from listed

    def _sentences_apart(self, paragraph: Paragraph) -> Iterator[Paragraph]:
        """A list of those who carry out a decision, and what follows its sentence: "…. Trong quá trình thực hiện, các xã phản ánh …"."""
        first, *later = self._context.texts.sentences(paragraph)
        if not later or self._executed(first.first, first.end) is None or not self._names(first):
            yield paragraph
            return
        yield first
        yield Paragraph(first.end, paragraph.end, tuple(group for each in later for group in each.groups))

    def _names(self, paragraph: Paragraph) -> bool:
        """Whether a line may be one of a list of units."""
        return bool(paragraph.groups) and paragraph.groups[0].first <= paragraph.first + _MOST_BEFORE_LIST

    def _executed(self, first: int, end: int) -> int | None:
        """The word from ``first`` up to ``end`` at which it is said that a decision is carried out."""
        at = bisect_left(self._execute, first)
        return self._execute[at] if at < len(self._execute) and self._execute[at] < end else None
