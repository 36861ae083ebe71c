"""`kehoach graph`: the citation graph for other programs, and as a picture."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from archive.terminal.commands_parse import STDIN
from archive.terminal.options import Folder
from archive.terminal.session import session_of

#: Written where neither ``--format`` nor the ending of the file says otherwise.
DEFAULT_FORMAT = "graphml"


def graph(
    context: typer.Context,
    format_: Annotated[str | None, typer.Option("--format", "-f", help="help.option.format", metavar="usage.metavar.format")] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", help="help.option.output", metavar="usage.metavar.file")] = None,
    around: Annotated[str | None, typer.Option("--around", help="help.option.around", metavar="usage.metavar.document")] = None,
    depth: Annotated[int, typer.Option("--depth", help="help.option.depth", metavar="usage.metavar.number", min=0)] = 1,
    folder: Folder = None,
    as_json: Annotated[bool, typer.Option("--json", help="help.option.json-graph")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="help.option.csv-graph")] = False,
) -> None:
    """Write the citation graph to stdout or a file; the format is that asked for, else the ending of the file, else GraphML."""
    from archive import GRAPH_FORMATS, Archive, export_graph
    from archive import graph as build

    session = session_of(context)
    words = session.words
    ending = Path(output).suffix[1:].lower() if output else ""
    wanted = format_ or ("json" if as_json else "csv" if as_csv else ending or DEFAULT_FORMAT)
    if wanted not in GRAPH_FORMATS:
        said = words.say("graph.no-such-format", format=wanted, formats=", ".join(GRAPH_FORMATS))
        raise typer.BadParameter(said, ctx=context)
    with Archive.open(session.folder(folder)) as opened:
        made = build(opened, around=around, depth=depth)
    content = export_graph(made, wanted)
    if output is None or output == STDIN:
        sys.stdout.write(content if content.endswith("\n") else content + "\n")
    else:
        Path(output).write_text(content, encoding="utf-8", newline="")
    session.warn(words.say("graph.done", nodes=len(made.nodes), edges=len(made.edges), format=wanted))
