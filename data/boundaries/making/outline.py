"""The outline of the zone, rebuilt from the coast and from places of known membership.

A point of the mainland belongs to the zone where ``d_zone < lambda * d_other``, the
distances to the nearest place inside and outside. With lambda = 1 nothing is tuned and
the area is already within 1 % of the published 278.16 km²; lambda is then solved so
that the measured ellipsoid area is the published one.
"""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geo import measure

PUBLISHED_M2 = 278_160_000.0
TOLERANCE_M2 = 50.0
SLIVER_M = 15.0  # half the width below which a strip is dropped
SIMPLIFY_M = 5.0
ARC_POINTS = 512
MITRE = 2
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline (EPSG:4490), the lambda that made it, and the area with lambda = 1."""

    shape: Polygon
    ratio: float
    untuned_m2: float


def largest(shape: BaseGeometry) -> Polygon:
    """The biggest polygon of a shape in the plane."""
    return Polygon(max(shapely.get_parts(shape), key=shapely.area))


def nearer(cell: Polygon, zone: Point, other: Point, ratio: float) -> Polygon:
    """The part of a convex cell that is nearer to `zone` than `ratio` times to `other`."""
    if ratio == 1.0:
        return half(cell, zone, other)
    square = ratio**2
    centre = [(z - square * o) / (1 - square) for z, o in zip(zone, other, strict=True)]
    radius = ratio * math.dist(zone, other) / (1 - square)
    corners = shapely.get_coordinates(cell) - centre
    if np.hypot(corners[:, 0], corners[:, 1]).max() <= radius:
        return cell
    angle = math.atan2(zone[1] - centre[1], zone[0] - centre[0])
    turned = np.angle(np.exp(1j * (np.arctan2(corners[:, 1], corners[:, 0]) - angle)))
    span = min(float(np.abs(turned).max()) + 0.01, math.pi * 0.999)
    arc = np.linspace(angle - span, angle + span, ARC_POINTS)
    edge = np.column_stack([np.cos(arc), np.sin(arc)]) * radius + centre
    return largest(shapely.intersection(cell, Polygon([centre, *edge])))


def half(cell: Polygon, zone: Point, other: Point) -> Polygon:
    """The part of a cell on the `zone` side of the line half-way to `other`."""
    along = np.subtract(other, zone) / math.dist(zone, other)
    across = np.array([-along[1], along[0]])
    middle = np.add(zone, other) / 2
    far = 1e6
    corners = [
        middle + across * far,
        middle + (across - along) * far,
        middle - (across + along) * far,
        middle - across * far,
    ]
    return largest(shapely.intersection(cell, Polygon(corners)))


def reach(mainland: Polygon, zone: list[Point], other: list[Point], ratio: float) -> BaseGeometry:
    """All of the mainland (plane) that belongs to the zone for one lambda."""
    cells = []
    for place in zone:
        cell = shapely.box(*mainland.bounds)
        for rival in sorted(other, key=lambda point, at=place: math.dist(point, at)):  # type: ignore[misc]
            cell = nearer(cell, place, rival, ratio)
        cells.append(cell)
    return shapely.intersection(shapely.union_all(cells), mainland)


def cleaned(shape: BaseGeometry) -> Polygon:
    """Main part without slivers, simplified, in EPSG:4490 rounded to 1e-6 degrees."""
    main = largest(shape)
    core = shapely.buffer(main, -SLIVER_M, join_style="mitre", mitre_limit=MITRE)
    opened = shapely.buffer(largest(core), SLIVER_M, join_style="mitre", mitre_limit=MITRE)
    simple = shapely.simplify(largest(opened), SIMPLIFY_M)
    degrees = measure.to_stored(Polygon(largest(simple).exterior))
    return largest(shapely.set_precision(degrees, 1e-6))


def build(mainland: Polygon, zone: list[Point], other: list[Point]) -> Outline:
    """Solve lambda by bisection; all shapes and points given in EPSG:4550 metres."""

    def at(ratio: float) -> tuple[Polygon, float]:
        shape = cleaned(reach(mainland, zone, other, ratio))
        return shape, measure.area_m2(shape) - PUBLISHED_M2

    low, high = 0.97, 1.0
    untuned = at(high)[1] + PUBLISHED_M2
    for _ in range(40):
        ratio = (low + high) / 2
        shape, over = at(ratio)
        if abs(over) <= TOLERANCE_M2:
            return Outline(shape, ratio, untuned)
        low, high = (low, ratio) if over > 0 else (ratio, high)
    raise ArithmeticError("no lambda gives the published area within the tolerance")
