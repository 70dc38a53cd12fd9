"""Squares in the plane, sets made of them, and rules made to measure, for the site tests."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure, site
from geo.model import Boundaries, Grade, Source
from geo.site import rules as made
from geo.site.values import Finding

EAST, NORTH = 430_000.0, 4_143_000.0  # a corner near the zone, EPSG:4550
DAY = date(2026, 1, 1)
RULES = site.read(Path(__file__).parents[3] / "data/rules/site")


def plane(x: float, y: float, width: float, height: float | None = None) -> BaseGeometry:
    """A rectangle in EPSG:4550, metres from the corner."""
    high = width if height is None else height
    return shapely.box(EAST + x, NORTH + y, EAST + x + width, NORTH + y + high)


def square(x: float, y: float, width: float, height: float | None = None) -> BaseGeometry:
    """The same in EPSG:4490."""
    return measure.to_stored(plane(x, y, width, height))


def line(*points: tuple[float, float]) -> BaseGeometry:
    return measure.to_stored(shapely.LineString([(EAST + x, NORTH + y) for x, y in points]))


def point(x: float, y: float) -> BaseGeometry:
    return measure.to_stored(shapely.Point(EAST + x, NORTH + y))


def layer(
    name: str,
    shapes: Sequence[BaseGeometry],
    grade: Grade = Grade.OFFICIAL,
    facts: dict[str, dict[str, str]] | None = None,
    **columns: Sequence[Any],
) -> site.LayerInput:
    ids = [f"{name}-{i}" for i in range(len(shapes))]
    table = gpd.GeoDataFrame({"id": ids, "name": ids, **columns}, geometry=list(shapes), crs=4490)
    given = Boundaries(name, table, Source(f"{name} 图", grade, "CC0"), since=7)
    return site.LayerInput(given, site.prepare(given), facts or {})


def asked(shape: BaseGeometry | None = None, use: str = "1001", **more: Any) -> site.Site:
    return site.Site("S1", "甲地块", square(0, 0, 100) if shape is None else shape, use, **more)


def only(*ids: str) -> site.Rules:
    """The shipped rules of some ids."""
    chosen = tuple(rule for rule in RULES.rules if rule.id in ids)
    assert len(chosen) == len(ids)
    return made.Rules(chosen, RULES.parameters, RULES.matrices, RULES.notes)


def rule(**fields: Any) -> site.Rules:
    """One rule made to measure."""
    known = {"id": "r", "title": "规则", "title_en": "rule", "kind": "overlap", "sets": ["a"]}
    known |= {"certainty": "part", "law": "某法", "severity": "禁止", "todo": "改", "todo_en": "x"}
    one = made.Rule.model_validate(known | fields)
    return made.Rules((one,), RULES.parameters, RULES.matrices, RULES.notes)


def finding(
    rules: site.Rules, *layers: site.LayerInput, of: site.Site | None = None, **settings: Any
) -> Finding:
    report = site.check(
        of or asked(),
        {one.boundaries.name: one for one in layers},
        rules,
        DAY,
        site.Settings(**settings),
    )
    (found,) = report.findings
    return found
