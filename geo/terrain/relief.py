"""Grids of heights and what follows from them: slope, aspect, the value at a place. Pure.

Slope and aspect by Horn's method (B. K. P. Horn, Hill shading and the reflectance map,
Proc. IEEE 69, 1981), as gdaldem computes them: what lies on the edge or beside a cell without
a height has none either.
"""

from dataclasses import replace

import numpy as np

from geo.errors import DataError
from geo.model import Raster

MOST_CLASSES = 255  # a picture tells classes apart by one byte, and 0 is none


def slope(heights: Raster, *, percent: bool = False) -> Raster:
    """Steepness in degrees, or in percent, of a grid of heights in metres."""
    east, south = _gradients(heights)
    rise = np.hypot(east, south)
    values = rise * 100 if percent else np.degrees(np.arctan(rise))
    return _derived(heights, values)


def aspect(heights: Raster) -> Raster:
    """Compass direction in degrees that the ground falls to: 0 north, 90 east; none where flat."""
    east, south = _gradients(heights)
    falls = np.degrees(np.arctan2(-east, south)) % 360
    falls[falls >= 360] = 0  # a hair west of north, rounded up
    falls[(east == 0) & (south == 0)] = np.nan
    return _derived(heights, falls)


def value(raster: Raster, east: float, north: float) -> float | None:
    """What the cell at a place (EPSG:4550, m) holds; None outside and where nothing is known."""
    column = (east - raster.left) // raster.step
    row = (raster.top - north) // raster.step
    rows, columns = raster.values.shape
    if not (0 <= row < rows and 0 <= column < columns):
        return None
    found = float(raster.values[int(row), int(column)])
    return None if np.isnan(found) else found


def window(raster: Raster, east: float, north: float) -> Raster:
    """The cell at a place with its eight neighbours, for what needs no more; may be cut."""
    column = int((east - raster.left) // raster.step)
    row = int((raster.top - north) // raster.step)
    first = max(row - 1, 0), max(column - 1, 0)
    values = raster.values[first[0] : max(row + 2, 0), first[1] : max(column + 2, 0)]
    left = raster.left + first[1] * raster.step
    return replace(raster, values=values, left=left, top=raster.top - first[0] * raster.step)


def span(raster: Raster) -> tuple[float, float]:
    """Least and greatest value. Raises `DataError` NO_VALUES if no cell has one."""
    held = raster.values[~raster.gaps]
    if not len(held):
        raise DataError("影像在经区范围内没有有效值，请核对范围与无值标记", "NO_VALUES")
    return float(held.min()), float(held.max())


def counts(raster: Raster) -> dict[int, int]:
    """Cells of each class, by class number.

    Raises `DataError`: CLASSES_NOT_WHOLE where a value is no class number, MANY_CLASSES.
    """
    held = raster.values[~raster.gaps]
    if (held != np.floor(held)).any() or (np.abs(held) > 2**24).any():
        raise DataError("影像的值不是分类编号（应为整数），请按连续值导入", "CLASSES_NOT_WHOLE")
    codes, cells = np.unique(held, return_counts=True)
    if len(codes) > MOST_CLASSES:
        raise DataError(
            f"影像有 {len(codes)} 个类别，超过 {MOST_CLASSES} 个，请按连续值导入", "MANY_CLASSES"
        )
    return {int(code): int(count) for code, count in zip(codes, cells, strict=True)}


def _gradients(heights: Raster) -> tuple[np.ndarray, np.ndarray]:
    """Rise per metre towards the east and towards the south; NaN on edges and beside gaps."""
    z = np.asarray(heights.values, dtype=np.float64)
    east, south = np.full(z.shape, np.nan), np.full(z.shape, np.nan)
    if min(z.shape) < 3:
        return east, south
    down = z[:-2] + 2 * z[1:-1] + z[2:]
    across = z[:, :-2] + 2 * z[:, 1:-1] + z[:, 2:]
    gap = np.isnan(z[1:-1, 1:-1])  # the cell itself has no weight, but must have a height
    inner = slice(1, -1), slice(1, -1)
    east[inner] = np.where(gap, np.nan, (down[:, 2:] - down[:, :-2]) / (8 * heights.step))
    south[inner] = np.where(gap, np.nan, (across[2:] - across[:-2]) / (8 * heights.step))
    return east, south


def _derived(heights: Raster, values: np.ndarray) -> Raster:
    return replace(heights, values=values.astype(np.float32))
