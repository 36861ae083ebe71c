"""Cited documents: an anchor finds the candidate, the citation grammar reads on from there, the text after it gives issuer and title.

The anchor is a type word on folded text with a number near ("Nghi quyét sb 18"), or a bare symbol in a sentence. Finding says what is
printed at this place; which document is meant is said later, when all mentions are known (`identity`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kehoach_parser.citations.by_name import find_named
from kehoach_parser.citations.issuers import join_lines, read_issuer_before
from kehoach_parser.citations.relations import Outer, relation_of
from kehoach_parser.citations.short_forms import BRINGS_IN
from kehoach_parser.citations.titles import Said, Surroundings, describe
from kehoach_parser.dates import ISSUES
from kehoach_parser.found import FoundCitation, FoundCitations, FoundDate
from kehoach_parser.grammars import Derivation, derive, forms, place_of
from kehoach_parser.model import Repair, Span
from kehoach_parser.symbols.letters import Symbol, read_symbol
from kehoach_parser.symbols.parts import parts_in
from kehoach_parser.text.document import Document
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lenient import found_at, type_names, type_pattern, type_places
from kehoach_parser.text.lists import LAWS, letters_of_type, type_of_letters, types_of_papers, wider_type

#: Letters that the grammar gets to read: "Đại hội đại biểu Đảng bộ …" with ten words and its number is the longest form.
_WINDOW = 170
#: So far behind a citation, its title between, ", số …" still takes its type word.
_LISTED_WITHIN = 400
MASK = "\ue000"
_ISSUES = re.compile(ISSUES)

_TYPED = re.compile(r"(?<![^\W_])" + type_pattern() + r"(?=[^\d]{1,12}\d|\s{1,3}cua\s|\s{1,3}(?:[a-z]{1,7},?\s{1,2}){1,7}so\s{1,2}\d)")
# "Nghị quyết của Bộ Chính trị số 57-NQ/TW"; "Kết luận liên ngành tư pháp Trung ương số 23/KL-…";
# "Công văn hoả tốc số 12/UBND-VX"; "Báo cáo thẩm tra số 412/BC-UBPLTP15"
_BETWEEN = re.compile(r"\s{1,3}(?:cua\s{1,3}(?P<issuer>[^\d;.,()\n]{3,60}?)|(?:[a-z]{1,7},?\s{1,2}){0,6}[a-z]{1,7})(?=\s{1,3}so\s{1,3}\d)")
_BEFORE_BARE = re.compile(r"(?:[a-z0-9,;]\s{1,2}|\(|[-+*•]\s{1,2}(?=so))(?:so\s{1,2})?$")
# "Số 12-KH/ĐU" at the head of a paper; in a list ("- Số 12-KH/TU; Số 13-KH/TU") it is another's.
_OWN_NUMBER = re.compile(r"(?<![;,\-+*•]\s)S\S{0,2}\s*$|\n\s*$|:\s*$")
_DIRECT = re.compile(r"\s*(?:[s$]\S{0,2}\s*)?")
# Before 1997 no type stood in a symbol: Nghị định 96/CP, Chỉ thị 200/TTg, Quyết định 327/CT (of the chairman of the Council of Ministers).
_OF_OLD = frozenset({"CP", "TTg", "CT", "TC", "UB"})
# After these a symbol without type letters is expected; elsewhere it needs three capitals, so that "3/4 Số" is none.
_NAMED_BY_THEMSELVES = (*LAWS, "Hiến pháp")  # no issuer and no title follow without a word for them
_LETTER_WORDS = ("Công văn", "Văn bản", "Công điện")


@dataclass(frozen=True, slots=True)
class _Head:
    """A citation without what stands after it."""

    span: Span
    type: str
    symbol: Symbol | None
    symbol_span: Span | None
    date: str | None
    issuer: str | None
    title: str | None
    name: str | None
    certainty: float


def find_citations(document: Document, dates: tuple[FoundDate, ...], cells: tuple[Span, ...] = ()) -> FoundCitations:
    """Every mention of another document in the text, in document order; what is said of one ends with its cell of a table. Never raises."""
    text = MaskedText(document, dates)
    places = type_places(document.folded)
    heads = _symbol_heads(document, text, places)
    heads = _with_named(document, text, heads, places)
    heads = _with_short_forms(document, heads, places)
    descriptions = describe(_surroundings(document, text, heads, cells))
    heads = [_dated_behind(head, said) for head, said in zip(heads, descriptions, strict=True)]
    out: list[FoundCitation] = []
    repairs: list[Repair] = []
    last: Outer | None = None
    for head, said in zip(heads, descriptions, strict=True):
        end = max(said.end, head.span[1])
        relation = relation_of(document.folded, head.span, head.type, end, last)
        if last is None or head.span[0] >= last.end:
            last = Outer(relation, head.span, end)
        out.append(
            FoundCitation(
                head.span,
                document.content[slice(*head.span)],
                head.type,
                head.symbol.reading if head.symbol else None,
                head.date,
                head.issuer or said.issuer or read_issuer_before(document, head.span[0], head.symbol.parts.organ if head.symbol else ""),
                head.title or said.title,
                said.defines,
                relation,
                head.name,
                head.certainty,
            )
        )
        repairs.extend(_repairs(document, head))
    return FoundCitations(tuple(out), tuple(repairs))


class MaskedText:
    """A text as the citation grammar reads it: no diacritics, capitals kept, dates masked."""

    __slots__ = ("_ends", "_masked", "_spans", "_values")

    def __init__(self, document: Document, dates: tuple[FoundDate, ...]) -> None:
        plain = sorted(
            (d for d in dates if d.value and "-" in d.value and not _opens_sentence(document.content, d.span[0])),  # a day or a month
            key=lambda d: d.span,
        )
        self._spans = [d.span for d in plain]
        self._ends = [d.span[1] for d in plain]
        self._values = [d.value or "" for d in plain]
        cased, pieces, at = document.cased, [], 0
        for start, end in self._spans:
            pieces += [cased[at:start], MASK * (end - max(at, start))]
            at = end
        self._masked = "".join((*pieces, cased[at:]))

    def window(self, start: int, length: int = _WINDOW) -> str:
        """The masked text from ``start`` on; same length as the text it stands for."""
        return self._masked[start : start + length]

    def date_before(self, start: int) -> tuple[int, str] | None:
        """Where the last date before an offset ends, and its value; None for none."""
        at = bisect_right(self._ends, start) - 1
        return (self._ends[at], self._values[at]) if at >= 0 else None

    def date_at(self, at: int) -> tuple[int, str] | None:
        """Where the date ends that stands at an offset, behind "ngày" or a bracket, and its value; None for none."""
        match = _DATE_HERE.match(self._masked, at)
        after = bisect_left(self._ends, match.start("date") + 1) if match else 0
        return (self._ends[after], self._values[after]) if match else None

    def date_in(self, span: Span) -> str | None:
        """The value of the date that stands within a span."""
        at = bisect_left(self._ends, span[0] + 1)
        return self._values[at] if at < len(self._spans) and self._spans[at][0] < span[1] else None


_DATE_HERE = re.compile(rf",?\s{{0,2}}\(?(?:[nN][gG]\S{{1,3}}\s+)?(?P<date>{MASK})")


def _opens_sentence(content: str, start: int) -> bool:
    """Whether a date opens a line and a sentence: "… số 66-NQ/TW ⏎ Ngày 28 tháng 11, …" is not the resolution's date."""
    return (
        content[start].isupper()
        and content[start + 1 : start + 2].islower()
        and content[max(0, start - 9) : start].rstrip(" \t").endswith("\n")
    )


