"""Single-band GeoTIFF, read in the jail: the part that is wanted, on a grid in metres.

GDAL is shown one file and one driver (GTiff). What lies beside the file or is named in it
(overviews, world files, VRT) is never opened.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import rasterio
from pyproj.exceptions import CRSError, ProjError
from rasterio import Affine
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.windows import Window

from geo import measure
from geo.errors import DataError, Issue
from geo.formats import datum_names, sniff, wire
from geo.formats.limits import UPLOAD_BYTES
from geo.formats.resample import resampled
from geo.formats.values import Kind
from geo.model import STORED_CRS

LARGEST_PX = 20_000**2  # of a whole image; larger ones are looked at, not read
OVERVIEW_PX = 1_000_000
_WGS84 = 4326
_FEET = ("ft", "foot", "feet", "us-ft", "us survey foot")
_COLORS = 256


@dataclass(frozen=True, slots=True)
class _Ground:
    """The coordinate system of a file and the way to the grid; east before north throughout."""

    crs: pyproj.CRS
    said: str
    issues: tuple[Issue, ...]
    degrees: pyproj.Transformer

    def to_plane(self, x: Any, y: Any) -> tuple[np.ndarray, np.ndarray]:
        lon, lat = self.degrees.transform(x, y)
        plane: Any = measure.transformer(STORED_CRS, measure.PLANE).transform(lon, lat)
        return np.asarray(plane[0]), np.asarray(plane[1])

    def of_degrees(self, lon: Any, lat: Any) -> tuple[np.ndarray, np.ndarray]:
        found: Any = self.degrees.transform(lon, lat, direction="INVERSE")
        return np.asarray(found[0]), np.asarray(found[1])


@dataclass(frozen=True, slots=True)
class _Part:
    """A window of the image as read: NaN where nothing is, its transform, and whether thinned."""

    values: np.ndarray
    transform: Any  # an Affine; it moves arrays too, though its types do not say so
    thinned: bool


def read(folder: Path, arguments: dict[str, Any]) -> wire.Answer:
    """The values of an image within ``bounds`` (degrees), at most ``most`` cells.

    ``classes`` says that values are class numbers, never to be mixed.

    Raises `DataError`: TYPE_MISMATCH, MANY_BANDS, TIFF_TYPE, TIFF_CORRUPT, CRS_MISSING,
    CRS_UNKNOWN, DATUM_NEEDS_PARAMETERS, UNIT_NOT_METRES, OUTSIDE_ZONE.
    """
    path = folder / "in" / "0"
    if sniff.kind_of(path, arguments["name"]) is not Kind.TIFF:
        raise DataError(f"{arguments['name']} 不是 GeoTIFF 影像，请核对", "TYPE_MISMATCH")
    try:
        with (
            rasterio.Env(GDAL_DISABLE_READDIR_ON_OPEN="EMPTY_DIR", GDAL_PAM_ENABLED="NO"),
            rasterio.open(path, driver="GTiff", sharing=False, GEOREF_SOURCES="INTERNAL") as file,
        ):
            return _answer(file, path.stat().st_size, arguments)
    except RasterioError as error:
        raise DataError(
            f"影像损坏或不完整：{arguments['name']}，请重新导出", "TIFF_CORRUPT"
        ) from error


def _answer(file: Any, size: int, arguments: dict[str, Any]) -> wire.Answer:
    _plain(file)
    ground = _ground(file)
    huge = file.width * file.height > LARGEST_PX or size > UPLOAD_BYTES
    most = OVERVIEW_PX if huge else int(arguments["most"])
    classes = bool(arguments["classes"])
    bounds = [float(edge) for edge in arguments["bounds"]]
    part = _part(file, _window(file, ground, bounds), most, thin=huge or classes)
    values, left, top, step = _gridded(part, ground, bounds, classes=classes)
    issues = list(ground.issues)
    if part.thinned or huge:
        message = f"影像过大，仅显示概览：{file.width}×{file.height} 像元，格网 {step:.4g} 米"
        issues.append(Issue("RASTER_OVERVIEW", message, "warning"))
    said = {
        "left": left,
        "top": top,
        "step": step,
        "crs": ground.said,
        "size": [file.width, file.height],
        "nodata": None if file.nodata is None else repr(float(file.nodata)),
        "colors": _colors(file),
        "issues": [[one.code, one.message, one.severity] for one in issues],
    }
    return wire.Answer(said, {"values": values})


def _plain(file: Any) -> None:
    """Refuse what is no single band of real numbers in metres."""
    if file.count != 1:
        raise DataError(f"影像有 {file.count} 个波段，请先另存为单波段（高程或分类）", "MANY_BANDS")
    if np.dtype(file.dtypes[0]).kind not in "iuf":
        raise DataError(f"不支持像元类型 {file.dtypes[0]}，请另存为整数或实数", "TIFF_TYPE")
    if str(file.units[0] or "").strip().lower() in _FEET:
        raise DataError("影像的高程单位是英尺，请先换算为米", "UNIT_NOT_METRES")


def _ground(file: Any) -> _Ground:
    if not file.crs or file.transform == Affine.identity():
        raise DataError("影像未说明坐标系或位置，请导出为带坐标的 GeoTIFF", "CRS_MISSING")
    try:
        crs = pyproj.CRS.from_wkt(file.crs.to_wkt())
        crs = crs.sub_crs_list[0] if crs.is_compound else crs
        if not (crs.is_geographic or crs.is_projected) or crs.geodetic_crs is None:
            raise DataError("影像的坐标系是局部坐标系，不能定位", "CRS_MISSING")
        degrees = pyproj.Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)
    except (CRSError, ProjError) as error:
        raise DataError(
            "影像的坐标系说明无法识别，请先转换到 4490 或 4550", "CRS_UNKNOWN"
        ) from error
    code = crs.to_epsg()
    said = f"EPSG:{code}" if code else crs.to_wkt()
    return _Ground(crs, said, _trusted(crs), degrees)


def _trusted(crs: pyproj.CRS) -> tuple[Issue, ...]:
    """What to say of a datum that may be used; any other is refused."""
    base = crs.geodetic_crs
    if base is not None and base.to_epsg() == _WGS84:
        message = "WGS 84 与 2000 国家大地坐标系在分米内一致，按零改正使用"
        return (Issue("NULL_SHIFT", message, "info"),)
    named = datum_names.named(crs.to_wkt())
    for issue in named.issues:
        if issue.severity == "error":
            raise DataError(f"{issue.message}，或先在专业软件中转换影像", issue.code)
    return named.issues


def _window(file: Any, ground: _Ground, bounds: Sequence[float]) -> Window:
    """The pixels that may lie within bounds, with two more on each side."""
    x, y = ground.of_degrees(*_ring(bounds))
    column, row = ~file.transform @ (x, y)
    if not (np.isfinite(column).all() and np.isfinite(row).all()):
        raise _outside()
    first = max(math.floor(column.min()) - 2, 0), max(math.floor(row.min()) - 2, 0)
    last = (
        min(math.ceil(column.max()) + 2, file.width),
        min(math.ceil(row.max()) + 2, file.height),
    )
    if last[0] <= first[0] or last[1] <= first[1]:
        raise _outside()
    return Window(first[0], first[1], last[0] - first[0], last[1] - first[1])


def _part(file: Any, window: Window, most: int, *, thin: bool) -> _Part:
    """Read a window as at most `most` cells; `thin` picks cells instead of averaging them."""
    factor = max(1.0, math.sqrt(window.width * window.height / most))
    shape = max(1, int(window.height / factor)), max(1, int(window.width / factor))
    found = file.read(
        1,
        window=window,
        out_shape=shape,
        masked=True,
        resampling=Resampling.nearest if thin else Resampling.average,
    )
    with np.errstate(over="ignore", invalid="ignore"):
        values = found.data.astype(np.float64) * file.scales[0] + file.offsets[0]
        values = values.astype(np.float32)
    values[np.ma.getmaskarray(found) | ~np.isfinite(values)] = np.nan
    corner = Affine.translation(window.col_off, window.row_off)
    scale = Affine.scale(window.width / shape[1], window.height / shape[0])
    return _Part(values, file.transform @ corner @ scale, factor > 1)


def _gridded(
    part: _Part, ground: _Ground, bounds: Sequence[float], *, classes: bool
) -> tuple[np.ndarray, float, float, float]:
    """The part on a north-up grid in EPSG:4550; a grid already there keeps its very cells."""
    rows, columns = part.values.shape
    edge = _ring((0, 0, columns, rows))
    own = ground.to_plane(*(part.transform @ edge))
    asked = measure.transformer(STORED_CRS, measure.PLANE).transform(*_ring(bounds))
    step = _step(part, ground)
    origin = round(float(own[0].min()), 6), round(float(own[1].max()), 6)  # 1 µm
    hair = 1e-6
    first = math.floor((max(origin[0], np.min(asked[0])) - origin[0]) / step + hair)
    upper = math.floor((origin[1] - min(origin[1], np.max(asked[1]))) / step + hair)
    left, top = origin[0] + first * step, origin[1] - upper * step
    width = math.ceil((min(own[0].max(), np.max(asked[0])) - left) / step - hair)
    height = math.ceil((top - max(own[1].min(), np.min(asked[1]))) / step - hair)
    if width < 1 or height < 1:
        raise _outside()
    back = measure.transformer(measure.PLANE, STORED_CRS)

    def where(row: np.ndarray, column: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        lon, lat = back.transform(left + column * step, top - row * step)
        x, y = ~part.transform @ ground.of_degrees(lon, lat)
        return y, x

    values = resampled(part.values, (height, width), where, mix=not classes)
    return values, left, top, step


def _step(part: _Part, ground: _Ground) -> float:
    """Side in metres of a square as large as a pixel in the middle of the part."""
    row, column = part.values.shape[0] / 2, part.values.shape[1] / 2
    corners = part.transform @ (column + np.array([0, 1, 0]), row + np.array([0, 0, 1]))
    east, north = ground.to_plane(*corners)
    across, down = (
        (east[1] - east[0], north[1] - north[0]),
        (east[2] - east[0], north[2] - north[0]),
    )
    size = abs(across[0] * down[1] - across[1] * down[0])
    if not math.isfinite(size) or size <= 0:
        raise DataError("影像的像元大小无效，请核对其坐标", "TIFF_CORRUPT")
    return round(math.sqrt(size), 6)


def _ring(box: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Positions along the edge of a box (x0, y0, x1, y1)."""
    share = np.linspace(0, 1, 33)
    zero, one = np.zeros(33), np.ones(33)
    x = np.concatenate([share, share, zero, one])
    y = np.concatenate([zero, one, share, share])
    return box[0] + x * (box[2] - box[0]), box[1] + y * (box[3] - box[1])


def _colors(file: Any) -> dict[str, str]:
    """Colours that the file gives its class numbers, if it does."""
    try:
        table = file.colormap(1)
    except ValueError:
        return {}  # most files have none
    opaque = [(code, rgba[:3]) for code, rgba in table.items() if rgba[3]]
    return {str(code): "#{:02X}{:02X}{:02X}".format(*rgb) for code, rgb in opaque[:_COLORS]}


def _outside() -> DataError:
    return DataError("影像不在经区范围内，请核对坐标系与范围", "OUTSIDE_ZONE")
