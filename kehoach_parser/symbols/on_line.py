"""Where the symbol of a paper stands on a line of its head, by the forms of `grammar/symbol.lark`: whole, or a half or the number of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kehoach_parser.grammars import forms
from kehoach_parser.model import Span

_PLAIN = str.maketrans("ĐÐđ", "DDd")
#: What a line holds that bears a symbol, or the number of one at its end.
_SIGN = re.compile(r"[-/]|\d\s*\Z")
#: What may be found beside what is known of a symbol: nothing, its "number" alone, the first "half" up to its last sign.
_AFTER = {
    "nothing": ("of_assembly", "first_half", "written", "of_old", "unsigned", "number_alone"),
    "number": ("written",),
    "half": ("second_half",),
}


@dataclass(frozen=True, slots=True)
class OnLine:
    """A symbol, or what a line holds of it (``span``), and where it stands with "Số:" before it (``taken``)."""

    span: Span
    taken: Span

    @property
    def announced(self) -> bool:
        """Whether "Số" says that it is one."""
        return self.span[0] > self.taken[0]


def symbol_on_line(printed: str, known: str = "nothing") -> OnLine | None:
    """The symbol on a printed line, or what the line adds to what is ``known`` of it (nothing | number | half)."""
    if known != "half" and _SIGN.search(printed) is None:
        return None
    text, rules = printed.translate(_PLAIN), dict(forms("symbol", "on_line", "on_line").rules)
    found = (_found(rules[name], text) for name in _AFTER[known])
    return next((each for each in found if each is not None), None)


def _found(rule: re.Pattern[str], text: str) -> OnLine | None:
    match = rule.search(text)
    if match is None:
        return None
    said = next((match.end(name) for name in ("SO", "SO_ALONE") if match.groupdict().get(name) is not None), match.start())
    start = said + len(text[said : match.end()]) - len(text[said : match.end()].lstrip())
    return OnLine((start, match.end()), match.span())
