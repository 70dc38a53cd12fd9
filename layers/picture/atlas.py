"""An atlas: a map of the whole with the sheets drawn on it, then one page for every sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import shapely
from matplotlib.figure import Figure

from geo.model import Boundaries
from layers.picture.compose import composed
from layers.picture.values import Extent, FontBook, Scene, Sketch, View


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet: its title, what it shows, and the set and id of what it is about."""

    title: str
    extent: Extent
    highlights: tuple[tuple[str, str], ...] = ()


def figures(
    index: Scene, leaves: Sequence[Leaf], locator: Boundaries | None, fonts: FontBook
) -> list[Figure]:
    """The index first, then the sheets in their order; pages are numbered from the index."""
    total = len(leaves) + 1
    made = [
        composed(_sheet(index, leaf, locator, f"{number} / {total}"), fonts)
        for number, leaf in enumerate(leaves, 2)
    ]
    frames = tuple(
        Sketch(shapely.box(*one.frame.window), str(number)) for number, one in enumerate(made, 2)
    )
    first = composed(replace(index, sketches=(*index.sketches, *frames)), fonts)
    return [first.figure, *(one.figure for one in made)]


def _sheet(index: Scene, leaf: Leaf, locator: Boundaries | None, number: str) -> Scene:
    subtitle = "　".join(filter(None, (index.caption.title, number)))
    return replace(
        index,
        view=View(leaf.extent, grid=index.view.grid),
        caption=replace(index.caption, title=leaf.title, subtitle=subtitle),
        highlights=leaf.highlights,
        locator=locator,
    )
