"""The roles of a duty and the relations of a citation as people type them: the name of the format ("lead") or the word of either
language ("chủ trì", "chu tri")."""

from __future__ import annotations

import typer

from archive.terminal.messages import words_of
from archive.terminal.session import session_of
from kehoach_parser import fold

RELATIONS = ("basis", "implements", "amends", "guides", "material", "mention")
ROLES = ("assigned", "lead", "cooperate", "request", "directed")


def _bare(word: str) -> str:
    """A word folded, "được giao" without "được": nobody types it."""
    return fold(word).lower().strip().removeprefix("duoc ")


def role_named(name: str, context: typer.Context) -> str:
    """The role that ``name`` means; a usage error in the user's language where it means none."""
    asked = _bare(name)
    for role in ROLES:
        if asked in (role, *(_bare(words_of(language).term("role", role)) for language in ("vi", "en"))):
            return role
    words = session_of(context).words
    choices = ", ".join(f"{role} ({words.term('role', role)})" for role in ROLES)
    raise typer.BadParameter(words.say("duties.no-such-role", role=name, roles=choices), ctx=context)


def relation_named(name: str, context: typer.Context) -> str:
    """The relation that ``name`` means ("implements", "thực hiện", "thay thế"); a usage error where it means none."""
    asked = _bare(name)
    for relation in RELATIONS:
        known = (words_of(language).term("relation", relation) for language in ("vi", "en"))
        if asked in (relation, *(_bare(part) for said in known for part in (said, *said.split(",")))):
            return relation
    words = session_of(context).words
    choices = ", ".join(f"{relation} ({words.term('relation', relation)})" for relation in RELATIONS)
    raise typer.BadParameter(words.say("cites.no-such-relation", relation=name, relations=choices), ctx=context)