@cache
def _bare_symbol() -> re.Pattern[str]:
    """Where a symbol may begin that no type word announces."""
    return dict(forms("symbol", "look", "look").rules)["begun"]


def _surroundings(document: Document, text: MaskedText, heads: Sequence[_Head], cells: tuple[Span, ...]) -> Surroundings:
    return Surroundings(
        document,
        tuple(head.span for head in heads),
        tuple(head.symbol.parts.organ if head.symbol else "" for head in heads),
        tuple(head.date is not None for head in heads),
        tuple(head.name is not None and head.symbol is None and head.type in _NAMED_BY_THEMSELVES for head in heads),
        text.date_at,
        cells,
    )


def _dated_behind(head: _Head, said: Said) -> _Head:
    """The citation with a date that stands behind its issuer: "số 411/QĐ-TTg của Thủ tướng Chính phủ ngày 31/3/2022"."""
    if said.date is None or said.date_end is None:
        return head
    return replace(head, span=(head.span[0], said.date_end), date=said.date)


def _symbol_heads(document: Document, text: MaskedText, places: Sequence[int]) -> list[_Head]:
    heads: list[_Head] = []
    at = 0
    for place in places:
        if place < at or (match := _TYPED.match(document.folded, place)) is None:
            continue
        at = match.end()
        for head in _typed(document, text, match):
            heads.append(head)
            at = max(at, head.span[1])
    heads_before = sorted(heads, key=lambda head: head.span)
    taken = [head.span for head in heads_before]
    bare_end = 0
    for match in _bare_symbol().finditer(document.folded):
        before = bisect_right(taken, (match.start(), len(document.content)))
        if match.start() < bare_end or (before and taken[before - 1][1] > match.start()):
            continue
        bare = _bare(document, text, match.start(), heads_before[before - 1] if before else None)
        if bare is not None:
            found = [bare, *_followers(document, text, bare)]
            heads.extend(found)
            bare_end = found[-1].span[1]
    unique = {head.span: head for head in heads}
    return [unique[span] for span in sorted(unique)]


