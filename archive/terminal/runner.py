"""Runs the command line once and turns whatever happens into an exit code and, at most, one clear message.

0 ok (also where the reader of a pipe has gone: `kehoach list | head`), 1 an error of ours or in the input, 2 wrong usage, 130 Ctrl-C.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

import typer

from archive.terminal.language import language
from archive.terminal.messages import words_of
from archive.terminal.session import INTERRUPTED, Session
from archive.terminal.usage import localised, usage_message
from archive.terminal.wording import explain

USAGE = 2


def run(app: typer.Typer, arguments: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run ``app`` with ``arguments`` and return the exit code. Nothing but SystemExit-free, told errors leaves this function."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Vietnamese in every locale; a file name that is no text is shown with \x escapes instead of failing.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    session = Session(words_of(language(environ)), environ)
    try:
        code = _invoke(app, list(arguments), session)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _forget_stdout()
        return 0
    except KeyboardInterrupt:
        with suppress(OSError):
            session.warn(session.words.say("run.interrupted"))
        return INTERRUPTED
    except Exception as error:  # the one place where every error is told
        if isinstance(error, OSError) and error.errno == errno.EPIPE:
            _forget_stdout()
            return 0
        with suppress(OSError):
            session.warn(explain(error, session.words, environ))
        return 1


def _invoke(app: typer.Typer, arguments: list[str], session: Session) -> int:
    command = localised(app, session.words)
    try:
        with command.make_context("kehoach", arguments, obj=session) as context:
            command.invoke(context)
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.TyperException as error:
        if type(error).__name__ != "NoArgsIsHelpError":
            session.warn(usage_message(error, session.words))
        return USAGE
    return 0


def _forget_stdout() -> None:
    """Point stdout at nothing: the interpreter flushes it once more at its end and would complain about the broken pipe."""
    with suppress(OSError, ValueError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
