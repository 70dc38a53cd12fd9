"""What a store holds in tests of the store: a few parks, numbered events."""

from datetime import UTC, datetime

import geopandas as gpd
from shapely import box

from geo.model import Boundaries, Event, Grade, Source

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def parks(count: int = 3) -> Boundaries:
    shapes = [box(122.2 + i / 100, 37.4, 122.205 + i / 100, 37.41) for i in range(count)]
    columns = {"id": [f"P{i}" for i in range(count)], "name": ["园"] * count}
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs=4490)
    return Boundaries("park", table, Source("图", Grade.SCHEMATIC, "CC0"))


def event(number: int) -> Event:
    return Event(f"parcel/{number}", "planned", "李", NOW, data={"n": number})
