"""The rooms of docs/architecture.md: what each may import, which libraries it may use, how it is entered; read with `ast`.

Every import counts: at the top of a module, inside a function, and for type checkers only.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import archive
import kehoach_parser

ROOT = Path(__file__).parents[2]
OWN = ("kehoach_parser", "grammar", "archive", "cli")
#: Room: the rooms that it may import, and with them whatever these may import. A package's root is ``<package>``, the modules that lie in
#: its folder; ``<package>!`` are its public names.
ROOMS: dict[str, set[str]] = {
    "kehoach_parser.values": set(),
    "kehoach_parser.text": {"kehoach_parser.values"},
    "kehoach_parser.symbols": {"kehoach_parser.text"},
    "kehoach_parser.dates": {"kehoach_parser.text"},
    "kehoach_parser.structure": {"kehoach_parser.text", "kehoach_parser.symbols"},
    "kehoach_parser.tables": {"kehoach_parser.structure"},
    "kehoach_parser.units": {"kehoach_parser.text", "kehoach_parser.symbols"},
    "kehoach_parser.citations": {"kehoach_parser.symbols", "kehoach_parser.dates", "kehoach_parser.units"},
    "kehoach_parser.duties": {"kehoach_parser.dates", "kehoach_parser.tables", "kehoach_parser.units"},
    "kehoach_parser.restoration": {"kehoach_parser.text"},
    "kehoach_parser.readers": {"kehoach_parser.restoration"},
    "kehoach_parser": {
        "kehoach_parser.tables",
        "kehoach_parser.citations",
        "kehoach_parser.duties",
        "kehoach_parser.readers",
    },
    "grammar": set(),
    "archive.values": {"kehoach_parser!"},
    "archive.errors": {"archive.values"},
    "archive.common": {"archive.errors"},
    "archive.amend": {"archive.common"},
    "archive.store": {"archive.amend"},
    "archive.resolve": {"archive.store"},
    "archive.fulltext": {"archive.resolve"},
    "archive.ask": {"archive.fulltext"},
    "archive.keep": {"archive.ask"},
    "archive.export": {"archive.ask"},
    "archive": {"archive.keep", "archive.export"},
    "archive.web": {"archive!", "kehoach_parser!"},
    "archive.terminal": {"archive!", "kehoach_parser!", "archive.web"},
    "cli": {"archive.terminal"},
}
#: Modules in a package's folder that every room of the package may import; they import no room.
VALUES = {
    "kehoach_parser.values": {f"kehoach_parser.{name}" for name in ("model", "errors", "grammars", "found")},
}
#: Library: the modules that may import it, by the beginning of their names.
LIBRARIES: dict[str, set[str]] = {
    "lark": {
        "kehoach_parser.grammars",
        "kehoach_parser.structure",
        "kehoach_parser.dates",
        "kehoach_parser.citations",
        "archive.fulltext.query",
    },
    "spacy": {"kehoach_parser.units.matching"},
    "underthesea": {"kehoach_parser.text.segmentation", "kehoach_parser.units"},
    "numpy": {"kehoach_parser.restoration", "kehoach_parser.text.at_once", "kehoach_parser.units.matching", "archive.export.graph_layout"},
    "lazy_loader": {"kehoach_parser", "archive"},
    "docx": {"kehoach_parser.readers"},
    "lxml": {"kehoach_parser.readers"},
    "pypdfium2": {"kehoach_parser.readers.pdf_worker"},
    "pdfplumber": {"kehoach_parser.readers.table_worker"},
    "pdfminer": {"kehoach_parser.readers.table_worker"},
    "PIL": {"kehoach_parser.readers.image_worker", "kehoach_parser.readers.pdf_worker"},
    "trueocr": {"kehoach_parser.readers.trueocr_worker"},
    "sqlalchemy": {f"archive.{room}" for room in ("store", "resolve", "fulltext", "ask", "keep")},
    "alembic": {"archive.store"},
    "pyroaring": {
        "archive.store",
        "archive.resolve",
        "archive.ask.facets",
        "archive.ask.facet_sets",
        "archive.ask.carriers",
        "archive.ask.cascade_trees",
    },
    "whoosh": {"archive.fulltext.whoosh_engine"},
    "tantivy": {"archive.fulltext.tantivy_engine"},
    "networkx": {"archive.ask", "archive.export"},
    "filelock": {"archive.keep.jobs", "archive.web.site"},
    "distributed": {"archive.keep.cluster"},
    "drawsvg": {"archive.export"},
    "igraph": {"archive.export.graph_layout"},
    "resvg_py": {"archive.export"},
    "dateutil": {"archive.common"},
    "rapidfuzz": {"archive.common"},
    "icalendar": {"archive.export"},
    "openpyxl": {"archive.export"},
    "xlsxwriter": {"archive.export"},
    "starlette": {"archive.web"},
    "anyio": {"archive.web"},
    "jinja2": {"archive.web"},
    "argon2": {"archive.web.people"},
    "itsdangerous": {"archive.web.sessions"},
    "limits": {"archive.web.processes", "archive.web.sessions"},
    "markupsafe": {"archive.web"},
    "uvicorn": {"archive.web.processes"},
    "uvloop": {"archive.web.turns"},
    "typer": {"archive.terminal", "cli"},
    "rich": {"archive.terminal", "cli"},
}
#: Rooms that are entered through their `__init__`: what it does not name is nobody else's business. `text` and `symbols` are toolboxes.
STEPS = {f"kehoach_parser.{name}" for name in ("dates", "structure", "tables", "units", "citations", "duties", "readers", "restoration")}
STEPS |= {"archive.web"}


def modules() -> dict[str, Path]:
    paths = [ROOT / "cli.py", *(path for room in OWN[:3] for path in sorted((ROOT / room).rglob("*.py")))]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


MODULES = modules()
#: The public names of each package, and of the modules among them (`archive.values`), which are public as a whole.
PUBLIC = {"kehoach_parser": set(kehoach_parser.__all__), "archive": set(archive.__all__)}
PUBLIC |= {
    f"{package.__name__}.{name}": set(dir(module))
    for package in (kehoach_parser, archive)
    for name in package.__all__
    if inspect.ismodule(module := getattr(package, name))
}


@cache
def imports(name: str) -> tuple[tuple[str, str | None], ...]:
    """(module, name taken from it) of every import of a module."""
    return tuple(_imports(name))


def _imports(name: str) -> Iterator[tuple[str, str | None]]:
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: relative import"
            for alias in node.names:
                module, inner = node.module or "", f"{node.module}.{alias.name}"
                yield (inner, None) if inner in MODULES and alias.name not in PUBLIC.get(module, ()) else (module, alias.name)


def room_of(name: str) -> str:
    """The room that a module stands in."""
    for room, members in VALUES.items():
        if name in members:
            return room
    inner = ".".join(name.split(".")[:2])
    return inner if inner in ROOMS else name.partition(".")[0]


def room_asked(asker: str, module: str, member: str | None) -> str:
    """The room that an import asks for: of the other package's, or the own package of a face of it, the public names alone."""
    package = module.partition(".")[0]
    outside = asker.partition(".")[0] != package or room_of(asker) in ("archive.terminal", "archive.web")
    if outside and module in PUBLIC and (member is None or member in PUBLIC[module]):
        return f"{package}!"
    return room_of(module)


