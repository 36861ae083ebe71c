"""What is said of a cited document after its symbol: who issued it, its title, the short form that it is given.

"… của Ban Chấp hành Trung ương về "Đẩy mạnh …" (sau đây viết tắt là Nghị quyết 18)". An issuer may also stand before a bracket, for
all that the bracket lists, or once after the last of several citations.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from kehoach_parser.citations.issuers import ABOUT, STARTER, join_lines, read_issuer
from kehoach_parser.model import Span
from kehoach_parser.text.areas import organ_begun
from kehoach_parser.text.document import Document
from kehoach_parser.text.fold import fold, skeleton

_LONGEST_TITLE = 900
_LONGEST_ISSUER = 130
_OPENING = "\"“„«'‘*_"
_CLOSING = "\"”“»'’*_"


@dataclass(frozen=True, slots=True)
class Said:
    """What stands after a citation; ``end`` is where the title (or else the issuer, or the citation) ends."""

    issuer: str | None
    title: str | None
    defines: str | None
    end: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A text and the spans of all its citations, in order."""

    document: Document
    spans: tuple[Span, ...]


_ABOUT_NEXT = re.compile(rf"\s*,?\s*(?:(?P<about>{ABOUT})(?=[\s\"“„«])|(?P<start>{STARTER})(?=[\s,])|(?P<quote>[\"“„«]))")
_LEADING = re.compile(r"(?:ve|v&|v€|v\s?/\s?v)\s+(?=\S)")
_BULLET = re.compile(
    r"\s*(?:[-+*•–]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)|[ivx]{1,4}\.\s|can cu|c[^\s]{0,2}n c[^\s]{1,2}\s|"
    r"thuc hien\s+(?:nghi|ke|quy|huong|chi))"
)
_TITLE_STOP = re.compile(r"[;)\"”»]|[.:](?=\s|$)|\((?=\s?\*|sau day|viet tat|goi |da |duoc |ban hanh)|\n|(?<=,)\s|(?<=\s)(?=[\"“„«])")
_NEW_SUBJECT = re.compile(
    rf"\s*(?:{organ_begun('sentence')}\s[^,;.:]{{0,80}}?(?:ban hanh|xay dung|trien khai|huong dan|to chuc|yeu cau|de nghi|bao cao|giao)\s|"
    r"(?:cac|nhung)\s+(?:quy dinh|nghi quyet|chi thi|ket luan|van ban)|(?:nham|trong do|nhat la|gop phan|dong thoi|cu the|dam bao)\s)"
)
_LINKS = re.compile(r"(?:cua|c[^\s]{1,3}a|hien|hanh|khai|theo|tai|ket|boi|dan|sung|doi|the|dieu|bo|quan triet|voi)\s+(?:cac\s+)?[\"“]?\s*$")
_DEFINES = re.compile(
    r"\(\s?[*_]{0,2}(?:sau\s+day\s+)?(?:duoc\s+)?(?:viet\s+tat|goi\s+tat|goi\s+chung|goi)(?:\s+la)?\s*:?\s*"
    r"[\"“*_]*\s*(?P<short>[^()\"”\n]{1,60}?)\s*[\"”*_]*\s*\)"
)


def describe(around: Surroundings) -> list[Said]:
    """What is said of each citation, in their order."""
    long_lines = _has_long_lines(around.document.content)
    out = [Said(None, None, None, span[1]) for span in around.spans]
    for i in reversed(range(len(out))):  # from behind, so that a title knows where the titles inside it end
        out[i] = _describe(around, i, out, long_lines)
    return _with_shared_issuers(around, _with_definitions(around, out))


def _describe(around: Surroundings, i: int, said: list[Said], long_lines: bool) -> Said:
    document = around.document
    end = around.spans[i][1]
    limit = _next_start(around, i)
    issuer, at = read_issuer(document, end, min(limit, end + _LONGEST_ISSUER))
    title, title_end = _title(around, i, at, said, long_lines)
    return Said(issuer, title, None, title_end if title else at)


def _next_start(around: Surroundings, i: int) -> int:
    return next((s[0] for s in around.spans[i + 1 : i + 3] if s[0] >= around.spans[i][1]), len(around.document.content))


