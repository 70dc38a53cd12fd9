"""Where projects are, as points: derived from what is drawn of them, never drawn by hand."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import boundaries, edition, measure
from geo.model import STORED_CRS, Boundaries, Grade, Source, worst
from geo.projects import Project, Rules

NAME = "works"
_CM = 1e-7  # of a degree: the same place is the same point on every machine
_SOURCE = ("由项目库与图层推得", "随所依据的图层")

Place = tuple[Project, Sequence[tuple[BaseGeometry, Grade]]]


def points(places: Sequence[Place], rules: Rules, *, coarse: bool) -> Boundaries | None:
    """One point per project, EPSG:4490; `coarse` puts them on the grid of the public edition."""
    if not places:
        return None
    grades = [worst([grade for _, grade in shapes]) for _, shapes in places]
    grid = 10.0**-edition.DIGITS if coarse else _CM
    found = [_point([shape for shape, _ in shapes]) for _, shapes in places]
    kinds = [rules.kinds.get(one.kind) for one, _ in places]
    columns = {
        "id": [one.id for one, _ in places],
        "name": [one.name for one, _ in places],
        "name_en": [str(one.fields.get("name_en", "")) for one, _ in places],
        "kind": [kind.name if kind else "" for kind in kinds],
        "kind_en": [kind.name_en if kind else "" for kind in kinds],
        "grade": [grade.value for grade in grades],
    }
    shapes = shapely.set_precision(np.array(found, dtype=object), grid)
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs=STORED_CRS)
    return boundaries.make(NAME, table, Source(_SOURCE[0], worst(grades), _SOURCE[1]))


def _point(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """A point on the largest area, else half way along the longest line, else the first point."""
    planes = measure.to_planes(np.array(shapes, dtype=object))
    parts = shapely.get_parts(planes)
    kinds = shapely.get_dimensions(parts)
    best = parts[kinds == kinds.max()]
    sizes = {2: measure.plane_areas, 1: measure.plane_lengths}.get(int(kinds.max()))
    one = best[int(np.argmax(sizes(best)))] if sizes else best[0]
    if shapely.get_dimensions(one) == 1:
        return measure.to_stored(shapely.line_interpolate_point(one, 0.5, normalized=True))
    return measure.to_stored(shapely.point_on_surface(one))
