"""An archive in PostgreSQL: how connections are set up, and the tables of a new one.

One at a time writes, as with SQLite: a writing transaction begins by taking the archive's advisory lock, which ends with it, and sees all
that was written before. A question sees one moment of the archive (REPEATABLE READ). Texts are ordered by code points, as SQLite orders
them, whatever the locale of the database (`columns`).
"""

from __future__ import annotations

from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from archive.errors import ExtraMissing
from archive.store.columns import Base
from archive.store.views import VIEWS

#: The key of the advisory lock that writers take: "kehoach" in letters. Locks are by database.
_LOCK = int.from_bytes(b"kehoach", "big")
_CONNECT_SECONDS = 10

#: The index of duties (`duty_index`), in PostgreSQL's own inverted index.
_SIGNS = (
    "CREATE TABLE duty_signs (number bigint PRIMARY KEY, signs tsvector NOT NULL)",
    "CREATE INDEX ix_duty_signs_signs ON duty_signs USING gin (signs)",
)


def connect(address: URL, busy_timeout: float, *, read_only: bool = False) -> Engine:
    """An engine on a PostgreSQL database. Nothing is opened yet. Raises ExtraMissing where the driver, an extra of the package, is not
    installed."""
    settings = {
        "lock_timeout": round(1000 * busy_timeout),
        "default_transaction_read_only": "on" if read_only else "off",
        "timezone": "UTC",
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    try:
        engine = create_engine(
            address.set(drivername="postgresql+psycopg"), connect_args={"connect_timeout": _CONNECT_SECONDS, "options": options}
        )
    except ModuleNotFoundError as error:
        raise ExtraMissing(name="postgresql") from error

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing"):
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    return engine


def may_write(connection: Connection) -> bool:
    """Whether this account may write into the tables of an archive, on a server that takes writes."""
    allowed = "SELECT NOT pg_is_in_recovery() AND has_table_privilege('versions', 'INSERT')"
    return bool(connection.scalar(text(allowed)))


def create_tables(connection: Connection, config: Config) -> None:
    """The tables of a new archive as they are today: there is no older one on PostgreSQL, and migrations begin from here."""
    from alembic import command

    Base.metadata.create_all(connection)
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))
    for statement in _SIGNS:
        connection.execute(text(statement))
    command.stamp(config, "head")
