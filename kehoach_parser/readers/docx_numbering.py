"""The numbers that Word draws before paragraphs: they stand in no run of text, they are counted from numbering.xml.

Rules: ECMA-376 part 1, 17.9 (numbering): levels of an abstract definition, instances that override them, and styles that bring a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from lxml import etree

from kehoach_parser.readers.numbers import whole

_LEVELS = 9
_MOST = 32767  # that Word lets a list begin with
#: What bullets of the fonts Symbol and Wingdings look like; others are shown as a dash, which is what plans use.
_BULLETS = {"\uf0b7": "•", "\uf02d": "-", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf02b": "+", "\uf076": "❖", "\uf0a8": "◦"}
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: where it starts, how its number is written, the text around it ("%1.%2."), what follows the number."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    follows: str = "tab"
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """The lists of a document, counting as its paragraphs go by."""

    levels: dict[str, tuple[_Level, ...]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)  # which counters an instance uses
    style_levels: dict[tuple[str, str], int] = field(default_factory=dict)  # (instance, style) → level
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    started: dict[str, dict[int, int]] = field(default_factory=dict)  # levels that an instance begins anew, with their start

    def next(self, number: str, level: int) -> str:
        """The number of the next paragraph of a list, with the blank that follows it; "" where nothing is drawn."""
        levels = self.levels.get(number)
        if levels is None or not 0 <= level < len(levels):
            return ""
        counts = self.counts.setdefault(self.lists[number], [None] * _LEVELS)
        begins = self.started.get(number, {}).pop(level, None)
        before = counts[level]
        counts[level] = begins if begins is not None else levels[level].start if before is None else before + 1
        for deeper in range(level + 1, len(levels)):
            restart = levels[deeper].restart
            if restart is None or (restart and level < restart):
                counts[deeper] = None
        return _drawn(levels, counts, level)


def _drawn(levels: tuple[_Level, ...], counts: list[int | None], level: int) -> str:
    own = levels[level]
    if own.form == "none" and "%" not in own.text:
        text = own.text
    elif own.form == "bullet":
        text = "".join(_BULLETS.get(char, "-" if "\ue000" <= char <= "\uf8ff" else char) for char in own.text)
    else:
        text = own.text
        for at in range(level + 1):
            value = counts[at] if counts[at] is not None else levels[at].start
            form = "decimal" if own.legal and at < level else levels[at].form
            text = text.replace(f"%{at + 1}", _written(value or 0, form))
    return text + ("" if own.follows == "nothing" or not text else " ")


def _written(value: int, form: str) -> str:
    return _FORMS.get(form, str)(value)


def _roman(value: int) -> str:
    out = ""
    for number, letters in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
                            (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        out += letters * (value // number)
        value %= number
    return out


def _letter(value: int) -> str:
    """a to z, then aa, bb … as Word counts."""
    return _ALPHABET[(value - 1) % 26] * ((value - 1) // 26 + 1) if value > 0 else ""


_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "none": lambda value: "",
}


def read_numbering(root: etree._Element | None) -> Numbering:
    """The lists of numbering.xml; none where the document has no such part."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {item.get(qn("w:abstractNumId"), ""): item for item in root.findall(qn("w:abstractNum"))}
    links = {link.get(qn("w:val"), ""): key for key, item in abstract.items() if (link := item.find(qn("w:styleLink"))) is not None}
    for item in root.findall(qn("w:num")):
        number = item.get(qn("w:numId"), "")
        key = _value(item, "w:abstractNumId") or ""
        linked = abstract[key].find(qn("w:numStyleLink")) if key in abstract else None
        if linked is not None:
            key = links.get(linked.get(qn("w:val"), ""), key)
        if key in abstract:
            drawn, own = dict(_by_level(abstract[key], "w:lvl")), dict(_by_level(item, "w:lvlOverride"))
            anew = {at: level for at, override in own.items() if (level := override.find(qn("w:lvl"))) is not None}
            levels = {at: _level(level) for at, level in (drawn | anew).items()}
            starts = {at: _value(override, "w:startOverride") for at, override in own.items()}
            numbering.levels[number] = tuple(levels.get(at, _Level()) for at in range(_LEVELS))
            numbering.style_levels |= {(number, style): at for at, level in drawn.items() if (style := _value(level, "w:pStyle"))}
            numbering.started[number] = {at: whole(start, 1, 0, _MOST) for at, start in starts.items() if start is not None}
            numbering.lists[number] = key
    return numbering


def _by_level(item: etree._Element, name: str) -> Iterator[tuple[int, etree._Element]]:
    """What is said of each level, by its number; of levels that Word does not have nothing."""
    for said in item.findall(qn(name)):
        at = whole(said.get(qn("w:ilvl")), 0, -1, _LEVELS)
        if 0 <= at < _LEVELS:
            yield at, said


def _level(item: etree._Element) -> _Level:
    restart = _value(item, "w:lvlRestart")
    legal = item.find(qn("w:isLgl"))
    return _Level(
        start=whole(_value(item, "w:start"), 1, 0, _MOST),
        form=_value(item, "w:numFmt") or "decimal",
        text=_value(item, "w:lvlText") or "",
        follows=_value(item, "w:suff") or "tab",
        restart=None if restart is None else whole(restart, 0, 0, _LEVELS),
        legal=legal is not None and legal.get(qn("w:val"), "1") not in ("0", "false"),
    )


def _value(item: etree._Element, name: str) -> str | None:
    found = item.find(qn(name))
    value = None if found is None else found.get(qn("w:val"))
    return None if value is None else str(value)
