"""The store in a PostgreSQL database with PostGIS, for several offices that write at once.

Everything lives in one schema of its own, `zone`; another program's schema of that name is
never touched. Rows, digests and hashes are those of the SQLite store, byte for byte; beside
each shape as written stands `geom`, computed by the database from it, with a GIST index.
Readers see one snapshot; writers queue for one advisory lock, so versions have no gaps.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from psycopg import errors

from geo.errors import StoreError
from geo.model import STORED_CRS
from geo.store import Bounds
from geo.store.server import Link, Server
from geo.store.tables import APPLICATION_ID, SCHEMA, Tables, TableStore, schema_checked

_LIMITS = (
    "set local search_path = zone, pg_temp; set local lock_timeout = '5s';"
    " set local statement_timeout = '120s'; set local idle_in_transaction_session_timeout = '120s';"
    " set local client_encoding = 'UTF8'; set local extra_float_digits = 3;"
    " set local bytea_output = 'hex';"
)
_ALONE = f"select pg_advisory_xact_lock({APPLICATION_ID}, {SCHEMA});"
_MARK = "select application, schema from zone.store"
_READ = f"begin isolation level repeatable read read only; {_LIMITS} {_MARK}"
# Read committed: what a writer reads after it got the lock is what the one before it left.
_WRITE = (
    f"begin isolation level read committed read write; {_LIMITS}"
    f" set local synchronous_commit = on; {_ALONE} {_MARK}"
)
_CREATE = f"begin isolation level read committed read write; {_LIMITS} {_ALONE} select 1"
_LOOK = f"begin isolation level repeatable read read only; {_LIMITS} select 1"
_STATE = (
    "select current_setting('server_encoding'),"
    " to_regnamespace('zone') is not null, to_regclass('zone.store') is not null,"
    " exists(select from pg_class where relnamespace = to_regnamespace('zone'))"
    " or exists(select from pg_proc where pronamespace = to_regnamespace('zone'))"
)
_HOME = (
    "select quote_ident(n.nspname) from pg_extension e"
    " join pg_namespace n on n.oid = e.extnamespace where e.extname = 'postgis'"
)
_TABLES = (
    "create table event (seq bigint primary key, subject {word} not null, verb {word} not null,"
    ' "by" {word} not null, at {word} not null, "on" {word}, data {word} not null,'
    " reason {word} not null, document {word} not null, holds {word} not null,"
    " prev {word} not null, hash {word} not null)",
    # Of any length, which a btree cannot hold.
    "create index event_subject on event using hash (subject)",
    "create table boundaries (name {word} not null, since bigint not null, source {word} not null,"
    " columns {word} not null, count bigint not null, digest {word} not null,"
    " primary key (name, since))",
    "create table feature (name {word} not null, since bigint not null, ord bigint not null,"
    " data {word} not null, shape bytea not null, west {real} not null, south {real} not null,"
    " east {real} not null, north {real} not null, hash {word} not null,"
    " geom {home}.geometry(Geometry, {crs}) not null"
    " generated always as ({home}.st_geomfromwkb(shape, {crs})) stored,"
    " foreign key (name, since) references boundaries (name, since))",
    "create unique index feature_ord on feature (name, since, ord)",
    "create index feature_geom on feature using gist (geom)",
    "create table file (digest {word} primary key, data bytea not null)",
    "create table store (application bigint not null, schema integer not null)",
    "insert into store values ({application}, {schema})",
)
_COPIED = "name, since, ord, data, shape, west, south, east, north, hash"
_TYPES = ("text", "int8", "int8", "text", "bytea", *("float8",) * 4, "text")
_COLUMNS = {"event": 12, "boundaries": 6, "file": 2}


class PostgisStore(TableStore):
    """See `geo.store.Store`.

    Parameters
    ----------
    url
        ``postgresql://user@host:port/database``, in all forms that libpq knows. The database
        must exist; the extension is added if it is missing and the user may.
    new
        Whether to make the schema if it is missing.

    Raises `StoreError` if the server does not answer or the schema `zone` is another's.
    """

    def __init__(self, url: str, *, new: bool = True) -> None:
        self._server = Server(url)
        if new and not self._exists():
            self._create()
        with self._server.transaction(_READ) as (link, mark):
            self._checked(mark)
            self._home = _home(link)

    @property
    def name(self) -> str:
        """Host and database."""
        return self._server.name

    @contextmanager
    def session(self, *, writing: bool = False) -> Iterator[Tables]:
        """See `TableStore.session`."""
        with self._server.transaction(_WRITE if writing else _READ) as (link, mark):
            self._checked(mark)
            yield _PostgisTables(link, self._home)

    def _checked(self, mark: tuple[Any, ...]) -> None:
        application, schema = mark or (0, 0)
        schema_checked(application, schema, self.name)

    def _exists(self) -> bool:
        """Whether the schema holds a store; raises `StoreError` if it holds anything else."""
        with self._server.transaction(_LOOK) as (link, _):
            return self._state(link)[1]

    def _state(self, link: Link) -> tuple[bool, bool]:
        """Whether the schema is there, and whether it holds a store."""
        (found,) = link.execute(_STATE).fetchall()
        encoding, schema, marked, filled = found
        if encoding != "UTF8":
            raise StoreError(
                f"数据库的编码是 {encoding}，须为 UTF8，未作改动，请另建数据库（{self.name}）",
                "STORE_ENCODING",
            )
        if schema and filled and not marked:
            raise StoreError(
                "数据库中名为 zone 的模式属于别的程序，未作改动，请另建数据库或核对地址"
                f"（{self.name}）",
                "STORE_FOREIGN",
            )
        return bool(schema), bool(marked)

    def _create(self) -> None:
        with self._server.transaction(_CREATE) as (link, _):
            schema, marked = self._state(link)
            if marked:  # another was first
                return
            if not schema:  # an empty one may have been made for a user of few rights
                link.execute("create schema zone")
            home = _home(link) or self._extended(link)
            for statement in _TABLES:
                link.execute(
                    statement.format(
                        home=home,
                        word='text collate "C"',  # order and likeness as in SQLite
                        real="double precision",
                        crs=STORED_CRS,
                        application=APPLICATION_ID,
                        schema=SCHEMA,
                    ).encode()
                )

    def _extended(self, link: Link) -> str:
        """Add PostGIS to the database, where its users look for it."""
        try:
            link.execute("create extension postgis schema public")
        except (errors.InsufficientPrivilege, errors.UndefinedFile, errors.FeatureNotSupported):
            raise StoreError(
                "数据库缺少 PostGIS：请管理员安装后在该库执行 create extension postgis"
                f"（{self.name}）",
                "STORE_POSTGIS",
            ) from None
        return _home(link)


class _PostgisTables:
    """See `Tables`; `home` is the schema of PostGIS, quoted."""

    def __init__(self, link: Link, home: str) -> None:
        self._link = link
        self._home = home

    def ask(self, question: str, answers: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """See `Tables.ask`."""
        return self._link.execute(question.replace("?", "%s").encode(), answers).fetchall()

    def add(self, table: str, found: Iterable[Sequence[object]]) -> None:
        """See `Tables.add`."""
        if table == "feature":
            self._copy(found)
            return
        again = " on conflict (digest) do update set data = excluded.data" * (table == "file")
        marks = ",".join(["%s"] * _COLUMNS[table])
        with self._link.cursor() as cursor:
            cursor.executemany(f"insert into {table} values ({marks}){again}".encode(), found)

    def _copy(self, found: Iterable[Sequence[object]]) -> None:
        with (
            self._link.cursor() as cursor,
            cursor.copy(f"copy feature ({_COPIED}) from stdin (format binary)".encode()) as stream,
        ):
            stream.set_types(_TYPES)
            for row in found:
                stream.write_row(row)

    def clear(self) -> None:
        """See `Tables.clear`."""
        for table in ("feature", "boundaries", "file", "event"):
            self._link.execute(f"delete from {table}".encode())

    def meets(self, within: Bounds) -> tuple[str, Sequence[float]]:
        """See `Tables.meets`."""
        west, south, east, north = map(float, within)
        # The index holds boxes rounded outwards to 32 bits; the columns decide as SQLite does.
        condition = (
            f"geom operator({self._home}.&&) {self._home}.st_makeenvelope(?, ?, ?, ?, {STORED_CRS})"
            " and west <= ? and east >= ? and south <= ? and north >= ?"
        )
        return condition, (west, south, east, north, east, west, north, south)


def _home(link: Link) -> str:
    """The schema that PostGIS is in, quoted; empty if the database lacks it."""
    found = link.execute(_HOME).fetchone()
    return str(found[0]) if found else ""
