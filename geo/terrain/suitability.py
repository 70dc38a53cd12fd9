"""How well land suits a use: points of each factor by their weights, from 0 to 100.

Works on anything that has the same shape for all factors: cells of a grid, or parcels. What is
closed has no score, what is not known has none either unless the recipe says otherwise.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from geo.errors import DataError
from geo.terrain import curve
from geo.terrain.recipe import Gaps, Recipe, checked

_STRIP = 1 << 17  # values worked on at once: they fit the processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class Suitability:
    """How land suits one use; arrays are of one shape.

    Parameters
    ----------
    score
        float32 from 0 to 100; NaN where closed and where too little is known.
    known
        float32, share of the weight that is known.
    closed
        uint8, 1 + number of the first mask that closes it, 0 for none.
    masks
        Ids of masks, in the order of their numbers.
    unheld
        Ids of masks that the recipe names but nobody holds data of.
    """

    recipe: Recipe
    score: np.ndarray
    known: np.ndarray
    closed: np.ndarray
    masks: tuple[str, ...]
    unheld: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Parts of the land: `scored`, `closed`, `unknown` add up to 1; `known` is of the weight."""

    scored: float
    closed: float
    unknown: float
    known: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one factor gives to a score: `share` points of it; None where it is not known."""

    factor: str
    value: float | None
    points: float | None
    weight: float
    share: float | None


def suitability(
    values: Mapping[str, np.ndarray],
    recipe: Recipe,
    closed: Mapping[str, np.ndarray] | None = None,
) -> Suitability:
    """Score land for a use.

    Parameters
    ----------
    values
        Factor id → values, all of one shape; NaN where not known.
    closed
        Mask id → bool of that shape, for the masks of which data is held.

    Raises
    ------
    DataError
        RECIPE; FACTOR_MISSING or FACTOR_SHAPE with what does not fit.
    """
    checked(recipe)
    shape = _shape(values, recipe)
    held = tuple(mask for mask in recipe.masks if mask in (closed or {}))
    shut = np.zeros(shape, dtype=np.uint8)
    for number, mask in reversed(list(enumerate(held, 1))):
        shut[np.asarray((closed or {})[mask], dtype=bool)] = number
    score, known = np.empty(shape, dtype=np.float32), np.empty(shape, dtype=np.float32)
    for strip in _strips(shape):
        _judge(
            {one: values[one][strip] for one in recipe.counting}, recipe, score[strip], known[strip]
        )
        score[strip][shut[strip] > 0] = np.nan
    unheld = tuple(mask for mask in recipe.masks if mask not in held)
    return Suitability(recipe, score, known, shut, held, unheld)


def coverage(found: Suitability, areas_m2: np.ndarray | None = None) -> Coverage:
    """How much of the land has a score, by area where areas are given; 0 areas do not count."""
    areas = np.ones(found.score.shape) if areas_m2 is None else areas_m2
    total = float(areas.sum())
    if not total > 0:
        raise DataError("没有可统计的面积，请核对范围", "NO_LAND")
    scored = float(areas[~np.isnan(found.score)].sum()) / total
    shut = float(areas[found.closed > 0].sum()) / total
    known = float((areas * found.known).sum()) / total
    return Coverage(scored, shut, max(1 - scored - shut, 0.0), known)


def contributions(values: Mapping[str, float | None], recipe: Recipe) -> tuple[Contribution, ...]:
    """What each factor gives to the score of one place, most weight first.

    Under `Gaps.KNOWN` the weights of what is known are stretched, so that shares add up.
    """
    given = {one: np.nan if (v := values.get(one)) is None else v for one in recipe.counting}
    points = {
        one: float(curve.points(recipe.scales[one], np.array([value]))[0])
        for one, value in given.items()
    }
    known = sum(weight for one, weight in recipe.counting.items() if not np.isnan(points[one]))
    stretch = known if recipe.gaps is Gaps.KNOWN and known else 1.0
    found = []
    for one, weight in sorted(recipe.counting.items(), key=lambda item: -item[1]):
        value, scored = given[one], points[one]
        silent = bool(np.isnan(scored))
        found.append(
            Contribution(
                one,
                None if np.isnan(value) else float(value),
                None if silent else scored,
                weight,
                None if silent else scored * weight / stretch,
            )
        )
    return tuple(found)


def _judge(
    values: Mapping[str, np.ndarray], recipe: Recipe, score: np.ndarray, known: np.ndarray
) -> None:
    """Score one strip in place."""
    score[...] = 0
    known[...] = 0
    for factor, weight in recipe.counting.items():
        points = curve.points(recipe.scales[factor], values[factor])
        there = ~np.isnan(points)
        if there.all():
            known += np.float32(weight)
        else:
            known += np.float32(weight) * there
            points[~there] = 0
        points *= np.float32(weight)
        score += points
    np.minimum(known, 1, out=known)
    if recipe.gaps is Gaps.LOWEST:
        return
    least = recipe.least_known if recipe.gaps is Gaps.KNOWN else 1.0
    lacking = known < least - 1e-5
    if recipe.gaps is Gaps.KNOWN:
        np.divide(score, known, out=score, where=~lacking)
    score[lacking] = np.nan


def _shape(values: Mapping[str, np.ndarray], recipe: Recipe) -> tuple[int, ...]:
    missing = [factor for factor in recipe.counting if factor not in values]
    if missing:
        text = f"缺少因子 {'、'.join(missing)}，请先生成；没有数据的因子应全部为空值"
        raise DataError(text, "FACTOR_MISSING")
    shapes = {values[factor].shape for factor in recipe.counting}
    if len(shapes) != 1:
        raise DataError(f"各因子的格网大小不一：{sorted(shapes)}，请用同一格网", "FACTOR_SHAPE")
    return shapes.pop()


def _strips(shape: tuple[int, ...]) -> Iterator[slice]:
    """Pieces of the first axis, each about `_STRIP` values."""
    wide = max(int(np.prod(shape[1:], dtype=np.int64)), 1)
    step = max(_STRIP // wide, 1)
    for start in range(0, shape[0], step):
        yield slice(start, start + step)
