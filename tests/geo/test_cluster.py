"""Jobs in parts: the same bits as in one piece, in this process and on two workers.

The workers are processes of this machine on 127.0.0.1, without a dashboard: threads would not
show whether what is sent can be sent.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import shapely
from rasterio import Affine

from geo import casework, cluster, ledger, measure, rasters, site
from geo.__main__ import main
from geo.cluster import HERE, Batch, Image, Job, Laid, Link
from geo.cluster import link as link_module
from geo.errors import DataError, GeoError, SettingError
from geo.model import Raster
from geo.terrain import factor, grid, recipe, suitability
from geo.zone import DATA, Zone
from tests.geo.casework.office import parcels, put, square
from tests.geo.ledger import office
from tests.geo.test_rasters import keep

ROOT = Path(__file__).parents[2]
DAY = date(2026, 3, 1)
STEP, SIDE = 100.0, 96  # nine blocks, so that each of two workers has several
MIXED = {"coast": 2.0, "place": 1.0, "slope": 1.0}  # a distance, a density, an image


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A scheduler with two workers of one thread each."""
    from distributed import LocalCluster

    how: dict[str, Any] = {"host": "127.0.0.1", "protocol": "tcp://", "processes": True}
    how |= {"dashboard_address": "127.0.0.1:0", "scheduler_kwargs": {"dashboard": False}}
    with LocalCluster(n_workers=2, threads_per_worker=1, **how) as made:
        yield made.scheduler_address


@pytest.fixture(scope="module")
def two(address: str) -> Iterator[Link]:
    with cluster.joined(address) as link:
        yield link


@pytest.fixture
def own(fresh: str) -> Zone:
    """The shipped sets, with land that is closed and heights over a part of the zone."""
    zone = ledger.open_zone(fresh)
    put(zone, "farmland", square(-2_000, -3_000, 5_000, 4_000), square(4_000, 0, 900))
    row, column = np.mgrid[0:200, 0:300].astype(np.float32)
    heights = 40 * np.sin(column / 9) * np.cos(row / 7)
    keep(zone, written(heights, 416_345.0, 4_142_789.0, 30.0).read_bytes())
    return zone


def written(values: np.ndarray, left: float, top: float, step: float, **how: Any) -> Path:
    """A tiled GeoTIFF in EPSG:4550, in a folder that pytest clears."""
    path = Path(os.environ["PYTEST_IMAGES"]) / f"{left:.0f}-{step:g}.tif"
    shape = {"height": values.shape[0], "width": values.shape[1], "count": 1}
    how = {"crs": "EPSG:4550", "dtype": "float32", "nodata": -9999.0, **shape, **how}
    how |= {"tiled": True, "blockxsize": 64, "blockysize": 64}
    with rasterio.open(
        path, "w", driver="GTiff", transform=Affine(step, 0, left, 0, -step, top), **how
    ) as file:
        file.write(np.where(np.isnan(values), -9999, values).astype("float32"), 1)
    return path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTEST_IMAGES", str(tmp_path))
    return tmp_path


def ran(zone: Zone, out: Path, link: Link, **asked: Any) -> Laid:
    job = Job("07", STEP, **{"weights": MIXED, "side": SIDE, **asked})
    return cluster.suitability(zone, job, out, link)


def bands(path: Path) -> np.ndarray:
    with rasterio.open(path) as file:
        assert file.crs.to_epsg() == 4550
        return np.asarray(file.read())


def in_one_piece(zone: Zone, image: Raster) -> np.ndarray:
    """The same by whole grids, as the rooms below compute them."""
    template = recipe.read(DATA / "rules")
    judging = recipe.altered(template.recipes["07"], weights=recipe.in_all(MIXED))
    outline = measure.to_plane(zone.existing("zone").table.geometry.iloc[0])
    over = grid.over(outline, STEP)
    sets = {name: zone.existing(name) for name in zone.sets() if name != "dem"}
    images = {"slope": image}
    values = {
        name: factor.made(template.factors[name], over, sets, images).raster.values
        for name in MIXED
    }
    closed = measure.to_planes(zone.existing("farmland").table.geometry.to_numpy())
    masks = {"farmland": grid.inside(over, closed)}
    found = suitability.suitability(values, judging, masks)
    inside = grid.inside(over, np.array([outline]))
    whole = np.stack([found.score, found.known, found.closed]).astype(np.float32)
    whole[:, ~inside] = np.nan
    return whole


def same_bits(one: np.ndarray, other: np.ndarray) -> bool:
    return one.shape == other.shape and one.tobytes() == other.tobytes()


