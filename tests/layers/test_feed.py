"""What the browser fetches: valid JSON, names as they are, numbers found another way."""

import gzip
import json
import re
from collections.abc import Callable
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer
from shapely import LineString, MultiLineString, MultiPoint, Point, Polygon, box
from shapely.geometry import shape

from geo import boundaries
from geo.model import Boundaries, Grade, Source
from geo.zone import Zone
from layers import feed

MakeSet = Callable[..., Boundaries]
GEOD = Geod(a=6378137.0, rf=298.257222101)
PLANE = Transformer.from_crs(4490, 4550, always_xy=True)
HOSTILE = [
    "{{7*7}}",
    "{% raw %}",
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    "`${7*7}`",
    "\"'\\",
    "经区\u2028东\u2029部",
    "=1+1",
    "🏗️园",
]
# What `boundaries.make` lets in: no control characters, no lone surrogates, not blank.
NAMES = st.text(min_size=1, max_size=30).filter(
    lambda text: text.strip() and not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", text)
)


def sent(known: Boundaries) -> list[dict[str, Any]]:
    body = json.loads(gzip.decompress(feed.geojson(known)))
    assert body["type"] == "FeatureCollection"
    return list(body["features"])


def test_hostile_names_come_back_letter_by_letter(make_set: MakeSet) -> None:
    spots = [Point(122 + i / 100, 37.4) for i in range(len(HOSTILE))]
    known = make_set("parcel", spots, id=HOSTILE, name=HOSTILE, kind=HOSTILE, name_en=HOSTILE)
    for field in ("id", "name", "kind", "en"):
        assert [one["properties"][field] for one in sent(known)] == HOSTILE
    for text in HOSTILE:
        one = feed.feature(known, text)
        assert one is not None
        assert json.loads(gzip.decompress(one))["properties"]["name"] == text
    assert [one["key"] for one in feed.classes(known)] == HOSTILE


@given(st.lists(NAMES, min_size=1, max_size=8))
def test_any_names_make_valid_json_that_gives_them_back(names: list[str]) -> None:
    front = {"id": [str(i) for i in range(len(names))], "name": names, "kind": names}
    table = gpd.GeoDataFrame(front, geometry=[Point(122, 37)] * len(names), crs=4490)
    known = boundaries.make("parcel", table, Source("试", Grade.TRACED, "CC0"))
    assert [one["properties"]["name"] for one in sent(known)] == names
    assert {one["key"] for one in feed.classes(known)} == set(names)


def test_every_shipped_set_goes_out_whole(zone: Zone) -> None:
    for known in zone.held():
        features = sent(known)
        assert [one["properties"]["id"] for one in features] == list(known.table["id"])
        for one, kept in zip(features, known.table.geometry, strict=True):
            drawn = shape(one["geometry"])
            assert drawn.geom_type == kept.geom_type
            assert drawn.hausdorff_distance(kept) < 1e-6


def test_coordinates_are_rounded_to_a_decimetre_and_nothing_collapses(make_set: MakeSet) -> None:
    sliver = box(122.2, 37.4, 122.2 + 2e-7, 37.4 + 2e-7)
    spot = Point(122.123456789, 37.987654321)
    first, second = sent(make_set("parcel", [spot, sliver]))
    assert first["geometry"]["coordinates"] == [122.123457, 37.987654]
    assert len(second["geometry"]["coordinates"][0]) == 5


def test_areas_are_the_ellipsoids_and_lengths_the_planes(make_set: MakeSet) -> None:
    square, line = box(122.20, 37.40, 122.21, 37.41), LineString([(122.2, 37.4), (122.25, 37.45)])
    first, second, third = sent(make_set("parcel", [square, line, Point(122.2, 37.4)]))
    area, _ = GEOD.geometry_area_perimeter(square.segmentize(0.0005))
    ends = np.array([PLANE.transform(*point) for point in line.coords])
    assert first["properties"]["m2"] == pytest.approx(abs(area), rel=1e-6)
    assert second["properties"]["len"] == pytest.approx(np.hypot(*(ends[1] - ends[0])), abs=0.06)
    assert first["properties"]["len"] is second["properties"]["m2"] is None
    assert third["properties"]["len"] is third["properties"]["m2"] is None


