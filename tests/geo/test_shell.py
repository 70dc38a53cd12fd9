"""The door from a shell: stable keys, plain faults, files other programs read."""

import http.client
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from shapely import LineString, Point, box

from geo.__main__ import main
from geo.model import Boundaries, Grade, Source
from geo.shell import file
from geo.shell.program import SECRET
from geo.zone import open_zone
from tests.conftest import SEEDED

MakeSet = Callable[..., Boundaries]
ROOT = Path(__file__).parents[2]
KEYS = {
    "layers": "name title title_en count grade measured_km2 declared_km2 length_km source licence "
    "version",
    "plan entities": "id name aliases kind placed grade reason clauses",
    "plan targets": "id subject op value unit by entity clause baseline actual gap flags",
    "plan check": "id says computed agrees note",
    "plan clauses": "id title entities targets",
    "identify 122.1717 37.4198": "set id name grade area_m2 clauses targets",
    "search 500亩": "label why set id bounds",
    "history park": "version at by reason document",
}
HOSTILE = ["=1+1", "@SUM(A1)", "+1", "-1", "http://a.b", "0012", "{{7*7}}", "<b>`", "第\n二行"]


class Shell:
    """Commands run in this process against one store."""

    def __init__(self, url: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.url, self.capsys = url, capsys

    def __call__(self, *args: str) -> tuple[int, str, str]:
        self.capsys.readouterr()
        code = main(list(args))
        said = self.capsys.readouterr()
        return code, said.out, said.err

    def stored(self, line: str, *more: str) -> tuple[int, str, str]:
        """Run a command against the store, unless it asks the plan alone."""
        alone = line in ("plan targets", "plan check", "plan clauses")
        return self(*line.split(), *([] if alone else ["--store", self.url]), *more)

    def json(self, line: str) -> Any:
        code, out, err = self.stored(line, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)


@pytest.fixture
def shell(store_url: str, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(store_url, capsys)


@pytest.fixture
def own_shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(f"sqlite:///{tmp_path / 'zone.db'}", capsys)


@pytest.mark.parametrize("line", KEYS)
def test_every_list_has_its_keys_in_every_row(shell: Shell, line: str) -> None:
    rows = shell.json(line)
    assert rows
    for row in rows:
        assert set(KEYS[line].split()) <= set(row)
        assert list(row) == list(rows[0])


@pytest.mark.parametrize("line", [*KEYS, "diff park 16 16", "verify", "info"])
def test_without_json_a_table_in_chinese_comes(shell: Shell, line: str) -> None:
    code, out, err = shell.stored(line)
    assert (code, err) == (0, "")
    assert "━" in out
    assert re.search("[\u4e00-\u9fff]{2}", out)


def test_layers_lists_every_set_with_the_zone_at_its_declared_area(shell: Shell) -> None:
    rows = {row["name"]: row for row in shell.json("layers")}
    assert len(rows) == 16
    zone = rows["zone"]
    assert abs(zone["measured_km2"] - 278.16) <= 0.01
    assert (zone["declared_km2"], zone["count"], zone["grade"]) == (278.16, 1, "schematic")
    assert rows["district"]["measured_km2"] == pytest.approx(zone["measured_km2"], abs=1e-6)
    assert rows["unit"]["measured_km2"] == pytest.approx(zone["measured_km2"], abs=1e-6)
    assert (rows["hub"]["measured_km2"], rows["hub"]["length_km"]) == (None, None)
    assert 0.345 < rows["park"]["measured_km2"] - 13.3333 < 0.347
    assert 14 < rows["corridor"]["length_km"] < 15
    assert all(row["licence"] and row["source"] and row["version"] == 16 for row in rows.values())


def test_layers_of_an_older_version_are_as_they_were(own_shell: Shell, make_set: MakeSet) -> None:
    zone = open_zone(own_shell.url)
    zone.replace(make_set("park", [Point(122.2, 37.4)]), by="甲", reason="试")
    now, then = (
        {row["name"]: (row["count"], row["version"]) for row in own_shell.json(f"layers{at}")}
        for at in ("", " --at 16")
    )
    assert (now["park"], then["park"]) == ((1, 17), (9, 16))
    assert own_shell.json("layers --at 0") == []


def test_of_144_entities_those_not_drawn_say_why(shell: Shell) -> None:
    rows = {row["id"]: row for row in shell.json("plan entities")}
    assert len(rows) == 144
    assert Counter(row["placed"] for row in rows.values()) == {True: 63, False: 81}
    for row in rows.values():
        assert bool(row["grade"]) == row["placed"]
        assert bool(row["reason"]) != row["placed"]
    policies = [row for id_, row in rows.items() if re.fullmatch(r"A\d\d", id_)]
    assert len(policies) == 37
    assert all(not row["placed"] and "属性" in row["reason"] for row in policies)
    # Drawn only in parts: seven roads, two tunnels, two villages.
    assert all(rows[id_]["placed"] for id_ in ("N01", "N02", "V01"))
    assert "崮山海洋产业园" in rows["P03"]["aliases"]


def test_an_entity_whose_set_was_replaced_without_it_says_so(
    own_shell: Shell, make_set: MakeSet
) -> None:
    zone = open_zone(own_shell.url)
    zone.replace(make_set("park", [Point(122.2, 37.4)]), by="甲", reason="试")
    rows = {row["id"]: row for row in own_shell.json("plan entities")}
    assert not rows["P05"]["placed"]
    assert "更换" in rows["P05"]["reason"]


def test_of_53_targets_each_has_its_baseline_actual_and_gap(shell: Shell) -> None:
    rows = {row["id"]: row for row in shell.json("plan targets")}
    assert len(rows) == 53
    gdp = rows["G02"]
    assert (gdp["op"], gdp["value"], gdp["unit"], gdp["by"]) == ("=", 350, "亿元", "到 2021 年")
    assert (gdp["baseline"]["value"], gdp["actual"], gdp["gap"]) == (225, None, 125)
    assert gdp["entity"] == ["Z01"]
    assert rows["G03"]["baseline"] is None
    assert "no_baseline" in rows["G03"]["flags"]


def test_the_plans_arithmetic_is_told_with_its_verdicts(shell: Shell) -> None:
    rows = {row["id"]: row for row in shell.json("plan check")}
    assert {row["agrees"] for row in rows.values()} == {"yes", "no", "unknown"}
    assert "9.24 %" in rows["growth"]["computed"]
    assert "2.40–3.00" in rows["floor-area-ratio"]["computed"]


def test_a_point_in_the_500_mu_park_names_all_that_is_there(shell: Shell) -> None:
    rows = {row["set"]: row for row in shell.json("identify 122.1717 37.4198")}
    park = rows["park"]
    assert (park["id"], park["name"]) == ("P05", "东方智慧谷服务贸易产业园")
    assert park["targets"] == ["S14", "S15", "S16", "S17", "S18", "S19"]
    assert {"四(二)", "四(七)"} <= set(park["clauses"])
    assert park["area_m2"] == pytest.approx(516 * 2000 / 3, rel=0.01)
    assert "U026" in park["facts"]
    assert park["inconsistencies"] == ["8", "14"]
    assert (rows["unit"]["name"], rows["unit"]["entity"]) == ("凤林街道", "")
    assert (rows["district"]["id"], rows["zone"]["id"]) == ("D02", "Z01")


def test_a_part_is_told_with_the_clauses_of_the_whole(shell: Shell) -> None:
    found = shell.json("search 示意管廊一")[0]["bounds"]
    lines = {
        row["id"]: row for row in shell.json(f"identify {found[0]} {found[1]} --tolerance 5000")
    }
    assert lines["N01-1"]["entity"] == "N01"
    assert lines["N01-1"]["clauses"]


def test_search_and_history_answer(shell: Shell) -> None:
    assert shell.json("search gshycyy")[0]["id"] == "P03"
    assert shell.json("search 没有这个地方") == []
    (only,) = shell.json("history park")
    assert (only["version"], only["by"], only["count"]) == (16, "system", 9)


def test_a_difference_is_told_in_square_metres(own_shell: Shell, make_set: MakeSet) -> None:
    zone = open_zone(own_shell.url)
    square = box(122.20, 37.40, 122.21, 37.41)
    zone.replace(make_set("parcel", [square]), by="甲", reason="一")
    zone.replace(make_set("parcel", [square, square]), by="甲", reason="二")
    (row,) = own_shell.json("diff parcel 17 18")
    assert (row["id"], row["change"], row["old_m2"]) == ("S2", "added", 0)
    assert row["new_m2"] == pytest.approx(982_500, rel=2e-3)  # 885 m by 1110 m


def test_a_sound_store_is_told_sound_and_a_changed_one_is_not(own_shell: Shell) -> None:
    said = own_shell.json("verify")
    head = said.pop("head")
    assert said == {"sound": True, "version": SEEDED, "issues": []}
    number, _, digest = head.partition(":")
    assert (number, len(digest)) == (str(SEEDED), 64)
    assert own_shell.json(f"verify --head {number}:{digest[:16]}")["sound"]
    _, out, _ = own_shell.stored("verify", "--json", "--head", f"{number}:{'0' * 16}")
    assert [one["code"] for one in json.loads(out)["issues"]] == ["EVENT_HEAD"]
    path = own_shell.url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as db:
        db.execute("update event set reason = 'x' where seq = 3")
    db.close()
    code, out, err = own_shell.stored("verify", "--json")
    told = json.loads(out)
    assert (code, err, told["sound"]) == (1, "", False)
    assert {"code", "severity", "row", "field", "value", "message"} == set(told["issues"][0])
    code, out, _ = own_shell.stored("verify")
    assert code == 1
    assert "有误" in out


def test_info_names_every_version(shell: Shell) -> None:
    told = shell.json("info")
    assert told["python"] == ".".join(map(str, sys.version_info[:3]))
    assert told["sqlite"] == sqlite3.sqlite_version
    assert (told["streamlit"], told["version"]) == ("1.67.0", SEEDED)
    assert told["store"] == shell.url


def test_a_password_in_an_address_is_never_shown() -> None:
    shown = SECRET.sub(r"\1…@", "postgresql://office:p@ss:w0rd@host:5432/zone")
    assert shown == "postgresql://office:…@host:5432/zone"
    for plain in ("sqlite:///a:b/c@d.db", "postgresql://office@host/zone"):
        assert SECRET.sub(r"\1…@", plain) == plain


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("history parcel", "SET_UNKNOWN", "没有图层 parcel"),
        ("diff park 3 16", "SET_UNKNOWN", "版本 3 时没有图层 park"),
        ("layers --at 99", "VERSION", "版本 99 不存在"),
        ("identify 37.4 122.2", "POSITION", "先写经度"),
        ("identify 122.2 37.4 --tolerance 0", "TOLERANCE", "容差"),
        ("export park out.shp", "EXPORT_FORMAT", "请用 .zip"),
        ("export park out.doc", "EXPORT_FORMAT", ".gpkg、.geojson、.zip"),
        ("export park out.kml --crs 4529", "EXPORT_CRS", "KML 文件不能用 EPSG:4529"),
        ("export park out.gpkg --crs west", "EXPORT_CRS", "不是 EPSG 代号"),
        ("export park out.txt", "EXPORT_GEOMETRY", "个要素不是面"),
        ("export park no/such/folder/out.gpkg", "EXPORT_FAILED", "无法写入"),
        ("identify east 37.4", "USAGE", "命令写法有误"),
        ("layers --colour", "USAGE", "命令写法有误"),
        ("nothing", "USAGE", "命令写法有误"),
    ],
)
def test_a_fault_is_one_chinese_line_with_its_code(
    shell: Shell, line: str, code: str, said: str
) -> None:
    exit_code, out, err = shell.stored(line)
    assert (exit_code, out) == (2, "")
    assert err.endswith(f" [{code}]\n")
    assert err.count("\n") == 1
    assert said in err


