"""How the sentence around a citation is read where its print is damaged, so that `cites` need not wait for the restorer.

The new column is filled when the archive is next opened, as its rows are of an earlier form.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("citations", sa.Column("sentence_read", sa.Text(), nullable=True))