@cache
def may_ask(room: str) -> frozenset[str]:
    """The room itself and all that it may import, by however many steps."""
    return frozenset({room, *(inner for asked in ROOMS.get(room, ()) for inner in may_ask(asked))})


def asked_outside(name: str) -> set[tuple[str, str, str | None]]:
    """What a module imports from where its row does not lead: (room, module, name)."""
    asked = {(room_asked(name, *each), *each) for each in imports(name) if each[0].partition(".")[0] in OWN}
    return {each for each in asked if each[0] not in may_ask(room_of(name))}


def test_a_room_imports_what_its_row_allows() -> None:
    assert {name: outside for name in MODULES if (outside := asked_outside(name))} == {}


def test_every_room_has_a_row_and_every_row_a_room() -> None:
    assert {room_of(name) for name in MODULES} == ROOMS.keys()


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_can_ask_itself_by_a_detour(room: str) -> None:
    assert all(room not in may_ask(asked) for asked in ROOMS[room])


def strange_to(name: str) -> set[str]:
    """The libraries that a module imports and none of its room may."""
    taken = {module.partition(".")[0] for module, _ in imports(name)} - set(OWN) - sys.stdlib_module_names
    homes = {library: LIBRARIES.get(library, set()) for library in taken}
    return {library for library, allowed in homes.items() if not any(f"{name}.".startswith(f"{home}.") for home in allowed)}


def test_a_library_stays_in_its_room() -> None:
    assert {name: strange for name in MODULES if (strange := strange_to(name))} == {}


def test_every_library_named_is_used() -> None:
    assert {module.partition(".")[0] for name in MODULES for module, _ in imports(name)} >= LIBRARIES.keys()


def past_the_door(name: str) -> set[str]:
    """What a module imports from inside a step that is not its own."""
    inside = {module for module, _ in imports(name) if room_of(module) in STEPS and room_of(module) != room_of(name)}
    return {module for module in inside if module != room_of(module)}


def test_a_step_is_entered_through_its_door() -> None:
    assert {name: inside for name in MODULES if (inside := past_the_door(name))} == {}


def test_grammars_are_loaded_in_one_module_of_each_package() -> None:
    loaders = {name for name, path in MODULES.items() if re.search(r"\bLark(\.open\w*)?\(", path.read_text(encoding="utf-8"))}
    assert loaders == {"kehoach_parser.grammars", "archive.fulltext.query"}


def test_no_module_imports_itself_by_a_detour() -> None:
    ahead = {name: {module for module, _ in imports(name) if module in MODULES and module != name} for name in MODULES}
    while ready := {name for name, needed in ahead.items() if not needed & ahead.keys()}:
        ahead = {name: needed for name, needed in ahead.items() if name not in ready}
    assert ahead == {}


def test_the_tables_in_the_document_say_the_same() -> None:
    said: dict[str, set[str]] = {}
    package = ""
    for line in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").splitlines():
        if head := re.match(r"\| room of `(\w+)/`", line):
            package = head[1]
        elif line.startswith("#"):
            package = ""
        elif package and line.startswith("| ") and line.count("|") == 4:
            room, asked = (cell.strip() for cell in line.split("|")[1:3])
            name = re.split(r"[:/,`]+", room.strip("`"))[0]
            said[f"{package}.{name}".removesuffix(".root")] = {each for each in asked.split(", ") if each}
    rows = {room: {each.removeprefix(f"{room.partition('.')[0]}.").rstrip("!") for each in asked} for room, asked in ROOMS.items()}
    assert {room: rows[room] for room in said} == said
    assert ROOMS.keys() - said.keys() == {"grammar", "archive", "cli"}
