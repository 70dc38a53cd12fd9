"""Somebody opens an address of the app for the first time."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Watch
from tests.e2e.server import Server, ask
from tests.e2e.steps import READY, open_map

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
}
# file names that must never come out, in every way to write them
WAYS_OUT = (
    "/assets/../geo/model.py",
    "/assets/map/../../geo/model.py",
    "/assets/%2e%2e/geo/model.py",
    "/assets/map/%2e%2e%2f%2e%2e%2fgeo%2fmodel.py",
    "/assets/..%5c..%5capp.py",
    "/assets//etc/passwd",
    "/assets/%2fetc%2fpasswd",
    "/assets/build.py",
    "/assets/vendor.toml",
    "/app.py",
    "/zone.db",
)


def test_the_first_visitor_of_a_cold_server_on_a_deep_link_gets_the_app_with_navigation(
    page: Page, cold_server: Server
) -> None:
    page.goto(f"{cold_server.url}/target?clause=三(四)2")
    navigation = page.get_by_test_id("stHeader")
    expect(navigation.get_by_role("link", name="总览图")).to_be_visible()
    expect(navigation.get_by_role("link", name="目标")).to_be_visible()
    expect(page.locator(".st-key-tclauseview")).to_contain_text("三(四)2")
    navigation.get_by_role("link", name="总览图").click()
    page.wait_for_selector(READY)


def test_a_link_to_the_map_opens_what_it_names(page: Page) -> None:
    open_map(page, "/?on=zone,park&at=122.17,37.42,14&sel=park:P05&lang=en&unit=ha")
    expect(page.locator(".st-key-card h3")).to_have_text(
        "Oriental Wisdom Valley Service Trade Park"
    )
    expect(page.get_by_test_id("stHeader").get_by_role("link", name="Targets")).to_be_visible()
    assert page.evaluate("window.zoneMap.map.getZoom()") == 14


def test_a_link_with_nonsense_in_it_opens_the_whole_zone(page: Page) -> None:
    open_map(page, "/?on=no,such&at=x,1,2&sel=park:NO,nothing&op=park:-3&lang=fr&unit=acre&base=x")
    expect(page.locator(".st-key-card")).to_contain_text("没有已入库的要素")
    assert page.evaluate("window.zoneMap.data.lang") == "zh"


def test_a_wrong_address_is_told_in_the_page_and_not_as_a_fault(page: Page, watch: Watch) -> None:
    watch.allow("The page that you have requested does not seem to exist")
    page.goto("/nothing-here")
    expect(page.get_by_role("dialog")).to_contain_text("Page not found")
    assert "Traceback" not in page.content()
    assert not watch.left()


@pytest.mark.parametrize("path", WAYS_OUT)
def test_no_way_of_writing_an_address_leads_out_of_the_assets(server: Server, path: str) -> None:
    got = ask(server.url + path)
    assert b"import" not in got.body
    assert b"root:" not in got.body
    if path.startswith("/assets"):
        assert got.status in (400, 404)
    else:  # an unknown address is the app itself, which then says that there is no such page
        assert b"<!doctype html>" in got.body.lower()


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/target",
        "/assets/map/main.js?v=1",
        "/api/health",
        "/static/index.html",
        "/favicon.ico",
    ],
)
def test_every_answer_carries_the_headers_that_keep_the_page_to_itself(
    server: Server, path: str
) -> None:
    got = ask(server.url + path)
    assert got.headers | HEADERS == got.headers
    policy = got.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "http:" not in policy
    assert "https:" not in policy


def test_the_app_says_that_it_is_well_and_at_which_version(server: Server) -> None:
    told = json.loads(ask(f"{server.url}/api/health").body)
    assert told["status"] == "ok"
    assert told["version"] >= 1
