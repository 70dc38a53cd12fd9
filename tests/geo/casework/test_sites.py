"""Sites from parcels, from a drawing, from GeoJSON and from files; what is refused, and how."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import shapefile
import shapely
import xlsxwriter
from pyproj import CRS

from geo import casework, ledger, measure
from geo.errors import DataError
from geo.intake import Terms, Upload
from geo.site import Site
from geo.zone import Zone
from tests.geo.casework.office import (
    EAST,
    NORTH,
    asked,
    parcels,
    plane,
    split,
    square,
)
from tests.geo.ledger import office


@pytest.fixture
def zone(fresh: str) -> Zone:
    return ledger.open_zone(fresh)


def refusal(work: Callable[[], Any]) -> DataError:
    with pytest.raises(DataError) as found:
        work()
    assert str(found.value).strip()
    return found.value


# parcels


def test_parcels_picked_are_one_site_with_their_registered_areas_added(zone: Zone) -> None:
    parcels(zone, A=(0, 0, 100, 100), B=(100, 0, 50, 100))
    office.enter(zone, "A", area_m2=10_050.0)
    office.enter(zone, "B", area_m2=4_990.0)
    found = casework.picked(zone, ["A", "B"], "1001")
    assert (found.id, found.use, found.variant) == ("A+B", "1001", "registered")
    assert found.registered_m2 == pytest.approx(15_040)
    assert measure.plane_area_m2(found.shape) == pytest.approx(15_000, abs=1e-3)
    assert found.shape.geom_type == "Polygon"
    assert asked(zone, found)[0].parcels == ("A", "B")


def test_a_parcel_picked_twice_counts_once(zone: Zone) -> None:
    parcels(zone, A=(0, 0, 100, 100))
    office.enter(zone, "A", area_m2=10_050.0)
    found = casework.picked(zone, ["A", "A"])
    assert (found.id, found.registered_m2) == ("A", 10_050.0)


def test_one_area_that_is_not_registered_leaves_the_sum_open(zone: Zone) -> None:
    parcels(zone, A=(0, 0, 100, 100), B=(100, 0, 50, 100))
    office.enter(zone, "A", area_m2=10_050.0)
    assert casework.picked(zone, ["A", "B"]).registered_m2 is None


def test_parcels_that_are_not_drawn_or_live_no_more_are_refused(zone: Zone) -> None:
    assert refusal(lambda: casework.picked(zone, ["A"])).code == "SET_UNKNOWN"
    parcels(zone, A=(0, 0, 100, 100))
    assert "没有图形" in str(refusal(lambda: casework.picked(zone, ["A", "无此地块"])))
    assert refusal(lambda: casework.picked(zone, [])).code == "PARCEL_UNKNOWN"
    office.enter(zone, "A", area_m2=10_000.0)
    split(zone, "A", {"A-1": 5_000.0, "A-2": 5_000.0}, date(2026, 1, 4))
    assert refusal(lambda: casework.picked(zone, ["A"])).code == "PARCEL_ENDED"


# drawings


def test_what_is_drawn_over_a_parcel_keeps_both_shapes_apart(zone: Zone) -> None:
    parcels(zone, A=(0, 0, 100, 100))
    office.enter(zone, "A", area_m2=10_050.0)
    known = casework.picked(zone, ["A"], "1001")
    found = casework.drawn(square(0, 0, 90), "改红线", "1001", known)
    assert (found.id, found.variant, found.registered_m2) == ("A", "drawn", 10_050.0)
    assert found.switched().shape.equals(known.shape)
    assert found.switched().variant == "registered"


# GeoJSON


def told(shape: shapely.Geometry) -> dict[str, Any]:
    return dict(json.loads(shapely.to_geojson(shape)))


def feature(shape: shapely.Geometry, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": told(shape)}


def test_geojson_may_be_a_geometry_a_feature_or_a_collection() -> None:
    (bare,) = casework.of_geojson(told(square(0, 0, 100)), "1001")
    assert (bare.id, bare.name, bare.use) == ("选址1", "选址1", "1001")
    (one,) = casework.of_geojson(feature(square(0, 0, 100), id=7, name="甲", use="0701"), "1001")
    assert (one.id, one.name, one.use) == ("7", "甲", "0701")
    both = {"type": "FeatureCollection", "features": [feature(square(0, 0, 9)) for _ in "ab"]}
    assert [site.name for site in casework.of_geojson(both)] == ["选址1", "选址2"]


def test_heights_in_geojson_are_dropped() -> None:
    (found,) = casework.of_geojson(told(shapely.force_3d(square(0, 0, 100), 5.0)))
    assert not found.shape.has_z


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (None, "SITE_JSON"),
        ([], "SITE_JSON"),
        ({}, "SITE_JSON"),
        ({"type": "FeatureCollection", "features": []}, "SITE_JSON"),
        ({"type": "FeatureCollection", "features": [3]}, "SITE_JSON"),
        ({"type": "FeatureCollection", "features": {"a": 1}}, "SITE_JSON"),
        ({"type": "Feature", "properties": {}, "geometry": None}, "SITE_JSON"),
        ({"type": "Feature", "properties": [1], "geometry": None}, "SITE_JSON"),
        ({"type": "Polygon", "coordinates": [[[122.2, 37.4]]]}, "SITE_JSON"),
        ({"type": "Polygon", "coordinates": "甲"}, "SITE_JSON"),
        ({"type": "Polygon"}, "SITE_JSON"),
        (feature(square(0, 0, 100), use="商业"), "SITE_USE"),
        (told(plane(0, 0, 100, 100)), "SITE_JSON"),  # metres
        (told(shapely.Point(122.2, 37.4)), "SITE_SHAPE"),
        (told(shapely.Polygon()), "SITE_SHAPE"),
        ({"type": "Polygon", "coordinates": [[[37, 122], [37, 123], [38, 123], [37, 122]]]},
         "SITE_JSON"),
        ({"type": "Polygon", "coordinates": [[[122.2, 37.4], [122.21, 37.41], [122.21, 37.4],
                                              [122.2, 37.41], [122.2, 37.4]]]}, "SITE_INVALID"),
    ],
)  # fmt: skip
def test_geojson_that_is_no_area_is_refused_with_a_reason(given: Any, code: str) -> None:
    assert refusal(lambda: casework.of_geojson(given)).code == code


def test_more_than_a_thousand_sites_are_refused() -> None:
    many = {"type": "FeatureCollection", "features": [feature(square(0, 0, 9))] * 1_001}
    assert "1000" in str(refusal(lambda: casework.of_geojson(many)))


# files


def corners(prefixed: bool = True) -> list[tuple[float, float]]:
    """X (north) and Y (east) of a square of 100 m."""
    zone = 41_000_000 if prefixed else 0
    ring = list(plane(0, 0, 100, 100).exterior.coords)[:4]
    return [(north, zone + east) for east, north in ring]


def exchange() -> bytes:
    """The square as 勘测定界 TXT, with a registered area of 1.0050 ha."""
    head = (
        "[属性描述]\n格式版本号=1.01版本\n坐标系=2000国家大地坐标系\n几度分带=3\n"
        "投影类型=高斯克吕格\n计量单位=米\n带号=41\n精度=0.001\n转换参数=,,,,,,\n[地块坐标]\n"
        "5,1.0050,DK1,示例地块,面,,商服用地,0902,@\n"
    )
    ring = [*corners(), corners()[0]]
    lines = [f"J{i % 4 + 1},1,{north:.3f},{east:.3f}" for i, (north, east) in enumerate(ring)]
    return (head + "\n".join(lines) + "\n").encode("gb18030")


def zipped_shapefile() -> bytes:
    parts = {name: io.BytesIO() for name in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding="gbk") as writer:
        writer.field("名称", "C", 20)
        for x in (0, 200):
            writer.poly([list(plane(x, 0, 100, 100).exterior.coords)])
            writer.record(f"选址{x}")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(f"a.{name}", part.getvalue())
        archive.writestr("a.prj", CRS.from_epsg(4550).to_wkt("WKT1_ESRI"))
        archive.writestr("a.cpg", "GBK")
    return out.getvalue()


def table_of_corners() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["地块编号", "点号", "X", "Y"])
        for i, (north, east) in enumerate(corners()):
            page.write_row(i + 1, 0, ["DK1", f"J{i + 1}", north, east])
    return out.getvalue()


def read(zone: Zone, raw: bytes, name: str, terms: Terms | None = None) -> list[Site]:
    before = zone.version
    found = casework.of_staged(casework.staged(zone, Upload(raw, name), terms), "1001")
    assert zone.version == before  # looked at, never stored
    return found


def test_an_exchange_file_is_a_site_with_its_registered_area(zone: Zone) -> None:
    (found,) = read(zone, exchange(), "界址.txt")
    assert found.registered_m2 == pytest.approx(10_050)
    assert measure.plane_area_m2(found.shape) == pytest.approx(10_000, abs=0.1)
    assert found.use == "1001"
    _, report = asked(zone, found)
    assert report.ppm == pytest.approx((report.area_m2 - 10_050) / 10_050 * 1e6)


def test_a_shapefile_of_two_areas_is_two_sites(zone: Zone) -> None:
    found = read(zone, zipped_shapefile(), "选址.zip")
    assert [one.name for one in found] == ["选址0", "选址200"]
    assert all(one.registered_m2 is None for one in found)


def test_a_table_of_corners_is_a_site(zone: Zone) -> None:
    bare = refusal(lambda: read(zone, table_of_corners(), "坐标.xlsx"))
    assert bare.code == "CRS_MISSING"  # guessed and shown, never assumed
    assert [one.value for one in bare.issues] == ["EPSG:4529"]
    (found,) = read(zone, table_of_corners(), "坐标.xlsx", Terms(crs="4529"))
    assert measure.plane_area_m2(found.shape) == pytest.approx(10_000, abs=0.01)
    low = measure.to_plane(found.shape).bounds[:2]
    assert low == pytest.approx((EAST, NORTH), abs=0.01)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"", "a.geojson"),
        (b"{", "a.geojson"),
        ("没有坐标".encode(), "a.txt"),
        (b"PK\x03\x04broken", "a.zip"),
        (b"\x89PNG", "a.png"),
    ],
)
def test_files_that_are_no_sites_are_refused_in_words(zone: Zone, raw: bytes, name: str) -> None:
    fault = refusal(lambda: read(zone, raw, name))
    assert not str(fault).isascii()


def test_lines_are_no_sites(zone: Zone) -> None:
    line = shapely.LineString([(122.2, 37.4), (122.21, 37.41)])
    raw = json.dumps({"type": "FeatureCollection", "features": [feature(line)]}).encode()
    assert refusal(lambda: read(zone, raw, "a.geojson")).code == "SITE_SHAPE"


def test_a_file_with_a_fault_is_refused_with_its_first_fault(zone: Zone) -> None:
    none: dict[str, Any] = {"type": "Feature", "properties": {}, "geometry": None}
    both = {"type": "FeatureCollection", "features": [feature(square(0, 0, 50)), none]}
    found = casework.staged(zone, Upload(json.dumps(both).encode(), "a.geojson"))
    assert not found.accepted
    fault = refusal(lambda: casework.of_staged(found))
    assert fault.code == "SITES_REFUSED"
    assert "a.geojson" in str(fault)
    assert fault.issues
