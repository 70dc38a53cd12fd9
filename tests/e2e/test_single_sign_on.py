"""Single sign-on against a provider that runs in the test: accounts are still ours to open."""

import json
import re
import subprocess
import sys
import time
import urllib.request
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
from tests.e2e.server import Server, free_port, start

NOW = datetime(2026, 1, 2, tzinfo=UTC)
ENTER = re.compile(r"/enter\?")
SECRET = "h3-tides_and.winds+over=the/new-town"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A sign-in server in a process of its own, which knows two people."""
    port = free_port()
    known = [{"sub": sub, "email": f"{sub}@example.com"} for sub in ("li", "stranger")]
    claims = [word for one in known for word in ("--user-claims", json.dumps(one))]
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *claims],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://localhost:{port}"
    while process.poll() is None and not answers(f"{url}/.well-known/openid-configuration"):
        time.sleep(0.2)
    yield url
    process.terminate()
    process.wait(15)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("single")
    made = office.open_office(f"sqlite:///{folder / 'office.db'}", people.read(DATA / "rules"))
    made.put(Person("root", "某root", frozenset({Role.ADMINISTRATOR})), by="安装", now=NOW)
    made.put(Person("li@example.com", "李某", frozenset({Role.VIEWER})), by="某root", now=NOW)
    return made


def given(book: Office, folder: Path, provider: str, port: int, secret: str) -> dict[str, str]:
    secrets = folder / "secrets.toml"
    secrets.write_text(
        f'[auth]\nredirect_uri = "http://localhost:{port}/oauth2callback"\n'
        f'cookie_secret = "{secret}"\nclient_id = "zone"\nclient_secret = "unused-here"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n',
        "utf-8",
    )
    return {
        "ZONE_SIGN_IN": "oidc",
        "ZONE_OFFICE": f"sqlite:///{book._store._path}",  # type: ignore[attr-defined]
        "STREAMLIT_SECRETS_FILES": str(secrets),
    }


@pytest.fixture(scope="module")
def server(
    book: Office, provider: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("oidc"), free_port()
    told = given(book, folder, provider, port, SECRET)
    running = start(f"sqlite:///{folder / 'zone.db'}", folder / "log", given=told, port=port)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser_context_args(server: Server) -> dict[str, Any]:
    base = server.url.replace("127.0.0.1", "localhost")
    return {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", "base_url": base}


def come_in(page: Page, watch: Watch, claim: str) -> None:
    watch.allow(r"picocss|404.*favicon")  # of the provider in the test; ours never does
    page.goto("/target")
    page.get_by_role("button", name="统一登录").click()
    page.wait_for_url(re.compile(r"/oauth2/authorize"))
    page.locator("input[name=sub]").fill(claim)
    page.get_by_role("button", name=re.compile("Authorize|Log ?in|Submit", re.I)).first.click()


def test_whom_the_provider_knows_and_we_opened_an_account_for_gets_in(
    page: Page, watch: Watch
) -> None:
    come_in(page, watch, "li")
    expect(page.get_by_text("李某")).to_be_visible()
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert "zone_session" in names


def test_whom_the_provider_knows_and_we_do_not_stays_outside(page: Page, watch: Watch) -> None:
    come_in(page, watch, "stranger")
    expect(page.get_by_text("在本系统没有可用的账号")).to_be_visible()
    assert "zone_session" not in {cookie["name"] for cookie in page.context.cookies()}


def test_signing_out_ends_it_and_the_providers_session_alone_lets_nobody_in(
    page: Page, server: Server, watch: Watch
) -> None:
    watch.allow(r"\b401\b")  # what the page still asked for as it was left
    come_in(page, watch, "li")
    expect(page.get_by_text("李某")).to_be_visible()
    old = {c["name"]: c["value"] for c in page.context.cookies() if "zone" in c["name"]}
    assert set(old) == {"zone_session"}  # the mark of the beginning was good once
    page.get_by_role("button", name="退出").click()
    # The provider is told, and asks; what it still knows of the person must not be enough.
    expect(page.get_by_role("button", name="End session")).to_be_visible()
    page.goto("/target")
    expect(page.get_by_role("button", name="统一登录")).to_be_visible()
    expect(page.get_by_text("李某")).to_have_count(0)
    assert page.request.get("/api/search?q=a", headers=cookies(old)).status == 401


def cookies(held: dict[str, str]) -> dict[str, str]:
    return {"cookie": "; ".join(f"{name}={value}" for name, value in held.items())}


def test_a_ticket_is_good_in_the_browser_alone_where_it_was_begun(
    page: Page, browser: Browser, server: Server, watch: Watch
) -> None:
    page.route(ENTER, lambda route: route.abort())
    with page.expect_request(ENTER) as asked:
        come_in(page, watch, "li")
    address = asked.value.url
    other = browser.new_context()
    stolen = other.new_page()
    answer = stolen.goto(server.url.replace("127.0.0.1", "localhost") + "/target")
    assert answer and "zone_begun" in {c["name"] for c in other.cookies()}
    refused = stolen.goto(address)
    assert refused and refused.status == 403
    assert "zone_session" not in {c["name"] for c in other.cookies()}
    other.close()


@pytest.mark.parametrize("secret", ["short", "a" * 40])
def test_a_guessable_cookie_secret_stops_the_start(
    book: Office, provider: str, tmp_path: Path, secret: str
) -> None:
    port = free_port()
    told = given(book, tmp_path, provider, port, secret)
    with pytest.raises(RuntimeError, match="cookie_secret 太短"):
        start(f"sqlite:///{tmp_path / 'z.db'}", tmp_path / "log", given=told, port=port).stop()
