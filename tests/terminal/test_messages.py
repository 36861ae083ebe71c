"""The catalogue: both languages say the same things, everything said in code can be said, and nothing lies unused."""

from __future__ import annotations

import ast
import string
from functools import cache
from pathlib import Path

import pytest

import archive
import kehoach_parser
from archive.errors import ArchiveError
from archive.terminal.language import language
from archive.terminal.messages import messages_of
from archive.terminal.typed_names import ROLES
from archive.terminal.wording import SYSTEM, explain, reason, told
from cli import build
from kehoach_parser import ReadError
from kehoach_parser.model import ASSIGNMENT_ROLES, CITATION_PLACES, RELATIONS

VI, EN = messages_of("vi"), messages_of("en")
TERMINAL = Path(archive.__file__).parent / "terminal"

#: Families whose keys are made of a value: every key of such a family may be asked for.
FAMILIES = (
    "role",
    "relation",
    "where",
    "how",
    "page",
    "drawing",
    "rank",
    "stated",
    "coverage",
    "lint",
    "status",
    "doubt",
    "correction",
    "look",
    "level",
    "part",
    "fact.kind",
    "fact.what",
    "error",
    "finding",
    "field",
    "column",
    "stats",
    "system",
    "evidence",
    "conflict",
    "outcome",
    "disagree",
    "every",
    "csv",
    "register-column",
    "unit-field",
    "duty-state",
    "duty-field",
    "duty-part",
    "proposal",
    "register-back",
    "stale",
    "kind",
    "verdict",
    "join",
    "split",
    "twin",
    "differs",
    "change",
    "diff",
    "action",
    "gain",
    "web-role",
)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys_and_placeholders() -> None:
    assert VI.texts.keys() == EN.texts.keys()
    assert [key for key in VI.texts if placeholders(VI.texts[key]) != placeholders(EN.texts[key])] == []


def test_the_languages_differ() -> None:
    same = {key for key in VI.texts if VI.texts[key] == EN.texts[key]}
    names = (
        "fact.kind.",
        "progress.",
        "add.count",
        "tree.duty",
        "changes.one",
        "duty.entry",
        "duty.lost",
        "register-back.change",
        "web.user",
    )
    assert {key for key in same if not key.startswith(names)} == set()


