"""Run by Alembic inside the transaction that `archive.store.database.migrate` opened: all migrations or none."""

from alembic import context

from archive.store.tables import Base

connection = context.config.attributes["connection"]
# render_as_batch: SQLite cannot alter a column, so Alembic copies the table.
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
