"""`kehoach graph` and `kehoach annotations`: the citation graph for other programs and as a picture, the mentions of a document as W3C
annotations."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

import archive
from archive import values
from archive.terminal.answers import tell_next
from archive.terminal.commands_parse import STDIN
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.options import After, All, Document, Folder, From, Relation, To
from archive.terminal.paper import table_lines
from archive.terminal.session import Session, opened, session_of
from archive.terminal.shown import first_words
from archive.terminal.streams import print_data, print_json
from archive.terminal.typed_names import level_named, relation_named

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
    relation: Relation = None,
    level: Annotated[str | None, typer.Option("--level", help="help.option.level", metavar="usage.metavar.level")] = None,
    since: From = None,
    until: To = None,
    limit: All = None,
    after: After = None,
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
    lines: dict[str, Any] = {
        "relation": relation_named(relation, context) if relation else None,
        "level": level_named(level, context) if level else None,
        "since": since,
        "until": until,
    }
    left_out = 0
    with opened(session, folder) as handle:
        if wanted in archive.PICTURES and (limit, after) == (None, None):
            overview = archive.graph_overview(handle, around=around, depth=depth, most=archive.PICTURES[wanted], **lines)
            made, left_out = overview.graph, overview.left_out
            # The catalogue has the words of relations, places and the page under the keys that the pictures ask for.
            content = archive.graph_png(overview, words.texts) if wanted == PNG else archive.export_graph(overview, wanted, words.texts)
        else:
            made = archive.graph(handle, around=around, depth=depth, limit=limit, after=after, **lines)
            content = archive.graph_png(made, words.texts) if wanted == PNG else archive.export_graph(made, wanted, words.texts)
    write(content, output, _DOORS.get(wanted, print))
    if left_out:
        session.warn(words.say("drawing.left-out", shown=len(made.nodes), left=left_out, total=len(made.nodes) + left_out))
    _tell_centres(made, around or "", session)
    session.warn(words.say("graph.done", nodes=len(made.nodes), edges=len(made.edges), format=wanted))
    tell_next(session, made.next)
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


def write_lines(lines: Iterable[str], output: str | None) -> None:
    """The same of text that is made line by line."""
    if output is None or output == STDIN:
        for line in lines:
            print_data(line)
        return
    with Path(output).open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)


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
