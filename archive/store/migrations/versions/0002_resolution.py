"""The archive's own resolution of citations: an overlay, filled when the archive is next asked or added to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "aliases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aliases")),
    )
    op.create_table(
        "authorities",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=True),
        sa.Column("symbol_key", sa.Text(), nullable=True),
        sa.Column("date", sa.String(length=10), nullable=True),
        sa.Column("term", sa.String(length=10), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("plans", sa.Integer(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("conflicting", sa.Integer(), nullable=False),
        sa.Column("readings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name=op.f("fk_authorities_document_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_authorities")),
    )
    op.create_index(op.f("ix_authorities_block"), "authorities", ["block"], unique=False)
    op.create_index(op.f("ix_authorities_document_id"), "authorities", ["document_id"], unique=False)
    op.create_index(op.f("ix_authorities_symbol_key"), "authorities", ["symbol_key"], unique=False)
    op.create_table(
        "resolutions",
        sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("block", sa.Text(), nullable=False),
        sa.Column("also", sa.Text(), nullable=True),
        sa.Column("symbol_key", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("record", sa.Text(), nullable=True),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("conflicts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["versions.id"], name=op.f("fk_resolutions_version_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("version_id", "ordinal", name=op.f("pk_resolutions")),
    )
    op.create_index(op.f("ix_resolutions_also"), "resolutions", ["also"], unique=False)
    op.create_index("ix_resolutions_record_block", "resolutions", ["record", "block"], unique=False)
    op.create_index("ix_resolutions_symbol_key_state", "resolutions", ["symbol_key", "state"], unique=False)
    op.create_index("ix_resolutions_block_state", "resolutions", ["block", "state"], unique=False)
    # A plain ALTER TABLE: Alembic's batch mode drops the old table, and with it, by ON DELETE CASCADE, every text in the archive.
    op.add_column("versions", sa.Column("resolved", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(op.f("ix_versions_resolved"), "versions", ["resolved"], unique=False)
    op.create_index(op.f("ix_versions_date"), "versions", ["date"], unique=False)
    op.create_index("ix_citations_date_symbol_key", "citations", ["date", "symbol_key"], unique=False)
