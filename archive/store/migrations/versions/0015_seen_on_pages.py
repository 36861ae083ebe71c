"""What a reader saw on the pages of a file is kept with its text; older documents get it when they are read again (`keep.reparsing`)."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("contents", sa.Column("seen", sa.JSON(none_as_null=True), nullable=True))
