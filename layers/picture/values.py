"""What a picture is asked for with: plain values, no figures and no files.

A `Scene` says what is drawn, where, on which paper and with which words. Extents are west,
south, east, north in degrees (EPSG:4490); sizes on paper are millimetres.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.model import UNSEALED, Boundaries, Seal
from layers import feed
from layers.picture.pages import A4, Page
from layers.style import Ink, Palette

Extent = tuple[float, float, float, float]


class Kind(StrEnum):
    """What kind of file a picture is; the value is also its suffix."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


class Grid(StrEnum):
    """Which net of lines lies over the map."""

    NONE = "none"
    DEGREE = "degree"  # meridians and parallels
    KM = "km"  # eastings and northings of EPSG:4550


@dataclass(frozen=True, slots=True)
class Class:
    """One class that rows are told apart by; `letter` says the same as the colour in grey."""

    label: str
    ink: Ink
    letter: str = ""
    label_en: str = ""
    letter_en: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Tint:
    """A colouring of the rows of a set.

    Parameters
    ----------
    classes
        In the order of the legend.
    codes
        Per row of the table the number of its class, -1 where none is known.
    title, title_en
        Heading in the legend.
    letters
        Write letters in colour too; in grey they are always written.
    """

    classes: tuple[Class, ...]
    codes: Sequence[int] | np.ndarray
    title: str = ""
    title_en: str = ""
    letters: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """One set to draw.

    Parameters
    ----------
    tint
        Colours by class instead of the set's own.
    title, title_en
        Legend text of a set that has no style of its own.
    labelled
        Whether names are written; None leaves it to the style.
    demo
        Generated to show how things work: the picture then says 示例.
    """

    known: Boundaries
    tint: Tint | None = None
    title: str = ""
    title_en: str = ""
    labelled: bool | None = None
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Sketch:
    """Something drawn by hand: a shape in EPSG:4490 and what is written at it."""

    shape: BaseGeometry
    label: str = ""
    color: str = ""  # #RRGGBB; empty for that of a selection


@dataclass(frozen=True, slots=True, eq=False)
class Image:
    """A grid of colours in the plane of EPSG:4550, under all shapes.

    Parameters
    ----------
    cells
        (rows, columns) numbers of classes from 1, 0 where nothing is.
    left, top, step
        Outer edges of the first cell and the side of all, in metres.
    outline
        In EPSG:4490; nothing is seen outside it. None for no such edge.
    """

    cells: np.ndarray
    left: float
    top: float
    step: float
    classes: tuple[Class, ...]
    title: str = ""
    title_en: str = ""
    outline: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """Something that nobody has brought: hatched over the ground it is unknown for (EPSG:4490)."""

    title: str
    title_en: str
    over: BaseGeometry


@dataclass(frozen=True, slots=True)
class View:
    """What part of the ground is seen.

    Parameters
    ----------
    extent
        At least this is seen; None for the zone, or what is drawn besides the ground.
    scale
        n of a fixed scale 1:n; None for the largest round one that shows the extent.
    """

    extent: Extent | None = None
    scale: int | None = None
    grid: Grid = Grid.DEGREE


@dataclass(frozen=True, slots=True)
class Caption:
    """The words around a map; what is empty is left out.

    Parameters
    ----------
    day, version, seal
        Day and number of the data shown, and what shows later whether its chain was cut.
    secrecy
        Mark at the top left, such as 公开 or 内部.
    sources
        Lines to cite; empty for the titles of the sources of the sets drawn.
    crs
        Empty for that of the map's own plane.
    maker
        制图单位.
    approval
        审图号.
    """

    title: str = ""
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    day: date | None = None
    version: int | None = None
    secrecy: str = ""
    sources: tuple[str, ...] = ()
    crs: str = ""
    maker: str = ""
    approval: str = ""
    seal: Seal = UNSEALED


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture: equal scenes give equal bytes.

    Parameters
    ----------
    layers
        Sets to draw; their order does not matter, the style table decides.
    highlights
        Set and id of features to outline.
    locator
        Outline to show in small where on it the map is.
    legend
        None for one wherever the page has room for it, which is all but insets.
    blanks
        What is not known, where.
    """

    layers: tuple[Layer, ...]
    view: View = View()
    caption: Caption = Caption()
    page: Page = A4
    palette: Palette = Palette.STANDARD
    highlights: tuple[tuple[str, str], ...] = ()
    sketches: tuple[Sketch, ...] = ()
    locator: Boundaries | None = None
    legend: bool | None = None
    english: bool = False
    images: tuple[Image, ...] = ()
    blanks: tuple[Blank, ...] = ()


def around(shapes: Sequence[BaseGeometry] | np.ndarray, margin: float = 0.15) -> Extent:
    """The extent of some shapes (EPSG:4490) with a margin as a share of its longer side.

    Points get 300 m around them. Raises `DataError` where there is no shape.
    """
    kept = [one for one in shapes if one is not None and not one.is_empty]
    if not kept:
        raise DataError("没有可以定位的图形，请先选择有界线的要素", "PICTURE_EMPTY")
    west, south, east, north = (float(v) for v in shapely.total_bounds(kept))
    wide, high = east - west, north - south
    pad = max(margin * max(wide * 0.8, high), 0.0027)
    return west - pad / 0.8, south - pad, east + pad / 0.8, north + pad


def by_kind(known: Boundaries, inks: Mapping[str, Ink], title: str = "") -> Tint:
    """Rows coloured by kind as the screen does it, commonest first (see `layers.palette`).

    The letter of a class is the code at the start of its kind, if it has one.
    """
    found = feed.classes(known)
    plain = Ink("#C9CED4", "#C9CED4", "#C9CED4")
    classes = tuple(
        Class(one["label"], inks.get(one["key"], plain), _code(one["key"]), one["label_en"])
        for one in found
    )
    order = {one["key"]: i for i, one in enumerate(found)}
    codes = np.array([order[kind] for kind in feed.column(known.table, "kind")], dtype=int)
    return Tint(classes, codes, title)


def _code(kind: str) -> str:
    return kind[: len(kind) - len(kind.lstrip("0123456789"))]


@dataclass(frozen=True, slots=True)
class FontBook:
    """Paths of our two TrueType fonts; the caller knows where they lie."""

    regular: str
    bold: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the legend as drawn: how many features in the frame look so."""

    label: str
    count: int
    set: str = ""
    grade: str = ""
    ink: str = ""
