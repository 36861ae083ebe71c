"""The words that give duties (data/duties.toml), ready to be asked whether they stand before or after a place in a text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kehoach_parser.text.fold import fold
from kehoach_parser.text.lists import table
from kehoach_parser.units import TextWords, phrases_by_word


class PhraseSet:
    """Phrases that are looked for after or before a word."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._by_first, self._by_last = phrases_by_word(texts), phrases_by_word(texts, -1)
        self._begins, self._ends = self._by_first.found_by, self._by_last.found_by

    def after(self, words: TextWords, at: int) -> int | None:
        """The word after the longest phrase that begins at word ``at``, or None."""
        if words.folds[at] not in self._begins and words.clean[at]:  # most words begin none
            return None
        for phrase in self._by_first.at(words, at):
            end = words.take(at, phrase, loose=len(phrase) > 1)
            if end is not None:
                return end
        return None

    def before(self, words: TextWords, end: int, least: int) -> int | None:
        """Where the longest phrase begins that ends right before word ``end``, not before word ``least``; or None."""
        if end <= least or (words.folds[end - 1] not in self._ends and words.clean[end - 1]):  # most words end none
            return None
        for phrase in self._by_last.at(words, end - 1):
            start = end - len(phrase)
            if start >= least and words.take(start, phrase, loose=len(phrase) > 1) is not None:
                return start
        return None

    def places(self, words: TextWords) -> Iterator[tuple[int, int]]:
        """The words of a text at which a phrase begins, each with the word after the longest."""
        for at in words.standing(self._begins, self._by_first.damaged):
            if (after := self.after(words, at)) is not None:
                yield at, after

    def within(self, words: TextWords, first: int, end: int) -> bool:
        """Whether a phrase stands anywhere in the words ``first`` to ``end``."""
        folds, clean = words.folds[first:end], words.clean[first:end]
        if self._begins.isdisjoint(folds) and False not in clean:  # most words begin none
            return False
        may = (at for at, folded in enumerate(folds, first) if folded in self._begins or not words.clean[at])
        return any(self.after(words, at) is not None for at in may)


@dataclass(frozen=True, slots=True)
class DutyWords:
    """The word lists, each by its use."""

    aims: PhraseSet
    reviews: PhraseSet
    manner: PhraseSet
    implementation: PhraseSet
    directing: frozenset[str]
    labels: tuple[tuple[str, PhraseSet], ...]
    owner: PhraseSet
    bare_owner: PhraseSet
    brings: PhraseSet
    bringing: PhraseSet
    content: PhraseSet
    card: PhraseSet
    time: PhraseSet
    time_label: PhraseSet
    time_signs: PhraseSet
    request: PhraseSet
    assign: PhraseSet
    topic: PhraseSet
    direct: PhraseSet
    guiding: PhraseSet
    cooperate: PhraseSet
    closely: frozenset[str]
    how: frozenset[str]
    eagerly: frozenset[str]
    report: PhraseSet
    subject: PhraseSet
    task: PhraseSet
    acting: PhraseSet
    addressed: PhraseSet
    lead: PhraseSet
    skipped: PhraseSet
    introducing: frozenset[str]
    announcing: PhraseSet
    consenting: PhraseSet
    rights: PhraseSet
    entitled: PhraseSet
    outcome: PhraseSet
    things: PhraseSet
    posts: PhraseSet
    actors: PhraseSet
    several: PhraseSet
    first_words: PhraseSet
    gather: PhraseSet
    reports_to: PhraseSet
    through: PhraseSet
    standing: PhraseSet
    opening: PhraseSet
    binding: PhraseSet
    charged: PhraseSet
    must: PhraseSet
    execute: PhraseSet
    concerning: PhraseSet
    matters: PhraseSet
    above_all: PhraseSet
    aside: PhraseSet
    presiding: tuple[str, ...]
    private: tuple[str, ...]
    heading: frozenset[str]

    def heads(self, words: TextWords, first: int, unit: int, end: int) -> Literal["request", "assign"] | None:
        """How words from ``first`` up to a unit (its words ``unit`` to ``end``) make it a head: "Đề nghị …", "Giao …", "Nội dung … có trách
        nhiệm chủ trì"; None where they do not. A colon may follow the order: "Đề nghị: Hội Nông dân, …"."""
        if words.text(unit - 1) == ":" and unit - 1 > first:
            unit -= 1
        if self.request.before(words, unit, first) == first:
            return "request"
        if self.topic.before(words, unit, first) == first:
            return "assign" if (self.binding.after(words, end) or self.lead.after(words, end)) is not None else None
        return "assign" if self.assign.before(words, unit, first) == first else None


