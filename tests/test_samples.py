"""The sample files are what their script makes today, and say that they are invented."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from docs.samples import make as script
from geo.zone import Zone
from tests.geo.formats.written import unzipped

FOLDER = Path(script.__file__).parent
NAMES = sorted(path.name for path in FOLDER.iterdir() if path.name.startswith("示例"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    script.make(folder)
    return folder


def content(path: Path) -> Mapping[str, bytes] | bytes | list[str]:
    """What a file holds, apart from what a library's own version leaves in it."""
    if path.suffix in (".zip", ".xlsx"):
        return unzipped(path.read_bytes())
    if path.suffix == ".gpkg":
        with closing(sqlite3.connect(path)) as file:
            return list(file.iterdump())
    return path.read_bytes()


def test_there_is_a_sample_of_every_format_and_no_other(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == NAMES
    assert {Path(name).suffix for name in NAMES} == {
        ".gpkg", ".geojson", ".zip", ".kml", ".dxf", ".txt", ".xlsx", ".csv",
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_sample_is_what_the_script_makes(made: Path, name: str) -> None:
    assert content(FOLDER / name) == content(made / name)


@pytest.mark.parametrize("name", NAMES)
def test_the_guide_names_each_sample(name: str) -> None:
    assert f"`{name}`" in (FOLDER / "README.md").read_text("utf-8")


def test_samples_lie_in_the_zone_and_are_called_samples(zone: Zone) -> None:
    known = script.parcels()
    (outline,) = zone.existing("zone").table.geometry
    assert known.table.geometry.within(outline).all()
    assert known.table["name"].str.startswith("示例").all()
    assert "虚构" in known.source.title
