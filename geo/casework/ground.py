"""What a site is checked on: every set the rules read, made ready once per version."""

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

import numpy as np

from geo import ledger, rasters, site
from geo.errors import DataError, StoreError
from geo.ledger import Book, Moment
from geo.model import Boundaries
from geo.site import Failed, Grid, LayerInput, Missing, Prepared
from geo.zone import DATA, Zone, cover

PARCEL, SLOPE = "parcel", "slope"
_CLOSED = "无权查看"
Layers = Mapping[str, site.LayerInput | site.Grid | site.Missing | site.Failed]
_SETS_HELD = 24  # a set of 250,000 polygons takes about 200 MB made ready


@cache
def rules() -> site.Rules:
    """The rules that came with the product."""
    return site.read(DATA / "rules" / "site")


def read() -> tuple[str, ...]:
    """Names of all sets that the rules read."""
    return tuple(dict.fromkeys(name for rule in rules().rules for name in rule.sets))


def layers(zone: Zone, day: date, known: int | None = None) -> Layers:
    """Every set the rules read, as held at a version, with the ledger's status on a day."""
    version = zone.version if known is None else known
    held, closed = zone.sets(version), rasters.withheld(zone, version)
    return {
        name: Failed(_CLOSED)
        if name in closed
        else _layer(zone, name, held.get(name, 0), Moment(day, version))
        for name in read()
    }


def _layer(
    zone: Zone, name: str, since: int, moment: Moment
) -> LayerInput | Grid | Missing | Failed:
    try:
        if name == SLOPE:
            return _slope(zone, moment)
        if not since:
            return Missing("")
        if name == PARCEL:
            return _parcels(zone, since, moment)
        known, prepared = _ready(zone.whole, name, since)
        return LayerInput(known, prepared, **_covers(zone, known, moment))
    except (StoreError, DataError) as error:  # damaged, or with a day that is none
        return Failed(str(error))  # it blocks a verdict, it does not end the check


def _slope(zone: Zone, moment: Moment) -> Grid | Missing:
    found = next(
        (one for one in rasters.with_derived(zone, moment.known) if one.name == SLOPE), None
    )
    if found is None:
        return Missing("")
    return Grid(rasters.grid(zone, SLOPE, moment.known), found.source, found.since)


@lru_cache(maxsize=_SETS_HELD)
def _ready(zone: Zone, name: str, since: int) -> tuple[Boundaries, Prepared]:
    known = zone.existing(name, since)
    return known, site.prepare(known, look=True)


def _parcels(zone: Zone, since: int, moment: Moment) -> LayerInput:
    """Parcels that live on the day, with their status; the split, and the unborn, are left out."""
    book = ledger.book(zone)
    told = book.supply.at(moment.as_of, moment.known)
    gone = {id_ for id_, one in told.items() if not one.live}
    ever = book.supply.at(None, moment.known)
    unborn = {id_ for id_, one in ever.items() if one.parents and id_ not in told}
    known, prepared = _living(zone.whole, since, frozenset(gone | unborn))
    status = {id_: one.status for id_, one in told.items() if one.live}
    facts, entered = {"status": status}, _entered(book, moment)
    return LayerInput(known, prepared, facts, entered, **_covers(zone, known, moment))


def _covers(zone: Zone, known: Boundaries, moment: Moment) -> dict[str, Any]:
    """Where the set is complete, as the towns and the zone were held at the moment."""
    if not known.source.covers:
        return {"unsaid": True}
    return {"covers": cover.region(zone.whole, known, moment.known)}


def _entered(book: Book, moment: Moment) -> int:
    """The version of the last entry on any parcel: what others record changes no answer."""
    return next(
        (
            entry.number
            for entry in reversed(book.entries)
            if entry.number <= (moment.known or 0) and entry.event.subject.startswith("parcel/")
        ),
        0,
    )


@lru_cache(maxsize=2)
def _living(zone: Zone, since: int, left_out: frozenset[str]) -> tuple[Boundaries, Prepared]:
    known = zone.existing(PARCEL, since)
    keep = ~np.isin(known.table["id"].to_numpy(dtype=object).astype(str), sorted(left_out))
    table = known.table[keep].reset_index(drop=True)
    living = Boundaries(known.name, table, known.source, known.since)
    return living, site.prepare(living, look=True)
