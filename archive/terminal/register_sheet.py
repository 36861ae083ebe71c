"""The register of tasks in words: the columns that offices use, the workbook, the CSV and the calendar made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from archive.terminal.duty_words import deadline_words, last_day, place_words
from archive.terminal.messages import Words
from archive.terminal.shown import shorten

if TYPE_CHECKING:
    from archive import Cell, Document, Task

#: The columns (TT, Văn bản, Ngày, Đơn vị chủ trì, Đơn vị phối hợp, Nội dung nhiệm vụ, Thời hạn, Ghi chú), and their widths in letters.
COLUMNS = {"number": 5, "document": 22, "date": 11, "lead": 24, "cooperate": 28, "task": 52, "deadline": 14, "note": 22}
#: Readings below this are to be compared with the paper.
SURE = 0.7
#: Texts below this quality are damaged by OCR.
CLEAR = 0.75
#: Words of a task in the head line of an event.
SUMMARY_WORDS = 16


def register_xlsx(tasks: Sequence[Task], words: Words, made: datetime) -> bytes:
    """The register as a workbook."""
    from archive import Sheet, sheet_xlsx

    plans = len({task.document.id for task in tasks})
    note = words.say("register.note", tasks=len(tasks), plans=plans, date=words.day(made.date().isoformat()))
    rows = [_cells(number, task, words) for number, task in enumerate(tasks, 1)]
    name, title, page = words.say("register.sheet"), words.say("register.title"), words.say("register.page")
    return sheet_xlsx(Sheet(name, title, note, heads(words), tuple(COLUMNS.values()), rows, page, made))


def register_csv(tasks: Sequence[Task], words: Words) -> str:
    """The register as CSV for Excel."""
    from archive import sheet_csv

    return sheet_csv(heads(words), [_cells(number, task, words) for number, task in enumerate(tasks, 1)])


def register_calendar(tasks: Sequence[Task], words: Words) -> tuple[bytes, int]:
    """The deadlines as a calendar, and how many there are."""
    from archive import Entry, calendar_file, has_day

    dated = [task for task in tasks if has_day(task)]
    entries = [Entry(task, _summary(task, words), _description(task, words)) for task in dated]
    return calendar_file(entries, words.say("register.calendar-name")), len(dated)


def heads(words: Words) -> tuple[str, ...]:
    """The heads of the columns."""
    return tuple(words.say(f"register-column.{name}") for name in COLUMNS)


def _cells(number: int, task: Task, words: Words) -> tuple[Cell, ...]:
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


def document_words(document: Document) -> str:
    """ "Kế hoạch 173/KH-UBND (UBND thành phố Hà Nội)"; the file's name where the number is not known."""
    named = " ".join(part for part in (document.type, document.symbol or document.name) if part)
    return f"{named} ({document.organ})" if document.organ else named


def _day(value: str | None, words: Words) -> Cell:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return words.day(value)


def _deadline(task: Task, words: Words) -> Cell:
    """A day as a day, so that a spreadsheet sorts it; else as it is printed."""
    found = _day(task.deadline, words) if task.recurs is None else None
    return found if isinstance(found, date) else deadline_words(task, words)


def _note(task: Task, words: Words) -> str:
    said = [place_words(task.place, task.line, words)]
    if task.within and task.role != "cooperate":
        said.append(words.say("register.within", role=words.term("role", task.role), unit=task.within))
    elif task.role in ("request", "directed"):
        said.append(words.term("role", task.role))
    if until := last_day(task, words):
        said.append(words.say("register.until", date=until))
    said += [words.say("duties.reports-to", unit=unit) for unit in task.reports_to]
    if task.certainty < SURE:
        said.append(words.say("register.unsure"))
    if task.document.quality < CLEAR:
        said.append(words.say("register.damaged"))
    return "; ".join(said)


def _summary(task: Task, words: Words) -> str:
    units = ", ".join(task.leads or task.cooperates)
    return words.say("register.event", task=shorten(task.task, SUMMARY_WORDS) or document_words(task.document), units=units)


def _description(task: Task, words: Words) -> str:
    from archive import is_placed_by_us

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
    if is_placed_by_us(task):
        said.append(words.say("register.our-day"))
    return "\n".join(said)
