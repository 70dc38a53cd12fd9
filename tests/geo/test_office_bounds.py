"""How far a right goes: role by role through every door, town by town, level by level."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import geopandas as gpd
import pytest
import shapely

from geo import briefing, casework, ledger, office, people, rasters, scenario, supply
from geo.errors import GeoError, LedgerError
from geo.intake import Papers
from geo.ledger import Sheet
from geo.model import Boundaries, Event, Grade, Source
from geo.office import RightsError, Visit
from geo.people import Act, Person, Role
from geo.rasters import Wanted
from geo.zone import DATA, Zone, open_zone
from tests.geo.casework.office import site
from tests.geo.ledger import office as clerk
from tests.geo.rasters import cone, geotiff

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
MATRIX = people.read(DATA / "rules")
GUSHAN, BOYU = (122.2477, 37.4036), (122.3335, 37.3720)  # inside T01 and T02 of the shipped set
SEA = (123.5, 37.4)  # in none
PLAIN = Source("宗地测试图", Grade.SURVEYED, "内部使用")


@pytest.fixture
def zone(fresh: str) -> Zone:
    made = open_zone(fresh)
    squares = {"A-1": GUSHAN, "B-1": BOYU, "N-1": SEA}
    made.replace(parcels(**squares), by="甲", reason="测绘")
    clerk.enter(made, *squares)
    made.guard = office.guard(made, MATRIX)
    return made


def parcels(source: Source = PLAIN, /, **at: tuple[float, float]) -> Boundaries:
    ids = [one.replace("_", "-") for one in at]
    shapes = [shapely.box(x - 0.001, y - 0.001, x + 0.001, y + 0.001) for x, y in at.values()]
    return Boundaries(
        "parcel", gpd.GeoDataFrame({"id": ids, "name": ids}, geometry=shapes, crs=4490), source
    )


def acting(*roles: Role, units: Sequence[str] = (), clearance: str = "内部") -> Visit:
    person = Person("x", "甲", frozenset(roles), frozenset(units), clearance=clearance)
    return Visit(person)


def refused(code: str) -> "pytest.RaisesExc[GeoError]":
    return pytest.raises(GeoError, check=lambda error: error.code == code)


# What each action is, by the function that really does it; all under the name 甲.


def _check(zone: Zone) -> None:
    casework.ask(zone, [site()], casework.Asker("甲"), date(2026, 3, 1))


def _scenario(zone: Zone) -> None:
    event = Event("scenario/PZ-2026-0001", "solved", "甲", NOW)
    zone.record([event], expect=zone.version)


def _meeting(zone: Zone) -> None:
    briefing.start(zone, by="甲", title="三月")


def _ledger(zone: Zone) -> None:
    clerk.move(zone, "A-1", "available", seen=zone.version)


def _project(zone: Zone) -> None:
    event = Event("project/P-1", "noted", "甲", NOW)
    zone.record([event], expect=zone.version)


def _data(zone: Zone) -> None:
    zone.replace(zone.existing("place"), by="甲", reason="重发")


def _raster(zone: Zone) -> None:
    coming = rasters.look(zone, geotiff(cone(20)), "dem.tif", Wanted("dem"))
    rasters.put(zone, coming, Papers("高程", Grade.SURVEYED, "内部"), by="甲")


def _plan(zone: Zone) -> None:
    zone.record([Event("plan/2026", "planned", "甲", NOW)], expect=zone.version)


def _approve(zone: Zone) -> None:
    zone.record([Event("scenario/PZ-2026-0009", "approved", "甲", NOW)], expect=zone.version)


def _settings(zone: Zone) -> None:
    casework.decide(zone, casework.settings(zone), by="甲", reason="试")


E, A, D, P, V = Role.EDITOR, Role.APPROVER, Role.ADMINISTRATOR, Role.PRESENTER, Role.VIEWER
# As docs/people.md prints it, copied by hand.
MAY: dict[Act, set[Role]] = {
    Act.SEE: {V, P, E, A, D},
    Act.EXPORT: {P, E, A, D},
    Act.CHECK: {V, P, E, A, D},
    Act.REMARK: {V, P, E, A, D},
    Act.SETTLE: {E, D},
    Act.SCENARIO: {E, A, D},
    Act.MEETING: {P, E, A, D},
    Act.LEDGER: {E, D},
    Act.PROJECT: {E, D},
    Act.DATA: {E, D},
    Act.APPROVE: {A},
    Act.SETTINGS: {D},
    Act.PEOPLE: {D},
    Act.AUDIT: {D},
}
DOORS: list[tuple[Act, Callable[[Zone], None]]] = [
    (Act.CHECK, _check),
    (Act.SCENARIO, _scenario),
    (Act.MEETING, _meeting),
    (Act.LEDGER, _ledger),
    (Act.PROJECT, _project),
    (Act.DATA, _data),
    (Act.DATA, _raster),
    (Act.APPROVE, _plan),
    (Act.APPROVE, _approve),
    (Act.SETTINGS, _settings),
]


def test_the_table_of_roles_is_the_one_in_the_handbook() -> None:
    assert {act: set(one.roles) for act, one in MATRIX.actions.items()} == MAY


@pytest.mark.parametrize(("act", "do"), DOORS, ids=[do.__name__[1:] for _, do in DOORS])
def test_exactly_the_roles_of_the_table_pass_each_door(
    zone: Zone, act: Act, do: Callable[[Zone], None]
) -> None:
    for role in Role:
        before = zone.version
        with office.visiting(acting(role)):
            if role not in MAY[act]:
                with refused("NOT_ALLOWED"):
                    do(zone)
                assert zone.version == before
    with office.visiting(acting(sorted(MAY[act])[0])):
        do(zone)
    assert zone.version > before


@pytest.mark.parametrize(("act", "do"), DOORS, ids=[do.__name__[1:] for _, do in DOORS])
def test_nobody_passes_any_door_outside_a_visit(
    zone: Zone, act: Act, do: Callable[[Zone], None]
) -> None:
    before = zone.version
    with refused("NOBODY"):
        do(zone)
    assert zone.version == before
    assert MAY[act]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_a_disabled_person_may_nothing(role: Role, act: Act) -> None:
    assert not MATRIX.may(Person("x", "甲", frozenset({role}), disabled=True), act)


@pytest.mark.parametrize(
    "subject",
    [
        *("parcel/A-1", "project/P", "case/X", "scenario/S", "meeting/1", "story/H", "plan/2026"),
        *("boundaries/park", "raster/dem", "sender/某局", "form/supply", "office/site"),
        "zone/example",
    ],
)
def test_every_kind_of_event_that_is_written_belongs_to_an_action(subject: str) -> None:
    assert MATRIX.act_of(Event(subject, "x", "甲", NOW)) in MAY


def test_a_set_slipped_in_under_another_right_is_refused(zone: Zone) -> None:
    with office.visiting(acting(Role.PRESENTER)), refused("UNTOLD"):
        story = Event("story/HB-1", "saved", "甲", NOW)
        zone.record([story], [zone.existing("place")], expect=zone.version)


def test_ones_own_towns_parcels_may_be_changed_and_no_others(zone: Zone) -> None:
    with office.visiting(acting(Role.EDITOR, units=["T01"])):
        clerk.move(zone, "A-1", "available", seen=zone.version)
        before = zone.version
        with refused("OTHER_UNIT") as told:
            clerk.move(zone, "B-1", "available", seen=zone.version)
        assert "只能改动 崮山镇" in str(told.value)
        assert "B-1（在泊于镇）" in str(told.value)
        with refused("OTHER_UNIT") as told:
            clerk.move(zone, "N-1", "available", seen=zone.version)
        assert "N-1（位置不明）" in str(told.value)
    assert zone.version == before


def test_a_parcel_that_is_not_drawn_lies_nowhere(zone: Zone) -> None:
    with office.visiting(acting(Role.EDITOR, units=["T01"])), refused("OTHER_UNIT"):
        clerk.enter(zone, "A-9")


def test_a_new_parcel_lies_where_its_new_shape_does(zone: Zone) -> None:
    def brought(id_: str, at: tuple[float, float]) -> int:
        drawn = parcels(A_1=GUSHAN, B_1=BOYU, N_1=SEA, **{id_: at})
        events = [
            clerk.draft().entered(id_.replace("_", "-"), "reserve", {"area_m2": 100.0}),
            Event("boundaries/parcel", "replaced", "甲", NOW),
        ]
        return ledger.record(zone, events, seen=zone.version, new=[drawn])

    with office.visiting(acting(Role.EDITOR, units=["T01"])):
        with refused("OTHER_UNIT"):
            brought("A_9", (BOYU[0] + 0.01, BOYU[1]))
        assert brought("A_9", (GUSHAN[0] + 0.01, GUSHAN[1])) == zone.version


def test_a_parcel_cannot_be_carried_into_ones_own_town(zone: Zone) -> None:
    moved = parcels(A_1=GUSHAN, B_1=(GUSHAN[0] + 0.01, GUSHAN[1]), N_1=SEA)
    event = Event("boundaries/parcel", "replaced", "甲", NOW)
    with office.visiting(acting(Role.EDITOR, units=["T01"])), refused("OTHER_UNIT"):
        zone.record([event], [moved], expect=zone.version)


def test_a_batch_with_one_foreign_line_is_refused_whole(zone: Zone) -> None:
    rows = "宗地编号,状态,坐落\nA-1,可供,甲路\nB-1,可供,乙路\n"
    with office.visiting(acting(Role.EDITOR, units=["T01"])):
        run = ledger.dry_run(zone, Sheet(rows.encode(), "a.csv"), by="甲", on=date(2026, 1, 4))
        before = zone.version
        with refused("OTHER_UNIT") as told:
            ledger.commit(zone, run, reason="批量")
    assert [issue.value for issue in told.value.issues] == ["B-1"]
    assert zone.version == before


def test_a_whole_set_is_not_replaced_by_who_keeps_one_town(zone: Zone) -> None:
    visit = acting(Role.EDITOR, units=["T01"])
    again = parcels(replace(PLAIN, title="另一张图"), A_1=GUSHAN, B_1=BOYU, N_1=SEA)
    with office.visiting(visit), refused("OTHER_UNIT"):
        zone.replace(again, by="甲", reason="换图")
    road = zone.existing("road")
    later = replace(road, source=replace(road.source, note="另有说明"))
    with office.visiting(visit), refused("OTHER_UNIT"):
        zone.replace(later, by="甲", reason="换说明")
    with office.visiting(visit), refused("OTHER_UNIT"):
        _raster(zone)
    west = (GUSHAN[0] - 0.01, GUSHAN[1])
    with office.visiting(visit):
        zone.replace(parcels(A_1=west, B_1=BOYU, N_1=SEA), by="甲", reason="测量更正")
    with office.visiting(acting(Role.EDITOR, units=["T01", "T02"])):
        zone.replace(
            parcels(A_1=GUSHAN, B_1=(BOYU[0], BOYU[1] + 0.01), N_1=SEA), by="甲", reason="更正"
        )


def test_a_child_lies_where_its_parent_did(zone: Zone) -> None:
    parcel = ledger.book(zone).supply.parcel("A-1")
    assert parcel is not None
    given = {"A-1a": {"area_m2": 6000.0}, "A-1b": {"area_m2": 4000.0}}
    with office.visiting(acting(Role.EDITOR, units=["T01"])):
        ledger.record(zone, supply.split(clerk.draft(), parcel, given), seen=zone.version)
        clerk.move(zone, "A-1a", "available", seen=zone.version)
    with office.visiting(acting(Role.EDITOR, units=["T02"])), refused("OTHER_UNIT"):
        clerk.move(zone, "A-1b", "available", seen=zone.version)


def test_nobody_touches_or_brings_what_is_above_their_clearance(zone: Zone) -> None:
    secret = parcels(replace(PLAIN, secrecy="机密"), A_1=GUSHAN)
    with office.visiting(acting(Role.EDITOR)), refused("SECRET"):
        zone.replace(secret, by="甲", reason="定密")
    with office.visiting(acting(Role.EDITOR, clearance="机密")):
        zone.replace(secret, by="甲", reason="定密")
    with office.visiting(acting(Role.EDITOR)):
        for what in (parcels(A_1=GUSHAN), parcels(B_1=BOYU)):
            with refused("SECRET") as told:
                zone.seen_by("内部").replace(what, by="甲", reason="不知有此图")
            assert "密级高于" in str(told.value)
        with refused("SECRET"):
            zone.record([Event("parcel/A-1", "amended", "甲", NOW)], expect=zone.version)


def test_a_scenario_run_beside_the_page_is_signed_by_who_began_it(zone: Zone) -> None:
    with office.visiting(acting(Role.VIEWER)):
        run = scenario.begin(zone, scenario.start(zone), scenario.About("甲")).wait(120)
    assert run.fault is not None
    assert run.fault.code == "NOT_ALLOWED"


def test_a_refusal_by_rule_and_one_by_right_are_told_apart() -> None:
    assert not issubclass(RightsError, LedgerError)
