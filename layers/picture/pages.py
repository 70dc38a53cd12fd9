"""Sheets of paper: their sizes and margins in millimetres, and where things stand on them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """Where legend and imprint stand."""

    SIDE = "side"
    BELOW = "below"
    BARE = "bare"  # the map alone; scale bar inside, a legend below if asked for


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet: its size and margin in mm, and how many mm one px of the screen's styles is."""

    name: str
    name_en: str
    width: float
    height: float
    px: float
    margin: float = 8.0
    layout: Layout = Layout.SIDE
    fine: bool = False  # scales of two digits are round enough


A4 = Page("A4 横向", "A4 landscape", 297, 210, 0.205)
A4_TALL = Page("A4 纵向", "A4 portrait", 210, 297, 0.205, layout=Layout.BELOW)
A3 = Page("A3 横向", "A3 landscape", 420, 297, 0.24, margin=10)
A3_TALL = Page("A3 纵向", "A3 portrait", 297, 420, 0.24, margin=10, layout=Layout.BELOW)
# 13.33 inch by 7.5 inch, as slides are; 12 px of the style are then 22 px of a 1920 px screen
WIDE = Page("16:9 版面", "16:9 page", 338.667, 190.5, 0.33, margin=7, fine=True)
PAGES: Mapping[str, Page] = {
    "a4": A4, "a4-tall": A4_TALL, "a3": A3, "a3-tall": A3_TALL, "wide": WIDE,
}  # fmt: skip


def inset(width: float = 80, height: float = 60) -> Page:
    """A small map inside a document, in mm."""
    return Page(f"{width:g}×{height:g} mm", "", width, height, 0.175, 0.5, Layout.BARE, True)
