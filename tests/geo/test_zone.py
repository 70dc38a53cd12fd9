"""The zone as one door: seeding once, versions that move, a person's work that stays."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely import Point, box

from geo import boundaries
from geo.errors import DataError
from geo.model import Boundaries, Grade, Source
from geo.zone import DATA, Zone, open_zone

MakeSet = Callable[..., Boundaries]
SHIPPED = [
    *("zone", "district", "unit", "park", "hub", "culture", "corridor", "road", "coast"),
    *("water", "station", "facility", "project", "place", "land", "sea"),
]
OFFICE = Source("自然资源局批准界线", Grade.OFFICIAL, "内部使用", document="威自然资〔2026〕1号")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of what came with the product, to be changed as a new edition would be."""
    for room in ("boundaries", "plan", "rules"):
        ignored = shutil.ignore_patterns("sources", "making", "__pycache__")
        shutil.copytree(DATA / room, tmp_path / "data" / room, ignore=ignored)
    return tmp_path / "data"


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'zone.db'}"


def new_edition(data: Path, name: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the first feature of a shipped set."""
    path = data / "boundaries" / f"{name}.geojson"
    content = json.loads(path.read_text("utf-8"))
    change(content["features"][0])
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def renamed(feature: dict[str, Any]) -> None:
    feature["properties"]["name"] = "改版后的名称"


def test_a_new_store_receives_every_shipped_set_in_one_step(tmp_path: Path) -> None:
    assert open_zone(url(tmp_path)).version == 16
    with sqlite3.connect(tmp_path / "zone.db") as db:
        assert db.execute("select count(*) from event").fetchone() == (16,)
        held = db.execute("select name, since from boundaries").fetchall()
    db.close()
    assert sorted(held) == [(name, 16) for name in sorted(SHIPPED)]


def test_opening_again_without_a_new_edition_adds_nothing(data: Path, tmp_path: Path) -> None:
    open_zone(url(tmp_path), data)
    before = (tmp_path / "zone.db").read_bytes()
    assert open_zone(url(tmp_path), data).version == 16
    assert (tmp_path / "zone.db").read_bytes() == before


def test_a_new_edition_replaces_only_the_set_it_changes(data: Path, tmp_path: Path) -> None:
    open_zone(url(tmp_path), data)
    new_edition(data, "park", renamed)
    zone = open_zone(url(tmp_path), data)
    assert zone.version == 17
    assert zone.sets() == {name: 17 if name == "park" else 16 for name in SHIPPED}
    assert open_zone(url(tmp_path), data).version == 17


def test_a_new_word_on_the_source_is_a_new_edition_too(data: Path, tmp_path: Path) -> None:
    open_zone(url(tmp_path), data)
    path = data / "boundaries" / "catalog.toml"
    path.write_text(path.read_text("utf-8").replace("error_m = 1700.0", "error_m = 1600.0", 1))
    zone = open_zone(url(tmp_path), data)
    changed = [name for name, since in zone.sets().items() if since == 17]
    assert changed == ["zone"]


def test_what_a_person_replaced_is_never_overwritten(
    data: Path, tmp_path: Path, make_set: MakeSet
) -> None:
    zone = open_zone(url(tmp_path), data)
    official = make_set("park", [box(122.17, 37.41, 122.18, 37.42)], OFFICE)
    assert zone.replace(official, by="规划科", reason="批复", document=OFFICE.document) == 17
    new_edition(data, "park", renamed)
    new_edition(data, "hub", renamed)
    again = open_zone(url(tmp_path), data)
    assert again.sets()["park"] == 17
    assert again.sets()["hub"] == 18
    assert list(again.existing("park").table["id"]) == ["S1"]
    assert again.existing("park").source == OFFICE


def test_not_even_one_who_signs_as_the_system_is_overwritten(
    data: Path, tmp_path: Path, make_set: MakeSet
) -> None:
    zone = open_zone(url(tmp_path), data)
    zone.replace(make_set("park", [Point(122.2, 37.4)]), by="system", reason="脚本导入")
    new_edition(data, "park", renamed)
    assert open_zone(url(tmp_path), data).version == 17


def test_two_that_open_a_new_store_at_once_seed_it_once(tmp_path: Path) -> None:
    start, versions = threading.Barrier(3), list[int]()

    def opened() -> None:
        start.wait()
        versions.append(open_zone(url(tmp_path)).version)

    threads = [threading.Thread(target=opened) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert versions == [16, 16, 16]


def test_an_old_version_can_still_be_read_after_a_replacement(
    own_zone: Zone, make_set: MakeSet
) -> None:
    own_zone.replace(make_set("park", [Point(122.2, 37.4)]), by="甲", reason="试")
    assert len(own_zone.existing("park").table) == 1
    old = own_zone.existing("park", 16)
    assert len(old.table) == 9
    assert old.since == 16
    assert "P05" in set(old.table["id"])


def test_answers_kept_from_before_a_replacement_are_not_given_after_it(
    own_zone: Zone, make_set: MakeSet
) -> None:
    spot = (122.1717, 37.4198)
    assert "P05" in [hit.id for hit in own_zone.identify(*spot)]
    assert own_zone.search("500亩")[0].id == "P05"
    assert own_zone.placed()["P05"] is Grade.TRACED
    counted = {one.name: one.count for one in own_zone.summaries()}
    own_zone.replace(make_set("park", [box(122.16, 37.41, 122.18, 37.43)]), by="甲", reason="试")
    assert "P05" not in [hit.id for hit in own_zone.identify(*spot)]
    assert "S1" in [hit.id for hit in own_zone.identify(*spot)]
    assert [match.id for match in own_zone.search("500亩")] == []
    assert own_zone.search("第S1")[0].id == "S1"
    assert "P05" not in own_zone.placed()
    now = {one.name: one.count for one in own_zone.summaries()}
    assert now == counted | {"park": 1}
    assert {one.name: one.count for one in own_zone.summaries(16)} == counted


def test_history_names_the_version_from_which_each_edition_holds(
    own_zone: Zone, make_set: MakeSet
) -> None:
    own_zone.replace(make_set("hub", [Point(122.2, 37.4)]), by="甲", reason="无关")
    own_zone.replace(make_set("park", [Point(122.2, 37.4)]), by="乙", reason="批复", document="1号")
    told = [(since, one.by, one.document) for since, one in own_zone.history("park")]
    assert told == [(16, "system", ""), (18, "乙", "1号")]


def test_a_difference_names_what_came_went_and_moved(own_zone: Zone, make_set: MakeSet) -> None:
    west, east = box(122.20, 37.40, 122.21, 37.41), box(122.21, 37.40, 122.22, 37.41)
    first = make_set("parcel", [west, east, west], id=["A", "B", "C"])
    second = make_set("parcel", [west, west, east], id=["A", "B", "D"])
    one = own_zone.replace(first, by="甲", reason="一")
    two = own_zone.replace(second, by="甲", reason="二")
    found = {change.id: change for change in own_zone.diff("parcel", one, two)}
    assert {id_: change.kind.value for id_, change in found.items()} == {
        "B": "moved", "C": "removed", "D": "added",
    }  # fmt: skip
    # The two squares share only an edge, so all of both changes sides.
    both = found["B"].old_m2 + found["B"].new_m2
    assert found["B"].moved_m2 == pytest.approx(both, rel=1e-12)
    assert found["C"].new_m2 == found["D"].old_m2 == 0
    assert own_zone.diff("parcel", two, two) == []


def test_a_set_nobody_has_is_named_with_those_that_are_there(zone: Zone) -> None:
    for ask in (zone.existing, zone.history):
        with pytest.raises(DataError, match=r"没有图层 parcel，现有：.*park") as refusal:
            ask("parcel")
        assert refusal.value.code == "SET_UNKNOWN"
    with pytest.raises(DataError, match="版本 3 时没有图层 park") as refusal:
        zone.diff("park", 3, 16)
    with pytest.raises(DataError, match="版本 99 不存在"):
        zone.existing("park", 99)


def test_sets_come_in_the_catalogues_order_and_brought_ones_after(
    own_zone: Zone, make_set: MakeSet
) -> None:
    for name in ("setback", "parcel"):
        own_zone.replace(make_set(name, [Point(122.2, 37.4)]), by="甲", reason="试")
    assert [one.name for one in own_zone.held()] == [*SHIPPED, "parcel", "setback"]


def test_ids_of_a_brought_set_are_not_taken_for_the_plans(
    own_zone: Zone, make_set: MakeSet
) -> None:
    spot = box(122.40, 37.30, 122.41, 37.31)
    own_zone.replace(make_set("parcel", [spot], id=["P02"], parent=["D01"]), by="甲", reason="台账")
    assert "P02" not in own_zone.placed()
    assert own_zone.entity_of("parcel", "P02", "D01") is None
    assert ("parcel", "P02") not in own_zone.where("D01")
    assert own_zone.search("科技创新产业园")[0].set == ""


def test_parts_stand_for_what_is_not_drawn_itself(zone: Zone) -> None:
    roads = zone.entity_of("road", "N02-3", "N02")
    assert roads is not None
    assert roads.id == "N02"
    # 凤林街道 is part of the western city, which is drawn; the plan does not name it.
    assert zone.entity_of("unit", "U05", "D02") is None
    park = zone.entity_of("park", "P10", "P09")
    assert park is not None
    assert park.id == "P10"


def test_an_entity_drawn_in_parts_is_as_good_as_its_worst_part(
    own_zone: Zone, make_set: MakeSet
) -> None:
    shapes = [Point(122.2, 37.4), Point(122.3, 37.4)]
    parts = make_set("road", shapes, parent=["N02", "N02"], grade=["official", "schematic"])
    own_zone.replace(parts, by="甲", reason="试")
    assert own_zone.placed()["N02"] is Grade.SCHEMATIC


def test_bounds_and_extent_are_the_corners_of_the_shapes(own_zone: Zone) -> None:
    rows = json.loads((DATA / "boundaries" / "zone.geojson").read_text("utf-8"))["features"]
    corners = [point for ring in rows[0]["geometry"]["coordinates"] for point in ring]
    lons, lats = zip(*corners, strict=True)
    expected = (min(lons), min(lats), max(lons), max(lats))
    assert own_zone.extent() == expected
    assert own_zone.bounds("zone", "Z01") == expected
    assert own_zone.bounds("zone", "Z99") is None
    assert own_zone.bounds("nothing", "Z01") is None


def test_one_feature_is_found_by_set_and_id(zone: Zone) -> None:
    found = zone.find("park", "P05")
    assert found is not None
    assert (found.name, found.parent) == ("东方智慧谷服务贸易产业园", "")
    assert zone.find("park", "Z01") is None
    assert zone.find("parcel", "P05") is None


def test_a_preview_tells_what_would_change_and_changes_nothing(
    own_zone: Zone, make_set: MakeSet
) -> None:
    table = own_zone.existing("park").table
    kept = boundaries.make("park", table.loc[table["id"] == "P05"], OFFICE)
    kinds = [change.kind.value for change in own_zone.preview(kept)]
    assert sorted(kinds) == ["removed"] * 8 + ["same"]
    assert own_zone.version == 16


def test_districts_and_units_fill_the_zone(zone: Zone) -> None:
    measured = {one.name: one.measured_m2 for one in zone.summaries()}
    whole = measured["zone"]
    assert whole is not None
    assert abs(whole / 1e6 - 278.16) <= 0.01
    assert measured["district"] == pytest.approx(whole, abs=1)
    assert measured["unit"] == pytest.approx(whole, abs=1)
    outline = shapely.unary_union(zone.existing("zone").table.geometry.array)
    for name in ("district", "unit"):
        union = shapely.unary_union(zone.existing(name).table.geometry.array)
        assert outline.symmetric_difference(union).buffer(-1e-9).is_empty
