"""What a user says of documents (these are one paper, these are two), duties that come again without a deadline, duties of posts.

``recurs`` of a duty is filled from its deadline, as the index of duties knows it; rules that open a sentence ("Hằng năm …") are read when
the archive is next opened, as its rows are of an earlier form.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

VIEWS = {
    "v_documents": """
        SELECT v.document_id AS document, v.number AS version, v.type, v.symbol, v.date, v.organ, v.parent_organ, v.place, v.subject,
               v.signer, v.name AS file, v.path, v.media_type, v.added_at, v.quality, v.length AS characters,
               v.citation_count AS citations, v.assignment_count AS duties,
               (SELECT count(*) FROM versions o WHERE o.document_id = v.document_id AND o.kind IN ('copy', 'version', 'joined')) + 1
               AS readings
        FROM versions v WHERE v.current""",
    "v_duties": """
        SELECT v.document_id AS document, v.symbol AS document_symbol, v.date AS document_date, v.organ AS document_organ,
               t.unit, t.unit_key, t.role, t.task, d.value AS deadline, d.first AS deadline_first, d.last AS deadline_last,
               d.raw AS deadline_printed, t.recurs, t.time_words AS "when", t.product, t.reports_to, n.path, n.heading, t.line, t.certainty
        FROM assignments t JOIN versions v ON v.id = t.version_id AND v.current
        LEFT JOIN dates d ON d.version_id = t.version_id AND d.ordinal = t.deadline
        LEFT JOIN nodes n ON n.version_id = t.version_id AND n.node = t.node""",
}


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("other", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("former", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("text_sha256", "other", name="pk_decisions"),
    )
    op.add_column("assignments", sa.Column("stands_for", sa.Text(), nullable=True))
    op.add_column("assignments", sa.Column("recurs", sa.Text(), nullable=True))
    op.execute(
        "UPDATE assignments SET recurs = (SELECT d.recurs FROM dates d "
        "WHERE d.version_id = assignments.version_id AND d.ordinal = assignments.deadline) WHERE deadline IS NOT NULL"
    )
    op.create_index("ix_assignments_recurs", "assignments", ["recurs"])
    for name, query in VIEWS.items():
        op.execute(f"DROP VIEW {name}")
        op.execute(f"CREATE VIEW {name} AS {query}")
