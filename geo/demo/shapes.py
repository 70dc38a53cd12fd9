"""Blocks and parcels that nobody owns: drawn by rule where towns are, the same at every run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.zone import Zone

COUNT, AT_SEA = 1_200, 10
SEED = 20171222
_STEP = 300.0  # m between the middles of blocks
_STREET = 26.0  # m between blocks
_TURN = 14.0  # degrees, so that the grid is seen for what it is: not a survey
_LEAST, _MOST = 4_000.0, 60_000.0  # m² of a parcel, before it is split again or left out
_EDGE = 40.0  # m kept clear of the zone's edge, of the sea and of water
_NEAR, _FAR = 200.0, 1_600.0  # m from the zone at which parcels at sea begin and end
_WIDE = 340.0  # m, side of a parcel at sea


@dataclass(frozen=True, slots=True)
class Plot:
    """One invented parcel: its shape in EPSG:4490, and what it lies in: park, town or sea."""

    shape: BaseGeometry
    ground: str


def plots(zone: Zone) -> list[Plot]:
    """Invented parcels that do not touch one another.

    `COUNT` inside the zone, off the water, then `AT_SEA` off the coast.
    """
    ground = _ground(zone)
    centre = ground.centroid
    blocks = [affinity.rotate(one, _TURN, origin=centre) for one in _grid(ground)]
    inside = [one for one in blocks if ground.contains(one)]
    near = sorted(inside, key=_distance(zone))
    dice = np.random.default_rng(SEED)
    found = list[BaseGeometry]()
    for block in near:
        found += list(_cut(block, dice))
        if len(found) >= COUNT:
            break
    return [*_placed(zone, found[:COUNT]), *_at_sea(zone)]


def _at_sea(zone: Zone) -> Iterator[Plot]:
    """Squares in the set `sea` along the coast, far from one another."""
    land = shapely.union_all(_planes(zone, "zone"))
    strip = land.buffer(_FAR).difference(land.buffer(_NEAR))
    water = strip.intersection(shapely.union_all(_planes(zone, "sea")))
    west, south, east, north = water.bounds
    cells = [
        box(x, y, x + _WIDE, y + _WIDE)
        for x in np.arange(west, east, 2 * _WIDE)
        for y in np.arange(south, north, 2 * _WIDE)
    ]
    fit = [one for one in cells if water.contains(one)]
    for i in range(AT_SEA):
        yield Plot(_stored(fit[i * len(fit) // AT_SEA]), "sea")


def _ground(zone: Zone) -> BaseGeometry:
    """Land of the zone that a town may stand on, in EPSG:4550."""
    whole = shapely.union_all(_planes(zone, "zone"))
    water = [
        one for name in ("water", "coast") if zone.boundaries(name) for one in _planes(zone, name)
    ]
    return whole.buffer(-_EDGE).difference(shapely.union_all(water).buffer(_EDGE))


def _planes(zone: Zone, name: str) -> np.ndarray:
    return measure.to_planes(np.asarray(zone.existing(name).table.geometry.array))


def _grid(ground: BaseGeometry) -> Iterator[Polygon]:
    west, south, east, north = ground.buffer(4_000).bounds
    half = (_STEP - _STREET) / 2
    for x in np.arange(west, east, _STEP):
        for y in np.arange(south, north, _STEP):
            yield box(x - half, y - half * 0.8, x + half, y + half * 0.8)


def _distance(zone: Zone) -> Callable[[Polygon], tuple[float, float, float]]:
    """How far a block is from the middle of a park, a hub or a public building."""
    known = np.concatenate([_planes(zone, name) for name in ("park", "hub", "facility")])
    middles = shapely.union_all(shapely.centroid(known))

    def key(block: Polygon) -> tuple[float, float, float]:
        middle = block.centroid
        return (float(middle.distance(middles)), middle.x, middle.y)

    return key


def _cut(block: BaseGeometry, dice: np.random.Generator) -> Iterator[BaseGeometry]:
    """Parts of a block, halved across their long side until they are of a usual size."""
    wanted = float(dice.uniform(0.15, 1.0)) * _MOST
    due = [block]
    while due:
        one = due.pop()
        if float(measure.plane_areas(np.asarray([one]))[0]) <= max(wanted, 2 * _LEAST):
            yield one.buffer(-1.0, join_style="mitre")
            continue
        due += _halves(one, float(dice.uniform(0.38, 0.62)))


def cut_at(shape: BaseGeometry, share: float) -> list[BaseGeometry]:
    """A parcel in EPSG:4490 cut across its long side, the first part holding `share` of it."""
    return [measure.to_stored(one) for one in _halves(measure.to_plane(shape), share)]


def _halves(shape: BaseGeometry, share: float) -> list[BaseGeometry]:
    corners = np.asarray(shape.minimum_rotated_rectangle.exterior.coords)[:4]
    sides = np.hypot(*(corners - np.roll(corners, -1, axis=0)).T)
    first = int(np.argmax(sides))
    a, b, c, d = (corners[(first + k) % 4] for k in range(4))
    left, right = a + (b - a) * share, d + (c - d) * share
    halves = Polygon([a, left, right, d]), Polygon([left, b, c, right])
    return [shape.intersection(half) for half in halves]


def _placed(zone: Zone, planes: list[BaseGeometry]) -> list[Plot]:
    parks = zone.existing("park").table
    middles = [measure.to_stored(one.centroid) for one in planes]
    rows, found = parks.sindex.query(middles, predicate="intersects")
    held = dict(zip(rows.tolist(), parks["id"].to_numpy()[found], strict=True))
    return [Plot(_stored(one), "park" if held.get(i) else "town") for i, one in enumerate(planes)]


def _stored(plane: BaseGeometry) -> BaseGeometry:
    return shapely.set_precision(measure.to_stored(plane), 1e-9)
