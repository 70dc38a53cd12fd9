"""Rasters made to measure, as GeoTIFF bytes."""

from typing import Any

import numpy as np
from rasterio import Affine
from rasterio.io import MemoryFile

HOME = (425_000.0, 4_140_000.0)  # east and north in EPSG:4550, inside the zone's box


def geotiff(
    values: np.ndarray,
    corner: tuple[float, float] = HOME,
    pixel: float = 10.0,
    crs: str | None = "EPSG:4550",
    **how: Any,
) -> bytes:
    """A GeoTIFF of one band whose upper left corner and pixel are in units of `crs`."""
    height, width = values.shape[-2:]
    bands = values.reshape(-1, height, width)
    place = (
        {"transform": Affine(pixel, 0, corner[0], 0, -pixel, corner[1]), "crs": crs} if crs else {}
    )
    shape = {"height": height, "width": width, "count": len(bands), "dtype": values.dtype}
    colors, scales = how.pop("colors", None), how.pop("scales", None)
    with MemoryFile() as memory:
        with memory.open(driver="GTiff", **shape, **place, **how) as file:
            file.write(bands)
            if colors:
                file.write_colormap(1, colors)
            if scales:
                file.scales, file.offsets = scales
        return bytes(memory.read())


def ramp(rows: int, columns: int) -> np.ndarray:
    """Heights that rise 2 m a column eastwards and 3 m a row southwards."""
    row, column = np.mgrid[0:rows, 0:columns].astype(np.float32)
    return np.asarray(2 * column + 3 * row)


def cone(side: int) -> np.ndarray:
    """A cone of 100 m with bumps, in eighths of a metre: single precision adds them exactly."""
    row, column = np.mgrid[0:side, 0:side].astype(np.float32)
    middle = side / 2
    away = np.hypot(column - middle, row - middle)
    heights = 100 - away + 5 * np.sin(column / 7) * np.cos(row / 5)
    return np.asarray(np.round(heights * 8) / 8, dtype=np.float32)
