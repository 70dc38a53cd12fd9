"""Rasters among the rows of the map and at their own addresses."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from starlette.applications import Starlette

from geo import rasters
from geo.errors import GeoError
from geo.intake import Papers
from geo.model import Grade
from geo.rasters import Wanted
from geo.zone import open_zone
from pages import door, routes, tree
from tests.geo.rasters import cone, geotiff
from tests.pages.test_routes import FOREVER, Site

KEPT = (door._zone, door.given)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The routes over a store that holds heights and land cover."""
    store = f"sqlite:///{Path(tmp_path_factory.mktemp('zone')) / 'zone.db'}"
    zone = open_zone(store)
    cover = np.where(cone(80) > 70, 10, 20).astype(np.uint8)
    for name, values in (("dem", cone(80)), ("landcover", cover)):
        coming = rasters.look(zone, geotiff(values), f"{name}.tif", Wanted(name))
        rasters.put(zone, coming, Papers("测试影像", Grade.SURVEYED, "CC0"), by="甲")
    patch = pytest.MonkeyPatch()
    patch.setenv("ZONE_STORE", store)
    for kept in KEPT:
        kept.cache_clear()
    yield Site(Starlette(routes=routes.ROUTES, exception_handlers={GeoError: routes.told}))
    patch.undo()
    for kept in KEPT:
        kept.cache_clear()


def picture(site: Site, address: str) -> np.ndarray:
    got = site.get(f"/{address}")
    assert (got.status, got.headers["content-type"]) == (200, "image/png")
    assert got.headers["cache-control"] == FOREVER
    with Image.open(io.BytesIO(got.body)) as image:
        return np.asarray(image)


def test_what_is_held_is_a_picture_and_no_longer_absent(site: Site) -> None:
    rows = {one["name"]: one for one in tree.rows(18, english=False)}
    drawn = {name: rows[name]["draw"] for name in ("dem", "slope", "aspect", "landcover")}
    assert set(drawn.values()) == {"image"}
    assert rows["farmland"]["draw"] == "absent"
    assert [rows[name]["grade"] for name in drawn] == ["surveyed"] * 4
    assert rows["slope"]["url"] == "images/slope/17.png"
    assert json.loads(json.dumps(rows["dem"], allow_nan=False)) == rows["dem"]


def test_before_anyone_brought_them_heights_are_absent(site: Site) -> None:
    rows = {one["name"]: one for one in tree.rows(16, english=True)}
    assert rows["dem"]["draw"] == "absent"
    assert "slope" not in rows


@pytest.mark.parametrize("name", ["dem", "slope", "aspect", "landcover"])
def test_a_picture_uses_only_numbers_of_its_legend(site: Site, name: str) -> None:
    row = next(one for one in tree.rows(18, english=False) if one["name"] == name)
    found = np.unique(picture(site, row["url"]))
    assert set(found) <= {0, *range(1, len(row["classes"]) + 1)}
    assert len(found) > 2


@pytest.mark.parametrize("address", ["dem/16", "dem/18", "slope/18", "noise/17", "landcover/17"])
def test_a_picture_that_never_was_is_told_with_a_code(site: Site, address: str) -> None:
    got = site.get(f"/images/{address}.png")
    assert (got.status, got.json()["code"]) == (400, "RASTER_UNKNOWN")


def test_a_version_that_never_was_is_told_with_a_code(site: Site) -> None:
    got = site.get("/images/dem/99.png")
    assert (got.status, got.json()["code"]) == (400, "VERSION")
