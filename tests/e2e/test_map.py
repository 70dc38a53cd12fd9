"""The map itself: what it paints, and what stays as it is when a layer is switched."""

import io
import re
from collections import Counter

from PIL import Image
from playwright.sync_api import Page, WebSocket, expect

from tests.e2e.steps import box, look_at, open_map, state, tool, wait_address

SEA, LAND, WARM = (0xDC, 0xE8, 0xF0), (0xF1, 0xF0, 0xEC), (0xF8, 0xF6, 0xEC)
ZONE_LINE, PARK = (0x9E, 0x1B, 0x32), (0xE4, 0x57, 0x2E)
MEETING = ["coast", "corridor", "district", "land", "park", "project", "sea", "zone"]


def painted(page: Page) -> Counter[tuple[int, ...]]:
    """How often each colour stands in the picture of the map."""
    picture = Image.open(io.BytesIO(page.locator(".zm").screenshot())).convert("RGB")
    return Counter(picture.get_flattened_data())


def test_the_map_paints_sea_land_zone_line_and_the_500_mu_park(page: Page) -> None:
    open_map(page)
    seen = painted(page)
    assert seen[SEA] > 100_000
    assert seen[LAND] > 100_000
    assert seen[WARM] > 100_000
    assert seen[ZONE_LINE] > 100
    assert seen[PARK] > 20
    assert page.locator(".leaflet-s-labels-pane canvas").evaluate("c => c.width") > 500


def test_the_map_fills_the_window_and_nothing_scrolls(page: Page) -> None:
    open_map(page)
    height = page.locator(".zm").evaluate("e => e.getBoundingClientRect().height")
    assert height >= 0.85 * 900
    assert page.evaluate("document.documentElement.scrollHeight") <= 900


def test_the_map_is_painted_without_webgl_and_without_anything_from_outside(page: Page) -> None:
    page.add_init_script(
        "HTMLCanvasElement.prototype.getContext = new Proxy(HTMLCanvasElement.prototype.getContext,"
        "{ apply: (f, self, a) => a[0].startsWith('webgl') ? null : Reflect.apply(f, self, a) })"
    )
    open_map(page)
    assert painted(page)[ZONE_LINE] > 100


def test_switching_a_layer_keeps_view_and_map_and_never_blanks_the_others(page: Page) -> None:
    open_map(page)
    look_at(page, 122.2, 37.4, 12.5)
    wait_address(page, r"at=122\.2%2C37\.4%2C12\.5")
    page.evaluate(
        """() => { window.zoneMap.host.probe = window.zoneMap.map.probe = 1; window.frames_ = [];
        const look = () => { window.frames_.push([
          document.querySelectorAll('.leaflet-s-zone-pane path').length,
          document.querySelectorAll('.leaflet-s-sea-pane path').length,
          document.querySelectorAll('.zm-loading').length,
          Number(getComputedStyle(document.querySelector('.zm')).opacity)]);
          requestAnimationFrame(look) }; look() }"""
    )
    before = state(page)
    box(page, "hub").check()
    wait_address(page, "hub")
    box(page, "hub").uncheck()
    box(page, "park").uncheck()
    wait_address(page, "on=zone%2Cdistrict%2Cunit%2Ccorridor")
    after = state(page)
    assert (after["zoom"], after["lon"], after["lat"]) == (12.5, before["lon"], before["lat"])
    assert page.evaluate("[window.zoneMap.host.probe, window.zoneMap.map.probe]") == [1, 1]
    frames = {tuple(frame) for frame in page.evaluate("window.frames_")}
    assert len(frames) == 1
    (shapes, sea, loading, opacity) = frames.pop()
    assert shapes >= 2
    assert sea >= 1
    assert (loading, opacity) == (0, 1)


def test_switching_a_layer_or_moving_the_map_carries_under_10_kb_over_the_websocket(
    page: Page,
) -> None:
    sent: list[int] = []

    def listen(socket: WebSocket) -> None:
        for direction in ("framesent", "framereceived"):
            socket.on(direction, lambda frame: sent.append(len(frame)))  # type: ignore[call-overload]

    page.on("websocket", listen)
    open_map(page)
    look_at(page, 122.2, 37.4, 12)
    wait_address(page, "at=122")
    page.wait_for_timeout(300)
    sent.clear()
    box(page, "hub").check()
    wait_address(page, "hub")
    page.wait_for_timeout(300)
    assert 0 < sum(sent) < 10_000


