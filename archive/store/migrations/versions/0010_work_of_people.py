"""What people add: corrections of what was read, states of duties, a journal of every change, a trash; and the stamp of the index.

``contents`` stays what was read; what a document says with its corrections stands beside it (``corrected``).
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("anchor", sa.JSON(), nullable=False),
        sa.Column("printed", sa.Text(), nullable=True),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=True),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_corrections_document_id", "corrections", ["document_id"])
    op.create_index("ix_corrections_text_sha256", "corrections", ["text_sha256"])
    op.create_table(
        "corrected",
        sa.Column("version_id", sa.Integer(), sa.ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_document_id", "journal", ["document_id"])
    op.create_table(
        "duty_states",
        sa.Column("duty", sa.String(length=20), primary_key=True),
        sa.Column("document_id", sa.Integer(), sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=True),
        sa.Column("moved_to", sa.String(length=10), nullable=True),
        sa.Column("moved_by", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("anchor", sa.JSON(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_duty_states_document_id", "duty_states", ["document_id"])
    op.create_index("ix_duty_states_state", "duty_states", ["state"])
    op.create_table(
        "stamps",
        sa.Column("name", sa.String(length=20), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
    op.add_column("documents", sa.Column("identity", sa.Text(), nullable=True))
    op.create_index("ix_documents_identity", "documents", ["identity"])
    op.add_column("documents", sa.Column("trashed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("versions", sa.Column("reader_version", sa.String(length=40), nullable=True))
    op.add_column("versions", sa.Column("model", sa.String(length=64), nullable=True))
    op.add_column("assignments", sa.Column("duty", sa.String(length=20), nullable=True))
    op.create_index("ix_assignments_duty", "assignments", ["duty"])
