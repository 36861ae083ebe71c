"""Which files are added: those that are named, and of folders those that something reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from archive.store.originals import NAMES, is_original

#: File names that are looked at in a folder; a file that is named itself is tried whatever it is called.
SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".docx", ".docm", ".doc", ".odt", ".rtf", ".html", ".htm"}
    | {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".zip"}
)


def find_files(paths: Iterable[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The files to add, and those that are passed over because nothing reads their format yet; each once, hidden ones aside.

    To add: files as they are named, of folders all in them (sorted) with a name in SUFFIXES, and the kept files of an archive
    (`store.originals`). A path that is not there, and a folder that
    may not be read, are among them: `add_files` reports them as failed.
    """
    named = tuple(paths)
    found: dict[Path, None] = {}
    for path in named:
        if path.is_dir():
            found.update(dict.fromkeys(_walk(path)))
        else:
            found[path] = None
    return tuple(found), tuple(_passed_over(named, found.keys()))


def _passed_over(paths: Iterable[Path], taken: Set[Path]) -> Iterator[Path]:
    return (
        Path(place, name)
        for path in paths
        if path.is_dir()
        for place, _, names in os.walk(path)
        if not any(part.startswith(".") for part in Path(place).relative_to(path).parts)
        for name in sorted(names)
        if not name.startswith(".") and Path(place, name) not in taken and Path(name).stem.lower() != "readme" and name != NAMES
    )


def _walk(folder: Path) -> Iterator[Path]:
    denied: list[Path] = []
    for place, folders, names in os.walk(folder, onerror=lambda error: denied.append(Path(error.filename))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            # A README tells about the folder, it is no plan of it.
            path = Path(place, name)
            if not name.startswith(".") and (path.suffix.lower() in SUFFIXES or is_original(path)) and path.stem.lower() != "readme":
                yield path
    yield from denied
