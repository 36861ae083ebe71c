"""Duties are named by what was read of them first, whatever is corrected; the view of duties says their ids and how they stand.

Rows of documents with corrections are made anew when the archive is next opened; what was said of their duties goes with them by its words.
"""

from alembic import op

revision = "0014"
down_revision = "0013"

V_DUTIES = """
    SELECT v.document_id AS document, v.symbol AS document_symbol, v.date AS document_date, v.organ AS document_organ,
           t.unit, t.unit_key, t.role, t.task, d.value AS deadline, d.first AS deadline_first, d.last AS deadline_last,
           d.raw AS deadline_printed, t.recurs, t.time_words AS "when", t.product, t.reports_to, n.path, n.heading, t.line, t.certainty,
           t.duty AS id, coalesce(s.state, 'open') AS state, s.day AS done_on, s.moved_to, s.moved_by,
           coalesce(s.moved_to, d.last) AS due, s.result, s.note, s.person
    FROM assignments t JOIN versions v ON v.id = t.version_id AND v.current
    LEFT JOIN dates d ON d.version_id = t.version_id AND d.ordinal = t.deadline
    LEFT JOIN nodes n ON n.version_id = t.version_id AND n.node = t.node
    LEFT JOIN duty_states s ON s.duty = t.duty"""


def upgrade() -> None:
    op.execute("DROP VIEW v_duties")
    op.execute(f"CREATE VIEW v_duties AS {V_DUTIES}")
    op.execute("UPDATE versions SET projection = 0 WHERE id IN (SELECT version_id FROM corrected)")
