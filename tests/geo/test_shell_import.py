"""Import from a shell: one JSON, one exit code, whatever the file; the store whole after a kill."""

import io
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import shapefile
from python_calamine import CalamineWorkbook

from geo.__main__ import main
from geo.zone import open_zone

ROOT = Path(__file__).parents[2]
KEYS = ["accepted", "features", "stored", "reported", "crs", "encoding", "layers", "issues"]
ISSUE_KEYS = ["code", "severity", "row", "field", "value", "message"]
SQUARE = [[122.2, 37.4], [122.2, 37.401], [122.201, 37.401], [122.201, 37.4], [122.2, 37.4]]
WGS84 = (
    'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",'
    'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]]'
)
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def store(tmp_path: Path, store_url: str) -> Path:
    path = tmp_path / "zone.db"
    shutil.copy(store_url.removeprefix("sqlite:///"), path)
    return path


def command(path: Path, store: Path, *more: str) -> list[str]:
    where = ["--as", "parcel", "--store", f"sqlite:///{store}", "--json"]
    return [sys.executable, "-m", "geo", "import", str(path), *where, *more]


def sound(said: dict[str, Any]) -> dict[str, Any]:
    """What every answer keeps, accepted or not."""
    assert list(said)[: len(KEYS)] == KEYS
    assert all(list(issue) == ISSUE_KEYS for issue in said["issues"])
    assert said["features"] == said["stored"] + said["reported"]
    return said


