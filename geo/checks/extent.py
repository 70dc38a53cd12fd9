"""Areas as the file states them, and the ground that a set covers, against what is measured."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd
import shapely

from geo import measure
from geo.errors import Issue
from geo.units import M2_PER, SIGN, AreaUnit

OFF = 0.01  # part of the measured area by which a stated one may differ
_ROUNDING_M2 = 1.0
FAR_M = 20_000.0
_SECRET_M2 = 25e6
_LARGEST = 1e13  # the area of China in m²; what is larger is no area
_NAMED = re.compile(r"面积|\barea\b|_area|area_|^area|(?:^|_)MJ$|^[A-Z]{2,6}MJ$", re.IGNORECASE)
_OTHER = re.compile(r"建筑|计容|绿地率|容积|面积单位|面积类型|floor", re.IGNORECASE)
_UNITS = (
    (AreaUnit.KM2, re.compile(r"平方公里|平方千米|k㎡|km2|km²|sq_?km", re.IGNORECASE)),
    (AreaUnit.HA, re.compile(r"公顷|hm2|hm²|[_(（]ha\b|_ha$|hectare", re.IGNORECASE)),
    (AreaUnit.MU, re.compile(r"亩|[_(（]mu\b|_mu$", re.IGNORECASE)),
    (AreaUnit.M2, re.compile(r"㎡|m2|m²|平方米|平米|sq_?m", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A column of stated areas: its unit, in m² for each row, and whether the name says it."""

    column: str
    unit: AreaUnit
    m2: np.ndarray
    named: bool


def stated(table: pd.DataFrame, areas_m2: np.ndarray) -> Stated | None:
    """The column of a table that states each row's area, or None.

    The unit is the one in the column's name; without one, the one that fits what is measured
    in most rows. Floor areas are not the area of the ground.
    """
    for column in map(str, table.columns):
        if not _NAMED.search(column) or _OTHER.search(column):
            continue
        numbers = pd.to_numeric(table[column], errors="coerce").to_numpy(dtype=float)
        numbers = np.where((numbers > 0) & (numbers < _LARGEST), numbers, np.nan)
        if not np.isfinite(numbers).any():
            continue
        unit = next((one for one, pattern in _UNITS if pattern.search(column)), None)
        likely = unit or _fitting(numbers, areas_m2)
        if likely:
            return Stated(column, likely, numbers * float(M2_PER[likely]), named=unit is not None)
    return None


def stated_issues(
    stated_m2: np.ndarray, areas_m2: np.ndarray, rows: np.ndarray, column: str
) -> Iterator[Issue]:
    """Rows whose stated area differs from the measured one by more than 1 % and 1 m²."""
    off = np.abs(stated_m2 - areas_m2)
    known = np.isfinite(stated_m2) & (areas_m2 > 0)
    for at in np.flatnonzero(known & (off > OFF * areas_m2) & (off > _ROUNDING_M2)):
        said, real = float(stated_m2[at]), float(areas_m2[at])
        message = (
            f"所述面积 {said:,.1f} ㎡，量算 {real:,.1f} ㎡（椭球面积），"
            f"相差 {(said / real - 1) * 100:+.1f} %，请核对面积单位与界线"
        )
        yield Issue("DECLARED_AREA", message, "warning", int(rows[at]), column, f"{said:.1f}")


def zone_issues(shapes: np.ndarray, rows: np.ndarray, zone: shapely.Geometry) -> Iterator[Issue]:
    """Rows that lie wholly outside the zone, with the distance; all far outside is an error."""
    there = np.flatnonzero(~shapely.is_missing(shapes))
    shapely.prepare(zone)
    outside = there[~shapely.intersects(zone, shapes[there])]
    if not outside.size:
        return
    distances = measure.distances_m(shapes[outside], zone)
    if outside.size == there.size and distances.min() > FAR_M:
        message = (
            f"全部图形落在区外约 {distances.min() / 1000:,.0f} km，"
            "疑为坐标系、带号或坐标轴次序不符，请核对后重新指定坐标系"
        )
        yield Issue("OUTSIDE_ZONE", message, "error", 0, "geometry", f"{distances.min():.0f}")
        return
    for at, far in zip(outside, distances, strict=True):
        message = f"在经区范围外约 {_far(far)}，请核对位置"
        yield Issue("OUTSIDE_ZONE", message, "warning", int(rows[at]), "geometry", f"{far:.0f}")


def secrecy_issues(areas_m2: Sequence[float] | np.ndarray, count: int) -> Iterator[Issue]:
    """Warn of detailed maps of more than 25 km² of connected ground (自然资发〔2020〕95号)."""
    total = math.fsum(areas_m2)
    if total > _SECRET_M2:
        message = (
            f"{count} 个面共 {total / 1e6:,.1f} km²，超过 25 km²：若为大于 1∶5000 的全要素数据，"
            "属秘密级，请核定密级后再导入"
        )
        yield Issue("SECRECY_25KM2", message, "warning", 0, "geometry", f"{total:.0f}")


def unit_issue(found: Stated) -> Issue:
    """Say which unit a column of areas was read in, where its name does not."""
    message = f"字段“{found.column}”未写单位，按{SIGN[found.unit][0]}与量算面积相符，已按此读取"
    return Issue("AREA_UNIT", message, "info", 0, found.column, found.unit.value)


def _fitting(numbers: np.ndarray, areas_m2: np.ndarray) -> AreaUnit | None:
    """The unit in which most rows agree with what is measured, or None."""
    known = np.isfinite(numbers) & (areas_m2 > 0)
    for unit, per in M2_PER.items():
        ratio = numbers[known] * float(Fraction(per)) / areas_m2[known]
        if known.any() and np.median(np.abs(ratio - 1)) <= OFF:
            return unit
    return None


def _far(metres: float) -> str:
    return f"{metres / 1000:,.1f} km" if metres >= 1000 else f"{metres:,.0f} 米"
