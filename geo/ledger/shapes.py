"""Shapes that follow the lineage: a merged parcel has the union, a renumbered one the same."""

from collections.abc import Sequence
from datetime import UTC, datetime

import geopandas as gpd
import pandas as pd
import shapely

from geo.ledger.places import PARCEL
from geo.model import STORED_CRS, Boundaries, Event
from geo.zone import Zone

_REASON = "随合并、变更编号更新图形"


def following(zone: Zone, events: Sequence[Event]) -> tuple[list[Boundaries], list[Event]]:
    """The set of parcels with the shapes that these events call for, and the event that says so.

    Nothing where no parent is drawn, where the child is drawn already, or for a split, whose
    line nobody but a surveyor knows: there the shape comes later.
    """
    known = zone.boundaries(PARCEL)
    ends = [one for one in events if one.verb in {"merged", "renumbered"}]
    if known is None or not ends:
        return [], []
    child = str(ends[0].data["into"])
    ids = [one.subject.partition("/")[2] for one in ends]
    rows = known.table[known.table["id"].isin(ids)]
    if len(rows) < len(ids) or bool((known.table["id"] == child).any()):
        return [], []
    row = rows.iloc[:1].drop(columns="geometry").assign(id=child, name=child)
    union = shapely.union_all(list(rows.geometry))
    fresh = gpd.GeoDataFrame(row, geometry=[union], crs=STORED_CRS)
    table = gpd.GeoDataFrame(pd.concat([known.table, fresh], ignore_index=True), crs=STORED_CRS)
    return [Boundaries(PARCEL, table, known.source)], [_replaced(known, len(table), events[0])]


def _replaced(known: Boundaries, count: int, first: Event) -> Event:
    """Like any other replacement of a set: who, why, on which paper."""
    source = known.source
    data = {"grade": source.grade.value, "count": count, "source": source.title}
    now = datetime.now(UTC)
    subject = f"boundaries/{PARCEL}"
    return Event(subject, "replaced", first.by, now, first.on, data, _REASON, first.document)
