"""Small grids and shapes in EPSG:4550, made to measure."""

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.model import Boundaries, Grade, Raster, Source
from geo.terrain.grid import Grid

LEFT, TOP = 425_000.0, 4_140_000.0  # inside the zone's box
NONE = float("nan")
SOURCE = Source("测试", Grade.OFFICIAL, "CC0")


def small(rows: int = 5, columns: int = 5, step: float = 10.0) -> Grid:
    return Grid(LEFT, TOP, step, rows, columns)


def raster(values: object, step: float = 10.0, *, classes: bool = False) -> Raster:
    return Raster(np.array(values, dtype=np.float32), LEFT, TOP, step, classes)


def box(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """A rectangle by metres east of LEFT and south (so negative) of TOP."""
    return shapely.box(LEFT + west, TOP + south, LEFT + east, TOP + north)


def point(east: float, north: float) -> BaseGeometry:
    return shapely.Point(LEFT + east, TOP + north)


def array(*shapes: BaseGeometry) -> np.ndarray:
    out = np.empty(len(shapes), dtype=object)
    out[:] = shapes
    return out


def held(name: str, shapes: list[BaseGeometry], **columns: list[str]) -> Boundaries:
    """A set of shapes that are given in EPSG:4550."""
    ids = [f"{name}{i}" for i in range(len(shapes))]
    table = gpd.GeoDataFrame(
        {"id": ids, "name": ids, **columns},
        geometry=list(measure.to_storeds(array(*shapes))),
        crs=4490,
    )
    return Boundaries(name, table, SOURCE)
