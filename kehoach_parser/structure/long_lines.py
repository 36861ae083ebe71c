"""Papers, or heads of papers, on one very long line: converters of web pages and tables lose the ends of paragraphs.

Where a line bears the type of a paper in capitals and the text behind it, it is read as several: the title ends where the capitals end,
the text is cut where a unit of the outline begins behind the end of a sentence. Where all of the head stands on it, too, that is cut at
what every head bears. No line of a paper with line ends is that long and has a type at its head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile, zip_longest

from kehoach_parser.structure.head_lines import ABOUT
from kehoach_parser.text.areas import organ_begun
from kehoach_parser.text.fold import CAPITALS
from kehoach_parser.text.lines import Line, words_of
from kehoach_parser.text.phrases import type_begun

#: No line of a head with its title is so long, in letters.
LONG = 300
#: So much of a line is asked whether all of a head stands on it.
_HEAD = 700
#: Words of a subject in capitals behind the type; fewer begin one in small letters ("QUYẾT ĐỊNH VỀ việc …"), or are no title with it.
_LEAST_CAPITALS = 3
_WORD = re.compile(r"\S+")
# What begins on a line of its own: a unit of the outline behind the end of a sentence, a heading or the list before it.
_UNIT = re.compile(
    rf"""(?<=[.;:!?”"…/])\s+(?=
        (?:Điều\s?\d{{1,3}}\s?[.:]|Chương\s[IVX]+\b|Mục\s\d+\s?[.:]|[IVX]{{1,5}}[.\-/]\s?[{CAPITALS}]|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.)]\s+[{CAPITALS}]
        |[a-zđ]\)\s+[{CAPITALS}]|[-+]\s+[{CAPITALS}]|\([ivx]+\)\s+[{CAPITALS}]))
    | (?<=[{CAPITALS}]{{2}})\s+(?=Điều\s?1\s?[.:]|1\.\s+[{CAPITALS}][^{CAPITALS}]|-\s+[{CAPITALS}][^{CAPITALS}]|I[.\-/]\s?[{CAPITALS}])
    | (?<=[^\W\d_])\s+(?=1\.\s+[{CAPITALS}]) | (?<=\w)\s+(?=a\)\s+[{CAPITALS}])
    | (?<=[;.,”])\s+(?=(?:Căn\scứ|QUYẾT\s(?:ĐỊNH|NGHỊ)\s?:|Nơi\snhận\s?:))
    | (?<=[{CAPITALS}]{{2}})\s+(?=PHÓ\s[{CAPITALS}]{{2}}|(?:[{CAPITALS}][^\W\d_{CAPITALS}]+\s+){{1,3}}[{CAPITALS}][^\W\d_{CAPITALS}]+\s*\Z)
    | (?<=[./])\s+(?=(?:T/M|TM\.|KT\.|K/T|TL\.|T/L|TUQ\.)\s[{CAPITALS}]{{2}})""",
    re.X,
)
_HEADING = re.compile(
    rf"(?<!\S)(?:[IVX]{{1,5}}[.\-/]|Chương\s[IVX]+)\s+(?:[{CAPITALS}\d,;()–-]+\s+){{2,25}}(?=[{CAPITALS}][^\W\d_{CAPITALS}])"
)
# "Điều 1.", "Mục 1.": the number belongs to the word.
_NUMBERED = re.compile(r"(?:Điều|Mục|Phần|Chương|Khoản|khoản|điểm|lục|số|Bước|Nhóm)$")
_NAME = rf"[{CAPITALS}][^\W\d_{CAPITALS}]+"
# What a head bears, each on a line of its own.
_OF_HEAD = re.compile(
    rf"""\s+(?:(?P<place>(?:Thành\sphố\s|Tỉnh\s|TP\.?\s?)?{_NAME}(?:\s(?:-\s)?{_NAME}){{0,3}},\sngày\s)
        |(?=CỘNG\sHÒA\sXÃ|CỘNG\sHOÀ\sXÃ|ĐẢNG\sCỘNG\sSẢN\sVIỆT\sNAM\s|Độc\slập\s[-–]\sTự\sdo|Số\s?:?\s?\d*\s?[-/]|[Vv]/v\b|Kính\sgửi))""",
    re.X,
)
# The motto; the day behind a place, not that of a law ("Luật … ngày 18 tháng 02").
_HEAD_ENDS = (re.compile(r"Hạnh phúc\W*"), re.compile(r"[,.]\s*ngày\s.{0,6}?\s*tháng\s*\d{1,2}\s*năm\s*(?:19|20)\d\d\W*"))
# An organ of a ministry, a committee, the Party's centre behind that one's name ("BỘ TÀI CHÍNH CỤC THUẾ"); the words name nothing else.
_BELOW_ANOTHER = re.compile(
    rf"""[\W_]*(?:BỘ|UBND|[ỦU][YỶ]\sBAN\sNHÂN\sDÂN|BAN\sCHẤP\sHÀNH)(?:\s[{CAPITALS}.,-]+){{2,6}}?
        \s(?=(?:TỔNG\s)?CỤC\s|SỞ\s|TRUNG\sTÂM\s|VĂN\sPHÒNG\b|BAN\s(?!CHẤP|THƯỜNG|NHÂN|BÍ))""",
    re.X,
)
_STATE_OR_PARTY = re.compile(r"CỘNG HO[ÀA]|CỘNG HÒA|ĐẢNG CỘNG SẢN")
#: The State's line with its motto stands in no sentence, whatever is before it.
_STATE_AND_MOTTO = re.compile(r"CỘNG H(?:OÀ|ÒA) XÃ HỘI CHỦ NGHĨA VIỆT NAM\W*Độc lập\W+Tự do\W+Hạnh phúc")
_ADDRESSED = re.compile(r"Kính gửi")
# "Hà Nội, ngày 27 tháng 01 năm 2014 Kính gửi: …": the day and who a letter goes to on one line, without the rest of the head.
_DATED_ADDRESS = re.compile(
    rf"(?:Thành phố |TP\.? ?)?{_NAME}(?: {_NAME}){{0,3}}, ngày .{{1,4}} tháng .{{1,4}} năm (?:19|20)\d\d\s+(?=Kính gửi)"
)
_SUBJECT_ENDS = re.compile(r"(?<=\S)\s+(?=(?:Căn cứ|Thực hiện|Nhằm|Để|Triển khai thực hiện|Kính gửi)\s)")
_ISSUER = re.compile(rf"(?<!\S){organ_begun('decides')}")
_OF_WHOM = re.compile(r"(?:cua|cho|do|va|voi|thuoc|giua|tai|,|-)\s*$")


def unrolled(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those that hold a title and its text instead as what they hold; all others as they are."""
    if not any(_is_long(line.text) for line in lines):
        return tuple(lines)
    return tuple(
        part
        for line, below in zip_longest(lines, lines[1:])
        for part in (_parts(line, below.text if below else "") if _is_long(line.text) else (line,))
    )


