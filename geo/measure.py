"""Every metre and square metre in the system comes from here.

Shapes are kept in CGCS2000 longitude/latitude (EPSG:4490). Legal land-survey area is
the ellipsoid area of the shape whose edges are straight in the 3-degree plane, so edges
are cut at 70 m in that plane first (国土调查办发〔2008〕32号). Plane area, lengths and
buffers are taken in EPSG:4550 (CGCS2000, 3-degree, meridian 123 E). Nothing is ever
measured in Web Mercator (1.588 times too large at Weihai).
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Geod, Transformer
from pyproj.exceptions import ProjError
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.model import STORED_CRS

PLANE = 4550
PLANE_PREFIXED = 4529
EDGE_M = 70.0
GEOD = Geod(a=6378137.0, rf=298.257222101)
_UNPREFIXED_25 = 4534  # EPSG code of 3-degree zone 25 without prefix
_PREFIXED_0 = 4488
_FALSE_EAST_M = 500_000.0  # easting of the meridian in EPSG:4550
_LARGEST_RADIUS_M = 6.4e6  # no way along the ellipsoid bends less anywhere
_POLYGONAL = (3, 6)  # shapely's numbers of areas
_Q_MIDDLE = 1.2  # about that of 37 N, for the same reason


@dataclass(frozen=True, slots=True)
class Leg:
    """One straight leg of a sketch: ground length in m and bearing in degrees from north."""

    length_m: float
    bearing_deg: float


def zone_of(lon: float) -> int:
    """Number of the 3-degree zone that a longitude (degrees east) falls in."""
    return math.floor(lon / 3.0 + 0.5)


def plane_epsg(zone: int, *, prefixed: bool) -> int:
    """EPSG code of CGCS2000 3-degree zone 25–45, with or without the zone prefix on eastings."""
    if not 25 <= zone <= 45:
        raise DataError(f"带号 {zone} 不在 25–45 之间，请核对坐标的带号", "ZONE_NUMBER")
    return _PREFIXED_0 + zone if prefixed else _UNPREFIXED_25 + zone - 25


@cache
def transformer(source: int, target: int) -> Transformer:
    """Transformer between EPSG codes, x = east/longitude first; refuses guesses.

    Raises `DataError` where PROJ knows no real transformation (Xian 80, Beijing 54).
    """
    try:
        return Transformer.from_crs(
            CRS.from_epsg(source), CRS.from_epsg(target), always_xy=True, allow_ballpark=False
        )
    except ProjError as error:
        raise DataError(
            f"EPSG:{source} 到 EPSG:{target} 没有公开的转换参数，请用本单位的参数转换后再使用",
            "DATUM_NEEDS_PARAMETERS",
        ) from error


def project(shape: BaseGeometry, source: int, target: int) -> BaseGeometry:
    """Move a shape from one EPSG code to another."""
    moved: BaseGeometry = shape if source == target else _moved(shape, transformer(source, target))
    return moved


def to_plane(shape: BaseGeometry) -> BaseGeometry:
    """EPSG:4490 to EPSG:4550, for work in metres."""
    return project(shape, STORED_CRS, PLANE)


def to_stored(shape: BaseGeometry) -> BaseGeometry:
    """EPSG:4550 to EPSG:4490."""
    return project(shape, PLANE, STORED_CRS)


def area_m2(shape: BaseGeometry) -> float:
    """Ellipsoid area (椭球面积) in m² of a shape in EPSG:4490; 0 for points and lines."""
    if shape.is_empty or shapely.get_dimensions(shape) != 2:
        return 0.0
    cut = to_stored(shapely.segmentize(to_plane(shape), EDGE_M))
    return abs(float(GEOD.geometry_area_perimeter(shapely.orient_polygons(cut))[0]))


def areas_m2(shapes: Sequence[BaseGeometry] | np.ndarray) -> np.ndarray:
    """Ellipsoid areas in m² of many shapes in EPSG:4490, within 1e-9 of `area_m2`, but at once.

    Taken in a cylindrical equal-area plane, where every area is exact by construction;
    only the bend of an edge between cuts of 70 m is lost.
    """
    given = np.asarray(shapes, dtype=object)
    corners, owner = shapely.get_coordinates(given, return_index=True)
    long = np.unique(owner[1:][_far(corners) & (owner[1:] == owner[:-1])])
    plain = np.isin(shapely.get_type_id(given), _POLYGONAL)
    plain &= single_rings(corners, owner, len(given))
    plain[long] = False  # most parcels have no edge to cut, and need not go through the plane
    kept = slice(None) if plain.all() else plain[owner]
    out = _ring_areas(_equal_area(corners[kept]), owner[kept], len(given))
    cut = given if plain.all() else given.copy()
    cut[long] = to_storeds(shapely.segmentize(to_planes(given[long]), EDGE_M))
    out[~plain] = shapely.area(shapely.transform(cut[~plain], _equal_area))
    return np.asarray(out)


def single_rings(points: np.ndarray, owner: np.ndarray, count: int) -> np.ndarray:
    """Which of `count` areas are one ring; points (n, 2) in order, with the area of each."""
    sizes = np.bincount(owner, minlength=count)
    end = np.cumsum(sizes)[sizes > 0]
    begin = end - sizes[sizes > 0]
    same = np.repeat(points[begin], end - begin, axis=0) == points
    again = np.bincount(owner[same[:, 0] & same[:, 1]], minlength=count) == 2
    again[owner[begin]] &= (points[begin] == points[end - 1]).all(axis=1)
    return np.asarray(again)  # nothing but the last point is the first one again


def _ring_areas(points: np.ndarray, owner: np.ndarray, count: int) -> np.ndarray:
    """Areas of rings, one for each owner, to the last bit as GEOS sums them; 0 without points."""
    sizes = np.bincount(owner, minlength=count)
    x, y = np.ascontiguousarray(points.T)
    x -= np.repeat(x[(np.cumsum(sizes) - sizes)[sizes > 0]], sizes[sizes > 0])
    parts = x[1:-1] * (y[:-2] - y[2:])
    parts[owner[:-2] != owner[2:]] = 0.0
    return np.asarray(np.abs(np.bincount(owner[1:-1], parts, minlength=count) / 2))


def _far(points: np.ndarray) -> np.ndarray:
    """Whether each lon/lat point is further from the one before it than an edge may be."""
    east, north = points[1:, 0] - points[:-1, 0], points[1:, 1] - points[:-1, 1]
    near = east * east + north * north <= math.degrees((EDGE_M - 1) / _LARGEST_RADIUS_M) ** 2
    far: np.ndarray = ~near
    doubtful = np.flatnonzero(far)
    far[doubtful] = steps_m(points[doubtful], points[doubtful + 1]) > EDGE_M - 1
    return far


def steps_m(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Distances in m between (n, 2) lon/lat points, pair by pair, right to 1e-3."""
    return np.asarray(np.hypot(*moves_m(start, end).T))


