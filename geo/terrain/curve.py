"""How a value becomes points from 0 to 100: a bent line for amounts, a table for classes.

What has no value has no points: NaN stays NaN, and a class that a table does not name is NaN
too unless the table says what others get.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geo.errors import DataError, Issue

BEST = 100.0


@dataclass(frozen=True, slots=True)
class Curve:
    """Straight pieces through `points` (value, points), level before the first and after the last.

    Values rise strictly; checked by `curve`.
    """

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Points of each class number; `others` are those of a class not named, None for no data."""

    points: Mapping[int, float]
    others: float | None = None


Scale = Curve | Table


def curve(points: Sequence[Sequence[float]]) -> Curve:
    """A checked bent line. Raises `DataError` CURVE with every point that is wrong."""
    pairs = [tuple(map(float, pair)) for pair in points]
    issues = list(_curve_faults(pairs))
    if issues:
        raise DataError(f"分值曲线有误：{issues[0].message}", "CURVE", issues)
    return Curve(tuple((pair[0], pair[1]) for pair in pairs))


def table(points: Mapping[int, float], others: float | None = None) -> Table:
    """A checked table of classes. Raises `DataError` CURVE with every entry that is wrong."""
    entries = [*points.items(), *([] if others is None else [("其他", others)])]
    issues = [
        Issue("POINTS", f"类别 {code} 的分值 {value:g} 不在 0–100 之间，请改正", field=str(code))
        for code, value in entries
        if not 0 <= value <= BEST
    ]
    if not points:
        issues.append(Issue("EMPTY", "分类赋分表是空的，请至少给一类赋分"))
    if issues:
        raise DataError(f"分类赋分表有误：{issues[0].message}", "CURVE", issues)
    return Table(dict(points), others)


def points(scale: Scale, values: np.ndarray) -> np.ndarray:
    """Points, float32 of the shape of `values`; NaN where there is no value."""
    given = np.asarray(values, dtype=np.float32)
    return _of_curve(scale, given) if isinstance(scale, Curve) else _of_table(scale, given)


def _of_curve(line: Curve, values: np.ndarray) -> np.ndarray:
    """Sum of clipped ramps, which unlike a search for the piece is a few long vector operations."""
    xs, ys = np.array(line.points, dtype=np.float64).T
    found = np.full(values.shape, ys[0], dtype=np.float32)
    found[np.isnan(values)] = np.nan
    part = np.empty_like(found)
    for start, wide, rise in zip(xs, np.diff(xs), np.diff(ys), strict=False):
        if rise:
            np.subtract(values, np.float32(start), out=part)
            np.clip(part, 0, np.float32(wide), out=part)
            part *= np.float32(rise / wide)
            found += part
    return found


def _of_table(classes: Table, values: np.ndarray) -> np.ndarray:
    others = np.nan if classes.others is None else classes.others
    found = np.full(values.shape, others, dtype=np.float32)
    found[np.isnan(values)] = np.nan
    for code, value in classes.points.items():
        found[values == np.float32(code)] = value
    return found


def _curve_faults(pairs: list[tuple[float, ...]]) -> Iterator[Issue]:
    if len(pairs) < 2 or any(len(pair) != 2 for pair in pairs):
        yield Issue("POINTS", "曲线至少要有两个点，每点为（数值，分值），请补全")
        return
    for number, (value, score) in enumerate(pairs, 1):
        if not (math.isfinite(value) and 0 <= score <= BEST):
            text = f"第 {number} 点（{value:g}，{score:g}）不成立，分值应在 0–100 之间"
            yield Issue("POINTS", text, row=number)
        if number > 1 and not value > pairs[number - 2][0]:
            text = f"第 {number} 点的数值 {value:g} 应大于前一点，请按从小到大排列"
            yield Issue("ORDER", text, row=number)
