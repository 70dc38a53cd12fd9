"""Limits as rows of an editor: on or off, whether there is data, and their numbers."""

from typing import Any

from geo import rasters
from geo.scenario import Limit, Part
from geo.zone import Zone
from pages import scenario_words


def given(zone: Zone, known: list[Any], on: set[str]) -> list[dict[str, Any]]:
    """A row a limit; `on` are ids of those that count."""
    words, there = scenario_words.words(), zone.sets(zone.version)
    images = {one.name for one in rasters.with_derived(zone, zone.version)}
    out = []
    for one in known:
        row = {
            "on": one.id in on,
            "title": scenario_words.limit(one),
            "data": words["held" if _held(one, {*there}, images) else "no_data"],
            "from_pct": one.from_pct,
            "basis": one.basis or None,
        }
        if isinstance(one, Part):
            row |= {"usable_pct": one.usable_pct, "priority": one.priority}
        out.append(row)
    return out


def _held(one: Limit, sets: set[str], images: set[str]) -> bool:
    """Whether anybody has brought what a limit looks at; parcels where it asks for stages."""
    asked = one.where.set if one.where else "parcel" if one.phases else ""
    return one.raster in images if one.raster else not asked or asked in sets
