"""Coordinates of unknown or doubtful origin: try every likely system, offer what lands in the zone.

Nothing is assumed: candidates are tried, where each would land is told, and the reader
confirms. Xian 80 and Beijing 54 have no public parameters and are moved only with the
reader's own (`geo.formats.datum_shift`). WGS 84 and CGCS2000 agree within decimetres, the one
shift of zero that is allowed, and it is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.errors import DataError, Issue
from geo.formats import datum_names, gauss
from geo.formats.datum_names import Named
from geo.formats.gauss import Datum, Plane
from geo.model import STORED_CRS

WGS84, WEB = 4326, 3857
NEAR_M = 5_000.0  # a layer this close to the zone counts as landing there
_SAMPLE = 2_000
_HOME = (Plane(3, 41, False), Plane(3, 40, False))  # what files of Weihai use


@dataclass(frozen=True, slots=True)
class Guess:
    """One system that coordinates may be in, and where they would land.

    Parameters
    ----------
    epsg
        System of the numbers, as written or after taking off the prefix.
    swapped
        North stands where east should.
    prefixed
        Eastings carry a zone prefix; if `epsg` is a plane without prefix, it is taken off,
        because prefix and place contradict each other.
    inside_share
        Share of positions inside the zone, 0 to 1.
    distance_m
        From the middle of the positions to the zone; 0 inside.
    label, label_en
        The system in words.
    wkt
        For a system without an EPSG code (then `epsg` is 0).
    """

    epsg: int
    swapped: bool
    prefixed: bool
    inside_share: float
    distance_m: float
    label: str
    label_en: str
    wkt: str = ""

    @property
    def lands(self) -> bool:
        """Whether the positions fall in the zone or close to it."""
        return self.inside_share > 0 or self.distance_m <= NEAR_M


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was tried: all guesses, best first; the one to offer, if exactly one lands."""

    guesses: tuple[Guess, ...]
    offer: Guess | None
    issues: tuple[Issue, ...]


def candidates(given: gpd.GeoDataFrame | np.ndarray, outline: BaseGeometry) -> tuple[Guess, ...]:
    """Systems in which shapes or (n, 2) positions can be read, best first.

    `outline` is the zone in EPSG:4490. Each system is tried as written and swapped; those
    that give no position on the ground are left out.
    """
    at = _positions(given)
    found = []
    for swapped in (False, True):
        turned = at[:, ::-1] if swapped else at
        for epsg, prefixed in _systems(turned):
            lonlat = _moved(turned, epsg, prefixed=prefixed)
            if lonlat is not None:
                label = datum_names.label(epsg, swapped=swapped, prefixed=prefixed)
                guess = Guess(epsg, swapped, prefixed, 0.0, 0.0, *label)
                found.append(_placed(guess, lonlat, outline))
    found.sort(key=lambda guess: (not guess.lands, -guess.inside_share, guess.distance_m))
    return tuple(found)


def stated(
    given: gpd.GeoDataFrame | np.ndarray, said: Named, outline: BaseGeometry
) -> Guess | None:
    """The system a file states, with where it lands; None if it gives no position at all.

    Raises `DataError` (DATUM_NEEDS_PARAMETERS) for systems without public parameters.
    """
    at = _positions(given)
    lonlat = _moved(at, said.epsg, prefixed=False, wkt=said.wkt)
    if lonlat is None:
        return None
    prefixed = bool(gauss.prefixes(at[:, 0]) - {0}) and gauss.described(said.epsg) is not None
    label = datum_names.label(said.epsg, swapped=False, prefixed=prefixed)
    guess = Guess(said.epsg, False, prefixed, 0.0, 0.0, *label, said.wkt)
    return _placed(guess, lonlat, outline)


