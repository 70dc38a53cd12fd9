"""A meeting on screen: one file from a disk with the network off, and the same by the app."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect
from shapely import box

from geo import boundaries, briefing
from geo.ledger import open_zone
from geo.model import Boundaries, Grade, Source
from geo.zone import Zone
from layers import show
from layers.brief.read import brief_of
from tests.e2e import hostile
from tests.e2e.server import Server, ask, start
from tests.layers.brief import sample

ASSETS = Path(__file__).parents[2] / "assets"
READY = """() => { const all = [...document.querySelectorAll('.sh-stage')];
return all.length > 0 && all.every((one) => one.dataset.ready === 'true') }"""
AT = "(number) => document.getElementById('show')?.dataset.slide === String(number)"
SUPPLY, SWIPE, WALL, REGISTER, MANY = 6, 7, 8, 11, 14  # slides by number
WEST, SOUTH, STEP = 122.20, 37.36, 0.002
# Letters on the slide in px of a screen of 1920 × 1080; those on maps are drawn double.
SMALL = """() => {
  const out = [];
  for (const e of document.querySelectorAll('.sh-slide *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !e.checkVisibility() || e.closest('.leaflet-container, [hidden]')) continue;
    const least = e.closest('.sh-legend') ? 19 : 22;
    const times = e.closest('.sh-zm, .zm-swatch') ? 2 : 1;
    const size = parseFloat(getComputedStyle(e).fontSize) * times;
    if (size < least) out.push(`${e.className?.baseVal ?? e.className} ${e.textContent} ${size}`);
  }
  return out }"""
CUT = """() => [...document.querySelectorAll('.sh-slide, .sh-head, .sh-body, .sh-legend')]
.filter((e) => e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2)
.map((e) => `${e.className} ${e.scrollHeight} > ${e.clientHeight}`)"""


def squares(count: int) -> Boundaries:
    """Squares in rows of fifty from the south-west, too many to be drawn as shapes."""
    spots = [(WEST + i % 50 * STEP, SOUTH + i // 50 * STEP) for i in range(count)]
    ids = [f"N{i:04d}" for i in range(count)]
    table = gpd.GeoDataFrame(
        {"id": ids, "name": ids},
        geometry=[box(x, y, x + 0.9 * STEP, y + 0.9 * STEP) for x, y in spots],
        crs=4490,
    )
    return boundaries.make("farmland", table, Source("示例", Grade.SURVEYED, "CC0"))


def given(zone: Zone) -> tuple[dict[str, Any], dict[str, Boundaries]]:
    """The sample with hostile names, a period's own colouring, and a slide of a big set."""
    record, sets = sample.record(), sample.sets(zone) | {"farmland": squares(2100)}
    names = [*hostile.NAMES, *sets["works"].table["name"]][:7]
    works = sets["works"].table.assign(name=names, name_en="")
    sets["works"] = replace(sets["works"], table=works)
    record["sets"].append("farmland")
    supply = record["colourings"]["supply:2026-11-15"]
    key = "supply_new:2025-12-31:2026-11-15"
    fresh = [3] + [None] * 15
    record["colourings"][key] = supply | {"key": key, "codes": fresh}
    record["slides"][REGISTER - 1]["table"]["rows"][0][1] = sample.text(hostile.NAMES[2])
    look = {"extent": [122.2, 37.36, 122.22, 37.37], "on": ["zone", "farmland"]}
    record["slides"].append(
        {"id": "many", "kind": "map", "title": sample.text(hostile.NAMES[4]), "look": look}
    )
    return record, sets


@pytest.fixture(scope="module")
def stick(zone: Zone, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The meeting as one file, as on a USB stick."""
    found = (path for pattern in show.ASSETS for path in ASSETS.glob(pattern))
    assets = {path.relative_to(ASSETS).as_posix(): path.read_bytes() for path in found}
    path = tmp_path_factory.mktemp("stick") / "第 3 次会议.html"
    path.write_bytes(show.page_html(brief_of(*given(zone)), assets))
    assert path.stat().st_size <= 10_000_000
    return path


@dataclass
class Away:
    """A browser with its network off, and what went wrong in it."""

    context: BrowserContext
    url: str
    faults: list[str] = field(default_factory=list)

    def open(self, slide: int = 1) -> Page:
        page = self.context.new_page()
        page.goto(f"{self.url}#{slide}")
        settled(page, slide)
        return page


@pytest.fixture
def away(browser: Browser, stick: Path) -> Iterator[Away]:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
    context.set_default_timeout(20_000)
    context.set_offline(True)
    out = Away(context, stick.as_uri())
    wrong: Callable[[str], None] = out.faults.append
    pages = {out.url}

    def requested(url: str) -> None:
        if url.partition("#")[0] not in pages and not url.startswith(("data:", "blob:")):
            wrong(f"request {url}")

    context.on("request", lambda request: requested(request.url))
    context.on("console", lambda m: wrong(m.text) if m.type == "error" else None)
    context.on("weberror", lambda error: wrong(str(error.error)))
    context.on("dialog", lambda dialog: wrong(f"dialog {dialog.message}"))
    yield out
    context.close()
    assert out.faults == []


def settled(page: Page, slide: int) -> None:
    """Wait until a slide is on and all of it is drawn."""
    page.wait_for_function(AT, arg=slide)
    page.wait_for_function(READY)


def press(page: Page, key: str, slide: int) -> None:
    page.keyboard.press(key)
    settled(page, slide)


def legend(page: Page) -> dict[str, str]:
    """Classes and their counts as the legend tells them."""
    rows = page.locator(".sh-legend-row").all()
    return {
        row.locator(".sh-legend-name").inner_text(): row.locator(".sh-legend-count").inner_text()
        for row in rows
    }


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_from_a_disk_keys_turn_slides_and_names_stay_text(away: Away) -> None:
    page = away.open()
    for key, slide in (("ArrowRight", 2), ("PageDown", 3), (" ", 4), ("ArrowLeft", 3),
                       ("PageUp", 2), ("End", MANY), ("Home", 1)):  # fmt: skip
        press(page, key, slide)
    page.evaluate(f"location.hash = '#{REGISTER}'")
    settled(page, REGISTER)
    expect(page.locator("tbody td").nth(1)).to_have_text(hostile.NAMES[2])
    expect(page.locator(".sh-which")).to_contain_text("43")
    first = page.locator(".sh-part").inner_text()
    page.keyboard.press("ArrowRight")  # the rest of the table, before the next slide
    expect(page.locator(".sh-part")).not_to_have_text(first)
    settled(page, REGISTER)
    press(page, "End", MANY)
    expect(page.locator("h1")).to_have_text(hostile.NAMES[4])
    number = page.evaluate(
        """() => { const layer = zoneMap.layers.sets.get('farmland');
        return layer.at(L.latLng(37.36 + 0.0009 + 0.004, 122.2 + 0.0009 + 0.006)) }"""
    )
    assert number == 2 * 50 + 3  # the fourth of the third row
    page.evaluate(f"location.hash = '#{WALL}'")
    settled(page, WALL)
    labels = page.evaluate("zoneMap.labels.placed.map((one) => one.text)")
    assert set(labels) & set(hostile.NAMES)
    assert page.locator(".sh-map img, .sh-map script").count() == 0


def test_every_slide_is_read_from_afar_and_cut_nowhere(away: Away) -> None:
    page = away.open()
    said = (["内部", "示例数据"], "数据截至 2026-11-15", "数据版本 128")
    for marks, day, version in (said, (["INTERNAL", "SAMPLE DATA"], "2026-11-15", "version 128")):
        expect(page.locator(".sh-mark")).to_have_text(marks)
        for slide in range(1, MANY + 1):
            page.evaluate(f"zoneShow.go({slide - 1})")
            settled(page, slide)
            assert page.evaluate(SMALL) == [], slide
            assert page.evaluate(CUT) == [], slide
            expect(page.locator(".sh-mark")).to_have_text(marks)
            expect(page.locator(".sh-imprint")).to_contain_text(day)
            expect(page.locator(".sh-imprint")).to_contain_text(version)
            expect(page.locator(".sh-qr")).to_have_count(1 if slide in (4, SWIPE) else 0)
        press(page, "l", MANY)
    page.set_viewport_size({"width": 3840, "height": 2160})
    page.wait_for_function("() => zoneShow.stage.scale === 2")
    page.set_viewport_size({"width": 1280, "height": 900})  # letters keep their share of 16:9
    page.wait_for_function("() => Math.abs(zoneShow.stage.scale - 1280 / 1920) < 1e-6")


def test_before_and_after_lie_under_one_divider(away: Away) -> None:
    page = away.open(SWIPE)
    # the first square: free at the end of 2024 and supplied now; by the sample's own codes
    assert legend(page)["已供"] == "3 → 4"
    bar = page.get_by_role("slider")
    frame = page.locator(".sh-map").bounding_box()
    assert frame
    half = frame["x"] + frame["width"] / 2
    page.mouse.move(half, frame["y"] + frame["height"] / 2)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.25, frame["y"] + 300, steps=3)
    page.mouse.up()
    expect(bar).to_have_attribute("aria-valuenow", "25")
    seen = page.evaluate(
        """([left, right, y]) => [left, right].map((x) =>
        document.elementFromPoint(x, y).closest('.zm').dataset.tint)""",
        [frame["x"] + 80, half, frame["y"] + frame["height"] - 60],
    )
    assert seen == ["tint/supply:2024-12-31", "tint/supply:2026-11-15"]
    bar.focus()
    page.keyboard.press("ArrowRight")  # moves the divider, not the slide
    expect(bar).to_have_attribute("aria-valuenow", "27")
    settled(page, SWIPE)
    centres = """() => [...document.querySelectorAll('.sh-zm')].map((one) => {
    const c = one.zoneMap.map.getCenter(); return [c.lat.toFixed(5), c.lng.toFixed(5)] })"""
    page.evaluate("zoneMap.map.panBy([60, 20], { animate: false })")
    one, other = page.evaluate(centres)
    assert one == other


def test_the_map_plays_through_time_so_far_and_by_period(away: Away) -> None:
    page = away.open(SUPPLY)
    slide = page.locator(".sh-slide")
    expect(slide).to_have_attribute("data-period", "3")
    page.evaluate(
        """() => { const slide = document.querySelector('.sh-slide'); window.seen = [];
        new MutationObserver(() => window.seen.push(slide.dataset.period))
        .observe(slide, { attributes: true, attributeFilter: ['data-period'] }) }"""
    )
    page.keyboard.press("t")
    expect(slide).to_have_attribute("data-playing", "true")
    expect(slide).to_have_attribute("data-playing", "false", timeout=30_000)
    assert page.evaluate("[...new Set(window.seen)]") == ["0", "1", "2", "3"]
    counts = page.locator(".sh-legend-count")
    page.evaluate("zoneShow.stage.slide.playback.show(0)")
    expect(page.locator(".sh-moment")).to_have_text("2023-12-31 累计")
    expect(counts.first).to_have_text("6")  # free, by the sample's own codes
    page.evaluate("zoneShow.stage.slide.playback.show(3)")
    expect(counts.nth(3)).to_have_text("3")  # built
    page.keyboard.press("m")
    expect(page.locator(".sh-moment")).to_have_text("2026-11-15 本期新增")
    expect(counts.nth(3)).to_have_text("1")
    expect(counts.first).to_have_text("0")


def test_slides_play_by_themselves_until_space_holds_them(away: Away) -> None:
    page = away.open()
    page.evaluate("zoneShow.told.slides.forEach((one) => { one.seconds = 1 })")
    page.keyboard.press("p")
    line = page.locator(".sh-line")
    expect(line).to_have_attribute("data-run", "true")
    settled(page, 2)
    page.keyboard.press(" ")
    expect(line).to_have_attribute("data-run", "")
    held = page.locator("#show").get_attribute("data-slide")
    page.keyboard.press(" ")
    expect(line).to_have_attribute("data-run", "true")
    page.wait_for_function(AT, arg=int(held or 0) + 1)
    page.keyboard.press("Escape")
    expect(line).to_have_attribute("data-run", "")
    page.keyboard.press("b")
    expect(page.locator(".sh-box")).to_be_hidden()
    page.keyboard.press("ArrowRight")  # light again, on the same slide
    expect(page.locator("h1")).to_be_visible()


def test_the_presenter_follows_and_leads(away: Away) -> None:
    page = away.open(2)
    with away.context.expect_page() as opened:
        page.keyboard.press("s")
    beside = opened.value
    settled(beside, 2)
    expect(beside.locator(".sh-p-notes")).to_have_text("重点讲逾期一项的原因。")
    press(page, "ArrowRight", 3)
    settled(beside, 3)
    press(beside, "ArrowRight", 4)
    settled(page, 4)
    expect(beside.locator(".sh-p-notes")).to_have_text("先讲园区，再讲两个项目。")
    expect(beside.locator(".sh-p-next h2").first).to_contain_text("医疗健康")
    page.keyboard.press("l")
    expect(beside.locator("h1")).to_contain_text("Service-trade")
    settled(beside, 4)
    assert serious(beside) == []


def test_axe_finds_nothing_serious_in_either_theme(away: Away) -> None:
    page = away.open(4)
    assert serious(page) == []
    page.keyboard.press("d")
    expect(page.locator("#show")).to_have_attribute("data-theme", "dark")
    assert serious(page) == []
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.evaluate(f"location.hash = '#{SUPPLY}'")
    settled(page, SUPPLY)
    assert serious(page) == []


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on a store with two meetings."""
    folder = tmp_path_factory.mktemp("meetings")
    url = f"sqlite:///{folder / 'zone.db'}"
    held = open_zone(url)
    for number, day in enumerate((date(2026, 3, 20), date(2026, 6, 20)), 1):
        briefing.freeze(held, by="测试", title=f"第 {number} 次调度会", held=day, as_of=day)
    briefing.start(held, by="测试", title="汇报")
    running = start(url, folder / "server.log")
    try:
        yield running
    finally:
        running.stop()
    assert not running.trouble(), running.log.read_text("utf-8")[-4000:]


@pytest.fixture(scope="module")
def browser_context_args(server: Server) -> dict[str, Any]:
    return {"viewport": {"width": 1920, "height": 1080}, "locale": "zh-CN", "base_url": server.url}


def test_the_app_shows_the_same_player(page: Page, server: Server) -> None:
    packs: list[str] = []
    page.on("request", lambda r: packs.append(r.url) if ".json" in r.url else None)
    story = open_stories(server)
    page.goto(f"/show/2/{story}?lang=en")
    settled(page, 1)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    press(page, "ArrowRight", 2)
    press(page, "End", page.evaluate("zoneShow.told.slides.length"))
    page.context.set_offline(True)  # all it needs is here
    press(page, "Home", 1)
    maps = [i for i, one in enumerate(page.evaluate("zoneShow.told.slides"), 1) if one["look"]]
    page.evaluate(f"location.hash = '#{maps[0]}'")
    settled(page, maps[0])
    assert page.evaluate("zoneMap.layers.sets.get('zone').features.length") == 1
    page.context.set_offline(False)
    (address,) = packs
    assert "immutable" in ask(address).headers["cache-control"]
    digest = address.rpartition("/")[2].partition(".")[0]
    assert ask(address.replace(digest, "0" * 24)).status == 404
    assert ask(f"{server.url}/show/9/{story}").status == 400
    assert ask(f"{server.url}/show/2/HB-1").status == 400


def open_stories(server: Server) -> str:
    """The id of the one story of the store."""
    folder = server.log.parent
    (story,) = briefing.stories(open_zone(f"sqlite:///{folder / 'zone.db'}"))
    return story.id


def test_the_presenter_of_the_app_opens_the_show(page: Page) -> None:
    page.goto("/show/1/default?presenter=1")
    settled(page, 1)
    press(page, "ArrowRight", 2)
    with page.context.expect_page() as opened:
        page.keyboard.press("s")
    shown = opened.value
    settled(shown, 2)
    press(page, "ArrowRight", 3)
    settled(shown, 3)
    press(shown, "End", shown.evaluate("zoneShow.told.slides.length"))
    settled(page, shown.evaluate("zoneShow.told.slides.length"))
