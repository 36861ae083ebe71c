"""Who carries a document out is told by an index of resolutions, and when by one of versions: a cascade reads no more than it shows."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("resolutions", sa.Column("stated", sa.String(10), nullable=True))
    op.execute(
        """UPDATE resolutions SET stated = (
            SELECT CASE
                WHEN CAST(carries AS TEXT) <> '[]' THEN 'title' WHEN location IN ('subject', 'preamble') THEN location ELSE 'body'
            END
            FROM citations
            WHERE citations.version_id = resolutions.version_id AND citations.ordinal = resolutions.ordinal
                AND carries IS NOT NULL
        )"""
    )
    carries = sa.text("stated IS NOT NULL")
    op.create_index(
        "ix_resolutions_record_stated_version_id",
        "resolutions",
        ["record", "stated", "version_id"],
        sqlite_where=carries,
        postgresql_where=carries,
    )
    op.create_index("ix_versions_level_date_id_current", "versions", ["level", "date", "id", "current"])