def _typed(document: Document, text: MaskedText, match: re.Match[str]) -> Iterator[_Head]:
    """The citation that a type word opens, and those that share the word: "các Quy định số 99-QĐ/TW, 100-QĐ/TW và 101-QĐ/TW"."""
    assert match.lastgroup is not None
    word = type_names()[int(match.lastgroup[1:])]
    issuer = None
    head = _read(document, text, match.start(), match.end(), word, "after_type")
    if head is None and (between := _BETWEEN.match(document.folded, match.end())) and not _TYPED.search(between.group() + " so 1"):
        head = _read(document, text, match.start(), between.end(), word, "after_type", word_end=match.end())
        issuer = document.content[slice(*between.span("issuer"))].strip() if between["issuer"] else None
    if head is None:
        return
    if match.group() != fold(word) and head.symbol and head.symbol.parts.kind:
        # a damaged type word that its symbol belies
        known = type_of_letters().get(head.symbol.parts.kind)
        if known and head.symbol.parts.kind not in letters_of_type().get(word, ()):
            head = replace(head, type=known)
    head = replace(head, issuer=issuer)
    yield _dated_before(document, text, head) if head.date is None else head
    yield from _followers(document, text, head)


def _dated_before(document: Document, text: MaskedText, head: _Head) -> _Head:
    """The citation with day and issuer from before it: "Ngày 22/12/2024, Bộ Chính trị đã ban hành Nghị quyết số 57-NQ/TW"."""
    ended = text.date_before(head.span[0])
    if ended is None or (issues := _ISSUES.fullmatch(document.folded, ended[0], head.span[0])) is None:
        return head
    issuer = join_lines(document.content[slice(*issues.span("issuer"))]).split(" (")[0]
    return replace(head, date=ended[1], issuer=head.issuer or issuer)


def _followers(document: Document, text: MaskedText, head: _Head) -> Iterator[_Head]:
    while (following := _read(document, text, None, head.span[1], head.type, "after_citation")) is not None:
        yield following
        head = following


