"""A register that comes back: what people changed in its workbook since it was written (`register_files.sheet_xlsx`).

The workbook keeps on a hidden sheet what its columns held when it was written. A cell that holds the same says nothing, whatever the
archive knows by now; where there is no such sheet any more (the rows were copied to another workbook), what the archive knows takes its
place.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from archive.ask.duty_page import duties_named
from archive.common.duty_states import DONE, MOVED
from archive.errors import NoRegister
from archive.export.long_rows import part_of
from archive.export.register_files import KEPT
from archive.fulltext.filters import one_day
from archive.store.handle import Archive
from archive.values.duties import Duty, DutyEdit
from archive.values.sheets import RegisterChange, RegisterProblem, RegisterReading, RegisterWords
from kehoach_parser import fold

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

#: The columns that people fill in. ``day`` is when a task was done, or to when it was moved.
COLUMNS = ("state", "day", "result", "person", "own_note")
_ID = "id"
#: So many bytes may a workbook hold once it is unpacked: a register of 100,000 rows has 60 million.
_MOST = 400_000_000
_Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the workbook: its number, and the cells of the columns that are read, with the letters of these."""

    number: int
    cells: _Cells
    letters: Mapping[str, str]

    def problem(self, column: str, code: str) -> RegisterProblem:
        return RegisterProblem(f"{self.letters[column]}{self.number}", code, self.cells[column])


def read_register(archive: Archive, data: bytes, words: RegisterWords, *, name: str = "-", everything: bool = False) -> RegisterReading:
    """What a workbook of the register says that it did not say when it was written, or ``everything`` that the archive does not know (one
    that was made again knows nothing of it); nothing is changed by this (`set_duties`).

    ``words`` are those that a register may use, in any language; ``name`` is that of the file in an error. Raises NoRegister.
    """
    parts, kept = _tables(data, words, name)
    rows, problems = _whole(parts, kept)
    duties = duties_named(archive, {row.cells[_ID].lower() for row in rows})
    changes: list[RegisterChange] = []
    seen: set[str | None] = set()
    for row in rows:
        duty = duties.get(row.cells[_ID].lower())
        if duty is None or duty.id in seen:
            problems.append(row.problem(_ID, "unknown-id" if duty is None else "twice"))
            continue
        seen.add(duty.id)
        change, wrong = _change(row, duty, None if everything else kept.get(row.cells[_ID].lower()), words)
        problems += wrong
        changes += [change] if change is not None else []
    there = {part_of(row.cells[_ID])[0].lower() for row in parts}
    return RegisterReading(tuple(changes), tuple(problems), tuple(each for each in kept if each not in there))


def _whole(rows: Sequence[_Row], kept: Mapping[str, _Cells]) -> tuple[list[_Row], list[RegisterProblem]]:
    """The rows with those put together again that stand over several (`long_rows`), and what is wrong with such: a part that is gone or
    twice, parts that say different things."""
    found: dict[tuple[str, int], list[_Row]] = {}  # in the order of the sheet; what is no part is a row of its own
    for row in rows:
        name, _, many = part_of(row.cells[_ID])
        found.setdefault((name, 0) if many > 1 else (name, row.number), []).append(row)
    whole: list[_Row] = []
    problems: list[RegisterProblem] = []
    for (name, _), parts in found.items():
        if part_of(parts[0].cells[_ID])[2] > 1:
            joined, wrong = _joined(name, parts, kept.get(name.lower(), {}))
            whole += [joined] if joined is not None else []
            problems += wrong
        else:
            whole += parts
    return whole, problems


def _joined(name: str, parts: Sequence[_Row], kept: _Cells) -> tuple[_Row | None, list[RegisterProblem]]:
    """The parts of a row as one: texts go on from part to part, of a state and a day the one counts that was changed."""
    numbers = Counter(part_of(part.cells[_ID])[1] for part in parts)
    if set(numbers) != set(range(1, part_of(parts[0].cells[_ID])[2] + 1)) or len(parts) != len(numbers):
        return None, [parts[0].problem(_ID, "part-missing")]
    parts = sorted(parts, key=lambda part: part_of(part.cells[_ID])[1])
    cells = {_ID: name}
    problems: list[RegisterProblem] = []
    for column in COLUMNS:
        texts = [part.cells[column] for part in parts if column in part.cells]
        if column in ("state", "day"):
            said = dict.fromkeys(text for text in texts if text != kept.get(column)) or dict.fromkeys(texts)
            if len(said) > 1:
                problems.append(parts[texts.index(list(said)[1])].problem(column, "differs"))
            if said:
                cells[column] = next(iter(said))
        elif texts:
            text = " ".join(text for text in texts if text)
            as_written = kept.get(column, "")  # which has the blanks, and words that a row's end broke
            cells[column] = as_written if "".join(text.split()) == "".join(as_written.split()) else text
    return _Row(parts[0].number, cells, parts[0].letters), problems


