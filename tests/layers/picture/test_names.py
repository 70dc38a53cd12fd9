"""Names and letters: measured by matplotlib itself, none on another, none outside its place."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from pyproj import Transformer
from shapely import Point, box

from geo.model import Boundaries, Grade, Source
from geo.zone import Zone
from layers import palette, picture
from layers.picture import (
    A3,
    A4,
    A4_TALL,
    PAGES,
    WIDE,
    Class,
    Composition,
    FontBook,
    Layer,
    Page,
    Scene,
    Sketch,
    Tint,
    View,
    typeset,
)  # fmt: skip
from layers.picture.paint import legible, readable
from layers.picture.placement import folded
from layers.style import Ink, Palette
from tests.layers.picture.conftest import texts

MakeSet = Callable[..., Boundaries]
OFFICIAL = Source("测试图", Grade.OFFICIAL, "CC0")
VIEWS = {
    "zone": None,
    "park": (122.15, 37.405, 122.19, 37.43),
    "coast": (122.3, 37.38, 122.4, 37.43),
}
INCH_MM = 25.4


def boxes(made: Composition) -> Iterator[tuple[Text, Bbox]]:
    """Every text with the box of its ink in mm, as matplotlib measures it; halos left out."""
    canvas, scale = FigureCanvasAgg(made.figure), INCH_MM / made.figure.dpi
    with mpl.rc_context({"text.hinting": "none"}):  # as on paper, not fitted to dots
        canvas.draw()
        for text in texts(made):
            extent = text.get_window_extent(canvas.get_renderer())
            yield text, Bbox(extent.get_points() * scale)


def overlap(one: Bbox, other: Bbox) -> float:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return min(wide, high)


@pytest.mark.parametrize("paper", [A4, A4_TALL, A3, WIDE, picture.inset(90, 70)], ids=str)
@pytest.mark.parametrize("view", VIEWS)
def test_no_text_on_the_map_lies_on_another_or_leaves_the_frame(
    view: str, paper: Page, whole: Scene, fonts: FontBook
) -> None:
    made = picture.compose(replace(whole, page=paper, view=View(VIEWS[view])), fonts)
    frame = made.frame.box
    on_map = [(t, b) for t, b in boxes(made) if 66 <= t.get_zorder() < 70]
    assert on_map
    for text, extent in on_map:
        assert extent.x0 >= frame.left, text
        assert extent.x1 <= frame.right, text
        assert extent.y0 >= frame.bottom, text
        assert extent.y1 <= frame.top, text
    for (one, a), (other, b) in itertools.combinations(on_map, 2):
        assert overlap(a, b) < 0.25, (one.get_text(), other.get_text())


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("english", [False, True])
def test_no_text_around_the_map_lies_on_another_or_leaves_the_page(
    name: str, english: bool, whole: Scene, fonts: FontBook
) -> None:
    paper = PAGES[name]
    made = picture.compose(replace(whole, page=paper, english=english), fonts)
    outside = [(t, b) for t, b in boxes(made) if t.get_zorder() >= 70]
    for text, extent in outside:
        assert extent.x0 > 2, text
        assert extent.x1 < paper.width - 2, text
        assert extent.y0 > 2, text
        assert extent.y1 < paper.height - 2, text
    for (one, a), (other, b) in itertools.combinations(outside, 2):
        assert overlap(a, b) < 0.25, (one.get_text(), other.get_text())


@pytest.mark.parametrize(("paper", "fewest"), [(A4, 6), (WIDE, 3)], ids=str)
def test_names_of_districts_and_towns_stand_inside_them(
    paper: Page, fewest: int, whole: Scene, fonts: FontBook, zone: Zone
) -> None:
    made = picture.compose(replace(whole, page=paper), fonts)
    frame, back = made.frame, Transformer.from_crs(4550, 4490, always_xy=True)
    areas = {
        name: shape
        for set_ in ("district", "unit")
        for name, shape in zip(
            zone.existing(set_).table["name"], zone.existing(set_).table.geometry, strict=True
        )
    }
    found = [one for one in made.names if one.text in areas]
    assert len(found) >= fewest
    for one in found:
        offset = (np.array(one.box.middle) - frame.box.middle) * frame.scale / 1000
        assert shapely.contains(areas[one.text], Point(back.transform(*(offset + frame.centre))))


def test_what_is_highlighted_or_drawn_is_always_named(whole: Scene, fonts: FontBook) -> None:
    scene = replace(
        whole,
        highlights=(("park", "P10"),),
        sketches=(Sketch(Point(122.2, 37.33), "拟选地块甲"),),
    )
    assert {"国际医疗健康产业城康养服务板块", "拟选地块甲"} <= {
        one.text for one in picture.compose(scene, fonts).names
    }


def test_a_name_is_written_once(whole: Scene, fonts: FontBook) -> None:
    names = [one.text for one in picture.compose(whole, fonts).names]
    assert len(names) == len(set(names))


def test_long_names_take_two_lines() -> None:
    assert folded("桥头产业园") == ["桥头产业园"]
    assert folded("东方智慧谷服务贸易产业园") == ["东方智慧谷服", "务贸易产业园"]
    assert folded("三滩社区一期（棚户区改造）") == ["三滩社区一期", "（棚户区改造）"]
    assert folded("Gushan Marine and Equipment Park") == ["Gushan Marine and", "Equipment Park"]


def test_our_widths_are_those_of_the_drawing(fonts: FontBook, whole: Scene) -> None:
    made = picture.compose(whole, fonts)
    for text, extent in boxes(made):
        if text.get_rotation() == 0 and len(text.get_text()) > 3:
            em = text.get_fontsize() / 72 * INCH_MM
            heavy = "Bold" in str(text.get_fontproperties().get_file())
            ours = typeset.width(fonts, text.get_text(), heavy=heavy) * em
            assert extent.width <= ours + 0.3, text


@pytest.mark.parametrize("most", [4, 7, 10, 16])
def test_lines_of_chinese_break_as_printers_break_them(most: int, fonts: FontBook) -> None:
    text = "依据《规划（2017）》，面积 278.16 km²；“东方智慧谷”在西部城区，见第12.5条（说明）。"
    lines = typeset.wrapped(fonts, text, most)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(typeset.width(fonts, line) <= most + 1e-9 for line in lines)
    if most >= 7:
        assert not any(line[0] in "，。；）》”" for line in lines)
        assert not any(line[-1] in "（《“" for line in lines)
        assert any("278.16" in line for line in lines)


def test_letters_stand_on_their_own_parcels_in_grey(make_set: MakeSet, fonts: FontBook) -> None:
    shapes = [box(122.2 + i * 0.02, 37.3, 122.219 + i * 0.02, 37.32) for i in range(4)]
    classes = (Class("可供", Ink("#FFFF2D", "#E6FB29", "#E2E2E2"), "供"),
               Class("在建", Ink("#BB9674", "#926853", "#707070"), "建"))  # fmt: skip
    layer = Layer(make_set("parcel", shapes, OFFICIAL), Tint(classes, [0, 1, 0, 1]))
    grey = picture.compose(Scene((layer,), palette=Palette.GREY), fonts)
    assert sorted(one.text for one in grey.letters) == ["供", "供", "建", "建"]
    assert [o.text for o in sorted(grey.letters, key=lambda o: o.box.left)] == [
        "供",
        "建",
        "供",
        "建",
    ]
    assert not picture.compose(Scene((layer,)), fonts).letters
    asked = replace(layer, tint=Tint(classes, [0, 1, 0, 1], letters=True))
    assert len(picture.compose(Scene((asked,)), fonts).letters) == 4


def test_many_small_parcels_share_the_letter_of_their_patch(
    make_set: MakeSet, fonts: FontBook
) -> None:
    shapes = [
        box(122.2 + i * 0.001, 37.3 + j * 0.001, 122.2009 + i * 0.001, 37.3009 + j * 0.001)
        for i in range(30)
        for j in range(30)
    ]
    codes = [int(i >= 15) for i in range(30) for _ in range(30)]
    grey = Ink("#888888", "#888888", "#C8C8C8")
    layer = Layer(
        make_set("parcel", shapes, OFFICIAL),
        Tint((Class("甲", grey, "甲"), Class("乙", grey, "乙")), codes),
    )
    view = View((122.15, 37.25, 122.30, 37.38))
    made = picture.compose(Scene((layer,), view=view, palette=Palette.GREY), fonts)
    assert {one.text for one in made.letters} == {"甲", "乙"}
    left = max(one.box.middle[0] for one in made.letters if one.text == "甲")
    right = min(one.box.middle[0] for one in made.letters if one.text == "乙")
    assert left < right


def light(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    "ink", [*palette.SAFE.values(), *(f"#{g:02X}" + f"{g:02X}" * 2 for g in range(0, 256, 5))]
)
def test_letters_can_be_read_on_every_colour_and_names_on_white(ink: str) -> None:
    assert contrast(readable(ink), ink) >= 4
    assert contrast(legible(ink), "#FFFFFF") >= 4.5
