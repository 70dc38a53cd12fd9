"""Where a comment is pinned, in terms of the zone: its town, its feature, how secret that is."""

import numpy as np
import shapely

from geo.model import SECRECY, Hit
from geo.remarks import Place
from geo.zone import Zone

_UNIT = "unit"


def placed(zone: Zone, lon: float, lat: float, hit: Hit | None = None) -> Place:
    """A place of the map, and the feature there that is meant, if any."""
    named = (hit.set, hit.id, hit.name) if hit else ("", "", "")
    return Place(lon, lat, _town(zone, lon, lat), *named)


def _town(zone: Zone, lon: float, lat: float) -> str:
    """The town a point lies in; empty outside all."""
    area = zone.boundaries(_UNIT)
    if area is None:
        return ""
    drawn = np.asarray(area.table.geometry.array)
    found = np.flatnonzero(shapely.intersects_xy(drawn, lon, lat))
    return str(area.table["id"].iloc[found[0]]) if found.size else ""


def level(zone: Zone, place: Place) -> str:
    """The least level of secrecy of a comment there: that of the set, and never below 内部."""
    known = zone.boundaries(place.set) if place.set else None
    marked = known.source.secrecy if known else ""
    return max(marked or SECRECY[1], SECRECY[1], key=SECRECY.index)
