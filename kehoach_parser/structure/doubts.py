"""What OCR is not sure of in the header and the signature. No field is surer than the words that it was read from.

Number and day are written by hand on signed papers, and no engine reads that. Such a reading stays with a low certainty, beside what is
sure without it (the month, the symbol without its number), and is warned about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from statistics import mean

from kehoach_parser.model import Alternative, Field, Header, Signature, Span, Warning
from kehoach_parser.text.fold import fold
from kehoach_parser.text.phrases import listed
from kehoach_parser.text.text import Text

#: Printed numbers are read with 0.85 and more; what is written by hand with less than this.
SURE = 0.75
#: What a signature is worth of which words are missing.
_LACKING = 0.5
# Rarely family names, and mostly what stands behind one.
_MIDDLE = frozenset({"van", "thi"})
# "KT. GIÁM ĐỐC": in the head's place signs a deputy (Nghị định 30/2020/NĐ-CP, Điều 13).
_FOR = re.compile(r"(?:.*\s)?k[./]?\s?t\b")
_NUMBER = re.compile(r"\bSố[ \t]*[:.]?[ \t]*([^\s/]+)")
_DAY = re.compile(r"ngày[ \t]*([^\s,;]{1,6})[ \t]*tháng")
_DIGITS = re.compile(r"^\d+")


def read_doubts(header: Header, source: Text) -> tuple[Header, tuple[Warning, ...]]:
    """The header of the first paper with the certainties of its number and day, and what there is to warn about."""
    if not any(page.engine for page in source.layout):
        return header, ()
    warnings = []
    header = replace(
        header,
        parent_organ=_as_sure_as_read(header.parent_organ, source),
        organ=_as_sure_as_read(header.organ, source),
        symbol=_as_sure_as_read(header.symbol, source),
        place=_as_sure_as_read(header.place, source),
        date=_as_sure_as_read(header.date, source),
        type=_as_sure_as_read(header.type, source),
        subject=_as_sure_as_read(header.subject, source),
    )
    symbol, date = header.symbol, header.date
    number = _doubtful(source, header.span, _NUMBER)
    if number is not None:
        span, certainty = number
        warnings.append(Warning("uncertain-number", f"Số văn bản đọc không chắc (có thể viết tay): «{source.content[slice(*span)]}»", span))
        if symbol is not None:
            symbol = _lowered(symbol, certainty, _DIGITS.sub("", symbol.value))
    day = _doubtful(source, header.span, _DAY)
    if day is not None:
        span, certainty = day
        warnings.append(uncertain_day(source.content[slice(*span)], span))
        if date is not None:
            date = _lowered(date, certainty, date.value[:7])
    return replace(header, symbol=symbol, date=date), tuple(warnings)


def read_signature_doubts(signature: Signature | None, source: Text) -> tuple[Signature | None, tuple[Warning, ...]]:
    """The signature of the first paper with the certainties of its fields, and what there is to warn about: a seal lies over the print."""
    if signature is None or not any(page.engine for page in source.layout):
        return signature, ()
    fields = [_as_sure_as_read(field, source) for field in (signature.authority, signature.title, signature.name)]
    if not _lacks_words(signature):
        return Signature(*fields), ()
    authority, title, name = (field and replace(field, certainty=min(field.certainty, _LACKING)) for field in fields)
    spans = [field.span for field in (authority, title, name) if field is not None]
    span = (min(start for start, _ in spans), max(end for _, end in spans))
    said = "Chữ ký đọc thiếu họ, tên hoặc chức vụ (có thể bị con dấu che); nên xem bản gốc"
    return Signature(authority, title, name), (Warning("uncertain-signature", said, span),)


def _lacks_words(signature: Signature) -> bool:
    """Whether a signature lacks the title, the name or the family name, or whose deputy signs: who signs for a head (KT.) is one."""
    said = " ".join(fold(field.value) for field in (signature.authority, signature.title) if field)
    name = fold(signature.name.value).split() if signature.name else []
    named = len(name) > 1 and name[0] in listed("surnames") and name[0] not in _MIDDLE
    return not named or signature.title is None or (_FOR.match(said) is not None and "pho " not in said)


def uncertain_day(printed: str, span: Span) -> Warning:
    """The warning about a day of issue that is no print."""
    return Warning("uncertain-day", f"Ngày ban hành đọc không chắc (có thể viết tay): «{printed}»", span)


def _as_sure_as_read(field: Field | None, source: Text) -> Field | None:
    certainties = [] if field is None else [certainty for span in field.pieces or (field.span,) for certainty in _certainties(source, span)]
    if field is None or not certainties:
        return field
    return replace(field, certainty=min(field.certainty, round(mean(certainties), 2)))


def _lowered(field: Field, certainty: float, without: str) -> Field:
    other = (Alternative(without, round(1 - certainty, 2)),) if without and without != field.value else ()
    return replace(field, certainty=min(field.certainty, certainty), alternatives=(*field.alternatives, *other))


def _doubtful(source: Text, within: Span, pattern: re.Pattern[str]) -> tuple[Span, float] | None:
    """The first place of the header that the pattern names, if a word there was read less surely than SURE: its span and that certainty."""
    found = pattern.search(source.content, *within)
    if found is None:
        return None
    span = found.span(1)
    least = min(_certainties(source, span), default=SURE)
    return (span, round(least, 2)) if least < SURE else None


def _certainties(source: Text, span: Span) -> Iterator[float]:
    for page in source.layout:
        if page.span[0] < span[1] and page.span[1] > span[0]:
            yield from (
                word.certainty for word in page.words if word.certainty is not None and word.span[0] < span[1] and word.span[1] > span[0]
            )
