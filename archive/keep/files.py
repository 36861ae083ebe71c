"""Which files are added: those that are named, and of folders those that something reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from archive.store.originals import NAMES, is_original

#: File names that are looked at in a folder; a file that is named itself is tried whatever it is called.
SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".docx", ".docm", ".doc", ".odt", ".rtf", ".html", ".htm"}
    | {".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".zip"}
)


class FoundFiles(NamedTuple):
    """What is to be added, what is passed over because nothing reads its format yet, and links that lead out of the folder they are in."""

    files: tuple[Path, ...]
    unread: tuple[Path, ...]
    links: tuple[Path, ...]


def find_files(paths: Iterable[Path], *, follow_links: bool = False) -> FoundFiles:
    """The files to add, each once, and what is passed over; hidden ones are left aside.

    To add: files as they are named, of folders all in them (sorted) with a name in SUFFIXES, and the kept files of an archive
    (`store.originals`). A path that is not there, and a folder that may not be read, are among them: `add_files` reports them as failed. A
    symbolic link in a folder that leads out of all folders named is passed over unless ``follow_links``; what is named is meant, link or
    not. No link leads in a circle: a folder is walked once.
    """
    named = tuple(paths)
    folders = [path for path in named if path.is_dir()]
    walk = _Walk(tuple(map(_target, folders)), follow_links)
    for path in named:
        if path in folders:
            walk.folder(path)
        else:
            walk.files[path] = None
    files = tuple(walk.files)
    return FoundFiles(files, tuple(path for path in walk.unread if path not in walk.files), tuple(walk.links))


class _Walk:
    """A walk through folders: ``homes`` are those that it was sent to, without links."""

    def __init__(self, homes: Sequence[Path], follow_links: bool) -> None:
        self.homes, self.follow_links = homes, follow_links
        self.files: dict[Path, None] = {}
        self.unread: dict[Path, None] = {}
        self.links: dict[Path, None] = {}
        self._followed: set[Path] = set()

    def folder(self, folder: Path) -> None:
        """All that a folder holds; what may not be read comes last."""
        denied: list[Path] = []
        for place, folders, names in os.walk(folder, onerror=lambda error: denied.append(Path(error.filename))):
            folders[:] = sorted(filter(_is_shown, folders))
            for path in (Path(place, name) for name in sorted(filter(_is_shown, names))):
                # A README tells about the folder, it is no plan of it; NAMES tells what kept files were called.
                if path.stem.lower() != "readme" and path.name != NAMES and self._may_be_read(path):
                    (self.files if path.suffix.lower() in SUFFIXES or is_original(path) else self.unread)[path] = None
            for path in (Path(place, name) for name in folders):
                if path.is_symlink() and self._may_be_read(path):
                    self._follow(path)
        self.files.update(dict.fromkeys(denied))

    def _may_be_read(self, path: Path) -> bool:
        """Whether it is no link that leads out; such a one is noted where links are not followed."""
        if self.follow_links or not path.is_symlink() or self._is_at_home(_target(path)):
            return True
        self.links[path] = None
        return False

    def _follow(self, link: Path) -> None:
        """Into the folder that a link leads to, unless the walk comes there anyway or was there."""
        target = _target(link)
        if not self._is_at_home(target) and not any(target.is_relative_to(other) for other in self._followed):
            self._followed.add(target)
            self.folder(link)

    def _is_at_home(self, target: Path) -> bool:
        return any(target.is_relative_to(home) for home in self.homes)


def _is_shown(name: str) -> bool:
    """Whether a name is no hidden one."""
    return not name.startswith(".")


def _target(path: Path) -> Path:
    """Where a path leads to; of links in a circle what is said first (``Path.resolve`` fails there)."""
    return Path(os.path.realpath(path))
