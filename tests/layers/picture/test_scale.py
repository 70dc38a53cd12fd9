"""Scale on paper is true: ground distances by pyproj, paper distances read from the files."""

import io
import math
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image
from pyproj import Geod, Transformer
from shapely import LineString

from geo.errors import DataError
from layers import picture
from layers.picture import A3, A4, A4_TALL, WIDE, FontBook, Grid, Kind, Page, Scene, Sketch, View
from layers.picture.frame import round_scale
from tests.layers.picture.conftest import boxes_in_pdf, line_in_pdf, line_in_svg, texts

PLANE = Transformer.from_crs(4490, 4550, always_xy=True)
A, B = (122.16, 37.33), (122.31, 37.41)
COLOR = "#12AB56"
MARK = Sketch(LineString([A, B]), color=COLOR)
POINT_MM = 25.4 / 72


def plane_m() -> float:
    return math.dist(PLANE.transform(*A), PLANE.transform(*B))


def paper_mm(ends: tuple[float, float, float, float]) -> float:
    return math.dist(ends[:2], ends[2:]) * POINT_MM


@pytest.mark.parametrize("paper", [A4, A4_TALL, A3, WIDE, picture.inset(120, 90)], ids=str)
def test_a_known_line_has_its_length_on_paper(paper: Page, whole: Scene, fonts: FontBook) -> None:
    scene = replace(whole, page=paper, sketches=(MARK,))
    scale = picture.compose(scene, fonts).frame.scale
    expected = plane_m() / scale * 1000
    assert expected > 30
    for read, kind in ((line_in_svg, Kind.SVG), (line_in_pdf, Kind.PDF)):
        assert paper_mm(read(picture.draw(scene, fonts, kind), COLOR)) == pytest.approx(
            expected, abs=0.05
        )


def test_the_plane_is_the_ground_to_half_a_millimetre() -> None:
    _, _, ground = Geod(ellps="GRS80").inv(*A, *B)
    assert plane_m() / 150_000 * 1000 == pytest.approx(ground / 150_000 * 1000, abs=0.05)


def test_a_picture_of_dots_has_the_scale_too(whole: Scene, fonts: FontBook) -> None:
    scene = replace(whole, sketches=(MARK,), view=View(scale=200_000))
    data = picture.draw(scene, fonts, Kind.PNG, dpi=254)  # ten dots a millimetre
    with Image.open(io.BytesIO(data)) as image:
        assert image.info["dpi"] == pytest.approx((254, 254), abs=0.1)
        assert image.size == pytest.approx((2970, 2100), abs=1)
        dots = np.asarray(image.convert("RGB")).astype(int)
    rows, columns = np.nonzero(np.abs(dots - (0x12, 0xAB, 0x56)).sum(axis=2) < 30)
    kept = columns < 2300  # the legend has a sample
    width = np.ptp(columns[kept]) + 1
    high = np.ptp(rows[kept]) + 1
    east, north = np.subtract(PLANE.transform(*B), PLANE.transform(*A))
    assert width / 10 == pytest.approx(east / 200, abs=0.5)
    assert high / 10 == pytest.approx(north / 200, abs=0.5)


def test_the_scale_bar_is_as_long_as_it_says(whole: Scene, fonts: FontBook) -> None:
    pdf = picture.draw(replace(whole, view=View(scale=150_000)), fonts, Kind.PDF)
    pieces = boxes_in_pdf(pdf, "#222222")
    assert len(pieces) == 2  # of four parts two are dark; together they say 5 km
    for left, _, right, _ in pieces:
        assert (right - left) * POINT_MM == pytest.approx(1_250_000 / 150_000, abs=0.02)


@pytest.mark.parametrize(
    ("least", "fine", "expected"),
    [
        (143_000, False, 150_000), (150_000, False, 150_000), (150_001, False, 200_000),
        (1_010, False, 1_250), (760, False, 1_000), (163_000, True, 170_000), (20, False, 100),
    ],
)  # fmt: skip
def test_scales_are_round(least: float, fine: bool, expected: int) -> None:
    assert round_scale(least, fine=fine) == expected


def test_all_that_was_asked_to_be_seen_is_seen(whole: Scene, fonts: FontBook) -> None:
    asked = (122.15, 37.40, 122.19, 37.43)
    frame = picture.compose(replace(whole, view=View(asked)), fonts).frame
    west, south, east, north = frame.window
    assert west <= asked[0]
    assert south <= asked[1]
    assert east >= asked[2]
    assert north >= asked[3]


def test_a_fixed_scale_that_shows_too_little_is_refused_with_one_that_fits(
    whole: Scene, fonts: FontBook
) -> None:
    with pytest.raises(DataError, match="1:150000") as caught:
        picture.draw(replace(whole, view=View(scale=50_000)), fonts)
    assert caught.value.code == "PICTURE_SCALE"


def test_an_extent_that_is_turned_round_is_refused(whole: Scene, fonts: FontBook) -> None:
    with pytest.raises(DataError, match="东西或南北颠倒"):
        picture.draw(replace(whole, view=View((122.3, 37.3, 122.2, 37.4))), fonts)


def test_true_north_is_told_against_grid_north(whole: Scene, fonts: FontBook) -> None:
    # (lon - 123) sin(lat) at 122.24 E 37.37 N, by hand: -0.76 * 0.6070 = -0.461
    assert picture.compose(whole, fonts).frame.convergence == pytest.approx(0.461, abs=0.005)


@pytest.mark.parametrize(
    ("grid", "labels"), [(Grid.DEGREE, ["122°10′E", "37°20′N"]), (Grid.KM, ["430 km", "4140 km"])]
)
def test_the_net_says_where_it_is(
    grid: Grid, labels: list[str], whole: Scene, fonts: FontBook
) -> None:
    made = picture.compose(replace(whole, view=View(grid=grid)), fonts)
    said = {text.get_text() for text in texts(made)}
    assert set(labels) <= said


def test_a_kilometre_line_lies_where_its_label_says(whole: Scene, fonts: FontBook) -> None:
    made = picture.compose(replace(whole, view=View(grid=Grid.KM)), fonts)
    label = next(t for t in texts(made) if t.get_text() == "430 km")
    wide = label.get_window_extent().width / made.figure.dpi * 25.4
    middle = label.get_position()[0] + wide / 2
    frame = made.frame
    east = frame.centre[0] + (middle - frame.box.middle[0]) * frame.scale / 1000
    assert east == pytest.approx(430_000, abs=0.5 * frame.scale / 1000)
