"""The way forward: net land, cuts, alternatives, search and comparison, on paper squares."""

from typing import Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import measure, site
from geo.errors import DataError
from geo.site import Answer, Severity, Verdict
from tests.geo.site.squares import DAY, EAST, NORTH, asked, layer, line, only, rule, square

ELLIPSOID = 2e-4


def report(rules: site.Rules, *layers: site.LayerInput, **more: Any) -> site.SiteReport:
    known = {one.boundaries.name: one for one in layers}
    return site.check(asked(), known, rules, DAY, site.Settings(**more))


def test_land_is_taken_once_and_in_order_of_priority() -> None:
    farmland = layer("farmland", [square(0, 0, 30, 100)])  # 3,000 m², forbidden: nothing is left
    hill = layer("hill", [square(20, 0, 40, 100)], kind=["一般保护区"])  # 4,000, 3,000 of it new
    control = layer("control", [square(90, 0, 40, 100)])  # 1,000, nobody said how much
    rules = only("farmland", "hill_normal", "control")
    found = site.net_land(report(rules, farmland, hill, control, usable={"hill_normal": 40.0}))
    assert [row.rule for row in found.rows] == ["farmland", "hill_normal", "control"]
    assert [row.new_m2 for row in found.rows] == pytest.approx([3000, 3000, 1000], rel=ELLIPSOID)
    assert [row.lost_m2 for row in found.rows] == pytest.approx([3000, 1800, 0], rel=ELLIPSOID)
    assert [row.usable_pct for row in found.rows] == [0, 40, None]
    assert found.net_m2 == pytest.approx(5200, rel=ELLIPSOID)
    assert found.rows[-1].left_m2 == found.net_m2


def test_a_free_site_keeps_all_its_land() -> None:
    found = site.net_land(report(only("farmland"), layer("farmland", [square(500, 0, 9)])))
    assert (found.rows, found.net_m2) == ((), found.total_m2)


def test_the_smallest_cut_takes_the_conflict_and_a_hair() -> None:
    asked_of = report(only("farmland"), layer("farmland", [square(-10, -10, 50, 500)]))
    (cut,) = site.cuts(asked_of)
    assert cut.rules == ("farmland",)
    assert measure.plane_area_m2(cut.shape) == pytest.approx(59.99 * 100, abs=1e-3)
    assert cut.lost_m2 == pytest.approx(4001, rel=ELLIPSOID)
    assert cut.left_behind_m2 == 0


def test_a_cut_keeps_the_largest_part_or_all_that_are_large_enough() -> None:
    asked_of = report(only("farmland"), layer("farmland", [square(30, -10, 20, 500)]))
    largest = site.cut(asked_of, ["farmland"])
    assert measure.plane_area_m2(largest.shape) == pytest.approx(4999, abs=1)
    assert largest.left_behind_m2 == pytest.approx(2999, abs=2)
    both = site.cut(asked_of, ["farmland"], least_m2=2000)
    assert measure.plane_area_m2(both.shape) == pytest.approx(7998, abs=2)
    assert both.shape.geom_type == "MultiPolygon"


def test_all_that_is_forbidden_is_cut_together_at_the_end() -> None:
    farmland = layer("farmland", [square(0, 0, 10, 100)])
    redline = layer("redline", [square(80, 0, 20, 100)])
    control = layer("control", [square(0, 0, 100, 50)])
    found = site.cuts(report(only("farmland", "redline", "control"), farmland, redline, control))
    assert [one.rules for one in found] == [
        ("farmland",),
        ("redline",),
        ("control",),
        ("farmland", "redline"),
    ]
    assert found[-1].area_m2 == pytest.approx(69.98 * 100, rel=1e-3)


def test_nothing_is_left_of_a_site_that_lies_wholly_on_a_conflict() -> None:
    asked_of = report(only("farmland"), layer("farmland", [square(-10, -10, 500)]))
    (cut,) = site.cuts(asked_of)
    assert (cut.shape, cut.area_m2, cut.lost_m2) == (None, 0.0, asked_of.area_m2)


def test_what_is_not_hit_cannot_be_cut() -> None:
    free = report(only("farmland"), layer("farmland", [square(500, 0, 9)]))
    for rules in (["farmland"], [], ["coast"]):
        with pytest.raises(DataError):
            site.cut(free, rules)


metres = st.floats(-60, 160, allow_nan=False)
sizes = st.floats(3, 90, allow_nan=False)
angles = st.floats(0, 90, allow_nan=False)


