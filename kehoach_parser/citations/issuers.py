"""The issuer (cơ quan ban hành) that stands after a cited document: "… của Ban Chấp hành Trung ương Đảng khóa XII về …".

Where an organ's name ends is told by what comes next: a sign, "về", a verb that opens a title, or a word that no organ bears.
"""

from __future__ import annotations

import re

from kehoach_parser.text.areas import area_words, closed_names, one_of_folded, organ_begun
from kehoach_parser.text.document import Document
from kehoach_parser.text.fold import CAPITALS, fold
from kehoach_parser.text.lenient import lenient

# "Quy định số 11-QĐi/TW (sửa đổi) của Bộ Chính trị"
_OF = re.compile(r"\s*(?:\((?:da )?(?:duoc )?sua doi[^()\n]{0,40}\)\s*)?,?\s*(?:cua|c[^\s,;.]{1,3}a|do)(?=\s)")
_ORGAN_HEAD = re.compile(rf"\s+(?={organ_begun('cited')})")


def _closed(name: str) -> str:
    """The pattern of a closed name on folded text; "Trung ương" may be damaged and "Đảng" stand behind it."""
    return r"\s+".join(r"[uw][^\s]{1,3}(?:\s+[dpb]{1,2}[^\s]{1,2}ng)?" if word == "uong" else word for word in fold(name).split())


# What follows a closed name in small letters belongs to the sentence ("của Chính phủ trừ đi tuổi …"); a term may stand between.
_CLOSED_ORGAN = re.compile(
    rf"(?:{'|'.join(map(_closed, sorted(closed_names(), key=len, reverse=True)))})"
    r"(?:,?\s+\(?kh[^\s\d]{1,3}\s+[ivx]+\)?)?(?!\s+trung)(?=[\s,;.:)]|$)"
)
_STARTERS = (
    "hướng dẫn", "quy định", "sửa đổi", "phê duyệt", "ban hành", "thực hiện", "triển khai", "phát động", "tăng cường", "công bố", "bãi bỏ",
    "đẩy mạnh", "điều chỉnh", "thành lập", "phân công", "kiện toàn", "tuyên truyền", "tổ chức", "quy chế", "truyền thông", "giám sát",
    "kết luận", "đính chính", "thí điểm",
)  # fmt: skip
#: Verbs that open a title without "về".
STARTER = "|".join([*(lenient(s) for s in _STARTERS), r"s[^\s]{1,3}a\s[dp][^\s,]{1,2}"])
#: "về" and what damage makes of it.
ABOUT = r"v(?:e|ê|&|€|8|ẻ|[^\s\w])(?:\s+vi[^\s]{1,2}c)?|v\s?/\s?v"
#: What is said of a document's fate, not of its issuer or in its title.
FATE = (
    r"(?:(?:da\s+)?(?:duoc|bi)\s+(?:sua\s+doi|bo\s+sung|thay\s+the|bai\s+bo)(?=[\s,])[^;.]{0,60}?\s(?:boi|tai|theo)\s+(?:cac\s+)?"
    r"(?:diem|khoan|dieu|muc|phu\s+luc|(?:bo\s+)?luat|nghi\s+dinh|nghi\s+quyet|thong\s+tu|quyet\s+dinh)(?=\s)|"
    r"(?:se\s+)?(?:het|cham\s+dut)\s+hieu\s+luc(?=[\s,;.]))"
)
_STOP = re.compile(
    r"(?P<mark>[,;:.()|\"“”„«»]|\n\s*\n|\n[ \t]*(?:[+*•]\s|\d{1,2}[.)]\s|can cu\s|xet\s|theo de nghi\s|quyet dinh:|"
    r"uy ban nhan dan cap\s|[ivx]{1,5}\s*\n))|"
    rf"(?<=\s)(?P<fate>{FATE})|(?<=\s)(?P<about>{ABOUT})(?=[\s\"“„«])|(?<=\s)(?P<start>{STARTER})(?=[\s,])|"
    r"(?<=\s)(?P<word>tai|da|duoc|la|theo|tren|de|gan|den|tu|ngay|cho|trong|co|nham|thong qua|doi voi|bao dam|tiep tuc|mot so|kem theo|"
    r"va (?:cac|nhung|ke hoach|nghi quyet|quyet dinh|chi thi|ket luan|luat)|voi|bang|khi|nhu|phai|neu|nay|tren co so|nam \d)(?=[\s,;.])"
)
# The first syllables of the stop words that bear marks, as they are written.
_STOP_WORDS = frozenset(
    {
        "tại", "đã", "được", "là", "trên", "để", "gắn", "đến", "từ", "ngày", "có", "nhằm", "thông", "đối", "bảo", "tiếp", "một",
        "kèm", "và", "với", "bằng", "như", "phải", "nếu", "này", "năm"
    }
)  # fmt: skip
_GOES_ON = re.compile(r",\s+(?:the thao|thuong binh|the duc|gia dinh|doi moi sang tao|chien luoc|cong nghe va|chu nhiem)\b")

