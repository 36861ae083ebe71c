"""What lets a question read no more than it shows: which days are told for sure, what is carried out where, which deadlines are no
duty's, how many duties a unit has.

The new columns and the counters are filled when the archive is next opened, as its rows are of an earlier form.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("versions", sa.Column("told", sa.String(length=10), nullable=True))
    op.add_column("citations", sa.Column("told", sa.String(length=10), nullable=True))
    op.add_column("citations", sa.Column("carries", sa.JSON(), nullable=True))
    op.add_column("dates", sa.Column("due", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_dates_due_last", "dates", ["due", "last"])
    op.create_table(
        "unit_counts",
        sa.Column("unit_key", sa.Text(), primary_key=True),
        sa.Column("duties", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
    )
    op.create_index("ix_unit_counts_duties", "unit_counts", ["duties"])
    op.drop_index("ix_versions_date", "versions")
    op.create_index("ix_versions_document_id_current", "versions", ["document_id", "current"])
    op.create_index("ix_versions_date_document_id_current", "versions", ["date", "document_id", "current"])
    op.create_index("ix_versions_name", "versions", ["name"])
    op.create_index("ix_versions_path", "versions", ["path"])
    op.drop_index("ix_citations_symbol_key", "citations")
    op.create_index("ix_citations_told", "citations", ["symbol_key", "told", "type", "symbol", "version_id"])
    op.execute("UPDATE versions SET projection = 0")
    # The counters are kept with the index of duties, which is made anew with the rows.
    op.execute("INSERT INTO duty_signs(duty_signs) VALUES ('delete-all')")
    op.execute("DELETE FROM unit_names")
