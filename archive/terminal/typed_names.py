"""Names of the format as people type them: roles of a duty, relations of a citation, levels of administration.

Each may be typed as the format has it ("lead") or as either language says it ("chủ trì", "chu tri"); what means none is a usage error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import typer

from archive.terminal.messages import messages_of
from archive.terminal.session import session_of
from kehoach_parser import fold

RELATIONS = ("basis", "implements", "amends", "replaces", "repeals", "proposal", "guides", "material", "mention")
TODAY = ("hom nay", "hom-nay", "today")
ROLES = ("assigned", "lead", "cooperate", "request", "directed")
STATES = ("open", "in-progress", "done", "cancelled", "moved")
LEVELS = ("central", "province", "district", "commune")


def role_named(name: str, context: typer.Context) -> str:
    """The role that ``name`` means."""
    # "được giao" without "được", which nobody types.
    role = _meant(name, "role", ROLES, lambda said: (said,), "duoc ")
    return role or _none("duties.no-such-role", context, ", ", "role", ROLES, role=name)


def relation_named(name: str, context: typer.Context) -> str:
    """The relation that ``name`` means ("implements", "thực hiện", "thay thế")."""
    relation = _meant(name, "relation", RELATIONS, lambda said: (said, *said.split(",")), "duoc ")
    return relation or _none("cites.no-such-relation", context, ", ", "relation", RELATIONS, relation=name)


def level_named(name: str, context: typer.Context) -> str:
    """The level that ``name`` means ("province", "tỉnh", "cấp xã")."""
    level = _meant(name, "rank", LEVELS, lambda said: said.split(","), "cap ")
    return level or _none("gaps.no-such-level", context, "; ", "rank", LEVELS, level=name)


def state_named(name: str, context: typer.Context) -> str:
    """The state that ``name`` means ("done", "đã xong", "da xong", "trễ hạn")."""
    states = (*STATES, "late")
    state = _meant(name, "duty-state", states, lambda said: (said,), "")
    return state or _none("duty.no-such-state", context, ", ", "duty-state", states, state=name)


def day_typed(value: str | None) -> str | None:
    """A day as it was typed, "hôm nay" and "today" as the day that it is."""
    return date.today().isoformat() if value is not None and fold(value).strip() in TODAY else value


def _meant(typed: str, family: str, names: Iterable[str], said: Callable[[str], Iterable[str]], before: str) -> str | None:
    """The name that is typed; ``said`` are the ways in which a term of the catalogue is said, ``before`` what may stand before one."""

    def bare(word: str) -> str:
        return fold(word).lower().strip().removeprefix(before)

    for name in names:
        terms = (messages_of(language).term(family, name) for language in ("vi", "en"))
        if bare(typed) in {name, *(bare(word) for term in terms for word in said(term))}:
            return name
    return None


def _none(key: str, context: typer.Context, between: str, family: str, names: Iterable[str], **typed: str) -> str:
    """Raises the usage error that lists what may be typed."""
    words = session_of(context).words
    choices = between.join(f"{name} ({words.term(family, name)})" for name in names)
    raise typer.BadParameter(words.say(key, choices=choices, **typed), ctx=context)