def test_blocks_on_two_workers_have_the_bits_of_one_piece(
    own: Zone, two: Link, folder: Path
) -> None:
    far, here = folder / "far.tif", folder / "here.tif"
    told = ran(own, far, two)
    assert (told.blocks, told.grid.shape, two.workers) == (9, (222, 267), 2)
    assert ran(own, here, HERE) == told
    assert far.read_bytes() == here.read_bytes()
    whole = in_one_piece(own, rasters.grid(own, "slope"))
    assert same_bits(bands(far), whole)
    assert told.scored == int((~np.isnan(whole[0])).sum()) > 500
    assert told.closed == int((whole[2] > 0).sum()) > 50
    assert told.unknown > 1_000  # most of the zone: there are no heights
    assert told.mean == pytest.approx(float(np.nanmean(whole[0], dtype=np.float64)), abs=1e-9)
    assert (told.masks, told.unheld) == (("farmland",), ("cultivated", "redline", "setback"))


@pytest.mark.parametrize(
    "place",
    [(416_345.0, 4_142_789.0, 30.0), (416_300.0, 4_142_700.0, 100.0), (416_307.5, 4_142_701, 250)],
    ids=["finer", "on the same lines", "coarser"],
)
def test_windows_of_a_file_are_the_image_as_a_whole(
    own: Zone, two: Link, folder: Path, place: tuple[float, float, float]
) -> None:
    """Also across the edges of the image and over its gaps."""
    left, top, step = place
    row, column = np.mgrid[0 : int(6_000 / step), 0 : int(9_000 / step)]
    values = np.asarray((row * 7 + column * 3) % 31, dtype=np.float32)
    values[5:9, 8:20] = np.nan
    path = written(values, left, top, step)
    out = folder / "out.tif"
    ran(own, out, two, images={"slope": cluster.opened(path)})
    found, whole = bands(out), in_one_piece(own, Raster(values, left, top, step))
    assert same_bits(found[1:], whole[1:])
    np.testing.assert_allclose(found[0], whole[0], atol=1e-4)


def test_a_file_read_by_the_workers_and_a_raster_held_here_are_one(
    own: Zone, two: Link, folder: Path
) -> None:
    values = np.arange(60_000, dtype=np.float32).reshape(200, 300) % 29
    path = written(values, 412_345.0, 4_146_789.0, 30.0)
    held = Image(
        grid.Grid(412_345.0, 4_146_789.0, 30.0, 200, 300),
        held=Raster(values, 412_345.0, 4_146_789.0, 30.0),
    )
    one = ran(own, folder / "one.tif", two, images={"slope": cluster.opened(path)})
    other = ran(own, folder / "other.tif", HERE, images={"slope": held})
    assert one == other


def test_a_size_of_blocks_changes_no_bit(zone: Zone, folder: Path) -> None:
    """Distances reach beyond a block, densities across its edges."""
    weights = {"coast": 1.0, "place": 1.0}
    found = {
        side: ran(zone, folder / f"{side}.tif", HERE, side=side, weights=weights)
        for side in (1024, 50)
    }
    assert (found[1024].blocks, found[50].blocks) == (1, 30)
    assert same_bits(bands(folder / "1024.tif"), bands(folder / "50.tif"))


def test_the_file_is_cloud_optimised_with_overviews(zone: Zone, folder: Path) -> None:
    out = folder / "one.tif"
    cluster.suitability(zone, Job("07", 25.0, {"coast": 1.0}), out, HERE)
    with rasterio.open(out) as file:
        assert file.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert file.overviews(1)
        assert file.descriptions == ("score", "known", "closed")


def refusal(work: Any) -> GeoError:
    with pytest.raises(GeoError) as found:
        work()
    assert str(found.value).strip()
    return found.value


def test_what_cannot_be_asked_is_refused_by_name(zone: Zone, folder: Path) -> None:
    def asked(**how: Any) -> str:
        job = Job(**{"use": "07", "step": STEP, **how})
        return refusal(lambda: cluster.suitability(zone, job, folder / "a.tif", HERE)).code

    assert asked(use="99") == "USE_UNKNOWN"
    assert asked(weights={"moon": 1.0}) == "FACTOR_UNKNOWN"
    assert asked(weights={"coast": -1.0}) == "WEIGHTS"
    assert asked(step=0.0) == asked(step=0.1) == asked(step=float("nan")) == "GRID_STEP"
    image = Image(grid.Grid(0, 0, 1, 1, 1))
    assert asked(weights={"coast": 1.0}, images={"slope": image}) == "IMAGE_UNKNOWN"
    job = Job("07", 200.0, {"coast": 1.0})
    lost = folder / "none" / "a.tif"
    assert refusal(lambda: cluster.suitability(zone, job, lost, HERE)).code == "EXPORT_FAILED"


