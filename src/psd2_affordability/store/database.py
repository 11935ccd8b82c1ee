"""The connection: opens or makes the database and turns its faults into one clear error."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from sqlite3 import OperationalError
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, func, inspect, make_url, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from psd2_affordability.core.errors import StoreError
from psd2_affordability.store import migration, schema
from psd2_affordability.store.vault import Vault

_Item = TypeVar("_Item")

_BATCH = 5_000


class Database:
    """One database with our tables in it, under one key."""

    def __init__(self, url: str, vault: Vault) -> None:
        self._name = _shown(url)
        self._engine = _engine(url)
        self._writer = self._engine.execution_options(writes=True)
        if self._engine.dialect.name == "postgresql":
            self._engine = self._engine.execution_options(isolation_level="REPEATABLE READ")
        try:
            with self.writing() as connection:
                self._claim(connection, vault)
            self._write_ahead()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the data."""
        with self._clear_errors(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """All or nothing, one writer at a time."""
        with self._clear_errors(), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    def _write_ahead(self) -> None:
        """Let readers and the writer go on side by side; done last, so a foreign file stays as it is.

        A file remembers it. Whoever opens a new one at the same moment may be refused, and need not mind.
        """
        if self._engine.dialect.name == "sqlite":
            raw = self._engine.raw_connection()
            try:
                [mode] = raw.cursor().execute("PRAGMA journal_mode").fetchone()
                if mode == "delete":
                    raw.cursor().execute("PRAGMA journal_mode=WAL")
            except OperationalError as refused:
                if "locked" not in str(refused):
                    raise
            finally:
                raw.close()

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as fault:
            cause = str(getattr(fault, "orig", None) or fault).splitlines()[0]
            raise StoreError(
                f"the database does not work: {cause}", where=self._name, do=_advice(cause)
            ) from fault

    def _claim(self, connection: Connection, vault: Vault) -> None:
        """Make our tables in an empty database, or check that these are ours."""
        one_at_a_time(connection, "tables")
        found = set(inspect(connection).get_table_names())
        if not found:
            schema.metadata.create_all(connection)
            lines = [
                {"name": "product", "value": "psd2-affordability"},
                {"name": "version", "value": schema.VERSION},
                {"name": "key", "value": vault.proof()},
            ]
            connection.execute(schema.about.insert(), lines)
            return
        if schema.about.name not in found or schema.cases.name not in found:
            raise StoreError(
                "this database belongs to something else",
                where=self._name,
                do="Name an empty or our own database in PSD2_AFFORDABILITY_DATABASE",
            )
        about = {row.name: row.value for row in connection.execute(select(schema.about))}
        if about.get("version") not in (schema.VERSION, *migration.FROM):
            raise StoreError(
                f"this store has layout {about.get('version')}, and this program knows {schema.VERSION}",
                where=self._name,
                do="Use the program version that made it, or begin an empty store and import anew",
            )
        if about.get("key") != vault.proof():
            raise StoreError(
                "this store was made with another key",
                where=self._name,
                do="Set PSD2_AFFORDABILITY_KEY to that key, or put its key file back",
            )
        if about["version"] != schema.VERSION:
            migration.migrate(connection, vault, about["version"])


def insert_new(
    connection: Connection,
    table: Table,
    rows: Sequence[Mapping[str, Any]],
    *,
    update: Sequence[str] = (),
) -> None:
    """Insert rows; one whose primary key is there already stays, or gets the columns in `update`."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    keys = [column.name for column in table.primary_key]
    if update:
        changed = {name: statement.excluded[name] for name in update}
        statement = statement.on_conflict_do_update(index_elements=keys, set_=changed)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    for batch in in_batches(rows):
        connection.execute(statement, [dict(row) for row in batch])


def one_at_a_time(connection: Connection, what: str) -> None:
    """Wait until nobody else is at it, and keep them waiting until the transaction ends.

    SQLite needs no lock for that: it has one writer at a time anyway.
    """
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(sha256(what.encode()).digest()[:8], signed=True)
        connection.execute(select(func.pg_advisory_xact_lock(number)))


def in_batches(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """Cut in parts that one statement can take."""
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() != "sqlite":
            return _server_engine(parsed)
        in_memory = parsed.database in (None, "", ":memory:")
        if not in_memory:
            _for_owner_alone(Path(str(parsed.database)))
        engine = (
            create_engine(parsed, poolclass=StaticPool, connect_args={"check_same_thread": False})
            if in_memory
            else create_engine(parsed, connect_args={"timeout": 30})
        )
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as fault:
        raise StoreError(
            f"the database address is not one we can use: {fault}",
            do="Write it as sqlite:////folder/file.db or postgresql+psycopg://user@host/name",
        ) from fault
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _server_engine(url: URL) -> Engine:
    """Speak to a database server; PostgreSQL through its present driver unless another is named."""
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as missing:
        raise StoreError(
            f"the driver of this database is not installed: {missing.name}",
            do="For PostgreSQL: pip install 'psd2-affordability[postgres]'",
        ) from missing


def _for_owner_alone(file: Path) -> None:
    """Make the file before SQLite does, so that nobody else on the machine can read it."""
    if file.parent.is_dir() and not file.exists():
        file.touch(mode=0o600)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the transaction is ours to begin, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _shown(url: str) -> str:
    try:
        parsed = make_url(url)
    except ArgumentError:
        return ""
    if parsed.get_backend_name() == "sqlite":
        return parsed.database or ""
    return parsed.set(query={}).render_as_string(hide_password=True)


def _advice(cause: str) -> str:
    if "not a database" in cause or "malformed" in cause:
        return "Put a backup in its place, or name another file in PSD2_AFFORDABILITY_DATABASE"
    if "unable to open" in cause:
        return "Check that the folder exists and can be written"
    if "locked" in cause:
        return "Another program is writing; try again"
    if "connection" in cause or "could not" in cause:
        return "Check that the server runs and lets us in; the address is PSD2_AFFORDABILITY_DATABASE"
    return "Check PSD2_AFFORDABILITY_DATABASE"
