"""Which versions wait for the full text is told by an index: each search asks."""

from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_index("ix_versions_indexed_current", "versions", ["indexed", "current"])
