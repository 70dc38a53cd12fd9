"""The wall map: where the projects are and how they stand, as one SVG without a browser.

Every project that is drawn has one mark with the shape and letter of its colour, beside its
place; marks that would cover one another are moved apart and tied to their places by a line.
Shapes are drawn in the plane of EPSG:4550, simplified to half a pixel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.model import Boundaries
from layers import project_look
from layers.project_look import Light
from layers.style import COAST, LAND, SEA, SELECTION, ZONE_LAND

_MARK, _APART, _STEPS = 20.0, 21.0, 60
_EDGE = 16.0
_FONT = 12.5
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A project as it is drawn: shapes in EPSG:4490, the first of which bears the mark.

    The least `calm` are named first where names compete for room.
    """

    id: str
    name: str
    shapes: tuple[BaseGeometry, ...]
    light: Light
    tip: str = ""
    calm: int = 0
    chosen: bool = False
    sketch: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture's size in px and the place of the plane's metres on it."""

    width: int
    height: int
    west: float
    north: float
    scale: float

    @classmethod
    def around(cls, shapes: np.ndarray, width: int, height: int) -> "Frame":
        """A frame that shows all of some shapes."""
        west, south, east, north = shapely.total_bounds(shapes)
        room = (width - 2 * _EDGE, height - 2 * _EDGE)
        scale = min(room[0] / max(east - west, 1.0), room[1] / max(north - south, 1.0))
        left = (width / scale - (east - west)) / 2
        top = (height / scale - (north - south)) / 2
        return cls(width, height, west - left, north + top, scale)

    def px(self, xy: np.ndarray) -> np.ndarray:
        """Metres in the plane to px."""
        return np.asarray((xy - [self.west, self.north]) * [self.scale, -self.scale])


class Ground:
    """The zone under the projects: land, coast, towns; worth keeping for a version and a size."""

    def __init__(
        self, zone: Boundaries, units: Boundaries, land: Boundaries, *, size: tuple[int, int]
    ) -> None:
        shapes = {name: _planes(one) for name, one in (("z", zone), ("u", units), ("l", land))}
        self.frame = Frame.around(shapes["z"], *size)
        self.units = [(str(a), str(b or a)) for a, b in _names(units)]
        self._centres = [self._centre(one) for one in shapes["u"]]
        self.body = (
            f'<rect width="{size[0]}" height="{size[1]}" fill="{SEA}"/>'
            f'<g fill="{LAND}" stroke="{COAST}" stroke-width="0.8">{self._paths(shapes["l"])}</g>'
            f'<g fill="{ZONE_LAND}" stroke="none">{self._paths(shapes["z"])}</g>'
            f'<g fill="none" stroke="#b7ab9b" stroke-width="0.8">{self._paths(shapes["u"])}</g>'
            f'<g fill="none" stroke="#9E1B32" stroke-width="1.8">{self._paths(shapes["z"])}</g>'
        )

    def _paths(self, shapes: np.ndarray) -> str:
        return "".join(_path(one, self.frame) for one in shapes)

    def _centre(self, shape: BaseGeometry) -> tuple[float, float]:
        x, y = self.frame.px(shapely.get_coordinates(shapely.point_on_surface(shape)))[0]
        return float(x), float(y)

    def names(self, *, english: bool) -> str:
        """Names of the towns, pale and behind everything."""
        rows = zip(self._centres, self.units, strict=True)
        return "".join(
            f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" class="pm-town">'
            f"{escape(both[english])}</text>"
            for (x, y), both in rows
        )


def svg(under: Ground, places: Sequence[Place], title: str, *, english: bool = False) -> str:
    """The picture. Marks are buttons that name their project in ``data-project``."""
    frame = under.frame
    planes = {one.id: measure.to_planes(np.asarray(one.shapes, dtype=object)) for one in places}
    anchors = np.array([_anchor(planes[one.id][0], frame) for one in places]).reshape(-1, 2)
    spots = _apart(anchors, frame)
    fills = "".join(_tinted(one, planes[one.id], frame) for one in places)
    ties = "".join(
        f'<path d="M{a[0]:.1f},{a[1]:.1f} L{b[0]:.1f},{b[1]:.1f}" stroke="#3a4552"/>'
        f'<circle cx="{a[0]:.1f}" cy="{a[1]:.1f}" r="1.8" fill="#3a4552"/>'
        for a, b in zip(anchors, spots, strict=True)
        if np.hypot(*(a - b)) > _MARK / 2
    )
    marks = "".join(_mark(one, spot) for one, spot in zip(places, spots, strict=True))
    return (
        f'<svg class="pm" viewBox="0 0 {frame.width} {frame.height}" role="group" '
        f'aria-label="{escape(title, quote=True)}">{_hatches(places)}{under.body}'
        f"{under.names(english=english)}{fills}{ties}{marks}{_labels(places, spots, frame)}</svg>"
    )


def _planes(known: Boundaries) -> np.ndarray:
    return np.asarray(measure.to_planes(np.asarray(known.table.geometry.array, dtype=object)))


def _names(known: Boundaries) -> list[tuple[str, str]]:
    table = known.table
    english = table["name_en"] if "name_en" in table else table["name"]
    return list(zip(table["name"], english, strict=True))


def _path(shape: BaseGeometry, frame: Frame, more: str = "") -> str:
    steps = []
    for part in shapely.get_parts(shapely.simplify(shape, 0.5 / frame.scale)):
        area = shapely.get_type_id(part) == 3
        for ring in shapely.get_rings(part) if area else [part]:
            points = " ".join(
                f"{x:.1f},{y:.1f}" for x, y in frame.px(shapely.get_coordinates(ring))
            )
            steps.append(f"M{points}{'Z' if area else ''}")
    return f'<path d="{" ".join(steps)}"{more}/>'


def _anchor(shape: BaseGeometry, frame: Frame) -> np.ndarray:
    middle = (
        shapely.line_interpolate_point(shapely.get_geometry(shape, 0), 0.5, normalized=True)
        if shapely.get_dimensions(shape) == 1
        else shapely.point_on_surface(shape)
    )
    return np.asarray(frame.px(shapely.get_coordinates(middle))[0])


def _apart(anchors: np.ndarray, frame: Frame) -> np.ndarray:
    """Marks pushed apart until none covers another, and kept inside the picture."""
    spots = np.array(anchors, dtype=float)
    for _ in range(_STEPS):
        moved = False
        for i in range(len(spots)):
            for j in range(i):
                away = spots[i] - spots[j]
                far = float(np.hypot(*away))
                if far < _APART:
                    way = away / far if far > 0 else np.array([1.0, 0.0])
                    push = way * (_APART - far) / 2
                    spots[i], spots[j], moved = spots[i] + push, spots[j] - push, True
        if not moved:
            break
    return np.asarray(np.clip(spots, _EDGE, [frame.width - _EDGE, frame.height - _EDGE]))


def _hatches(places: Sequence[Place]) -> str:
    inks = {one.light.key: one.light.ink for one in places}
    made = "".join(
        f'<pattern id="pm-{key}" width="7" height="7" patternUnits="userSpaceOnUse">'
        f'<rect width="7" height="7" fill="{ink}" fill-opacity="0.3"/>'
        f'<path d="M-1,1 l2,-2 M0,7 l7,-7 M6,8 l2,-2" stroke="{ink}" stroke-width="1.2"/></pattern>'
        for key, ink in inks.items()
    )
    return f"<defs>{made}</defs>"


def _tinted(one: Place, planes: np.ndarray, frame: Frame) -> str:
    edge, wide = (SELECTION, 3.0) if one.chosen else ("#3a4552", 1.0)
    out = ""
    for shape in planes:
        kind = shapely.get_dimensions(shape)
        if kind == 2:
            fill = f"url(#pm-{one.light.key})" if one.sketch else one.light.ink
            look = f' fill="{fill}" fill-opacity="0.8" stroke="{edge}" stroke-width="{wide}"'
            out += _path(shape, frame, look)
        elif kind == 1:
            dash = ' stroke-dasharray="9 5"' if one.sketch else ""
            line = f' fill="none" stroke="{SELECTION if one.chosen else one.light.ink}"'
            out += _path(shape, frame, f'{line} stroke-width="3"{dash}')
    return out


def _mark(one: Place, spot: np.ndarray) -> str:
    x, y = spot - _MARK / 2
    ring = (
        f'<circle cx="11" cy="11" r="14.5" fill="none" stroke="{SELECTION}" stroke-width="3"/>'
        if one.chosen
        else ""
    )
    tip = escape(one.tip or one.name, quote=True)
    return (
        f'<g class="pm-mark" transform="translate({x:.1f},{y:.1f}) scale({_MARK / 22:.3f})" '
        f'data-project="{escape(one.id, quote=True)}" role="button" tabindex="0" '
        f'aria-pressed="{str(one.chosen).lower()}" aria-label="{tip}"><title>{tip}</title>'
        f"{ring}{project_look.mark(one.light)}</g>"
    )


def _labels(places: Sequence[Place], spots: np.ndarray, frame: Frame) -> str:
    """Names beside the marks where they fit, else ids, else nothing: the tip has both."""
    taken: list[Box] = [(x - 11, y - 11, x + 11, y + 11) for x, y in spots]
    out = ""
    rows = sorted(zip(places, spots, strict=True), key=lambda row: (not row[0].chosen, row[0].calm))
    for one, (x, y) in rows:
        for text in (one.name, one.id):
            box = _free(_wide(text), (float(x), float(y)), taken, frame)
            if box:
                taken.append(box)
                out += (
                    f'<text x="{box[0] + 2:.1f}" y="{box[3] - 4:.1f}" class="pm-name">'
                    f"{escape(text)}</text>"
                )
                break
    return out


def _wide(text: str) -> float:
    return 4 + sum(_FONT if ord(letter) > 0x2E7F else 0.58 * _FONT for letter in text)


def _free(wide: float, at: tuple[float, float], taken: Sequence[Box], frame: Frame) -> Box | None:
    """A box for a name beside a mark that covers nothing, if there is one."""
    x, y = at
    tall = _FONT + 4
    corners = [(x + 13, y - tall / 2), (x - 13 - wide, y - tall / 2)]
    corners += [(x - wide / 2, y + 12), (x - wide / 2, y - 12 - tall)]
    corners += [
        (x + 8, y + 9),
        (x + 8, y - 9 - tall),
        (x - 8 - wide, y + 9),
        (x - 8 - wide, y - 25),
    ]
    for left, top in corners:
        box = (left, top, left + wide, top + tall)
        inside = left > 2 and top > 2 and box[2] < frame.width - 2 and box[3] < frame.height - 2
        if inside and not any(_meet(box, other) for other in taken):
            return box
    return None


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
