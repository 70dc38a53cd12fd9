"""Images that factors read, window by window: a raster held, or a GeoTIFF that workers can open.

A tiled GeoTIFF or a COG is read only where a part lies; so it may be larger than memory. Files
are the office's own: what comes from elsewhere is brought into the zone first (`geo.rasters`).
"""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.errors import RasterioError
from rasterio.windows import Window

from geo import measure
from geo.errors import DataError
from geo.model import Raster
from geo.terrain import grid as grids
from geo.terrain.grid import Grid

_BESIDE = 2  # cells of the image around a part that its edge cells may draw on
_NEAR = 1e-9  # of a cell: grids that lie so near to one another lie on one another


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """A raster to be read in parts: `held` in memory, or the file at `path`."""

    grid: Grid
    classes: bool = False
    held: Raster | None = None
    path: str = ""

    def window(self, over: Grid) -> Raster | None:
        """What a part of another grid draws on; None where the image does not reach it.

        Where both grids lie on one another it has just the cells of the part, so that nothing
        is resampled.
        """
        same = self.grid.step == over.step and _on(self.grid, over)
        rows, columns = _span(self.grid, over, 0 if same else _BESIDE)
        if not (len(rows) and len(columns)):
            return None
        values = self._read(rows, columns)
        if same:
            whole = _placed(values, self.grid, over, (rows, columns))
            return over.raster(whole, classes=self.classes)
        left = self.grid.left + columns.start * self.grid.step
        top = self.grid.top - rows.start * self.grid.step
        return Raster(values, left, top, self.grid.step, self.classes)

    def _read(self, rows: range, columns: range) -> np.ndarray:
        if self.held is not None:
            return self.held.values[rows.start : rows.stop, columns.start : columns.stop]
        window = Window.from_slices((rows.start, rows.stop), (columns.start, columns.stop))
        with _file(self.path) as file:
            read = file.read(1, window=window, masked=True)
            values = np.ma.filled(read.astype(np.float32), np.nan)
            scale, offset = file.scales[0], file.offsets[0]
        if (scale, offset) != (1.0, 0.0):
            values = values * np.float32(scale) + np.float32(offset)
        return np.asarray(values, dtype=np.float32)


def opened(path: Path) -> Image:
    """A GeoTIFF in EPSG:4550 with square cells, its head read, its cells not.

    Raises `DataError` IMAGE_MISSING, TIFF_CORRUPT, MANY_BANDS or IMAGE_GRID.
    """
    if not path.is_file():
        raise DataError(f"没有影像文件 {path}，请核对路径", "IMAGE_MISSING")
    with _file(str(path.resolve())) as file:
        move, code = file.transform, file.crs.to_epsg() if file.crs else None
        if file.count != 1:
            raise DataError(f"{path.name} 有 {file.count} 个波段，请先另存为单波段", "MANY_BANDS")
        if code != measure.PLANE or move.b or move.d or not math.isclose(move.a, -move.e):
            told = f"{path.name} 应为 EPSG:{measure.PLANE}、像元为正方形，请先用 gdalwarp 转换"
            raise DataError(told, "IMAGE_GRID")
        over = Grid(move.c, move.f, move.a, file.height, file.width)
    return Image(over, path=str(path.resolve()))


def _file(path: str) -> Any:
    """The file alone, by one driver; neither what lies beside it nor an address is opened."""
    try:
        with rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN="EMPTY_DIR", GDAL_PAM_ENABLED="NO"):
            return rasterio.open(path, driver="GTiff", sharing=False, GEOREF_SOURCES="INTERNAL")
    except RasterioError as error:
        told = f"影像 {Path(path).name} 打不开（每个计算节点都要能读到它），请核对文件与共享目录"
        raise DataError(told, "TIFF_CORRUPT") from error


def of_raster(raster: Raster) -> Image:
    """A raster that the zone holds."""
    return Image(grids.of(raster), raster.classes, held=raster)


def _on(one: Grid, other: Grid) -> bool:
    """Whether lines of two grids of one step lie on one another."""
    away = (one.left - other.left) / one.step, (one.top - other.top) / one.step
    return all(abs(number - round(number)) < _NEAR for number in away)


def _span(image: Grid, over: Grid, beside: int) -> tuple[range, range]:
    """Rows and columns of an image that meet a grid, with some cells around."""
    west, south, east, north = over.box
    rows = (image.top - north) / image.step, (image.top - south) / image.step
    columns = (west - image.left) / image.step, (east - image.left) / image.step
    return _cells(rows, beside, image.rows), _cells(columns, beside, image.columns)


def _cells(ends: tuple[float, float], beside: int, most: int) -> range:
    first, last = math.floor(ends[0] + _NEAR) - beside, math.ceil(ends[1] - _NEAR) + beside
    return range(max(first, 0), min(last, most))


def _placed(values: np.ndarray, image: Grid, over: Grid, found: tuple[range, range]) -> np.ndarray:
    """What was read of an image where it lies on another grid; NaN around it."""
    rows, columns = found
    out = np.full(over.shape, np.nan, dtype=np.float32)
    down = rows.start + round((over.top - image.top) / over.step)
    across = columns.start - round((over.left - image.left) / over.step)
    out[down : down + len(rows), across : across + len(columns)] = values
    return out
