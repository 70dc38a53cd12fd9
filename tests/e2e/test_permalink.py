"""An address holds the whole view: whoever opens it sees the same."""

from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Watch, watch_over
from tests.e2e.server import Server
from tests.e2e.steps import (
    PARK,
    box,
    card,
    click_at,
    look_at,
    open_map,
    settled,
    speak,
    state,
    tool,
    wait_address,
)


def test_a_copied_link_restores_layers_view_choice_language_unit_and_palette(
    page: Page, browser: Browser, server: Server, watch: Watch
) -> None:
    open_map(page)
    speak(page, "English")
    page.locator(".st-key-unit").get_by_text("ha", exact=True).click()
    box(page, "water").uncheck()
    page.locator(".zm-class", has_text="Industrial park").first.click()
    page.get_by_label("Parks opacity").fill("60")
    page.get_by_label("Palette").select_option("safe")
    wait_address(page, "palette=safe")
    look_at(page, *PARK, 16)
    click_at(page, *PARK)
    expect(card(page).locator("h3")).to_be_visible()
    wait_address(page, "sel=park%3AP05")
    wait_address(page, "at=122.17.*%2C16")
    settled(page)
    tool(page, "link").click()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(server.url)
    here = state(page)
    assert (here["lang"], here["unit"], here["palette"]) == ("en", "ha", "safe")
    with browser.new_context(viewport={"width": 1440, "height": 900}) as other:
        watch_over(other, watch)
        there = other.new_page()
        open_map(there, link)
        expect(card(there).locator("h3")).to_have_text(card(page).locator("h3").inner_text())
        found = state(there)
    for centre in ("lon", "lat"):  # the address holds five decimals of a degree, about a metre
        assert abs(found.pop(centre) - here.pop(centre)) < 1.1e-5
    assert found == here


def test_going_to_the_targets_and_back_keeps_the_view(page: Page) -> None:
    open_map(page)
    box(page, "hub").check()
    look_at(page, 122.2, 37.4, 13)
    wait_address(page, "at=122.2%2C37.4%2C13.*hub")
    settled(page)
    header = page.get_by_test_id("stHeader")
    header.get_by_role("link", name="目标").click()
    expect(page.locator(".tfigures")).to_be_visible()
    header.get_by_role("link", name="总览图").click()
    page.wait_for_selector(".zm[data-ready=true]")
    found = state(page)
    assert found["zoom"] == 13
    assert "hub" in found["on"]
