"""The scenario page in a real browser, on a fresh store and on one with an impossible scenario.

Expected numbers are read off the plan by hand: 500 mu (四(二)) and 11,000 mu (四(三)), each
allowed 1 % more or less, so 495–505 and 10,890–11,110. The impossible scenario asks 400,000 mu
of the health city, nearly the whole zone (27,761.89 ha are 416,428 mu), farmland included.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from geo import scenario
from geo.ledger import open_zone
from geo.scenario import About, State
from geo.zone import Zone
from tests.e2e import steps
from tests.e2e.server import Server, serving

PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scenario")


@pytest.fixture(scope="module")
def zone(folder: Path) -> Zone:
    """The store as another process on the same machine has it open."""
    return open_zone(f"sqlite:///{folder / 'zone.db'}")


@pytest.fixture(scope="module")
def office(folder: Path, zone: Zone) -> Iterator[Server]:
    with serving(folder) as running:
        yield running


@pytest.fixture(scope="module")
def impossible(zone: Zone) -> str:
    """A scenario that asks for nearly the whole zone, kept by another clerk."""
    known = scenario.start(zone)
    asked = [one.model_dump(mode="json", exclude_defaults=True) for one in known.demands]
    asked[1]["mu"] = 400_000.0
    definition = scenario.checked(scenario.plain(known) | {"name": "过大", "demands": asked})
    found = scenario.run(zone, definition)
    assert found.allocation.state is State.FAILED
    return scenario.keep(zone, found, About("李工"))


def opened(page: Page, office: Server, asked: str = "") -> None:
    page.goto(f"{office.url}/scenario?{asked}")
    expect(page.locator(".st-key-chead")).to_be_visible(timeout=PATIENCE_MS)
    steps.settled(page)


def begun(page: Page, office: Server) -> None:
    opened(page, office)
    page.get_by_role("button", name="新建方案").first.click()
    expect(page.locator(".st-key-ctotals .cfigures")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_selector(steps.READY)
    steps.settled(page)


def solved(page: Page) -> None:
    page.locator(".st-key-c_run button").click()
    expect(page.locator(".st-key-c_tab")).to_be_visible(timeout=PATIENCE_MS)
    page.wait_for_selector(steps.READY)
    steps.settled(page)


def numbers(row: Locator) -> list[Decimal]:
    cells = row.locator("td").all_inner_texts()[1:]
    return [Decimal(re.sub(r"[^\d.]", "", one) or "0") for one in cells]


def test_the_start_state_tells_the_published_totals_and_says_it_is_an_example(
    page: Page, office: Server
) -> None:
    begun(page, office)
    table = page.locator(".st-key-cstep .ctab")
    expect(table).to_contain_text("120,206.1 亩")  # 8,013.74 ha of farmland, by hand
    expect(table.locator("tr.sum")).to_contain_text("416,428.4 亩")  # 27,761.89 ha
    expect(page.locator(".st-key-cstep .chip")).to_have_text("示例")
    expect(page.locator(".st-key-ctotals")).to_contain_text("11,385.0 亩")  # 495 + 10,890


def test_the_default_scenario_is_solved_kept_and_its_table_adds_up(
    page: Page, office: Server, zone: Zone
) -> None:
    begun(page, office)
    solved(page)
    expect(page.locator(".cfigures").first).to_contain_text("✓ 满足")
    kept = scenario.listed(zone)[0]
    assert kept.state is State.DONE
    got = [m2 * 3 / 2000 for m2 in kept.result["area_m2"][:2]]
    assert 495 <= got[0] <= 505
    assert 10_890 <= got[1] <= 11_110
    expect(page.locator(".zm-legend .zm-class")).to_have_count(2)
    page.locator(".st-key-c_tab").get_by_text("现状→方案", exact=True).click()
    expect(page.locator(".cflow:not(.cbefore)")).to_be_visible()
    rows = [numbers(row) for row in page.locator(".cflow:not(.cbefore) tbody tr").all()]
    assert all(sum(row[:-1]) == row[-1] for row in rows)
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    page.locator(".st-key-c_tab").get_by_text("导出与批准", exact=True).click()
    for name, start_bytes in (("GeoPackage", b"SQLite format 3"), ("Excel", b"PK")):
        with page.expect_download(timeout=PATIENCE_MS) as taken:
            page.get_by_role("button", name=name, exact=True).click()
        assert Path(taken.value.path()).read_bytes().startswith(start_bytes)


def test_approving_shows_the_difference_and_is_refused_on_example_land(
    page: Page, office: Server, zone: Zone
) -> None:
    id_ = scenario.keep(zone, scenario.run(zone, scenario.start(zone)), About("王工"))
    opened(page, office, f"cview=result&cid={id_}")
    page.locator(".st-key-c_tab").get_by_text("导出与批准", exact=True).click()
    table = page.locator(".st-key-cstep .ctab")
    expect(table.locator("tbody tr")).to_have_count(2, timeout=PATIENCE_MS)
    expect(table).to_contain_text("▲")
    paper = page.get_by_role("textbox", name="批准文号（必填）", exact=True)
    paper.fill("试验批〔2026〕1号")
    paper.press("Tab")
    steps.settled(page)
    page.get_by_role("button", name="批准并写入供应计划").click()
    expect(page.locator(".srefused")).to_contain_text("示例")
    assert scenario.kept(zone, id_).approved is None


def test_an_impossible_demand_is_told_with_its_shortfall_and_eased_by_a_button(
    page: Page, office: Server, impossible: str
) -> None:
    opened(page, office, f"cview=result&cid={impossible}")
    why = page.locator(".st-key-cwhy")
    expect(why).to_contain_text("健康城建设用地", timeout=PATIENCE_MS)
    expect(why).to_contain_text(re.compile(r"缺 [\d,.]+ 亩"))
    expect(why).to_contain_text("耕地")
    why.get_by_role("button", name="各项需求同比例减到放得下").click()
    expect(page.locator(".st-key-ctotals .cgood")).to_be_visible(timeout=PATIENCE_MS)
    steps.settled(page)
    solved(page)
    expect(page.locator(".cfigures").first).to_contain_text("✓ 满足")


def test_a_run_is_stopped_and_nothing_is_kept(page: Page, office: Server, zone: Zone) -> None:
    begun(page, office)
    before = len(scenario.listed(zone))
    page.locator(".st-key-cground").get_by_role("combobox").nth(2).click()
    page.get_by_role("option", name="50 m", exact=True).click()
    expect(page.locator(".st-key-ctotals")).to_contain_text("112,", timeout=PATIENCE_MS)
    steps.settled(page)
    page.locator(".st-key-cform").get_by_text("⑤ 选项", exact=True).click()
    edge = page.get_by_role("spinbutton").first
    edge.fill("500")
    edge.press("Enter")
    steps.settled(page)
    page.locator(".st-key-c_run button").click()
    page.locator(".st-key-c_cancel button").click()
    expect(page.get_by_text("求解已取消，没有保存结果")).to_be_visible(timeout=PATIENCE_MS)
    assert len(scenario.listed(zone)) == before


def test_two_scenarios_are_compared_cell_by_cell(
    page: Page, office: Server, zone: Zone, impossible: str
) -> None:
    small = scenario.keep(zone, scenario.run(zone, scenario.start(zone)), About("王工"))
    opened(page, office, f"cview=compare&cid={small}&cwith={impossible}")
    expect(page.locator(".cflow:not(.cbefore)")).to_be_visible(timeout=PATIENCE_MS)
    rows = [numbers(row) for row in page.locator(".cflow:not(.cbefore) tbody tr").all()]
    assert all(sum(row[:-1]) == row[-1] for row in rows)
    assert [sum(column) for column in zip(*rows[:-1], strict=True)] == rows[-1]
    expect(page.locator(".zm-legend .zm-class").first).to_be_visible()
    page.locator(".st-key-c_cmp").get_by_text("目标与条款", exact=True).click()
    expect(page.locator(".st-key-cform .ctab")).to_contain_text("四(三)")