def _title(around: Surroundings, i: int, at: int, said: list[Said], long_lines: bool) -> tuple[str | None, int]:
    """The title from ``at`` on, quotes and a leading "về" dropped, and where it ends."""
    document = around.document
    opening = _ABOUT_NEXT.match(document.folded, at)
    if opening is None:
        return None, at
    start = opening.end() if opening["about"] or opening["quote"] else opening.start("start")
    while start < len(document.content) and document.content[start] in " \t\n" + _OPENING and start < at + 40:
        start += 1
    quoted = any(c in '"“„«' for c in document.content[at:start])
    end = _title_end(around, i, start, said, quoted, long_lines)
    words = join_lines(document.content[start:end]).strip(" ,;:.*_" + _CLOSING)
    lead = _LEADING.match(words.casefold().replace("về", "ve"))
    words = words[lead.end() :] if lead else words
    return (words, end) if len(words) > 3 else (None, at)


def _title_end(around: Surroundings, i: int, start: int, said: list[Said], quoted: bool, long_lines: bool) -> int:
    """Where a title ends: at the first stop that ends it, or before a citation that it is not about; no stop within such a one counts."""
    folded, spans = around.document.folded, around.spans
    title = _Title(folded, start, quoted, long_lines)
    limit = min(len(folded), start + _LONGEST_TITLE)
    at, inner, open_quotes = start, _from(spans, start, i + 1), 0
    while True:
        stop = _TITLE_STOP.search(folded, at, limit)
        if inner < len(spans) and spans[inner][0] < (stop.start() + 2 if stop else limit):
            if not quoted and not _LINKS.search(folded[max(start, spans[inner][0] - 20) : spans[inner][0]]):
                return _before_citation(folded, start, spans[inner][0])
            at = max(said[inner].end, spans[inner][1])
            inner = _from(spans, at, inner + 1)
            if stop is None or at >= limit:
                return limit
        elif stop is None:
            return limit
        elif (mark := stop.group()) in _QUOTES:
            if mark and quoted and not open_quotes:
                return stop.start()
            open_quotes = max(0, open_quotes + _QUOTES[mark])
            at = stop.start() + 1
        elif _ENDS.get(mark, _opens_subject)(title, stop.start()):
            return stop.start() - (mark not in _ENDS)  # a new subject leaves the comma before it out
        else:
            at = stop.end()


@dataclass(frozen=True, slots=True)
class _Title:
    """A title that is being read: the folded text, where it starts, whether in quotes, whether lines are paragraphs."""

    folded: str
    start: int
    quoted: bool
    long_lines: bool


def _from(spans: tuple[Span, ...], at: int, first: int) -> int:
    """The first citation from ``first`` on that begins at an offset or after it."""
    return bisect_left(spans, at, first, key=lambda span: span[0])


def _closes_bracket(title: _Title, stop: int) -> bool:
    """A bracket that was opened before the title ends it."""
    return title.folded.count("(", title.start, stop) <= title.folded.count(")", title.start, stop)


def _ends_line(title: _Title, stop: int) -> bool:
    """A line end before a bullet or an empty line, any where lines are paragraphs; not in "giai đoạn 2021 ⏎ - 2025"."""
    folded = title.folded
    if _YEARS.match(folded, stop) and folded[stop - 1 : stop].isdecimal():
        return False
    return title.long_lines or folded[stop + 1 : stop + 2] in ("\n", "") or _BULLET.match(folded, stop + 1) is not None


def _opens_subject(title: _Title, stop: int) -> bool:
    """ "…, Ủy ban nhân dân xã ban hành …" after a comma."""
    return not title.quoted and _NEW_SUBJECT.match(title.folded, stop) is not None


def _ends_sentence(title: _Title, stop: int) -> bool:
    """A point, but that of "TP. Hồ Chí Minh"."""
    return not title.quoted and title.folded[max(0, stop - 2) : stop] not in ("tp", "tx")


def _parts_words(title: _Title, _: int) -> bool:
    return not title.quoted


_YEARS = re.compile(r"\s*[-–]\s*\d{4}")
#: What a quotation mark adds to those that are open; the empty stop stands before an opening one.
_QUOTES = {"": 1, '"': -1, "”": -1, "»": -1}
#: Whether a mark ends a title where it stands; a blank after a comma is the only other stop.
_ENDS: dict[str, Callable[[_Title, int], bool]] = {
    ")": _closes_bracket, "\n": _ends_line, ".": _ends_sentence, ";": _parts_words, ":": _parts_words, "(": _parts_words,
}  # fmt: skip


