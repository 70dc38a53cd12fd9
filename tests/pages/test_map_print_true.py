"""A printed map says no more and no less than it shows: its mark, its colours, what is left out."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from streamlit.testing.v1 import AppTest

from geo import rasters
from geo.errors import DataError
from geo.intake import Papers
from geo.meeting import Drawing, Look
from geo.model import UNSEALED, Boundaries, Grade, Source
from geo.rasters import Wanted
from geo.remarks import Author, Kind, Place, Remark
from geo.zone import Zone
from layers.style import Ink, Palette
from layers.tint import NONE, Legend, TintClass
from pages import door, map_print_same, map_print_scene, remark_take, tints, who
from pages.map_print_look import Taken
from pages.map_print_sheet import Asked
from tests.conftest import MakeSet
from tests.geo.rasters import cone, geotiff
from tests.pages.house import living_in
from tests.pages.test_map_print import TOWN, row

INSIDE, PUBLIC = Asked("图"), Asked("图", public=True)
LEGEND = Legend("类", "Class", (TintClass("a", "甲", "A", Ink("#111111", "#222222", "#333333")),))


@pytest.fixture(autouse=True)
def zone(store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Zone]:
    """A copy of the shipped store for each test, where secrets may be kept."""
    monkeypatch.setenv("ZONE_SECRECY_LIMIT", "绝密")
    own = tmp_path / "zone.db"
    with (
        closing(sqlite3.connect(store_url.removeprefix("sqlite:///"))) as shipped,
        closing(sqlite3.connect(own)) as copy,
    ):
        shipped.backup(copy)
    with living_in(f"sqlite:///{own}"):
        yield door.whole()


def taken(*names: str, draw: str = "shape") -> Taken:
    look, seen = Look(TOWN, names), tuple(row(name, draw) for name in names)
    told = None, date(2026, 11, 22), "own", UNSEALED, Palette.STANDARD
    shown = (look, seen, None, b"", *told)
    return Taken(*shown, english=False, filtered=False, narrow={}, visitor="local 绝密")


def spots(make_set: MakeSet, name: str, secrecy: str = "", **columns: list[str]) -> Boundaries:
    source = Source("测试图", Grade.TRACED, "CC0", secrecy=secrecy)
    places = [shapely.Point(122.17, 37.41), shapely.Point(122.18, 37.41)]
    return make_set(name, places, source, **columns)


def mark(zone: Zone, shown: Taken, asked: Asked = INSIDE) -> str:
    return map_print_scene.scene(zone, shown, asked).caption.secrecy


def with_heights(zone: Zone, secrecy: str) -> None:
    coming = rasters.look(zone, geotiff(cone(20)), "dem.tif", Wanted("dem"))
    papers = Papers("测试影像", Grade.SURVEYED, "CC0", secrecy=secrecy)
    rasters.put(zone, coming, papers, by="甲")


def test_a_sheet_is_as_secret_as_its_most_secret_raster(zone: Zone) -> None:
    with_heights(zone, "机密")
    shown = replace(taken("zone"), rows=(row("zone"), row("dem", "image")))
    assert mark(zone, shown) == "机密"
    public = map_print_scene.scene(zone, shown, PUBLIC)
    assert (public.caption.secrecy, public.images) == ("公开", ())
    assert not any("测试影像" in one for one in public.caption.sources)


def test_a_sheet_is_as_secret_as_its_most_secret_row(zone: Zone, make_set: MakeSet) -> None:
    zone.replace(spots(make_set, "facility", "公开", 密级=["", "秘密"]), by="甲", reason="试")
    assert mark(zone, taken("facility")) == "秘密"
    zone.replace(spots(make_set, "facility", 密级=["", "商密"]), by="甲", reason="试")
    assert mark(zone, taken("facility")) == "内部"


def test_what_was_drawn_by_hand_makes_a_sheet_internal(zone: Zone, make_set: MakeSet) -> None:
    zone.replace(spots(make_set, "facility", "公开"), by="甲", reason="试")
    shown = replace(taken("facility"), base="vec")
    assert mark(zone, shown) == "公开"
    point = Drawing({"type": "Point", "coordinates": [122.18, 37.41]}, "址")
    drawn = replace(shown, look=replace(shown.look, drawings=(point,)))
    assert (mark(zone, drawn), mark(zone, drawn, PUBLIC)) == ("内部", "公开")


def test_colours_of_a_set_that_was_replaced_are_refused(zone: Zone, make_set: MakeSet) -> None:
    zone.replace(spots(make_set, "facility"), by="甲", reason="试")
    tint = tints.of(zone.existing("facility"), {"S2": "a"}, LEGEND)
    shown = replace(taken("facility"), tint=tint, codes=bytes([NONE, 0]))
    layers = map_print_scene.scene(zone, shown, INSIDE).layers
    found = {one.known.name: list(one.known.table["id"]) for one in layers}
    assert found["facility"] == ["S2"]
    zone.replace(spots(make_set, "facility", id=["S2", "S1"]), by="甲", reason="换")
    with pytest.raises(DataError) as told:
        map_print_scene.scene(zone, shown, INSIDE)
    assert told.value.code == "PRINT_TINT"


def test_a_filter_leaves_out_what_the_screen_leaves_out_and_says_so(
    zone: Zone, make_set: MakeSet
) -> None:
    zone.replace(spots(make_set, "facility"), by="甲", reason="试")
    shown = replace(taken("facility"), filtered=True, narrow={"facility": ["S2"]})
    found = map_print_scene.scene(zone, shown, INSIDE)
    there = {one.known.name: list(one.known.table["id"]) for one in found.layers}
    assert there["facility"] == ["S2"]
    assert "只含筛选出的对象" in found.caption.notes
    english = map_print_scene.scene(zone, replace(shown, english=True), INSIDE)
    assert "Only the objects of the filter" in english.caption.notes


def _filters() -> None:
    import streamlit as st

    from pages import map_state, show_source, show_take, supply_state
    from pages.show_look import Shown

    st.session_state["pages"] = {}
    found = []
    for key, held in (("zone", map_state.HELD), ("supply", supply_state.HELD)):
        found.append(show_source.narrowed(key))
        held.put({"status": "idle"})
        found += [show_source.narrowed(key), show_source.filtered(key)]
    view = {"view": (122.1, 37.4, 12), "on": ["park"], "opacity": {}, "base": "own"}
    told = {**view, "hidden": {"park": ["板块"]}}
    chapter, lost = show_take.taken(Shown("supply", told=told))
    st.session_state["found"] = found, lost, show_take.summary(chapter, lost)


def test_a_filter_of_stages_alone_counts_and_a_chapter_says_what_it_leaves() -> None:
    page = AppTest.from_function(_filters, default_timeout=60).run()
    assert not page.exception
    found, lost, told = page.session_state["found"]
    assert found == [False, True, False] * 2
    assert lost == ["筛选不带入；汇报中显示全部宗地和项目。"]
    assert "只含部分对象：1 个类别已筛去或隐藏" in told


def test_a_public_sheet_tells_no_outline_that_may_not_go_out(zone: Zone) -> None:
    shown = replace(taken("road"), rows=(row("road"), row("farmland", "absent", "land")))
    near = replace(shown, look=replace(shown.look, extent=(122.17, 37.41, 122.18, 37.42)))
    coarse = map_print_scene.scene(zone, near, PUBLIC)
    assert coarse.locator is not None
    corners = shapely.get_coordinates(coarse.locator.table.geometry.array) * 1e4
    assert corners == pytest.approx(np.round(corners), abs=1e-6)
    known = zone.existing("zone")
    secret = replace(known, source=replace(known.source, secrecy="秘密"))
    zone.replace(secret, by="甲", reason="定密")
    closed = map_print_scene.scene(zone, near, PUBLIC)
    assert (closed.locator, closed.blanks) == (None, ())
    assert "永久基本农田：无数据，不等于没有限制" in closed.caption.notes
    inside = map_print_scene.scene(zone, near, INSIDE)
    assert inside.locator is not None
    assert len(inside.blanks) == 1


def test_a_layer_that_may_no_longer_be_seen_stops_the_print(zone: Zone) -> None:
    with_heights(zone, "机密")
    shown = replace(taken("zone"), rows=(row("zone"), row("slope", "image")))
    with pytest.raises(DataError, match="slope") as told:
        map_print_scene.scene(zone.seen_by("内部"), shown, INSIDE)
    assert told.value.code == "PRINT_CHANGED"


def test_a_print_is_for_whom_it_was_taken() -> None:
    now = map_print_same.visitor()
    assert now == f"{who.LOCAL_VISIT.person.id} 绝密"
    assert map_print_same.given(now, b"x") == b"x"
    with pytest.raises(DataError) as told:
        map_print_same.given("low 内部", b"x")
    assert told.value.code == "PRINT_CHANGED"


def _dialog(visitor: str) -> None:
    from dataclasses import replace

    from pages import door, map_print
    from tests.pages.test_map_print_true import taken

    map_print.offer(door.zone(), replace(taken("zone"), visitor=visitor))


@pytest.mark.parametrize(("visitor", "open_"), [("local 绝密", True), ("low 内部", False)])
def test_the_dialog_opens_for_whom_the_map_was_taken_alone(visitor: str, open_: bool) -> None:
    page = AppTest.from_function(_dialog, default_timeout=60, args=(visitor,)).run()
    assert not page.exception
    assert bool(page.button) == open_
    assert ["PRINT_CHANGED" in one.value for one in page.error] == ([] if open_ else [True])


def test_the_log_is_told_what_is_on_the_sheet(zone: Zone, make_set: MakeSet) -> None:
    with_heights(zone, "")
    zone.replace(spots(make_set, "facility", "秘密"), by="甲", reason="试")
    rows = (row("zone"), row("facility"), row("dem", "image"), row("farmland", "absent"))
    shown = replace(taken("zone"), rows=rows)
    assert set(map_print_scene.drawn(zone, shown, INSIDE)[2]) == {
        *("sea", "land", "zone", "facility", "dem")
    }
    assert set(map_print_scene.drawn(zone, shown, PUBLIC)[2]) == {"sea", "land", "zone", "dem"}


def test_the_log_is_told_how_many_remarks_were_taken_and_how_secret() -> None:
    author, at = Author("a", "甲"), who.now()
    found = [
        Remark(1, Kind.WISH, author, at, "一", secrecy="内部"),
        Remark(2, Kind.COMMENT, author, at, "二", Place(122.1, 37.4), secrecy="秘密"),
    ]
    assert remark_take._told(found) == {"rows": 2, "secrecy": "秘密"}
    assert remark_take._told(found[:1]) == {"rows": 1, "secrecy": "内部"}
    assert remark_take._told([]) == {"rows": 0, "secrecy": ""}
