"""Which plans cite a document, and name a unit, is kept with these: the commonest of many plans are told without their rows."""

from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa
from alembic import op
from pyroaring import FrozenBitMap

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("authorities", sa.Column("cited_by", sa.LargeBinary(), server_default="", nullable=False))
    op.create_index("ix_authorities_plans", "authorities", ["plans"])
    op.create_table(
        "unit_plans",
        sa.Column("unit_folded", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("plans", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit_folded", name="pk_unit_plans"),
    )
    op.create_index("ix_unit_plans_amount", "unit_plans", ["amount"])
    connection = op.get_bind()
    connection.execute(sa.text("UPDATE authorities SET cited_by = :nobody"), {"nobody": FrozenBitMap().serialize()})
    write = sa.text("UPDATE authorities SET cited_by = :plans WHERE key = :key")
    for key, plans in _sets(connection, "SELECT record, version_id FROM resolutions WHERE record IS NOT NULL ORDER BY record"):
        connection.execute(write, {"key": key, "plans": plans.serialize()})
    insert = sa.text("INSERT INTO unit_plans (unit_folded, amount, plans) VALUES (:name, :amount, :plans)")
    for name, plans in _sets(connection, "SELECT unit_folded, version_id FROM assignments ORDER BY unit_folded"):
        connection.execute(insert, {"name": name, "amount": len(plans), "plans": plans.serialize()})


def _sets(connection: sa.Connection, query: str) -> list[tuple[str, FrozenBitMap]]:
    rows = connection.execute(sa.text(query)).all()
    return [(key, FrozenBitMap(version_id for _, version_id in those)) for key, those in groupby(rows, key=itemgetter(0))]
