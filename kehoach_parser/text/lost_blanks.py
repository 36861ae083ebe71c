"""Blanks that a text has lost: "Chỉ thịsố46-CT/TW", "Ban Thường vụĐảng uỷvề", "ngày 05tháng 8".

Part of the papers that the Party issues digitally, and some text layers, lose the blank after a letter with a mark. Vietnamese writes each
syllable by itself and is strict about what a syllable may be (the orthography in `syllables`), so a run of letters that is none, and can be
cut into syllables at such letters, was meant with blanks. The text is then read with them, and everything found is led back to the text as
it is (`respan`); each cut is a repair of the plan.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise

from kehoach_parser.model import Repair, Span, Warning
from kehoach_parser.text.marks import TONES
from kehoach_parser.text.quality import CLEAN, quality
from kehoach_parser.text.syllables import is_spoken, is_syllable
from kehoach_parser.text.text import Page, Text

LOST_BLANK = "lost-blank"
#: The ways to cut a run of letters into two syllables.
Ways = tuple[tuple[str, str], ...]
# Both bound the effort only: the longest run of letters that is looked at, the longest piece of one (nghiêng; UBMTTQVN).
_MOST, _LONGEST = 60, 8
_RUN = re.compile(r"[^\W_]+")
# Words of one letter that stand by themselves.
_LETTERS = frozenset("ởýà")
# So many different words cut for sure make it the habit of this text.
_OFTEN = 3
# A figure behind a word is the mark of a footnote, but a year, "03", "số46", "vụ6 tháng", "ngày 5tháng", "46-CT/TW".
_YEAR = 4
_NUMBERED = frozenset({"số", "quý", "kỳ", "khóa", "khoá"})
_AFTER_FIGURE = re.compile(r"\s*(?:tháng|năm|ngày|giờ|tỷ|triệu|nghìn|đồng|%)|[-–/.][A-ZĐ\d]")


@dataclass(frozen=True, slots=True)
class Spaced:
    """A text with its blanks as meant: ``content``, and for each of its offsets (its end included) that in the text as it is.

    The words that were ``cut`` (or put together) and the offsets at which a blank is lost (or one too many, ``at``) are those of the text
    as it is.
    """

    content: str
    origin: Sequence[int]
    cut: tuple[Repair, ...]
    at: tuple[int, ...]

    @property
    def share(self) -> float:
        """The share of the text's words that stand apart as printed."""
        words = self.content.count(" ") + self.content.count("\n") + 1
        return 1 - len(self.at) / words

    def text(self, source: Text) -> Text:
        """The same text from its file, with the blanks, all that is known of its pages moved along."""
        return replace(
            source,
            content=self.content,
            pages=tuple(self._start(page) for page in source.pages),
            layout=tuple(self._page(page) for page in source.layout),
            furniture=tuple(map(self._span, source.furniture)),
            repairs=tuple(replace(repair, span=self._span(repair.span)) for repair in source.repairs),
            unsure=tuple(map(self._span, source.unsure)),
            paragraphs=frozenset(map(self._start, source.paragraphs)),
            carried=frozenset(map(self._start, source.carried)),
        )

    def _page(self, page: Page) -> Page:
        words = tuple(replace(word, span=self._span(word.span)) for word in page.words)
        return replace(page, span=self._span(page.span), words=words)

    def _span(self, span: Span) -> Span:
        return self._start(span[0]), bisect_left(self.origin, span[1])

    def _start(self, offset: int) -> int:
        """Behind a blank that was lost before the offset, at the next letter where the offset is at a blank too many."""
        return max(bisect_left(self.origin, offset), bisect_right(self.origin, offset) - 1)