def _before_citation(folded: str, start: int, end: int) -> int:
    """Where a title ends before the next citation of a list: its comma and "và" are not part of it."""
    words = folded[start:end].rstrip()
    words = re.sub(r"(?:\s+va|\s+cac|[,;(])*$", "", words)
    return start + len(words)


def _has_long_lines(content: str) -> bool:
    """Whether a line is a paragraph (text from a web page) or a printed line (text from a page)."""
    lines = content.split("\n")
    return 4 * sum(len(line) for line in lines if len(line) > 140) > len(content)


def _with_definitions(around: Surroundings, said: list[Said]) -> list[Said]:
    """The short forms: each belongs to the outermost citation that has just ended."""
    out = list(said)
    folded, content = around.document.folded, around.document.content
    for match in _DEFINES.finditer(folded):
        owner = _owner(around, out, match.start())
        short = join_lines(content[slice(*match.span("short"))]).strip(" .,;:")
        if owner is not None and out[owner].defines is None and _may_define(around, owner, short):
            out[owner] = replace(out[owner], defines=short)
    return out


def _may_define(around: Surroundings, i: int, short: str) -> bool:
    """Whether a short form can be that of a citation: "Nghị quyết 18" of a Nghị quyết; "Kế hoạch" after a law is this plan itself."""
    printed = fold(around.document.content[slice(*around.spans[i])]).split()
    words = fold(short).split()
    return (
        bool(words)
        and skeleton(words[0]) == skeleton(printed[0])
        and (min(len(words), len(printed)) < 2 or skeleton(words[1]) == skeleton(printed[1]) or len(words[0]) > 3)
    )


def _owner(around: Surroundings, said: list[Said], at: int) -> int | None:
    best: int | None = None
    for i in range(_first_after(around, at - 2 * _LONGEST_TITLE), len(around.spans)):
        if around.spans[i][1] > at:
            break
        gap = around.document.folded[said[i].end : at] if said[i].end <= at else ""
        if said[i].end <= at + 1 and re.search(r"[;\n]|\.\s", gap):
            continue
        if best is None or said[best].end < around.spans[i][0]:
            best = i
    return best


def _first_after(around: Surroundings, at: int) -> int:
    return bisect_left(around.spans, (max(0, at), 0))


_BRACKET_ISSUER = re.compile(r"(?:cua|c[^\s,;.]{1,3}a)\s+(?P<issuer>[^,;.()]{4,80}?)\s*\(\s*$")
_JOINED = re.compile(r"\s*(?:,|va|,\s*va)\s*")


def _with_shared_issuers(around: Surroundings, said: list[Said]) -> list[Said]:
    """The issuer before a bracket goes to all that it lists; one after the last of several joined citations goes to all of them."""
    out = list(said)
    folded, content = around.document.folded, around.document.content
    for i in reversed(range(len(out) - 1)):
        if (
            out[i].issuer is None
            and out[i].title is None
            and _same_series(around, i)
            and _JOINED.fullmatch(folded, around.spans[i][1], around.spans[i + 1][0])
        ):
            out[i] = replace(out[i], issuer=out[i + 1].issuer)
    bracket: tuple[str, int] | None = None
    for i, (start, _) in enumerate(around.spans):
        if bracket and (start > bracket[1]):
            bracket = None
        before = max(0, start - 110)
        if match := _BRACKET_ISSUER.search(folded[before:start]):
            words = join_lines(content[before + match.start("issuer") : before + match.end("issuer")])
            if words[:1].isupper():
                bracket = (words, _closing(folded, start))
        if bracket and out[i].issuer is None:
            out[i] = replace(out[i], issuer=bracket[0])
    return out


def _same_series(around: Surroundings, i: int) -> bool:
    """Whether a citation and the next end in the same organ letters: 29-NQ/TW and 19-NQ/TW, but not 21-NQ/TW and 30-CTr/TU."""
    first, second = (re.search(r"[-/]([a-z]+)\b[^/]*?(?:[,\s(]|$)", around.document.folded[slice(*around.spans[j])]) for j in (i, i + 1))
    return first is not None and second is not None and first[1] == second[1]


def _closing(folded: str, start: int) -> int:
    """Where the bracket that is open at ``start`` closes."""
    depth = 1
    for at in range(start, min(len(folded), start + 2500)):
        if folded[at] == "(":
            depth += 1
        elif folded[at] == ")":
            depth -= 1
            if depth == 0:
                return at
    return start
