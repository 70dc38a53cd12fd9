"""Chromium against a real server. Every foreign request, page error and server error fails."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
    expect,
)

from geo.zone import open_zone
from tests.e2e import hostile
from tests.e2e.server import Server, serving

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NAMES += ("microsoft-edge", "msedge")
# Streamlit looks for its own routes below a deep link before it looks at the root.
PROBES = re.compile(r"/[^/?]+/_stcore/(health|host-config)$")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
expect.set_options(timeout=30_000)
HOME = {"127.0.0.1", "localhost"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: what is quick to tell is told first."""
    here = Path(__file__).parent
    items.sort(key=lambda item: here in Path(item.path).parents)


def required() -> bool:
    return os.environ.get("CI") == "true" or os.environ.get("E2E") == "required"


@pytest.fixture(scope="session")
def browser_path(playwright: Playwright) -> str:
    """$CHROME, a browser found by name, or Playwright's own."""
    found = [os.environ.get("CHROME", ""), *(shutil.which(name) or "" for name in NAMES)]
    found.append(playwright.chromium.executable_path)
    path = next((one for one in found if one and Path(one).exists()), "")
    if not path:
        hint = "没有找到 Chromium、Chrome 或 Edge：请安装其一，或用 CHROME=路径 指明"
        if required():
            pytest.fail(hint)
        pytest.skip(hint)
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_path: str) -> dict[str, Any]:
    return {"executable_path": browser_path, "args": list(QUIET), "headless": True}


@pytest.fixture(scope="session")
def browser_context_args(server: Server) -> dict[str, Any]:
    return {
        "viewport": {"width": 1440, "height": 900},
        "locale": "zh-CN",
        "base_url": server.url,
        "accept_downloads": True,
        "permissions": ["clipboard-read", "clipboard-write"],
    }


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on a store of its own that nothing but the shipped sets is in."""
    yield from _served(tmp_path_factory.mktemp("app"))


@pytest.fixture(scope="session")
def hostile_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on a store that also holds parcels and projects with hostile names."""
    folder = tmp_path_factory.mktemp("hostile")
    zone = open_zone(f"sqlite:///{folder / 'zone.db'}")
    for new in hostile.sets(zone):
        zone.replace(new, by="测试", reason="名称中的代码须原样显示")
    yield from _served(folder)


@pytest.fixture
def cold_server(tmp_path: Path) -> Iterator[Server]:
    """The app in a process that nobody has visited yet."""
    yield from _served(tmp_path)


def _served(folder: Path) -> Iterator[Server]:
    with serving(folder) as running:
        yield running


@dataclass
class Watch:
    """What went wrong in the browser while a test ran."""

    faults: list[str] = field(default_factory=list)
    allowed: list[re.Pattern[str]] = field(default_factory=list)

    def allow(self, pattern: str) -> None:
        """Let one kind of fault pass: a test that provokes it says so."""
        self.allowed.append(re.compile(pattern))

    def note(self, fault: str) -> None:
        self.faults.append(fault)

    def requested(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname not in HOME:
            self.note(f"foreign request {request.url}")

    def answered(self, response: Response) -> None:
        if response.status >= 400 and not PROBES.search(urlsplit(response.url).path):
            self.note(f"http {response.status} {response.url}")

    def said(self, message: ConsoleMessage) -> None:
        where = urlsplit(message.location.get("url", "")).path
        if message.type == "error" and not PROBES.search(where):
            self.note(f"console {message.text} {where}")

    def left(self) -> list[str]:
        return [one for one in self.faults if not any(p.search(one) for p in self.allowed)]


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture(autouse=True)
def watched(context: BrowserContext, watch: Watch) -> Iterator[None]:
    """Fail the test for whatever the browser complained of."""
    watch_over(context, watch)
    yield
    assert not watch.left()


def watch_over(context: BrowserContext, watch: Watch) -> None:
    context.set_default_timeout(45_000)
    context.on("request", watch.requested)
    context.on("response", watch.answered)
    context.on("console", watch.said)
    context.on("weberror", lambda error: watch.note(f"page error {error.error}"))


@pytest.fixture
def wide(page: Page) -> Page:
    """A page on a projector's screen."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    return page