def _is_long(text: str) -> bool:
    """Whether so much stands on a line, or all of a head with its motto (a row of a table has bars) and what follows it."""
    if len(text) >= LONG or _DATED_ADDRESS.match(text):
        return True
    return "|" not in text and 0 < _head_end(text) < len(text)


def _parts(line: Line, below: str) -> Iterator[Line]:
    title = _title(line.text, line.folded, below)
    if title is not None:
        return _cut(line, _title_cuts(line.text, *title))
    return _cut(line, _letter_cuts(line.text))


def _letter_cuts(text: str) -> set[int]:
    """The cuts in an official letter, which has no type: a head with "V/v", then "Kính gửi"; none where the line is no letter."""
    if (dated := _DATED_ADDRESS.match(text)) is not None:
        return {dated.end()} | _unit_cuts(text, dated.end())
    begun = _head_end(text)
    addressed = _ADDRESSED.search(text, begun, _HEAD) if begun else None
    start = addressed.start() if addressed else min(len(text), LONG)
    if begun == 0 or ABOUT.search(text[:start].lower()) is None:
        return set()
    return {start, *_head_cuts(text, start)} | _unit_cuts(text, start)


def _head_cuts(text: str, end: int) -> set[int]:
    """Where the pieces of a head begin that ends there."""
    below = _BELOW_ANOTHER.match(text, 0, end)
    found = {match.start("place") if match["place"] else match.end() for match in _OF_HEAD.finditer(text, 0, end)}
    return found | ({below.end()} if below else set())


def _title_cuts(text: str, start: int, ends: Sequence[int]) -> set[int]:
    cuts = {start, *ends} | _head_cuts(text, start)
    return cuts | _unit_cuts(text, max(cuts))


def _unit_cuts(text: str, start: int) -> set[int]:
    """Where units begin, and where the capitals of a heading end ("I. ĐÁNH GIÁ CHUNG Tỉnh đã hoàn thành …"); no unit is alone."""
    units = {match.end() for match in _UNIT.finditer(text, start) if _NUMBERED.search(text, start, match.start()) is None}
    return units | {match.end() for match in _HEADING.finditer(text, start)} if len(units) > 1 else set()


