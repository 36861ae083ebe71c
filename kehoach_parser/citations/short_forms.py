"""Later uses of short forms: "(sau đây gọi là Đề án)" brings one in, "thi hành Luật" means the law that the plan is about.

"Nghị định quy định chi tiết một số điều của Luật Phòng thủ dân sự" is the decree that the text cites in full with this title, "Điều 13 Nghị
định" the only one that it cites.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kehoach_parser.citations.issuers import join_lines
from kehoach_parser.citations.relations import relation_of
from kehoach_parser.found import FoundCitation
from kehoach_parser.model import Span
from kehoach_parser.text.document import Document
from kehoach_parser.text.fold import CAPITALS, fold
from kehoach_parser.text.lists import LAWS

# "Kế hoạch này" is the plan itself; "Kế hoạch số 5" another one; what brings a short form in does not use it.
_OTHER = re.compile(
    r"\s+(?:nay\b|so\b|\d|quy dinh (?:chi tiet|ve|mot so)\b|sua doi\b|cua (?:chinh phu|thu tuong|bo|uy ban|ubnd|quoc hoi)\b)"
)
# "khoản 4, Điều 51 Nghị định"; "Mục III của Quy chế": a place in a document that its type alone names.
_PLACE_IN = re.compile(r"(?<!\w)(?:dieu|khoan|muc|diem|phan|chuong)\s+(?:\d{1,3}|[ivx]{1,5}|[a-z])(?:,\s*\d{1,3})*\s+(?:cua\s+)?$")
#: So many words of a title say which document it is.
_TITLE_WORDS = 5
BRINGS_IN = re.compile(r"(?:viet tat|goi tat|goi chung|goi)\s+la\s*[\"“:*_]*\s*$")
# "Luật Đất đai" is another law; "Luật và các văn bản" is not.
_NAMED_ON = re.compile(rf"\s+[\"“]?[{CAPITALS}]")
_MID_SENTENCE = re.compile(r"[^\W\d_]\s+$")


def with_later_uses(
    document: Document, citations: Sequence[FoundCitation], subjects: Sequence[Span], body: int, own_type: str | None = None
) -> tuple[FoundCitation, ...]:
    """The citations with the later uses of short forms, in document order.

    ``subjects`` are the lines of the subject, ``body`` is where the outline begins, ``own_type`` the type of the paper: of such a
    one its own title and "Điều 3 Quyết định" speak of itself. A use is the short form with its capitals outside all
    other citations; in a damaged text only the folded words have to agree. Beside the short forms that are brought in, "Luật" with a
    capital inside a sentence stands for the law that the subject names, or else for the only one of the preamble.
    """
    spans = [citation.span for citation in citations]
    found: dict[Span, FoundCitation] = {}
    for citation in citations:
        if citation.defines and not re.search(r"\d", citation.defines):
            found |= {use.span: use for use in _uses(document, citation, citation.defines, citation.span[1], spans)}
    others = [citation for citation in citations if citation.symbol and citation.type not in (*LAWS, own_type)]
    for use in (*_in_places(document, others, spans), *_by_title(document, others, spans)):
        found.setdefault(use.span, use)
    law = _law_meant(citations, subjects, body)
    if law is not None:
        for use in _uses(document, law, law.type, law.span[1], spans):
            if _MID_SENTENCE.search(document.folded, max(0, use.span[0] - 12), use.span[0]):
                found.setdefault(use.span, use)
    return tuple(sorted((*citations, *found.values()), key=lambda each: (each.span[0], -each.span[1])))


def _law_meant(citations: Sequence[FoundCitation], subjects: Sequence[Span], body: int) -> FoundCitation | None:
    """The law that a plan is about: the first that its subject names, else the only one cited before the outline."""
    laws = [citation for citation in citations if citation.type in LAWS]
    for law in laws:
        if any(start <= law.span[0] < end for start, end in subjects):
            return law
    leading = [law for law in laws if law.span[0] < body]
    return leading[0] if len({fold(law.name or law.raw) for law in leading}) == 1 else None


def _uses(document: Document, meant: FoundCitation, words: str, start: int, spans: Sequence[Span]) -> Iterator[FoundCitation]:
    """The places after ``start`` where the words stand for the document that ``meant`` cites."""
    content, folded = document.content, document.folded
    word, *more = map(re.escape, fold(words).split())  # the first word stands first, so that the text is searched for it alone
    pattern = re.compile(r"\s+".join((rf"{word}(?<!\w{word})", *more)) + r"(?!\w)")
    for match in pattern.finditer(folded, start):
        first, end = match.span()
        at = bisect_right(spans, (first, len(content)))
        if any(span[0] < end and first < span[1] for span in spans[max(0, at - 3) : at + 1]):
            continue
        if not content[first].isupper() or content[first:end].isupper() or _NAMED_ON.match(content, end):
            continue
        if _OTHER.match(folded, end) or BRINGS_IN.search(folded, max(0, first - 24), first):
            continue
        yield _use(document, meant, (first, end))


def _use(document: Document, meant: FoundCitation, span: Span) -> FoundCitation:
    """A place that stands for the document that ``meant`` cites."""
    return replace(
        meant, span=span, raw=document.content[slice(*span)], symbol=None, date=None, issuer=None, title=None, defines=None,
        relation="mention", certainty=0.7, repeats=meant.span,
    )  # fmt: skip


def _in_places(document: Document, citations: Sequence[FoundCitation], spans: Sequence[Span]) -> Iterator[FoundCitation]:
    """The type alone behind a place in it, where the text cites one document of this type before."""
    by_type: dict[str, list[FoundCitation]] = defaultdict(list)
    for citation in citations:
        by_type[citation.type].append(citation)
    for cited in by_type.values():
        if len({citation.symbol for citation in cited}) == 1:
            for use in _uses(document, cited[0], cited[0].type, cited[0].span[1], spans):
                if _PLACE_IN.search(document.folded, max(0, use.span[0] - 30), use.span[0]):
                    yield use


def _by_title(document: Document, citations: Sequence[FoundCitation], spans: Sequence[Span]) -> Iterator[FoundCitation]:
    """A type with the title of a document that the text cites by symbol elsewhere; what the title cites stands within it."""
    titled: dict[tuple[str, str], list[FoundCitation]] = defaultdict(list)
    for citation in citations:
        if citation.title and len(citation.title.split()) >= _TITLE_WORDS:
            titled[fold(citation.type), fold(citation.title.split()[0])].append(citation)
    if not titled:
        return
    for match in _typed_word(tuple(sorted({kind for kind, _ in titled}))).finditer(document.folded):
        may = titled.get((match["type"], match["word"]), ())
        at = bisect_right(spans, (match.start(), len(document.content)))
        heads = "\n" in document.content[match.end("type") : match.start("word")] and document.content[slice(*match.span("type"))].isupper()
        if not may or heads or not document.content[match.start()].isupper() or (at and spans[at - 1][1] > match.start()):
            continue
        whole = {one: end for one in may if (end := _title_end(document, one, match.start("word")))}
        if len({(one.type, one.symbol) for one in whole}) == 1:
            meant, end = max(whole.items(), key=lambda each: each[1])
            relation = relation_of(document.folded, (match.start(), end), meant.type, end, None)
            title = join_lines(document.content[match.start("word") : end])
            yield replace(_use(document, meant, (match.start(), end)), title=title, relation=relation)


def _title_end(document: Document, citation: FoundCitation, at: int) -> int | None:
    """Where the title of a citation ends that stands at an offset word for word; None where it does not."""
    words = re.findall(r"\w+", fold(citation.title or ""))
    match = re.compile(r"[\W_]+".join(map(re.escape, words)) + r"(?!\w)").match(document.folded, at)
    return match.end() if match else None


@cache
def _typed_word(kinds: tuple[str, ...]) -> re.Pattern[str]:
    """A type word and the word behind it."""
    return re.compile(rf"(?<!\w)(?P<type>{'|'.join(map(re.escape, kinds))})\s+(?:ve\s+(?:viec\s+)?)?(?P<word>\w+)")
