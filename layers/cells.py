"""Units that are no stored set, as the browser draws them: told once by address, then coloured.

Cells of a grid go out as the runs of places that are cells, corners of the grid on a coarse net
(within it they are found by halving), and the outline they are cut at; areas as their rings.
A colouring is one byte per unit, in the order of the units, as for any other set.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.model import Grade
from layers import feed

NAME = "cells"
EVERY = 8  # cells from one corner of the net to the next: off by less than 1 cm at 100 m cells
_FINE = 1e7  # corners of the net per degree, about 1 cm
COARSE = 1e6  # corners of areas per degree, about 0.1 m


@dataclass(frozen=True, slots=True)
class Net:
    """A grid in EPSG:4550: outer edges `left`, `top` of its first cell, and the side in metres."""

    left: float
    top: float
    step: float
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Units:
    """Units of a map by address.

    Parameters
    ----------
    address
        Where their places are, relative to the app.
    since
        Number made of their places: other places, another number.
    label, label_en
        What one of them is called.
    """

    address: str
    since: int
    count: int
    grade: Grade
    label: str
    label_en: str


def grid(net: Net, index: np.ndarray, outline: BaseGeometry) -> bytes:
    """Cells of a grid, gzipped JSON; `index` (n,) rises, `outline` is in EPSG:4490."""
    across, down = _lines(net.columns), _lines(net.rows)
    x = net.left + net.step * np.array(across, dtype=float)
    y = net.top - net.step * np.array(down, dtype=float)
    corners = measure.to_storeds(shapely.points(np.tile(x, len(y)), np.repeat(y, len(x))))
    breaks = np.flatnonzero(np.diff(index, prepend=-2) != 1)
    lengths = np.diff(breaks, append=len(index))
    told = {
        "kind": "grid",
        "left": net.left,
        "top": net.top,
        "step": net.step,
        "rows": net.rows,
        "columns": net.columns,
        "runs": np.stack([index[breaks], lengths], axis=1).ravel().tolist(),
        "across": across,
        "down": down,
        "corners": _whole(shapely.get_coordinates(corners), _FINE).ravel().tolist(),
        "outline": [_rings(part, COARSE) for part in shapely.get_parts(outline)],
    }
    return feed.packed(told)


def areas(planes: np.ndarray, ids: Sequence[str]) -> bytes:
    """Areas in EPSG:4550 with their ids, gzipped JSON."""
    stored = measure.to_storeds(planes)
    told = {
        "kind": "areas",
        "ids": list(ids),
        "areas": [[_rings(part, COARSE) for part in shapely.get_parts(one)] for one in stored],
    }
    return feed.packed(told)


def told(units: Units, *, english: bool) -> dict[str, Any]:
    """Units as one more set of the map."""
    return {
        "name": NAME,
        "label": units.label_en if english else units.label,
        "group": "land",
        "since": units.since,
        "draw": "cells",
        "url": units.address,
        "count": units.count,
        "grade": units.grade.value,
        "geometry": "Polygon",
        "by_kind": False,
        "by_use": False,
        "classes": [],
    }


def _lines(cells: int) -> list[int]:
    """Lines of the grid that the net has: every eighth, and the last."""
    return sorted({*range(0, cells, EVERY), cells})


def _rings(area: BaseGeometry, per_degree: float) -> list[list[int]]:
    """Rings of one polygon, the outer first, each as a corner and the steps to the next ones."""
    out = []
    for ring in shapely.get_rings(shapely.orient_polygons(area)):
        corners = _whole(shapely.get_coordinates(ring), per_degree)[:-1]
        out.append(np.diff(corners, axis=0, prepend=np.zeros((1, 2), np.int64)).ravel().tolist())
    return out


def _whole(corners: np.ndarray, per_degree: float) -> np.ndarray:
    return np.rint(corners * per_degree).astype(np.int64)
