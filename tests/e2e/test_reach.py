"""Everybody can use it: in English, by keyboard, with a screen reader."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.steps import HAN, READY, box, open_map, settled, speak

# Texts that stay Chinese in English: the switch back, and ids of clauses as the plan writes them.
# 取消 is Streamlit's own word in a browser that is set to Chinese, as the one of these tests is.
KEPT = re.compile(r"中文|取消|题头|落款|[一二三四五六七八九十]+(?:\([一二三四五六七八九十]+\)\d*)?")
TEXTS = """() => {
  const out = [];
  const kept = 'canvas, .zm-symbol, style, script, :not(html)[lang|=zh]'; // marked as Chinese
  const seen = (e) => e.checkVisibility() && !e.closest(kept);
  for (const e of document.querySelectorAll('body *')) {
    if (!seen(e)) continue;
    for (const n of e.childNodes) if (n.nodeType === 3 && n.data.trim()) out.push(n.data.trim());
    for (const a of ['title', 'aria-label', 'placeholder', 'alt'])
      if (e.getAttribute(a)) out.push(e.getAttribute(a));
  }
  return out }"""


STILL = """() => !document.querySelector('[data-stale=true]') && document.getAnimations().every(
  (one) => one.playState !== 'running' || one.effect.getTiming().iterations === Infinity)"""


def chinese(page: Page) -> list[str]:
    """Texts on screen that hold Chinese and should not."""
    texts: list[str] = page.evaluate(TEXTS)
    return sorted({one for one in texts if HAN.search(KEPT.sub("", one))})


def test_in_english_nothing_on_the_map_page_is_left_in_chinese(page: Page) -> None:
    open_map(page)
    speak(page, "English")
    settled(page)
    page.wait_for_function("() => document.querySelector('.zm-panel').textContent.includes('Zone')")
    assert chinese(page) == []
    labels = page.evaluate("window.zoneMap.labels.placed.map((one) => one.text)")
    assert labels
    assert [text for text in labels if HAN.search(text)] == []


def test_in_english_the_card_the_table_and_the_lists_are_english(page: Page) -> None:
    open_map(page, "/?lang=en&sel=park:P05")
    expect(page.locator(".st-key-card h3")).to_be_visible()
    for fold in page.locator(".st-key-card summary").all():
        fold.click()
    settled(page)
    # other spellings are what people type, so they stand as they are typed
    names = page.locator(".st-key-card .zc-row", has_text="Also called")
    names.evaluate("e => e.remove()")
    # and a later fact cites its source by the title the source has
    page.locator(".st-key-card .zc-note > div").evaluate_all("all => all.forEach(e => e.remove())")
    assert chinese(page) == []
    page.get_by_role("button", name="Sources").click()
    expect(page.get_by_role("dialog")).to_contain_text("Licence")
    # the law behind a theme that is still to import is cited by its own title
    page.locator(".zc-note > div").evaluate_all("all => all.forEach(e => e.remove())")
    assert chinese(page) == []


@pytest.mark.parametrize("view", ["targets", "matters", "checks", "points", "clauses"])
def test_in_english_the_targets_page_is_english(page: Page, view: str) -> None:
    page.goto(f"/target?lang=en&tview={view}")
    expect(page.locator(".tfigures")).to_contain_text("Targets")
    settled(page)
    assert chinese(page) == []


@pytest.mark.parametrize(
    "address",
    [
        *("/?sel=park:P05", "/supply", "/supply?view=import", "/site", "/project", "/target"),
        *("/scenario", "/show", "/data", "/data?dview=import", "/admin"),
    ],
)
def test_in_english_a_page_is_english_and_axe_finds_nothing_serious(
    page: Page, address: str
) -> None:
    page.goto(f"{address}{'&' if '?' in address else '?'}lang=en")
    expect(page.locator(".st-key-switches")).to_be_visible()
    settled(page)
    if address.startswith(("/?", "/site")):
        page.wait_for_selector(READY)
    expect(page).to_have_title("Zone Planning Map")
    page.locator(".st-key-card .zc-row", has_text="Also called").evaluate_all(
        "all => all.forEach(e => e.remove())"  # other spellings stand as people type them
    )
    assert chinese(page) == []
    assert faults(page) == []


def test_the_keyboard_alone_reaches_search_and_layers_and_switches_one(page: Page) -> None:
    open_map(page)
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        here = page.evaluate(
            "document.activeElement.dataset.set ?? document.activeElement.dataset.tool"
            " ?? document.activeElement.id"
        )
        reached.append(here)
        if here == "park":
            break
    assert "zm-search" in reached
    assert reached[-1] == "park"
    page.keyboard.press("Space")
    expect(box(page, "park")).not_to_be_checked()
    expect(page.locator(".leaflet-s-park-pane .zm-symbol")).to_have_count(0)


def test_every_tool_has_a_name_and_a_size_that_a_finger_hits(page: Page) -> None:
    open_map(page)
    for button in page.locator(".zm-tool").all():
        assert button.get_attribute("aria-label")
        area = button.bounding_box()
        assert area is not None
        assert min(area["width"], area["height"]) >= 32


def faults(page: Page) -> list[str]:
    """Serious findings of axe, each with where it is, once nothing fades in any more."""
    page.wait_for_function(STILL)
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_axe_finds_nothing_serious_on_the_map(page: Page) -> None:
    open_map(page)
    assert faults(page) == []


def test_axe_finds_nothing_serious_on_the_map_with_card_and_table(page: Page) -> None:
    open_map(page, "/?sel=park:P05")
    expect(page.locator(".st-key-card h3")).to_be_visible()
    page.locator('.zm-row:has(input[data-set="park"]) .zm-table').click()
    expect(page.locator(".st-key-drawer canvas td").first).to_be_attached()
    settled(page)
    assert faults(page) == []


@pytest.mark.parametrize("address", ["/target", "/target?clause=三(四)2", "/target?target=G01"])
def test_axe_finds_nothing_serious_on_the_targets_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(".tfigures")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").locator("canvas td").first).to_be_attached()
    settled(page)
    assert faults(page) == []
