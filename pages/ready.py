"""Answers made ready for the browser, kept by set and version only: never stale, never cleared."""

from collections.abc import Callable
from functools import lru_cache, wraps
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from geo.errors import DataError
from geo.model import Boundaries
from layers import feed
from layers.tiles import TileSet
from pages import door

P = ParamSpec("P")
T = TypeVar("T")


def _shown(made: Callable[Concatenate[str, int, P], T]) -> Callable[Concatenate[str, int, P], T]:
    """Made from a set once for everybody, and told to those alone who may see the set."""

    @wraps(made)
    def asked(name: str, since: int, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if not door.zone().shows(name, since):
            raise _never(name, since)
        return made(name, since, *args, **kwargs)

    return asked


def _stored(name: str, since: int) -> Boundaries:
    found = door.whole().boundaries(name, since)
    if found is None or found.since != since:
        raise _never(name, since)
    return found


def _never(name: str, since: int) -> DataError:
    return DataError(f"图层 {name} 没有版本 {since}，请刷新页面", "SET_MISSING")


@_shown
def boundaries(name: str, since: int) -> Boundaries:
    """One set as stored at a version; raises `DataError` if that never was."""
    return _stored(name, since)


@_shown
@lru_cache(maxsize=128)
def shapes(name: str, since: int) -> bytes:
    """Gzipped GeoJSON of a set."""
    return feed.geojson(_stored(name, since))


@_shown
@lru_cache(maxsize=16)
def class_numbers(name: str, since: int) -> bytes:
    """Gzipped class number per feature of a set."""
    return feed.class_numbers(_stored(name, since))


@_shown
@lru_cache(maxsize=4)
def anchors(name: str, since: int) -> bytes:
    """Gzipped places for letters on the features of a set."""
    return feed.anchors(_stored(name, since))


_TILING = Lock()


def tiles(name: str, since: int) -> TileSet:
    """A set made ready for tiles, once."""
    with _TILING:
        return _tiles(name, since)


@lru_cache(maxsize=6)
def _tiles(name: str, since: int) -> TileSet:
    return TileSet(_stored(name, since))


@_shown
@lru_cache(maxsize=4096)
def tile(name: str, since: int, at: tuple[int, int, int]) -> bytes | None:
    """One gzipped tile at (z, x, y), or None where it is empty."""
    return tiles(name, since).tile(*at)
