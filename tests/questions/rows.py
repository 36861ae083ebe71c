"""Asks the thirty questions of duties.toml and says what came of each: fully, partly, not.

usage: python -m tests.questions.rows FOLDER [WORDS]

FOLDER holds the texts, which are no part of the project: text files and lines of JSON Lines files by their "id", somewhere below it. With
WORDS only the questions that hold them are asked.

fully: each row of the answer is shown with all that it says, and no other row is (where `rest = "any"`: none before the last row of the
answer). A row that is shown belongs to the row of the answer, of the same text and unit, whose first words its task begins with, else in
whose lines it stands; one whose unit names several of the answer together ("các sở, ban, ngành, đoàn thể") belongs to each of these.
"""

from __future__ import annotations

import json
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archive import Archive, add_paths, duties, list_documents, open_archive, show, unit_page
from archive.common.unit_keys import plain_name
from archive.errors import ArchiveError
from archive.values import Duty, DutyQuestion
from kehoach_parser import fold
from tests.questions.asking import Outcome, told

QUESTIONS = Path(__file__).parent / "duties.toml"
#: Words of a task that are compared, and among how many from its beginning they may begin ("Chủ trì, phối hợp với …, …, rà soát …").
_FIRST = 5
_BEGINNING = 30
#: The day on which the texts are taken up; none of the questions is about it.
_NOW = datetime(2025, 12, 1, tzinfo=UTC)
_FILTERS = ("unit", "role", "place", "due", "overdue")

#: A row of an answer, as the file of questions has it.
Expected = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """A row that the program shows: the ``file`` that it is of, and the ``lines`` in which it says that it stands (its own, its node's)."""

    duty: Duty
    file: str
    lines: tuple[int, ...]


def outcome_of(question: dict[str, Any], shown: Sequence[Shown]) -> Outcome:
    """What came of a question to which these rows are shown, in their order."""
    answers: list[Expected] = question["answers"]
    perhaps: list[Expected] = question.get("perhaps", [])
    bound = [belonging(row, answers) for row in shown]
    faults = [
        _least_faults(answer, [row for row, at in zip(shown, bound, strict=True) if number in at]) for number, answer in enumerate(answers)
    ]
    missing = tuple(_named(answer) for answer, fault in zip(answers, faults, strict=True) if fault is None)
    wrong = tuple(f"{_named(answer)}: {fault}" for answer, fault in zip(answers, faults, strict=True) if fault)
    last = max((number for number, at in enumerate(bound, start=1) if at), default=0) if question.get("rest") == "any" else len(shown)
    extra = tuple(_told(row) for row, at in zip(shown[:last], bound, strict=False) if not at and not belonging(row, perhaps))
    state = "fully" if not (missing or wrong or extra) else "partly" if len(missing) < len(answers) else "not"
    return Outcome(f"[{question['kind']}] {question['text']}", state, missing, wrong, extra)


def _least_faults(answer: Expected, rows: Sequence[Shown]) -> str | None:
    """What the answer says and the best of its rows does not; "" where one says it all, None where there is none."""
    return min((_faults(row.duty, answer) for row in rows), key=len, default=None)


def belonging(row: Shown, answers: Sequence[Expected]) -> frozenset[int]:
    """Which rows of the answer a shown row belongs to, by their numbers: the nearest, and those of its place whose units the unit names."""
    near = {number: distance for number, answer in enumerate(answers) if (distance := _distance(row, answer)) is not None}
    if not near:
        return frozenset()
    nearest = min(near, key=lambda number: near[number])
    place = _place(answers[nearest])
    beside = {number for number in near if _place(answers[number]) == place and _names(row.duty.unit, answers[number].get("unit", ""))}
    return frozenset({nearest, *beside})


def _distance(row: Shown, answer: Expected) -> tuple[int, int] | None:
    """How far a shown row is from one of the answer: 0 where its task begins so, then by which of its lines stands there; by how many
    letters their units differ. None: it is another row."""
    unit: str = answer.get("unit", "")
    first, last = answer.get("lines", (1, 0) if "task" in answer else (1, sys.maxsize))  # with neither lines nor words: the whole text
    near = ["task" in answer and _begins(row.duty.task or "", answer["task"]), *(first <= line <= last for line in row.lines)]
    if row.file != answer["file"] or not any(near) or not _is_unit(row.duty.unit, unit):
        return None
    return near.index(True), abs(len(plain_name(row.duty.unit)) - len(plain_name(unit)))


def _place(answer: Expected) -> tuple[str, tuple[int, ...], str]:
    return answer["file"], tuple(answer.get("lines", ())), answer.get("task", "")


