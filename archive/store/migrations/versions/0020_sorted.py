"""What lists are sorted by is kept with the versions, and in indexes: a list reads its page."""

import sqlalchemy as sa
from alembic import op

from archive.common.keys import order_key

revision = "0020"
down_revision = "0019"

_NAMES = ("type", "symbol", "organ", "place", "signer", "subject", "name")


def upgrade() -> None:
    for name in _NAMES:
        op.add_column("versions", sa.Column(f"{name}_order", sa.Text(collation=_collation()), nullable=True))
    connection = op.get_bind()
    rows = connection.execute(sa.text(f"SELECT id, {', '.join(_NAMES)} FROM versions")).all()
    written = ", ".join(f"{name}_order = :{name}" for name in _NAMES)
    ordered = [{"id": row.id, **{name: _order(getattr(row, name)) for name in _NAMES}} for row in rows]
    if ordered:
        connection.execute(sa.text(f"UPDATE versions SET {written} WHERE id = :id"), ordered)
    for name in ("added_at", *(f"{name}_order" for name in _NAMES)):
        op.create_index(f"ix_versions_{name}_date_document_id_current", "versions", [name, "date", "document_id", "current"])
    for name in ("type", "organ", "place", "signer"):
        op.create_index(f"ix_versions_{name}_folded_current", "versions", [f"{name}_folded", "current"])


def _order(name: str | None) -> str | None:
    return None if name is None else order_key(name)


def _collation() -> str | None:
    return "C" if op.get_bind().dialect.name == "postgresql" else None
