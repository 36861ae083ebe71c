"""The register of tasks in words: the columns that offices use, the workbook, the CSV and the calendar made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice

import archive
from archive import values
from archive.terminal.duty_words import Proposals, corrected_words, deadline_words, last_day, place_words, proposal_words
from archive.terminal.messages import Messages, messages_of
from archive.terminal.shown import first_words
from archive.terminal.typed_names import STATES
from kehoach_parser import fold

#: The columns, and their widths in letters: what the paper says (TT, Mã, Văn bản, … Thời hạn, Hạn cuối, Lưu ý), then what people fill in.
COLUMNS = {
    **{"number": 5, "id": 14, "document": 18, "date": 12, "lead": 18, "cooperate": 18, "task": 46},
    **{"deadline": 12, "last_day": 12, "note": 17, "state": 10, "day": 12, "result": 15, "person": 12, "own_note": 14},
}
#: The columns that come back when people have filled them in (`archive.read_register`).
KEPT = ("id", "state", "day", "result", "person", "own_note")
#: What stands in each row of a task that takes several, so that they stay together when they are sorted or filtered.
REPEATED = ("number", "id", "document", "date", "lead", "cooperate", "deadline", "last_day", "state", "day")
#: Points of the letters: the register is printed at about three fifths of that size.
SIZE = 14
#: Readings below this are to be compared with the paper.
SURE = 0.7
#: Texts below this quality are damaged by OCR.
CLEAR = 0.75
#: Tasks for which proposals are looked up together. This bounds the cost only.
_TOGETHER = 500
#: Words of a task in the head line of an event.
SUMMARY_WORDS = 16


def register_xlsx(tasks: Sequence[values.Task], proposals: Proposals, words: Messages, made: datetime) -> bytes:
    """The register as a workbook that can be filled in and read back."""
    plans = len({task.document.id for task in tasks})
    note = words.say("register.note", tasks=len(tasks), plans=plans, date=words.day(made.date().isoformat()))
    cells = [_cells(number, task, proposals, words) for number, task in enumerate(tasks, 1)]
    heads = {name: words.say(f"register-column.{name}") for name in COLUMNS}
    name, title, page = words.say("register.sheet"), words.say("register.title"), words.say("register.page")
    return archive.sheet_xlsx(
        values.Sheet(
            name,
            title,
            note,
            tuple(heads.values()),
            tuple(COLUMNS.values()),
            [tuple(row.values()) for row in cells],
            page,
            made,
            choices={list(COLUMNS).index("state"): tuple(words.term("duty-state", state) for state in STATES)},
            kept_heads=KEPT,
            kept=[[_kept(row[column]) for column in KEPT] for row in cells if row["id"]],
            size=SIZE,
            repeated=frozenset(map(list(COLUMNS).index, REPEATED)),
            named=list(COLUMNS).index("id"),
        )
    )


def _kept(cell: values.Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell or "")


def register_csv(tasks: Iterable[tuple[values.Task, Proposals]], words: Messages, heads: Sequence[str]) -> Iterator[str]:
    """The register as CSV for Excel, under these heads, line by line as the tasks come, each with what later papers propose."""
    cells = (_cells(number, task, proposals, words) for number, (task, proposals) in enumerate(tasks, 1))
    return archive.sheet_csv_lines(heads, (tuple(row.values()) for row in cells))


def with_proposals(handle: archive.Archive, tasks: Iterable[values.Task]) -> Iterator[tuple[values.Task, Proposals]]:
    """Tasks as they come, each with what later papers propose."""
    coming = iter(tasks)
    while some := tuple(islice(coming, _TOGETHER)):
        proposed = archive.proposals(handle, {task.document.id for task in some})
        yield from ((task, proposed) for task in some)


class Counted:
    """Tasks that are counted as they pass: how many, of which plans."""

    def __init__(self, tasks: Iterable[values.Task]) -> None:
        self._tasks = tasks
        self.count = 0
        self.plans = set[int]()

    def __iter__(self) -> Iterator[values.Task]:
        for task in self._tasks:
            self.count += 1
            self.plans.add(task.document.id)
            yield task


def register_words() -> values.RegisterWords:
    """How a register may say things, in either language."""
    languages = [messages_of("vi"), messages_of("en")]
    heads = {fold(words.say(f"register-column.{name}")): name for words in languages for name in KEPT}
    return values.RegisterWords(heads, {fold(words.term("duty-state", state)): state for words in languages for state in STATES})


def register_calendar(
    tasks: Sequence[values.Task], proposals: Proposals, revisions: Mapping[int, values.Revision], words: Messages
) -> tuple[bytes, int]:
    """The deadlines as a calendar, and how many there are."""

    def said(task: values.Task, placed: bool) -> tuple[str, str]:
        return _summary(task, words), _description(task, placed, proposals, words)

    return archive.calendar_file(tasks, words.say("register.calendar-name"), said, revisions)


def _cells(number: int, task: values.Task, proposals: Proposals, words: Messages) -> dict[str, values.Cell]:
    standing = task.standing
    return {
        "number": number,
        "id": task.id,
        "document": document_words(task.document),
        "date": _day(task.document.date, words),
        "lead": "; ".join(task.leads),
        "cooperate": "; ".join(task.cooperates),
        "task": task.task,
        "deadline": deadline_words(task, words),
        "last_day": _exact(task.standing.moved_to if task.standing and task.standing.moved_to else task.deadline_last),
        "note": _note(task, proposals, words),
        "state": words.term("duty-state", task.state) if task.id else None,
        "day": _exact({"done": standing.day, "moved": standing.moved_to}.get(standing.state)) if standing else None,
        "result": standing.result if standing else None,
        "person": standing.person if standing else None,
        "own_note": standing.note if standing else None,
    }


def _exact(value: str | None) -> date | None:
    """A day as a day of the spreadsheet, which sorts it; None where there is none."""
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def document_words(document: values.Document) -> str:
    """ "Kế hoạch 173/KH-UBND (UBND thành phố Hà Nội)"; the file's name where the number is not known."""
    named = " ".join(part for part in (document.type, document.symbol or document.name) if part)
    return f"{named} ({document.organ})" if document.organ else named


