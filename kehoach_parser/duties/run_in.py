"""Items that run on within a line: "… yêu cầu: 1. Bộ Y tế … 2. Bộ Tài chính: a) … b) …", as web copies of conclusions have them.

The outline has no nodes for these, for nothing begins a line. For who must do what they are places like any other, so that they are laid
into the structure as items and letters; what is found in them is said of the node around them (`Outlined.printed`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kehoach_parser.found import Structure
from kehoach_parser.model import Node, Span
from kehoach_parser.text.fold import CAPITALS
from kehoach_parser.text.number_words import ALPHABET

_MARK = re.compile(
    rf"(?:(?<=[.;:…!?”\"\])*])\s+|\A\s*)(?:(?P<item>\d{{1,2}})\.\s+(?=[“\"]?[{CAPITALS}])|(?P<letter>[a-zđ])\)\s+(?=\S)"
    rf"|\((?P<subitem>\d{{1,2}})\)\s*(?=[^\W\d_])|\((?P<dash>[ivx]{{1,4}})\)\s*(?=[{CAPITALS}]))"
)
#: Letters of a line that lost the ends of its paragraphs: "(1) trình …; (2) chủ trì …" are places there, parts of one in a paragraph.
_UNBROKEN = 1500
#: Labels that are no numbers, in their order.
_ORDER = {"letter": tuple(ALPHABET), "dash": ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")}
#: Kinds of nodes, the higher before the deeper; "(i)" stands below "a)", as a dash does; a point is "(1)" in a letter. What is not named is
#: a section or wider.
_DEPTHS = (("item",), ("subitem",), ("letter",), ("point", "line"), ("dash",), ("plus", "star"))
_RANKS = {kind: rank for rank, kinds in enumerate(_DEPTHS, start=1) for kind in kinds}
#: "(i)" as the outline has it stands below what runs on before it, and what runs on in it stands in it.
_RANKS_OF_NODES = _RANKS | {"roman": _RANKS["dash"]}


@dataclass(frozen=True, slots=True)
class Outlined:
    """A structure with the items that run on as nodes. ``printed``: the node that the outline has where such a one stands, or None."""

    structure: Structure
    printed: Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text of its own: ``within`` is the index of the node that it is part of, None in the preamble and at the close."""

    span: Span
    within: int | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a node of its own begins that the outline does not have; ``within``: the index of the node around it."""

    at: int
    kind: str
    label: str
    within: int | None


def with_run_in(structure: Structure, content: str) -> Outlined:
    """The structure with its items that run on as nodes; unchanged where it has none. A subject may run on into the text as well."""
    pieces = _joined(content, _pieces(structure))
    marks = _in_order(structure, list(_marks(content, pieces, structure.parts[0].span[1])))
    return _Outliner(structure, pieces, marks).outlined() if marks else Outlined(structure, {})


def laid_into(outlined: Outlined, marks: Sequence[Mark]) -> Outlined:
    """The structure with further marks as nodes."""
    more = _Outliner(outlined.structure, _pieces(outlined.structure), marks).outlined()
    printed = {new: within if within is None else outlined.printed.get(within, within) for new, within in more.printed.items()}
    return Outlined(more.structure, {**outlined.printed, **printed})


def _pieces(structure: Structure) -> list[_Piece]:
    """All stretches of text of a structure, in their order."""
    return sorted(
        (
            *(_Piece(span, None) for span in (*structure.subjects, *structure.preamble)),
            *(_Piece(span, index) for index, spans in enumerate(structure.own_text) for span in spans),
            *(() if structure.closing is None else (_Piece(structure.closing, None),)),
        ),
        key=lambda piece: piece.span,
    )


def _joined(content: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces with signs that stand alone laid to what is before them: the colon after a subject that runs on."""
    out: list[_Piece] = []
    for piece in pieces:
        if out and piece.within == out[-1].within and not any(map(str.isalnum, content[slice(*piece.span)])):
            out[-1] = _Piece((out[-1].span[0], piece.span[1]), piece.within)
        else:
            out.append(piece)
    return out


