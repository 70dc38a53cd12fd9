"""Values of one grid at the places of another: the nearest pixel, or between the four nearest.

Written out in numpy because GDAL's warper, as rasterio offers it, places pixels to an eighth
of a pixel only, and because it needs a driver that strangers' files had better not meet.
"""

from collections.abc import Callable

import numpy as np

Where = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]
EVERY = 16  # cells between places that are really computed; the rest lies evenly between
_STRIP = 256
_SNAP = 6  # decimals of a pixel: a grid moved onto itself must not change


def resampled(values: np.ndarray, shape: tuple[int, int], where: Where, *, mix: bool) -> np.ndarray:
    """Values at the middle of each cell of a grid of `shape`, float32.

    Parameters
    ----------
    values
        (rows, columns) of float32, NaN where nothing is known.
    where
        From (row, column) of the new grid to (row, column) of `values`, both counted from the
        outer upper left corner, so that the middle of the first cell is (0.5, 0.5).
    mix
        Between the four nearest pixels; else that pixel in which the place lies. Gaps stay
        gaps either way and have no part in a mixture.
    """
    rows, columns = shape
    corner_rows, corner_columns = (
        np.arange(0, count + EVERY, EVERY, dtype=np.float64) for count in shape
    )
    lattice = where(*np.meshgrid(corner_rows, corner_columns, indexing="ij"))
    padded = np.pad(values, 1, constant_values=np.nan)
    take = _mixed if mix else _nearest
    out = np.empty(shape, dtype=np.float32)
    for first in range(0, rows, _STRIP):
        here = np.arange(first, min(first + _STRIP, rows)) + 0.5
        at = (np.round(_between(one, here, np.arange(columns) + 0.5), _SNAP) for one in lattice)
        out[first : first + _STRIP] = take(padded, *at)
    return out


def _between(lattice: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """A lattice, known at every `EVERY` cells, at all rows and columns."""
    found = lattice
    for places in (rows, columns):
        at = (places / EVERY).astype(np.intp)
        share = (places / EVERY - at)[:, None]
        found = (found[at] * (1 - share) + found[at + 1] * share).T
    return np.asarray(found)


def _nearest(padded: np.ndarray, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    return np.asarray(padded[_index(row, padded.shape[0]), _index(column, padded.shape[1])])


def _mixed(padded: np.ndarray, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    total, weights = np.zeros(row.shape), np.zeros(row.shape)
    for down in (0, 1):
        for right in (0, 1):
            y, x = np.floor(row - 0.5) + down, np.floor(column - 0.5) + right
            part = padded[_index(y, padded.shape[0]), _index(x, padded.shape[1])]
            weight = (1 - np.abs(row - 0.5 - y)) * (1 - np.abs(column - 0.5 - x))
            weight[np.isnan(part)] = 0
            total += np.where(weight > 0, part, 0) * weight
            weights += weight
    with np.errstate(invalid="ignore"):
        mixed = total / weights  # 0 / 0 where all four are gaps
    mixed[np.isnan(_nearest(padded, row, column))] = np.nan
    return mixed


def _index(place: np.ndarray, size: int) -> np.ndarray:
    """Pixel of a place in the padded grid; all that lies outside is in the padding."""
    return np.asarray(np.clip(np.floor(place), -1, size - 2) + 1).astype(np.intp)
