"""What the papers of an import say of its extent decides what a blank means; by hand."""

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from geo import casework, intake, ledger, measure
from geo.errors import DataError
from geo.intake import Papers, Upload
from geo.model import Boundaries, Grade, Source
from geo.site import Answer
from geo.store import rows
from geo.zone import Zone, cover
from tests.geo.casework.office import finding

EAST, NORTH = 435_000.0, 4_132_000.0  # EPSG:4550; 700 m around lies within one town


@pytest.fixture
def zone(tmp_path: Path) -> Zone:
    return ledger.open_zone(f"sqlite:///{tmp_path / 'zone.db'}")


def corner(x: float, y: float, side: float) -> shapely.Geometry:
    return measure.to_stored(shapely.box(EAST + x, NORTH + y, EAST + x + side, NORTH + y + side))


def brought(zone: Zone, covers: str) -> None:
    """Two farms of 100 m a side, 900 m apart along a diagonal, with what they are said to cover."""
    shapes = [shapely.to_geojson(corner(x, x, 100)) for x in (0, 1000)]
    ones = [
        {
            "type": "Feature",
            "properties": {"编号": f"F{i}", "名称": f"田{i}"},
            "geometry": json.loads(g),
        }
        for i, g in enumerate(shapes)
    ]
    body = json.dumps({"type": "FeatureCollection", "features": ones}).encode()
    staged = intake.stage(zone, Upload(body, "田.geojson"), "farmland")
    papers = Papers("田", Grade.SURVEYED, "内部使用", covers=covers, reason="测试")
    intake.commit(zone, staged, papers, by="王工")


def answer(zone: Zone, x: float, y: float) -> tuple[Answer, set[str]]:
    told = finding(zone, "farmland", casework.drawn(corner(x, y, 50), "甲地块", "1001"))
    codes = {one.code for one in told.notes}
    return told.answer, codes & {"NOT_COVERED", "COVER_UNSAID"}


@pytest.mark.parametrize(
    ("covers", "between", "aside"),
    [
        ("", (Answer.CLEAR, {"COVER_UNSAID"}), (Answer.CLEAR, {"COVER_UNSAID"})),
        ("zone", (Answer.CLEAR, set()), (Answer.CLEAR, set())),
        ("hull", (Answer.CLEAR, set()), (Answer.NO_DATA, {"NOT_COVERED"})),
    ],
)
def test_a_blank_means_what_the_papers_say(
    zone: Zone,
    covers: str,
    between: tuple[Answer, set[str]],
    aside: tuple[Answer, set[str]],
) -> None:
    brought(zone, covers)
    assert zone.existing("farmland").source.covers == covers
    assert answer(zone, 500, 520) == between  # on the diagonal between the farms
    assert answer(zone, 900, 0) == aside  # off it
    assert answer(zone, 10, 10)[0] is Answer.HIT
    assert zone.verify() == []


def test_towns_are_named_by_their_ids(zone: Zone) -> None:
    units = zone.existing("unit").table
    here = shapely.intersects(units.geometry.to_numpy(), corner(500, 500, 50))
    inside, outside = (units["id"][mask].tolist() for mask in (here, ~here))
    assert len(inside) == 1
    brought(zone, f"units:{inside[0]}")
    assert answer(zone, 500, 500) == (Answer.CLEAR, set())
    brought(zone, f"units:{','.join(outside)}")
    assert answer(zone, 500, 500) == (Answer.NO_DATA, {"NOT_COVERED"})


@pytest.mark.parametrize(
    ("covers", "code"),
    [("全部", "COVER_WORD"), ("units:", "COVER_WORD"), ("units:nowhere", "COVER_UNIT")],
)
def test_an_extent_that_cannot_be_read_is_refused_before_anything_is_kept(
    zone: Zone, covers: str, code: str
) -> None:
    before = zone.version
    with pytest.raises(DataError) as refused:
        brought(zone, covers)
    assert refused.value.code == code
    assert zone.version == before


def test_a_source_that_says_nothing_is_kept_as_older_stores_have_it() -> None:
    plain = Source("图", Grade.TRACED, "CC0")
    assert "covers" not in rows.source_json(plain)
    said = Source("图", Grade.TRACED, "CC0", covers="zone")
    assert [rows.source_of(rows.source_json(one)) for one in (plain, said)] == [plain, said]


def test_a_hull_is_that_of_the_features(zone: Zone) -> None:
    two = gpd.GeoDataFrame(
        {"id": ["1", "2"], "name": ["1", "2"]},
        geometry=[corner(0, 0, 10), corner(90, 0, 10)],
        crs=4490,
    )
    held = Boundaries("x", two, Source("图", Grade.TRACED, "CC0", covers="hull"))
    found = cover.region(zone, held)
    assert found is not None
    assert measure.areas_m2([found])[0] == pytest.approx(1000, rel=2e-3)
