"""`kehoach graph` and `kehoach annotations`: the citation graph for other programs and as a picture, the mentions of a document as W3C
annotations."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

import archive
from archive import values
from archive.terminal.commands_parse import STDIN
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.options import Document, Folder
from archive.terminal.paper import table_lines
from archive.terminal.session import Session, opened, session_of
from archive.terminal.shown import first_words
from archive.terminal.streams import print_data, print_json

#: Written where neither ``--format`` nor the ending of the file says otherwise.
DEFAULT_FORMAT = "graphml"

#: The one format that is no text.
PNG = "png"

#: What shows a format on stdout that is no text for people.
_DOORS: dict[str, Callable[[str], object]] = {"json": print_json, "jsonld": print_json, "csv": print_data, "csv-nodes": print_data}

Output = Annotated[str | None, typer.Option("--output", "-o", help="help.option.output", metavar="usage.metavar.file")]


def graph(
    context: typer.Context,
    format_: Annotated[str | None, typer.Option("--format", "-f", help="help.option.format", metavar="usage.metavar.format")] = None,
    output: Output = None,
    around: Annotated[str | None, typer.Option("--around", help="help.option.around", metavar="usage.metavar.document")] = None,
    depth: Annotated[int, typer.Option("--depth", help="help.option.depth", metavar="usage.metavar.number", min=0)] = 1,
    folder: Folder = None,
    as_json: Annotated[bool, typer.Option("--json", help="help.option.json-graph")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="help.option.csv-graph")] = False,
) -> ExitCode:
    """Write the citation graph to stdout or a file; the format is that asked for, else the ending of the file, else GraphML."""
    session = session_of(context)
    words = session.words
    ending = Path(output).suffix[1:].lower() if output else ""
    wanted = format_ or ("json" if as_json else "csv" if as_csv else ending or DEFAULT_FORMAT)
    formats = (*archive.GRAPH_FORMATS, PNG)
    if wanted not in formats:
        said = words.say("graph.no-such-format", format=wanted, formats=", ".join(formats))
        raise typer.BadParameter(said, ctx=context)
    if wanted == PNG and output in (None, STDIN) and sys.stdout.isatty():
        raise typer.BadParameter(words.say("graph.png-to-file"), ctx=context)
    with opened(session, folder) as handle:
        made = archive.graph(handle, around=around, depth=depth)
    # The catalogue has the words of relations, places and the page under the keys that the pictures ask for.
    content = archive.graph_png(made, words.texts) if wanted == PNG else archive.export_graph(made, wanted, words.texts)
    write(content, output, _DOORS.get(wanted, print))
    _tell_centres(made, around or "", session)
    session.warn(words.say("graph.done", nodes=len(made.nodes), edges=len(made.edges), format=wanted))
    return of_answer(made.nodes)


def annotate(context: typer.Context, document: Document, output: Output = None, folder: Folder = None) -> ExitCode:
    """Write the citations of a document as W3C Web Annotations (JSON-LD)."""
    session = session_of(context)
    with opened(session, folder) as handle:
        write(archive.annotations_of(handle, document), output, print_json)
    return ExitCode.ANSWER


def write(content: str | bytes, output: str | None, show: Callable[[str], object] = print_data) -> None:
    """To the file named, else to stdout, as ``show`` shows it; text ends with a line end there."""
    if isinstance(content, bytes):
        if output is None or output == STDIN:
            sys.stdout.buffer.write(content)
        else:
            Path(output).write_bytes(content)
    elif output is None or output == STDIN:
        show(content.removesuffix("\n"))
    else:
        Path(output).write_text(content, encoding="utf-8", newline="")


def _tell_centres(made: values.CitationGraph, around: str, session: Session) -> None:
    """Where what was asked for means several documents: all of them, and that one can be chosen."""
    if len(made.centres) < 2:
        return
    words = session.words
    nodes = {node.id: node for node in made.nodes}
    columns = ("symbol", "date", "type", "organ", "subject")
    rows = [(one.symbol, words.day(one.date), one.type, one.organ, first_words(one.title)) for one in map(nodes.__getitem__, made.centres)]
    session.warn(words.say("graph.several", reference=around, count=len(rows)))
    for line in table_lines([words.say(f"column.{name}") for name in columns], rows):
        session.warn(f"  {line}")
