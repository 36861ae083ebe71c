"""Cases of duties as blocks of a text file: "=== name @head", the body of a paper, "---", the expected lines."""

from __future__ import annotations

import re
from pathlib import Path

Block = tuple[str, str, str, list[str]]


def blocks(path: Path) -> list[Block]:
    """Name, head, body and the expected lines of each case of a file."""
    out = []
    for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        title, _, rest = block.partition("\n")
        name, _, head = title.partition(" @")
        body, _, expected = rest.partition("---\n")
        out.append((name, head, body, [line for line in expected.split("\n") if line]))
    return out
