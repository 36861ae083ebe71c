"""Trains the restorer of damaged text and says how well it does on documents it has not seen.

usage: train_restorer.py FOLDER [--measure]

FOLDER holds the inputs (docs/restoration.md): corpus/official_2025.jsonl and corpus/plans (true texts), corpus/pairs/train.tsv (true and
damaged lines), corpus/ocr (documents as NAME.truth.txt, NAME.eng.txt, NAME.vie.txt), gold/*.json (texts that stay out). Writes
kehoach_parser/data/restorer.npz; with --measure writes nothing and prints figures of a cross-validation by document.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from kehoach_parser.restoration.alignment import align
from kehoach_parser.restoration.model import DAMAGED, SCANNED, SHIPPED, UNACCENTED, Model, save_model
from kehoach_parser.restoration.printed_words import MARK, WORD, split_words
from kehoach_parser.restoration.restorer import RestoredWord, Restorer
from kehoach_parser.restoration.training import (
    count_triples,
    learn_channel,
    make_lexicon,
    make_model,
    sentences,
    unaccented_channel,
    word_pairs,
)
from kehoach_parser.text.marks import exact_form

#: Plans that are readings of pages by OCR, not true texts.
READINGS = ("ocr-eng", "ocr-vie")
_NAMES = ("old_province", "new_province", "old_district", "old_ward", "new_ward")

# The bodies that each level of local government has since 1 July 2025: too new to be frequent in the texts.
_ORGANS = (
    *("Đảng ủy", "Thường trực Đảng ủy", "Ban Thường vụ Đảng ủy", "Đảng bộ", "Ủy ban nhân dân", "UBND", "Hội đồng nhân dân", "HĐND"),
    *("Ủy ban Mặt trận Tổ quốc", "Mặt trận Tổ quốc", "MTTQ", "Công an", "Ban Chỉ huy Quân sự", "chính trị - xã hội", "Trung tâm Chính trị"),
    *("Trung tâm Phục vụ hành chính công", "Trung tâm Sự nghiệp công", "Văn phòng Đảng ủy", "Ủy ban Kiểm tra Đảng ủy"),
)
# Formulas of the Party, whose papers are few among the texts; they count once each.
_PARTY = (
    *(
        "xây dựng, chỉnh đốn Đảng và hệ thống chính trị",
        "xây dựng Đảng trong sạch, vững mạnh",
        "phòng, chống tham nhũng, lãng phí, tiêu cực",
    ),
    *("công tác kiểm tra, giám sát và kỷ luật của Đảng", "bảo vệ nền tảng tư tưởng của Đảng", "cấp ủy, tổ chức đảng, đảng viên"),
    *("đấu tranh phản bác các quan điểm sai trái, thù địch", "nắm tình hình tư tưởng, tâm trạng xã hội", "định hướng dư luận xã hội"),
    *("học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", "chủ trương của Đảng, chính sách, pháp luật của Nhà nước"),
    *("suy thoái về tư tưởng chính trị, đạo đức, lối sống", "tự diễn biến, tự chuyển hóa", "chạy chức, chạy quyền", "sinh hoạt chi bộ"),
    *("khối đại đoàn kết toàn dân tộc", "báo cáo viên, tuyên truyền viên", "cổ động trực quan", "năng lực lãnh đạo, sức chiến đấu"),
)
_LEVELS = ("phường", "xã", "đặc khu")


class Inputs:
    """The folder's true texts, pairs and documents; what is annotated as gold is left out of all of them."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        sources = {str(json.loads(path.read_text(encoding="utf-8"))["source"]).split(".")[0] for path in (folder / "gold").glob("*.json")}
        every = sorted(path.name.removesuffix(".truth.txt") for path in (self.corpus / "ocr").glob("*.truth.txt"))
        self.gold = sources
        self.documents = [name for name in every if name not in sources]

    def text(self, name: str, kind: str) -> str:
        """A document of corpus/ocr: truth, eng or vie."""
        return (self.corpus / "ocr" / f"{name}.{kind}.txt").read_text(encoding="utf-8")

    @cached_property
    def lines(self) -> list[tuple[str, str]]:
        """True and damaged lines."""
        rows = (self.corpus / "pairs" / "train.tsv").read_text(encoding="utf-8").splitlines()[1:]
        return [(true, read) for true, _, read in (row.partition("\t") for row in rows)]

    def true_texts(self, without: Sequence[str]) -> list[str]:
        """All clean texts but those of the documents named."""
        official = (self.corpus / "official_2025.jsonl").read_text(encoding="utf-8").splitlines()
        plans = [
            path.read_text(encoding="utf-8")
            for path in sorted((self.corpus / "plans").glob("*.txt"))
            if path.stem not in self.gold and path.stem not in without and not path.stem.endswith(READINGS)
        ]
        return [*(str(json.loads(row)["text"]) for row in official), *plans, "\n".join(true for true, _ in self.lines)]


