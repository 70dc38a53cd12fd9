"""Shapes of a table's rows: WKT, one point a row, or boundary points joined to parcels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.errors import GEOSException
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError, Issue
from geo.formats import plaintext, rings
from geo.formats.rings import Corner
from geo.formats.sheet_columns import Columns
from geo.formats.sheet_grid import Grid

DEPTH = 16
POINTS = "界址点号"
_SRID = re.compile(r"\s*SRID=([0-9]{1,6});", re.IGNORECASE)


@dataclass(slots=True)
class Made:
    """A table with shapes, the row numbers in the file, and what to tell."""

    table: gpd.GeoDataFrame
    numbers: list[int]
    issues: list[Issue] = field(default_factory=list)
    crs: str = ""


def make(grid: Grid, columns: Columns, kind: str) -> Made:
    """Rows of a grid with shapes of a kind: ``wkt``, ``points``, ``rings`` or ``none``."""
    if kind == "wkt" and "wkt" not in columns.at:
        raise DataError("没有 WKT 图形列，请指定该列", "FIELD_MISSING")
    if kind in ("points", "rings") and columns.axes is None:
        raise DataError("没有找到坐标列，请指定北坐标与东坐标（或经度、纬度）", "FIELD_MISSING")
    if kind == "rings":
        return _parcels(grid, columns)
    made = Made(gpd.GeoDataFrame(), [number for number, _ in grid.rows])
    shapes: list[BaseGeometry | None] = [None] * len(grid.rows)
    if kind == "wkt":
        shapes = _from_wkt(grid, columns.at["wkt"], made)
    elif kind == "points":
        shapes = [_point(grid, columns, row, made) for row in grid.rows]
    dropped = columns.at["wkt"] if kind == "wkt" else -1
    kept = [i for i in range(len(grid.names)) if i != dropped]
    cells = {_free(grid.names[i]): [row[i] or None for _, row in grid.rows] for i in kept}
    made.table = _table(cells, shapes)
    return made


def groups(grid: Grid, columns: Columns) -> dict[str, list[int]]:
    """Rows of each parcel, in order; an empty cell belongs to the parcel above it."""
    found: dict[str, list[int]] = {}
    index, current = columns.at.get("parcel"), ""
    for i, (_, cells) in enumerate(grid.rows):
        if index is not None:
            current = cells[index] or current
        found.setdefault(current, []).append(i)
    return found if index is not None or "point" in columns.at or "ring" in columns.at else {}


def closes(grid: Grid, columns: Columns) -> bool:
    """Whether every group of rows ends on the position it began with, as rings do."""
    if columns.axes is None:
        return False
    east, north = columns.axes
    ends = [
        [(grid.rows[i][1][east], grid.rows[i][1][north]) for i in (group[0], group[-1])]
        for group in groups(grid, columns).values()
        if len(group) > 3
    ]
    return bool(ends) and all(first == last for first, last in ends)


def _table(
    cells: dict[str, list[str | None]], shapes: Sequence[BaseGeometry | None]
) -> gpd.GeoDataFrame:
    columns = {name: pd.Series(values, dtype=object) for name, values in cells.items()}
    return gpd.GeoDataFrame(columns, geometry=np.array([*shapes, None], dtype=object)[:-1])


def _free(name: str) -> str:
    """A column name that does not stand in the way of the shapes."""
    return "geometry_text" if name == "geometry" else name


def _from_wkt(grid: Grid, index: int, made: Made) -> list[BaseGeometry | None]:
    shapes: list[BaseGeometry | None] = []
    systems = set()
    for number, cells in grid.rows:
        text = cells[index]
        if found := _SRID.match(text):
            systems.add(int(found[1]))
            text = text[found.end() :]
        shape, fault = _parsed(text)
        if fault:
            made.issues.append(Issue(*fault, "error", number, grid.names[index], text[:60]))
        shapes.append(shape)
    if len(systems) == 1:
        made.crs = f"EPSG:{systems.pop()}"
    elif systems:
        made.issues.append(Issue("CRS_MISSING", "各行 SRID 不一，请指定坐标系", "warning"))
    return shapes


def _parsed(text: str) -> tuple[BaseGeometry | None, tuple[str, str] | None]:
    if not text:
        return None, ("GEOMETRY_EMPTY", "没有图形")
    depth = deepest = 0
    for sign in re.findall("[()]", text):
        depth += 1 if sign == "(" else -1
        deepest = max(deepest, depth)
    if deepest > DEPTH:
        return None, ("GEOMETRY_DEEP", "几何嵌套过深")
    try:
        with np.errstate(all="ignore"):  # numbers too large become inf, told below
            shape = shapely.from_wkt(text)
    except GEOSException:
        return None, ("WKT_CORRUPT", "WKT 图形损坏，未读入")
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return None, ("NON_FINITE", _SAID["NON_FINITE"])
    return shape, None


def _position(
    grid: Grid, columns: Columns, row: tuple[int, list[str]]
) -> tuple[float, float] | str:
    """East and north of a row, or the code of what is wrong with it."""
    cells = [row[1][index] for index in columns.axes or ()]
    if not any(cells):
        return "GEOMETRY_EMPTY"
    if any(cell.lower().lstrip("+-") in ("nan", "inf", "infinity") for cell in cells):
        return "NON_FINITE"
    east, north = (plaintext.angle(cell) for cell in cells)
    return "POINT_BAD" if east is None or north is None else (east, north)


_SAID = {
    "GEOMETRY_EMPTY": "没有坐标",
    "NON_FINITE": "坐标无效（不是有限的数）",
    "POINT_BAD": "坐标无法识别，请改正",
}


def _point(grid: Grid, columns: Columns, row: tuple[int, list[str]], made: Made) -> Point | None:
    at = _position(grid, columns, row)
    if isinstance(at, str):
        made.issues.append(_fault(grid, columns, row, at))
        return None
    return Point(at)


def _fault(grid: Grid, columns: Columns, row: tuple[int, list[str]], code: str) -> Issue:
    named = "、".join(grid.names[i] for i in columns.axes or ())
    shown = "，".join(row[1][i] for i in columns.axes or ())
    return Issue(code, _SAID[code], "error", row[0], named, shown[:60])


def _parcels(grid: Grid, columns: Columns) -> Made:
    """One row a parcel: boundary points joined in the order of the file."""
    made = Made(gpd.GeoDataFrame(), [])
    found = groups(grid, columns) or {"": list(range(len(grid.rows)))}
    shapes = []
    records: list[dict[str, str | None]] = []
    lost: set[str] = set()
    for group in found.values():
        shape, names = _joined(grid, columns, group, made)
        shapes.append(shape)
        records.append(_constant(grid, columns, group, lost) | {POINTS: names})
        made.numbers.append(grid.rows[group[0]][0])
        if group != list(range(group[0], group[-1] + 1)):
            message = "同一地块的界址点不连续，已按出现顺序合在一起"
            made.issues.append(Issue("PARCEL_SCATTERED", message, "warning", made.numbers[-1]))
    message = f"{len(grid.rows)} 行界址点连成 {len(found)} 个地块"
    made.issues.append(Issue("POINTS_JOINED", message, "info", 0, "", str(len(grid.rows))))
    if lost:
        shown = "、".join(name for name in grid.names if name in lost)
        made.issues.append(
            Issue("FIELDS_VARY", f"{shown} 在同一地块内各点不同，未保留", "info", 0, shown)
        )
    names_of_all = list(dict.fromkeys(name for record in records for name in record))
    made.table = _table({n: [record.get(n) for record in records] for n in names_of_all}, shapes)
    return made


def _joined(
    grid: Grid, columns: Columns, group: Sequence[int], made: Made
) -> tuple[BaseGeometry | None, str]:
    corners, broken, ring = [], False, "1"
    for i in group:
        row = grid.rows[i]
        ring = (row[1][columns.at["ring"]] or ring) if "ring" in columns.at else ring
        name = row[1][columns.at["point"]] if "point" in columns.at else ""
        at = _position(grid, columns, row)
        if isinstance(at, str):
            made.issues.append(_fault(grid, columns, row, at))
            broken = True
        else:
            corners.append(Corner(name, ring, at[0], at[1], row[0]))
    cut = rings.split(corners).rings
    names = ";".join(",".join(corner.name for corner in one) for one in cut)
    first = grid.rows[group[0]][0]
    short = [one for one in cut if len({(c.x, c.y) for c in one}) < 3]
    if broken or short or not cut:
        message = "地块的界址点有误或不足三个，图形未读入"
        made.issues.append(Issue("GEOMETRY_BROKEN", message, "error", first))
        return None, names
    return rings.nested([rings.positions(one) for one in cut]), names


def _constant(
    grid: Grid, columns: Columns, group: Sequence[int], lost: set[str]
) -> dict[str, str | None]:
    """Attributes that are one for the whole parcel."""
    own = {*(columns.axes or ()), columns.at.get("ring"), columns.at.get("point")}
    record: dict[str, str | None] = {}
    for i, name in enumerate(grid.names):
        said = {grid.rows[row][1][i] for row in group} - {""}
        if i in own:
            continue
        if len(said) > 1:
            lost.add(name)
        record[_free(name)] = said.pop() if len(said) == 1 else None
    return {name: value for name, value in record.items() if name not in lost or value}
