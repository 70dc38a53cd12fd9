"""GeoPackage, FileGDB, GeoJSON and KML: everything is read or told, nothing is obeyed."""

import json
import socket
import warnings
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo.errors import DataError
from geo.formats import Choice, Kind, Peek, Reading, peek, read
from tests.geo.formats import hostile

BOX = shapely.box(0, 0, 1, 1)
SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}


def refusal(data: bytes, name: str, choice: Choice | None = None) -> DataError:
    with pytest.raises(DataError) as refused:
        read(data, name, choice)
    return refused.value


def found(reading: Reading | Peek) -> dict[str, int]:
    """Rows of the issues by code."""
    return {issue.code: issue.row for issue in reading.issues}


# GeoPackage


def test_a_geopackage_keeps_digits_text_and_counts(tmp_path: Path) -> None:
    rows = [
        (hostile.blob(BOX), "𬭚甲", 2**60 + 1),
        (None, "乙", None),
        (b"GPxx", "丙", 3),
        (hostile.blob(shapely.Point(1, 2, 3)), "a\0b", 4),
        (hostile.blob(shapely.Point(float("nan"), float("inf"))), "戊", 5),
    ]
    reading = read(hostile.gpkg(tmp_path / "a", rows), "a.gpkg")
    assert (reading.kind, reading.layer, reading.crs, reading.rows) == (
        Kind.GPKG,
        "地块",
        "EPSG:4549",
        5,
    )
    assert reading.table["name"].tolist() == ["𬭚甲", "乙", "丙", "a\0b", "戊"]
    assert int(reading.table["code"][0]) == 2**60 + 1
    assert list(reading.table.columns) == ["name", "code", "geometry"]
    assert shapely.equals(reading.table.geometry[0], BOX)
    assert reading.table.geometry[3] == shapely.Point(1, 2)
    assert [shape is None for shape in reading.table.geometry] == [False, True, True, False, True]
    assert {issue.row: issue.code for issue in reading.issues if issue.row} == {
        2: "GEOMETRY_EMPTY",
        3: "GEOMETRY_CORRUPT",
        4: "TEXT_CONTROL",
        5: "NON_FINITE",
    }
    assert "Z_DROPPED" in found(reading)
    assert reading.table.crs.to_epsg() == 4549


def test_views_and_triggers_are_named_and_never_run(tmp_path: Path) -> None:
    extra = """
        CREATE VIEW 全部 AS SELECT * FROM 地块;
        INSERT INTO gpkg_contents VALUES ('全部', 'features', '', '', '', 0, 0, 1, 1, 4549);
        CREATE TRIGGER 改 AFTER INSERT ON 地块 BEGIN UPDATE 地块 SET name = 'x'; END;
        DROP TRIGGER 改;
        CREATE TRIGGER 删 AFTER DELETE ON 地块 BEGIN DELETE FROM 地块; END;
    """
    reading = read(hostile.gpkg(tmp_path / "a", [(hostile.blob(BOX), "甲", 1)], extra), "a.gpkg")
    (issue,) = [issue for issue in reading.issues if issue.code == "VIEWS_IGNORED"]
    assert "已忽略触发器/视图 2 个" in issue.message
    assert len(reading.table) == 1


def test_a_table_that_is_a_view_is_no_package(tmp_path: Path) -> None:
    extra = "ALTER TABLE gpkg_contents RENAME TO c; CREATE VIEW gpkg_contents AS SELECT * FROM c;"
    assert refusal(hostile.gpkg(tmp_path / "a", [], extra), "a.gpkg").code == "GPKG_CORRUPT"


