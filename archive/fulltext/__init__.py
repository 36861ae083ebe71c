"""Full-text search: the query language, the engine behind a small interface, passages found."""
