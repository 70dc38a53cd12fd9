"""A scenario becomes the year's plan of supply: the difference first, then one transaction."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from geo import ledger
from geo.allocate import State
from geo.errors import DataError, LedgerError
from geo.model import Event
from geo.scenario import shelf
from geo.scenario.shelf import APPROVED, KIND, Kept
from geo.supply import Draft
from geo.supply.quota import Line, plan, planned
from geo.zone import Zone

_CENT = 2  # decimals of a m² in the plan


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the year's plan: m² now (None: none yet) and m² after; same quarter and use."""

    use: str
    quarter: int
    old_m2: float | None
    new_m2: float

    @property
    def changed(self) -> bool:
        """Whether approving writes this line."""
        return self.old_m2 != self.new_m2


@dataclass(frozen=True, slots=True)
class Preview:
    """What approving would write: `seen` is the version it was reckoned at.

    `untouched` are lines of the year's plan for uses or quarters the scenario says nothing of.
    """

    id: str
    year: int
    steps: tuple[Step, ...]
    untouched: tuple[Line, ...]
    seen: int


@dataclass(frozen=True, slots=True)
class Approver:
    """Who approves, on which paper, from which day; None for today."""

    by: str
    document: str
    on: date | None = None
    reason: str = "方案批准"


def preview(zone: Zone, id_: str, year: int | None = None, quarter: int = 4) -> Preview:
    """Lines of the supply plan that a scenario would set, against those there are.

    A scenario with periods gives each of its years its own land, so `year` must be one of
    them; else `year` is free. Raises `DataError` APPROVE_YEAR.
    """
    seen = zone.version
    known = shelf.kept(zone, id_)
    period = _period(known, year)
    when = year or known.definition.periods[period]
    held = plan(ledger.book(zone).entries, when)
    there = {line.use: line.area_m2 for line in held if line.quarter == quarter and not line.method}
    sums = _areas(known, period)
    steps = tuple(Step(use, quarter, there.get(use), m2) for use, m2 in sorted(sums.items()))
    mine = {(one.use, one.quarter) for one in steps}
    rest = tuple(line for line in held if (line.use, line.quarter) not in mine or line.method)
    return Preview(id_, when, steps, rest, seen)


def approve(zone: Zone, shown: Preview, who: Approver) -> int:
    """Write exactly the difference that was shown, and lock the scenario; the new version.

    Raises
    ------
    LedgerError
        SCENARIO_EXAMPLE for a scenario on 示例 land, unless the whole store is an example;
        SCENARIO_LOCKED, SCENARIO_FAILED; APPROVE_PAPER without a document.
    ConflictError
        Someone changed the year's plan or the scenario after it was shown.
    """
    known = shelf.kept(zone, shown.id)
    _allowed(zone, known, who)
    now = datetime.now(UTC)
    draft = Draft(ledger.supply_rules(), who.by, now, who.on, who.reason, who.document)
    lines = [Line(one.use, one.quarter, one.new_m2) for one in shown.steps if one.changed]
    events = [planned(draft, shown.year, line) for line in lines]
    data = {
        "year": shown.year,
        "lines": [{"use": x.use, "quarter": x.quarter, "area_m2": x.area_m2} for x in lines],
    }
    told = Event(KIND + known.id, APPROVED, who.by, now, who.on, data, who.reason, who.document)
    return ledger.record(zone, [*events, told], seen=shown.seen)


def _allowed(zone: Zone, known: Kept, who: Approver) -> None:
    shelf.unlocked(known)
    if not who.document.strip():
        raise LedgerError("批准方案必须有文号，请填写批准文号", "APPROVE_PAPER")
    if known.state is not State.DONE:
        raise LedgerError(f"方案 {known.id} 没有满足全部需求，不能批准", "SCENARIO_FAILED")
    if known.example and not zone.example:
        told = f"方案 {known.id} 的现状底数是示例，不能批准为供应计划，请先导入用地现状后重新求解"
        raise LedgerError(told, "SCENARIO_EXAMPLE")


def _period(known: Kept, year: int | None) -> int:
    years = known.definition.periods
    if not years:
        if year is None:
            raise DataError("方案没有分期，请指定供应计划的年份", "APPROVE_YEAR")
        return 0
    if year is not None and year not in years:
        told = "、".join(map(str, years))
        raise DataError(f"方案只有 {told} 年，没有 {year} 年，请改选", "APPROVE_YEAR")
    return years.index(year) if year is not None else 0


def _areas(known: Kept, period: int) -> dict[str, float]:
    """m² by class of use in a period; uses of one class added up, those without land left out."""
    uses, found = known.definition.uses, dict[str, float]()
    areas = known.result["area_m2"][period * len(uses) : (period + 1) * len(uses)]
    for use, m2 in zip(uses, areas, strict=True):
        found[use.code] = found.get(use.code, 0.0) + float(m2)
    return {code: round(m2, _CENT) for code, m2 in found.items() if round(m2, _CENT) > 0}
