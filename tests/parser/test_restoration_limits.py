"""Where the restorer's numbers decide: which lines are read anew, how sure a reading is, what a search leaves out."""

from __future__ import annotations

import math

import pytest

from kehoach_parser.model import Citation, Unit
from kehoach_parser.restoration.alignment import align
from kehoach_parser.restoration.channel import LOWER, Channel
from kehoach_parser.restoration.decoding import certainty_of, decode
from kehoach_parser.restoration.gate import CLEAN, DAMAGED, FOREIGN, UNACCENTED, judge, may_be_damaged
from kehoach_parser.restoration.language import LanguageModel
from kehoach_parser.restoration.lexicon import lexicon_of
from kehoach_parser.restoration.plan_fields import _citation, _Reader
from kehoach_parser.restoration.printed_words import split_words
from kehoach_parser.restoration.restorer import DOUBTFUL, RestoredWord, as_read
from kehoach_parser.restoration.training import count_triples, make_model

SYLLABLES = "ủy ban nhân dân tỉnh hành kế hoạch tổ chức hội nghị tổng kết công tác năm của các cơ quan đơn vị trên địa bàn"
LEXICON = lexicon_of(SYLLABLES.split())
#: 39 letters, no mark.
BARE = "Uy ban nhan dan tinh ban hanh ke hoach to chuc hoi nghi"
#: Letters as OCR with a foreign model leaves them.
WRONG = "Uy ban nhén dén tinh ban hanh ké hoach té chirc héi nghi téng két céng téc"


def states(*lines: str) -> list[str]:
    return [line.state for line in judge("\n".join(lines), LEXICON)]


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("For the attention of all", DAMAGED),  # 20 letters tell no language: it goes with the line above
        ("For the attention of all the departments", FOREIGN),  # 34 do
        ("Téng két céng téc nam cua các co quan, don vi trén dia ban", DAMAGED),  # one mark is a speck of the page
        ("Tổng két céng téc nam cua các co quan, don vi trén", CLEAN),  # two say that its marks were read
    ],
)
def test_a_line_speaks_for_itself(line: str, state: str) -> None:
    assert states(WRONG, line) == [DAMAGED, state]


@pytest.mark.parametrize(
    ("tail", "state"),
    [
        ("", UNACCENTED),
        (" ké", UNACCENTED),  # one é in 143 letters may have been typed
        (" ké té", DAMAGED),  # two in 145 are what became of other letters
    ],
)
def test_text_typed_without_marks_has_hardly_an_e_with_one(tail: str, state: str) -> None:
    typed = f"{BARE} {BARE.lower()} {BARE.lower()} nam{tail}"
    assert states(typed) == [state]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        # 13 of 23 words could be Vietnamese: four lines in ten were misread beyond a syllable's shape
        (f"{WRONG} qj zzx wkk vbx xxj zzf qqk", DAMAGED),
        # French: three words in ten have é
        ("Le préfet a félicité les employés du lycée pour le résultat de leurs travaux de fin de semaine", FOREIGN),
        # typed without marks, one word in six a name of another language
        (f"{BARE} Microsoft Windows", UNACCENTED),
        # English names and words may look so: half of these do
        ("Dan Ban and Don Cong of Nam Co. have agreed to ban all their trade", FOREIGN),
    ],
)
def test_what_share_of_words_is_vietnamese(text: str, state: str) -> None:
    assert states(text) == [state]


@pytest.mark.parametrize(("line", "damaged"), [(BARE[:48], False), (f"{BARE} {BARE[:22]}", True)])
def test_fifty_letters_tell_of_a_text(line: str, damaged: bool) -> None:
    """A label or a name alone is left as it is; a sentence is read."""
    assert states(line) == [UNACCENTED if damaged else CLEAN]
    assert may_be_damaged(line) is damaged


@pytest.mark.parametrize(("times", "doubtful"), [(10, True), (15, False)])
def test_a_reading_is_doubtful_that_is_only_ten_times_as_likely_as_another(times: int, doubtful: bool) -> None:
    assert (certainty_of(math.log(times)) < DOUBTFUL) is doubtful


def test_what_can_be_read_in_one_way_is_certain() -> None:
    model = make_model(LEXICON, count_triples(["ban hành kế hoạch 12"]), {})
    language = LanguageModel(model.keys, model.counts, len(LEXICON.words))
    assert [word.certainty for word in decode(list(split_words("12 KH/UBND")), lambda *_: (), language)] == [1.0, 1.0]


