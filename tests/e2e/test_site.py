"""The site page: a question asked four ways, the verdict first, a way forward, an archive."""

import json
import re
import sqlite3
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from playwright.sync_api import Page, expect
from shapely import box

from geo import boundaries, demo
from geo.ledger import open_zone
from geo.model import Grade, Source
from tests.e2e.conftest import _served
from tests.e2e.server import Server, ask
from tests.e2e.steps import READY, look_at, pixel, settled, speak
from tests.e2e.test_reach import chinese, faults

SQUARE = [(122.232, 37.412), (122.242, 37.412), (122.242, 37.418), (122.232, 37.418)]
PASTED = "4142500,41429000\n4142500,41429200\n4142300,41429200\n4142300,41429000"
DATA_RULES = (
    *("farmland", "cultivated", "redline", "growth", "conformity", "rail", "pipeline_5"),
    *("powerline", "hill_key", "relic", "control", "watersource_1", "supply_status"),
)


@pytest.fixture(scope="module")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app over a demonstration store: invented parcels with a ledger."""
    folder = tmp_path_factory.mktemp("demo")
    demo.made(f"sqlite:///{folder / 'zone.db'}", date(2026, 10, 31))
    yield from _served(folder)


def open_site(page: Page, address: str = "/site") -> None:
    page.goto(address)
    page.wait_for_selector(READY)
    expect(page.locator(".st-key-site_check button")).to_be_visible()


def draw(page: Page, corners: list[tuple[float, float]]) -> None:
    """Click the corners of an area and close it at the first."""
    middle = [sum(one) / len(one) for one in zip(*corners, strict=True)]
    look_at(page, middle[0], middle[1], 14)
    for i, corner in enumerate([*corners, corners[0]]):
        page.mouse.click(*pixel(page, *corner))
        if i < len(corners):
            page.wait_for_function("n => zoneMap.drawing.ring.length === n", arg=i + 1)
    page.wait_for_function("() => zoneMap.drawing.areas.length >= 1 && !zoneMap.drawing.mode")


def check(page: Page) -> str:
    """Ask, and wait for the answer; its number."""
    before = number(page) if page.locator(".zs-verdict").count() else ""
    button = page.locator(".st-key-site_check button")
    expect(button).to_be_enabled()
    button.click()
    told = page.locator(".zs-facts dd").first
    expect(told).to_have_text(re.compile(r"XZ-\d{4}-\d{4}"))
    if before:
        expect(told).not_to_have_text(before)
    return number(page)


def number(page: Page) -> str:
    return page.locator(".zs-facts dd").first.inner_text()


def verdict(page: Page) -> str | None:
    return page.locator(".zs-verdict").get_attribute("data-verdict")


def choose(page: Page, key: str, text: str) -> None:
    page.locator(f".st-key-{key}").get_by_text(text, exact=True).click()


def post(server: Server, body: bytes, kind: str, query: str = "", **heads: str) -> tuple[int, Any]:
    """What the address of checks answers."""
    told = {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in heads.items()}
    asked = urllib.request.Request(f"{server.url}/api/check{query}", body, told, method="POST")
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(asked, timeout=30) as got:
            return got.status, json.loads(got.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def square() -> bytes:
    ring = [*SQUARE, SQUARE[0]]
    return json.dumps({"type": "Polygon", "coordinates": [ring]}).encode()


def test_with_nothing_imported_every_data_rule_answers_no_data(page: Page) -> None:
    open_site(page)
    draw(page, SQUARE)
    expect(page.locator(".zm-draw-size b")).to_contain_text("亩")
    check(page)
    assert verdict(page) == "UNKNOWN"
    expect(page.locator(".zs-verdict h2")).to_have_text("无法判定")
    for rule in DATA_RULES:
        badge = page.locator(f".st-key-zs_f_{rule} .zs-badge").first
        expect(badge).to_have_text(re.compile("无数据"))
    expect(page.locator(".st-key-site_to_import button")).to_be_visible()
    speak(page, "English")
    expect(page.locator(".zs-verdict h2")).to_have_text("Cannot be told")
    expect(page.locator(".st-key-zs_f_farmland .zs-badge").first).to_contain_text("No data")


def test_a_hole_and_undo_change_the_live_area(page: Page) -> None:
    open_site(page)
    draw(page, SQUARE)
    whole = page.evaluate("zoneMap.drawing.areas.length")
    page.locator("[data-draw=hole]").click()
    for lon, lat in ((122.235, 37.414), (122.238, 37.414), (122.238, 37.416)):
        page.mouse.click(*pixel(page, lon, lat))
    page.keyboard.press("Enter")
    page.wait_for_function("() => zoneMap.drawing.areas[0].length === 2")
    page.locator("[data-draw=undo]").click()
    page.wait_for_function("() => zoneMap.drawing.areas[0].length === 1")
    assert page.evaluate("zoneMap.drawing.areas.length") == whole


def test_pasted_coordinates_tell_order_and_zone_and_come_back_by_their_link(page: Page) -> None:
    open_site(page)
    choose(page, "site_way", "贴")
    page.locator(".st-key-site_paste textarea").fill(PASTED)
    page.keyboard.press("Control+Enter")
    left = page.locator(".st-key-zs_left")
    expect(left).to_contain_text("41 带")
    expect(left).to_contain_text("前为北")
    found = check(page)
    # 200 m by 200 m in the plane
    expect(page.locator(".st-key-zs_right")).to_contain_text("40,000 ㎡")
    page.wait_for_url(re.compile(f"case={found}"))
    open_site(page, f"/site?case={found}")
    expect(page.locator(".zs-facts dd").first).to_have_text(found)
    choose(page, "site_tab", "记录")
    page.locator(".st-key-site_again button").click()
    expect(page.locator(".st-key-zs_again")).to_contain_text("结论相同")
    page.locator(".st-key-zs_right textarea").first.fill("图形应以实测为准")
    page.get_by_text("记下异议", exact=True).click()
    expect(page.locator(".zs-dispute").first).to_contain_text("图形应以实测为准")
    choose(page, "site_view", "存档")
    expect(page.locator(".st-key-zs_wide")).to_contain_text("份存档")


def test_the_api_answers_what_the_page_would_and_files_it(server: Server) -> None:
    status, told = post(server, square(), "application/geo+json", "?use=1001&as_of=2026-06-30")
    assert status == 200
    assert told["number"].startswith("XZ-")
    assert told["as_of"] == "2026-06-30"
    assert told["site"]["use"] == "1001"
    assert told["verdict"] == "无法判定"
    answers = {one["rule"]: one["answer"] for one in told["findings"]}
    assert {answers[rule] for rule in DATA_RULES} == {"无数据"}
    status, told = post(server, PASTED.encode(), "text/plain", "?crs=4529")
    assert status == 200
    assert told["plane_m2"] == pytest.approx(40_000, abs=0.01)


@pytest.mark.parametrize(
    ("body", "kind", "query", "status", "code"),
    [
        (b"{", "application/json", "", 400, "SITE_JSON"),
        (b"{}", "application/xml", "", 415, "CONTENT_TYPE"),
        (b"x" * 5_000_001, "text/plain", "", 413, "TOO_LARGE"),
        (
            b'{"type": "Point", "coordinates": [122.2, 37.4]}',
            "application/json",
            "",
            400,
            "SITE_SHAPE",
        ),
        (PASTED.encode(), "text/plain", "", 400, "CRS_MISSING"),
        (PASTED.encode(), "text/plain", "?crs=4529&as_of=gestern", 400, "AS_OF"),
    ],
)
def test_the_api_tells_faults_by_code(  # noqa: PLR0917 - one for each column
    server: Server, body: bytes, kind: str, query: str, status: int, code: str
) -> None:
    got, told = post(server, body, kind, query)
    assert (got, told["code"]) == (status, code)
    assert told["message"]


def test_another_site_cannot_file_a_check(server: Server) -> None:
    heads = {"Sec_Fetch_Site": "cross-site"}
    status, told = post(server, square(), "application/json", **heads)
    assert (status, told["code"]) == (403, "FOREIGN")


def test_a_set_that_cannot_be_read_is_a_failed_answer_not_a_clear_one(
    cold_server: Server, tmp_path: Path, page: Page
) -> None:
    path = tmp_path / "zone.db"
    table = gpd.GeoDataFrame(
        {"id": ["R1"], "name": ["示例"]}, geometry=[box(122.3, 37.3, 122.31, 37.31)], crs=4490
    )
    source = Source("示例", Grade.SURVEYED, "CC0")
    new = boundaries.make("relic", table, source)
    open_zone(f"sqlite:///{path}").replace(new, by="测试", reason="损坏")
    with sqlite3.connect(path) as db:
        db.execute("update feature set data = replace(data, '示例', '改过') where name = 'relic'")
    db.close()
    status, told = post(cold_server, square(), "application/json")
    assert status == 200
    answers = {one["rule"]: one["answer"] for one in told["findings"]}
    assert answers["relic"] == "查询失败"
    assert told["verdict"] == "无法判定"
    page.goto(f"{cold_server.url}/site?case={told['number']}")
    badge = page.locator(".st-key-zs_f_relic .zs-badge").first
    expect(badge).to_have_text(re.compile("查询失败"))
    assert verdict(page) == "UNKNOWN"


def test_parcels_are_picked_cut_and_found(demo_server: Server, page: Page) -> None:
    open_site(page, f"{demo_server.url}/site?sel=parcel:SL-0001")
    expect(page.locator(".st-key-site_parcels")).to_contain_text("SL-0001")
    check(page)
    expect(page.locator(".st-key-zs_f_unit")).to_contain_text("100.00 %")
    page.locator(".st-key-site_locate_unit button").click()
    expect(page.locator(".zm-drawn-key")).to_contain_text("所涉范围")
    choose(page, "site_way", "画")
    page.locator("[data-draw=area]").click()
    draw(page, SQUARE)
    check(page)
    choose(page, "site_tab", "出路")
    accept = page.locator("[class*=st-key-site_accept_] button").first
    expect(accept).to_be_visible()
    before = page.evaluate("zoneMap.drawing.turn")
    accept.click()
    page.wait_for_function("t => zoneMap.drawing.turn !== t", arg=before)
    check(page)
    choose(page, "site_tab", "逐条结论")
    expect(page.locator(".st-key-zs_f_supply_status .zs-badge").first).not_to_contain_text("▲")
    choose(page, "site_view", "找地")
    page.locator(".st-key-site_find button").click()
    expect(page.locator(".st-key-zs_right")).to_contain_text(re.compile(r"找到 \d+ 块"))
    page.wait_for_selector(".zm[data-tint^=tint]")
    assert ask(f"{demo_server.url}/api/health").status == 200


def test_in_english_a_case_is_english_and_axe_finds_nothing_serious(
    page: Page, server: Server
) -> None:
    open_site(page, "/site?lang=en")
    draw(page, SQUARE)
    case = check(page)
    page.goto(f"/site?lang=en&case={case}")
    page.wait_for_selector(READY)
    expect(page.locator(".zs-verdict")).to_contain_text("Cannot be told")
    settled(page)
    hint = page.locator(".zm-draw-hint")
    expect(hint).to_have_text("Press Area to draw another site")
    assert page.locator(".zs-reasons li").count() > 3
    assert chinese(page) == []
    assert faults(page) == []
