"""Migrations of the database, run by Alembic; `versions/` has one module per step, the newest is named in `archive.store.database.HEAD`."""
