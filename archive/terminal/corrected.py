"""What people said, beside what is shown: a corrected value with its print, and the numbers by which `kehoach correct` names things."""

from __future__ import annotations

from collections.abc import Sequence

from archive import values
from archive.terminal.messages import Messages
from archive.terminal.paper import print_field

#: States of corrections that hold.
HOLD = ("applied", "agrees")
#: Words of a print that are shown.
PRINTED_WORDS = 16


class Said:
    """The corrections of a plan that is shown; of a plan that stands in no archive there are none, nor numbers."""

    def __init__(self, corrections: Sequence[values.Correction] = (), words: Messages | None = None) -> None:
        self._words = words
        self._marks: dict[tuple[str, int | None], str] = {}
        for each in corrections:
            if each.state in HOLD and words is not None and (each.ordinal is not None or each.anchor is None):
                key = (kind_of(each.field), each.ordinal)
                if (mark := _mark(each, words)) not in self._marks.get(key, ""):
                    self._marks[key] = self._marks.get(key, "") + mark

    def of(self, kind: str, number: int | None = None) -> str:
        """ " (corrected; printed: 35-KH/DU)" beside a field of the head, or beside what stands at a place in a list of the plan."""
        return self._marks.get((kind, number), "")

    def number(self, first: int, last: int | None = None) -> str:
        """ " [3]", " [5–7]": how what stands at these places is named, counted from 1."""
        if self._words is None:
            return ""
        return f" [{first + 1}]" if last in (None, first) else f" [{first + 1}–{last + 1}]"


NOTHING_SAID = Said()


def kind_of(field: str) -> str:
    """What a field is of: a field of the head or the signature is its own."""
    return field if field.startswith("signature.") else field.partition(".")[0]


def _mark(correction: values.Correction, words: Messages) -> str:
    printed = " ".join((correction.printed or "").split()[:PRINTED_WORDS])
    return f" ({words.say('corrected.printed', printed=printed)})" if printed else f" ({words.say('corrected.unprinted')})"


def tell_text(corrections: Sequence[values.Correction], words: Messages) -> None:
    """The words of the text that are corrected, and how many corrections wait for their place."""
    for each in corrections:
        if each.field == "text" and each.state in HOLD:
            print_field(words.say("field.corrected_text"), f"{each.printed} → {each.value}")
    if waiting := sum(each.state == "unplaced" for each in corrections):
        print_field(words.say("field.unplaced"), words.say("corrected.waiting", count=waiting))


def field_label(correction: values.Correction) -> str:
    """A field as `kehoach correct` takes it, where its place is known: "citation:3.document"."""
    kind, _, key = correction.field.partition(".")
    if correction.ordinal is None or kind not in ("citation", "duty", "recipient"):
        return correction.field
    return f"{kind}:{correction.ordinal + 1}" + (f".{key}" if key else "")


def said_words(value: values.Said, words: Messages) -> str:
    """A value for people: of a duty and of a document their parts."""
    if value is None:
        return words.say("corrected.none")
    if isinstance(value, dict):
        return ", ".join(part for name, part in value.items() if part and name not in ("text", "place"))
    return " ".join(value.split())


def corrected_line(correction: values.Correction, document: str, words: Messages) -> str:
    """ "[3] 35-KH/ĐU, date: 2025-11-21 (was 2025-11-20; printed: ngày 20 …)"."""
    facts = {"value": said_words(correction.value, words), "was": said_words(correction.was, words)}
    line = words.say("corrected.line", document=document, field=field_label(correction), **facts)
    return line + (_mark(correction, words) if correction.printed else "")


def tell_corrected(found: values.Corrected, document: str, words: Messages) -> str:
    """What a correction did, in a line."""
    line = corrected_line(found.correction, document, words)
    return line if found.fresh else words.say("corrected.already", line=line)
