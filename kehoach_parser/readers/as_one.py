"""Pictures of one paper (IMG_1.jpg, IMG_2.jpg …) put together as one: an image file of several pages, in the order of their numbers."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from kehoach_parser.errors import BrokenFile, MissingFile, NotAPicture, TookTooLong
from kehoach_parser.readers import file_bytes, printable_name
from kehoach_parser.readers.child import ChildFailed, run_module
from kehoach_parser.readers.signatures import kind_of

_WORKER = "kehoach_parser.readers.image_worker"
_SECONDS_A_PICTURE = 30.0
_NUMBER = re.compile(r"(\d+)")


def join_pictures(files: Sequence[Path]) -> tuple[str, bytes]:
    """A name for pictures of one paper and the bytes of the TIFF that holds all their pages; the same pictures give the same bytes.

    They are taken in natural order of their paths ("IMG_2" before "IMG_10"). Raises the errors of `file_bytes`, NotAPicture (a file of
    another kind: its ``name`` says which), BrokenFile, TookTooLong, MissingFile where there is none.
    """
    ordered = sorted(files, key=_natural)
    if not ordered:
        raise MissingFile("-")
    for file in ordered:
        where = printable_name(str(file))
        if (kind := kind_of(file_bytes(file))) != "image":
            raise NotAPicture(where, kind=kind or "text")
    name = ordered[0].name if len(ordered) == 1 else f"{ordered[0].stem} … {ordered[-1].name}"
    name = printable_name(name)
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        out = Path(folder, "pages.tif")
        try:
            told = run_module(_WORKER, ["join", str(out), *(str(file.absolute()) for file in ordered)], _SECONDS_A_PICTURE * len(ordered))
        except ChildFailed as failed:
            if failed.why == "crash":
                raise BrokenFile(name, kind="image") from None
            raise TookTooLong(name, kind="image") from None
        if told.strip() or not out.exists():
            raise BrokenFile(name, kind="image")
        return name, out.read_bytes()


def _natural(file: Path) -> tuple[str, list[tuple[int, str]]]:
    """Figures of a name are compared by what they are worth."""
    parts = _NUMBER.split(file.name.casefold())
    return str(file.parent), [(int(part), "") if number % 2 else (-1, part) for number, part in enumerate(parts)]
