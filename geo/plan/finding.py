"""One check of the plan, and how figures are taken from the register."""

from dataclasses import dataclass
from enum import StrEnum

from geo.errors import DataError
from geo.plan.values import Fact, Plan


class Agrees(StrEnum):
    """Whether what the plan says fits what follows from its other figures."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """What the plan says, what we compute, and whether the two agree.

    `inconsistency` is the number of the open point it belongs to, or empty.
    """

    id: str
    says: str
    says_en: str
    computed: str
    computed_en: str
    agrees: Agrees
    note: str
    note_en: str
    clauses: tuple[str, ...]
    inconsistency: str = ""


def yes_if(fits: bool) -> Agrees:
    """YES or NO."""
    return Agrees.YES if fits else Agrees.NO


def value(plan: Plan, id_: str) -> float:
    """The number of a baseline (F…) or the lower number of a target. Raises PLAN_VALUE."""
    row = plan.baseline(id_)
    target = plan.target(id_)
    number = row.value if row else target.value_low if target else None
    if number is None:
        raise DataError(f"登记表中 {id_} 没有数值，无法核算，请核对表格", "PLAN_VALUE")
    return number


def high(plan: Plan, id_: str) -> float:
    """The upper number of a target. Raises PLAN_VALUE."""
    target = plan.target(id_)
    if target is None or target.value_high is None:
        raise DataError(f"登记表中 {id_} 没有上限数值，无法核算，请核对表格", "PLAN_VALUE")
    return target.value_high


def said(plan: Plan, id_: str) -> str:
    """The text of a baseline as it stands. Raises PLAN_VALUE."""
    row = plan.baseline(id_)
    if row is None:
        raise DataError(f"登记表中没有基数 {id_}，无法核算，请核对表格", "PLAN_VALUE")
    return row.value_text


def year(plan: Plan, id_: str) -> int:
    """The year of a baseline, or the year a target falls due. Raises PLAN_VALUE."""
    row, target = plan.baseline(id_), plan.target(id_)
    found = row.year if row else target.by_year if target else None
    if found is None:
        raise DataError(f"登记表中 {id_} 没有年份，无法核算，请核对表格", "PLAN_VALUE")
    return found


def percent(share: float, decimals: int, sign: str = "") -> str:
    """A share of one as per cent, with a sign if asked (``+``)."""
    return f"{share * 100:{sign}.{decimals}f} %"


def facts(plan: Plan, entity: str, *types: str) -> tuple[Fact, ...]:
    """Later facts of an entity, of some types (English words), in the register's order."""
    return tuple(f for f in plan.facts if f.entity == entity and f.fact_type_en in types)
