"""`kehoach web`: the archive in the browser; `web-user`: who may use it there."""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
import webbrowser
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from archive.terminal.answers import print_list
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.options import Folder, Json
from archive.terminal.paper import print_table
from archive.terminal.session import QUESTION, Session, opened, session_of
from archive.terminal.spoken import spoken

if TYPE_CHECKING:
    from archive.web import User

#: Where the pages are served, if nothing else is asked for: for this machine alone.
HOST, PORT = "127.0.0.1", 8057
_MOST_PORT = 65_535
#: Processes that serve, if no other number is asked for, at most.
_MOST_PROCESSES = 4


def web(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="help.option.host", metavar="usage.metavar.host")] = HOST,
    port: Annotated[int, typer.Option("--port", help="help.option.port", metavar="usage.metavar.number", min=0, max=_MOST_PORT)] = PORT,
    names: Annotated[list[str] | None, typer.Option("--name", help="help.option.name", metavar="usage.metavar.host")] = None,
    prefix: Annotated[str, typer.Option("--prefix", help="help.option.prefix", metavar="usage.metavar.prefix")] = "",
    processes: Annotated[
        int | None, typer.Option("--processes", help="help.option.processes", metavar="usage.metavar.number", min=1)
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="help.option.open-browser")] = False,
    folder: Folder = None,
) -> ExitCode:
    """Serve the archive to browsers until it is stopped."""
    from archive.web import People, Served, Settings, Worker, serve

    session = session_of(context)
    root = "/" + prefix.strip("/") if prefix.strip("/") else ""
    with opened(session, folder, mend=(*QUESTION, "index")) as handle:
        people = People(handle.folder)
        if not people and (names or root or not _is_this_machine(host)):
            session.warn(session.words.say("web.no-accounts"))
            return ExitCode.COULD_NOT
        served = Served(session.place(folder), spoken, Settings(hosts=(host, *(names or ())), accounts=bool(people)))
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as listening:
            shown = f"[{host}]" if ":" in host else host
            address = f"http://{shown}:{listening.getsockname()[1]}{root}/"
            session.warn(session.words.say("web.serving", address=address))
            if open_:
                webbrowser.open(address)
            with nullcontext() if handle.read_only else Worker(handle.folder):
                serve(handle, served, [listening], root=root, processes=processes or _processes(bool(people)))
    return ExitCode.ANSWER


def _processes(accounts: bool) -> int:
    """One for whoever sits at this machine; for others one on each core, up to a few: each takes memory."""
    return min(os.cpu_count() or 1, _MOST_PROCESSES) if accounts else 1


def _is_this_machine(host: str) -> bool:
    """Whether only this machine can reach what is served there."""
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def web_user(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="help.argument.web-user", metavar="usage.metavar.name")] = None,
    role: Annotated[str | None, typer.Option("--role", help="help.option.web-role", metavar="usage.metavar.role")] = None,
    password: Annotated[bool, typer.Option("--password", help="help.option.web-password")] = False,
    token: Annotated[bool, typer.Option("--token", help="help.option.web-token")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="help.option.web-remove")] = False,
    folder: Folder = None,
    as_json: Json = False,
) -> ExitCode:
    """List those who may use the pages; add somebody, change their role or password, take them away."""
    from archive.web import People

    session = session_of(context)
    with opened(session, folder, mend=()) as handle:
        people = People(handle.folder)
        if name is None:
            return _list_people(people.users(), session, as_json=as_json)
        if remove:
            people.remove(name)
        elif token:
            print(people.new_token(name))
        else:
            known = any(user.name == name.strip().lower() for user in people.users())
            user = people.put(name, role=role, password=_password(session) if password or not known else None)
            session.warn(session.words.say("web.user", name=user.name, role=session.words.term("web-role", user.role)))
    return ExitCode.ANSWER


def _password(session: Session) -> str:
    """The password, asked for twice where somebody sits there; else the first line of what is sent."""
    if sys.stdin.isatty():
        return str(typer.prompt(session.words.say("web.password"), hide_input=True, confirmation_prompt=session.words.say("web.again")))
    return sys.stdin.readline().rstrip("\r\n")


def _list_people(users: tuple[User, ...], session: Session, *, as_json: bool) -> ExitCode:
    if as_json:
        print_list(session, "users", users)
    elif users:
        rows = [(user.name, session.words.term("web-role", user.role)) for user in users]
        print_table([session.words.say("column.web_name"), session.words.say("column.web_role")], rows)
    else:
        session.warn(session.words.say("web.nobody"))
    return of_answer(users)
