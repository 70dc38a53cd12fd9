"""An atlas: a page for every park after an index, each wide enough to know the place by."""

import io
import re

import pypdf
import pytest

from geo.errors import DataError
from geo.zone import Zone
from layers.handout import How, bound, leaves
from layers.picture import Caption, Grid, Layer, Scene, View


@pytest.fixture(scope="module")
def scene(zone: Zone) -> Scene:
    names = ("sea", "land", "zone", "unit", "park")
    layers = tuple(Layer(one) for one in zone.held() if one.name in names)
    return Scene(layers, View(grid=Grid.NONE), Caption("园区图册"))


def test_every_park_has_its_page_after_the_index(scene: Scene, how: How, zone: Zone) -> None:
    found = leaves(scene, "park")
    assert len(found) == 9
    data = bound(scene, found, how.fonts)
    reader = pypdf.PdfReader(io.BytesIO(data))
    said = [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]
    assert len(said) == 10
    assert "园区图册" in said[0]
    names = dict(zip(*(zone.existing("park").table[key] for key in ("id", "name")), strict=True))
    for number, (leaf, page) in enumerate(zip(found, said[1:], strict=True), 2):
        ((_, id_),) = leaf.highlights
        assert f"{id_}{names[id_]}" in page
        assert f"{number}/10" in page
    assert bound(scene, found, how.fonts) == data


def test_a_park_that_is_a_point_still_shows_two_kilometres(scene: Scene) -> None:
    for leaf in leaves(scene, "park"):
        west, south, east, north = leaf.extent
        # at 37.4° north 0.022° are 1.95 km, 0.0145° of latitude are 1.61 km
        assert east - west >= 0.022 - 1e-9
        assert north - south >= 0.0145 - 1e-9


def test_a_set_that_is_not_on_the_map_has_no_pages(scene: Scene) -> None:
    with pytest.raises(DataError, match="district") as caught:
        leaves(scene, "district")
    assert caught.value.code == "ATLAS_SET"
