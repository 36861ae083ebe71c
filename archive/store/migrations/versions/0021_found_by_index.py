"""Which versions wait for the full text, which each search asks, and which are damaged, which each paper that comes in may be, are told by
indexes."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_index("ix_versions_indexed_current", "versions", ["indexed", "current"])
    op.create_index("ix_versions_quality", "versions", ["quality"])
