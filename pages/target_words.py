"""Figures of the plan as readers see them: thousands separated, the unit always beside."""

import html

from geo.plan import Progress
from geo.plan.values import Fact, Target
from geo.units import half_up
from pages import parts

_SHARE = ("%", "%/年")
_RATE_DECIMALS = 2
# Chinese counts money by 10⁸ and 10⁴; English readers want billions and millions
_ENGLISH = {
    "CNY 100 m": ("CNY ", 0.1, " bn"),
    "CNY 100 m each": ("CNY ", 0.1, " bn each"),
    "CNY 100 m/yr": ("CNY ", 100, " m/yr"),
    "CNY 10,000": ("CNY ", 0.01, " m"),
    "CNY 10,000/yr": ("CNY ", 0.01, " m/yr"),
    "USD 100 m": ("USD ", 0.1, " bn"),
    "10,000 m²": ("", 10_000, " m²"),
    "10,000 mu": ("", 10_000, " mu"),
    "10,000 persons": ("", 10_000, " persons"),
}


def number(value: float) -> str:
    """A figure with thousands separators and no more digits than it has."""
    return f"{round(value, 9):,.10f}".rstrip("0").rstrip(".")


def amount(value: float, unit: str, unit_en: str, high: float | None = None) -> str:
    """A figure or a range with its unit, in the reader's language."""
    before, factor, after = "", 1.0, f" {unit}"
    if parts.english():
        before, factor, after = _ENGLISH.get(unit_en, ("", 1.0, f" {unit_en}"))
    top = f"–{number(high * factor)}" if high not in (None, value) else ""
    return f"{before}{number(value * factor)}{top}{after}".strip()


def wanted(target: Target) -> str:
    """What a target asks for: sign, figure, unit; or that it is no number."""
    words = parts.section("target")
    if target.value_low is None:
        kind = words[f"op_{target.op}"]
        return kind if parts.english() else target.value_text or kind
    sign = words["about"] if target.op == "≈" else f"{target.op} " if target.op in "≥>" else ""
    return sign + amount(target.value_low, target.unit, target.unit_en, target.value_high)


def was(row: Progress) -> str:
    """The baseline with its year, or nothing."""
    if row.baseline is None:
        return parts.t("target", "none")
    one = row.baseline
    year = "" if one.year is None else f" ({one.year})" if parts.english() else f"（{one.year}）"
    unit_en = row.target.unit_en if one.unit_en == "count" else one.unit_en
    return amount(one.value, one.unit, unit_en) + year


def gap(row: Progress) -> str:
    """How far it is, and from what; a gap between shares is in percentage points."""
    if row.gap is None:
        return parts.t("target", "unknown")
    unit, unit_en = row.target.unit, row.target.unit_en
    if unit in _SHARE:
        unit, unit_en = "个百分点", "points"
    return amount(row.gap, unit, unit_en)


def rate(row: Progress) -> str:
    """What each year must bring, two decimals."""
    if row.rate is None:
        return parts.t("target", "unknown")
    return f"{half_up(row.rate, _RATE_DECIMALS):,f} {parts.say(row.rate_unit, row.rate_unit_en)}"


def actual(row: Progress) -> str:
    """The public actual, or plainly that none was found."""
    return parts.say(row.actual_text, row.actual_text_en)


def fact_value(fact: Fact) -> str:
    """A later fact as its source writes it, with the unit."""
    if fact.number is not None and fact.value == number(fact.number).replace(",", ""):
        return amount(fact.number, fact.unit, fact.unit_en)
    by = " × " if parts.english() and fact.unit_en in _ENGLISH else " "
    unit = parts.say(fact.unit, fact.unit_en)
    return parts.say(fact.value, fact.value_en) + (f"{by}{unit}" if unit else "")


def safe(text: str) -> str:
    """Data for HTML."""
    return html.escape(text, quote=True)
