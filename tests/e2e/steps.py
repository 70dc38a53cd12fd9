"""What a reader does on the map page, as small steps; every wait is for a state, never a time."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

READY = ".zm[data-ready=true]"
PARK = (122.1717, 37.4198)  # a point inside the 500-mu park, by the plan's own reading
HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def open_map(page: Page, address: str = "/") -> None:
    page.goto(address)
    page.wait_for_selector(READY)
    page.evaluate("document.fonts.ready")


def state(page: Page) -> dict[str, Any]:
    """What the map shows now, from the map itself."""
    found: dict[str, Any] = page.evaluate(
        """() => { const v = window.zoneMap, c = v.map.getCenter(); return {
        zoom: v.map.getZoom(), lon: c.lng, lat: c.lat, on: [...v.on].sort(), lang: v.data.lang,
        unit: v.data.unit.id, palette: v.data.palette, opacity: v.opacity, base: v.base,
        hidden: [...v.hidden].filter(([, s]) => s.size).map(([k, s]) => [k, ...s]),
        selected: v.data.selected.map((s) => `${s.set}:${s.id}`) } }"""
    )
    return found


def look_at(page: Page, lon: float, lat: float, zoom: float) -> None:
    """Put a point into the middle of the map at once."""
    page.evaluate(
        "([x, y, z]) => window.zoneMap.map.setView([y, x], z, {animate: false})", [lon, lat, zoom]
    )


def pixel(page: Page, lon: float, lat: float) -> tuple[float, float]:
    """Where a point of the earth is in the window."""
    x, y = page.evaluate(
        """([x, y]) => { const m = window.zoneMap.map, p = m.latLngToContainerPoint([y, x]),
        r = m.getContainer().getBoundingClientRect(); return [p.x + r.x, p.y + r.y] }""",
        [lon, lat],
    )
    return x, y


def place(page: Page, x: float, y: float) -> tuple[float, float]:
    """Longitude and latitude under a point of the window."""
    lon, lat = page.evaluate(
        """([x, y]) => { const m = window.zoneMap.map, r = m.getContainer().getBoundingClientRect(),
        p = m.containerPointToLatLng([x - r.x, y - r.y]); return [p.lng, p.lat] }""",
        [x, y],
    )
    return lon, lat


def click_at(page: Page, lon: float, lat: float) -> None:
    page.mouse.click(*pixel(page, lon, lat))


def card(page: Page) -> Locator:
    return page.locator(".st-key-card")


def search(page: Page, text: str) -> Locator:
    """Type into the search box; answers with the rows found, once there are any."""
    page.locator("#zm-search").fill(text)
    rows = page.locator("#zm-found [role=option]")
    expect(rows.first).to_be_visible()
    return rows


def box(page: Page, name: str) -> Locator:
    """The tick box of a set in the layer tree."""
    return page.locator(f'input[data-set="{name}"]')


def tool(page: Page, name: str) -> Locator:
    return page.locator(f'[data-tool="{name}"]')


def wait_address(page: Page, pattern: str) -> None:
    page.wait_for_url(re.compile(pattern))


def settled(page: Page) -> None:
    """Wait until no rerun is under way."""
    page.wait_for_selector("[data-test-script-state=notRunning]")


def speak(page: Page, language: str) -> None:
    """Choose a language in the header."""
    page.locator(".st-key-lang").get_by_text(language, exact=True).click()
    lang = "en" if language == "English" else "zh"
    page.wait_for_selector(f'.zm[data-lang="{lang}"]')
    page.wait_for_function("(l) => window.zoneMap.data.lang === l", arg=lang)


def rows_of(table: Locator) -> int:
    """How many rows a table of Streamlit says it has, without its head."""
    return int(table.locator("canvas").first.locator("table").get_attribute("aria-rowcount") or 0)
