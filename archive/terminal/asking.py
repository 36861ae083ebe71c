"""Asking before what cannot be taken back, or changes much."""

from __future__ import annotations

import sys

import typer

from archive.terminal.session import Session

#: What means yes, in either language.
YES = frozenset({"y", "yes", "c", "co", "có"})


def agreed(context: typer.Context, session: Session, question: str, *, yes: bool) -> bool:
    """Whether the person at the screen says yes, or ``--yes`` did before; where nobody can be asked it is a usage error."""
    if yes:
        return True
    if not sys.stdin.isatty():
        raise typer.BadParameter(session.words.say("ask.nobody", question=question), ctx=context)
    session.warn(question)
    print(session.words.say("ask.prompt"), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in YES
