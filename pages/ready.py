"""Answers made ready for the browser, kept by set and version only: never stale, never cleared."""

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock, Thread

from geo.errors import DataError
from geo.formats import jail
from geo.model import Boundaries, SetSummary
from layers import feed
from layers.tiles import TileSet
from pages import door, tree


def warm() -> None:
    """Read and measure every set; start what takes long beside the first visits.

    That is the process that reads strangers' files, and what the map will ask for.
    """
    Thread(target=jail.warm, name="jail", daemon=True).start()
    summaries = door.zone().summaries()
    tree.packed(tree.dated(), english=False)
    Thread(target=_prepare, args=(summaries,), name="shapes", daemon=True).start()


def _prepare(summaries: Sequence[SetSummary]) -> None:
    """Shapes of small sets, then pictures of big ones."""
    for one in sorted(summaries, key=lambda one: one.count):
        if one.count > feed.SMALL:
            tiles(one.name, one.since).picture()
        else:
            shapes(one.name, one.since)


def boundaries(name: str, since: int) -> Boundaries:
    """One set as stored at a version; raises `DataError` if that never was."""
    found = door.zone().boundaries(name, since)
    if found is None or found.since != since:
        raise DataError(f"图层 {name} 没有版本 {since}，请刷新页面", "SET_MISSING")
    return found


@lru_cache(maxsize=128)
def shapes(name: str, since: int) -> bytes:
    """Gzipped GeoJSON of a set."""
    return feed.geojson(boundaries(name, since))


@lru_cache(maxsize=16)
def class_numbers(name: str, since: int) -> bytes:
    """Gzipped class number per feature of a set."""
    return feed.class_numbers(boundaries(name, since))


@lru_cache(maxsize=4)
def anchors(name: str, since: int) -> bytes:
    """Gzipped places for letters on the features of a set."""
    return feed.anchors(boundaries(name, since))


_TILING = Lock()


def tiles(name: str, since: int) -> TileSet:
    """A set made ready for tiles, once."""
    with _TILING:
        return _tiles(name, since)


@lru_cache(maxsize=6)
def _tiles(name: str, since: int) -> TileSet:
    return TileSet(boundaries(name, since))


@lru_cache(maxsize=4096)
def tile(name: str, since: int, at: tuple[int, int, int]) -> bytes | None:
    """One gzipped tile at (z, x, y), or None where it is empty."""
    return tiles(name, since).tile(*at)