@cache
def duty_words() -> DutyWords:
    """The word lists, read once."""
    data = table("duties")
    orders, content = data["orders"], data["content"]
    task = [*orders["subject"], *data["verbs"], *data["more_verbs"]]
    return DutyWords(
        aims=PhraseSet(data["aims"]),
        reviews=PhraseSet(data["reviews"]),
        manner=PhraseSet(orders["manner"]),
        implementation=PhraseSet(data["implementation"]),
        directing=frozenset(data["directing"]),
        labels=tuple((label["role"], PhraseSet(label["words"])) for label in data["labels"]),
        owner=PhraseSet(content["owner"]),
        bare_owner=PhraseSet(content["bare_owner"]),
        brings=PhraseSet(content["brings"]),
        bringing=PhraseSet([*content["brings"], *content["bringing"]]),
        content=PhraseSet(content["content"]),
        card=PhraseSet(content["card"]),
        time=PhraseSet(content["time"]),
        time_label=PhraseSet(content["time_label"]),
        time_signs=PhraseSet(content["time_signs"]),
        request=PhraseSet(orders["request"]),
        assign=PhraseSet(orders["assign"]),
        topic=PhraseSet(orders["topic"]),
        direct=PhraseSet(orders["direct"]),
        guiding=PhraseSet(orders["guiding"]),
        cooperate=PhraseSet(orders["cooperate"]),
        closely=frozenset(orders["closely"]),
        how=frozenset(orders["how"]),
        eagerly=frozenset(orders["eagerly"]),
        report=PhraseSet(orders["report"]),
        subject=PhraseSet(orders["subject"]),
        addressed=PhraseSet(orders["addressed"]),
        task=PhraseSet(task),
        acting=PhraseSet([*task, *orders["binding"], *orders["must"], *orders["direct"]]),
        lead=PhraseSet(orders["lead"]),
        skipped=PhraseSet(orders["skipped"]),
        introducing=frozenset(orders["introducing"]),
        announcing=PhraseSet(orders["announcing"]),
        consenting=PhraseSet(orders["consenting"]),
        rights=PhraseSet(orders["rights"]),
        entitled=PhraseSet([*orders["rights"], *orders["entitled"]]),
        outcome=PhraseSet(orders["outcome"]),
        things=PhraseSet(orders["things"]),
        posts=PhraseSet(orders["posts"]),
        actors=PhraseSet([*orders["posts"], *orders["actors"]]),
        several=PhraseSet(orders["several"]),
        first_words=PhraseSet(orders["first_words"]),
        gather=PhraseSet(orders["gather"]),
        reports_to=PhraseSet(orders["reports_to"]),
        through=PhraseSet(orders["through"]),
        standing=PhraseSet(orders["standing"]),
        opening=PhraseSet(orders["opening"]),
        binding=PhraseSet(orders["binding"]),
        charged=PhraseSet(orders["charged"]),
        must=PhraseSet(orders["must"]),
        execute=PhraseSet(orders["execute"]),
        concerning=PhraseSet(orders["concerning"]),
        matters=PhraseSet(orders["matters"]),
        above_all=PhraseSet(orders["above_all"]),
        aside=PhraseSet(orders["aside"]),
        presiding=tuple(data["presiding"]),
        private=tuple(map(fold, data["private"])),
        heading=frozenset(map(fold, data["heading"])),
    )
