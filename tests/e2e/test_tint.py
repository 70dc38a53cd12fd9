"""One map for every page: coloured by what the page asks, in its own view, beside other things."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from shapely import box

from geo import boundaries
from geo.model import Boundaries, Grade, Source
from geo.zone import open_zone
from tests.e2e.server import Server, start
from tests.e2e.steps import READY, click_at, look_at, pixel, settled, wait_address

WEST, SOUTH, STEP = 122.20, 37.36, 0.002
GREEN, RED = [0x2E, 0x8B, 0x57], [0xC6, 0x28, 0x28]


def squares(count: int) -> Boundaries:
    """Squares in rows of fifty, numbered from the south-west."""
    spots = [(WEST + i % 50 * STEP, SOUTH + i // 50 * STEP) for i in range(count)]
    ids = [f"N{i:04d}" for i in range(count)]
    table = gpd.GeoDataFrame(
        {"id": ids, "name": [f"示例 {id_}" for id_ in ids]},
        geometry=[box(x, y, x + 0.9 * STEP, y + 0.9 * STEP) for x, y in spots],
        crs=4490,
    )
    return boundaries.make("parcel", table, Source("示例", Grade.SURVEYED, "CC0"))


def middle(number: int) -> tuple[float, float]:
    return (WEST + (number % 50 + 0.45) * STEP, SOUTH + (number // 50 + 0.45) * STEP)


@pytest.fixture(scope="module", params=[400, 2100], ids=["shapes", "tiles"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The app with a page that colours parcels, few enough for shapes or so many as to be tiles."""
    folder = tmp_path_factory.mktemp("tinted")
    url = f"sqlite:///{folder / 'zone.db'}"
    open_zone(url).replace(squares(request.param), by="测试", reason="着色")
    yield from served(url, folder)


def served(url: str, folder: Path) -> Iterator[Server]:
    running = start(url, folder / "server.log", "tests/e2e/tinted/coloured.py")
    try:
        yield running
    finally:
        running.stop()
    assert not running.trouble(), running.log.read_text("utf-8")[-4000:]


@pytest.fixture(scope="module")
def browser_context_args(server: Server) -> dict[str, Any]:
    return {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", "base_url": server.url}


def open_supply(page: Page, address: str = "/supply") -> None:
    page.goto(address)
    page.wait_for_selector(f"{READY}[data-tint^=tint]")


def codes(page: Page, *numbers: int) -> list[str | None]:
    """Class that the colouring in use gives to some parcels, and whether it is drawn."""
    found: list[str | None] = page.evaluate(
        "(n) => n.map((i) => window.zoneMap.tint.kind(i)?.key ?? null)", list(numbers)
    )
    return found


def slide(page: Page, key: str) -> str:
    """Move the year by a step; answers with the colouring that was there before."""
    before: str = page.evaluate("window.zoneMap.host.dataset.tint")
    page.locator("[data-testid=stSlider] input").first.press(key)
    return before


def colour(page: Page, lon: float, lat: float) -> list[int]:
    """Red, green and blue of the map's picture at a place."""
    spot = pixel(page, lon, lat)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return list(picture.getpixel((round(spot[0]), round(spot[1]))))  # type: ignore[arg-type]


def painted(page: Page) -> None:
    """Wait until every tile of the view is there; shapes are at once."""
    page.wait_for_function(
        """() => { const set = window.zoneMap.layers.sets.get('parcel').drawn;
        return !set.isLoading || !set.isLoading() }"""
    )


def like(seen: list[int], ink: list[int]) -> bool:
    """Whether a pixel is an ink laid thinly on light ground: its hue, not its strength."""
    strongest = [x == max(seen) for x in seen]
    return strongest == [x == max(ink) for x in ink] and max(seen) - min(seen) > 60


def test_parcels_bear_the_colours_of_the_day_and_those_not_there_are_not_drawn(page: Page) -> None:
    open_supply(page)
    look_at(page, *middle(52), 15)
    painted(page)
    assert codes(page, 1, 49, 51, 99, 5) == ["done", "done", "free", "free", None]
    assert like(colour(page, *middle(2)), RED)
    assert like(colour(page, *middle(53)), GREEN)
    assert max(colour(page, *middle(50))) - min(colour(page, *middle(50))) < 60


def test_another_day_fetches_one_small_thing_and_keeps_map_and_shapes(page: Page) -> None:
    open_supply(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.split("/", 3)[3]))
    page.evaluate("window.zoneMap.host.probe = window.zoneMap.map.probe = 1")
    before = slide(page, "ArrowRight")
    page.wait_for_function("(b) => window.zoneMap.host.dataset.tint !== b", arg=before)
    assert codes(page, 51, 61) == ["done", "free"]
    assert [one for one in asked if "favicon" not in one] == [
        page.evaluate("window.zoneMap.host.dataset.tint")
    ]
    assert page.evaluate("[window.zoneMap.host.probe, window.zoneMap.map.probe]") == [1, 1]


