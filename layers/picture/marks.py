"""Marks of a map: scale bar, north arrow, badges, and where on the zone it lies."""

import math
from collections.abc import Sequence

import numpy as np
import shapely

from geo.model import Boundaries
from layers.picture.frame import Frame
from layers.picture.paint import marking
from layers.picture.paper import Box
from layers.picture.sheet import INK, Letters, Pen, Sheet, outlines, rectangle
from layers.picture.words import word
from layers.style import Palette

SMALL = Letters(10.5)
_Z = 70.0
_ROUND = (1, 2, 4, 5)


def bar_metres(frame: Frame, most: float) -> int:
    """Length in m of the longest round scale bar of at most `most` mm."""
    limit = most / frame.mm
    power: float = 10.0 ** math.floor(math.log10(limit))
    return round(max(step * power for step in _ROUND if step * power <= limit))


def scale_bar(
    sheet: Sheet, frame: Frame, at: tuple[float, float], most: float, *, english: bool
) -> Box:
    """A bar of four parts whose length is true, from its lower left corner; its box."""
    metres = bar_metres(frame, most)
    part, high = metres * frame.mm / 4, sheet.px(4.5)
    x, y = at
    outline = Pen(INK, 0.7)
    for i in range(4):
        piece = Box(x + i * part, y, x + (i + 1) * part, y + high)
        sheet.box(piece, Pen(INK, 0.7, fill=INK if i % 2 == 0 else "#FFFFFF"), _Z + 0.1)
    sheet.box(Box(x, y, x + 4 * part, y + high), outline, _Z + 0.2)
    unit, size = ("km", 1000) if metres >= 1000 else ("m", 1)
    level = y + high + sheet.px(8)
    end = x
    for i in (0, 2, 4):
        text = f"{metres * i / 4 / size:g}"
        wide = sheet.wide(text, SMALL)
        said = f"{text} {word(unit, english)}" if i == 4 else text
        sheet.text((x + i * part - (0 if i == 0 else wide / 2), level), said, SMALL, _Z + 0.3)
        end = x + i * part - wide / 2 + sheet.wide(said, SMALL)
    return Box(x, y, max(end, x + 4 * part), level + sheet.px(6))


def bar_width(sheet: Sheet, frame: Frame, most: float, *, english: bool) -> float:
    """Width in mm that a scale bar takes with its figures."""
    metres = bar_metres(frame, most)
    unit, size = ("km", 1000) if metres >= 1000 else ("m", 1)
    text = f"{metres / size:g}"
    said = f"{text} {word(unit, english)}"
    return metres * frame.mm - sheet.wide(text, SMALL) / 2 + sheet.wide(said, SMALL)


def ratio(frame: Frame) -> str:
    """The scale in figures, thousands apart."""
    return f"1:{frame.scale:,}".replace(",", " ")


def north(sheet: Sheet, corner: tuple[float, float], *, english: bool) -> Box:
    """An arrow to grid north, from the upper right corner; its box."""
    wide, high = sheet.px(16), sheet.px(30)
    right, top = corner
    wordy = sheet.wide(word("grid_north", english), Letters(9.5)) / 2 + sheet.px(4)
    x, y = right - max(sheet.px(22), wordy), top - sheet.px(42)
    text = word("north", english)
    head = Letters(13, heavy=True, halo=3.0)
    left = [(x - wide / 2, y - high / 2), (x, y + high / 2), (x, y - high / 4)]
    other = [(x + wide / 2, y - high / 2), (x, y + high / 2), (x, y - high / 4)]
    for corners, fill in ((left, INK), (other, "#FFFFFF")):
        ring = shapely.Polygon(corners)
        sheet.paths(outlines(np.array([ring])), Pen("#FFFFFF", 4), _Z)
        sheet.paths(outlines(np.array([ring])), Pen(INK, 0.9, fill=fill), _Z + 0.1)
    sheet.text((x - sheet.wide(text, head) / 2, y + high / 2 + sheet.px(9)), text, head, _Z + 1)
    below = Letters(9.5, halo=3.0)
    said = word("grid_north", english)
    level = y - high / 2 - sheet.px(8)
    sheet.text((x - sheet.wide(said, below) / 2, level), said, below, _Z + 1)
    half = max(sheet.wide(said, below), wide) / 2 + sheet.px(2)
    return Box(x - half, level - sheet.px(7), x + half, top)


def badges(sheet: Sheet, corner: tuple[float, float], texts: Sequence[str], ink: str) -> list[Box]:
    """Framed words side by side from the upper left corner of the map; their boxes."""
    look = Letters(13, ink, heavy=True)
    left, top = corner
    found = []
    for text in texts:
        wide, high = sheet.wide(text, look) + sheet.px(12), sheet.px(22)
        box = Box(left, top - high, left + wide, top)
        sheet.box(box, Pen(ink, 1.2, fill="#FFFFFF"), _Z)
        sheet.text((left + sheet.px(6), top - high / 2), text, look, _Z + 1)
        found.append(box)
        left += wide + sheet.px(5)
    return found


def locator(sheet: Sheet, box: Box, known: Boundaries, frame: Frame, palette: Palette) -> None:
    """The outline of the zone in small, and on it what the map shows."""
    seen = frame.on_plane(np.array([(frame.box.left, frame.box.bottom),
                                    (frame.box.right, frame.box.top)]))  # fmt: skip
    shapes = np.asarray(known.table.geometry.array)
    away = Frame(Box(0, 0, 0, 0), frame.centre, 1000)
    planes = away.placed(shapes)
    west, south, east, north_ = shapely.total_bounds(planes)
    fit = min(box.width / (east - west), box.height / (north_ - south)) * 0.94
    middle = ((west + east) / 2, (south + north_) / 2)

    def move(xy: np.ndarray) -> np.ndarray:
        return np.asarray((xy - middle) * fit + box.middle)

    ink = marking(palette)
    sheet.clip(box)
    sheet.paths(
        outlines(np.asarray(shapely.transform(planes, move))),
        Pen("#808080", 0.8, fill="#FAFAFA"), 80,
    )  # fmt: skip
    (left, bottom), (right, top) = move(seen - np.asarray(frame.centre))
    least = sheet.px(5)
    grow_x, grow_y = max(least - (right - left), 0) / 2, max(least - (top - bottom), 0) / 2
    sheet.paths(
        [rectangle(Box(left - grow_x, bottom - grow_y, right + grow_x, top + grow_y))],
        Pen(ink, 1.8), 81,
    )  # fmt: skip
    sheet.clip(None)
