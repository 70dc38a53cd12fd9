"""Paint: parts on paper as the screen draws them. The legend's samples go through here too.

How far a shape may be believed shows in how it is drawn: schematic areas have a light hatch,
their lines short dashes, their symbols are hollow; traced lines have long dashes.
"""

from collections.abc import Sequence

import numpy as np
import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from geo.model import Grade
from layers.picture.parts import Part
from layers.picture.sheet import Letters, Pen, Sheet, circle, outlines
from layers.style import DASH, HALO, SELECTION, Palette, Style

SYMBOL = 7.8  # half the size of a point symbol, px
MANY = 2_000  # points or areas of one part, beyond which letters and shared edges are left out
_SMALL_MM = 1.5  # areas narrower than this get no edge of their own
_HAIR = 0.25
CHOSEN_Z, SKETCH_Z = 62, 63


def paint(sheet: Sheet, parts: Sequence[Part]) -> None:
    """All parts; halos of a set lie under all of its lines."""
    for part in parts:
        if part.dimension == 0:
            _points(sheet, part)
        elif part.dimension == 1:
            _lines(sheet, part, part.shapes)
        else:
            _areas(sheet, part)


def pen_of_line(style: Style, ink: str, grade: Grade, *, strong: bool) -> Pen:
    """The pen of lines and edges."""
    width = max(style.width + 1, 3.0) if strong else style.width
    return Pen(ink, width, dash(style, grade))


def dash(style: Style, grade: Grade) -> tuple[float, ...]:
    """Dashes of a line by its grade, in px; wide lines get longer ones so that they stay lines."""
    text = "" if style.plain else DASH[grade]
    if text and grade is Grade.SCHEMATIC and style.double:
        text = "10 5"
    elif text and grade is Grade.SCHEMATIC and style.width >= 2.2:
        text = "7 4"
    return tuple(float(one) for one in text.split())


def pen_of_area(part: Part) -> Pen:
    """The pen of an area's inside."""
    style, ink = part.style, part.ink
    weak = part.grade is Grade.SCHEMATIC
    if part.tinted:
        return Pen(fill=ink, hatch=mixed(ink, "#FFFFFF", 0.45) if weak else "")
    if weak and 0 < style.fill < 1:
        return Pen(fill=ink, opacity=0.08, hatch=mixed(ink, "#FFFFFF", 0.45))
    opacity = 0.28 if part.strong and style.fill < 1 else style.fill
    return Pen(fill=ink if style.fill else "", opacity=opacity)


def _areas(sheet: Sheet, part: Part) -> None:
    z = part.style.order
    inside = pen_of_area(part)
    paths = outlines(part.shapes)
    if inside.fill:
        sheet.paths(paths, inside, z + 0.1)
    if part.tinted:
        sheet.paths(paths, _edge(part), z + 0.2)
    elif part.style.width:
        _lines(sheet, part, _edges(part.shapes))


def _edge(part: Part) -> Pen:
    """Around tinted areas: darker than the fill, or just closing the gap where they are small."""
    sizes = shapely.bounds(part.shapes)
    typical = float(np.median(np.minimum(sizes[:, 2] - sizes[:, 0], sizes[:, 3] - sizes[:, 1])))
    if typical < _SMALL_MM:
        return Pen(part.ink, _HAIR)
    return Pen(mixed(part.ink, "#000000", 0.35), 0.6, dash(part.style, part.grade))


def _edges(shapes: np.ndarray) -> np.ndarray:
    """Edges of areas, those that two share only once, so that dashes stay dashes."""
    edges = shapely.boundary(shapes)
    if len(shapes) > MANY:
        return np.asarray(edges)
    once = shapely.line_merge(shapely.union_all(edges))
    return np.asarray(shapely.get_parts(once))


def _lines(sheet: Sheet, part: Part, shapes: np.ndarray) -> None:
    style, z = part.style, part.style.order
    pen = pen_of_line(style, part.ink, part.grade, strong=part.strong)
    paths = outlines(shapes)
    if style.casing:
        white = Pen(HALO, pen.width + 2 * style.casing, opacity=0.9)
        sheet.paths(paths, white, z + 0.15)
    sheet.paths(paths, pen, z + 0.2)
    if style.double:
        sheet.paths(paths, Pen(HALO, pen.width - 2.6), z + 0.3)