def _cut(line: Line, cuts: set[int]) -> Iterator[Line]:
    at = sorted(cuts - {0})
    for first, last in zip((0, *at), (*at, len(line.text)), strict=True):
        stop = first + len(line.text[first:last].rstrip())
        if not line.text[first:stop].strip():
            continue
        part = line._replace(start=line.start + first, end=line.start + stop, text=line.text[first:stop], folded=line.folded[first:stop])
        yield part if first == 0 else part._replace(blank_before=0, opens=True, page_start=False)


def _title(text: str, folded: str, below: str) -> tuple[int, tuple[int, ...]] | None:
    """Where the type of a paper begins in a long line, and where its subject and who decides end; None where no type stands there.
    ``below``: the line below it."""
    begun = _head_end(text)
    if begun == 0 and not _opens_in_capitals(text):
        return None
    words = [match.span() for match in _WORD.finditer(text, 0, LONG + _HEAD)]
    for number, (start, _) in enumerate(words):
        if start < begun:
            continue
        if begun == 0 and number:
            return None
        name = type_begun(words_of(folded[start : start + 80])) if text[start].isupper() else None
        if name is None:
            continue
        count = len(name.split())
        if not all(_in_capitals(text[slice(*span)]) for span in words[number : number + count]):
            continue
        end = words[min(number + count, len(words)) - 1][1]
        # "BÃI BỎ QUYẾT ĐỊNH SỐ … VÀ QUYẾT ĐỊNH SỐ …": a subject may be longer than what is asked for the type.
        capitals = next((word.start() for word in _WORD.finditer(text, end) if not _in_capitals(word.group())), len(text))
        if capitals >= len(text) and begun == 0:
            return None
        if len(text[end:capitals].split()) >= _LEAST_CAPITALS:
            return start, _with_issuer(text, folded, end, capitals, below)
        subject = _SUBJECT_ENDS.search(text, end)
        return start, ((end, *_issuer_before(text, folded, subject.start()), subject.end()) if subject else (end,))
    return None


def _issuer_before(text: str, folded: str, end: int) -> tuple[int, ...]:
    """Where who decides begins, in capitals behind a subject in small letters: "… của tỉnh Lam Sơn ỦY BAN THƯỜNG VỤ QUỐC HỘI"."""
    words = list(_WORD.finditer(text, max(0, end - LONG), end))
    said = list(takewhile(lambda word: word.group().isupper(), reversed(words)))
    return (said[-1].start(),) if said and _ISSUER.match(folded, said[-1].start()) else ()


def _head_end(text: str) -> int:
    """From where on the type is looked for: behind the motto and the day where a head stands before it, else at the beginning."""
    head = text[:_HEAD]
    if "CỘNG" not in head:
        return 0
    opens = re.match(rf"[\W_]*[{CAPITALS}\s]{{8,}}", head) and _STATE_OR_PARTY.search(head)
    if not opens and _STATE_AND_MOTTO.search(head) is None:
        return 0
    return max((match.end() for pattern in _HEAD_ENDS if (match := pattern.search(head))), default=0)


def _opens_in_capitals(text: str) -> bool:
    """Whether the first word may be that of a type in capitals: mostly a long line is a paragraph, and its words need not be looked at."""
    first = _WORD.search(text)
    return first is not None and first.group()[0].isupper() and _in_capitals(first.group())


def _in_capitals(word: str) -> bool:
    """Whether a word may stand in a title in capitals: "NĂM", "2025", "10/QĐ-TTg", "-"."""
    return not any(map(str.islower, word)) or (any(map(str.isdigit, word)) and "/" in word)


def _with_issuer(text: str, folded: str, start: int, end: int, below: str) -> tuple[int, ...]:
    """The end of a subject in capitals, and before it that of who decides above "Căn cứ": "… TỈNH CAO BẰNG CHỦ TỊCH ỦY BAN NHÂN DÂN …"."""
    if not (text[end:] or below).startswith("Căn cứ"):
        return (end,)
    found = [match.span() for match in _ISSUER.finditer(folded, start, end) if _OF_WHOM.search(folded, start, match.start()) is None]
    while len(found) > 1 and found[-2][1] + 1 == found[-1][0]:  # "CHỦ TỊCH" before "ỦY BAN NHÂN DÂN"
        found.pop()
    return (found[-1][0], end) if found else (end,)