def test_a_store_that_is_none_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.db").write_bytes(b"something else" * 100)
    for url, code in (
        ("mysql://user:secret@host/zone", "SETTING"),
        (f"sqlite:///{tmp_path}/no/folder/zone.db", "STORE_FOLDER"),
        (f"sqlite:///{tmp_path}/other.db", "STORE_FOREIGN"),
    ):
        exit_code, _, err = Shell(url, capsys).stored("layers")
        assert exit_code == 2
        assert err.endswith(f"[{code}]\n")
        assert "secret" not in err


def run(*args: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    kept = {k: v for k, v in os.environ.items() if not k.upper().startswith("ZONE_")}
    env = {**kept, "PYTHONPATH": str(ROOT), **variables}
    command = [sys.executable, "-m", "geo", *args]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False)


def test_from_a_real_shell_json_is_utf_8_whatever_the_terminal_and_the_store_a_variable(
    tmp_path: Path, store_url: str
) -> None:
    done = run("layers", "--json", cwd=tmp_path, ZONE_STORE=store_url, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode("utf-8"))[0]["title"] == "经区范围"
    assert list(tmp_path.iterdir()) == []


def test_from_a_real_shell_a_fault_is_no_traceback(tmp_path: Path) -> None:
    done = run("layers", cwd=tmp_path, ZONE_STORE="mysql://x", PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    told = done.stderr.decode("utf-8")
    assert told.endswith("[SETTING]\n")
    assert "Traceback" not in told


def test_serve_opens_the_viewer_on_the_store_and_ends_with_the_command(
    tmp_path: Path, store_url: str
) -> None:
    shutil.copy(store_url.removeprefix("sqlite:///"), tmp_path / "office.db")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {k: v for k, v in os.environ.items() if not k.upper().startswith("ZONE_")}
    command = [sys.executable, "-m", "geo", "serve", "--port", str(port)]
    command += ["--store", "sqlite:///office.db"]  # in the folder one starts in
    env = {**kept, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.DEVNULL) as server:
        try:
            assert answered(port) == {"status": "ok", "version": SEEDED}
        finally:
            server.terminate()
            server.wait(30)
    with pytest.raises(ConnectionError), socket.create_connection(("127.0.0.1", port), 5):
        pass


def answered(port: int) -> Any:
    """What the server says of its health, once it is up."""
    for _ in range(300):
        try:
            door = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            door.request("GET", "/api/health")
            return json.loads(door.getresponse().read())
        except ConnectionError:
            time.sleep(0.2)
        finally:
            door.close()
    raise TimeoutError(port)


def test_help_names_every_command(tmp_path: Path) -> None:
    said = run("--help", cwd=tmp_path).stdout.decode("utf-8")
    for command in ("layers", "plan", "identify", "search", "history", "diff", "export", "verify"):
        assert command in said
    assert {"serve", "info"} <= set(said.split())


def test_the_guide_names_every_command_and_every_key(shell: Shell) -> None:
    guide = (ROOT / "docs" / "shell.md").read_text("utf-8")
    for line in KEYS:
        part = guide.split(f"## `{' '.join(line.split()[: 2 if line.startswith('plan') else 1])}")[
            1
        ]
        table = part.split("\n## ")[0]
        for key in shell.json(line)[0]:
            assert f"`{key}`" in table, (line, key)


@pytest.fixture
def brought(own_shell: Shell, make_set: MakeSet) -> Shell:
    """A store with a set whose texts a careless writer would run, link or round."""
    count = len(HOSTILE)
    shapes = [box(122.2, 37.4, 122.21, 37.41), LineString([(122.2, 37.4), (122.2, 37.41)])]
    shapes += [Point(122.2, 37.4)] * (count - 2)
    ids = [f"37100{i:014d}" for i in range(count)]
    source = Source("台账", Grade.SURVEYED, "内部使用", document="1号")
    known = make_set("parcel", shapes, source, id=ids, name=HOSTILE, mu=[1.5] * count)
    open_zone(own_shell.url).replace(known, by="甲", reason="试")
    return own_shell


def test_an_excel_table_keeps_text_as_text_under_chinese_headings(
    brought: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "台账.xlsx"
    told = brought.json(f"export parcel {out}")
    assert (told["features"], told["version"], told["file"]) == (len(HOSTILE), 17, str(out))
    book = CalamineWorkbook.from_path(str(out))
    assert book.sheet_names == ["地块（供应台账）", "说明"]
    head, *rows = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    assert head[:2] == ["编号", "名称"]
    assert [row[1] for row in rows] == HOSTILE
    assert rows[3][0] == "3710000000000000003"
    area, length, mu = (head.index(name) for name in ("面积/㎡", "长度/米", "mu"))
    assert rows[0][area] == pytest.approx(982_500, rel=2e-3)
    assert rows[1][length] == pytest.approx(1110, abs=1)
    assert (rows[0][length], rows[1][area], rows[2][area]) == ("", "", "")
    assert rows[0][mu] == 1.5
    about = dict(row[:2] for row in book.get_sheet_by_name("说明").to_python())
    assert (about["来源"], about["许可"], about["文号"]) == ("台账", "内部使用", "1号")
    assert about["数据版本"] == "17"
    assert "EPSG:4490" in about["坐标系"]
    unpacked = tmp_path / "unpacked"
    shutil.unpack_archive(out, unpacked, "zip")
    for sheet in (unpacked / "xl" / "worksheets").glob("*.xml"):
        assert "<f>" not in sheet.read_text("utf-8")
        assert "hyperlink" not in sheet.read_text("utf-8")


def ogr(path: Path) -> str:
    """What GDAL's own program says, if this machine has it."""
    program = shutil.which("ogrinfo")
    if program is None:
        pytest.skip("没有 ogrinfo，跳过")
    done = subprocess.run([program, "-al", str(path)], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize("ending", ["gpkg", "geojson"])
def test_another_program_reads_the_shapes_in_epsg_4490(
    brought: Shell, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"out.{ending}"
    assert brought.json(f"export parcel {out}")["features"] == len(HOSTILE)
    said = ogr(out)
    assert f"Feature Count: {len(HOSTILE)}" in said
    assert 'ID["EPSG",4490]' in said
    assert "name (String) = =1+1" in said
    assert "id (String) = 3710000000000000003" in said
    assert "POINT (122.2 37.4)" in said


def test_an_export_of_an_older_version_holds_what_was_there(
    own_shell: Shell, make_set: MakeSet, tmp_path: Path
) -> None:
    zone = open_zone(own_shell.url)
    zone.replace(make_set("park", [Point(122.2, 37.4)]), by="甲", reason="试")
    out = tmp_path / "park.geojson"
    assert own_shell.json(f"export park {out} --at 16")["features"] == 9
    assert len(json.loads(out.read_text("utf-8"))["features"]) == 9
    assert own_shell.json(f"export park {out}")["features"] == 1  # the same name again
    assert len(json.loads(out.read_text("utf-8"))["features"]) == 1


def test_a_text_that_no_cell_holds_is_refused_and_leaves_nothing_behind(
    store_url: str, make_set: MakeSet, tmp_path: Path
) -> None:
    known = make_set("parcel", [Point(122.2, 37.4)], note=["长" * 32_768])
    with pytest.raises(file.DataError, match="32767") as refusal:
        file.save(open_zone(store_url), known, tmp_path / "out.xlsx")
    assert refusal.value.code == "EXPORT_CELL"
    assert list(tmp_path.iterdir()) == []


def test_numbers_that_excel_cannot_hold_are_written_as_text(
    store_url: str, make_set: MakeSet, tmp_path: Path
) -> None:
    numbers = [float("inf"), 1e15, 5.0]
    spots = [Point(122.2, 37.4)] * 3
    known = make_set("parcel", spots, n=numbers, big=[2**60, 1, 2], yes=[True, False, True])
    file.save(open_zone(store_url), known, tmp_path / "out.xlsx")
    head, *rows = (
        CalamineWorkbook.from_path(str(tmp_path / "out.xlsx")).get_sheet_by_index(0).to_python()
    )
    assert [row[head.index("n")] for row in rows] == ["inf", "1000000000000000.0", 5.0]
    assert rows[0][head.index("big")] == str(2**60)
    assert rows[0][head.index("yes")] in ("True", True)
