"""Which unit the areas in the heads of a coordinate TXT are in: decided by the shapes, and told.

The rule says hectares, but files with whole square metres or with the unit written behind the
number are common; a ratio of 1 or 10,000 to the shape decides.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError, Issue
from geo.formats import plaintext, rings

M2 = {"ha": 10_000.0, "m2": 1.0, "mu": 2000.0 / 3.0}
_CHINESE = {"ha": "公顷", "m2": "平方米", "mu": "亩"}
_WORDS = {"公顷": "ha", "ha": "ha", "平方米": "m2", "㎡": "m2", "m2": "m2", "m²": "m2", "亩": "mu"}
_SPLIT = re.compile(r"([0-9.,]+)\s*(\D*\d?)")
_SHARE = 0.01  # beyond one per cent, and beyond rounding, areas are told to differ


def declared(
    records: Sequence[dict[str, Any]],
    shapes: Sequence[BaseGeometry | None],
    chosen: str,
    degrees: bool,
) -> tuple[list[float | None], list[Issue]]:
    """Declared areas in m² (None where none can be told) and issues numbered by parcel from 1.

    `chosen` is a unit the reader named (ha, m2, mu); otherwise written units, then the shapes
    decide. Shapes in degrees cannot decide.
    """
    if chosen and chosen not in M2:
        raise DataError(f"面积单位 {chosen} 不认识，请选公顷、平方米或亩", "AREA_UNIT")
    read = [_read(str(record.get("地块面积") or "")) for record in records]
    flat = np.array([*shapes, None], dtype=object)[:-1]
    sizes = [0.0] * len(shapes) if degrees else rings.sizes(flat).tolist()
    units = [chosen or unit or _fitting(v, s) for (v, unit, _), s in zip(read, sizes, strict=True)]
    common = Counter(unit for unit in units if unit).most_common(1)
    usual = common[0][0] if common else ""
    issues = _unit_told(units, chosen, usual, [value for value, _, _ in read])
    out: list[float | None] = []
    for row, ((value, _, step), size) in enumerate(zip(read, sizes, strict=True), 1):
        unit = units[row - 1] or usual
        out.append(value * M2[unit] if value is not None and unit else None)
        issues += _differs(row, records[row - 1], (out[-1], size), step * M2.get(unit, 0.0))
    return out, issues


def _read(text: str) -> tuple[float | None, str, float]:
    """Number, unit if one is written, and the step of its last digit."""
    found = _SPLIT.fullmatch(plaintext.narrow(text).strip())
    value = plaintext.number(found[1]) if found else None
    if found is None or value is None:
        return None, "", 0.0
    decimals = len(found[1].partition(".")[2])
    return value, _WORDS.get(found[2].strip().lower(), ""), 10.0**-decimals


def _fitting(value: float | None, size: float) -> str:
    """The unit whose ratio to the shape is nearest to 1, if it is within a factor of 10."""
    if not value or not size:
        return ""
    gap = {unit: abs(math.log(value * M2[unit] / size)) for unit in ("ha", "m2")}
    best = min(gap, key=lambda unit: gap[unit])
    return best if gap[best] < math.log(10) else ""


def _unit_told(
    units: list[str], chosen: str, usual: str, values: list[float | None]
) -> list[Issue]:
    given = sum(value is not None for value in values)
    if not given:
        return []
    if not usual:
        message = f"{given} 个地块面积的单位无法由图形判定，请指定公顷或平方米"
        return [Issue("AREA_UNIT", message, "warning", 0, "地块面积")]
    why = "按选定" if chosen else "由图形面积或所写单位判定"
    counts = Counter(unit or usual for unit, v in zip(units, values, strict=True) if v is not None)
    shown = "、".join(f"{_CHINESE[unit]} {n} 个" for unit, n in counts.most_common())
    mixed = "warning" if len(counts) > 1 else "info"
    return [Issue("AREA_UNIT", f"地块面积的单位{why}：{shown}", mixed, 0, "地块面积")]


def _differs(
    row: int, record: dict[str, Any], areas: tuple[float | None, float], step: float
) -> list[Issue]:
    written = str(record.get("地块面积") or "")
    said, size = areas
    if said is None:
        if not written:
            return []
        message = f"地块面积“{written}”无法识别"
        return [Issue("AREA_BAD", message, "warning", row, "地块面积", written)]
    if not size or abs(said - size) <= max(_SHARE * size, step):
        return []
    message = f"地块面积写 {said:.1f} ㎡，图形为 {size:.1f} ㎡，相差 {(said / size - 1):+.1%}"
    return [Issue("AREA_MISMATCH", message, "warning", row, "地块面积", written)]
