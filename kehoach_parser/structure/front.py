"""The head of a paper (thể thức đầu trang): organs, number and symbol, place and date, type, subject; and where its text begins.

Three parts: the lines above the type (`head_lines`), the type with its subject (`titles`), the organ lines put together (`organ_lines`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kehoach_parser.model import Span
from kehoach_parser.structure.head_lines import HeadLines, stripped
from kehoach_parser.structure.named_in_line import InLine, named_in_line, titled_in_small_letters
from kehoach_parser.structure.organ_lines import organs_of
from kehoach_parser.structure.titles import after_bracket, capitals_end, decider, late_symbol, lost_head_end, subject_of, title_of
from kehoach_parser.text.lines import Line, words_of
from kehoach_parser.text.phrases import starts_with, type_name


@dataclass(frozen=True, slots=True)
class Front:
    """The head of a paper as spans of the text, not read yet. ``body`` is the index of the first line of the text proper.

    ``unread_day``: what stands where the day is printed and is none. ``letter``: what says that a paper without type is an official letter,
    "V/v" or "Kính gửi". ``decides``: who decides, below the subject.
    """

    span: Span
    organs: tuple[tuple[Span, ...], ...] = ()
    symbol: tuple[Span, ...] = ()
    place: tuple[Span, ...] = ()
    date_zone: Span | None = None
    type: Span | None = None
    type_name: str | None = None
    subject: tuple[Span, ...] = ()
    marks: tuple[Span, ...] = ()
    body: int = 0
    unread_day: Span | None = None
    letter: Span | None = None
    decides: tuple[Span, ...] = ()


def read_front(lines: Sequence[Line], content: str, folded: str, dates: Sequence[Span]) -> Front:
    """The head of the paper that the lines make up; ``dates``: where dates stand in the text.

    Without head (a lost page) all of it is empty and ``body`` 0.
    """
    title = title_of(lines)
    if title is None and (named := named_in_line(lines, content) or titled_in_small_letters(lines, content)) is not None:
        return _front_of(named, lines)
    head_end = lost_head_end(lines) if title is None else title.line
    head = HeadLines(content, folded, dates, title is not None)
    head.read(lines[:head_end], lines[head_end : head_end + 2])
    subject, body = (head.untitled, head_end) if title is None else subject_of(lines, content, title)
    symbol = head.symbol
    if not symbol and 0 < body < len(lines) and (late := late_symbol(lines[body])):
        symbol, body = late, body + 1
    kind = (lines[title.line].start, title.end) if title else head.kind
    return Front(
        span=(lines[0].start, lines[body - 1].end) if body else (0, 0),
        organs=organs_of(head.organs, folded),
        symbol=tuple(symbol),
        place=head.place,
        date_zone=head.date_zone,
        type=kind,
        type_name=title.name if title else type_name(words_of(folded[slice(*kind)])) if kind else None,
        subject=tuple(subject),
        marks=tuple(head.marks),
        body=body,
        unread_day=head.unread_day,
        letter=None if kind else head.about or _addressed(lines, body),
        decides=decider(lines, body),
    )


def _front_of(named: InLine, lines: Sequence[Line]) -> Front:
    """The head that one line says."""
    return Front(
        span=(lines[0].start, lines[named.line].end),
        organs=((named.organ,),) if named.organ else (),
        symbol=(named.symbol,) if named.symbol else (),
        date_zone=named.date,
        type=named.type,
        type_name=named.type_name,
        subject=(named.subject,) if named.subject else (),
        body=named.line + 1,
    )


def _addressed(lines: Sequence[Line], body: int) -> Span | None:
    """ "Kính gửi" where the text begins."""
    if body >= len(lines) or not starts_with(words_of(lines[body].folded), "Kính gửi"):
        return None
    return lines[body].start, lines[body].start + len("Kính gửi")


def read_annex_front(lines: Sequence[Line], content: str, labelled: bool) -> Front:
    """The head of an annex: its label ("PHỤ LỤC II"), then a title in capitals and a bracket ("(Kèm theo Kế hoạch số …)"), if any."""
    first = 1 if labelled else 0
    end = capitals_end(lines, first)
    subject = tuple(stripped(content, line.start, line.end) for line in lines[first:end])
    body = after_bracket(lines, end)
    span = (lines[0].start, lines[body - 1].end) if body else (lines[0].start, lines[0].start)
    return Front(span, subject=subject, body=body)
