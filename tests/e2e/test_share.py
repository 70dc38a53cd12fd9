"""A short link and a bookmark bring back the view with what was measured on it."""

from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import Watch, watch_over
from tests.e2e.server import Server
from tests.e2e.steps import (
    PARK,
    box,
    click_at,
    look_at,
    open_map,
    settled,
    state,
    tool,
    wait_address,
)

_SKETCH = "() => JSON.stringify(window.zoneMap.sketch.points)"


def test_a_short_link_and_a_bookmark_restore_the_view_with_what_was_measured(
    page: Page, browser: Browser, server: Server, watch: Watch
) -> None:
    open_map(page)
    box(page, "water").uncheck()
    look_at(page, *PARK, 14)
    wait_address(page, "at=122.17.*%2C14")
    settled(page)
    tool(page, "area").click()
    for east, north in ((0.0, 0.0), (0.01, 0.0), (0.005, 0.008)):
        click_at(page, PARK[0] + east, PARK[1] + north)
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.zoneMap.sketch.kept() !== null")
    here, drawn = state(page), page.evaluate(_SKETCH)
    tool(page, "link").click()
    dialog = page.get_by_role("dialog")
    link = dialog.locator("code").inner_text().strip()
    assert link.startswith(f"{server.url}/v/")
    expect(dialog.locator("img")).to_be_visible()
    dialog.get_by_label("书签名称").fill("量过的地方")
    dialog.get_by_role("button", name="把现在的画面存为书签").click()
    expect(dialog.get_by_text("已存为书签“量过的地方”")).to_be_visible()
    with browser.new_context(viewport={"width": 1440, "height": 900}) as other:
        watch_over(other, watch)
        there = other.new_page()
        open_map(there, link)
        found = state(there)
        for centre in ("lon", "lat"):  # the window may be half a pixel wider: 4 m at this zoom
            assert abs(found.pop(centre) - here.pop(centre)) < 1e-4
        assert found == here
        there.wait_for_function("() => window.zoneMap.sketch.kept() !== null")
        assert there.evaluate(_SKETCH) == drawn
        there.locator('[data-chip="bookmarks"]').click()
        mark = there.get_by_role("dialog").get_by_role("link", name="量过的地方")
        assert mark.get_attribute("href") == link
        lost = other.request.get(f"{server.url}/v/aaaaaaaaaa")
        assert lost.status == 404
        assert "没有编号为“aaaaaaaaaa”的画面" in lost.text()
