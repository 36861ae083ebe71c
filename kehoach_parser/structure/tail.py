"""The tail of a paper: recipients (nơi nhận) and the signature block, also where columns were read across and the two interleave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kehoach_parser.model import Span
from kehoach_parser.structure.organ_lines import LEVEL, ORGAN
from kehoach_parser.structure.papers import AUTHORITY, TITLES, after_ranks, heads_recipients
from kehoach_parser.text.fold import CAPITALS, SMALL, fold
from kehoach_parser.text.lines import Line, in_capitals
from kehoach_parser.text.phrases import listed

PURPOSE = re.compile(r"\(?\s*(?:de\s+)?(?:b/?c|bao cao|thuc hien|th/?h|p/?hop|ph/?h|phoi hop|theo doi|chi dao|biet)\b[^()]*\)?$")
_NEXT = re.compile(r";\s*(?=[-–]\s)")
_BULLET = re.compile(r"[-–—+•*~]\s*")
_NAME_WORD = re.compile(rf"[{CAPITALS}][{SMALL}€£¢§¥ﬁ’']{{0,7}}$")
_SEPARATORS = " ,;.:!|“”‘’'\"_•*°·…"


@dataclass(frozen=True, slots=True)
class Entry:
    """One recipient: where it is printed (several pieces when it runs over lines) and the purpose at its end, if any."""

    pieces: tuple[Span, ...]
    purpose: Span | None


@dataclass(frozen=True, slots=True)
class Tail:
    """Recipients and signature as spans, each of the signature in pieces: "KT. CHỦ TỊCH ⏎ PHÓ CHỦ TỊCH", "T/M BỘ CHÍNH ⏎ TRỊ"."""

    recipients: tuple[Entry, ...]
    authority: tuple[Span, ...]
    title: tuple[Span, ...]
    name: tuple[Span, ...]


def read_tail(lines: Sequence[Line], content: str, folded: str) -> Tail:
    """The tail that the lines make up; empty where there is none."""
    rows = _split_columns(lines, folded)
    listed, signed = [], []
    begun = inside = bool(rows) and rows[0].left is not None and bool(_BULLET.match(content[slice(*rows[0].left)]))
    for row in rows:
        if row.starts_list:
            begun = inside = True
        if inside and row.left is not None and _is_signature(row.left, content, folded):
            inside = False
        if inside:
            if row.left is not None:
                listed.append(row.left)
        elif row.left is not None:
            signed.append(row.left)
        if row.right is not None:
            signed.append(row.right)
        if (
            not inside
            and row.left is not None
            and begun  # "Nơi nhận: TM. BAN THƯỜNG TRỰC ⏎ CHỦ TỊCH ⏎ - …": the columns read across
            and _BULLET.match(content[slice(*row.left)])
            and not _is_signature(row.left, content, folded)
        ):
            signed.remove(row.left)
            listed.append(row.left)
            inside = True
    entries, leftover = _entries([part for span in listed for part in _apart(span, content)], content, folded)
    authority, title, name = _signature([*signed, *leftover], content, folded)
    return Tail(entries, authority, title, name)


@dataclass(frozen=True, slots=True)
class _Row:
    left: Span | None
    right: Span | None
    starts_list: bool


def _split_columns(lines: Sequence[Line], folded: str) -> list[_Row]:
    """Each line as what stands left and right: "Noi nhén: /M BAN THUO'N GVU", "- Lưu: VT.          Nguyễn Văn A"."""
    rows = []
    for index, line in enumerate(lines):
        start, end = line.start, line.end
        head = heads_recipients(lines, index)
        if head:
            colon = line.text.find(":")
            start = line.start + (colon + 1 if colon >= 0 else len(line.text))
            while start < end and not (line.text[start - line.start].isalnum() or line.text[start - line.start] in "-/"):
                start += 1
            rest = line.text[start - line.start :]
            right = (start, end) if start < end and not _BULLET.match(rest) else None
            left = (start, end) if start < end and right is None else None
            rows.append(_Row(left, right, True))
            continue
        cut = next((match for match in _GAP.finditer(line.folded) if match.start() > 3 and _belongs_right(line, match)), None)
        if cut:
            rows.append(_Row((start, line.start + cut.start()), (line.start + cut.end(), end), False))
        else:
            rows.append(_Row((start, end), None, False))
    return rows


# Where the right column may begin: a wide gap, T/M …, or the text after an entry's end ("Cục Dân số (để b/c); PHO CHU TICH").
_GAP = re.compile(r"(?<=[\s,;.])(?=(?:t/m|tm\.|kt\.|k/t|tl\.|t/l|tuq\.)\s)|\s{4,}|(?<=[;,])\s++(?=[^;,]+$)|(?<=;)\s++(?=[^;]+$)")


def _belongs_right(line: Line, gap: re.Match[str]) -> bool:
    after = line.text[gap.end() :].strip(_SEPARATORS)
    letters = sum(char.isalpha() for char in after)
    if letters <= 2:
        return _BULLET.match(line.text) is not None and line.text[gap.start() - 1] == ";"
    wide = gap.end() - gap.start() >= 4 or line.text[gap.start() - 1] == ";"
    if in_capitals(after):
        plain = line.folded[gap.end() :].strip(_SEPARATORS)
        return bool(AUTHORITY.match(plain) or TITLES.match(plain) or (wide and letters > 8))
    words = after.split()
    return _name_like(after) and (wide or (len(words) >= 3 and fold(words[0]) in listed("surnames")))


def _is_signature(span: Span, content: str, folded: str) -> bool:
    text = content[slice(*span)]
    if _BULLET.match(text):
        return False
    plain = folded[slice(*span)].strip(_SEPARATORS)
    return (bool(AUTHORITY.match(plain)) or bool(TITLES.match(plain))) and in_capitals(text)


def _name_like(text: str) -> bool:
    words = text.strip(_SEPARATORS).replace("*", "").split()
    return len(words) >= 2 and all(_NAME_WORD.match(word) for word in words)


def _apart(span: Span, content: str) -> list[Span]:
    """Recipients that a web copy prints on one line: "- Như Điều 2; - Lưu: VT."."""
    if not _BULLET.match(content[slice(*span)]):
        return [span]
    starts = [span[0], *(match.end() for match in _NEXT.finditer(content, *span)), span[1]]
    return list(pairwise(starts))


def _entries(listed: Sequence[Span], content: str, folded: str) -> tuple[tuple[Entry, ...], list[Span]]:
    """Entries of the list, and what stands among them but belongs to the signature: "…phurong, Nguyen Thién Kim"."""
    groups: list[list[Span]] = []
    leftover: list[Span] = []
    bulleted = sum(bool(_BULLET.match(content[slice(*span)])) for span in listed) * 2 > len(listed)
    for span in listed:
        text = content[slice(*span)]
        if bullet := _BULLET.match(text):
            groups.append([(span[0] + bullet.end(), span[1])])
        elif _says_nothing(text, folded[slice(*span)]):
            continue
        elif not groups:
            groups.append([span])
        elif _ends(content, groups[-1][-1], span) and ((_name_like(text) and not leftover) or (bulleted and _last(folded, groups[-1]))):
            leftover.append(span)
        elif bulleted:
            groups[-1].append(span)
        else:
            groups.append([span])
    for group in reversed(groups[-2:]):
        if name := _trailing_name(content, group[-1]):
            group[-1] = (group[-1][0], name[0])
            leftover.append(name)
            break
    return tuple(entry for group in groups if (entry := _entry(group, content, folded))), leftover


def _says_nothing(text: str, plain: str) -> bool:
    """Strokes, or a purpose alone on its line: "(để báo cáo)"."""
    purpose = re.fullmatch(r"\(.*\)", text.strip()) and PURPOSE.match(plain.strip("() "))
    return bool(purpose) or not any(map(str.isalnum, text))


def _ends(content: str, above: Span, below: Span) -> bool:
    """Whether an entry ends with a line: by its sign, or by a blank line below it."""
    return content[slice(*above)].rstrip().endswith((";", ".", ",")) or content.count("\n", above[1], below[0]) > 1


def _last(folded: str, group: Sequence[Span]) -> bool:
    """ "- Lưu: VT, NC." is the last entry: what follows belongs to the signature or to nobody ("08 KH")."""
    return folded[group[0][0] : group[0][0] + 6].lstrip().startswith(("luu", "lu:"))


def _trailing_name(content: str, span: Span) -> Span | None:
    text = content[slice(*span)]
    match = re.search(rf"(?:[,;.]\s+|\s{{3,}})((?:[{CAPITALS}][^\W\d_A-Z]{{0,7}}\s+){{1,3}}[{CAPITALS}][^\W\d_A-Z]{{0,7}})[\s.’'‘]*$", text)
    if match and _name_like(match.group(1)):
        return span[0] + match.start(1), span[0] + match.end(1)
    return None


def _entry(group: Sequence[Span], content: str, folded: str) -> Entry | None:
    pieces = [_trim(content, *span) for span in group]
    pieces = [span for span in pieces if span[0] < span[1]]
    if not pieces:
        return None
    # "- Các sở: Tài chính, ⏎ Y tế;": within an entry the comma stays.
    pieces = [*((start, end + content.startswith(",", end)) for start, end in pieces[:-1]), pieces[-1]]
    last = pieces[-1]
    match = re.search(r"\([^()]*\)?$", folded[slice(*last)])
    purpose = (last[0] + match.start(), last[1]) if match and PURPOSE.match(match.group().strip("() ")) else None
    return Entry(tuple(pieces), purpose)


def _trim(content: str, start: int, end: int) -> Span:
    while start < end and (content[start].isspace() or content[start] in "-–—,;."):
        start += 1
    while start < end and (content[end - 1].isspace() or content[end - 1] in ",;.‘’'\"}"):
        end -= 1
    return start, end


def _signature(signed: Sequence[Span], content: str, folded: str) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
    """Authority, title and name; () for what is not there."""
    authority: tuple[Span, ...] = ()
    title: list[Span] = []
    rows = _whole([span for each in signed if (span := _bare(each, content, folded))], content, folded)
    for row in rows:
        start, end = row[0][0], row[-1][1]
        text = " ".join(content[slice(*span)] for span in row)
        plain = " ".join(folded[slice(*span)] for span in row)
        last = row is rows[-1]
        if not authority and (AUTHORITY.match(plain) or _bent_authority(text, plain)):
            authority = row
        elif title and last and _name_in_capitals(text, plain):
            return authority, tuple(title), ((start, end),)
        elif _is_title(text, plain, bool(authority)):
            title.extend(row)
        elif _name_like(text) and (authority or title or last):
            return authority, tuple(title), row
    return authority, tuple(title), ()


def _bare(span: Span, content: str, folded: str) -> Span | None:
    """A line of the signature block without marks and ranks at its ends, None where no letter is left."""
    start, end = _trim(content, *span)
    while start < end and content[start] in "_*“\"'":
        start += 1
    start = after_ranks(folded, start, end)
    return (start, end) if any(map(str.isalpha, content[start:end])) else None


def _whole(spans: Sequence[Span], content: str, folded: str) -> list[tuple[Span, ...]]:
    """The lines of the block with those put together that break inside a title, an organ or a name."""
    rows: list[tuple[Span, ...]] = []
    for span in spans:
        if rows and _breaks_inside(rows[-1][-1], span, content, folded):
            *before, (start, end) = rows[-1]
            rows[-1] = (*before, (start, end + content.startswith(",", end)), span)
        else:
            rows.append((span,))
    return rows


def _breaks_inside(above: Span, below: Span, content: str, folded: str) -> bool:
    """ "K/T CHÁNH ⏎ VĂN PHÒNG", "KT. BỘ TRƯỞNG, ⏎ CHỦ NHIỆM", "T/M BỘ CHÍNH ⏎ TRỊ", "Nguyễn ⏎ Văn Khởi"."""
    first, second = content[slice(*above)], content[slice(*below)]
    if in_capitals(first) and in_capitals(second):
        sign = AUTHORITY.match(folded, *above)
        start = sign.end() if sign else above[0]
        if sign and content[above[1] : above[1] + 1] == ",":
            return AUTHORITY.match(folded, *below) is None
        joined = f"{folded[start : above[1]]} {folded[slice(*below)]}"
        return any((found := each.match(joined)) and found.end() > above[1] - start + 1 for each in (TITLES, ORGAN))
    one = " " not in first or " " not in second
    return one and _name_like(f"{first} {second}")


def _is_title(text: str, plain: str, after_authority: bool) -> bool:
    """The signer's title, or the body that an authority signs for: "GIÁM ĐỐC", "ĐẢNG ỦY XÃ …" below T/M."""
    if not in_capitals(text) or len(text) <= 5:
        return False
    return after_authority or TITLES.match(plain) is not None


def _name_in_capitals(text: str, plain: str) -> bool:
    """ "TRẦN VĂN BÌNH" below a title; "ĐẢNG ỦY XÃ …" and "CHỦ TỊCH" begin like names (Đặng, Chu) and are none."""
    words = plain.split()
    if not (text.isupper() and len(words) >= 2 and words[0] in listed("surnames")):
        return False
    return not (ORGAN.match(plain) or TITLES.match(plain) or LEVEL.search(plain))


def _bent_authority(text: str, plain: str) -> bool:
    """ "/M BAN THUO'N GVU", "1M. ỦY BAN NHÂN DÂN": an authority whose first letter is lost or bent."""
    return bool(re.match(r"(?:[1il|]\s?[./]?\s?)?/?m[.,]?\s+(?:ban|uy|hoi|dang|doan)\b", plain)) and in_capitals(text)
