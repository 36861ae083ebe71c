"""A writer and many readers at one archive: what each sees must be whole. Used by test_at_once and bench/at_once.py.

Every paper comes in two wordings that differ in everything that is counted. The writer adds, replaces and removes; a reader asks, and what
an answer says of a paper must be all of one wording and nothing of the other, whatever is written meanwhile. Readers are processes, each
with several threads at an archive that they share, as a server has them.
"""

from __future__ import annotations

import multiprocessing
import random
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

from archive import (
    Archive,
    add_text,
    check,
    cites,
    duties,
    list_documents,
    open_archive,
    remove,
    replace,
    search,
    show,
    statistics,
)
from archive.errors import ArchiveLocked, NothingThere
from kehoach_parser import text_of
from tests.archive.builders import NOW, parse_simple

UNITS = ("Hội Nông dân xã", "Trạm Y tế xã", "Công an xã", "Đoàn Thanh niên xã", "Văn phòng xã")
#: The word of a wording, and how many duties and citations it has.
WORDINGS = {"alpha": (3, 2), "beta": (5, 3)}
_SHAPES = frozenset(WORDINGS.values())


def paper(number: int, word: str) -> str:
    """A paper in one of its wordings."""
    many, cited = WORDINGS[word]
    lines = [
        f"Số {number}-KH/ĐU | Kế hoạch | Đảng ủy xã Tân Minh | Tân Minh | 2025-10-02 | Phong trào {word}",
        "I. NỘI DUNG",
        *(f"Quán triệt Nghị quyết số 18-NQ/TW, ngày 25/10/2017 lần {time}." for time in range(cited)),
        "II. PHÂN CÔNG",
        *(f"Giao {unit}: tổ chức phong trào {word}." for unit in UNITS[:many]),
    ]
    return "\n".join(lines) + "\n"


@dataclass
class Seen:
    """What a reader or the writer went through: how often it did what, how often the archive was locked, and what was wrong."""

    done: Counter[str] = field(default_factory=Counter)
    locked: int = 0
    wrong: list[str] = field(default_factory=list)

    def join(self, other: Seen) -> None:
        """Takes over what another went through."""
        self.done += other.done
        self.locked += other.locked
        self.wrong += other.wrong


def _holds(condition: bool, what: object) -> None:
    if not condition:
        raise AssertionError(what)


def _ask_list(archive: Archive) -> None:
    found = list_documents(archive)
    _holds(len({one.id for one in found}) == len(found), found)
    _holds(all(one.symbol and (one.subject or "").endswith(tuple(WORDINGS)) for one in found), found)


def _ask_duties(archive: Archive) -> None:
    said: dict[int, list[str]] = defaultdict(list)
    for duty in duties(archive):
        said[duty.document.id].append(f"{(duty.document.subject or '').split()[-1]} {(duty.task or '').rstrip('.').split()[-1]}")
    for words in said.values():
        word = words[0].split()[0]
        _holds(words == [f"{word} {word}"] * WORDINGS[word][0], said)


def _ask_cites(archive: Archive) -> None:
    result = cites(archive, "18-NQ/TW")
    hits: dict[int, list[Any]] = defaultdict(list)
    for group in result.groups:
        for hit in group.hits:
            hits[hit.document.id].append(hit)
    for of_one in hits.values():
        word = (of_one[0].document.subject or "").split()[-1]
        _holds(len(of_one) == WORDINGS[word][1], [(hit.document.subject, hit.raw) for hit in of_one])


def _ask_statistics(archive: Archive) -> None:
    found = statistics(archive)
    papers = found.documents
    short = (5 * papers - found.assignments) / 2
    _holds(0 <= short <= papers and found.citations == 2 * short + 3 * (papers - short), found)
    _holds(sum(one.count for one in found.types) == papers, found)


def _ask_search(archive: Archive) -> None:
    for word in WORDINGS:
        result = search(archive, f"phong trào {word}", limit=1000)
        _holds(result.total == len(result.hits), (result.total, len(result.hits)))
        for hit in result.hits:
            _holds((hit.document.subject or "").endswith(word), (word, hit.document.subject))
            _holds(bool(hit.occurrences), hit)


def _ask_show(archive: Archive) -> None:
    for document in list_documents(archive)[:2]:
        try:
            shown = show(archive, str(document.id))
        except NothingThere:
            continue
        _holds(all(shown.text[c.span[0] : c.span[1]] == c.raw for c in shown.plan.citations), shown.document)
        _holds((len(shown.plan.assignments), len(shown.plan.citations)) in _SHAPES, shown.document)


