"""A file through the jail: its numbers in EPSG:4550, cut as said, and what it says of itself."""

import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from geo.errors import DataError, Issue
from geo.formats import jail, wire
from geo.model import Raster

Bounds = tuple[float, float, float, float]
_COLOR = re.compile("#[0-9A-F]{6}")


@dataclass(frozen=True, slots=True)
class Cut:
    """How a raster is cut: west, south, east, north in degrees, and the most cells to keep."""

    bounds: Bounds
    most: int
    classes: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """What a file gave; `size` is that of the whole image in pixels, columns first."""

    raster: Raster
    size: tuple[int, int]
    colors: Mapping[str, str]
    issues: tuple[Issue, ...]


def cut(data: bytes, filename: str, how: Cut) -> Piece:
    """Read a GeoTIFF; continuous values are mixed where they move, class numbers never.

    Raises `DataError` as `geo.formats.geotiff.read` does, and FILE_CRASHED.
    """
    arguments = {"name": filename, **asdict(how)}
    answer = jail.run("geo.formats.geotiff:read", {"0": data}, arguments)
    try:
        return _piece(answer, classes=how.classes)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = "文件使读取程序给出无效结果，内容可能已损坏，请核对后重新导出"
        raise DataError(message, "FILE_CRASHED") from error


def _piece(answer: wire.Answer, *, classes: bool) -> Piece:
    said, values = answer.value, answer.arrays["values"]
    left, top, step = (float(said[key]) for key in ("left", "top", "step"))
    placed = math.isfinite(left) and math.isfinite(top) and 0 < step < math.inf
    if not placed or values.ndim != 2 or values.dtype.str != "<f4" or not values.size:
        raise wire.WireError("no grid")
    width, height = (int(pixels) for pixels in said["size"])
    colors = {str(int(code)): str(c) for code, c in said["colors"].items() if _COLOR.fullmatch(c)}
    issues = tuple(Issue(str(code), str(text), str(level)) for code, text, level in said["issues"])
    nodata = str(said["nodata"] or "")
    raster = Raster(values, left, top, step, classes, str(said["crs"]), nodata)
    return Piece(raster, (width, height), colors, (*jail.warnings(answer), *issues))
