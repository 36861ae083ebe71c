"""Vietnamese before Unicode, and Unicode read as something else: letters turned back into what they stood for.

Everything here works on text whose bytes were read as Windows-1252, because that is also what is left when such a text was copied out of
an old Word file: "Céng hßa x· héi chñ nghÜa" in a file that is UTF-8. The tables are data files; their sources stand in them.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from kehoach_parser.text.fold import compose

# What Windows-1252 has at 80 to 9F; the five places that it leaves undefined stay control characters, as browsers and Windows do.
_C1 = bytes(range(0x80, 0xA0))
_OPENED = {code: bytes([code]).decode("windows-1252", "ignore") or chr(code) for code in _C1}
_CLOSED = {ord(char): code for code, char in _OPENED.items()}


def from_windows_1252(data: bytes) -> str:
    """Bytes as Windows-1252. Never fails."""
    return data.decode("latin-1").translate(_OPENED)


def to_windows_1252(content: str) -> bytes:
    """The bytes that ``from_windows_1252`` was given. Raises UnicodeEncodeError where a character is not of that set."""
    return content.translate(_CLOSED).encode("latin-1")


def _table(name: str) -> list[tuple[str, str]]:
    body = files("kehoach_parser").joinpath("data", name).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in body.splitlines() if line and not line.startswith("#")]
    return [(printed, letter) for printed, letter in rows]


# --- TCVN3 (the fonts .VnTime and their like): one byte, one letter


@cache
def _tcvn3() -> dict[int, str]:
    return {int(byte, 16): letter for byte, letter in _table("tcvn3.tsv")}


_WORD = re.compile(r"\S+")
_ASCII_LETTERS = re.compile("[A-Za-z]+")


def tcvn3(content: str) -> str:
    """The text behind TCVN3 read as Windows-1252.

    The encoding has no capitals with tone marks: a title is set in a font that shows small letters as capitals. What can be known of that
    is read off the letters without marks: "QUYÕT" is QUYẾT. Where a word has fewer than two of them its neighbours on the line decide.
    """
    return "".join(_capitals(line) for line in content.translate(_tcvn3()).splitlines(keepends=True))


def _capitals(line: str) -> str:
    words = [match.span() for match in _WORD.finditer(line)]
    known = [_in_capitals(line[start:end]) for start, end in words]
    if True not in known:
        return line
    after: list[bool | None] = [None] * len(words)
    following: bool | None = None
    for i in range(len(words) - 1, -1, -1):
        after[i] = following
        following = following if known[i] is None else known[i]
    out: list[str] = []
    at = 0
    before: bool | None = None
    for (start, end), capitals, next_known in zip(words, known, after, strict=True):
        word = line[start:end]
        if capitals is None:
            neighbours = {before, next_known} - {None}
            capitals = neighbours == {True} and not _small_ascii(word)
        else:
            before = capitals
        out += [line[at:start], word.upper() if capitals else word]
        at = end
    return "".join([*out, line[at:]])


def _in_capitals(word: str) -> bool | None:
    letters = "".join(_ASCII_LETTERS.findall(word))
    return None if len(letters) < 2 else letters.isupper()


def _small_ascii(word: str) -> bool:
    return any("a" <= char <= "z" for char in word)


# --- VNI-Windows: a base letter and a letter that stands for its mark


@cache
def _vni() -> tuple[re.Pattern[str], dict[str, str]]:
    table = dict(_table("vni-windows.tsv"))
    pairs: dict[str, set[str]] = {}
    for printed in list(table):
        if len(printed) == 2:
            pairs.setdefault(printed[0], set()).add(printed[1])
            table[printed[0] + printed[1].swapcase()] = table[printed]  # "AÙn" and "Aùn": the base letter says which case it is
    single = "".join(printed for printed in table if len(printed) == 1)
    double = "|".join(f"{base}[{''.join(marks)}{''.join(marks).swapcase()}]" for base, marks in pairs.items())
    return re.compile(f"{double}|[{single}]"), table


def vni(content: str) -> str:
    """The text behind VNI-Windows read as Windows-1252."""
    pattern, table = _vni()
    return pattern.sub(lambda match: table[match.group()], content)


# --- Windows-1258: base letters and combining tones


def windows_1258(data: bytes) -> str | None:
    """Bytes as Windows-1258, the combining tones composed with their letters (NFC); None where a byte is undefined there."""
    try:
        return compose(data.decode("windows-1258"))[0]
    except UnicodeDecodeError:
        return None


# --- UTF-8 read as Windows-1252 and written as UTF-8 again

_HIGH = "\u0080-\u00ff\ufffd" + "".join(re.escape(char) for char in _OPENED.values() if ord(char) > 0xFF)
_TWICE = re.compile(f"[\u00c2-\u00f4][{_HIGH}]*")
_LOST = str.maketrans({"\ufffd": "\u00ff"})  # a byte that UTF-8 never has


def twice_encoded(content: str) -> tuple[str, int]:
    """The text with what was encoded twice ("Äáº£ng") read back, and the number of letters that could not be."""
    failed = 0

    def back(match: re.Match[str]) -> str:
        nonlocal failed
        read = to_windows_1252(match.group().translate(_LOST)).decode("utf-8", "replace")
        lost = read.count("\ufffd")
        failed += lost
        return match.group() if lost == len(read) else read

    return _TWICE.sub(back, content), failed
