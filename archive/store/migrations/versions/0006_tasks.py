"""A row for each task and unit in place of one for each head, and tables as values.

The old rows go at once, so that none of them is ever told among new ones; the next opening makes all anew from the stored plans. Plans that
were read without tasks give one row for each duty, and ``without_tasks`` says so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("versions", sa.Column("without_tasks", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE versions SET projection = 0")
    op.execute("INSERT INTO duty_signs(duty_signs) VALUES ('delete-all')")
    op.execute("DELETE FROM unit_names")
    op.drop_table("assignments")
    op.create_table(
        "assignments",
        *_of_plan("assignments"),
        sa.Column("assignment", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("unit_key", sa.Text(), nullable=False),
        sa.Column("unit_folded", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("node", sa.Integer(), nullable=True),
        sa.Column("table_number", sa.Integer(), nullable=True),
        sa.Column("row_number", sa.Integer(), nullable=True),
        sa.Column("zone", sa.String(length=20), nullable=False, server_default="body"),
        sa.Column("part", sa.Text(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("text_start", sa.Integer(), nullable=False),
        sa.Column("text_end", sa.Integer(), nullable=False),
        sa.Column("under", sa.Text(), nullable=True),
        sa.Column("task", sa.Text(), nullable=True),
        sa.Column("deadline", sa.Integer(), nullable=True),
        sa.Column("time_words", sa.Text(), nullable=True),
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("reports_to", sa.Text(), nullable=True),
        sa.Column("certainty", sa.Double(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("skeletons", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_assignments_unit_key"), "assignments", ["unit_key"], unique=False)
    op.create_index("ix_assignments_unit_key_unit", "assignments", ["unit_key", "unit", "role", "version_id"], unique=False)
    op.create_index("ix_assignments_reports_to", "assignments", ["reports_to"], unique=False)
    op.create_index("ix_assignments_version_id_deadline", "assignments", ["version_id", "deadline"], unique=False)
    op.create_table(
        "tables",
        *_of_plan("tables"),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("node", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
    )
    op.create_table(
        "table_rows",
        *_of_plan("table_rows"),
        sa.Column("table_number", sa.Integer(), nullable=False),
        sa.Column("row_number", sa.Integer(), nullable=False),
        sa.Column("node", sa.Integer(), nullable=True),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("certainty", sa.Double(), nullable=False),
    )


def _of_plan(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """The columns and constraints of every table of rows that are made of a plan."""
    return (
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f(f"fk_{table}_version_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("version_id", "ordinal", name=op.f(f"pk_{table}")),
    )
