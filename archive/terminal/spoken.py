"""The words of the command line as the pages of `archive.web` ask for them: what is said in one place is said so in the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import archive
from archive import values
from archive.terminal.duty_words import deadline_words
from archive.terminal.messages import Messages, messages_of
from archive.terminal.register_sheet import COLUMNS, register_calendar, register_csv, register_xlsx
from archive.terminal.shown import cited_name
from archive.terminal.wording import error_object


@dataclass(frozen=True, slots=True)
class Spoken:
    """One language: an `archive.web.Speech`."""

    words: Messages

    @property
    def texts(self) -> Mapping[str, str]:
        """Every message by its key."""
        return self.words.texts

    def say(self, key: str, /, **facts: object) -> str:
        """A message with its placeholders filled in."""
        return self.words.say(key, **facts)

    def term(self, family: str, name: str) -> str:
        """The word for a value."""
        return self.words.term(family, name)

    def day(self, value: str | None) -> str:
        """A date as people write it."""
        return self.words.day(value)

    def error(self, error: BaseException) -> dict[str, Any]:
        """An error as an object."""
        return error_object(error, self.words)

    def deadline(self, due: values.Task | values.Duty) -> str:
        """A deadline as people say it."""
        return deadline_words(due, self.words)

    def cited(self, cited: values.CitedDocument) -> str:
        """A cited document in a few words."""
        return cited_name(cited, self.words)

    def register(self, format: str, handle: archive.Archive, tasks: Sequence[values.Task], made: datetime) -> bytes:
        """The register as a file: xlsx | csv | ics."""
        documents = {task.document.id for task in tasks}
        proposed = archive.proposals(handle, documents)
        if format == "xlsx":
            return register_xlsx(tasks, proposed, self.words, made)
        if format == "ics":
            return register_calendar(tasks, proposed, archive.revisions(handle, documents), self.words)[0]
        heads = [self.words.say(f"register-column.{name}") for name in COLUMNS]
        return register_csv(tasks, proposed, self.words, heads).encode()


def spoken() -> dict[str, Spoken]:
    """Both languages."""
    return {"vi": Spoken(messages_of("vi")), "en": Spoken(messages_of("en"))}
