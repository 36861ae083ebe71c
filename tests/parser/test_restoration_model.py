"""How the restorer's model is made: words, alignment, channel, language model, training, the file."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from kehoach_parser import Restorer, load_restorer, retrain, save_model, shipped_restorer
from kehoach_parser.errors import NotAModel
from kehoach_parser.restoration.alignment import align
from kehoach_parser.restoration.channel import LOWER, ODD, Channel
from kehoach_parser.restoration.channel_training import learn
from kehoach_parser.restoration.language import LanguageModel
from kehoach_parser.restoration.model import SHIPPED
from kehoach_parser.restoration.printed_words import FACT, MARK, NUMBER, WORD, split_words
from kehoach_parser.restoration.training import count_triples, make_lexicon, make_model, word_pairs
from kehoach_parser.text.marks import exact_form

SIX_MEGABYTES = 6 * 1024 * 1024
FIXTURE = Path(__file__).parents[2] / "fixtures" / "004_d9d819c7857a47e2.txt"


@pytest.mark.parametrize(
    ("chunk", "pieces"),
    [
        ("(Pang,", [("Pang", WORD)]),
        ("phé{m", [("phé{m", WORD)]),
        ("thé“mg", [("thé“mg", WORD)]),
        ("tế-xã", [("tế", WORD), ("xã", WORD)]),
        ("35-KH/ĐU", [("35-KH/ĐU", FACT)]),
        ("12/11/2025;", [("12/11/2025", FACT)]),
        ("QĐ/TW", [("QĐ/TW", FACT)]),
        ("XIII.", [("XIII", NUMBER)]),
        ("2025", [("2025", NUMBER)]),
        ("16p", [("16p", WORD)]),
        ("24h", [("24h", FACT)]),
        ("-", [("-", MARK)]),
        ("K&", [("K&", WORD)]),
        ("an@tinh.gov.vn", [("an@tinh.gov.vn", FACT)]),
        ("…/…/…", [("…/…/…", MARK)]),
    ],
)
def test_words(chunk: str, pieces: list[tuple[str, str]]) -> None:
    assert [(word.printed, word.kind) for word in split_words(chunk)] == pieces


def test_alignment_passes_over_words_of_one_side() -> None:
    true = list(split_words("Ủy ban nhân dân tỉnh họp phiên thường kỳ tháng"))
    read = list(split_words("Uy ban nhan tinh hop phién thuong ky thang"))
    assert [(true[i].printed, read[j].printed) for i, j in align(true, read)] == [
        *[("Ủy", "Uy"), ("ban", "ban"), ("nhân", "nhan"), ("tỉnh", "tinh"), ("họp", "hop")],
        *[("phiên", "phién"), ("thường", "thuong"), ("kỳ", "ky"), ("tháng", "thang")],
    ]


def test_a_channel_is_learned_from_pairs() -> None:
    """đ is read p nine times of ten, and the words say so however their ends differ."""
    ends = ["ang", "oan", "em", "inh", "ong", "un", "ay", "uc", "i", "at", "ep", "iu"]
    pairs = {(f"đ{end}", f"p{end}"): 9.0 for end in ends} | {(f"đ{end}", f"d{end}"): 1.0 for end in ends}
    counts = learn(pairs)
    channel = Channel(counts, ["đang", "dang", "hôi", "đuynh"], [0.0] * 4)
    likely = {number: score for score, number in channel.candidates("pang", LOWER)}
    assert likely[0] > likely.get(1, -math.inf)
    assert 3 in {number for _, number in channel.candidates("puynh", LOWER)}, "p is đ in words that were never seen, too"


def test_a_pair_of_letters_tells_of_each() -> None:
    """ấ is read i in "ấp", "ất"; so it may be in "ấy", which was never seen."""
    counts = learn({(f"c{true}", f"c{read}"): 5.0 for true, read in (("ấp", "ip"), ("ất", "it"), ("ấn", "in"), ("ấc", "ic"))})
    assert counts["ấ", "i"] > counts.get(("ấ", "y"), 0.0)


def test_one_letter_may_be_read_as_it_never_was() -> None:
    channel = Channel(learn({(word, word): 5.0 for word in ("minh", "kinh", "làm", "luận")}), ["minh", "luận", "làm"], [0.0] * 3)
    assert channel.candidates("mink", LOWER) == [(ODD, 0)]
    assert channel.candidates("lusn", LOWER) == [(ODD, 1)]
    assert channel.candidates("Mink", LOWER) == []
    assert channel.candidates("zalo", LOWER) == []


def test_probabilities_after_any_two_words_sum_to_one() -> None:
    size = 7
    counted = Counter(
        {(0 * size + 0) * size + 4: 3, (0 * size + 4) * size + 5: 2, (4 * size + 5) * size + 6: 1, (0 * size + 4) * size + 6: 1}
    )
    keys = np.array(sorted(counted), dtype=np.int64)
    model = LanguageModel(keys, np.array([counted[key] for key in keys.tolist()], dtype=np.int64), size)
    for a, b in ((0, 0), (0, 4), (4, 5), (5, 6), (6, 3)):
        assert sum(math.exp(model.score(a, b, c)) for c in range(size)) == pytest.approx(1.0)
    assert model.score(0, 4, 5) > model.score(0, 4, 6) > model.score(0, 4, 3)


def test_sentences_are_counted_from_their_start_and_phrases_without_one() -> None:
    triples = count_triples(["Ban hành 12 kế hoạch."], ["Kiến An"])
    assert triples["<s>", "<s>", "ban"] == 1
    assert triples["ban", "hành", "<n>"] == 1
    assert triples["<?>", "kiến", "an"] == 1
    assert ("<?>", "<?>", "kiến") not in triples


def test_pairs_of_a_line_are_taken_straight() -> None:
    assert list(word_pairs("Căn cứ Điều lệ;", "Cdn cu Piéu I¢é;")) == [("Căn", "Cdn"), ("cứ", "cu"), ("Điều", "Piéu"), ("lệ", "I¢é")]


@pytest.mark.parametrize(("written", "newer"), [("uỷ", "ủy"), ("Hoà", "hòa"), ("quý", "quý"), ("khoá", "khóa"), ("hoàn", "hoàn")])
def test_two_spellings_are_one(written: str, newer: str) -> None:
    assert exact_form(written) == newer


def test_the_model_in_the_package_is_small_and_is_written_as_it_was_read(tmp_path: Path) -> None:
    assert SHIPPED.stat().st_size < SIX_MEGABYTES
    model = shipped_restorer().model
    save_model(model, tmp_path / "a.npz")
    again = load_restorer(tmp_path / "a.npz").model
    save_model(again, tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert again.version == model.version


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "restorer.npz"
    path.write_bytes(content)
    with pytest.raises(NotAModel) as refused:
        load_restorer(path)
    assert refused.value.name == str(path)


#: Words that no official text holds side by side.
NAMES = ("Lục Khuê Uyển", "Trạch Ngoạn Vĩ", "Quắc Thuỵ Hạm", "Phùng Nghiễn Lộc", "Tạ Khước Nhưỡng")


def texts() -> list[str]:
    line = "Số {0}: giao Trung tâm {1} chủ trì, phối hợp với Ban {2} thực hiện đợt {3}."
    return ["\n".join(line.format(number, NAMES[(number + each) % 5], NAMES[each % 5], each) for each in range(60)) for number in range(8)]


def small_restorer() -> Restorer:
    """One that knows the words of a single plan; the shipped one is trained on in `tests/terminal`, which takes seconds each time."""
    text = FIXTURE.read_text(encoding="utf-8")
    return Restorer(make_model(make_lexicon([text]), count_triples([text]), shipped_restorer().model.channels))


def test_a_model_trained_on_an_archive_is_kept_where_it_reads_better() -> None:
    base = small_restorer()
    result = retrain(texts(), base)
    assert result.texts == 8
    assert result.better
    assert result.before is not None
    assert result.after is not None
    assert result.after < result.before
    assert result.model.version != base.version
    assert retrain(texts()[::-1], base).model.version == result.model.version
    printed = "Giao Trung tam Phung Nghién L6c chu tri, phéi hop véi Ban Luc Khué Uyén thuc hién dot 12."
    read = [word.reading for word in Restorer(result.model).restore(printed).words]
    assert read[3:6] == ["Phùng", "Nghiễn", "Lộc"]


def test_too_few_texts_teach_nothing() -> None:
    base = small_restorer()
    result = retrain(texts()[:2], base)
    assert (result.better, result.before, result.after, result.model) == (False, None, None, base.model)
