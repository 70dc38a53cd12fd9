"""An office that prepares meetings: a few parcels and projects, and what befell them."""

from datetime import UTC, date, datetime
from typing import Any

from geo import briefing, ledger, projects
from geo.meeting import Snapshot
from geo.model import Event
from geo.supply import split
from geo.zone import Zone
from tests.geo.ledger.office import draft, drawn, enter, move

AT = datetime(2026, 1, 5, 2, 15, tzinfo=UTC)
ENTERED = date(2025, 12, 1)  # day of effect of what `tests.geo.ledger.office` enters
FIRST, SECOND = date(2025, 12, 20), date(2026, 1, 5)
SQUARES = {
    "P-1": (0.0, 0.0, 100.0, 100.0),
    "P-2": (200.0, 0.0, 300.0, 100.0),
    "P-3": (400.0, 0.0, 500.0, 100.0),
    "P-4": (600.0, 0.0, 700.0, 100.0),
}
OWNER = "示例业主张三"


def stamp(on: date, why: str = "登记") -> projects.Stamp:
    return projects.Stamp("经办李四", AT, on, why, "文1")


def admitted(id_: str, on: date, **fields: Any) -> Event:
    whole = {"name": f"示例项目{id_}", "name_en": f"Example {id_}", "kind": "industry"}
    whole |= {"lead": "商务局", "owner": OWNER, **fields}
    return projects.admitted(id_, whole, stamp(on), ledger.project_rules())


def record(zone: Zone, *events: Event) -> int:
    return ledger.record(zone, list(events), seen=zone.version)


def begun(zone: Zone) -> None:
    """Four parcels that are drawn, three projects: one on time, one late, one that will leave."""
    enter(zone, *SQUARES)
    ledger.record(zone, [_brought(4)], seen=zone.version, new=[drawn(**SQUARES)])
    early = date(2025, 12, 1)
    record(
        zone,
        *(admitted(id_, early) for id_ in ("X-1", "X-2", "X-3")),
        projects.linked("X-1", ["P-1"], stamp(early)),
        projects.scheduled("X-1", "filed", date(2025, 12, 28), stamp(early)),
        projects.scheduled("X-2", "filed", date(2025, 12, 10), stamp(early)),
    )


def went_on(zone: Zone) -> None:
    """X-1 became late, X-2 made up, X-3 left, X-4 came; P-1 moved, P-2 was split, P-5 came."""
    day = date(2025, 12, 29)
    record(
        zone,
        projects.done("X-2", "filed", stamp(day)),
        projects.exited("X-3", stamp(day, "企业放弃")),
        admitted("X-4", day),
    )
    move(zone, "P-1", "available", zone.version)
    parcel = ledger.book(zone).supply.parcel("P-2")
    assert parcel is not None
    halves = {"P-2-1": {"area_m2": 4_000.0}, "P-2-2": {"area_m2": 6_000.0}}
    cut = split(draft(on=day), parcel, halves)
    record(zone, *cut, draft(on=day).entered("P-5", "reserve", {"area_m2": 10_000.0}))
    squares = {key: box for key, box in SQUARES.items() if key != "P-2"}
    squares |= {"P-2-1": (200.0, 0.0, 240.0, 100.0), "P-2-2": (240.0, 0.0, 300.0, 100.0)}
    squares |= {"P-4": (600.0, 0.0, 700.0, 110.0)}  # ten metres wider to the north
    ledger.record(zone, [_brought(5)], seen=zone.version, new=[drawn(**squares)])


def _brought(count: int) -> Event:
    said = {"grade": "surveyed", "count": count, "source": "测试图"}
    return Event("boundaries/parcel", "replaced", "经办李四", AT, None, said)


def freeze(zone: Zone, as_of: date = FIRST, by: str = "甲", **said: Any) -> Snapshot:
    whole = {"title": "调度会", "held": max(as_of, FIRST), "as_of": as_of, **said}
    return briefing.freeze(zone, by=by, **whole)