@pytest.fixture
def run(store: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one import in this process; exit code and its JSON."""

    def run(path: Path, *more: str) -> tuple[int, dict[str, Any]]:
        capsys.readouterr()
        code = main(command(path, store, *more)[3:])
        printed = capsys.readouterr()
        assert printed.err == ""
        return code, sound(json.loads(printed.out))

    return run


def alone(path: Path, store: Path, *more: str) -> tuple[int, dict[str, Any]]:
    """Run one import in a process of its own."""
    start = time.monotonic()
    done = subprocess.run(
        command(path, store, *more), cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert time.monotonic() - start < 40  # 30 s on a machine that does nothing else
    assert done.stderr == b""
    return done.returncode, sound(json.loads(done.stdout))


def shp(encoding: str = "gbk", prj: str = WGS84) -> dict[str, bytes]:
    parts = {name: io.BytesIO() for name in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding=encoding) as writer:
        writer.field("编号", "C", 20)
        writer.field("名称", "C", 40)
        writer.poly([SQUARE])
        writer.record("E-012", "桥头地块（一期）")
    made = {f"地块.{name}": part.getvalue() for name, part in parts.items()}
    return made | ({"地块.prj": prj.encode()} if prj else {})


def zipped(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as out:
        for name, content in members.items():
            out.writestr(name, content)
    return path


def geojson(path: Path, *features: Any) -> Path:
    body = {"type": "FeatureCollection", "features": list(features)}
    path.write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    return path


def feature(ring: Any = SQUARE, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_a_sound_file_is_stored_with_its_papers(store: Path, tmp_path: Path) -> None:
    papers = ("--by", "李工", "--document", "文〔2026〕1号", "--grade", "official")
    more = ("--issued", "2026-05-01", "--title", "地块", "--licence", "内部使用")
    code, said = alone(zipped(tmp_path / "a.zip", shp()), store, *papers, *more)
    assert (code, said["accepted"], said["features"], said["stored"]) == (0, True, 1, 1)
    assert said["crs"] == "EPSG:4490"
    assert said["encoding"].upper() in ("GBK", "GB18030")
    zone = open_zone(f"sqlite:///{store}")
    assert list(zone.existing("parcel").table["name"]) == ["桥头地块（一期）"]
    assert zone.existing("parcel").source.document == "文〔2026〕1号"
    assert zone.history("parcel")[-1][1].by == "李工"
    assert said["version"] == zone.version


def test_a_dry_run_says_the_same_and_stores_nothing(run: Run, store: Path, tmp_path: Path) -> None:
    before = store.read_bytes()
    code, said = run(geojson(tmp_path / "a.geojson", feature(id="A", name="甲")), "--dry-run")
    assert (code, said["accepted"], said["stored"]) == (0, True, 1)
    assert store.read_bytes() == before


VRT = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'  # noqa: E501
TWO_LAYERS = {
    **shp(),
    **{name.replace("地块", "道路"): part for name, part in shp().items()},
}
HOSTILE: dict[str, tuple[str, Callable[[Path], Any], set[str]]] = {
    "traversal": ("a.zip", lambda p: zipped(p, {"../../x.shp": b"x", **shp()}), {"ZIP_PATH"}),
    "two layers": ("a.zip", lambda p: zipped(p, TWO_LAYERS), {"MANY_LAYERS"}),
    "no dbf": (
        "a.zip",
        lambda p: zipped(p, {n: c for n, c in shp().items() if not n.endswith("dbf")}),
        {"SHP_PART_MISSING"},
    ),
    "no prj": ("a.zip", lambda p: zipped(p, shp(prj="")), {"CRS_MISSING"}),
    "vrt as shp": (
        "a.zip",
        lambda p: zipped(p, shp() | {"地块.shp": VRT}),
        {"SHP_CORRUPT"},
    ),
    "shp alone": ("a.shp", lambda p: p.write_bytes(shp()["地块.shp"]), {"SHP_PART_MISSING"}),
    "vrt as geojson": ("a.geojson", lambda p: p.write_bytes(VRT), {"TYPE_MISMATCH"}),
    "vrt as gpkg": ("a.gpkg", lambda p: p.write_bytes(VRT), {"TYPE_MISMATCH"}),
    "empty": ("a.geojson", lambda p: p.write_bytes(b""), {"EMPTY_FILE"}),
    "cut": ("a.geojson", lambda p: p.write_bytes(b'{"type":"FeatureColl'), {"JSON_CORRUPT"}),
    "cut zip": ("a.zip", lambda p: p.write_bytes(b"PK\x03\x04junk"), {"ZIP_CORRUPT"}),
    "missing": ("none.geojson", lambda p: None, {"FILE_MISSING"}),
    "doubled id": (
        "a.geojson",
        lambda p: geojson(p, feature(id="A"), feature(id="A")),
        {"DUPLICATE_ID", "REFUSED"},
    ),
    "far away": (
        "a.geojson",
        lambda p: geojson(p, feature([[x - 3, y] for x, y in SQUARE], id="A")),
        {"OUTSIDE_ZONE"},
    ),
    "link": (
        "a.geojson",
        lambda p: p.write_text(
            json.dumps(
                {
                    "type": "FeatureCollection",
                    "crs": {"type": "link", "properties": {"href": "http://127.0.0.1:9/x"}},
                    "features": [feature(id="A")],
                }
            )
        ),
        {"CRS_LINK"},
    ),
    "legacy": (
        "a.zip",
        lambda p: zipped(p, shp(prj=WGS84.replace("D_China_2000", "D_Xian_1980").replace(
            "GCS_China_Geodetic_Coordinate_System_2000", "GCS_Xian_1980"))),
        {"DATUM_NEEDS_PARAMETERS"},
    ),
}  # fmt: skip
ALONE = ("cut", "two layers", "no prj")


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_taken_is_refused_with_its_code(
    run: Run, store: Path, tmp_path: Path, case: str
) -> None:
    name, write, expected = HOSTILE[case]
    path = tmp_path / "in" / name
    path.parent.mkdir()
    write(path)
    before, around = store.read_bytes(), sorted(tmp_path.rglob("*"))
    code, said = alone(path, store) if case in ALONE else run(path)
    assert (code, said["accepted"], said["stored"]) == (2, False, 0)
    assert expected <= {issue["code"] for issue in said["issues"]}
    assert store.read_bytes() == before
    assert sorted(tmp_path.rglob("*")) == around


def test_a_layer_is_chosen_by_name(run: Run, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", TWO_LAYERS)
    code, said = run(path, "--dry-run")
    assert code == 2
    assert sorted(said["layers"]) == ["地块", "道路"]
    assert run(path, "--layer", "道路", "--dry-run")[0] == 0


def test_columns_rows_and_log_are_as_asked(run: Run, tmp_path: Path) -> None:
    rows = [feature(甲="A", 乙="=1+1"), feature([[x + 0.01, y] for x, y in SQUARE], 甲="B")]
    broken = {**feature(甲="C"), "geometry": None}
    path, log = geojson(tmp_path / "a.geojson", *rows, broken), tmp_path / "log.xlsx"
    code, said = run(path, "--column", "甲=id", "--set-aside", "--log", str(log), "--dry-run")
    assert (code, said["features"], said["stored"], said["reported"]) == (0, 3, 2, 1)
    sheet = CalamineWorkbook.from_path(str(log)).get_sheet_by_index(0).to_python()
    assert sheet[0] == ["程度", "行号", "字段", "值", "问题与处理", "代号"]
    assert [row[5] for row in sheet[1:] if row[0] == "错误"] == ["GEOMETRY_EMPTY"]


def test_papers_that_do_not_do_are_refused_too(run: Run, tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", feature(id="A"))
    code, said = run(path, "--grade", "official")
    assert (code, said["issues"][0]["code"]) == (2, "DOCUMENT_MISSING")
    code, said = run(path, "--secrecy", "机密")
    assert (code, said["issues"][0]["code"]) == (2, "SECRECY_LIMIT")


def test_an_old_version_is_restored_by_command(
    run: Run, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = run(geojson(tmp_path / "a.geojson", feature(id="A")))[1]["version"]
    run(geojson(tmp_path / "b.geojson", feature(id="B")))
    more = ["--reason", "误换", "--by", "王工", "--store", f"sqlite:///{store}", "--json"]
    assert main(["restore-set", "parcel", str(first), *more]) == 0
    version = json.loads(capsys.readouterr().out)["version"]
    zone = open_zone(f"sqlite:///{store}")
    assert zone.version == version
    assert list(zone.existing("parcel").table["id"]) == ["A"]


@pytest.mark.skipif(sys.platform == "win32", reason="kills the POSIX way")
def test_a_kill_at_any_moment_leaves_the_store_as_before_or_as_after(
    store: Path, tmp_path: Path
) -> None:
    many = [feature([[x, y + i / 500] for x, y in SQUARE], id=f"A{i}") for i in range(40)]
    path = geojson(tmp_path / "a.geojson", *many)
    before = open_zone(f"sqlite:///{store}").version
    for number in range(4):
        work = subprocess.Popen(
            command(path, store), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(0.6 + 0.7 * number)
        work.send_signal(signal.SIGKILL)
        work.wait()
        zone = open_zone(f"sqlite:///{store}")
        assert not zone.verify()
        held = zone.boundaries("parcel")
        assert zone.version == before or (held and len(held.table) == 40)
        before = zone.version
    with sqlite3.connect(store) as db:
        assert db.execute("pragma integrity_check").fetchone() == ("ok",)
    db.close()
