"""Documents cited by name alone: laws, resolutions of congresses and plenums, the Party charter, working regulations.

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
from kehoach_parser.text.fold import fold, fold_but_case, skeleton
from kehoach_parser.text.lenient import found_at, lenient
from kehoach_parser.text.lists import rows
from kehoach_parser.text.number_words import ORDINALS

_MEETING_TYPES = ("Nghị quyết", "Kết luận", "Thông báo", "Chỉ thị", "Quyết định")
_ROMAN = str.maketrans({"L": "I", "l": "I", "1": "I", "|": "I"})


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


def find_named(document: Document, places: Sequence[int], window: Window, date_in: DateIn) -> Iterator[Named]:
    """Every document cited by name. ``places``: where type words stand; ``window`` gives the text from an offset on as the citation
    grammar reads it."""
    yield from _meetings(document, places, window)
    yield from _laws(document, window, date_in)
    yield from _charters(document, places)
    yield from _working_rules(document, places)
    yield from _platforms(document, places)


_MEETING = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(f"{lenient(name)}(?P<m{i}>)" for i, name in enumerate(_MEETING_TYPES))
    + r")(?=\s{1,3}(?:[dpb]{1,2}[^\s\d]{1,3}\s+h|h[^\s,;.]{1,3}\s+ngh?|tr[^\s,;.]{1,4}\s+[uw]))"
)


def _meetings(document: Document, places: Sequence[int], window: Window) -> Iterator[Named]:
    """Nghị quyết Đại hội XIII của Đảng; Kết luận Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng khóa XIII."""
    for match in found_at(places, _MEETING, document.folded):
        at = match.end()
        found = derive("citation", "named", window(at))
        if found is None or match.lastgroup is None:
            continue
        name = _meeting_name(found, document.content, at)
        if name is None:
            continue
        end = at + found.inner[-1].end
        printed = _join(document.content[at:end])
        kind = _MEETING_TYPES[int(match.lastgroup[1:])]
        yield Named(
            (match.start(), end), kind, f"{kind} {name}", None, None, None, printed, None, 0.95 if match.group() == fold(kind) else 0.85
        )


def _meeting_name(found: Derivation, content: str, at: int) -> str | None:
    """A name that is equal for every way the meeting is called: "Đại hội XIII", "Hội nghị 6 khóa XIII"; None where a numeral is none."""

    def printed(terminal: str) -> str:
        place = place_of(found.inner, terminal, at)
        return _join(content[slice(*place)]) if place else ""

    ordinals = [_ordinal(fold_but_case(content[at + piece.start : at + piece.end])) for piece in found.inner if piece.terminal == "ORDINAL"]
    if None in ordinals:
        return None
    if found.form == "plenum":
        return f"Hội nghị {ordinals[0]} khóa {_roman(ordinals[1] or 0)}"
    years = re.sub(r"\D+", "-", printed("TERM_YEARS")).strip("-")
    return " ".join(filter(None, ("Đại hội", printed("PARTY_BODY"), years or _roman(ordinals[0] or 0))))


def _ordinal(printed: str) -> int | None:
    printed = printed.strip("( ")
    if printed.isdecimal() and not set(printed) <= {"1"}:
        return int(printed)
    if printed.split()[0] in ORDINALS:
        parts = printed.split()
        return ORDINALS[parts[0]] + ({"mot": 1, "hai": 2, "ba": 3, "bon": 4, "lam": 5}[parts[1]] if len(parts) > 1 else 0)
    if printed.isdecimal():
        return int(printed) if len(printed) < 3 else len(printed)
    return _roman_value(printed.translate(_ROMAN))


def _roman_value(numeral: str) -> int | None:
    if not re.fullmatch(r"X{0,3}(?:IX|IV|V?I{0,4})", numeral) or not numeral:
        return None
    values = [{"I": 1, "V": 5, "X": 10}[c] for c in numeral]
    return sum(-v if i + 1 < len(values) and v < values[i + 1] else v for i, v in enumerate(values))


def _roman(number: int) -> str:
    out = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            out, number = out + letters, number - value
    return out


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
    r"(?:\s+c[^\s]{1,3}a)?(?:\s+cac)?(?=\s+(?:b[o06]\s+)?lu[^\s]{0,3}t)"
)
_NO_NAME = re.compile(
    r"(?:va|duoc|co|theo|trong|tren|tai|de|bao|da|nam|cua|quy|la|nay|neu|khi|ngay|hien|thi|den|tu|so|cac|cho|nham|hoac|voi|vao|gan|moi|phai|khong|ve|dang|"
    r"do|thuoc|bang|se|nhung|tiep|can|lien|doi|duoi|truoc|sau|theo|noi|ban|trinh|o|sua)$"
)


def _laws(document: Document, window: Window, date_in: DateIn) -> Iterator[Named]:
    """Luật Việc làm; LUẬT VIỆC LÀM; Luật Đầu tư công năm 2024; Luật Tổ chức Chính phủ số 63/2025/QH15 ngày 18 tháng 02 năm 2025."""
    for match in _LAW.finditer(document.folded):
        start, at = match.span()
        if not document.content[start].isupper():
            continue
        kind = {"b": "Bộ luật", "l": "Luật", "p": "Pháp lệnh", "h": "Hiến pháp"}[match["kind"][0]]
        if kind == "Luật" and document.folded[max(0, start - 5) : start].split()[-1:] == ["phap"]:
            continue
        if kind == "Hiến pháp":
            yield _law(document, window, date_in, (start, at), kind, "", 0.95)
            continue
        amended = _AMENDING.match(document.folded, at)
        if amended:
            inner = _LAW.search(document.folded, amended.end(), amended.end() + 12)
            known, name_end = _known_law(document, inner.end(), kind) if inner else (None, None)
            if inner and (name_end := name_end or _unknown_law(document, inner.end())):
                title = _join(document.content[at:name_end])
                name = f"sửa đổi, bổ sung một số điều của Luật {known}" if known else title
                yield replace(_law(document, window, date_in, (start, name_end), kind, name, 0.85), title=title)
            continue
        known, end = _known_law(document, at, kind)
        certainty = 0.95 if end is not None else 0.7
        end = end or _unknown_law(document, at)
        if end is None:
            continue
        name = known or _join(document.content[at:end])
        yield _law(document, window, date_in, (start, end), kind, name, certainty)


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
    exact = None
    for law_kind, name, syllables in _law_tree().get((skeleton(words[0][0]),), ()):
        if law_kind != kind or len(syllables) > len(words):
            continue
        got = [word for word, _ in words[: len(syllables)]]
        if tuple(got) == syllables:
            return name, words[len(syllables) - 1][1]
        odd = sum(skeleton(g) != skeleton(s) for g, s in zip(got, syllables, strict=True))
        if exact is None and len(syllables) > 1 and odd <= len(syllables) // 4:
            exact = (name, words[len(syllables) - 1][1])
    return exact if exact is not None and _damaged(document.content[at : exact[1]]) else (None, None)


def _damaged(words: str) -> bool:
    """No letter with a Vietnamese mark but é, è, ê …: a name in clean text is compared letter by letter."""
    return not re.search(r"[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", words.casefold())


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
            count and (_NO_NAME.match(word) or (content[match.start(1)].isupper() and not content[at - 1].isupper() and count > 5))
        ):
            break
        end, count = match.end(), count + 1
        if count == 8:
            break
    return end if count >= 2 else None


_CHARTER = re.compile(
    rf"(?<![^\W_])(?P<kind>{lenient('điều lệ')})\s{{1,3}}(?P<of>{lenient('Đảng cộng sản việt nam')}|{lenient('Đảng')}|"
    rf"{lenient('công đoàn việt nam')}|{lenient('mặt trận tổ quốc việt nam')})"
)


def _charters(document: Document, places: Sequence[int]) -> Iterator[Named]:
    """Điều lệ Đảng; Điều lệ Đảng Cộng sản Việt Nam."""
    for match in found_at(places, _CHARTER, document.folded):
        if not document.content[match.start("of")].isupper():
            continue
        of = _join(document.content[slice(*match.span("of"))])
        name = "Đảng" if skeleton(of.split()[0]) == skeleton("Đảng") else of
        yield Named(match.span(), "Điều lệ", f"Điều lệ {name}", None, None, None, None, None, 0.9)


_WORKING = re.compile(rf"(?<![^\W_]){lenient('quy chế')}\s{{1,3}}{lenient('làm việc')}\s{{1,3}}c[^\s,;.]{{1,3}}a\s{{1,3}}")
_WORKING_END = re.compile(
    r"[;.:()\"“”]|,\s(?!b)|\n\s*\n|\s(?=(?:va\s+quy\s+ch|va\s+cac|phu hop|ve|gan|da|duoc|theo|trong|de|nham|tai|nay|ban hanh|so|ngay)\b)|"
    r"(?<=\s)kh[^\s\d]{1,3}\s+[ivxl]{1,6}(?!\w)"
)


def _working_rules(document: Document, places: Sequence[int]) -> Iterator[Named]:
    """Quy chế làm việc của Ban Chấp hành Trung ương, Bộ Chính trị và Ban Bí thư khóa XIII."""
    for match in found_at(places, _WORKING, document.folded):
        if not document.content[match.end() : match.end() + 1].isupper():
            continue
        limit = min(len(document.folded), match.end() + 140)
        stop = _WORKING_END.search(document.folded, match.end(), limit)
        if stop is None:
            continue
        end = stop.end() if stop.group().startswith("kh") else stop.start()
        title = _join(document.content[match.start() : end])
        title = title.split(" ", 2)[2]
        yield Named((match.start(), end), "Quy chế", "Quy chế " + title, None, None, None, None, title, 0.8)


_PLATFORM = re.compile(
    rf"(?<![^\W_]){lenient('cương lĩnh')}(?:\s{{1,3}}chinh tri)?\s{{1,3}}{lenient('xây dựng đất nước')}"
    rf"(?:\s{{1,3}}{lenient('trong thời kỳ quá độ lên chủ nghĩa xã hội')})?"
)


def _platforms(document: Document, places: Sequence[int]) -> Iterator[Named]:
    """Cương lĩnh xây dựng đất nước trong thời kỳ quá độ lên chủ nghĩa xã hội."""
    for match in found_at(places, _PLATFORM, document.folded):
        if document.content[match.start()].isupper():
            title = _join(document.content[slice(*match.span())]).split(" ", 2)[2]
            yield Named(match.span(), "Cương lĩnh", "Cương lĩnh xây dựng đất nước", None, None, None, None, title, 0.9)


def _join(words: str) -> str:
    return " ".join(words.split())
