"""`kehoach web`: the archive in the browser."""

from __future__ import annotations

import socket
import webbrowser
from typing import Annotated

import typer

from archive.terminal.exit_codes import ExitCode
from archive.terminal.options import Folder
from archive.terminal.session import QUESTION, opened, session_of
from archive.terminal.spoken import spoken

#: Where the pages are served, if nothing else is asked for: for this machine alone.
HOST, PORT = "127.0.0.1", 8057
_MOST_PORT = 65_535
#: Requests that are taken at once; more are told to come again.
_CONCURRENT = 200


def web(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="help.option.host", metavar="usage.metavar.host")] = HOST,
    port: Annotated[int, typer.Option("--port", help="help.option.port", metavar="usage.metavar.number", min=0, max=_MOST_PORT)] = PORT,
    names: Annotated[list[str] | None, typer.Option("--name", help="help.option.name", metavar="usage.metavar.host")] = None,
    prefix: Annotated[str, typer.Option("--prefix", help="help.option.prefix", metavar="usage.metavar.prefix")] = "",
    open_: Annotated[bool, typer.Option("--open", help="help.option.open-browser")] = False,
    folder: Folder = None,
) -> ExitCode:
    """Serve the archive to browsers until it is stopped."""
    import uvicorn

    from archive.web import Settings, application

    session = session_of(context)
    root = "/" + prefix.strip("/") if prefix.strip("/") else ""
    with opened(session, folder, mend=(*QUESTION, "index")) as handle:
        app = application(handle, spoken(), Settings(hosts=(host, *(names or ()))))
        config = uvicorn.Config(
            app, host, port, root_path=root, log_level="warning", server_header=False, limit_concurrency=_CONCURRENT, ws="none"
        )
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as listening:
            shown = f"[{host}]" if ":" in host else host
            address = f"http://{shown}:{listening.getsockname()[1]}{root}/"
            session.warn(session.words.say("web.serving", address=address))
            if open_:
                webbrowser.open(address)
            uvicorn.Server(config).run(sockets=[listening])
    return ExitCode.ANSWER
