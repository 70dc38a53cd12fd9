"""Names that try to be code appear letter by letter wherever the page shows a name."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import hostile
from tests.e2e.conftest import Watch
from tests.e2e.server import Server
from tests.e2e.steps import card, look_at, open_map, pixel, search

MIDDLE = hostile.middle(len(hostile.NAMES) // 2)


@pytest.fixture
def laid(page: Page, hostile_server: Server, watch: Watch) -> Page:
    """The map over the hostile parcels; any script that ran would open a dialog."""
    page.on("dialog", lambda dialog: watch.note(f"a script ran: {dialog.message}"))
    open_map(page, f"{hostile_server.url}/?on=zone,parcel,sea,land")
    look_at(page, *MIDDLE, 14)
    return page


def test_under_the_pointer_and_in_the_legend(laid: Page) -> None:
    classes = laid.locator(".zm-class .zm-name").all_inner_texts()
    assert set(hostile.NAMES) <= set(classes)
    for i, name in enumerate(hostile.NAMES):
        laid.mouse.move(*pixel(laid, *hostile.middle(i)))
        expect(laid.locator(".zm-tip b")).to_have_text(name)
    assert laid.evaluate("document.querySelectorAll('.zm img, .zm-tip script').length") == 0


def test_in_the_search_list_and_on_the_card(laid: Page) -> None:
    for i, name in enumerate(hostile.NAMES):
        rows = search(laid, f"H{i:02d}")
        expect(rows.first.locator(".zm-m-name")).to_have_text(name)
    for i, name in enumerate(hostile.NAMES):
        expect(search(laid, f"H{i:02d}").first).to_contain_text(f"{name}", use_inner_text=True)
        laid.locator("#zm-search").press("Enter")
        expect(card(laid).locator("h3")).to_have_text(name)
        expect(card(laid).locator(".zc-sub").first).to_have_text(f"{name} · H{i:02d}")
    assert card(laid).locator("img, script").count() == 0


def test_in_the_list_of_all_that_lies_at_one_point(laid: Page) -> None:
    for i in (0, 2, 5, 6, 7, 8):
        laid.mouse.click(*pixel(laid, *hostile.middle(i)))
        expect(card(laid).locator("h3")).to_have_text(hostile.NAMES[i])
    # a neighbour becomes the one shown in full: the parcel moves into the list below
    card(laid).get_by_role("button", name="桥头镇").first.click()
    button = card(laid).locator(".st-key-card_others button", has_text=hostile.NAMES[8])
    expect(button).to_have_text(f"{hostile.NAMES[8]} · {hostile.NAMES[8]}")


def test_in_the_table_and_in_the_sources(laid: Page) -> None:
    laid.locator('.zm-row:has(input[data-set="parcel"]) .zm-table').click()
    cells = laid.locator(".st-key-drawer canvas td")
    expect(cells.filter(has_text="H00")).to_have_count(1)
    texts = cells.all_inner_texts()
    for name in hostile.NAMES[:5]:
        assert name in texts
    laid.get_by_role("button", name="数据说明").click()
    dialog = laid.get_by_role("dialog")
    expect(dialog).to_contain_text("{{7*7}}<b>图</b>")
    expect(dialog).to_contain_text("<i>CC0</i>")
    expect(dialog).to_contain_text("$x^2$ [x](javascript:1)")
