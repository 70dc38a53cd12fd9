"""Every page at two sizes and in both languages: nothing clipped, covered or outside the window.

With PICTURES=1 (``make pictures``) the pictures of the README are written on the way.
"""

import io
import itertools
import os
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from geo import casework, demo
from geo.chronicle import CHINA
from tests.e2e.server import ROOT, Server, start
from tests.e2e.steps import PARK, card, click_at, look_at, open_map, settled, tool

FOLDER = ROOT / "docs" / "pictures"
SIZES = ((1440, 900), (1920, 1080))
# pictures of these are taken at the smaller size only
SMALL_ONLY = ("data-import", "map-table", "map-measure", "target-clause", "supply-", "scenario")
ON_THE_MAP = (
    ".zm-panel",
    ".zm-bar",
    ".zm-measure",
    ".zm-readout",
    ".zm-furniture",
    ".zm-credit",
    ".st-key-card",
    ".st-key-drawer",
    "[data-testid=stHeader]",
)
BOXES = """(names) => names.flatMap((name) => [...document.querySelectorAll(name)].map((e) => {
  const r = e.getBoundingClientRect(); return [name, r.left, r.top, r.right, r.bottom] }))
  .filter(([, l, t, r, b]) => r - l > 1 && b - t > 1)"""
CLIPPED = """() => [...document.querySelectorAll(
  '.zm-panel .zm-chip, .zm-group-name, .zm-link, .zm-count, .zm-bar button, .zc-big, .tfigures b')]
  .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1 && e.clientWidth)
  .map((e) => e.textContent)"""


@pytest.fixture(params=itertools.product(SIZES, ("zh", "en")), ids=lambda p: f"{p[0][0]}-{p[1]}")
def seat(page: Page, request: pytest.FixtureRequest) -> tuple[Page, str, str]:
    """A page at a size, the language, and the end of the picture's name."""
    (width, height), lang = request.param
    page.set_viewport_size({"width": width, "height": height})
    return page, lang, f"{lang}-{width}x{height}.png"


def check(page: Page) -> None:
    """The facts of a good layout."""
    size = page.viewport_size
    assert size is not None
    found = page.evaluate(BOXES, list(ON_THE_MAP))
    for name, left, top, right, bottom in found:
        assert left >= 0, name
        assert top >= 0, name
        assert right <= size["width"], name
        assert bottom <= size["height"] + 1, name
    for one, other in itertools.combinations(found, 2):
        apart = (
            one[3] <= other[1] + 1
            or other[3] <= one[1] + 1
            or one[4] <= other[2] + 1
            or other[4] <= one[2] + 1
        )
        assert apart, f"{one} covers {other}"
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert page.evaluate(CLIPPED) == []


def picture(page: Page, name: str) -> None:
    settled(page)
    check(page)
    shot(page, name)


def shot(page: Page, name: str) -> None:
    """Keep what is on screen, when pictures are asked for."""
    big = "1920" in name
    if os.environ.get("PICTURES") == "1" and not (big and name.startswith(SMALL_ONLY)):
        page.mouse.move(5, 5)
        page.wait_for_timeout(300)  # labels and fades come to rest
        FOLDER.mkdir(exist_ok=True)
        shot = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
        shot.quantize(256, dither=Image.Dither.NONE).save(FOLDER / name, optimize=True)


def test_the_map_with_its_card_table_and_measure_box(seat: tuple[Page, str, str]) -> None:
    page, lang, end = seat
    open_map(page, f"/?lang={lang}")
    picture(page, f"map-{end}")
    look_at(page, PARK[0] + 0.02, PARK[1], 14)
    click_at(page, *PARK)
    expect(card(page).locator("h3")).to_be_visible()
    picture(page, f"map-card-{end}")
    page.locator('.zm-row:has(input[data-set="park"]) .zm-table').click()
    expect(page.locator(".st-key-drawer canvas td").first).to_be_attached()
    picture(page, f"map-table-{end}")


def test_the_map_with_the_measure_box(seat: tuple[Page, str, str]) -> None:
    page, lang, end = seat
    open_map(page, f"/?lang={lang}&at=122.24,37.41,13")
    tool(page, "area").click()
    for x, y in ((760, 300), (1000, 280), (1050, 560)):
        page.mouse.click(x, y)
    page.mouse.dblclick(780, 540)
    expect(page.locator(".zm-measure")).to_contain_text(re.compile("亩|mu"))
    picture(page, f"map-measure-{end}")


