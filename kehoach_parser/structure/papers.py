"""The papers in a file and their zones: head and body, then the tail with recipients and signature, then the next paper.

A decision that carries a plan ("Điều 1. Ban hành kèm theo …") and a plan with annexes are several papers; each has an outline of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from kehoach_parser.text.areas import organ_begun
from kehoach_parser.text.fold import CAPITALS
from kehoach_parser.text.lines import Line, in_capitals, words_of
from kehoach_parser.text.phrases import RECIPIENTS, STATE_LINE, find, starts_with, type_begun, type_name


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: lines ``first`` to ``end`` (exclusive); ``tail`` is the first line of recipients or signature, ``end`` where it has none.

    ``role`` is main | attached | annex, ``label`` what the annex calls itself ("PHỤ LỤC II") or None.
    """

    role: str
    label: str | None
    first: int
    tail: int
    end: int


# T/M, K/T, T/L (Party), TM., KT., TL., TUQ., Q. (State) at the head of the signature block; "/M BAN THUO'N GVU" has lost its T.
AUTHORITY = re.compile(r"(?:t\s?[/.]\s?m|tm|k\s?[/.]\s?t|kt|t\s?[/.]\s?l|tl|tuq|t\s?[/.]\s?uq|/m|q)\s?[.,]?\s+(?=[^\W\d_]{2})")
# Titles that sign without authority line: "GIÁM ĐỐC", "CHỦ TỊCH", "THỦ TƯỚNG".
TITLES = re.compile(
    r"(?:(?:pho |quyen )?(?:chu tich|bi thu(?: thuong truc)?|giam doc|tong giam doc|truong ban(?: thuong truc)?|chanh van phong|cuc truong|"
    r"vu truong|hieu truong|chu nhiem|thu truong|tong bi thu|thong doc|truong (?:phong|tieu ban|thue)|vien truong|chanh (?:an|thanh tra)|"
    r"(?:tong|chi) cuc truong|tong (?:thanh tra|kiem toan(?: nha nuoc)?|bien tap))|thu tuong|bo truong)\b"
)
ANNEX = re.compile(r"(?:phu luc|phieu luc|de cuong|danh muc|bieu mau|mau so|bieu so|bang tong hop)\b")
_ANNEX_ALONE = re.compile(r"phu luc(?: so)?(?: (?:[ivx]{1,5}|\d{1,2}|[a-d]))?[.:]?")
_ANNEX_TITLED = re.compile(r"phu luc(?: so)? (?:[ivx]{1,5}|\d{1,2})\s*[-–:.]\s*\S")  # "Phụ lục 1 – Phân công nhiệm vụ"
_SECTION = re.compile(rf"[IVX]{{1,5}}[.)]\s*[{CAPITALS}]{{2}}")
_ORGAN = re.compile(organ_begun("paper"))
_NUMBERED_ANNEX = re.compile(r"PHỤ LỤC (?:SỐ )?[IVX\d]{1,5}\b")
#: A paper without tail has a head of some lines, whose names of papers ("DANH MỤC …", "(Kèm theo …)") begin no other paper.
_HEAD_LINES = 8
#: A line that names an annex and has more words cites one: "DANH MỤC … ban hành kèm theo Quyết định số …".
_LONGEST_ANNEX_LINE = 12
ATTACHED = re.compile(r"\((?:ban hanh )?k[eè]m theo\b")


def split_papers(lines: tuple[Line, ...]) -> tuple[Paper, ...]:
    """The papers of a file in order; the first is the main one. A file without any line has none."""
    papers: list[Paper] = []
    ends = [index for index, line in enumerate(lines) if _ENDS_BODY.match(line.folded) or _ALL_RECIPIENTS.match(line.folded)]
    first, role, label = 0, "main", None
    while first < len(lines):
        tail = _tail(lines, first, ends[bisect_right(ends, first) :])
        end = _next_paper(lines, first, tail)
        papers.append(Paper(role, label, first, min(tail, end), end))
        first = end
        if first < len(lines):
            role, label = _role(lines, first)
    return tuple(papers)


_RECIPIENTS_LIKE = re.compile(r"\W{0,3}n")
# "Nơi nhận: trẻ em được nhận nuôi phải có …" is a sentence.
_SENTENCE_AFTER = re.compile(r"^.{6,14}:\s*[^\W\d_A-Z][^\W\d_]*(?:\s+[^\W\d_]+){4}")


#: "Với nhận:" where a scan is worn; what stands below has to tell that it is the list.
_BENT_RECIPIENTS = re.compile(r"\W{0,3}[^\W\d_]{1,5} nhan\s*:\W*\Z")
_BULLET, _KEPT = re.compile(r"[-–+]\s*\S"), re.compile(r"[-–+]\s*luu\s*:")


