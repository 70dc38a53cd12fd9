"""Factor grids: how far a place is from things, how dense they lie, what an image says there.

All in EPSG:4550 and metres, as rasters of float32. What we hold no data of is NaN throughout.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from rasterio import features, warp
from rasterio.enums import Resampling
from scipy import ndimage

from geo import measure
from geo.errors import DataError
from geo.model import Boundaries, Grade, Raster, worst
from geo.terrain import grid as grids
from geo.terrain.grid import Grid

_ROUGH = 16  # fine cells along the side of a rough one
STRIP = 64  # rows worked on at once: they fit the processor's cache
DISTANCE, DENSITY, IMAGE = "distance", "density", "image"
_CRS = f"EPSG:{measure.PLANE}"
_PER_KM2 = 1e6


@dataclass(frozen=True, slots=True)
class Layer:
    """Shapes of a set; `kinds` are those meant, empty for all."""

    set: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that counts when land is judged.

    Parameters
    ----------
    kind
        ``distance`` to the nearest shape (m), ``density`` of points (per km²), or ``image``:
        the value of a raster.
    layers
        Shapes it looks at.
    image
        Name of the raster it reads.
    reach_m
        For a density, how far a point is felt.
    """

    id: str
    title: str
    title_en: str
    kind: str
    unit: str = ""
    layers: tuple[Layer, ...] = ()
    image: str = ""
    reach_m: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class FactorGrid:
    """A factor on a grid; `grade` is the weakest of the shapes used, None where there is none."""

    factor: Factor
    raster: Raster
    grade: Grade | None

    @property
    def held(self) -> bool:
        """Whether anything is known."""
        return not bool(self.raster.gaps.all())


def made(
    factor: Factor,
    grid: Grid,
    sets: Mapping[str, Boundaries],
    images: Mapping[str, Raster] | None = None,
) -> FactorGrid:
    """A factor on a grid from sets (EPSG:4490) and rasters held; NaN where they are missing."""
    if factor.kind == IMAGE:
        found = (images or {}).get(factor.image)
        return FactorGrid(factor, sampled(grid, found) if found else grid.empty(), None)
    planes, grades = _shapes(factor, sets)
    if not len(planes):
        return FactorGrid(factor, grid.empty(), None)
    raster = (
        distance(grid, planes) if factor.kind == DISTANCE else density(grid, planes, factor.reach_m)
    )
    return FactorGrid(factor, raster, worst(grades))


def distance(grid: Grid, planes: np.ndarray) -> Raster:
    """Distance in m of each cell from the nearest of some shapes, 0 in cells that they touch.

    An exact Euclidean transform between middles of cells, so within half a cell's diagonal of
    the distance from the middle to the shape itself. Shapes beyond the grid count.
    """
    wide, first = _widened(grid, planes)
    burned = features.rasterize(
        planes, wide.shape, transform=wide.transform, all_touched=True, dtype="uint8"
    )
    nearest = ndimage.distance_transform_edt(
        burned == 0, return_distances=False, return_indices=True
    )
    out = np.empty(grid.shape, dtype=np.float32)
    row, column = first
    across = np.arange(column, column + grid.columns, dtype=np.float32)
    for start in range(0, grid.rows, STRIP):
        end = min(start + STRIP, grid.rows)
        rows = np.arange(row + start, row + end, dtype=np.float32)[:, None]
        piece = nearest[:, row + start : row + end, column : column + grid.columns]
        np.hypot(rows - piece[0], across - piece[1], out=out[start:end], dtype=np.float32)
    out *= np.float32(grid.step)
    return grid.raster(out)


def density(
    grid: Grid, planes: np.ndarray, reach_m: float, weights: Sequence[float] | None = None
) -> Raster:
    """Points per km² by a quartic kernel of a reach in m, at the middle of each cell.

    3 / (π r²) · (1 − (d / r)²)² for each point nearer than r (B. W. Silverman, Density
    Estimation, 1986, eq. 4.5); what is no point counts by a point on it.
    """
    if not reach_m > 0:
        raise DataError(f"密度半径 {reach_m:g} 米不成立，请输入大于 0 的数", "FACTOR_REACH")
    out = np.zeros(grid.shape, dtype=np.float64)
    places = shapely.get_coordinates(shapely.point_on_surface(planes))
    counts = np.ones(len(places)) if weights is None else np.asarray(weights, dtype=np.float64)
    east = grid.left + (np.arange(grid.columns) + 0.5) * grid.step
    north = grid.top - (np.arange(grid.rows) + 0.5) * grid.step
    for (x, y), count in zip(places, counts, strict=True):
        near = (
            np.flatnonzero(np.abs(north - y) < reach_m),
            np.flatnonzero(np.abs(east - x) < reach_m),
        )
        if near[0].size and near[1].size:
            rows, columns = (slice(found[0], found[-1] + 1) for found in near)
            away = ((north[rows, None] - y) ** 2 + (east[columns] - x) ** 2) / reach_m**2
            out[rows, columns] += count * np.square(np.clip(1 - away, 0, None))
    return grid.raster(out * (3 / (math.pi * reach_m**2) * _PER_KM2))


