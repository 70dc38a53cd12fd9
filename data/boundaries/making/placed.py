"""Parks, hubs, places of culture, waters, stations, facilities and projects.

A citable point is drawn where it is (traced). A stated area becomes a schematic shape of
exactly that area; anything else becomes a symbol laid out inside its territory.
"""

import math
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo import measure
from making.inputs import Drawn, number, rows
from making.layout import EDGE_M, RINGS, Board, ring, stand
from making.register import Entity

XY = tuple[float, float]
Row = dict[str, str]
BLOB = ((2, 0.10, 0.6), (3, 0.05, 1.9), (5, 0.03, 0.4))  # waves of its outline: lobes, share, turn
VERTICES = 96


@dataclass(slots=True)
class Stage:
    """Territories and anchors by id (EPSG:4550), the board, and the shapes placed so far."""

    territories: dict[str, BaseGeometry]
    anchors: dict[str, XY]
    board: Board
    shapes: dict[str, BaseGeometry] = field(default_factory=dict)  # EPSG:4490

    def keep(self, row: Row, plane: BaseGeometry) -> None:
        """Remember a placed shape: later rows may stand inside it or beside it."""
        self.shapes[row["id"]] = measure.to_stored(plane)
        middle = plane.centroid
        self.anchors[row["id"]] = (middle.x, middle.y)
        if plane.geom_type == "Polygon":
            self.territories[row["id"]] = plane
            self.board.closed[row["id"]] = plane
            self.board.take(middle)


def anchor(row: Row, anchors: dict[str, XY]) -> XY:
    """The point a row would like to stand at: its own, or the mean of what it is near to."""
    if row["lon"]:
        plane = measure.to_plane(Point(float(row["lon"]), float(row["lat"])))
        return plane.x, plane.y
    near = [anchors[name] for name in row["near"].split()]
    return sum(x for x, _ in near) / len(near), sum(y for _, y in near) / len(near)


def blob(centre: XY, area: float) -> Polygon:
    """A rounded shape around a centre (EPSG:4550) of exactly that ellipsoid area."""
    turn = np.linspace(0, 2 * math.pi, VERTICES, endpoint=False)
    waves = [share * np.cos(lobes * turn + phase) for lobes, share, phase in BLOB]
    reach = 1 + np.sum(waves, axis=0)
    radius = math.sqrt(area / math.pi)
    shape = Polygon()
    for _ in range(6):
        edge = np.column_stack([np.cos(turn), np.sin(turn)]) * (reach * radius)[:, None]
        shape = Polygon(edge + centre)
        radius *= math.sqrt(area / measure.area_m2(measure.to_stored(shape)))
    return shape


def free_area(stage: Stage, row: Row) -> Polygon:
    """The nearest place where the shape of a stated area stands clear of everything."""
    inside = shapely.buffer(stage.territories[row["tie"]], -EDGE_M)
    clear = float(row["spacing_m"])
    taken = [shapely.multipoints(stage.board.points), *stage.board.lines]
    first = anchor(row, stage.anchors)
    for count in range(RINGS):
        for at in ring(first, count):
            shape = blob(at, float(row["declared_m2"]))
            if inside.contains(shape) and not any(shapely.dwithin(shape, t, clear) for t in taken):
                return shape
    raise ValueError(f"no free place for the area of {row['id']}")


def true_shape(row: Row) -> BaseGeometry:
    """The traced rectangle or point of a row, in EPSG:4550."""
    if row["bounds"]:
        return measure.to_plane(shapely.box(*[float(value) for value in row["bounds"].split()]))
    return measure.to_plane(Point(float(row["lon"]), float(row["lat"])))


def place(stage: Stage, table: list[Row], lines: list[BaseGeometry]) -> None:
    """Fill the stage: true shapes, then stated areas, then symbols, tightest tie first."""
    for row in table:
        if row["grade"] == "traced":
            plane = true_shape(row)
            stage.keep(row, plane)
            if plane.geom_type == "Point":
                stage.board.take(plane)
    stage.board.lines = [measure.to_plane(line) for line in lines]
    waiting = [row for row in table if row["grade"] == "schematic"]
    waiting.sort(key=lambda row: (not row["declared_m2"], float(row["error_m"])))
    while waiting:
        row = next(r for r in waiting if set(r["near"].split()) <= set(stage.anchors))
        waiting.remove(row)
        if row["declared_m2"]:
            stage.keep(row, free_area(stage, row))
            continue
        at = anchor(row, stage.anchors)
        spacing, territory = float(row["spacing_m"]), stage.territories[row["tie"]]
        stage.keep(row, stand(stage.board, at, territory, spacing, row["tie"]))


def drawn(row: Row, shape: BaseGeometry, register: dict[str, Entity]) -> Drawn:
    """A row of the placement table with its shape; names come from the plan register."""
    known = register.get(row["id"])
    said = known or Entity(row["id"], row["name"], row["name_en"], row["kind"], row["kind_en"])
    return Drawn(
        set=row["set"],
        id=row["id"],
        name=said.name,
        name_en=said.name_en,
        kind=row["kind"] or said.kind,
        kind_en=row["kind_en"] or said.kind_en,
        grade=row["grade"],
        error_m=number(row["error_m"]),
        declared_m2=number(row["declared_m2"]),
        basis=row["basis"],
        basis_en=row["basis_en"],
        rank=int(row["rank"]),
        parent=row["parent"],
        shape=shape,
    )


def features(
    territories: dict[str, BaseGeometry],
    seats: dict[str, Point],
    lines: list[BaseGeometry],
    register: dict[str, Entity],
) -> list[Drawn]:
    """Everything in the placement table; territories, seats and lines in EPSG:4490."""
    table = rows("placement.csv")
    planes = {name: measure.to_plane(shape) for name, shape in territories.items()}
    spots = {name: measure.to_plane(point) for name, point in seats.items()}
    anchors = {name: (spot.x, spot.y) for name, spot in spots.items()}
    stage = Stage(planes, anchors, Board(points=list(anchors.values())))
    place(stage, table, lines)
    return [drawn(row, stage.shapes[row["id"]], register) for row in table]
