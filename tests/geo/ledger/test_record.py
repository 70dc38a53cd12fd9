"""Two people at one ledger: the second is told who was first, and nothing is half written."""

import re
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from geo import ledger
from geo.errors import ConflictError, LedgerError
from geo.ledger.shapes import following
from geo.model import Event
from geo.store import backup, open_tables
from geo.supply import merge, split
from geo.zone import Zone
from tests.geo.ledger.office import LAND, NOW, ON, draft, drawn, enter, move, status
from tests.geo.supply.entries import LEGAL, TABLE


@pytest.fixture(params=["sqlite", "postgis"])
def desks(request: pytest.FixtureRequest) -> Callable[[], Zone]:
    """Each call opens the same store once more, as another process would."""
    name = "fresh" if request.param == "sqlite" else "pg_url"
    url = request.getfixturevalue(name)
    return lambda: ledger.open_zone(url)


@pytest.fixture
def zone(fresh: str) -> Zone:
    return ledger.open_zone(fresh)


def rows(url: str) -> list[Any]:
    """The table of events as it stands in the file."""
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as db:
        return db.execute("select * from event order by seq").fetchall()


def test_the_second_on_one_parcel_is_told_who_when_and_what(desks: Callable[[], Zone]) -> None:
    one, other = desks(), desks()
    seen = enter(one, "P-1")
    assert other.version == seen
    move(one, "P-1", "available", seen, by="李")
    with pytest.raises(ConflictError) as refusal:
        move(other, "P-1", "prepared", seen, by="王")
    for told in ("李", "2026-01-05 10:15", "P-1", "状态变更", "您填写的内容仍在页面上"):
        assert told in str(refusal.value)
    assert other.version == seen + 1
    assert status(other, "P-1") == "available"


def test_whoever_looks_again_may_go_on(desks: Callable[[], Zone]) -> None:
    one, other = desks(), desks()
    seen = enter(one, "P-1")
    now = move(one, "P-1", "available", seen)
    assert move(other, "P-1", "reserve", now) == now + 1
    assert status(one, "P-1") == "reserve"


def test_work_on_different_parcels_does_not_meet(desks: Callable[[], Zone]) -> None:
    one, other = desks(), desks()
    seen = enter(one, "P-1", "P-2")
    move(one, "P-1", "available", seen, by="李")
    move(other, "P-2", "prepared", seen, by="王")  # has not seen what 李 did, nor needs to
    assert (status(one, "P-1"), status(one, "P-2")) == ("available", "prepared")
    assert one.version == seen + 2
    assert list(one.verify()) == []


