"""What the columns of a table are for, by the words of its head (data/tables.toml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import table

#: Roles whose cells name units.
UNITS = frozenset({"lead", "cooperate", "assigned"})
_MOST_WORDS = 12  # in the head of a column that has a role; a longer one is a sentence


@dataclass(frozen=True, slots=True)
class Heads:
    """Roles with the patterns of their heads, in the order in which they are tried; and how cells of units and of time look.

    ``procedures``: words of the heads of catalogues of administrative procedures, which give no tasks.
    """

    roles: tuple[tuple[str, re.Pattern[str]], ...]
    units: re.Pattern[str]
    time: re.Pattern[str]
    procedures: re.Pattern[str]


@cache
def heads() -> Heads:
    """The lists of data/tables.toml."""
    data = table("tables")
    roles = tuple((each["name"], _role(each.get("whole", ()), each.get("holds", ()))) for each in data["role"])
    units = re.compile(rf"(?:{_either(data['cells']['units'])})(?!\w)")
    time, procedures = (rf"(?<!\w)(?:{_either(data['cells'][name])})(?!\w)" for name in ("time", "procedures"))
    return Heads(roles, units, re.compile(rf"{time}|\d"), re.compile(procedures))


def _either(phrases: list[str]) -> str:
    return "|".join(re.escape(_key(phrase)) for phrase in sorted(phrases, key=len, reverse=True))


def _role(whole: list[str], holds: list[str]) -> re.Pattern[str]:
    parts = [*([rf"^(?:{_either(whole)})$"] if whole else ()), *([rf"(?<!\w)(?:{_either(holds)})(?!\w)"] if holds else ())]
    return re.compile("|".join(parts))


def _key(text: str) -> str:
    return " ".join(fold(text).split())


def role_of(head: str) -> str:
    """The role that the head of a column gives: number | task | lead | cooperate | assigned | deadline | product | place | money | note |
    other."""
    key = _key(head.replace("*", "").replace("_", "")).strip(" .:")  # marks of Markdown
    if not key or len(key.split()) > _MOST_WORDS:
        return "other"
    return next((name for name, pattern in heads().roles if pattern.search(key)), "other")


def roles_of(cells: Sequence[str]) -> tuple[str, ...]:
    """The roles of a table's columns. What is to be done stands in one: "Nhiệm vụ | Văn bản giao nhiệm vụ" are task and other.

    Where no head says so it is the column after the numbers, if others say who and by when: "Tên thông tin thống kê | Thời gian | Đơn vị".
    """
    roles = [role_of(cell) for cell in cells]
    if "task" not in roles and roles[:2] == ["number", "other"] and "deadline" in roles and UNITS & set(roles):
        roles[1] = "task"
    first = roles.index("task") if "task" in roles else len(roles)
    return tuple("other" if role == "task" and at > first else role for at, role in enumerate(roles))


def names_a_unit(cell: str) -> bool:
    """Whether a cell begins as the name of a unit does, a bullet aside."""
    return heads().units.match(_key(cell).lstrip("-+* ")) is not None


def says_a_time(cell: str) -> bool:
    """Whether a cell holds a number or a word of time."""
    return heads().time.search(_key(cell)) is not None


def is_catalogue(cells: Sequence[str]) -> bool:
    """Whether these heads are those of a catalogue of administrative procedures."""
    return any(heads().procedures.search(_key(cell)) for cell in cells)
