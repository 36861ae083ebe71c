"""From damaged letters back to Vietnamese: a derived layer beside the printed text.

words → gate → channel and language model → decoder; `restorer` knows the order. Training lies beside: `training` makes a model of texts and
pairs, `retraining` adds a user's own texts to one.
"""

from kehoach_parser.restoration.model import save as save_model
from kehoach_parser.restoration.readings import with_readings
from kehoach_parser.restoration.restorer import (
    DOUBTFUL,
    Restoration,
    RestoredWord,
    Restorer,
    as_read,
    load_restorer,
    restore,
    shipped_restorer,
)
from kehoach_parser.restoration.retraining import Retrained, retrain

__all__ = [
    "DOUBTFUL",
    "Restoration",
    "RestoredWord",
    "Restorer",
    "Retrained",
    "as_read",
    "load_restorer",
    "restore",
    "retrain",
    "save_model",
    "shipped_restorer",
    "with_readings",
]
