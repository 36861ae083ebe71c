"""Bodies with a name of their own: "Sở Tài chính", "Đảng ủy Công an phường", "Ban Tổ chức Tỉnh ủy"."""

from __future__ import annotations

from kehoach_parser.units.context import Context, Read, phrase_at
from kehoach_parser.units.extensions import Extensions
from kehoach_parser.units.heads import Head


class Bodies:
    """Reads a body from its head phrase on."""

    def __init__(self, context: Context, extensions: Extensions) -> None:
        self.context, self._extensions = context, extensions

    def read(self, head: Head, named: bool) -> Read | None:
        """The body with those that own it and what extends it, or None.

        ``named``: a title or "các" stands before it, so that a word of everyday language ("thanh tra") is a name too.
        """
        first = name = phrase_at(head.start, head.phrase)
        while (longer := self._owned(name, head) or self._extensions.one(name)) is not None:
            name = longer
        if name is first and not named and head.phrase in self.context.lists.bare and not self.context.is_builder(head.phrase, head.end):
            return None
        return None if self.context.is_never(head.start) else name

    def _owned(self, name: Read, head: Head) -> Read | None:
        """The name with the body that follows it and can be its owner ("Ban Tổ chức" Tỉnh ủy)."""
        owner = self.context.body(name.end)
        if owner is None or self.context.parted(owner.start) or self._is_next(owner, head):
            return None
        return name.then(phrase_at(owner.start, owner.phrase))

    def _is_next(self, body: Head, head: Head) -> bool:
        """Whether a body on a new line is the next of a list: of the same kind, or one is a department and the other belongs to none."""
        if self.context.words.breaks_between(body.start - 1) != 1:
            return False
        departments, own = self.context.lists.departments, self.context.lists.own_bodies
        kind, other = head.phrase[0], body.phrase[0]
        return kind == other or kind in departments or (other in departments and kind in own)
