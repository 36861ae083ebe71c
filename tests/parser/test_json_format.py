"""Plan JSON from outside: read, or refused with the place of what is wrong; nothing else, whatever it is."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import fields
from typing import Any

import pytest

from kehoach_parser import parse, plan_from_dict, plan_from_json, plan_to_dict, plan_to_json, text_of
from tests.laws.contract import problems

TEXT = """ỦY BAN NHÂN DÂN
XÃ AN BÌNH
Số: 12/KH-UBND

An Bình, ngày 20 tháng 3 năm 2026

KẾ HOẠCH
Tổ chức hội thi năm 2026

Thực hiện Nghị quyết số 45-NQ/TW ngày 24/11/2023 của Ban Chấp hành Trung ương; Ủy ban nhân dân xã xây dựng Kế hoạch như sau:

I. MỤC ĐÍCH
1. Tuyên truyền sâu rộng.
II. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế chủ trì, phối hợp Trạm Y tế tổ chức hội thi trước ngày 15/4/2026.
2. Bảng phân công

| STT | Nhiệm vụ | Đơn vị chủ trì | Thời gian |
|-----|----------|----------------|-----------|
| 1 | Tổ chức hội thi | Phòng Kinh tế | 15/4/2026 |
| 2 | Kiểm tra an toàn | Trạm Y tế | 20/4/2026 |

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn An
"""
PLAN = parse(text_of(TEXT))
GOOD = plan_to_dict(PLAN)

#: A place begins with a key of the contract; its steps are keys and indices.
PLACE = re.compile(r"[a-z_]+(?:\[\d+\]|\.[a-z_0-9]+)*: ")


def at(*steps: str | int) -> tuple[str | int, ...]:
    return steps


@pytest.mark.parametrize(
    ("steps", "value", "said"),
    [
        (at("citations", 0, "span"), "x", "citations[0].span: two whole numbers expected, not 'x'"),
        (at("citations", 0, "span"), [9, 3], "citations[0].span: a span that ends behind its beginning expected, not a list"),
        (at("citations", 0, "span"), [1, 2, 3], "citations[0].span: two whole numbers expected, not a list"),
        (at("citations", 0, "span"), [-1, 3], "citations[0].span: numbers from 0 on expected, not a list"),
        (at("citations", 0, "node"), 999, "citations[0].node: the id of a node expected, not 999"),
        (at("citations", 0, "candidates"), None, "citations[0].candidates: a list expected, not None"),
        (at("citations", 0, "candidates"), ["a", 2], "citations[0].candidates[1]: text expected, not 2"),
        (at("citations", 0, "certainty"), float("nan"), "citations[0].certainty: a number from 0 to 1 expected, not nan"),
        (at("citations", 0, "certainty"), True, "citations[0].certainty: a number from 0 to 1 expected, not True"),
        (at("citations", 0), [], "citations[0]: an object expected, not a list"),
        (at("citations"), {}, "citations: a list expected, not an object"),
        (at("header", "organ", "value"), 7, "header.organ.value: text expected, not 7"),
        (at("header"), None, "header: an object expected, not None"),
        (at("nodes", 1, "id"), True, "nodes[1].id: a whole number from 0 on expected, not True"),
        (at("nodes", 1, "part"), 8, "nodes[1].part: the id of a part expected, not 8"),
        (at("nodes", 1, "parent"), 10**400, "nodes[1].parent: the id of a node expected, not a number of many digits"),
        (at("dates", 0, "from"), 3, "dates[0].from: text expected, not 3"),
        (at("assignments", 0, "primary"), 1, "assignments[0].primary: true or false expected, not 1"),
        (at("assignments", 0, "deadlines"), [0, 99], "assignments[0].deadlines: indices of dates expected, not a list"),
        (at("assignments", 0, "tasks", 0, "row"), [7, 7], "assignments[0].tasks[0].row: a table with its row expected, not a list"),
        (at("assignments", 0, "tasks", 0, "deadline"), 99, "assignments[0].tasks[0].deadline: the index of a date expected, not 99"),
        (at("tables", 0, "rows", 1, "cells", 0), [5], "tables[0].rows[1].cells[0]: two whole numbers expected, not a list"),
        (at("tables", 0, "rows", 0, "node"), 999, "tables[0].rows[0].node: the id of a node expected, not 999"),
        (at("tables", 0, "columns", 0, "heading"), None, "tables[0].columns[0].heading: an object expected, not None"),
        (at("source", "length"), 1.5, "source.length: a whole number from 0 on expected, not 1.5"),
        (at("version"), 2, "not kehoach-plan version 1: 'kehoach-plan' 2"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(steps: tuple[str | int, ...], value: object, said: str) -> None:
    changed = deepcopy(GOOD)
    inner: Any = changed
    for step in steps[:-1]:
        inner = inner[step]
    inner[steps[-1]] = value
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        plan_from_dict(changed)


def test_what_is_missing_is_told_with_its_place() -> None:
    changed = deepcopy(GOOD)
    del changed["citations"][0]["relation"]
    with pytest.raises(ValueError, match=r"^citations\[0\]\.relation: a value expected$"):
        plan_from_dict(changed)


@pytest.mark.parametrize("body", ["", "{", "null", "[]", "7", '"x"', "[" * 100_000, '{"a":' * 100_000, "1" * 10_000, "{}", "\ud800", "NaN"])
def test_what_is_no_plan_at_all(body: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - what it says is the JSON reader's
        plan_from_json(body)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a JSON value, as what holds it and its key or index there."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()):
        yield value, key
        yield from places(inner)


JUNK = (
    None,
    True,
    False,
    0,
    -1,
    10**30,
    0.5,
    float("nan"),
    float("inf"),
    "",
    "x",
    "\ud800",
    [],
    [[]],
    [0, 0],
    [3, 1],
    [None],
    {},
    {"value": []},
)


def put(holder: Any, key: Any, chance: random.Random) -> None:
    holder[key] = deepcopy(chance.choice(JUNK))


def drop(holder: Any, key: Any, chance: random.Random) -> None:
    del holder[key]


def double(holder: Any, key: Any, chance: random.Random) -> None:
    holder[key] = [deepcopy(holder[key])] * 2 if isinstance(holder, dict) else deepcopy(holder)


def swap(holder: Any, key: Any, chance: random.Random) -> None:
    other = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    holder[key], holder[other] = holder[other], holder[key]


def rename(holder: Any, key: Any, chance: random.Random) -> None:
    if isinstance(holder, dict):
        holder[chance.choice(["", "span", "node", "x", "value"])] = holder.pop(key)


CHANGES: tuple[Callable[[Any, Any, random.Random], None], ...] = (put, put, drop, double, swap, rename)


def changed_plan(good: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A plan with one to three changes by chance."""
    body: dict[str, Any] = deepcopy(good)
    for _ in range(chance.randint(1, 3)):
        chance.choice(CHANGES)(*chance.choice(list(places(body))), chance)
    return body


