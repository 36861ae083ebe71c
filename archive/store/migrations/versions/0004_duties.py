"""Where duties stand (line, annex), their index of words, and what questions about deadlines need.

The index is filled, and the new columns are, when the archive is next opened: ``projection`` 0 says that a version's rows are of old.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    # A plain ALTER TABLE each: Alembic's batch mode drops the old table, and with it, by ON DELETE CASCADE, every text in the archive.
    op.add_column("versions", sa.Column("projection", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_versions_projection"), "versions", ["projection"], unique=False)
    op.add_column("assignments", sa.Column("zone", sa.String(length=20), nullable=False, server_default="body"))
    op.add_column("assignments", sa.Column("part", sa.Text(), nullable=True))
    op.add_column("assignments", sa.Column("line", sa.Integer(), nullable=False, server_default="1"))
    op.create_index("ix_dates_last_role", "dates", ["last", "role"], unique=False)
    op.create_index("ix_assignments_unit_key_unit", "assignments", ["unit_key", "unit", "role", "version_id"], unique=False)
    op.create_index("ix_assignments_version_id_deadline", "assignments", ["version_id", "deadline"], unique=False)
    op.execute(
        "CREATE VIRTUAL TABLE duty_signs USING fts5(signs, content='', detail=none,"
        " tokenize=\"unicode61 remove_diacritics 0 tokenchars '_:~*'\")"
    )
    op.execute("CREATE VIRTUAL TABLE duty_sign_counts USING fts5vocab(duty_signs, row)")
