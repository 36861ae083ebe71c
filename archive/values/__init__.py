"""What questions return, and what some of them take: frozen values of words and numbers, free of rows, engines and screens.

`__init__.pyi` says which lies where. They are imported when one is first asked for: names of types alone cost nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