def _bare(document: Document, text: MaskedText, start: int, last: _Head | None) -> _Head | None:
    """A symbol without a type word, in a sentence; the document's own number ("Số: 172/KH-UBND") is none."""
    before = document.folded[max(0, start - 8) : start]
    printed = document.content[max(0, start - 8) : start]
    if not _BEFORE_BARE.search(before) or _OWN_NUMBER.search(printed):
        return None
    # "Nghị quyết số 55/2010/QH12 về …; số 28/2016/QH14 …": a list that shares its type word over the titles
    word = last.type if last and start - last.span[1] < _LISTED_WITHIN and re.search(r"[;,]\s{1,2}so\s{1,2}$", before) else None
    head = _read(document, text, start, start, word, "after_type")
    if head is None or head.symbol is None or (head.symbol.parts.kind not in type_of_letters() and word is None):
        return None
    # "QĐ số 270/QĐ-TTg": the letters stand for the type word
    if short := re.search(rf"(?<!\w){head.symbol.parts.kind}\s{{1,2}}(?:số\s{{1,2}})?$", document.content[max(0, start - 12) : start]):
        begin = max(0, start - 12) + short.start()
        return replace(head, span=(begin, head.span[1]))
    return replace(head, certainty=round(head.certainty - 0.1, 2))


def _read(
    document: Document, text: MaskedText, start: int | None, at: int, word: str | None, rule: str, *, word_end: int | None = None
) -> _Head | None:
    """What the grammar reads from ``at`` on; ``start`` is where the type word stands, None where it is shared with the one before,
    ``word_end`` where it ends, if not at ``at``."""
    found = derive("citation", rule, text.window(at))
    if found is None or not found.form or _is_own_number(document, found, at):
        return None
    printed, span = parts_in(document.content, found, at)
    if printed.shape == "letter" and not _is_letter_symbol(document.content, printed.organ, word, span):
        return None
    symbol = read_symbol(printed, word)
    dated = place_of(found.outer, "DATE", at)
    direct = start not in (None, at) and _DIRECT.fullmatch(document.folded, word_end or at, span[0]) is not None
    kind = _type(word, symbol, direct=direct)
    if start is None or (not direct and word and wider_type(kind) != wider_type(word) and word not in _LETTER_WORDS):
        start = span[0]
    begin, end = start, dated[1] if dated else span[1]
    certainty = round(0.98 - 0.1 * len(symbol.repairs), 2)
    return _Head((begin, end), kind, symbol, span, text.date_in(dated) if dated else None, None, None, None, certainty)


def _is_letter_symbol(content: str, organ: str, word: str | None, span: Span) -> bool:
    """Whether what looks like the symbol of an official letter is one. The number of a bulletin goes on ("01/KH1N-01/17h00/DBQG-DBKH"),
    that of a form is called so ("theo mẫu số 01/MGTH")."""
    after = content[span[1] : span[1] + 1]
    if after.isupper() or after.isdigit() or _FORM_NUMBER.search(fold(content[max(0, span[0] - 14) : span[0]])):
        return False
    return word in _LETTER_WORDS or sum(char.isupper() for char in organ) >= 3 or (word is not None and organ in _OF_OLD)


_FORM_NUMBER = re.compile(r"(?<!\w)(?:mau|bieu|to khai)\s+(?:so\s+)?$")


def _is_own_number(document: Document, found: Derivation, at: int) -> bool:
    """KẾ HOẠCH ⏎ Số: 12/KH-UBND is the number of the document itself."""
    sign = place_of(found.outer, "NUMBER_SIGN", at)
    return sign is not None and document.content[sign[1] - 1] == ":" and "\n" in document.content[at : sign[0]]


def _type(word: str | None, symbol: Symbol, *, direct: bool) -> str:
    """The type by the printed word; by the symbol's letters where there is none, or where the word, not directly before the number
    (``direct``), belongs to another document: "các luật và số 150/2025/NĐ-CP"."""
    own = type_of_letters().get(symbol.parts.kind)
    if word is None or word == "Văn bản":
        return own or ("Công văn" if not symbol.parts.kind else "Văn bản")
    belies = own is not None and wider_type(own) != wider_type(word) and symbol.parts.kind not in letters_of_type().get(word, ())
    if own and belies and not direct and not symbol.repairs and word not in _LETTER_WORDS:
        return own
    return word if word in types_of_papers() else wider_type(word)  # what heads a paper of its own keeps its name


