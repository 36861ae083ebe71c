"""What does not agree within one paper: pairs of places, with the reason as a code.

Codes and facts: organ-symbol (symbol, issuer) · type-word (type, symbol, letters) · year-of-symbol (symbol, date) · term-of-date (symbol,
date, term, printed) · dated-later (symbol, date, written) · two-dates (symbol, first, second).

A damaged print is no disagreement: what was repaired is left alone, and where the text has lost its marks digits are not trusted either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from operator import eq

from archive.common.keys import printed_term, term_of
from archive.common.levels import organ_key
from archive.common.sure_citations import CERTAIN, EXACT, Sure, is_repaired, sure_citations
from archive.common.words import LOW_QUALITY
from archive.values.documents import Fact, Span
from kehoach_parser import Plan, fold, skeleton
from kehoach_parser.knowledge import family_of_letters, family_of_words, legislatures_in, letters_of_type, organs, parts_of

#: The issuer of a citation stands at most so far behind it.
_ISSUER_WITHIN = 400
#: Share of the words of an issuer that must be printed with the same consonants.
_SAME_BUILD = 0.6
#: Titles as long as this are of one document when they are the same.
_LONG_TITLE = 25
#: Between a citation and who issued it stands "của", however damaged ("cta", "ciia").
_OF = re.compile(r"\W*c\w{1,3}\s+(?:\w{1,4}\s+)?")
#: Between the word of a type and the number nothing but "số" stands; "quy định NQ số 66/NQ-CP" and "luật và số 150/2025/NĐ-CP" are lists.
_NUMBER_SIGN = re.compile(r"\s+(?:số\s*:?\s*|so\s*:?\s*)?", re.IGNORECASE)
#: The first letters of an official letter's number are those of an organ: CT is Cục Thuế in "Công văn số 5348/CT-CS".
_NO_ORGAN = frozenset({"TTr", "QĐ", "NQ", "NĐ", "KH"})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two spans of one text that do not agree."""

    code: str
    first: Span
    second: Span
    facts: dict[str, Fact] = field(default_factory=dict)


def lint_paper(plan: Plan, text: str) -> list[Pair]:
    """Every disagreement in one plan and its text, by place."""
    damaged = plan.source.quality < LOW_QUALITY
    sure = sure_citations(plan)
    found = [*_own_symbol(plan)]
    for citation in sure:
        found += [*_organ(citation, text), *_type_word(citation)]
        if not damaged:
            found += [*_year(citation, text), *_term(citation, text)]
    if not damaged:
        found += [*_later(plan, sure), *_two_dates(sure)]
    return _once(sorted(found, key=lambda pair: (pair.first, pair.second, pair.code)))


def _once(pairs: list[Pair]) -> list[Pair]:
    """An error copied through a paper is told at its first place, a wrong date by its year only where nothing else tells it."""
    told = {(pair.facts["symbol"], pair.facts[name]) for pair in pairs for name in ("first", "second", "date") if _dates(pair, name)}
    kept = [pair for pair in pairs if pair.code != "year-of-symbol" or (pair.facts["symbol"], pair.facts["date"]) not in told]
    # Two dates are the same error whichever of them comes first.
    return list({(pair.code, *sorted(map(str, pair.facts.values()))): pair for pair in reversed(kept)}.values())[::-1]


def _dates(pair: Pair, name: str) -> bool:
    return pair.code in ("two-dates", "dated-later") and name in pair.facts


def _organ(citation: Sure, text: str) -> Iterator[Pair]:
    """ "07-HD/BTGDVTW … của Ban Tuyên giáo và Dân vận Thành ủy": the letters name another organ than the words."""
    if citation.issuer is None:
        return
    letters, words = family_of_letters(citation.parts.organ), family_of_words(citation.issuer)
    if letters is None or words is None or letters == words:
        return
    issuer = _printed_after(text, citation.span, citation.issuer)
    if issuer is not None and (issuer[0] < citation.span[1] or _OF.fullmatch(fold(text[citation.span[1] : issuer[0]]))):
        facts: dict[str, Fact] = {"symbol": citation.symbol, "issuer": _one_line(citation.issuer)}
        yield Pair("organ-symbol", _part_of(citation, citation.symbol), issuer, facts)


