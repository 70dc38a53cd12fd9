"""What was not saved when the server was killed is offered again, taken up and saved."""

import json
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely
from playwright.sync_api import Page, expect

from geo import measure, scenario
from geo.chronicle import CHINA
from geo.ledger import book, open_zone, supply_rules
from geo.scenario import paint
from geo.store.draft import open_drafts
from geo.supply import Draft, Value
from geo.zone import Zone
from tests.e2e import steps
from tests.e2e.conftest import Watch
from tests.e2e.server import Server, start

PATIENCE_S = 90
PATIENCE_MS = PATIENCE_S * 1000
USE = "trade"


class Restarted:
    """A server on one store and one port that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self.server = self._start(0)

    def _start(self, port: int) -> Server:
        self._count += 1
        log = self._folder / f"server{self._count}.log"
        return start(f"sqlite:///{self._folder / 'zone.db'}", log, port=port)

    def crash(self) -> None:
        """As a lost machine: no chance to put anything away."""
        self.server.process.send_signal(signal.SIGKILL)
        self.server.process.wait()
        self.server = self._start(int(self.server.url.rpartition(":")[2]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("unsaved")


@pytest.fixture(scope="module")
def zone(folder: Path) -> Zone:
    """One parcel, ready to be supplied."""
    made = open_zone(f"sqlite:///{folder / 'zone.db'}")
    day = date(2023, 3, 1)
    said = Draft(supply_rules(), "王工", datetime(2023, 3, 1, 4, tzinfo=UTC), day, "首次入账")
    known: dict[str, Value] = {
        "area_m2": 20_000.0,
        "use": "1001",
        "location": "试验路",
        "realm": "land",
    }
    made.record([said.entered("A-1", "available", known)], expect=made.version)
    return made


@pytest.fixture(scope="module")
def office(folder: Path, zone: Zone) -> Iterator[Restarted]:
    running = Restarted(folder)
    try:
        yield running
    finally:
        running.server.stop()
    assert not running.server.trouble()


@pytest.fixture
def lost(watch: Watch) -> None:
    """While the server is away the browser complains, and may."""
    watch.allow(r"console |http (502|503)")


def until(true: Callable[[], bool]) -> None:
    """Wait for something that the store tells."""
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)


def kept(folder: Path, place: str, *texts: str) -> None:
    """Wait until all that was typed stands among the unsaved work of the one local person."""
    drafts = open_drafts(f"sqlite:///{folder / 'zone.db'}")

    def stands() -> bool:
        held = [one.place for one in drafts.held("local", datetime.now(UTC))]
        told = [
            json.dumps(drafts.data("local", at), ensure_ascii=False)
            for at in held
            if at.startswith(place)
        ]
        return any(all(text in one for text in texts) for one in told)

    until(stands)


def crashed(page: Page, office: Restarted, address: str) -> None:
    """The server dies; whoever comes back later is offered what was not saved."""
    page.goto("about:blank")
    office.crash()
    page.goto(f"{office.server.url}/{address}")
    expect(page.locator(".st-key-unsaved")).to_be_visible(timeout=PATIENCE_MS)


def taken(page: Page) -> None:
    steps.settled(page)
    page.get_by_role("button", name="继续编辑").click()
    expect(page.locator(".st-key-unsaved")).to_have_count(0, timeout=PATIENCE_MS)


def spot(zone: Zone) -> tuple[str, float, float]:
    """A whole cell open to every use, with its middle."""
    ready = scenario.prepare(zone, scenario.start(zone))
    land, shut = ready.land, paint.closures(ready)
    open_ = (measure.plane_areas(land.planes) > 9_999.9) & (shut.codes == 0).all(axis=0)
    unit = int(np.flatnonzero(open_)[0])
    (middle,) = shapely.get_coordinates(
        measure.to_storeds(shapely.centroid(land.planes[[unit]]))
    ).tolist()
    return land.ids[unit], middle[0], middle[1]


@pytest.mark.usefixtures("lost")
def test_a_painted_scenario_survives_the_server_and_is_saved_then(
    page: Page, office: Restarted, zone: Zone, folder: Path
) -> None:
    id_, lon, lat = spot(zone)
    page.goto(f"{office.server.url}/scenario")
    page.get_by_role("button", name="新建方案").first.click(timeout=PATIENCE_MS)
    expect(page.locator(".st-key-ctotals .cfigures")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_selector(steps.READY)
    steps.settled(page)
    expect(page.locator(".st-key-unsaved")).to_have_count(0)
    page.locator(".st-key-cform").get_by_text("⑦ 手绘", exact=True).click()
    expect(page.locator(".zm-brush")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_selector(steps.READY)
    steps.settled(page)
    steps.look_at(page, lon, lat, 15)
    page.locator(f"[data-brush=use-{USE}]").click()
    page.wait_for_function("() => window.zoneMap?.brush?.beneath && window.zoneMap.brush.closed")
    steps.click_at(page, lon, lat)
    step = page.locator(".st-key-cstep")
    expect(step).to_contain_text("手绘锁定 1 个单元", timeout=PATIENCE_MS)
    kept(folder, "scenario/", f'"{USE}"')

    crashed(page, office, "scenario")
    expect(page.locator(".st-key-unsaved")).to_contain_text("发现未保存的方案")
    taken(page)
    expect(step).to_contain_text("手绘锁定 1 个单元", timeout=PATIENCE_MS)
    expect(page.locator(".zm-brush")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_selector(steps.READY)
    steps.settled(page)
    page.get_by_role("button", name="把手绘结果存为方案").click()
    until(lambda: len(scenario.listed(zone)) == 1)
    assert dict(scenario.listed(zone)[0].definition.locks) == {id_: USE}
    drafts = open_drafts(f"sqlite:///{folder / 'zone.db'}")
    until(lambda: not drafts.held("local", datetime.now(UTC)))


@pytest.mark.usefixtures("lost")
def test_a_form_of_the_ledger_survives_the_server_and_is_saved_then(
    page: Page, office: Restarted, zone: Zone, folder: Path
) -> None:
    page.goto(f"{office.server.url}/supply?sel=parcel:A-1")
    panel = page.locator(".st-key-spanel")
    panel.get_by_text("办理", exact=True).click(timeout=PATIENCE_MS)
    steps.settled(page)
    panel.get_by_text("变更编号", exact=True).click()
    expect(page.locator("[class*=st-key-sform_renumber_]").first).to_be_visible()
    steps.settled(page)
    reason = panel.get_by_role("textbox", name="原因")
    reason.fill("与登记簿一致")
    reason.press("Tab")
    kept(folder, "supply/renumber/A-1", "与登记簿一致")
    steps.settled(page)
    new = panel.get_by_role("textbox", name="新宗地编号")
    new.fill("B-1")
    new.press("Tab")
    paper = panel.get_by_role("textbox", name="文号")
    paper.fill("试验〔2026〕1号")
    paper.press("Tab")
    kept(folder, "supply/renumber/A-1", '"B-1"', "1号", "与登记簿一致")

    crashed(page, office, "supply")
    expect(page.locator(".st-key-unsaved")).to_contain_text("变更编号 A-1")
    taken(page)
    expect(new).to_have_value("B-1", timeout=PATIENCE_MS)
    expect(reason).to_have_value("与登记簿一致")
    steps.settled(page)
    panel.get_by_role("button", name="保存").click()
    expect(page.locator("body")).to_contain_text("B-1", timeout=PATIENCE_MS)
    steps.settled(page)
    parcel = book(zone).supply.parcel("B-1", datetime.now(CHINA).date())
    assert parcel is not None
    assert parcel.fields["location"] == "试验路"
    expect(page.locator(".st-key-unsaved")).to_have_count(0)