@st.composite
def rectangles(draw: st.DrawFn) -> shapely.Geometry:
    x, y = EAST + draw(metres), NORTH + draw(metres)
    box = shapely.box(x, y, x + draw(sizes), y + draw(sizes))
    return measure.to_stored(shapely.affinity.rotate(box, draw(angles)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    shapes=st.lists(rectangles(), min_size=1, max_size=3),
    kind=st.sampled_from(["overlap", "distance"]),
)
def test_a_cut_removes_the_conflict_and_never_grows(shapes: list[Any], kind: str) -> None:
    more: dict[str, Any] = {"distance_m": 12.0, "tolerance_m": 0.01} if kind == "distance" else {}
    rules, given_ = rule(kind=kind, **more), layer("a", shapes)
    before = report(rules, given_)
    if before.findings[0].answer is Answer.CLEAR:
        return
    cut = site.cut(before, ["r"])
    assert cut.area_m2 <= before.area_m2
    if cut.shape is None:
        return
    outside = measure.to_plane(cut.shape).difference(
        measure.to_plane(before.site.shape).buffer(1e-6)
    )
    assert outside.is_empty
    after = site.check(asked(cut.shape), {"a": given_}, rules, DAY)
    assert after.findings[0].answer is Answer.CLEAR
    assert after.verdict in (Verdict.USABLE, Verdict.CONDITIONAL)


def stock(facts: dict[str, str] | None = None) -> site.Stock:
    shapes = [
        square(200, 0, 100),  # 100 m away
        square(400, 0, 120),  # 300 m
        square(600, 0, 50),  # too small
        square(900, 0, 150),  # on farmland
        square(0, 0, 60),  # in the site itself
        square(0, 2000, 100, 101),  # far
    ]
    words = {f"parcel-{i}": "available" for i in range(6)} | (facts or {})
    return site.Stock(layer("parcel", shapes), words)


def grounds(*layers: site.LayerInput, rules: site.Rules | None = None) -> site.Grounds:
    known = {one.boundaries.name: one for one in layers}
    return site.Grounds(known, rules or only("farmland", "control"), DAY)


FARM = layer("farmland", [square(950, 0, 20)])
CONTROL = layer("control", [square(200, 0, 10)])


def test_alternatives_are_free_large_enough_allowed_and_nearest_first() -> None:
    given_ = grounds(FARM, CONTROL)
    found = site.alternatives(asked(), stock(), given_, needed_m2=9990)
    assert [one.id for one in found] == ["parcel-0", "parcel-1", "parcel-5"]
    assert [one.distance_m for one in found] == pytest.approx([100, 300, 1900], abs=1e-6)
    assert [one.verdict for one in found] == ["有条件可用", "可用", "可用"]
    assert found[0].limits == ("control",)
    sold = stock({"parcel-0": "supplied"})
    nearest = site.alternatives(asked(), sold, given_, needed_m2=9990, count=1)
    assert [one.id for one in nearest] == ["parcel-1"]
    assert site.alternatives(asked(), stock(), given_, needed_m2=99_999) == []


def test_land_is_found_by_size_status_and_distance_and_ranked() -> None:
    port = layer("station", [square(600, -1000, 10), square(0, 2500, 10)])
    given_ = grounds(FARM, CONTROL, port)
    near = (site.Reach("station", 1100.0),)
    found = site.find(stock(), site.Criteria(least_m2=3000, near=near), given_)
    # parcel-4 (3,600 m²) is 1,138 m from the port, parcel-3 lies on farmland, parcel-2 is small
    assert [one.id for one in found] == ["parcel-5", "parcel-1", "parcel-0"]
    assert found[0].distances_m["station"] == pytest.approx(399, abs=1e-6)
    other = (site.Reach("station", 1100.0, ("station-0",)),)
    only_one = site.find(stock(), site.Criteria(least_m2=3000, near=other), given_)
    assert [one.id for one in only_one] == ["parcel-1", "parcel-0"]
    loose = site.Criteria(least_m2=20_000, no_ban=False)
    assert [one.id for one in site.find(stock(), loose, given_)] == ["parcel-3"]
    assert [one.id for one in site.find(stock(), site.Criteria(most_m2=3000), given_)] == [
        "parcel-2"
    ]
    reserve = stock({"parcel-0": "reserve"})
    asked_for = site.Criteria(statuses=("reserve",))
    assert [one.id for one in site.find(reserve, asked_for, given_)] == ["parcel-0"]


def test_sure_land_has_every_ban_answered() -> None:
    silent = grounds(CONTROL)  # farmland is not there
    assert {one.open for one in site.find(stock(), site.Criteria(), silent)} == {("farmland",)}
    assert site.find(stock(), site.Criteria(sure=True), silent) == []


def test_a_search_by_a_set_we_do_not_hold_is_refused() -> None:
    near = (site.Reach("station", 100.0),)
    with pytest.raises(DataError, match="station"):
        site.find(stock(), site.Criteria(near=near), grounds(FARM))


def test_sites_side_by_side_have_the_best_cell_marked() -> None:
    rules = only("farmland", "water")
    layers = {
        "farmland": layer("farmland", [square(50, 0, 200, 100)]),
        "water": layer("water", [line((310, -500), (310, 500))]),
    }
    sites = [asked(square(x, 0, 100)) for x in (0, 200, 500)]
    rows = site.compare(site.check_many(sites, layers, rules, DAY))
    by_key = {row.key: row for row in rows}
    assert by_key["verdict"].cells == ("不可用", "不可用", "可用")
    assert by_key["verdict"].best == (2,)
    assert by_key["area_m2"].cells == pytest.approx([10_000] * 3, rel=ELLIPSOID)
    assert by_key["net_m2"].cells == pytest.approx([5000, 5000, 10_000], rel=ELLIPSOID)
    assert by_key["bans"].cells == (1, 1, 0)
    assert by_key["limits"].cells == (0, 1, 0)
    assert by_key["farmland"].best == (2,)
    assert by_key["farmland"].amounts == pytest.approx([5000, 5000, 0], rel=ELLIPSOID)
    assert by_key["water"].best == (0, 2)
    assert by_key["water"].amounts == pytest.approx([210, 10, 190], abs=1e-6)
    assert [row.key for row in rows][-2:] == ["farmland", "water"]
    for count in (1, 7):
        with pytest.raises(DataError, match="2–6"):
            site.compare([report(rules)] * count)


def test_notes_take_no_land() -> None:
    noted = report(rule(severity="提示"), layer("a", [square(0, 0, 50)]))
    assert noted.findings[0].severity is Severity.NOTE
    assert site.cuts(noted) == ()
