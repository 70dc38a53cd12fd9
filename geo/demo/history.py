"""Events of the invented ledger, in the order in which an office would have recorded them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from geo import measure
from geo.chronicle import CHINA
from geo.demo.life import Life, Stage, Told
from geo.demo.shapes import SEED, Plot
from geo.ledger import supply_rules
from geo.model import Event
from geo.supply import Draft, Ledger, Parcel, renumber, split
from geo.supply.quota import Line, planned

BY = ("示例经办甲", "示例经办乙", "示例经办丙")
SPLIT = 0.4  # of a parcel that is split, by area
_MISTAKES, _FOUND = 15, 40  # days of effect put right later, so many days after
_REASON = "示例数据"
_PAPERED = {move.end for move in supply_rules().moves.values() if move.paper}


def name(number: int) -> str:
    """宗地编号 of an invented parcel."""
    return f"SL-{number:04d}"


def lives(plots: Sequence[Plot], until: date) -> list[Life]:
    """One life for each plot, numbered from 1, told up to a day."""
    told = Told(SEED, until)
    areas = measure.areas_m2(np.array([one.shape for one in plots], dtype=object))
    return [
        Life(i, float(area), plot.ground, told)
        for i, (plot, area) in enumerate(zip(plots, areas, strict=True), 1)
    ]


def events(people: Sequence[Life]) -> Iterator[Event]:
    """Every parcel's walk, and a few pauses; not yet in order of recording."""
    for life in people:
        yield from _walk(life)


def _walk(life: Life) -> Iterator[Event]:
    parcel: Parcel | None = None
    for stage in life.stages():
        draft = _draft(life, stage)
        if parcel is None:
            yield draft.entered(name(life.number), stage.status, stage.fields, example=True)
        else:
            yield draft.moved(parcel, stage.status, stage.fields)
        fields = {} if parcel is None else dict(parcel.fields)
        parcel = Parcel(name(life.number), stage.status, stage.on, fields | dict(stage.fields))
    if life.end == "delivered" and life.number % 5 == 0:
        yield from _pause(life, parcel)


def _draft(life: Life, stage: Stage) -> Draft:
    paper = f"示例文〔{stage.on.year}〕{life.number}号" if stage.status in _PAPERED else ""
    at = recorded(stage.on, life.number, life.until)
    return Draft(supply_rules(), BY[life.number % 3], at, stage.on, _REASON, paper)


def _pause(life: Life, parcel: Parcel | None) -> Iterator[Event]:
    agreed = parcel.fields["agreed_start"] if parcel else None
    if parcel is None or not isinstance(agreed, date) or parcel.since + timedelta(30) > life.until:
        return
    start = parcel.since + timedelta(days=20)
    draft = _draft(life, Stage("delivered", start, {}))
    draft = replace(draft, document=f"示例函〔{start.year}〕{life.number}号")
    yield draft.paused(parcel.id, "government" if life.number % 2 else "force_majeure")
    end = start + timedelta(days=120)
    if end <= life.until:
        at = recorded(end, life.number, life.until)
        yield replace(draft, on=end, at=at).resumed(parcel.id)


def recorded(on: date, number: int, until: date) -> datetime:
    """When an office would have recorded what took effect on a day: within the fortnight.

    Nothing is recorded after the last day, so that all of the story is known then.
    """
    day = max(on, min(on + timedelta(days=number % 15), until))
    moment = datetime.combine(day, time(9 + number % 8, number % 60), CHINA)
    return moment.astimezone(UTC)


def put_right(told: Iterable[Event], after: int) -> list[Event]:
    """Events in the order of recording, the mistakes among them taken back and told again.

    `after` is the number of events recorded before. A start of works was recorded too late by
    some days; weeks later it is withdrawn and recorded anew from the right day.
    """
    order = sorted(told, key=lambda event: event.at)
    again = _again(order)
    out, numbers = list[Event](), dict[int, int]()
    for event in sorted([*order, *(new for _, new in again.values())], key=lambda one: one.at):
        if id(event) in again:
            old = again[id(event)][0]
            reason = f"{_REASON}：生效日登记有误"
            draft = Draft(supply_rules(), event.by, event.at, old.on, reason)
            out.append(draft.withdrawn(old.subject.partition("/")[2], numbers[id(old)]))
        out.append(event)
        numbers[id(event)] = after + len(out)
    return out


def _again(order: Sequence[Event]) -> Mapping[int, tuple[Event, Event]]:
    """What is told again, by its identity: the event that was wrong, and the right one."""
    last = {event.subject: event for event in order}
    until = max(event.at for event in order)
    wrong = [
        event
        for event in last.values()
        if event.data.get("to") == "started" and event.at + timedelta(days=_FOUND) < until
    ]
    made = list[tuple[Event, Event]]()
    for turn, old in enumerate(wrong[:: max(1, len(wrong) // _MISTAKES)][:_MISTAKES]):
        on = (old.on or old.at.date()) - timedelta(days=5 + turn)
        at = old.at + timedelta(days=_FOUND)
        made.append((old, replace(old, on=on, at=at, reason=f"{_REASON}：更正生效日")))
    return {id(new): (old, new) for old, new in made}


def splits(ledger: Ledger, people: Sequence[Life], parts: int = 12) -> list[Event]:
    """Some parcels in reserve are split in two by area on the last day."""
    out = list[Event]()
    due = [life for life in people if life.end in ("reserve", "prepared")][:parts]
    for life in due:
        parcel = ledger.parcel(name(life.number))
        if parcel is None or parcel.area_m2 is None:
            continue
        stage = Stage(life.end, life.until, {})
        draft = replace(_draft(life, stage), document=f"示例分〔{life.until.year}〕{life.number}号")
        first = round(parcel.area_m2 * SPLIT, 2)
        areas = {f"{parcel.id}-1": first, f"{parcel.id}-2": round(parcel.area_m2 - first, 2)}
        out += split(draft, parcel, {id_: {"area_m2": area} for id_, area in areas.items()})
    return out


def renumberings(ledger: Ledger, people: Sequence[Life], count: int = 3) -> list[Event]:
    """Some parcels ready for supply go on under another number from the last day."""
    out = list[Event]()
    for life in [one for one in people if one.end == "available" and not one.sea][:count]:
        parcel = ledger.parcel(name(life.number))
        if parcel is not None:
            paper = f"示例更〔{life.until.year}〕{life.number}号"
            draft = replace(_draft(life, Stage(life.end, life.until, {})), document=paper)
            out += renumber(draft, parcel, f"{parcel.id}R")
    return out


def plans(until: date) -> Iterator[Event]:
    """Plans of supply for the last three years, invented as all else."""
    for year in range(until.year - 2, until.year + 1):
        on = date(year, 1, 10)
        at, paper = recorded(on, 1, until), f"示例计划〔{year}〕1号"
        draft = Draft(supply_rules(), BY[0], at, on, _REASON, paper)
        for use, areas in {"07": (4, 4, 4, 4), "09": (2, 2, 2, 2), "10": (8, 9, 8, 9)}.items():
            for quarter, hectares in enumerate(areas, 1):
                yield planned(draft, year, Line(use, quarter, hectares * 10_000.0))