def _marks(content: str, pieces: Sequence[_Piece], first_end: int) -> Iterator[Mark]:
    for piece in pieces:
        if piece.span[0] >= first_end:
            continue
        for match in _MARK.finditer(content, *piece.span):
            kind = match.lastgroup or ""
            at = match.start(kind) - content.startswith("(", match.start(kind) - 1)
            if kind == "subitem" and content[match.end()].islower() and not _is_unbroken(content, at):
                continue
            if at > piece.span[0] or piece.within is None:
                yield Mark(at, kind, match[kind], piece.within)


def _is_unbroken(content: str, at: int) -> bool:
    """Whether the line at a place lost the ends of its paragraphs."""
    end = content.find("\n", at)
    return (len(content) if end < 0 else end) - content.rfind("\n", 0, at) > _UNBROKEN


def _in_order(structure: Structure, marks: list[Mark]) -> list[Mark]:
    """The marks that count on: a number after the one before it, which may be an item of the outline; the others anew in each item, what
    stands in a letter anew in each letter."""
    begun = [node for node in structure.nodes if node.kind == "letter" or (node.kind == "item" and node.label.isdigit())]
    numbers = [(node.span[0], int(node.label)) for node in begun if node.kind == "item"]
    out: list[Mark] = []
    last: dict[str, int] = {}  # how far each kind has counted
    for place, printed in enumerate(marks):
        for node in begun:
            if (out[-1].at if out else 0) < node.span[0] < printed.at:
                last = {"item": int(node.label)} if node.kind == "item" else _above(last, node.kind)
        mark = _as_point(structure, printed, last)
        ordinal = _ordinal(mark)
        if _counts_on(mark.kind, ordinal, last.get(mark.kind, 0)) and (ordinal > 1 or _is_first(marks[place + 1 :], numbers, printed)):
            out.append(mark)
            last = _above(last, mark.kind) | {mark.kind: ordinal}
    return out


def _above(last: Mapping[str, int], kind: str) -> dict[str, int]:
    """How far the kinds have counted that stand above another, which begins."""
    return {each: number for each, number in last.items() if _RANKS[each] < _RANKS[kind]}


def _as_point(structure: Structure, mark: Mark, last: Mapping[str, int]) -> Mark:
    """A number in brackets as a point where it stands in a letter ("a) Bộ Công an: (1) …; (2) …"), other marks as they are. A letter may
    stand in such a number as well, whose count then goes on."""
    number = _ordinal(mark)
    if mark.kind != "subitem" or (last.get("subitem") == number - 1 > 0 and last.get("point") != number - 1):
        return mark
    lettered = "letter" in last or (mark.within is not None and structure.nodes[mark.within].kind == "letter")
    return replace(mark, kind="point") if lettered else mark


def _ordinal(mark: Mark) -> int:
    """The number of a mark among those of its kind; 0 where its label is none of them."""
    if mark.label.isdigit():
        return int(mark.label)
    order = _ORDER[mark.kind]
    return order.index(mark.label) + 1 if mark.label in order else 0


def _counts_on(kind: str, ordinal: int, last: int) -> bool:
    """Whether a number follows the one before it; some leave a letter out ("đ")."""
    return ordinal == last + 1 or (kind == "letter" and last > 0 and ordinal == last + 2)


def _is_first(following: Sequence[Mark], begun: Sequence[tuple[int, int]], mark: Mark) -> bool:
    """Whether a second of its kind follows the first, before any that stands higher; the second item may be one of the outline."""
    if mark.kind == "item":
        return any(at > mark.at and label == 2 for at, label in begun) or any(
            other.kind == "item" and other.label == "2" for other in following
        )
    after = next((other for other in following if _RANKS[other.kind] <= _RANKS[mark.kind]), None)
    return after is not None and after.kind == mark.kind and _ordinal(after) == 2


