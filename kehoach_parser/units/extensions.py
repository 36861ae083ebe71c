"""What extends a unit's name after its own words: a level or place, a qualifier, the part it is given, whom it belongs to.

"Sở Y tế" tỉnh, "các cơ quan" có liên quan, "các sở, ban, ngành" thuộc Ủy ban nhân dân Thành phố, "các đơn vị" được giao chủ trì.
"""

from __future__ import annotations

from collections.abc import Callable

from kehoach_parser.text.fold import fold
from kehoach_parser.text.marks import exact_form
from kehoach_parser.units.context import Context, Read, phrase_at
from kehoach_parser.units.levels import Levels

# What looks like such a word and begins the task: "được phân công chủ trì, phối hợp với …".
_NEW_TASKS = (("chủ", "động"), ("chủ", "trì", ",", "phối", "hợp"))
_MOST_GIVEN = 16  # words of "được giao nhiệm vụ …" up to where the task begins
# First words of what only several are called by: "các bộ quản lý ngành" (a commune's committee does that), "các đơn vị quân đội".
_OF_SEVERAL = frozenset(("quản", "hải", "biên", "bộ", "kiểm", "quân", "công", "cảnh", "dân"))
_OWN_KINDS = ("Bộ", "Sở", "Cục", "Ngành")
_PARTS = frozenset(("quan", "mon"))  # last words of "các cơ quan", "các cơ quan chuyên môn"
_SMALL = "chi"  # "Chi đoàn 11T1"
_ROMAN = frozenset("IVX")


