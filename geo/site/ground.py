"""Rules about the ground and the outline: slope, size and compactness. Thresholds are the office's.

Slope comes as a grid in degrees in EPSG:4550; a cell counts where its centre lies in the site.
"""

import math

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.model import Raster
from geo.site.asked import Grid
from geo.site.outcome import Batch, Outcome, Said
from geo.site.overlay import areas_only, intersect
from geo.site.rules import Rule
from geo.site.values import Answer


def slope(rule: Rule, grid: Grid, batch: Batch) -> list[Outcome]:
    """Whether sites have ground steeper than the office's threshold."""
    return [_slope_of(rule, grid, batch, plane) for plane in batch.planes]


def _slope_of(rule: Rule, grid: Grid, batch: Batch, plane: BaseGeometry) -> Outcome:
    values, cells = _cells(grid.raster, plane)
    known = np.isfinite(values)
    if not known.any():
        return Outcome(Answer.NO_DATA, said=(("GAPS", {"pct": 100}),), grade=grid.source.grade)
    told = {"mean": f"{values[known].mean():.1f}", "max": f"{values[known].max():.1f}"}
    said: list[Said] = [("SLOPE", told)]
    if not known.all():
        said.append(("GAPS", {"pct": f"{100 * (~known).mean():.0f}"}))
    limit = batch.settings.parameters.get(rule.parameter)
    if limit is None:
        return Outcome(Answer.NO_DATA, said=(*said, unset(rule, batch)), grade=grid.source.grade)
    steep = known & (values > limit)
    answer = Answer.CLEAR if known.all() else Answer.NO_DATA
    land: tuple[BaseGeometry, ...] = ()
    if steep.any():
        both = np.array([plane]), np.array([shapely.union_all(cells[steep])])
        land, answer = (areas_only(intersect(*both))[0],), Answer.HIT
    return Outcome(answer, said=tuple(said), land=land, grade=grid.source.grade)


def _cells(raster: Raster, plane: BaseGeometry) -> tuple[np.ndarray, np.ndarray]:
    """Values of cells whose centres lie in a shape, and the cells as squares; EPSG:4550.

    A shape that holds no centre takes the cell under a point inside it; one that reaches
    over the grid's edge finds gaps there.
    """
    west, south, east, north = shapely.bounds(plane)
    step = raster.step
    first, last = (math.floor((x - raster.left) / step) for x in (west, east))
    top, low = (math.floor((raster.top - y) / step) for y in (north, south))
    column, row = np.meshgrid(np.arange(first, last + 1), np.arange(top, low + 1))
    x, y = raster.left + (column + 0.5) * step, raster.top - (row + 0.5) * step
    inside = shapely.contains_xy(plane, x, y)
    if not inside.any():
        point = plane.representative_point()
        inside = (abs(x - point.x) <= step / 2) & (abs(y - point.y) <= step / 2)
    rows, columns = row[inside], column[inside]
    height, width = raster.values.shape
    held = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    values = np.full(len(rows), np.nan)
    values[held] = raster.values[rows[held], columns[held]]
    half = step / 2
    x, y = x[inside], y[inside]
    return values, shapely.box(x - half, y - half, x + half, y + half)


def outline(rule: Rule, batch: Batch) -> list[Outcome]:
    """Whether sites are smaller or less compact than the office asks."""
    limit = batch.settings.parameters.get(rule.parameter)
    if limit is None:
        return [Outcome(Answer.NO_DATA, said=(unset(rule, batch),))] * len(batch.sites)
    found = batch.areas_m2 if rule.measure == "area_m2" else compactness(batch.planes)
    short = found < limit
    return [Outcome(Answer.HIT if one else Answer.CLEAR) for one in short]


def compactness(planes: np.ndarray) -> np.ndarray:
    """4πA/P² of areas in EPSG:4550: 1 for a circle, π/4 for a square, towards 0 when ragged."""
    areas, widths = measure.plane_areas(planes), measure.plane_widths(planes)
    edges = 2 * areas / widths
    return np.asarray(4 * math.pi * areas / edges**2)


def unset(rule: Rule, batch: Batch) -> Said:
    """The remark that a parameter of the office is blank."""
    title = batch.rules.parameters[rule.parameter]
    return "NO_SETTING", {"title": title.title, "title_en": title.title_en}