def _is_unit(said: str, wanted: str) -> bool:
    """Whether a unit is the one that is wanted ("": any), or one of the row of units that is: a name may be cut out shorter or longer."""
    return not wanted or (bool(said.strip()) and (_names(said, wanted) or _names(wanted, said)))


def _names(said: str, wanted: str) -> bool:
    return plain_name(wanted) in plain_name(said)


def _begins(task: str, first_words: str) -> bool:
    """Whether a task begins with these words, those aside that tell with whom ("phối hợp với …")."""
    words, wanted = fold(task).split(), fold(first_words).split()[:_FIRST]
    return any(words[at : at + len(wanted)] == wanted for at in range(_BEGINNING))


def _faults(duty: Duty, answer: Expected) -> str:
    """What the answer says and the row does not; "" where they agree."""
    said = {"role": duty.role, "until": duty.deadline_last, "recurs": duty.recurs is not None or bool(getattr(duty, "when", None))}
    wrong = [f"{name} {said[name]!r}, not {answer[name]!r}" for name in said if name in answer and said[name] != answer[name]]
    if "reports_to" in answer and not _is_unit(duty.reports_to or "", answer["reports_to"]):
        wrong.append(f"reports_to {duty.reports_to!r}, not {answer['reports_to']!r}")
    return ", ".join(wrong)


def _named(answer: Expected) -> str:
    where = f"{answer['file']}:{answer['lines'][0]}" if "lines" in answer else f"{answer['file']} “{answer['task']}”"
    return f"{answer['unit']} ({where})"


def _told(row: Shown) -> str:
    duty = row.duty
    return f"{duty.unit or '(unit not settled)'} ({row.file}:{duty.line}, {duty.role}, {duty.deadline_last or duty.recurs})"


def ask(archive: Archive, question: dict[str, Any]) -> list[Shown]:
    """The rows that the program shows to a question, in its order; none where it knows no such unit."""
    names = {document.id: Path(document.name or "").stem for document in list_documents(archive)}
    texts = {id_: show(archive, str(id_)).text for id_ in names}
    found = _reported_by(archive, question["unit"]) if question.get("asked") == "reported_by" else _duties(archive, question, names)
    files = {id_: next(file for file in _files() if name.startswith(file)) for id_, name in names.items()}
    return [
        Shown(duty, files[duty.document.id], (duty.line, texts[duty.document.id].count("\n", 0, duty.place.span[0]) + 1)) for duty in found
    ]


def _duties(archive: Archive, question: dict[str, Any], names: dict[int, str]) -> tuple[Duty, ...]:
    plan = next((str(id_) for id_, name in names.items() if name.startswith(question.get("plan", " "))), None)
    narrowed = {name: question[name] for name in _FILTERS if name in question}
    return duties(archive, replace(DutyQuestion(question.get("words", ""), plan=plan), **narrowed))


def _reported_by(archive: Archive, unit: str) -> tuple[Duty, ...]:
    try:
        page = unit_page(archive, unit)
    except ArchiveError as error:
        print(f"{unit}: {error!r}", file=sys.stderr)
        return ()
    return tuple(duty for report in page.reported_by for duty in report.duties)


def _file() -> dict[str, Any]:
    return tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))


def _files() -> list[str]:
    names: list[str] = _file()["texts"]
    return names


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and content of the texts that the questions are about; those that the folder does not have are left out."""
    wanted = _files()
    for path in sorted(folder.rglob("*.txt")):
        if "." not in path.stem and any(path.name.startswith(name) for name in wanted):  # "name.eng.txt" is a copy read from images
            yield path.stem, path.read_text(encoding="utf-8")
    for path in sorted(folder.rglob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if (record := json.loads(line)).get("id") in wanted:
                yield record["id"], record["text"]


def main(arguments: list[str]) -> int:
    """Asks the questions of an archive of its own; prints what came of each, and the count."""
    asked = [one for one in _file()["question"] if all(word in one["text"] for word in arguments[1:])]
    texts = dict(_texts(Path(arguments[0])))
    if len(texts) < len(_files()):
        print(f"questions: {len(texts)} of {len(_files())} texts are there, none is asked")
        return 0
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "archive", create=True) as archive:
        papers = Path(folder) / "texts"
        papers.mkdir()
        for name, content in texts.items():
            (papers / f"{name}.txt").write_text(content, encoding="utf-8")
        list(add_paths(archive, [papers], now=_NOW))
        outcomes = [outcome_of(question, ask(archive, question)) for question in asked]
    count = Counter(one.state for one in outcomes)
    print(told(outcomes))
    print(f"questions: {count['fully']} of {len(outcomes)} fully, {count['partly']} partly, {count['not']} not")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
