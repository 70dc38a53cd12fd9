"""The ledger at a moment, with all that the page shows of it: made once for all visits."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import pandas as pd

from geo.chronicle import CHINA
from geo.ledger import Moment, book, reckon
from geo.supply import Parcel
from geo.supply.clock import Clock, Outcome, low
from geo.zone import Zone


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """Live parcels of one moment.

    `table` is that of `reckon.table` with the year as text, drawn, flags, and text to search in.
    """

    moment: Moment
    day: date
    table: pd.DataFrame
    parcels: Mapping[str, Parcel]
    clocks: Mapping[str, Clock]


def today() -> date:
    """The day at the office."""
    return datetime.now(CHINA).date()


def snapshot(zone: Zone, moment: Moment) -> Snapshot:
    """The ledger at a moment; as of today where no day is named."""
    return _snapshot(zone, zone.version, moment.as_of or today(), moment.known)


@lru_cache(maxsize=12)
def _snapshot(zone: Zone, _version: int, day: date, known: int | None) -> Snapshot:
    moment = Moment(day, known)
    parcels = book(zone).supply.at(day, known)
    found = {one.parcel: one for one in reckon.clocks(zone, day, known)}
    table = reckon.table(zone, moment).sort_values("id", ignore_index=True)
    table["year"] = ["" if math.isnan(year) else str(int(year)) for year in table["year"]]
    table["drawn"] = table["drawn_m2"].notna()
    table["flags"] = [
        flags(parcels[id_], found.get(id_), bool(drawn))
        for id_, drawn in zip(table["id"], table["drawn"], strict=True)
    ]
    texts = ("id", "project", "location", "grantee", "contract_no", "supervision", "number", "note")
    rows = zip(*(table[name] for name in texts), strict=True)
    table["text"] = [" ".join(filter(None, row)).casefold() for row in rows]
    return Snapshot(moment, day, table, parcels, found)


def flags(parcel: Parcel, clock: Clock | None, drawn: bool) -> tuple[str, ...]:
    """What to look at: 逾期, 疑似, due within the days of the list, paused, not drawn."""
    found = list(clock.flags) if clock else []
    if low(parcel, reckon.norms()).outcome is Outcome.SUSPECT:
        found.append("suspect_low")
    left = [one.left for one in clock.dues if one.left >= 0] if clock else []
    found += [f"due{days}" for days in reckon.norms().notice.days if left and min(left) <= days][:1]
    found += ["paused"] if parcel.paused else []
    return tuple(found if drawn else [*found, "undrawn"])


@lru_cache(maxsize=12)
def changed(
    zone: Zone, _version: int, span: tuple[date, date], known: int | None
) -> frozenset[str]:
    """Parcels that entered or changed their stage from a day to another, both included."""
    spans = book(zone).supply.spans(known)
    return frozenset(one.id for one in spans if span[0] <= one.start <= span[1])


@lru_cache(maxsize=4)
def ever(zone: Zone, _version: int) -> tuple[date, frozenset[str]]:
    """The first day of the ledger (today while it is empty), and all stages there have been."""
    seen = [(one.start, one.status) for one in book(zone).supply.spans()]
    return min(seen, default=(today(), ""))[0], frozenset(status for _, status in seen)


@lru_cache(maxsize=8)
def names(zone: Zone, _version: int, name: str) -> Mapping[str, tuple[str, str]]:
    """Id of each unit, district or park, with its Chinese and English name."""
    known = zone.boundaries(name)
    if known is None:
        return {}
    table = known.table
    english = table.get("name_en", table["name"]).fillna("")
    return dict(zip(table["id"], zip(table["name"], english, strict=True), strict=True))


def empty(zone: Zone) -> bool:
    """Whether no parcel was ever entered."""
    return not book(zone).supply.at()
