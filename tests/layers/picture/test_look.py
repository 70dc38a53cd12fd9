"""What is drawn and how: hatches, dashes, badges, fonts, and the same bytes every time."""

import io
import itertools
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.text import Text
from PIL import Image
from shapely import Point, box

from geo.errors import DataError, SettingError
from geo.model import Boundaries, Grade, Source
from geo.zone import Zone
from layers import picture
from layers.picture import Caption, Class, FontBook, Grid, Kind, Layer, Leaf, Scene, Tint, View
from layers.picture.atlas import figures
from layers.style import SELECTION, Ink, Palette
from tests.layers.picture.conftest import boxes_in_pdf, pdf_streams, texts

MakeSet = Callable[..., Boundaries]
RED = Ink("#FF0000", "#D55E00", "#5A5A5A")
HERE = (122.2, 37.3, 122.3, 37.38)


def one_square(make_set: MakeSet, grade: Grade) -> Boundaries:
    return make_set("relic", [box(122.22, 37.32, 122.28, 37.36)], Source("测试图", grade, "CC0"))


def bare(*layers: Layer, **more: object) -> Scene:
    """Just the map, so that nothing but the layers can be seen."""
    return Scene(layers, View(HERE, grid=Grid.NONE), page=picture.inset(100, 80), **more)  # type: ignore[arg-type]


