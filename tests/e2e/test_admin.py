"""The page of administration in a browser: an account is made, used, and told of in the log."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from geo import office, people
from geo.office import Office
from geo.people import Person, Role
from geo.zone import DATA
from tests.e2e.conftest import Watch
from tests.e2e.server import Server, start

WORD = "tide over the harbour"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)> {{7*7}} **粗** :red[x] =1+1"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("administration")
    made = office.open_office(f"sqlite:///{folder / 'office.db'}", people.read(DATA / "rules"))
    secret = people.hashed(WORD)
    for id_, role in (("root", Role.ADMINISTRATOR), ("edit", Role.EDITOR)):
        made.put(Person(id_, f"某{id_}", frozenset({role}), secret=secret), by="安装", now=NOW)
    return made


@pytest.fixture(scope="module")
def server(book: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("administered")
    given = {
        "ZONE_SIGN_IN": "local",
        "ZONE_OFFICE": f"sqlite:///{book._store._path}",  # type: ignore[attr-defined]
        "ZONE_BACKUPS": str(folder),
    }
    running = start(f"sqlite:///{folder / 'zone.db'}", folder / "log", given=given)
    yield running
    running.stop()
    assert not running.trouble(), running.log.read_text("utf-8")[-4000:]


@pytest.fixture(scope="module")
def browser_context_args(server: Server) -> dict[str, Any]:
    return {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", "base_url": server.url}


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("登录名").fill(name)
    page.locator("#password").fill(WORD)
    page.get_by_role("button", name="登录").click()


@pytest.fixture
def desk(page: Page, watch: Watch) -> Page:
    """The page of administration, opened by the administrator."""
    page.on("dialog", lambda dialog: watch.note(f"a script ran: {dialog.message}"))
    page.goto("/admin")
    sign_in(page, "root")
    expect(page.locator(".st-key-ap_form")).to_be_visible()
    return page


def test_an_account_is_made_and_must_change_its_password(
    desk: Page, browser: Browser, server: Server, book: Office
) -> None:
    form = desk.locator(".st-key-ap_form")
    form.get_by_role("textbox", name="登录名").fill("wang")
    form.get_by_role("textbox", name="姓名").fill(HOSTILE)
    form.get_by_label("初始密码").fill("short")
    form.get_by_role("button", name="新增", exact=True).click()
    expect(form).to_contain_text("密码应为 10–128 个字符")
    expect(form.get_by_label("初始密码")).to_have_value("")
    form.get_by_label("初始密码").fill(WORD)
    form.get_by_role("button", name="新增", exact=True).click()
    row = desk.locator(".adm tbody tr", has_text="wang")
    expect(row.locator("td").first).to_have_text(HOSTILE)
    expect(row).to_contain_text("待改密码")
    expect(desk.get_by_test_id("stAlert").first).to_contain_text(HOSTILE)
    assert desk.locator(".stMain img[src=x], .stMain .adm strong").count() == 0
    assert WORD not in desk.content()
    new = browser.new_context(base_url=server.url, locale="zh-CN")
    own = new.new_page()
    own.goto("/target")
    sign_in(own, "wang")
    own.wait_for_url("**/password**")
    new.close()
    assert book.person("wang").must_change


def test_the_log_is_sifted_checked_and_taken_away_with_its_head(
    desk: Page, book: Office, tmp_path: Path
) -> None:
    book.put(Person("zhao", f"{HOSTILE} 二", frozenset({Role.VIEWER})), by="某root", now=NOW)
    lines = sum(one.event.subject.startswith("person/") for one in book.log())
    desk.get_by_role("radio", name="审计").click()
    log = desk.locator(".adm-log tbody tr")
    expect(log.first).to_contain_text("zhao")  # newest first
    expect(log.nth(1)).to_contain_text("登录与退出")
    expect(desk.locator(".adm-log")).to_contain_text(HOSTILE)
    assert "argon2" not in desk.content()
    desk.get_by_role("button", name="核对校验链").click()
    expect(desk.get_by_text(re.compile(r"完好：逐条核对到末条 \d+:[0-9a-f]{64}"))).to_be_visible()
    desk.get_by_role("combobox", name="类别").click()
    desk.get_by_role("option", name="账号变更").click()
    expect(log).to_have_count(lines)
    desk.keyboard.press("Escape")
    with desk.expect_download() as taken:
        desk.get_by_role("button", name="CSV").click()
    taken.value.save_as(tmp_path / "log.csv")
    text = (tmp_path / "log.csv").read_text("utf-8-sig")
    head = next(line for line in text.splitlines() if line.startswith('"末条校验值"'))
    number, digest = re.findall(r"(\d+):([0-9a-f]{64})", head)[0]
    assert not book.verify((int(number), digest))
    assert text.count('"账号变更"') == lines + 1  # and what was filtered


def test_health_is_told_to_the_administrator(desk: Page, book: Office, tmp_path: Path) -> None:
    desk.get_by_role("radio", name="健康").click()
    expect(desk.locator(".tfigures .bad")).to_contain_text("没有")
    told = desk.request.get("/api/health?all=1").json()
    assert told["status"] == "ok"
    assert told["office"]["people"] == len(book.people.persons)
    assert str(tmp_path.parent) not in json.dumps(told)


def test_who_may_not_finds_no_way_in(page: Page, watch: Watch) -> None:
    page.goto("/target")
    sign_in(page, "edit")
    expect(page.get_by_text("某edit")).to_be_visible()
    expect(page.get_by_role("link", name="目标")).to_be_visible()
    assert page.get_by_role("link", name="管理").count() == 0
    watch.allow(r"http 403 .*/api/health|requested does not seem to exist")
    assert page.request.get("/api/health?all=1").status == 403
    assert page.request.get("/api/health").json()["status"] == "ok"
    page.goto("/admin")
    expect(page.get_by_role("dialog").or_(page.get_by_text("某edit")).first).to_be_visible()
    assert page.locator(".adm").count() == 0
