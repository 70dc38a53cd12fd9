"""Grids of colours lie where they belong, inside their outline; what is not known is hatched."""

import io
from dataclasses import replace

import numpy as np
from PIL import Image as Pixels
from pyproj import Transformer
from shapely import box

from layers import picture
from layers.picture import Blank, Class, FontBook, Image, Scene, View
from layers.style import Ink

PLANE = Transformer.from_crs(4490, 4550, always_xy=True)
RED = Ink("#FF0000", "#FF0000", "#FF0000")
EXTENT = (122.20, 37.30, 122.24, 37.33)


def colour_at(scene: Scene, fonts: FontBook, lon: float, lat: float) -> tuple[int, int, int]:
    """The colour of a place in a picture of ten dots a millimetre."""
    frame = picture.compose(scene, fonts).frame
    x, y = frame.on_paper(np.array([PLANE.transform(lon, lat)]))[0]
    with Pixels.open(io.BytesIO(picture.draw(scene, fonts, dpi=254))) as image:
        red, green, blue = image.convert("RGB").getpixel((x * 10, image.size[1] - y * 10))
    return int(red), int(green), int(blue)


def test_a_cell_is_drawn_on_its_ground_and_nothing_outside_the_outline(fonts: FontBook) -> None:
    east, north = PLANE.transform(122.22, 37.315)
    cells = np.ones((2, 2), dtype=np.uint8)
    cells[0, 0] = 0  # the north-west one is empty
    grid = Image(
        *(cells, east - 500, north + 500, 500.0, (Class("坡", RED),), "坡度", "Slope"),
        outline=box(122.0, 37.0, 122.4, 37.315),
    )
    scene = Scene((), View(EXTENT), images=(grid,))
    assert colour_at(scene, fonts, 122.222, 37.3135) == (255, 0, 0)  # south-east
    assert colour_at(scene, fonts, 122.218, 37.3165) == (255, 255, 255)  # empty
    assert colour_at(scene, fonts, 122.222, 37.3165) == (255, 255, 255)  # outside
    whole = replace(scene, images=(replace(grid, outline=None),))
    assert colour_at(whole, fonts, 122.222, 37.3165) == (255, 0, 0)


def test_what_nobody_brought_is_hatched_and_named_in_the_legend(fonts: FontBook) -> None:
    scene = Scene((), View(EXTENT), blanks=(Blank("农田", "Farmland", box(*EXTENT)),))
    with Pixels.open(io.BytesIO(picture.draw(scene, fonts, dpi=100))) as image:
        grey = np.asarray(image.convert("L"))
    middle = grey[300:500, 200:500]
    assert 0.02 < (middle < 200).mean() < 0.6
