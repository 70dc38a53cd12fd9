"""Maps as pictures without a browser: PNG, SVG and PDF, true to scale, same bytes each run.

``draw(scene, fonts, Kind.PDF)`` gives the bytes of a file, ``book(scenes, fonts)`` a PDF of many
pages. Everything is drawn in the plane of EPSG:4550 with the colours of `layers.style`.
matplotlib is used by its object interface and one at a time, because its settings are global.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from geo.model import Boundaries
from layers.picture.atlas import Leaf, figures
from layers.picture.compose import Composition, composed
from layers.picture.pages import A3, A3_TALL, A4, A4_TALL, PAGES, WIDE, Layout, Page, inset
from layers.picture.sheet import Sheet
from layers.picture.values import (
    Blank,
    Caption,
    Class,
    Entry,
    Extent,
    FontBook,
    Grid,
    Image,
    Kind,
    Layer,
    Scene,
    Sketch,
    Tint,
    View,
    around,
    by_kind,
)

DPI = 200
_SETTINGS: Any = {
    "pdf.fonttype": 42,  # whole TrueType outlines, so that text can be found and copied
    "svg.fonttype": "path",  # a reader of the file need not have our fonts
    "svg.hashsalt": "zone",
    "text.hinting": "none",  # else widths depend on the dots per inch
    "hatch.linewidth": 0.45,
    "lines.scale_dashes": False,
    "path.simplify": False,
    "figure.dpi": 100,
}
_NO_DATES: dict[Kind, dict[str, str | None]] = {
    Kind.PNG: {"Software": None},
    Kind.SVG: {"Date": None, "Creator": None, "Format": None, "Type": None},
    Kind.PDF: {"CreationDate": None, "Creator": None, "Producer": None},
}
_XML = b'<?xml version="1.0" encoding="utf-8"?>\n'
_ONE_AT_A_TIME = Lock()


def draw(scene: Scene, fonts: FontBook, kind: Kind = Kind.PNG, dpi: int = DPI) -> bytes:
    """A scene as a file; `dpi` is for PNG.

    Raises `DataError` where the scene cannot be drawn as asked (codes PICTURE_…) and
    `SettingError` FONT_MISSING.
    """
    with _alone():
        return _saved(composed(scene, fonts).figure, kind, dpi)


def saved(sheet: Sheet, kind: Kind = Kind.PNG, dpi: int = DPI) -> bytes:
    """A sheet that something else than a map was drawn on, as a file; see `draw`."""
    with _alone():
        return _saved(sheet.figure, kind, dpi)


def _saved(figure: Figure, kind: Kind, dpi: int) -> bytes:
    out = io.BytesIO()
    figure.savefig(out, format=kind.value, dpi=dpi, metadata=_NO_DATES[kind])
    data = out.getvalue()
    # the document type names an address that a careful reader of the file would ask
    return _XML + data[data.index(b"<svg") :] if kind is Kind.SVG else data


def book(scenes: Sequence[Scene], fonts: FontBook) -> bytes:
    """One PDF with a page for every scene, as an atlas or a handout is."""
    with _alone():
        return _bound(composed(scene, fonts).figure for scene in scenes)


def atlas(
    index: Scene, leaves: Sequence[Leaf], locator: Boundaries | None, fonts: FontBook
) -> bytes:
    """One PDF: the index scene with the sheets drawn on it, then a page for every leaf."""
    with _alone():
        return _bound(figures(index, leaves, locator, fonts))


def compose(scene: Scene, fonts: FontBook) -> Composition:
    """What a scene comes to: scale, legend entries with counts, names, badges."""
    with _alone():
        return composed(scene, fonts)


def _bound(figures: Iterable[Figure]) -> bytes:
    out = io.BytesIO()
    with PdfPages(out, metadata=_NO_DATES[Kind.PDF]) as pages:
        for figure in figures:
            pages.savefig(figure)
    return out.getvalue()


@contextmanager
def _alone() -> Iterator[None]:
    with _ONE_AT_A_TIME, mpl.rc_context(_SETTINGS):
        yield


__all__ = [
    "A3", "A3_TALL", "A4", "A4_TALL", "DPI", "PAGES", "WIDE", "Blank", "Caption", "Class",
    "Composition", "Entry", "Extent", "FontBook", "Grid", "Image", "Kind", "Layer", "Layout",
    "Leaf", "Page", "Scene", "Sketch", "Tint", "View", "around", "atlas", "book", "by_kind",
    "compose", "draw", "inset", "saved",
]  # fmt: skip