def test_a_broken_package_is_refused(tmp_path: Path) -> None:
    data = hostile.gpkg(tmp_path / "a", [(hostile.blob(BOX), "甲" * 500, 1)] * 200)
    assert refusal(data[: len(data) // 3], "a.gpkg").code == "GPKG_CORRUPT"
    assert refusal(data[:4096] + bytes(len(data) - 4096), "a.gpkg").code == "GPKG_CORRUPT"


def test_text_that_is_no_utf8_is_told_by_row(tmp_path: Path) -> None:
    extra = (
        f"INSERT INTO 地块 (name) VALUES ('乙'), (CAST(x'{'威海'.encode('gbk').hex()}' AS TEXT));"
    )
    reading = read(hostile.gpkg(tmp_path / "a", [], extra), "a.gpkg")
    assert found(reading)["TEXT_ENCODING"] == 2
    assert reading.table["name"][0] == "乙"


def test_several_layers_are_asked_about(tmp_path: Path) -> None:
    extra = """
        CREATE TABLE 表 (a TEXT, b BLOB); INSERT INTO 表 VALUES ('007', x'00');
        INSERT INTO gpkg_contents VALUES ('表', 'attributes', '', '', '', 0, 0, 0, 0, 0);
    """
    data = hostile.gpkg(tmp_path / "a", [(hostile.blob(BOX), "甲", 1)], extra)
    assert refusal(data, "a.gpkg").code == "MANY_LAYERS"
    assert [(one.name, one.geometry) for one in peek(data, "a.gpkg").layers] == [
        ("地块", "Polygon"),
        ("表", "none"),
    ]
    reading = read(data, "a.gpkg", Choice(layer="表"))
    assert reading.table["a"].tolist() == ["007"]
    assert "FIELD_IGNORED" in found(reading)


def test_a_package_written_by_gdal_reads_the_same(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame(
        {"名称": ["甲", None], "n": [1, 2], "on": ["2024-05-01", None]},
        geometry=[BOX, shapely.box(2, 2, 3, 3)],
        crs=4529,
    )
    table.to_file(tmp_path / "a.gpkg", layer="地块")
    reading = read((tmp_path / "a.gpkg").read_bytes(), "a.gpkg")
    assert reading.table["名称"][0] == "甲"
    assert reading.table["n"].tolist() == [1, 2]
    assert shapely.equals(reading.table.geometry.values, table.geometry.values).all()
    assert (reading.crs, reading.issues) == ("EPSG:4529", ())


# FileGDB


@pytest.fixture(scope="module")
def geodatabase(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("gdb") / "a.gdb"
    table = gpd.GeoDataFrame(
        {"名称": ["甲", "乙", None], "code": ["007", "1" * 19, "x"]},
        geometry=[BOX, shapely.box(1, 1, 2, 2), None],
        crs=4529,
    )
    with warnings.catch_warnings(action="ignore"):
        table.to_file(path, driver="OpenFileGDB", layer="地块图层")
        table.to_file(path, driver="OpenFileGDB", layer="二", mode="a")
    members = {f"成果/a.gdb/{one.name}": one.read_bytes() for one in path.iterdir()}
    return hostile.zipped(members, packed=True)


def test_a_geodatabase_asks_which_layer(geodatabase: bytes) -> None:
    seen = peek(geodatabase, "a.zip")
    assert [(one.name, one.count) for one in seen.layers] == [("地块图层", 3), ("二", 3)]
    assert (seen.kind, seen.crs) == (Kind.GDB, "EPSG:4529")
    assert refusal(geodatabase, "a.zip").code == "MANY_LAYERS"


def test_a_geodatabase_reads_with_chinese_names(geodatabase: bytes) -> None:
    reading = read(geodatabase, "a.zip", Choice(layer="地块图层"))
    assert reading.table["code"].tolist() == ["007", "1" * 19, "x"]
    assert reading.table["名称"].tolist()[:2] == ["甲", "乙"]
    assert shapely.equals(reading.table.geometry[0], BOX)
    assert (reading.rows, found(reading)) == (3, {"GEOMETRY_EMPTY": 3})


def test_a_geodatabase_with_a_file_missing_is_refused(geodatabase: bytes) -> None:
    data = hostile.zipped({"a.gdb/a00000001.gdbtable": b"\0" * 100, "a.gdb/gdb": b"x"})
    assert refusal(data, "a.zip").code == "GDB_CORRUPT"


# GeoJSON


def test_geojson_keeps_ids_to_the_digit() -> None:
    features = [
        {**hostile.feature({"code": 12345678901234567890, "f": 1.5, "l": [1, "二"]}), "id": 7},
        {**hostile.feature({"code": 5, "name": "甲"}), "id": "007"},
    ]
    reading = read(hostile.geojson(features), "a.geojson")
    assert reading.table["code"].tolist() == ["12345678901234567890", "5"]
    assert reading.table["id"].tolist() == ["7", "007"]
    assert reading.table["l"][0] == '[1, "二"]'
    assert reading.crs == "EPSG:4326"


def test_geojson_rows_without_a_readable_shape_are_told() -> None:
    features = [
        hostile.feature({}, None),
        hostile.feature({}, {"type": "Polygon", "coordinates": [["a"]]}),
        hostile.feature({}, {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}),
        hostile.feature({}, {"type": "GeometryCollection", "geometries": [SQUARE]}),
        hostile.feature({}, {"type": "Point", "coordinates": [float("nan"), 1]}),
        hostile.feature({}, {"type": "Point", "coordinates": []}),
        hostile.feature({}, SQUARE),
    ]
    reading = read(hostile.geojson(features), "a.geojson")
    by_row = {issue.row: issue.code for issue in reading.issues if issue.severity == "error"}
    assert by_row == {
        1: "GEOMETRY_EMPTY",
        2: "GEOMETRY_CORRUPT",
        4: "GEOMETRY_TYPE",
        5: "NON_FINITE",
        6: "GEOMETRY_EMPTY",
    }
    assert found(reading)["RING_OPEN"] == 3
    assert shapely.equals(reading.table.geometry[2], shapely.box(0, 0, 1, 1))
    assert (reading.rows, len(reading.table)) == (7, 7)


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "link", "properties": {"href": "http://127.0.0.1/x"}},
        {"type": "name", "properties": {"name": "http://127.0.0.1/crs"}},
        {"type": "EPSG", "properties": {"code": 4326}},
        "EPSG:4326",
    ],
)
def test_a_crs_by_address_is_refused(crs: object) -> None:
    assert refusal(hostile.geojson(crs=crs), "a.geojson").code == "CRS_LINK"


def test_no_reader_opens_a_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        to = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        link = {"type": "link", "properties": {"href": to, "type": "proj4"}}
        assert refusal(hostile.geojson(crs=link), "a.geojson").code == "CRS_LINK"
        folder = hostile.mark("甲", more=f"<styleUrl>{to}#s</styleUrl>")
        network = f"<NetworkLink><Link><href>{to}</href></Link></NetworkLink>"
        assert len(read(hostile.kml(folder + network), "a.kml").table) == 1
        for text in (
            f"<OGRWFSDataSource><URL>{to}</URL></OGRWFSDataSource>",
            f"WFS:{to}",
            f"/vsicurl/{to}",
        ):
            assert refusal(text.encode(), "a.geojson").code == "TYPE_MISMATCH"
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    ("name", "crs"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
        ("urn:ogc:def:crs:EPSG::4549", "EPSG:4549"),
        ("EPSG:4490", "EPSG:4490"),
        ("moon", ""),
    ],
)
def test_a_crs_by_name_is_kept(name: str, crs: str) -> None:
    said = {"type": "name", "properties": {"name": name}}
    reading = read(hostile.geojson(crs=said), "a.geojson")
    assert reading.crs == crs
    assert ("CRS_UNKNOWN" in found(reading)) == (not crs)


