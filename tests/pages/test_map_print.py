"""A map as it is now on paper: true to scale, what is off stays off, what is unknown is said."""

import io
import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from pyproj import Transformer

from geo.meeting import Drawing, Look
from geo.model import Seal
from layers.picture import Grid, Kind
from layers.style import SELECTION, Palette
from pages import door, map_print_scene
from pages.map_print_look import Taken
from pages.map_print_sheet import Asked
from tests.layers.picture.conftest import line_in_svg
from tests.pages.house import living_in

PLANE = Transformer.from_crs(4490, 4550, always_xy=True)
A, B = (122.17, 37.41), (122.19, 37.42)
TOWN = (122.15, 37.39, 122.21, 37.43)


@pytest.fixture(autouse=True)
def store(store_url: str) -> Iterator[None]:
    with living_in(store_url):
        yield


def row(name: str, draw: str = "shape", group: str = "area") -> dict[str, Any]:
    return {"name": name, "draw": draw, "group": group, "label": name}


def taken(*rows: dict[str, Any], english: bool = False) -> Taken:
    """A map of the town with a line measured from A to B."""
    look = Look(TOWN, tuple(one["name"] for one in rows))
    line = (False, (A, B), "2.09 公里")
    seal = Seal("12:" + "ab" * 32)
    told = line, date(2026, 11, 22), "own", seal, Palette.STANDARD
    shown = (look, rows, None, b"", *told)
    return Taken(*shown, english=english, filtered=False, narrow={}, visitor="local 绝密")


def text(body: bytes) -> str:
    return "".join(PdfReader(io.BytesIO(body)).pages[0].extract_text().split())


def test_a_measured_line_has_its_length_at_the_scale_that_was_chosen() -> None:
    asked = Asked("图", Kind.SVG, "a4", 25_000, Grid.NONE)
    body, small, _ = map_print_scene.drawn(door.zone(), taken(row("zone")), asked)
    x1, y1, x2, y2 = line_in_svg(body, SELECTION)
    expected = math.dist(PLANE.transform(*A), PLANE.transform(*B)) / 25_000 * 1000
    assert math.dist((x1, y1), (x2, y2)) * 25.4 / 72 == pytest.approx(expected, abs=0.05)
    with Image.open(io.BytesIO(small)) as image:
        assert image.format == "PNG"


def test_a_sheet_says_title_day_version_check_value_sources_and_what_is_not_known() -> None:
    zone = door.zone()
    shown = taken(row("zone"), row("farmland", "absent", "land"))
    said = text(map_print_scene.drawn(zone, shown, Asked("东部用地", scale=25_000))[0])
    for one in ("东部用地", "2026-11-22", f"数据版本：{zone.version}", "12:abababab", "1:25000"):
        assert one in said
    assert "永久基本农田：无数据，不等于没有限制" in said


def test_in_english_no_word_around_the_map_is_chinese() -> None:
    shown = taken(row("zone"), row("farmland", "absent", "land"), english=True)
    said = text(map_print_scene.drawn(door.zone(), shown, Asked("East"))[0])
    assert "Permanentbasicfarmland:nodata,whichdoesnotmeannolimits" in said
    assert "Dataversion" in said


def test_a_public_copy_leaves_what_was_drawn_and_says_so() -> None:
    shape = {"type": "Point", "coordinates": [122.18, 37.41]}
    shown = taken(row("zone"))
    shown = replace(shown, look=replace(shown.look, drawings=(Drawing(shape, "址"),)))
    zone = door.zone()
    inside = map_print_scene.scene(zone, shown, Asked("图"))
    public = map_print_scene.scene(zone, shown, Asked("图", public=True))
    assert (len(inside.sketches), len(public.sketches)) == (2, 0)
    assert any("未入图" in one for one in public.caption.notes)
    assert any("审图号" in one for one in public.caption.notes)
    assert public.caption.secrecy == "公开"


def test_a_hidden_class_a_foreign_ground_and_a_set_that_is_off_are_not_drawn() -> None:
    zone, shown = door.zone(), taken(row("zone"), row("facility"))
    kinds = zone.existing("facility").table["kind"]
    gone = kinds.iloc[0]
    look = replace(shown.look, hidden={"facility": (gone,)})
    layers = map_print_scene.scene(zone, replace(shown, look=look, base="vec"), Asked("图")).layers
    found = {one.known.name: one.known.table for one in layers}
    assert set(found) == {"zone", "facility"}
    assert len(found["facility"]) == int((kinds != gone).sum())


def test_an_a3_picture_has_its_size_in_dots() -> None:
    asked = Asked("图", Kind.PNG, "a3")
    body, _, _ = map_print_scene.drawn(door.zone(), taken(row("zone")), asked)
    with Image.open(io.BytesIO(body)) as image:
        assert image.size == pytest.approx((420 / 25.4 * 200, 297 / 25.4 * 200), abs=1)
