"""The totals of 2013 are the published ones; the places made up for them say so."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import measure
from geo.errors import DataError
from geo.model import Boundaries, Grade
from geo.terrain import baseline, grid
from geo.terrain.baseline import Start
from geo.terrain.grid import Cells
from geo.zone import DATA
from tests.geo.terrain.plane import SOURCE, array, box

PLAN = DATA / "plan"
# As published: 山东地情档案, 经济技术开发区 yearbook, land use at the end of 2013, hectares.
PUBLISHED = {
    "耕地": 8013.74,
    "园地": 3482.24,
    "林地": 5126.71,
    "草地": 575.23,
    "城镇村及工矿用地": 4877.26,
    "交通运输用地": 1451.56,
    "水域及水利设施用地": 1995.46,
    "其他土地": 2239.69,
}
TOTAL_HA = 27_761.89


@pytest.fixture(scope="module")
def sets() -> dict[str, Boundaries]:
    folder = DATA / "boundaries"
    return {
        path.stem: Boundaries(path.stem, gpd.read_file(path), SOURCE)
        for path in sorted(folder.glob("*.geojson"))
    }


@pytest.fixture(scope="module")
def cells(sets: dict[str, Boundaries]) -> Cells:
    return grid.cells(sets["zone"].table.geometry.iloc[0])


@pytest.fixture(scope="module")
def start(cells: Cells, sets: dict[str, Boundaries]) -> Start:
    return baseline.sample(cells, baseline.read(PLAN), baseline.wishes(cells, sets))


def test_the_table_holds_what_was_published() -> None:
    found = baseline.read(PLAN)
    assert {one.name: one.area_m2 / 1e4 for one in found.classes} == PUBLISHED
    assert found.total_m2 / 1e4 == TOTAL_HA
    assert found.url.startswith("https://")
    assert found.as_of == "2013-12"


def test_class_totals_of_the_example_are_the_published_ones(cells: Cells, start: Start) -> None:
    """After the ratio of the zone's measured area to the published total, 1.0019…, and no other."""
    zone_m2 = cells.areas_m2.sum()
    assert zone_m2 == pytest.approx(278_160_000, abs=500)
    assert start.scale == pytest.approx(zone_m2 / (TOTAL_HA * 1e4), rel=1e-12)
    found = start.totals_m2(cells.areas_m2)
    names = {one.id: one.name for one in start.classes}
    for key, area in found.items():
        wanted = PUBLISHED[names[key]] * 1e4
        assert area / start.scale == pytest.approx(wanted, abs=1e-3)
    assert sum(found.values()) == pytest.approx(zone_m2, abs=1e-3)


def test_every_cell_is_used_and_few_are_split(start: Start) -> None:
    assert start.shares.min() >= 0
    assert start.shares.sum(axis=1) == pytest.approx(np.ones(len(start.shares)), abs=1e-12)
    assert ((start.shares > 0).sum(axis=1) > 1).sum() <= 7
    assert start.present.min() >= 0


def test_built_up_land_lies_where_places_are_dense(
    cells: Cells, start: Start, sets: dict[str, Boundaries]
) -> None:
    towns = sets["place"].table
    seats = measure.to_planes(towns.loc[towns["kind"] == "住宅区", "geometry"].to_numpy())
    number = [one.id for one in start.classes].index("built")
    built = cells.spread(start.shares[:, number])
    held = [
        built.values[int((built.top - y) // built.step), int((x - built.left) // built.step)]
        for x, y in ((seat.x, seat.y) for seat in seats)
        if cells.grid.box[0] < x < cells.grid.box[2] and cells.grid.box[1] < y < cells.grid.box[3]
    ]
    inside = [share for share in held if not np.isnan(share)]
    assert len(inside) > 20
    assert np.mean(inside) > 0.8


def test_the_example_says_that_it_is_one(start: Start) -> None:
    assert start.source.title.startswith("示例")
    assert "不是实际现状" in start.source.note
    assert start.source.grade is Grade.SCHEMATIC


def test_the_example_is_the_same_at_every_run(
    cells: Cells, start: Start, sets: dict[str, Boundaries]
) -> None:
    again = baseline.sample(cells, baseline.read(PLAN), baseline.wishes(cells, sets))
    assert (again.shares == start.shares).all()


@given(st.lists(st.floats(0.1, 1e4), min_size=30, max_size=60), st.integers(0, 9))
@settings(max_examples=40)
def test_totals_hold_for_units_of_any_size(areas: list[float], seed: int) -> None:
    sizes = np.array(areas)
    made_up = Cells(grid.Grid(0, 0, 1, 1, len(areas)), np.arange(len(areas)), array(), sizes)
    random = np.random.default_rng(seed)
    wanted = {name: random.integers(0, 4, len(areas)).astype(float) for name in baseline.ORDER}
    known = baseline.read(PLAN)
    found = baseline.sample(made_up, known, wanted)
    for one in known.classes:
        got = found.totals_m2(sizes)[one.id]
        assert got == pytest.approx(one.area_m2 * found.scale, rel=1e-9, abs=1e-9)
    assert found.shares.min() >= 0


def test_land_use_that_was_brought_takes_the_place_of_the_example() -> None:
    """A unit half farmland, a quarter built, a quarter not known; another not known at all."""
    units = array(box(0, -10, 10, 0), box(10, -10, 20, 0))
    drawn = array(box(0, -10, 5, 0), box(5, -5, 10, 0), box(10, -10, 20, 0))
    found = baseline.measured(
        (units, np.array([100.0, 100.0])),
        (drawn, ["farmland", "built", ""]),
        baseline.read(PLAN),
        SOURCE,
    )
    totals = found.totals_m2(np.array([100.0, 100.0]))
    assert {key: area for key, area in totals.items() if area} == pytest.approx(
        {"farmland": 50, "built": 25}
    )
    assert found.present.tolist() == [[one.id for one in found.classes].index("farmland"), -1]


def broken(folder: Path, old: str, new: str) -> str:
    text = (PLAN / "landuse_2013.csv").read_text("utf-8")
    assert old in text
    (folder / "landuse_2013.csv").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError) as caught:
        baseline.read(folder)
    return caught.value.code


def test_a_table_that_does_not_add_up_is_refused(tmp_path: Path) -> None:
    assert broken(tmp_path, "8013.74", "8013.75") == "CATALOG_BROKEN"
    assert broken(tmp_path, "8013.74", "viel") == "CATALOG_BROKEN"
    assert broken(tmp_path, "total", "sum") == "CATALOG_BROKEN"
    with pytest.raises(DataError) as caught:
        baseline.read(tmp_path / "nowhere")
    assert caught.value.code == "CATALOG_MISSING"
