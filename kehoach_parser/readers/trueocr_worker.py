"""One image read by TrueOCR, in a process of its own (`trueocr_engine`): prints the words with their boxes in pixels as JSON."""

from __future__ import annotations

import json
import sys
from typing import Any

import trueocr


def main(image: str) -> None:
    """Prints [[text, left, top, right, bottom, certainty], …]."""
    model = trueocr.load_model(threads=1, auto_rotate=False)
    lines = model.predict(image).lines
    print(json.dumps([word for line in lines for word in words_of(line["text"], line["bbox"], line["confidence"])], ensure_ascii=False))


def words_of(text: str, box: list[int], certainty: float) -> list[list[Any]]:
    """The words of a line, its width shared out among them by their letters: the engine says where lines stand, not words."""
    left, top, right, bottom = box
    step = (right - left) / max(1, len(text))
    found, at = [], 0
    for word in text.split(" "):
        if word:
            found.append([word, left + at * step, top, left + (at + len(word)) * step, bottom, round(certainty, 3)])
        at += len(word) + 1
    return found


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main(sys.argv[1])
