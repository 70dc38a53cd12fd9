"""All that lasts: events, boundaries and raw files, under one version number."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from geo.errors import Issue, SettingError
from geo.model import Boundaries, Event

Bounds = tuple[float, float, float, float]


class Store(Protocol):
    """What a store can do. `SqliteStore` is the default."""

    @property
    def version(self) -> int:
        """The number of events so far: it names the whole state of the zone."""
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

    def file(self, digest: str) -> bytes | None:
        """A raw file by its SHA-256 in hex, or None."""
        ...

    def verify(self) -> Sequence[Issue]:
        """Faults of the event chain and of stored sets and files; empty if all is sound."""
        ...


def open_store(url: str) -> Store:
    """Open `sqlite:///zone.db` (made if missing) or `sqlite://` (in memory)."""
    from geo.store.sqlite import SqliteStore  # noqa: PLC0415 - the stores import this protocol

    if url.startswith("sqlite://"):
        return SqliteStore(url.removeprefix("sqlite://").removeprefix("/") or ":memory:")
    raise SettingError(
        f"存储地址 {url.split(':', 1)[0]}:… 不受支持，请写成 sqlite:///文件名", "STORE_URL"
    )