def together(acts: list[Callable[[], object]]) -> list[BaseException | None]:
    """Do things at the same moment; what came of each."""
    gate, out = threading.Barrier(len(acts)), list[BaseException | None]([None] * len(acts))

    def act(place: int) -> None:
        gate.wait()
        try:
            acts[place]()
        except (ConflictError, LedgerError) as error:
            out[place] = error

    threads = [threading.Thread(target=act, args=(place,)) for place in range(len(acts))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return out


def test_of_threads_on_one_parcel_one_succeeds(fresh: str) -> None:
    zones = [ledger.open_zone(fresh) for _ in range(4)]
    seen = enter(zones[0], "P-1")
    ends = ("available", "prepared", "available", "prepared")
    found = together(
        [
            lambda zone=zone, to=to: move(zone, "P-1", to, seen)  # type: ignore[misc]
            for zone, to in zip(zones, ends, strict=True)
        ]
    )
    assert sorted(type(one).__name__ for one in found) == ["ConflictError"] * 3 + ["NoneType"]
    assert zones[0].version == seen + 1
    assert status(zones[1], "P-1") == ends[found.index(None)]


def test_of_threads_on_their_own_parcels_all_succeed(fresh: str) -> None:
    zones = [ledger.open_zone(fresh) for _ in range(4)]
    ids = [f"P-{number}" for number in range(4)]
    seen = enter(zones[0], *ids)

    def walk(zone: Zone, id_: str) -> None:
        for to in ("available", "reserve", "prepared"):
            move(zone, id_, to, zone.version)

    acts = [
        lambda zone=zone, id_=id_: walk(zone, id_)  # type: ignore[misc]
        for zone, id_ in zip(zones, ids, strict=True)
    ]
    assert together(acts) == [None] * 4
    assert zones[0].version == seen + 12
    assert [status(zones[3], id_) for id_ in ids] == ["prepared"] * 4
    assert list(zones[0].verify()) == []
    assert ledger.faults(zones[0]) == []


def test_two_processes_of_one_book_do_not_share_it(fresh: str) -> None:
    one, other = ledger.open_zone(fresh), ledger.open_zone(fresh)
    enter(one, "P-1")
    assert ledger.book(one).supply.parcel("P-1") == ledger.book(other).supply.parcel("P-1")


@pytest.mark.parametrize("end", [key for key in TABLE["status"] if ("reserve", key) not in LEGAL])
def test_an_illegal_move_is_refused_with_the_allowed_ones_and_changes_nothing(
    fresh: str, end: str
) -> None:
    zone = ledger.open_zone(fresh)
    seen, before = enter(zone, "P-1"), rows(fresh)
    with pytest.raises(LedgerError) as refusal:
        move(zone, "P-1", end, seen)
    allowed = [TABLE["status"][to]["name"] for start, to in LEGAL if start == "reserve"]
    assert allowed == ["批而未供", "整理", "可供"]
    assert all(name in str(refusal.value).split("可转为：")[1] for name in allowed)
    assert (zone.version, rows(fresh)) == (seen, before)
    assert status(zone, "P-1") == "reserve"


def test_one_illegal_event_refuses_its_whole_write(fresh: str) -> None:
    zone = ledger.open_zone(fresh)
    seen, before = enter(zone, "P-1", "P-2"), rows(fresh)
    held = ledger.book(zone).supply
    one, two = held.parcel("P-1"), held.parcel("P-2")
    assert one is not None
    assert two is not None
    events = [
        draft().moved(one, "available"),
        draft().moved(two, "producing"),
        draft().entered("P-3", "reserve", LAND),
    ]
    with pytest.raises(LedgerError) as refusal:
        ledger.record(zone, events, seen=seen, files=[b"paper"])
    assert [(one.code, one.row) for one in refusal.value.issues] == [("MOVE", 2)]
    assert rows(fresh) == before
    assert zone.version == seen


def test_every_fault_of_a_write_is_told_at_once(zone: Zone) -> None:
    seen = enter(zone, "P-1", "P-2")
    held = ledger.book(zone).supply
    parcels = [held.parcel(id_) for id_ in ("P-1", "P-2")]
    events = [draft(document="").moved(one, "approved") for one in parcels if one]
    with pytest.raises(LedgerError) as refusal:
        ledger.record(zone, events, seen=seen)
    told = {(issue.row, issue.code) for issue in refusal.value.issues}
    assert told == {(row, code) for row in (1, 2) for code in ("PAPER", "NEEDS")}


def test_a_withdrawal_that_would_leave_an_illegal_life_is_refused(zone: Zone) -> None:
    enter(zone, "P-1")
    first = move(zone, "P-1", "available", zone.version)
    move(zone, "P-1", "reserve", zone.version)
    with pytest.raises(LedgerError):
        ledger.record(zone, [draft().withdrawn("P-1", first)], seen=zone.version)
    assert status(zone, "P-1") == "reserve"


def test_undo_is_one_more_event(zone: Zone) -> None:
    enter(zone, "P-1")
    number = move(zone, "P-1", "available", zone.version)
    ledger.record(zone, [draft("王").withdrawn("P-1", number)], seen=zone.version)
    assert status(zone, "P-1") == "reserve"
    verbs = [one.verb for one in zone.events("parcel/P-1")]
    assert verbs == ["entered", "moved", "withdrawn"]


# ---- shapes -------------------------------------------------------------------------------------

APART = {"P-1": (0.0, 0.0, 100.0, 100.0), "P-2": (100.0, 0.0, 200.0, 100.0)}
OVER = APART | {"P-2": (90.0, 0.0, 200.0, 100.0)}  # 10 m × 100 m too much
HAIR = APART | {"P-2": (99.995, 0.0, 200.0, 100.0)}  # 0.5 m²: from rounded corners


def put(zone: Zone, squares: dict[str, tuple[float, float, float, float]]) -> int:
    return zone.replace(drawn(**squares), by="测绘", reason="测试")


def test_a_parcel_that_would_lie_on_another_is_refused(fresh: str) -> None:
    zone = ledger.open_zone(fresh)
    put(zone, OVER)
    seen = enter(zone, "P-1")
    before = rows(fresh)
    with pytest.raises(LedgerError) as refusal:
        enter(zone, "P-2")
    assert refusal.value.code == "OVERLAP"
    assert "P-1" in str(refusal.value)
    assert "P-2" in str(refusal.value)
    told = re.search(r"重叠 ([\d,.]+)㎡", str(refusal.value))
    assert told is not None
    assert abs(float(told[1].replace(",", "")) - 1_000) < 1  # in the plane, off the meridian
    assert (zone.version, rows(fresh)) == (seen, before)


@pytest.mark.parametrize("squares", [APART, HAIR])
def test_parcels_that_touch_or_share_a_hair_are_kept(
    zone: Zone, squares: dict[str, tuple[float, float, float, float]]
) -> None:
    put(zone, squares)
    enter(zone, "P-1", "P-2")
    assert ledger.wrong(zone) == []


def test_shapes_that_come_with_events_are_held_against_live_parcels(zone: Zone) -> None:
    enter(zone, "P-1", "P-2")
    event = Event("boundaries/parcel", "replaced", "测绘", NOW, ON, {"count": 2}, "实测")
    with pytest.raises(LedgerError) as refusal:
        ledger.record(zone, [event], seen=zone.version, new=[drawn(**OVER)])
    assert refusal.value.code == "OVERLAP"
    ledger.record(zone, [event], seen=zone.version, new=[drawn(**APART)])
    assert ledger.wrong(zone) == []


def test_an_old_overlap_elsewhere_stops_nobody(zone: Zone) -> None:
    far = {"P-3": (500.0, 0.0, 600.0, 100.0), "P-4": (600.0, 0.0, 700.0, 100.0)}
    put(zone, APART | far)
    enter(zone, *APART, *far)
    put(zone, OVER | far)  # a set may come in from a bureau as it is; the fault is told
    assert [issue.code for issue in ledger.wrong(zone)] == ["OVERLAP"]
    merged(zone, "P-3", "P-4")
    assert status(zone, "M-1") == "reserve"
    assert [issue.code for issue in ledger.wrong(zone)] == ["OVERLAP"]


def merged(zone: Zone, *ids: str) -> None:
    held = ledger.book(zone).supply
    events = merge(draft(), [one for id_ in ids if (one := held.parcel(id_))], "M-1")
    new, told = following(zone, events)
    ledger.record(zone, [*events, *told], seen=zone.version, new=new)


def test_a_merged_parcel_is_drawn_as_the_union_and_the_old_shapes_stay(zone: Zone) -> None:
    put(zone, APART)
    before = enter(zone, *APART)
    merged(zone, *APART)
    known = zone.existing("parcel").table.set_index("id")
    assert list(known.index) == ["P-1", "P-2", "M-1"]
    assert known.geometry["M-1"].equals(known.geometry["P-1"].union(known.geometry["P-2"]))
    live = [id_ for id_, one in ledger.book(zone).supply.at().items() if one.live]
    assert live == ["M-1"]
    assert ledger.wrong(zone) == []
    assert len(zone.existing("parcel", before).table) == 2


def test_a_split_may_lie_where_its_parent_lay(zone: Zone) -> None:
    halves = {"A": (0.0, 0.0, 50.0, 100.0), "B": (50.0, 0.0, 100.0, 100.0)}
    put(zone, {"P-1": (0.0, 0.0, 100.0, 100.0), **halves})
    enter(zone, "P-1")
    parcel = ledger.book(zone).supply.parcel("P-1")
    assert parcel is not None
    events = split(draft(), parcel, {id_: {"area_m2": 5_000.0} for id_ in halves})
    ledger.record(zone, events, seen=zone.version)
    assert ledger.wrong(zone) == []


def test_two_who_bring_other_shapes_are_told_of_each_other(zone: Zone) -> None:
    put(zone, APART)
    seen = zone.version
    event = Event("boundaries/parcel", "replaced", "王", NOW, ON, {"count": 2}, "实测")
    put(zone, HAIR)
    with pytest.raises(ConflictError, match="测绘"):
        ledger.record(zone, [event], seen=seen, new=[drawn(**APART)])


# ---- the store behind it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        (["update event set data = replace(data, 'available', 'producing') where seq = {n}"],
         "EVENT_EDITED"),
        (["delete from event where seq = {n}"], "EVENT_MISSING"),
        (["update event set seq = -1 where seq = {n}",
          "update event set seq = {n} where seq = {n} + 1",
          "update event set seq = {n} + 1 where seq = -1"], "EVENT_EDITED"),
        (["update event set seq = -seq where seq > {n}",
          "update event set seq = 1 - seq where seq < 0",
          "insert into event select {n} + 1, subject, verb, \"by\", at, \"on\", data, reason,"
          " document, holds, prev, hash from event where seq = {n}"], "EVENT_EDITED"),
    ],
    ids=["edited", "deleted", "swapped", "inserted"],
)  # fmt: skip
def test_verify_names_what_was_done_to_events_of_a_parcel(
    fresh: str, statements: list[str], code: str
) -> None:
    zone = ledger.open_zone(fresh)
    enter(zone, "P-1")
    number = move(zone, "P-1", "available", zone.version)
    move(zone, "P-1", "reserve", zone.version)
    move(zone, "P-1", "prepared", zone.version)
    assert list(zone.verify()) == []
    with closing(sqlite3.connect(fresh.removeprefix("sqlite:///"))) as db:
        for one in statements:
            db.execute(one.format(n=number))
        db.commit()
    found = {(issue.code, issue.row) for issue in zone.verify()}
    assert code in {one for one, _ in found}
    assert {row for _, row in found} & {number, number + 1}


