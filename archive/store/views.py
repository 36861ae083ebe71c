"""The views that other programs read (docs/sqlite.md), as the newest migration leaves them: one line for each document, citation and duty
of the versions that answer. A new form of one comes by a migration and stands here, too; a test holds the two together."""

from __future__ import annotations

VIEWS = {
    "v_documents": """
        SELECT v.document_id AS document, v.number AS version, v.type, v.symbol, v.date, v.organ, v.parent_organ, v.place, v.subject,
               v.signer, v.name AS file, v.path, v.media_type, v.added_at, v.quality, v.length AS characters,
               v.citation_count AS citations, v.assignment_count AS duties,
               (SELECT count(*) FROM versions o WHERE o.document_id = v.document_id AND o.kind IN ('copy', 'version', 'joined')) + 1
               AS readings
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
               d.raw AS deadline_printed, t.recurs, t.time_words AS "when", t.product, t.reports_to, n.path, n.heading, t.line, t.certainty,
               t.duty AS id, coalesce(s.state, 'open') AS state, s.day AS done_on, s.moved_to, s.moved_by,
               coalesce(s.moved_to, d.last) AS due, s.result, s.note, s.person
        FROM assignments t JOIN versions v ON v.id = t.version_id AND v.current
        LEFT JOIN dates d ON d.version_id = t.version_id AND d.ordinal = t.deadline
        LEFT JOIN nodes n ON n.version_id = t.version_id AND n.node = t.node
        LEFT JOIN duty_states s ON s.duty = t.duty""",
}
