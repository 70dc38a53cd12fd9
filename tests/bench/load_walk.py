"""What one person does in the browser, taken down from Chromium as the messages it sends.

Nothing is made up: every message and every request of a recorded walk was sent by Streamlit's
own page in Chromium. `load_play` sends them again, many at a time.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.e2e import steps

QUIET_MS = 900
REASON = "-原因"  # after the note, so that an event says which edit it records
_SOCKET = "/_stcore/stream"


@dataclass(slots=True)
class Step:
    """One thing a person does: its messages to the script and the files then asked for."""

    name: str
    messages: list[bytes] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Walk:
    """What one person does from opening the page on; which parcel and note it is about."""

    parcel: str = ""
    note: str = ""
    steps: list[Step] = field(default_factory=list)

    @contextmanager
    def step(self, page: Page, name: str) -> Iterator[None]:
        """Whatever is sent in this block, and until all is quiet again, is one step."""
        self.steps.append(Step(name))
        yield
        quiet(page)


class Recorder:
    """Takes down what a browser sends to one server."""

    def __init__(self, context: BrowserContext, walk: Walk) -> None:
        self._walk = walk
        context.on("page", self._page)

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)
        camera = page.context.new_cdp_session(page)
        camera.send("Network.enable")
        cached: set[str] = set()
        camera.on("Network.requestServedFromCache", lambda told: cached.add(told["requestId"]))
        camera.on("Network.responseReceived", lambda told: self._asked(told, cached))

    def _asked(self, told: dict[str, Any], cached: set[str]) -> None:
        answer, parts = told["response"], urlsplit(told["response"]["url"])
        local = answer.get("fromDiskCache") or told["requestId"] in cached
        if parts.scheme == "http" and not local and answer["status"] == 200 and self._walk.steps:
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            self._walk.steps[-1].requests.append(path)

    def _socket(self, socket: WebSocket) -> None:
        if _SOCKET in socket.url:
            socket.on("framesent", self._sent)

    def _sent(self, frame: bytes | str) -> None:
        if isinstance(frame, bytes) and BackMsg.FromString(frame).HasField("rerun_script"):
            self._walk.steps[-1].messages.append(frame)


def quiet(page: Page) -> None:
    """Wait until no script runs and nothing more is asked for a while."""
    page.wait_for_timeout(QUIET_MS)
    steps.settled(page)
    page.wait_for_timeout(QUIET_MS)
    steps.settled(page)


def taken_down(new: Callable[[], BrowserContext], walk: Callable[[Page, Walk], None]) -> Walk:
    """A walk as Chromium made it, with an empty cache."""
    taken, context = Walk(), new()
    Recorder(context, taken)
    try:
        walk(context.new_page(), taken)
    finally:
        time.sleep(0.2)
        context.close()
    return taken


def browsing(page: Page, walk: Walk) -> None:
    """A planner's morning: every page, layers, a place, a list, a filter, a parcel."""
    with walk.step(page, "open"):
        page.goto("/?on=zone,district,park,project")
        page.wait_for_selector(steps.READY)
    for _ in range(2):
        with walk.step(page, "layer"):
            steps.box(page, "corridor").click()
    with walk.step(page, "identify"):
        steps.click_at(page, *steps.PARK)
        page.wait_for_selector(".st-key-card")
    _pages(page, walk, ("供应台账", "重大项目", "目标", "汇报", "选址核查"))
    with walk.step(page, "back"):
        page.get_by_role("link", name="总览图").click()
        page.wait_for_selector(steps.READY)
    with walk.step(page, "layer"):
        steps.box(page, "unit").click()
    with walk.step(page, "list"):
        page.goto("/supply")
        page.wait_for_selector(".ssum")
    with walk.step(page, "filter"):
        page.locator(".st-key-sf_status_pop").get_by_role("button").click()
        page.locator(".st-key-sf_status").get_by_text("公告").click()
    with walk.step(page, "view"):
        page.locator(".st-key-s_view").get_by_text("统计", exact=True).click()


def _pages(page: Page, walk: Walk, names: tuple[str, ...]) -> None:
    for name in names:
        with walk.step(page, "page"):
            page.get_by_role("link", name=name).click()


def editing(parcel: str, note: str) -> Callable[[Page, Walk], None]:
    """A clerk opens a parcel, writes a note with its reason, and saves."""

    def walked(page: Page, walk: Walk) -> None:
        walk.parcel, walk.note = parcel, note
        panel = page.locator(".st-key-spanel")
        with walk.step(page, "parcel"):
            page.goto(f"/supply?sel=parcel:{parcel}")
            page.wait_for_selector(".st-key-spanel")
        with walk.step(page, "act"):
            page.locator(".st-key-sp_tab").get_by_text("办理", exact=True).click()
        with walk.step(page, "amend"):
            page.locator("[class*=st-key-sp_act]").get_by_text("修改信息", exact=True).click()
        with walk.step(page, "field"):
            panel.get_by_role("combobox").first.click()
            page.keyboard.type("备注")
            page.get_by_role("option").filter(has_text="备注").click()
            page.keyboard.press("Escape")
        for label, text in (("备注", note), ("原因", note + REASON)):
            with walk.step(page, "text"):
                box = panel.get_by_role("textbox", name=label, exact=True)
                box.fill(text)
                box.press("Tab")
        with walk.step(page, "save"):
            panel.get_by_role("button", name="保存").click()

    return walked


def toggling(page: Page, walk: Walk) -> None:
    """What there is to do in the plain app: its one box, on and off."""
    with walk.step(page, "open"):
        page.goto("/")
        page.frame_locator("iframe").locator("path.leaflet-interactive").first.wait_for()
    for _ in range(2):
        with walk.step(page, "layer"):
            page.locator("[data-testid=stCheckbox] label").click()
