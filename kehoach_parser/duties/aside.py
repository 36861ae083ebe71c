"""What stands in a paper and tells nobody anything: annexes that describe administrative procedures, blank forms, what a letter quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kehoach_parser.duties.finding import Finding
from kehoach_parser.found import Structure
from kehoach_parser.model import Span
from kehoach_parser.text.document import Document

#: How the title of an annex begins, its number and the paper that it comes with; by one blank each.
_NUMBERED = r"(?:(?:phu luc|bieu)(?: (?:so )?[ivxl\d]+)?\b[.:]? ?)?(?:\(kem theo [^)]*\) ?)?(?:\d{1,3}\. )?"
#: The title of an annex that describes administrative procedures, step by step or by their names.
_CATALOGUE = re.compile(
    _NUMBERED + r"(?:(?:cac |nhom |danh )?(?:muc )?(?:va )?(?:\d{1,3} )?(?:noi dung (?:cu the )?(?:cua )?)?)*"
    r"(?:quy trinh|thu tuc hanh chinh|tthc)\b"
)
_FORMS = re.compile(_NUMBERED + r"(?:cac |danh muc )?(?:bieu mau|mau bieu|mau (?:so|\d))\b")
_ANNEX = re.compile(r"\bphu luc\b|\bkem theo\b")
_PROCEDURE = re.compile(r"\b(?:thu tuc hanh chinh|tthc)\b")
_TITLE = 400  # letters in which the title of an annex stands
#: Under what a procedure is described, as heads of its paragraphs or columns. Source: Thông tư 02/2017/TT-VPCP, Nghị định 63/2010/NĐ-CP.
_DESCRIBED = re.compile(
    r"\n[^\w\n]*(?:(?:[a-z]|[ivx]{1,4}|\d[\d.]*)[.)] ?)?"
    r"(trinh tu thuc hien|cach thuc thuc hien|thanh phan(?:, so luong)? ho so|thoi han giai quyet|doi tuong thuc hien"
    r"|ket qua (?:thuc hien|giai quyet)|(?:phi, )?le phi|yeu cau, dieu kien|can cu phap ly|co quan (?:thuc hien|giai quyet))\b"
)
_LEAST_DESCRIBED = 3  # of these heads; a plan has none, a regulation one or two
#: The motto over a paper, and what is left to be filled in.
_MOTTO = re.compile(r"cong hoa xa hoi chu nghia viet nam(?=\s*\n)|dang cong san viet nam(?=\s*\n)")
_BLANK = re.compile(r"\b(?:so|ngay|thang|kinh gui)\s*:?\s*(?:…|\.{2})|(?:…|\.{2})\s*,\s*ngay\b")
_NAMED = 200  # letters below the motto in which number, day and "Kính gửi" stand
_ARTICLE = re.compile(r"\n\s*dieu (\d{1,3})\b")
_QUOTED = re.compile(r"“[^“”]*”")


def aside(document: Document, structure: Structure, writes: bool) -> tuple[Span, ...]:
    """The spans of a text that tell nobody anything; ``writes``: it is a letter, in which quotations are such."""
    folded = document.folded
    return (*_catalogues(structure, folded), *_forms(structure, folded), *(_quotations(document.content) if writes else ()))


def _catalogues(structure: Structure, folded: str) -> tuple[Span, ...]:
    """The spans of annexes that describe administrative procedures ("Quy trình nội bộ giải quyết thủ tục hành chính …") or hold their
    forms, with those behind each that bear no title of an annex."""
    spans: list[Span] = []
    described = False
    for part in structure.parts[1:]:
        title = folded[part.span[0] : min(part.span[1], part.span[0] + _TITLE)]
        goes_on = described and _ANNEX.search(title) is None
        described = part.role == "annex" and (goes_on or _is_described(folded, part.span))
        if described or _has_heads(folded, part.span):
            spans.append(part.span)
    return tuple(spans)


def _is_described(folded: str, span: Span) -> bool:
    title = " ".join(folded[span[0] : min(span[1], span[0] + _TITLE)].split())
    return _FORMS.match(title) is not None or (_CATALOGUE.match(title) is not None and _PROCEDURE.search(title) is not None)


def _has_heads(folded: str, span: Span) -> bool:
    """Whether an annex has the heads of a description, whatever its title: "Trình tự thực hiện", "Thành phần hồ sơ", "Phí, lệ phí"."""
    return len({head[1] for head in _DESCRIBED.finditer(folded, *span)}) >= _LEAST_DESCRIBED


def _forms(structure: Structure, folded: str) -> tuple[Span, ...]:
    """The spans of blank forms, each from the motto over it to the next paper: "Số: …/QĐ-UBND", "……, ngày … tháng … năm …"."""
    if not structure.nodes:
        return ()
    mottos = [match.start() for match in _MOTTO.finditer(folded, structure.nodes[0].span[0])]
    ends = sorted({*(part.span[0] for part in structure.parts), *mottos, len(folded)})
    return tuple(
        (at, _form_end(folded, at, next(end for end in ends if end > at))) for at in mottos if _BLANK.search(folded, at, at + _NAMED)
    )


def _form_end(folded: str, start: int, end: int) -> int:
    """Where a form ends: with the next paper, or before an article of the text that it stands in ("Mẫu số 27 …" within "Điều 5")."""
    first = _ARTICLE.search(folded, start, end)
    return end if first is None or first[1] == "1" else first.start()


def _quotations(content: str) -> tuple[Span, ...]:
    """The spans of quotations of several lines: what a letter quotes of a law tells nobody anything by the letter."""
    return tuple(quoted.span() for quoted in _QUOTED.finditer(content) if "\n" in quoted.group())


def outside(findings: Sequence[Finding], spans: Sequence[Span]) -> list[Finding]:
    """The findings outside of some spans, in the order given."""
    return [finding for finding in findings if not any(start <= finding.unit.span[0] < end for start, end in spans)]
