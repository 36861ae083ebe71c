"""The search engines beside one another over the same archive: the same hits? how long, how large?

usage: search_engines.py ARCHIVE [--queries NUMBER] [--seed NUMBER]

Each engine indexes a copy of the archive's database. The queries are drawn from its texts (fixed seed): words, phrases of two to six
syllables with marks and without, beginnings, symbols, operators. Said: how often both find the same texts, and the same first one;
processor milliseconds of a query by kind (middle, 95th of a hundred); of indexing a text; size. `grep -r` for the same words in the bare
texts stands beside, as what a user would do instead.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sqlalchemy import select

from archive import Archive, open_archive
from archive.common.words import split_words
from archive.fulltext.engine import Match
from archive.fulltext.engines import ENGINES
from archive.fulltext.filters import answer_filters
from archive.fulltext.indexing import choose_engine, fulltext, index_texts
from archive.fulltext.query import read_query
from archive.store.tables import CitationRow, ContentRow
from archive.store.versions import current_versions
from kehoach_parser import fold


def queries(archive: Archive, number: int, seed: int) -> Iterator[tuple[str, str]]:
    """(kind, query) drawn from the texts of an archive."""
    draw = random.Random(seed)
    with archive.engine.connect() as connection:
        texts = connection.scalars(select(ContentRow.text).where(ContentRow.version_id.in_(current_versions(archive)[:400]))).all()
        symbols = connection.scalars(select(CitationRow.symbol).where(CitationRow.symbol.is_not(None)).distinct().limit(500)).all()
    for _ in range(number):
        words = [word for word in split_words(draw.choice(texts)) if word.isalpha()]
        at = draw.randrange(max(1, len(words) - 8))
        run = [word.lower() for word in words[at : at + 8]]
        if len(run) < 8:
            continue
        yield "word", run[0]
        yield "words", f"{run[0]} {run[3]}"
        yield "phrase of 2", f'"{" ".join(run[:2])}"'
        yield "phrase of 6", f'"{" ".join(run[:6])}"'
        yield "phrase of 6, no marks", f'"{fold(" ".join(run[:6]))}"'
        yield "beginning", f"{run[2][:3]}*"
        yield "operators", f"({run[0]} OR {run[4]}) AND NOT {run[6]}"
        yield "symbol", str(draw.choice(symbols))


def asked(archive: Archive, query: str) -> tuple[tuple[Match, ...], float]:
    """What an engine answers, and in how many processor milliseconds."""
    read = read_query(query)
    with archive.engine.connect() as connection:
        read = answer_filters(connection, read)
    begin = time.process_time()
    found = fulltext(archive).search(read).best()
    return found, (time.process_time() - begin) * 1000


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("archive", type=Path)
    options.add_argument("--queries", type=int, default=25)
    options.add_argument("--seed", type=int, default=15)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        handles = {}
        for engine in ENGINES:
            shutil.copytree(given.archive, Path(name) / engine, ignore=shutil.ignore_patterns("index", "files"))
            handle = handles[engine] = open_archive(Path(name) / engine, mend=())
            choose_engine(handle, engine)
            versions = current_versions(handle)
            texts = list(index_texts(handle, versions))
            begin = time.process_time()
            fulltext(handle).rebuild(texts)
            taken = (time.process_time() - begin) * 1000 / len(texts)
            print(f"{engine}: {len(texts)} texts, {taken:.1f} ms a text, {size(handle.folder / 'index') / len(texts) / 1024:.1f} KB a text")
        drawn = list(queries(handles["whoosh"], given.queries, given.seed))
        spent: dict[tuple[str, str], list[float]] = defaultdict(list)
        same, first = 0, 0
        for kind, query in drawn:
            answers = {}
            for engine, handle in handles.items():
                answers[engine], milliseconds = asked(handle, query)
                spent[kind, engine].append(milliseconds)
            one, other = answers.values()
            same += {match.key for match in one} == {match.key for match in other}
            first += [match.key for match in one[:1]] == [match.key for match in other[:1]]
            if {match.key for match in one} != {match.key for match in other}:
                print(f"  differs: {query} ({len(one)}, {len(other)})")
        print(f"{len(drawn)} queries: the same texts {same}, the same first {first}")
        for kind in dict.fromkeys(kind for kind, _ in drawn):
            told = [f"{engine} {statistics.median(spent[kind, engine]):.1f} ({p95(spent[kind, engine]):.1f})" for engine in ENGINES]
            print(f"  {kind}: {', '.join(told)} ms")
        print(f"grep -r for a word: {grep(handles['whoosh'], Path(name), drawn[0][1]):.1f} ms")


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def grep(archive: Archive, folder: Path, word: str) -> float:
    """Milliseconds of the clock that `grep -rl` takes in the bare texts."""
    bare = folder / "bare"
    bare.mkdir()
    with archive.engine.connect() as connection:
        for version_id, text in connection.execute(select(ContentRow.version_id, ContentRow.text)):
            (bare / f"{version_id}.txt").write_text(text, encoding="utf-8")
    begin = time.perf_counter()
    subprocess.run(["grep", "-rl", word, str(bare)], check=False, capture_output=True)
    return (time.perf_counter() - begin) * 1000


if __name__ == "__main__":
    main()
