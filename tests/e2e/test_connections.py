"""Where the server connects to while its pages are used: nowhere but this machine.

Not the browser is asked, and not the program, but the kernel: every call of the server and of
all its children that names an address.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geo import briefing
from geo.ledger import open_zone
from tests.e2e import steps, traced
from tests.e2e.server import Server, start
from tests.e2e.test_data_page import choose_set, confirm, geojson, square, upload
from tests.e2e.test_takeaway import choose, open_menu, taken

WAIT = 90_000
DAY = date(2026, 1, 2)
PASTED = "4142500,41429000\n4142500,41429200\n4142300,41429200\n4142300,41429000"
HEAD = '17 connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("'
OUTSIDE = "203.0.113.9"  # set aside for examples: nobody is there


@dataclass(frozen=True)
class Traced:
    """A server, and the file that its connections are written to."""

    server: Server
    trace: Path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Traced]:
    folder = tmp_path_factory.mktemp("traced")
    store = f"sqlite:///{folder / 'zone.db'}"
    briefing.freeze(open_zone(store), by="测试员", title="开局会", held=DAY, as_of=DAY)
    under = traced.command(folder / "trace")
    server = start(store, folder / "log", under=under)
    yield Traced(server, folder / "trace")
    if server.process.poll() is None:  # a test failed
        traced.ended(server.process)


def walk(page: Page, server: Server, folder: Path) -> None:
    """Every kind of work once: a map, an export, an import, a check, every page, a deck."""
    open_menu(page)
    choose(page, "格式", "GeoJSON")
    assert taken(page, "_4490.geojson", folder)
    upload(page, server, "parcels.geojson", geojson(square(122.20, 37.38, 编号="1", 名称="甲")))
    choose_set(page, "parcel")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("1", timeout=WAIT)
    confirm(page, 许可或使用范围="示例，仅测试", 事由="测试导入", 经办人="测试员")
    expect(page.get_by_text(re.compile(r"数据版本 v\d+")).first).to_be_visible(timeout=WAIT)
    page.goto(f"{server.url}/site")
    page.locator(".st-key-site_way").get_by_text("贴", exact=True).click()
    page.locator(".st-key-site_paste textarea").fill(PASTED)
    page.keyboard.press("Control+Enter")
    page.locator(".st-key-site_check button").click()
    expect(page.locator(".zs-facts dd").first).to_have_text(re.compile("XZ-"), timeout=WAIT)
    for name in ("supply", "project", "target", "scenario", "show?view=output"):
        page.goto(f"{server.url}/{name}")
        steps.settled(page)
    page.locator(".st-key-show_make_html button").first.click()
    expect(page.locator(".st-key-show_take_html button")).to_be_visible(timeout=WAIT)


def test_the_server_and_its_children_connect_to_this_machine_alone(
    page: Page, running: Traced, tmp_path: Path
) -> None:
    walk(page, running.server, tmp_path)
    traced.ended(running.server.process)
    lines = running.trace.read_text("utf-8", "replace").splitlines()
    # It looked on: the server bound its address, and the reader of files was one of those seen.
    assert any("bind(" in line and "127.0.0.1" in line for line in lines)
    assert traced.foreign(lines) == []
    assert not running.server.trouble()


@pytest.mark.parametrize(
    "line",
    [
        f'{HEAD}{OUTSIDE}")}}, 16) = 0',
        f'{HEAD}{OUTSIDE}")}}, 16 <unfinished ...>',
        f'{HEAD}0.0.0.0")}}, 16) = 0',
        '9 bind(4, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("0.0.0.0")}, 16) = 0',
        "9 connect(4, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), "
        'inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
        '9 sendto(4, ""..., 30, 0, {sa_family=AF_INET, sin_port=htons(53), '
        'sin_addr=inet_addr("192.0.2.53")}, 16) = 30',
        "9 sendmsg(4, {msg_name={sa_family=AF_INET, sin_port=htons(53), "
        'sin_addr=inet_addr("192.0.2.53")}, msg_namelen=16, msg_iov=[], msg_iovlen=1}, 0) = 30',
        "9 connect(4, 0x7ffd0, 16) = -1 EFAULT (Bad address)",
        '9 connect(4, {sa_family=AF_PACKET, sa_data=""}, 16) = 0',
    ],
)
def test_a_line_of_a_trace_that_leads_elsewhere_is_found(line: str) -> None:
    assert traced.foreign([line]) == [line]


@pytest.mark.parametrize(
    "line",
    [
        f'{HEAD}127.0.0.1")}}, 16) = 0',
        "9 connect(4, {sa_family=AF_INET6, sin6_port=htons(80), "
        'inet_pton(AF_INET6, "::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
        '9 connect(4, {sa_family=AF_UNIX, sun_path="/run/nscd"}, 110) = -1 ENOENT',
        '9 sendto(4, ""..., 30, 0, NULL, 0) = 30',
        "9 sendmsg(4, {msg_name=NULL, msg_namelen=0, msg_iov=[], msg_iovlen=1}, 0) = 30",
        f'9 write(1, "connected to {OUTSIDE}", 24) = 24',
    ],
)
def test_a_line_that_stays_here_is_not(line: str) -> None:
    assert traced.foreign([line]) == []


def test_a_program_that_does_connect_elsewhere_is_caught_by_name(tmp_path: Path) -> None:
    under = traced.command(tmp_path / "trace")
    reach = (
        "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); "
        f"s.connect_ex(('{OUTSIDE}', 9)); s.connect_ex(('127.0.0.1', 9))"
    )  # a datagram's socket: no packet leaves the machine
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {reach!r}], check=True)"
    subprocess.run([*under, sys.executable, "-c", child], check=True)
    lines = (tmp_path / "trace").read_text("utf-8").splitlines()
    assert traced.named(traced.foreign(lines)) == [OUTSIDE]
