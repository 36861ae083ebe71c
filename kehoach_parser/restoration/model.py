"""The restorer's model as a file: lexicon, counts of three syllables in a row, and the counts of the channels.

The file is what NumPy writes (`savez_compressed`), without pickled objects. It holds counts and no text; how it was made, from which inputs
and how well it does stands in docs/restoration.md.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kehoach_parser.errors import NotAModel
from kehoach_parser.restoration.language import Ints

Counts = Mapping[tuple[str, str], float]
#: Channels: pages read with a foreign OCR model; typed without marks; pages read with the Vietnamese OCR model.
DAMAGED, UNACCENTED, SCANNED = "damaged", "unaccented", "scanned"
SHIPPED = Path(__file__).parents[1] / "data" / "restorer.npz"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Model:
    """``version`` names the training; ``words`` is the lexicon after its names; ``keys`` and ``counts`` as `LanguageModel` takes them."""

    version: str
    words: tuple[str, ...]
    keys: Ints = field(repr=False)
    counts: Ints = field(repr=False)
    channels: Mapping[str, Counts] = field(repr=False)


def save_model(model: Model, path: Path) -> None:
    """Writes the model; the same model gives the same bytes."""
    import numpy as np

    arrays = {
        "format": np.asarray([_FORMAT]),
        "version": np.asarray(model.version),
        "words": np.frombuffer("\n".join(model.words).encode(), dtype=np.uint8),
        "keys": np.diff(model.keys, prepend=0),
        "counts": model.counts.astype(np.int32),
    }
    for name, counts in model.channels.items():
        entries = sorted(counts)
        arrays[f"{name}-segments"] = np.frombuffer("\n".join(f"{true}\t{read}" for true, read in entries).encode(), dtype=np.uint8)
        arrays[f"{name}-counts"] = np.asarray([counts[entry] for entry in entries], dtype=np.float32)
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def load_model(path: Path) -> Model:
    """Raises NotAModel for a file that is no such model, OSError for one that cannot be read."""
    import numpy as np

    try:
        with np.load(path, allow_pickle=False) as file:
            if file["format"].tolist() != [_FORMAT]:
                raise NotAModel(str(path))
            channels = {
                name: _channel(bytes(file[f"{name}-segments"]).decode(), file[f"{name}-counts"].tolist())
                for name in (DAMAGED, UNACCENTED, SCANNED)
            }
            words = tuple(bytes(file["words"]).decode().split("\n"))
            return Model(str(file["version"]), words, np.cumsum(file["keys"]), file["counts"].astype(np.int64), channels)
    except (KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise NotAModel(str(path)) from error


def _channel(segments: str, counts: list[float]) -> Counts:
    pairs = (tuple(line.split("\t")) for line in segments.split("\n"))
    return {(true, read): count for (true, read), count in zip(pairs, counts, strict=True)}


@cache
def model_stamp() -> str:
    """Eight hexadecimal digits that change when `data/restorer.npz` does: what was restored with another model is out of date."""
    return f"{zlib.crc32(SHIPPED.read_bytes()):08x}"