@pytest.mark.parametrize(("certainty", "read"), [(0.8, "Đảng? ủy"), (0.95, "Đảng ủy")])
def test_one_reading_in_ten_that_is_wrong_is_shown_as_doubtful(certainty: float, read: str) -> None:
    assert as_read("Pang ủy", [RestoredWord(0, 4, "Pang", "Đảng", certainty)], doubt="?") == read


def test_what_is_always_printed_as_it_is_is_printed_so_for_certain() -> None:
    """Of a word that no other is printed as, the print says nothing new: log P is 0, whatever its letters."""
    channel = Channel({(letter, letter): 5.0 for letter in "minhka"}, ["minh", "kinh", "an"], [0.0] * 3)
    assert channel.candidates("minh", LOWER) == [(pytest.approx(0.0), 0)]
    assert channel.candidates("an", LOWER) == [(pytest.approx(0.0), 2)]


@pytest.mark.parametrize(("printed", "kind"), [("phwonghwéng", "word"), ("céngnghéthéngtin", "fact")])
def test_two_words_run_together_are_a_word_and_three_are_none(printed: str, kind: str) -> None:
    assert [word.kind for word in split_words(printed)] == [kind]


@pytest.mark.parametrize(
    ("true", "read", "pairs"),
    [
        ("thường", "thtrdng", [(0, 0)]),  # half of the letters are the same
        ("thường", "lbgxz", []),  # one letter is
        ("ở", "x", [(0, 0)]),  # nothing is the same, but both are short
        ("sở", "bo x6", [(0, 0)]),  # and what has a letter in common is rather the word
    ],
)
def test_words_between_two_that_are_the_same_are_one_if_they_are_alike(true: str, read: str, pairs: list[tuple[int, int]]) -> None:
    assert align(list(split_words(true)), list(split_words(read))) == pairs


def test_a_line_that_lost_its_shape_is_aligned_word_by_word() -> None:
    """Forty words between two that are the same; two pages are not."""
    true = " ".join(["Họp", *(f"xuân{letter}" for letter in "abcdefghijklmnopqrst" * 2), "Hết"])
    read = " ".join(["Họp", *(f"zuôm{letter}" for letter in "abcdefghijklmnopqrst" * 2), "Hết"])
    assert len(align(list(split_words(true)), list(split_words(read)))) == 42


@pytest.mark.parametrize(("certainty", "sure"), [(0.95, 0.9), (0.7, 0.7)])
def test_the_name_of_a_unit_is_no_surer_than_its_least_sure_word(certainty: float, sure: float) -> None:
    words = [RestoredWord(0, 3, "Hdi", "Hội", certainty), RestoredWord(4, 8, "Nong", "Nông", 0.99)]
    unit = _Reader("Hdi Nong dân", words).named(Unit("Hội Nông dân", "Hdi Nong dân", (0, 12), 0.9, "a"))
    assert (unit.value, unit.certainty) == ("Hội Nông dân", sure)


@pytest.mark.parametrize(("before", "title"), [(600, "về kinh tế"), (1_200, "vé kinh tế")])
def test_a_title_of_a_citation_ends_within_two_paragraphs(before: int, title: str) -> None:
    """A longer name of a law has 500 letters; what stands further down is another document's."""
    content = "x" * before + " vé kinh tế"
    reader = _Reader(content, [RestoredWord(before + 1, before + 3, "vé", "về", 0.99)])
    citation = Citation((0, 5), "x", "Luật", None, None, None, "vé kinh tế", None, "body", None, "basis", None)
    assert _citation(citation, reader).title == title


def test_a_letter_may_be_printed_as_three_signs() -> None:
    channel = Channel({("t", "t"): 5.0, ("ô", "(’“"): 5.0}, ["tô"], [0.0])
    assert [number for _, number in channel.candidates("t(’“", LOWER)] == [0]


@pytest.mark.parametrize(("apart", "found"), [(20, [0]), (30, [])])
def test_where_nothing_likely_fits_an_unlikely_reading_is_looked_for(apart: int, found: list[int]) -> None:
    """ "a" is read "x" once in e²⁰ times, "c" always, but no word goes on from "c" as it is printed."""
    counts = {("a", "a"): math.exp(apart), ("a", "x"): 1.0, ("c", "x"): math.exp(apart), ("b", "y"): 5.0, ("d", "d"): 5.0}
    channel = Channel(counts, ["ab", "cd"], [0.0] * 2)
    assert [number for _, number in channel.candidates("xy", LOWER)] == found
