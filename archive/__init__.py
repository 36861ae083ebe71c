"""The archive: values to disk and back, and every question asked of them. Names that are not exported here are nobody else's business.

What is exported, and from where, stands in `__init__.pyi`, which type checkers read too. A name is imported when it is first asked for, so
that `--help` does not wait for the database.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