def test_metres_without_a_crs_are_not_taken_for_degrees() -> None:
    data = hostile.geojson(
        [hostile.feature({}, {"type": "Point", "coordinates": [431000, 4130000]})]
    )
    reading = read(data, "a.geojson")
    assert reading.crs == ""
    assert "CRS_MISSING" in found(reading)


def test_broken_json_is_refused_with_its_place() -> None:
    data = b'{"type": "FeatureCollection", "features": [}'
    refused = refusal(data, "a.geojson")
    assert (refused.code, "第 44 字符" in str(refused)) == ("JSON_CORRUPT", True)
    assert refusal(hostile.geojson() * 2, "a.geojson").code == "JSON_CORRUPT"
    assert refusal(hostile.geojson()[:-20], "a.json").code == "JSON_CORRUPT"
    assert refusal(b'{"type":"FeatureCollection","features":[1]}', "a.json").code == "JSON_CORRUPT"
    assert (
        refusal(b'{"type":"Point","coordinates":[' + b"1" * 5000 + b",2]}", "a.json").code
        == "JSON_CORRUPT"
    )


@pytest.mark.parametrize("levels", [17, 400, 1_000_000])
def test_deep_json_is_refused(levels: int) -> None:
    nested = b"[" * levels + b"]" * levels
    data = b'{"type":"Feature","properties":{"a":' + nested + b'},"geometry":null}'
    assert refusal(data, "a.json").code == "JSON_TOO_DEEP"
    shape = b'{"type":"GeometryCollection","geometries":[' * levels + b"]}" * levels
    assert refusal(shape, "a.json").code == "JSON_TOO_DEEP"


def test_too_many_fields_are_refused_soon() -> None:
    features = [hostile.feature({f"p{n}": n}) for n in range(20_000)]
    assert refusal(hostile.geojson(features), "a.json").code == "FIELDS_TOO_MANY"


def test_json_that_is_no_geojson_is_refused() -> None:
    assert refusal(b'{"type": "Topology"}', "a.json").code == "TYPE_MISMATCH"
    assert refusal(hostile.geojson([]), "a.json").code == "EMPTY_FILE"


