"""Which plans make a claim is kept with the claim."""

from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa
from alembic import op
from pyroaring import FrozenBitMap

revision = "0017"
down_revision = "0016"

_NOBODY = FrozenBitMap().serialize()


def upgrade() -> None:
    op.add_column("claims", sa.Column("plans", sa.LargeBinary(), server_default="", nullable=False))
    op.add_column("claims", sa.Column("times", sa.Integer(), server_default="0", nullable=False))
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE claims SET plans = :nobody"), {"nobody": _NOBODY})
    made = connection.execute(sa.text("SELECT claim, version_id FROM resolutions WHERE mention = 0 ORDER BY claim"))
    write = sa.text("UPDATE claims SET plans = :plans, times = :times WHERE id = :claim")
    for claim, rows in groupby(made.all(), key=itemgetter(0)):
        versions = [version_id for _, version_id in rows]
        connection.execute(write, {"plans": FrozenBitMap(versions).serialize(), "times": len(versions), "claim": claim})
