"""How a field is named: "date", "signature.name", "node:II.1.heading", "citation:3.document", "duty:5.deadline", 'text:"printed words"'.

A name is a key of the Plan JSON; behind the colon stands which one is meant, as answers print it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches

from archive.errors import NotCorrectable

HEAD = ("date", "symbol", "organ", "parent_organ", "place", "type", "subject", "marks")
SIGNATURE = ("signature.name", "signature.title", "signature.authority")
#: The keys that each kind of thing has, "" for the thing itself.
KEYS: dict[str, tuple[str, ...]] = {
    "recipient": ("", "purpose"),
    "node": ("label", "heading"),
    "citation": ("", "document", "type", "symbol", "date", "issuer", "title", "relation"),
    "duty": ("", "unit", "role", "task", "deadline"),
    "unit": ("",),
    "text": ("",),
}
#: Things of which one more may be added, by the kind alone.
ADDED = ("duty", "recipient")
#: What may be typed for a kind.
_OTHERWISE = {"recipients": "recipient", "nodes": "node", "citations": "citation", "duties": "duty", "assignment": "duty"}


@dataclass(frozen=True, slots=True)
class Named:
    """A field as named: ``field`` is its key, without which one is meant; ``which`` says that ("3", "II.1", "printed words"), None for a
    field of the head and for one that is added."""

    field: str
    which: str | None

    @property
    def kind(self) -> str:
        """What kind of thing it is of: recipient | node | citation | duty | unit | text; a field of the head itself."""
        return self.field.partition(".")[0] if self.field not in SIGNATURE else self.field

    @property
    def key(self) -> str:
        """The key of the thing; "" for the thing itself."""
        return self.field.partition(".")[2] if self.field not in SIGNATURE else ""


def read_field(said: str) -> Named:
    """Takes the name of a field apart. Raises NotCorrectable, with the fields that may have been meant."""
    name, colon, which = unicodedata.normalize("NFC", said).strip().partition(":")
    name = _OTHERWISE.get(name.strip().lower(), name.strip().lower())
    if not colon:
        if name in (*HEAD, *SIGNATURE, *ADDED):
            return Named(name, None)
        raise _unknown(said, name)
    if name == "text":
        return Named("text", which.strip().strip('"“”') or None)
    if name not in KEYS:
        raise _unknown(said, name)
    number, _, key = which.strip().rpartition(".")
    if not number:
        number, key = which.strip(), ""
    if key not in KEYS[name] or not number:
        raise _unknown(said, f"{name}:{which}")
    return Named(f"{name}.{key}" if key else name, number)


def _unknown(said: str, name: str) -> NotCorrectable:
    kind = name.partition(":")[0]
    numbered = [f"{each}:N.{key}".rstrip(".") for each, keys in KEYS.items() if each != "text" for key in keys]
    known = [each.replace("node:N", "node:II.1") for each in (*HEAD, *SIGNATURE, *ADDED, *numbered, 'text:"…"')]
    near = [each for each in known if each.startswith(f"{kind}:")] or get_close_matches(name, known, 3, 0.5)
    return NotCorrectable("correct-field", field=said, fields=", ".join((*HEAD, *SIGNATURE, *KEYS)), candidates=tuple(near))
