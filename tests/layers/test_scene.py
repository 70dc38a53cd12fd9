"""What the browser is told of the sets: names, classes, addresses, never shapes."""

import json
from collections.abc import Callable

import pytest
from shapely import Point

from geo.model import Boundaries
from geo.units import AreaUnit
from geo.zone import Zone
from layers import scene
from layers.style import GROUPS, STYLES

MakeSet = Callable[..., Boundaries]


def held(zone: Zone, name: str, *, english: bool = False) -> dict[str, object]:
    return scene.held(zone.summary(name), zone.existing(name), {}, english=english)


def test_a_small_set_goes_by_one_address_that_carries_its_version(zone: Zone) -> None:
    park = held(zone, "park")
    assert (park["draw"], park["url"], park["classes_url"]) == ("shape", "layers/park/16.json", "")
    assert (park["count"], park["grade"], park["since"]) == (9, "schematic", 16)


def test_a_big_set_goes_by_tiles(own_zone: Zone, make_set: MakeSet) -> None:
    own_zone.replace(make_set("relic", [Point(122.2, 37.4)] * 2001), by="甲", reason="试")
    relic = held(own_zone, "relic")
    assert (relic["draw"], relic["url"]) == ("tile", "tiles/relic/17")
    assert relic["classes_url"] == "layers/relic/17.classes"
    assert (relic["group"], relic["label"]) == ("other", "文物保护范围")


def test_both_languages_name_a_set(zone: Zone) -> None:
    assert held(zone, "park")["label"] == "产业园区"
    assert held(zone, "park", english=True)["label"] == "Parks"


def test_the_500_mu_park_keeps_its_own_colour_in_the_legend(zone: Zone) -> None:
    classes = {one["key"]: one["ink"] for one in held(zone, "park")["classes"]}  # type: ignore[attr-defined]
    accent = STYLES["park"].accent_ink
    assert accent is not None
    assert classes["服务贸易园"]["standard"] == accent.standard
    assert classes["产业园"]["standard"] == STYLES["park"].ink.standard


def test_what_nobody_brought_is_told_as_absent_never_as_empty() -> None:
    farmland = scene.absent("farmland", "永久基本农田", "layers/zone/16.json")
    assert (farmland["draw"], farmland["grade"], farmland["url"]) == ("absent", "absent", "")
    assert farmland["cover"] == "layers/zone/16.json"
    assert farmland["group"] in GROUPS


def test_no_shape_and_no_feature_name_is_among_what_is_told(zone: Zone) -> None:
    told = json.dumps([held(zone, one.name) for one in zone.held()], ensure_ascii=False)
    assert "coordinates" not in told
    assert "东方智慧谷服务贸易产业园" not in told
    assert len(told.encode()) < 60_000


def test_the_tree_lists_the_zone_first_and_brought_sets_last() -> None:
    names = ["parcel", "water", "zone", "corridor", "park"]
    listed = scene.in_order({"name": name} for name in names)
    assert [one["name"] for one in listed] == ["zone", "park", "corridor", "water", "parcel"]


def test_groups_stand_in_one_order_in_both_languages() -> None:
    chinese, english = (scene.groups(english=flag) for flag in (False, True))
    assert [one["id"] for one in chinese] == [one["id"] for one in english] == list(GROUPS)
    assert chinese[0]["label"] == "范围与政区"
    assert english[0]["label"] == "Zone and districts"


@pytest.mark.parametrize("name", scene.PRESETS)
def test_a_preset_names_only_sets_that_ship_or_may_be_brought(zone: Zone, name: str) -> None:
    assert set(scene.PRESETS[name]) <= set(zone.catalog.shipped) | set(zone.catalog.themes)
    assert {"sea", "land", "district", "zone"} <= set(scene.PRESETS[name])


def test_the_map_opens_with_the_zone_the_parks_and_the_tunnels() -> None:
    on = set(scene.shown_at_start())
    assert {"zone", "district", "unit", "park", "corridor", "road", "project", "coast"} <= on


def test_units_are_told_in_square_metres_with_their_signs() -> None:
    mu = scene.unit(AreaUnit.MU, english=False)
    assert mu["m2"] == pytest.approx(666.6666667)
    assert (mu["sign"], mu["decimals"]) == ("亩", 1)
    assert [one["sign"] for one in scene.units(english=True)] == ["mu", "ha", "km²", "m²"]


def test_an_old_link_to_a_set_that_went_is_simply_passed_over() -> None:
    sets = [{"name": "zone"}, {"name": "park"}]
    assert scene.known(["park", "gone", "zone", "<img>"], sets) == ["park", "zone"]
