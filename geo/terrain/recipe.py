"""What makes land suit a use: weights, curves, masks; an office's own file of them, checked."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from geo.errors import DataError, Issue
from geo.terrain import curve
from geo.terrain.curve import Scale
from geo.terrain.factor import Factor, Layer

_FILE = "suitability.toml"
_NEAR = 1e-6


class Gaps(StrEnum):
    """What is made of land where a factor that counts is not known. Never suitable silently."""

    REFUSE = "refuse"  # no score at all
    KNOWN = "known"  # score by what is known, where enough of the weight is
    LOWEST = "lowest"  # the unknown factor gives no points


@dataclass(frozen=True, slots=True)
class Mask:
    """Land closed to uses: shapes of a set, of some kinds; `uses` empty for all."""

    id: str
    title: str
    title_en: str
    layer: Layer
    uses: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one use judges land.

    Parameters
    ----------
    use
        Code of the use.
    weights
        Factor id and its weight; they add up to 1.
    scales
        How each factor's values become points.
    masks
        Ids of what closes land to the use.
    least_known
        For `Gaps.KNOWN`, the share of the weight that must be known.
    """

    use: str
    title: str
    title_en: str
    weights: Mapping[str, float]
    scales: Mapping[str, Scale]
    masks: tuple[str, ...] = ()
    gaps: Gaps = Gaps.REFUSE
    least_known: float = 1.0

    @property
    def counting(self) -> Mapping[str, float]:
        """Factors that have a weight."""
        return {factor: weight for factor, weight in self.weights.items() if weight > 0}


@dataclass(frozen=True, slots=True)
class Template:
    """An office's own defaults. `high`, `medium` are points, `top_share` a part of the land."""

    factors: Mapping[str, Factor]
    scales: Mapping[str, Scale]
    masks: Mapping[str, Mask]
    recipes: Mapping[str, Recipe]
    high: float
    medium: float
    top_share: float
    note: str = ""
    note_en: str = ""


def checked(recipe: Recipe) -> Recipe:
    """The recipe, if it makes sense. Raises `DataError` RECIPE with all that is wrong."""
    issues = list(_faults(recipe))
    if issues:
        more = f"（共 {len(issues)} 处）" if len(issues) > 1 else ""
        text = f"{recipe.title or recipe.use}的适宜性设置有误：{issues[0].message}{more}"
        raise DataError(text, "RECIPE", issues)
    return recipe


def altered(
    recipe: Recipe,
    *,
    weights: Mapping[str, float] | None = None,
    scales: Mapping[str, Scale] | None = None,
    gaps: Gaps | None = None,
) -> Recipe:
    """The recipe with other weights, and some other scales or policy; checked."""
    return checked(
        replace(
            recipe,
            weights=recipe.weights if weights is None else dict(weights),
            scales={**recipe.scales, **(scales or {})},
            gaps=gaps or recipe.gaps,
        )
    )


def in_all(weights: Mapping[str, float]) -> Mapping[str, float]:
    """Weights in proportion, adding up to 1. Raises `DataError` WEIGHTS if none is above 0."""
    total = math.fsum(weights.values())
    if not total > 0 or min(weights.values()) < 0 or not math.isfinite(total):
        raise DataError("权重须为非负数且不能全为 0，请先设权重", "WEIGHTS")
    return {factor: weight / total for factor, weight in weights.items()}


def scale(said: Any) -> Scale:
    """A scale as a file says it: a list of (value, points), or a table of classes and points.

    Raises `DataError` CURVE.
    """
    try:
        if isinstance(said, Mapping):
            others = said.get("others")
            points = {int(code): float(value) for code, value in said.items() if code != "others"}
            return curve.table(points, None if others is None else float(others))
        return curve.curve([tuple(point) for point in said])
    except (TypeError, ValueError) as error:
        raise DataError(f"分值设置 {said!r} 无法读取，请改为数值", "CURVE") from error


def read(folder: Path) -> Template:
    """The office's defaults; raises `DataError` with what is missing or wrong."""
    path = folder / _FILE
    try:
        said = tomllib.loads(path.read_text("utf-8"))
        return _template(said)
    except FileNotFoundError as error:
        raise DataError(f"缺少适宜性设置 {_FILE}，请重新安装", "CATALOG_MISSING") from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        message = f"适宜性设置 {_FILE} 有误（{error}），请改正"
        raise DataError(message, "CATALOG_BROKEN") from error


def _template(said: Mapping[str, Any]) -> Template:
    factors = {one["id"]: _factor(one) for one in said["factor"]}
    scales = {one["id"]: scale(one["scale"]) for one in said["factor"] if "scale" in one}
    masks = {one["id"]: _mask(one) for one in said["mask"]}
    rest = said["default"]
    recipes = [_recipe(one, scales, masks, rest) for one in said["use"]]
    unknown = sorted({factor for one in recipes for factor in one.weights} - set(factors))
    if unknown:
        raise ValueError(f"权重中的因子 {'、'.join(unknown)} 未定义")
    return Template(
        factors,
        scales,
        masks,
        {one.use: one for one in recipes},
        float(rest["high"]),
        float(rest["medium"]),
        float(rest["top_share"]),
        rest["note"],
        rest["note_en"],
    )


def _factor(said: Mapping[str, Any]) -> Factor:
    return Factor(
        said["id"],
        said["title"],
        said["title_en"],
        said["kind"],
        said.get("unit", ""),
        tuple(_layer(one) for one in said.get("layers", ())),
        said.get("image", ""),
        float(said.get("reach_m", 0)),
        said.get("note", ""),
    )


def _layer(said: Mapping[str, Any]) -> Layer:
    return Layer(said["set"], tuple(said.get("kinds", ())))


def _mask(said: Mapping[str, Any]) -> Mask:
    names = said["id"], said["title"], said["title_en"]
    return Mask(*names, _layer(said), tuple(said.get("uses", ())), said.get("note", ""))


def _recipe(
    said: Mapping[str, Any],
    scales: Mapping[str, Scale],
    masks: Mapping[str, Mask],
    rest: Mapping[str, Any],
) -> Recipe:
    own = {factor: scale(one) for factor, one in said.get("scale", {}).items()}
    code = said["code"]
    closed = tuple(mask.id for mask in masks.values() if not mask.uses or code in mask.uses)
    return checked(
        Recipe(
            code,
            said["title"],
            said["title_en"],
            {factor: float(weight) for factor, weight in said["weight"].items()},
            {**scales, **own},
            closed,
            Gaps(rest["gaps"]),
            float(rest["least_known"]),
        )
    )


def _faults(recipe: Recipe) -> Iterator[Issue]:
    for factor, weight in recipe.weights.items():
        if not (math.isfinite(weight) and 0 <= weight <= 1 + _NEAR):
            yield Issue("WEIGHT", f"{factor} 的权重 {weight:g} 不在 0–1 之间，请改正", field=factor)
        elif weight > 0 and factor not in recipe.scales:
            text = f"{factor} 有权重但还没有分值曲线，请先设曲线或把权重改为 0"
            yield Issue("NO_SCALE", text, field=factor)
    total = math.fsum(recipe.weights.values())
    if not abs(total - 1) <= _NEAR:
        yield Issue("WEIGHT_SUM", f"权重合计为 {total:.4g}，应为 1，请调整或按比例归一")
    if not 0 < recipe.least_known <= 1:
        yield Issue("KNOWN", f"最低已知比例 {recipe.least_known:g} 应在 0–1 之间，请改正")