def test_an_image_that_does_not_fit_is_refused(folder: Path) -> None:
    def opening(path: Path) -> str:
        return refusal(lambda: cluster.opened(path)).code

    square_ = np.zeros((64, 64), dtype=np.float32)
    assert opening(folder / "none.tif") == "IMAGE_MISSING"
    (folder / "text.tif").write_text("no image")
    assert opening(folder / "text.tif") == "TIFF_CORRUPT"
    assert opening(written(square_, 1.0, 1.0, 10.0, crs="EPSG:4490")) == "IMAGE_GRID"
    assert cluster.opened(written(square_, 420_000.0, 4_140_000.0, 10.0)).grid.shape == (64, 64)


# checks


@pytest.fixture
def village(own: Zone) -> Zone:
    """Forty parcels, some of them on farmland, one of them split."""
    squares = {
        f"P{i:02d}": (100.0 * (i % 8) * 9, 100.0 * (i // 8) * 7 - 2_000.0, 90.0, 80.0)
        for i in range(40)
    }
    parcels(own, **squares)
    for id_ in squares:
        office.enter(own, id_, area_m2=7_190.0)
    return own


def test_checks_on_two_workers_are_those_of_one_process(village: Zone, two: Link) -> None:
    """Forty parcels in parts of seven; the same reports as parcels picked one by one."""
    parts = list(cluster.check(village, Batch("parcel", DAY, "1001", full=True, size=7), two))
    assert [len(one) for one in parts] == [7, 7, 7, 7, 7, 5]
    rows = {row["site"]["id"]: row for one in parts for row in one}
    sites = [casework.picked(village, [id_], "1001") for id_ in sorted(rows)]
    reports = casework.answered(village, sites, DAY)
    expected = {one.site.id: json.loads(json.dumps(site.to_row(one))) for one in reports}
    assert json.loads(json.dumps(rows)) == expected
    hit = [
        id_
        for id_, row in rows.items()
        for one in row["findings"]
        if (one["rule"], one["answer"]) == ("farmland", "涉及")
    ]
    # The first field reaches over four of eight columns, the second over two of the rest.
    assert (len(rows), len(hit)) == (40, 22)


def test_short_rows_are_the_same_here_and_there(village: Zone, two: Link) -> None:
    asked = Batch("parcel", DAY, size=11)
    here, far = (list(cluster.check(village, asked, link)) for link in (HERE, two))
    assert here == far
    told = cluster.gathered(far, village.version)
    assert (told.sites, told.parts) == (40, 4)
    hits = {hit["rule"] for part in far for row in part for hit in row["hits"]}
    assert "farmland" in hits


def test_parts_lie_near_one_another(village: Zone) -> None:
    """A part of 10 of 40 spans less of the map than ten parcels taken at random would."""
    held = village.existing("parcel").table.set_index("id").geometry
    for part in cluster.check(village, Batch("parcel", DAY, size=10), HERE):
        box = shapely.total_bounds(held[[row["id"] for row in part]].to_numpy())
        whole = held.total_bounds
        spread = (box[2] - box[0]) * (box[3] - box[1])
        assert spread < 0.6 * (whole[2] - whole[0]) * (whole[3] - whole[1])


def test_a_set_without_areas_is_refused(zone: Zone) -> None:
    assert refusal(lambda: cluster.check(zone, Batch("road", DAY), HERE)).code == "SITES_NONE"
    assert refusal(lambda: cluster.check(zone, Batch("moon", DAY), HERE)).code == "SET_UNKNOWN"


# the way to the workers


def broken(_shared: object, part: int) -> int:
    if part == 3:
        raise DataError("第三块有误，请核对", "THIRD")
    return part


def test_what_a_part_raises_arrives_as_it_was(two: Link) -> None:
    assert list(two.run(broken, None, [1, 2])) == [1, 2]
    found = refusal(lambda: list(two.run(broken, None, range(9))))
    assert (type(found), found.code, str(found)) == (DataError, "THIRD", "第三块有误，请核对")


def test_a_worker_of_another_version_is_refused() -> None:
    found = refusal(lambda: link_module._done("another", (broken, 1), None))
    assert (type(found), found.code) == (SettingError, "DASK_VERSION")


def test_a_part_that_was_lost_on_the_way_is_named(two: Link) -> None:
    assert isinstance(two, link_module.Far)
    future = two.client.submit(pow, 2, 2, pure=False)
    future.cancel()
    assert refusal(lambda: two._result(future)).code == "DASK_LOST"


def test_without_a_setting_everything_runs_here() -> None:
    with cluster.joined() as link:
        assert link.workers == 0
        assert list(link.run(broken, None, [1, 2])) == [1, 2]


def test_processes_of_this_machine_listen_on_the_loopback_only() -> None:
    with cluster.joined(workers=1) as link:
        assert isinstance(link, link_module.Far)
        addresses = link.client.scheduler_info()
        assert addresses["address"].startswith("tcp://127.0.0.1:")
        assert list(addresses["workers"]) == [
            one for one in addresses["workers"] if one.startswith("tcp://127.0.0.1:")
        ]
        assert list(link.run(broken, None, [1, 2])) == [1, 2]


def joining(address: str) -> str:
    def join() -> None:
        with cluster.joined(address):
            pass

    found = refusal(join)
    assert isinstance(found, SettingError)
    return found.code


def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.cluster.link._WAIT_S", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers
        assert joining(f"tcp://127.0.0.1:{taken.getsockname()[1]}") == "DASK_UNREACHABLE"


def test_a_scheduler_without_workers_is_named() -> None:
    from distributed import LocalCluster

    how: dict[str, Any] = {"host": "127.0.0.1", "protocol": "tcp://", "processes": False}
    how |= {"dashboard_address": "127.0.0.1:0", "scheduler_kwargs": {"dashboard": False}}
    with LocalCluster(n_workers=0, **how) as made:
        assert joining(made.scheduler_address) == "DASK_NO_WORKERS"


def test_without_the_packages_the_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert joining("tcp://127.0.0.1:8786") == "DASK_MISSING"


def test_the_product_starts_without_dask() -> None:
    """As on a machine where only requirements.txt is installed."""
    code = "import sys; sys.modules['dask'] = sys.modules['distributed'] = None; "
    code += "from geo.__main__ import main; sys.exit(main(['cluster', '--help']))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, timeout=600
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "suitability" in done.stdout.decode()


# the shell


def said(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["cluster", *args])
    found = capsys.readouterr()
    return code, found.out, found.err


def test_the_shell_goes_where_the_setting_says(
    address: str,
    fresh: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = ["suitability", "07", "{}", "--step", "200", "--weight", "coast=3", "--weight"]
    line += ["place=1", "--store", fresh, "--json"]
    told = []
    for name, where in (("here", "none"), ("far", address)):
        monkeypatch.setenv("ZONE_DASK", where)
        code, out, err = said(capsys, *(one.format(folder / name) for one in line))
        assert (code, err) == (0, "")
        told.append(json.loads(out))
    assert [one["workers"] for one in told] == [0, 2]
    assert told[0]["digest"] == told[1]["digest"]
    assert (folder / "here").read_bytes() == (folder / "far").read_bytes()
    keys = "rows columns step blocks scored closed unknown mean masks unheld version digest"
    assert set(told[0]) == {*keys.split(), "workers", "file", "example"}


def test_the_shell_writes_a_line_for_each_area(
    demo_url: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder / "units.jsonl"
    line = ["check", "unit", str(out), "--as-of", "2026-03-01", "--store", demo_url]
    code, printed, err = said(capsys, *line, "--json")
    assert (code, err) == (0, "")
    told = json.loads(printed)
    rows = [json.loads(one) for one in out.read_text("utf-8").splitlines()]
    assert (told["set"], told["sites"], told["parts"], told["example"]) == ("unit", 6, 1, True)
    assert sum(told["verdicts"].values()) == len(rows) == 6
    assert list(rows[0]) == ["id", "name", "verdict", "area_m2", "reasons", "hits", "inputs_hash"]
    assert [path.name for path in folder.iterdir()] == ["units.jsonl"]
    code, printed, err = said(capsys, *line)
    assert (code, err) == (0, "")
    assert "示例" in printed


def test_the_shell_tells_faults_in_one_line(
    fresh: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = ["suitability", "07", str(folder / "a.tif"), "--store", fresh]
    for more, code in (
        (["--weight", "coast=x"], "[WEIGHTS]"),
        (["--weight", "coast"], "[COLUMN_UNKNOWN]"),
        (["--image", "slope=none.tif"], "[IMAGE_MISSING]"),
    ):
        exit_code, out, err = said(capsys, *line, *more)
        assert (exit_code, out, err.strip().endswith(code)) == (2, "", True), err
    monkeypatch.setenv("ZONE_DASK", "http://127.0.0.1:8786")
    assert "tcp://主机:端口" in said(capsys, *line)[2]
    assert said(capsys, "check", "unit", str(folder / "x" / "y"), "--store", fresh)[0] == 2
    assert [one.name for one in folder.iterdir()] == ["own.db"]


def test_the_guide_tells_every_key() -> None:
    guide = (ROOT / "docs" / "shell.md").read_text("utf-8")
    part = guide.split("## `cluster …`")[1].split("\n## ")[0]
    keys = "rows columns step blocks scored closed unknown mean masks unheld version digest"
    keys += " workers file example sites parts verdicts set id name verdict area_m2 reasons hits"
    assert not [key for key in keys.split() if f"`{key}`" not in part]
