"""An atlas: a page for every area of a set, after an index map that shows where the pages lie."""

from collections.abc import Sequence

import numpy as np

from geo.errors import DataError
from layers import picture
from layers.picture import Extent, FontBook, Leaf, Scene, around

_ROOM = 0.12  # of an area's own size, left free around it
_LEAST = (0.022, 0.0145)  # degrees east and north that a page shows at least: about 2 km by 1.6 km


def leaves(scene: Scene, name: str) -> tuple[Leaf, ...]:
    """A leaf for every feature of a set of the scene, in the order of its ids.

    Raises `DataError` ATLAS_SET where the scene has no such set.
    """
    found = next((one.known for one in scene.layers if one.known.name == name), None)
    if found is None:
        raise DataError(f"图中没有图层 {name}，不能按它分页，请把它加入图中", "ATLAS_SET")
    table = found.table.sort_values("id", kind="stable")
    titles = table["name"].astype(str).to_numpy()
    if scene.english and "name_en" in table:
        english = table["name_en"].fillna("").astype(str).to_numpy()
        titles = np.where(english == "", titles, english)
    shapes = np.asarray(table.geometry.array)
    return tuple(
        Leaf(f"{id_}  {title}", _roomy(around([shape], _ROOM)), ((name, id_),))
        for id_, title, shape in zip(table["id"], titles, shapes, strict=True)
    )


def _roomy(extent: Extent) -> Extent:
    """The extent, or about the same middle one that is large enough to know the place by."""
    west, south, east, north = extent
    wide, high = max(_LEAST[0] - (east - west), 0) / 2, max(_LEAST[1] - (north - south), 0) / 2
    return west - wide, south - high, east + wide, north + high


def bound(scene: Scene, found: Sequence[Leaf], fonts: FontBook) -> bytes:
    """The atlas as PDF; every page shows in small where on the zone it lies."""
    locator = next((one.known for one in scene.layers if one.known.name == "zone"), None)
    return picture.atlas(scene, found, locator, fonts)
