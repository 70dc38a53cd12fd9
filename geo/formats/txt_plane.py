"""What the header of a coordinate TXT and its digits say about the plane, and where they differ.

A system is named only when header and digits leave one answer; else the reader is asked.
"""

import re
from dataclasses import dataclass

import numpy as np

from geo.errors import DataError, Issue
from geo.formats import gauss
from geo.formats.gauss import Datum, Plane
from geo.formats.txt_scan import Scan, value

_SPELT = (
    (Datum.CGCS2000, re.compile(r"2000")),
    (Datum.XIAN80, re.compile(r"80|西安")),
    (Datum.BEIJING54, re.compile(r"54|北京")),
)


@dataclass(frozen=True, slots=True)
class Found:
    """The system as text (``EPSG:4529``; empty where it is not certain), and what to tell."""

    crs: str
    issues: tuple[Issue, ...]
    swapped: bool = False
    degrees: bool = False  # longitude/latitude instead of metres


def found(scan: Scan) -> Found:
    """The plane of a scanned file."""
    at = np.array([(c.x, c.y) for parcel in scan.parcels for c in parcel.corners]).reshape(-1, 2)
    if not at.size:
        return Found("", ())
    east, north = at.T
    if gauss.is_longitude(east) and gauss.is_latitude(north):
        return _degrees(scan, swapped=False)
    if gauss.is_longitude(north) and gauss.is_latitude(east):
        return _degrees(scan, swapped=True)
    swapped = gauss.is_northing(east) and gauss.is_easting(north)
    crs, issues = _plane(scan, north if swapped else east)
    if swapped:
        issues.insert(0, _swap("X 列是东坐标、Y 列是北坐标，与规定相反"))
    return Found(crs, tuple(issues), swapped)


def datum(scan: Scan) -> Datum | None:
    """Datum that the header names; None if it names none or something else."""
    said = value(scan, "坐标系")
    return next((name for name, pattern in _SPELT if pattern.search(said)), None)


def _swap(what: str) -> Issue:
    return Issue("AXIS_SWAPPED", f"{what}，未自动对调，请确认", "warning", 0, "坐标")


def _degrees(scan: Scan, *, swapped: bool) -> Found:
    name = datum(scan)
    issues = [Issue("DEGREES", "坐标是经纬度（度），不是平面坐标", "info", 0, "坐标")]
    if swapped:
        issues.insert(0, _swap("X 列是经度、Y 列是纬度，与规定相反"))
    issues += _datum_issues(scan, name)
    code = f"EPSG:{gauss.geographic(name)}" if name else ""
    return Found(code, tuple(issues), swapped, degrees=True)


def _plane(scan: Scan, east: np.ndarray) -> tuple[str, list[Issue]]:
    name = datum(scan)
    issues = _datum_issues(scan, name)
    plane, told = _zone(scan, gauss.prefixes(east))
    issues += told
    if name is None or plane is None:
        return "", issues
    try:
        return f"EPSG:{gauss.epsg(name, plane)}", issues
    except DataError as error:
        return "", [*issues, Issue(error.code, str(error), "warning", 0, "带号")]


def _datum_issues(scan: Scan, name: Datum | None) -> list[Issue]:
    said = value(scan, "坐标系")
    if name is None:
        message = f"坐标系“{said}”没有说明是哪一种" if said else "文件未说明坐标系"
        return [Issue("CRS_MISSING", f"{message}，请指定", "warning", 0, "坐标系", said)]
    if name in gauss.LEGACY:
        message = f"{name}需要转换参数，请提供本单位的四参数或七参数"
        return [Issue("DATUM_NEEDS_PARAMETERS", message, "warning", 0, "坐标系", said)]
    return []


def _zone(scan: Scan, carried: frozenset[int]) -> tuple[Plane | None, list[Issue]]:
    """The plane from 带号, 几度分带 and the prefix of the digits; None where they disagree."""
    said = _integer(value(scan, "带号"))
    width = _integer(value(scan, "几度分带"))
    if len(carried) > 1:
        shown = "、".join(map(str, sorted(carried)))
        return None, [_prefix(f"东坐标的带号前缀不一（{shown}）", shown)]
    (prefix,) = carried
    if prefix and said and prefix != said:
        return None, [_prefix(f"带号写为 {said}，坐标前缀却是 {prefix}", str(prefix))]
    zone = prefix or said
    if not zone:
        message = "带号空白且东坐标不带前缀，无法确定中央子午线，请指定坐标系"
        return None, [Issue("CRS_MISSING", message, "warning", 0, "带号")]
    degrees = gauss.degrees_of(zone)
    if not degrees or (width and width != degrees):
        shown = f"几度分带 {width}、带号 {zone} 不相符" if degrees else f"带号 {zone} 不在我国范围"
        return None, [_prefix(shown, str(zone))]
    told = []
    if not said:
        message = f"带号空白，按坐标前缀读为 {zone} 带"
        told.append(Issue("ZONE_PREFIX", message, "info", 0, "带号", str(zone)))
    return Plane(degrees, zone, bool(prefix)), told


def _prefix(what: str, shown: str) -> Issue:
    return Issue("ZONE_PREFIX", f"{what}，请核对坐标系", "warning", 0, "带号", shown)


def _integer(text: str) -> int:
    """First whole number in a text such as ``3度带``, 0 if there is none."""
    digits = re.search(r"[0-9]+", text)
    return int(digits[0]) if digits and len(digits[0]) < 4 else 0
