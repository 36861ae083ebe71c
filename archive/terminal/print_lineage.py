"""What became of a unit, and what it came from, in words: on its page, and as a hint beside other answers."""

from __future__ import annotations

from collections.abc import Sequence

from archive import values
from archive.terminal.messages import Messages
from archive.terminal.session import Session

#: Hints told beside an answer.
TOLD = 5


def step_words(step: values.UnitStep, words: Messages) -> str:
    """ "Sở Tài chính (thành phố Hải Phòng), since 01/03/2025, by 45/2025/NĐ-CP; in the archive: 12 duties, 3 documents"."""
    facts = {"date": words.day(step.since), "source": step.source}
    if not step.name:
        return words.say("lineage.ended", **facts)
    said = words.say("lineage.step", unit=_with_place(step.name, step.place), **facts)
    said += words.say("lineage.through", unit=step.through) if step.through else ""
    return said + (words.say("lineage.duties", duties=step.duties, plans=step.documents) if step.duties else "")


def tell_hints(hints: Sequence[values.UnitHint], session: Session) -> None:
    """A line for each unit asked for that was merged or ended."""
    words = session.words
    for hint in hints[:TOLD]:
        key = "lineage.hint" if hint.became[-1].name else "lineage.hint-ended"
        became = " → ".join(step_words(step, words) for step in hint.became)
        session.warn(words.say(key, unit=_with_place(hint.name, hint.place), became=became))
    if len(hints) > TOLD:
        session.warn(words.say("lineage.more", count=len(hints) - TOLD))


def _with_place(name: str, place: str) -> str:
    return f"{name} ({place})" if place else name