def test_a_cut_tail_of_the_ledger_shows_against_a_head_noted_earlier(fresh: str) -> None:
    zone = ledger.open_zone(fresh)
    enter(zone, "P-1")
    number = move(zone, "P-1", "available", zone.version)
    noted = open_tables(fresh).head
    with closing(sqlite3.connect(fresh.removeprefix("sqlite:///"))) as db:
        db.execute(f"delete from event where seq >= {number}")
        db.commit()
    (issue,) = open_tables(fresh).verify(noted)
    assert issue.code == "EVENT_TAIL"
    assert str(number) in issue.message


def test_what_was_put_back_from_a_backup_is_folded_afresh(fresh: str, tmp_path: Path) -> None:
    zone = ledger.open_zone(fresh)
    enter(zone, "P-1")
    backup.backup(open_tables(fresh), tmp_path / "kept.db")
    move(zone, "P-1", "available", zone.version)
    assert status(zone, "P-1") == "available"
    del zone
    backup.restore(tmp_path / "kept.db", fresh, force=True)
    assert status(ledger.open_zone(fresh), "P-1") == "reserve"


def test_what_happens_in_the_future_is_refused(zone: Zone) -> None:
    late = draft(on=date(2026, 1, 6), at=datetime(2026, 1, 5, 15, 59, tzinfo=UTC))
    with pytest.raises(LedgerError, match="生效日晚于登记日 2026-01-05"):
        ledger.record(zone, [late.entered("P-1", "reserve", LAND)], seen=zone.version)
    midnight = draft(on=date(2026, 1, 6), at=datetime(2026, 1, 5, 16, 1, tzinfo=UTC))
    ledger.record(zone, [midnight.entered("P-1", "reserve", LAND)], seen=zone.version)
