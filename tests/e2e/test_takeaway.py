"""The menu of formats: every one with its system and edition, refusals told before the click."""

import io
import json
import re
from pathlib import Path

import ezdxf
from playwright.sync_api import Page, expect

from tests.e2e.steps import open_map
from tests.geo.formats.written import unzipped


def open_menu(page: Page) -> None:
    open_map(page)
    page.locator('.zm-row:has(input[data-set="park"]) .zm-table').click()
    page.locator(".st-key-drawer").get_by_role("button", name="更多格式").click()
    expect(page.get_by_role("button", name="下载")).to_be_visible()


def choose(page: Page, what: str, option: str) -> None:
    page.get_by_role("combobox", name=what, exact=True).click()
    page.get_by_role("option", name=option).click()
    # While its list closes, Streamlit draws the box a second time below it.
    box = page.get_by_role("combobox", name=what, exact=True)
    expect(box).to_have_count(1)
    expect(box).to_have_value(re.compile(re.escape(option)))


def taken(page: Page, ending: str, folder: Path) -> bytes:
    button = page.get_by_role("button", name=re.compile(f"^下载 .*{re.escape(ending)}$"))
    with page.expect_download() as waiting:
        button.click()
    assert waiting.value.suggested_filename.endswith(ending)
    waiting.value.save_as(folder / "taken")
    return (folder / "taken").read_bytes()


def test_a_drawing_a_shapefile_and_a_public_copy_are_taken_from_the_menu(
    page: Page, tmp_path: Path
) -> None:
    open_menu(page)
    choose(page, "格式", "DXF (CAD)")
    expect(page.get_by_role("combobox", name="坐标系", exact=True)).to_have_value("CM 123° · 4550")
    drawing = ezdxf.read(io.StringIO(taken(page, "_4550.dxf", tmp_path).decode()))
    assert "产业园" in drawing.layers
    choose(page, "格式", "Shapefile (.zip)")
    choose(page, "坐标系", "41 + CM 123° · 4529")
    assert "park_point.shp" in unzipped(taken(page, "_4529.zip", tmp_path))
    choose(page, "格式", "GeoJSON")
    choose(page, "版别", "公开版")
    expect(page.get_by_text("公开发布前须取得审图号")).to_be_visible()
    body = json.loads(taken(page, "_4490_public.geojson", tmp_path))
    assert len(body["features"]) == 9
    assert not any("basis" in one["properties"] for one in body["features"])


def test_a_format_that_cannot_hold_the_rows_says_so_instead_of_failing(page: Page) -> None:
    open_menu(page)
    choose(page, "格式", "界址点坐标 TXT")
    expect(page.get_by_text("7 个要素不是面，界址点坐标 TXT 只能装面")).to_be_visible()
    expect(page.get_by_role("button", name="下载")).to_have_count(0)
