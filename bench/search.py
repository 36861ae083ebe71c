"""Search in damaged texts: of forty phrases, how many true occurrences are found, and how many that are found are true.

usage: search.py FOLDER [FOLDER ...] [--models FOLDER]

The phrases and the lines where they stand are those of tests/annotations/phrases.toml; the folders hold the texts that it names (NAME.txt
or NAME.eng.txt). The texts are put into an archive, each phrase is searched as a phrase, and in the plans that are found every place that
the search would highlight is counted: as true where the phrase begins in that line. Printed twice, first without the restored words:
figures by text and by way of a match, what was missed, what was wrong, how long the index takes to make and how large it is. --models
names a folder with models NAME.npz that have not seen the text NAME, which is then restored with its own.
"""

from __future__ import annotations

import argparse
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from archive import Archive, add_text, open_archive, reindex, search, store
from archive.common.words import Restored, words_of
from archive.fulltext.indexing import fulltext
from archive.fulltext.occurrences import WAYS, find_spots
from archive.fulltext.query import leaves, read_query
from archive.fulltext.restored_layer import layer_of, unpack_layer
from archive.store.versions import current_version, read_content
from kehoach_parser import compose, load_restorer, read_file, shipped_restorer

PHRASES = Path(__file__).resolve().parents[1] / "tests" / "annotations" / "phrases.toml"


@dataclass(frozen=True, slots=True)
class Asked:
    """A phrase with its true lines (from 1) in a text; a line stands twice where two occurrences begin in it."""

    phrase: str
    name: str
    lines: Counter[int]


@dataclass(frozen=True, slots=True)
class Answered:
    """How each true occurrence was found, the lines of those that were missed, and (line, way) of what was found and is not true."""

    asked: Asked
    ways: Counter[str]
    missed: Counter[int]
    wrong: tuple[tuple[int, str], ...]


def phrases(names: set[str], path: Path = PHRASES) -> Iterator[Asked]:
    """Every phrase for each of the texts."""
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["phrase"]:
        for name in sorted(names):
            yield Asked(row["text"], name, Counter(row["lines"].get(name, [])))


def found_places(archive: Archive, phrase: str) -> dict[int, list[tuple[int, str]]]:
    """(line, way) of every place that the search for a phrase would highlight, by the id of the plan."""
    query = read_query(f'"{phrase}"')
    out: dict[int, list[tuple[int, str]]] = {}
    for hit in search(archive, query.text, limit=1000).hits:
        with archive.engine.connect() as connection:
            version = current_version(connection, hit.document.id)
            text, plan = read_content(connection, version)
        words = words_of(text, plan.source.quality, unpack_layer(fulltext(archive).layers([version])[version])[0])
        spots = find_spots(leaves(query.tree), words, plan, query.marked)
        out[hit.document.id] = [(text.count("\n", 0, spot.span[0]) + 1, spot.how) for spot in spots]
    return out


def measure(archive: Archive, ids: dict[str, int]) -> Iterator[Answered]:
    """What became of every phrase in every text; ``ids``: the plans of the texts."""
    found: dict[str, dict[int, list[tuple[int, str]]]] = {}
    for asked in phrases(set(ids)):
        if asked.phrase not in found:
            found[asked.phrase] = found_places(archive, asked.phrase)
        left = Counter(asked.lines)
        ways: Counter[str] = Counter()
        wrong = []
        for line, how in sorted(found[asked.phrase].get(ids[asked.name], []), key=lambda place: WAYS.index(place[1])):
            if left[line]:
                left[line] -= 1
                ways[how] += 1
            else:
                wrong.append((line, how))
        yield Answered(asked, ways, +left, tuple(wrong))


def build(folder: Path, texts: dict[str, Path]) -> tuple[Archive, dict[str, int]]:
    """An archive of the texts, and their ids by name."""
    archive = open_archive(folder, create=True)
    ids = {}
    for name, path in sorted(texts.items()):
        added = add_text(archive, read_file(path), now=datetime.now(UTC))
        assert added.document is not None
        ids[name] = added.document.id
    return archive, ids


def _texts(folders: list[Path]) -> dict[str, Path]:
    named = {name for row in tomllib.loads(PHRASES.read_text(encoding="utf-8"))["phrase"] for name in row["lines"]}
    files = {path.name.removesuffix(".txt").removesuffix(".eng"): path for folder in folders for path in sorted(folder.glob("*.txt"))}
    return {name: path for name, path in files.items() if name in named}


def _held_out(texts: dict[str, Path], models: Path) -> dict[str, tuple[Restored, ...]]:
    """The restored words of texts (by content) that have a model of their own."""
    out = {}
    for name, path in texts.items():
        if (models / f"{name}.npz").is_file():
            content = read_file(path).content
            words = load_restorer(models / f"{name}.npz").restore(compose(content)[0]).words
            out[content] = layer_of(words, range(len(content) + 1))
    return out


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--models", type=Path)
    arguments = parser.parse_args()
    texts = _texts(arguments.folders)
    letters = sum(len(read_file(path).content) for path in texts.values())
    other = _held_out(texts, arguments.models) if arguments.models else {}
    restored_words = store.restored_words
    with TemporaryDirectory() as folder:
        archive, ids = build(Path(folder) / "archive", texts)
        for title, layer in (
            ("Printed words alone", lambda content: ()),
            ("With restored words", lambda content: other.get(content) or restored_words(content)),
        ):
            shipped_restorer.cache_clear()  # as in a program that begins
            start = time.process_time()
            with mock.patch.object(store, "restored_words", layer):
                reindex(archive)
            taken = time.process_time() - start
            size = sum(file.stat().st_size for file in archive.folder.joinpath("index").iterdir())
            print(f"{title}\n")
            _print(list(measure(archive, ids)))
            print(f"\n{len(texts)} texts, {letters:,} letters: reindexed in {taken:.1f} s, index of {size / letters:.1f} bytes a letter\n")
        archive.close()


def _print(answers: list[Answered]) -> None:
    by_text: dict[str, list[Answered]] = {}
    for answer in answers:
        by_text.setdefault(answer.asked.name, []).append(answer)
    print(f"{'text':24} true recall precision  " + " ".join(f"{way:>8}" for way in WAYS))
    for name, some in (*by_text.items(), ("all", answers)):
        ways = sum((answer.ways for answer in some), Counter[str]())
        right, wrong = ways.total(), sum(len(answer.wrong) for answer in some)
        true = sum(answer.asked.lines.total() for answer in some)
        recall, precision = right / true if true else 1.0, right / (right + wrong) if right + wrong else 1.0
        print(f"{name[:24]:24} {true:4} {recall:6.3f} {precision:9.3f}  " + " ".join(f"{ways[way]:8}" for way in WAYS))
    for answer in answers:
        for line in answer.missed.elements():
            print(f"missed: {answer.asked.phrase}, {answer.asked.name[:24]}:{line}")
        for line, how in answer.wrong:
            print(f"wrong: {answer.asked.phrase}, {answer.asked.name[:24]}:{line} ({how})")


if __name__ == "__main__":
    main()