QUESTIONS: dict[str, Callable[[Archive], None]] = {
    "list": _ask_list,
    "duties": _ask_duties,
    "cites": _ask_cites,
    "statistics": _ask_statistics,
    "search": _ask_search,
    "show": _ask_show,
}


def _read(archive: Archive, over: Any, seed: int, seen: Seen) -> None:
    """Asks each question once, and then by chance until the writer is done."""
    chance = random.Random(seed)
    first = chance.sample(sorted(QUESTIONS), len(QUESTIONS))
    while first or not over.is_set():
        name = first.pop() if first else chance.choice(sorted(QUESTIONS))
        _try(name, lambda name=name: QUESTIONS[name](archive), seen)  # type: ignore[misc]


def _try(name: str, work: Callable[[], object], seen: Seen) -> None:
    """Does it, and notes how that ended: that another process writes is the only error that may be."""
    try:
        work()
        seen.done[name] += 1
    except ArchiveLocked:
        seen.locked += 1
    except Exception:
        seen.wrong.append(f"{name}: {traceback.format_exc()}")


def _reader(folder: Path, over: Any, seed: int, threads: int, told: Any) -> None:
    seen = [Seen() for _ in range(threads)]
    archive = open_archive(folder)
    running = [Thread(target=_read, args=(archive, over, seed + number, seen[number])) for number in range(threads)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    archive.close()
    for each in seen:
        told.put(each)


class Writer:
    """Adds papers, replaces one by its other wording, takes one away."""

    def __init__(self, archive: Archive, files: Path, seed: int) -> None:
        self.archive, self.files, self.chance = archive, files, random.Random(seed)
        self.numbers = count(1)
        #: The papers that are there by their ids: number and wording.
        self.there: dict[int, tuple[int, str]] = {}

    def add(self) -> None:
        """A paper that is not there yet."""
        number, word = next(self.numbers), self.chance.choice(sorted(WORDINGS))
        added = add_text(self.archive, text_of(paper(number, word)), now=NOW, parse=parse_simple, apart=True)
        assert added.document is not None
        self.there[added.document.id] = number, word

    def exchange(self) -> None:
        """One that is there in its other wording, with a last line of its own: of bytes that were there before nothing would be new."""
        of = self.chance.choice(sorted(self.there))
        number, word = self.there[of]
        (other,) = WORDINGS.keys() - {word}
        file = self.files / "new.txt"
        file.write_text(f"{paper(number, other)}Lần {next(self.numbers)}.\n", encoding="utf-8")
        replace(self.archive, str(of), file, now=NOW, parse=parse_simple)
        self.there[of] = number, other

    def take_away(self) -> None:
        """One of those that are there."""
        of = self.chance.choice(sorted(self.there))
        remove(self.archive, str(of), now=NOW)
        del self.there[of]


def at_once(folder: Path, rounds: int, processes: int, threads: int, seed: int = 0) -> tuple[Seen, Seen, tuple[object, ...]]:
    """Lets a writer and ``processes`` times ``threads`` readers loose, until the writer has added, replaced and removed so often. Returns
    what the writer and the readers went through, and what `check` finds wrong afterwards."""
    files = folder.with_name("files")
    files.mkdir()
    archive = open_archive(folder, create=True)
    writer = Writer(archive, files, seed)
    for _ in range(3):
        writer.add()
    archive.close()
    several = multiprocessing.get_context("fork")
    told, over = several.Queue(), several.Event()
    readers = [several.Process(target=_reader, args=(folder, over, seed + 100 * number, threads, told)) for number in range(processes)]
    for reader in readers:
        reader.start()
    writer.archive = open_archive(folder)
    written, read = Seen(), Seen()
    try:
        for _ in range(rounds):
            for work in (writer.exchange, writer.add, writer.exchange, writer.take_away):
                _try(work.__name__, work, written)
    finally:
        over.set()
    for _ in range(processes * threads):
        read.join(told.get(timeout=_WAITING))
    for reader in readers:
        reader.join()
    left = tuple(finding for finding in check(writer.archive) if finding.level == "error")
    writer.archive.close()
    return written, read, left


#: Seconds that a reader may need to come to an end.
_WAITING = 120
