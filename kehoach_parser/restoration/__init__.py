"""From damaged letters back to Vietnamese: a derived layer beside the printed text.

words → gate → channel and language model → decoder; `restorer` knows the order. Beside it `training` makes a model of texts and
pairs, `retraining` adds a user's own texts to one. What is exported stands in `__init__.pyi`; a name is imported when it is asked for,
so that the stamp of the model costs no restorer.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
