"""An error nobody foresaw gives the browser a number: no trace, no path, no secret, anywhere."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.e2e.conftest import Watch
from tests.e2e.server import Server, ask, start

SECRET = "tide-over-the-harbour-5533"
INNER = re.compile(rb"Traceback|RuntimeError|KeyError|postgresql:|FAULT_SECRET|/pages/\w+\.py")
ASKED = ("page", "callback", "fragment", "component")


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("faulty")
    url, given = f"sqlite:///{folder / 'zone.db'}", {"FAULT_SECRET": SECRET}
    running = start(url, folder / "log", "tests/e2e/faulty/broken.py", given)
    yield running
    running.stop()


class Ear:
    """Everything that the server said to a page: answers and messages of its socket."""

    def __init__(self, page: Page) -> None:
        self.heard: list[bytes] = []
        page.on("websocket", self._socket)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._frame)

    def _frame(self, said: str | bytes) -> None:
        self.heard.append(said.encode() if isinstance(said, str) else said)


@pytest.mark.parametrize("what", ASKED)
def test_a_page_tells_a_number_and_the_servers_log_the_rest(
    page: Page, faulty: Server, what: str
) -> None:
    ear = Ear(page)
    page.goto(faulty.url)
    page.get_by_role("button", name=what, exact=True).click()
    told = page.get_by_role("alert").filter(has_text="编号")
    expect(told).to_be_visible()
    (number,) = re.findall(r"\b[0-9A-F]{8}\b", told.inner_text())
    everything = page.content().encode() + b"".join(ear.heard)
    assert number.encode() in everything
    assert SECRET.encode() not in everything
    assert not INNER.search(everything)
    log = faulty.log.read_text("utf-8")
    assert f"unforeseen {number}" in log
    assert "RuntimeError" in log.partition(f"unforeseen {number}")[2]


def test_an_error_of_ours_tells_its_code_and_what_to_do(page: Page, faulty: Server) -> None:
    page.goto(faulty.url)
    page.get_by_role("button", name="foreseen", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("EXAMPLE")
    expect(page.get_by_text("示例：第 3 行有误，请改正")).to_be_visible()


@pytest.mark.parametrize("path", ["/api/fail", "/api/fail-at-once"])
def test_an_address_that_fails_says_that_and_no_more(faulty: Server, path: str) -> None:
    got = ask(faulty.url + path)
    assert got.status == 500
    assert SECRET.encode() not in got.body
    assert not INNER.search(got.body)
    assert len(got.body) < 300


def test_what_is_asked_wrongly_of_streamlit_tells_nothing_of_the_server(
    faulty: Server, watch: Watch
) -> None:
    for path in ("/_stcore/upload_file/x/y", "/_stcore/nothing", "/component/../../etc/passwd"):
        got = ask(faulty.url + path, b"x")
        assert got.status in (400, 403, 404, 405)
        assert not INNER.search(got.body)
        assert b"/home" not in got.body
