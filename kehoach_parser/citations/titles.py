"""What is said of a cited document after its symbol: who issued it, its title, the short form that it is given.

"… của Ban Chấp hành Trung ương về "Đẩy mạnh …" (sau đây viết tắt là Nghị quyết 18)". An issuer may also stand before a bracket, for
all that the bracket lists, or once after the last of several citations.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, replace

from kehoach_parser.citations.issuers import ABOUT, FATE, STARTER, join_lines, read_issuer
from kehoach_parser.model import Span
from kehoach_parser.text.areas import organ_begun
from kehoach_parser.text.document import Document
from kehoach_parser.text.fold import fold, is_damaged, skeleton

_LONGEST_TITLE = 900
_LONGEST_ISSUER = 130
_OPENING = "\"“„«'‘*_"
_CLOSING = "\"”“»'’*_"


@dataclass(frozen=True, slots=True)
class Said:
    """What stands after a citation; ``end`` is where the title (or else the issuer, or the citation) ends. ``date`` and ``date_end``: the
    date that stands behind the issuer ("số 411/QĐ-TTg của Thủ tướng Chính phủ ngày 31/3/2022")."""

    issuer: str | None
    title: str | None
    defines: str | None
    end: int
    date: str | None = None
    date_end: int | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A text and the spans of all its citations, in order: of each the letters of its organs, whether a date is printed with it and
    whether it is a law cited by name. ``date_at`` reads a date that stands at an offset, ``cells`` are those of tables, in order."""

    document: Document
    spans: tuple[Span, ...]
    organs: tuple[str, ...]
    dated: tuple[bool, ...]
    laws: tuple[bool, ...]
    date_at: Callable[[int], tuple[int, str] | None]
    cells: tuple[Span, ...] = ()


_ABOUT_NEXT = re.compile(
    r"\s*(?:nam\s+(?:19|20)\d\d\s+)?(?:\(nay la\s[^()\n]{0,80}\)\s*)?,?\s*"
    rf"(?:(?P<about>{ABOUT})(?=[\s\"“„«])|(?P<start>{STARTER})(?=[\s,])|(?P<quote>[\"“„«]))"
)
_LEADING = re.compile(r"(?:ve|v&|v€|v\s?/\s?v)\s+(?=\S)")
_BULLET = re.compile(
    r"\s*(?:[-+*•–]\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|[a-zđ]\)|[ivx]{1,4}\.\s|can cu|c[^\s]{0,2}n c[^\s]{1,2}\s|"
    r"thuc hien\s+(?:nghi|ke|quy|huong|chi))"
)
_TITLE_STOP = re.compile(
    rf"[;)|\"”»]|(?<=\s)(?={FATE})|[.:](?=\s|$)|\((?=\s?\*|sau day|viet tat|goi |da |duoc |ban hanh|"
    r"sua doi[^()]{0,20} (?:tai|boi|theo) )|\n|(?<=,)\s|(?<=\s)(?=[\"“„«])"
)
#: What became of the document, behind its title: "… được sửa đổi, bổ sung bởi Luật số 87", "… hết hiệu lực".
_FATE = re.compile(FATE)
_NEW_SUBJECT = re.compile(
    rf"\s*(?:{organ_begun('sentence')}\s[^,;.:]{{0,80}}?(?:ban hanh|xay dung|trien khai|huong dan|to chuc|yeu cau|de nghi|bao cao|giao)\s|"
    r"(?:cac|nhung)\s+(?:quy dinh|nghi quyet|chi thi|ket luan|van ban)|(?:nham|trong do|nhat la|gop phan|dong thoi|cu the|dam bao)\s)"
)
# "Thực hiện Thông tri số 02 … về … và hướng dẫn của Bộ Nội vụ tại Công văn số 89": what another says elsewhere.
_SAID_ELSEWHERE = re.compile(r"\s+va\s+(?:huong\s+dan|y\s+kien|chi\s+dao|de\s+nghi)\s+cua\s+[^;.]{4,80}?\s+tai\s+$")
_LINKS = re.compile(
    r"(?:cua|c[^\s]{1,3}a|hien|hanh|khai|theo|tai|ket|boi|dan|sung|doi|the|dieu|bo|quan triet|voi|chi tiet|ve|"
    r"(?:dieu|khoan|muc|phu luc)\s+[\divx]+[a-z]?)\s+(?:cac\s+)?[\"“]?\s*$"
)
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
    if document.content[end : end + 1] == ")" and "(" in document.content[max(around.spans[i][0], end - 20) : end]:
        end += 1  # the bracket around the date
    if (catalogued := _catalogued(around, i, end)) is not None:
        return catalogued
    limit = min(_next_start(around, i), _cell_end(around, i))
    issuer, at = read_issuer(document, end, min(limit, end + _LONGEST_ISSUER), bare=_may_be_bare(around, i))
    dated = around.date_at(at) if issuer and not around.dated[i] else None
    at = dated[0] if dated else at
    title, title_end = (None, at) if around.laws[i] else _title(around, i, at, said, long_lines)
    return Said(issuer, title, None, title_end if title else at, dated[1] if dated else None, dated[0] if dated else None)


