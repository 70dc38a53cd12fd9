"""Archives are judged before they are unpacked; what a file is, its content says."""

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.formats import container, members, peek, read, sniff
from geo.formats.values import Kind
from tests.geo.formats import hostile

PARTS = hostile.named(hostile.shp([("NAME", "C", 20, 0)], [("甲",), ("乙",)]))


def opened(
    tmp_path: Path, data: bytes | Mapping[str, bytes], name: str = "a.zip"
) -> container.Source:
    work = tmp_path / "work"
    work.mkdir()
    files = []
    for number, (one, content) in enumerate(
        ({name: data} if isinstance(data, bytes) else data).items()
    ):
        path = tmp_path / str(number)
        path.write_bytes(content)
        files.append((one, path))
    return container.open_source(files, work)


def refusal(tmp_path: Path, data: bytes | Mapping[str, bytes], name: str = "a.zip") -> DataError:
    with pytest.raises(DataError) as refused:
        opened(tmp_path, data, name)
    return refused.value


@pytest.mark.parametrize(
    "name", ["../a.shp", "x/../../a.shp", "/etc/a.shp", "..\\a.shp", "C:\\a.shp", "C:/a"]
)
def test_names_that_lead_elsewhere_are_refused_before_unpacking(tmp_path: Path, name: str) -> None:
    assert refusal(tmp_path, hostile.zipped({**PARTS, name: b"x"})).code == "ZIP_PATH"
    assert list((tmp_path / "work").iterdir()) == []


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, hostile.link("a.shp", "/etc/passwd")).code == "ZIP_SYMLINK"
    assert list((tmp_path / "work").iterdir()) == []


def test_an_archive_that_says_it_is_big_is_refused(tmp_path: Path) -> None:
    data = hostile.lying(hostile.zipped({"a.csv": b"x" * 100}), 201 << 20)
    assert refusal(tmp_path, data).code == "ZIP_TOO_BIG"


def test_an_archive_that_is_big_and_says_it_is_small_is_refused(tmp_path: Path) -> None:
    data = hostile.lying(hostile.zipped({"a.csv": b"0123456789" * 1_000_000}, packed=True), 10)
    assert refusal(tmp_path, data).code in {"ZIP_TOO_BIG", "ZIP_CORRUPT"}


def test_many_members_that_together_are_big_are_refused(tmp_path: Path) -> None:
    member = bytes(range(256)) * 4 * 1024 * 9  # 9 MB each, below every single cap
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for number in range(23):
            file.writestr(f"{number}.shp", member)
    assert refusal(tmp_path, out.getvalue()).code == "ZIP_TOO_BIG"


def test_air_is_refused_only_where_it_is_much(tmp_path: Path) -> None:
    assert (
        refusal(tmp_path, hostile.zipped({"a.csv": bytes(12 << 20)}, packed=True)).code
        == "ZIP_TOO_BIG"
    )
    small = {**PARTS, "地块.sbn": bytes(2 << 20)}
    (tmp_path / "b").mkdir()
    assert opened(tmp_path / "b", hostile.zipped(small, packed=True)).kind is Kind.SHP


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    data = hostile.zipped({f"{number}.txt": b"x" for number in range(1001)})
    assert refusal(tmp_path, data).code == "ZIP_TOO_MANY"


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    data = hostile.zipped({**PARTS, "inner.zip": hostile.zipped(PARTS)})
    assert refusal(tmp_path, data).code == "ZIP_NESTED"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("again", ["地块.shp", "地块.SHP"])
def test_a_name_twice_is_refused(tmp_path: Path, again: str) -> None:
    data = hostile.zipped([*PARTS.items(), (again, b"x")])
    assert refusal(tmp_path, data).code == "ZIP_DUPLICATE"


@pytest.mark.parametrize("cut", [10, 60, -30])
def test_a_cut_archive_is_refused(tmp_path: Path, cut: int) -> None:
    assert refusal(tmp_path, hostile.zipped(PARTS)[:cut]).code == "ZIP_CORRUPT"


def test_a_broken_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(hostile.zipped({"a.csv": b"a,b\n" * 5000}, packed=True))
    data[60:64] = b"\xff\xff\xff\xff"
    assert refusal(tmp_path, bytes(data)).code == "ZIP_CORRUPT"


