"""What each app that is compared is called, opened and clicked with, and when it is painted."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Error, Page

UNITS = 6
PATHS = "document.querySelectorAll('path.leaflet-interactive').length"
_SHOWN = """(wanted) => {
  const view = document.querySelector(".zm")?.dataset.ready === "true" && window.zoneMap;
  const tiles = [...document.querySelectorAll("canvas.leaflet-tile")];
  return Boolean(view && wanted.every((name) => view.layers.sets.get(name)?.drawn)
    && (!wanted.includes("parcel") || tiles.length) && tiles.every((t) => t.classList.contains("leaflet-tile-loaded")));
}"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class App:
    """One app on one server: `painted` before the second layer is asked for, `both` after."""

    name: str
    address: str
    box: str
    painted: Callable[[Page], bool]
    both: Callable[[Page], bool]


def ours(name: str, server: str, *, parcels: bool) -> App:
    """Our map page, with or without the parcels."""
    sets = ["sea", "land", "district", "zone", *(["parcel"] if parcels else [])]
    return App(
        name,
        f"{server}?on={','.join(sets)}",
        "#zm-set-unit",
        lambda page: bool(page.evaluate(_SHOWN, sets)),
        lambda page: bool(page.evaluate(_SHOWN, [*sets, "unit"])),
    )


def peer(name: str, server: str, count: int) -> App:
    """An app of `peers/`, which draws its layers as SVG paths in a frame."""
    return App(
        name,
        server,
        "[data-testid=stCheckbox] label",
        lambda page: _paths(page) >= count,
        lambda page: _paths(page) >= count + UNITS,
    )


def _paths(page: Page) -> int:
    found = 0
    for frame in page.frames:
        try:
            found = max(found, int(frame.evaluate(PATHS)))
        except Error:
            continue  # the frame was just replaced; it is asked again
    return found
