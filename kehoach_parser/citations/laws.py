"""Laws cited by name: "Luật Việc làm", "Bộ luật Lao động năm 2019", "Luật sửa đổi, bổ sung một số điều của Luật Xây dựng".

Where the name of a law ends cannot be told from its letters ("thi hành Luật Việc làm bảo đảm kịp thời"), so known laws are looked up; an
unknown one is read from its capital letter to the first word that no name has.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kehoach_parser.grammars import Derivation, derive, place_of
from kehoach_parser.model import Span
from kehoach_parser.symbols.letters import Symbol, read_symbol
from kehoach_parser.symbols.parts import parts_in
from kehoach_parser.text.document import Document
from kehoach_parser.text.fold import fold, is_damaged, skeleton
from kehoach_parser.text.lists import rows


@dataclass(frozen=True, slots=True)
class Named:
    """A document cited by name. ``name`` is its true name as far as it is known; a law may bear a symbol too."""

    span: Span
    type: str
    name: str
    symbol: Symbol | None
    symbol_span: Span | None
    date: str | None
    issuer: str | None
    title: str | None
    certainty: float


Window = Callable[[int], str]
DateIn = Callable[[Span], str | None]


@cache
def _law_tree() -> dict[tuple[str, ...], tuple[tuple[str, str, tuple[str, ...]], ...]]:
    """Known laws by the skeleton of the first two syllables: (type, name, folded syllables), longest first."""
    tree: dict[tuple[str, ...], list[tuple[str, str, tuple[str, ...]]]] = {}
    for kind, name in rows("laws"):
        syllables = tuple(re.findall(r"\w+", fold(name)))
        tree.setdefault(tuple(skeleton(s) for s in syllables[:1]), []).append((kind, name, syllables))
    return {key: tuple(sorted(laws, key=lambda law: -len(law[2]))) for key, laws in tree.items()}


@cache
def _longest_law() -> int:
    """The syllables of the longest name in the table."""
    return max(len(syllables) for laws in _law_tree().values() for _, _, syllables in laws)


_LAW = re.compile(
    r"(?=[bhlp])(?<![^\W_])(?P<kind>b[o06]e?\s{1,3}lu[^\s,;.bcghkmnpqsvx]{0,2}t|lu[^\s,;.bcghkmnpqsvx]{0,2}t|phap\s{1,3}lenh|hien\s{1,3}phap)(?![^\W_])"
)
_AMENDING = re.compile(
    r"\s+s[^\s]{1,3}a\s+[dp][^\s,]{1,2}(?:\s*,?\s*b[^\s]{1,2}\s+sung)?(?:\s+m[^\s]{1,2}t\s+s[^\s]{1,2}\s+di[^\s]{1,3})?"
    r"(?:\s+va\s+(?:phu\s+luc|danh\s+muc|bieu)(?:\s+[^\s;.,]+){0,10}?(?=\s+cua\s))?"  # "một số điều và Phụ lục Danh mục … của"
    r"(?:\s+c[^\s]{1,3}a)?(?:\s+cac)?(?=\s+(?:\d{1,3}\s+)?(?:b[o06]\s+)?lu[^\s]{0,3}t)"
)
# "sửa đổi, bổ sung một số điều của 37 luật có liên quan đến quy hoạch"
_MANY_LAWS = re.compile(
    r"\s+(?:\d{1,3}\s+)?luat(?:\s+(?:co\s+)?lien\s+quan(?:\s+den\s+[a-z]+(?:\s[a-z]+){0,6}?(?=\s+(?:ngay|nam|so|va|duoc|da)\s|\s*[;,.()\n]|\s*$))?)(?!\w)"
)
_AND_LAW = re.compile(r"\s*(?:,|;|va|,\s*va)\s+(?=(?:b[o06]\s+)?lu[^\s]{0,3}t\s)")
_LISTED_NAME = re.compile(r"\s+[^\d;,.()\n]{2,60}?(?=\s*,|\s+va\s+(?:bo\s+)?luat\s|\s+so\s+\d|\s+ngay\s+\d)")
#: "Luật Quản lý thuế (sửa đổi)" is another law than that which it replaces.
_REVISED = re.compile(r"\s*\(\s*s[^\s]{1,3}a\s+[dp][^\s,)]{1,2}(?:,?\s*bo\s+sung)?\s*\)")
#: A bill is no law yet: "dự án Luật Bảo hiểm tiền gửi (sửa đổi)", "xây dựng Luật Nhà giáo".
_BILL = re.compile(r"(?<!\w)(?:du\s+an|du\s+thao|xay\s+dung|soan\s+thao)(?:\s+(?:cac|bo))?\s*[\"“]?\s*$")
#: "Luật An ninh mạng 2025", "Luật Khoa học và Công nghệ (2013)"
_BARE_YEAR = re.compile(r"\s+(?:\((?P<within>(?:19|20)\d\d)\)|(?P<year>(?:19|20)\d\d)(?!\d|\s*[-–/.]\s*\d))")
_NO_NAME = re.compile(
    r"(?:va|duoc|co|theo|trong|tren|tai|de|bao|da|nam|cua|quy|la|nay|neu|khi|ngay|hien|thi|den|tu|so|cac|cho|nham|hoac|voi|vao|gan|moi|phai|khong|ve|dang|"
    r"do|thuoc|bang|se|nhung|tiep|can|lien|doi|duoi|truoc|sau|theo|noi|ban|trinh|o|sua)$"
)

#: How certain a law is that stands in the table, that does not, and that is named by those that it amends.
_KNOWN, _UNKNOWN, _AMENDS = 0.95, 0.7, 0.85
#: Words of the name of a law in no table; a capital behind so many begins another name.
_MOST_WORDS, _CAPITALS_WITHIN = 8, 5


def find_laws(document: Document, window: Window, date_in: DateIn) -> Iterator[Named]:
    """Luật Việc làm; LUẬT VIỆC LÀM; Luật Đầu tư công năm 2024; Luật Tổ chức Chính phủ số 63/2025/QH15 ngày 18 tháng 02 năm 2025.

    A law that amends others has one name, number and date; the laws in its name are cited too, without these.
    """
    amending = 0  # where the name of the last law ends that amends others
    for match in _LAW.finditer(document.folded):
        start, at = match.span()
        if not document.content[start].isupper():
            continue
        kind = {"b": "Bộ luật", "l": "Luật", "p": "Pháp lệnh", "h": "Hiến pháp"}[match["kind"][0]]
        if kind == "Luật" and document.folded[max(0, start - 5) : start].split()[-1:] == ["phap"]:
            continue
        if kind == "Hiến pháp":
            yield _law(document, window, date_in, (start, at), kind, "", _KNOWN)
            continue
        amended = _AMENDING.match(document.folded, at)
        named = _amending_name(document, at, amended, kind) if amended else _own_name(document, at, kind)
        bill = start >= amending and _BILL.search(document.folded, max(0, start - 30), start) is not None
        if named is None or (bill and _is_bill(window, named.end)):
            continue
        if start < amending:
            yield Named((start, named.end), kind, f"{kind} {named.name}", None, None, None, None, named.name, named.certainty)
            continue
        law = _law(document, window, date_in, (start, named.end), kind, named.name, named.certainty)
        if amended:
            law, amending = replace(law, title=one_line(document.content[at : named.end])), named.end
        yield law


@dataclass(frozen=True, slots=True)
class _Name:
    """The name of a law as far as it is known, where it ends, and how certain that is."""

    name: str
    end: int
    certainty: float


def _is_bill(window: Window, end: int) -> bool:
    """Whether what is being drafted bears no number yet."""
    found = derive("citation", "after_name", window(end))
    return found is None or not found.form


def _own_name(document: Document, at: int, kind: str) -> _Name | None:
    """The name of a law that stands at ``at``."""
    known, end = _known_law(document, at, kind)
    certainty = _KNOWN if end is not None else _UNKNOWN
    end = end or _unknown_law(document, at)
    if end is None:
        return None
    name = known or one_line(document.content[at:end])
    revised = _REVISED.match(document.folded, end)
    return _Name(f"{name} (sửa đổi)", revised.end(), certainty) if revised else _Name(name, end, certainty)


def _amending_name(document: Document, at: int, amended: re.Match[str], kind: str) -> _Name | None:
    """The name of a law that amends others: all of them where its date or number follows the last, else the first."""
    many = _MANY_LAWS.match(document.folded, amended.end())
    if many:
        return _Name(one_line(document.content[at : many.end()]).lower(), many.end(), _AMENDS)
    names: list[_Name] = []
    end: int | None = amended.end()
    while end is not None and (inner := _LAW.search(document.folded, end, end + 12)) is not None:
        named = _own_name(document, inner.end(), kind)
        if named is None:  # "luật kế toán": in no table, in small letters
            loose = _LISTED_NAME.match(document.folded, inner.end())
            if loose is None:
                break
            named = _Name(one_line(document.content[inner.end() : loose.end()]), loose.end(), _UNKNOWN)
        names.append(replace(named, name=f"{one_line(document.content[slice(*inner.span('kind'))]).capitalize()} {named.name}"))
        joined = _AND_LAW.match(document.folded, named.end)
        end = joined.end() - 1 if joined else None
    if not names:
        return None
    kept = names if len(names) > 1 and _DATED.match(document.folded, names[-1].end) else names[:1]
    return _Name(f"sửa đổi, bổ sung một số điều của {_listed([one.name for one in kept])}", kept[-1].end, _AMENDS)


#: A date or a number behind the last of several names belongs to the law that amends them all.
_DATED = re.compile(r"\s*,?\s*(?:(?:ngay|nam)\s+\d|so\s+\d+/)")


def _listed(names: list[str]) -> str:
    """Names with commas and a last "và"."""
    return " và ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _law(document: Document, window: Window, date_in: DateIn, span: Span, kind: str, name: str, certainty: float) -> Named:
    """A law with what stands after its name: a symbol, a date, a year."""
    start, end = span
    symbol: Symbol | None = None
    symbol_span: Span | None = None
    date: str | None = None
    found = derive("citation", "after_name", window(end)) or Derivation((), "", ())
    if found.form:
        printed, symbol_span = parts_in(document.content, found, end)
        symbol = read_symbol(printed, kind)
    dated, year = place_of(found.outer, "DATE", end), place_of(found.outer, "LAW_YEAR", end)
    if year and document.content[year[0]] == "(":
        year = None
    if dated:
        date = date_in(dated)
    elif year:
        date = re.sub(r"\D", "", document.content[slice(*year)])
    elif not found.form and (bare := _BARE_YEAR.match(document.folded, end)) and certainty == _KNOWN:
        date, year = bare["year"] or bare["within"], bare.span()
    end = max(place[1] for place in (span, symbol_span, dated, year) if place)
    return Named((start, end), kind, f"{kind} {name}".strip(), symbol, symbol_span, date, None, name or None, certainty)


def _known_law(document: Document, at: int, kind: str) -> tuple[str | None, int | None]:
    """Name and end of the known law that stands at ``at``; (None, None) where none does."""
    words: list[tuple[str, int]] = []
    for start, end in document.tokens_from(at, 2 * _longest_law()):  # a sign may stand after each word
        word = document.folded[start:end]
        if word.isalnum():
            words.append((word, end))
        elif word not in ",&-":
            break
    if not words:
        return None, None
    near = None
    for law_kind, name, syllables in _law_tree().get((skeleton(words[0][0]),), ()):
        if law_kind != kind:
            continue
        if (whole := _name_end(words, syllables)) is not None:
            return name, whole
        if near is None and len(words) >= len(syllables) > 1:
            odd = sum(skeleton(got) != skeleton(true) for (got, _), true in zip(words, syllables, strict=False))
            near = (name, words[len(syllables) - 1][1]) if odd <= len(syllables) // 4 else None
    return near if near is not None and is_damaged(document.content[at : near[1]]) else (None, None)


def _name_end(words: Sequence[tuple[str, int]], syllables: tuple[str, ...]) -> int | None:
    """Where a name ends that the words begin with, letter by letter; "và" may stand for its comma ("Quản lý và sử dụng tài sản công"), and
    its first word once for all: "Thuế xuất khẩu, nhập khẩu"."""
    if tuple(word for word, _ in words[: len(syllables)]) == syllables:
        return words[len(syllables) - 1][1]
    if words[0][0] != syllables[0]:
        return None
    left_out = ("va", syllables[0])
    telling = (syllables[0], *(syllable for syllable in syllables[1:] if syllable not in left_out))
    spoken = [words[0], *(each for each in words[1:] if each[0] not in left_out)]
    same = len(telling) > 3 and tuple(word for word, _ in spoken[: len(telling)]) == telling
    return spoken[len(telling) - 1][1] if same else None


def _unknown_law(document: Document, at: int) -> int | None:
    """The end of a name that is in no table: from a capital letter to the first word that no name has."""
    content, folded = document.content, document.folded
    end, count = None, 0
    for match in re.compile(r"\s{1,3}([^\W\d_]+)").finditer(folded, at):
        if (end is None and match.start() != at) or (end is not None and match.start() != end):
            break
        word = match[1]
        capital = content[match.start(1)].isupper()
        if count == 0 and (not capital or "\n" in match.group() or _NO_NAME.match(word)):
            return None
        if capital and "\n" in match.group():
            break  # a new line of its own
        if "\n\n" in match.group() or (
            count
            and (_NO_NAME.match(word) or (content[match.start(1)].isupper() and not content[at - 1].isupper() and count > _CAPITALS_WITHIN))
        ):
            break
        end, count = match.end(), count + 1
        if count == _MOST_WORDS:
            break
    return end if count >= 2 else None


def one_line(words: str) -> str:
    """Printed words with single blanks."""
    return " ".join(words.split())
