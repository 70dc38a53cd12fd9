"""Scenarios are kept with what they rest on, opened as they were, approved into the plan."""

import threading

import pytest

from geo import ledger, scenario
from geo.errors import ConflictError, DataError, LedgerError
from geo.model import Event
from geo.scenario import About, Approver, Outcome, State, runner
from geo.supply import Draft
from geo.supply.quota import Line, plan, planned
from geo.zone import EXAMPLE, Zone
from tests.geo.ledger.office import NOW, ON
from tests.geo.scenario.town import CELL_MU, asked, bring, built, made, plane

WHO = Approver("处长", "示例文〔2026〕1 号")
CELLS = 6 * CELL_MU * 2000 / 3


@pytest.fixture(params=["sqlite", "postgis"])
def own(request: pytest.FixtureRequest) -> Zone:
    """The town in each kind of store, for one test to change."""
    if request.param == "sqlite":
        return ledger.open_zone(request.getfixturevalue("own_url"))
    return built(request.getfixturevalue("pg_url"))


@pytest.fixture
def solved(own: Zone) -> Outcome:
    return scenario.run(own, asked())


def lines(zone: Zone, year: int) -> list[tuple[str, int, float]]:
    return [(x.use, x.quarter, x.area_m2) for x in plan(ledger.book(zone).entries, year)]


def test_a_kept_scenario_opens_as_it_was_though_the_zone_has_moved_on(
    own: Zone, solved: Outcome
) -> None:
    id_ = scenario.keep(own, solved, About("甲", note="初稿"))
    bring(own, made("farmland", [plane(500, 0, 600, 600)]))
    again, known = scenario.opened(own, id_), scenario.kept(own, id_)
    assert again.use.tolist() == solved.use.tolist()
    assert again.allocation.objective == solved.allocation.objective
    assert known.inputs == again.prepared.digest
    assert (known.by, known.note, known.parent) == ("甲", "初稿", "")
    lacking = dict(zip(known.no_data, known.no_data_en, strict=True))
    assert lacking["永久基本农田"] == "Permanent basic farmland"
    assert known.definition == asked()


def test_the_same_allocation_is_one_file(own: Zone, solved: Outcome) -> None:
    ids = [scenario.keep(own, solved, About("甲")) for _ in range(2)]
    assert len({scenario.kept(own, id_).file for id_ in ids}) == 1
    assert ids[0][:-1] == ids[1][:-1] == f"PZ-{ids[0][3:7]}-000"
    assert [one.id for one in scenario.listed(own)] == ids[::-1]
    assert not own.verify()


def test_periods_are_kept_too(own: Zone) -> None:
    wishes = {"mu": 45.0, "period": 0}, {"mu": 45.0, "period": 1}
    found = scenario.run(own, asked(*wishes, periods=[2027, 2028]))
    again = scenario.opened(own, scenario.keep(own, found, About("甲")))
    assert again.use.tolist() == found.use.tolist()
    assert again.period.tolist() == found.period.tolist()


def test_units_that_were_split_stay_split(own: Zone) -> None:
    found = scenario.run(own, asked(100.0, 50.0, shares=True))
    again = scenario.opened(own, scenario.keep(own, found, About("甲")))
    assert found.allocation.splits
    assert again.allocation.splits == found.allocation.splits


def test_clone_rename_note_and_lock(own: Zone, solved: Outcome) -> None:
    first = scenario.keep(own, solved, About("甲"))
    copy = scenario.clone(own, first, "第二稿", About("乙"))
    scenario.rename(own, copy, "送审稿", by="乙")
    scenario.note(own, copy, "依据会议意见", by="乙")
    scenario.lock(own, copy, by="乙")
    known = scenario.kept(own, copy)
    assert (known.name, known.parent, known.note) == ("送审稿", first, "依据会议意见")
    assert scenario.opened(own, copy).use.tolist() == solved.use.tolist()
    assert scenario.opened(own, copy).prepared.digest == known.inputs == solved.prepared.digest
    with pytest.raises(LedgerError) as caught:
        scenario.rename(own, copy, "再改", by="乙")
    assert caught.value.code == "SCENARIO_LOCKED"
    assert not scenario.kept(own, first).locked


def test_what_is_not_there_is_told(own: Zone, solved: Outcome) -> None:
    with pytest.raises(DataError, match="PZ-2020-0001") as caught:
        scenario.kept(own, "PZ-2020-0001")
    assert caught.value.code == "SCENARIO_UNKNOWN"
    with pytest.raises(DataError):
        scenario.keep(own, solved, About("甲", parent="PZ-2020-0001"))


