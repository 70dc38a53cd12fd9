"""Rasters as pictures: which colour stands for which values, and the picture of those numbers.

The picture holds class numbers (0: nothing known), not colours; the browser colours them by the
palette in use, so that another palette or a hidden class needs no new picture. It is the one
place where Web Mercator is used, for display alone.
"""

import math
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from rasterio import CRS, Affine
from rasterio.enums import Resampling
from rasterio.warp import reproject

from geo import measure
from geo.model import STORED_CRS, Grade, Raster
from layers.style import Ink

STEPS = 5
MOST_PX = 3_000_000
_RADIUS = 6_378_137.0  # of the sphere of Web Mercator
_MERCATOR = 3857
_RAMP = (
    Ink("#3E7C4F", "#00224E", "#E0E0E0"),
    Ink("#9DBF73", "#434E6C", "#B8B8B8"),
    Ink("#EADFA0", "#7D7C78", "#909090"),
    Ink("#C98F4E", "#BCAE6C", "#686868"),
    Ink("#7B4A2B", "#FEE838", "#404040"),
)
# Our own cuts for reading a slope map; no standard was at hand to cite for them.
_SLOPES = (2.0, 6.0, 15.0, 25.0)
_SLOPE_RAMP = (
    Ink("#F7F3D6", "#00224E", "#E8E8E8"),
    Ink("#F2D98B", "#434E6C", "#C4C4C4"),
    Ink("#EBA750", "#7D7C78", "#9C9C9C"),
    Ink("#D9622B", "#BCAE6C", "#6E6E6E"),
    Ink("#96261A", "#FEE838", "#3C3C3C"),
)
_WINDS = (
    ("北", "North"), ("东北", "North-east"), ("东", "East"), ("东南", "South-east"),
    ("南", "South"), ("西南", "South-west"), ("西", "West"), ("西北", "North-west"),
)  # fmt: skip
_WIND_INKS = (
    "#4C6FB0", "#5FA3B8", "#7DC08E", "#C4CF5F", "#F2C14E", "#E98A4B", "#C95A6D", "#8A5FA8",
)  # fmt: skip
# Twelve that stay apart; where a file brings its own colours, those are taken.
_CLASS_INKS = (
    "#E6C84F", "#3E8E41", "#A6D96A", "#B8860B", "#7FB8D6", "#2B7BBA", "#C8553D", "#BDBDBD",
    "#8E6BB0", "#5FB8A5", "#E89AC7", "#7A7A4A",
)  # fmt: skip
_SAFE_INKS = (
    "#E69F00", "#009E73", "#F0E442", "#8C5A00", "#56B4E9", "#0072B2", "#D55E00", "#BBBBBB",
    "#CC79A7", "#00C9A7", "#EFC4DE", "#555533",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Band:
    """One colour of a legend: values from `low` up to, not including, `high`."""

    key: str
    low: float
    high: float
    label: str
    label_en: str
    ink: Ink


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a picture lies: edges in degrees (EPSG:4490), size in pixels of Web Mercator."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One raster on the map; `name` and `since` identify its numbers for ever."""

    name: str
    since: int
    label: str
    grade: Grade
    bands: tuple[Band, ...]
    frame: Frame


def steps(low: float, high: float, unit: str) -> list[Band]:
    """Five even steps of round width that hold `low` and `high`."""
    width = _round_width(low, high)
    start = _floor(low, width)
    digits = max(0, -math.floor(math.log10(width) + 1e-9))
    digits += width * 10**digits % 1 > 1e-9  # of 2.5 and its tens
    found = []
    for number, ink in enumerate(_RAMP):
        first, last = start + number * width, start + (number + 1) * width
        label = f"{first:.{digits}f}–{last:.{digits}f} {unit}".replace("-", "−").strip()
        bottom = first if number else -math.inf  # a hair below or above is still shown
        top = last if number < STEPS - 1 else math.inf
        found.append(Band(str(number + 1), bottom, top, label, label, ink))
    return found


def slopes() -> list[Band]:
    """The five slope classes of the land survey, in degrees; a limit belongs to the lower one."""
    edges = [-math.inf, *(np.nextafter(np.float32(e), np.float32(99)) for e in _SLOPES), math.inf]
    texts = ["≤2°", *(f"{a:g}–{b:g}°" for a, b in pairwise(_SLOPES)), ">25°"]
    return [
        Band(str(i + 1), float(edges[i]), float(edges[i + 1]), text, text, _SLOPE_RAMP[i])
        for i, text in enumerate(texts)
    ]


def winds() -> list[Band]:
    """The eight directions a slope can face; north takes both ends of the circle."""
    found = []
    for number, (label, english) in enumerate(_WINDS):
        color = _WIND_INKS[number]
        ink = Ink(color, _SAFE_INKS[number], _grey(color))
        centre = number * 45.0
        found.append(Band(str(number + 1), centre - 22.5, centre + 22.5, label, english, ink))
    return found


def kinds(
    counts: Mapping[str, int], labels: Mapping[str, str], colors: Mapping[str, str]
) -> list[Band]:
    """One band for each class number, in their order; a class without a name is its number."""
    found = []
    for number, code in enumerate(sorted(counts, key=int)):
        own = _CLASS_INKS[number % len(_CLASS_INKS)]
        color = colors.get(code, own)
        safe = _SAFE_INKS[number % len(_SAFE_INKS)]
        label = f"{code} {labels[code]}" if code in labels else code
        ink = Ink(color, safe, _grey(color))
        found.append(Band(code, int(code), int(code) + 1, label, label, ink))
    return found


def numbers(values: np.ndarray, bands: Sequence[Band], *, circle: bool = False) -> np.ndarray:
    """For each value the number of its band from 1, as bytes; 0 where it has none.

    On a `circle` values are degrees, so that 350 is also -10.
    """
    lows = np.array([band.low for band in bands])
    highs = np.array([band.high for band in bands])
    turned = (values - lows[0]) % 360 + lows[0] if circle else values
    found = np.searchsorted(lows, turned, side="right")
    inside = (found > 0) & (turned < highs[np.maximum(found, 1) - 1])
    return np.where(inside, found, 0).astype(np.uint8)


def frame(left: float, top: float, step: float, cells: tuple[int, int]) -> Frame:
    """The frame of a grid in EPSG:4550 of so many (columns, rows)."""
    columns, rows = cells
    back = measure.transformer(measure.PLANE, STORED_CRS)
    box = (left, top - rows * step, left + columns * step, top)
    west, south, east, north = back.transform_bounds(*box, densify_pts=21)
    across = math.radians(east - west) * _RADIUS
    up = _north(north) - _north(south)
    pixel = step / math.cos(math.radians((south + north) / 2))
    pixel = max(pixel, math.sqrt(across * up / MOST_PX))
    return Frame(west, south, east, north, max(1, round(across / pixel)), max(1, round(up / pixel)))


def picture(raster: Raster, bands: Sequence[Band], *, circle: bool = False) -> bytes:
    """PNG of band numbers over the `frame` of the grid."""
    rows, columns = raster.values.shape
    place = frame(raster.left, raster.top, raster.step, (columns, rows))
    drawn = np.zeros((place.height, place.width), dtype=np.uint8)
    west, top = math.radians(place.west) * _RADIUS, _north(place.north)
    across = math.radians(place.east - place.west) * _RADIUS / place.width
    down = (_north(place.south) - top) / place.height
    reproject(
        numbers(raster.values, bands, circle=circle),
        drawn,
        src_transform=Affine(raster.step, 0, raster.left, 0, -raster.step, raster.top),
        src_crs=CRS.from_epsg(measure.PLANE),
        src_nodata=0,
        dst_transform=Affine(across, 0, west, 0, down, top),
        dst_crs=CRS.from_epsg(_MERCATOR),
        dst_nodata=0,
        resampling=Resampling.nearest,
    )
    return png(drawn)


def png(shades: np.ndarray) -> bytes:
    """An 8-bit grey PNG (W3C, PNG third edition) of an array of bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    height, width = shades.shape
    lines = np.zeros((height, width + 1), dtype=np.uint8)  # each line starts with filter 0: none
    lines[:, 1:] = shades
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(lines.tobytes(), 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _north(lat: float) -> float:
    """Northing of Web Mercator in metres."""
    return math.asinh(math.tan(math.radians(lat))) * _RADIUS


def _round_width(low: float, high: float) -> float:
    """The least of 1, 2, 2.5, 5 times a power of ten of which five steps hold both values."""
    power = 10.0 ** math.floor(math.log10(max(high - low, 1e-3) / STEPS))
    for factor in (1, 2, 2.5, 5, 10, 20):
        width = power * factor
        if _floor(low, width) + STEPS * width >= high:
            return width
    return power * 50


def _floor(value: float, width: float) -> float:
    """The multiple of `width` at or below a value; 1.2 is one of 0.2, whatever binary says."""
    return math.floor(value / width + 1e-9) * width


def _grey(color: str) -> str:
    """The luminance of a colour as a grey."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    level = round(0.299 * red + 0.587 * green + 0.114 * blue)
    return f"#{level:02X}{level:02X}{level:02X}"
