"""The names of the units, and to whom is reported: what questions about one unit look for first."""

import sqlalchemy as sa
from alembic import op

from archive.store.unit_index import name_rows

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    names = op.create_table(
        "unit_names",
        sa.Column("unit_key", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit_key", "unit", "name", name=op.f("pk_unit_names")),
    )
    op.create_index("ix_assignments_reports_to", "assignments", ["reports_to"], unique=False)
    units = op.get_bind().execute(sa.text("SELECT DISTINCT unit_key, unit FROM assignments")).all()
    op.bulk_insert(names, [row for key, unit in units for row in name_rows(key, unit)])