def test_approving_writes_exactly_what_was_shown(own: Zone, solved: Outcome) -> None:
    draft = Draft(ledger.supply_rules(), "甲", NOW, ON, "编制", "文1")
    old = [Line("09", 4, 10_000.0), Line("07", 2, 5_000.0), Line("14", 1, 7_000.0)]
    ledger.record(own, [planned(draft, 2027, one) for one in old], seen=own.version)
    id_ = scenario.keep(own, solved, About("甲"))
    shown = scenario.preview(own, id_, 2027)
    told = [(x.use, x.quarter, x.old_m2) for x in shown.steps]
    assert told == [("09", 4, 10_000.0), ("14", 4, None)]
    assert [x.new_m2 for x in shown.steps] == pytest.approx([CELLS, CELLS], rel=1e-3)
    assert {(x.use, x.quarter) for x in shown.untouched} == {("07", 2), ("14", 1)}
    before = own.version
    assert scenario.approve(own, shown, WHO) == before + 3  # two lines and the approval
    after = {(use, quarter): m2 for use, quarter, m2 in lines(own, 2027)}
    assert after == {
        ("07", 2): 5_000.0,
        ("14", 1): 7_000.0,
        ("09", 4): shown.steps[0].new_m2,
        ("14", 4): shown.steps[1].new_m2,
    }
    known = scenario.kept(own, id_)
    assert known.locked
    assert known.approved == 2027
    assert own.events(f"scenario/{id_}")[-1].document == WHO.document
    with pytest.raises(LedgerError):
        scenario.approve(own, scenario.preview(own, id_, 2028), WHO)


def test_a_plan_that_somebody_changed_meanwhile_is_not_overrun(own: Zone, solved: Outcome) -> None:
    id_ = scenario.keep(own, solved, About("甲"))
    shown = scenario.preview(own, id_, 2027)
    draft = Draft(ledger.supply_rules(), "乙", NOW, ON, "编制", "文2")
    ledger.record(own, [planned(draft, 2027, Line("09", 4, 1.0))], seen=own.version)
    with pytest.raises(ConflictError):
        scenario.approve(own, shown, WHO)
    assert lines(own, 2027) == [("09", 4, 1.0)]


@pytest.mark.parametrize(("document", "wanted", "code"), [
    ("", (90.0, 90.0), "APPROVE_PAPER"),
    ("文1", (300.0, 0.0), "SCENARIO_FAILED"),
])  # fmt: skip
def test_what_may_not_be_approved(
    own: Zone, document: str, wanted: tuple[float, float], code: str
) -> None:
    id_ = scenario.keep(own, scenario.run(own, asked(*wanted)), About("甲"))
    with pytest.raises(LedgerError) as caught:
        scenario.approve(own, scenario.preview(own, id_, 2027), Approver("处长", document))
    assert caught.value.code == code


def test_made_up_land_is_never_approved_outside_an_example_store(fresh: str) -> None:
    zone = built(fresh, landuse=False)
    found = scenario.run(zone, asked(15.0, 15.0, changes=FREE))
    assert found.prepared.example
    assert "【示例】" in scenario.title(found)
    id_ = scenario.keep(zone, found, About("甲"))
    with pytest.raises(LedgerError) as caught:
        scenario.approve(zone, scenario.preview(zone, id_, 2027), WHO)
    assert caught.value.code == "SCENARIO_EXAMPLE"
    zone.record([Event(EXAMPLE, "marked", "system", NOW)], expect=zone.version)
    example = ledger.open_zone(fresh)
    scenario.approve(example, scenario.preview(example, id_, 2027), WHO)
    assert scenario.kept(example, id_).approved == 2027


FREE = [
    {"start": start, "use": use, "allowed": True, "reason": "测试"}
    for start in ("farmland", "forest", "road", "water")
    for use in ("trade", "green")
]


def test_a_run_in_the_background_is_queued_runs_and_is_kept(own: Zone) -> None:
    gate = threading.Event()
    runner._worker.submit(gate.wait)
    first = scenario.begin(own, asked(), About("甲"))
    second = scenario.begin(own, asked(91.0), About("甲"))
    assert (first.state, second.state) == (State.QUEUED, State.QUEUED)
    second.cancel()
    assert second.state is State.CANCELLED
    gate.set()
    first.wait()
    assert first.state is State.DONE
    assert first.part == 1
    assert scenario.kept(own, first.id).definition == asked()
    assert len(scenario.listed(own)) == 1
    assert list(scenario.runs(own)) == [second, first]


def test_a_run_whose_inputs_do_not_do_has_failed_and_says_why(own: Zone) -> None:
    run = scenario.begin(own, asked(locks={"r099c000": "green"}), About("甲")).wait()
    assert run.state is State.FAILED
    assert run.outcome is None
    assert run.fault is not None
    assert run.fault.code == "LOCK_UNIT"
    assert not scenario.listed(own)
