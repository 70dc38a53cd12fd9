"""Each kind of rule on squares whose answers can be worked out on paper."""

from datetime import date

import numpy as np
import pytest
import shapely

from geo import measure, site
from geo.errors import DataError
from geo.model import Grade, Raster, Source
from geo.site import Answer, Severity, Verdict
from tests.geo.site.squares import (
    DAY,
    EAST,
    NORTH,
    asked,
    finding,
    layer,
    line,
    only,
    plane,
    point,
    rule,
    square,
)

ELLIPSOID = 2e-4  # the plane is at most this much larger, 75 km from the meridian


def test_an_overlap_is_measured_in_square_metres_mu_and_percent() -> None:
    found = finding(only("farmland"), layer("farmland", [square(80, 0, 50, 100)]))
    assert found.answer is Answer.HIT
    assert found.overlap_plane_m2 == pytest.approx(20 * 100, abs=1e-4)
    assert found.overlap_m2 == pytest.approx(2000, rel=ELLIPSOID)
    assert found.overlap_mu == pytest.approx(3, rel=ELLIPSOID)
    assert found.share_pct == pytest.approx(20, abs=1e-4)
    assert [met.id for met in found.features] == ["farmland-0"]
    assert found.source is not None
    assert (found.source.title, found.since, found.grade) == ("farmland 图", 7, Grade.OFFICIAL)
    assert found.basis == "土地管理法 33、35、44、46"


def test_land_under_two_features_is_counted_once() -> None:
    twice = layer("farmland", [square(50, 0, 50, 100), square(75, 0, 50, 100)])
    found = finding(only("farmland"), twice)
    assert found.overlap_plane_m2 == pytest.approx(5000, abs=1e-4)
    assert [met.overlap_m2 for met in found.features] == pytest.approx([5000, 2500], rel=ELLIPSOID)


def test_the_eight_neighbours_that_share_an_edge_or_a_corner_are_not_hit() -> None:
    around = [square(x, y, 100) for x in (-100, 0, 100) for y in (-100, 0, 100) if (x, y) != (0, 0)]
    found = finding(only("redline"), layer("redline", around))
    assert (found.answer, found.features, found.near) == (Answer.CLEAR, (), ())
    assert found.overlap_m2 == 0


@pytest.mark.parametrize("shift", [1e-9, 3e-8, 1e-6, 1e-5, 4e-5])
@pytest.mark.parametrize("turn", [0.0, 0.3])
def test_nearly_the_same_edge_is_neither_an_error_nor_a_hit(shift: float, turn: float) -> None:
    def turned(shape: shapely.Geometry) -> shapely.Geometry:
        return measure.to_stored(shapely.affinity.rotate(shape, turn, origin=(EAST, NORTH)))

    mine = turned(plane(0, 0, 100))
    theirs = turned(shapely.segmentize(plane(100 - shift, -50, 200), 1.7))
    found = finding(only("redline"), layer("redline", [theirs]), of=asked(mine))
    assert found.answer is Answer.CLEAR


def test_slivers_stand_apart_with_the_tolerance_named() -> None:
    thin = layer("farmland", [square(99.95, 0, 50, 100), square(-9.2, -9.2, 10)])
    found = finding(only("farmland"), thin)  # 5 m² but 5 cm wide; 0.8 m x 0.8 m = 0.64 m²
    assert (found.answer, found.features, found.overlap_m2) == (Answer.CLEAR, (), 0)
    assert [one.reason for one in found.near] == ["sliver", "sliver"]
    assert {(one.tolerance_m2, one.tolerance_m) for one in found.near} == {(1.0, 0.1)}
    assert [one.met.overlap_m2 for one in found.near] == pytest.approx([5, 0.64], rel=1e-3)


def test_slivers_that_make_up_a_field_together_are_a_hit() -> None:
    strips = [square(50 + i * 0.08, 0, 0.08, 100) for i in range(100)]
    found = finding(only("farmland"), layer("farmland", strips))
    assert found.answer is Answer.HIT
    assert found.overlap_plane_m2 == pytest.approx(800, abs=0.01)
    assert found.notes[0].code == "SMALL_PIECES"


