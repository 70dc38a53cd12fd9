"""Names that would like to be written: which, how large, in which order.

The same rules as on the screen: which ranks are written from which scale on, what goes first.
"""

import math
from collections.abc import Iterable, Iterator

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers import feed
from layers.picture.frame import Frame
from layers.picture.paint import MANY, SYMBOL, legible, marking
from layers.picture.paper import Box
from layers.picture.parts import Part
from layers.picture.placement import Name
from layers.picture.sheet import INK, Letters
from layers.picture.values import Scene
from layers.style import Palette

SIZE = {"place": (0, 13, 12.5, 12, 11.5, 11.5), "other": (0, 15, 13.5, 12.5, 12, 11.5)}  # px
FROM_ZOOM = {"place": (0, 10.5, 11.2, 12.6, 14, 15), "other": (0, 0, 0, 10.5, 11, 12.5)}
_WEB_M_AT_EQUATOR, _COS, _SCREEN_MM = 156543.034, 0.7944, 0.2646  # of a px at zoom 0, 37.4 N
_INKS = {
    "district": ("#857043", "#5E5E5E"),
    "unit": ("#6F6455", "#4F4F4F"),
    "place": ("#66707A", "#6A6A6A"),
}
_RANK = 3  # of a name whose set does not rank


def zoom(frame: Frame) -> float:
    """The zoom of the screen map at which things are as large as on this paper."""
    return math.log2(_WEB_M_AT_EQUATOR * _COS / (frame.scale * _SCREEN_MM / 1000))


def names(scene: Scene, frame: Frame, parts: Iterable[Part]) -> list[Name]:
    """Every name that the scale has room for, the most important first."""
    found = [name for part in parts for name in _of_part(scene, frame, part)]
    found += list(_of_sketches(scene, frame))
    return sorted(found, key=lambda name: (name.order, name.text, name.at))


def _of_part(scene: Scene, frame: Frame, part: Part) -> Iterator[Name]:
    style, layer = part.style, part.layer
    wanted = style.labelled if layer.labelled is None else layer.labelled
    set_ = layer.known.name
    marked = {id_ for name, id_ in scene.highlights if name == set_}
    ids = layer.known.table["id"].to_numpy()
    if not wanted or (style.plain and not part.strong):
        rows = [i for i, row in enumerate(part.rows) if ids[row] in marked]
    else:
        rows = list(range(len(part.rows)))
    if not 0 < len(rows) <= MANY:
        return
    table = layer.known.table.iloc[part.rows[rows]]
    plain = feed.column(table, "name")
    texts = feed.column(table, "name_en") if scene.english else plain
    ranks = feed.column(table, "rank", str(_RANK))
    for k, i in enumerate(rows):
        own = ids[part.rows[i]] in marked
        rank = 1 if part.strong or own else min(max(int(float(ranks[k])), 1), 5)
        if zoom(frame) >= FROM_ZOOM["place" if set_ == "place" else "other"][rank]:
            yield _named(scene, frame, part, i, (texts[k] or plain[k], rank, own))


def _named(scene: Scene, frame: Frame, part: Part, i: int, said: tuple[str, int, bool]) -> Name:
    text, rank, marked = said
    style, set_ = part.style, part.layer.known.name
    base = {"place": 50, "district": 12, "unit": 14}.get(set_, 0)
    order = base + rank * 4 + style.order / 100 - (20 if part.strong else 0)
    order -= 300 if marked else 0
    at, half, shape = anchor(part.shapes[i], frame.box)
    if part.dimension == 0 and style.symbol != "dot":
        half = (SYMBOL * scene.page.px, SYMBOL * scene.page.px)
    size = SIZE["place" if set_ == "place" else "other"][rank]
    heavy = rank <= 2 and set_ != "place"
    return Name(
        text, at, order, Letters(size, _color(scene.palette, part), heavy, halo=3.0), half,
        around=part.dimension == 0 and style.symbol != "dot",
        spaced=set_ == "district" and not scene.english, inside=set_ in ("district", "unit"),
        shape=shape,
    )  # fmt: skip


def _of_sketches(scene: Scene, frame: Frame) -> Iterator[Name]:
    shapes = frame.placed(np.array([one.shape for one in scene.sketches], dtype=object))
    for one, shape in zip(scene.sketches, shapes, strict=True):
        window = shapely.box(frame.box.left, frame.box.bottom, frame.box.right, frame.box.top)
        if not one.label or not shapely.intersects(shape, window):
            continue
        at, half, seen = anchor(shape, frame.box)
        dot = shapely.get_dimensions(shape) == 0
        ink = one.color or marking(scene.palette)
        look = Letters(13, ink, heavy=True, halo=3.0)
        yield Name(one.label, at, -400, look, (1.0, 1.0) if dot else half, around=dot, shape=seen)


def anchor(
    shape: BaseGeometry, box: Box
) -> tuple[tuple[float, float], tuple[float, float], BaseGeometry | None]:
    """Where the name of a shape goes, half the size of what is seen of it, and that if areal."""
    seen = shapely.clip_by_rect(shape, box.left, box.bottom, box.right, box.top)
    seen = shape if seen.is_empty else seen
    dimension = shapely.get_dimensions(seen)
    if dimension == 0:
        point = shapely.get_parts(seen)[0]
        return (float(point.x), float(point.y)), (0.0, 0.0), None
    parts = shapely.get_parts(seen)
    if dimension == 1:
        longest = max(parts, key=_span)
        middle = shapely.line_interpolate_point(longest, 0.5, normalized=True)
        return (float(middle.x), float(middle.y)), (0.0, 0.0), None
    widest = max(parts, key=_span)
    middle = shapely.centroid(widest)
    if not shapely.contains(widest, middle):
        middle = shapely.point_on_surface(widest)
    west, south, east, north = shapely.bounds(widest)
    half = (float(east - west) / 2, float(north - south) / 2)
    return (float(middle.x), float(middle.y)), half, widest


def _span(shape: BaseGeometry) -> float:
    """The diagonal of a shape's box: enough to choose its main part by."""
    west, south, east, north = shapely.bounds(shape)
    return math.hypot(east - west, north - south)


def _color(palette: Palette, part: Part) -> str:
    own = _INKS.get(part.layer.known.name)
    if own is not None:
        return own[palette is Palette.GREY]
    return INK if part.tinted else legible(part.ink)