def test_bare_shapes_and_gbk_are_read() -> None:
    assert read(json.dumps(SQUARE).encode(), "a.json").rows == 1
    text = hostile.geojson([hostile.feature({"名": "甲"})]).decode().encode("gbk")
    reading = read(text, "a.json")
    assert (reading.table["名"].tolist(), reading.encoding) == (["甲"], "gb18030")


# KML


def test_folders_are_layers_and_extended_data_are_fields() -> None:
    data = "<ExtendedData><Data name='编号'><value>007</value></Data></ExtendedData>"
    first = f"<Folder><name>甲</name>{hostile.mark('a', more=data)}</Folder>"
    body = f"{first}<Folder><name>乙</name>{hostile.mark('b')}</Folder>"
    kml = hostile.kml(body)
    assert [one.name for one in peek(kml, "a.kml").layers] == ["甲", "乙"]
    assert refusal(kml, "a.kml").code == "MANY_LAYERS"
    reading = read(kml, "a.kml", Choice(layer="甲"))
    assert reading.table.drop(columns="geometry").values.tolist() == [["a", "007"]]
    assert shapely.equals(
        reading.table.geometry[0], shapely.Polygon([(122, 37), (122.1, 37), (122.1, 37.1)])
    )
    every = read(kml, "a.kml", Choice(layer="*"))
    assert every.table["folder"].tolist() == ["甲", "乙"]


def test_links_and_icons_are_counted_and_not_followed() -> None:
    icon = "<Style><IconStyle><Icon><href>http://127.0.0.1/i.png</href></Icon></IconStyle></Style>"
    network = "<NetworkLink><Link><href>http://127.0.0.1/</href></Link></NetworkLink>"
    overlay = "<GroundOverlay><Icon><href>file:///etc/passwd</href></Icon></GroundOverlay>"
    reading = read(hostile.kml(icon + network + overlay + hostile.mark("甲")), "a.kml")
    (issue,) = [issue for issue in reading.issues if issue.code == "LINKS_IGNORED"]
    assert "已忽略外部链接 3 处" in issue.message


@pytest.mark.parametrize("name", ["a.kml", "a.kmz"])
def test_a_document_type_is_refused(name: str) -> None:
    head = '<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    data = hostile.kml(hostile.mark("&x;"), head)
    assert (
        refusal(hostile.zipped({"doc.kml": data}) if name == "a.kmz" else data, name).code
        == "XML_DTD"
    )
    wide = data.decode().encode("utf-16")
    assert (
        refusal(hostile.zipped({"doc.kml": wide}) if name == "a.kmz" else wide, name).code
        == "XML_DTD"
    )


def test_shapes_of_kml_that_cannot_be_read_are_told() -> None:
    point = (
        "<Placemark><name>p</name><Point><coordinates>122,37,5</coordinates></Point></Placemark>"
    )
    track = '<Placemark><gx:Track xmlns:gx="http://www.google.com/kml/ext/2.2"/></Placemark>'
    none = "<Placemark><name>n</name></Placemark>"
    parts = (
        "<Placemark><MultiGeometry>"
        + 2 * "<Point><coordinates>1,2</coordinates></Point>"
        + "</MultiGeometry></Placemark>"
    )
    reading = read(
        hostile.kml(point + track + none + hostile.mark("x", "122,abc 1,2 3,4") + parts), "a.kml"
    )
    errors = {issue.row: issue.code for issue in reading.issues if issue.row}
    assert errors == {2: "GEOMETRY_CORRUPT", 3: "GEOMETRY_EMPTY", 4: "GEOMETRY_CORRUPT"}
    assert "Z_DROPPED" in found(reading)
    assert [shape and shape.geom_type for shape in reading.table.geometry] == [
        "Point",
        None,
        None,
        None,
        "MultiPoint",
    ]


def test_broken_and_deep_kml_are_refused() -> None:
    assert refusal(hostile.kml(hostile.mark("甲"))[:-12], "a.kml").code == "XML_CORRUPT"
    deep = "<Folder><name>x</name>" * 40 + hostile.mark("甲") + "</Folder>" * 40
    assert refusal(hostile.kml(deep), "a.kml").code == "TOO_DEEP"


def test_gbk_kml_is_read_as_declared() -> None:
    data = (
        hostile.kml(hostile.mark("威海"), '<?xml version="1.0" encoding="GBK"?>')
        .decode()
        .encode("gbk")
    )
    assert read(data, "a.kml").table["name"].tolist() == ["威海"]