def test_of_many_days_asked_for_in_a_row_the_last_one_stays_and_none_is_blank(page: Page) -> None:
    open_supply(page)
    page.evaluate(
        """() => { window.seen = new Set(); const look = () => {
        window.seen.add(document.querySelectorAll(
          '.leaflet-s-parcel-pane path, .leaflet-s-parcel-pane canvas').length);
        requestAnimationFrame(look) }; look() }"""
    )
    for key in ["ArrowRight"] * 4 + ["ArrowLeft"] * 6:
        slide(page, key)
    page.get_by_test_id("stSlider").get_by_text("30").first.wait_for()
    page.wait_for_function(
        "() => window.zoneMap.tint.kind(29).key === 'done'"
        " && window.zoneMap.tint.kind(31).key === 'free'"
    )
    settled(page)
    assert codes(page, 29, 31) == ["done", "free"]
    assert page.evaluate("window.zoneMap.tint.url === window.zoneMap.data.tint.url")
    assert 0 not in page.evaluate("[...window.seen]")


def test_the_legend_is_that_of_the_colouring_and_hides_its_classes(page: Page) -> None:
    open_supply(page)
    legend = page.locator(".zm-legend")
    expect(legend).to_contain_text("状态")
    expect(legend).to_contain_text("示例")
    free = legend.locator("[data-class=free]")
    # of each hundred, 40 under 50 and 40 above are there
    count = page.evaluate("window.zoneMap.tint.bytes.length") * 40 // 100
    expect(free).to_contain_text(f"{count} · 1.0 亩")
    look_at(page, *middle(52), 15)
    painted(page)
    free.click()
    expect(free).to_have_attribute("aria-pressed", "false")
    wait_address(page, "off=~parcel%3Afree")
    assert not like(colour(page, *middle(53)), GREEN)
    assert like(colour(page, *middle(2)), RED)
    free.click()
    expect(free).to_have_attribute("aria-pressed", "true")


def test_on_grey_the_letter_of_its_class_stands_on_each_shape_with_room(page: Page) -> None:
    open_supply(page, "/supply?palette=grey")
    look_at(page, *middle(125), 11)
    page.wait_for_function("() => window.zoneMap.labels.letters === 0")
    look_at(page, *middle(125), 15)
    page.wait_for_function("() => window.zoneMap.labels.letters > 20")
    expect(page.locator(".zm-legend [data-class=done] svg text")).to_have_text("供")


def test_a_click_on_the_map_tells_the_page_which_parcel_and_the_page_flies_to_one(
    page: Page,
) -> None:
    open_supply(page)
    look_at(page, *middle(111), 15)
    click_at(page, *middle(111))
    expect(page.get_by_text("chosen N0111")).to_be_visible()
    wait_address(page, "sel=parcel%3AN0111")
    page.get_by_role("button", name="去看第 8 块").click()
    expect(page.get_by_text("chosen N0007")).to_be_visible()
    page.wait_for_function("() => window.zoneMap.map.getZoom() === 16")
    assert page.evaluate(
        "([x, y]) => window.zoneMap.map.getBounds().contains([y, x])", list(middle(7))
    )


