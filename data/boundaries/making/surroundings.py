"""Land, sea and coast around the zone: the offline basemap."""

from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geo import measure
from making.inputs import FRAME

WEST_END = 122.285  # longitude where the restored stretch of coast begins
CRUMB_M2 = 1000.0
NEAR_M = 20.0  # the zone's simplified coast lies this near to the real one


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Neighbouring mainland, islets, water, all coast, and the restored stretch (EPSG:4490)."""

    neighbour: BaseGeometry
    islets: list[Polygon]
    sea: BaseGeometry
    coast: BaseGeometry
    restored: LineString


def without_crumbs(shape: BaseGeometry) -> BaseGeometry:
    """A shape without the crumbs that simplifying the zone's coast left along it."""
    parts = [part for part in shapely.get_parts(shape) if measure.area_m2(part) >= CRUMB_M2]
    return shapely.multipolygons(parts) if len(parts) > 1 else parts[0]


def coastline(lands: list[Polygon], frame: Polygon) -> BaseGeometry:
    """Shores of all land without the cuts along the frame."""
    edge = shapely.boundary(frame)
    shores = [shapely.difference(land.exterior, shapely.buffer(edge, 1e-6)) for land in lands]
    parts = [part for shore in shores for part in shapely.get_parts(shapely.line_merge(shore))]
    return shapely.multilinestrings(parts)


def restored(mainland: Polygon, zone: BaseGeometry) -> LineString:
    """Real coast of the zone from `WEST_END` to the eastern end of the zone's coast."""
    ring = measure.to_plane(mainland.exterior)
    close = shapely.buffer(measure.to_plane(zone), NEAR_M)
    ours = measure.to_stored(shapely.intersection(ring, close))
    east = shapely.box(WEST_END, FRAME[1], FRAME[2], FRAME[3])
    ends = shapely.get_coordinates(shapely.intersection(ours, east))
    along = sorted(
        shapely.line_locate_point(ring, measure.to_plane(shapely.Point(end))) for end in ends
    )
    whole = measure.to_stored(substring(ring, along[0], along[-1]))
    pieces = shapely.get_parts(shapely.line_merge(shapely.intersection(whole, east)))
    tip = ends[ends[:, 0].argmax()]
    return LineString(min(pieces, key=lambda piece: shapely.distance(piece, shapely.Point(tip))))


def build(lands: list[Polygon], zone: BaseGeometry) -> Surroundings:
    """Cut the surroundings of the zone out of the OSM land, mainland first in the list."""
    frame = shapely.box(*FRAME)
    all_land = shapely.union_all([*lands, zone])
    return Surroundings(
        neighbour=without_crumbs(shapely.difference(lands[0], zone)),
        islets=lands[1:],
        sea=without_crumbs(shapely.difference(frame, all_land)),
        coast=coastline(lands, frame),
        restored=restored(lands[0], zone),
    )
