"""The table of verdicts, row by row, and that no answer is better than what it rests on."""

import itertools

import pytest

from geo import site
from geo.errors import SettingError
from geo.model import Boundaries, Grade
from geo.site import Answer, Severity, Verdict
from geo.site.values import Finding
from geo.site.verdict import judge
from tests.geo.site.squares import DAY, RULES, asked, layer, only, rule, square

HIT, FREE = [square(0, 0, 50)], [square(900, 0, 50)]


@pytest.mark.parametrize(
    ("severity", "shapes", "grade", "expected", "code"),
    [
        ("禁止", HIT, "official", Verdict.UNUSABLE, "BAN"),
        ("禁止", HIT, "surveyed", Verdict.UNUSABLE, "BAN"),
        ("禁止", HIT, "traced", Verdict.UNUSABLE, "BAN"),
        ("禁止", HIT, "schematic", Verdict.UNKNOWN, "BAN_SKETCH"),
        ("限制", HIT, "official", Verdict.CONDITIONAL, "LIMIT"),
        ("限制", HIT, "schematic", Verdict.CONDITIONAL, "LIMIT"),
        ("提示", HIT, "official", Verdict.USABLE, "NOTED"),
        ("提示", HIT, "schematic", Verdict.CONDITIONAL, "SKETCH"),
        ("禁止", FREE, "schematic", Verdict.CONDITIONAL, "SKETCH"),
        ("限制", FREE, "schematic", Verdict.CONDITIONAL, "SKETCH"),
        ("提示", FREE, "schematic", Verdict.CONDITIONAL, "SKETCH"),
        ("禁止", FREE, "traced", Verdict.USABLE, ""),
        ("禁止", FREE, "official", Verdict.USABLE, ""),
    ],
)
def test_hits_and_clear_answers(
    severity: str, shapes: list[object], grade: str, expected: Verdict, code: str
) -> None:
    given = layer("a", shapes, Grade(grade))  # type: ignore[arg-type]
    report = site.check(asked(), {"a": given}, rule(severity=severity), DAY)
    assert report.verdict is expected
    assert [one.code for one in report.reasons][:1] == ([code] if code else [])
    assert all(one.finding.source is not None for one in report.reasons)


@pytest.mark.parametrize("layer_", [site.Missing("尚未导入"), site.Failed("读取超时")])
@pytest.mark.parametrize(
    ("severity", "expected"),
    [("禁止", Verdict.UNKNOWN), ("限制", Verdict.UNKNOWN), ("提示", Verdict.CONDITIONAL)],
)
def test_missing_and_failed_sets_are_never_free(
    layer_: site.Layer, severity: str, expected: Verdict
) -> None:
    report = site.check(asked(), {"a": layer_}, rule(severity=severity), DAY)
    found = report.findings[0]
    missing = isinstance(layer_, site.Missing)
    assert found.answer is (Answer.NO_DATA if missing else Answer.FAILED)
    assert ("尚未导入" if missing else "读取超时") in found.notes[0].zh
    assert report.verdict is expected
    assert report.versions == {"a": None}


def test_with_nothing_imported_every_rule_says_so_and_nothing_can_be_said() -> None:
    report = site.check(asked(), {}, RULES, DAY)
    assert {one.answer for one in report.findings} == {Answer.NO_DATA}
    assert report.verdict is Verdict.UNKNOWN
    assert len(report.findings) + len(report.left_out) == len(RULES.rules)


def test_a_near_miss_and_a_pending_restriction_make_it_conditional() -> None:
    sliver = layer("a", [square(99.99, 0, 50, 100)])
    assert site.check(asked(), {"a": sliver}, rule(), DAY).verdict is Verdict.CONDITIONAL
    coming = layer("a", HIT, valid_from=["2027-01-01"])
    report = site.check(asked(), {"a": coming}, rule(), DAY)
    assert (report.verdict, report.reasons[0].code) == (Verdict.CONDITIONAL, "NOT_YET")


def test_one_believable_shape_is_proof_though_others_are_sketches() -> None:
    mixed = layer("a", [square(0, 0, 9), square(20, 0, 9)], grade=Grade.SCHEMATIC)
    both = layer("a", [square(0, 0, 9), square(20, 0, 9)])
    assert site.check(asked(), {"a": mixed}, rule(), DAY).verdict is Verdict.UNKNOWN
    table = both.boundaries.table.assign(grade=["schematic", "official"])
    boundaries = Boundaries("a", table, both.boundaries.source)
    given = site.LayerInput(boundaries, site.prepare(boundaries))
    report = site.check(asked(), {"a": given}, rule(), DAY)
    assert (report.verdict, report.findings[0].grade) == (Verdict.UNUSABLE, Grade.SCHEMATIC)


def test_no_combination_is_better_than_its_worst_part() -> None:
    parts = [
        Finding("r", "规则", "rule", "overlap", severity, answer, grade=grade, proof=grade)
        for severity, answer, grade in itertools.product(Severity, Answer, [*Grade, None])
    ]
    for one, other in itertools.product(parts, repeat=2):
        verdict = judge([one, other])[0]
        assert verdict.rank == max(judge([one])[0].rank, judge([other])[0].rank)
        if Answer.NO_DATA in (one.answer, other.answer) or Grade.SCHEMATIC in (
            one.grade,
            other.grade,
        ):
            assert verdict is not Verdict.USABLE


def test_no_rule_at_all_decides_nothing() -> None:
    assert judge([]) == (Verdict.UNKNOWN, ())


def test_a_rule_the_office_leaves_out_is_named_with_the_reason() -> None:
    settings = site.Settings(left_out={"corridor": "管廊另行会审"})
    report = site.check(asked(), {}, only("corridor", "size"), DAY, settings)
    assert [one.rule for one in report.findings] == ["size"]
    assert [(one.rule, one.why) for one in report.left_out] == [
        ("corridor", "办公室不适用本规则：管廊另行会审")
    ]


@pytest.mark.parametrize(
    "settings",
    [
        site.Settings(parameters={"width": 3}),
        site.Settings(parameters={"corridor_m": -3}),
        site.Settings(parameters={"compactness": float("nan")}),
        site.Settings(usable={"coast": 120}),
        site.Settings(left_out={"nothing": "x"}),
    ],
)
def test_settings_that_are_not_ours_are_refused(settings: site.Settings) -> None:
    with pytest.raises(SettingError):
        site.check(asked(), {}, RULES, DAY, settings)