def moves_m(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Metres east and north, (n, 2), from lon/lat points to others, pair by pair.

    By the radii of the ellipsoid at each place: right to 1e-3, for moves of some kilometres.
    """
    if not len(start):
        return np.empty((0, 2))
    lat = np.radians((start[:, 1] + end[:, 1]) / 2)
    w2 = 1 - GEOD.es * np.sin(lat) ** 2
    step = np.radians(end - start) * GEOD.a
    step[:, 0] *= np.cos(lat) / np.sqrt(w2)
    step[:, 1] *= (1 - GEOD.es) / (w2 * np.sqrt(w2))
    return np.asarray(step)


def plane_areas(planes: np.ndarray) -> np.ndarray:
    """Areas in m² of shapes that are in EPSG:4550 already; signed sums for invalid ones."""
    return np.asarray(shapely.area(planes))


def plane_widths(planes: np.ndarray) -> np.ndarray:
    """Mean widths in m of areas in EPSG:4550: twice the area by the length of the edge."""
    edges = np.asarray(shapely.length(planes))
    return plane_areas(planes) * 2 / np.where(edges > 0, edges, np.inf)


def plane_lengths(planes: np.ndarray) -> np.ndarray:
    """Lengths in m of shapes that are in EPSG:4550 already; perimeters for areas."""
    return np.asarray(shapely.length(planes))


def ellipsoid_areas(planes: np.ndarray) -> np.ndarray:
    """Ellipsoid areas in m² of shapes in EPSG:4550 whose edges are straight there; 0 for others.

    The plane enlarges areas by the square of its scale k, so an area is the integral of k⁻²
    = 1 - u + 2/3 u² - …, u = x²/(ρν), with x from the meridian and ρν, the product of the radii
    of the ellipsoid, at the middle of the shape. Within 1e-8 of `area_m2` up to 60 km across.
    """
    area, second = _moments(planes)
    low, high = shapely.bounds(planes)[:, [1, 3]].T
    middle = np.where(area > 0, (low + high) / 2, 0.0)
    along = middle / (GEOD.a * (1 - GEOD.es / 4 - 3 * GEOD.es**2 / 64))
    lat = along + 3 / 8 * GEOD.es * np.sin(2 * along)  # within 1e-5: k hardly changes with it
    w2 = 1 - GEOD.es * np.sin(lat) ** 2
    first = second * w2**2 / (GEOD.a**2 * (1 - GEOD.es))
    more = np.divide(first**2, area, out=np.zeros(len(area)), where=area > 0)
    return np.asarray(area - first + 2 / 3 * more)


def _moments(planes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Area, and the integral of the square of the distance from the meridian, of each shape."""
    polygons, shape = shapely.get_parts(planes, return_index=True)
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    if not len(points):
        return np.zeros(len(planes)), np.zeros(len(planes))
    first = np.searchsorted(ring, np.arange(len(rings)))
    x = points[:, 0] - _FALSE_EAST_M
    y = points[:, 1] - points[first[ring], 1]  # small numbers, so that products stay exact
    inside, start, end = ring[1:] == ring[:-1], x[:-1], x[1:]
    cross = np.where(inside, start * y[1:] - end * y[:-1], 0.0)
    area = np.bincount(ring[:-1], cross, len(rings)) / 2
    squares = cross * (start**2 + start * end + end**2)
    second = np.bincount(ring[:-1], squares, len(rings)) / 12
    hole = np.concatenate([[False], polygon[1:] == polygon[:-1]])
    turned = np.where(hole, -1.0, 1.0) * np.sign(area)  # rings may run either way
    both = (np.bincount(shape[polygon], turned * one, len(planes)) for one in (area, second))
    return next(both), next(both)


def distances_m(shapes: np.ndarray, other: BaseGeometry) -> np.ndarray:
    """Shortest distances in m in EPSG:4550 of many shapes in EPSG:4490 to one."""
    return np.asarray(shapely.distance(to_planes(shapes), to_plane(other)))


def to_planes(shapes: np.ndarray) -> np.ndarray:
    """EPSG:4490 to EPSG:4550 for an array of shapes."""
    return np.asarray(_moved(shapes, transformer(STORED_CRS, PLANE)))


def lengths_m(shapes: Sequence[BaseGeometry] | np.ndarray) -> np.ndarray:
    """Lengths in m in EPSG:4550 of many shapes in EPSG:4490."""
    return np.asarray(shapely.length(to_planes(np.asarray(shapes, dtype=object))))


def to_storeds(planes: np.ndarray) -> np.ndarray:
    """EPSG:4550 to EPSG:4490 for an array of shapes."""
    return np.asarray(_moved(planes, transformer(PLANE, STORED_CRS)))


def _moved(shapes: Any, by: Transformer) -> Any:
    return shapely.transform(shapes, lambda xy: np.column_stack(by.transform(xy[:, 0], xy[:, 1])))


def _equal_area(lonlat: np.ndarray) -> np.ndarray:
    """Longitude and latitude to a plane in m whose areas are those on the ellipsoid."""
    e = math.sqrt(GEOD.es)
    sine = np.sin(np.radians(lonlat[:, 1]))
    # Snyder, Map Projections (USGS PP 1395), equations 3-12 and 10-15 with a standard
    # parallel of 0; longitudes from 122 E, so that products of coordinates stay small.
    q = (1 - GEOD.es) * (sine / (1 - GEOD.es * sine**2) + np.arctanh(e * sine) / e)
    return np.column_stack([GEOD.a * np.radians(lonlat[:, 0] - 122), GEOD.a * (q - _Q_MIDDLE) / 2])


def plane_area_m2(shape: BaseGeometry) -> float:
    """Plane area (平面面积) in m² in EPSG:4550 of a shape in EPSG:4490."""
    return float(shapely.area(to_plane(shape)))


def length_m(shape: BaseGeometry) -> float:
    """Length in m in EPSG:4550 of a shape in EPSG:4490 (perimeter for polygons)."""
    return float(shapely.length(to_plane(shape)))


def distance_m(one: BaseGeometry, other: BaseGeometry) -> float:
    """Shortest distance in m in EPSG:4550 between two shapes in EPSG:4490."""
    return float(shapely.distance(to_plane(one), to_plane(other)))


def grow(shape: BaseGeometry, distance: float) -> BaseGeometry:
    """Grow (or shrink) a shape in EPSG:4490 by metres in the plane of EPSG:4550."""
    return to_stored(to_plane(shape).buffer(distance))


def legs(points: Sequence[tuple[float, float]]) -> tuple[Leg, ...]:
    """Plane length and ellipsoid bearing of each leg of a path of lon/lat points."""
    return tuple(
        Leg(length_m(LineString([one, two])), float(GEOD.inv(*one, *two)[0]) % 360.0)
        for one, two in itertools.pairwise(points)
    )


def circle(lon: float, lat: float, radius: float) -> Polygon:
    """A circle of `radius` metres in the plane around a lon/lat point, as EPSG:4490."""
    if not radius > 0:
        raise DataError(f"半径 {radius} 米无法作圆，请输入大于 0 的半径", "RADIUS")
    grown = to_plane(Point(lon, lat)).buffer(radius, quad_segs=32)
    return shapely.Polygon(to_stored(grown).exterior.coords)


def northing_easting(lon: float, lat: float, *, prefixed: bool = True) -> tuple[float, float]:
    """Northing and easting in m (Chinese X, Y) in zone 41 of a lon/lat point."""
    epsg = PLANE_PREFIXED if prefixed else PLANE
    east, north = transformer(STORED_CRS, epsg).transform(lon, lat)
    return float(north), float(east)
