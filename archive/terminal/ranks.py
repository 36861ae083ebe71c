"""The levels of administration as people type them: the name of the format ("province") or the word of either language ("tỉnh", "xa")."""

from __future__ import annotations

import typer

from archive.terminal.messages import words_of
from archive.terminal.session import session_of
from kehoach_parser import fold

RANKS = ("central", "province", "district", "commune")


def rank_named(name: str, context: typer.Context) -> str:
    """The level that ``name`` means; a usage error in the user's language where it means none."""
    asked = fold(name).strip().removeprefix("cap ")
    for rank in RANKS:
        said = {word for language in ("vi", "en") for word in fold(words_of(language).term("rank", rank)).split(", ")}
        if asked == rank or asked in said:
            return rank
    words = session_of(context).words
    choices = "; ".join(f"{rank} ({words.term('rank', rank)})" for rank in RANKS)
    raise typer.BadParameter(words.say("gaps.no-such-level", level=name, levels=choices), ctx=context)
