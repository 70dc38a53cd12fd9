"""Nobody past the entrance unasked: pages, sockets, tiles, answers; and nobody stays who is out."""

import http.client
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from geo import office, people
from geo.office import Office
from geo.people import Person, Role
from geo.zone import DATA
from tests.e2e.conftest import Watch
from tests.e2e.server import Server, start

WORD = "tide over the harbour"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
ADDRESSES = (
    "/api/search?q=a",
    "/api/health",
    "/layers/zone/1.json",
    "/layers/zone/1.classes",
    "/feature/zone/1/X",
    "/tiles/zone/1/0/0/0",
    "/tint/x.bytes",
    "/images/dem/1.png",
    "/scene/1/zh/x.json",
    "/_stcore/host-config",
    "/_stcore/message",
    "/supply",
    "/",
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("entrance")
    made = office.open_office(f"sqlite:///{folder / 'office.db'}", people.read(DATA / "rules"))
    secret = people.hashed(WORD)
    for id_, role in (("root", Role.ADMINISTRATOR), ("view", Role.VIEWER), ("new", Role.VIEWER)):
        person = Person(id_, f"某{id_}", frozenset({role}), secret=secret, must_change=id_ == "new")
        made.put(person, by="安装", now=NOW)
    return made


@pytest.fixture(scope="module")
def server(book: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("guarded")
    given = {"ZONE_SIGN_IN": "local", "ZONE_OFFICE": f"sqlite:///{book._store._path}"}  # type: ignore[attr-defined]
    running = start(f"sqlite:///{folder / 'zone.db'}", folder / "log", given=given)
    yield running
    running.stop()
    assert not running.trouble(), running.log.read_text("utf-8")[-4000:]


@pytest.fixture(scope="module")
def browser_context_args(server: Server) -> dict[str, Any]:
    return {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", "base_url": server.url}


def asked(
    server: Server,
    path: str,
    headers: dict[str, str] | None = None,
    method: str = "GET",
    body: str = "",
) -> tuple[int, http.client.HTTPMessage, bytes]:
    door = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    try:
        door.request(method, path, body or None, headers or {})
        answer = door.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        door.close()


def sign_in(page: Page, name: str, word: str = WORD) -> None:
    page.get_by_label("登录名").fill(name)
    page.locator("#password").fill(word)
    page.get_by_role("button", name="登录").click()


def token(page: Page) -> str:
    return next(c["value"] for c in page.context.cookies() if c["name"] == "zone_session")


def bring(page: Page, count: int) -> None:
    """Upload so many files on the page of imports; a point in each."""
    point = {"type": "Point", "coordinates": [122.2, 37.4]}
    body = json.dumps({"type": "Feature", "properties": {"id": "1"}, "geometry": point}).encode()
    files: list[FilePayload] = [
        {"name": f"{i}.geojson", "mimeType": "application/json", "buffer": body}
        for i in range(count)
    ]
    page.wait_for_selector("input[type=file]", state="attached")
    page.set_input_files("input[type=file]", files)


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_stranger_gets_nothing_at_any_address(server: Server, path: str) -> None:
    for cookie in ("", "zone_session=", "zone_session=" + "x" * 43):
        status, _, body = asked(server, path, {"cookie": cookie} if cookie else {})
        assert status == 401
        assert json.loads(body)["code"] == "SIGNED_OUT"
    status, headers, _ = asked(server, path, {"accept": "text/html"})
    assert (status, headers["location"].split("?")[0]) == (303, "/sign-in")


def socket(server: Server) -> dict[str, str]:
    """What a browser says when it opens a websocket."""
    return {
        "connection": "Upgrade", "upgrade": "websocket", "sec-websocket-version": "13",
        "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==", "origin": server.url,
    }  # fmt: skip


def test_a_strangers_socket_is_closed(server: Server) -> None:
    assert asked(server, "/_stcore/stream", socket(server))[0] == 403


@pytest.mark.parametrize(
    "to", ["//evil.example/x", "/\\evil.example", "https://evil.example", "x", "//["]
)
def test_the_way_on_never_leaves_this_host(server: Server, to: str) -> None:
    headers = {"origin": server.url, "content-type": "application/x-www-form-urlencoded"}
    body = f"name=view&password={WORD.replace(' ', '+')}"
    status, said, _ = asked(server, f"/sign-in?next={to}", headers, "POST", body)
    assert (status, said["location"]) == (303, "/")


def test_a_form_from_another_page_is_refused(server: Server) -> None:
    body = f"name=view&password={WORD.replace(' ', '+')}"
    for origin in ({}, {"origin": "http://evil.example"}, {"origin": "null"}):
        status, said, _ = asked(server, "/sign-in", origin, "POST", body)
        assert (status, said["set-cookie"]) == (403, None)


def test_signing_in_opens_the_page_asked_for_and_signing_out_ends_it_everywhere(
    page: Page, server: Server, watch: Watch
) -> None:
    watch.allow(r"403.*/sign-in")
    page.goto("/supply?view=stats")
    sign_in(page, "view", "wrong password")
    expect(page.get_by_role("alert")).to_contain_text("登录名或密码不正确")
    sign_in(page, "view")
    page.wait_for_url("**/supply?view=stats")
    expect(page.get_by_text("某view")).to_be_visible()
    (cookie,) = [c for c in page.context.cookies() if c["name"] == "zone_session"]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    old = {"cookie": f"zone_session={token(page)}"}
    assert asked(server, "/api/search?q=a", old)[0] == 200
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-in")
    assert asked(server, "/api/search?q=a", old)[0] == 401
    assert not [c for c in page.context.cookies() if c["name"] == "zone_session"]


def test_somebody_disabled_stops_at_the_next_click(
    page: Page, server: Server, book: Office, watch: Watch
) -> None:
    watch.allow("401")  # what the page was still fetching is refused as well
    page.goto("/target")
    sign_in(page, "view")
    expect(page.get_by_text("某view")).to_be_visible()
    old = {"cookie": f"zone_session={token(page)}"}
    person = book.person("view")
    book.put(replace(person, disabled=True), by="某root", now=NOW)
    try:
        page.get_by_role("radio", name="重大事项").click()
        page.wait_for_url("**/sign-in**")
        assert asked(server, "/api/search?q=a", old)[0] == 401
    finally:
        book.put(person, by="某root", now=NOW)


def test_a_page_open_since_before_does_nothing_once_a_new_password_is_wanted(
    page: Page, server: Server, book: Office, watch: Watch
) -> None:
    watch.allow("401")  # what the page was still fetching is refused as well
    page.goto("/target")
    sign_in(page, "view")
    expect(page.get_by_text("某view")).to_be_visible()
    person = book.person("view")
    book.put(replace(person, must_change=True), by="某root", now=NOW)
    try:
        page.get_by_role("radio", name="重大事项").click()
        page.wait_for_url("**/sign-in**")
        page.goto("/target")
        page.wait_for_url("**/password**")
    finally:
        book.put(person, by="某root", now=NOW)


def test_a_page_may_open_a_socket_to_its_own_server_and_to_no_other(
    page: Page, watch: Watch
) -> None:
    page.goto("/target")
    sign_in(page, "view")
    expect(page.get_by_text("某view")).to_be_visible()  # told over the page's own socket
    watch.allow("Content Security Policy|violates")
    blocked = page.evaluate(
        """() => new Promise((done) => {
        document.addEventListener('securitypolicyviolation', (one) => done(one.effectiveDirective));
        try { new WebSocket('ws://localhost:9/x') } catch (error) { done('connect-src') } })"""
    )
    assert blocked == "connect-src"


def test_a_password_given_by_another_is_changed_before_anything_is_seen(
    page: Page, watch: Watch
) -> None:
    watch.allow(r"403.*/password")
    page.goto("/target")
    sign_in(page, "new")
    page.wait_for_url("**/password**")
    page.goto("/supply")
    page.wait_for_url("**/password**")
    page.locator("#old").fill(WORD)
    page.locator("#new").fill("short")
    page.get_by_role("button", name="更改密码").click()
    expect(page.get_by_role("alert")).to_contain_text("密码应为 10–128 个字符")
    page.locator("#old").fill(WORD)
    page.locator("#new").fill("a word of my own choice")
    page.get_by_role("button", name="更改密码").click()
    expect(page.get_by_text("某new")).to_be_visible()


def test_what_somebody_gets_is_kept_by_that_browser_alone(page: Page, server: Server) -> None:
    page.goto("/target")
    sign_in(page, "view")
    expect(page.get_by_text("某view")).to_be_visible()
    told = {"cookie": f"zone_session={token(page)}"}
    _, headers, _ = asked(server, "/favicon.ico", told)
    assert headers["cache-control"].startswith("private")


def test_all_pages_of_somebody_share_one_quota_which_signing_out_empties(
    page: Page, server: Server
) -> None:
    page.goto("/data?dview=import")
    sign_in(page, "root")
    bring(page, 10)
    expect(page.locator(".st-key-refused")).to_contain_text("请单独上传")  # all ten are there
    second = page.context.new_page()
    second.goto("/data?dview=import")
    bring(second, 1)
    told = second.locator(".st-key-refused")
    expect(told).to_contain_text("QUOTA")
    expect(told).to_contain_text("已有 10 个文件")
    expect(told).to_contain_text("最多 10 个、200 MB")
    second.get_by_role("button", name="退出").click()
    second.wait_for_url("**/sign-in")
    second.goto("/data?dview=import")
    sign_in(second, "root")
    bring(second, 1)
    expect(second.get_by_role("combobox", name=re.compile("作为"))).to_be_visible()


def test_a_server_open_to_the_network_without_sign_in_does_not_start(tmp_path: Path) -> None:
    given = {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}
    with pytest.raises(RuntimeError, match="没有设置登录"):
        start(f"sqlite:///{tmp_path / 'zone.db'}", tmp_path / "log", given=given).stop()


def test_a_gateways_word_is_taken_from_the_gateway_alone(book: Office, tmp_path: Path) -> None:
    shutil.copy(book._store._path, tmp_path / "own.office.db")  # type: ignore[attr-defined]
    given = {
        "ZONE_SIGN_IN": "header",
        "ZONE_OFFICE": f"sqlite:///{tmp_path / 'own.office.db'}",
        "FORWARDED_ALLOW_IPS": "",
    }
    named, far = {"x-remote-user": "view"}, {"x-forwarded-for": "10.9.9.9"}
    running = start(f"sqlite:///{tmp_path / 'zone.db'}", tmp_path / "log", given=given)
    try:
        status, headers, _ = asked(running, "/api/search?q=a", named | far)
        assert status == 200
        cookie = {"cookie": headers["set-cookie"].split(";")[0]}
        assert asked(running, "/api/search?q=a", cookie | named)[0] == 200
        assert asked(running, "/api/search?q=a", cookie)[0] == 401
        other = {**socket(running), **cookie, "x-remote-user": "root"}
        assert asked(running, "/_stcore/stream", other)[0] == 403  # cookie and gateway disagree
        assert asked(running, "/api/search?q=a", {"x-remote-user": "stranger"})[0] == 401
        (tmp_path / "own.office.db").unlink()
        status, _, body = asked(running, "/api/search?q=a", cookie | named)
        assert (status, json.loads(body)["code"][:5]) == (503, "STORE")
    finally:
        running.stop()
    elsewhere = {**given, "ZONE_TRUSTED_PROXY": "10.1.2.3"}
    running = start(f"sqlite:///{tmp_path / 'zone.db'}", tmp_path / "log", given=elsewhere)
    try:
        assert asked(running, "/api/search?q=a", named)[0] == 401
    finally:
        running.stop()


def test_a_gateway_whose_address_would_be_rewritten_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="FORWARDED_ALLOW_IPS"):
        start(
            f"sqlite:///{tmp_path / 'zone.db'}",
            tmp_path / "log",
            given={"ZONE_SIGN_IN": "header"},
        ).stop()


def test_two_browsers_are_two_people(browser: Browser, server: Server) -> None:
    names = []
    for id_ in ("root", "view"):
        context = browser.new_context(base_url=server.url, locale="zh-CN")
        page = context.new_page()
        page.goto("/target")
        sign_in(page, id_)
        expect(page.get_by_text(f"某{id_}")).to_be_visible()
        names.append(page.locator(".st-key-signed").inner_text())
        context.close()
    assert ["某root" in names[0], "某view" in names[1]] == [True, True]
