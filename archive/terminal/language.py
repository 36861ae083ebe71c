"""Which language the program speaks: Vietnamese, unless the user's settings ask for English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Language = Literal["vi", "en"]

#: Asked in this order, the first that is set decides; ours first, then the order of POSIX for messages.
VARIABLES = ("KEHOACH_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def language(environ: Mapping[str, str]) -> Language:
    """The language for ``environ``: English where the deciding variable begins with "en" ("en", "en_US.UTF-8"), else Vietnamese.

    "C", "C.UTF-8" and "POSIX" name no language (servers and containers are set so), hence Vietnamese.
    """
    for variable in VARIABLES:
        value = environ.get(variable, "").strip().lower()
        if value:
            return "en" if value.replace("-", "_").split(".")[0].split("_")[0] in ("en", "english") else "vi"
    return "vi"
