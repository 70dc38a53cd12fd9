"""The backdrop: grids of colours under the shapes, and hatches where something is not known."""

import numpy as np
from matplotlib.colors import to_rgba_array

from layers.picture.frame import Frame
from layers.picture.paper import Box
from layers.picture.sheet import Pen, Sheet, outlines
from layers.picture.values import Image, Scene
from layers.style import Palette

BLANK = Pen(hatch="#8A93A0")
_UNDER, _HATCHED = 13.0, 32.0  # as the screen has them: above the ground; below the lines


def images(sheet: Sheet, scene: Scene, frame: Frame) -> None:
    """The part of every grid that the frame shows."""
    for one in scene.images:
        cells, box = _cut(one, frame)
        if not cells.size:
            continue
        if one.outline is not None:
            (path,) = outlines(frame.placed(np.array([one.outline], dtype=object)))
            sheet.within(path)
        sheet.cells(_coloured(cells, one, scene.palette), box, _UNDER)
        sheet.clip(frame.box)


def blanks(sheet: Sheet, scene: Scene, frame: Frame) -> None:
    """A hatch over the ground that something is not known for; several share one."""
    grounds = {one.over.wkb: one.over for one in scene.blanks}
    for ground in grounds.values():
        sheet.paths(outlines(frame.placed(np.array([ground], dtype=object))), BLANK, _HATCHED)


def _cut(one: Image, frame: Frame) -> tuple[np.ndarray, Box]:
    """The cells that meet the frame, and where on paper they are."""
    box = frame.box
    left, bottom = frame.on_plane(np.array([[box.left, box.bottom]]))[0]
    right, top = frame.on_plane(np.array([[box.right, box.top]]))[0]
    rows, columns = one.cells.shape
    first, last = _span((left - one.left) / one.step, (right - one.left) / one.step, columns)
    upper, lower = _span((one.top - top) / one.step, (one.top - bottom) / one.step, rows)
    edges = [
        [one.left + first * one.step, one.top - lower * one.step],
        [one.left + last * one.step, one.top - upper * one.step],
    ]
    (west, south), (east, north) = frame.on_paper(np.array(edges))
    return one.cells[upper:lower, first:last], Box(west, south, east, north)


def _span(low: float, high: float, most: int) -> tuple[int, int]:
    """Whole cells from `low` to `high` that there are."""
    first = min(max(int(np.floor(low)), 0), most)
    return first, max(min(int(np.ceil(high)), most), first)


def _coloured(cells: np.ndarray, one: Image, palette: Palette) -> np.ndarray:
    inks = [getattr(each.ink, palette.value) for each in one.classes]
    table = np.zeros((len(inks) + 1, 4), dtype=np.uint8)
    table[1:] = np.rint(to_rgba_array(inks) * 255)
    return np.asarray(table[cells])
