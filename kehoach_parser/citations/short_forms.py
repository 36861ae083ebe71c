"""Later uses of short forms: "(sau đây gọi là Đề án)" brings one in, and "thi hành Luật" means the law that the plan is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kehoach_parser.found import FoundCitation
from kehoach_parser.model import Span
from kehoach_parser.text.document import Document
from kehoach_parser.text.fold import CAPITALS, fold
from kehoach_parser.text.lists import LAWS

# "Kế hoạch này" is the plan itself; "Kế hoạch số 5" another one; what brings a short form in does not use it.
_OTHER = re.compile(r"\s+(?:nay\b|so\b|\d)")
BRINGS_IN = re.compile(r"(?:viet tat|goi tat|goi chung|goi)\s+la\s*[\"“:*_]*\s*$")
# "Luật Đất đai" is another law; "Luật và các văn bản" is not.
_NAMED_ON = re.compile(rf"\s+[\"“]?[{CAPITALS}]")
_MID_SENTENCE = re.compile(r"[^\W\d_]\s+$")


def with_later_uses(
    document: Document, citations: Sequence[FoundCitation], subjects: Sequence[Span], body: int
) -> tuple[FoundCitation, ...]:
    """The citations with the later uses of short forms, in document order.

    ``subjects`` are the lines of the subject, ``body`` is where the outline begins. A use is the short form with its capitals outside all
    other citations; in a damaged text only the folded words have to agree. Beside the short forms that are brought in, "Luật" with a
    capital inside a sentence stands for the law that the subject names, or else for the only one of the preamble.
    """
    spans = [citation.span for citation in citations]
    found: dict[Span, FoundCitation] = {}
    for citation in citations:
        if citation.defines and not re.search(r"\d", citation.defines):
            found |= {use.span: use for use in _uses(document, citation, citation.defines, citation.span[1], spans)}
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
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(re.escape(word) for word in fold(words).split()) + r"(?!\w)")
    for match in pattern.finditer(folded, start):
        first, end = match.span()
        at = bisect_right(spans, (first, len(content)))
        if any(span[0] < end and first < span[1] for span in spans[max(0, at - 3) : at + 1]):
            continue
        if not content[first].isupper() or content[first:end].isupper() or _NAMED_ON.match(content, end):
            continue
        if _OTHER.match(folded, end) or BRINGS_IN.search(folded, max(0, first - 24), first):
            continue
        yield replace(
            meant, span=(first, end), raw=content[first:end], symbol=None, date=None, issuer=None, title=None, defines=None,
            relation="mention", certainty=0.7, repeats=meant.span,
        )  # fmt: skip
