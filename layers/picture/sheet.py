"""The sheet: a matplotlib figure addressed in millimetres from its lower left corner.

Only the object interface of matplotlib is used, never pyplot. One px of the style table is
`Page.px` millimetres here, so lines and letters keep their proportions on every paper.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.image import BboxImage
from matplotlib.path import Path
from matplotlib.patheffects import Stroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox, TransformedBbox

from layers.picture import typeset
from layers.picture.pages import Page
from layers.picture.paper import Box
from layers.picture.values import FontBook

MM_PER_INCH = 25.4
MM_PER_POINT = MM_PER_INCH / 72
INK = "#222222"
SOFT = "#5A5A5A"
_BUNDLE = 400


@dataclass(frozen=True, slots=True)
class Pen:
    """How something is stroked and filled; widths in px, colours as #RRGGBB or empty."""

    line: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()
    fill: str = ""
    opacity: float = 1.0
    hatch: str = ""  # colour of the hatch
    over: int = 0  # how much above the layer's order


@dataclass(frozen=True, slots=True)
class Letters:
    """How text is set; `size` in px."""

    size: float
    color: str = INK
    heavy: bool = False
    halo: float = 0.0
    turned: float = 0.0


class Sheet:
    """One page being drawn."""

    def __init__(self, page: Page, fonts: FontBook) -> None:
        self.page = page
        self.fonts = fonts
        self.figure = Figure(figsize=(page.width / MM_PER_INCH, page.height / MM_PER_INCH))
        self.figure.patch.set_facecolor("#FFFFFF")
        self._mm = Affine2D().scale(1 / MM_PER_INCH) + self.figure.dpi_scale_trans
        self._window: Path | None = None

    def px(self, number: float) -> float:
        """Px of the style table in mm."""
        return number * self.page.px

    def points(self, number: float) -> float:
        """Px of the style table in typographic points."""
        return self.px(number) / MM_PER_POINT

    def clip(self, box: Box | None) -> None:
        """Let nothing that follows be seen outside a box."""
        self._window = None if box is None else rectangle(box)

    def within(self, path: Path) -> None:
        """Let nothing that follows be seen outside a path in mm."""
        self._window = path

    def paths(self, paths: Sequence[Path], pen: Pen, order: float) -> None:
        """Paths in mm with one pen."""
        dash = (0, tuple(self.points(one) for one in pen.dash)) if pen.dash else "solid"
        self._add(
            PathCollection(
                _bundled(paths),
                facecolors=[(pen.fill, pen.opacity)] if pen.fill else "none",
                edgecolors=[pen.line] if pen.line and pen.width else "none",
                linewidths=[self.points(pen.width) if pen.line else 0],
                linestyles=[dash],
                capstyle="butt",
                joinstyle="round",
                hatch="///" if pen.hatch else None,
                hatchcolors=[pen.hatch or "#000000"],
            ),
            order,
        )

    def box(self, box: Box, pen: Pen, order: float) -> None:
        """A rectangle."""
        self.paths([rectangle(box)], pen, order)

    def line(self, points: Sequence[tuple[float, float]] | np.ndarray, pen: Pen, z: float) -> None:
        """An open line through points in mm."""
        self.paths([Path(np.asarray(points))], pen, z)

    def cells(self, colours: np.ndarray, box: Box, order: float) -> None:
        """A grid of colours (rows, columns, 4 bytes) that fills a box, each cell with its edges."""
        corners = Bbox([[box.left, box.bottom], [box.right, box.top]])
        image = BboxImage(TransformedBbox(corners, self._mm), interpolation="nearest")
        image.set_data(colours)
        self._add(image, order)

    def text(self, at: tuple[float, float], text: str, letters: Letters, order: float) -> Box:
        """One line from its left end; `at` is half way up a Chinese character. Its box."""
        found, shown = typeset.chosen(self.fonts, text, heavy=letters.heavy)
        size = self.px(letters.size)
        wide = typeset.width(self.fonts, text, heavy=letters.heavy) * size
        x, y = at
        if letters.turned:  # up the page: the base line stands right of the middle
            origin, area = (x + typeset.CENTRE * size, y), (x - size / 2, y, x + size / 2, y + wide)
        else:
            origin, area = (x, y - typeset.CENTRE * size), (x, y - size / 2, x + wide, y + size / 2)
        for halo in (True, False) if letters.halo else (False,):
            artist = Text(
                *origin,
                shown,
                color=letters.color,
                fontproperties=typeset.properties(found, self.points(letters.size)),
                parse_math=False,
                rotation=letters.turned,
                rotation_mode="anchor",
                va="baseline",
                ha="left",
            )
            if halo:
                white = Stroke(linewidth=self.points(letters.halo), foreground="#FFFFFF")
                artist.set_path_effects([white])
            self._add(artist, order - 0.5 if halo else order)
        return Box(*area)

    def wide(self, text: str, letters: Letters) -> float:
        """Width of a text in mm."""
        return typeset.width(self.fonts, text, heavy=letters.heavy) * self.px(letters.size)

    def lines(self, text: str, letters: Letters, most: float) -> list[str]:
        """Lines of a text that are at most `most` mm wide."""
        em = max(most / self.px(letters.size), 2.0)
        return typeset.wrapped(self.fonts, text, em, heavy=letters.heavy)

    def step(self, letters: Letters) -> float:
        """From one line to the next in mm."""
        return typeset.LINE * self.px(letters.size)

    def _add(self, artist: Artist, order: float) -> None:
        artist.set_transform(self._mm)
        artist.set_zorder(order)
        self.figure.add_artist(artist, clip=False)
        if self._window is not None:
            artist.set_clip_path(self._window, self._mm)


def _bundled(paths: Sequence[Path]) -> list[Path]:
    """Many paths as few: files get smaller and are written ten times faster."""
    if len(paths) <= _BUNDLE:
        return list(paths)
    starts = range(0, len(paths), _BUNDLE)
    return [Path.make_compound_path(*paths[i : i + _BUNDLE]) for i in starts]


def rectangle(box: Box) -> Path:
    """A box as a closed path."""
    corners = [
        (box.left, box.bottom), (box.right, box.bottom), (box.right, box.top),
        (box.left, box.top), (box.left, box.bottom),
    ]  # fmt: skip
    return Path(corners, closed=True)


def circle(at: tuple[float, float], radius: float) -> Path:
    """A circle as a path."""
    return Path.circle(at, radius)


def outlines(shapes: np.ndarray) -> list[Path]:
    """Areas or lines in mm, each as one path; holes run against their shells."""
    if not len(shapes):
        return []
    areas = shapely.get_dimensions(shapes[0]) == 2
    turned = shapely.orient_polygons(shapes) if areas else shapes
    _, corners, offsets = shapely.to_ragged_array(turned)
    codes = np.full(len(corners), Path.LINETO, dtype=Path.code_type)
    codes[offsets[0][:-1]] = Path.MOVETO
    if areas:
        codes[offsets[0][1:] - 1] = Path.CLOSEPOLY
    ends = offsets[0]
    for further in offsets[1:]:
        ends = ends[further]
    return [Path(corners[a:b], codes[a:b]) for a, b in itertools.pairwise(ends)]
