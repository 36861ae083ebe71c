"""Units of a list that share their kind: "Giám đốc các Sở: Nội vụ, Tài chính", "UBND các tỉnh, thành phố: Tuyên Quang, Hồ Chí Minh".

Each is a unit of its own, "Sở Nội vụ", "UBND tỉnh Tuyên Quang": who asks for one of them has to find it. Read in clean text.
"""

from __future__ import annotations

from collections.abc import Callable

from kehoach_parser.text.areas import cities
from kehoach_parser.text.fold import fold
from kehoach_parser.units.context import Context, Read
from kehoach_parser.units.levels import Levels
from kehoach_parser.units.mention import Mention

_OF_PROVINCES = frozenset(("tinh", "thanh pho"))
#: What may follow a kind before the colon, the longer first.
_MORE = ((",", "ban", ",", "ngành"), (",", "ngành"))


class Series:
    """Takes the name of several units apart."""

    def __init__(self, context: Context, levels: Levels) -> None:
        self.context, self.words, self._levels = context, context.words, levels
        self._cities = frozenset(map(fold, cities()))

    def read(self, mention: Mention) -> tuple[Mention, ...]:
        """The units that a name and what follows it tell; none where it is the name of one, or of several that are not named."""
        if not self.words.is_clean(mention.end - 1):
            return ()
        return self._of_fields(mention) or self._of_places(mention) or self._of_one_kind(mention)

    def _of_one_kind(self, mention: Mention) -> tuple[Mention, ...]:
        """ "UBND thành phố Hà Nội, thành phố Huế và tỉnh Lào Cai": a body of a place, and the places of others of its kind."""
        if mention.collective or self.context.connector(mention.end) is None:
            return ()
        first = next((at for at in range(mention.end - 2, mention.start, -1) if self._placed_to(at, mention.end)), None)
        area = None if first is None else self._levels.area(first)
        if first is None or area is None:
            return ()
        own = self._text(first, area.end)
        listed = self._listed(area.end, self._levels.place)
        found = [(level or (own if at == area.end else None), at, place.end) for at, level, place in listed]
        named = [(level, at, end) for level, at, end in found if level is not None]
        alike = len({fold(level) for level, _, _ in named}) == 1 or _OF_PROVINCES.issuperset(fold(level) for level, _, _ in named)
        return self._named(mention, first, named) if alike and len(named) == len(found) else ()

    def _placed_to(self, at: int, end: int) -> bool:
        """Whether a level with its place stands at a word and ends before another."""
        area = self._levels.area(at)
        place = None if area is None else self._levels.place(area.end)
        return place is not None and place.end == end

    def _of_fields(self, mention: Mention) -> tuple[Mention, ...]:
        """ "các Sở: Nội vụ, Tài chính", "các Sở, ngành: Tài chính, Xây dựng"."""
        words = self.words
        if words.text(mention.end) != ":":
            return ()
        end = next((mention.end - len(more) for more in _MORE if words.take(mention.end - len(more), more, loose=False)), mention.end)
        kind = self.context.kind_before(end)
        several = 0 if kind is None else end - 1 - len(kind.split())
        if kind is None or not words.reads(several, "các"):
            return ()
        fields = self.context.lists.fields[kind]
        found = self._listed(mention.end + 1, lambda at: self.context.first(at, fields), parted=True)
        return self._named(mention, several, [(kind, at, field.end) for at, _, field in found])

    def _of_places(self, mention: Mention) -> tuple[Mention, ...]:
        """ "các phường: Ba Đình, Hoàn Kiếm", "các tỉnh Gia Lai, Đắk Lắk và thành phố Huế"."""
        folds = self.words.folds
        several = next(
            (at for at in range(mention.end - 1, mention.start - 1, -1) if folds[at] == "cac" and self.words.reads(at, "các")), None
        )
        if several is None:
            return ()
        levels, begin = self._shared_levels(several + 1)
        found = self._listed(begin, self._levels.wrapped_place) if levels else []
        named = [(self._level_of(levels, level, self._text(at, place.end)), at, place.end) for at, level, place in found]
        if any(level is None for level, _, _ in named) or (named and named[-1][2] < mention.end):
            return ()
        return self._named(mention, several, [(level, at, end) for level, at, end in named if level is not None])

    def _shared_levels(self, at: int) -> tuple[tuple[str, ...], int]:
        """The levels of a list that begins at a word, and the word after them and their colon."""
        levels: list[str] = []
        end: int | None = at
        while end is not None and (area := self._levels.area(end)) is not None:
            levels.append(self._text(end, area.end))
            at_end = area.end
            link = self.context.connector(at_end)
            end = None if link is None else link.end
            if end is None or self._levels.area(end) is None:
                return tuple(levels), at_end + (self.words.text(at_end) == ":")
        return (), at

    def _listed(self, at: int, name: Callable[[int], Read | None], parted: bool = False) -> list[tuple[int, str | None, Read]]:
        """The names of a list, each with the word that it begins at and the level that is printed before it ("và thành phố Huế").

        ``parted``: semicolons part it, too ("các Sở: Văn hóa, Thể thao và Du lịch; Nội vụ; Tài chính").
        """
        found: list[tuple[int, str | None, Read]] = []
        end: int | None = at
        while end is not None:
            area = self._levels.area(end) if found else None
            begin = end if area is None else area.end
            if (read := name(begin)) is None:
                break
            found.append((begin, None if area is None else self._text(end, begin), read))
            link = self.context.connector(read.end)
            end = read.end + 1 if parted and self.words.text(read.end) == ";" else None if link is None else link.end
        return found

    def _level_of(self, levels: tuple[str, ...], printed: str | None, place: str) -> str | None:
        """The level of one place; None where several are named and only a map would tell."""
        if printed is not None:
            return printed
        if len(levels) == 1:
            return levels[0]
        if not _OF_PROVINCES.issuperset(map(fold, levels)):
            return None
        is_city = fold(place) in self._cities
        return next(level for level in levels if (fold(level) == "thanh pho") == is_city)

    def _named(self, mention: Mention, several: int, names: list[tuple[str, int, int]]) -> tuple[Mention, ...]:
        """A mention for each name, by its level or kind and its words; the first begins where the list does."""
        if len(names) < 2:
            return ()
        shared = self.words.texts[mention.start : several]
        led = None if mention.led is None else mention.led - mention.start
        starts = [mention.start, *(self._begin(kind, at) for kind, at, _ in names[1:])]
        return tuple(
            Mention(start, end, False, {}, named=at - start, led=led, kind=" ".join((*shared, kind)))
            for start, (kind, at, end) in zip(starts, names, strict=True)
        )

    def _begin(self, kind: str, at: int) -> int:
        """Where a name of a list begins: with its level, where that is printed before it ("và thành phố Huế")."""
        first = at - len(kind.split())
        return first if self._text(first, at) == kind else at

    def _text(self, first: int, end: int) -> str:
        return " ".join(self.words.texts[first:end])
