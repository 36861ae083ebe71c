"""Lines that only name who is told, over what each is to do: first "Tổ Ngữ văn:" and dashes, then "Tổ Toán:".

The outline has no nodes for these, for they bear no label; in it the second name is the end of the dash before it. For who must do what
they are heads like any other, so that they are laid into the structure, between a letter and a dash.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kehoach_parser.duties.by_place import NamedByPlace
from kehoach_parser.duties.context import DutyContext
from kehoach_parser.duties.paragraphs import Paragraph
from kehoach_parser.duties.run_in import Mark, Outlined, laid_into
from kehoach_parser.found import Structure
from kehoach_parser.model import Span

_KIND = "line"
_BULLETS = ("dash", "plus", "star")
_ENDS = (".", ";", ",", "!", "?")
_BAR = "|"


def with_unit_lines(outlined: Outlined, context: DutyContext, outside: Sequence[Span]) -> Outlined:
    """The structure with its lines of names as nodes; unchanged where it has none. ``outside``: the spans of tables."""
    lines = _UnitLines(outlined.structure, context, outside)
    marks = [mark for index in range(len(outlined.structure.nodes)) for mark in lines.of(index)]
    return laid_into(outlined, marks) if marks else outlined


class _UnitLines:
    """Reads the lines of names in the own texts of nodes."""

    def __init__(self, structure: Structure, context: DutyContext, outside: Sequence[Span]) -> None:
        self._structure, self._context, self._outside = structure, context, outside
        self._words, self._content = context.words, context.words.content
        self._by_place = NamedByPlace(context)

    def of(self, index: int) -> Iterator[Mark]:
        """The marks of the lines of names in a node; none in what OCR left of a table, where such a line is a cell."""
        own = self._structure.own_text[index]
        if any(_BAR in self._content[slice(*span)] for span in own):
            return
        for line, rest in self._lines(own):
            if not (self._may_be(line) and self._is_alone(line)):
                continue
            beneath = self._context.texts.first((rest,)) or self._following(index)
            paragraph = self._context.texts.first((line,)) if beneath is not None and self._tells(beneath) else None
            if beneath is not None and paragraph is not None and self._names(paragraph, beneath):
                yield Mark(self._words.starts[paragraph.first], _KIND, "", index)

    def _lines(self, spans: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
        """The lines of some text, each with what is left of the text behind it."""
        for start, end in spans:
            at = start
            while at < end:
                stop = self._content.find("\n", at, end)
                stop = end if stop < 0 else stop
                yield (at, stop), (stop, end)
                at = stop + 1

    def _may_be(self, line: Span) -> bool:
        """A cheap look before paragraphs are read."""
        text = self._content[slice(*line)].strip()
        return len(text) > 1 and text[0].isupper() and text[-1] not in _ENDS

    def _is_alone(self, line: Span) -> bool:
        """Whether a line is a paragraph and bears no label; one with a colon may follow a line that no sign ends."""
        if any(first <= line[0] < last for first, last in self._outside):
            return False
        texts, begun = self._context.texts, self._content.rfind("\n", 0, line[0]) + 1
        first, end = texts.word_range(line)
        if first == end or self._content[begun : self._words.starts[first]].strip():
            return False
        return not texts.goes_on(first) if self._words.text(end - 1) == ":" else texts.begins_paragraph(first)

    def _following(self, index: int) -> Paragraph | None:
        """The first paragraph of the bullet that follows a node's own text."""
        nodes = self._structure.nodes
        if index + 1 >= len(nodes) or nodes[index + 1].kind not in _BULLETS:
            return None
        own = self._structure.own_text[index + 1]
        return self._context.texts.first(own, self._context.texts.content_start(nodes[index + 1], own))

    def _tells(self, beneath: Paragraph) -> bool:
        """Whether a paragraph begins with a task."""
        known = self._context.known
        return (known.task.after(self._words, beneath.first) or known.binding.after(self._words, beneath.first)) is not None

    def _names(self, paragraph: Paragraph, beneath: Paragraph) -> bool:
        """Whether a paragraph over a task is a name, or several."""
        end = paragraph.end - (self._words.text(paragraph.end - 1) == ":")
        if paragraph.groups and paragraph.groups[0].first == paragraph.first:
            return self._context.texts.after_bracket(paragraph.groups[0].end) == end
        named = self._by_place.concerned(paragraph, beneath) or self._by_place.read(paragraph, beneath, False)
        return named is not None and named.end == end
