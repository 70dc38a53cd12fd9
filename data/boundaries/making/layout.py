"""Where symbols without a published position stand, so that none hides another.

A symbol takes its anchor if that is free, else the nearest free point of a hexagonal
grid around it: inside the territory that the text ties it to, away from the edge, from
true points, from other symbols and from schematic lines. Plane metres, EPSG:4550.
"""

import itertools
import math
from dataclasses import dataclass, field

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

STEP_M = 100.0
RINGS = 90
EDGE_M = 200.0
LINE_M = 200.0
XY = tuple[float, float]


@dataclass(slots=True)
class Board:
    """What is already taken while symbols are laid out one after another."""

    points: list[XY] = field(default_factory=list)
    lines: list[BaseGeometry] = field(default_factory=list)
    closed: dict[str, BaseGeometry] = field(default_factory=dict)  # areas with their own insides

    def take(self, shape: BaseGeometry) -> None:
        """Keep later symbols away from a point."""
        self.points.append((shape.x, shape.y))

    def free(self, at: XY, inside: BaseGeometry, spacing: float, tie: str) -> bool:
        """Whether a symbol tied to the area `tie` may stand at a point."""
        point = Point(at)
        if not inside.contains(point):
            return False
        if any(math.dist(at, other) < spacing for other in self.points):
            return False
        if any(shapely.dwithin(line, point, LINE_M) for line in self.lines):
            return False
        return not any(
            name != tie and shapely.dwithin(area, point, EDGE_M)
            for name, area in self.closed.items()
        )


def ring(centre: XY, number: int) -> list[XY]:
    """Points of one ring of the hexagonal grid around a centre, from east counter-clockwise."""
    if number == 0:
        return [centre]
    corners = [
        (math.cos(math.radians(60 * k)) * number, math.sin(math.radians(60 * k)) * number)
        for k in range(7)
    ]
    out = []
    for (x1, y1), (x2, y2) in itertools.pairwise(corners):
        for step in range(number):
            share = step / number
            across, up = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
            out.append((centre[0] + across * STEP_M, centre[1] + up * STEP_M))
    return out


def stand(board: Board, anchor: XY, territory: BaseGeometry, spacing: float, tie: str) -> Point:
    """The nearest free point for a symbol; it is taken afterwards."""
    inside = shapely.buffer(territory, -EDGE_M)
    shapely.prepare(inside)
    for number in range(RINGS):
        near = [at for at in ring(anchor, number) if board.free(at, inside, spacing, tie)]
        if near:
            best = Point(min(near, key=lambda at: round(math.dist(at, anchor))))
            board.take(best)
            return best
    raise ValueError(f"no free place for a symbol tied to {tie}")