def test_lines_are_measured_by_length_and_points_are_met() -> None:
    found = finding(only("relic"), layer("relic", [line((-10, 50), (60, 50)), point(20, 20)]))
    assert found.answer is Answer.HIT
    assert found.length_m == pytest.approx(60, abs=1e-6)
    assert {met.id for met in found.features} == {"relic-0", "relic-1"}


@pytest.mark.parametrize(
    ("gap", "answer", "strip"),
    [(5, Answer.HIT, 15 * 100), (19.9, Answer.HIT, 0.1 * 100), (20, Answer.CLEAR, None)],
)
def test_a_distance_is_kept_or_not(gap: float, answer: Answer, strip: float | None) -> None:
    bank = layer("water", [square(100 + gap, -500, 50, 1100)])
    found = finding(only("water"), bank)
    assert found.answer is answer
    assert found.distance_m == pytest.approx(gap, abs=1e-6)
    assert found.limit_m == 20
    if strip is None:
        assert found.overlap_m2 is None
    else:
        assert found.overlap_plane_m2 == pytest.approx(strip, abs=0.5)


def test_a_line_through_the_site_has_a_length_and_no_distance_left() -> None:
    found = finding(only("pipeline_5"), layer("pipeline", [line((50, -100), (50, 300))]))
    assert (found.answer, found.distance_m) == (Answer.HIT, 0)
    assert found.length_m == pytest.approx(100, abs=1e-6)
    assert found.overlap_plane_m2 == pytest.approx(10 * 100, abs=0.5)


def test_a_clear_distance_still_says_how_far_the_nearest_is() -> None:
    found = finding(only("pipeline_50"), layer("pipeline", [line((4100, 0), (4100, 9))]))
    assert (found.answer, found.distance_m) == (Answer.CLEAR, pytest.approx(4000, abs=1e-6))


@pytest.mark.parametrize(
    ("kv", "limit"),
    [("10kV", 5), ("35", 10), ("110 kV", 10), ("220", 15), ("500千伏", 20)],
)
def test_power_lines_ask_by_their_voltage(kv: str, limit: float) -> None:
    beside = line((100 + limit - 0.1, -50), (100 + limit - 0.1, 200))
    found = finding(only("powerline"), layer("powerline", [beside], kv=[kv]))
    assert (found.answer, found.limit_m) == (Answer.HIT, limit)
    beyond = line((100 + limit, -50), (100 + limit, 200))
    assert finding(only("powerline"), layer("powerline", [beyond], kv=[kv])).answer is Answer.CLEAR


@pytest.mark.parametrize(
    ("shore", "gap", "answer"),
    [
        ("基岩海岸", 79, Answer.HIT),
        ("基岩海岸", 80, Answer.CLEAR),
        ("砂质海岸", 199, Answer.HIT),
        ("人工岸线", 21, Answer.CLEAR),
        ("", 19, Answer.HIT),  # nearer than any shore allows
        ("", 21, Answer.NO_DATA),
        ("", 199, Answer.NO_DATA),
        ("", 200, Answer.CLEAR),  # farther than any asks
    ],
)
def test_the_coast_asks_by_its_shore_and_says_so_where_it_is_unknown(
    shore: str, gap: float, answer: Answer
) -> None:
    coast = layer("coast", [line((100 + gap, -900), (100 + gap, 900))], shore=[shore])
    found = finding(only("coast"), coast)
    assert found.answer is answer
    assert (answer is Answer.NO_DATA) == (found.notes[0].code == "NO_CLASS")


def test_the_official_coast_line_takes_the_place_of_the_article() -> None:
    rules = only("coast", "setback")
    coast = layer("coast", [line((110, -900), (110, 900))], shore=["基岩海岸"])
    official = layer("setback", [square(90, -900, 900, 1800)])
    without = site.check(asked(), {"coast": coast}, rules, DAY)
    assert [(one.rule, one.answer) for one in without.findings] == [("coast", Answer.HIT)]
    assert [one.rule for one in without.left_out] == ["setback"]
    beside = site.check(asked(), {"coast": coast, "setback": official}, rules, DAY)
    assert [one.rule for one in beside.findings] == ["setback"]
    assert [one.rule for one in beside.left_out] == ["coast"]
    assert beside.findings[0].overlap_plane_m2 == pytest.approx(1000, abs=1e-3)
    lost = site.check(asked(), {"coast": coast, "setback": site.Failed("超时")}, rules, DAY)
    assert [one.answer for one in lost.findings] == [Answer.HIT, Answer.FAILED]


