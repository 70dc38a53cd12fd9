"""What the reader pointed at on a page's own map: features of one set, told once."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from geo.errors import GeoError
from geo.model import Hit
from geo.zone import Zone
from pages import said as maps


@dataclass(frozen=True, slots=True)
class Pointed:
    """What was pointed at.

    Parameters
    ----------
    kind
        ``point`` for a click, ``pick`` for a row of the search, ``region`` for a shape drawn.
    ids
        Features of the set asked for, nearest and smallest first; none is an answer too.
    at, ring
        The point, or the points around the region, as longitude and latitude.
    fault
        Why a region could not be asked, in plain words.
    """

    kind: str
    ids: tuple[str, ...] = ()
    at: tuple[float, float] | None = None
    ring: tuple[tuple[float, float], ...] = ()
    fault: str = ""


def now(zone: Zone, key: str, name: str, live: Collection[str] | None = None) -> Pointed | None:
    """What the map `key` just said, in terms of the set `name`; None if it said nothing.

    Ask before `view.show`, which counts it as answered.
    With `live`, features of other ids are passed over: shapes that are not there on the day.
    """
    said = maps.last(key)
    if said is None or said["kind"] == "drawn":  # what was drawn is the page's own to take up
        return None
    if said["kind"] == "region":
        ring = tuple((lon, lat) for lon, lat in said["ring"])
        try:
            return Pointed("region", _ids(zone.inside(ring), name, live), ring=ring)
        except GeoError as error:
            return Pointed("region", ring=ring, fault=str(error))
    if said.get("lon") is None:
        picked = said["set"] == name and (live is None or said["id"] in live)
        return Pointed("pick", (said["id"],) if picked else ())
    found = zone.identify(said["lon"], said["lat"], _tolerance_m(said))
    return Pointed(said["kind"], _ids(found, name, live), (said["lon"], said["lat"]))


def _tolerance_m(said: dict[str, Any]) -> float:
    return max(float(said.get("tolerance_m", 1.0)), 1.0)


def _ids(hits: list[Hit], name: str, live: Collection[str] | None) -> tuple[str, ...]:
    return tuple(hit.id for hit in hits if hit.set == name and (live is None or hit.id in live))