def _own_symbol(plan: Plan) -> Iterator[Pair]:
    """The same at the head of a paper: its own symbol and the organ named above it."""
    for header in (plan.header, *(part.header for part in plan.parts if part.header)):
        symbol, organ = header.symbol, header.organ
        parts = parts_of(symbol.value) if symbol else None
        if symbol is None or organ is None or parts is None or min(symbol.certainty, organ.certainty) < CERTAIN:
            continue
        letters, words = family_of_letters(parts.organ), family_of_words(organ.value)
        above = family_of_words(header.parent_organ.value) if header.parent_organ else None
        if letters and words and letters not in (words, above) and not is_repaired(plan, symbol.span):
            yield Pair("organ-symbol", symbol.span, organ.span, {"symbol": symbol.value, "issuer": _one_line(organ.value)})


def _type_word(citation: Sure) -> Iterator[Pair]:
    """ "Quyết định số 18-NQ/TW": the letters of the symbol belong to another type than the word before it."""
    known = letters_of_type()
    own = known.get(citation.type, ())
    kind = citation.parts.kind
    if not kind or not own or kind in own or not any(kind in letters for letters in known.values()):
        return
    if citation.type == "Công văn" and kind not in _NO_ORGAN:
        return
    # Letters of an organ that nobody knows may be those of an old number: 89-TC/TCT is a circular of Bộ Tài chính.
    if family_of_letters(citation.parts.organ) is None and citation.parts.organ not in organs():
        return
    word = len(citation.type.split())
    start, symbol = citation.span[0], _part_of(citation, citation.symbol)
    end = start + _length_of(citation.raw, word)
    # The word must stand there as it is, not be gathered from a list or a damaged print.
    if fold(_one_line(citation.raw[: end - start])) == fold(citation.type) and _NUMBER_SIGN.fullmatch(
        citation.raw, end - start, symbol[0] - start
    ):
        yield Pair("type-word", (start, end), symbol, {"type": citation.type, "symbol": citation.symbol, "letters": kind})


def _year(citation: Sure, text: str) -> Iterator[Pair]:
    """ "Nghị định số 30/2020/NĐ-CP ngày 05/3/2019": a State number bears the year of its date (decree 30/2020/NĐ-CP, Annex I)."""
    year = citation.parts.year
    if year is None or citation.date is None or citation.date[:4] == year:
        return
    date = _date_span(citation, text)
    if date is not None:
        yield Pair("year-of-symbol", _part_of(citation, citation.symbol), date, {"symbol": citation.symbol, "date": citation.date})


def _term(citation: Sure, text: str) -> Iterator[Pair]:
    """ "Nghị quyết số 18-NQ/TW ngày 25/10/2017 … khóa XIII": the date lies in another term than the one that is printed."""
    if citation.parts.legislature is not None:
        yield from _legislature(citation, citation.parts.legislature)
        return
    if citation.parts.shape != "party" or citation.date is None or citation.issuer is None:
        return
    term, printed = term_of(citation.symbol, citation.date), printed_term(citation.issuer)
    if term is None or printed is None or term == printed or not re.fullmatch("[IVX]+", printed):
        return
    issuer = _printed_after(text, citation.span, citation.issuer)
    date = _date_span(citation, text)
    if issuer is not None and date is not None:
        yield Pair("term-of-date", date, issuer, {"symbol": citation.symbol, "date": citation.date, "term": term, "printed": printed})


def _legislature(citation: Sure, named: int) -> Iterator[Pair]:
    """ "72/2025/QH14": the year lies in another legislature (khóa) of the National Assembly than the one that the symbol names."""
    year = citation.parts.year
    terms = legislatures_in(int(year)) if year is not None else ()
    if year is not None and terms and named not in terms:
        at = _part_of(citation, citation.symbol)
        organ = (at[1] - len(citation.parts.organ), at[1])
        yield Pair("term-of-date", at, organ, {"symbol": citation.symbol, "date": year, "term": str(terms[-1]), "printed": str(named)})