def _repairs(document: Document, head: _Head) -> Iterator[Repair]:
    if head.symbol is None or head.symbol_span is None:
        return
    printed = document.content[slice(*head.symbol_span)]
    if head.name and re.fullmatch(r"\D+ \d+", head.name):
        yield Repair("short-form", head.symbol_span, printed, head.symbol.reading)
        return
    codes = (*head.symbol.repairs, "symbol-blank") if re.search(r"\s", printed) else head.symbol.repairs
    if not codes and printed != head.symbol.reading.removesuffix("/nb") and printed != head.symbol.reading:
        codes = ("symbol-signs",)  # 255/2025-NĐ-CP
    for code in codes:
        yield Repair(code, head.symbol_span, printed, head.symbol.reading)


_SHORT = re.compile(r"(?<![^\W_])" + type_pattern() + r"\s{1,3}(?:s[^\s\d]{0,2}\s{1,2})?(?P<number>\d{1,4})(?![\w/%-]|\s?[-/]\s?\w|[.,]\d)")


def _with_short_forms(document: Document, heads: list[_Head], places: Sequence[int]) -> list[_Head]:
    """Nghị quyết 18, Chỉ thị số 05: a type and a number that a citation of this text bears in full."""
    full: dict[tuple[str, str], dict[str, Symbol]] = {}
    for head in heads:
        if head.symbol:
            full.setdefault((wider_type(head.type), head.symbol.parts.number.lstrip("0")), {})[head.symbol.reading] = head.symbol
    if not full:
        return heads
    spans = [head.span for head in heads]
    short = []
    for match in found_at(places, _SHORT, document.folded):
        word = next(name for i, name in enumerate(type_names()) if match[f"t{i}"] is not None)
        kind, number = wider_type(word), match["number"].lstrip("0")
        before = bisect_right(spans, (match.start(), len(document.content)))
        if BRINGS_IN.search(document.folded, max(0, match.start() - 24), match.start()):
            continue  # the place that brings the short form in
        if (kind, number) not in full or (before and spans[before - 1][1] > match.start()):
            continue
        meant = full[kind, number]
        symbol = next(iter(meant.values())) if len(meant) == 1 else None  # of two with that number neither is guessed
        short.append(_Head(match.span(), kind, symbol, match.span() if symbol else None, None, None, None, f"{kind} {number}", 0.8))
    return sorted([*heads, *short], key=lambda head: (head.span[0], -head.span[1])) if short else heads


def _with_named(document: Document, text: MaskedText, heads: list[_Head], places: Sequence[int]) -> list[_Head]:
    """The heads with those cited by name, in document order; a law with name and symbol is one citation."""
    out = list(heads)
    starts = [h.span for h in heads]
    within: list[Span] = []  # what the grammar already read of a law's symbol
    for named in find_named(document, places, text.window, text.date_in):
        at = bisect_right(starts, (named.span[1], 0))
        near = (s for s in starts[max(0, at - 2) : at + 1] if s not in within)
        if any(s[0] < named.span[1] and named.span[0] < s[1] for s in near) and named.symbol is None:
            continue
        head = _Head(named.span, named.type, None, None, named.date, named.issuer, named.title, named.name, named.certainty)
        if named.symbol is not None:
            head = replace(head, symbol=named.symbol, symbol_span=named.symbol_span)
            within.extend(s for s in starts[max(0, at - 3) : at + 1] if named.span[0] <= s[0] and s[1] <= named.span[1])
        out.append(head)
    gone = set(within)
    unique = {head.span: head for head in out if head.symbol is None or head.span not in gone or head.title}
    return [unique[span] for span in sorted(unique, key=lambda s: (s[0], -s[1]))]
