"""What is stored of a text and its plan, worked out before the database is asked: the long part of storing, which any process can do."""

from __future__ import annotations

from dataclasses import dataclass

from archive.amend.laying import as_it_is
from archive.common.words import TextWords
from archive.store.plan_rows import Rows
from archive.store.projection import Projected, header_columns, projected
from kehoach_parser import Plan, Text, plan_to_json


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan with its Plan JSON, the columns of its version, and its rows."""

    plan: Plan
    json: str
    columns: Rows
    projected: Projected


def draft_of(text: Text, plan: Plan, stored: str | None = None, words: TextWords | None = None) -> Draft:
    """The draft of a plan and the text that it was read from; ``stored`` is its Plan JSON where it is made already, ``words`` as in
    `projected`."""
    return Draft(plan, stored or plan_to_json(plan), header_columns(plan), projected(as_it_is(plan, text.content), words))