def _change(row: _Row, duty: Duty, kept: _Cells | None, words: RegisterWords) -> tuple[RegisterChange | None, list[RegisterProblem]]:
    """What a row says newly of its duty, and which of its cells cannot be taken."""
    known = _known(duty)
    before = known if kept is None else {**known, **_meant(kept, words)}
    said = _meant(row.cells, words)
    wrong = {column: f"no-{column}" for column in COLUMNS if row.cells.get(column) and column not in said}
    new = {column: value for column, value in said.items() if value not in (before[column], known[column])}
    wrong |= _unfounded(new, new.get("state", known["state"]), duty)
    changed = {column: value for column, value in new.items() if column not in wrong}
    problems = [row.problem(column, code) for column, code in wrong.items()]
    if not changed:
        return None, problems
    meanwhile = tuple(column for column in changed if known[column] != before[column])
    return RegisterChange(row.number, duty, _edit(changed, changed.get("state", known["state"])), meanwhile), problems


def _meant(cells: _Cells, words: RegisterWords) -> dict[str, str]:
    """The columns that people fill in, as far as they are understood: the state as it is named, the day as YYYY-MM-DD."""
    meant = {column: cells[column] for column in COLUMNS if column in cells}
    if "state" in meant:
        meant["state"] = words.states.get(fold(meant["state"]), "")
    if meant.get("day"):
        meant["day"] = one_day(meant["day"]) or "?"
    return {column: value for column, value in meant.items() if (column, value) not in _NOT_UNDERSTOOD}


#: A state is never empty; "?" stands for a day that is none.
_NOT_UNDERSTOOD = (("state", ""), ("day", "?"))


def _unfounded(new: _Cells, state: str, duty: Duty) -> dict[str, str]:
    """What a row cannot mean: that a duty is moved and nobody says to when, a day that is that of nothing."""
    moved = duty.standing is not None and duty.standing.moved_to is not None
    found = {}
    if new.get("state") == MOVED and not new.get("day") and not moved:
        found["state"] = "moved-without-day"
    if new.get("day") and state not in (DONE, MOVED):
        found["day"] = "day-of-what"
    return found


def _edit(changed: _Cells, state: str) -> DutyEdit:
    """What is to be said of a duty: the day of a row is that of the state beside it, where it was typed with it."""
    day = changed.get("day")
    return DutyEdit(
        state=changed.get("state"),
        day=day if state == DONE else None,
        moved_to=day or None if state == MOVED else None,
        result=changed.get("result"),
        person=changed.get("person"),
        note=changed.get("own_note"),
    )


def _known(duty: Duty) -> dict[str, str]:
    """What the archive knows of a duty, as the columns of a register say it."""
    standing = duty.standing
    if standing is None:
        return {**dict.fromkeys(COLUMNS, ""), "state": duty.state}
    day = {DONE: standing.day, MOVED: standing.moved_to}.get(standing.state)
    said = {"day": day, "result": standing.result, "person": standing.person, "own_note": standing.note}
    return {"state": standing.state, **{column: value or "" for column, value in said.items()}}


def _tables(data: bytes, words: RegisterWords, name: str) -> tuple[list[_Row], dict[str, _Cells]]:
    """The rows of the first sheet that has a column of ids, and what the hidden sheet keeps of each id. Raises NoRegister."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST:
                raise NoRegister(name=name)
        book = load_workbook(io.BytesIO(data), data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise NoRegister(name=name) from error
    kept = {row.cells[_ID].lower(): row.cells for row in _rows(book[KEPT], {key: key for key in (_ID, *COLUMNS)})} if KEPT in book else {}
    for sheet in book.worksheets:
        if sheet.title != KEPT and (rows := list(_rows(sheet, words.heads))):
            return rows, kept
    raise NoRegister(name=name)


def _rows(sheet: Worksheet, heads: Mapping[str, str]) -> Iterator[_Row]:
    """The rows under the first one that heads a column of ids."""
    from openpyxl.utils import get_column_letter

    columns: dict[str, int] = {}
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        texts = [_text(cell) for cell in cells]
        if not columns:
            found = {heads[key]: column for column, text in enumerate(texts) if (key := fold(text)) in heads}
            columns = found if _ID in found else {}
        elif texts[columns[_ID]]:
            letters = {key: get_column_letter(column + 1) for key, column in columns.items()}
            yield _Row(number, {key: texts[column] for key, column in columns.items()}, letters)


def _text(cell: object) -> str:
    """What stands in a cell, days as YYYY-MM-DD."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()
