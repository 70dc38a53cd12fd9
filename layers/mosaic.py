"""Grids of colours for paper: rasters, and units of a scenario as a browser is told them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.model import Raster
from layers import cells, printed, shade
from layers.picture import Class, Image
from layers.shade import Band
from layers.tint import Legend


def of_raster(
    raster: Raster,
    bands: Sequence[Band],
    titles: tuple[str, str],
    hidden: Sequence[str] = (),
    *,
    circle: bool = False,
) -> Image:
    """A raster in the colours of its legend, without the bands that are hidden."""
    found = shade.numbers(raster.values, bands, circle=circle)
    gone = [i for i, one in enumerate(bands, 1) if one.key in hidden]
    found[np.isin(found, gone)] = 0
    classes = tuple(Class(one.label, one.ink, "", one.label_en) for one in bands)
    return Image(found, raster.left, raster.top, raster.step, classes, *titles)


def is_grid(body: bytes) -> bool:
    """Whether units, as JSON, are cells of a grid and not areas."""
    return bool(json.loads(body)["kind"] == "grid")


def of_cells(body: bytes, codes: np.ndarray, legend: Legend, hidden: Sequence[str] = ()) -> Image:
    """Cells of a grid in the colours of their classes; `codes` has 255 for those not drawn."""
    told = json.loads(body)
    runs = np.array(told["runs"], dtype=np.int64).reshape(-1, 2)
    starts = np.repeat(runs[:, 0] - np.cumsum(runs[:, 1]) + runs[:, 1], runs[:, 1])
    index = starts + np.arange(len(starts))
    gone = [i for i, one in enumerate(legend.classes) if one.key in hidden]
    shown = np.where((codes == 255) | np.isin(codes, gone), 0, codes.astype(np.int64) + 1)
    found = np.zeros(told["rows"] * told["columns"], dtype=np.uint8)
    found[index] = shown
    return Image(
        found.reshape(told["rows"], told["columns"]),
        *(told["left"], told["top"], told["step"]),
        *(printed.classes(legend), legend.title, legend.title_en),
        shapely.multipolygons([_area(part, cells.COARSE) for part in told["outline"]]),
    )


def of_areas(body: bytes) -> Mapping[str, BaseGeometry]:
    """Areas of a scenario by id, in EPSG:4490."""
    told = json.loads(body)
    shapes = (
        shapely.multipolygons([_area(part, cells.COARSE) for part in one]) for one in told["areas"]
    )
    return dict(zip(told["ids"], shapes, strict=True))


def _area(rings: Sequence[Sequence[Any]], per_degree: float) -> BaseGeometry:
    """One polygon from its rings, each a corner and the steps to the next ones."""
    lines = [np.cumsum(np.reshape(one, (-1, 2)), axis=0) / per_degree for one in rings]
    return shapely.Polygon(lines[0], lines[1:])