def _day(value: str | None, words: Messages) -> values.Cell:
    return _exact(value) or words.day(value)


def _note(task: values.Task, proposals: Proposals, words: Messages) -> str:
    said = [place_words(task.place, task.line, words)]
    said += dict.fromkeys(corrected_words(duty, words) for duty in task.duties if duty.corrected)
    if task.late:
        said.append(words.term("duty-state", "late"))
    if task.standing and task.standing.moved_by:
        said.append(words.say("duty.moved-by", document=task.standing.moved_by))
    said += [proposal_words(proposal, words) for proposal in proposals.get(task.document.id, ())]
    if not task.leads and not task.cooperates:
        said.append(words.say("duties.no-unit"))
    if task.within and task.role != "cooperate":
        said.append(words.say("register.within", role=words.term("role", task.role), unit=task.within))
    elif task.role in ("request", "directed"):
        said.append(words.term("role", task.role))
    if until := last_day(task, words):
        said.append(words.say("register.until", date=until))
    said += [words.say("duties.product", product=task.product)] if task.product else []
    said += [words.say("duties.reports-to", unit=unit) for unit in task.reports_to]
    if task.certainty < SURE:
        said.append(words.say("register.unsure"))
    if task.document.quality < CLEAR:
        said.append(words.say("register.damaged"))
    return "; ".join(said)


def _summary(task: values.Task, words: Messages) -> str:
    units = ", ".join(task.leads or task.cooperates)
    return words.say("register.event", task=first_words(task.task, SUMMARY_WORDS) or document_words(task.document), units=units)


def _description(task: values.Task, placed: bool, proposals: Proposals, words: Messages) -> str:
    """All about a task; ``placed``: its day within the deadline is ours, not the paper's."""
    dated = words.say("tree.dated", date=words.day(task.document.date)) if task.document.date else ""
    lines = [
        (words.say("register-column.task"), task.task),
        (words.say("register-column.lead"), "; ".join(task.leads)),
        (words.say("register-column.cooperate"), "; ".join(task.cooperates)),
        (
            words.say("register-column.document"),
            document_words(task.document) + dated,
        ),
        (words.say("register-column.deadline"), deadline_words(task, words)),
        (words.say("register-column.note"), _note(task, proposals, words)),
    ]
    said = [f"{name}: {value}" for name, value in lines if value]
    if placed:
        said.append(words.say("register.our-day"))
    return "\n".join(said)
