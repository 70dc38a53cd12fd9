"""The annual plan of land supply by use and quarter, held against what was supplied.

The plan is events, too: subject ``plan/<year>``, verb ``planned``; a later line for the same
use, quarter and way of supply takes the place of the earlier. Uses are compared by first-level
class (自然资发〔2023〕234号); a use that spans several (`0701/0901`) is a use of its own.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geo.chronicle import Entry, standing
from geo.errors import DataError, Issue
from geo.model import Event
from geo.supply.entry import Draft
from geo.supply.ledger import Ledger
from geo.supply.values import Parcel

KIND = "plan/"
QUARTERS = (1, 2, 3, 4)
_SUPPLIED = {"supplied", "built", "alert"}  # phases of parcels that have been supplied


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a year's plan: so much of a use in a quarter, by a way of supply if told."""

    use: str
    quarter: int
    area_m2: float
    method: str = ""


@dataclass(frozen=True, slots=True)
class Supply:
    """One parcel supplied on a day; `use` is empty and the area None where not registered."""

    parcel: str
    on: date
    use: str
    area_m2: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Plan and actual, m²; actual and what follows are None for what has not begun.

    `pct` is the deviation by the plan, None where nothing was planned.
    """

    plan_m2: float
    actual_m2: float | None

    @property
    def deviation_m2(self) -> float | None:
        """Actual less plan."""
        return None if self.actual_m2 is None else self.actual_m2 - self.plan_m2

    @property
    def pct(self) -> float | None:
        """Deviation in percent of the plan."""
        off = self.deviation_m2
        return None if off is None or not self.plan_m2 else 100 * off / self.plan_m2


@dataclass(frozen=True, slots=True)
class UseRow:
    """One use over the year: four quarters, each with the year up to its end, and the year.

    The year's plan is all of it, so that its deviation is what is still to be supplied.
    """

    use: str
    planned: bool
    quarters: tuple[Gap, ...]
    so_far: tuple[Gap, ...]
    year: Gap


@dataclass(frozen=True, slots=True)
class Quota:
    """A year's plan against its actual, as of a day.

    Parameters
    ----------
    states
        closed, open or future, for each quarter.
    rows, total
        By use; the rows add up to the total.
    unplanned
        Uses supplied that the plan does not name.
    blank, no_use
        Parcels supplied in the year whose area or use is not registered; those without an area
        are in no sum.
    """

    year: int
    day: date
    states: tuple[str, ...]
    rows: tuple[UseRow, ...]
    total: UseRow
    unplanned: tuple[str, ...]
    blank: tuple[str, ...]
    no_use: tuple[str, ...]


def first_level(use: str) -> str:
    """First-level class of a use, several joined with `/`; empty where there is none."""
    return "/".join(sorted({code.strip()[:2] for code in use.split("/") if code.strip()}))


def planned(draft: Draft, year: int, line: Line) -> Event:
    """The event that plans a line; raises `DataError` PLAN_LINE with all that is wrong."""
    faults = {
        "year": ("年份", year, 1990 <= year <= 2100),
        "quarter": ("季度", line.quarter, line.quarter in QUARTERS),
        "use": ("用途代码", line.use, line.use in draft.rules.uses),
        "area_m2": ("面积", line.area_m2, math.isfinite(line.area_m2) and line.area_m2 >= 0),
        "method": ("供地方式", line.method, line.method in {"", *draft.rules.methods}),
    }
    issues = [
        Issue("PLAN_LINE", f"{name} {value} 不能用于供应计划，请更正", field=key, value=str(value))
        for key, (name, value, good) in faults.items()
        if not good
    ]
    if issues:
        raise DataError("；".join(issue.message for issue in issues), "PLAN_LINE", issues)
    data = {"use": line.use, "quarter": line.quarter, "area_m2": line.area_m2}
    data |= {"method": line.method} if line.method else {}
    return Event(
        f"{KIND}{year}",
        "planned",
        draft.by,
        draft.at,
        draft.on,
        data,
        draft.reason,
        draft.document,
    )


def plan(
    entries: Iterable[Entry], year: int, as_of: date | None = None, known: int | None = None
) -> tuple[Line, ...]:
    """Lines of a year's plan that hold on a day, as known at a version, by use and quarter."""
    lines = dict[tuple[str, int, str], Line]()
    for entry in standing([e for e in entries if e.event.subject == f"{KIND}{year}"], known):
        if entry.event.verb == "planned" and (as_of is None or entry.on <= as_of):
            data = entry.event.data
            line = Line(data["use"], data["quarter"], data["area_m2"], data.get("method", ""))
            lines[line.use, line.quarter, line.method] = line
    return tuple(lines[key] for key in sorted(lines))


