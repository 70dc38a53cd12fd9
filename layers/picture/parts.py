"""Parts: rows of a set that look the same, with their shapes in mm on paper.

What a map draws, what its legend lists and what is counted are all read from these parts, so
the three cannot disagree. Rows that do not meet the frame are in no part.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geo.errors import DataError
from geo.model import Grade
from layers import feed
from layers.picture.frame import Frame
from layers.picture.values import Layer, Scene
from layers.picture.words import word
from layers.style import Ink, Style, of

FINE_MM = 0.03  # below what a printer can show
_APART_MM = 5.0  # beyond the frame; what lies farther is cut off
_UNKNOWN = Ink("#D5D9DE", "#D5D9DE", "#E4E4E4")
_KEYS = ["rank", "label", "ink", "letter", "order", "grade", "dimension", "strong"]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Rows of one look.

    Parameters
    ----------
    shapes
        In mm on paper, all of one dimension.
    rows
        Their places in the table of the layer.
    tinted
        Coloured by a class of its own; areas are then filled whole.
    """

    layer: Layer
    style: Style
    label: str
    ink: str
    letter: str
    glyph: str
    grade: Grade
    dimension: int
    strong: bool
    tinted: bool
    shapes: np.ndarray
    rows: np.ndarray


def parts(scene: Scene, frame: Frame) -> list[Part]:
    """All parts of a scene in the order they are drawn."""
    ordered = sorted(scene.layers, key=lambda layer: style_of(layer).order)
    return [part for layer in ordered for part in _parts(layer, scene, frame)]


def style_of(layer: Layer) -> Style:
    """The style of a layer."""
    return of(layer.known.name, layer.title, layer.title_en)


def _parts(layer: Layer, scene: Scene, frame: Frame) -> Iterator[Part]:
    rows, shapes = _seen(layer, frame)
    if not len(rows):
        return
    looks = _looks(layer, scene, rows)
    looks["dimension"] = shapely.get_dimensions(shapes)
    looks["order"] = 10 * (2 - looks["dimension"]) + [Grade(one).rank for one in looks["grade"]]
    style = style_of(layer)
    for key, found in looks.groupby(_KEYS, sort=True):
        said = dict(zip(_KEYS, key, strict=True))
        at = found.index.to_numpy()
        yield Part(
            layer, style, str(said["label"]), str(said["ink"]), str(said["letter"]),
            style.glyph_en if scene.english else style.glyph,
            Grade(str(said["grade"])), int(shapely.get_dimensions(shapes[at[0]])),
            bool(said["strong"]),
            layer.tint is not None, shapes[at], rows[at],
        )  # fmt: skip


def _seen(layer: Layer, frame: Frame) -> tuple[np.ndarray, np.ndarray]:
    """Rows that meet the frame and their shapes in mm, cut off well outside and simplified."""
    table = layer.known.table
    west, south, east, north = frame.window
    shapes = np.asarray(table.geometry.array)
    edges = shapely.bounds(shapes)
    near = (edges[:, 0] <= east) & (edges[:, 2] >= west)
    near &= (edges[:, 1] <= north) & (edges[:, 3] >= south)
    rows = np.flatnonzero(near)
    placed = frame.placed(shapes[rows])
    box = frame.box
    inside = shapely.intersects(placed, shapely.box(box.left, box.bottom, box.right, box.top))
    return rows[inside], _trimmed(placed[inside], frame)


def _trimmed(shapes: np.ndarray, frame: Frame) -> np.ndarray:
    wide = frame.box.grown(_APART_MM)
    edges = shapely.bounds(shapes)
    out = shapes.copy()
    far = (edges[:, 0] < wide.left) | (edges[:, 2] > wide.right)
    far |= (edges[:, 1] < wide.bottom) | (edges[:, 3] > wide.top)
    if far.any():
        cut = shapely.clip_by_rect(shapes[far], wide.left, wide.bottom, wide.right, wide.top)
        out[far] = np.where(shapely.is_empty(cut), shapes[far], cut)
    simple = shapely.simplify(out, FINE_MM, preserve_topology=False)
    return np.where(shapely.is_empty(simple), out, simple)


def _looks(layer: Layer, scene: Scene, rows: np.ndarray) -> pd.DataFrame:
    known = layer.known
    looks = pd.DataFrame(index=range(len(rows)))
    seen = known.table.iloc[rows]
    looks["grade"] = feed.column(seen, "grade", known.source.grade.value)
    looks["letter"], looks["strong"] = "", False
    if layer.tint is not None:
        return _tinted(layer, scene, rows, looks)
    return _styled(layer, scene, rows, looks)


def _tinted(layer: Layer, scene: Scene, rows: np.ndarray, looks: pd.DataFrame) -> pd.DataFrame:
    tint = layer.tint
    if tint is None or len(tint.codes) != len(layer.known.table):
        raise DataError(
            f"图层 {layer.known.name} 的着色与要素不是一一对应，请重新生成着色", "PICTURE_TINT"
        )
    codes = np.asarray(tint.codes, dtype=int)[rows]
    inks = [getattr(one.ink, scene.palette.value) for one in tint.classes]
    labels = [one.label_en or one.label if scene.english else one.label for one in tint.classes]
    plain = getattr(_UNKNOWN, scene.palette.value)
    looks["rank"] = np.where(codes < 0, len(inks), codes)
    looks["ink"] = np.array([*inks, plain], dtype=object)[codes]
    looks["label"] = np.array([*labels, word("unknown", scene.english)], dtype=object)[codes]
    letters = [one.letter_en or one.letter if scene.english else one.letter for one in tint.classes]
    looks["letter"] = np.array([*letters, ""], dtype=object)[codes]
    return looks


def _styled(layer: Layer, scene: Scene, rows: np.ndarray, looks: pd.DataFrame) -> pd.DataFrame:
    """Colours of the set's style: its ink, that of an id, or the strong one of an accent."""
    style = style_of(layer)
    table = layer.known.table.iloc[rows]
    names = feed.column(table, "name_en" if scene.english else "name")
    kinds = feed.column(table, "kind_en" if scene.english else "kind")
    label = style.label_en if scene.english else style.label
    found = []
    for row, id_ in enumerate(table["id"].to_numpy()):
        strong = id_ in style.accent and style.accent_ink is not None
        ink = style.tint.get(id_) or (style.accent_ink if strong else None) or style.ink
        own = names[row] if id_ in style.tint else (kinds[row] if strong and style.by_kind else "")
        own = own or (names[row] if strong else label)
        own = own[:1].upper() + own[1:]
        rank = list(style.tint).index(id_) if id_ in style.tint else int(not strong)
        found.append((rank, own, getattr(ink, scene.palette.value), strong))
    columns = list(zip(*found, strict=True))
    for key, values in zip(("rank", "label", "ink", "strong"), columns, strict=True):
        looks[key] = np.array(values, dtype=object)
    return looks
