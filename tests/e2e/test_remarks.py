"""Comments on the map, feedback and announcements, by two people in a real browser."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geo import office, people
from geo.people import Person, Role
from geo.store import open_store
from geo.zone import DATA
from tests.e2e import steps
from tests.e2e.conftest import Watch, watch_over
from tests.e2e.server import Server, start
from tests.e2e.test_supply import filled

WORD = "tide over the harbour"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)> {{7*7}} **粗** :red[x] =1+1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("remarks")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    filled(folder)
    book = office.open_office(f"sqlite:///{folder / 'office.db'}", people.read(DATA / "rules"))
    secret = people.hashed(WORD)
    root = Person("root", "某管理", frozenset({Role.ADMINISTRATOR}), secret=secret)
    book.put(root, by="安装", now=NOW)
    book.put(Person("view", "某查阅", frozenset({Role.VIEWER}), secret=secret), by="安装", now=NOW)
    given = {"ZONE_SIGN_IN": "local", "ZONE_OFFICE": f"sqlite:///{folder / 'office.db'}"}
    running = start(f"sqlite:///{folder / 'zone.db'}", folder / "log", given=given)
    yield running
    running.stop()
    assert not running.trouble(), running.log.read_text("utf-8")[-4000:]


@pytest.fixture(scope="module")
def browser_context_args(server: Server) -> dict[str, Any]:
    return {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", "base_url": server.url}


def sign_in(page: Page, name: str, to: str) -> None:
    page.goto(to)
    page.get_by_label("登录名").fill(name)
    page.locator("#password").fill(WORD)
    page.get_by_role("button", name="登录").click()


@pytest.fixture
def other(browser: Browser, server: Server, watch: Watch) -> Iterator[Page]:
    """The administrator, in a browser of their own."""
    context = browser.new_context(
        base_url=server.url, locale="zh-CN", viewport={"width": 1440, "height": 900}
    )
    watch_over(context, watch)
    page = context.new_page()
    page.on("dialog", lambda dialog: watch.note(f"a script ran: {dialog.message}"))
    yield page
    context.close()


def test_a_comment_is_pinned_answered_by_another_and_taken_away(
    page: Page, other: Page, watch: Watch, folder: Path
) -> None:
    page.on("dialog", lambda dialog: watch.note(f"a script ran: {dialog.message}"))
    store = open_store(f"sqlite:///{folder / 'zone.db'}")
    before = store.version
    sign_in(page, "view", "/")
    page.wait_for_selector(steps.READY)
    steps.tool(page, "remarks").click()
    panel = page.locator(".st-key-remarks")
    expect(panel).to_contain_text("0 条待答复")
    steps.look_at(page, *steps.PARK, 14)
    steps.wait_address(page, r"at=122\.1717[^&]*37\.41")
    steps.click_at(page, *steps.PARK)
    panel.locator("textarea").fill(HOSTILE)
    panel.get_by_role("button", name="钉在图上").click()
    expect(panel.locator(".rthread")).to_contain_text(HOSTILE)
    pin = page.locator("[data-pin='1']")
    expect(pin).to_have_text("1")
    assert panel.locator("img, .rthread strong").count() == 0
    steps.wait_address(page, r"remark=1")

    sign_in(other, "root", "/?remark=all")
    other.wait_for_selector(steps.READY)
    theirs = other.locator(".st-key-remarks")
    steps.look_at(other, 122.4, 37.2, 13)  # elsewhere: the list leads back
    line = theirs.locator(".st-key-remarks_list button")
    expect(line).to_contain_text(HOSTILE[:40])
    line.click()
    other.wait_for_function(
        "([x, y]) => { const c = window.zoneMap.map.getCenter();"
        " return Math.abs(c.lng - x) < 0.01 && Math.abs(c.lat - y) < 0.01 }",
        arg=list(steps.PARK),
    )
    theirs.locator("textarea").fill("在查")
    theirs.get_by_role("button", name="提交答复").click()
    expect(theirs.locator(".chip.answered")).to_be_visible()
    expect(other.locator(".zm-pin.answered")).to_have_text("1")
    theirs.get_by_role("button", name="全部批注").click()
    theirs.get_by_text("已答复", exact=True).click()
    expect(line).to_contain_text("已答复")
    with other.expect_download() as taken:
        theirs.get_by_role("button", name="GeoJSON").click()
    taken.value.save_as(folder / "taken.geojson")
    (feature,) = json.loads((folder / "taken.geojson").read_text("utf-8"))["features"]
    assert feature["properties"]["text"] == HOSTILE
    assert feature["properties"]["replies"][0]["text"] == "在查"
    lon, lat = feature["geometry"]["coordinates"]
    assert (abs(lon - steps.PARK[0]) < 1e-3, abs(lat - steps.PARK[1]) < 1e-3) == (True, True)

    page.reload()  # the address opens the thread again
    page.wait_for_selector(steps.READY)
    expect(panel.locator(".rthread")).to_contain_text("在查")
    panel.get_by_role("button", name="了结").click()
    expect(panel.locator(".chip.closed")).to_be_visible()
    expect(page.locator(".zm-pin.closed")).to_have_text("1")
    assert store.version == before


def test_feedback_leads_back_to_the_view_it_was_written_in_and_news_goes_to_all(
    page: Page, other: Page, watch: Watch
) -> None:
    page.on("dialog", lambda dialog: watch.note(f"a script ran: {dialog.message}"))
    sign_in(page, "view", "/supply?lang=en")
    page.wait_for_selector(steps.READY)
    steps.look_at(page, 122.2, 37.4, 13)
    steps.wait_address(page, r"at=122\.2(,|%2C)37\.4(,|%2C)13")
    page.get_by_role("button", name="Feedback").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("textarea").fill(HOSTILE)
    dialog.get_by_role("button", name="Send").click()
    expect(dialog).to_contain_text("Received under number")

    sign_in(other, "root", "/admin?aview=remarks")
    row = other.locator(".adm-remark tbody tr")
    expect(row).to_contain_text(HOSTILE)
    expect(row).to_contain_text("供应台账")
    link = row.locator("a")
    assert re.match(r"\./supply\?.*lang=en", str(link.get_attribute("href")))
    other.locator(".st-key-fb_thread textarea").fill("已改")
    other.get_by_role("button", name="提交答复").click()
    expect(row.locator(".chip.answered")).to_be_visible()
    link.click()
    other.wait_for_selector('.zm[data-ready=true][data-lang="en"]')
    found = steps.state(other)
    assert (round(found["lon"], 3), round(found["lat"], 3), found["zoom"]) == (122.2, 37.4, 13)

    other.goto("/admin?aview=news&lang=zh")
    other.get_by_label("标题（中文）").fill(HOSTILE)
    other.get_by_label("正文（中文）").fill("今晚维护")
    other.get_by_role("button", name="发布").click()
    expect(other.locator(".st-key-newsbar")).to_contain_text(HOSTILE)
    page.goto("/target")
    bar = page.locator(".st-key-newsbar")
    expect(bar).to_contain_text(HOSTILE)
    assert bar.locator("img, strong").count() == 0
    bar.get_by_role("button", name="知道了").click()
    expect(bar).to_have_count(0)
    page.goto("/data")
    expect(page.get_by_role("link", name="数据")).to_be_visible()
    expect(bar).to_have_count(0)
    other.goto("/admin?aview=use")
    expect(other.locator(".tfigures")).to_contain_text("不足 3")
    expect(other.locator(".adm-use")).to_have_count(0)
