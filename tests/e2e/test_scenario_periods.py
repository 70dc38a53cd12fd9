"""Periods of a scenario in a real browser: asked, solved, looked at, taken away; a run stopped."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from geo import scenario
from geo.ledger import open_zone
from geo.scenario import About, State
from geo.zone import Zone
from tests.e2e import steps
from tests.e2e.server import Server, serving

PATIENCE_MS = 90_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("periods")


@pytest.fixture(scope="module")
def zone(folder: Path) -> Zone:
    return open_zone(f"sqlite:///{folder / 'zone.db'}")


@pytest.fixture(scope="module")
def office(folder: Path, zone: Zone) -> Iterator[Server]:
    with serving(folder) as running:
        yield running


def begun(page: Page, office: Server) -> None:
    """A new scenario, its inputs open."""
    page.goto(f"{office.url}/scenario")
    page.get_by_role("button", name="新建方案").first.click(timeout=PATIENCE_MS)
    expect(page.locator(".st-key-ctotals .cfigures")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_selector(steps.READY)
    steps.settled(page)


def step(page: Page, name: str) -> None:
    page.locator(".st-key-cform").get_by_text(name, exact=True).click()
    steps.settled(page)


@pytest.fixture(scope="module")
def base(zone: Zone) -> str:
    """A plan of two years on cells of 200 m, kept by another clerk; 165 then 335 mu of its use."""
    known = scenario.start(zone)
    demands = [
        {"use": "trade", "mu": much, "period": period, "clause": "四(二)"}
        for period, much in enumerate((165.0, 335.0))
    ]
    more = {"name": "两期", "periods": [2026, 2028], "units": {"step_m": 200.0}}
    definition = scenario.checked(scenario.plain(known) | more | {"demands": demands})
    return scenario.keep(zone, scenario.run(zone, definition), About("李工"))


def corner(page: Page, x: float, y: float, count: int) -> None:
    """A click on the map, and wait until the pencil has taken it."""
    page.mouse.click(x, y)
    page.wait_for_function("n => zoneMap.drawing.ring.length === n", arg=count)


def drawn(page: Page) -> None:
    """An area of one's own is drawn in the sea corner of the map, named and added."""
    page.locator(".st-key-cform").get_by_text("在图上画", exact=True).click()
    page.wait_for_function("() => zoneMap.drawing && zoneMap.drawing.mode")
    steps.settled(page)
    box = page.locator(".zm").bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    x, y = box["x"] + 0.45 * box["width"], box["y"] + 0.55 * box["height"]
    for count, (right, down) in enumerate(((0, 0), (90, 0)), start=1):
        corner(page, x + right, y + down, count)
    page.mouse.dblclick(x + 90, y + 90)
    page.wait_for_function("() => zoneMap.drawing.areas.length === 1")
    expect(page.locator(".st-key-c_own")).to_contain_text("已画 1 个面", timeout=PATIENCE_MS)
    name = page.get_by_role("textbox", name="名称（必填）", exact=True)
    name.fill("试验禁区")
    name.press("Tab")
    add = page.locator(".st-key-c_own").get_by_role("button", name="加入", exact=True)
    expect(add).to_be_enabled()
    add.click()
    expect(page.locator(".st-key-c_own")).to_have_count(0, timeout=PATIENCE_MS)
    steps.settled(page)


def test_a_plan_of_two_periods_is_asked_solved_looked_at_played_and_taken_away(
    page: Page, office: Server, zone: Zone, base: str
) -> None:
    page.goto(f"{office.url}/scenario?cid={base}")
    page.get_by_role("button", name="以此为底改条件").click(timeout=PATIENCE_MS)
    expect(page.locator(".st-key-ctotals .cfigures")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_selector(steps.READY)
    steps.settled(page)
    step(page, "③ 排除与转换")
    drawn(page)
    step(page, "⑥ 分期")
    years = page.get_by_role("textbox", name="各期年份")
    years.fill("2026、2029")
    years.press("Enter")
    expect(page.locator(".st-key-cstep .ctab")).to_contain_text("2029", timeout=PATIENCE_MS)
    steps.settled(page)
    page.locator(".st-key-c_run button").click()
    spans = page.locator(".st-key-cspan")
    expect(spans).to_be_visible(timeout=PATIENCE_MS)
    kept = scenario.listed(zone)[0]
    assert (kept.parent, kept.state) == (base, State.DONE)
    assert kept.definition.periods == (2026, 2029)
    assert [one.title for one in kept.definition.excludes or ()].count("试验禁区") == 1
    legend = page.locator(".zm-legend").first
    expect(legend).to_contain_text("2026、2029 年累计", timeout=PATIENCE_MS)
    spans.get_by_text("2029", exact=True).click()
    expect(legend).to_contain_text("配置结果（2029 年）", timeout=PATIENCE_MS)
    expect(legend).to_contain_text("（此前）")
    expect(page.locator(".st-key-cstep .ctab").first).to_contain_text("（2029 年）")
    expect(page.locator(".st-key-cstep .ctab").first).not_to_contain_text("2026")
    steps.settled(page)
    page.locator(".st-key-c_tab").get_by_text("导出与批准", exact=True).click()
    expect(page.locator(".st-key-cstep")).to_contain_text("导出的时期：2029 年")
    with page.expect_download(timeout=PATIENCE_MS) as taken:
        page.get_by_role("button", name="Excel", exact=True).click()
    assert taken.value.suggested_filename == f"{kept.id}_2029.xlsx"
    with ZipFile(taken.value.path()) as book:
        said = book.read("xl/sharedStrings.xml").decode()
    assert "服务贸易园（2029 年）" in said
    assert "2026" not in said.replace(kept.id, "")
    spans.get_by_role("button", name="▶ 播放").click()
    expect(legend).to_contain_text("累计", timeout=PATIENCE_MS)
    expect(spans.get_by_role("button", name="▶ 播放")).to_be_visible(timeout=PATIENCE_MS)


def test_a_big_run_is_stopped_and_leaves_nothing_behind(
    page: Page, office: Server, zone: Zone
) -> None:
    begun(page, office)
    before = len(scenario.listed(zone))
    page.locator(".st-key-cground").get_by_role("combobox").nth(2).click()
    page.get_by_role("option", name="50 m", exact=True).click()
    expect(page.locator(".st-key-ctotals")).to_contain_text("112,", timeout=PATIENCE_MS)
    steps.settled(page)
    step(page, "⑤ 选项")
    edge = page.get_by_role("spinbutton").first
    edge.fill("500")
    edge.press("Enter")
    steps.settled(page)
    run = page.locator(".st-key-c_run button")
    expect(run).to_be_enabled()
    run.click()
    page.locator(".st-key-c_cancel button").click(timeout=PATIENCE_MS)
    expect(page.get_by_text("求解已取消，没有保存结果")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.locator(".st-key-crun")).to_have_count(0)
    expect(run).to_be_enabled(timeout=PATIENCE_MS)
    assert len(scenario.listed(zone)) == before
