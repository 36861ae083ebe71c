"""Names with an open field: "Trung tâm Quản lý hạ tầng kỹ thuật", "Chi cục Thủy lợi". Only the kind is known, the rest is read by its form.

In clean text the name runs to its last word with a capital or a level. In damaged text verbs and small words are not to be trusted, so
only a run of capitals is read, with few small words between them.
"""

from __future__ import annotations

from kehoach_parser.units.clauses import ClauseReader
from kehoach_parser.units.levels import Mention

_SURE_OPEN = 8  # words: an open name this long ends where a verb begins
_MAX_OPEN = 14  # words of an open name
_MAX_DAMAGED = 12
_SMALL_BETWEEN = 4  # small words between two capitals of a damaged name


class OpenReader(ClauseReader):
    """Reads names whose kind is listed and whose field is not."""

    def _same_line(self, at: int, kind: int) -> bool:
        """Whether an open name may go on with the word: on the same line, or from capital to capital over one line end."""
        breaks = self.words.breaks_between(at - 1)
        if breaks == 0:
            return True
        capitals = self.words.text(at - 1)[:1].isupper() and self.words.text(at)[:1].isupper()
        return breaks == 1 and at > kind + 1 and capitals and not self._is_verb(at)

    def _open_kind(self, at: int, mention: Mention) -> int | None:
        """The word after the kind that a name begins with."""
        words = self.words
        if words.clean[at] and not words.texts[at][0].isupper() and words.folds[at] != "phong":
            return None
        kind = self._first(at, self.settings.open_kinds, mention, loose=False)
        if kind is None or not words.text(kind)[:1].isupper() or words.breaks_between(kind - 1):
            return None
        if not (words.text(at)[0].isupper() or words.reads(at, "phòng")) or words.text(at).isupper():
            return None
        return None if any(words.take(at, phrase) is not None for phrase in self.settings.never) else kind

    def _open_end(self, at: int, mention: Mention) -> int | None:
        """The word after an open name in clean text, up to its last word with a capital or level."""
        words, kind = self.words, self._open_kind(at, mention)
        if kind is None:
            return None
        end = last = kind
        while end - at < _MAX_OPEN and end < len(words) and self._same_line(end, kind):
            printed = words.text(end)
            if not (printed[0].isalnum() or printed in "-–"):
                break
            if self._is_verb(end) and end > kind:
                last = end if end - at <= _SURE_OPEN else last
                break
            if end > kind and (self._is_body(end) or words.reads(end, "các")):
                break
            level = self._levels(end, mention) if end > kind else None
            if level is not None:
                end = last = level
                break
            end += 1
            if printed[:1].isupper() or printed.isdigit():
                last = end
        if end < len(words) and words.text(end) in ":." and end - at <= 10:
            last = end
        return last if last > kind else None

    def _damaged_open_end(self, at: int, mention: Mention) -> int | None:
        """The word after an open name in damaged text: a run of capitals on one line, with few small words between them."""
        words, kind = self.words, self._open_kind(at, mention)
        if kind is None:
            return None
        end = last = kind
        while end - at < _MAX_DAMAGED and end < len(words) and end - last <= _SMALL_BETWEEN and self._same_line(end, kind):
            printed = words.text(end)
            if not printed[0].isalpha() or (end > kind and (self._is_verb(end) or self._is_body(end))):
                break
            if last > kind and (level := self._levels(end, mention)) is not None:
                return level
            end += 1
            if printed[:1].isupper():
                last = end
        goes_on = last == kind + 1 and words.text(last)[:1].islower() and not self._is_verb(last) and not words.breaks_between(last - 1)
        return last if last > kind and not goes_on else None

    def _is_body(self, at: int) -> bool:
        head = self.heads.get(at)
        return head is not None and head.kind == "body"