def read_or_refused(body: dict[str, Any]) -> bool:
    """Whether a changed plan was read, and then is one; else it was refused with a place that is in it or could be."""
    refused = ""
    try:
        plan = plan_from_json(json.dumps(body))
    except ValueError as error:
        refused = str(error)
    if refused:
        assert PLACE.match(refused) or refused.startswith("not kehoach-plan version 1"), refused
        return False
    assert plan_from_json(plan_to_json(plan)) == plan
    return True


def test_a_changed_plan_is_read_or_refused() -> None:
    chance = random.Random(16)
    read = sum(read_or_refused(changed_plan(GOOD, chance)) for _ in range(400))
    assert 20 < read < 380, "some of the changes mean something, most do not"


def test_the_plan_that_is_changed_has_all_kinds_of_values() -> None:
    assert problems(GOOD, TEXT) == []
    assert all(GOOD[key] for key in ("nodes", "citations", "dates", "assignments", "tables", "recipients"))
    assert plan_from_dict(GOOD) == PLAN


@pytest.mark.parametrize("last", ["footnotes", "citations"])
def test_a_plan_as_far_as_a_field(last: str) -> None:
    """What stands behind it is not read: it may be of any form."""
    names = [field.name for field in fields(PLAN)]
    behind = names[names.index(last) + 1 :]
    given = {name: value for name, value in GOOD.items() if name not in behind}
    body = json.dumps(given, ensure_ascii=False).removesuffix("}")
    read = plan_from_json(f'{body}, "dates": [what is no JSON', last)
    assert [getattr(read, name) for name in names if name not in behind] == [getattr(PLAN, name) for name in names if name not in behind]
    assert not any(getattr(read, name) for name in behind)


def test_keys_in_another_order_are_read_as_well() -> None:
    body = json.dumps(dict(reversed(GOOD.items())))
    assert plan_from_json(body, "footnotes") == PLAN


def test_a_wrong_value_before_the_last_field_is_told_with_its_place() -> None:
    changed = deepcopy(GOOD)
    changed["nodes"][1]["id"] = True
    with pytest.raises(ValueError, match=r"^nodes\[1\]\.id: a whole number from 0 on expected, not True$"):
        plan_from_json(json.dumps(changed), "footnotes")
