"""What binds a duty beside its date: when no calendar tells it, where, how much, through whom a report goes.

Read in the task's own text, with the words of data/duties.toml under "bindings" (usage in published plans of 2021-2025).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kehoach_parser.model import Field, Span
from kehoach_parser.text.document import Document
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import table

_CERTAINTY = 0.9  # where it begins and ends is read from words
_ENDS_PLACE = "trong|tu|vao|de|truoc|sau|den|hoac|va tren"
_FACTORS = {"nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "ty": 1_000_000_000}
# "chậm nhất 10 ngày làm việc sau khi …".
_DAYS_AFTER = r"(?:cham\s+nhat\s+)?\d+\s+(?:ngay|gio|tuan|thang)\s+(?:lam\s+viec\s+)?"
_NUMBER = r"(?<![\d/.,-])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d/])|(?<![\d/.,-])\d{1,9}(?:,\d+)?(?![\d/])"


#: What `when_in` finds in a span of one text.
When = Callable[[Span], Field | None]


@dataclass(frozen=True, slots=True)
class _Patterns:
    when: re.Pattern[str]
    place: re.Pattern[str]
    target: re.Pattern[str]
    no_time: re.Pattern[str]


def when_in(document: Document, span: Span) -> Field | None:
    """Words of time that no calendar tells: "sau đợt tuyên truyền", "trong vòng 05 ngày làm việc kể từ ngày …"."""
    for match in _patterns().when.finditer(document.folded, *span):
        if not _patterns().no_time.match(match.group()):
            return field_of(document, match.span())
    return None


def when_labelled(document: Document, span: Span) -> Field | None:
    """What a line of time says after its colon: "Thời gian thực hiện: Thường xuyên."."""
    start = document.folded.find(":", *span)
    return None if start < 0 else field_of(document, (start + 1, span[1]))


def place_in(document: Document, span: Span) -> Field | None:
    """Where it is done: "tại Hội trường Ủy ban nhân dân phường"."""
    match = _patterns().place.search(document.folded, *span)
    return None if match is None else field_of(document, match.span(1))


def targets_in(document: Document, span: Span) -> tuple[Field, ...]:
    """Figures and money that the text names, as "<number> <what>": "100 %", "2 hội nghị", "1500000000 đồng"."""
    return tuple(
        Field(_amount(match, document), document.content[slice(*match.span())], match.span(), _CERTAINTY)
        for match in _patterns().target.finditer(document.folded, *span)
    )


def _amount(match: re.Match[str], document: Document) -> str:
    number = float(match["number"].replace(".", "").replace(",", "."))
    if match["share"]:
        return f"{number:g} %"
    if match["money"]:
        factor = _FACTORS.get(match["money"].split()[0], 1)
        return f"{round(number * factor)} đồng"
    counted = " ".join(document.content[slice(*match.span("counted"))].split())
    return f"{round(number)} {counted}" if number == int(number) else f"{number:g} {counted}"


def field_of(document: Document, span: Span) -> Field | None:
    """The words of a span, without the blanks and signs around them; None where nothing else stands there."""
    raw = document.content[slice(*span)]
    start, end = span[0] + len(raw) - len(raw.lstrip()), span[1] - (len(raw) - len(raw.rstrip(" \t\r\n.;,")))
    if start >= end:
        return None
    raw = document.content[start:end]
    return Field(" ".join(raw.split()), raw, (start, end), _CERTAINTY)


@cache
def _patterns() -> _Patterns:
    words = table("duties")["bindings"]
    rest = r"[^,.;:()]*"
    return _Patterns(
        when=re.compile(
            rf"(?<!\w)(?=[cnstk\d])(?:(?:{_DAYS_AFTER}|ngay\s+)?sau\s+(?:{_any(words['after'])})\b{rest}"
            rf"|truoc\s+(?:khi|{_any(words['events'])})\b{rest}"
            rf"|trong\s+(?:vong|thoi\s+han)\s+\d+\s+(?:ngay|gio|tuan|thang)\b{rest}|khi\s+(?:co\s+yeu\s+cau|can\s+thiet)\b)"
        ),
        place=re.compile(rf"tai(?<!\wtai)\s+((?:{_any(words['venues'])})\b(?:(?!\s+(?:{_ENDS_PLACE})\s)[^,.;:()])*)"),
        target=re.compile(
            rf"(?=\d)(?P<number>{_NUMBER})(?:\s?(?P<share>%)|\s+(?:(?P<money>(?:(?:nghin|ngan|trieu|ty)\s+)?dong)\b"
            rf"|(?P<counted>{_any(words['counted'])})\b))"
        ),
        no_time=re.compile(rf"\S+\s+(?:sau\s+)?(?:khi\s+)?(?:duoc\s+)?(?:{_any(words['background'])})\b"),
    )


def _any(texts: list[str]) -> str:
    """An alternation of phrases as folded text may have them, the longest first."""
    longest = sorted(map(fold, texts), key=lambda text: (-len(text), text))
    return "|".join(r"\s+".join(map(re.escape, text.split())) for text in longest)
