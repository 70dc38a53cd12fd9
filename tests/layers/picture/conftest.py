"""A scene of the zone as shipped, and what a drawn file says, read by plain means."""

import re
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from matplotlib.text import Text

from geo.zone import Zone
from layers.picture import Caption, Composition, FontBook, Layer, Scene
from layers.style import STYLES

FONTS = Path(__file__).parents[3] / "assets" / "fonts"
NUMBER = r"(-?\d+\.?\d*)"


@pytest.fixture(scope="session")
def fonts() -> FontBook:
    return FontBook(str(FONTS / "NotoSansSC-Regular.ttf"), str(FONTS / "NotoSansSC-Bold.ttf"))


@pytest.fixture(scope="session")
def layers_of(zone: Zone) -> Callable[..., tuple[Layer, ...]]:
    """Some sets of the zone, all that are on at the start if none is named."""

    def of(*names: str) -> tuple[Layer, ...]:
        wanted = names or tuple(name for name, style in STYLES.items() if style.on)
        return tuple(Layer(one) for one in zone.held() if one.name in wanted)

    return of


@pytest.fixture(scope="session")
def whole(layers_of: Callable[..., tuple[Layer, ...]]) -> Scene:
    """The zone with all that is shown at the start, on A4."""
    words = Caption(
        "威海经济技术开发区规划总览图", "依据 2017 年方案", ("界线为示意",), date(2026, 11, 22), 16,
        "内部", maker="规划科",
    )  # fmt: skip
    return Scene(layers_of(), caption=words)


def texts(made: Composition) -> list[Text]:
    """Every line of text of a picture, halos left out."""
    return [
        one for one in made.figure.artists if isinstance(one, Text) and not one.get_path_effects()
    ]


def pdf_streams(data: bytes) -> list[str]:
    """Every stream of a PDF that unpacks, as text."""
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.S):
        unpacked = zlib.decompressobj()
        try:
            found.append(unpacked.decompress(match[1]).decode("latin-1"))
        except zlib.error:  # not packed
            found.append(match[1].decode("latin-1"))
    return found


def line_in_svg(data: bytes, color: str) -> tuple[float, float, float, float]:
    """Ends in points of the one straight line stroked in a colour."""
    path = rf'd="M {NUMBER} {NUMBER} \nL {NUMBER} {NUMBER} \n" clip[^>]*stroke: {color.lower()}'
    (found,) = re.findall(path, data.decode())
    a, b, c, d = map(float, found)
    return a, b, c, d


def line_in_pdf(data: bytes, color: str) -> tuple[float, float, float, float]:
    """Ends in points of the one straight line stroked in a colour."""
    rgb = [f"{int(color[i : i + 2], 16) / 255:.10f}".rstrip("0") for i in (1, 3, 5)]
    ink = r"\s".join(re.escape(one) for one in rgb)
    ends = rf"{ink}\sRG[^Q]*?{NUMBER} {NUMBER} m\n{NUMBER} {NUMBER} l\n\nS"
    (found,) = [hit for text in pdf_streams(data) for hit in re.findall(ends, text)]
    a, b, c, d = map(float, found)
    return a, b, c, d


def boxes_in_pdf(data: bytes, color: str) -> list[tuple[float, float, float, float]]:
    """Left, bottom, right, top in points of the four-cornered shapes filled in a colour."""
    corner = rf"{NUMBER} {NUMBER} "
    step = re.compile(
        rf"{NUMBER}\s{NUMBER}\s{NUMBER}\srg|{NUMBER} g\s|"
        rf"{corner}m\n{corner}l\n{corner}l\n{corner}l\nh\n\n[Bf]"
    )
    wanted = tuple(round(int(color[i : i + 2], 16) / 255, 4) for i in (1, 3, 5))
    found, ink = [], (0.0, 0.0, 0.0)
    for text in pdf_streams(data):
        for match in step.finditer(text):
            said = [float(one) for one in match.groups() if one is not None]
            if len(said) == 8 and ink == wanted:
                xs, ys = said[0::2], said[1::2]
                found.append((min(xs), min(ys), max(xs), max(ys)))
            elif len(said) < 8:
                red, green, blue = (round(one, 4) for one in (said if len(said) == 3 else said * 3))
                ink = (red, green, blue)
    return found