# "Nghị quyết 393/NQ-CP năm 2025 về dự án Luật Viên chức do Chính phủ ban hành": as collections of documents print it.
_CATALOGUED = re.compile(
    rf"\s+nam\s+(?:19|20)\d\d\s+(?:(?:{ABOUT})\s+)?(?P<title>[^\n]{{8,600}}?)\s+do\s+"
    r"(?P<issuer>[^\n;:]{3,90}?)\s+(?:ban\s+hanh|dien)(?=\s*(?:[\n;)]|$|van\s+ban\s+nay))"
)


def _may_be_bare(around: Surroundings, i: int) -> bool:
    """Whether an issuer may stand behind a citation without "của": who makes laws is never named so, and others stand near them."""
    return not around.laws[i] and not around.organs[i].startswith("QH")


def _catalogued(around: Surroundings, i: int, end: int) -> Said | None:
    """What a collection of documents says behind a citation that ends at ``end``: its year, its title, who issued it."""
    content = around.document.content
    match = _CATALOGUED.match(around.document.folded, end, _cell_end(around, i))
    if match is None or not content[match.start("issuer")].isupper():
        return None
    return Said(join_lines(content[slice(*match.span("issuer"))]), join_lines(content[slice(*match.span("title"))]), None, match.end())


def _next_start(around: Surroundings, i: int) -> int:
    return next((s[0] for s in around.spans[i + 1 : i + 3] if s[0] >= around.spans[i][1]), len(around.document.content))


def _cell_end(around: Surroundings, i: int) -> int:
    """Where the cell of a table ends that a citation stands in; the end of the text outside tables."""
    start, end = around.spans[i]
    at = bisect_left(around.cells, (start + 1, 0)) - 1
    inside = at >= 0 and around.cells[at][0] <= start and end <= around.cells[at][1]
    return around.cells[at][1] if inside else len(around.document.content)


def _title(around: Surroundings, i: int, at: int, said: list[Said], long_lines: bool) -> tuple[str | None, int]:
    """The title from ``at`` on, quotes and a leading "về" dropped, and where it ends."""
    document = around.document
    opening = _ABOUT_NEXT.match(document.folded, at)
    if opening is None or document.content[slice(*opening.span("about"))].casefold() == "vệ" or _is_said_in_place(around, i, opening):
        return None, at
    start = opening.end() if opening["about"] or opening["quote"] else opening.start("start")
    while start < len(document.content) and document.content[start] in " \t\n" + _OPENING and start < at + 40:
        start += 1
    quoted = any(c in '"“„«' for c in document.content[at:start])
    end = _title_end(around, i, start, said, quoted, long_lines)
    words = join_lines(document.content[start:end]).strip(" ,;:.*_" + _CLOSING)
    lead = _LEADING.match(words.casefold().replace("về", "ve"))
    words = words[lead.end() :] if lead else words
    return (words, end) if len(words) > 20 or (len(words) > 3 and not _ONLY_VERB.fullmatch(fold(words))) else (None, at)


