"""A scenario file is read whole or refused with all its faults, and written back the same."""

import pytest

from geo import scenario
from geo.errors import DataError
from geo.zone import Zone
from tests.conftest import ROOT
from tests.geo.scenario.town import asked

SAMPLE = ROOT / "docs/samples/scenario.toml"
HEAD = 'name = "一"\n[[uses]]\ncode = "09"\n[[demands]]\nuse = "09"\n'


def test_the_start_of_a_new_scenario_is_what_the_plan_asks_for(zone: Zone) -> None:
    """500 mu in 四(二), 1.1 万亩 of construction land in 四(三); no other land is stated."""
    start = scenario.start(zone)
    told = {(one.target, one.clause, one.mu) for one in start.demands}
    assert told == {("S14", "四(二)", 500.0), ("S23", "四(三)", 11_000.0)}
    assert all(not use.rates.said for use in start.uses)
    assert start.excludes is not None
    assert next(iter(start.excludes)).id == "farmland"


def test_a_scenario_is_written_as_it_is_read(zone: Zone) -> None:
    every = (
        scenario.start(zone),
        asked(),
        asked(locks={"r000c005": "", "r001c005": "trade"}, periods=[2027]),
        scenario.of_toml(SAMPLE.read_text("utf-8")),
    )
    for one in every:
        assert scenario.of_toml(scenario.to_toml(one)) == one


@pytest.mark.parametrize(("more", "field", "told"), [
    ("", "demands.0", "请写 mu，或写 min_mu"),
    ("mu = 1\nmax_mu = 2\n", "demands.0", "二者取一"),
    ("mu = -1\n", "demands.0.mu", "应不小于 0"),
    ("mu = 1\nfoo = 1\n", "demands.0.foo", "没有这个设置"),
    ("mu = 1\nperiod = 1\n", "", "请在 periods 写明"),
    ("mu = 1\n[[demands]]\nuse = '10'\nmu = 1\n", "", "没有用途 10"),
    ("mu = 1\n[[demands]]\nuse = '09'\nmu = 1\n", "", "有两条需求"),
    ("mu = 1\n[[excludes]]\nid = 'a'\ntitle = '甲'\ntitle_en = 'A'\n", "excludes.0", "只写一种"),
    ("mu = 1\n[uses.rates]\nfar = 2\n", "", ""),
])  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(more: str, field: str, told: str) -> None:
    with pytest.raises(DataError) as caught:
        scenario.of_toml(HEAD + more)
    if told:
        assert caught.value.code == "SCENARIO"
        assert field in {one.field for one in caught.value.issues}
        assert told in str(caught.value)


def test_a_figure_without_a_basis_is_refused() -> None:
    with pytest.raises(DataError, match="依据"):
        scenario.checked({
            "name": "一", "uses": [{"code": "09", "rates": {"far": 2.0}}],
            "demands": [{"use": "09", "mu": 1}],
        })  # fmt: skip


def test_a_file_that_is_no_toml_is_told() -> None:
    with pytest.raises(DataError) as caught:
        scenario.of_toml("name = ")
    assert caught.value.code == "SCENARIO_FILE"


@pytest.mark.parametrize(("change", "code"), [
    ({"target": "S99"}, "TARGET_UNKNOWN"),
])  # fmt: skip
def test_what_the_zone_does_not_know_is_told(
    small: Zone, change: dict[str, str], code: str
) -> None:
    with pytest.raises(DataError) as caught:
        scenario.prepare(small, asked({"mu": 15.0} | change))
    assert caught.value.code == code


def test_a_factor_that_is_not_there_is_told_with_those_that_are(small: Zone) -> None:
    whole = scenario.plain(asked())
    whole["uses"][0] |= {"weights": {"view": 1.0}, "scales": {}}
    with pytest.raises(DataError, match=r"view 不存在，可用：coast") as caught:
        scenario.prepare(small, scenario.checked(whole))
    assert caught.value.code == "FACTOR_UNKNOWN"
