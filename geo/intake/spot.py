"""Where a fault or a change lies: shapes to look at on a map, and fields that changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.checks import between
from geo.errors import Issue
from geo.model import Boundaries

_NEAR = 0.005  # degrees: most gaps are far smaller than this window of half a kilometre


@dataclass(frozen=True, slots=True)
class Spot:
    """Shapes in EPSG:4490: as it was (or the other party), as it is, and the fault itself."""

    before: BaseGeometry | None = None
    after: BaseGeometry | None = None
    fault: BaseGeometry | None = None

    @property
    def bounds(self) -> tuple[float, ...] | None:
        """West, south, east, north of the fault, or of all; None where nothing can be shown."""
        found = [one for one in (self.fault,) if one is not None and not one.is_empty]
        found = found or [one for one in (self.before, self.after) if one is not None]
        boxes = [one.bounds for one in found if not one.is_empty]
        if not boxes:
            return None
        west, south, east, north = zip(*boxes, strict=True)
        return min(west), min(south), max(east), max(north)


def of_issue(shapes: Mapping[int, BaseGeometry | None], issue: Issue) -> Spot | None:
    """Where an issue lies; `shapes` are those of the rows of the file, by number.

    An overlap shows both rows and the ground they share, a gap the hole itself. None where the
    issue is of no place: of the whole file, or of a row without a shape.
    """
    if issue.code == "GAP":
        return Spot(fault=_hole(shapes, issue.value))
    own = shapes.get(issue.row)
    if own is None:
        return None
    if issue.code == "OVERLAP":
        other = shapes.get(int(issue.value))
        return Spot(other, own, None if other is None else shapely.intersection(own, other))
    return Spot(after=own)


def of_change(old: Boundaries | None, new: Boundaries, id_: str) -> Spot:
    """The old shape and the new one of a feature; None where it was, or is, not there."""
    return Spot(_shape(old, id_), _shape(new, id_))


def altered(old: Boundaries | None, new: Boundaries, id_: str) -> list[tuple[str, str, str]]:
    """Fields of a feature whose value is another: name, old text, new text; empty for none.

    Shapes are not compared. An absent column and an empty cell are the same.
    """
    before, after = _fields(old, id_), _fields(new, id_)
    names = list(dict.fromkeys((*after, *before)))
    pairs = [(name, before.get(name), after.get(name)) for name in names]
    return [(name, _text(one), _text(two)) for name, one, two in pairs if one != two]


def between_features(held: Boundaries) -> list[Issue]:
    """Overlaps, gaps and slivers of a set that is stored; rows count its features from 1."""
    shapes = np.asarray(held.table.geometry.values, dtype=object)
    rows = np.arange(1, len(shapes) + 1)
    found = [*between.twins(shapes, rows), *between.overlap_issues(shapes, rows)]
    if not (shapely.get_dimensions(shapes) == 2).any():
        return found
    return [*found, *between.gaps(shapes), *between.slivers(shapes, rows)]


def rows_of(held: Boundaries) -> dict[int, BaseGeometry | None]:
    """Shapes of a stored set by number of the feature, as `of_issue` takes them."""
    return dict(enumerate(held.table.geometry, 1))


def _hole(shapes: Mapping[int, BaseGeometry | None], where: str) -> BaseGeometry:
    """The hole around a place ``lon,lat``, or the place where it cannot be told any more."""
    place = shapely.Point(*map(float, where.split(",")))
    every = np.asarray(list(shapes.values()), dtype=object)
    window = shapely.box(*place.buffer(_NEAR).bounds)
    near = every[shapely.intersects(every, window)]
    for some in (near, every):
        for hole in between.holes(some)[0]:
            if shapely.intersects(hole, place) and (some is every or _inside(hole, window)):
                return hole
    return place


def _inside(hole: BaseGeometry, window: BaseGeometry) -> bool:
    """Whether shapes beyond the window cannot reach into a hole of those that meet it."""
    return bool(shapely.contains_properly(window, hole))


def _shape(held: Boundaries | None, id_: str) -> BaseGeometry | None:
    found: Sequence[Any] = [] if held is None else held.table.geometry[held.table["id"] == id_]
    return next(iter(found), None)


def _fields(held: Boundaries | None, id_: str) -> dict[str, Any]:
    if held is None:
        return {}
    rows = held.table.loc[held.table["id"] == id_].drop(columns="geometry").to_dict("records")
    return {str(name): value for row in rows for name, value in row.items() if pd.notna(value)}


def _text(value: Any) -> str:
    return "" if value is None else str(value)
