"""The rooms of docs/architecture.md and what each may import, read from the code with `ast`."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import archive
import kehoach_parser

ROOT = Path(__file__).parents[2]
OWN = ("kehoach_parser", "grammar", "archive", "cli")
#: Room: libraries that it may import. The longest prefix of a module's name decides. None: only the public names of the other room.
ROOMS: dict[str, set[str]] = {
    "kehoach_parser": {"lark", "spacy", "underthesea", "numpy", "kehoach_parser"},
    "kehoach_parser.readers": {"docx", "lxml", "kehoach_parser"},
    "kehoach_parser.readers.pdf_worker": {"pypdfium2", "PIL", "kehoach_parser"},
    "kehoach_parser.readers.table_worker": {"pdfplumber"},
    "kehoach_parser.readers.image_worker": {"PIL", "kehoach_parser"},
    "kehoach_parser.readers.trueocr_worker": {"trueocr"},
    "grammar": set(),
    "archive": {
        "sqlalchemy",
        "alembic",
        "networkx",
        "drawsvg",
        "resvg_py",
        "dateutil",
        "icalendar",
        "xlsxwriter",
        "archive",
        "kehoach_parser",
    },
    "archive.fulltext.whoosh_engine": {"whoosh", "archive", "kehoach_parser", "sqlalchemy"},
    "archive.terminal": {"typer", "rich", "archive", "kehoach_parser"},
    "cli": {"typer", "rich", "archive", "kehoach_parser"},
}
#: The modules that know the order of the steps, and the steps. Nobody else imports a step, so no step imports another.
ORDER = {"kehoach_parser.pipeline", "kehoach_parser.mentions", "kehoach_parser.structure"}
STEPS = {
    f"kehoach_parser.{name}" for name in ("quality", "dates", "structure", "mentions", "citations", "units", "identity", "duties", "respan")
}


def modules() -> dict[str, Path]:
    paths = [ROOT / "cli.py", *(path for room in OWN[:3] for path in (ROOT / room).rglob("*.py"))]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


MODULES = modules()
# `fold` is a function of the package and the module that it comes from; who asks the package gets the function.
PUBLIC = {"kehoach_parser": kehoach_parser.__all__, "archive": archive.__all__}


def imports(name: str) -> Iterator[tuple[str, str | None, bool]]:
    """(module, name taken from it, at the top of the module) of every import; imports for type checkers only are left out."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    skipped = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    top = set(tree.body)
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, None, node in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: relative import"
            for alias in node.names:
                module, inner = node.module or "", f"{node.module}.{alias.name}"
                yield (
                    (inner, None, node in top)
                    if inner in MODULES and alias.name not in PUBLIC.get(module, ())
                    else (module, alias.name, node in top)
                )


#: The rooms that have a row of their own in the table of docs/architecture.md; modules with libraries of their own belong to their room's.
TABLE_ROWS = ("kehoach_parser", "kehoach_parser.readers", "grammar", "archive", "archive.terminal")


def room_of(name: str) -> str:
    return max((room for room in ROOMS if name == room or name.startswith(room + ".")), key=len)


@pytest.mark.parametrize("name", MODULES)
def test_a_room_imports_what_the_table_allows(name: str) -> None:
    allowed = ROOMS[room_of(name)] | sys.stdlib_module_names
    assert {module for module, _, _ in imports(name) if module.partition(".")[0] not in allowed} == set()


@pytest.mark.parametrize("name", [name for name in MODULES if name.partition(".")[0] != "kehoach_parser"])
def test_other_rooms_take_only_public_names_of_the_parser(name: str) -> None:
    taken = [(module, member) for module, member, _ in imports(name) if module.partition(".")[0] == "kehoach_parser"]
    assert [(module, member) for module, member in taken if module != "kehoach_parser" or member not in kehoach_parser.__all__] == []


@pytest.mark.parametrize("name", [name for name in MODULES if name == "cli" or name.startswith("archive.terminal")])
def test_the_terminal_takes_only_public_names_of_the_archive(name: str) -> None:
    taken = {module for module, _, _ in imports(name) if module.partition(".")[0] == "archive"}
    assert {module for module in taken if module != "archive" and not module.startswith("archive.terminal")} == set()


@pytest.mark.parametrize(
    "library", ["whoosh", "networkx", "typer", "rich", "sqlalchemy", "lark", "spacy", "docx", "lxml", "pypdfium2", "pdfplumber", "PIL"]
)
def test_a_library_stays_in_its_room(library: str) -> None:
    users = {room_of(name) for name in MODULES for module, _, _ in imports(name) if module.partition(".")[0] == library}
    assert users <= {room for room, libraries in ROOMS.items() if library in libraries}


def test_whoosh_is_imported_in_one_module() -> None:
    assert {name for name in MODULES for module, _, _ in imports(name) if module.partition(".")[0] == "whoosh"} == {
        "archive.fulltext.whoosh_engine"
    }


def test_grammars_are_loaded_in_one_module() -> None:
    loaders = {name for name, path in MODULES.items() if re.search(r"\bLark(\.open\w*)?\(", path.read_text(encoding="utf-8"))}
    assert loaders == {"kehoach_parser.grammars"}


def test_only_the_order_imports_steps() -> None:
    users = {(name, module) for name in MODULES for module, _, _ in imports(name) if module in STEPS and name not in ORDER}
    assert users == set()
    assert MODULES.keys() >= STEPS


def test_no_module_imports_itself_by_a_detour() -> None:
    ahead = {name: {module for module, _, top in imports(name) if top and module in MODULES and module != name} for name in MODULES}
    while ready := {name for name, needed in ahead.items() if not needed & ahead.keys()}:
        ahead = {name: needed for name, needed in ahead.items() if name not in ready}
    assert ahead == {}


def test_the_table_in_the_document_names_the_same_libraries() -> None:
    rows = [line for line in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    libraries = {library for allowed in ROOMS.values() for library in allowed} - set(OWN)
    for room in ("kehoach_parser", "kehoach_parser.readers", "archive", "archive.terminal"):
        row = next(row for row in rows if f"`{room.replace('.', '/')}/`" in row.split("|")[1])
        named = {library for library in libraries if re.search(rf"\b{library}\b", row.split("|")[3])}
        within = [
            inner for inner in ROOMS if max((row for row in TABLE_ROWS if f"{inner}.".startswith(f"{row}.")), default="", key=len) == room
        ]
        allowed = ROOMS[room].union(*(ROOMS[inner] for inner in within))
        assert named == allowed - set(OWN), room
