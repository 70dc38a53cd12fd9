"""The demonstration store: invented, marked as such, the same at every run, without a fault."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
import shapely

from geo import briefing, demo, ledger, measure
from geo.__main__ import main
from geo.chronicle import CHINA
from geo.errors import DataError, StoreError
from geo.ledger import reckon
from geo.model import Event
from geo.store import open_store
from geo.zone import EXAMPLE, SYSTEM, Zone
from tests.geo.conftest import UNTIL

MEETINGS = 2
SEA = [f"SL-{number:04d}" for number in range(1_201, 1_211)]


@pytest.fixture(scope="module")
def zone(demo_url: str) -> Zone:
    return ledger.open_zone(demo_url)


@pytest.fixture(scope="module")
def story(zone: Zone) -> Sequence[Event]:
    """Its events but those that every new store receives at the end, and its two meetings."""
    events = zone.events()[:-MEETINGS]
    seeds = sum(one.by == SYSTEM and not one.subject.endswith("/example") for one in events) - 1
    return events[: len(events) - seeds]


def fingerprint(zone: Zone, count: int) -> str:
    told = [
        [one.subject, one.verb, one.by, one.at.isoformat(), str(one.on), one.data, one.reason]
        for one in zone.events()[:count]
    ]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    shapes = zone.existing("parcel").table
    body = text.encode() + b"".join(shapely.to_wkb(shapes.geometry.to_numpy()))
    return hashlib.sha256(body + "".join(shapes["id"]).encode()).hexdigest()


def test_a_second_run_from_a_shell_tells_the_same_story(
    zone: Zone, story: Sequence[Event], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'again.db'}"
    assert main(["demo", "--until", UNTIL.isoformat(), "--store", url, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"place": "again.db", "parcels": 1_237, "version": zone.version}
    assert fingerprint(ledger.open_zone(url), len(story)) == fingerprint(zone, len(story))


def test_the_story_ends_on_its_last_day_whatever_the_day_is_today(
    zone: Zone, story: Sequence[Event]
) -> None:
    assert story[0].subject == EXAMPLE
    assert max(one.at.astimezone(CHINA).date() for one in story) == UNTIL
    assert max(one.on for one in story if one.on) == UNTIL
    lineage = 12 * 3 + 3 * 2  # events of the last day, told at the end
    told = [one.at for one in story[:-lineage]]  # an office records one thing after another
    assert all(one <= after for one, after in pairwise(told))
    recorded = [one for one in story if one.on and one.subject.startswith(("parcel/", "project/"))]
    late = [(one.at.astimezone(CHINA).date() - one.on).days for one in recorded if one.on]
    assert min(late) == 0
    assert Counter(days > 14 for days in late)[True] == 30  # fifteen mistakes, each put right


def test_it_holds_some_1200_parcels_on_land_and_ten_at_sea(zone: Zone) -> None:
    parcels = ledger.book(zone).supply.at()
    live = {id_: one for id_, one in parcels.items() if one.live}
    assert len(live) == 1_222
    assert sorted(id_ for id_, one in live.items() if one.realm == "sea") == SEA
    ends = Counter("R" in id_ or "-1" in id_[7:] or "-2" in id_[7:] for id_ in live)
    assert ends[True] == 3 + 2 * 12  # new numbers, and halves
    assert len(parcels) == 1_210 + 27


def test_every_stage_and_every_way_to_correct_is_shown(zone: Zone, story: Sequence[Event]) -> None:
    rules = ledger.supply_rules()
    assert {one.status for one in ledger.book(zone).supply.at().values()} == set(rules.statuses)
    verbs = Counter(one.verb for one in story if one.subject.startswith("parcel/"))
    assert (verbs["split"], verbs["renumbered"], verbs["withdrawn"]) == (12, 3, 15)
    assert verbs["paused"] >= verbs["resumed"] > 0
    held = ledger.book(zone).register.at(UNTIL)
    made_up = [one for one in held.values() if one.example]
    assert {one.colour.value for one in made_up} == {"red", "yellow", "green"}


def test_nothing_in_it_is_wrong(zone: Zone) -> None:
    assert ledger.faults(zone) == []
    assert list(zone.verify()) == []


def test_two_meetings_half_a_year_apart_tell_what_changed(zone: Zone) -> None:
    first, second = briefing.snapshots(zone)
    assert (str(first.as_of), second.as_of) == ("2025-12-31", UNTIL)
    assert {one.title.zh[:2] for one in (first, second)} == {"示例"}
    assert first.by[:2] == "示例"
    assert briefing.faults(zone) == []
    kinds = Counter((one.set, one.kind.value) for one in briefing.changes(zone, 2).rows)
    assert kinds["project", "late"] > 0
    assert kinds["project", "recovered"] > 0
    assert kinds["parcel", "split"] == 12  # all of them on the last day
    assert kinds["parcel", "renumbered"] == 3


def test_all_of_it_is_marked(zone: Zone, story: Sequence[Event]) -> None:
    assert zone.example
    assert all(one.example for one in ledger.book(zone).supply.at().values())
    assert all(
        one.example for id_, one in ledger.book(zone).register.at(UNTIL).items() if id_[:3] == "SLX"
    )
    known = zone.existing("parcel")
    assert known.table["name"].str.startswith("示例").all()
    assert set(known.table["grade"]) == {"schematic"}
    assert "不对应任何真实宗地" in known.source.title
    persons = [one for one in story if one.by != SYSTEM]
    assert {one.by[:2] for one in persons} == {"示例"}
    assert {one.reason[:4] for one in persons} == {"示例数据"}
    assert {one.document[:2] for one in persons} <= {"示例", ""}
    texts = ("project", "grantee", "location", "batch", "approval_document")
    parcels = ledger.book(zone).supply.at().values()
    assert {str(one.fields[key])[:2] for one in parcels for key in texts if key in one.fields} == {
        "示例"
    }


def test_a_store_of_an_office_is_not_marked(store_url: str) -> None:
    assert not ledger.open_zone(store_url).example


def test_parcels_stand_where_they_may(zone: Zone) -> None:
    """Against the shipped sets: land within the zone and off the water, sea in the sea."""
    table = zone.existing("parcel").table.set_index("id").geometry

    def whole(name: str) -> shapely.Geometry:
        return shapely.union_all(list(zone.existing(name).table.geometry))

    land, sea = table.drop(SEA), table[SEA]
    assert land.within(whole("zone")).all()
    assert not land.intersects(whole("water")).any()
    assert sea.within(whole("sea")).all()
    assert not sea.intersects(whole("zone")).any()
    near = measure.to_plane(whole("zone")).buffer(2_000)
    assert all(near.contains(measure.to_plane(one)) for one in sea)


def test_registered_areas_are_those_of_the_shapes(zone: Zone) -> None:
    found = reckon.table(zone)
    assert abs(found["area_m2"] - found["drawn_m2"]).max() < 1.0  # lineage rounds to 0.01 m²
    assert found["area_m2"].between(1_000, 120_000).all()


def test_uses_at_sea_are_uses_of_the_sea(zone: Zone) -> None:
    held = ledger.book(zone).supply
    for id_ in SEA:
        parcel = held.parcel(id_)
        assert parcel is not None
        assert str(parcel.fields["use"])[:2] in {"18", "19", "20", "21"}
        assert "batch" not in parcel.fields  # nothing is converted at sea


def test_corrections_make_what_was_known_differ_from_what_is_known(zone: Zone) -> None:
    """Each start of works put right was known later than it was true."""
    held = ledger.book(zone).supply
    entries = {one.number: one for one in ledger.book(zone).entries}
    backs = [
        one for one in entries.values()
        if one.event.verb == "withdrawn" and one.event.subject.startswith("parcel/")
    ]  # fmt: skip
    assert len(backs) == 15
    for back in backs:
        wrong, right = entries[back.event.data["event"]], entries[back.number + 1]
        assert wrong.event.subject == right.event.subject == back.event.subject
        assert (wrong.event.data, wrong.event.by) == (right.event.data, right.event.by)
        assert right.on < wrong.on <= wrong.recorded < back.recorded == right.recorded
        id_ = back.event.subject.removeprefix("parcel/")
        before, now = held.parcel(id_, right.on, back.number - 1), held.parcel(id_, right.on)
        assert before is not None
        assert now is not None
        assert (before.status, now.status) == ("delivered", "started")


def test_a_store_that_holds_anything_is_refused(fresh: str, demo_url: str) -> None:
    for url in (fresh, demo_url):
        before = open_store(url).version
        with pytest.raises(StoreError, match=f"已有 {before} 条记录") as refusal:
            demo.made(url, UNTIL)
        assert refusal.value.code == "DEMO_STORE"
        assert open_store(url).version == before


@pytest.mark.parametrize("until", [date(2018, 12, 31), date(9999, 1, 1)])
def test_a_story_cannot_end_in_the_future_or_before_it_can_begin(
    tmp_path: Path, until: date
) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    with pytest.raises(DataError, match=str(until)) as refusal:
        demo.made(url, until)
    assert refusal.value.code == "DEMO_UNTIL"
    assert open_store(url).version == 0
