"""What the map can show, per version and language: layer tree, texts, choices; no shapes.

The browser fetches it once by address, so a rerun carries only what changed.
"""

from functools import lru_cache
from typing import Any

from geo import landuse
from geo.rasters import held as held_rasters
from geo.zone import Zone
from layers import elements, feed, palette, scene
from layers.style import SELECTION
from pages import door, rasters, tianditu


def dated() -> int:
    """The version from which on all that the map can show is as it is now.

    A ledger entry or a filed check moves the zone's version and not this one, so that browsers
    keep what they have.
    """
    zone = door.zone()
    rasters_ = (one.since for one in held_rasters(zone))
    return max([*zone.sets().values(), *rasters_], default=0)


def rows(version: int, *, english: bool) -> tuple[dict[str, Any], ...]:
    """Every row of the layer tree: sets held, rasters, then themes nobody has brought yet."""
    return _rows(door.zone(), version, english=english)


def packed(version: int, *, english: bool) -> tuple[bytes, str]:
    """All of it as gzipped JSON, and the digest that names it."""
    return _packed(door.zone(), version, english=english)


@lru_cache(maxsize=16)
def _rows(zone: Zone, version: int, *, english: bool) -> tuple[dict[str, Any], ...]:
    uses = door.uses()
    found = []
    for one in zone.summaries(version):
        known = zone.boundaries(one.name, version)
        if known:
            inks = palette.tints(known, uses, landuse.find)
            found.append(scene.held(one, known, inks, english=english))
    held = zone.sets(version)
    cover = f"layers/zone/{held['zone']}.json"
    found = scene.in_order(found) + rasters.rows(zone, version, english=english)
    there = {one["name"] for one in found}
    for name, theme in zone.catalog.themes.items():
        if name not in there:
            found.append(scene.absent(name, theme.title_en if english else theme.title, cover))
    return tuple(found)


@lru_cache(maxsize=16)
def _packed(zone: Zone, version: int, *, english: bool) -> tuple[bytes, str]:
    labels = {key: text[english] for key, text in door.words()["map"].items()}
    body = feed.packed(
        {
            "units": scene.units(english=english),
            "palettes": scene.palettes(labels),
            "basemaps": scene.basemaps(labels, tianditu=tianditu.on()),
            "selection": SELECTION,
            "words": labels,
            "credit": labels["credit"],
            "groups": scene.groups(english=english),
            "sets": _rows(zone, version, english=english),
            "presets": scene.presets(labels, _rows(zone, version, english=english)),
            "home": zone.extent(),
        }
    )
    return body, elements.digest(body.hex())
