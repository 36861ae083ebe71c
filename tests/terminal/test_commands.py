"""Every documented command runs over the fixtures, with data on stdout and everything else on stderr, in both languages."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from terminal_runs import FIXTURES, kehoach, sheet, streams, table

from archive.terminal.commands_ask import CITED_COLUMNS, HIT_COLUMNS, SEARCH_COLUMNS
from archive.terminal.commands_duties import DUTY_COLUMNS
from archive.terminal.commands_follow import GAP_COLUMNS, LINT_COLUMNS, STEP_COLUMNS
from archive.terminal.commands_keep import FINDING_COLUMNS
from archive.terminal.commands_look import LIST_COLUMNS
from archive.terminal.commands_pending import PENDING_COLUMNS
from archive.terminal.commands_units import UNIT_COLUMNS
from archive.terminal.messages import messages_of
from archive.terminal.runner import run
from cli import COMMANDS, build
from kehoach_parser import parse, plan_from_dict, plan_to_dict, read_file

#: One run of each command that shows something; "show" and "stats" are no tables.
SHOWING: dict[str, tuple[str, ...]] = {
    "list": ("list",),
    "show": ("show", "1"),
    "stats": ("stats",),
    "search": ("search", '"tuyên truyền"'),
    "cites": ("cites", "18-NQ/TW"),
    "cited-by": ("cited-by", "3"),
    "duties": ("duties", "tuyên truyền"),
    "units": ("units",),
    "unit": ("unit", "Công an xã"),
    "check": ("check",),
    "graph": ("graph",),
}
#: One run of each command that prints a table, and its columns.
TABLES: dict[tuple[str, ...], tuple[str, ...]] = {
    SHOWING["list"]: LIST_COLUMNS,
    SHOWING["search"]: SEARCH_COLUMNS,
    SHOWING["cites"]: (*CITED_COLUMNS, *HIT_COLUMNS),
    SHOWING["cited-by"]: (*CITED_COLUMNS, *HIT_COLUMNS),
    SHOWING["duties"]: DUTY_COLUMNS,
    SHOWING["units"]: UNIT_COLUMNS,
    SHOWING["check"]: FINDING_COLUMNS,
    ("cascade", "18-NQ/TW@2017"): STEP_COLUMNS,
    ("gaps", "18-NQ/TW@2017"): GAP_COLUMNS,
    ("lint",): LINT_COLUMNS,
    ("pending",): PENDING_COLUMNS,
}
EN, VI = messages_of("en"), messages_of("vi")


def test_every_command_has_help_in_both_languages() -> None:
    for name in COMMANDS:
        vietnamese, english = (kehoach(name, "--help", KEHOACH_LANG=language) for language in ("vi", "en"))
        assert (vietnamese.code, english.code) == (0, 0)
        assert "Cách dùng:" in vietnamese.out
        assert "Tuỳ chọn" in vietnamese.out
        assert "Usage:" in english.out
        for unwanted in ("help.", "usage.", "Usage", "Options", "Show this message", "<bool>"):
            assert unwanted not in vietnamese.out, (name, unwanted)
        assert not any(letter in english.out.replace("cổ động trực quan", "").replace("Luật Việc làm", "") for letter in "ữợệ"), name


def test_a_command_is_the_same_alone_as_among_all() -> None:
    with streams(b"") as (out, _):
        assert run(build(), ["duties", "--help"], {}) == 0
        sys.stdout.flush()
    assert kehoach("duties", "--help").out == out.getvalue().decode()


def test_help_lists_every_command() -> None:
    out = kehoach("--help").out
    assert [name for name in COMMANDS if f" {name} " not in out] == []
    assert kehoach().out == out


def test_version() -> None:
    assert kehoach("--version").out.startswith("kehoach 0.")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", SHOWING)
def test_shows_something_for_people(built: Path, name: str, language: str) -> None:
    result = kehoach(*SHOWING[name], "--archive", built, KEHOACH_LANG=language)
    assert result.code == 0, result.err
    assert result.out.strip() or name == "check"
    assert "Traceback" not in result.err


@pytest.mark.parametrize("name", SHOWING)
def test_json_is_the_same_in_every_language(built: Path, name: str) -> None:
    vietnamese, english = (kehoach(*SHOWING[name], "--json", "--archive", built, KEHOACH_LANG=language) for language in ("vi", "en"))
    json.loads(vietnamese.out)
    assert vietnamese.out == english.out


@pytest.mark.parametrize(("command", "columns"), TABLES.items())
def test_heads_of_csv_are_those_asked_for(built: Path, command: tuple[str, ...], columns: tuple[str, ...]) -> None:
    english, vietnamese, keys = (
        sheet(kehoach(*command, "--csv", *heads, "--archive", built).out) for heads in (("--heads", "en"), ("--heads", "vi"), ())
    )
    assert keys[0] == list(columns)
    assert kehoach(*command, "--csv", "--archive", built).out == kehoach(*command, "--csv", "--archive", built, KEHOACH_LANG="en").out
    assert english[0] == [EN.say(f"csv.{name}") for name in columns]
    assert vietnamese[0] == [VI.say(f"csv.{name}") for name in columns]
    assert len(set(vietnamese[0])) == len(set(english[0])) == len(columns)
    assert {len(line) for line in vietnamese} == {len(columns)}
    assert len(vietnamese) == len(english)
    assert len(english) > 1 or command in {("check",), ("pending",), ("cascade", "18-NQ/TW@2017")}


@pytest.mark.parametrize("name", SHOWING)
def test_a_pipe_is_not_padded_and_nothing_is_cut(built: Path, name: str) -> None:
    lines = kehoach(*SHOWING[name], "--archive", built).out.splitlines()
    assert [line for line in lines if line != line.rstrip()] == []
    assert [line for line in lines if "   " in line.strip("│├└─ ")] == []
    if name in ("list", "units", "cited-by"):
        rows = [line.split("\t") for line in lines]
        assert len(rows) > 2
        assert {len(row) > len(rows[0]) for row in rows} == {False}
        assert " …" not in "".join(lines)


def test_add_tells_what_became_of_each_file(tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    for path in sorted(FIXTURES.glob("*.txt"))[:1]:
        (tmp_path / "in" / "sub" / "a.txt").write_bytes(path.read_bytes())
    (tmp_path / "in" / "empty.txt").write_bytes(b"")
    first = kehoach("add", tmp_path / "in", tmp_path / "gone.txt", "--archive", tmp_path / "k")
    assert first.code == 3
    assert "đã thêm" in first.out
    assert "empty.txt trống" in first.out
    assert "gone.txt" in first.out
    assert "không thêm được: 2" in first.err
    again = kehoach("add", tmp_path / "in" / "sub", "--archive", tmp_path / "k", "--json")
    assert again.code == 0
    assert [one["status"] for one in json.loads(again.out)["files"]] == ["present"]
    rows = table("add", tmp_path / "in", "--archive", tmp_path / "k")
    assert sorted((Path(row["file"]).name, row["status"], row["code"]) for row in rows) == [
        ("a.txt", "present", ""),
        ("empty.txt", "failed", "empty-file"),
    ]


def test_add_reads_standard_input(tmp_path: Path) -> None:
    content = next(FIXTURES.glob("*.txt")).read_bytes()
    result = kehoach("add", "-", "--archive", tmp_path / "k", stdin=content)
    assert result.code == 0, result.err
    assert json.loads(kehoach("list", "--json", "--archive", tmp_path / "k").out)["total"] == 1


def test_add_replace_keeps_the_old_version(own: Path, tmp_path: Path) -> None:
    before = json.loads(kehoach("show", "1", "--json", "--archive", own).out)
    signed = tmp_path / "signed.txt"
    signed.write_text(before["text"] + "\nBản đã ký.\n", encoding="utf-8", newline="")
    result = kehoach("add", "--replace", "1", signed, "--archive", own)
    assert result.code == 0, result.err
    assert "đã thay" in result.out
    after = json.loads(kehoach("show", "1", "--json", "--archive", own).out)
    assert after["text"].endswith("Bản đã ký.\n")
    assert [version["number"] for version in after["history"]] == [1, 2]
    old = json.loads(kehoach("show", "1", "--of", "1", "--json", "--archive", own).out)
    assert old["text"] == before["text"]
    assert "Phiên bản" in kehoach("show", "1", "--archive", own).out
    assert kehoach("add", "--replace", "1", signed, signed, "--archive", own).code == 2


def test_remove(own: Path) -> None:
    result = kehoach("remove", "1", "--archive", own)
    assert (result.code, result.out) == (0, "")
    assert "Đã bỏ vào thùng rác: [1]" in result.err
    assert "1" not in {row["id"] for row in table("list", "--archive", own)}
    assert kehoach("check", "--archive", own).code == 0


def test_reindex(own: Path) -> None:
    hits = kehoach("search", "truyền", "--json", "--archive", own).out
    assert json.loads(kehoach("reindex", "--json", "--archive", own).out) == {"indexed": 3, "reread": 0, "changes": []}
    assert kehoach("search", "truyền", "--json", "--archive", own).out == hits


def test_show_gives_back_what_was_read(built: Path) -> None:
    path = sorted(FIXTURES.glob("*.txt"))[0]
    text = read_file(path)
    listed = {row["file"]: row["id"] for row in table("list", "--archive", built)}
    shown = json.loads(kehoach("show", listed[path.name], "--json", "--archive", built).out)
    assert shown["text"] == text.content
    assert shown["plan"] == plan_to_dict(parse(text))
    assert kehoach("show", listed[path.name], "--text", "--archive", built).out.rstrip("\n") == text.content.rstrip("\n")


def test_show_prints_headings_citations_and_duties(built: Path) -> None:
    out = kehoach("show", "1", "--archive", built).out
    plan = plan_from_dict(json.loads(kehoach("show", "1", "--json", "--archive", built).out)["plan"])
    assert plan.header.subject is not None
    assert " ".join(plan.header.subject.value.split()) in out
    headings = [" ".join(node.heading.value.split()) for node in plan.nodes if node.heading]
    assert headings
    assert [heading for heading in headings if heading not in out] == []
    assert [citation.symbol for citation in plan.citations if citation.symbol and citation.symbol not in out] == []
    assert [duty.unit.value for duty in plan.assignments if duty.node is not None and " ".join(duty.unit.value.split()) not in out] == []


def test_parse_one_file_gives_one_object_and_several_give_lines() -> None:
    paths = sorted(FIXTURES.glob("*.txt"))
    one = kehoach("parse", paths[0], "--json")
    assert one.out.startswith('{\n "format"')
    assert json.loads(one.out) == plan_to_dict(parse(read_file(paths[0])))
    several = kehoach("parse", *paths, "--json").out.splitlines()
    assert [json.loads(line)["source"]["name"] for line in several] == [path.name for path in paths]
    assert json.loads(several[0]) == json.loads(one.out)


def test_parse_reads_standard_input() -> None:
    path = sorted(FIXTURES.glob("*.txt"))[0]
    read = json.loads(kehoach("parse", "-", "--json", stdin=path.read_bytes()).out)
    from_file = json.loads(kehoach("parse", path, "--json").out)
    assert read["source"]["name"] is None
    assert read["nodes"] == from_file["nodes"]


def test_parse_tells_of_a_bad_file_and_goes_on(tmp_path: Path) -> None:
    path = sorted(FIXTURES.glob("*.txt"))[0]
    (tmp_path / "empty.txt").touch()
    result = kehoach("parse", tmp_path / "empty.txt", path, "--json")
    assert result.code == 3
    error, plan = map(json.loads, result.out.splitlines())
    assert (error["error"]["code"], plan["source"]["name"]) == ("empty-file", path.name)
    assert "trống" in result.err


def test_cites_keeps_the_two_resolutions_apart_and_says_how_to_choose(built: Path) -> None:
    result = kehoach("cites", "18-NQ/TW", "--archive", built)
    groups = json.loads(kehoach("cites", "18-NQ/TW", "--json", "--archive", built).out)["groups"]
    dates = [group["cited"]["date"] for group in groups]
    assert {"2017-10-25", "2022-06-16"} <= set(dates)
    assert result.out.index("ngày 25/10/2017") < result.out.index("ngày 16/6/2022".replace("/6/", "/06/"))
    assert "18-NQ/TW@2017" in result.err
    assert "18-NQ/TW@2022" in result.err
    chosen: dict[str, Any] = json.loads(kehoach("cites", "18-NQ/TW@2017", "--json", "--archive", built).out)
    assert [group["cited"]["date"] for group in chosen["groups"]] == ["2017-10-25"]


def test_a_hit_names_plan_place_and_how_it_matched(built: Path) -> None:
    out = kehoach("search", "tuyen truyen", "--archive", built).out
    assert "mục " in out
    assert "khớp khi bỏ dấu" in out or "khớp nguyên chữ" in out or "gần đúng" in out
    assert "«" in out


def test_duties_by_role_in_words_of_either_language(built: Path) -> None:
    by_word, by_code = (kehoach("duties", "--role", role, "--json", "--archive", built).out for role in ("chủ trì", "lead"))
    assert by_word == by_code
    assert {duty["role"] for duty in json.loads(by_word)["duties"]} <= {"lead"}
    result = kehoach("duties", "--role", "trông nom", "--archive", built)
    assert result.code == 2
    assert "phối hợp" in result.err


@pytest.mark.parametrize("ending", ["graphml", "gexf", "dot", "json", "csv", "csv-nodes", "jsonld", "svg", "html"])
def test_graph_to_a_file_is_the_graph_to_the_screen(built: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"graph.{ending}"
    result = kehoach("graph", "-o", target, "--archive", built)
    assert (result.code, result.out) == (0, ""), result.err
    assert kehoach("graph", "--format", ending, "--archive", built).out.rstrip("\n") == target.read_text(encoding="utf-8").rstrip("\n")


def test_the_archive_folder_is_option_then_variable(built: Path, tmp_path: Path) -> None:
    before = kehoach("--archive", built, "list", KEHOACH_ARCHIVE=str(tmp_path))
    after = kehoach("list", "--archive", built, KEHOACH_ARCHIVE=str(tmp_path))
    variable = kehoach("list", KEHOACH_ARCHIVE=str(built))
    assert before.out == after.out == variable.out != ""


def test_a_table_in_a_pipe_has_one_line_for_one_document(built: Path) -> None:
    assert len(kehoach("list", "--archive", built).out.splitlines()) == 4


def test_a_damaged_plan_is_shown_as_it_is_read() -> None:
    shown = " ".join(kehoach("parse", FIXTURES / "003_5284247cabad83da.txt").out.split())
    assert "Tạo sự thống nhất cao về nhận thức" in shown
    assert "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng" in shown


def test_a_damaged_passage_stands_with_its_reading_a_clean_one_alone(built: Path) -> None:
    damaged = kehoach("search", '"cổ động trực quan" AND type:"kế hoạch"', "--archive", built).out
    assert "«co dong truc quan»" in damaged
    assert "đọc là: " in damaged
    assert "tuyên truyền, cổ động trực quan, trang trí" in damaged
    clean = kehoach("search", '"Ban Thường vụ Đảng ủy xã"', "--archive", built).out
    assert clean
    assert "đọc là: " not in clean