def test_city_streets_are_no_highways() -> None:
    near = [line((105, -50), (105, 200)), line((119, -50), (119, 200))]
    streets = layer("road", near, kind=["主干道", "主干道"])
    assert finding(only("highway"), streets).answer is Answer.NO_DATA
    mixed = layer("road", near, kind=["主干道", "国道"])
    found = finding(only("highway"), mixed)
    assert (found.answer, found.limit_m) == (Answer.HIT, 20)
    assert [met.id for met in found.features] == ["road-1"]
    assert found.distance_m == pytest.approx(19, abs=1e-6)


def test_schools_stand_back_from_a_highways_control_area_and_others_need_not() -> None:
    road = layer("road", [line((169, -500), (169, 700))], kind=["国道"])
    answers = {"0804": Answer.HIT, "1001": Answer.CLEAR, "": Answer.NO_DATA}
    for use, answer in answers.items():
        found = finding(only("highway_zone"), road, of=asked(use=use))
        assert (found.answer, use) == (answer, use)  # 20 m of control area and 50 m beyond it


def test_a_tunnel_has_no_width_until_the_office_says_one() -> None:
    tunnel = layer("corridor", [line((112, -50), (112, 300)), line((50, 20), (50, 60))])
    blank = finding(only("corridor"), tunnel)
    assert (blank.answer, blank.notes[0].code, blank.distance_m) == (
        Answer.NO_DATA,
        "NO_SETTING",
        0,
    )
    assert blank.length_m == pytest.approx(40, abs=1e-6)
    assert blank.limit_m is None
    said = finding(only("corridor"), tunnel, parameters={"corridor_m": 15.0})
    assert (said.answer, said.limit_m) == (Answer.HIT, 15)
    assert len(said.features) == 2


def test_within_measures_what_reaches_outside() -> None:
    found = finding(only("growth"), layer("growth", [square(-500, -500, 570, 1000)]))
    assert found.answer is Answer.HIT
    assert found.overlap_plane_m2 == pytest.approx(30 * 100, abs=1e-4)
    assert [met.overlap_m2 for met in found.features] == pytest.approx([7000], rel=ELLIPSOID)
    halves = layer("growth", [square(-500, -500, 550, 1000), square(50, -500, 550, 1000)])
    assert finding(only("growth"), halves).answer is Answer.CLEAR
    away = finding(only("growth"), layer("growth", [square(900, 0, 50)]))
    assert (away.answer, away.share_pct) == (Answer.HIT, pytest.approx(100))


def test_only_available_land_passes_and_bare_land_is_unknown() -> None:
    ground = [square(0, 0, 60, 100), square(60, 0, 40, 100)]
    words = {"parcel-0": "available", "parcel-1": "available"}
    status = only("supply_status")
    assert finding(status, layer("parcel", ground, facts={"status": words})).answer is Answer.CLEAR
    sold = layer("parcel", ground, facts={"status": words | {"parcel-1": "supplied"}})
    found = finding(status, sold)
    assert (found.answer, found.overlap_plane_m2) == (Answer.HIT, pytest.approx(4000, abs=1e-4))
    assert [(met.id, met.value) for met in found.features] == [("parcel-1", "supplied")]
    half = finding(status, layer("parcel", ground[:1], facts={"status": words}))
    assert (half.answer, half.notes[0].code) == (Answer.NO_DATA, "NOT_COVERED")
    none = finding(status, layer("parcel", ground))
    assert (none.answer, none.notes[0].code) == (Answer.NO_DATA, "NO_VALUE")
    nowhere = finding(status, layer("parcel", [square(900, 0, 5)], facts={"status": words}))
    assert (nowhere.answer, nowhere.notes[0].code) == (Answer.NO_DATA, "NOT_COVERED")


