"""How many things are told one by one before a line says how many more there are, and how much is shown around a place."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest

from archive import open_archive
from archive.terminal import commands_keep, print_duties
from archive.terminal.changes import tell_changes, tell_unit_changes
from archive.terminal.commands_web import _processes
from archive.terminal.messages import messages_of
from archive.terminal.print_cites import _print_disagreements
from archive.terminal.print_follow import _around
from archive.terminal.print_lineage import tell_hints
from archive.terminal.print_units import print_unit
from archive.terminal.register_sheet import _note
from archive.terminal.shown import first_words
from archive.terminal.streams import seen
from archive.values import (
    Authority,
    Change,
    CitedDocument,
    Count,
    Outcome,
    Partner,
    Snippet,
    UnitChange,
    UnitHint,
    UnitPage,
    UnitStep,
    UnitSummary,
)
from tests.archive.plans import add_plan
from tests.terminal.terminal_runs import kehoach

WORDS = messages_of("en")
CITED = CitedDocument("k", "Kế hoạch", "1-KH/ĐU", None, None, None, None)
UNIT = UnitSummary("k", "Sở Y tế", (), "tỉnh a", None, 0, 0)


def warned(tell: object, *values: object) -> list[str]:
    """The lines that a function tells a session."""
    session = mock.Mock(words=WORDS)
    tell(*values, session)  # type: ignore[operator]
    return [call.args[0] for call in session.warn.call_args_list]


def test_twenty_changes_are_told_one_by_one() -> None:
    document = mock.Mock(symbol="2-KH/ĐU", id=2)
    changes = [Change(document, f"KH {number}", 1, Outcome("resolved", ()), Outcome("resolved", (CITED,))) for number in range(23)]
    _head, *lines, more = warned(tell_changes, changes)
    assert (len(lines), "3" in more) == (20, True)
    units = [UnitChange(f"Sở {number}", 1, "a", "Sở Y tế", "", 1, True) for number in range(23)]
    _head, *lines, more = warned(tell_unit_changes, units)
    assert (len(lines), "3" in more) == (20, True)


def test_five_hints_of_merged_units_are_told() -> None:
    hints = [UnitHint(f"Sở {number}", "", (UnitStep("k", "Sở Y tế", "", "2025-07-01", "1/NQ", 0, 0),)) for number in range(7)]
    *lines, more = warned(tell_hints, hints)
    assert (len(lines), "2" in more) == (5, True)


def test_twenty_documents_are_named_in_a_remark() -> None:
    old = [mock.Mock(id=number) for number in range(100, 130)]
    with mock.patch.object(print_duties.archive, "read_by_older", return_value=old):
        (line,) = warned(lambda session: print_duties.tell_without_tasks(mock.Mock(), session))
    assert [str(number) in line for number in (119, 120)] == [True, False]


def test_fifteen_partners_of_a_unit_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    partners = tuple(Partner(UnitSummary("k", f"Ban {number}", (), "", None, 0, 0), 1, 0) for number in range(100, 117))
    print_unit(UnitPage(UNIT, (), partners, (), (), 0), mock.Mock(words=WORDS))
    assert capsys.readouterr().out.count("Ban 1") == 15


def test_four_readings_in_which_plans_disagree_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    readings = tuple(Count(f"Tên {number}", 1) for number in range(6))
    _print_disagreements(Authority(CITED, 1, 1, 0, (), (), (), (), readings, (), ()), WORDS)
    shown = capsys.readouterr().out
    assert (shown.count("Tên"), "…" in shown) == (4, True)


def test_120_letters_are_shown_on_either_side_of_what_is_cited() -> None:
    text = "a " * 200 + "NQ" + " a" * 200
    shown = _around(Snippet(text, ((400, 402),)))
    left, right = shown.text.removeprefix("… ").removesuffix(" …").split("NQ")
    assert (len(left), len(right)) == (120, 120)


def test_controls_are_shown_by_their_pictures() -> None:
    assert seen("\x00\x1b\x1f\x7f\x85") == "␀␛␟␡\ufffd"


@pytest.mark.parametrize(("certainty", "quality", "remarks"), [(0.72, 0.8, 0), (0.68, 0.8, 1), (0.72, 0.7, 1), (0.68, 0.7, 2)])
def test_a_register_says_what_is_to_be_compared_with_the_paper(certainty: float, quality: float, remarks: int) -> None:
    document = mock.Mock(quality=quality, id=1)
    said = {"late": False, "standing": None, "within": None, "product": None, "place": mock.Mock(), "line": None}
    task = mock.Mock(**said, role="lead", duties=(), reports_to=(), certainty=certainty, document=document)
    with mock.patch.multiple("archive.terminal.register_sheet", last_day=lambda *_: None, place_words=lambda *_: "I"):
        assert len(_note(task, {}, WORDS).split("; ")) == 1 + remarks


@pytest.mark.parametrize(("cores", "accounts", "expected"), [(16, True, 4), (2, True, 2), (16, False, 1)])
def test_pages_are_served_by_at_most_four_processes(cores: int, accounts: bool, expected: int) -> None:
    with mock.patch("os.cpu_count", return_value=cores):
        assert _processes(accounts) == expected


def test_an_argument_has_as_many_letters_as_a_path_may_have() -> None:
    assert [kehoach("parse", "x/" * 2_048 + more).code for more in ("", "x")] == [3, 2]


def test_a_subject_that_only_names_its_document_has_24_words() -> None:
    assert first_words("từ " * 30).count("từ") == 24


@pytest.mark.parametrize(("files", "lines"), [(60, 61), (61, 2)])
def test_of_more_than_sixty_files_only_those_that_failed_have_a_line(capsys: pytest.CaptureFixture[str], files: int, lines: int) -> None:
    results = [mock.Mock(path=f"{number}.txt", document=None, code=None, status="added", facts={}) for number in range(files)]
    results[0].status = "failed"
    with (
        mock.patch.object(commands_keep, "session_of", return_value=mock.Mock(words=WORDS)),
        mock.patch.object(commands_keep, "_added_row", lambda result, _: (result.path, "", "", "", "")),
    ):
        commands_keep._print_files(results, mock.Mock(), False)
    assert len(capsys.readouterr().out.splitlines()) == lines


def test_five_files_that_were_passed_over_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(7):
        (folder / f"{number}.xyz").touch()
    assert kehoach("add", "--archive", tmp_path / "archive", folder).err.count(".xyz") == 5


@pytest.mark.usefixtures("without_words")
def test_two_hundred_duties_are_shown(tmp_path: Path) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        duties = "".join(f"[lead] Sở Y tế: việc {number}\n" for number in range(1000, 1201))
        add_plan(archive, f"Số 1-KH/ĐU | Kế hoạch | Đảng ủy xã A | A | 2025-11-20 | Phòng dịch\nI. PHÂN CÔNG\n{duties}")
    assert kehoach("duties", "--archive", tmp_path / "archive").out.count("việc 1") == 200
