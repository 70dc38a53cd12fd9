"""A town of 6 × 6 cells whose every number can be reckoned by hand.

Rows run north to south, columns west to east. The west half is farmland, the east half built-up.
A road runs along the east edge, so a cell of column c lies (5 - c) × 100 m from it, and with
the curve below the points are 100 - 10 (5 - c) for ``trade`` and 100 - 5 (5 - c) for ``green``.
"""

from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import LineString, box
from shapely.geometry.base import BaseGeometry

from geo import ledger, measure, scenario
from geo.model import Boundaries, Grade, Source
from geo.scenario import Definition
from geo.zone import Zone

WEST, SOUTH, SIDE = 420_000.0, 4_140_000.0, 600.0
HAIR = 0.01  # so that turning degrees and back does not reach into the next cell
CELL_MU = 14.9976  # 10,000 m² of the plane; k² = 1.000158 at 80 km from the meridian, in mu
SOURCE = Source("测试图", Grade.SURVEYED, "CC0")


def plane(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """A rectangle in metres from the corner of the town."""
    return box(WEST + west + HAIR, SOUTH + south + HAIR, WEST + east - HAIR, SOUTH + north - HAIR)


def made(name: str, shapes: list[BaseGeometry], **columns: list[str]) -> Boundaries:
    ids = [f"{name}-{i}" for i in range(1, len(shapes) + 1)]
    stored = [shapely.set_precision(measure.to_stored(one), 1e-10) for one in shapes]
    table = gpd.GeoDataFrame({"id": ids, "name": ids, **columns}, geometry=stored, crs=4490)
    return Boundaries(name, table, SOURCE)


def bring(zone: Zone, *sets: Boundaries) -> None:
    for one in sets:
        zone.replace(one, by="甲", reason="测试")


def built(url: str, *, landuse: bool = True) -> Zone:
    """The town in a store; without land use its start state is the 示例."""
    zone = ledger.open_zone(url)
    edge = LineString([(WEST + 595, SOUTH + 5), (WEST + 595, SOUTH + 595)])
    bring(zone, made("zone", [plane(0, 0, SIDE, SIDE)]), made("road", [edge]))
    if landuse:
        halves = [plane(0, 0, 300, SIDE), plane(300, 0, SIDE, SIDE)]
        bring(zone, made("landuse", halves, kind=["耕地", "城镇村及工矿用地"]))
    return zone


def asked(trade: Any = 90.0, green: Any = 90.0, **more: Any) -> Definition:
    """So many mu of each: a number, or a table of a demand."""
    wanted = {"trade": trade, "green": green}
    uses = [
        {"id": "trade", "code": "09", "name": "商业"} | _road([[0, 100], [1000, 0]]),
        {"id": "green", "code": "14", "name": "绿地"} | _road([[0, 100], [1000, 50]]),
    ]
    demands = [
        {"use": use} | (much if isinstance(much, dict) else {"mu": much})
        for use, much in wanted.items()
    ]
    return scenario.checked({"name": "小城", "uses": uses, "demands": demands} | more)


def _road(curve: list[list[int]]) -> dict[str, Any]:
    return {"weights": {"road": 1}, "scales": {"road": curve}}


def square(use: np.ndarray) -> list[list[int]]:
    """(36,) uses as rows of the town."""
    rows: list[list[int]] = use.reshape(6, 6).tolist()
    return rows