def train(inputs: Inputs, held: Sequence[str] = (), texts_without: Sequence[str] = ()) -> Model:
    """A model of everything but the documents ``held`` (channels) and ``texts_without`` (language model)."""
    texts = inputs.true_texts(texts_without)
    places, words = _names_and_words()
    lexicon = make_lexicon(texts, places)
    known = [word for word in words if all(part in lexicon.numbers for sentence in sentences(word) for part in sentence)]
    taught = [name for name in inputs.documents if name not in held]
    damaged = [pair for true, read in inputs.lines for pair in word_pairs(true, read)]
    damaged += [pair for name in taught for pair in word_pairs(inputs.text(name, "truth"), inputs.text(name, "eng"))]
    scanned = [pair for name in taught for pair in word_pairs(inputs.text(name, "truth"), inputs.text(name, "vie"))]
    channels = {DAMAGED: learn_channel(damaged), UNACCENTED: unaccented_channel(), SCANNED: learn_channel(scanned)}
    return make_model(lexicon, count_triples(texts, (*places, *known)), channels)


def _names_and_words() -> tuple[list[str], list[str]]:
    """Names of provinces, districts and communes, and a word list: both come with underthesea."""
    spec = find_spec("underthesea")
    if spec is None or spec.origin is None:
        raise SystemExit("underthesea is not installed")
    folder = Path(spec.origin).parent
    rows = json.loads((folder / "address" / "data" / "mapping.json").read_text(encoding="utf-8"))["ward_mapping"]
    names = sorted({str(row[key]) for row in rows for key in _NAMES if row.get(key)})
    words = (folder / "corpus" / "data" / "Viet22K.txt").read_text(encoding="utf-8").split("\n")
    return names, [
        *(word.strip() for word in words if word.strip()),
        *(f"{organ} {level}" for organ in _ORGANS for level in _LEVELS),
        *_PARTY,
    ]


def measure(inputs: Inputs) -> None:
    """Each document read by a model whose channels never saw it; the language model saw none of them."""
    wrong = words = 0
    misread = broken = left = 0
    certain: dict[int, list[bool]] = {}
    for name in inputs.documents:
        reader = Restorer(train(inputs, held=[name], texts_without=inputs.documents))
        read = _compared(inputs.text(name, "truth"), inputs.text(name, "eng"), reader.restore(inputs.text(name, "eng")).words)
        bad = sum(not right for _, right, _ in read)
        wrong, words = wrong + bad, words + len(read)
        for _, right, word in read:
            if word is not None:
                certain.setdefault(min(int(word.certainty * 20), 19), []).append(right)
        mended = _compared(inputs.text(name, "truth"), inputs.text(name, "vie"), reader.mend(inputs.text(name, "vie")).words)
        misread += sum(not was for was, _, _ in mended)
        broken += sum(was and not right for was, right, _ in mended)
        left += sum(not right for _, right, _ in mended)
        print(f"{name[:40]:40} wrong {bad / len(read):.2%} of {len(read)}", flush=True)
    print(f"damaged (eng): wrong {wrong / words:.2%} of {words} syllables")
    print(f"scanned (vie): {misread} misread, {left} left, of these {broken} by mending")
    for step, rights in sorted(certain.items()):
        print(f"certainty {step / 20:.2f}: right {sum(rights) / len(rights):.3f} of {len(rights)}")


def _compared(true: str, printed: str, restored: Sequence[RestoredWord]) -> list[tuple[bool, bool, RestoredWord | None]]:
    """(whether the print is right, whether the reading is, the restored word) for each syllable of a true text."""
    trues = [word for word in split_words(true) if word.kind != MARK]
    reads = [word for word in split_words(printed) if word.kind != MARK]
    found = {word.start: word for word in restored}
    out = []
    for i, j in align(trues, reads):
        if trues[i].kind == WORD:
            wanted, word = exact_form(trues[i].printed), found.get(reads[j].start)
            was = exact_form(reads[j].printed) == wanted
            out.append((was, was if word is None else exact_form(word.reading) == wanted, word))
    return out


def main(arguments: list[str]) -> int:
    """The exit status."""
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    inputs = Inputs(Path(arguments[0]))
    if "--measure" in arguments:
        measure(inputs)
    else:
        model = train(inputs)
        save_model(model, SHIPPED)
        print(f"{SHIPPED}: version {model.version}, {SHIPPED.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
