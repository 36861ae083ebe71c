"""The one module of the parser that loads the Lark grammars of `grammar/`."""

from __future__ import annotations

from functools import cache
from typing import Any

from lark import Lark


@cache
def grammar(name: str, start: str = "start", lexer: Any = None, transformer: Any = None) -> Lark:
    """The LALR parser of ``grammar/<name>.lark``. ``lexer``: a Lark lexer class for grammars over ready-made tokens."""
    options: dict[str, Any] = {"parser": "lalr", "start": start, "maybe_placeholders": False}
    if lexer is not None:
        options["lexer"] = lexer
    if transformer is not None:
        options["transformer"] = transformer
    return Lark.open_from_package("grammar", f"{name}.lark", **options)