def _is_said_in_place(around: Surroundings, i: int, opening: re.Match[str]) -> bool:
    """ "Tại khoản 2 Điều 2 Nghị định 175/2025/NĐ-CP quy định từ ngày …": what a place in a document says is not its title."""
    start, end = around.spans[i]
    folded = around.document.folded
    return (
        opening["start"] is not None
        and opening.start() == end
        and not around.dated[i]
        and _RULES.match(folded, opening.start("start")) is not None
        and _IN_PLACE.search(folded, max(0, start - 30), start) is not None
    )


_RULES = re.compile(r"quy dinh\s(?!\s*(?:chi tiet|ve|mot so|viec)\s)")
_IN_PLACE = re.compile(r"(?<!\w)(?:diem [a-z]|(?:khoan|dieu|muc) [\divx]+[a-z]?)(?: cua)?\s+$")


def _title_end(around: Surroundings, i: int, start: int, said: list[Said], quoted: bool, long_lines: bool) -> int:
    """Where a title ends: at the first stop that ends it, or before a citation that it is not about; no stop within such a one counts."""
    folded, spans = around.document.folded, around.spans
    title = _Title(around.document, start, quoted, long_lines)
    limit = min(_cell_end(around, i), start + _LONGEST_TITLE)
    at, inner, open_quotes = start, _from(spans, start, i + 1), 0
    while True:
        stop = _TITLE_STOP.search(folded, at, limit)
        if inner < len(spans) and spans[inner][0] < (stop.start() + 2 if stop else limit):
            if not quoted and (other := _ends_before(folded, start, spans[inner][0])) is not None:
                return other
            at = max(said[inner].end, spans[inner][1])
            inner = _from(spans, at, inner + 1)
            if stop is None or at >= limit:
                return limit
        elif stop is None:
            return limit
        elif not stop.group() and not quoted and _FATE.match(folded, stop.start()):
            return stop.start()
        elif (mark := stop.group()) in _QUOTES:
            if mark and quoted and not open_quotes:
                return stop.start()
            open_quotes = max(0, open_quotes + (-1 if mark else 1))
            at = stop.start() + 1
        elif _ENDS.get(mark, _opens_subject)(title, stop.start()):
            return stop.start() - (mark not in _ENDS)  # a new subject leaves the comma before it out
        else:
            at = stop.end()


@dataclass(frozen=True, slots=True)
class _Title:
    """A title that is being read: its text, where it starts, whether in quotes, whether lines are paragraphs."""

    document: Document
    start: int
    quoted: bool
    long_lines: bool

    @property
    def folded(self) -> str:
        """The folded text."""
        return self.document.folded


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
    if folded[stop + 1 : stop + 2] in ("\n", "") or _BULLET.match(folded, stop + 1) is not None:
        return True
    return title.long_lines and not _runs_on(title, stop)


def _runs_on(title: _Title, stop: int) -> bool:
    """Whether a paragraph is broken in the middle of its sentence: before a small letter, after a word that needs another ("của ⏎ Sở"),
    within a title in capitals. The organ that decides stands under such a title."""
    before, after = title.document.content[title.start : stop].rstrip(), title.document.content[stop:].lstrip()
    if (after[:2].isalpha() and after[:2].islower()) or _NEEDS_MORE.search(title.folded, max(title.start, stop - 12), stop):
        return True
    next_line = after.split("\n", 1)[0]
    return before.isupper() and next_line.isupper() and _DECIDES.match(fold(next_line)) is None


def _opens_subject(title: _Title, stop: int) -> bool:
    """ "…, Ủy ban nhân dân xã ban hành …" after a comma."""
    return not title.quoted and _NEW_SUBJECT.match(title.folded, stop) is not None


def _ends_sentence(title: _Title, stop: int) -> bool:
    """A point, but that of "TP. Hồ Chí Minh"."""
    return not title.quoted and title.folded[max(0, stop - 2) : stop] not in ("tp", "tx")


def _parts_words(title: _Title, _: int) -> bool:
    return not title.quoted


