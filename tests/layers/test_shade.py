"""Rasters as pictures: legends by hand, pictures decoded by Pillow, places found by pyproj."""

import io
import math

import numpy as np
import pytest
from PIL import Image
from pyproj import Transformer

from geo.model import Grade, Raster
from layers import scene, shade
from layers.style import GROUPS

HOME = (425_000.0, 4_140_000.0)
PLANE = Transformer.from_crs(4490, 4550, always_xy=True)
MERCATOR = Transformer.from_crs(4326, 3857, always_xy=True)


def raster(values: np.ndarray, step: float = 10.0) -> Raster:
    return Raster(values.astype(np.float32), *HOME, step)


def decoded(png: bytes) -> np.ndarray:
    """The picture as another program reads it."""
    with Image.open(io.BytesIO(png)) as picture:
        assert (picture.format, picture.mode) == ("PNG", "L")
        return np.asarray(picture)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (0, 250, ["0–50 m", "50–100 m", "100–150 m", "150–200 m", "200–250 m"]),
        (-3, 396, ["−100–0 m", "0–100 m", "100–200 m", "200–300 m", "300–400 m"]),
        (1.2, 2.1, ["1.2–1.4 m", "1.4–1.6 m", "1.6–1.8 m", "1.8–2.0 m", "2.0–2.2 m"]),
        (0, 12, ["0.0–2.5 m", "2.5–5.0 m", "5.0–7.5 m", "7.5–10.0 m", "10.0–12.5 m"]),
    ],
)
def test_steps_are_even_and_round(low: float, high: float, labels: list[str]) -> None:
    found = shade.steps(low, high, "m")
    assert [one.label for one in found] == labels


@pytest.mark.parametrize(("low", "high"), [(7, 7), (0, 1e-9), (-0.5, 1e6), (8848.8, 8848.9)])
def test_every_value_between_least_and_greatest_has_a_step(low: float, high: float) -> None:
    values = np.linspace(low, high, 101).astype(np.float32)
    found = shade.numbers(values, shade.steps(low, high, "m"))
    assert found.min() >= 1
    assert found.max() <= shade.STEPS


def test_slopes_are_classed_as_the_land_survey_does() -> None:
    values = np.array([0, 2, 2.01, 6, 6.01, 15, 25, 25.01, 80, np.nan], dtype=np.float32)
    found = shade.numbers(values, shade.slopes())
    assert found.tolist() == [1, 1, 2, 2, 3, 3, 4, 5, 5, 0]
    assert [one.label for one in shade.slopes()] == ["≤2°", "2–6°", "6–15°", "15–25°", ">25°"]


def test_north_takes_both_ends_of_the_circle() -> None:
    values = np.array([0, 22, 23, 90, 180, 337, 338, 359.9, np.nan], dtype=np.float32)
    found = shade.numbers(values, shade.winds(), circle=True)
    assert found.tolist() == [1, 1, 2, 3, 5, 8, 1, 1, 0]
    assert [one.label for one in shade.winds()][:3] == ["北", "东北", "东"]


def test_classes_keep_their_order_names_and_colours() -> None:
    counts = {"100": 1, "20": 7, "9": 3}
    found = shade.kinds(counts, {"20": "林地"}, {"20": "#006400"})
    assert [one.label for one in found] == ["9", "20 林地", "100"]
    assert found[1].ink.standard == "#006400"
    values = np.array([9, 20, 100, 21, 0, np.nan], dtype=np.float32)
    assert shade.numbers(values, found).tolist() == [1, 2, 3, 0, 0, 0]


@pytest.mark.parametrize("bands", [shade.steps(0, 9, "m"), shade.slopes(), shade.winds()])
def test_no_two_colours_of_a_legend_are_alike(bands: list[shade.Band]) -> None:
    for palette in ("standard", "safe", "grey"):
        assert len({getattr(one.ink, palette) for one in bands}) == len(bands), palette


def test_the_picture_is_a_png_that_others_read() -> None:
    shades = np.arange(256, dtype=np.uint8).reshape(16, 16)
    assert (decoded(shade.png(shades)) == shades).all()


def test_the_frame_holds_every_corner_of_the_grid_and_little_more() -> None:
    place = shade.frame(*HOME, 10.0, (300, 200))
    east, north = np.array([0, 3000, 0, 3000]), np.array([0, 0, -2000, -2000])
    lon, lat = PLANE.transform(HOME[0] + east, HOME[1] + north, direction="INVERSE")
    assert place.west == pytest.approx(min(lon), abs=1e-9)
    assert place.east == pytest.approx(max(lon), abs=1e-9)
    assert place.south == pytest.approx(min(lat), abs=1e-6)
    assert place.north == pytest.approx(max(lat), abs=1e-6)
    assert 300 <= place.width <= 306
    assert 200 <= place.height <= 208


def test_a_huge_grid_becomes_a_picture_of_bearable_size() -> None:
    place = shade.frame(*HOME, 2.0, (20_000, 10_000))
    assert place.width * place.height == pytest.approx(shade.MOST_PX, rel=0.01)


def test_a_cell_is_drawn_where_it_lies() -> None:
    values = np.full((200, 300), np.nan)
    values[50, 120] = 7.0
    drawn = decoded(shade.picture(raster(values), shade.steps(0, 10, "m")))
    place = shade.frame(*HOME, 10.0, (300, 200))
    assert drawn.shape == (place.height, place.width)
    rows, columns = np.nonzero(drawn)
    assert 1 <= len(rows) <= 4
    lon, lat = PLANE.transform(HOME[0] + 1205, HOME[1] - 505, direction="INVERSE")
    x, y = MERCATOR.transform(lon, lat)
    (x0, y0), (x1, y1) = (
        MERCATOR.transform(place.west, place.north),
        MERCATOR.transform(place.east, place.south),
    )
    assert abs(columns.mean() + 0.5 - (x - x0) / (x1 - x0) * place.width) <= 1
    assert abs(rows.mean() + 0.5 - (y - y0) / (y1 - y0) * place.height) <= 1


def test_gaps_are_drawn_as_nothing() -> None:
    values = np.full((40, 40), 5.0)
    values[:, 20:] = np.nan
    drawn = decoded(shade.picture(raster(values), shade.steps(0, 10, "m")))
    middle = drawn[5:-5]
    assert (middle[:, 3:18] > 0).all()
    assert (middle[:, 22:] == 0).all()


def test_a_raster_is_told_with_its_legend_its_place_and_a_lasting_address() -> None:
    place = shade.Frame(122.1, 37.2, 122.4, 37.5, 300, 300)
    one = shade.Shown("slope", 17, "坡度", Grade.TRACED, tuple(shade.slopes()), place)
    row = scene.image(one, english=False)
    assert (row["draw"], row["url"]) == ("image", "images/slope/17.png")
    assert (row["grade"], row["group"], row["since"]) == ("traced", "land", 17)
    assert row["box"] == [122.1, 37.2, 122.4, 37.5]
    assert row["classes"][0]["label"] == "≤2°"
    other = shade.Shown("noise", 17, "噪声", Grade.TRACED, (), place)
    assert scene.image(other, english=False)["group"] == "other" in GROUPS


def test_directions_are_named_in_both_languages() -> None:
    place = shade.Frame(122.1, 37.2, 122.4, 37.5, 300, 300)
    one = shade.Shown("aspect", 17, "Aspect", Grade.TRACED, tuple(shade.winds()), place)
    assert scene.image(one, english=True)["classes"][2]["label"] == "East"
    assert math.isclose(one.bands[2].low, 67.5)