# "Đảng ủy xã Tân Tiến, tỉnh Cà Mau": the province of a commune belongs to its name.
_COMMUNE = re.compile(rf"(?<!\w){one_of_folded(('thành phố', *area_words('district', 'commune')))}\s\S[^,;]*$")
_PROVINCE = re.compile(r",\s+(?:tỉnh|thành\s+phố)\s+(?=[^\W\d_])")


def read_issuer(document: Document, end: int, limit: int, *, bare: bool = True) -> tuple[str | None, int]:
    """The issuer after a citation and where it ends; (None, end) where none is named. ``bare``: one may stand there without "của"."""
    folded, content = document.folded, document.content
    start = _issuer_start(document, end, bare)
    if start is None:
        return None, end
    closed = _CLOSED_ORGAN.match(folded, start)
    if closed and closed.end() <= limit:
        return join_lines(content[start : closed.end()]), closed.end()
    at: int | None = start
    while at is not None and (stop := _STOP.search(folded, at, min(len(folded), limit + 1))):
        at = _goes_on(document, start, stop) if stop.start() < limit else None
    name_end = min(stop.start(), limit) if stop else limit
    name_end = next(
        (cut.start() for cut in _OTHER_LINE.finditer(content, start, name_end) if _ends_name(content[start : cut.start()], cut)), name_end
    )
    while tail := _JOINS_ON.search(folded, start, name_end):
        name_end = tail.start()
    words = join_lines(content[start:name_end]).strip(" ,")
    return (words, name_end) if any(char.isupper() for char in words[:2]) else (None, end)


# "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12", "hướng dẫn của Bộ Nội vụ tại Công văn số 89": who says it there issued it.
_SAYS_THERE = re.compile(
    r"(?<!\w)(?:(?P<orders>y\s+kien|chi\s+dao)|de\s+nghi|de\s+xuat|kien\s+nghi|huong\s+dan|bao\s+cao)\s+(?:cua|c[^\s,;.]{1,3}a)\s+"
    r"(?P<issuer>(?:(?!\sc[^\s,;.]{1,2}a\s|\n\s*\n)[^;.:()\d]){4,}?)\s+(?:neu\s+)?tai\s+(?:cac\s+)?$"
)
#: No further back (code points); a longer name has lost its stop.
_SAYS_WITHIN = 200


def read_issuer_before(document: Document, start: int, organ: str) -> str | None:
    """Who issued a document by what stands before its citation; None where it is not said. ``organ``: the letters of its organs; what
    others order, their office writes ("chỉ đạo của Thủ tướng Chính phủ tại Công văn số 107/VPCP-KSTT")."""
    if document.folded[max(0, start - 8) : start].split()[-1:] not in (["tai"], ["cac"]):
        return None
    says = _SAYS_THERE.search(document.folded, max(0, start - _SAYS_WITHIN), start)
    if says is None or (says["orders"] and organ.startswith("VP")):
        return None
    words = join_lines(document.content[slice(*says.span("issuer"))]).strip(" ,")
    return words if words[:1].isupper() else None


# A name in capitals does not go on in small letters, and no name goes on behind the number of a table's row.
_OTHER_LINE = re.compile(rf"[ \t]*\n(?P<row>[ \t]*\d{{1,3}}[ \t]*\n)?\s*(?=[{CAPITALS}](?P<small>[^\W\d_{CAPITALS}])?)")