# How a line begins that may end a body; hardly any line of running text does.
_ENDS_BODY = re.compile("|".join(pattern.pattern for pattern in (_RECIPIENTS_LIKE, _BENT_RECIPIENTS, AUTHORITY, TITLES, ANNEX)))
# How a line begins that may begin a paper after a paper without tail.
_BEGINS_ANNEX = re.compile(f"{ANNEX.pattern}|{ATTACHED.pattern}")


def is_recipients(line: Line) -> bool:
    """Whether the list of recipients begins here: "Nơi nhận:", also "Noi nhén: /M BAN THUO'N GVU" read across columns."""
    if not _RECIPIENTS_LIKE.match(line.folded):
        return False
    words = words_of(line.folded)
    if _SENTENCE_AFTER.search(line.text):
        return False
    return starts_with(words, RECIPIENTS) and (len(words) == 2 or ":" in line.text[:14])


def heads_recipients(lines: Sequence[Line], index: int) -> bool:
    """Whether the list of recipients begins at a line: by its words, or misread, above a list that ends with what is kept ("- Lưu: VT")."""
    if is_recipients(lines[index]):
        return True
    if not _BENT_RECIPIENTS.match(lines[index].folded):
        return False
    below = islice(lines, index + 1, None)
    listed = takewhile(lambda line: _BULLET.match(line.text) and not _BENT_RECIPIENTS.match(line.folded), below)
    return any(_KEPT.match(line.folded) for line in listed)


def is_authority(line: Line) -> bool:
    """Whether the line opens a signature block: mostly capitals, T/M, TM., KT. … at its head."""
    return bool(AUTHORITY.match(line.folded)) and in_capitals(line.text)


def _is_title(line: Line) -> bool:
    return bool(TITLES.fullmatch(line.folded.rstrip(" .,'"))) and in_capitals(line.text)


def _names_annex(line: Line) -> bool:
    """ "PHỤ LỤC II", "DANH MỤC nhiệm vụ": the name in capitals, what follows as it may be."""
    name = ANNEX.match(line.folded)
    return name is not None and in_capitals(line.text[: name.end()])


def _opens_signature(line: Line) -> bool:
    return is_authority(line) or (bool(TITLES.match(line.folded)) and in_capitals(line.text))


#: All recipients on one line without "Nơi nhận", as web copies have them: "- Chính phủ; - Bộ Nội vụ; - Lưu: HC, PL. | TM. …".
_ALL_RECIPIENTS = re.compile(r"[-–] [^.]{3,600}; ?[-–] ?luu ?:.{0,80}\|")


def _tail(lines: tuple[Line, ...], first: int, ends: Sequence[int]) -> int:
    """The line with which the tail of the paper begins; ``ends``: the lines after its first that may end its body."""
    for index in ends:
        line = lines[index]
        if _ALL_RECIPIENTS.match(line.folded):
            return index
        if heads_recipients(lines, index) or is_authority(line):
            return _back_over_list(lines, first, index)
        if _is_title(line) and index + 1 < len(lines) and _is_name(lines[index + 1]):
            return index
        if index > first + _HEAD_LINES and _names_annex(line):
            return len(lines)  # a paper without tail ends where its annex begins
    return len(lines)


def _back_over_list(lines: tuple[Line, ...], first: int, index: int) -> int:
    """Recipients printed above their own head: OCR reads the left column before "Nơi nhận:" where the page is set so."""
    if not re.match(r"[-–]\s*l[uw]u\b", lines[index - 1].folded):
        return index
    while index - 1 > first and len(lines[index - 1].text) < 70 and not lines[index - 1].text.endswith(("./.", ":")):
        index -= 1
    while index < len(lines) and not lines[index].text.startswith(("-", "–")):
        index += 1
    return index


#: Ranks and degrees before a signer's name: "Đại tá Trần Văn Bình", "PGS.TS. Nguyễn Văn An".
RANKS = re.compile(r"(?:(?:dai|thuong|trung|thieu) (?:tuong|ta|uy)|pgs|gs|ths|ts|bs|ls|(?:tien|thac|bac|luat) si)[.,]*\s*")


def after_ranks(folded: str, at: int, end: int) -> int:
    """Where a name begins after the ranks and degrees before it (Đại tá, TS.), looked for up to ``end``."""
    while match := RANKS.match(folded, at, end):
        at = match.end()
    return at


def _is_name(line: Line, least: int = 2) -> bool:
    words = line.text[after_ranks(line.folded, 0, len(line.folded)) :].split()
    return len(words) >= least and all(word[0].isupper() and word[1:].islower() for word in words)


