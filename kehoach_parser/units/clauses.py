"""Restrictive clauses in a collective name: "các đơn vị kinh doanh nước sạch trên địa bàn", "các tổ chức cung cấp dịch vụ chi trả".

Which units are meant is said by a verb or a kind after the noun, up to the verb of the task. Some of these verbs can be the task itself
("các đơn vị cung cấp số liệu"): they belong to the name only where a task follows them in the same clause.
"""

from __future__ import annotations

from kehoach_parser.units.context import Context, Read

_MOST_WORDS = 24  # of a clause
_SHORT_CLAUSE = 8  # words: in damaged text, where a task verb may be hidden
_INSIDE = frozenset(",/-–—")


class Clauses:
    """Reads the clause after a collective noun."""

    def __init__(self, context: Context) -> None:
        self.context, self.words, self.lists = context, context.words, context.lists

    def read(self, at: int, bare: bool) -> Read | None:
        """The clause that begins at this word, or None where the name has none. ``bare``: one noun without "các"."""
        context = self.context
        if at >= len(self.words) or context.parted(at) or not self.words.text(at)[:1].islower():
            return None
        if (closed := context.first(at, self.lists.closed)) is not None:
            return closed
        opened = context.after(at, self.lists.attributes)
        if opened is None:
            return None
        end, task = self._end(at, opened)
        if context.is_verb(at) and not (task or bare):
            return None
        if end - at > (_MOST_WORDS if self.words.is_clean(at) else _SHORT_CLAUSE):
            return None
        attribute = context.first(at, self.lists.attributes, loose=False)
        return Read(end, {} if attribute is None else attribute.true)

    def _end(self, at: int, opened: int) -> tuple[int, bool]:
        """Where the clause ends, and whether a task follows there. Without one, it ends at its first comma."""
        words = self.words
        end, comma = opened, None
        while end < len(words) and end - at <= _MOST_WORDS and not self.context.parted(end):
            if self._ends_title(end):
                return comma or end, True
            if words.text(end) == ",":
                following = self.context.after(end + 1, self.lists.attributes)
                if following is not None and end == opened:
                    end = opened = following  # "khai thác, sử dụng tài nguyên nước"
                    continue
                if self.context.is_verb(end + 1) or end + 1 in self.context.heads:
                    break
                comma = comma or end
            elif self._leaves(end):
                break
            elif self._is_task(end):
                return end, True
            end += 1
        return comma or end, False

    def _ends_title(self, at: int) -> bool:
        """Whether the clause ends a title before the word: a line that bears no sign at its end."""
        words = self.words
        return words.breaks_between(at - 1) > 0 and (not words.text(at)[0].islower() or words.text(at + 1) in (")", "."))

    def _leaves(self, at: int) -> bool:
        """Whether the clause cannot go over the word: a sign of punctuation, what begins another name, a word that opens another clause."""
        sign = not self.words.text(at)[0].isalnum() and self.words.text(at) not in _INSIDE
        return sign or self._is_link(at) or self.context.after(at, self.lists.stops) is not None

    def _is_link(self, at: int) -> bool:
        """Whether "và", "hoặc" stand here before another name, or a name itself does."""
        words, context = self.words, self.context
        if any(words.reads(at, link) for link in ("và", "hoặc", "cùng")):
            return at + 1 in context.heads or words.reads(at + 1, "các") or context.is_verb(at + 1)
        return context.body(at) is not None or words.reads(at, "các")

    def _is_task(self, at: int) -> bool:
        """Whether the verb of the task stands here: a verb that no noun of the clause ("đơn vị cung cấp dịch vụ") is made with."""
        context = self.context
        if not context.is_verb(at) or context.makes(at - 1, self.lists.compounds, self.words.text(at), loose=True):
            return False
        return context.after(at, self.lists.attributes) is None