def _points(sheet: Sheet, part: Part) -> None:
    if part.style.symbol == "dot":
        return
    z = part.style.order + 0.4
    places = shapely.get_coordinates(part.shapes)
    if len(places) > MANY:
        radius = sheet.px(2.2)
        sheet.paths([circle((x, y), radius) for x, y in places], Pen(fill=part.ink), z)
        return
    for i, (x, y) in enumerate(places):  # symbol by symbol, so that letters are never separated
        symbol(sheet, (x, y), part, z + i * 1e-4)


def symbol(sheet: Sheet, at: tuple[float, float], part: Part, z: float) -> None:
    """One point symbol: solid where the position is cited, hollow and dashed where schematic."""
    half = sheet.px(SYMBOL)
    hollow = part.grade is Grade.SCHEMATIC
    path = _shape(part.style.symbol, at, half)
    if hollow:
        sheet.paths([path], Pen(HALO, 4.0, fill=HALO), z)
        sheet.paths([path], Pen(part.ink, 1.6, (3.0, 2.0)), z + 1e-5)
    else:
        sheet.paths([path], Pen(HALO, 1.5, fill=part.ink), z)
    glyph = part.letter or part.glyph
    if glyph:
        look = Letters(9.8, part.ink if hollow else readable(part.ink), heavy=True)
        wide = sheet.wide(glyph, look)
        sheet.text((at[0] - wide / 2, at[1]), glyph, look, z + 2e-5)


def _shape(name: str, at: tuple[float, float], half: float) -> Path:
    x, y = at
    if name == "square":
        a = half * 0.92
        corners = [(x - a, y - a), (x + a, y - a), (x + a, y + a), (x - a, y + a), (x - a, y - a)]
        return Path(corners, closed=True)
    if name == "diamond":
        a = half * 1.18
        return Path([(x, y - a), (x + a, y), (x, y + a), (x - a, y), (x, y - a)], closed=True)
    return circle(at, half)


def marking(palette: Palette) -> str:
    """The colour of what is chosen: the one outside every palette, black in grey."""
    return "#000000" if palette is Palette.GREY else SELECTION


def chosen(sheet: Sheet, shapes: Sequence[BaseGeometry], palette: Palette) -> None:
    """Outline what is highlighted, in mm."""
    ink = marking(palette)
    for shape in shapes:
        paths = _outline(sheet, shape, 14.0)
        sheet.paths(paths, Pen(HALO, 7.0), CHOSEN_Z)
        sheet.paths(paths, Pen(ink, 3.0), CHOSEN_Z + 0.1)


def sketched(sheet: Sheet, shape: BaseGeometry, color: str) -> None:
    """Something drawn by hand, in mm."""
    paths = _outline(sheet, shape, 4.0)
    if shapely.get_dimensions(shape) == 2:
        sheet.paths(outlines(np.array([shape])), Pen(fill=color, opacity=0.12), SKETCH_Z)
    sheet.paths(paths, Pen(HALO, 5.0), SKETCH_Z + 0.1)
    sheet.paths(paths, Pen(color, 2.4), SKETCH_Z + 0.2)


def _outline(sheet: Sheet, shape: BaseGeometry, radius: float) -> list[Path]:
    parts = shapely.get_parts(shape)
    points = [one for one in parts if shapely.get_dimensions(one) == 0]
    others = [one for one in parts if shapely.get_dimensions(one) > 0]
    edges = [shapely.boundary(o) if shapely.get_dimensions(o) == 2 else o for o in others]
    rings = [circle((p.x, p.y), sheet.px(radius)) for p in points]
    return rings + [path for edge in edges for path in outlines(np.array([edge], dtype=object))]


def mixed(color: str, other: str, share: float) -> str:
    """A colour with a share of another."""
    pairs = zip(_rgb(color), _rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def legible(color: str) -> str:
    """A colour made as dark as text on white has to be (contrast 4.5), its hue kept."""
    while 1.05 / (_light(color) + 0.05) < 4.5:
        color = mixed(color, "#000000", 0.06)
    return color


def readable(color: str) -> str:
    """White or near black, whichever can be read on a colour."""
    return "#FFFFFF" if 1.05 / (_light(color) + 0.05) >= 4 else "#141414"


def _light(color: str) -> float:
    """Relative luminance after WCAG 2."""
    parts = [c / 255 for c in _rgb(color)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _rgb(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
