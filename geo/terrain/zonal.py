"""What a raster says of parcels: exactly by area for reports, by middles of cells for the screen.

Shapes are in EPSG:4550. What the raster does not know, or does not reach, is never averaged
away: `known` says which share of a parcel has a value.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from rasterio import features
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.errors import DataError
from geo.model import Raster
from geo.terrain import grid as grids
from geo.terrain.grid import Grid

_AT_ONCE = 200_000  # cells of one parcel looked at together


@dataclass(frozen=True, slots=True, eq=False)
class Zonal:
    """Values of n parcels: `mean` is NaN where nothing is known, `known` a share from 0 to 1."""

    mean: np.ndarray
    known: np.ndarray


def exact(planes: np.ndarray, raster: Raster) -> Zonal:
    """Means weighted by the area of each cell that a parcel covers."""
    grid, mean, known = grids.of(raster), np.full(len(planes), np.nan), np.zeros(len(planes))
    for i, (plane, whole) in enumerate(zip(planes, measure.plane_areas(planes), strict=True)):
        total = weighed = 0.0
        for index, areas in _covered(plane, grid):
            values = raster.values.ravel()[index].astype(np.float64)
            there = ~np.isnan(values)
            total += float(areas[there].sum())
            weighed += float((areas[there] * values[there]).sum())
        if total > 0:
            mean[i], known[i] = weighed / total, min(total / whole, 1.0)
    return Zonal(mean, known)


def class_areas(planes: np.ndarray, raster: Raster) -> list[Mapping[int, float]]:
    """Plane m² of each class in each parcel, exactly; what is not known is in none."""
    grid, found = grids.of(raster), list[Mapping[int, float]]()
    for plane in planes:
        held: dict[int, float] = {}
        for index, areas in _covered(plane, grid):
            values = raster.values.ravel()[index]
            for code in np.unique(values[~np.isnan(values)]):
                held[int(code)] = held.get(int(code), 0.0) + float(areas[values == code].sum())
        found.append(held)
    return found


def ids(grid: Grid, planes: np.ndarray) -> np.ndarray:
    """Parcel number + 1 of each cell by its middle, int32 (rows, columns); 0 for none.

    Where parcels overlap the later one has the cell.
    """
    if not len(planes):
        return np.zeros(grid.shape, dtype=np.int32)
    pairs = ((plane, number) for number, plane in enumerate(planes, 1))
    burned = features.rasterize(pairs, grid.shape, transform=grid.transform, dtype="int32")
    return np.asarray(burned)


def screen(numbers: np.ndarray, raster: Raster, count: int) -> Zonal:
    """Means over the cells that `ids` gave to each of `count` parcels: quick, and near enough.

    A parcel too small to have a cell of its own is not known here. Raises `DataError`
    GRID_SHAPE where `numbers` are of another grid.
    """
    if numbers.shape != raster.values.shape:
        raise DataError("地块编号格网与影像大小不一，请用同一格网生成", "GRID_SHAPE")
    owner, values = numbers.ravel(), raster.values.ravel()
    there = ~np.isnan(values)
    cells = np.bincount(owner, minlength=count + 1)[1 : count + 1]
    held = np.bincount(owner, there, count + 1)[1 : count + 1]
    total = np.bincount(owner, np.where(there, values, 0), count + 1)[1 : count + 1]
    mean = np.divide(total, held, out=np.full(count, np.nan), where=held > 0)
    known = np.divide(held, cells, out=np.zeros(count), where=cells > 0)
    return Zonal(mean, known)


def covered(units: np.ndarray, planes: np.ndarray) -> np.ndarray:
    """Share of each unit that some areas cover together, (n,) from 0 to 1; overlaps count once."""
    shares = np.zeros(len(units))
    if not (len(units) and len(planes)):
        return shares
    unit, piece = shapely.STRtree(planes).query(units, predicate="intersects")
    pieces = shapely.intersection(units[unit], planes[piece])
    order = np.argsort(unit, kind="stable")
    first, start, many = np.unique(unit[order], return_index=True, return_counts=True)
    joined = pieces[order[start]]
    for i in np.flatnonzero(many > 1):
        joined[i] = shapely.union_all(pieces[order[start[i] : start[i] + many[i]]])
    shares[first] = measure.plane_areas(joined) / measure.plane_areas(units[first])
    return np.clip(shares, 0, 1)


def _covered(plane: BaseGeometry, grid: Grid) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Cells that a parcel covers, by place in the grid, and the m² covered of each; in pieces."""
    if plane is None or plane.is_empty:
        return
    west, south, east, north = shapely.bounds(plane)
    columns = _span((west - grid.left) / grid.step, (east - grid.left) / grid.step, grid.columns)
    rows = _span((grid.top - north) / grid.step, (grid.top - south) / grid.step, grid.rows)
    if not (len(rows) and len(columns)):
        return
    shapely.prepare(plane)
    step = max(_AT_ONCE // len(columns), 1)
    for start in range(rows.start, rows.stop, step):
        piece = np.arange(start, min(start + step, rows.stop))
        row, column = (axis.ravel() for axis in np.meshgrid(piece, columns, indexing="ij"))
        left, top = grid.left + column * grid.step, grid.top - row * grid.step
        boxes = shapely.box(left, top - grid.step, left + grid.step, top)
        areas = np.where(shapely.covers(plane, boxes), grid.step**2, 0.0)
        edge = np.flatnonzero((areas == 0) & shapely.intersects(plane, boxes))
        areas[edge] = measure.plane_areas(shapely.intersection(boxes[edge], plane))
        held = areas > 0
        yield row[held] * grid.columns + column[held], areas[held]


def _span(low: float, high: float, most: int) -> range:
    return range(max(int(np.floor(low)), 0), min(int(np.ceil(high)), most))
