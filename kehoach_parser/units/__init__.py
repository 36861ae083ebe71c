"""Units (cơ quan, đơn vị): named in a text, with an identity that other plans share; what became of each.

`read_words` makes of a text the words that units and duties are read from, `find_units` finds the names, `scope_in` says where the organ
stands that issues the text, and `key_of` which body a name means there.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