def with_lost_blanks(content: str) -> Spaced | None:
    """The text with the blanks that it has lost; None where it has lost none, or is so damaged that syllables tell nothing."""
    cuts = _cuts(content)
    if not cuts:
        return None
    at = [span[0] + len("".join(parts[:number])) for span, parts in cuts.items() for number in range(1, len(parts))]
    bounds = [0, *at, len(content)]
    origin: list[int] = []
    for start, end in pairwise(bounds):
        origin += [*range(start, end), end]  # the blank stands where the next letter does
    return Spaced(
        content=" ".join(content[start:end] for start, end in pairwise(bounds)),
        origin=origin,
        cut=tuple(Repair(LOST_BLANK, span, content[slice(*span)], " ".join(parts)) for span, parts in cuts.items()),
        at=tuple(at),
    )


def _cuts(content: str) -> dict[Span, tuple[str, ...]]:
    """The runs that are cut, in order, with their parts."""
    words = set(content.split())
    suspects, halves = _suspects(words), _met(_halves(words), words)
    if not (suspects or halves) or quality(content) < CLEAN:
        return {}
    twins = _twins(content, halves)
    runs = [match.span() for match in _RUN.finditer(content) if match.group() in suspects] if suspects else []
    cuts = {span: parts for span in runs if (parts := _cut(content, span, False))}
    # A short form behind a word ("CổngTTĐT") is a slip of the typist; it shows no habit.
    habit = {content[slice(*span)] for span, parts in cuts.items() if not (parts[-1].isupper() and parts[-2].islower())}
    if len(habit) >= _OFTEN:
        more = {span: parts for span in runs if (parts := _cut(content, span, True))}
        # Most syllables that end in a vowel bear a tone; a text with more of the others has names from other languages.
        cuts = more if len(more) <= 2 * len(cuts) else cuts
    return _with_twins(cuts, content, twins) if twins else cuts


def _with_twins(cuts: dict[Span, tuple[str, ...]], content: str, twins: dict[str, tuple[str, str]]) -> dict[Span, tuple[str, ...]]:
    """The cuts with those of the runs that the text has apart as well, which say best where they are cut."""
    apart = {match.span(): twins[match.group()] for match in _RUN.finditer(content) if match.group() in twins}
    return dict(sorted((cuts | apart).items()))


def _suspects(words: Set[str]) -> set[str]:
    """The runs of letters in some words that can be cut."""
    return set(chain.from_iterable(map(_suspects_in, words)))


def _halves(words: Set[str]) -> dict[str, Ways]:
    """The runs that can be cut in two syllables behind any letter ("thôngtin"), with the ways to do so."""
    return dict(chain.from_iterable(map(_halves_in, words)))


def _met(halves: Mapping[str, Ways], words: Set[str]) -> dict[str, Ways]:
    """Of such runs those both of whose syllables stand among the words of the text: few, and a cheap look."""
    if not halves:
        return {}
    seen = set(_RUN.findall(" ".join(words).lower()))
    return {run: ways for run, ways in halves.items() if any(one.lower() in seen and other.lower() in seen for one, other in ways)}


def _twins(content: str, halves: Mapping[str, Ways]) -> dict[str, tuple[str, str]]:
    """Of such runs those whose two syllables the text has with their blank more often than the run, in one way alone: a name from another
    language ("Lênin") it has in one piece. All are counted in one go."""
    if not halves:
        return {}
    small = content.lower()
    words = list(_RUN.finditer(small))
    runs = Counter(word.group() for word in words)
    pairs = Counter((one.group(), other.group()) for one, other in pairwise(words) if small[one.end() : other.start()].isspace())
    found = {
        run: [(one, other) for one, other in ways if pairs[one.lower(), other.lower()] > runs[run.lower()]] for run, ways in halves.items()
    }
    return {run: ways[0] for run, ways in found.items() if len(ways) == 1}


@lru_cache(maxsize=65536)
def _halves_in(word: str) -> tuple[tuple[str, Ways], ...]:
    """The runs of what stands between two blanks that are no syllable, each with the ways to cut it into two."""
    runs = (run for run in _RUN.findall(word) if not (run.isascii() or is_syllable(run)) and len(run) <= 2 * _LONGEST)
    cut = ((run, [(run[:at], run[at:]) for at in range(2, len(run) - 1)]) for run in runs)
    spoken = ((run, tuple(way for way in ways if all(map(is_spoken, way)))) for run, ways in cut)
    return tuple((run, ways) for run, ways in spoken if ways)


