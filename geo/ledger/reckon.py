"""What is reckoned from the book for pages, shell and documents alike: one number everywhere."""

from datetime import date
from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.ledger.book import NOW, Moment, book, supply_rules
from geo.ledger.places import AREAS, PARCEL, places
from geo.supply import batch, clock, norm, quota, unsupplied
from geo.supply.clock import Clock
from geo.supply.norm import Norms
from geo.supply.quota import Quota
from geo.supply.unsupplied import Unsupplied
from geo.units import AreaUnit
from geo.zone import DATA, Zone


@cache
def norms() -> Norms:
    """The numbers and articles that clocks go by."""
    return norm.read(DATA / "rules")


def table(zone: Zone, moment: Moment = NOW) -> pd.DataFrame:
    """Live parcels as `Ledger.table`, with where they lie and in which year they were supplied.

    Adds `unit`, `district`, `park` (ids; what was entered goes before what the shape says),
    `year` (of supply, NaN if not supplied), `drawn_m2` (NaN where it has no shape).
    """
    told = book(zone).supply
    found = told.table(moment.as_of, moment.known)
    where = places(zone).reindex(found["id"])
    for name in AREAS:
        found[name] = where[name].fillna("").to_numpy() if len(where) else ""
    said = found["unit_id"].fillna("").astype(str)
    found["unit"] = np.where(said != "", said, found["unit"])
    found["drawn_m2"] = where["drawn_m2"].to_numpy(dtype=float)
    years = {
        one.parcel: float(one.on.year)
        for one in quota.supplies(told, moment.as_of or date.max, moment.known)
    }
    found["year"] = found["id"].map(years).astype(float)
    return found


def clocks(zone: Zone, day: date, known: int | None = None) -> list[Clock]:
    """Idle clocks of all live parcels that have one."""
    return clock.clocks(book(zone).supply, norms(), day, known)


def unsold(zone: Zone, moment: Moment = NOW) -> Unsupplied:
    """批而未供 by overlay where all approved parcels are drawn, else by registered areas."""
    told = book(zone).supply.at(moment.as_of, moment.known)
    given = {one.id for one in supply_rules().statuses.values() if one.phase in _GIVEN}
    approved, supplied = unsupplied.batches(told.values(), given)
    where = places(zone)
    approved, supplied = _lying(approved, where), _lying(supplied, where)
    shapes = _shapes(zone)
    if shapes is None or not set(approved["id"]) <= set(shapes.index):
        return unsupplied.by_register(approved, supplied)
    drawn = supplied[supplied["id"].isin(shapes.index)]
    return unsupplied.by_shape(
        _with(approved, shapes), _with(drawn, shapes), norms().unsupplied.sliver_m
    )


def _lying(rows: pd.DataFrame, where: pd.DataFrame) -> pd.DataFrame:
    """Rows with the unit that was entered, else the one their shape lies in."""
    said = rows["unit"].fillna("").astype(str)
    found = where["unit"].reindex(rows["id"]).fillna("").to_numpy() if len(where) else ""
    return rows.assign(unit=np.where(said != "", said, found))


_GIVEN = ("supplied", "built", "alert")


def _shapes(zone: Zone) -> gpd.GeoSeries | None:
    known = zone.boundaries(PARCEL)
    return None if known is None else known.table.set_index("id").geometry


def _with(rows: pd.DataFrame, shapes: gpd.GeoSeries) -> gpd.GeoDataFrame:
    found = shapes.reindex(rows["id"])
    return gpd.GeoDataFrame(rows.reset_index(drop=True), geometry=found.to_numpy(), crs=shapes.crs)


def unsold_sheet(zone: Zone, moment: Moment = NOW, unit: AreaUnit = AreaUnit.HA) -> batch.Sheet:
    """批而未供 in the bureau's form: per batch, year and unit, with the total."""
    return batch.sheet(unsold(zone, moment), unit=unit)


def year_plan(zone: Zone, year: int, day: date, known: int | None = None) -> Quota:
    """A year's plan of supply against what was supplied up to a day."""
    held = book(zone)
    lines = quota.plan(held.entries, year, day, known)
    return quota.compare(lines, quota.supplies(held.supply, day, known), year, day)