def literals() -> set[str]:
    """Every string in the code of the terminal and of cli.py, the fixed beginnings of f-strings included."""
    found = set()
    for path in (*TERMINAL.glob("*.py"), TERMINAL.parents[1] / "cli.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def said_keys() -> set[str]:
    """The literal keys given to `say` and `reason`."""
    found = set()
    for path in (*TERMINAL.glob("*.py"), TERMINAL.parents[1] / "cli.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "say":
                asked = [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else [node.args[0]]
                found |= {key.value for key in asked if isinstance(key, ast.Constant)}
    return found


def test_every_key_in_the_code_exists() -> None:
    assert said_keys() > {"run.interrupted", "usage.try", "add.summary"}
    assert sorted(said_keys() - VI.texts.keys()) == []


def test_every_help_key_of_a_command_exists() -> None:
    for command in build().registered_commands:
        assert VI.knows(str(command.help)), command.help
    keys = {text for text in literals() if text.startswith(("help.", "usage.")) and " " not in text and not text.endswith(".")}
    assert sorted(keys - VI.texts.keys()) == []


def test_no_message_lies_unused() -> None:
    commands = {f"help.command.{command.name}" for command in build().registered_commands}
    used = literals() | commands
    unused = [key for key in VI.texts if key not in used and not key.startswith(tuple(f"{family}." for family in FAMILIES))]
    assert unused == []


def test_words_of_every_role_relation_and_place() -> None:
    assert set(ROLES) == set(ASSIGNMENT_ROLES)
    for words in (VI, EN):
        for family, names in (("role", ASSIGNMENT_ROLES), ("relation", RELATIONS), ("where", (*CITATION_PLACES, "header", "end"))):
            assert [name for name in names if not words.knows(f"{family}.{name}")] == []


def tree(kind: type) -> list[type]:
    return [kind, *(inner for child in kind.__subclasses__() for inner in tree(child))]


@cache
def codes() -> list[str]:
    """Every code of the error trees; codes of a query and of the alias file stand in the source, where they are raised."""
    found = {getattr(kind, "code") for root in (ReadError, ArchiveError) for kind in tree(root)}  # noqa: B009
    for path in TERMINAL.parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value.startswith(("query-", "alias-", "correct-", "account-", "upload-", "worker-"))
                and " " not in node.value
            ):
                found.add(node.value)
    return sorted(found)


def test_every_error_has_words() -> None:
    for words in (VI, EN):
        assert [code for code in codes() if not words.knows(f"error.{code}")] == []


def test_no_words_for_errors_that_do_not_exist() -> None:
    known = {"unworded", *codes()}
    assert {key for key in VI.texts if key.startswith("error.")} - {f"error.{code}" for code in known} == set()


def finding_codes() -> set[str]:
    """The codes that a check can find, as its documentation lists them."""
    listed = (archive.values.Finding.__doc__ or "").split("Codes:")[1].split("``facts``")[0]
    return {word.strip("(). \n") for word in listed.replace(";", ",").replace("(errors)", "").replace("(notes)", "").split(",")}


def test_every_finding_has_words() -> None:
    assert "not-indexed" in finding_codes()
    assert {f"finding.{code}" for code in finding_codes()} == {key for key in VI.texts if key.startswith("finding.")}


def test_facts_fill_in_the_words() -> None:
    error = kehoach_parser.errors.NotText("a.pdf", kind="pdf")
    assert "Tệp a.pdf là PDF" in str(told(error, VI))
    assert "a.pdf is a PDF" in str(told(error, EN))


def test_a_query_shows_where_it_went_wrong() -> None:
    lines = reason("query-unbalanced-quote", {"query": 'a "b', "position": 2}, VI).split("\n")
    assert lines[1:] == ['  a "b', "    ^"]


def test_candidates_are_listed() -> None:
    said = reason("unknown-document", {"ref": "9", "candidates": ("1: 35-KH/ĐU", "2: 4-KH/TU")}, EN)
    assert said.split("\n")[1:] == ["Perhaps:", "  1: 35-KH/ĐU", "  2: 4-KH/TU"]


@pytest.mark.parametrize("number", sorted(SYSTEM))
def test_errors_of_the_system_name_the_file(number: int) -> None:
    assert "/tmp/x" in str(told(OSError(number, "whatever", "/tmp/x"), VI))
    assert told(OSError(number, "whatever"), VI)


def test_an_unforeseen_error_leaves_a_report_and_no_traceback() -> None:
    try:
        raise ZeroDivisionError("chia cho không")
    except ZeroDivisionError as error:
        said = explain(error, VI, {})
    assert "\n" not in said
    assert "Traceback" not in said
    report = Path(said.split("ghi tại ")[1].split(";")[0])
    assert "ZeroDivisionError: chia cho không" in report.read_text(encoding="utf-8")
    report.unlink()


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "vi"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LANG": "POSIX"}, "vi"),
        ({"LANG": "fr_FR.UTF-8"}, "vi"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en"}, "en"),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "vi"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "vi_VN"}, "en"),
        ({"KEHOACH_LANG": "vi", "LC_ALL": "en_US"}, "vi"),
        ({"KEHOACH_LANG": "EN", "LC_ALL": "vi_VN"}, "en"),
    ],
)
def test_language(environ: dict[str, str], expected: str) -> None:
    assert language(environ) == expected


def test_days_are_written_as_people_write_them() -> None:
    assert [VI.day(value) for value in ("2025-11-20", "2025-11", "2025", "2020/2025", None)] == [
        "20/11/2025",
        "11/2025",
        "2025",
        "2020–2025",
        "",
    ]
    assert EN.day("2025-11-20") == "2025-11-20"
