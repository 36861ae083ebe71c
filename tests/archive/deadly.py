"""What other processes make of texts in tests of their deaths: nothing that takes them long to load."""

from __future__ import annotations

import os

from kehoach_parser import Text

DEADLY = "Phường Chết"


def length_or_death(text: Text) -> int:
    """How long a text is; at one of them the process ends, as one that runs out of memory does."""
    if DEADLY in text.content:
        os._exit(9)
    return len(text.content)