def _ends_name(lines: Sequence[Line], index: int) -> bool:
    """Whether a signer's name ends with the line; it may begin on the line before ("Mai ⏎ Sơn") and does not go on on the next."""
    line = lines[index]
    if not _is_name(line, 1) or (" " not in line.text and not _is_name(lines[index - 1], 1)):
        return False
    below = lines[index + 1] if index + 1 < len(lines) else None
    return below is None or " " in below.text or not _is_name(below, 1)


def _next_paper(lines: tuple[Line, ...], first: int, tail: int) -> int:
    """The line with which the next paper begins: its head, or what goes on after the signer's name without a head of its own."""
    after_tail = tail < len(lines)
    start = tail + 1 if after_tail else first + _HEAD_LINES
    if _NUMBERED_ANNEX.match(lines[first].text):  # an annex may be one line long, and the next follow at once
        for index in range(first + 1, min(start, len(lines))):
            if _NUMBERED_ANNEX.match(lines[index].text):
                return index
    signature = _Signature(lines)
    for index in range(tail if after_tail else start, len(lines)):
        if after_tail and (signature.is_past(index) or (first == 0 and _begins_section(lines[index]))):
            return index
        if index < start or (not after_tail and not _BEGINS_ANNEX.match(lines[index].folded)):
            continue
        if _begins_paper(lines, index, after_tail) and not _signing(lines, index, tail):
            return _title_above(lines, index, start) if ATTACHED.match(lines[index].folded) else index
    return len(lines)


def _begins_section(line: Line) -> bool:
    """Whether a section begins at a line: below the signature of the first paper the head of what is attached is lost."""
    return _SECTION.match(line.text) is not None and in_capitals(line.text)


class _Signature:
    """Tells, asked line by line from the tail on, where the text goes on after the signer's name: a list or table without a head."""

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self._lines, self._opened, self._named, self._listed = lines, False, False, False

    def is_past(self, index: int) -> bool:
        """Whether the line is the first that is no part of signature and recipients."""
        line = self._lines[index]
        if self._named:
            self._listed = self._listed or is_recipients(line)  # recipients below the signature end with the file
            return not (self._listed or line.text[0] in "-–+*[" or len(line.text) < 25)
        if _opens_signature(line):
            self._opened = True
        elif self._opened and _ends_name(self._lines, index):
            self._named = True
        return False


def _title_above(lines: tuple[Line, ...], index: int, start: int) -> int:
    """Where the title begins that stands above "(Kèm theo Nghị quyết …)": "CHƯƠNG TRÌNH HÀNH ĐỘNG CỦA CHÍNH PHỦ ⏎ Thực hiện …"."""
    for above in range(index - 1, max(start, index - 6) - 1, -1):
        if _ANNEX_ALONE.fullmatch(lines[above].folded) and lines[above].text[0] == "P":
            return above
        words = words_of(lines[above].folded)
        if in_capitals(lines[above].text) and type_begun(words):
            return above
    while index > start and in_capitals(lines[index - 1].text):
        index -= 1
    return index


def _signing(lines: tuple[Line, ...], index: int, tail: int) -> bool:
    """Whether an organ named at ``index`` is the one signed for: "T/M BAN THƯỜNG VỤ ⏎ ĐẢNG ỦY XÃ …" above the name."""
    if not _ORGAN.match(lines[index].folded):
        return False
    for above in range(index - 1, tail - 1, -1):
        if _is_name(lines[above]):
            return False
        if _opens_signature(lines[above]):
            return True
    return False


def _begins_paper(lines: tuple[Line, ...], index: int, after_tail: bool) -> bool:
    line = lines[index]
    if _names_annex(line) and len(line.text.split()) <= _LONGEST_ANNEX_LINE:
        return True
    if _ANNEX_ALONE.fullmatch(line.folded) and line.text[0] == "P":  # "Phụ lục I ⏎ DANH MỤC NHIỆM VỤ"
        return after_tail or (index + 1 < len(lines) and in_capitals(lines[index + 1].text))
    if ATTACHED.match(line.folded):
        return True
    if after_tail and _ANNEX_TITLED.match(line.folded) and line.text[0] == "P" and len(line.text.split()) <= _LONGEST_ANNEX_LINE:
        return True
    if not after_tail or not in_capitals(line.text):
        return False
    words = words_of(line.folded)
    return type_name(words) is not None or find(words, STATE_LINE) >= 0 or bool(_ORGAN.match(line.folded))


def _role(lines: tuple[Line, ...], first: int) -> tuple[str, str | None]:
    line = lines[first]
    if ANNEX.match(line.folded):
        return "annex", line.text
    return ("attached" if _begins_paper(lines, first, True) else "annex"), None
