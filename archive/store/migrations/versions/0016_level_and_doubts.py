"""The level of a document's organ, and what is in doubt of it: both are counted and asked for; filled when the archive is next opened."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("versions", sa.Column("level", sa.String(10), nullable=True))
    op.add_column("versions", sa.Column("doubts", sa.Text(), nullable=True))