def test_a_member_whose_own_header_is_broken_is_refused(tmp_path: Path) -> None:
    """Its name there is no UTF-8; it lies before the beginning; its version is of the future."""
    whole = hostile.zipped({"地块.csv": b"a,b\n1,2\n"})
    name, central = whole.index("地块".encode()), whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    for number, (at, wrong) in enumerate(
        [(name, b"\xff\xff"), (end + 16, b"\xff\xff\x00"), (central + 6, b"\xff")]
    ):
        data = bytearray(whole)
        data[at : at + len(wrong)] = wrong
        room = tmp_path / str(number)
        room.mkdir()
        assert refusal(room, bytes(data)).code == "ZIP_CORRUPT"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_offices_do_not_pack_with_are_named_as_such(
    tmp_path: Path, method: int
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        file.writestr("a.csv", b"a,b\n" * 100)
    assert refusal(tmp_path, out.getvalue()).code == "ZIP_METHOD"


def test_an_encrypted_archive_is_named_as_such(tmp_path: Path) -> None:
    data = bytearray(hostile.zipped({"a.csv": b"x"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(tmp_path, bytes(data)).code == "ZIP_ENCRYPTED"


def test_an_empty_archive_and_an_empty_file_are_empty(tmp_path: Path) -> None:
    assert refusal(tmp_path, hostile.zipped({})).code == "EMPTY_FILE"
    for data in (b"", b"  \n"):
        with pytest.raises(DataError) as refused:
            peek(data, "a.geojson")
        assert refused.value.code == "EMPTY_FILE"


def test_names_in_gbk_are_read(tmp_path: Path) -> None:
    data = hostile.zipped({name.replace("地块", "AAAA"): part for name, part in PARTS.items()})
    raw = hostile.with_raw_names(data, b"AAAA.", "地块.".encode("gbk"))
    assert opened(tmp_path, raw).titles == {"0": "地块"}


def test_a_character_whose_second_byte_is_a_back_slash_is_no_path(tmp_path: Path) -> None:
    assert "誠".encode("gbk")[1:] == b"\\"
    data = hostile.zipped({name.replace("地块", "AA"): part for name, part in PARTS.items()})
    raw = hostile.with_raw_names(data, b"AA.", "誠.".encode("gbk"))
    assert opened(tmp_path, raw).titles == {"0": "誠"}


def test_folders_and_what_a_mac_adds_are_accepted(tmp_path: Path) -> None:
    inside = {f"成果/{name}": part for name, part in PARTS.items()}
    data = hostile.zipped({"成果/": b"", **inside, "__MACOSX/._地块.shp": b"x", ".DS_Store": b"x"})
    found = opened(tmp_path, data)
    assert (found.kind, found.titles, found.issues) == (Kind.SHP, {"0": "地块"}, ())


def test_other_files_beside_the_data_are_told(tmp_path: Path) -> None:
    found = opened(tmp_path, hostile.zipped({**PARTS, "说明.docx": b"x", "说明.txt": b"x"}))
    (issue,) = found.issues
    assert issue.code == "FILES_IGNORED"
    assert "说明.docx" in issue.message
    assert "说明.txt" in issue.message


def test_two_kinds_of_data_in_one_archive_are_refused(tmp_path: Path) -> None:
    data = hostile.zipped({**PARTS, "a.geojson": hostile.geojson()})
    assert refusal(tmp_path, data).code in {"ZIP_MIXED"}


def test_one_plain_file_in_an_archive_is_read() -> None:
    data = hostile.zipped({"数据/a.geojson": hostile.geojson()}, packed=True)
    assert read(data, "a.zip").kind is Kind.GEOJSON


def test_an_archive_without_data_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, hostile.zipped({"a.exe": b"MZ"})).code == "TYPE_MISMATCH"


def test_parts_uploaded_together_are_one_shapefile() -> None:
    reading = read(PARTS, "地块.shp")
    assert reading.table["NAME"].tolist() == ["甲", "乙"]


def test_parts_with_something_else_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, {**PARTS, "b.gpkg": b"x"}).code == "TYPE_MISMATCH"


@pytest.mark.parametrize("lacking", ["shp", "shx", "dbf"])
def test_a_missing_part_is_named(tmp_path: Path, lacking: str) -> None:
    parts = {name: data for name, data in PARTS.items() if not name.endswith(lacking)}
    refused = refusal(tmp_path, hostile.zipped(parts))
    assert refused.code == "SHP_PART_MISSING"
    assert f".{lacking}" in str(refused)


def test_a_lone_shp_asks_for_its_parts(tmp_path: Path) -> None:
    assert refusal(tmp_path, PARTS["地块.shp"], "地块.shp").code == "SHP_PART_MISSING"


def test_too_much_is_refused_before_it_is_written() -> None:
    for data in (bytes((50 << 20) + 1), {f"{n}.shp": b"x" for n in range(11)}):
        with pytest.raises(DataError) as refused:
            peek(data, "a.gpkg")
        assert refused.value.code == "QUOTA"


VRT = b"""<OGRVRTDataSource><OGRVRTLayer name="passwd">
<SrcDataSource>CSV:/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"""
WFS = b"<OGRWFSDataSource><URL>http://127.0.0.1:9/wfs</URL></OGRWFSDataSource>"
GDALG = b'{"type":"gdal_streamed_alg","command_line":"gdal vector pipeline ! read /etc/passwd"}'


@pytest.mark.parametrize(
    "name", ["a.geojson", "a.kml", "a.gpkg", "a.csv", "a.txt", "a.dxf", "a.vrt", "a.tif", ""]
)
@pytest.mark.parametrize(
    "data", [VRT, WFS, GDALG, b'<?xml version="1.0"?>\n' + VRT], ids=["vrt", "wfs", "gdalg", "xml"]
)
def test_instructions_under_any_name_are_refused(data: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / "0"
    path.write_bytes(data)
    if data is GDALG and name == "a.geojson":
        with pytest.raises(DataError) as refused:
            read(data, name)
    else:
        with pytest.raises(DataError) as refused:
            sniff.kind_of(path, name)
    assert refused.value.code == "TYPE_MISMATCH"


OTHERS = {
    "a.dwg": (b"AC1027\0\0", "DXF"),
    "a.rar": (b"Rar!\x1a\x07\0", "ZIP"),
    "a.pdf": (b"%PDF-1.4", "PDF"),
    "a.mdb": (b"\0\1\0\0Standard Jet DB\0", "FileGDB"),
}


@pytest.mark.parametrize(("name", "told"), [(name, told) for name, (_, told) in OTHERS.items()])
def test_a_file_we_do_not_read_is_told_what_to_do(name: str, told: str, tmp_path: Path) -> None:
    refused = refusal(tmp_path, OTHERS[name][0], name)
    assert refused.code == "TYPE_MISMATCH"
    assert told in str(refused)


CONTENTS = {
    Kind.GEOJSON: (hostile.geojson(), "a.geojson"),
    Kind.KML: (hostile.kml(hostile.mark("甲")), "a.kml"),
    Kind.DXF: (hostile.dxf("0 POINT\n8 0\n10 1\n20 2\n").encode(), "a.dxf"),
    Kind.TIFF: (b"II*\0" + struct.pack("<I", 8), "a.tif"),
    Kind.TXT: ("[属性描述]\n".encode("gbk"), "a.txt"),
    Kind.CSV: (b"x,y\n1,2\n", "a.csv"),
    Kind.PASTE: (b"122.1,37.1", ""),
}


@pytest.mark.parametrize("kind", CONTENTS, ids=str)
def test_content_and_extension_must_agree(kind: Kind, tmp_path: Path) -> None:
    data, name = CONTENTS[kind]
    path = tmp_path / "0"
    path.write_bytes(data)
    assert sniff.kind_of(path, name) is kind
    for other, (_, wrong) in CONTENTS.items():
        plain = {Kind.TXT, Kind.CSV, Kind.PASTE}
        if wrong and other is not kind and not (other in plain and kind in plain):
            with pytest.raises(DataError) as refused:
                sniff.kind_of(path, wrong)
            assert refused.value.code == "TYPE_MISMATCH"


def test_a_raster_is_known_and_its_rows_are_refused() -> None:
    data, name = CONTENTS[Kind.TIFF]
    assert peek(data, name).kind is Kind.TIFF
    with pytest.raises(DataError) as refused:
        read(data, name)
    assert refused.value.code == "TYPE_RASTER"


def test_the_user_s_name_never_becomes_a_path() -> None:
    assert read(hostile.geojson(), "../../" + "长" * 3000 + ".geojson").kind is Kind.GEOJSON


def test_an_extension_is_taken_from_the_name_alone() -> None:
    assert [sniff.extension(n) for n in ("a.SHP", "a.b.Zip", "a", "x/.kml")] == [
        "shp",
        "zip",
        "",
        "",
    ]
    assert members.litter("__MACOSX/a.shp")
