"""The page of major projects in a browser: choose, record, be told; what is counted adds up.

43 projects ship; three invented ones are added to the store of these tests.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from geo import ledger, projects
from geo.chronicle import CHINA
from geo.projects import Stamp
from geo.zone import Zone
from tests.e2e.server import Server, start
from tests.e2e.steps import HAN, settled

TODAY = datetime.now(CHINA).date()  # the day at the office


def stamp(on: date, reason: str = "示例") -> Stamp:
    return Stamp("张三", datetime.now(UTC), on, reason, "示例文件")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the shipped projects, one that is late, one on time, one without dates."""
    folder = tmp_path_factory.mktemp("projects")
    zone = ledger.open_zone(f"sqlite:///{folder / 'zone.db'}")
    rules, opened = ledger.project_rules(), stamp(TODAY - timedelta(days=200))
    events = [
        projects.admitted(
            id_,
            {"name": name, "name_en": english, "kind": "industry", "lead": "建设局"},
            opened,
            rules,
            example=True,
        )
        for id_, name, english in (
            ("X1", "示例迟到项目", "Example late project"),
            ("X2", "示例按期项目", "Example project on time"),
            ("X3", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        )
    ]
    due = ((TODAY - timedelta(days=12)).isoformat(), (TODAY + timedelta(days=300)).isoformat())
    events += [projects.scheduled("X1", "filed", due[0], opened)]
    events += [projects.scheduled("X2", "filed", due[1], opened)]
    ledger.record(zone, events, seen=zone.version)
    return folder


@pytest.fixture(scope="module")
def zone(store: Path) -> Zone:
    return ledger.open_zone(f"sqlite:///{store / 'zone.db'}")


@pytest.fixture(scope="module")
def filled(store: Path) -> Iterator[Server]:
    running = start(f"sqlite:///{store / 'zone.db'}", store / "server.log")
    yield running
    running.stop()
    assert not running.trouble(), running.log.read_text("utf-8")[-4000:]


@pytest.fixture
def wall(page: Page, filled: Server) -> Page:
    page.goto(f"{filled.url}/project")
    expect(tile(page, "X1")).to_be_visible()
    expect(page.locator(".pm")).to_be_visible()
    return page


def tile(page: Page, id_: str) -> Locator:
    return page.locator(f'.ptile[data-project="{id_}"]')


def sums(page: Page) -> dict[str, int]:
    """The line of counts by colour."""
    found = page.locator(".pstrip b").evaluate_all("a => a.map(b => [b.dataset.sum, +b.innerText])")
    return dict(found)


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a drop-down that names itself so."""
    page.get_by_role("combobox", name=re.compile(label)).last.click()
    page.get_by_role("option", name=option, exact=True).click()
    settled(page)


def test_the_wall_shows_every_project_once_and_its_counts_add_up(wall: Page) -> None:
    found = sums(wall)
    assert found["all"] == sum(count for key, count in found.items() if key != "all")
    assert found["all"] == wall.locator(".ptile").count() == 46
    assert found["red"] == wall.locator(".ptile .pmark.triangle").count() == 1
    expect(tile(wall, "X1")).to_contain_text("逾期 12 天")
    expect(tile(wall, "X1")).to_contain_text("示例")
    drawn = wall.locator(".pm-mark").count()
    note = wall.locator(".st-key-pmap .tnote").inner_text()
    assert f"图上 {drawn} 项，未落图 {46 - drawn} 项" in note


def test_a_tile_and_a_mark_on_the_map_choose_the_same_project(wall: Page) -> None:
    tile(wall, "J01").click()
    mark = wall.locator('.pm-mark[data-project="J01"]')
    expect(mark).to_have_attribute("aria-pressed", "true")
    expect(wall.locator(".st-key-ppanel")).to_contain_text("国际经贸交流中心")
    wall.wait_for_url(re.compile("project=J01"))
    wall.locator('.pm-mark[data-project="P09"]').click()
    expect(tile(wall, "P09")).to_have_attribute("aria-pressed", "true")
    expect(tile(wall, "P09")).to_be_in_viewport()
    expect(tile(wall, "J01")).to_have_attribute("aria-pressed", "false")


def test_a_filter_counts_only_what_fits_and_lasts_over_the_views(wall: Page) -> None:
    choose(wall, "牵头单位", "建设局")
    expect(wall.locator(".ptile")).to_have_count(3)
    assert sums(wall) == {"all": 3, "red": 1, "yellow": 0, "green": 1, "grey": 1}
    wall.get_by_text("甘特图", exact=True).click()
    expect(wall.locator(".st-key-pgantt [data-testid=stVegaLiteChart]")).to_be_visible()
    wall.wait_for_url(re.compile("view=gantt"))
    assert sums(wall)["all"] == 3


def test_a_name_with_markup_is_shown_as_it_is(wall: Page) -> None:
    expect(tile(wall, "X3")).to_contain_text("<img src=x")
    tile(wall, "X3").click()
    expect(wall.locator(".st-key-ppanel h2")).to_contain_text("<img src=x")


def test_a_late_step_that_is_made_up_turns_yellow_and_keeps_its_mark(wall: Page) -> None:
    tile(wall, "X1").click()
    panel = wall.locator(".st-key-ppanel")
    choose(wall, "登记", "节点完成")
    panel.get_by_label("文件依据").fill("示例〔2026〕3号")
    panel.get_by_role("button", name="保存", exact=True).click()
    expect(panel).to_contain_text("已登记“节点完成”：X1")
    expect(tile(wall, "X1").locator(".pmark")).to_have_class(re.compile("diamond"))
    expect(panel).to_contain_text("红灯记录")
    assert sums(wall)["yellow"] == 2


def test_the_second_of_two_people_is_told_who_did_what_and_loses_nothing(
    wall: Page, zone: Zone
) -> None:
    tile(wall, "X2").click()
    panel = wall.locator(".st-key-ppanel")
    choose(wall, "登记", "退出")
    panel.get_by_label("理由").fill("资金未落实")
    panel.get_by_label("文件依据").fill("示例〔2026〕4号")
    other = projects.adjusted("X2", {"owner": "某单位"}, stamp(TODAY), ledger.project_rules())
    ledger.record(zone, [other], seen=zone.version)
    panel.get_by_role("button", name="保存", exact=True).click()
    expect(panel).to_contain_text("张三")
    expect(panel).to_contain_text("CONFLICT")
    expect(panel.get_by_label("理由")).to_have_value("资金未落实")
    panel.get_by_role("button", name="已看到最新状态").click()
    settled(wall)
    panel.get_by_role("button", name="保存", exact=True).click()
    expect(panel).to_contain_text("已登记“退出”：X2")
    assert not ledger.book(zone).register.at(TODAY)["X2"].live


@pytest.mark.parametrize(
    "view", ["wall", "list", "gantt", "money", "missing", "account", "score", "unclear"]
)
def test_in_english_no_chinese_is_left_on_a_view(page: Page, filled: Server, view: str) -> None:
    page.goto(f"{filled.url}/project?lang=en&view={view}")
    expect(page.locator(".st-key-phead")).to_be_visible()
    settled(page)
    head = page.locator(".st-key-phead, .st-key-pfilter, .pstrip, .st-key-pmain > *").all()
    said = "\n".join(one.inner_text() for one in head)
    if view == "unclear":
        return  # titles of sources are cited as they were published
    assert not HAN.search(said), said


def test_the_score_sheet_can_be_taken_away(page: Page, filled: Server) -> None:
    page.goto(f"{filled.url}/project?view=score")
    expect(page.get_by_role("button", name="下载 Excel")).to_be_visible()
    settled(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载 Excel").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
