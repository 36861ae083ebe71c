"""The database: tables, migrations, rows in and out, files kept beside it."""
