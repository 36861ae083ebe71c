"""The register of tasks in words: the columns that offices use, the workbook, the CSV and the calendar made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import archive
from archive import values
from archive.terminal.duty_words import deadline_words, last_day, place_words
from archive.terminal.messages import Messages
from archive.terminal.shown import first_words

#: The columns (TT, Văn bản, Ngày, Đơn vị chủ trì, Đơn vị phối hợp, Nội dung nhiệm vụ, Thời hạn, Ghi chú), and their widths in letters.
COLUMNS = {"number": 5, "document": 22, "date": 11, "lead": 24, "cooperate": 28, "task": 52, "deadline": 14, "note": 22}
#: Readings below this are to be compared with the paper.
SURE = 0.7
#: Texts below this quality are damaged by OCR.
CLEAR = 0.75
#: Words of a task in the head line of an event.
SUMMARY_WORDS = 16


def register_xlsx(tasks: Sequence[values.Task], words: Messages, made: datetime) -> bytes:
    """The register as a workbook."""
    plans = len({task.document.id for task in tasks})
    note = words.say("register.note", tasks=len(tasks), plans=plans, date=words.day(made.date().isoformat()))
    rows = [_cells(number, task, words) for number, task in enumerate(tasks, 1)]
    name, title, page = words.say("register.sheet"), words.say("register.title"), words.say("register.page")
    heads = tuple(words.say(f"register-column.{name}") for name in COLUMNS)
    return archive.sheet_xlsx(values.Sheet(name, title, note, heads, tuple(COLUMNS.values()), rows, page, made))


def register_csv(tasks: Iterable[values.Task], words: Messages, heads: Sequence[str]) -> Iterator[str]:
    """The register as CSV for Excel, under these heads, line by line as the tasks come."""
    return archive.sheet_csv_lines(heads, (_cells(number, task, words) for number, task in enumerate(tasks, 1)))


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


def register_calendar(tasks: Sequence[values.Task], words: Messages) -> tuple[bytes, int]:
    """The deadlines as a calendar, and how many there are."""

    def said(task: values.Task, placed: bool) -> tuple[str, str]:
        return _summary(task, words), _description(task, placed, words)

    return archive.calendar_file(tasks, words.say("register.calendar-name"), said)


def _cells(number: int, task: values.Task, words: Messages) -> tuple[values.Cell, ...]:
    return (
        number,
        document_words(task.document),
        _day(task.document.date, words),
        "; ".join(task.leads),
        "; ".join(task.cooperates),
        task.task,
        _deadline(task, words),
        _note(task, words),
    )


def document_words(document: values.Document) -> str:
    """ "Kế hoạch 173/KH-UBND (UBND thành phố Hà Nội)"; the file's name where the number is not known."""
    named = " ".join(part for part in (document.type, document.symbol or document.name) if part)
    return f"{named} ({document.organ})" if document.organ else named


def _day(value: str | None, words: Messages) -> values.Cell:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return words.day(value)


def _deadline(task: values.Task, words: Messages) -> values.Cell:
    """A day as a day, so that a spreadsheet sorts it; else as it is printed."""
    found = _day(task.deadline, words) if task.recurs is None else None
    return found if isinstance(found, date) else deadline_words(task, words)


def _note(task: values.Task, words: Messages) -> str:
    said = [place_words(task.place, task.line, words)]
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


def _description(task: values.Task, placed: bool, words: Messages) -> str:
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
        (words.say("register-column.note"), _note(task, words)),
    ]
    said = [f"{name}: {value}" for name, value in lines if value]
    if placed:
        said.append(words.say("register.our-day"))
    return "\n".join(said)
