"""A passage of a plan on the screen: as printed, with what was found set off, and under it as it is read where the print is damaged."""

from __future__ import annotations

from archive import values
from archive.terminal.messages import Messages
from archive.terminal.paper import print_text
from archive.terminal.shown import snippet_text


def print_passage(snippet: values.Snippet, read: str | None, words: Messages, indent: int) -> None:
    """The passage, and how it is ``read`` beside it: the print is the evidence, the reading is what a person can follow."""
    print_text(snippet_text(snippet), indent=indent)
    if read:
        print_text(words.say("passage.read", text=read), indent=indent, style="dim")
