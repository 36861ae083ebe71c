"""How duties are said: their place in the plan, their deadline, their role."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from archive import values
from archive.terminal.corrected import PRINTED_WORDS
from archive.terminal.messages import Messages
from archive.terminal.shown import place_line

#: The later papers that may change what a document says, by its number.
Proposals = Mapping[int, Sequence[values.Proposal]]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"\d{4}-\d\d")
_LABEL_NUMBER = re.compile(r"[IVXLC]+|\d+|[A-Z]")
#: A rule of these frequencies is said in words where its printed form does not say that it comes again ("20/11").
_EVERY = {"FREQ=YEARLY": "yearly", "FREQ=MONTHLY": "monthly", "FREQ=WEEKLY": "weekly", "FREQ=DAILY": "daily"}
_QUARTERLY = ("FREQ=MONTHLY;INTERVAL=3", "BYMONTH=3,6,9,12")


class Due(Protocol):
    """What a duty and a task have of a deadline."""

    @property
    def deadline(self) -> str | None: ...
    @property
    def deadline_raw(self) -> str | None: ...
    @property
    def deadline_last(self) -> str | None: ...
    @property
    def recurs(self) -> str | None: ...
    @property
    def when(self) -> str | None: ...


def place_words(place: values.Place, line: int, words: Messages) -> str:
    """ "mục III.2, Tổ chức thực hiện"; outside the outline with the line: "Phụ lục II, dòng 312"."""
    if place.where in ("annex", "attached"):
        said = _annex(place.heading) if place.heading else words.term("part", place.where)
    elif place.path is not None:
        return place_line(place, words)
    else:
        said = words.term("where", place.where)
    return words.say("duties.line", place=said, line=line)


def state_words(standing: values.DutyState, late: bool, words: Messages) -> str:
    """How a duty stands: "đã xong 20/03/2026 (trễ hạn); kết quả: …; người phụ trách: …"."""
    day = standing.day if standing.state == "done" else standing.moved_to
    said = " ".join(filter(None, (words.term("duty-state", standing.state), words.day(day))))
    parts = [f"{said} ({words.term('duty-state', 'late')})" if late else said]
    parts += [words.say("duty.moved-by", document=standing.moved_by)] if standing.moved_by else []
    told = (("duty.result", standing.result), ("duty.person", standing.person), ("duty.note", standing.note))
    return "; ".join([*parts, *(words.say(key, said=value) for key, value in told if value)])


def corrected_words(duty: values.Duty, words: Messages) -> str:
    """What people corrected of a duty, with the print: "đơn vị: đã sửa; bản in: PANG UY …"; "" where they corrected nothing."""

    return "; ".join(f"{words.term('duty-part', part)}: {_said(part, printed, words)}" for part, printed in duty.corrected.items())


def _said(part: str, printed: str | None, words: Messages) -> str:
    if part == "role" and printed:
        return words.say("corrected.read", read=words.term("role", printed))
    shown = " ".join((printed or "").split()[:PRINTED_WORDS])
    return words.say("corrected.printed", printed=shown) if shown else words.say("corrected.unprinted")


def field_words(name: str, value: str | None, words: Messages) -> str:
    """A field of what is said of a duty in words; "–" where it is empty."""
    if name == "state" and value:
        return words.term("duty-state", value)
    return (words.day(value) if name in ("day", "moved_to") else value) or "–"


def proposal_words(proposal: values.Proposal, words: Messages) -> str:
    """ "đề nghị xem: 40-CV/ĐU ngày 05/01/2026 gia hạn"."""
    document = proposal.hit.document
    named = document.symbol or document.name or str(document.id)
    dated = words.say("tree.dated", date=words.day(document.date)) if document.date else ""
    return words.say("duty.proposal", document=f"{named}{dated}", kind=words.term("proposal", proposal.kind))


def _annex(label: str) -> str:
    """ "PHỤ LỤC II" as "Phụ lục II"."""
    if not label.isupper():
        return label
    said = " ".join(word if _LABEL_NUMBER.fullmatch(word) else word.lower() for word in label.split())
    return said[:1].upper() + said[1:]


def deadline_words(due: Due, words: Messages) -> str:
    """The deadline as people say it: "15/12/2025", "Quý IV năm 2025", "ngày 20/11 hằng năm", "chậm nhất 10 ngày sau khi …"; "" where there
    is none."""
    printed = " ".join((due.deadline_raw or "").split())
    if due.recurs is not None:
        printed = printed or " ".join((due.when or "").split())
        every = words.say(f"every.{_every(due.recurs)}")
        return printed if re.search(r"[^\W\d]{3}", printed.lower().replace("ngày", "")) else f"{printed} {every}".strip()
    value = due.deadline or ""
    if not value and due.when:
        return " ".join(due.when.split())
    return words.day(value) if _DAY.fullmatch(value) or _MONTH.fullmatch(value) else printed or words.day(value)


def last_day(due: Due, words: Messages) -> str:
    """The day on which a deadline ends, where that is not what is printed; else ""."""
    exact = due.recurs is not None or (due.deadline is not None and _DAY.fullmatch(due.deadline))
    return "" if exact else words.day(due.deadline_last)


def _every(rule: str) -> str:
    if any(part in rule for part in _QUARTERLY):
        return "quarterly"
    return _EVERY[rule.partition(";")[0]]
