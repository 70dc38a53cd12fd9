"""What screens and addresses share in one process: the zone, the settings, texts, the map."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock

from geo import landuse, settings
from geo.ledger import open_zone
from geo.model import SECRECY, Use
from geo.zone import DATA, Zone
from layers import elements
from pages import who

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "assets"
_OPENING = Lock()


def zone() -> Zone:
    """The zone as the visitor may see it; to nobody in particular, what anybody may see.

    What is kept from an answer of this is kept by the zone itself or by set and version after
    `Zone.shows`: then it never reaches somebody who may not see it.
    """
    if who.book() is None:
        return whole()
    found = who.visit()
    return whole().seen_by(found.person.clearance if found else SECRECY[0])


def whole() -> Zone:
    """All of the zone, opened once for the whole process."""
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
def uses() -> Mapping[str, Use]:
    """The classification of land use."""
    return landuse.read(DATA / "rules")


@cache
def words() -> dict[str, dict[str, list[str]]]:
    """All texts of the screens: section → key → (Chinese, English); a file for each section."""
    found = sorted((ROOT / "pages" / "words").glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in found}


@cache
def map_script() -> tuple[str, str]:
    """The Folium map as a JavaScript module, and the digest that names it."""
    text = elements.script(elements.ZoneMap())
    return text, elements.digest(text)


@cache
def build() -> str:
    """A short name of this edition of our scripts and styles, for addresses."""
    own = [path for room in ("map", "show") for path in sorted((ASSETS / room).glob("*"))]
    content = "".join(path.read_text(encoding="utf-8") for path in own)
    return elements.digest(content + version("folium"))
