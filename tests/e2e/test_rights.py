"""Rights in a real browser: what one may not do is closed, forged clicks are refused, secrets gone.

A forged click is sent past the page: the same message a browser sends, with the state of a
button that the page keeps disabled.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from shapely import box as square
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geo import ledger, office, people
from geo.model import STORED_CRS, Boundaries, Grade, Source
from geo.office import Office
from geo.people import Person, Role
from geo.store import open_store
from geo.zone import DATA
from tests.e2e import steps
from tests.e2e.server import Server, start

WORD = "tide over the harbour"
HOSTILE = '"><img src=x onerror=alert(1)>{{7*7}} **粗**'
NOW = datetime(2026, 1, 2, tzinfo=UTC)
SECRET = "farmland"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rights")


@pytest.fixture(scope="module")
def book(folder: Path) -> Office:
    made = office.open_office(f"sqlite:///{folder / 'office.db'}", people.read(DATA / "rules"))
    secret = people.hashed(WORD)
    root = Person(
        "root", "某管理", frozenset({Role.ADMINISTRATOR}), clearance="绝密", secret=secret
    )
    made.put(root, by="安装", now=NOW)
    made.put(Person("view", HOSTILE, frozenset({Role.VIEWER}), secret=secret), by="安装", now=NOW)
    return made


@pytest.fixture(scope="module")
def server(folder: Path, book: Office) -> Iterator[Server]:
    store = f"sqlite:///{folder / 'zone.db'}"
    zone = ledger.open_zone(store)
    shape = [square(122.26, 37.40, 122.262, 37.402)]
    table = gpd.GeoDataFrame({"id": ["F1"], "name": ["密田"]}, geometry=shape, crs=STORED_CRS)
    source = Source("密件", Grade.OFFICIAL, "内部使用", secrecy="机密")
    zone.replace(Boundaries(SECRET, table, source), by="甲", reason="密")
    given = {
        "ZONE_SIGN_IN": "local",
        "ZONE_OFFICE": f"sqlite:///{folder / 'office.db'}",
        "ZONE_SECRECY_LIMIT": "绝密",
    }
    running = start(store, folder / "log", given=given)
    yield running
    running.stop()
    assert not running.trouble(), running.log.read_text("utf-8")[-4000:]


@pytest.fixture(scope="module")
def browser_context_args(server: Server) -> dict[str, Any]:
    return {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", "base_url": server.url}


class Wire:
    """Everything said between a page and the server; and a way to say more in its name."""

    def __init__(self, page: Page) -> None:
        self._asked: list[BackMsg] = []
        self._ids: set[str] = set()
        page.route_web_socket("**/_stcore/stream", self._between)

    def _between(self, ws: WebSocketRoute) -> None:
        self._server = ws.connect_to_server()

        def asked(message: str | bytes) -> None:
            if isinstance(message, bytes):
                told = BackMsg.FromString(message)
                if told.HasField("rerun_script"):
                    self._asked.append(told)
            self._server.send(message)

        def told(message: str | bytes) -> None:
            if isinstance(message, bytes):
                found = ForwardMsg.FromString(message)
                if found.delta.new_element.HasField("button"):
                    self._ids.add(found.delta.new_element.button.id)
            ws.send(message)

        ws.on_message(asked)
        self._server.on_message(told)

    def forge(self, key: str) -> None:
        """Press a button by the end of its key, whatever the page thinks of it."""
        (id_,) = [one for one in self._ids if one.endswith(key)]
        message = BackMsg()
        message.CopyFrom(self._asked[-1])
        states = message.rerun_script.widget_states.widgets
        states.add(id=id_, trigger_value=True)
        self._server.send(message.SerializeToString())


def sign_in(page: Page, name: str, to: str) -> None:
    page.goto(to)
    page.get_by_label("登录名").fill(name)
    page.locator("#password").fill(WORD)
    page.get_by_role("button", name="登录").click()


def names(page: Page) -> dict[str, str]:
    """Sets of the layer tree, each with how it is drawn."""
    found: dict[str, str] = page.evaluate(
        "() => Object.fromEntries(window.zoneMap.data.sets.map((s) => [s.name, s.draw]))"
    )
    return found


def test_a_viewer_finds_what_takes_more_closed_and_a_forged_click_is_refused(
    page: Page, folder: Path, book: Office
) -> None:
    wire = Wire(page)
    store = open_store(f"sqlite:///{folder / 'zone.db'}")
    sign_in(page, "view", "/supply")
    expect(page.locator(".st-key-signed")).to_contain_text(HOSTILE)
    expect(page.locator(".st-key-senter button").first).to_be_disabled()
    page.goto("/show?view=story")
    begin = page.get_by_role("button", name="按八项重大事项生成汇报")
    expect(begin).to_be_disabled()
    before = store.version
    wire.forge("show_begin_first")  # Streamlit itself drops what a closed button says
    page.get_by_role("radio", name="输出").click()
    page.get_by_role("radio", name="汇报内容").click()
    expect(begin).to_be_disabled()
    assert store.version == before
    person = book.person("view")
    book.put(replace(person, roles=frozenset({Role.PRESENTER})), by="某管理", now=NOW)
    page.goto("/show?view=story")
    expect(begin).to_be_enabled()
    book.put(person, by="某管理", now=NOW)  # the page does not know yet, the store does
    begin.click()
    expect(page.locator(".srefused")).to_contain_text("NOT_ALLOWED")
    expect(page.locator(".srefused")).to_contain_text(HOSTILE)
    assert store.version == before


def test_what_is_secret_is_on_the_map_of_those_alone_who_may_see_it(
    page: Page, server: Server, book: Office
) -> None:
    since = open_store(f"sqlite:///{Path(book._store._path).parent / 'zone.db'}").sets()[SECRET]  # type: ignore[attr-defined]
    address = f"/layers/{SECRET}/{since}.json"
    sign_in(page, "view", "/")
    page.wait_for_selector(steps.READY)
    assert names(page)[SECRET] == "absent"
    refused = page.request.get(address)
    assert (refused.status, refused.json()["code"]) == (400, "SET_MISSING")
    assert page.request.get("/api/search?q=密田").json() == []
    page.context.clear_cookies()
    sign_in(page, "root", "/")
    page.wait_for_selector(steps.READY)
    assert names(page)[SECRET] != "absent"
    assert page.request.get(address).status == 200
    assert [one["set"] for one in page.request.get("/api/search?q=密田").json()] == [SECRET]
    seen = [one.event for one in book.log() if one.event.subject == "audit/view"]
    assert {(one.by, one.data["set"]) for one in seen} == {("某管理", SECRET)}
