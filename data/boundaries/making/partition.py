"""Cut the outline into streets, towns and districts that share every vertex.

All lines are noded together once, on a 1e-7 degree grid, so units add up to the zone
with neither gap nor overlap; the zone that is shipped is the union of its units.
"""

import math
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from geo import measure
from making.inputs import Labelled

GRID = 1e-7
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Partition:
    """The zone, its units by name, and its districts by id, in EPSG:4490."""

    zone: BaseGeometry
    units: dict[str, BaseGeometry]
    districts: dict[str, BaseGeometry]


def plane(place: Labelled) -> Point:
    """Easting and northing in EPSG:4550 of a labelled place."""
    east, north = measure.transformer(4490, measure.PLANE).transform(place.lon, place.lat)
    return float(east), float(north)


def territories(places: list[Labelled], around: Polygon) -> dict[str, BaseGeometry]:
    """For each unit all that is nearest to one of its places; plane metres."""
    points = [plane(place) for place in places]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(MultiPoint(points), extend_to=around, ordered=True)
    )
    names = sorted({place.unit for place in places})
    return {
        name: shapely.union_all(
            [cell for cell, place in zip(cells, places, strict=True) if place.unit == name]
        )
        for name in names
    }


def faces(outline: Polygon, by_unit: dict[str, BaseGeometry]) -> list[BaseGeometry]:
    """The pieces that unit lines cut the outline into (EPSG:4490)."""
    lines = [outline.exterior]
    lines += [measure.to_stored(shapely.boundary(shape)) for shape in by_unit.values()]
    noded = shapely.union_all(lines, grid_size=GRID)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    return [piece for piece in pieces if outline.contains(piece.representative_point())]


def build(outline: Polygon, places: list[Labelled], district_of: dict[str, str]) -> Partition:
    """Split the outline (EPSG:4490) by the nearest place of the zone."""
    around = shapely.box(*measure.to_plane(outline).bounds)
    pieces: dict[str, list[BaseGeometry]] = {}
    for piece in faces(outline, territories(places, shapely.buffer(around, 5000))):
        inner = measure.to_plane(piece.representative_point())
        nearest = min(places, key=lambda place, at=inner: math.dist(plane(place), (at.x, at.y)))  # type: ignore[misc]
        pieces.setdefault(nearest.unit, []).append(piece)
    units = {name: shapely.union_all(parts) for name, parts in pieces.items()}
    districts = {
        district: shapely.union_all(
            [shape for name, shape in units.items() if district_of[name] == district]
        )
        for district in sorted(set(district_of.values()))
    }
    return Partition(shapely.union_all(list(districts.values())), units, districts)
