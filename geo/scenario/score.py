"""Points of every unit for every use: factors of the zone at a version, weighed as asked."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import rasters
from geo.errors import DataError
from geo.model import Boundaries, Grade
from geo.scenario.closed import Asked, at_units
from geo.scenario.definition import Use
from geo.scenario.values import Input, Land
from geo.terrain import ahp, factor, grid, recipe, suitability
from geo.terrain.ahp import Weighing
from geo.terrain.factor import IMAGE, Factor
from geo.terrain.recipe import Gaps, Recipe, Template
from geo.zone import DATA, Zone

FACTOR = "factor"
_FINEST_M, _COARSEST_M = 10.0, 100.0  # steps of the grid on which distances to parcels are taken
_MOST_CELLS = 2_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Points (n, K), NaN where too little is known, with all they rest on."""

    points: np.ndarray
    factors: Mapping[str, np.ndarray]
    recipes: Mapping[str, Recipe]
    weighings: Mapping[str, Weighing]


@cache
def template() -> Template:
    """The office's factors, curves and weights that came with the product."""
    return recipe.read(DATA / "rules")


def scored(asked: Asked) -> Scored:
    """Score every unit; raises `DataError` with what is wrong in weights, pairs or curves."""
    weighings = dict[str, Weighing]()
    recipes = {use.id: _recipe(asked, use, weighings) for use in asked.definition.uses}
    wanted = sorted({name for one in recipes.values() for name in one.counting})
    values = {name: factor_values(asked, name) for name in wanted}
    points = np.stack(
        [suitability.suitability(values, one).score for one in recipes.values()], axis=1
    )
    return Scored(points, values, recipes, weighings)


def factor_values(asked: Asked, name: str) -> np.ndarray:
    """(n,) value of a factor of the template at each unit; NaN where nobody holds the data."""
    known = template().factors[name]
    there = asked.zone.sets(asked.version)
    if known.kind == IMAGE:
        return _image(asked, known.image)
    used = tuple((one.set, there[one.set]) for one in known.layers if one.set in there)
    return _distance(asked.zone, known.id, used, asked.land)


def inputs(asked: Asked, recipes: Mapping[str, Recipe]) -> Iterator[Input]:
    """What the factors look at, held or not."""
    there, shelf = asked.zone.sets(asked.version), asked.zone.catalog
    names = {name for one in recipes.values() for name in one.counting}
    counting = [one for id_, one in template().factors.items() if id_ in names]
    for name in dict.fromkeys(one.set for known in counting for one in known.layers):
        held = asked.zone.boundaries(name, asked.version)
        titles = shelf.title(name), shelf.title(name, english=True)
        yield Input(name, *titles, there.get(name), _grade(held), role=FACTOR)
    images = {one.name: one for one in rasters.with_derived(asked.zone, asked.version)}
    for known in counting:
        if known.kind == IMAGE:
            image = images.get(known.image)
            since = image.since if image else None
            grade = image.source.grade if image else None
            yield Input(known.image, known.title, known.title_en, since, grade, role=FACTOR)


def _grade(held: Boundaries | None) -> Grade | None:
    return held.source.grade if held else None


def _image(asked: Asked, name: str) -> np.ndarray:
    if name not in {one.name for one in rasters.with_derived(asked.zone, asked.version)}:
        return np.full(len(asked.land), np.nan)
    return at_units(asked.land, rasters.grid(asked.zone, name, asked.version))


@lru_cache(maxsize=64)
def _distance(zone: Zone, name: str, used: tuple[tuple[str, int], ...], land: Land) -> np.ndarray:
    """A factor from sets, kept by what it rests on: sets with their versions, and the units."""
    sets = {set_: zone.existing(set_, since) for set_, since in used}
    known: Factor = template().factors[name]
    if land.cells is not None:
        return land.cells.values(factor.made(known, land.cells.grid, sets).raster)
    over = grid.over(_box(land), _step(land))
    return at_units(land, factor.made(known, over, sets).raster)


def _step(land: Land) -> float:
    """A quarter of the side of a middling parcel, but not so fine that the grid is huge."""
    west, south, east, north = shapely.total_bounds(land.planes)
    least = math.sqrt((east - west) * (north - south) / _MOST_CELLS)
    side = math.sqrt(float(np.median(land.areas_m2))) / 4
    return float(round(min(max(side, least, _FINEST_M), max(_COARSEST_M, least))))


def _box(land: Land) -> BaseGeometry:
    return shapely.box(*shapely.total_bounds(land.planes))


def _recipe(asked: Asked, use: Use, weighings: dict[str, Weighing]) -> Recipe:
    """The recipe of a use: the template's of its class, with what the scenario says otherwise."""
    like, known = use.like or use.code[:2], template()
    start = known.recipes.get(like)
    if start is None and (use.like or (use.weights is None and use.pairs is None)):
        told = f"用途 {use.id} 没有权重，样板中也没有 {like} 类，请写明 weights 或 pairs"
        raise DataError(told, "WEIGHTS")
    weights = _weights(use, weighings)
    _known_factors(use, weights or {})
    own = {name: recipe.scale(said) for name, said in use.scales.items()}
    base = start or Recipe(use.code, use.name, use.name, {}, known.scales)
    return recipe.checked(
        replace(
            base,
            use=use.code,
            title=use.name or base.title,
            weights=weights or base.weights,
            scales={**base.scales, **own},
            masks=(),  # what closes land is told with its reason, see `closed`
            gaps=Gaps(asked.definition.gaps),
        )
    )


def _weights(use: Use, weighings: dict[str, Weighing]) -> Mapping[str, float] | None:
    if use.pairs is not None:
        judged = {_pair(use, text): times for text, times in use.pairs.items()}
        names = list(dict.fromkeys(name for pair in judged for name in pair))
        weighings[use.id] = ahp.weighing(names, ahp.filled(names, judged))
        return weighings[use.id].weights
    return None if use.weights is None else recipe.in_all(use.weights)


def _pair(use: Use, text: str) -> tuple[str, str]:
    one, colon, other = text.partition(":")
    if not (one and colon and other):
        raise DataError(f"用途 {use.id} 的比较 {text} 应写成 a:b，请改正", "PAIRS")
    return one, other


def _known_factors(use: Use, weights: Mapping[str, float]) -> None:
    lost = sorted({*weights, *use.scales} - set(template().factors))
    if lost:
        there = "、".join(template().factors)
        told = f"用途 {use.id} 中的因子 {'、'.join(lost)} 不存在，可用：{there}"
        raise DataError(told, "FACTOR_UNKNOWN")