@lru_cache(maxsize=65536)
def _suspects_in(word: str) -> tuple[str, ...]:
    """Those of what stands between two blanks."""
    return tuple(run for run in _RUN.findall(word) if not run.isascii() and len(_parts(run, True)) > 1)


def lost_blanks(content: str) -> tuple[int, ...]:
    """The offsets before which a text has lost a blank, in order: "thịsố46" has two."""
    spaced = with_lost_blanks(content)
    return () if spaced is None else spaced.at


def blank_warning(spaced: Spaced) -> tuple[Warning, ...]:
    """What a reader of the plan should know where the text often loses blanks: at the first word that was cut, how many were."""
    if len(spaced.cut) < _OFTEN or spaced.cut[0].code != LOST_BLANK:
        return ()
    said = f"{len(spaced.cut)} chỗ chữ dính liền do mất dấu cách, đã tách khi đọc; nên đối chiếu bản gốc"
    return (Warning("lost-blanks", said, spaced.cut[0].span),)


def _cut(content: str, span: Span, loose: bool) -> tuple[str, ...]:
    """The parts of a run; () where it is one word, or a figure behind a word is rather the mark of a footnote ("nhiệm vụ1")."""
    parts = _parts(content[slice(*span)], loose)
    if len(parts) < 2:
        return ()
    *_, word, figure = parts
    is_mark = figure.isdigit() and len(figure) < _YEAR and figure[0] != "0" and word.lower() not in _NUMBERED
    return () if is_mark and _AFTER_FIGURE.match(content, span[1]) is None else parts


@lru_cache(maxsize=65536)
def _parts(run: str, loose: bool) -> tuple[str, ...]:
    """The fewest parts that a run of letters and figures can be cut into; () where it cannot.

    No two of the 900 commonest syllables, written together, could be cut in two ways. ``loose``: cut also behind a marked letter without a
    tone ("cơquan"), which names from other languages have, too ("Lênin").
    """
    if is_syllable(run) or len(run) > _MOST:
        return ()
    found: list[tuple[str, ...] | None] = [(), *(None for _ in run)]
    for end in range(1, len(run) + 1):
        ways = (
            (*way, run[start:end])
            for start in range(max(0, end - _LONGEST), end)
            if (way := found[start]) is not None and _is_part(run, start, end) and (start == 0 or _may_part(run, start, end, loose))
        )
        found[end] = min(ways, key=len, default=None)
    return found[-1] or ()


def _is_part(run: str, start: int, end: int) -> bool:
    """Whether this is a syllable, a whole number, or a short form in capitals before a syllable ("CPngày") or behind one ("uỷUBND")."""
    part = run[start:end]
    if part.isdigit():
        return not (run[:start][-1:].isdigit() or run[end : end + 1].isdigit())
    if is_spoken(part):
        return len(part) > 1 or part in _LETTERS
    if not part.isupper() or len(part) == 1:
        return False
    if start == 0:
        return part.isascii() and end < len(run)
    return end == len(run) and run[start - 1].islower()


def _may_part(run: str, start: int, end: int, loose: bool) -> bool:
    """Whether a blank was lost here: behind a letter with a tone, between a small letter and a capital, or between a figure or capitals and
    a marked syllable."""
    left, right = run[start - 1], run[start:end]
    if left.isalpha() and (_has_tone(left) or (loose and not left.isascii() and left not in "đĐ")):
        return True
    if left.isdigit():
        return right.islower() and not right.isascii() and len(right) > 1
    if left.isupper():
        return not right.isascii() and len(right) > 1 and (right.istitle() or (right.islower() and not is_spoken(left + right)))
    return left.islower() and right[0].isupper()


def _has_tone(letter: str) -> bool:
    return not set(TONES).isdisjoint(unicodedata.normalize("NFD", letter))
