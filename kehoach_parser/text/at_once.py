"""The letters of a whole text put in place of others at once, where str.translate goes letter by letter (thirteen times as long)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_CODES, _UTF = 0x110000, "utf-32-le"
_UNMET = 0xFFFFFFFF  # no code point


class AtOnce:
    """Puts one character in place of each of a text. ``of``: the character for each code point, asked when one is first met.

    NumPy is imported when a text is read: who only asks an archive waits for nothing.
    """

    def __init__(self, of: Mapping[int, str]) -> None:
        self._of = of

    def __call__(self, text: str) -> str:
        """The text with its characters replaced, of the same length."""
        import numpy as np

        codes = np.frombuffer(text.encode(_UTF, "surrogatepass"), "<u4")
        out = self._table[codes]
        unmet = out == _UNMET
        if unmet.any():
            for code in set(codes[unmet].tolist()):
                self._table[code] = ord(self._of[code])
            out = self._table[codes]
        replaced: str = out.tobytes().decode(_UTF, "surrogatepass")
        return replaced

    @cached_property
    def _table(self) -> npt.NDArray[np.uint32]:
        import numpy as np

        return np.full(_CODES, _UNMET, "<u4")
