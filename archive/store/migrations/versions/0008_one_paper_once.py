"""Readings of one paper are versions of one document, who signed it, and views for other programs.

A version says how it came: the first of its document, in the place of another (``--replace``), or found to be a reading of the same paper.
Signers are read when the archive is next opened, as its rows are of an earlier form.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

#: What other programs read: one line for each document, citation and duty of the versions that answer. Public, see docs/sqlite.md.
VIEWS = {
    "v_documents": """
        SELECT v.document_id AS document, v.number AS version, v.type, v.symbol, v.date, v.organ, v.parent_organ, v.place, v.subject,
               v.signer, v.name AS file, v.path, v.media_type, v.added_at, v.quality, v.length AS characters,
               v.citation_count AS citations, v.assignment_count AS duties,
               (SELECT count(*) FROM versions o WHERE o.document_id = v.document_id AND o.kind IN ('copy', 'version')) + 1 AS readings
        FROM versions v WHERE v.current""",
    "v_citations": """
        SELECT v.document_id AS document, v.symbol AS document_symbol, v.date AS document_date, v.organ AS document_organ,
               r.state, coalesce(a.type, c.type) AS cited_type, coalesce(a.symbol, c.symbol) AS cited_symbol,
               coalesce(a.date, c.date) AS cited_date, coalesce(a.issuer, c.issuer) AS cited_issuer,
               coalesce(a.title, c.title) AS cited_title,
               a.document_id AS cited_document, c.relation, c.location, n.path, n.heading, c.raw AS printed, c.sentence, c.certainty
        FROM citations c JOIN versions v ON v.id = c.version_id AND v.current
        LEFT JOIN resolutions r ON r.version_id = c.version_id AND r.ordinal = c.ordinal
        LEFT JOIN authorities a ON a.key = r.record
        LEFT JOIN nodes n ON n.version_id = c.version_id AND n.node = c.node""",
    "v_duties": """
        SELECT v.document_id AS document, v.symbol AS document_symbol, v.date AS document_date, v.organ AS document_organ,
               t.unit, t.unit_key, t.role, t.task, d.value AS deadline, d.first AS deadline_first, d.last AS deadline_last,
               d.raw AS deadline_printed, d.recurs, t.time_words AS "when", t.product, t.reports_to, n.path, n.heading, t.line, t.certainty
        FROM assignments t JOIN versions v ON v.id = t.version_id AND v.current
        LEFT JOIN dates d ON d.version_id = t.version_id AND d.ordinal = t.deadline
        LEFT JOIN nodes n ON n.version_id = t.version_id AND n.node = t.node""",
}


def upgrade() -> None:
    op.add_column("versions", sa.Column("kind", sa.String(length=20), nullable=False, server_default="first"))
    op.add_column("versions", sa.Column("signer", sa.Text(), nullable=True))
    op.add_column("versions", sa.Column("signer_folded", sa.Text(), nullable=True))
    op.execute("UPDATE versions SET kind = 'replacement' WHERE number > 1")
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
