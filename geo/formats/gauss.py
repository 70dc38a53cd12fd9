"""Codes of the Gauss-Krüger planes of China, and what a row of bare digits says.

EPSG codes run evenly with the zone number: 3-degree zones 25–45, 6-degree zones 13–23. In
Chinese use X is north (7 digits in China) and Y is east: 6 digits, or 8 with the zone first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np

from geo.errors import DataError


class Datum(StrEnum):
    """Datums that files of land offices name; the value is how we say it in Chinese."""

    CGCS2000 = "2000国家大地坐标系"
    WGS84 = "WGS 84"
    XIAN80 = "1980西安坐标系"
    BEIJING54 = "1954北京坐标系"


# datum: (geographic code, then what to add to the zone: 3° prefixed, 3° not, 6° prefixed, 6° not)
_CODES: dict[Datum, tuple[int, int, int, int, int]] = {
    Datum.CGCS2000: (4490, 4488, 4509, 4478, 4489),
    Datum.XIAN80: (4610, 2324, 2345, 2314, 2325),
    Datum.BEIJING54: (4214, 2376, 2397, 21400, 21440),
}
LEGACY = (Datum.XIAN80, Datum.BEIJING54)
_NORTH = (1_900_000.0, 6_100_000.0)
_EAST = (100_000.0, 900_000.0)


@dataclass(frozen=True, slots=True)
class Plane:
    """A Gauss-Krüger plane: width of its zones (3 or 6 degrees), zone, prefix on eastings."""

    degrees: int
    zone: int
    prefixed: bool

    @property
    def meridian(self) -> int:
        """Central meridian in degrees east."""
        return self.zone * 3 if self.degrees == 3 else self.zone * 6 - 3


def geographic(datum: Datum) -> int:
    """EPSG code of longitude/latitude of a datum."""
    return 4326 if datum is Datum.WGS84 else _CODES[datum][0]


def epsg(datum: Datum, plane: Plane) -> int:
    """EPSG code of a plane. Raises `DataError` (ZONE_NUMBER) for zones outside China."""
    zones = range(25, 46) if plane.degrees == 3 else range(13, 24)
    if datum not in _CODES or plane.degrees not in (3, 6) or plane.zone not in zones:
        raise DataError(
            f"{datum} {plane.degrees} 度带没有 {plane.zone} 带，请核对分带与带号", "ZONE_NUMBER"
        )
    column = (1 if plane.degrees == 3 else 3) + (0 if plane.prefixed else 1)
    return _CODES[datum][column] + plane.zone


@cache
def described(code: int) -> tuple[Datum, Plane] | None:
    """Datum and plane of an EPSG code, or None if it is no such plane."""
    for datum in _CODES:
        for degrees, zones in ((3, range(25, 46)), (6, range(13, 24))):
            for zone in zones:
                for prefixed in (True, False):
                    plane = Plane(degrees, zone, prefixed)
                    if epsg(datum, plane) == code:
                        return datum, plane
    return None


def degrees_of(zone: int) -> int:
    """Width of the zones a zone number belongs to (3 or 6), or 0: in China they do not overlap."""
    if 25 <= zone <= 45:
        return 3
    return 6 if 13 <= zone <= 23 else 0


def is_northing(values: np.ndarray) -> bool:
    """Whether numbers are seven-digit northings of China."""
    return _all_between(values, [_NORTH])


def is_easting(values: np.ndarray) -> bool:
    """Whether numbers are eastings of six digits, or of eight with a zone in front."""
    rest = values % 1_000_000
    zones = prefixes(values)
    known = zones == {0} or all(degrees_of(zone) for zone in zones)
    return known and _all_between(rest, [_EAST])


def is_longitude(values: np.ndarray) -> bool:
    """Whether numbers can be degrees of longitude of China."""
    return _all_between(values, [(73.0, 136.0)])


def is_latitude(values: np.ndarray) -> bool:
    """Whether numbers can be degrees of latitude of China."""
    return _all_between(values, [(3.0, 54.0)])


def prefixes(eastings: np.ndarray) -> frozenset[int]:
    """Zone prefixes that eastings carry; 0 stands for none, -1 and 1000 for no easting at all."""
    return frozenset(np.clip(eastings // 1_000_000, -1, 1000).astype(int).tolist())


def _all_between(values: np.ndarray, spans: Collection[tuple[float, float]]) -> bool:
    return bool(values.size) and any(
        bool(((values >= low) & (values <= high)).all()) for low, high in spans
    )
