"""Square grids over the zone, and its cells as units of a scenario. EPSG:4550, metres.

Corners lie on multiples of the step, so that grids of one step always fit one another.
"""

import math
from dataclasses import dataclass

import numpy as np
import shapely
from rasterio import Affine, features
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.errors import DataError
from geo.model import Raster

CELL_M = 100.0
MOST_CELLS = 40_000_000
_NOISE = 1e-8  # of a step: what a projection adds to an edge that lies on a line of the grid
_POLYGONS = (3, 6)  # GEOS type numbers of polygons and multipolygons


@dataclass(frozen=True, slots=True)
class Grid:
    """Where cells lie: `left`, `top` are the outer edges of the first one, `step` its side."""

    left: float
    top: float
    step: float
    rows: int
    columns: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns

    @property
    def transform(self) -> Affine:
        """Column and row to east and north."""
        return Affine(self.step, 0, self.left, 0, -self.step, self.top)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        right = self.left + self.columns * self.step
        return self.left, self.top - self.rows * self.step, right, self.top

    def raster(self, values: np.ndarray, *, classes: bool = False) -> Raster:
        """Values of this grid, (rows, columns), as a raster of float32."""
        if values.shape != self.shape:
            message = f"格网应为 {self.shape}，实为 {values.shape}，请核对"
            raise DataError(message, "GRID_SHAPE")
        kept = np.asarray(values, dtype=np.float32)
        return Raster(kept, self.left, self.top, self.step, classes)

    def empty(self) -> Raster:
        """A raster of which nothing is known."""
        return self.raster(np.full(self.shape, np.nan, dtype=np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Cells of a grid cut at an outline; only those with land inside.

    Parameters
    ----------
    index
        (n,) place in the grid, row × columns + column, rising.
    shapes
        (n,) polygons in EPSG:4550.
    areas_m2
        (n,) ellipsoid areas; they add up to that of the outline within 1e-8.
    """

    grid: Grid
    index: np.ndarray
    shapes: np.ndarray
    areas_m2: np.ndarray

    def __len__(self) -> int:
        """How many."""
        return len(self.index)

    def values(self, raster: Raster) -> np.ndarray:
        """What a raster of the same grid holds, (n,); raises `DataError` GRID_SHAPE."""
        if of(raster) != self.grid:
            message = "影像与方案格网不一致，请先重采样到方案格网"
            raise DataError(message, "GRID_SHAPE")
        return np.asarray(raster.values.ravel()[self.index])

    def spread(self, values: np.ndarray, *, classes: bool = False) -> Raster:
        """Values of the cells, (n,), as a raster; nothing outside the outline."""
        out = np.full(self.grid.rows * self.grid.columns, np.nan, dtype=np.float32)
        out[self.index] = values
        return self.grid.raster(out.reshape(self.grid.shape), classes=classes)


def over(plane: BaseGeometry, step: float, most: int = MOST_CELLS) -> Grid:
    """The grid of a step that covers a shape in EPSG:4550. Raises `DataError` GRID_STEP."""
    west, south, east, north = shapely.bounds(plane)
    if not (step > 0 and math.isfinite(step) and math.isfinite(west)):
        raise DataError(f"格网边长 {step:g} 米不成立，请输入大于 0 的数", "GRID_STEP")
    left = math.floor(west / step + _NOISE) * step
    top = math.ceil(north / step - _NOISE) * step
    rows = math.ceil((top - south) / step - _NOISE)
    columns = math.ceil((east - left) / step - _NOISE)
    if rows * columns > most:
        message = f"格网边长 {step:g} 米会产生 {rows * columns} 个格子，请加大边长"
        raise DataError(message, "GRID_STEP")
    return Grid(left, top, step, max(rows, 1), max(columns, 1))


def of(raster: Raster) -> Grid:
    """The grid that a raster has."""
    rows, columns = raster.values.shape
    return Grid(raster.left, raster.top, raster.step, rows, columns)


def inside(grid: Grid, planes: np.ndarray) -> np.ndarray:
    """Cells whose middle lies in one of some areas in EPSG:4550, (rows, columns) of bool."""
    if not len(planes):
        return np.zeros(grid.shape, dtype=bool)
    burned = features.rasterize(planes, grid.shape, transform=grid.transform, dtype="uint8")
    return np.asarray(burned, dtype=bool)


def cells(outline: BaseGeometry, step: float = CELL_M) -> Cells:
    """Cells of a step over an outline in EPSG:4490, cut at it, with their exact areas."""
    plane = measure.to_plane(outline)
    grid = over(plane, step)
    row, column = np.divmod(np.arange(grid.rows * grid.columns), grid.columns)
    west, north = grid.left + column * step, grid.top - row * step
    boxes = shapely.box(west, north - step, west + step, north)
    shapely.prepare(plane)
    index = np.flatnonzero(shapely.intersects(plane, boxes))
    shapes = boxes[index]
    cut = ~shapely.covers(plane, shapes)
    shapes[cut] = _polygonal(shapely.intersection(shapes[cut], plane))
    areas = measure.ellipsoid_areas(shapes)
    held = areas > 0
    return Cells(grid, index[held].astype(np.int32), shapes[held], areas[held])


def touching(units: Cells) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of cells with a common edge, (E, 2) of cell numbers, and its length in m, (E,)."""
    number = np.full(units.grid.rows * units.grid.columns, -1, dtype=np.int32)
    number[units.index] = np.arange(len(units))
    table = number.reshape(units.grid.shape)
    beside = np.stack([table[:, :-1].ravel(), table[:, 1:].ravel()], axis=1)
    below = np.stack([table[:-1].ravel(), table[1:].ravel()], axis=1)
    pairs = np.concatenate([beside, below])
    pairs = pairs[(pairs >= 0).all(axis=1)]
    whole = measure.plane_areas(units.shapes) > units.grid.step**2 * (1 - 1e-9)
    shared = np.full(len(pairs), units.grid.step)
    cut = np.flatnonzero(~whole[pairs].all(axis=1))
    one, other = units.shapes[pairs[cut, 0]], units.shapes[pairs[cut, 1]]
    common = shapely.intersection(shapely.boundary(one), shapely.boundary(other))
    shared[cut] = measure.plane_lengths(common)
    held = shared > 0
    return pairs[held], shared[held]


def _polygonal(shapes: np.ndarray) -> np.ndarray:
    """Shapes without the lines and points that an intersection may leave beside its areas."""
    odd = np.flatnonzero(~np.isin(shapely.get_type_id(shapes), _POLYGONS))
    for i in odd:
        parts = shapely.get_parts(shapes[i])
        shapes[i] = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
    return shapes
