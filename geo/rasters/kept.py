"""What rasters the zone holds, and what they say of a place."""

import math
from datetime import date
from functools import lru_cache

from geo import measure, terrain
from geo.errors import DataError
from geo.ledger import book
from geo.model import STORED_CRS, Event, Grade, Raster, Source
from geo.rasters.cut import Cut, cut
from geo.rasters.values import DERIVED, SUBJECT, TITLES, UNITS, Held, Sample
from geo.zone import Zone

_HEIGHTS = "dem"


def held(zone: Zone, at: int | None = None) -> list[Held]:
    """Rasters held now or at a version, by name; raises as `Zone.sets` for one that never was."""
    zone.sets(at)
    return list(_held(zone, zone.version if at is None else at))


def with_derived(zone: Zone, at: int | None = None) -> list[Held]:
    """Rasters held, with slope and aspect where there are heights."""
    found = held(zone, at)
    heights = next((one for one in found if one.name == _HEIGHTS), None)
    return found + ([_following(heights, name) for name in DERIVED] if heights else [])


def withheld(zone: Zone, at: int | None = None) -> frozenset[str]:
    """As `Zone.withheld`, with slope and aspect where the heights are."""
    found = zone.withheld(at)
    return found | frozenset(DERIVED) if _HEIGHTS in found else found


def shows(zone: Zone, name: str, since: int) -> bool:
    """As `Zone.shows`; slope and aspect as the heights they follow."""
    return zone.shows(_HEIGHTS if name in DERIVED else name, since) and zone.shows(name, since)


def grid(zone: Zone, name: str, at: int | None = None) -> Raster:
    """The numbers of a raster, or of slope or aspect. Raises `DataError` RASTER_UNKNOWN."""
    there = {one.name: one for one in with_derived(zone, at)}
    if name not in there:
        raise DataError(f"没有影像 {name}，现有：{'、'.join(there) or '无'}", "RASTER_UNKNOWN")
    return _grid(zone.whole, name, there[name].since)  # the same for whoever may see it


def at(zone: Zone, lon: float, lat: float) -> list[Sample]:
    """What every raster held says of a place (EPSG:4490, degrees); the silent are left out."""
    east, north = measure.transformer(STORED_CRS, measure.PLANE).transform(lon, lat)
    if not (math.isfinite(east) and math.isfinite(north)):
        return []
    found = []
    for one in with_derived(zone):
        raster = _grid(zone.whole, _HEIGHTS if one.derived else one.name, one.since)
        if one.derived:  # nine cells tell it; the whole grid is for the map
            raster = DERIVED[one.name](terrain.window(raster, east, north))
        value = terrain.value(raster, east, north)
        if value is not None:
            found.append(_sample(one, value))
    return found


def _sample(one: Held, value: float) -> Sample:
    label = str(one.facts["labels"].get(str(int(value)), "")) if one.classes else ""
    return Sample(one.name, one.title, one.title_en, value, one.unit, one.source.grade, label)


@lru_cache(maxsize=8)
def _held(zone: Zone, version: int) -> tuple[Held, ...]:
    found = {
        entry.event.subject.removeprefix(SUBJECT): (entry.number, entry.event)
        for entry in book(zone).entries
        if entry.number <= version and entry.event.subject.startswith(SUBJECT)
    }
    return tuple(_of(zone, name, *found[name]) for name in sorted(found))


def _of(zone: Zone, name: str, since: int, event: Event) -> Held:
    facts = event.data
    said = dict(facts["source"])
    issued, grade = said.pop("issued"), Grade(said.pop("grade"))
    source = Source(grade=grade, issued=date.fromisoformat(issued) if issued else None, **said)
    theme = zone.catalog.themes.get(name)
    title, english = (theme.title, theme.title_en) if theme else (source.title, source.title)
    return Held(
        name, title, english, since, facts["unit"], facts["classes"], source, event.by, facts
    )


def _following(dem: Held, name: str) -> Held:
    """Slope or aspect, as well founded as the heights."""
    return Held(
        name,
        *TITLES[name],
        dem.since,
        UNITS[name],
        classes=False,
        source=dem.source,
        by=dem.by,
        facts=dem.facts,
        derived=True,
    )


@lru_cache(maxsize=6)
def _grid(zone: Zone, name: str, since: int) -> Raster:
    """The numbers as of the event that brought them, read again from the file kept."""
    if name in DERIVED:
        return DERIVED[name](_grid(zone, _HEIGHTS, since))
    facts = next(one for one in _held(zone, since) if one.name == name).facts
    data = zone.file(facts["digest"])
    if data is None:
        raise DataError(f"影像 {name} 的原始文件缺失，请从备份恢复", "STORE_DIGEST")
    how = facts["cut"]
    return cut(data, f"{name}.tif", Cut(tuple(how["bounds"]), how["most"], how["classes"])).raster
