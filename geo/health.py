"""How the machine stands on which all this is kept: disk, backups, rules; no secret, no path."""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

OLD = timedelta(hours=36)  # a backup a day, and half a day's grace
LOW_BYTES = 2 * 1024**3  # of free disk: some fifty times the shipped store
_SQLITE = "sqlite:///"
_ASKED = "select made, origin, version, hash from backup"


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup as it tells of itself: when made, of what, up to which event."""

    made: datetime
    origin: str
    version: int
    hash: str


@dataclass(frozen=True, slots=True)
class Backups:
    """The newest backup of each store that a folder holds, and names of files that are none."""

    newest: Mapping[str, Saved]
    strange: tuple[str, ...] = ()


def backups(folder: Path) -> Backups:
    """What the ``*.db`` files of a folder say; a folder that is missing holds none.

    They are not verified here: that is what `geo.store.backup.restore` does.
    """
    newest, strange = dict[str, Saved](), list[str]()
    for path in sorted(folder.glob("*.db")):
        try:
            one = _noted(path)
        except (sqlite3.Error, ValueError):
            strange.append(path.name)
            continue
        if one.origin not in newest or newest[one.origin].made < one.made:
            newest[one.origin] = one
    return Backups(newest, tuple(strange))


def _noted(path: Path) -> Saved:
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as db:
        ((made, origin, version, digest),) = db.execute(_ASKED).fetchall()
    return Saved(datetime.fromisoformat(made), str(origin), int(version), str(digest))


def named(store: str) -> str:
    """The name that backups give a store kept in a file; empty for one in a server."""
    return Path(store.removeprefix(_SQLITE)).name if store.startswith(_SQLITE) else ""


def disk(store: str) -> tuple[int, int] | None:
    """Free and all bytes where a store's file lies; None for a server or a store in memory."""
    if not store.startswith(_SQLITE):
        return None
    found = shutil.disk_usage(Path(store.removeprefix(_SQLITE)).absolute().parent)
    return found.free, found.total


def rules(folder: Path) -> Mapping[str, str]:
    """SHA-256 of every file of rules, by its path within the folder, in order."""
    return dict(sorted(_digests(folder)))


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix in {".toml", ".csv"}:
            name = path.relative_to(folder).as_posix()
            yield name, hashlib.sha256(path.read_bytes()).hexdigest()
