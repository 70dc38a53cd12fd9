"""Colourings by address, what a map said, and what is chosen; without a browser."""

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from shapely import Point, box
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from geo.model import Boundaries
from geo.zone import open_zone
from layers.style import Ink
from layers.tint import Legend, TintClass
from pages import door, files, tints
from pages.found import Answer
from pages.pointed import Pointed

MakeSet = Callable[..., Boundaries]
GREY = Ink("#808080", "#808080", "#808080")
LEGEND = Legend(
    "状态",
    "Status",
    (TintClass("a", "甲", "A", GREY, "甲"), TintClass("b", "乙", "B", GREY, "乙")),
)


def fetched(address: str) -> tuple[int, bytes, str]:
    """Status, body and cache rule of a tint's address."""
    digest = address.removeprefix("tint/").removesuffix(".bytes")
    request = Request({"type": "http", "path_params": {"digest": digest}, "headers": []})
    answer = tints.answer(request)
    return answer.status_code, bytes(answer.body), answer.headers.get("cache-control", "")


def test_a_tint_of_a_set_has_its_counts_and_its_bytes_under_its_address(
    make_set: MakeSet,
) -> None:
    known = make_set("parcel", [Point(122.2, 37.4)] * 3)
    one = tints.of(known, {"S3": "a", "S1": "b"}, LEGEND, {"b": "5 亩"})
    assert (one.set, one.since, one.counts, one.texts) == (
        "parcel",
        known.since,
        (1, 1),
        ("", "5 亩"),
    )
    status, body, cached = fetched(one.address)
    assert (status, gzip.decompress(body)) == (200, b"\x01\xff\x00")
    assert "immutable" in cached


def test_equal_colourings_share_an_address_and_others_do_not(make_set: MakeSet) -> None:
    known = make_set("parcel", [Point(122.2, 37.4)] * 2)
    first = tints.of(known, {"S1": "a"}, LEGEND).address
    assert tints.of(known, {"S1": "a"}, LEGEND, {"a": "x"}).address == first
    assert tints.of(known, {"S1": "b"}, LEGEND).address != first


def test_what_nobody_asked_for_lately_is_gone_and_says_so() -> None:
    first = tints.keep(b"the first")
    for i in range(600):
        tints.keep(f"number {i}".encode())
    assert fetched(first)[0] == 404
    assert fetched("tint/nothing.bytes")[0] == 404
    assert fetched(tints.keep(b"the first")) == (200, b"the first", files.FOREVER["Cache-Control"])


def script() -> None:
    """A page of its own concern without its map: what was said, what is chosen, where to fly."""
    import streamlit as st

    from pages import ask, door, found, pointed

    zone = door.zone()
    told = pointed.now(zone, "supply", "parcel", live=("S1", "S2", "S3"))
    if told and told.kind != "pick":
        ask.choose((("parcel", id_) for id_ in told.ids), fly=told.kind == "region")
    now = found.answer(zone) or found.NOTHING
    ask.settle(now.chosen)
    st.session_state["out"] = (told, now)


@pytest.fixture
def supply(tmp_path: Path, make_set: MakeSet, monkeypatch: pytest.MonkeyPatch) -> Iterator[AppTest]:
    """The page over a big and a small parcel within it, one apart, and one not there that day."""
    url = f"sqlite:///{tmp_path / 'zone.db'}"
    shapes = [
        box(122.20, 37.40, 122.23, 37.43),
        box(122.21, 37.41, 122.22, 37.42),
        box(122.25, 37.40, 122.26, 37.41),
        box(122.205, 37.405, 122.225, 37.425),
    ]
    open_zone(url).replace(make_set("parcel", shapes), by="甲", reason="试")
    monkeypatch.setenv("ZONE_STORE", url)
    for kept in (door._zone, door.given):
        kept.cache_clear()
    yield AppTest.from_function(script, default_timeout=30)
    for kept in (door._zone, door.given):
        kept.cache_clear()


def say(supply: AppTest, kind: str, **what: object) -> tuple[Pointed, Answer]:
    """Let the page's map say something; what the page made of it."""
    supply.session_state["said_supply"] = {"kind": kind, **what}
    supply.run()
    assert not supply.exception
    told, now = supply.session_state["out"]
    return told, now


def test_a_click_tells_the_parcels_there_smallest_first_without_those_not_there(
    supply: AppTest,
) -> None:
    told, now = say(supply, "point", lon=122.215, lat=37.415, tolerance_m=5.0)
    assert (told.kind, told.ids, told.at) == ("point", ("S2", "S1"), (122.215, 37.415))
    assert now.chosen == (("parcel", "S2"), ("parcel", "S1"))
    assert now.fly is None
    assert supply.query_params["sel"] == "parcel:S2,parcel:S1"


def test_a_click_beside_every_parcel_is_an_answer_too_and_clears_what_was_chosen(
    supply: AppTest,
) -> None:
    say(supply, "point", lon=122.255, lat=37.405, tolerance_m=5.0)
    told, now = say(supply, "point", lon=122.24, lat=37.405, tolerance_m=5.0)
    assert told.ids == ()
    assert now.chosen == ()
    assert "sel" not in supply.query_params


def test_a_region_tells_its_ring_and_what_it_meets_and_the_map_may_fly_there(
    supply: AppTest,
) -> None:
    ring = [(122.245, 37.39), (122.27, 37.39), (122.27, 37.42), (122.245, 37.42)]
    told, now = say(supply, "region", ring=[list(point) for point in ring])
    assert (told.ids, told.ring, told.fault) == (("S3",), tuple(ring), "")
    assert now.fly is not None
    assert now.fly["bounds"] == pytest.approx([122.25, 37.40, 122.26, 37.41])


def test_a_region_whose_sides_cross_is_told_in_words_and_the_page_goes_on(supply: AppTest) -> None:
    ring = [[122.2, 37.4], [122.3, 37.5], [122.3, 37.4], [122.2, 37.5]]
    told, _ = say(supply, "region", ring=ring)
    assert told.ids == ()
    assert "自相交" in told.fault


def test_a_row_of_the_search_tells_its_parcel_and_only_a_parcel(supply: AppTest) -> None:
    bounds = [122.25, 37.40, 122.26, 37.41]
    told, _ = say(supply, "pick", set="parcel", id="S3", lon=None, lat=None, bounds=bounds)
    assert told.ids == ("S3",)
    told, _ = say(supply, "pick", set="park", id="P05", lon=None, lat=None, bounds=bounds)
    assert told.ids == ()


def test_what_is_chosen_stays_while_the_map_says_nothing_new(supply: AppTest) -> None:
    supply.session_state["said_supply"] = None
    supply.run()
    assert supply.session_state["out"][0] is None
    assert supply.session_state["out"][1].chosen == ()


def test_features_named_in_the_address_are_chosen_on_every_page(supply: AppTest) -> None:
    supply.query_params["sel"] = "parcel:S3,unit:T01"
    supply.run()
    told, now = supply.session_state["out"]
    assert told is None
    assert now.chosen[0] == ("parcel", "S3")
    assert now.fly is not None
