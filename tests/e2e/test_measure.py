"""Measuring and asking by shape, held against PROJ's own numbers."""

import itertools
import math
import re

import pytest
from playwright.sync_api import Page, expect
from pyproj import Geod, Transformer
from shapely.geometry import Polygon

from tests.e2e.steps import PARK, card, click_at, look_at, open_map, pixel, place, tool

GEOD = Geod(ellps="GRS80")
PLANE = Transformer.from_crs(4490, 4550, always_xy=True)
CORNERS = ((760, 300), (1000, 300), (1050, 560), (740, 520))


def shown(page: Page) -> dict[str, str]:
    """What the measuring box says, label → value."""
    rows = page.locator(".zm-measure .zm-m-row")
    pairs = rows.evaluate_all("rows => rows.map(r => [...r.children].map(c => c.textContent))")
    return dict(pairs)


def first_number(text: str) -> float:
    return float(re.findall(r"[\d,]+\.?\d*", text)[0].replace(",", ""))


def draw(page: Page, points: tuple[tuple[int, int], ...]) -> list[tuple[float, float]]:
    """Click along points of the window and double-click on the last; answers with lon/lat."""
    for taken, (x, y) in enumerate(points[:-1], start=1):
        page.mouse.click(x, y)
        page.wait_for_function("n => window.zoneMap.sketch.points.length === n", arg=taken)
        page.mouse.move(x + 3, y + 3)
    page.mouse.dblclick(*points[-1])
    return [place(page, x, y) for x, y in points]


def plane_m2(points: list[tuple[float, float]]) -> float:
    xy = [PLANE.transform(*p) for p in points]
    pairs = zip(xy, [*xy[1:], xy[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def plane_m(points: list[tuple[float, float]]) -> float:
    """Length of a path in EPSG:4550, the plane that lengths are told in."""
    xy = [PLANE.transform(*p) for p in points]
    return sum(math.dist(a, b) for a, b in itertools.pairwise(xy))


def test_a_length_is_told_in_the_plane_and_its_bearing_on_the_ellipsoid(
    page: Page,
) -> None:
    open_map(page)
    tool(page, "length").click()
    expect(page.locator(".zm-measure")).to_contain_text("双击结束")
    points = draw(page, CORNERS[:3])
    page.wait_for_function("() => window.zoneMap.sketch.finished && window.zoneMap.sketch.numbers")
    expect(page.locator(".zm-measure")).to_contain_text(f"{plane_m(points) / 1000:,.3f} 公里")
    bearing = GEOD.inv(*points[1], *points[2])[0] % 360
    assert first_number(shown(page)["末段方位角"]) == pytest.approx(bearing, abs=0.06)


def test_a_measured_area_is_told_on_the_ellipsoid_and_in_the_plane(page: Page) -> None:
    open_map(page)
    tool(page, "area").click()
    points = draw(page, CORNERS)
    m2 = abs(GEOD.geometry_area_perimeter(Polygon(points))[0])
    expect(page.locator(".zm-measure")).to_contain_text(f"{m2 * 3 / 2000:,.1f} 亩")
    told = shown(page)
    assert first_number(told["平面面积"]) == pytest.approx(plane_m2(points) * 3 / 2000, abs=0.11)
    around = plane_m([*points, points[0]])
    assert first_number(told["周长"]) == pytest.approx(around / 1000, abs=0.0011)


def test_escape_ends_measuring_and_takes_the_sketch_away(page: Page) -> None:
    open_map(page)
    tool(page, "area").click()
    draw(page, CORNERS)
    page.keyboard.press("Escape")
    expect(page.locator(".zm-measure")).to_be_hidden()
    expect(page.locator(".leaflet-s-selection-pane path")).to_have_count(0)
    expect(tool(page, "area")).not_to_have_attribute("aria-pressed", "true")


def test_measuring_never_asks_what_is_under_the_clicks(page: Page) -> None:
    open_map(page)
    tool(page, "length").click()
    draw(page, CORNERS[:2])
    expect(page.locator(".zm-measure")).to_contain_text("公里")
    expect(card(page)).to_have_count(0)


def test_a_region_lists_what_is_inside_with_the_share_of_each(page: Page) -> None:
    open_map(page)
    look_at(page, *PARK, 15)
    tool(page, "region").click()
    lon, lat = PARK
    ring = [(-0.006, -0.005), (0.006, -0.005), (0.006, 0.005), (-0.006, 0.005)]
    for dx, dy in ring:
        click_at(page, lon + dx, lat + dy)
    page.keyboard.press("Enter")
    expect(card(page)).to_contain_text("范围内要素")
    rows = card(page).locator("canvas td")
    expect(rows.filter(has_text="东方智慧谷服务贸易产业园")).to_have_count(1)
    expect(rows.filter(has_text=re.compile("^凤林街道$"))).to_have_count(1)
    for kind in ("Excel", "GeoJSON", "GeoPackage"):
        expect(card(page).get_by_role("button", name=kind)).to_be_visible()


def test_a_circle_lists_what_is_inside_and_tells_its_radius(page: Page) -> None:
    open_map(page)
    look_at(page, *PARK, 15)
    tool(page, "circle").click()
    centre, edge = pixel(page, *PARK), pixel(page, PARK[0] + 0.008, PARK[1])
    page.mouse.click(*centre)
    page.mouse.click(*edge)
    expect(card(page)).to_contain_text("范围内要素")
    radius = GEOD.inv(*place(page, *centre), *place(page, *edge))[2]
    assert first_number(shown(page)["半径"]) == pytest.approx(radius, abs=1)
    expect(
        card(page).locator("canvas td").filter(has_text="东方智慧谷服务贸易产业园")
    ).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".zm-measure")).to_be_hidden()


def test_a_region_that_crosses_itself_is_told_in_plain_words_and_the_map_stays(page: Page) -> None:
    open_map(page)
    tool(page, "region").click()
    page.evaluate("window.zoneMap.host.probe = 1")
    crossing = ((760, 300), (1000, 520), (1000, 300), (760, 520))
    draw(page, crossing)
    expect(card(page)).to_contain_text("自相交")
    expect(card(page)).to_contain_text("SELF_INTERSECTION")
    assert page.evaluate("document.querySelector('.zm').probe") == 1
    card(page).get_by_role("button", name="✕").click()
    expect(card(page)).to_have_count(0)
