"""Where faults and changes lie, by hand: squares of a hundredth of a degree."""

import pytest
import shapely
from shapely import box

from geo import intake
from geo.checks import between
from geo.errors import Issue
from geo.intake import Spot, Upload
from geo.zone import Zone
from tests.conftest import MakeSet

WEST, SOUTH = 122.20, 37.38
LEFT = box(WEST, SOUTH, WEST + 0.010, SOUTH + 0.010)
RIGHT = box(WEST + 0.008, SOUTH, WEST + 0.018, SOUTH + 0.010)
SHARED = box(WEST + 0.008, SOUTH, WEST + 0.010, SOUTH + 0.010)
COLLECTION = """{{"type":"FeatureCollection","features":[
{{"type":"Feature","properties":{{"编号":"A","名称":"甲"}},"geometry":{}}},
{{"type":"Feature","properties":{{"编号":"B","名称":"乙"}},"geometry":{}}}]}}"""


def same(one: shapely.Geometry | None, other: shapely.Geometry) -> bool:
    return one is not None and bool(shapely.symmetric_difference(one, other).area < 1e-9)


def test_an_overlap_found_at_import_shows_both_rows_and_the_ground_they_share(zone: Zone) -> None:
    text = COLLECTION.format(shapely.to_geojson(LEFT), shapely.to_geojson(RIGHT))
    staged = intake.stage(zone, Upload(text.encode(), "a.geojson"), "park")
    (issue,) = [one for one in staged.issues if one.code == "OVERLAP"]
    spot = intake.of_issue(staged.shapes, issue)
    assert spot is not None
    assert same(spot.after, LEFT)
    assert same(spot.before, RIGHT)
    assert same(spot.fault, SHARED)
    assert spot.bounds == pytest.approx((WEST + 0.008, SOUTH, WEST + 0.010, SOUTH + 0.010))


def test_a_gap_is_the_hole_itself(make_set: MakeSet) -> None:
    hole = box(WEST + 0.004, SOUTH + 0.004, WEST + 0.006, SOUTH + 0.006)
    ring = shapely.difference(LEFT, hole)
    middle = WEST + 0.005
    halves = [
        shapely.intersection(ring, box(WEST, SOUTH, middle, SOUTH + 0.01)),
        shapely.intersection(ring, box(middle, SOUTH, WEST + 0.01, SOUTH + 0.01)),
    ]
    held = make_set("town", halves)
    (issue,) = intake.between_features(held)
    assert issue.code == "GAP"
    spot = intake.of_issue(intake.rows_of(held), issue)
    assert spot is not None
    assert spot.fault is not None
    assert spot.fault.bounds == pytest.approx(hole.bounds, abs=1e-6)
    assert list(between.gaps(held.table.geometry.to_numpy())) == [issue]


def test_a_gap_wider_than_what_is_first_looked_at_is_found_all_the_same() -> None:
    wide = box(WEST, SOUTH, WEST + 0.05, SOUTH + 0.05)
    frame = shapely.difference(shapely.buffer(wide, 0.001, join_style="mitre"), wide)
    left, right = (
        shapely.intersection(frame, box(x, SOUTH - 1, x + 1, SOUTH + 1))
        for x in (WEST + 0.025 - 1, WEST + 0.025)
    )
    place = wide.centroid
    where = f"{place.x:.6f},{place.y:.6f}"
    spot = intake.of_issue({1: left, 2: None, 3: right}, Issue("GAP", "", value=where))
    assert spot is not None
    assert spot.fault is not None
    assert spot.fault.bounds == pytest.approx(wide.bounds, abs=1e-6)


def test_a_fault_of_the_whole_file_or_of_no_shape_has_no_place() -> None:
    assert intake.of_issue({1: LEFT, 2: None}, Issue("REFUSED", "")) is None
    assert intake.of_issue({1: LEFT, 2: None}, Issue("GEOMETRY_EMPTY", "", row=2)) is None
    assert intake.of_issue({1: LEFT}, Issue("SLIVER", "", row=1)) == Spot(after=LEFT)
    assert Spot().bounds is None


def test_a_change_shows_the_shape_before_and_after_and_the_fields_that_changed(
    make_set: MakeSet,
) -> None:
    old = make_set("parcel", [LEFT, RIGHT], use=["工业", "仓储"], floor=[None, 2])
    new = make_set("parcel", [SHARED], use=["居住"], name=["新名"], note=["改"])
    spot = intake.of_change(old, new, "S1")
    assert (spot.before, spot.after, spot.fault) == (LEFT, SHARED, None)
    assert sorted(intake.altered(old, new, "S1")) == [
        ("name", "第S1", "新名"),
        ("note", "", "改"),
        ("use", "工业", "居住"),
    ]
    assert intake.of_change(old, new, "S2") == Spot(before=RIGHT)
    assert intake.of_change(None, new, "S1") == Spot(after=SHARED)
    assert intake.altered(old, old, "S2") == []
