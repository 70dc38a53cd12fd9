"""As of which day, known on which day: the same question has the same answer for ever."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import geopandas as gpd
import pytest

from geo import ledger
from geo.errors import DataError, LedgerError
from geo.ledger import NOW, reckon
from geo.model import Event
from geo.store import open_store
from geo.zone import Zone
from tests.geo.ledger.office import ON, draft, enter, move, raw

JUNE = date(2024, 6, 30)
CELLS = {"area_m2": {"value": 10_000.0, "unit": "㎡"}, "use": {"value": "1001", "unit": ""}}
CELLS["location"] = {"value": "示例路1号", "unit": ""}


def noon(month: int, day: int) -> datetime:
    """Noon at the office, in 2024."""
    return datetime(2024, month, day, 4, tzinfo=UTC)


def year() -> Iterator[Event]:
    """One parcel in 2024. Recorded, and of which day:

    1  1 March      of 20 February   enters 储备
    2  1 July       of 20 June       becomes 可供 …
    3  10 August    of 20 June       … which is taken back:
    4  10 August    of 10 July       it was three weeks later
    5  2 September  of 1 July        the area is 9,900 m², as surveyed before that
    """
    feb, june, july = date(2024, 2, 20), date(2024, 6, 20), date(2024, 7, 10)
    yield raw("P", "entered", {"status": "reserve", "fields": CELLS}, feb, noon(3, 1))
    yield raw("P", "moved", {"to": "available"}, june, noon(7, 1))
    yield raw("P", "withdrawn", {"event": 2}, june, noon(8, 10))
    yield raw("P", "moved", {"to": "available"}, july, noon(8, 10))
    area = {"area_m2": {"value": 9_900.0, "unit": "㎡"}}
    yield raw("P", "amended", {"fields": area}, date(2024, 7, 1), noon(9, 2))


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Zone:
    url = f"sqlite:///{tmp_path_factory.mktemp('year') / 'zone.db'}"
    open_store(url).write(list(year()), expect=0)
    return ledger.open_zone(url)


def seen(zone: Zone, as_of: date | None, known: date | int | None) -> tuple[str, str, float] | None:
    moment = ledger.moment(zone, as_of, known)
    parcel = ledger.book(zone).supply.parcel("P", moment.as_of, moment.known)
    if parcel is None:
        return None
    assert parcel.area_m2 is not None
    return parcel.status, parcel.since.isoformat(), parcel.area_m2


@pytest.mark.parametrize(
    ("as_of", "known", "expected"),
    [
        (JUNE, date(2024, 2, 29), None),  # the day before anything was recorded
        (JUNE, date(2024, 3, 1), ("reserve", "2024-02-20", 10_000.0)),
        (JUNE, date(2024, 6, 30), ("reserve", "2024-02-20", 10_000.0)),
        (JUNE, date(2024, 7, 1), ("available", "2024-06-20", 10_000.0)),
        (JUNE, date(2024, 7, 5), ("available", "2024-06-20", 10_000.0)),
        (JUNE, date(2024, 8, 10), ("reserve", "2024-02-20", 10_000.0)),
        (JUNE, None, ("reserve", "2024-02-20", 10_000.0)),
        (date(2024, 7, 1), None, ("reserve", "2024-02-20", 9_900.0)),
        (date(2024, 7, 1), date(2024, 9, 1), ("reserve", "2024-02-20", 10_000.0)),
        (date(2024, 7, 9), None, ("reserve", "2024-02-20", 9_900.0)),
        (date(2024, 7, 10), None, ("available", "2024-07-10", 9_900.0)),
        (date(2024, 2, 19), None, None),
        (None, None, ("available", "2024-07-10", 9_900.0)),
        (None, 2, ("available", "2024-06-20", 10_000.0)),
        (None, 3, ("reserve", "2024-02-20", 10_000.0)),
        (None, 0, None),
    ],
)
def test_a_day_as_known_on_another(
    zone: Zone, as_of: date | None, known: date | int | None, expected: tuple[str, str, float]
) -> None:
    assert seen(zone, as_of, known) == expected


def test_the_table_and_its_total_ask_of_the_same_moment(zone: Zone) -> None:
    told = reckon.table(zone, ledger.moment(zone, JUNE, date(2024, 7, 5)))
    assert list(told["status"]) == ["available"]
    assert list(told["area_m2"]) == [10_000.0]
    told = reckon.table(zone, NOW)
    assert (list(told["status"]), list(told["area_m2"])) == (["available"], [9_900.0])


def test_what_is_recorded_later_changes_no_answer_given_before(fresh: str) -> None:
    zone = ledger.open_zone(fresh)
    enter(zone, "P-1", "P-2")
    first = zone.version
    asked = [(None, first), (ON, first), (date(2025, 11, 30), first)]
    held = ledger.book(zone).supply
    before = [dict(held.at(as_of, known)) for as_of, known in asked]
    number = move(zone, "P-1", "available", first)
    back = draft(on=date(2025, 11, 1))
    events = [back.withdrawn("P-1", number), back.amended("P-2", {"area_m2": 12_000.0})]
    with pytest.raises(LedgerError, match="尚未入账"):
        ledger.record(zone, events, seen=zone.version)  # P-2 came in December
    ledger.record(zone, events[:1], seen=zone.version)
    ledger.record(zone, [draft().amended("P-2", {"area_m2": 12_000.0})], seen=zone.version)
    held = ledger.book(zone).supply
    assert [dict(held.at(as_of, known)) for as_of, known in asked] == before
    now = held.parcel("P-2")
    assert now is not None
    assert now.area_m2 == 12_000.0


def test_a_version_not_reached_is_refused(zone: Zone) -> None:
    with pytest.raises(DataError, match=f"没有版本 {zone.version + 1}") as refusal:
        ledger.moment(zone, None, zone.version + 1)
    assert refusal.value.code == "VERSION"
    assert ledger.moment(zone, None, zone.version).known == zone.version


def test_the_book_keeps_in_step_and_shares_what_was_not_touched(fresh: str) -> None:
    zone = ledger.open_zone(fresh)
    enter(zone, "P-1", "P-2")
    before = ledger.book(zone)
    assert ledger.book(zone) is before
    move(zone, "P-1", "available", zone.version)
    after = ledger.book(zone)
    assert after.version == before.version + 1 == zone.version
    assert after.supply.parcel("P-2") is before.supply.parcel("P-2")
    assert after.supply.replayed().at() == after.supply.at()


def test_a_new_store_has_no_parcels(store_url: str) -> None:
    zone = ledger.open_zone(store_url)
    assert ledger.book(zone).supply.at() == {}
    assert reckon.table(zone).empty
    assert ledger.faults(zone) == []


def test_parcels_are_placed_in_the_unit_that_holds_most_of_them(demo_url: str) -> None:
    """Against an overlay made by another road: GeoPandas' own, one pair at a time."""
    zone = ledger.open_zone(demo_url)
    parcels = zone.existing("parcel").table.iloc[::40][["id", "geometry"]].to_crs(4550)
    units = zone.existing("unit").table[["id", "geometry"]].to_crs(4550)
    pieces = gpd.overlay(parcels, units, keep_geom_type=True)
    best = pieces.assign(m2=pieces.area).sort_values("m2").groupby("id_1").last()
    found = ledger.places(zone).loc[list(parcels["id"])]
    assert {id_: unit for id_, unit in found["unit"].items() if unit} == dict(best["id_2"])
    assert abs(found["drawn_m2"].to_numpy() / parcels.area.to_numpy() - 1).max() < 2e-4
