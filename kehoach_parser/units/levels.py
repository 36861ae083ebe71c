"""Levels and places in a unit's name: "phường Kiến An, thành phố Hải Phòng", "các xã, phường, đặc khu", "quận, huyện, thị ủy"."""

from __future__ import annotations

from kehoach_parser.text.fold import fold
from kehoach_parser.text.marks import exact_form
from kehoach_parser.units.context import Context, Read, phrase_at

_NUMBERED = ("quan", "phuong")  # "Quận 1"
_TOWNS = ("thanh pho", "thi xa")  # a province has few, each named: "các huyện, thị xã Kỳ Anh và thành phố Hà Tĩnh"
_DASHES = ("-", "–", "—")
_OTHERS = ("Đảng", "ủy", "trực", "thuộc")


class Levels:
    """Reads levels and places at a word of one text."""

    def __init__(self, context: Context) -> None:
        self.context, self.words = context, context.words

    def read(self, at: int) -> Read | None:
        """A level with its place, or a list of levels: "phường Kiến An", "các xã, phường, đặc khu", "Thành ủy"."""
        if self.words.reads(at, "các") and not self.context.parted(at + 1):
            named = self._of_committee(at + 1) or self._areas(at + 1, several=True)
            return None if named is None else Read(at + 1, {at: "các"}).then(named)
        return self._of_committee(at) or self._areas(at, several=False) or self._joint(at) or self._known_place(at)

    def shared(self, at: int) -> Read | None:
        """ "(các) quận, huyện, thị ủy[, Đảng ủy trực thuộc Thành ủy]": committees that share their last word."""
        words = self.words
        if words.clean[at] and words.folds[at] not in self.context.lists.shared_first:
            return None
        read = Read(at + 1, {at: "các"}) if words.reads(at, "các") else Read(at)
        named: set[str] = set()  # a list names a level once
        while (level := self._shared_level(read.end)) is not None and (name := level.true[read.end]) not in named:
            named.add(name)
            read = read.then(level)
            if words.reads(read.end, "ủy"):
                read = read.then(Read(read.end + 1, {read.end: "ủy"}))
                if not self._another_committee(read.end):
                    return self._with_others(read) if len(named) > 1 else None
            if words.text(read.end) != "," and not words.reads(read.end, "và"):
                return None
            read = read.then(Read(read.end + 1))
        return None

    def _shared_level(self, at: int) -> Read | None:
        level = next((level for level in self.context.lists.shared_levels if self.words.reads(at, level)), None)
        return None if level is None else Read(at + 1, {at: level})

    def _another_committee(self, at: int) -> bool:
        """Whether the list goes on after a committee that is whole: "thị ủy, tỉnh ủy"."""
        return self.words.text(at) == "," and self._shared_level(at + 1) is not None and self.words.reads(at + 2, "ủy")

    def _with_others(self, read: Read) -> Read:
        """ ", Đảng ủy trực thuộc Thành ủy" at the end of such a list."""
        if self.words.text(read.end) != "," or self.words.take(read.end + 1, _OTHERS) is None:
            return read
        others = phrase_at(read.end + 1, _OTHERS)
        return read.then(others).then(self._committee(others.end))

    def place(self, at: int) -> Read | None:
        """The name of a place: a known one, or a run of words with capitals on the same line."""
        if at >= len(self.words):
            return None
        known = self._known_place(at)
        if known is not None or self.words.breaks_between(at - 1):
            return known
        if self.words.text(at).isdigit() and fold(self.words.text(at - 1)) in _NUMBERED:
            return Read(at + 1)
        if self.context.is_verb(at) or (self.words.text(at).isupper() and len(self.words.text(at)) > 1):
            return None
        end = at
        while end - at < 4 and self._is_name(end) and not (end > at and self.words.breaks_between(end - 1)):
            end += 1
        return Read(end) if end > at else None

    def places(self, at: int) -> Read | None:
        """ "Bằng Thành, Cao Minh, Nghiên Loan": two places or more."""
        read, items = self.wrapped_place(at), 1
        while read is not None:
            link = self.context.connector(read.end)
            following = None if link is None else self.wrapped_place(link.end)
            if following is None:
                break
            read, items = read.then(following), items + 1
        return read if items >= 2 else None

    def area(self, at: int) -> Read | None:
        """A word of level that is no other word: "xã" is none before "hội"."""
        words, context = self.words, self.context
        if words.folds[at] == "tp":
            return Read(at + 2 if words.text(at + 1) == "." else at + 1)
        read = context.first(at, context.known.areas, loose=False)
        if read is None:
            return None
        level = exact_form(read.true[at])
        if level == "xã" and words.reads(read.end, "hội"):
            return None
        # "Quan ly" is "Quản lý", no "quận"
        if words.is_clean(at):
            other = exact_form(words.text(at)) != level.split()[0] and context.makes(read.end, context.lists.no_level, level, loose=False)
        else:
            other = context.is_verb(at) or context.makes(read.end, context.lists.no_level, level, loose=False)
        return None if other else read

    def _of_committee(self, at: int) -> Read | None:
        """A committee with what it is of: "Thành ủy Huế", "Đảng ủy phường Kiến An"."""
        committee = self._committee(at)
        if committee is None:
            return None
        area = self.area(committee.end)
        return committee.then((area and (self._placed(area) or area)) or self.place(committee.end))

    def _joint(self, at: int) -> Read | None:
        """ "liên xã Bằng Thành, Cao Minh": of several communes, which may be named."""
        joint = self.context.first(at, self.context.lists.joint)
        return None if joint is None else joint.then(self.places(joint.end))

    def _committee(self, at: int) -> Read | None:
        return self.context.first(at, self.context.known.committees)

    def _areas(self, at: int, several: bool) -> Read | None:
        """A level with its place, else the levels of a list, which after "các" may name the places after a colon."""
        read = self.area(at)
        if read is None:
            return None
        if (placed := self._placed(read)) is not None:
            return placed
        named = {_name(read)}  # a list names a level once, but the towns of a province
        while (link := self.context.connector(read.end)) is not None and not self.context.parted(link.end):
            following = self.area(link.end)
            if following is None:
                break
            place = self.place(following.end)
            if place is not None and several and _name(following) in _TOWNS:
                following = following.then(place)
            elif _name(following) in named or (place is not None and len(named) == 1):
                break
            named.add(_name(following))
            read = read.then(link).then(following)
        places = self.places(read.end + 1) if several and self.words.text(read.end) == ":" else self._from_to(read.end)
        return read if places is None else read.then(places)

    def _from_to(self, at: int) -> Read | None:
        """ "từ Hà Tĩnh đến Lâm Đồng"."""
        first = self._known_place(at + 1) if self.words.reads(at, "từ", loose=False) else None
        last = None if first is None or not self.words.reads(first.end, "đến", loose=False) else self._known_place(first.end + 1)
        return None if first is None or last is None else first.then(last)

    def _placed(self, area: Read) -> Read | None:
        """A level with its place and the wider place after a comma: "phường Kiến An, thành phố Hải Phòng"."""
        place = self.place(area.end)
        if place is None:
            return None
        read = area.then(place)
        if self.words.text(read.end) != "," or self.context.parted(read.end):
            return read
        wider = self.area(read.end + 1)
        if wider is not None and self._same_level(area, read.end + 1):
            return read  # "thành phố Hà Nội, thành phố Huế" are two
        name = None if wider is None else self.place(wider.end)
        return read if wider is None or name is None else read.then(wider).then(name)

    def _same_level(self, area: Read, at: int) -> bool:
        """Whether the level at a word is that of another place."""
        other = self.area(at)
        return other is not None and [fold(word) for word in area.true.values()] == [fold(word) for word in other.true.values()]

    def _known_place(self, at: int) -> Read | None:
        return self.context.first(at, self.context.places) if self.context.capital(at) else None

    def _is_name(self, at: int) -> bool:
        return self.context.capital(at) and at not in self.context.heads and not self.context.is_verb(at)

    def wrapped_place(self, at: int) -> Read | None:
        """A place in a list, which may run over a line end or a dash ("Cửa ⏎ Nam", "Văn Miếu – Quốc Tử Giám")."""
        read = self.place(at)
        if read is None:
            return None
        end = read.end
        if self.words.text(end) in _DASHES and self._is_name(end + 1):
            end += 1
        elif end - at > 2 or self.words.breaks_between(end - 1) != 1:
            return read
        while self._is_name(end):
            end += 1
        return Read(end, read.true)


def _name(area: Read) -> str:
    """The name of a level, folded."""
    return fold(" ".join(area.true.values()))