def sampled(grid: Grid, raster: Raster) -> Raster:
    """A raster on another grid: amounts averaged or interpolated, classes never mixed."""
    if grids.of(raster) == grid:
        return raster
    coarser = grid.step > raster.step
    if raster.classes:
        way = Resampling.mode if coarser else Resampling.nearest
    else:
        way = Resampling.average if coarser else Resampling.bilinear
    out = np.full(grid.shape, np.nan, dtype=np.float32)
    how: dict[str, Any] = {"src_nodata": np.nan, "dst_nodata": np.nan, "resampling": way}
    warp.reproject(
        raster.values,
        out,
        src_transform=grids.of(raster).transform,
        src_crs=_CRS,
        dst_transform=grid.transform,
        dst_crs=_CRS,
        **how,
    )
    return grid.raster(out, classes=raster.classes)


def _shapes(factor: Factor, sets: Mapping[str, Boundaries]) -> tuple[np.ndarray, list[Grade]]:
    """Shapes a factor looks at, in EPSG:4550, and their grades."""
    found, grades = list[np.ndarray](), list[Grade]()
    for layer in factor.layers:
        if layer.set not in sets:
            continue
        boundaries = sets[layer.set]
        rows = boundaries.table
        if layer.kinds:
            rows = rows[rows["kind"].isin(layer.kinds)] if "kind" in rows else rows[:0]
        found.append(measure.to_planes(rows.geometry.to_numpy()))
        graded = rows["grade"] if "grade" in rows else [boundaries.source.grade] * len(rows)
        grades += [Grade(grade) for grade in graded]
    return (np.concatenate(found) if found else np.empty(0, dtype=object)), grades


def _widened(grid: Grid, planes: np.ndarray) -> tuple[Grid, tuple[int, int]]:
    """The grid with what lies beyond it and is nearest to some cell; its own first row, column.

    How far that is shows on a rough grid first: its distances, with two half diagonals of its
    cells, are never too short.
    """
    bounds = shapely.bounds(planes)
    low, high = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
    rough, (row, column) = _around(grid, (*low, *high), _ROUGH * grid.step)
    burned = features.rasterize(
        planes, rough.shape, transform=rough.transform, all_touched=True, dtype="uint8"
    )
    if not burned.any():
        raise DataError("没有可用于计算距离的图形，请核对图层", "FACTOR_EMPTY")
    far = (ndimage.distance_transform_edt(burned == 0) + math.sqrt(2)) * rough.step
    rows, columns = math.ceil(grid.rows / _ROUGH), math.ceil(grid.columns / _ROUGH)
    far = far[row : row + rows, column : column + columns]
    down, across = np.arange(rows)[:, None] * rough.step, np.arange(columns) * rough.step
    west, south, east, north = grid.box
    near = (
        max(low[0], west - (far - across).max()),
        max(low[1], south - (far - down[::-1]).max()),
        min(high[0], east + (far - across[::-1]).max()),
        min(high[1], north + (far - down).max()),
    )
    return _around(grid, near, grid.step)


def _around(
    grid: Grid, box: tuple[float, float, float, float], step: float
) -> tuple[Grid, tuple[int, int]]:
    """A grid of a step from the same corner, as wide as the grid and a box; its own row, column."""
    west, south, east, north = grid.box
    left = max(math.ceil((west - box[0]) / step) + 1, 0)
    up = max(math.ceil((box[3] - north) / step) + 1, 0)
    columns = left + math.ceil((max(east, box[2]) - west) / step) + 1
    rows = up + math.ceil((north - min(south, box[1])) / step) + 1
    if rows * columns > grids.MOST_CELLS:
        raise DataError("图形离格网太远，格子过多，请加大格网边长或核对图层坐标", "GRID_STEP")
    return Grid(west - left * step, north + up * step, step, rows, columns), (up, left)
