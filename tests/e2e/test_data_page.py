"""The data page: a file comes in by steps, is confirmed, drawn, compared and taken back."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from geo.zone import open_zone
from tests.conftest import SEEDED
from tests.e2e.conftest import _served
from tests.e2e.server import Server
from tests.e2e.steps import HAN, READY, state

WAIT = 60_000  # reading happens in a process of its own, which a busy machine starts slowly


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose store these tests may change."""
    yield from _served(tmp_path_factory.mktemp("data"))


def square(west: float, south: float, **properties: Any) -> dict[str, Any]:
    """A square of 0.01 degrees a side."""
    ring = [(0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01), (0, 0)]
    points = [[west + x, south + y] for x, y in ring]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [points]},
    }


def geojson(*features: dict[str, Any]) -> bytes:
    body = {"type": "FeatureCollection", "features": list(features)}
    return json.dumps(body, ensure_ascii=False).encode()


def upload(page: Page, server: Server, name: str, body: bytes, *, lang: str = "") -> None:
    page.goto(f"{server.url}/data?dview=import{lang}")
    page.wait_for_selector("input[type=file]", state="attached")
    page.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": body}
    )


def choose_set(page: Page, name: str) -> None:
    field = page.get_by_role("combobox", name=re.compile("作为"))
    expect(field).to_be_visible(timeout=WAIT)
    field.click()
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def store_of(server: Server) -> str:
    return f"sqlite:///{server.log.parent / 'zone.db'}"


def confirm(page: Page, **papers: str) -> None:
    for label, text in papers.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("button", name="确认入库").click()


def test_a_file_is_checked_confirmed_drawn_and_kept(page: Page, own_server: Server) -> None:
    body = geojson(
        square(122.20, 37.38, 编号="0012", 名称="{{7*7}}示例一"),
        square(122.22, 37.38, 编号="0013", 名称="<b>示例二</b>"),
    )
    upload(page, own_server, "parcels.geojson", body)
    choose_set(page, "parcel")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("2", timeout=WAIT)
    confirm(page, 许可或使用范围="示例，仅测试", 事由="测试导入", 经办人="测试员")
    expect(page.get_by_text(f"数据版本 v{SEEDED + 1}")).to_be_visible(timeout=WAIT)

    zone = open_zone(store_of(own_server))
    known = zone.existing("parcel")
    assert list(known.table["id"]) == ["0012", "0013"]
    assert list(known.table["name"]) == ["{{7*7}}示例一", "<b>示例二</b>"]
    assert zone.verify() == []

    page.goto(f"{own_server.url}/?on=zone,parcel&at=122.215,37.385,14")
    page.wait_for_selector(READY)
    assert "parcel" in state(page)["on"]
    shown = page.evaluate("window.zoneMap.layers.sets.get('parcel').features.length")
    assert shown == 2


def test_an_archive_that_reaches_outside_is_refused_and_nothing_is_written(
    page: Page, own_server: Server
) -> None:
    before = open_zone(store_of(own_server)).version
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("../../evil.geojson", geojson(square(122.2, 37.38, id="1", name="甲")))
    upload(page, own_server, "evil.zip", out.getvalue())
    expect(page.locator(".st-key-refused")).to_contain_text("ZIP_PATH", timeout=WAIT)
    assert open_zone(store_of(own_server)).version == before


def test_points_without_a_system_are_offered_the_one_that_lands_in_the_zone(
    page: Page, own_server: Server
) -> None:
    rows = "编号,X,Y\n1,4143423.67,429183.64\n2,4143500,429400\n3,4143300,429400\n"
    upload(page, own_server, "points.csv", rows.encode())
    choose_set(page, "control")
    offer = page.get_by_role("button", name=re.compile("EPSG:4550"))
    expect(offer).to_be_visible(timeout=WAIT)
    offer.click()
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("3", timeout=WAIT)


@pytest.mark.parametrize("view", ["sets", "import", "health"])
def test_the_page_speaks_english_and_axe_finds_nothing_serious(
    page: Page, server: Server, view: str
) -> None:
    page.goto(f"{server.url}/data?dview={view}&lang=en")
    expect(page.get_by_test_id("stButtonGroup").first).to_be_visible()
    expect(page.get_by_text("Health")).to_be_visible()
    page.wait_for_load_state("networkidle")
    main = page.get_by_test_id("stMainBlockContainer").inner_text()
    left = {line for line in main.splitlines() if HAN.search(line)} - {"中文"}
    assert not left
    found = Axe().run(page)
    serious = [v for v in found.response["violations"] if v["impact"] in ("serious", "critical")]
    assert not serious, [(v["id"], v["nodes"][0]["html"][:200]) for v in serious]