def _later(plan: Plan, sure: list[Sure]) -> Iterator[Pair]:
    """A document that is dated after the paper that cites it."""
    written = plan.header.date
    if written is None or written.certainty < CERTAIN or len(written.value) != EXACT:
        return
    for citation in sure:
        date = citation.date
        if date is not None and len(date) == EXACT and date > written.value:
            facts: dict[str, Fact] = {"symbol": citation.symbol, "date": date, "written": written.value}
            yield Pair("dated-later", citation.span, written.span, facts)


def _two_dates(sure: list[Sure]) -> Iterator[Pair]:
    """One document with two dates, the first mention of each."""
    dated = [citation for citation in sure if citation.date is not None and len(citation.date) == EXACT]
    for first, second in combinations(dated, 2):
        if first.date != second.date and one_document(first, second):
            yield Pair("two-dates", first.span, second.span, {"symbol": first.symbol, "first": first.date, "second": second.date})


def one_document(first: Sure, second: Sure) -> bool:
    """Whether two citations with different dates mean one document all the same.

    A central Party number is given once in a term, a State number once in a year, a number with its year once; a local number needs the
    same issuer. Beyond that only the same long title tells.
    """
    if (first.type, first.symbol) != (second.type, second.symbol) or first.date is None or second.date is None:
        return False
    if first.title and second.title and _one_line(first.title) == _one_line(second.title) and len(first.title) >= _LONG_TITLE:
        return _same_issuer(first, second)
    if first.parts.year is not None:
        return _same_issuer(first, second)
    if first.parts.shape == "party":
        term = term_of(first.symbol, first.date)
        return term is not None and term == term_of(second.symbol, second.date)
    return first.date[:4] == second.date[:4] and _same_issuer(first, second)


def _same_issuer(first: Sure, second: Sure) -> bool:
    """UBND and HĐND are many: only where both mentions name the same one."""
    family = family_of_letters(first.parts.organ)
    if family is not None and family.level == "central":
        return True
    if first.issuer is None or second.issuer is None:
        return False
    return organ_key(first.issuer, None, None) == organ_key(second.issuer, None, None)


_WORD = re.compile(r"\w+")


def _printed_after(text: str, span: Span, words: str) -> Span | None:
    """Where words that were read in or after a citation stand; damaged ones are printed otherwise, but one by one and of the same build."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = re.compile(pattern, re.IGNORECASE).search(text, span[0], span[1] + _ISSUER_WITHIN)
    if found:
        return found.span()
    printed = [match.span() for match in _WORD.finditer(text, span[0], span[1] + _ISSUER_WITHIN)]
    wanted = [skeleton(word) for word in _WORD.findall(words)]
    keys = [skeleton(text[slice(*word)]) for word in printed]
    likeness, at = max(
        ((sum(map(eq, wanted, keys[at:])), -at) for at in range(len(keys) - len(wanted) + 1)),
        default=(0, 0),
    )
    return (printed[-at][0], printed[-at + len(wanted) - 1][1]) if likeness >= _SAME_BUILD * len(wanted) else None


_DATE = re.compile(r"ng[àa]y\s", re.IGNORECASE)


def _date_span(citation: Sure, text: str) -> Span | None:
    """The date of a citation: from the last "ngày" to its end."""
    starts = [match.start() for match in _DATE.finditer(text, *citation.span)]
    return (starts[-1], citation.span[1]) if starts else None


def _part_of(citation: Sure, part: str) -> Span:
    """Where a symbol stands in its citation; the whole citation where it is printed otherwise."""
    at = citation.raw.casefold().find(part.casefold())
    return (citation.span[0] + at, citation.span[0] + at + len(part)) if at >= 0 else citation.span


def _length_of(raw: str, words: int) -> int:
    found = re.match(rf"\S+(?:\s+\S+){{{words - 1}}}", raw)
    return found.end() if found else len(raw)


def _one_line(text: str) -> str:
    return " ".join(text.split())
