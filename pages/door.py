"""What screens and addresses share in one process: the zone, the settings, ready answers.

Answers are kept by set and version only, so they are never stale and never cleared.
"""

import tomllib
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from geo import settings
from geo.errors import DataError
from geo.model import Boundaries
from geo.zone import Zone, open_zone
from layers import elements, feed
from layers.tiles import TileSet

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "assets"
_OPENING = Lock()


def zone() -> Zone:
    """The zone, opened once for the whole process."""
    with _OPENING:
        return _zone()


@cache
def _zone() -> Zone:
    return open_zone(given().store)


@cache
def given() -> settings.Settings:
    """The settings as read at start."""
    return settings.read()


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """All texts of the screens: section → key → (Chinese, English)."""
    table: dict[str, dict[str, list[str]]] = tomllib.loads(
        (ROOT / "pages" / "words.toml").read_text(encoding="utf-8")
    )
    return table


def boundaries(name: str, since: int) -> Boundaries:
    """One set as stored at a version; raises `DataError` if that never was."""
    found = zone().boundaries(name, since)
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


@cache
def map_script() -> tuple[str, str]:
    """The Folium map as a JavaScript module, and the digest that names it."""
    text = elements.script(elements.ZoneMap())
    return text, elements.digest(text)


@cache
def build() -> str:
    """A short name of this edition of our scripts and styles, for addresses."""
    own = sorted((ASSETS / "map").glob("*"))
    content = "".join(path.read_text(encoding="utf-8") for path in own)
    return elements.digest(content + version("folium"))
