"""Whatever encoding a text comes in, the letters that were meant come out, or the file is refused by name."""

from __future__ import annotations

import codecs
import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

import old_encodings
import pytest

from kehoach_parser import Text, read_bytes
from kehoach_parser.errors import UnknownEncoding
from kehoach_parser.text.syllables import is_syllable

FIXTURES = sorted((Path(__file__).parents[2] / "fixtures").glob("*.txt"))
CLEAN = next(path for path in FIXTURES if path.name.startswith("004")).read_bytes().decode()
LINES = (
    "ỦY BAN NHÂN DÂN TỈNH        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nKẾ HOẠCH\nVề việc tuyên truyền bầu cử\n"
    "Giao Sở Văn hóa chủ trì, phối hợp với các địa phương thực hiện trước ngày 15/3/2026.\n"
)


def western(letters: str) -> bytes:
    return letters.encode("windows-1252")


#: As the bytes of old, and as letters of Western Europe pasted into a new file: there a few words are too few to doubt valid UTF-8.
WAYS = [(western, CLEAN), (western, LINES), (western, "Kế hoạch tuyên truyền"), (str.encode, CLEAN), (str.encode, LINES)]


def test_clean_and_damaged_fixtures_are_read_as_they_are() -> None:
    for path in FIXTURES:
        data = path.read_bytes()
        assert read_bytes(data, path.name) == Text(data.decode(), path.name, read_bytes(data, None).sha256), path.name


@pytest.mark.parametrize("size", [20, 40, 80, 200, 1000])
def test_no_piece_of_a_fixture_is_converted(size: int) -> None:
    rng = random.Random(size)
    for path in FIXTURES:
        content = path.read_bytes().decode()
        for _ in range(40):
            at = rng.randrange(len(content) - size)
            piece = content[at : at + size] + "x"
            assert read_bytes(piece.encode(), None).content == piece


def test_decomposed_utf8_is_left_decomposed() -> None:
    decomposed = unicodedata.normalize("NFD", CLEAN)
    found = read_bytes(decomposed.encode(), None)
    assert found.content == decomposed
    assert found.notes == ()


@pytest.mark.parametrize("text", [CLEAN, LINES, "Kế hoạch tuyên truyền"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_wide_unicode(text: str, encoding: str) -> None:
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE, "utf-32-le": codecs.BOM_UTF32_LE}[encoding]
    found = read_bytes(mark + text.encode(encoding), None)
    assert (found.content, found.notes) == (text, (f"encoding:{encoding}",))


@pytest.mark.parametrize("text", [CLEAN, LINES, "Kế hoạch tuyên truyền"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark(text: str, encoding: str) -> None:
    found = read_bytes(text.encode(encoding), None)
    assert (found.content, found.notes) == (text, (f"encoding:{encoding}",))


def test_a_leading_mark_is_no_part_of_the_text() -> None:
    found = read_bytes(codecs.BOM_UTF8 + LINES.encode(), None)
    assert (found.content, found.notes) == (LINES, ())


@pytest.mark.parametrize("text", [CLEAN, LINES])
def test_windows_1258(text: str) -> None:
    # The sign ₫ and letters of other languages aside, the code page holds all that the fixture has.
    found = read_bytes(old_encodings.windows_1258(text), None)
    assert found.notes == ("encoding:windows-1258",)
    assert found.content == text


@pytest.mark.parametrize(("how", "text"), WAYS)
def test_vni(how: Callable[[str], bytes], text: str) -> None:
    found = read_bytes(how(old_encodings.vni(text)), None)
    assert found.notes == ("encoding:vni-windows",)
    assert found.content == text


@pytest.mark.parametrize(("how", "text"), WAYS)
def test_tcvn3(how: Callable[[str], bytes], text: str) -> None:
    found = read_bytes(how(old_encodings.tcvn3(text)), None)
    assert found.notes == ("encoding:tcvn3",)
    assert found.content.lower() == text.replace("¹", "1").lower()


def test_tcvn3_titles_in_capitals_are_read_back_as_capitals() -> None:
    found = read_bytes(western(old_encodings.tcvn3(LINES)), None).content
    assert found == LINES


def test_tcvn3_capitals_of_a_clean_plan_come_back_but_for_letters_that_stand_alone() -> None:
    found = read_bytes(western(old_encodings.tcvn3(CLEAN)), None).content
    wrong = sum(1 for meant, got in zip(CLEAN, found, strict=True) if meant != got)
    assert wrong <= 0.002 * len(CLEAN)


@pytest.mark.parametrize("text", [CLEAN, LINES])
def test_utf8_that_was_encoded_twice_is_read_back(text: str) -> None:
    # As a browser or Windows misreads it: the five bytes without a letter in Windows-1252 become control characters.
    misread = "".join(bytes([byte]).decode("windows-1252", "ignore") or chr(byte) for byte in text.encode())
    found = read_bytes(misread.encode(), None)
    assert (found.content, found.notes) == (text, ("encoding:utf-8-twice",))


def test_twice_encoded_text_that_lost_letters_is_refused() -> None:
    misread = CLEAN.encode().decode("windows-1252", "replace")
    with pytest.raises(UnknownEncoding) as refusal:
        read_bytes(misread.encode(), "a.txt")
    assert refusal.value.facts["guess"] == "utf-8 read as windows-1252"


def test_viqr_is_refused_by_name() -> None:
    viqr = "Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam. Ke^' hoa.ch tuye^n truye^`n ba^`u cu+? dda.i bie^?u Quo^'c ho^.i"
    with pytest.raises(UnknownEncoding) as refusal:
        read_bytes(viqr.encode(), "a.txt")
    assert refusal.value.facts["guess"] == "viqr"


@pytest.mark.parametrize(
    "letters",
    [
        "Les élèves ont été invités à la fête; le préfet a déclaré que la soirée était très réussie.",
        "Über die Größe der Häuser läßt sich streiten, schön wäre es für alle Bürger der Städte.",
    ],
)
def test_other_languages_are_refused_as_bytes_and_kept_as_utf8(letters: str) -> None:
    assert read_bytes(letters.encode(), None).content == letters
    with pytest.raises(UnknownEncoding):
        read_bytes(western(letters), "a.txt")


def test_a_bad_byte_in_utf8_costs_one_letter_and_is_noted() -> None:
    cut = CLEAN.encode()[:-1] if ord(CLEAN[-1]) > 127 else CLEAN.encode() + b"\xe1\xbb"
    found = read_bytes(cut, None)
    assert found.notes == ("encoding:utf-8-damaged",)
    assert found.content.count("\ufffd") == 1


@pytest.mark.parametrize("word", ["nghiêng", "Quỳnh", "QUYẾT", "giếng", "ủy", "đường", "khuỷu", "ngoằn", "y", "gì", "thuở"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["phwong", "Coäng", "hßa", "été", "größe", "ngềế", "thé{m", "a" * 50])
def test_what_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)
