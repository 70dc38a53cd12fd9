"""Where a comment is pinned, in terms of the zone: its town, its feature, how secret that is."""

import numpy as np
import shapely

from geo.model import SECRECY, Hit
from geo.people import Person
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


def usual(person: Person) -> str:
    """The level of what somebody writes: 内部, or what they are cleared for if that is less."""
    return min(SECRECY[1], person.clearance, key=SECRECY.index)


def level(zone: Zone, place: Place, person: Person) -> str:
    """The least level of secrecy of somebody's comment there: that of the set, or the usual one."""
    known = zone.boundaries(place.set) if place.set else None
    marked = known.source.secrecy if known else ""
    return max(marked or SECRECY[0], usual(person), key=SECRECY.index)