_YEARS = re.compile(r"\s*[-–]\s*\d{4}")
_NEEDS_MORE = re.compile(r"(?<!\w)(?:cua|va|ve|cac|tai|cho|theo|voi|thuoc|hoac|tinh|thanh pho|xa|phuong|viec)\s*$")
_DECIDES = re.compile(organ_begun("decides"))
#: A verb alone is no title: "Nghị quyết số 98/2023/QH15 do Quốc hội ban hành".
_ONLY_VERB = re.compile(STARTER)  # none is longer than 20 letters
#: Marks that close a quotation; the empty stop stands before one that opens it.
_QUOTES = frozenset(("", '"', "”", "»"))
#: Whether a mark ends a title where it stands; a blank after a comma is the only other stop. An empty match at "|" or at words that say
#: what became of the document ends it in any case.
_ENDS: dict[str, Callable[[_Title, int], bool]] = {
    ")": _closes_bracket, "\n": _ends_line, ".": _ends_sentence, ";": _parts_words, ":": _parts_words, "(": _parts_words,
    "|": lambda _title, _stop: True,
}  # fmt: skip


def _ends_before(folded: str, start: int, cited: int) -> int | None:
    """Where a title ends because the citation at ``cited`` is another one's; None where the title is about it."""
    if not _LINKS.search(folded[max(start, cited - 20) : cited]):
        return _before_citation(folded, start, cited)
    other = _SAID_ELSEWHERE.search(folded, max(start, cited - 110), cited)
    return other.start() if other else None


def _before_citation(folded: str, start: int, end: int) -> int:
    """Where a title ends before the next citation of a list: its comma and "và" are not part of it."""
    words = folded[start:end].rstrip()
    words = re.sub(r"(?:\s+va|\s+cac|\s+so|[,;(])*$", "", words)
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
        short = join_lines(content[slice(*match.span("short"))]).strip(" .,;:")
        owner = next((each for each in _owners(around, out, match.start()) if _may_define(around, each, short)), None)
        if owner is not None and out[owner].defines is None:
            out[owner] = replace(out[owner], defines=short)
    return out


def _may_define(around: Surroundings, i: int, short: str) -> bool:
    """Whether a short form can be that of a citation: "Nghị quyết 18" of a Nghị quyết; "Kế hoạch" after a law is this plan itself, and
    "Tháng hành động" is no Thông tri."""
    printed = around.document.content[slice(*around.spans[i])]
    alike = skeleton if is_damaged(printed) or is_damaged(short) else str
    type_words, words = fold(printed).split()[:2], fold(short).split()[:2]
    # a law's type is one word: "Luật" of "Luật Đất đai"
    same = [alike(a) == alike(b) for a, b in zip(type_words, words, strict=False)]
    return bool(same) and same[0] and (all(same) or (len(type_words[0]) > 3 and around.laws[i]))


def _owners(around: Surroundings, said: list[Said], at: int) -> list[int]:
    """The citations that have just ended where a bracket opens, the outermost first: a decision, and the decree that its title names."""
    best: int | None = None
    found: list[int] = []
    for i in range(_first_after(around, at - 2 * _LONGEST_TITLE), len(around.spans)):
        if around.spans[i][1] > at:
            break
        gap = around.document.folded[said[i].end : at] if said[i].end <= at else ""
        if said[i].end <= at + 1 and re.search(r"[;\n]|\.\s", gap):
            continue
        if best is None or said[best].end < around.spans[i][0]:
            best, found = i, []
        found.append(i)
    return found


def _first_after(around: Surroundings, at: int) -> int:
    return bisect_left(around.spans, (max(0, at), 0))


_BRACKET_ISSUER = re.compile(r"(?:cua|c[^\s,;.]{1,3}a)\s+(?P<issuer>[^,;.()]{4,80}?)\s*\(\s*$")
_JOINED = re.compile(r"\s*(?:,|va|,\s*va)\s*")


def _with_shared_issuers(around: Surroundings, said: list[Said]) -> list[Said]:
    """The issuer before a bracket goes to all that it lists; one after the last of several joined citations goes to all of them whose
    symbols have its organ: 29-NQ/TW and 19-NQ/TW, but not 21-NQ/TW and 30-CTr/TU."""
    out = list(said)
    folded, content = around.document.folded, around.document.content
    for i in reversed(range(len(out) - 1)):
        if (
            out[i].issuer is None
            and out[i].title is None
            and around.organs[i] == around.organs[i + 1] != ""
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
