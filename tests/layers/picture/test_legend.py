"""The legend lists every look in the frame, with counts that agree with the data."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from shapely import Point, box

from geo.errors import DataError
from geo.model import Boundaries, Grade, Source
from geo.zone import Zone
from layers import feed, picture
from layers.picture import A4, WIDE, Class, FontBook, Layer, Scene, Sketch, Tint, View
from layers.style import STYLES, Ink, Palette
from tests.layers.picture.conftest import texts

MakeSet = Callable[..., Boundaries]
CENTRE = (122.24, 37.36)
RED, BLUE = Ink("#FF0000", "#D55E00", "#5A5A5A"), Ink("#0000FF", "#0072B2", "#C8C8C8")
OFFICIAL = Source("测试图", Grade.OFFICIAL, "CC0")


def squares(make_set: MakeSet, count: int, source: Source = OFFICIAL) -> Boundaries:
    """A row of squares of 0.004 degrees around the middle of the zone."""
    west, south = CENTRE
    shapes = [
        box(west + i * 0.005, south, west + i * 0.005 + 0.004, south + 0.004) for i in range(count)
    ]
    return make_set("parcel", shapes, source)


def test_every_set_on_the_map_is_in_the_legend_but_the_ground(
    whole: Scene, fonts: FontBook
) -> None:
    entries = picture.compose(whole, fonts).entries
    drawn = {layer.known.name for layer in whole.layers} - {"land", "sea", "place"}
    assert {entry.set for entry in entries} == drawn


@pytest.mark.parametrize("paper", [A4, WIDE], ids=str)
def test_counts_are_those_of_the_screen(
    paper: picture.Page, whole: Scene, fonts: FontBook, zone: Zone
) -> None:
    counted = Counter[str]()
    for entry in picture.compose(replace(whole, page=paper), fonts).entries:
        counted[entry.set] += entry.count
    for name in ("park", "project", "facility", "corridor", "unit", "water"):
        assert counted[name] == sum(one["count"] for one in feed.classes(zone.existing(name)))


@pytest.mark.parametrize("palette", list(Palette))
def test_colours_are_those_of_the_screen(palette: Palette, whole: Scene, fonts: FontBook) -> None:
    entries = picture.compose(replace(whole, palette=palette), fonts).entries
    for entry in entries:
        style = STYLES[entry.set]
        inks = [style.ink, *style.tint.values(), *filter(None, [style.accent_ink])]
        assert entry.ink in {getattr(ink, palette.value) for ink in inks}
    accent = STYLES["park"].accent_ink
    assert accent is not None
    assert ("服务贸易园", getattr(accent, palette.value)) in {(e.label, e.ink) for e in entries}


def test_no_two_lines_of_the_legend_are_the_same(whole: Scene, fonts: FontBook) -> None:
    labels = [(entry.set, entry.label) for entry in picture.compose(whole, fonts).entries]
    assert len(labels) == len(set(labels))


def test_what_lies_outside_the_frame_is_not_listed(whole: Scene, fonts: FontBook) -> None:
    park = View((122.160, 37.415, 122.180, 37.425))
    entries = picture.compose(replace(whole, view=park), fonts).entries
    assert {"park", "zone", "district"} <= {entry.set for entry in entries}
    assert not {"corridor", "water"} & {entry.set for entry in entries}


def test_a_tint_lists_its_classes_in_their_order_and_what_is_unknown_last(
    make_set: MakeSet, fonts: FontBook
) -> None:
    tint = Tint((Class("可供", RED, "供"), Class("闲置", BLUE, "闲")), [1, 0, 1, -1, 1], "供应状态")
    made = picture.compose(Scene((Layer(squares(make_set, 5), tint),)), fonts)
    assert [(e.label, e.count, e.ink) for e in made.entries] == [
        ("可供", 1, "#FF0000"), ("闲置", 3, "#0000FF"), ("无数据", 1, "#D5D9DE"),
    ]  # fmt: skip
    said = [text.get_text() for text in texts(made)]
    assert {"图例", "供应状态", "可供", "闲置", "无数据"} <= set(said)


def test_a_class_without_a_row_in_the_frame_is_not_listed(
    make_set: MakeSet, fonts: FontBook
) -> None:
    tint = Tint((Class("可供", RED), Class("闲置", BLUE)), [0, 0])
    made = picture.compose(Scene((Layer(squares(make_set, 2), tint),)), fonts)
    assert [e.label for e in made.entries] == ["可供"]


def test_sixty_classes_are_set_smaller_and_in_more_columns(
    make_set: MakeSet, fonts: FontBook
) -> None:
    classes = tuple(Class(f"第{i}类用地", RED, str(i)) for i in range(60))
    shapes = [Point(122.1 + 0.005 * i, 37.3).buffer(0.002) for i in range(60)]
    layer = Layer(make_set("parcel", shapes, OFFICIAL), Tint(classes, list(range(60))))
    assert len(picture.compose(Scene((layer,)), fonts).entries) == 60


def test_a_legend_that_no_setting_can_hold_is_refused_not_cut(
    make_set: MakeSet, fonts: FontBook
) -> None:
    classes = tuple(Class(f"第{i}类用地", RED, str(i)) for i in range(300))
    shapes = [Point(122.1 + 0.001 * i, 37.3).buffer(0.0004) for i in range(300)]
    layer = Layer(make_set("parcel", shapes, OFFICIAL), Tint(classes, list(range(300))))
    with pytest.raises(DataError, match="放不下") as caught:
        picture.draw(Scene((layer,)), fonts)
    assert caught.value.code == "PICTURE_LEGEND"


def test_what_was_chosen_and_drawn_is_explained(whole: Scene, fonts: FontBook) -> None:
    marked = replace(
        whole, highlights=(("park", "P05"),), sketches=(Sketch(Point(122.2, 37.4), "拟选址"),)
    )
    said = {text.get_text() for text in texts(picture.compose(marked, fonts))}
    assert {"选中要素", "标绘", "拟选址"} <= said


def test_the_grades_on_the_map_are_explained(make_set: MakeSet, fonts: FontBook) -> None:
    made = picture.compose(Scene((Layer(squares(make_set, 2)),)), fonts)
    said = " ".join(text.get_text() for text in texts(made))
    assert "法定：主管部门公布" in said
    assert "示意" not in said


def test_the_english_legend_has_no_chinese(whole: Scene, fonts: FontBook) -> None:
    entries = picture.compose(replace(whole, english=True), fonts).entries
    assert all(entry.label.isascii() for entry in entries)
    assert "Service-trade park" in {entry.label for entry in entries}


def test_by_kind_follows_the_classes_of_the_screen(make_set: MakeSet) -> None:
    shapes = [box(122 + i / 100, 37, 122.005 + i / 100, 37.005) for i in range(3)]
    known = make_set(
        "landuse", shapes, kind=["1001 工业用地", "0701 城镇住宅用地", "1001 工业用地"]
    )
    tint = picture.by_kind(known, {"1001 工业用地": RED})
    assert [(one.label, one.letter) for one in tint.classes] == [
        ("1001 工业用地", "1001"), ("0701 城镇住宅用地", "0701"),
    ]  # fmt: skip
    assert list(tint.codes) == [0, 1, 0]
    assert tint.classes[0].ink == RED
