"""The supply page in a real browser, on a ledger of six invented parcels in one row.

Six squares of the same size stand from west to east. What each went through is written below
and nowhere else; expected statuses and sums are read off it by hand: 6 parcels of 2 hm² are
12 hm² (30 mu each, 180 mu in all); on 2024-06-30 A-3 was still available, A-4 not announced.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import geopandas as gpd
import pytest
from playwright.sync_api import Locator, Page, expect
from shapely import box as square

from geo.ledger import book, open_zone, record, supply_rules
from geo.model import STORED_CRS, Boundaries, Event, Grade, Source
from geo.supply import Draft, Value
from geo.zone import Zone
from layers import sheet
from tests.e2e import steps
from tests.e2e.server import Server, serving
from tests.e2e.test_reach import faults

IDS = [f"A-{number}" for number in range(1, 7)]
WEST, SOUTH, SIDE = 122.26, 37.40, 0.0016
LIST = "/supply"


def middle(id_: str) -> tuple[float, float]:
    """A point inside a parcel."""
    at = IDS.index(id_)
    return WEST + at * 2 * SIDE + SIDE / 2, SOUTH + SIDE / 2


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def drawn() -> Boundaries:
    shapes = [
        square(WEST + at * 2 * SIDE, SOUTH, WEST + at * 2 * SIDE + SIDE, SOUTH + SIDE)
        for at in range(len(IDS))
    ]
    table = gpd.GeoDataFrame({"id": IDS, "name": IDS}, geometry=shapes, crs=STORED_CRS)
    return Boundaries("parcel", table, Source("试验宗地", Grade.SCHEMATIC, "试验"))


def filled(folder: Path) -> Zone:
    zone = open_zone(f"sqlite:///{folder / 'zone.db'}")
    start_day = date(2023, 3, 1)
    said = Draft(supply_rules(), "王工", noon(start_day), start_day, "首次入账")
    known: dict[str, Value] = {
        "area_m2": 20_000.0,
        "use": "1001",
        "location": "试验路",
        "realm": "land",
    }
    events = [said.entered(id_, "available", known) for id_ in IDS]
    shown = Event("boundaries/parcel", "replaced", "王工", noon(start_day), start_day, {"count": 6})
    zone.record([shown, *events], [drawn()], expect=zone.version)
    for id_, day in (("A-3", date(2024, 9, 1)), ("A-4", date(2024, 10, 1))):
        on = Draft(supply_rules(), "李工", noon(day), day, "发布公告", "试验告〔2024〕1号")
        parcel = book(zone).supply.parcel(id_, day)
        assert parcel is not None
        asked: dict[str, Value] = {"method": "listing", "start_price_wan": 900}
        record(zone, [on.moved(parcel, "notice", asked)], seen=zone.version)
    return zone


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("supply")


@pytest.fixture(scope="module")
def zone(folder: Path) -> Zone:
    """The store as another clerk on the same machine has it open."""
    return filled(folder)


@pytest.fixture(scope="module")
def office(folder: Path, zone: Zone) -> Iterator[Server]:
    with serving(folder) as running:
        yield running


def opened(page: Page, office: Server, asked: str = "") -> None:
    page.goto(f"{office.url}{LIST}?{asked}")
    page.wait_for_selector(steps.READY)
    expect(page.locator(".ssum")).to_be_visible()
    steps.settled(page)


def selected(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.zoneMap.data.selected.map((s) => s.id)")
    return found


def panel(page: Page) -> Locator:
    return page.locator(".st-key-spanel")


def tab(page: Page, name: str) -> None:
    page.locator(".st-key-sp_tab").get_by_text(name, exact=True).click()
    steps.settled(page)


def act(page: Page, name: str, form: str) -> None:
    tab(page, "办理")
    page.locator("[class*=st-key-sp_act]").get_by_text(name, exact=True).click()
    expect(page.locator(f"[class*=st-key-sform_{form}_]").first).to_be_visible()
    steps.settled(page)


def box(page: Page, label: str) -> Locator:
    return panel(page).get_by_role("textbox", name=label, exact=True)


def typed(page: Page, label: str, text: str) -> None:
    field = box(page, label)
    field.fill(text)
    field.press("Tab")
    steps.settled(page)


def save(page: Page) -> None:
    panel(page).get_by_role("button", name="保存").click()
    steps.settled(page)


def test_the_line_of_sums_adds_up(page: Page, office: Server) -> None:
    opened(page, office)
    expect(page.locator(".ssum")).to_contain_text("6 宗")
    expect(page.locator(".ssum")).to_contain_text("180.0 亩")
    expect(page.locator(".sparts")).to_contain_text("公告 260.0")
    expect(page.locator(".sparts")).to_contain_text("可供 4120.0")


def test_the_overview_is_narrowed_played_through_and_laid_over_another_day(
    page: Page, office: Server
) -> None:
    page.goto(f"{office.url}/?asof=2024-03-31&status=notice")
    page.wait_for_selector(f"{steps.READY}[data-tint^=tint]")
    left = page.locator(".mleft")
    expect(left).to_contain_text("宗地 0 / 6")
    steps.settled(page)
    legend = "window.zoneMap.tint.classes.map((c) => c.key)"
    before = page.evaluate(legend)
    page.evaluate("window.zoneMap.host.probe = window.zoneMap.map.probe = 1")
    page.locator(".st-key-map_play").get_by_role("button").click()
    page.get_by_role("button", name="按年播放").click()
    expect(left).to_contain_text("宗地 2 / 6")  # by the end of 2024 two were announced
    expect(page.locator(".st-key-map_play")).to_be_visible()  # it stopped by itself
    page.wait_for_url(lambda url: "asof=" not in url and "status=notice" in url)
    page.wait_for_function(
        """() => [0, 1, 2, 3, 4, 5].map((i) => window.zoneMap.tint.kind(i)?.key ?? '').join()
        === ',,notice,notice,,'"""
    )
    assert page.evaluate("[window.zoneMap.host.probe, window.zoneMap.map.probe]") == [1, 1]
    assert page.evaluate(legend) == before == ["available", "notice"]
    page.locator(".st-key-mf_clear button").click()
    expect(left).to_have_count(0)
    page.goto(f"{office.url}/?versus=2024-03-31")
    expect(page.locator(f"{steps.READY}[data-tint^=tint]")).to_have_count(2)
    expect(page.locator(".zm-swipe")).to_be_visible()
    assert page.evaluate(
        """() => [...document.querySelectorAll('.zm')].map(
        (host) => host.zoneMap.tint.classes.map((c) => c.count))"""
    ) == [[4, 2], [6, 0]]


def test_a_filter_narrows_list_sums_and_map_and_stands_in_the_address(
    page: Page, office: Server
) -> None:
    opened(page, office)
    page.locator(".st-key-sf_status_pop").get_by_role("button").click()
    page.locator(".st-key-sf_status").get_by_text("公告").click()
    steps.wait_address(page, r"status=notice")
    expect(page.locator(".ssum")).to_contain_text("2 宗（共 6 宗）")
    page.wait_for_function(  # the legend is the same for all days and filters, its counts are not
        """() => window.zoneMap.data.tint.classes.map((c) => `${c.key} ${c.count}`).join()
        === 'available 0,notice 2'"""
    )


def test_a_click_on_the_map_marks_the_row_and_a_row_marks_the_map(
    page: Page, office: Server
) -> None:
    opened(page, office)
    steps.look_at(page, *middle("A-3"), 15)
    steps.click_at(page, *middle("A-3"))
    expect(panel(page).locator("h2")).to_have_text("A-3")
    steps.wait_address(page, r"sel=parcel%3AA-3")
    page.wait_for_function("() => window.zoneMap.data.selected[0]?.id === 'A-3'")
    table = page.locator(".st-key-stable canvas").first
    expect(table).to_be_visible()
    bounds = table.bounding_box()
    assert bounds is not None
    page.mouse.click(bounds["x"] + 20, bounds["y"] + 33 * 2 + 20)  # the row below the marked one
    page.wait_for_function("() => window.zoneMap.data.selected.length === 2")
    assert set(selected(page)) == {"A-3", "A-1"}
    expect(panel(page)).to_contain_text("已选 2 宗，合计 60.00 亩")


def test_a_move_without_its_paper_is_refused_and_keeps_what_was_typed(
    page: Page, office: Server, zone: Zone
) -> None:
    opened(page, office, "sel=parcel:A-3")
    act(page, "状态变更", "move")
    panel(page).get_by_role("combobox").first.click()
    page.get_by_role("option").filter(has_text="成交").click()
    steps.settled(page)
    typed(page, "成交价款 /万元（必填）", "1000")
    typed(page, "原因", "竞买成交")
    before = zone.version
    save(page)
    expect(page.locator(".srefused")).to_contain_text("须有文号")
    assert zone.version == before
    expect(box(page, "原因")).to_have_value("竞买成交")
    typed(page, "文号（必填）", "试验成〔2024〕2号")
    save(page)
    expect(panel(page).locator(".sp-state b")).to_have_text("成交")
    found = book(zone).supply.parcel("A-3")
    assert found is not None
    assert (found.status, found.fields["price_wan"]) == ("deal", 1000)
    tab(page, "历史")
    expect(page.locator(".shistory li").first).to_contain_text("公告 → 成交")
    expect(page.locator(".shistory li").first).to_contain_text("竞买成交")


def test_the_second_of_two_clerks_is_told_and_loses_nothing(
    page: Page, office: Server, zone: Zone
) -> None:
    opened(page, office, "sel=parcel:A-2")
    act(page, "修改信息", "amend")
    panel(page).get_by_role("combobox").first.click()
    page.keyboard.type("备注")
    page.get_by_role("option").filter(has_text="备注").click()
    page.keyboard.press("Escape")
    steps.settled(page)
    typed(page, "备注", "地上有一处旧厂房")
    typed(page, "原因", "现场核查")
    said = Draft(supply_rules(), "李工", datetime.now(UTC), date(2024, 11, 1), "退回重新整理")
    parcel = book(zone).supply.parcel("A-2")
    assert parcel is not None
    record(zone, [said.moved(parcel, "prepared")], seen=zone.version)
    save(page)
    expect(page.locator(".srefused")).to_contain_text("李工")
    expect(page.locator(".srefused")).to_contain_text("状态变更")
    expect(box(page, "备注")).to_have_value("地上有一处旧厂房")
    expect(panel(page).locator(".sp-state b")).to_have_text("整理")
    save(page)
    expect(page.locator(".srefused")).to_have_count(0)
    now = book(zone).supply.parcel("A-2")
    assert now is not None
    assert (now.status, now.fields["note"]) == ("prepared", "地上有一处旧厂房")


def test_an_entry_is_taken_back_and_both_stay_in_the_history(
    page: Page, office: Server, zone: Zone
) -> None:
    opened(page, office, "sel=parcel:A-4")
    act(page, "撤回", "undo")
    typed(page, "原因", "公告日期有误")
    save(page)
    expect(panel(page).locator(".sp-state b")).to_have_text("可供")
    tab(page, "历史")
    expect(page.locator(".shistory li.gone")).to_contain_text("公告")
    found = book(zone).supply.parcel("A-4")
    assert found is not None
    assert found.status == "available"


def test_two_parcels_are_merged_with_their_shapes(page: Page, office: Server, zone: Zone) -> None:
    opened(page, office, "sel=parcel:A-5,parcel:A-6")
    typed(page, "新宗地编号", "A-56")
    typed(page, "文号（必填）", "试验并〔2024〕1号")
    typed(page, "原因", "合并供应")
    save(page)
    expect(page.locator(".ssum")).to_contain_text("5 宗")
    expect(page.locator(".ssum")).to_contain_text("180.0 亩")
    found, shapes = book(zone).supply.parcel("A-56"), zone.boundaries("parcel")
    assert found is not None
    assert shapes is not None
    assert (found.area_m2, found.parents) == (40_000.0, ("A-5", "A-6"))
    assert "A-56" in set(shapes.table["id"])


def test_the_ledger_is_seen_as_it_was_and_cannot_be_changed_there(
    page: Page, office: Server
) -> None:
    opened(page, office, "asof=2024-06-30")
    expect(page.locator(".spast").first).to_contain_text("2024-06-30")
    expect(page.locator(".ssum")).to_contain_text("6 宗")
    expect(page.locator(".sparts li")).to_have_count(1)
    expect(page.locator(".sparts")).to_contain_text("可供 6")
    opened(page, office, "asof=2024-06-30&sel=parcel:A-3")
    tab(page, "办理")
    expect(panel(page)).to_contain_text("办理请先回到今天")
    page.get_by_role("button", name="回到今天").click()
    expect(page.locator(".st-key-spast")).to_have_count(0)


def test_what_was_not_yet_recorded_is_not_known(page: Page, office: Server, zone: Zone) -> None:
    moved = book(zone).supply.entries("A-3")[1].number
    opened(page, office, f"known={moved}")
    expect(page.locator(".sparts")).to_contain_text("公告 1")
    expect(page.locator(".sparts")).to_contain_text("可供 5")


def test_excel_is_compared_line_by_line_and_then_kept(
    page: Page, office: Server, zone: Zone
) -> None:
    rows: dict[str, list[str | None]] = {
        "宗地编号": ["A-1", "B-1", "B-2", "A-2"],
        "状态": ["可供", "储备", "没有这个状态", None],
        "面积（公顷）": ["3", "1.5", "1", "2"],
    }
    page.goto(f"{office.url}{LIST}?view=files")
    data = sheet.workbook("台账", rows, {})
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    upload = page.locator(".st-key-sfiles_in input[type=file]")
    before = zone.version
    upload.set_input_files({"name": "台账.xlsx", "mimeType": kind, "buffer": data})
    counts = page.locator(".scounts li")
    expect(counts).to_have_text(["1 新增", "1 变更", "1 不变", "1 不能入账"])
    assert zone.version == before
    button = page.get_by_role("button", name="确认写入 2 笔")
    expect(button).to_be_disabled()
    page.get_by_text("搁置 1 行").click()
    reason = page.locator(".st-key-si_reason input")
    reason.fill("年度更新")
    reason.press("Tab")
    steps.settled(page)
    button.click()
    expect(page.get_by_text("已导入 2 笔")).to_be_visible()
    held = book(zone).supply.at()
    assert (held["A-1"].area_m2, held["B-1"].status, "B-2" in held) == (30_000.0, "reserve", False)


def test_an_empty_ledger_offers_the_next_step(page: Page, cold_server: Server) -> None:
    page.goto(f"{cold_server.url}{LIST}")
    empty = page.locator(".st-key-sempty")
    expect(empty).to_contain_text("台账还是空的")
    empty.get_by_role("button", name="打开示例").click()
    expect(page.get_by_text("python -m geo demo")).to_be_visible()
    page.keyboard.press("Escape")
    empty.get_by_role("button", name="导入 Excel").click()
    expect(page.locator(".st-key-sfiles_in")).to_be_visible()


@pytest.mark.parametrize("view", ["list", "stats", "alerts", "batches", "plan", "files"])
@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080)])
def test_every_view_opens_without_a_sideways_scroll(
    page: Page, office: Server, view: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{office.url}{LIST}?lang=en&view={view}")
    expect(page.locator(".st-key-s_view")).to_be_visible()
    steps.settled(page)
    expect(page.locator(".st-key-error")).to_have_count(0)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0


def test_in_english_stages_have_letters_of_their_own_and_axe_finds_nothing_serious(
    page: Page, office: Server
) -> None:
    opened(page, office, "lang=en&sel=parcel:A-1")
    letter = page.locator(".sparts .sbadge").first
    expect(letter).to_have_text(re.compile("[A-Z]"))
    legend = page.locator(".zm-legend .zm-class").first
    expect(legend).to_be_visible()
    said = page.locator(".sparts").inner_text() + page.locator(".zm-legend").inner_text()
    assert not steps.HAN.search(said), said
    assert faults(page) == []
