"""Placement: names find room, greedy by rank; what finds none is not written.

No name stands on another, on a symbol or outside the frame. Free room is taken first where a
name cuts no line; names of districts and towns stay inside them.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from layers.picture.paint import MANY, SYMBOL
from layers.picture.paper import Box
from layers.picture.parts import Part
from layers.picture.sheet import Letters, Sheet

MUST = -200.0  # order of names that are written even where they cover a symbol
_Z = 66.0


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A name that would like to be written.

    Parameters
    ----------
    at
        Where, in mm.
    half
        Half the width and height in mm of the area it names, or of its symbol.
    around
        Beside `at` rather than on it: `at` is a symbol.
    inside
        May only stand in `shape`, as names of districts and towns do.
    shape
        What is seen of the area it names, in mm.
    """

    text: str
    at: tuple[float, float]
    order: float
    look: Letters
    half: tuple[float, float] = (0.0, 0.0)
    around: bool = False
    inside: bool = False
    spaced: bool = False
    shape: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A name on paper."""

    text: str
    box: Box


@dataclass(slots=True)
class Board:
    """What is taken: boxes in which no name may stand, and lines that names would rather not cut.

    `lines` is one prepared shape in mm, or None; `kept` are areas that names of districts and
    towns must leave to what matters in them.
    """

    frame: Box
    taken: list[Box] = field(default_factory=list)
    symbols: list[Box] = field(default_factory=list)
    lines: BaseGeometry | None = None
    kept: BaseGeometry | None = None

    def free(self, box: Box) -> bool:
        """Whether a box lies in the frame and meets nothing."""
        return self.bearable(box) and not any(box.meets(one) for one in self.symbols)

    def bearable(self, box: Box) -> bool:
        """Whether a box lies in the frame and meets no text or mark, though perhaps a symbol."""
        return self.frame.grown(-0.6).holds(box) and not any(box.meets(t) for t in self.taken)

    def clear(self, box: Box) -> bool:
        """Whether a box cuts none of the lines."""
        return self.lines is None or not shapely.intersects(self.lines, box.shape)

    def spare(self, box: Box) -> bool:
        """Whether the name of a district or town may stand there."""
        return self.clear(box) and (
            self.kept is None or not shapely.intersects(self.kept, box.shape)
        )


def strong_lines(parts: Iterable[Part], marked: Sequence[BaseGeometry]) -> BaseGeometry | None:
    """Lines, outlines of what is drawn strongly or marked; prepared to be asked often."""
    edges = [
        shapely.boundary(shape) if part.dimension == 2 else shape
        for part in parts
        if (part.dimension == 1 or part.style.casing >= 1) and len(part.shapes) <= MANY
        for shape in part.shapes
    ]
    edges += [shapely.boundary(s) if shapely.get_dimensions(s) == 2 else s for s in marked]
    return _prepared(edges)


def strong_areas(parts: Iterable[Part], marked: Sequence[BaseGeometry]) -> BaseGeometry | None:
    """Areas of parks and of what is marked."""
    areas = [
        shape
        for part in parts
        if part.dimension == 2 and 0 < part.style.fill < 1 and len(part.shapes) <= MANY
        for shape in part.shapes
        if not part.tinted
    ]
    return _prepared([*areas, *marked])


def _prepared(shapes: Sequence[BaseGeometry]) -> BaseGeometry | None:
    if not shapes:
        return None
    found = shapely.union_all(shapely.make_valid(np.array(shapes, dtype=object)))
    shapely.prepare(found)
    return found


def symbols(sheet: Sheet, parts: Iterable[Part]) -> list[Box]:
    """Boxes of all point symbols."""
    half = sheet.px(SYMBOL)
    return [
        Box(x - half, y - half, x + half, y + half)
        for part in parts
        if part.dimension == 0 and part.style.symbol != "dot" and len(part.shapes) <= MANY
        for x, y in shapely.get_coordinates(part.shapes)
    ]


def place(sheet: Sheet, board: Board, wanted: Sequence[Name]) -> list[Placed]:
    """Write what finds a place; a name is written once."""
    written: set[str] = set()
    out = []
    for i, name in enumerate(wanted):
        if not name.text or name.text in written:
            continue
        box = _place(sheet, board, name, _Z + i * 1e-4)
        if box is not None:
            written.add(name.text)
            out.append(Placed(name.text, box))
    return out


def _place(sheet: Sheet, board: Board, name: Name, z: float) -> Box | None:
    lines = [" ".join(name.text)] if name.spaced else folded(name.text)
    widths = [sheet.wide(line, name.look) for line in lines]
    wide, step = max(widths), sheet.px(name.look.size) * 1.15
    high = step * len(lines)
    pad = sheet.px(1.5)
    offers = [
        (dx, dy, Box(x - wide / 2 - pad, y - high / 2, x + wide / 2 + pad, y + high / 2))
        for dx, dy in _offers(sheet, name, wide, high)
        for x, y in [(name.at[0] + dx, name.at[1] + dy)]
    ]
    free = [o for o in offers if board.free(o[2]) and (not name.inside or board.spare(o[2]))]
    if not free and name.order <= MUST:
        free = [offer for offer in offers if board.bearable(offer[2])]
    if not free:
        return None
    dx, _, box = next((offer for offer in free if board.clear(offer[2])), free[0])
    board.taken.append(box)
    x, top = box.middle[0], box.top
    for i, line in enumerate(lines):
        left = x - widths[i] / 2
        if name.around and abs(dx) > wide / 2:  # beside a symbol: flush with it
            left = x - wide / 2 if dx > 0 else x + wide / 2 - widths[i]
        sheet.text((left, top - step * (i + 0.5)), line, name.look, z)
    return box


def _offers(sheet: Sheet, name: Name, wide: float, high: float) -> Iterator[tuple[float, float]]:
    """Where a name may go, best first, as moves of its middle in mm."""
    half_wide, half_high = name.half
    if name.around:
        gap = sheet.px(3.5)
        side, up = half_wide + wide / 2 + gap, half_high + high / 2 + gap / 2
        lift = half_high + high / 4
        yield from ((side, 0), (-side, 0), (0, -up), (0, up))
        yield from ((side, lift), (side, -lift), (-side, lift), (-side, -lift))
        return
    if name.shape is None:
        yield from ((0.0, 0.0), (0.0, high), (0.0, -high))
        return
    yield from _within(name, name.shape, wide, high)
    if not name.inside and 2 * half_wide < sheet.px(400):
        side, up = half_wide + wide / 2 + sheet.px(4), half_high + high / 2 + sheet.px(3)
        yield from ((side, 0), (-side, 0), (0, up), (0, -up))
        yield from ((side, up), (-side, up), (side, -up), (-side, -up))


def _within(
    name: Name, shape: BaseGeometry, wide: float, high: float
) -> Iterator[tuple[float, float]]:
    """Moves that keep a name in its area, nearest to its middle first; whole before in part."""
    (x, y), (half_wide, half_high) = name.at, name.half
    west, south, east, north = shapely.bounds(shape)
    across = np.linspace(west + wide / 2, east - wide / 2, 9) if wide < 2 * half_wide else [x]
    along = np.linspace(south + high / 2, north - high / 2, 9) if high < 2 * half_high else [y]
    spots = np.array([(x, y), *((a, b) for a in across for b in along)])
    spots = spots[np.argsort(np.hypot(*(spots - (x, y)).T), kind="stable")]
    boxes = shapely.box(
        spots[:, 0] - wide / 2,
        spots[:, 1] - high / 2,
        spots[:, 0] + wide / 2,
        spots[:, 1] + high / 2,
    )
    shapely.prepare(shape)
    whole = shapely.contains(shape, boxes)
    part = shapely.contains_xy(shape, spots[:, 0], spots[:, 1]) & ~whole
    for found in (whole, part):
        yield from ((float(a - x), float(b - y)) for a, b in spots[found])


def folded(text: str) -> list[str]:
    """A long name on two lines: Chinese after the middle, others at the space nearest to it."""
    chinese = any(ord(character) >= 0x3400 for character in text)
    if len(text) <= (8 if chinese else 20):
        return [text]
    bracket = text.find("（")
    middle = bracket if bracket > 3 else math.ceil(len(text) / 2)
    if chinese:
        return [text[:middle], text[middle:]]
    spaces = [i for i, character in enumerate(text) if character == " "]
    if not spaces:
        return [text]
    at = min(spaces, key=lambda i: abs(i - middle))
    return [text[:at], text[at + 1 :]]
