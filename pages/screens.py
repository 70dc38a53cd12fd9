"""What a page's map is, and what it is told at each rerun: small things, never shapes."""

from dataclasses import dataclass
from typing import Any, Literal

from geo.zone import Zone
from layers import scene
from layers import tint as tints
from layers.tint import Tint
from pages import address, door, parts, said, tree


@dataclass(frozen=True, slots=True)
class Screen:
    """One map on one page.

    Parameters
    ----------
    key
        Names the map; its view is remembered under it.
    on
        Sets it opens with, when the address does not say; None for the usual ones.
    panel
        ``full``, or ``compact``: the layer tree behind a button, only the tint's legend open.
    tables
        Whether the panel offers the table of a set, which the page then has to draw.
    offers
        What may be done with the map as it is now, as buttons of its toolbar.
    """

    key: str
    on: tuple[str, ...] | None = None
    panel: Literal["full", "compact"] = "full"
    tables: bool = False
    offers: tuple[str, ...] = ("story", "print")


HOME = Screen(said.HOME, tables=True, offers=("story", "print", "remarks"))


def told(zone: Zone, screen: Screen, tint: Tint | None) -> dict[str, Any]:
    """Addresses, language, unit, palette, what to open with, and the tint."""
    english = parts.english()
    lang = "en" if english else "zh"
    version = tree.dated()
    rows = tree.rows(version, english=english)
    digest = tree.packed(version, english=english)[1]
    return {
        "key": screen.key,
        "panel": screen.panel,
        "tables": screen.tables,
        "main": f"assets/map/main.js?v={door.build()}",
        "build": door.build(),
        "map_url": f"map/{door.map_script()[1]}.js",
        "scene": f"scene/{version}/{lang}/{digest}.json",
        "failed": parts.t("map", "map_failed"),
        "lang": lang,
        "unit": scene.unit(parts.unit(), english=english),
        "palette": address.palette(),
        "initial": address.initial(rows, screen.key, screen.on),
        "tint": tints.told(tint, english=english) if tint else None,
    }
