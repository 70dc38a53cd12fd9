"""Scenarios kept, compared, analysed and approved in a real browser, in a town of 36 cells.

Numbers are those of the town, by hand (see `tests.geo.scenario.town`): a cell is 14.9976 mu, six
are 90.0. The first scenario gives six cells to trade and six to green land, the second twelve to
trade: six cells go from green to trade.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geo import ledger, scenario
from geo.scenario import About, Definition
from geo.supply.quota import plan
from geo.zone import Zone
from tests.e2e import steps
from tests.e2e.server import Server, serving
from tests.geo.scenario import town

PATIENCE_MS = 60_000


def weighed(trade: float, green: float) -> Definition:
    """The town's scenario with a second factor, which says the same everywhere."""
    whole = scenario.plain(town.asked(trade, green))
    whole["uses"][0] |= {"weights": {"road": 3, "coast": 1}}
    whole["uses"][0]["scales"]["coast"] = [[0, 50], [1000, 50]]
    return scenario.checked(whole)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("compare")


@pytest.fixture(scope="module")
def zone(folder: Path) -> Zone:
    return town.built(f"sqlite:///{folder / 'zone.db'}")


@pytest.fixture(scope="module")
def two(zone: Zone) -> tuple[str, str]:
    first = scenario.run(zone, weighed(90.0, 90.0))
    one = scenario.keep(zone, first, About("王工", note="初稿"))
    other = scenario.run(zone, weighed(180.0, 0.0))
    return one, scenario.keep(zone, other, About("李工", one, "全部给商业"))


@pytest.fixture(scope="module")
def office(folder: Path, two: tuple[str, str]) -> Iterator[Server]:
    with serving(folder) as running:
        yield running


def opened(page: Page, office: Server, asked: str) -> None:
    page.goto(f"{office.url}/scenario?{asked}")
    expect(page.locator(".st-key-chead")).to_be_visible(timeout=PATIENCE_MS)
    steps.settled(page)


def choose(page: Page, key: str, text: str) -> None:
    page.locator(f".st-key-{key}").get_by_text(text, exact=True).click()
    steps.settled(page)


def test_a_copy_is_named_noted_and_locked_and_tells_where_it_comes_from(
    page: Page, office: Server, zone: Zone, two: tuple[str, str]
) -> None:
    first, _ = two
    opened(page, office, f"cid={first}")
    panel = page.locator(".st-key-cpanel")
    expect(panel.locator(".sfacts")).to_contain_text("初稿", timeout=PATIENCE_MS)
    expect(panel.locator(".sfacts")).to_contain_text(scenario.kept(zone, first).inputs[:16])
    page.locator(f".st-key-c_copy_{first}_pop button").first.click()
    page.locator(f".st-key-c_copy_{first}_go button").click()
    expect(panel.locator("h2")).to_contain_text("副本")
    steps.settled(page)
    copy = scenario.listed(zone)[0]
    assert copy.parent == first
    expect(panel.locator(".sfacts")).to_contain_text(first)
    name = page.locator(f".st-key-c_name_{copy.id} input")
    name.fill("送审稿")
    name.press("Tab")
    steps.settled(page)
    page.locator(f".st-key-c_name_{copy.id}_go button").click()
    expect(panel.locator("h2")).to_have_text("送审稿")
    page.locator(f".st-key-c_lock_{copy.id}_pop button").first.click()
    page.locator(f".st-key-c_lock_{copy.id} button").click()
    expect(panel).to_contain_text("已锁定，不能修改")
    known = scenario.kept(zone, copy.id)
    assert (known.name, known.parent, known.locked) == ("送审稿", first, True)
    assert known.inputs == scenario.kept(zone, first).inputs


def test_weights_from_comparisons_in_pairs_are_solved_and_kept(
    page: Page, office: Server, zone: Zone, two: tuple[str, str]
) -> None:
    """Weights 3 : 1 are one comparison of 3, which contradicts nothing: CR = 0."""
    first, _ = two
    opened(page, office, f"cid={first}")
    page.locator(".st-key-c_anew button").click()
    expect(page.locator(".st-key-ctotals")).to_be_visible(timeout=PATIENCE_MS)
    choose(page, "c_step", "④ 权重")
    page.locator(".st-key-cweigh").get_by_text("两两比较 AHP", exact=True).click()
    expect(page.locator(".st-key-cform")).to_contain_text("一致性比例 CR = 0", timeout=PATIENCE_MS)
    steps.settled(page)
    page.locator(".st-key-c_run button").click()
    expect(page.locator(".st-key-c_tab")).to_be_visible(timeout=PATIENCE_MS)
    made = scenario.listed(zone)[0]
    assert made.parent == first
    assert made.definition.uses[0].pairs is not None
    assert list(made.definition.uses[0].pairs.values()) == [3.0]


def test_two_scenarios_are_laid_over_one_another_told_and_one_becomes_the_plan(
    page: Page, office: Server, zone: Zone, two: tuple[str, str]
) -> None:
    first, second = two
    opened(page, office, f"cview=compare&cid={second}&cwith={first}")
    expect(page.locator(".cflow:not(.cbefore)")).to_contain_text("90.0", timeout=PATIENCE_MS)
    choose(page, "c_maps", "左右对比")
    divider = page.locator(".zm-swipe")
    expect(divider).to_have_attribute("aria-valuenow", "50", timeout=PATIENCE_MS)
    divider.press("ArrowRight")
    expect(divider).to_have_attribute("aria-valuenow", "52")
    moved = """() => { const maps = [...document.querySelectorAll(".zm")].map((z) => z.zoneMap.map);
        const [a, b] = maps;
        a.setView([37.4, 122.1], 12, {animate: false});
        return b.getZoom() === 12 && b.getCenter().distanceTo(a.getCenter()) < 50; }"""
    assert page.evaluate(moved)
    choose(page, "c_cmp", "指标")
    expect(page.locator(".cformula").first).to_have_attribute("title", "各用途可用面积之和")
    opened(page, office, f"cview=result&cid={first}")
    choose(page, "c_tab", "分析")
    page.locator(".st-key-c_begin_choices button").click()
    expect(page.locator(".st-key-cstep")).to_contain_text("选中的次数", timeout=PATIENCE_MS)
    page.wait_for_selector(steps.READY)
    middle = page.evaluate("(([w, s, e, n]) => [(w + 5 * e) / 6, (s + n) / 2])(zoneMap.data.home)")
    steps.look_at(page, *middle, 13)
    steps.click_at(page, *middle)
    expect(page.locator(".cshare").first).to_contain_text("距主干道", timeout=PATIENCE_MS)
    choose(page, "c_tab", "导出与批准")
    approve(page)
    expect(page.locator(".cgood")).to_contain_text("年供应计划", timeout=PATIENCE_MS)
    year = scenario.kept(zone, first).approved
    assert year is not None
    lines = {x.use: x.area_m2 for x in plan(ledger.book(zone).entries, year)}
    assert lines == pytest.approx({"09": 59_990, "14": 59_990}, rel=1e-3)  # 6 × 9,998.4 m²


def approve(page: Page) -> None:
    """See the difference, say on which paper, and write it."""
    rows = page.locator(".st-key-cstep .ctab tbody tr")
    expect(rows).to_have_count(2, timeout=PATIENCE_MS)
    expect(rows.first).to_contain_text("▲ 90.0 亩")
    paper = page.get_by_role("textbox", name="批准文号（必填）", exact=True)
    paper.fill("试验批〔2026〕1号")
    paper.press("Tab")
    steps.settled(page)
    page.get_by_role("button", name="批准并写入供应计划").click()
