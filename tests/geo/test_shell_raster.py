"""A GeoTIFF comes in through the shell as it does on the page."""

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine

from geo.__main__ import main

KEYS = ["accepted", "features", "stored", "reported", "crs", "encoding", "layers", "issues"]


@pytest.fixture
def tmp_store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'zone.db'}"


@pytest.fixture
def slope(tmp_path: Path) -> Path:
    """A plane that rises one metre each hundred to the east, in EPSG:4550 over the zone."""
    path = tmp_path / "dem.tif"
    heights = np.broadcast_to(np.arange(300, dtype="float32"), (200, 300))
    with rasterio.open(
        path, "w", driver="GTiff", width=300, height=200, count=1, dtype="float32",
        crs="EPSG:4550", transform=Affine(100, 0, 420_000, 0, -100, 4_145_000), nodata=-9999,
    ) as made:  # fmt: skip
        made.write(heights, 1)
    return path


def test_a_dry_run_reads_a_raster_and_keeps_nothing(
    slope: Path, tmp_store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["import", str(slope), "--as", "dem", "--dry-run", "--json", "--store", tmp_store])
    row = json.loads(capsys.readouterr().out)
    assert code == 0
    assert list(row)[: len(KEYS)] == KEYS
    assert (row["accepted"], row["crs"], row["version"]) == (True, "EPSG:4550", None)
    main(["rasters", "--json", "--store", tmp_store])
    assert json.loads(capsys.readouterr().out) == []


def test_a_raster_is_kept_with_what_follows_from_it(
    slope: Path, tmp_store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--by", "试", "--reason", "试", "--json", "--store", tmp_store]
    assert main(["import", str(slope), "--as", "dem", *given]) == 0
    capsys.readouterr()
    main(["rasters", "--json", "--store", tmp_store])
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == [
        "dem",
        "slope",
        "aspect",
    ]


def test_what_is_no_raster_is_refused_by_code(
    tmp_path: Path, tmp_store: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "not.tif"
    path.write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    code = main(["import", str(path), "--as", "dem", "--json", "--store", tmp_store])
    row = json.loads(capsys.readouterr().out)
    assert (code, row["accepted"], row["stored"], row["reported"]) == (2, False, 0, 1)
    assert row["issues"][0]["code"] == "TYPE_MISMATCH"
