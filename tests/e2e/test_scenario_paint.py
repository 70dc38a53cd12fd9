"""Cells are painted by hand in a real browser, refused where closed, undone, solved, and kept.

A whole cell is 100 m by 100 m: 10,000 m² are 15 mu. The default scenario asks 495 to 505 mu of
its first use (四(二): 500 mu within 1 %), which may take no farmland by the office's rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import shapely
from playwright.sync_api import Page, expect

from geo import measure, scenario
from geo.ledger import open_zone
from geo.scenario import State, paint
from geo.zone import Zone
from tests.e2e import steps
from tests.e2e.server import Server, serving

PATIENCE_MS = 60_000
USE = "trade"
Place = tuple[float, float]


@dataclass(frozen=True)
class Spots:
    """Three open cells in a row and a farmland cell near them, with their middles."""

    ids: tuple[str, ...]
    open: tuple[Place, ...]
    farmland: Place


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("paint")


@pytest.fixture(scope="module")
def zone(folder: Path) -> Zone:
    return open_zone(f"sqlite:///{folder / 'zone.db'}")


@pytest.fixture(scope="module")
def office(folder: Path, zone: Zone) -> Iterator[Server]:
    with serving(folder) as running:
        yield running


@pytest.fixture(scope="module")
def spots(zone: Zone) -> Spots:
    """Looked up in the start state; which cells are open is held by tests of their own."""
    ready = scenario.prepare(zone, scenario.start(zone))
    land, shut = ready.land, paint.closures(ready)
    whole = measure.plane_areas(land.planes) > 9_999.9
    open_ = whole & (shut.codes == 0).all(axis=0)
    middles = shapely.get_coordinates(measure.to_storeds(shapely.centroid(land.planes)))
    closed = np.flatnonzero(whole & (land.present == 0))  # the first class is farmland
    for unit in np.flatnonzero(open_[:-2] & open_[1:-1] & open_[2:]).tolist():
        index = land.cells.index[unit : unit + 3] if land.cells else np.empty(0)
        away = measure.steps_m(middles[closed], np.tile(middles[unit], (len(closed), 1)))
        near = closed[(away > 300) & (away < 700)]
        if index[2] - index[0] == 2 and len(near):
            three = tuple(map(tuple, middles[unit : unit + 3].tolist()))
            return Spots(land.ids[unit : unit + 3], three, tuple(middles[near[0]].tolist()))
    raise LookupError("no three open cells beside farmland")


def painting(page: Page, office: Server, at: Place) -> None:
    """A new scenario, its painting step, the brush of the first use in hand."""
    page.goto(f"{office.url}/scenario")
    page.get_by_role("button", name="新建方案").first.click(timeout=PATIENCE_MS)
    expect(page.locator(".st-key-ctotals .cfigures")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_selector(steps.READY)
    steps.settled(page)
    page.locator(".st-key-cform").get_by_text("⑦ 手绘", exact=True).click()
    expect(page.locator(".zm-brush")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_selector(steps.READY)
    steps.settled(page)
    steps.look_at(page, *at, 15)
    page.locator(f"[data-brush=use-{USE}]").click()
    page.wait_for_function("() => window.zoneMap?.brush?.beneath && window.zoneMap.brush.closed")


def locked(page: Page, number: int) -> None:
    expect(page.locator(".st-key-cstep")).to_contain_text(
        f"手绘锁定 {number} 个单元", timeout=PATIENCE_MS
    )
    steps.settled(page)


def test_cells_are_painted_refused_undone_and_kept_by_the_solver(
    page: Page, office: Server, zone: Zone, spots: Spots
) -> None:
    painting(page, office, spots.open[0])
    row = page.locator(".cpaint tbody tr").first
    steps.click_at(page, *spots.open[0])
    locked(page, 1)
    expect(row.locator("td").nth(2)).to_have_text("15.0 亩")
    expect(row).to_contain_text("缺 480.0 亩")  # 495 less 15

    steps.click_at(page, *spots.farmland)
    expect(page.locator(".st-key-cstep .cbad")).to_contain_text("现状耕地", timeout=PATIENCE_MS)
    expect(page.locator(".zm-brush-hint")).to_contain_text("耕地")
    locked(page, 1)

    page.mouse.move(*steps.pixel(page, *spots.open[1]))
    page.mouse.down()
    page.mouse.move(*steps.pixel(page, *spots.open[2]), steps=6)
    page.mouse.up()
    locked(page, 3)
    expect(row.locator("td").nth(2)).to_have_text("45.0 亩")
    page.get_by_role("button", name="撤销").click()
    locked(page, 1)
    page.get_by_role("button", name="重做").click()
    locked(page, 3)
    painted = (
        "(ids) => { const l = window.zoneMap.layers.sets.get('cells'); return ids.map("
        "([x, y]) => window.zoneMap.tint.kind(l.places.at({ lng: x, lat: y }))?.key) }"
    )
    page.wait_for_function(f"(ids) => ({painted})(ids)[2] === 'hand:{USE}'", arg=[*spots.open])
    assert page.evaluate(painted, [*spots.open]) == [f"hand:{USE}"] * 3

    page.locator(".st-key-c_run button").click()
    expect(page.locator(".st-key-c_tab")).to_be_visible(timeout=PATIENCE_MS)
    steps.settled(page)
    found = scenario.listed(zone)[0]
    assert found.state is State.DONE
    assert dict(found.definition.locks) == dict.fromkeys(spots.ids, USE)
    given = scenario.opened(zone, found.id)
    numbers = [given.prepared.land.ids.index(id_) for id_ in spots.ids]
    assert given.use[numbers].tolist() == [0, 0, 0]

    page.locator(".st-key-chead").get_by_text("条件", exact=True).click()
    keep = page.get_by_role("button", name="把手绘结果存为方案")
    expect(keep).to_be_visible(timeout=PATIENCE_MS)
    steps.settled(page)
    keep.click()
    expect(page.locator(".st-key-c_tab")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator(".cfigures").first).to_contain_text("手绘")
    by_hand = scenario.listed(zone)[0]
    assert (by_hand.result["method"], by_hand.parent) == ("hand", found.id)
    assert by_hand.result["objective"] <= by_hand.result["bound"]