def test_the_pointer_is_told_the_class_and_nothing_where_a_parcel_is_not_there(
    page: Page,
) -> None:
    open_supply(page)
    look_at(page, *middle(112), 16)
    painted(page)
    tip = page.locator(".zm-tip")
    for number, label in ((111, "已供"), (112, "已供")):
        page.mouse.move(*pixel(page, *middle(number)))
        expect(tip).to_contain_text(label)
    page.mouse.move(*pixel(page, *middle(110)))
    expect(tip).to_have_count(0)
    slide(page, "Home")
    page.wait_for_function("() => window.zoneMap.tint.kind(112).key === 'free'")
    page.mouse.move(*pixel(page, *middle(112)))
    expect(tip).to_contain_text("可供")


def test_each_page_keeps_its_own_view_and_all_share_what_is_chosen(page: Page) -> None:
    open_supply(page, "/supply?sel=parcel:N0111&at=122.25,37.38,14")
    look_at(page, 122.24, 37.37, 14.5)
    wait_address(page, r"at=122\.24%2C37\.37%2C14\.5")
    settled(page)
    header = page.get_by_test_id("stHeader")
    header.get_by_role("link", name="map").click()
    page.wait_for_function("() => window.zoneMap?.data.key === 'zone'")
    page.wait_for_selector(READY)
    page.wait_for_function("() => window.zoneMap.data.selected[0]?.id === 'N0111'")
    assert page.evaluate("window.zoneMap.tint ?? null") is None
    look_at(page, 122.1, 37.42, 13)
    wait_address(page, r"at=122\.1%2C37\.42%2C13")
    settled(page)
    header.get_by_role("link", name="supply").click()
    page.wait_for_function("() => window.zoneMap?.data.key === 'supply'")
    page.wait_for_selector(READY)
    assert page.evaluate("window.zoneMap.map.getZoom()") == 14.5
    wait_address(page, r"at=122\.24%2C37\.37%2C14\.5")
    header.get_by_role("link", name="map").click()
    page.wait_for_function("() => window.zoneMap?.data.key === 'zone'")
    assert page.evaluate("window.zoneMap.map.getZoom()") == 13


def test_two_maps_on_a_page_have_each_their_colours_view_and_ids(page: Page) -> None:
    page.goto("/both")
    maps = page.locator(f"{READY}[data-tint^=tint]")
    expect(maps).to_have_count(2)
    first, second = (
        page.evaluate("(i) => document.querySelectorAll('.zm')[i].zoneMap.tint.kind(1).key", i)
        for i in (0, 1)
    )
    assert (first, second) == ("free", "done")
    zooms = page.evaluate(
        """() => { const maps = [...document.querySelectorAll('.zm')].map((h) => h.zoneMap.map);
        maps[0].setView([37.4, 122.2], 13, {animate: false});
        return maps.map((m) => m.getZoom()) }"""
    )
    assert zooms[0] == 13 != zooms[1]
    ids = page.evaluate("[...document.querySelectorAll('.zm [id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))


def test_a_map_beside_other_things_follows_its_container(page: Page) -> None:
    open_supply(page)
    page.set_viewport_size({"width": 1100, "height": 800})
    page.wait_for_function(
        "() => window.zoneMap.map.getSize().x === window.zoneMap.host.clientWidth"
        " && window.zoneMap.host.clientWidth < 600"
    )
    page.locator(".zm-more").click()
    expect(page.locator(".zm-tree")).to_be_visible()
    expect(page.locator(".zm-tint-title")).to_have_text("状态")