@pytest.mark.parametrize(
    ("use", "answer", "severity"),
    [
        ("1001", Answer.CLEAR, Severity.BAN),
        ("1101", Answer.HIT, Severity.LIMIT),  # storage on industrial land: a case of its own
        ("0701", Answer.HIT, Severity.BAN),
        ("", Answer.NO_DATA, Severity.BAN),
    ],
)
def test_a_use_is_held_against_the_plan(use: str, answer: Answer, severity: Severity) -> None:
    planned = layer("planuse", [square(-50, -50, 300)], kind=["100101 一类工业用地"])
    found = finding(only("conformity"), planned, of=asked(use=use))
    assert (found.answer, found.severity) == (answer, severity)


def test_the_plan_is_read_from_the_present_uses_only_where_it_must_and_says_so() -> None:
    present = layer("landuse", [square(-50, -50, 300)], kind=["1001"])
    found = finding(only("conformity"), present)
    assert (found.answer, found.set) == (Answer.CLEAR, "landuse")
    assert "SECOND_SET" in [note.code for note in found.notes]


def test_a_park_is_named_and_its_positioning_compared() -> None:
    park = layer("park", [square(-50, -50, 300)], kind=["产业园"])
    named = finding(only("park"), park)
    assert [met.id for met in named.features] == ["park-0"]
    assert finding(only("positioning"), park, of=asked(use="1001")).answer is Answer.CLEAR
    homes = finding(only("positioning"), park, of=asked(use="0701"))
    assert (homes.answer, homes.severity) == (Answer.HIT, Severity.NOTE)


def test_a_symbol_is_no_extent_and_its_absence_is_not_freedom() -> None:
    found = finding(only("park"), layer("park", [point(50, 50)], kind=["产业园"]))
    assert (found.answer, [note.code for note in found.notes]) == (Answer.NO_DATA, ["SYMBOLS"])
    both = layer("park", [point(900, 0), square(500, 0, 9)], kind=["产业园"] * 2)
    assert finding(only("park"), both).answer is Answer.NO_DATA


def test_features_too_weak_for_a_rule_leave_it_open() -> None:
    strict = rule(grade="surveyed", dimensions=[2])
    weak = layer("a", [square(500, 0, 9)], Grade.TRACED)
    found = finding(strict, weak)
    assert (found.answer, found.notes[0].code) == (Answer.NO_DATA, "TOO_WEAK")
    good = layer("a", [square(500, 0, 9)], Grade.SURVEYED)
    assert finding(strict, good).answer is Answer.CLEAR


def slopes(values: list[list[float]]) -> site.Grid:
    grid = Raster(np.array(values, dtype=np.float32), EAST, NORTH + 100, 50.0)
    return site.Grid(grid, Source("坡度", Grade.SURVEYED, "CC0"), 3)


def sloped(grid: site.Grid, **parameters: float) -> site.Finding:
    settings = site.Settings(parameters)
    return site.check(asked(), {"slope": grid}, only("slope"), DAY, settings).findings[0]


def test_slope_is_judged_cell_by_cell() -> None:
    found = sloped(slopes([[5, 25], [10, 15]]), slope_deg=12)
    assert found.answer is Answer.HIT
    assert found.share_pct == pytest.approx(50, abs=1e-4)
    assert found.notes[0].zh == "平均坡度 13.8°，最大 25.0°"
    assert sloped(slopes([[5, 25], [10, 15]]), slope_deg=25).answer is Answer.CLEAR
    assert sloped(slopes([[5, 25], [10, 15]])).answer is Answer.NO_DATA
    assert sloped(slopes([[5, float("nan")], [10, 15]]), slope_deg=30).answer is Answer.NO_DATA
    assert sloped(slopes([[5.0]]), slope_deg=30).answer is Answer.NO_DATA  # three cells lie outside


@pytest.mark.parametrize(
    ("setting", "value", "answer"),
    [
        ("least_m2", 9000.0, Answer.CLEAR),
        ("least_m2", 11000.0, Answer.HIT),
        ("compactness", 0.78, Answer.CLEAR),  # a square has pi/4 = 0.7854
        ("compactness", 0.79, Answer.HIT),
        ("", 0.0, Answer.NO_DATA),
    ],
)
def test_size_and_shape_are_the_offices_to_ask(setting: str, value: float, answer: Answer) -> None:
    rules = only("compactness" if setting == "compactness" else "size")
    parameters = {setting: value} if setting else {}
    assert finding(rules, parameters=parameters).answer is answer