def dots(data: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGB")).astype(int)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_same_scene_gives_the_same_bytes(kind: Kind, whole: Scene, fonts: FontBook) -> None:
    assert picture.draw(whole, fonts, kind) == picture.draw(whole, fonts, kind)


def test_many_at_once_give_what_each_gives_alone(whole: Scene, fonts: FontBook) -> None:
    alone = {kind: picture.draw(whole, fonts, kind, dpi=60) for kind in Kind}
    with ThreadPoolExecutor(4) as pool:
        kinds = list(Kind) * 2
        together = list(pool.map(lambda kind: picture.draw(whole, fonts, kind, dpi=60), kinds))
    assert together == [alone[kind] for kind in kinds]


def test_files_tell_no_day_and_no_other_machine(whole: Scene, fonts: FontBook) -> None:
    svg = picture.draw(whole, fonts, Kind.SVG).decode()
    assert "purl.org" not in svg
    assert "DOCTYPE" not in svg
    assert set(re.findall(r"https?://[^\"]+", svg)) == {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip
    pdf = picture.draw(whole, fonts, Kind.PDF)
    assert b"CreationDate" not in pdf


@pytest.mark.parametrize(
    ("grade", "hatched", "dashed"),
    [
        (Grade.SCHEMATIC, True, True), (Grade.TRACED, False, True),
        (Grade.SURVEYED, False, False), (Grade.OFFICIAL, False, False),
    ],
)  # fmt: skip
def test_how_far_a_shape_may_be_believed_shows(
    grade: Grade, hatched: bool, dashed: bool, make_set: MakeSet, fonts: FontBook
) -> None:
    scene = bare(Layer(one_square(make_set, grade)))
    svg = picture.draw(scene, fonts, Kind.SVG).decode()
    assert ("<pattern" in svg) is hatched
    assert ("stroke-dasharray" in svg) is dashed
    assert picture.compose(scene, fonts).badges == (("示意",) if hatched else ())


def test_schematic_parcels_in_colour_keep_their_colour_under_a_light_hatch(
    make_set: MakeSet, fonts: FontBook
) -> None:
    tint = Tint((Class("可供", RED),), [0])
    weak = bare(Layer(one_square(make_set, Grade.SCHEMATIC), tint))
    assert "<pattern" in picture.draw(weak, fonts, Kind.SVG).decode()
    seen = dots(picture.draw(weak, fonts, dpi=100))
    assert (np.abs(seen - (255, 0, 0)).sum(axis=2) < 12).mean() > 0.1


@pytest.mark.parametrize("palette", list(Palette))
def test_a_tinted_parcel_has_exactly_the_colour_of_the_legend(
    palette: Palette, make_set: MakeSet, fonts: FontBook
) -> None:
    tint = Tint((Class("可供", RED),), [0])
    layer = Layer(one_square(make_set, Grade.OFFICIAL), tint, labelled=False)
    seen = dots(picture.draw(bare(layer, palette=palette), fonts, dpi=100))
    ink = getattr(RED, palette.value)
    middle = seen[seen.shape[0] // 2, seen.shape[1] // 2]
    assert tuple(middle) == tuple(int(ink[i : i + 2], 16) for i in (1, 3, 5))


def test_a_grey_picture_has_nothing_but_greys(whole: Scene, fonts: FontBook, zone: Zone) -> None:
    scene = replace(
        whole, palette=Palette.GREY, highlights=(("park", "P05"),), locator=zone.existing("zone")
    )
    seen = dots(picture.draw(scene, fonts, dpi=80))
    assert np.ptp(seen, axis=2).max() <= 2


def test_a_set_that_was_generated_says_so(make_set: MakeSet, fonts: FontBook) -> None:
    layer = Layer(one_square(make_set, Grade.OFFICIAL), demo=True)
    assert picture.compose(bare(layer), fonts).badges == ("示例数据",)
    assert picture.compose(bare(layer, english=True), fonts).badges == ("Sample data",)


def test_a_highlight_is_outlined_in_the_colour_of_a_selection(
    make_set: MakeSet, fonts: FontBook
) -> None:
    layer = Layer(one_square(make_set, Grade.OFFICIAL))
    plain = picture.draw(bare(layer), fonts, Kind.SVG).decode()
    marked = picture.draw(bare(layer, highlights=(("relic", "S1"),)), fonts, Kind.SVG).decode()
    assert SELECTION.lower() not in plain
    assert SELECTION.lower() in marked


def test_a_highlight_that_is_not_there_is_refused(whole: Scene, fonts: FontBook) -> None:
    with pytest.raises(DataError, match="park/P99") as caught:
        picture.draw(replace(whole, highlights=(("park", "P99"),)), fonts)
    assert caught.value.code == "PICTURE_HIGHLIGHT"


def test_a_tint_of_another_length_is_refused(make_set: MakeSet, fonts: FontBook) -> None:
    layer = Layer(one_square(make_set, Grade.OFFICIAL), Tint((Class("可供", RED),), [0, 0]))
    with pytest.raises(DataError) as caught:
        picture.draw(bare(layer), fonts)
    assert caught.value.code == "PICTURE_TINT"


def test_holes_stay_open(make_set: MakeSet, fonts: FontBook) -> None:
    ring = box(122.21, 37.31, 122.29, 37.37) - box(122.23, 37.33, 122.27, 37.35)
    known = make_set("relic", [ring], Source("测试图", Grade.OFFICIAL, "CC0"))
    layer = Layer(known, Tint((Class("可供", RED),), [0]), labelled=False)
    seen = dots(picture.draw(bare(layer), fonts, dpi=100))
    assert tuple(seen[seen.shape[0] // 2, seen.shape[1] // 2]) == (255, 255, 255)


def test_symbols_that_would_cover_one_another_move_apart(
    make_set: MakeSet, fonts: FontBook
) -> None:
    known = make_set("station", [Point(122.25, 37.34)] * 3, Source("测试图", Grade.TRACED, "CC0"))
    pdf = picture.draw(bare(Layer(known, labelled=False)), fonts, Kind.PDF)
    boxes = boxes_in_pdf(pdf, "#37474F")
    assert len(boxes) == 3
    for a, b in itertools.combinations(boxes, 2):
        wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
        assert min(wide, high) < 0.3


@pytest.mark.parametrize(
    "name", ["威海〓", "古𠮷镇😀", r"$\frac{1}{2}$ 5$", "a_b^c {x}", "堽墕喆㎡"]
)
def test_any_name_can_be_a_title(name: str, whole: Scene, fonts: FontBook) -> None:
    made = picture.compose(replace(whole, caption=Caption(name)), fonts)
    shown = name.replace("𠮷", "〓").replace("😀", "〓")
    assert shown in {text.get_text() for text in texts(made)}
    assert picture.draw(replace(whole, caption=Caption(name)), fonts, Kind.PDF)


def test_text_of_a_pdf_is_text_in_our_embedded_fonts(whole: Scene, fonts: FontBook) -> None:
    pdf = picture.draw(whole, fonts, Kind.PDF)
    text = pdf.decode("latin-1")
    named = set(re.findall(r"/BaseFont\s*/(?:[A-Z]{6}\+)?([\w-]+)", text))
    assert named == {"NotoSansSC-Regular", "NotoSansSC-Bold"}
    assert "/Subtype /Type3" not in text
    assert text.count("/FontFile2") == text.count("/Type /FontDescriptor") >= 2
    maps = "".join(stream for stream in pdf_streams(pdf) if "beginbf" in stream)
    assert "<5A01>" in maps.upper()  # 威 can be found and copied
    assert "<6D77>" in maps.upper()  # 海


def test_a_font_that_is_not_there_is_told(whole: Scene) -> None:
    with pytest.raises(SettingError, match="重新安装") as caught:
        picture.draw(whole, FontBook("nowhere.ttf", "nowhere.ttf"))
    assert caught.value.code == "FONT_MISSING"


def test_the_page_says_what_a_planner_looks_for(whole: Scene, fonts: FontBook) -> None:
    scene = replace(whole, caption=replace(whole.caption, approval="鲁S（2026）001号"))
    said = "".join(text.get_text() for text in texts(picture.compose(scene, fonts)))
    for words in (
        "威海经济技术开发区规划总览图", "依据 2017 年方案", "内部", "示意", "北", "坐标北", "图例",
        "比例尺：1:150 000", "EPSG:4550", "制图单位：规划科", "数据日期：2026-11-22",
        "数据版本：16", "审图号：鲁S（2026）001号", "说明：界线为示意", "资料来源：",
    ):  # fmt: skip
        assert words in said, words


def test_a_book_has_a_page_for_every_scene(whole: Scene, fonts: FontBook) -> None:
    scenes = [whole, replace(whole, page=picture.A3), replace(whole, view=View(HERE))]
    book = picture.book(scenes, fonts)
    pages = re.findall(rb"/Type /Page\n|/Type /Page\s", book)
    assert len(pages) == 3
    assert book == picture.book(scenes, fonts)


def test_an_atlas_has_an_index_and_a_page_for_every_park(
    whole: Scene, fonts: FontBook, zone: Zone
) -> None:
    parks = zone.existing("park").table.head(3)
    leaves = [
        Leaf(row.name_, picture.around([row.geometry]), (("park", row.id),))
        for row in parks.rename(columns={"name": "name_"}).itertuples()
    ]
    pdf = picture.atlas(whole, leaves, zone.existing("zone"), fonts)
    assert len(re.findall(rb"/Type /Page\s", pdf)) == 4
    index, *sheets = figures(whole, leaves, None, fonts)
    said = {one.get_text() for one in index.artists if isinstance(one, Text)}
    assert {"2", "3", "4", "环山路工业园"} <= said
    titles = [{one.get_text() for one in f.artists if isinstance(one, Text)} for f in sheets]
    assert all(leaf.title in seen for leaf, seen in zip(leaves, titles, strict=True))


def test_around_gives_points_room_and_refuses_nothing() -> None:
    west, south, east, north = picture.around([Point(122.2, 37.4)])
    assert (south, north) == pytest.approx((37.4 - 0.0027, 37.4 + 0.0027))
    assert east - west == pytest.approx(0.00675)
    with pytest.raises(DataError) as caught:
        picture.around([])
    assert caught.value.code == "PICTURE_EMPTY"
