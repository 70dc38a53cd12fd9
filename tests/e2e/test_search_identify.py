"""Finding a place by what people type, and asking the map what stands somewhere."""

import re

import pytest
from playwright.sync_api import Page, expect
from pyproj import Transformer

from tests.e2e.steps import PARK, card, click_at, look_at, open_map, pixel, place, search, state

GUSHAN = "崮山海洋船舶及装备特色产业园"
PLANE = Transformer.from_crs(4490, 4529, always_xy=True)


@pytest.mark.parametrize("typed", ["崮山海洋产业园", "gshycyy"])
def test_every_spelling_and_the_initials_find_the_gushan_park(page: Page, typed: str) -> None:
    open_map(page)
    rows = search(page, typed)
    expect(rows.first).to_contain_text(GUSHAN)
    page.locator("#zm-search").press("Enter")
    expect(card(page).locator("h3")).to_have_text(GUSHAN)
    page.wait_for_function("() => window.zoneMap.data.selected[0]?.id === 'P03'")


@pytest.mark.parametrize("typed", ["122.1717,37.4198", "41426678.4,4143423.1"])
def test_a_pair_of_numbers_is_read_as_a_position_and_answered_with_what_is_there(
    page: Page, typed: str
) -> None:
    open_map(page)
    search(page, typed)
    page.locator("#zm-search").press("Enter")
    expect(card(page).locator("h3")).to_have_text("东方智慧谷服务贸易产业园")
    page.wait_for_function("() => window.zoneMap.map.getZoom() >= 14")
    assert abs(state(page)["lon"] - PARK[0]) < 0.01


def test_plane_coordinates_of_zone_41_are_read_as_proj_reads_them(page: Page) -> None:
    open_map(page)
    rows = search(page, "41429183.636,4143423.67")
    lon, lat = PLANE.transform(41429183.636, 4143423.67, direction="INVERSE")
    expect(rows.first).to_contain_text(f"{lon:.6f}, {lat:.6f}")
    expect(rows.first).to_contain_text("EPSG:4529")


def test_the_list_is_walked_with_the_arrow_keys_and_left_with_escape(page: Page) -> None:
    open_map(page)
    rows = search(page, "学校")
    field = page.locator("#zm-search")
    field.press("ArrowDown")
    expect(rows.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "zm-m0")
    field.press("Escape")
    expect(page.locator("#zm-found")).to_be_hidden()


def test_what_nobody_knows_is_told_with_the_next_step(page: Page) -> None:
    open_map(page)
    page.locator("#zm-search").fill("不存在的地方")
    expect(page.locator("#zm-found")).to_contain_text("没有找到")


def test_something_not_mapped_is_found_and_says_why(page: Page) -> None:
    open_map(page)
    search(page, "综合保税区B区")
    page.locator("#zm-search").press("Enter")
    expect(card(page)).to_contain_text("未落图")
    expect(card(page).locator("h3")).to_have_text("综合保税区B区")
    expect(card(page).locator(".zc-prose").first).to_contain_text("公布")


def test_a_click_on_the_500_mu_park_tells_all_that_lies_there(page: Page) -> None:
    open_map(page)
    look_at(page, *PARK, 15)
    click_at(page, *PARK)
    found = card(page)
    expect(found.locator("h3")).to_have_text("东方智慧谷服务贸易产业园")
    expect(found.locator(".zm-grade")).to_have_text("描绘")
    expect(found.locator(".zc-big")).to_have_text(re.compile(r"^约 5[01]\d 亩$"))
    clauses = found.locator(".st-key-card_clauses button")
    expect(clauses).to_have_text(
        ["一(二)", "二(二)2", "三(一)2", "三(四)2", "三(五)", "四(二)", "四(七)"]
    )
    others = found.locator(".st-key-card_others button")
    expect(others.nth(0)).to_contain_text("凤林街道")
    expect(others.nth(1)).to_contain_text("西部城区")
    expect(others.nth(2)).to_contain_text("威海经济技术开发区")
    expect(found).to_contain_text("500.0 亩")
    expect(page.locator(".leaflet-s-selection-pane path")).to_have_count(2)