class Extensions:
    """Reads what extends a name. Names of several units have ``owners``: these may belong to a body, or to one that is read by it."""

    def __init__(self, context: Context, levels: Levels, owners: Callable[[int], Read | None] | None = None) -> None:
        self.context, self.words, self.lists = context, context.words, context.lists
        self._levels, self._owners = levels, owners
        self._first_words = self.lists.extending | context.places.found_by

    def extend(self, name: Read) -> Read:
        """The name with all that extends it."""
        while (longer := self.one(name)) is not None:
            name = longer
        return name

    def one(self, name: Read) -> Read | None:
        """The name with the one extension that follows it, or None."""
        at = name.end
        if (whole := self._whole(at)) is not None:
            return name.then(whole)
        if (listed := self._listed_places(name)) is not None:
            return name.then(listed)
        if not self._may_extend(at):
            return None
        fixed = self.context.first(at, self.lists.levels_of) or self._given(at) or self._levels.shared(at) or self._part_played(at)
        if fixed is not None:
            return name.then(fixed)
        if (qualifier := self._qualifier(at)) is not None:
            return name.then(qualifier) if self._qualifies(name, qualifier) else None
        if (link := self._link(at)) is not None:
            owner = self._owner(at, link)
            return None if owner is None else name.then(owner)
        more = self._region(at) or self._number(at) or self._levels.read(at)
        return None if more is None else name.then(more)

    def _whole(self, at: int) -> Read | None:
        """A body right after "các cơ quan", "các cơ quan chuyên môn", whose parts these are: "các cơ quan" Quốc hội. Only in clean text."""
        words = self.words
        if self._owners is None or not words.clean[at] or words.folds[at - 1] not in _PARTS or words.breaks_between(at - 1):
            return None
        return self.context.first(at, self.lists.wholes, loose=False) or (self._body(at) if self.context.capital(at) else None)

    def _listed_places(self, name: Read) -> Read | None:
        """ "(các tỉnh, thành phố trực thuộc Trung ương): Hà Tĩnh, Quảng Trị"."""
        if self.words.text(name.end) != ":" or not self.words.reads(name.end - 1, "ương") or not self.words.is_clean(name.end - 1):
            return None
        return self._levels.places(name.end + 1)

    def _may_extend(self, at: int) -> bool:
        if at >= len(self.words) or self.context.parted(at):
            return False
        words = self.words
        return not words.clean[at] or words.folds[at] in self._first_words or words.texts[at].isdigit() or self._is_code(at)

    def _given(self, at: int) -> Read | None:
        """ "được giao chủ trì", "được phân công chủ trì thực hiện nhiệm vụ theo Kế hoạch này"."""
        read = self.context.first(at, self.lists.given)
        while read is not None and not any(self.words.take(read.end, task) for task in _NEW_TASKS):
            word = next((word for word in self.lists.given_words if self.words.reads(read.end, word)), None)
            if word is None:
                break
            read = read.then(Read(read.end + 1, {read.end: word}))
        return read if read is None else read.then(self._given_until(at, read.end))

    def _given_until(self, at: int, least: int) -> Read | None:
        """All of "được giao nhiệm vụ phổ biến thông tin" where "chịu trách nhiệm" begins the task after it. Only in clean text."""
        if not self.words.is_clean(at):
            return None
        for end in range(least, at + _MOST_GIVEN):
            if self.context.after(end, self.lists.given_until) is not None:
                return Read(end)
            if not self.words.text(end)[:1].isalnum() or self.context.parted(end):
                return None
        return None

    def _part_played(self, at: int) -> Read | None:
        """ "phối hợp", "chủ trì" before "có trách nhiệm": "các cơ quan phối hợp có trách nhiệm …"."""
        read = None if self._owners is None else self.context.first(at, self.lists.part_played)
        return read if read is not None and self.words.reads(read.end, "có") else None

    def _qualifier(self, at: int) -> Read | None:
        """A qualifier; one of three words and more is read by skeletons too."""
        return self.context.first(at, self.lists.qualifiers, loose=False) or self.context.first(at, self.lists.long_qualifiers)

    def _qualifies(self, name: Read, qualifier: Read) -> bool:
        """Whether a qualifier belongs to the name: "Đảng" only after "trung ương", "khác" alone only to several units."""
        match exact_form(qualifier.true[name.end]):
            case "đảng":
                return exact_form(name.true.get(name.end - 1, "")) == "ương"
            case first if first in _OF_SEVERAL:
                return self._owners is not None
            case "khác":
                return qualifier.end - name.end > 1 or self._owners is not None
        return True

    def _link(self, at: int) -> Read | None:
        """ "thuộc", "của", "trực thuộc", "trên địa bàn" in small letters."""
        return self.context.first(at, self.lists.links) if self.words.text(at)[:1].islower() else None

    def _owner(self, at: int, link: Read) -> Read | None:
        """The link with what follows it; alone where it says enough ("trực thuộc", of several units "trên địa bàn")."""
        direct, several = self.words.reads(link.end - 2, "trực"), self._owners is not None
        owner = self._levels.read(link.end) or self._own(link.end)
        if owner is None and (several or direct):
            owner = self._body(link.end)
        if owner is None and self._owners is not None:
            owner = self._owners(link.end)
        if owner is not None or direct or (several and self.words.reads(link.end - 1, "bàn")):
            return link.then(owner)
        return None

    def _own(self, at: int) -> Read | None:
        """The issuer by its kind alone: "trực thuộc Bộ"."""
        words = self.words
        if not words.is_clean(at) or words.text(at) not in _OWN_KINDS or words.text(at + 1)[:1].isupper():
            return None
        return Read(at + 1, {at: words.text(at)})

    def _body(self, at: int) -> Read | None:
        """A body and its level: "Ủy ban nhân dân Thành phố"."""
        head = self.context.body(at)
        if head is None or self.context.parted(at):
            return None
        return phrase_at(at, head.phrase).then(self._levels.read(head.end))

    def _region(self, at: int) -> Read | None:
        """ "khu vực XI"."""
        read = self.context.first(at, self.lists.regions)
        if read is None:
            return None
        number = self.words.text(read.end)
        return read.then(Read(read.end + 1)) if number.isdigit() or (number and set(number) <= _ROMAN) else None

    def _number(self, at: int) -> Read | None:
        """The number of a steering committee ("Ban Chỉ đạo 35"), the code of a class or cell ("Chi đoàn 11T1")."""
        if self.words.text(at).isdigit() and fold(self.words.text(at - 1)) == "dao":
            return Read(at + 1)
        return Read(at + 1) if self._is_code(at) else None

    def _is_code(self, at: int) -> bool:
        """Whether a short word with a number is the code of the small body named before: "Chi đoàn" 11T1; not of "chi bộ 02 lần"."""
        words = self.words
        code = any(map(str.isdigit, words.texts[at])) and words.texts[at][0] != "0"
        named = code and words.clean[at] and words.folds[at - 1] in self.lists.coded and words.folds[at - 2] == _SMALL
        return named and words.texts[at - 2].istitle() and (self.context.is_verb(at + 1) or not words.texts[at + 1][:1].isalnum())
