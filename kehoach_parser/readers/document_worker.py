"""A Word file or a web page read by a process of its own: arguments FILE and what it is (docx | html).

Prints {"content": …, "notes": […]}, or {"error": code, "facts": …} as in `errors`. A small file may be made to need all memory or to hold
tables in tables in tables: what goes wrong here ends no other work.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from kehoach_parser.errors import EmptyFile, ReadError, TooLarge, Unreadable
from kehoach_parser.readers import limits

#: Elements within elements are read by functions within functions.
_FRAMES, _STACK = 40_000, 512 * 2**20


def main(path: str, kind: str) -> None:
    """Prints the answer."""
    try:
        content, notes = _read(Path(path).read_bytes(), kind)
        if len(content) > limits.TEXT_LETTERS:
            raise TooLarge("", what="letters", limit=str(limits.TEXT_LETTERS))
        if not content.strip():
            raise EmptyFile("")
        answer: dict[str, object] = {"content": content, "notes": notes}
    except ReadError as error:
        answer = {"error": error.code, "facts": error.facts}
    except MemoryError:
        raise  # told as such by `child.run`
    except Exception as error:  # what no one has foreseen is told with its name
        answer = {"error": Unreadable.code, "facts": {"reason": f"{type(error).__name__}: {error}"[:200]}}
    print(json.dumps(answer))


def _read(data: bytes, kind: str) -> tuple[str, tuple[str, ...]]:
    if kind == "docx":
        from kehoach_parser.readers.docx import read_docx

        return read_docx(data, "")
    from kehoach_parser.readers.html import read_html

    return read_html(data, "")


if __name__ == "__main__":
    sys.setrecursionlimit(_FRAMES)
    threading.stack_size(_STACK)
    thread = threading.Thread(target=main, args=sys.argv[1:3])
    thread.start()
    thread.join()
