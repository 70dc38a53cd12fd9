"""The table under the map and the two lists about the data: what is read, chosen, taken away."""

import json
import re
import tomllib
from pathlib import Path

import pyogrio
from playwright.sync_api import Locator, Page, expect
from python_calamine import CalamineWorkbook

from tests.e2e.server import ROOT
from tests.e2e.steps import click_at, look_at, open_map, settled

DATA = ROOT / "data" / "boundaries"


def open_table(page: Page, name: str = "park") -> Locator:
    page.locator(f'.zm-row:has(input[data-set="{name}"]) .zm-table').click()
    drawer = page.locator(".st-key-drawer")
    expect(drawer.locator("canvas td").first).to_be_attached()
    return drawer


def mark(page: Page, drawer: Locator, row: int) -> None:
    """Tick the box in front of a row."""
    area = drawer.locator("canvas").first.bounding_box()
    assert area is not None
    page.mouse.click(area["x"] + 17, area["y"] + 34 + 33 * row + 16)


def chosen(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "window.zoneMap.data.selected.map((one) => `${one.set}:${one.id}`)"
    )
    return found


def test_a_row_marked_in_the_table_lights_up_on_the_map(page: Page) -> None:
    open_map(page)
    drawer = open_table(page)
    assert page.locator(".zm").evaluate("e => e.getBoundingClientRect().bottom") <= 580
    mark(page, drawer, 1)
    page.wait_for_function("() => window.zoneMap.data.selected.length === 1")
    assert chosen(page) == ["park:P03"]
    expect(page.locator(".leaflet-s-selection-pane path")).not_to_have_count(0)
    mark(page, drawer, 0)
    page.wait_for_function("() => window.zoneMap.data.selected.length === 2")


def test_a_click_on_the_map_marks_the_row(page: Page) -> None:
    open_map(page)
    drawer = open_table(page)
    look_at(page, 122.1717, 37.4198, 14)
    click_at(page, 122.1717, 37.4198)
    row = drawer.locator('canvas tr[aria-selected="true"]')
    expect(row).to_contain_text("东方智慧谷服务贸易产业园")


def test_the_filters_narrow_rows_count_and_files_alike(page: Page, tmp_path: Path) -> None:
    open_map(page)
    drawer = open_table(page)
    expect(drawer.locator(".zc-count")).to_have_text(re.compile(r"^9 "))
    drawer.get_by_role("textbox", name="筛选（名称、编号、类型）").fill("国际医疗")
    drawer.get_by_role("textbox", name="筛选（名称、编号、类型）").press("Enter")
    expect(drawer.locator(".zc-count")).to_have_text(re.compile(r"^3 "))
    settled(page)
    shown = ["P09", "P10", "P11"]
    assert read(page, drawer, "Excel", tmp_path) == shown
    assert read(page, drawer, "GeoJSON", tmp_path) == shown
    assert read(page, drawer, "GeoPackage", tmp_path) == shown


def read(page: Page, drawer: Locator, kind: str, folder: Path) -> list[str]:
    """Take a file away and read the ids in it with another library."""
    with page.expect_download() as waiting:
        drawer.get_by_role("button", name=kind).click()
    name = waiting.value.suggested_filename
    path = folder / name
    waiting.value.save_as(path)
    assert re.fullmatch(r"park_v\d+_\d{8}\.(xlsx|geojson|gpkg)", name)
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(path)
        rows, about = (book.get_sheet_by_index(i).to_python() for i in (0, 1))
        assert "园区" in book.sheet_names[0]
        assert rows[0][:2] == ["编号", "名称"]
        assert any("来源" in str(row[0]) for row in about)
        return [str(row[0]) for row in rows[1:]]
    if path.suffix == ".geojson":
        return [one["properties"]["id"] for one in json.loads(path.read_bytes())["features"]]
    return list(pyogrio.read_dataframe(path, layer="park")["id"])


def test_only_what_is_on_screen_follows_the_map(page: Page) -> None:
    open_map(page)
    drawer = open_table(page)
    look_at(page, 122.1717, 37.4198, 16)
    page.wait_for_url(re.compile("at=122.1717"))
    drawer.get_by_text("仅当前画面").click()
    expect(drawer.locator(".zc-count")).to_have_text(re.compile(r"^1 "))


def test_a_filter_that_nothing_passes_says_what_to_do(page: Page) -> None:
    open_map(page)
    drawer = open_table(page)
    drawer.get_by_role("textbox", name="筛选（名称、编号、类型）").fill("没有这个")
    drawer.get_by_role("textbox", name="筛选（名称、编号、类型）").press("Enter")
    expect(drawer).to_contain_text("放宽筛选")
    expect(drawer.get_by_role("button", name="Excel")).to_be_disabled()


def test_closing_the_table_gives_the_map_its_height_back(page: Page) -> None:
    open_map(page)
    drawer = open_table(page)
    drawer.get_by_role("button", name="收起属性表").click()
    expect(drawer).to_have_count(0)
    page.wait_for_function(
        "() => document.querySelector('.zm').getBoundingClientRect().bottom === innerHeight"
    )


def test_the_sources_tell_of_every_set_and_of_every_theme_still_missing(page: Page) -> None:
    open_map(page)
    page.get_by_role("button", name="数据说明").click()
    dialog = page.get_by_role("dialog")
    catalogue = tomllib.loads((DATA / "catalog.toml").read_text("utf-8"))
    blocks = dialog.locator(".zc-block")
    expect(blocks).to_have_count(len(catalogue))
    for block in blocks.all():
        expect(block.locator(".zm-grade")).to_have_text(re.compile("法定|实测|描绘|示意"))
        text = block.inner_text()
        assert "许可" in text
        assert "来源" in text
    expect(dialog).to_contain_text("永久基本农田")
    expect(dialog).to_contain_text("278.16 km²")


def test_what_is_not_mapped_is_listed_with_the_reason(page: Page) -> None:
    open_map(page)
    page.get_by_role("button", name="未落图").click()
    dialog = page.get_by_role("dialog")
    listed = tomllib.loads((DATA / "unplaced.toml").read_text("utf-8"))
    table = dialog.locator("canvas table")
    expect(table).to_have_attribute("aria-rowcount", str(len(listed) + 1))
    expect(table).to_contain_text("建成区")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
