"""Two processes on one PostGIS behind the shipped nginx sample: one office to its people."""

import http.client
import json
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from playwright.sync_api import Page, expect

from geo import office, people
from geo.office import Office
from geo.people import Person, Role
from geo.store.tables import APPLICATION_ID, SCHEMA
from geo.zone import DATA, open_zone
from tests.e2e import proxy
from tests.e2e.conftest import Watch
from tests.e2e.proxy import Proxy
from tests.e2e.server import PATIENCE_S, Server, start
from tests.geo import postgres

WORD = "tide over the harbour"
COOKIE = "__Host-zone_session"
NOW = datetime(2026, 1, 2, tzinfo=UTC)
WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
SITE = {
    "type": "Feature",
    "properties": {"name": "试"},
    "geometry": {
        "type": "Polygon",
        "coordinates": [
            [
                [122.28, 37.40],
                [122.281, 37.40],
                [122.281, 37.401],
                [122.28, 37.401],
                [122.28, 37.40],
            ]
        ],
    },
}


@dataclass(frozen=True)
class Site:
    """Two servers, the proxy in front, and what they keep their data in."""

    servers: tuple[Server, Server]
    front: Proxy
    zone_url: str
    book: Office

    def seat(self, cookie: str) -> int:
        """Which server answers a session."""
        _, headers, _ = self.ask("/api/health", cookie)
        return [one.url.removeprefix("http://") for one in self.servers].index(headers["x-seat"])

    def ask(
        self, path: str, cookie: str = "", body: str = "", at: int | None = None, **more: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Ask through the proxy, or one server directly."""
        if at is None:
            trust = ssl.create_default_context()
            trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
            door: http.client.HTTPConnection = http.client.HTTPSConnection(
                proxy.NAME, self.front.port, timeout=60, context=trust
            )
        else:
            netloc = self.servers[at].url.removeprefix("http://")
            door = http.client.HTTPConnection(netloc, timeout=60)
        headers = {"cookie": f"{COOKIE}={cookie}"} if cookie else {}
        headers |= {key.replace("_", "-"): value for key, value in more.items()}
        try:
            door.request("POST" if body else "GET", path, body.encode() or None, headers)
            answer = door.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            door.close()

    def sign_in(self, **more: str) -> tuple[str, str]:
        """A session's token, and the whole cookie as it was handed out."""
        form, body = "application/x-www-form-urlencoded", "name=root&password=" + WORD
        told = {"content_type": form, "origin": self.front.url, **more}
        status, headers, _ = self.ask("/sign-in", "", body.replace(" ", "+"), None, **told)
        assert status == 303
        cookie = headers["set-cookie"]
        return cookie.partition(";")[0].partition("=")[2], cookie

    def check(self, cookie: str, at: int | None = None) -> int:
        """Check a site, which files a case: one more version of the zone."""
        return self.ask(
            "/api/check", cookie, json.dumps(SITE), at, content_type="application/json"
        )[0]

    def version(self, cookie: str, at: int | None = None) -> int:
        status, _, body = self.ask("/api/health", cookie, at=at)
        assert status == 200
        return int(json.loads(body)["version"])


@pytest.fixture(scope="module")
def site(pg_databases: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    proxy.program()
    for url in pg_databases:
        postgres.run(url, "drop schema if exists zone cascade")
    book = office.open_office(pg_databases[1], people.read(DATA / "rules"))
    secret = people.hashed(WORD)
    book.put(Person("root", "某管理", frozenset(Role), secret=secret), by="安装", now=NOW)
    open_zone(pg_databases[0])
    folder, running = tmp_path_factory.mktemp("two"), list[Any]()
    given = {"ZONE_SIGN_IN": "local", "ZONE_OFFICE": pg_databases[1]}
    try:
        for number in (0, 1):
            running.append(start(pg_databases[0], folder / f"log{number}", given=given))
        servers = (running[0], running[1])
        running.append(proxy.start(folder, servers))
        yield Site(servers, running[2], pg_databases[0], book)
    finally:
        for one in running:
            one.stop()
    for server in servers:
        assert not server.trouble(), server.log.read_text("utf-8")[-4000:]


@pytest.fixture(scope="module")
def browser_context_args(site: Site) -> dict[str, Any]:
    return {
        "viewport": {"width": 1440, "height": 900},
        "locale": "zh-CN",
        "base_url": site.front.url,
        "ignore_https_errors": True,
    }


def test_a_session_holds_on_both_and_headers_from_outside_are_not_believed(site: Site) -> None:
    token, cookie = site.sign_in(x_forwarded_for="9.9.9.9", x_remote_user="root")
    assert cookie.startswith("__Host-zone_session=")  # from this very host, over HTTPS
    assert "Secure" in cookie
    planted = {"cookie": f"zone_session={token}"}  # as a neighbour could set it
    assert site.ask("/api/search?q=a", **planted)[0] == 401
    assert "HttpOnly" in cookie
    assert [site.ask("/api/search?q=a", token, at=at)[0] for at in (0, 1, None)] == [200] * 3
    assert len({site.seat(token) for _ in range(6)}) == 1
    assert site.book.log()[-1].event.data["address"] == "127.0.0.1"
    assert site.ask("/api/search?q=a", x_remote_user="root")[0] == 401
    assert site.ask("/sign-in", host="evil.example")[0] != 200
    with pytest.raises(ssl.SSLError):  # by address instead of by name
        trust = ssl._create_unverified_context()
        door = http.client.HTTPSConnection("127.0.0.1", site.front.port, context=trust, timeout=60)
        door.request("GET", "/sign-in")


def test_what_is_done_on_one_is_seen_on_the_other_at_the_next_click(page: Page, site: Site) -> None:
    page.goto("/admin?aview=health")
    page.get_by_label("登录名").fill("root")
    page.locator("#password").fill(WORD)
    page.get_by_role("button", name="登录").click()
    own = next(c["value"] for c in page.context.cookies() if c["name"] == COOKIE)
    other = 1 - site.seat(own)
    before = site.version(own)
    figures = page.locator(".tfigures")
    expect(figures).to_contain_text(f"v{before}")
    token, _ = site.sign_in()
    assert site.check(token, at=other) == 200
    after = site.version(token, at=other)
    assert after > before
    page.get_by_role("button", name="逐条核对").click()
    expect(figures).to_contain_text(f"v{after}")
    expect(page.get_by_text("数据：完好")).to_be_visible()
    expect(page.get_by_text("人员与审计：完好")).to_be_visible()


def test_one_killed_in_mid_save_loses_nothing_and_the_other_goes_on(
    page: Page, site: Site, watch: Watch
) -> None:
    token, _ = site.sign_in()
    first = site.seat(token)
    assert site.check(token) == 200
    kept, answers = site.version(token), list[int]()
    with psycopg.connect(site.zone_url) as hold:
        hold.execute("select pg_advisory_xact_lock(%s, %s)", (APPLICATION_ID, SCHEMA))
        saving = threading.Thread(target=lambda: answers.append(site.check(token)))
        saving.start()
        _until(lambda: _one(site.zone_url, WAITING) == 1)
        site.servers[first].process.kill()
        site.servers[first].process.wait()
        saving.join(PATIENCE_S)
        hold.rollback()
    assert answers == [502]
    _until(lambda: _one(site.zone_url, WAITING) == 0)
    zone = open_zone(site.zone_url)
    assert zone.version == kept
    assert not zone.verify()
    assert site.seat(token) == 1 - first
    assert site.check(token) == 200
    assert site.version(token) > kept
    page.context.add_cookies(
        [{"name": COOKIE, "value": token, "url": site.front.url, "secure": True}]
    )
    page.goto("/admin?aview=audit")
    expect(page.locator(".adm-log")).to_contain_text("某管理")
    assert not site.book.verify()


def _one(url: str, question: str) -> int:
    with psycopg.connect(url, autocommit=True) as link:
        found = link.execute(question.encode()).fetchone()
    assert found
    return int(found[0])


def _until(so: Any) -> None:
    until = time.monotonic() + PATIENCE_S
    while not so():
        assert time.monotonic() < until
        time.sleep(0.05)