def test_a_name_stands_inside_its_shape(make_set: MakeSet) -> None:
    horseshoe = box(122.2, 37.4, 122.23, 37.43) - box(122.205, 37.405, 122.23, 37.425)
    square = box(122.2, 37.4, 122.22, 37.42)
    road = MultiLineString([[(122, 37), (122.01, 37)], [(122.1, 37), (122.3, 37), (122.5, 37)]])
    shapes = [square, horseshoe, road, Point(122.3, 37.3), MultiPoint([(122, 37), (122.2, 37.2)])]
    spots = [
        Point(p["lx"], p["ly"]) for p in (one["properties"] for one in sent(make_set("x", shapes)))
    ]
    assert spots[0].equals(Point(122.21, 37.41))  # the middle, where that lies inside
    assert horseshoe.contains(spots[1])
    assert spots[2].equals(Point(122.3, 37))  # half way along the longest part
    assert spots[3].equals(Point(122.3, 37.3))
    assert spots[4] in shapes[4].geoms


def test_what_a_set_does_not_say_is_left_plain(make_set: MakeSet) -> None:
    (one,) = sent(make_set("parcel", [Point(122.2, 37.4)]))
    assert one["properties"] == {
        "id": "S1", "name": "第S1", "en": "", "kind": "", "kind_en": "", "g": "traced", "r": 3,
        "m2": None, "len": None, "err": None, "lx": 122.2, "ly": 37.4,
    }  # fmt: skip


def test_a_rank_or_an_error_missing_in_one_row_is_no_number(make_set: MakeSet) -> None:
    spots = [Point(122.2, 37.4), Point(122.3, 37.4)]
    known = make_set("x", spots, rank=[1, None], error_m=[5.5, None], grade=["official", "traced"])
    first, second = (one["properties"] for one in sent(known))
    assert (first["r"], first["err"], first["g"]) == (1, 5.5, "official")
    assert (second["r"], second["err"], second["g"]) == (3, None, "traced")


def test_one_feature_is_the_same_as_within_the_whole(zone: Zone) -> None:
    park = zone.existing("park")
    whole = {one["properties"]["id"]: one for one in sent(park)}
    one = feed.feature(park, "P05")
    assert one is not None
    assert json.loads(gzip.decompress(one)) == whole["P05"]
    assert feed.feature(park, "P99") is None


def test_equal_sets_have_equal_bytes_whenever_they_are_packed(zone: Zone) -> None:
    park = zone.existing("park")
    assert feed.geojson(park) == feed.geojson(park)
    assert feed.geojson(park)[4:8] == b"\0\0\0\0"  # no time in the gzip head
    assert feed.class_numbers(park)[4:8] == b"\0\0\0\0"


def test_classes_are_counted_commonest_first_with_the_weakest_grade(make_set: MakeSet) -> None:
    known = make_set(
        "x",
        [Point(122, 37), Polygon([(122, 37), (122.1, 37), (122, 37.1)]), Point(122.1, 37)],
        kind=["仓库", "学校", "仓库"],
        kind_en=["store", None, "store"],
        grade=["official", "traced", "schematic"],
    )
    assert feed.classes(known) == [
        {
            "key": "仓库", "label": "仓库", "label_en": "store", "count": 2,
            "geometry": "Point", "grade": "schematic",
        },
        {
            "key": "学校", "label": "学校", "label_en": "学校", "count": 1,
            "geometry": "Polygon", "grade": "traced",
        },
    ]  # fmt: skip
    assert gzip.decompress(feed.class_numbers(known)) == bytes([0, 1, 0])


def test_more_kinds_than_a_byte_can_tell_share_the_last_class(make_set: MakeSet) -> None:
    known = make_set("x", [Point(122, 37)] * 300, kind=[f"类{i}" for i in range(300)])
    numbers = gzip.decompress(feed.class_numbers(known))
    assert list(numbers) == [*range(255), *[255] * 45]


def test_a_set_is_big_above_two_thousand_features(make_set: MakeSet) -> None:
    assert not feed.is_big(make_set("x", [Point(122, 37)] * 2000))
    assert feed.is_big(make_set("x", [Point(122, 37)] * 2001))
