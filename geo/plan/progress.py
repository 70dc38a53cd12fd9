"""Targets against what was and what is: baseline, actual, gap and the rate needed.

An actual value is only ever a fact of the same subject and territory; values of the city
and related figures stand beside it as references.
"""

from dataclasses import dataclass

from geo.errors import DataError
from geo.plan.values import Baseline, Fact, Flag, Plan, Target

NO_ACTUAL = ("未查到公开数据", "No public figure found")
_SHARE = "%"
_DIGITS = 9  # far below any figure of the plan: only float dust goes
# with these flags the baseline measures something else than the target does
_NOT_COMPARABLE = frozenset({"definition_changed", "baseline_is_stock"})


@dataclass(frozen=True, slots=True)
class Measured:
    """A baseline value with its working, e.g. ``1 + 27 = 28``."""

    value: float
    unit: str
    unit_en: str
    year: int | None
    working: str
    baselines: tuple[Baseline, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A target with all that is known about reaching it.

    `gap` is target less actual (or less baseline where there is no actual: `gap_from`),
    in the target's unit. `rate` is what each year from the baseline to the target year
    must bring: per cent growth, or percentage points where the unit is a share
    (`rate_unit`). None where it cannot be known.
    """

    target: Target
    baseline: Measured | None
    comparable: bool
    actual: Fact | None
    actual_text: str
    actual_text_en: str
    references: tuple[Fact, ...]
    gap: float | None
    gap_from: str
    rate: float | None
    rate_unit: str
    rate_unit_en: str
    flags: tuple[Flag, ...]


def progress(plan: Plan) -> tuple[Progress, ...]:
    """Every target of the plan, in its order."""
    return tuple(_progress(plan, target) for target in plan.targets)


def _progress(plan: Plan, target: Target) -> Progress:
    was = baseline_of(plan, target)
    comparable = was is not None and not _NOT_COMPARABLE & set(target.flags)
    facts = [fact for fact in plan.facts if target.id in fact.targets]
    actual = next((f for f in reversed(facts) if f.relation == "actual"), None)
    gap, gap_from = _gap(target, was if comparable else None, actual)
    rate = _rate(target, was) if comparable and was is not None else None
    share = target.unit == _SHARE
    return Progress(
        target=target,
        baseline=was,
        comparable=comparable,
        actual=actual,
        actual_text=f"{actual.value} {actual.unit}".strip() if actual else NO_ACTUAL[0],
        actual_text_en=f"{actual.value_en} {actual.unit_en}".strip() if actual else NO_ACTUAL[1],
        references=tuple(fact for fact in facts if fact.relation == "reference"),
        gap=gap,
        gap_from=gap_from,
        rate=rate,
        rate_unit=("个百分点/年" if share else "%/年") if rate is not None else "",
        rate_unit_en=("points/yr" if share else "%/yr") if rate is not None else "",
        flags=tuple(flag for code in target.flags for flag in plan.flags if flag.code == code),
    )


def baseline_of(plan: Plan, target: Target) -> Measured | None:
    """The baseline of a target: one, a sum, or one part of a ratio. None if it has none.

    Raises `DataError` PLAN_VALUE if the register holds no number there.
    """
    if not target.baseline:
        return None
    ids, _, part = target.baseline.partition(":")
    rows = tuple(_row(plan, id_) for id_ in ids.split("+"))
    numbers = [_number(row, part) for row in rows]
    texts = [f"{number:g}" for number in numbers]
    working = " + ".join(texts) + f" = {sum(numbers):g}" if len(rows) > 1 else texts[0]
    first = rows[0]
    return Measured(sum(numbers), first.unit, first.unit_en, first.year, working, rows)


def _row(plan: Plan, id_: str) -> Baseline:
    row = plan.baseline(id_)
    if row is None:
        raise DataError(f"基数 {id_} 不在登记表中，请核对 targets.csv", "PLAN_VALUE")
    return row


def _number(row: Baseline, part: str) -> float:
    """The value of a baseline, or its `part` (from 1) of a ratio like ``3.50:48.98:47.52``."""
    if not part and row.value is not None:
        return row.value
    parts = row.value_text.split(":")
    try:
        return float(parts[int(part) - 1])
    except (ValueError, IndexError) as error:
        raise DataError(
            f"基数 {row.id} 的值“{row.value_text}”不能按数字使用，请核对 baselines.csv",
            "PLAN_VALUE",
        ) from error


def _gap(target: Target, was: Measured | None, actual: Fact | None) -> tuple[float | None, str]:
    if target.value_low is None:
        return None, ""
    if actual is not None and actual.number is not None:
        return round(target.value_low - actual.number, _DIGITS), "actual"
    if was is None:
        return None, ""
    return round(target.value_low - was.value, _DIGITS), "baseline"


def _rate(target: Target, was: Measured) -> float | None:
    if target.value_low is None or target.by_year is None or was.year is None:
        return None
    years = target.by_year - was.year
    if years <= 0 or target.unit == "%/年":  # a rate of growth has no rate of its own
        return None
    if target.unit == _SHARE:
        return (target.value_low - was.value) / years
    return yearly_rate(was.value, target.value_low, years)


def yearly_rate(start: float, end: float, years: int) -> float:
    """Growth in per cent a year that leads from `start` to `end` in `years`."""
    if not (start > 0 and end > 0 and years > 0):
        raise DataError(
            f"从 {start:g} 到 {end:g}、{years} 年无法计算年均增长，数值与年数都须大于 0", "RATE"
        )
    return float(((end / start) ** (1 / years) - 1) * 100)


def due_years(target: Target, start_year: int | None) -> tuple[int, int] | None:
    """First and last year a target falls due; counted steps need the user's start year."""
    if target.by_year is not None:
        return target.by_year, target.by_year
    if start_year is None or target.years_low is None or target.years_high is None:
        return None
    return start_year + target.years_low, start_year + target.years_high
