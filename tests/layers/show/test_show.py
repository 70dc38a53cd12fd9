"""The player's page: everything inside, both languages, names inert, fonts cut to what is said."""

import base64
import gzip
import io
import json
import re
import struct
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw
from shapely import Point, box
from shapely.geometry import MultiPolygon, Polygon

from geo.errors import DataError
from geo.model import Boundaries
from geo.zone import Zone
from layers import show
from layers.brief.read import brief_of
from layers.brief.values import Brief, Text
from layers.show import code, fonts, script
from layers.show.outline import outlines
from tests.layers.brief import sample

ASSETS = Path(__file__).parents[3] / "assets"
HOSTILE = '</script><script>alert(1)</script><!-- {{7*7}} "\u2028'


@pytest.fixture(scope="module")
def assets() -> dict[str, bytes]:
    found = (path for pattern in show.ASSETS for path in ASSETS.glob(pattern))
    return {path.relative_to(ASSETS).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def brief(zone: Zone) -> Brief:
    return brief_of(*sample.given(zone))


@pytest.fixture(scope="module")
def html(brief: Brief, assets: dict[str, bytes]) -> str:
    first = replace(brief.slides[0], title=Text(HOSTILE, HOSTILE), lead=Text("只有中文"))
    return show.page_html(replace(brief, slides=(first, *brief.slides[1:])), assets).decode()


class Elements(HTMLParser):
    """Elements of a page with their attributes, and the text of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] == "script":
            self.scripts[-1] += data


def pack(html: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Elements(html).scripts[0])
    return found


def test_the_page_loads_nothing_and_forbids_itself_to(html: str) -> None:
    found = Elements(html).found
    loads = [(tag, a) for tag, a in found if a.get("src") or a.get("href", "data:,") != "data:,"]
    assert loads == []
    policy = next(a["content"] for _, a in found if a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    assert "connect-src" not in policy
    styles = html[: html.index("</head>")]
    targets = re.findall(r"url\([\"']?([^)]*)\)", styles)
    assert all(one.startswith(("data:", "#")) for one in targets)
    assert len(html.encode()) < 10_000_000


def test_a_hostile_name_stays_inside_the_data(html: str) -> None:
    elements = Elements(html)
    assert [tag for tag, _ in elements.found].count("script") == 3
    assert pack(html)["told"]["slides"][0]["title"] == [HOSTILE, HOSTILE]
    assert "alert(1)</script>" not in html


def test_texts_come_in_both_languages_and_english_falls_back(html: str) -> None:
    told = pack(html)["told"]
    numbers = told["slides"][2]["numbers"]
    assert numbers[0]["label"] == ["目标已达到", "Targets reached"]
    assert told["slides"][0]["lead"] == ["只有中文", "只有中文"]
    assert told["marks"]["secrecy"] == ["内部", "INTERNAL"]
    assert all(all(pair) for pair in told["words"].values())
    assert told["map"][0]["words"]["grade_schematic"] == "示意"
    assert told["map"][1]["words"]["grade_schematic"] == "Schematic"


def test_a_colouring_tells_how_many_there_are_of_each_class(html: str) -> None:
    told = pack(html)["told"]["colourings"]
    # by hand, of the sample's codes: three built, two started, one idle, four supplied, six free
    counts = {tone["key"]: tone["count"] for tone in told["supply:2026-11-15"]["tones"]}
    assert counts == {"available": 6, "supplied": 4, "started": 2, "completed": 3, "idle": 1}


def test_the_page_carries_what_its_maps_ask_for(html: str) -> None:
    carried = {
        path: gzip.decompress(base64.b64decode(body))
        for path, body in pack(html)["carried"].items()
    }
    told = pack(html)["told"]
    for one in told["map"][0]["sets"]:
        assert one["url"] in carried
    assert list(carried["tint/supply:2023-12-31"]) == [0] * 6 + [255] * 10
    park = next(path for path in carried if path.startswith("feature/park/"))
    assert park.endswith("/P05")
    assert json.loads(carried[park])["properties"]["id"] == "P05"


def test_sets_of_a_map_are_the_ground_and_those_it_names(html: str) -> None:
    look = pack(html)["told"]["slides"][3]["look"]
    assert look["on"] == ["sea", "land", "zone", "unit", "park", "works", "road"]


def test_the_code_of_a_slide_is_read_as_its_address(brief: Brief) -> None:
    (one, other) = (slide["qr"] for slide in show.told(brief)["slides"] if slide["qr"])
    assert one["text"] == "http://10.1.2.3:8501/?on=park&sel=park/P05"
    for qr in (one, other):
        picture = Image.new("L", (qr["side"] * 4, qr["side"] * 4), 255)
        ink = ImageDraw.Draw(picture)
        for x, y in re.findall(r"M(\d+),(\d+)h1v1h-1z", qr["path"]):
            left, top = int(x) * 4, int(y) * 4
            ink.rectangle([left, top, left + 3, top + 3], fill=0)
        (read,) = zxingcpp.read_barcodes(picture)
        assert read.text == qr["text"]


def test_without_an_address_of_the_app_there_is_no_code(brief: Brief) -> None:
    told = show.told(replace(brief, base_url=""))
    assert [slide["qr"] for slide in told["slides"]] == [None] * 13


def test_a_quiet_zone_of_four_goes_round_a_code() -> None:
    made = code.squares("A")
    assert made["side"] == 21 + 8  # version 1 has 21 modules
    assert made["path"].startswith("M4,4h1v1h-1z")


def test_modules_become_one_script_in_the_order_of_need() -> None:
    modules = {
        "show/a.js": 'import { b, c as d } from "../map/b.js";\n'
        "export default function (x) { return b(d, x); }\n",
        "map/b.js": "export const c = 1;\nexport async function b(x) {}\nclass Z {}\n",
        "map/unused.js": "export const never = 1;\n",
    }
    made = script.joined("show/a.js", modules)
    assert made.index("const m0") < made.index("const c = 1") < made.index("const m1")
    assert "const { b, c: d } = m0;" in made
    assert "return { c, b };" in made
    assert "return { default: whole };" in made
    assert "never" not in made
    assert not re.search(r"^\s*(import|export) ", made, re.M)


@pytest.mark.parametrize(
    "modules",
    [
        {"a.js": 'import { b } from "./b.js";\n'},
        {"a.js": 'import { a } from "./a.js";\n'},
        {"a.js": "export { a, b };\n"},
        {"a.js": 'const x = "</script>";\n'},
    ],
    ids=["missing", "circle", "unknown form", "end of element"],
)
def test_modules_that_cannot_be_joined_are_refused(modules: dict[str, str]) -> None:
    with pytest.raises(DataError) as told:
        script.joined("a.js", modules)
    assert told.value.code == "SCRIPT_MODULE"


def test_a_font_is_cut_to_its_letters_and_equal_every_time(assets: dict[str, bytes]) -> None:
    whole = assets["fonts/NotoSansSC-Bold.ttf"]
    cut = fonts.cut(whole, ["经区", "A"])
    assert fonts.cut(whole, {"A", "区", "经"}) == cut
    assert {chr(one) for one in TTFont(io.BytesIO(cut)).getBestCmap()} == set("经区A")
    assert len(cut) < 10_000


def test_outlines_of_a_big_set_are_steps_between_corners(
    make_set: Callable[..., Boundaries],
) -> None:
    hole = Polygon(
        [(122, 37), (122.004, 37), (122.004, 37.002), (122, 37)],
        [[(122.002, 37.0005), (122.003, 37.0005), (122.003, 37.001), (122.002, 37.0005)]],
    )
    two = MultiPolygon([box(122.1, 37.1, 122.2, 37.2), box(122.3, 37.1, 122.4, 37.2)])
    body = gzip.decompress(outlines(make_set("parcel", [hole, two])))
    rings, points = struct.unpack_from("<2I", body)
    assert (rings, points) == (4, 4 + 4 + 5 + 5)
    table = struct.unpack_from("<8I", body, 8)
    assert table[::2] == (0, 0, 1, 1)
    steps = struct.unpack_from(f"<{2 * points}i", body, 8 + 32)
    east, north = steps[:points], steps[points:]
    assert (sum(east[:1]), sum(north[:1])) == (122_000_000, 37_000_000)
    # the second ring begins where its first corner is, counted from the last of the first ring
    assert (sum(east[:5]), sum(north[:5])) == (122_002_000, 37_000_500)


def test_a_big_set_of_points_stays_shapes(
    brief: Brief, make_set: Callable[..., Boundaries]
) -> None:
    points = make_set("station", [Point(122.1 + i * 1e-4, 37.3) for i in range(2001)])
    eastings = [122 + i * 1e-4 for i in range(2001)]
    areas = make_set("parcel", [box(x, 37, x + 5e-5, 37.1) for x in eastings])
    made = replace(brief, slides=brief.slides[:1], colourings={}, sets={"a": points, "b": areas})
    rows = {one["name"]: one for one in show.told(made)["map"][0]["sets"]}
    assert (rows["station"]["draw"], rows["parcel"]["draw"]) == ("shape", "tile")
    assert {rows["station"]["url"], rows["parcel"]["url"]} <= set(show.carried(made))


def test_the_same_brief_makes_the_same_page(brief: Brief, assets: dict[str, bytes]) -> None:
    assert show.page_html(brief, assets) == show.page_html(brief, assets)
