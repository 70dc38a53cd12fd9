"""The record: plain values, hashes that name the inputs, differences with their cause."""

import json
from datetime import date
from typing import Any

import pytest
import shapely

from geo import site
from geo.errors import DataError
from geo.model import Boundaries, Grade, Source
from tests.geo.site.squares import DAY, RULES, asked, layer, only, rule, square


def farm(width: float, since: int = 7) -> site.LayerInput:
    table = layer("farmland", [square(0, 0, width)]).boundaries.table
    given = Boundaries("farmland", table, Source("图", Grade.OFFICIAL, "CC0"), since)
    return site.LayerInput(given, site.prepare(given))


def row(given: site.Layer, rules: site.Rules | None = None, **more: Any) -> dict[str, Any]:
    settings = site.Settings(**more)
    asked_of = rules or only("farmland", "corridor")
    return site.to_row(site.check(asked(), {"farmland": given}, asked_of, DAY, settings))


def test_a_report_is_plain_json_with_the_promised_keys() -> None:
    layers = {"farmland": farm(50), "water": layer("water", [square(110, 0, 9)])}
    report = site.check(asked(registered_m2=9990.0), layers, RULES, DAY)
    told = json.loads(json.dumps(site.to_row(report), allow_nan=False))
    assert told == site.to_row(report)
    assert set(told) >= {"verdict", "area_m2", "plane_m2", "findings", "rules_hash"}
    keys = {"rule", "answer", "severity", "overlap_m2", "share_pct", "distance_m", "features"}
    assert all(set(one) >= keys | {"grade", "basis", "source"} for one in told["findings"])
    assert told["versions"] == {"farmland": 7, "water": 7}
    assert told["as_of"] == "2026-01-01"


def test_the_same_question_has_the_same_hash_and_another_has_another() -> None:
    first = row(farm(50))
    assert row(farm(50)) == first
    others = [
        row(farm(50, since=8)),
        row(site.Missing("无")),
        row(site.Failed("断线")),
        row(farm(50), parameters={"corridor_m": 5.0}),
    ]
    assert len({one["inputs_hash"] for one in (first, *others)}) == 5
    assert {one["rules_hash"] for one in others} == {first["rules_hash"]}


def test_a_ring_that_starts_elsewhere_is_the_same_site() -> None:
    shape = square(0, 0, 100)
    turned = shapely.Polygon(list(shape.exterior.coords)[2:-1] + list(shape.exterior.coords)[:2])
    reports = [site.check(asked(one), {}, RULES, DAY) for one in (shape, turned)]
    assert reports[0].inputs_hash == reports[1].inputs_hash


def test_a_second_run_tells_what_changed_and_why() -> None:
    old = row(farm(50))
    assert site.difference(old, row(farm(50))) == ()
    assert site.difference(old, row(farm(50, since=9))) == ()
    moved = site.difference(old, row(farm(60, since=9)))
    assert {(one.rule, one.field, one.causes) for one in moved} == {
        ("farmland", "overlap_m2", ("data",)),
        ("farmland", "share_pct", ("data",)),
    }
    gone = site.difference(old, row(site.Missing("")))
    assert (gone[0].field, gone[0].old, gone[0].new) == ("verdict", "不可用", "无法判定")
    assert gone[0].causes == ("data",)


def test_a_change_of_rule_setting_day_or_code_is_named() -> None:
    def of(rules: site.Rules) -> dict[str, Any]:
        layers = {"a": layer("a", [square(0, 0, 50)])}
        return site.to_row(site.check(asked(), layers, rules, DAY))

    changes = site.difference(of(rule()), of(rule(severity="限制")))
    assert {one.causes for one in changes} == {("rule",)}
    fewer = site.difference(row(farm(50)), row(farm(50), only("farmland")))
    assert [(one.rule, one.new, one.causes) for one in fewer if one.rule] == [
        ("corridor", None, ("rule",))
    ]
    left = site.difference(row(farm(50)), row(farm(50), left_out={"corridor": "另审"}))
    assert [one.causes for one in left] == [("setting",)]

    tunnel = {"corridor": layer("corridor", [square(103, 0, 9)])}
    said = [site.Settings({"corridor_m": metres}) for metres in (2.0, 5.0)]
    rules = only("corridor")
    narrow, wide = (site.to_row(site.check(asked(), tunnel, rules, DAY, one)) for one in said)
    assert {one.causes for one in site.difference(narrow, wide)} == {("setting",)}

    dated = rule(ends=date(2026, 6, 1))
    layers = {"a": layer("a", [square(0, 0, 50)])}
    before, after = (
        site.to_row(site.check(asked(), layers, dated, day)) for day in (DAY, date(2026, 7, 1))
    )
    assert {one.causes for one in site.difference(before, after)} == {("day",)}

    old = row(farm(50))
    new = json.loads(json.dumps(old))
    new["findings"][0]["overlap_m2"] += 1
    assert site.difference(old, new)[0].causes == ("unexplained",)
    new["code_hash"] = "another"
    assert site.difference(old, new)[0].causes == ("code",)


def test_a_ledger_that_moved_is_a_change_of_data() -> None:
    rules = only("supply_status")
    parcel = layer("parcel", [square(-9, -9, 200)])
    rows = []
    for known, status in ((3, "available"), (4, "supplied")):
        facts = {"status": {"parcel-0": status}}
        given = site.LayerInput(parcel.boundaries, parcel.prepared, facts, known)
        rows.append(site.to_row(site.check(asked(), {"parcel": given}, rules, DAY)))
    changes = site.difference(*rows)
    assert (changes[0].old, changes[0].new, changes[0].causes) == ("可用", "不可用", ("data",))


def test_two_sites_are_not_two_runs() -> None:
    one, other = (
        site.to_row(site.check(asked(square(0, 0, size)), {}, RULES, DAY)) for size in (10, 11)
    )
    with pytest.raises(DataError, match="不能比较"):
        site.difference(one, other)


def test_an_index_of_another_version_is_refused() -> None:
    stale = site.LayerInput(farm(50, since=9).boundaries, farm(50).prepared)
    with pytest.raises(DataError, match="重新建立"):
        site.check(asked(), {"farmland": stale}, only("farmland"), DAY)
