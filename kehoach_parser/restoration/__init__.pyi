from .meant import Meant, as_meant
from .model import model_stamp, save_model
from .plan_fields import with_restored_fields
from .restorer import (
    DOUBTFUL,
    Restoration,
    RestoredWord,
    Restorer,
    as_read,
    load_restorer,
    passage_as_read,
    restore,
    shipped_restorer,
)
from .retraining import Retrained, retrain

__all__ = [
    "DOUBTFUL",
    "Meant",
    "Restoration",
    "RestoredWord",
    "Restorer",
    "Retrained",
    "as_meant",
    "as_read",
    "load_restorer",
    "model_stamp",
    "passage_as_read",
    "restore",
    "retrain",
    "save_model",
    "shipped_restorer",
    "with_restored_fields",
]
