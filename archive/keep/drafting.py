"""What is made of a text before it is stored: plan, rows and the words for the index. Nothing here asks the archive, so that any process
can do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from archive.common.words import words_of
from archive.fulltext.engine import Analyse, Analysed
from archive.fulltext.indexing import analysed
from archive.store.drafts import Draft, draft_of
from kehoach_parser import Plan, Text, plan_to_json

Parse = Callable[[Text], Plan]


@dataclass(frozen=True, slots=True)
class Made:
    """A text as database and index take it."""

    draft: Draft
    analysed: Analysed


#: Makes that of a text.
Make = Callable[[Text], Made]


def maker(parse: Parse, analyse: Analyse) -> Make:
    """Makes it with this parser, for the index of this engine; it goes to other processes where both are functions of modules."""
    return partial(_made, parse, analyse)


def _made(parse: Parse, analyse: Analyse, text: Text) -> Made:
    plan = parse(text)
    quality = plan.source.quality
    printed, stored = words_of(text.content, quality), plan_to_json(plan)
    # First after the parser: what it has restored is not restored again.
    ready = analysed(analyse, text.content, quality, stored, plan, printed)
    return Made(draft_of(text, plan, stored, printed), ready)


def tried(make: Make, text: Text) -> Made | str:
    """What is made of a text, or why that failed. A failure is the file's: parsing never raises, and should it do so, the other files are
    added all the same."""
    try:
        return make(text)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
