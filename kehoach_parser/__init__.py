"""Reads Vietnamese administrative plans: text in, values out.

What is exported, and from where, stands in `__init__.pyi`, which type checkers read too. A name is imported when it is first asked for:
spaCy and underthesea take seconds, and only who parses pays for it.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