def judge(
    given: gpd.GeoDataFrame | np.ndarray, outline: BaseGeometry, said: Named | None = None
) -> Verdict:
    """Which system to offer, and what to tell; `said` is what the file states, if it does.

    A statement that lands is kept. Otherwise exactly one landing candidate is offered for
    confirmation; with none or several the reader must say.
    """
    kept = stated(given, said, outline) if said else None
    if said and kept and kept.lands:
        return Verdict((kept,), kept, (*said.issues, *null_shift(said.epsg)))
    guesses = candidates(given, outline)
    landing = [guess for guess in guesses if guess.lands]
    offer = landing[0] if len(landing) == 1 else None
    where = _where(kept, guesses, stated=said is not None)
    told: list[Issue] = []
    if said or not offer:
        told.append(_outside(where, offer))
    return Verdict(guesses, offer, (*told, *_about(offer, said)))


def apply(table: gpd.GeoDataFrame, guess: Guess) -> gpd.GeoDataFrame:
    """The table in EPSG:4490, its coordinates read as `guess` says.

    Raises `DataError`: DATUM_NEEDS_PARAMETERS for systems without public parameters,
    NON_FINITE where a position does not exist in the system.
    """
    by = _transformer(guess.epsg, guess.wkt)
    off = guess.prefixed and guess.epsg and not _keeps_prefix(guess.epsg)

    def move(xy: np.ndarray) -> np.ndarray:
        east, north = (xy[:, 1], xy[:, 0]) if guess.swapped else (xy[:, 0], xy[:, 1])
        east = east % 1_000_000 if off else east
        moved = by.transform(east, north) if by else (east, north)
        return np.column_stack([*moved, xy[:, 2:]])

    shapes = np.array([*table.geometry, None], dtype=object)[:-1]
    made = shapely.transform(shapes, move, include_z=bool(shapely.has_z(shapes).any()))
    xy = shapely.get_coordinates(made)
    if not np.isfinite(xy).all() or (np.abs(xy) > (180.0, 90.0)).any():
        raise DataError(f"有坐标不在 {guess.label} 的范围内，请另选坐标系", "NON_FINITE")
    return table.set_geometry(gpd.GeoSeries(made, index=table.index), crs=STORED_CRS)


def null_shift(epsg: int) -> Iterator[Issue]:
    """Say that WGS 84 was taken as CGCS2000 without any shift."""
    if epsg in (WGS84, WEB):
        message = "WGS 84 与 2000 国家大地坐标系在分米内一致，按零改正使用"
        yield Issue("NULL_SHIFT", message, "info", 0, "坐标系", f"EPSG:{epsg}")


