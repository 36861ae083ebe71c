"""Runs the command line once and turns whatever happens into an exit code and, at most, one clear message.

A reader of a pipe that has gone (`kehoach list | head`) is no error.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

import typer

from archive.terminal.answers import print_object
from archive.terminal.exit_codes import ExitCode, of_error
from archive.terminal.language import language
from archive.terminal.messages import messages_of
from archive.terminal.session import Session
from archive.terminal.streams import guarded
from archive.terminal.usage import COMPLETE, completed, localised, usage_message
from archive.terminal.wording import error_object, explain

#: Letters of an argument: as many as a path may have (PATH_MAX), and more than any question.
LONGEST = 4_096
#: Letters of it that are told.
_SHOWN = 60

#: The option of every command whose answer, and whose error, is JSON.
JSON = "--json"


def run(app: typer.Typer, arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run ``app`` with ``arguments`` and return the exit code (`ExitCode`); every error is told here, none leaves."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Vietnamese in every locale; a file name that is no text is shown with \x escapes instead of failing.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with guarded():
        return _told(app, arguments, Session(messages_of(language(environ)), environ))


def _told(app: typer.Typer, arguments: Sequence[str], session: Session) -> int:
    as_json = JSON in arguments
    try:
        code = _invoke(app, list(arguments), session)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _forget_stdout()
        return ExitCode.ANSWER
    except KeyboardInterrupt as error:
        with suppress(OSError):
            session.warn(session.words.say("run.interrupted"))
            _print_error(session, as_json, error_object(error, session.words))
        return ExitCode.INTERRUPTED
    except Exception as error:  # the one place where every error is told
        if isinstance(error, OSError) and error.errno == errno.EPIPE:
            _forget_stdout()
            return ExitCode.ANSWER
        with suppress(OSError):
            said = explain(error, session.words, session.environ)
            session.warn(said)
            _print_error(session, as_json, error_object(error, session.words, otherwise=said))
        return of_error(error)


def _print_error(session: Session, as_json: bool, error: dict[str, object]) -> None:
    """An error as the answer, where JSON was asked for and no answer was given yet (docs/json.md)."""
    if as_json and not session.printed.answer:
        print_object(session, {"error": error})
        sys.stdout.flush()


def _invoke(app: typer.Typer, arguments: list[str], session: Session) -> int:
    command = localised(app, session.words)
    try:
        if instruction := session.environ.get(COMPLETE):
            return completed(command, instruction, session)
        for argument in arguments:
            if len(argument) > LONGEST:
                raise typer.BadParameter(
                    session.words.say("usage.too-long", count=len(argument), most=LONGEST, name=f"{argument[:_SHOWN]}…")
                )
        with command.make_context("kehoach", arguments, obj=session) as context:
            # What a command returns; help without a command returns nothing.
            return command.invoke(context) or ExitCode.ANSWER
    except typer.Exit as leaving:
        return leaving.exit_code
    except SystemExit as leaving:  # Typer's own way out, after it said that it knows no such shell
        return ExitCode.COULD_NOT if leaving.code else ExitCode.ANSWER
    except typer.TyperException as error:
        if type(error).__name__ != "NoArgsIsHelpError":
            message, advice = usage_message(error, session.words)
            session.warn(f"{message} {advice}")
            _print_error(session, JSON in arguments, {"code": "usage", "message": message, "advice": advice, "facts": {}})
        return ExitCode.WRONG_USE


def _forget_stdout() -> None:
    """Point stdout at nothing: the interpreter flushes it once more at its end and would complain about the broken pipe."""
    with suppress(OSError, ValueError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
