"""How much it takes to believe that a text is in another encoding: a case on either side of each number."""

from __future__ import annotations

import old_encodings
import pytest

from kehoach_parser import Text, read_bytes
from kehoach_parser.errors import NotText, UnknownEncoding

#: Twelve words with marks, and as many as one likes without.
MARKED = ["kế", "hoạch", "tuyên", "truyền", "bầu", "cử", "đại", "biểu", "quốc", "hội", "tỉnh", "nhà"]
PLAIN = ["ban", "nhau", "ta", "theo", "tinh", "than", "trong", "khi", "cho", "em", "hai", "hay"]


def western(letters: str) -> bytes:
    return letters.encode("windows-1252")


def mixed(marked: int, plain: int, *others: str) -> str:
    """So many words with marks, as TCVN3 has them, and so many without."""
    return " ".join([*old_encodings.tcvn3(" ".join((MARKED * 9)[:marked])).split(), *(PLAIN * 9)[:plain], *others])


def read(data: bytes) -> Text | None:
    """None where the encoding cannot be told."""
    try:
        return read_bytes(data, "a.txt")
    except UnknownEncoding:
        return None


def converted(data: bytes) -> bool:
    found = read(data)
    return found is not None and "encoding:tcvn3" in found.notes


#: Words that are no syllables in any encoding.
NONE = ("Ztrßk", "wÿñz", "Ðþýq")


@pytest.mark.parametrize(
    ("content", "credible"),
    [
        (mixed(2, 0), True),
        (mixed(1, 0), False),  # one word may be anything
        (mixed(9, 9, *NONE[:1]), True),
        (mixed(4, 3, *NONE), False),  # four of seven can be spoken
        (mixed(9, 12), True),  # nine of 21 words have marks
        (mixed(4, 14), False),  # two of nine: no Vietnamese
    ],
)
def test_bytes_are_an_encoding_in_which_most_words_can_be_spoken(content: str, credible: bool) -> None:
    assert converted(western(content)) is credible


@pytest.mark.parametrize(
    ("content", "doubted"),
    [
        (mixed(6, 0), True),
        (mixed(5, 0), False),  # five words are a name or a formula
        (mixed(9, 3, *NONE), False),  # nine of twelve can be spoken
        (" ".join(["®¶", "®i", "µ", "nhÐ"] * 4), True),
        (" ".join(["®¶", "®i", "µ"] * 4), False),  # three letters: OCR takes one sign for many
    ],
)
def test_letters_are_doubted_where_nearly_all_words_can_be_spoken_otherwise(content: str, doubted: bool) -> None:
    assert converted(content.encode()) is doubted


@pytest.mark.parametrize(("own", "doubted"), [(3, True), (6, False)])
def test_a_text_that_has_letters_of_vietnamese_is_left_alone(own: int, doubted: bool) -> None:
    """A body pasted from an old file below a head that was typed anew: 400 letters, of which so many are of Vietnamese alone."""
    content = mixed(90, 0)
    letters = sum(map(str.isalpha, content))
    content += " " + "ơ" * own
    assert 0.005 < own / letters < 0.02
    assert converted(content.encode()) is doubted


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("Ban hành kèm theo và là bản đã có; bà và ông có nhà, cô là bà. " * 2, True),  # letters that Western Europe has, too
        ("Uy ban nhan dan tinh ban hanh ke hoach tuyen truyen. " * 2, False),  # no letter says that this is UTF-8
    ],
)
def test_a_bad_byte_among_letters_of_utf8_is_damage(text: str, damaged: bool) -> None:
    text = "".join(char for char in text if ord(char) < 256)
    found = read(text.encode() + b"\xe1 ")
    assert (found is not None and "encoding:utf-8-damaged" in found.notes) is damaged


@pytest.mark.parametrize(("share", "text"), [(0.02, True), (0.3, False)])
def test_wide_letters_are_mostly_letters(share: float, text: bool) -> None:
    """Tables of a program have zeros in every second byte, too."""
    content = "".join("\x01" if number < 100 * share else "a" for number in range(100))
    data = content.encode("utf-16-le")
    if text:
        assert read_bytes(data, "a.txt").notes == ("encoding:utf-16-le",)
    else:
        with pytest.raises(NotText):
            read_bytes(data, "a.txt")


@pytest.mark.parametrize(("typed", "viqr"), [(9, False), (18, True)])
def test_marks_behind_letters_are_viqr_where_one_word_in_six_has_them(typed: int, viqr: bool) -> None:
    """Powers and sums of a few formulas ("a^2", "o+") are none; ``typed`` of 90 words."""
    content = " ".join(["Quo^'c"] * typed + ["hoi"] * (90 - typed))
    assert (read(content.encode()) is None) is viqr