def test_fading_a_group_shows_at_once_and_stays_in_the_address(page: Page) -> None:
    open_map(page)
    page.get_by_label("园区 不透明度").fill("40")
    pane = page.locator(".leaflet-s-park-pane")
    assert pane.evaluate("e => e.style.opacity") == "0.4"
    wait_address(page, "op=park%3A40")


def test_a_click_on_a_class_of_the_legend_hides_it_and_another_brings_it_back(page: Page) -> None:
    open_map(page)
    symbols = page.locator(".leaflet-s-project-pane .zm-symbol")
    expect(symbols).to_have_count(5)
    row = page.locator(".zm-class", has_text="改造村")
    row.click()
    expect(symbols).to_have_count(3)
    expect(row).to_have_attribute("aria-pressed", "false")
    wait_address(page, "off=project")
    row.click()
    expect(symbols).to_have_count(5)


def test_a_theme_nobody_has_brought_is_hatched_as_no_data(page: Page) -> None:
    open_map(page)
    expect(page.locator(".leaflet-s-absent-pane path")).to_have_count(0)
    page.get_by_role("button", name="用地与管控", exact=True).click()
    row = page.locator(".zm-row", has_text="永久基本农田")
    expect(row).to_contain_text("无数据")
    row.get_by_role("checkbox").check()
    hatch = page.locator(".leaflet-s-absent-pane path")
    expect(hatch).to_have_count(1)
    expect(hatch).to_have_attribute("fill", re.compile("zm-hatch"))


def test_a_preset_shows_its_layers_and_says_that_it_is_on(page: Page) -> None:
    open_map(page)
    page.get_by_role("button", name="会议").click()
    assert state(page)["on"] == MEETING
    expect(page.get_by_role("button", name="会议")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="规划")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".leaflet-s-road-pane path")).to_have_count(0)


def test_home_and_back_and_forward_lead_to_views_seen_before(page: Page) -> None:
    open_map(page)
    start = state(page)
    look_at(page, 122.3, 37.4, 13)
    look_at(page, 122.1, 37.4, 14)
    tool(page, "back").click()
    page.wait_for_function("() => window.zoneMap.map.getZoom() === 13")
    tool(page, "forward").click()
    page.wait_for_function("() => window.zoneMap.map.getZoom() === 14")
    tool(page, "home").click()
    page.wait_for_function("(z) => window.zoneMap.map.getZoom() === z", arg=start["zoom"])


def test_the_scale_bar_is_metric_and_right(page: Page) -> None:
    open_map(page)
    look_at(page, 122.2, 37.4, 14)
    bar = page.locator(".zm-scale")
    expect(bar).to_have_text("500 米")
    width = bar.evaluate("e => e.getBoundingClientRect().width")
    # spherical Mercator at 37.4 N and zoom 14: 40 075 016.686 m · cos(lat) / 2^22 px
    assert abs(width - 500 / (40_075_016.686 * 0.794415 / 2**22)) < 1


def test_another_palette_recolours_shapes_and_legend(page: Page) -> None:
    open_map(page)
    line = page.locator(".leaflet-s-zone-pane path").last
    expect(line).to_have_attribute("stroke", re.compile("#9E1B32", re.I))
    page.get_by_label("配色").select_option("grey")
    expect(page.locator(".leaflet-s-zone-pane path").last).to_have_attribute("stroke", "#000000")
    wait_address(page, "palette=grey")
    page.get_by_role("combobox", name="底图").select_option("blank")
    expect(page.locator(".leaflet-s-sea-pane")).to_be_hidden()


def test_folding_the_panel_gives_the_map_its_room(page: Page) -> None:
    open_map(page)
    fold = page.get_by_role("button", name="收起或展开图层面板")
    fold.click()
    expect(page.locator("#zm-search")).to_be_hidden()
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.click()
    expect(page.locator("#zm-search")).to_be_visible()
