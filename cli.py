"""The `kehoach` command: the list of commands, nothing more.

What a command does stands in `archive/terminal/commands_*.py`. Help texts are keys of the message catalogue. The modules imported here are
light: `archive` and `kehoach_parser` import what they offer when it is first asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from archive.terminal import (
    commands_ask,
    commands_backup,
    commands_correct,
    commands_diff,
    commands_duties,
    commands_duty,
    commands_follow,
    commands_graph,
    commands_join,
    commands_keep,
    commands_look,
    commands_parse,
    commands_pending,
    commands_restore,
    commands_trash,
    commands_units,
    commands_web,
)
from archive.terminal.exit_codes import ExitCode
from archive.terminal.runner import run
from archive.terminal.session import with_archive
from archive.terminal.usage import Command, Group

COMMANDS: dict[str, Callable[..., ExitCode]] = {
    "parse": commands_parse.parse,
    "add": commands_keep.add,
    "remove": commands_keep.remove,
    "trash": commands_trash.trash,
    "log": commands_trash.log,
    "undo": commands_trash.undo,
    "pending": commands_pending.pending,
    "list": commands_look.list_,
    "show": commands_look.show,
    "diff": commands_diff.diff,
    "join": commands_join.join,
    "split": commands_join.split,
    "decisions": commands_join.decisions,
    "correct": commands_correct.correct,
    "corrections": commands_correct.corrections,
    "review": commands_correct.review,
    "stats": commands_look.stats,
    "search": commands_ask.search,
    "cites": commands_ask.cites,
    "cited-by": commands_ask.cited_by,
    "replaced": commands_ask.replaced,
    "duties": commands_duties.duties,
    "register": commands_duties.register,
    "duty": commands_duty.duty,
    "units": commands_units.units,
    "unit": commands_units.unit,
    "web": commands_web.web,
    "web-user": commands_web.web_user,
    "graph": commands_graph.graph,
    "annotations": commands_graph.annotate,
    "cascade": commands_follow.cascade,
    "gaps": commands_follow.gaps,
    "lint": commands_follow.lint,
    "resolve": commands_keep.resolve,
    "reindex": commands_keep.reindex,
    "check": commands_keep.check,
    "reparse": commands_backup.reparse,
    "backup": commands_backup.backup,
    "restore-backup": commands_backup.restore_backup,
    "move": commands_backup.move,
    "restore": commands_restore.restore,
    "train-restorer": commands_restore.train_restorer,
}


def _top(
    context: typer.Context,
    folder: Annotated[str | None, typer.Option("--archive", help="help.option.archive", metavar="usage.metavar.folder")] = None,
    version: Annotated[bool, typer.Option("--version", help="help.option.version", is_eager=True)] = False,
) -> None:
    """What holds for every command."""
    if version:
        from importlib.metadata import version as version_of

        print(f"kehoach {version_of('kehoach')}")
        raise typer.Exit
    context.obj = with_archive(context.obj, folder)
    if context.invoked_subcommand is None:
        print(context.get_help())


def build(arguments: Sequence[str] = ()) -> typer.Typer:
    """The Typer application: of the command with which ``arguments`` begin, or else of all.

    Typer makes every option of every command that it is given, which takes a tenth of the time of a small answer.
    """
    names = arguments[:1] if arguments and arguments[0] in COMMANDS else COMMANDS
    app = typer.Typer(cls=Group, pretty_exceptions_enable=False)
    app.callback(cls=Group, help="help.kehoach", epilog="help.epilog", invoke_without_command=True)(_top)
    for name in names:
        app.command(name, cls=Command, help=f"help.command.{name}", no_args_is_help=False)(COMMANDS[name])
    return app


def main() -> None:
    """Run the command line and leave with its exit code."""
    arguments = sys.argv[1:]
    sys.exit(run(build(arguments), arguments, os.environ))


if __name__ == "__main__":
    main()
