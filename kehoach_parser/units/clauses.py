"""Restrictive clauses in a collective name: "các đơn vị kinh doanh nước sạch trên địa bàn", "các tổ chức cung cấp dịch vụ chi trả".

Which units are meant is said by a verb or a kind after the noun, up to the verb of the task. Some of these verbs can be the task itself
("các đơn vị cung cấp số liệu"): they belong to the name only where a task follows them in the same clause.
"""

from __future__ import annotations

from kehoach_parser.units.levels import LevelReader, Mention
from kehoach_parser.units.words import plain

_MOST_WORDS = 24  # of a clause
_SHORT_CLAUSE = 8  # words: in damaged text, where a task verb may be hidden
_INSIDE = frozenset(",/-–—")
# Verbs of one word, and the words that make another word with them ("công trình", "trợ giúp").
_COMPOUNDS = {
    "trình": ("công", "chương", "quy", "lộ", "quá", "giáo", "tiến"),
    "lập": ("công", "độc", "thành"),
    "tạo": ("đào", "sáng", "cải"),
    "cử": ("bầu", "ứng"),
    "giúp": ("trợ",),
    "mở": ("cởi",),
}


class ClauseReader(LevelReader):
    """Reads the clause after a collective noun."""

    def _clause(self, at: int, mention: Mention, bare: bool = False) -> int | None:
        """The word after the clause that begins at this word, or None where the name has none. ``bare``: one noun without "các"."""
        words, settings = self.words, self.settings
        if at >= len(words) or self._parted(at):
            return None
        closed = self._first(at, settings.closed, Mention(at, at, False))
        opened = closed if closed is not None else self._stands(at, settings.attributes)
        if opened is None or not words.text(at)[:1].islower():
            return None
        if closed is not None:
            return self._first(at, settings.closed, mention)
        end, task = self._clause_end(at, opened)
        if self._is_verb(at) and not (task or bare):
            return None
        if end - at > (_MOST_WORDS if words.is_clean(at) else _SHORT_CLAUSE):
            return None
        self._first(at, settings.attributes, mention, loose=False)
        return end

    def _clause_end(self, at: int, opened: int) -> tuple[int, bool]:
        """Where the clause ends, and whether a task follows there. Without one, it ends at its first comma."""
        words = self.words
        end, comma = opened, None
        while end < len(words) and end - at <= _MOST_WORDS and words.breaks_between(end - 1) < 2:
            printed = words.text(end)
            if words.breaks_between(end - 1) and (not printed[0].islower() or words.text(end + 1) in (")", ".")):
                return comma or end, True  # the clause ends a title: no sign after it
            if printed == ",":
                following = self._stands(end + 1, self.settings.attributes)
                if following is not None and end == opened:
                    end = opened = following  # "khai thác, sử dụng tài nguyên nước"
                    continue
                if self._is_verb(end + 1) or self.heads.get(end + 1) is not None:
                    break
                comma = comma or end
            elif (not printed[0].isalnum() and printed not in _INSIDE) or self._is_link(end) or self._stops(end):
                break
            elif end > at and self._is_task(end):
                return end, True
            end += 1
        return comma or end, False

    def _is_link(self, at: int) -> bool:
        """Whether "và", "hoặc" stand here before another name, or a name itself does."""
        if self.words.reads(at, "và") or self.words.reads(at, "hoặc") or self.words.reads(at, "cùng"):
            after = at + 1
            return self.heads.get(after) is not None or self.words.reads(after, "các") or self._is_verb(after)
        head = self.heads.get(at)
        return (head is not None and head.kind == "body") or self.words.reads(at, "các")

    def _stops(self, at: int) -> bool:
        return self._stands(at, self.settings.stops) is not None

    def _is_task(self, at: int) -> bool:
        """Whether the verb of the task stands here: a verb that no noun of the clause ("đơn vị cung cấp dịch vụ") is made with."""
        if not self._is_verb(at):
            return False
        if any(self.words.reads(at - 1, before) for before in _COMPOUNDS.get(plain(self.words.text(at)), ())):
            return False
        return self._stands(at, self.settings.attributes) is None