class _Outliner:
    """Lays marks into a structure. Entries are its nodes and the marks, in document order."""

    def __init__(self, structure: Structure, pieces: Sequence[_Piece], marks: Sequence[Mark]) -> None:
        self._structure, self._pieces, self._marks = structure, pieces, marks
        first = max((node.id for node in structure.nodes), default=-1) + 1
        self._ids = {mark.at: first + number for number, mark in enumerate(marks)}
        self._by_id = {node.id: node for node in structure.nodes}

    def outlined(self) -> Outlined:
        """The structure with nodes for the marks."""
        entries = self._entries()
        starts = [node.span[0] for node in entries]
        spans = self._spans(entries)
        own = self._own(starts)
        nodes = tuple(replace(node, span=span) for node, span in zip(entries, spans, strict=True))
        closing = self._structure.closing
        structure = replace(
            self._structure,
            nodes=nodes,
            own_text=tuple(tuple(own.get(at, ())) for at in range(len(entries))),
            preamble=tuple(self._uncut(span) for span in self._structure.preamble if self._is_outside(span[0])),
            closing=None if closing is None else self._uncut(closing),
        )
        within = {self._ids[mark.at]: mark.within for mark in self._marks}
        printed = {number: None if index is None else self._structure.nodes[index].id for number, index in within.items()}
        return Outlined(structure, printed)

    def _uncut(self, span: Span) -> Span:
        """A paragraph that no node holds, up to the first item in it."""
        return span[0], min((mark.at for mark in self._marks if span[0] <= mark.at < span[1]), default=span[1])

    def _is_outside(self, at: int) -> bool:
        """Whether a paragraph that no node holds stays so: before the first item, in a later paper, at the close."""
        closing = self._structure.closing
        return at < self._marks[0].at or at >= self._structure.parts[0].span[1] or (closing is not None and at == closing[0])

    def _entries(self) -> list[Node]:
        """The nodes and marks with their parents; their spans are not yet cut."""
        nodes, marks = list(self._structure.nodes), list(self._marks)
        entries: list[Node] = []
        within: list[Node] = []  # the marks that what follows stands in: an item, a letter
        while nodes or marks:
            if marks and (not nodes or marks[0].at < nodes[0].span[0]):
                mark = marks.pop(0)
                within = [each for each in within if _RANKS[each.kind] < _RANKS[mark.kind]]
                parent = within[-1].id if within else self._around(mark)
                node = Node(self._ids[mark.at], parent, 1, mark.kind, mark.label, "", (mark.at, mark.at))
                within.append(node)
            else:
                node = nodes.pop(0)
                rank = _RANKS_OF_NODES.get(node.kind, 0)
                within = [each for each in within if _RANKS[each.kind] < rank]
                if within and (node.parent is None or self._by_id[node.parent].span[0] < within[-1].span[0]):
                    node = replace(node, parent=within[-1].id)
            entries.append(node)
        return entries

    def _around(self, mark: Mark) -> int | None:
        """The node of the outline that a mark is a child of: the innermost around it that stands higher."""
        node = None if mark.within is None else self._structure.nodes[mark.within]
        while node is not None and _RANKS.get(node.kind, 0) >= _RANKS[mark.kind]:
            node = None if node.parent is None else self._by_id[node.parent]
        return None if node is None else node.id

    def _spans(self, entries: Sequence[Node]) -> list[Span]:
        """Each entry up to the next that is not below it."""
        last = max(piece.span[1] for piece in self._pieces)
        ends = [last] * len(entries)
        open_entries: list[int] = []
        for at, node in enumerate(entries):
            while open_entries and entries[open_entries[-1]].id != node.parent:
                ends[open_entries.pop()] = node.span[0]
            open_entries.append(at)
        return [
            (node.span[0], end if node.id in self._ids.values() else min(end, node.span[1]))
            for node, end in zip(entries, ends, strict=True)
        ]

    def _own(self, starts: Sequence[int]) -> dict[int, list[Span]]:
        """The own text of each entry, by its index: that of a node up to the first mark in it, then that of each mark."""
        marks = [mark.at for mark in self._marks]
        out: dict[int, list[Span]] = {}
        for piece in self._pieces:
            start, end = piece.span
            inside = [at for at in marks if start <= at < end]
            for begin, stop in zip((start, *inside), (*inside, end), strict=True):
                if begin < stop and (piece.within is not None or begin in marks or not self._is_outside(begin)):
                    out.setdefault(bisect_right(starts, begin) - 1, []).append((begin, stop))
        return out