def test_the_folds_of_the_card_hold_targets_facts_and_disagreements(page: Page) -> None:
    open_map(page, "/?sel=park:P05")
    found = card(page)
    found.get_by_text(re.compile("^后续公开资料")).click()
    expect(found).to_contain_text("与方案数值并列，不替代")
    expect(found).to_contain_text("516")
    found.get_by_text(re.compile("^落图依据")).click()
    expect(found.get_by_text("来源", exact=True)).to_be_visible()


def test_another_thing_at_the_same_point_is_one_click_away(page: Page) -> None:
    open_map(page)
    look_at(page, *PARK, 15)
    click_at(page, *PARK)
    card(page).get_by_role("button", name="凤林街道").click()
    expect(card(page).locator("h3")).to_have_text("凤林街道")
    page.wait_for_function("() => window.zoneMap.data.selected[0].set === 'unit'")
    card(page).get_by_role("button", name="✕").click()
    expect(card(page)).to_have_count(0)
    page.wait_for_function("() => window.zoneMap.data.selected.length === 0")
    expect(page.locator(".leaflet-s-selection-pane path")).to_have_count(0)


def test_where_nothing_is_stored_the_card_says_that_this_is_no_permission(page: Page) -> None:
    open_map(page)
    look_at(page, 122.05, 37.25, 13)
    click_at(page, 122.05, 37.25)
    expect(card(page)).to_contain_text("没有数据不等于没有限制")


def test_a_clause_on_the_card_opens_the_targets_page_on_that_clause_and_back(page: Page) -> None:
    open_map(page, "/?sel=park:P05")
    card(page).get_by_role("button", name="三(四)2", exact=True).click()
    view = page.locator(".st-key-tclauseview")
    expect(view.locator("h2")).to_contain_text("三(四)2")
    view.get_by_role("button", name=re.compile("在图上点亮")).click()
    page.wait_for_selector(".zm[data-ready=true]")
    page.wait_for_function("() => window.zoneMap.data.selected.some((one) => one.id === 'P05')")
    expect(card(page)).to_contain_text("三(四)2")


def test_units_switch_on_the_card_and_in_the_legend(page: Page) -> None:
    open_map(page, "/?sel=park:P05")
    page.locator(".st-key-unit").get_by_text("公顷", exact=True).click()
    expect(card(page).locator(".zc-big")).to_have_text(re.compile(r"^约 34\.\d 公顷$"))
    park = page.locator('.zm-row:has(input[data-set="zone"]) .zm-count')
    expect(park).to_have_text(re.compile(r"^1 · 27,816 公顷$"))
    page.locator(".st-key-unit").get_by_text("km²", exact=True).click()
    expect(park).to_have_text(re.compile(r"^1 · 278 km²$"))


def test_a_name_shows_under_the_pointer_with_grade_and_size(page: Page) -> None:
    open_map(page)
    look_at(page, *PARK, 15)
    page.mouse.move(*pixel(page, *PARK))
    tip = page.locator(".zm-tip")
    expect(tip).to_contain_text("东方智慧谷服务贸易产业园")
    expect(tip).to_contain_text("描绘")
    expect(tip).to_contain_text("亩")


def test_the_read_out_is_the_position_under_the_pointer_as_proj_computes_it(page: Page) -> None:
    open_map(page)
    for x, y in ((700, 300), (900, 700), (1200, 500)):
        page.mouse.move(x, y)
        lon, lat = place(page, x, y)
        text = page.locator(".zm-readout").inner_text()
        numbers = [float(n) for n in re.findall(r"-?\d+\.\d+", text)]
        east, north = PLANE.transform(lon, lat)
        assert numbers == pytest.approx([lon, lat, north, east], abs=0.1, rel=0)
        assert numbers[:2] == pytest.approx([lon, lat], abs=1e-6, rel=0)
    page.locator(".zm-readout").click()
    expect(page.locator(".zm-toast")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()").startswith("12")
