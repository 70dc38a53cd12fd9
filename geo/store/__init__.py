"""All that lasts: events, boundaries and raw files, under one version number."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from geo.errors import Issue, SettingError, StoreError
from geo.model import Boundaries, Event

if TYPE_CHECKING:
    from geo.store.tables import TableStore

Bounds = tuple[float, float, float, float]
_SERVER = "postgresql://"
_SECRET = re.compile(r"(?<=password=)[^&]*")


class Mark(NamedTuple):
    """The level of secrecy of a set or raster as kept under a version; empty if it bears none."""

    name: str
    since: int
    secrecy: str


class Store(Protocol):
    """What a store can do. `SqliteStore` is the default, `PostgisStore` for several offices."""

    @property
    def version(self) -> int:
        """The number of events so far: it names the whole state of the zone."""
        ...

    def head_at(self, version: int) -> str:
        """A version and the hash of the event that made it, as ``N:HASH``.

        Raises `DataError` VERSION for one that is not there.
        """
        ...

    def write(
        self,
        events: Sequence[Event],
        boundaries: Sequence[Boundaries] = (),
        files: Sequence[bytes] = (),
        *,
        expect: int,
    ) -> int:
        """Add all or nothing, if the store is still at version `expect`; return the new version.

        Raises `ConflictError` (naming who wrote what in between) if someone was first,
        `StoreError` if the store is busy, full or read-only. Boundaries and files are stored
        under the new version; files are kept by their SHA-256.
        """
        ...

    def events(self, subject: str | None = None, after: int = 0) -> Iterator[Event]:
        """Events in order: of one subject or of all, after a version."""
        ...

    def sets(self, at: int | None = None) -> Mapping[str, int]:
        """Names of the sets held at a version (default: now), each with the version it dates from.

        Sorted by name.
        """
        ...

    def boundaries(
        self, name: str, at: int | None = None, within: Bounds | None = None
    ) -> Boundaries | None:
        """Boundaries as they were at a version (default: now), or None if there were none.

        `within` (west, south, east, north in degrees) keeps only features whose box meets it.
        Raises `StoreError` STORE_DIGEST if the rows read are not the rows written.
        """
        ...

    def marks(self, after: int = 0) -> Sequence[Mark]:
        """How secret every set and raster is that was ever kept after a version."""
        ...

    def file(self, digest: str) -> bytes | None:
        """A raw file by its SHA-256 in hex, or None."""
        ...

    def verify(self, known: tuple[int, str] | None = None) -> Sequence[Issue]:
        """Faults of the event chain and of stored sets and files; empty if all is sound.

        `known`: number and hash of an event, noted earlier or printed on a document.
        """
        ...


def shown(url: str) -> str:
    """An address without its password, for screens and logs."""
    if not url.startswith(_SERVER):
        return url
    known, at, place = url.removeprefix(_SERVER).rpartition("@")
    return _SERVER + known.partition(":")[0] + at + _SECRET.sub("", place)


def open_store(url: str) -> Store:
    """Open the store of an address; see `open_tables`."""
    return open_tables(url)


def open_tables(url: str, *, new: bool = True) -> "TableStore":
    """Open a store with all that can be asked of it.

    `sqlite:///zone.db`, `sqlite://` (in memory) or `postgresql://host/database`. What is missing
    is made, unless not `new`: then `StoreError` STORE_MISSING is raised. Raises `SettingError` for
    an address of another kind, which is not repeated.
    """
    if url.startswith("sqlite://"):
        from geo.store.sqlite import SqliteStore  # noqa: PLC0415 - the stores import this protocol

        return SqliteStore(url.removeprefix("sqlite://").removeprefix("/") or ":memory:", new=new)
    if url.startswith(_SERVER):
        try:
            from geo.store.postgis import PostgisStore  # noqa: PLC0415 - an optional package
        except ImportError as error:
            raise StoreError(
                "连接 PostgreSQL 需要 psycopg：请在本程序的环境中执行"
                " python -m pip install 'psycopg[binary]>=3.3,<4' 后重试",
                "STORE_PSYCOPG",
            ) from error
        return PostgisStore(url, new=new)
    raise SettingError(
        f"存储地址 {url.split(':', 1)[0]}:… 不受支持，"
        "请写成 sqlite:///文件名 或 postgresql://用户@主机/数据库",
        "STORE_URL",
    )