def _ends_name(name: str, line: re.Match[str]) -> bool:
    return (line["row"] is not None and not name.endswith(("và", ","))) or (
        line["small"] is not None and name.isupper() and len(name.split()) > 2
    )


_JOINS_ON = re.compile(r"(?:[\s,]+(?:va|cac))?[\s,]+$|\s+va$")


def _issuer_start(document: Document, end: int, bare: bool) -> int | None:
    """Where an issuer's name begins after a citation: behind "của", or at a capital that opens the name of an organ."""
    of = _OF.match(document.folded, end)
    if of and document.content[of.end() - 3 : of.end()].casefold() != "chưa":
        return of.end() + len(document.folded[of.end() : of.end() + 20]) - len(document.folded[of.end() : of.end() + 20].lstrip())
    head = _ORGAN_HEAD.match(document.folded, end) if bare else None
    return head.end() if head and document.content[head.end() : head.end() + 1].isupper() else None


def _goes_on(document: Document, start: int, stop: re.Match[str]) -> int | None:
    """Where the name from ``start`` on is carried on that a stop does not end; None where it ends."""
    rule = _OVER.get(stop["mark"] or stop.lastgroup or "")
    return rule(document, start, stop) if rule else None


def _over_comma(document: Document, start: int, stop: re.Match[str]) -> int | None:
    """Văn hóa, Thể thao và Du lịch; xã Tân Tiến, tỉnh Cà Mau."""
    if _GOES_ON.match(document.folded, stop.start()):
        return stop.end()
    province = _PROVINCE.match(document.content, stop.start())
    named = province is not None and document.content[province.end()].isupper() and _COMMUNE.search(document.folded[start : stop.start()])
    return province.end() if province and named else None


def _over_bracket(document: Document, _: int, stop: re.Match[str]) -> int | None:
    """Ban Chấp hành Trung ương (khóa XII)."""
    term = _TERM.match(document.folded, stop.start())
    return term.end() if term else None


def _over_verb(document: Document, start: int, stop: re.Match[str]) -> int | None:
    """Ban Tổ chức Trung ương, Ban Tuyên truyền: a verb with a capital after what such names begin with."""
    named = document.content[stop.start()].isupper() and _BEFORE_VERB.search(document.folded[start : stop.start()])
    return stop.end() if named else None


def _over_word(document: Document, _: int, stop: re.Match[str]) -> int | None:
    return None if _is_word(document.content[slice(*stop.span("word"))]) else stop.end()


def _over_about(document: Document, start: int, stop: re.Match[str]) -> int | None:
    """Ban Chỉ đạo Trung ương về phát triển khoa học, … về Mô hình …: a board is named by its field where another "về" opens the title.
    "Cục Bảo vệ thực vật" holds none."""
    if document.content[slice(*stop.span("about"))].casefold() == "vệ":
        return stop.end()
    board = _BOARD.fullmatch(document.folded, start, stop.start())
    field = _FIELD.match(document.folded, stop.start()) if board else None
    return field.end() if field else None


_BOARD = re.compile(r"ban\s+chi\s+dao(?:\s+(?:trung\s+uong|quoc\s+gia|nha\s+nuoc|tinh|thanh\s+pho))?\s+")
_FIELD = re.compile(
    rf"ve\s+(?!viec\s)(?:(?!\b(?:nghi quyet|chi thi|ket luan|ke hoach|quyet dinh)\b)[^;.:()\n]){{5,160}}?(?=\s(?:{ABOUT})\s)"
)
_TERM = re.compile(r"\(kh[^\s\d]{1,3}\s+[ivxl]{1,5}\)")
_BEFORE_VERB = re.compile(r"(?:ban|cong tac|va)\s+$")
#: What a name may go on over.
_OVER = {",": _over_comma, "(": _over_bracket, "start": _over_verb, "word": _over_word, "about": _over_about}


def _is_word(printed: str) -> bool:
    """Whether a stop word is printed as one: in small letters, and with its own marks if it has any ("tại", not "Tài")."""
    return printed[:1].islower() and (printed.isascii() or printed.split()[0] in _STOP_WORDS)


def join_lines(words: str) -> str:
    """Printed words on one line, a lone page number at a page end left out."""
    return " ".join(re.sub(r"\n[ \t\f]*\d{1,3}[ \t]*\n", "\n", words).split())
