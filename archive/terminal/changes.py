"""What citations mean now and did not before: told by `kehoach add`, `remove` and `resolve`, which also tells which
units duties belong to now."""

from __future__ import annotations

from collections.abc import Sequence

from archive import values
from archive.terminal.messages import Messages
from archive.terminal.session import Session
from archive.terminal.shown import cited_name, document_name

#: So many changes are told one by one; of more, how many they are.
TOLD = 20


def tell_changes(changes: Sequence[values.Change], session: Session) -> None:
    """A line for each change: the plan, the citation as printed, what it meant, what it means."""
    words = session.words
    if not changes:
        return
    session.warn(words.say("changes.head", count=sum(change.count for change in changes)))
    for change in changes[:TOLD]:
        line = words.say(
            "changes.one",
            document=document_name(change.document),
            printed=change.raw,
            before=_outcome(change.before, words),
            after=_outcome(change.after, words),
        )
        session.warn(f"  {line}" + (words.say("changes.times", count=change.count) if change.count > 1 else ""))
    if len(changes) > TOLD:
        session.warn(words.say("changes.more", count=len(changes) - TOLD))


def _outcome(outcome: values.Outcome, words: Messages) -> str:
    """ "in the archive: [3] 35-KH/ĐU", "may be: Nghị quyết 18-NQ/TW of 2017-10-25, …"."""
    names = [cited_name(cited, words) for cited in outcome.documents]
    papers = [document_name(cited.document) for cited in outcome.documents if cited.document is not None]
    said = ", ".join(names) or words.say("changes.unknown")
    if papers and outcome.state != "ambiguous":
        said += f" {papers[0]}"
    return words.say(f"outcome.{outcome.state}", said=said)


def tell_unit_changes(changes: Sequence[values.UnitChange], session: Session) -> None:
    """A line for each printed name whose duties belong to another unit now."""
    words = session.words
    if not changes:
        return
    session.warn(words.say("resolve.units-head", count=sum(change.count for change in changes)))
    for change in changes[:TOLD]:
        unit = f"{change.unit} ({change.place})" if change.place else change.unit
        key = "resolve.unit" if change.taught else "resolve.unit-back"
        session.warn(f"  {words.say(key, printed=change.printed, count=change.count, unit=unit, total=change.total)}")
    if len(changes) > TOLD:
        session.warn(words.say("resolve.units-more", count=len(changes) - TOLD))