def _positions(given: gpd.GeoDataFrame | np.ndarray) -> np.ndarray:
    """At most `_SAMPLE` positions, spread evenly."""
    if isinstance(given, np.ndarray):
        at = given[:, :2]
    else:
        at = shapely.get_coordinates(np.array([*given.geometry, None], dtype=object)[:-1])
    if not np.isfinite(at).all():
        at = at[np.isfinite(at).all(axis=1)]
    if not len(at):
        raise DataError("没有可用的坐标，无法判定坐标系", "GEOMETRY_EMPTY")
    return at[:: -(-len(at) // _SAMPLE)]


def _systems(at: np.ndarray) -> list[tuple[int, bool]]:
    """EPSG codes worth trying for (east, north) numbers, and whether eastings carry a prefix."""
    east, north = at.T
    if (np.abs(east) <= 180).all() and (np.abs(north) <= 90).all():
        return [(STORED_CRS, False)]  # 4326 would land on the same place
    found = [(WEB, False)] if (np.abs(at) < 20_037_509).all() else []
    carried = gauss.prefixes(east)
    if carried == {0}:
        return found + [(gauss.epsg(Datum.CGCS2000, plane), False) for plane in _HOME]
    if len(carried) > 1 or min(carried) < 0:
        return found
    (zone,) = carried
    degrees = gauss.degrees_of(zone)
    if not degrees:
        return found
    own = Plane(degrees, zone, prefixed=True)
    found.append((gauss.epsg(Datum.CGCS2000, own), True))
    others = [plane for plane in _HOME if plane.meridian != own.meridian]
    return found + [(gauss.epsg(Datum.CGCS2000, plane), True) for plane in others]


def _keeps_prefix(epsg: int) -> bool:
    known = gauss.described(epsg)
    return known is not None and known[1].prefixed


def _moved(at: np.ndarray, epsg: int, *, prefixed: bool, wkt: str = "") -> np.ndarray | None:
    """Positions in degrees, or None if the system has no such place."""
    east = at[:, 0] % 1_000_000 if prefixed and not _keeps_prefix(epsg) else at[:, 0]
    by = _transformer(epsg, wkt)
    moved = (
        np.column_stack(by.transform(east, at[:, 1])) if by else np.column_stack([east, at[:, 1]])
    )
    usable = np.isfinite(moved).all() and (np.abs(moved) <= (180.0, 90.0)).all()
    return moved if usable else None


def _transformer(epsg: int, wkt: str) -> Transformer | None:
    """To EPSG:4490; None where the numbers are degrees of it already."""
    if wkt:
        return _own(wkt)
    if epsg in (STORED_CRS, WGS84):
        return None
    return measure.transformer(epsg, WGS84 if epsg == WEB else STORED_CRS)


def _own(wkt: str) -> Transformer:
    """From a city's own system, such as one of meridian 122 E, if its datum is CGCS2000."""
    try:
        return Transformer.from_crs(
            CRS.from_wkt(wkt), CRS.from_epsg(STORED_CRS), always_xy=True, allow_ballpark=False
        )
    except ProjError as error:
        raise DataError(
            "文件所用坐标系没有公开的转换参数，请提供本单位的四参数或七参数",
            "DATUM_NEEDS_PARAMETERS",
        ) from error


def _placed(guess: Guess, lonlat: np.ndarray, outline: BaseGeometry) -> Guess:
    inside = shapely.contains_xy(outline, lonlat)
    middle = shapely.Point(np.median(lonlat, axis=0))
    distance = _distance(middle, outline)
    share = float(inside.mean())
    return replace(guess, inside_share=share, distance_m=distance)


def _distance(point: shapely.Point, outline: BaseGeometry) -> float:
    """Metres on the ellipsoid from a point to the nearest place of the outline; 0 inside."""
    nearest = shapely.get_coordinates(shapely.shortest_line(point, outline))
    (lon1, lat1), (lon2, lat2) = nearest
    return float(measure.GEOD.inv(lon1, lat1, lon2, lat2)[2])


def _where(kept: Guess | None, guesses: Sequence[Guess], *, stated: bool) -> str:
    """Where the coordinates fall as stated, or at best."""
    if stated and kept is None:
        return "按文件所述坐标系，坐标没有位置"
    if kept is None and sum(guess.lands for guess in guesses) > 1:
        return "坐标在几种坐标系下都落在区内"
    shown = kept or next(iter(guesses), None)
    if shown is None:
        return "坐标在所列坐标系中都没有位置"
    return f"坐标落在区外约 {shown.distance_m / 1000:.0f} km"


def _outside(where: str, offer: Guess | None) -> Issue:
    hint = "请指定坐标系"
    if offer:
        hint = f"疑为{datum_names.meridian(offer.epsg, swapped=offer.swapped)}"
    return Issue("OUTSIDE_ZONE", f"{where}，{hint}", "warning", 0, "坐标系")


def _about(offer: Guess | None, said: Named | None) -> Iterator[Issue]:
    if offer is None:
        return
    yield from null_shift(offer.epsg)
    if offer.swapped:
        message = "东坐标与北坐标疑似颠倒，确认后对调"
        yield Issue("AXIS_SWAPPED", message, "warning", 0, "坐标")
    known = gauss.described(offer.epsg)
    before = gauss.described(said.epsg) if said else None
    if known and offer.prefixed and not known[1].prefixed:
        message = f"坐标前缀与位置不符，去掉前缀按中央子午线 {known[1].meridian}° 才落在区内"
        yield Issue("ZONE_PREFIX", message, "warning", 0, "带号")
    elif known and before and before[1].prefixed != known[1].prefixed:
        carried = "带" if known[1].prefixed else "不带"
        message = f"所述坐标系与数字不符：东坐标{carried}带号前缀"
        yield Issue("ZONE_PREFIX", message, "warning", 0, "带号")