def test_distances_within_the_sources_error_are_near_misses() -> None:
    road = line((125, -500), (125, 700))
    sure = layer("water", [road], Grade.SURVEYED, error_m=[3.0])
    assert finding(only("water"), sure).near == ()
    vague = finding(only("water"), layer("water", [road], Grade.TRACED, error_m=[10.0]))
    assert (vague.answer, [one.reason for one in vague.near]) == (Answer.CLEAR, ["error"])
    assert vague.near[0].tolerance_m == 10


def test_restrictions_hold_on_their_days_only() -> None:
    shapes = [square(0, 0, 10), square(20, 0, 10), square(40, 0, 10), square(60, 0, 10)]
    dated = layer(
        "redline",
        shapes,
        valid_from=["2020-01-01", "2027-01-01", "", ""],
        valid_until=["", "", "2025-12-31", ""],
        legal_state=["", "", "", "报批中"],
    )
    report = site.check(asked(), {"redline": dated}, only("redline"), DAY)
    found = report.findings[0]
    assert [met.id for met in found.features] == ["redline-0"]
    assert {met.id for met in found.pending} == {"redline-1", "redline-3"}
    later = site.check(asked(), {"redline": dated}, only("redline"), date(2027, 1, 1))
    assert {met.id for met in later.findings[0].features} == {"redline-0", "redline-1"}
    earlier = site.check(asked(), {"redline": dated}, only("redline"), date(2019, 1, 1))
    assert {met.id for met in earlier.findings[0].features} == {"redline-2"}


def test_a_rule_holds_from_its_day_until_it_is_repealed() -> None:
    hit = layer("a", [square(0, 0, 50)])
    rules = rule(begins=date(2020, 5, 1), ends=date(2026, 5, 1), changing=date(2025, 9, 1))
    told = {
        date(2020, 4, 30): ("报批中", Answer.HIT, Verdict.CONDITIONAL),
        date(2020, 5, 1): ("现行", Answer.HIT, Verdict.UNUSABLE),
        date(2025, 9, 1): ("报批中", Answer.HIT, Verdict.UNUSABLE),
        date(2026, 5, 1): ("已废止", Answer.CLEAR, Verdict.USABLE),
    }
    for day, expected in told.items():
        report = site.check(asked(), {"a": hit}, rules, day)
        found = report.findings[0]
        assert (found.state.value, found.answer, report.verdict) == expected


def test_many_sites_have_the_answers_they_have_alone() -> None:
    layers = {
        "farmland": layer("farmland", [square(50, 0, 500, 30)]),
        "water": layer("water", [square(300, -500, 50, 1100)]),
        "zone": layer("zone", [square(-500, -500, 700)]),
    }
    rules = only("farmland", "water", "zone")
    sites = [asked(square(x, 0, 60)) for x in range(-100, 400, 70)]
    together = site.check_many(sites, layers, rules, DAY)
    for one, report in zip(sites, together, strict=True):
        alone = site.check(one, layers, rules, DAY)
        assert site.to_row(alone) == site.to_row(report)
    assert {report.verdict for report in together} >= {Verdict.USABLE, Verdict.UNUSABLE}
    assert site.check_many([], layers, rules, DAY) == []


def test_a_site_is_an_area_and_sound() -> None:
    with pytest.raises(DataError, match="面状"):
        asked(point(0, 0))
    with pytest.raises(DataError, match="图形有误"):
        asked(shapely.Polygon([(122, 37), (122.1, 37.1), (122.1, 37), (122, 37.1)]))
    with pytest.raises(DataError, match="代码"):
        asked(use="工业")


def test_registered_and_drawn_are_kept_apart() -> None:
    given = asked(registered_m2=10_000, other=square(0, 0, 90))
    report = site.check(given, {}, only("size"), DAY)
    assert report.plane_m2 == pytest.approx(10_000, abs=1e-4)
    assert report.ppm == pytest.approx((report.area_m2 - 10_000) / 10_000 * 1e6)
    assert -200 < report.ppm < 0
    back = given.switched()
    assert (back.variant, back.switched().variant) == ("registered", "drawn")
    assert measure.plane_area_m2(back.shape) == pytest.approx(8100, abs=1e-4)
