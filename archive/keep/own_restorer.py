"""The restorer that an archive has trained on its own clean documents; lies as a file in the archive's folder.

It serves what is asked of the archive's folder (`kehoach restore`). Plans are parsed with the restorer of the package alone: a plan depends
on its text and on nothing else that an archive holds.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from archive.ask.documents import list_documents, show
from archive.errors import TooFewCleanTexts
from archive.store.handle import Archive
from archive.store.places import place_of
from kehoach_parser import Restorer, Retrained, load_restorer, retrain, save_model, shipped_restorer

FILE = "restorer.npz"
#: Quality (0..1) from which a document counts as clean.
CLEAN = 0.95


def restorer_of(where: Path | str) -> Restorer | None:
    """The restorer trained in the folder of an archive, or None, also where an address does not say the folder. Raises NotAModel where its
    file is damaged, OSError where it cannot be read."""
    folder = place_of(where).folder
    return load_restorer(folder / FILE) if folder is not None and (folder / FILE).is_file() else None


def train_restorer(archive: Archive) -> Retrained:
    """Trains the package's restorer further on the clean documents; where that is better, the folder keeps it, else it keeps what it had.

    ``before`` and ``after`` are measured on documents of the archive that were held out. Raises TooFewCleanTexts, OSError.
    """
    texts = [show(archive, str(document.id)).text for document in list_documents(archive) if document.quality >= CLEAN]
    result = retrain(texts, shipped_restorer())
    if result.before is None:
        raise TooFewCleanTexts(texts=result.texts, syllables=result.syllables)
    if result.better:
        _keep(result, archive.folder / FILE)
    return result


def _keep(result: Retrained, path: Path) -> None:
    """Writes beside and moves over: who reads meanwhile finds the old file or the new one."""
    with NamedTemporaryFile(dir=path.parent, prefix=FILE, delete=False) as file:
        beside = Path(file.name)
    try:
        save_model(result.model, beside)
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