def test_the_targets_page_and_one_clause(seat: tuple[Page, str, str]) -> None:
    page, lang, end = seat
    page.goto(f"/target?lang={lang}&target=G01")
    expect(page.locator(".st-key-tdetail")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").locator("canvas td").first).to_be_attached()
    picture(page, f"target-{end}")
    page.goto(f"/target?lang={lang}&clause=三(四)2")
    expect(page.locator(".st-key-tclauseview")).to_be_visible()
    picture(page, f"target-clause-{end}")


def test_the_data_page_and_a_file_on_its_way(seat: tuple[Page, str, str]) -> None:
    page, lang, end = seat
    page.goto(f"/data?lang={lang}")
    expect(page.get_by_test_id("stDataFrame").first.locator("canvas td").first).to_be_attached()
    picture(page, f"data-{end}")
    page.goto(f"/data?lang={lang}&dview=import")
    page.set_input_files("input[type=file]", ROOT / "docs" / "samples" / "示例地块.geojson")
    field = page.get_by_role("combobox").first
    expect(field).to_be_visible(timeout=60_000)
    field.click()
    page.keyboard.type("parcel")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("stMetricValue").first).to_be_visible(timeout=60_000)
    picture(page, f"data-import-{end}")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on the demonstration store, with one site checked and filed."""
    folder = tmp_path_factory.mktemp("pictures")
    zone = demo.made(f"sqlite:///{folder / 'demo.db'}", date(2026, 6, 30))
    site = casework.picked(zone, ["SL-0003", "SL-0004"], "0701")
    casework.ask(zone, [site], casework.Asker("示例经办", "示例"), date(2026, 6, 30))
    running = start(f"sqlite:///{folder / 'demo.db'}", folder / "server.log")
    try:
        yield running
    finally:
        running.stop()


def test_the_ledger_with_a_parcel_and_its_totals(
    seat: tuple[Page, str, str], office: Server
) -> None:
    page, lang, end = seat
    page.goto(f"{office.url}/supply?lang={lang}&sel=parcel:SL-0003&asof=2026-06-30")
    expect(page.locator(".st-key-spanel")).to_be_visible(timeout=60_000)
    page.wait_for_selector(".zm[data-ready=true]")
    picture(page, f"supply-{end}")
    page.goto(f"{office.url}/supply?lang={lang}&view=stats&asof=2026-06-30")
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible(timeout=60_000)
    picture(page, f"supply-totals-{end}")


def test_the_wall_of_projects(seat: tuple[Page, str, str], office: Server) -> None:
    page, lang, end = seat
    page.goto(f"{office.url}/project?lang={lang}&asof=2026-06-30")
    expect(page.get_by_role("button", name=re.compile("SLX-05")).first).to_be_visible(
        timeout=60_000
    )
    picture(page, f"project-{end}")


def test_a_site_that_was_checked(seat: tuple[Page, str, str], office: Server) -> None:
    page, lang, end = seat
    page.goto(f"{office.url}/site?lang={lang}&case=XZ-{datetime.now(CHINA).year}-0001")
    page.wait_for_selector(".zm[data-ready=true]", timeout=60_000)
    expect(page.get_by_text("XZ-").first).to_be_visible()
    picture(page, f"site-{end}")


def test_a_scenario_before_it_is_solved(seat: tuple[Page, str, str], office: Server) -> None:
    page, lang, end = seat
    page.goto(f"{office.url}/scenario?lang={lang}")
    page.get_by_role("button", name=re.compile("新建方案|New scenario")).first.click()
    page.wait_for_selector(".zm[data-ready=true]", timeout=60_000)
    picture(page, f"scenario-{end}")


def test_the_page_of_meetings_and_a_slide(seat: tuple[Page, str, str], office: Server) -> None:
    page, lang, end = seat
    page.goto(f"{office.url}/show?lang={lang}&meeting=2")
    expect(page.locator(".st-key-mpanel")).to_be_visible(timeout=60_000)
    picture(page, f"show-{end}")
    page.goto(f"{office.url}/show/2/default?lang={lang}#7")
    page.wait_for_selector(".sh-stage .zm[data-ready=true], .sh-stage .leaflet-container")
    shot(page, f"show-slide-{end}")


def test_the_pictures_of_the_readme_are_there_and_small() -> None:
    shown = sorted(FOLDER.glob("*.png"))
    assert all(path.stat().st_size < 700_000 for path in shown)
    for readme in ("README.md", "README.en.md"):
        text = (ROOT / readme).read_text("utf-8")
        for link in re.findall(r"docs/pictures/[\w.-]+", text):
            assert (ROOT / Path(link)).is_file(), link
