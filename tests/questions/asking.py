"""Asks the questions of a file and says what came of each: answered fully, partly, not.

fully: every answer is there with all that it says (role, deadline, whom to report to), and nothing that is no answer (where `rest = "any"`:
nothing else before the last answer, duties of the same item aside). partly: an answer is there. A line is met by the duty whose item it
stands in, and within two lines, for a sentence that runs over a line end.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive import Archive, duties, list_documents, show
from archive.common.unit_keys import plain_name
from archive.values import Duty, DutyQuestion

#: Lines that an answer may be away from where the reader put it.
NEAR = 2


@dataclass(frozen=True)
class Outcome:
    """What came of one question."""

    text: str
    state: str
    missing: tuple[str, ...]
    wrong: tuple[str, ...]
    extra: tuple[str, ...]


def questions(path: Path) -> list[dict[str, Any]]:
    """The questions of a file."""
    found: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["question"]
    return found


def outcome(archive: Archive, question: dict[str, Any]) -> Outcome:
    """Asks one question."""
    names = {document.id: document.name or "" for document in list_documents(archive)}
    texts = {id_: show(archive, str(id_)).text for id_ in names}
    found = _ask(archive, question, names)

    def meeting(answer: dict[str, Any]) -> _Met:
        return _Met(answer, tuple(duty for duty in found if _is_meant(duty, answer, names, texts)))

    met = [meeting(answer) for answer in question["answers"]]
    missing = tuple(f"{one.answer['unit']} ({one.answer['line']})" for one in met if not one.duties)
    wrong = tuple(f"{one.answer['unit']}: {one.fault}" for one in met if one.fault)
    meant = [duty for one in (*met, *map(meeting, question.get("perhaps", ()))) for duty in one.duties]
    asked = _beside(found, met, meant) if question.get("rest") == "any" else found
    extra = tuple(f"{duty.unit} ({duty.line})" for duty in asked if duty not in meant)
    state = "fully" if not (missing or wrong or extra) else "partly" if len(missing) < len(met) else "not"
    return Outcome(question["text"], state, missing, wrong, extra)


def _ask(archive: Archive, question: dict[str, Any], names: dict[int, str]) -> tuple[Duty, ...]:
    plan = next((str(id_) for id_, name in names.items() if question.get("plan", " ") in name), None)
    narrowed = {name: question.get(name) for name in ("unit", "role", "due")}
    return duties(archive, DutyQuestion(question.get("words", ""), plan=plan, **narrowed))


@dataclass(frozen=True)
class _Met:
    """An answer with the duties that meet it, in the order in which they were found."""

    answer: dict[str, Any]
    duties: tuple[Duty, ...]

    @property
    def fault(self) -> str:
        """What the answer says and none of the duties; "" where one says it all, or where there is none."""
        return min((_faults(duty, self.answer) for duty in self.duties), key=len, default="")


def _beside(found: Sequence[Duty], met: Sequence[_Met], meant: Sequence[Duty]) -> list[Duty]:
    """What was found before the last answer, without duties of the items in which something meant stands."""
    last = max((found.index(one.duties[0]) for one in met if one.duties), default=-1)
    items = {(duty.document.id, duty.place.path) for duty in meant}
    return [duty for duty in found[: last + 1] if (duty.document.id, duty.place.path) not in items]


def _is_meant(duty: Duty, answer: dict[str, Any], names: dict[int, str], texts: dict[int, str]) -> bool:
    if answer["file"] not in names[duty.document.id] or not _covers(duty, answer["line"], texts[duty.document.id]):
        return False
    said, wanted = plain_name(duty.unit).strip(), plain_name(answer["unit"]).strip()
    return wanted in said or said in wanted


def _covers(duty: Duty, line: int, text: str) -> bool:
    start, end = (text.count("\n", 0, offset) + 1 for offset in duty.place.span)
    return abs(duty.line - line) <= NEAR or (duty.place.path is not None and start <= line <= end)


def _faults(duty: Duty, answer: dict[str, Any]) -> str:
    """What the answer says and the duty does not; "" where they agree."""
    said = {"role": duty.role, "deadline": duty.deadline or "", "reports_to": duty.reports_to or ""}
    wrong = [name for name in said if name in answer and plain_name(said[name]) != plain_name(answer[name])]
    return ", ".join(f"{name} {said[name]!r}" for name in wrong)


def told(outcomes: Iterable[Outcome]) -> str:
    """The outcomes as lines of text."""
    lines = []
    for one in outcomes:
        lines.append(f"{one.state:6} {one.text}")
        for name, values in (("missing", one.missing), ("wrong", one.wrong), ("extra", one.extra)):
            lines += [f"         {name}: {value}" for value in values]
    return "\n".join(lines)
