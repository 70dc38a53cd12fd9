"""Values of the ledger's fields as readers see them, each with its unit."""

from datetime import date

from geo.ledger import supply_rules
from geo.supply import Field, Value
from geo.units import format_area
from pages import parts, supply_words

_DECIMALS = 4


def is_area(known: Field) -> bool:
    """Whether a field is an area of land."""
    return "公顷" in known.units


def value(key: str, given: Value) -> str:
    """One value with its unit."""
    known = supply_rules().fields[key]
    if given is None:
        return parts.t("supply", "blank")
    if isinstance(given, bool):
        return parts.t("supply", "yes" if given else "no")
    if isinstance(given, date):
        return given.isoformat()
    if isinstance(given, int | float):
        return _number(known, float(given))
    named = {
        "use": supply_words.use,
        "method": supply_words.method,
        "realm": supply_words.realm,
    }.get(known.kind)
    return named(str(given)) if named else str(given)


def _number(known: Field, given: float) -> str:
    if is_area(known):
        return format_area(given, parts.unit(), english=parts.english())
    plain = f"{given:,.0f}" if known.kind == "whole" else f"{round(given, _DECIMALS):,.4f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return (plain.replace(",", "") if known.unit == "年" else plain) + _after(known)


def _after(known: Field) -> str:
    if known.unit == "%":
        return "%"
    return (
        f" {supply_words.unit(known.unit)}" if known.unit and known.key != "approved_year" else ""
    )
