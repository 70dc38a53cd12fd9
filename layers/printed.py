"""A map of a screen as a scene for paper: rows that are not hidden, colours, words around it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape

from geo.model import Boundaries
from layers import feed
from layers.picture import Blank, Class, Sketch
from layers.picture import Tint as Inks
from layers.tint import Legend
from layers.words import SECRECIES

_COARSE = (
    "公开版：坐标已概化，不能用于量算",
    "Public edition: shapes are generalised and must not be measured",
)
_UNAPPROVED = ("公开发布前须取得审图号", "To be approved (审图号) before it is published")
_NEAR = 1e-7  # degrees; a view of one point, which a fixed scale then widens
_WHOLE = 0.6  # of the zone's width: a map that shows less of it says where it lies
Extent = tuple[float, float, float, float]


def notes(*, public: bool, approval: str, english: bool) -> tuple[str, ...]:
    """What an edition has to say of itself."""
    if not public:
        return ()
    return (_COARSE[english],) if approval else (_COARSE[english], _UNAPPROVED[english])


def secrecy(level: str, *, english: bool) -> str:
    """The mark of a level; empty where there is none."""
    return SECRECIES[level] if english and level else level


def of_kinds(known: Boundaries, hidden: Sequence[str]) -> Boundaries:
    """A set without the kinds that are hidden, and without rows that have no shape."""
    kept = _drawn(known)
    if hidden:
        kept &= ~np.isin(feed.column(known.table, "kind"), list(hidden))
    return replace(known, table=known.table[kept].reset_index(drop=True))


def of_classes(
    known: Boundaries, codes: Mapping[str, int], legend: Legend, hidden: Sequence[str]
) -> tuple[Boundaries, Inks]:
    """The rows of classes that are not hidden with their colours; `codes` is by id."""
    gone = {i for i, one in enumerate(legend.classes) if one.key in hidden}
    found = np.array([codes.get(id_, -1) for id_ in known.table["id"]], dtype=int)
    kept = _drawn(known) & (found >= 0) & ~np.isin(found, list(gone))
    tint = Inks(classes(legend), found[kept], legend.title, legend.title_en, letters=legend.letters)
    return replace(known, table=known.table[kept].reset_index(drop=True)), tint


def classes(legend: Legend) -> tuple[Class, ...]:
    """Classes of a screen's legend as a picture takes them."""
    return tuple(
        Class(one.label, one.ink, one.letter, one.label_en, one.letter_en) for one in legend.classes
    )


def middle(extent: Extent) -> Extent:
    """The very middle of an extent: with a fixed scale, the view around it."""
    x, y = (extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2
    return x - _NEAR, y - _NEAR, x + _NEAR, y + _NEAR


def _drawn(known: Boundaries) -> np.ndarray:
    shapes = np.asarray(known.table.geometry.array)
    return np.asarray(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))


def sketch(geometry: Mapping[str, Any], label: str = "", color: str = "") -> Sketch:
    """A shape from GeoJSON (EPSG:4490)."""
    return Sketch(shape(geometry), label, color)


def blank(titles: tuple[str, str], ground: Boundaries) -> Blank:
    """Something that is not known anywhere on a ground."""
    return Blank(*titles, shapely.union_all(np.asarray(ground.table.geometry.array)))


def locator(ground: Boundaries | None, extent: Extent) -> Boundaries | None:
    """The ground in small, where a map shows only a piece of it."""
    if ground is None:
        return None
    west, _, east, _ = ground.table.total_bounds
    return ground if extent[2] - extent[0] < _WHOLE * (east - west) else None
