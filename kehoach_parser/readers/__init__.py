"""Bytes in, Text out: the one place where a file becomes letters and offsets.

What is exported stands in `__init__.pyi`; a name is imported when it is asked for: each file of a binary format starts a process that
needs none of these.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
