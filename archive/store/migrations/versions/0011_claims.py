"""Claims stored by what they say, once for all plans that say the same. Citations are resolved anew when the archive is next opened."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("also", sa.Text(), nullable=True),
        sa.Column("says", sa.JSON(), nullable=False),
        sa.Column("outcomes", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    op.create_index("ix_claims_block", "claims", ["block"])
    op.create_index("ix_claims_also", "claims", ["also"])
    op.execute("DELETE FROM resolutions")
    op.execute("DELETE FROM authorities")
    op.execute("UPDATE versions SET resolved = FALSE WHERE current")
    op.add_column("resolutions", sa.Column("claim", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("resolutions", sa.Column("mention", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_resolutions_claim_mention_state_version_id", "resolutions", ["claim", "mention", "state", "version_id"])
    op.drop_index("ix_versions_current", "versions")  # SQLite took it before those of day, number and document, and read all versions
