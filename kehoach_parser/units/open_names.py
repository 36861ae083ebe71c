"""Names with an open field: "Trung tâm Quản lý hạ tầng kỹ thuật", "Chi cục Thủy lợi". Only the kind is known, the rest is read by its form.

In clean text the name runs to its last word with a capital or a level. In damaged text verbs and small words are not to be trusted, so
only a run of capitals is read, with few small words between them.
"""

from __future__ import annotations

from collections.abc import Callable

from kehoach_parser.text.fold import fold
from kehoach_parser.units.context import Context, Read
from kehoach_parser.units.extensions import Extensions
from kehoach_parser.units.levels import Levels

_SURE_OPEN = 10  # words: an open name this long ends where a verb begins
_SURE_STOP = 10  # words: an open name this long ends at a colon or full stop
_MAX_OPEN = 14  # words of an open name
_TIES = ("-", "–", "&")
_MOST_FIELD = 6  # words of a field after a comma: "Vụ Khoa học công nghệ, Đào tạo và Môi trường"
_JOINS = (",", ";", "và")
_ENDS = frozenset((":", ".", ",", ";", ")", "(", "/"))
_SMALL_BETWEEN = 4  # small words between two capitals of a damaged name


class OpenNames:
    """Reads names whose kind is listed and whose field is not."""

    def __init__(self, context: Context, levels: Levels, extensions: Extensions) -> None:
        self.context, self.words = context, context.words
        self._levels, self._extensions = levels, extensions

    def read(self, at: int) -> Read | None:
        """A name with an open field and what extends it, or None."""
        kind = self._kind(at)
        if kind is None:
            return None
        name = self._clean(at, kind) if self.words.is_clean(at) else self._damaged(at, kind)
        return None if name is None else self._extensions.extend(name)

    def _kind(self, at: int) -> Read | None:
        """The kind that a name begins with: before a capital on its line; in capitals only where it stands in another name."""
        words, context = self.words, self.context
        printed = words.text(at)
        if printed.isupper() or (words.clean[at] and not printed[0].isupper() and words.folds[at] not in context.lists.small_kinds):
            return None
        if words.folds[at] in context.lists.small_kinds and words.reads(at - 1, "văn", loose=False):
            return None  # "Văn phòng HĐND-UBND"
        kind = context.first(at, context.lists.open_kinds, loose=False)
        if kind is None or not context.capital(kind.end) or words.breaks_between(kind.end - 1):
            return None
        if not (printed[0].isupper() or fold(kind.true[at]) in context.lists.small_kinds):
            return None
        return None if context.is_never(at) else kind

    def _clean(self, at: int, kind: Read) -> Read:
        """In clean text: up to its last capital or level, or all of it where a verb, a colon or a full stop ends it."""
        words, context = self.words, self.context

        def goes_on(end: int, last: int) -> bool:
            if end - at >= _MAX_OPEN or not self._same_line(end, kind):
                return False
            spelt = words.text(end)[0].isalnum() or words.text(end) in _TIES or self._lists_fields(at, end)
            other = context.body(end) is not None and words.text(end - 1) not in _TIES  # "Công nghiệp - Viễn thông Quân đội" is one name
            verb = context.is_verb(end) and not self._is_field(end)
            return spelt and not other and not verb and not words.reads(end, "các") and not self._leads_on(end)

        name, end = self._run(kind, goes_on)
        field = max((comma for comma in range(at, end) if words.text(comma) == ","), default=at)  # what is sure is the last field
        by_verb = end - field <= _SURE_OPEN and self._same_line(end, kind) and context.is_verb(end)
        stops = words.text(end) in _ENDS or words.breaks_between(end - 1) > 0 or self._leads_on(end)
        by_stop = end - field <= _SURE_STOP and stops
        if by_verb or by_stop:
            return Read(end, name.true)
        return self._with_body(name, kind, end) or name

    def _with_body(self, name: Read, kind: Read, end: int) -> Read | None:
        """The name with the body that it is named after: "Trường Đại học Công đoàn" does not end at "Đại". Behind "và" it is another."""
        body = self.context.body(end) if name.end < end and self._same_line(end, kind) else None
        if body is None:
            return None
        return Read(end - 1, name.true) if self.words.reads(end - 1, "và", loose=False) else Read(body.end, name.true)

    def _lists_fields(self, at: int, comma: int) -> bool:
        """Whether a comma parts two fields of one department: "Vụ Khoa học công nghệ, Đào tạo và Môi trường"; behind "các" it parts two."""
        words = self.words
        if words.text(comma) != "," or words.folds[at] not in self.context.lists.of_fields or words.reads(at - 1, "các"):
            return False
        if not self._is_field_alone(comma + 1):
            return False
        for end in range(comma + 2, min(len(words) - 1, comma + 2 + _MOST_FIELD)):
            if words.reads(end, "và", loose=False):
                return self._is_field_alone(end + 1)
            if not words.text(end).isalpha() or words.breaks_between(end - 1) > 1:
                return False
        return False

    def _is_field_alone(self, at: int) -> bool:
        """Whether a capital begins neither another name nor a leader's title; a task behind a comma begins with a small letter."""
        context = self.context
        names = at in context.heads or self._kind(at) is not None or context.first(at, context.known.leaders) is not None
        return context.capital(at) and not names

    def _is_field(self, at: int) -> bool:
        """Whether what may be a verb belongs to the name: "tình hình", and a capital after "và", a dash or the comma of another field ("Cục
        Trồng trọt và" Bảo vệ …, "Công chức Địa chính -" Xây dựng, "Phòng Tổ chức," Tuyên truyền và Xây dựng lực lượng)."""
        joins = self.words.reads(at - 1, "và", loose=False) or self.words.text(at - 1) in (",", *_TIES)
        spelt = self.context.capital(at) and not self.words.breaks_between(at - 1)
        joined = spelt and (joins or self._ends_name(at))
        return joined or self.context.makes(at - 1, self.context.lists.compounds, self.words.text(at), loose=False)

    def _ends_name(self, at: int) -> bool:
        """Whether what may be a verb is the end of a name in a list: "Viện Kinh tế Quản lý, Viện Sư phạm Kỹ thuật"."""
        end = self.context.after(at, self.context.lists.verbs)
        return end is not None and self.words.text(end) in _JOINS and self.context.capital(end + 1) and end + 1 in self.context.heads

    def _leads_on(self, at: int) -> bool:
        """Whether "và" joins a leader or another name to the name: "Vụ trưởng Vụ Pháp chế" và Thủ trưởng các đơn vị, "Viện Kinh tế" và Khoa
        Luật."""
        if not self.words.reads(at, "và", loose=False) or not self.context.capital(at + 1):
            return False
        return self.context.first(at + 1, self.context.known.leaders) is not None or self._kind(at + 1) is not None

    def _damaged(self, at: int, kind: Read) -> Read | None:
        """In damaged text: a run of capitals on one line, with few small words between them; no single one before a small word."""
        words, context = self.words, self.context

        def goes_on(end: int, last: int) -> bool:
            if end - at >= _MAX_OPEN or end - last > _SMALL_BETWEEN or not self._same_line(end, kind):
                return False
            return words.text(end)[0].isalpha() and not context.is_verb(end) and context.body(end) is None

        name, _ = self._run(kind, goes_on)
        single = name.end == kind.end + 1 and words.text(name.end)[:1].islower()
        return None if single and not context.is_verb(name.end) and not words.breaks_between(name.end - 1) else name

    def _run(self, kind: Read, goes_on: Callable[[int, int], bool]) -> tuple[Read, int]:
        """The name up to its last capital or number, or with its level; and the word at which reading stopped."""
        end = last = kind.end + 1
        while goes_on(end, last):
            level = self._levels.read(end)
            if level is not None:
                return kind.then(level), level.end
            end += 1
            if self.context.capital(end - 1) or self.words.text(end - 1).isdigit():
                last = end
        return Read(last, kind.true), end

    def _same_line(self, at: int, kind: Read) -> bool:
        """Whether an open name may go on with the word: on the same line, or from capital to capital over one line end."""
        if at >= len(self.words):
            return False
        breaks = self.words.breaks_between(at - 1)
        capitals = self.context.capital(at - 1) and self.context.capital(at)
        return breaks == 0 or (breaks == 1 and at > kind.end + 1 and capitals and not self.context.is_verb(at))