def supplies(
    ledger: Ledger, day: date, known: int | None = None, status: str = "supplied"
) -> list[Supply]:
    """Every supply up to a day: each move to `status`, on the day it takes effect.

    A parcel that entered the ledger when it had been supplied already counts on the day of its
    contract, if that is registered; one that came out of others was supplied with those.
    """
    told = ledger.known(known)
    found = [one for id_ in told.at(day) for one in _of(told, id_, status)]
    return sorted((one for one in found if one.on <= day), key=lambda one: (one.on, one.parcel))


def _of(ledger: Ledger, id_: str, status: str) -> Iterable[Supply]:
    for step in ledger.history(id_):
        event, after = step.entry.event, step.after
        if after is None:
            continue
        if event.verb == "moved" and after.status == status:
            yield _supply(after, step.entry.on)
        elif event.verb == "entered" and not after.parents:
            signed, known = after.fields.get("contract_on"), ledger.rules.statuses
            phase = known[after.status].phase if after.status in known else ""
            if phase in _SUPPLIED and isinstance(signed, date):
                yield _supply(after, signed)


def _supply(parcel: Parcel, on: date) -> Supply:
    return Supply(parcel.id, on, str(parcel.fields.get("use") or ""), parcel.area_m2)


def compare(lines: Sequence[Line], supplied: Iterable[Supply], year: int, day: date) -> Quota:
    """A year's plan against what was supplied in it up to a day."""
    within = [one for one in supplied if one.on.year == year and one.on <= day]
    plans = _sums((first_level(line.use), line.quarter, line.area_m2) for line in lines)
    actuals = _sums(
        (first_level(one.use), (one.on.month + 2) // 3, one.area_m2 or 0.0) for one in within
    )
    states = tuple(_state(year, quarter, day) for quarter in QUARTERS)
    nothing = (0.0, 0.0, 0.0, 0.0)
    rows = tuple(
        _row(use, (plans.get(use, nothing), actuals.get(use, nothing)), states, use in plans)
        for use in sorted(plans.keys() | actuals.keys())
    )
    whole = _added(plans.values()), _added(actuals.values())
    return Quota(
        year,
        day,
        states,
        rows,
        _row("", whole, states, bool(plans)),
        tuple(sorted(actuals.keys() - plans.keys())),
        tuple(one.parcel for one in within if one.area_m2 is None),
        tuple(one.parcel for one in within if not one.use),
    )


_Four = tuple[float, ...]


def _sums(parts: Iterable[tuple[str, int, float]]) -> dict[str, _Four]:
    """Sum of each quarter by use; what has no area counts for nothing here and is told apart."""
    found = dict[str, list[list[float]]]()
    for use, quarter, area in parts:
        found.setdefault(use, [[], [], [], []])[quarter - 1].append(area)
    return {use: tuple(map(math.fsum, quarters)) for use, quarters in found.items()}


def _added(rows: Iterable[_Four]) -> _Four:
    return tuple(map(math.fsum, zip((0.0,) * 4, *rows, strict=True)))


def _state(year: int, quarter: int, day: date) -> str:
    """Closed from its last day on, open from its first."""
    start = date(year, 3 * quarter - 2, 1)
    end = (date(year, 3 * quarter, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return "future" if day < start else "closed" if day >= end else "open"


def _row(use: str, given: tuple[_Four, _Four], states: tuple[str, ...], planned: bool) -> UseRow:
    plans, actuals = given
    begun = [state != "future" for state in states]
    ends = range(1, len(QUARTERS) + 1)
    return UseRow(
        use,
        planned,
        tuple(Gap(p, a if on else None) for p, a, on in zip(plans, actuals, begun, strict=True)),
        tuple(
            Gap(math.fsum(plans[:end]), math.fsum(actuals[:end]) if begun[end - 1] else None)
            for end in ends
        ),
        Gap(math.fsum(plans), math.fsum(actuals) if begun[0] else None),
    )
