"""Scenarios that are kept: what was asked, what came out, by whom, from which one it was made.

Each is events under ``scenario/<id>``; the allocation is a raw file, kept by its hash.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import numpy as np

from geo import ledger
from geo.allocate import Allocation, Fault, Split, State
from geo.chronicle import CHINA, Entry
from geo.errors import ConflictError, DataError, LedgerError
from geo.model import Event
from geo.scenario import solve, text
from geo.scenario.definition import Definition
from geo.scenario.packing import packed, unpacked
from geo.scenario.prepare import prepare
from geo.scenario.values import Outcome
from geo.zone import Zone

KIND = "scenario/"
SOLVED, RENAMED, NOTED, LOCKED, APPROVED = "solved", "renamed", "noted", "locked", "approved"
_TRIES = 50


@dataclass(frozen=True, slots=True)
class About:
    """Who makes a scenario, from which one, and why."""

    by: str
    parent: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """One scenario as it is kept.

    Parameters
    ----------
    version
        The version of the zone it rests on; it was recorded later.
    inputs
        Hash of all it rests on; the same hash, the same outcome.
    file
        SHA-256 of the allocation.
    result
        Objective, bound, prices and areas (m²) by use, as recorded.
    no_data, no_data_en
        Titles of what it would have looked at, but nobody has brought.
    approved
        Year of the supply plan it went into; None while it is a proposal.
    """

    id: str
    name: str
    note: str
    parent: str
    by: str
    at: datetime
    version: int
    definition: Definition
    inputs: str
    file: str
    state: State
    result: Mapping[str, Any]
    no_data: tuple[str, ...]
    no_data_en: tuple[str, ...]
    example: bool
    locked: bool = False
    approved: int | None = None

    @property
    def on(self) -> date:
        """Day it was made, at the office."""
        return self.at.astimezone(CHINA).date()

    @property
    def gap_pct(self) -> float | None:
        """How far below the best possible it can be at most."""
        found = self.result["gap_pct"]
        return None if found is None else float(found)


def keep(zone: Zone, outcome: Outcome, about: About) -> str:
    """Keep a scenario with its allocation; its new id, e.g. ``PZ-2026-0001``.

    Raises `DataError` SCENARIO_UNFINISHED for a run that was cancelled, PARENT for a parent
    that is not kept.
    """
    if outcome.allocation.state is State.CANCELLED:
        raise DataError("运行已取消，没有可保存的结果，请重新运行", "SCENARIO_UNFINISHED")
    if about.parent:
        kept(zone, about.parent)
    body = packed(outcome)
    data = _data(outcome, about) | {"file": sha256(body).hexdigest()}
    return _recorded(zone, data, about, body)


def clone(zone: Zone, id_: str, name: str, about: About) -> str:
    """The same scenario and allocation under a new id and name, not locked; its parent told."""
    known = kept(zone, id_)
    _named(name)
    data = dict(_first(zone, id_).event.data)
    definition = known.definition.model_copy(update={"name": name})
    data |= {"definition": text.plain(definition), "parent": id_, "note": about.note}
    return _recorded(zone, data, replace(about, parent=id_), b"")


def rename(zone: Zone, id_: str, name: str, *, by: str) -> int:
    """Give a scenario another name; refused once it is locked."""
    _named(name)
    return _said(zone, id_, RENAMED, {"name": name}, by)


def note(zone: Zone, id_: str, words: str, *, by: str) -> int:
    """Write a note to a scenario; refused once it is locked."""
    return _said(zone, id_, NOTED, {"note": words.strip()}, by)


def lock(zone: Zone, id_: str, *, by: str) -> int:
    """Close a scenario to changes, for ever; others can be cloned from it."""
    return _said(zone, id_, LOCKED, {}, by)


def listed(zone: Zone) -> list[Kept]:
    """Every scenario kept, the latest first."""
    found = dict[str, list[Entry]]()
    for entry in _entries(zone):
        found.setdefault(entry.event.subject.removeprefix(KIND), []).append(entry)
    return [_kept(id_, entries) for id_, entries in found.items()][::-1]


def kept(zone: Zone, id_: str) -> Kept:
    """One scenario; raises `DataError` SCENARIO_UNKNOWN."""
    entries = [one for one in _entries(zone) if one.event.subject == KIND + id_]
    if not entries:
        there = "、".join(one.id for one in listed(zone)[:5]) or "无"
        raise DataError(f"没有方案 {id_}，最近的有：{there}，请核对编号", "SCENARIO_UNKNOWN")
    return _kept(id_, entries)


def opened(zone: Zone, id_: str) -> Outcome:
    """A scenario as it came out, on what the zone held then.

    Raises `DataError` STORE_DIGEST where the file of the allocation is lost or of other size.
    """
    known = kept(zone, id_)
    prepared = prepare(zone, known.definition, known.version)
    body = zone.file(known.file)
    if body is None:
        raise DataError(f"方案 {id_} 的配置文件缺失，请从备份恢复", "STORE_DIGEST")
    use = unpacked(body, len(prepared.land), len(prepared.labels), prepared.definition.spans)
    told = known.result
    found = Allocation(
        use=use,
        area_m2=np.array(told["area_m2"]),
        objective=told["objective"],
        bound=told["bound"],
        prices=np.array(told["prices"]),
        short_m2=np.array(told["short_m2"]),
        over_m2=np.array(told["over_m2"]),
        seconds=told["seconds"],
        state=known.state,
        method=told["method"],
        settled=told["settled"],
        boundary_m=told["boundary_m"],
        splits=tuple(Split(*one) for one in told["splits"]),
        faults=tuple(Fault(*one) for one in told["faults"]),
        cost_pct=told["cost_pct"],
    )
    return solve.of_allocation(prepared, found)


def _data(outcome: Outcome, about: About) -> dict[str, Any]:
    prepared, found = outcome.prepared, outcome.allocation
    return {
        "definition": text.plain(prepared.definition),
        "parent": about.parent,
        "note": about.note,
        "version": prepared.version,
        "inputs": prepared.digest,
        "units": len(prepared.land),
        "state": found.state.value,
        "example": prepared.example,
        "no_data": [one.title for one in prepared.no_data],
        "no_data_en": [one.title_en for one in prepared.no_data],
        "told": [one.text for one in outcome.told],
        "result": {
            "uses": list(prepared.problem.uses),
            "objective": found.objective,
            "bound": found.bound if found.gap_pct is not None else None,
            "gap_pct": found.gap_pct,
            "prices": found.prices.tolist(),
            "area_m2": found.area_m2.tolist(),
            "short_m2": found.short_m2.tolist(),
            "over_m2": found.over_m2.tolist(),
            "seconds": found.seconds,
            "method": found.method,
            "settled": found.settled,
            "boundary_m": found.boundary_m,
            "cost_pct": found.cost_pct,
            "splits": [[one.unit, one.use, one.share] for one in found.splits],
            "faults": [[x.code, x.use, x.count, x.area_m2] for x in found.faults],
        },
    }


def _recorded(zone: Zone, data: Mapping[str, Any], about: About, body: bytes) -> str:
    """Record under the next free id; others may be first, then the one after."""
    now = datetime.now(UTC)
    plain = json.loads(json.dumps(data))
    for _ in range(_TRIES):
        held = zone.version
        id_ = _next(zone, now)
        event = Event(KIND + id_, SOLVED, about.by, now, None, plain, about.note)
        try:
            zone.record([event], files=[body] if body else [], expect=held)
        except ConflictError:
            if zone.version == held:
                raise
            continue
        return id_
    raise ConflictError("其他人正在连续保存，方案未保存，请稍后重试")


def _next(zone: Zone, now: datetime) -> str:
    start = f"PZ-{now.astimezone(CHINA).year}-"
    ids = {one.event.subject.removeprefix(KIND) for one in _entries(zone)}
    used = [int(id_.removeprefix(start)) for id_ in ids if id_.startswith(start)]
    return f"{start}{max(used, default=0) + 1:04d}"


def _said(zone: Zone, id_: str, verb: str, data: Mapping[str, Any], by: str) -> int:
    seen = zone.version
    unlocked(kept(zone, id_))
    event = Event(KIND + id_, verb, by, datetime.now(UTC), None, data)
    return ledger.record(zone, [event], seen=seen)


def unlocked(known: Kept) -> None:
    """Raise `LedgerError` SCENARIO_LOCKED for a scenario that is closed to changes."""
    if known.locked:
        told = f"方案 {known.id} 已锁定，不能修改，请复制为新方案后再改"
        raise LedgerError(told, "SCENARIO_LOCKED")


def _named(name: str) -> None:
    if not name.strip() or len(name) > 120:
        raise DataError("方案名称应为 1–120 个字，请改正", "SCENARIO_NAME")


def _entries(zone: Zone) -> list[Entry]:
    return [one for one in ledger.book(zone).entries if one.event.subject.startswith(KIND)]


def _first(zone: Zone, id_: str) -> Entry:
    return next(one for one in _entries(zone) if one.event.subject == KIND + id_)


def _kept(id_: str, entries: Sequence[Entry]) -> Kept:
    event = entries[0].event
    data, later = event.data, {one.event.verb: one.event.data for one in entries[1:]}
    definition = text.checked(data["definition"])
    return Kept(
        id=id_,
        name=str(later.get(RENAMED, {}).get("name", definition.name)),
        note=str(later.get(NOTED, {}).get("note", data["note"])),
        parent=data["parent"],
        by=event.by,
        at=event.at,
        version=data["version"],
        definition=definition,
        inputs=data["inputs"],
        file=data["file"],
        state=State(data["state"]),
        result=data["result"],
        no_data=tuple(data["no_data"]),
        no_data_en=tuple(data.get("no_data_en", data["no_data"])),  # not kept at first
        example=data["example"],
        locked=LOCKED in later or APPROVED in later,
        approved=later.get(APPROVED, {}).get("year"),
    )
