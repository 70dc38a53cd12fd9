"""The ledger's values as readers see them, in their language and unit."""

import math

from geo.ledger import reckon, supply_rules
from geo.units import DECIMALS, SIGN, format_area, half_up, to_unit
from pages import door, parts

_MONEY = {"万元": "10⁴ CNY", "年": "years", "米": "m", "万元/亩": "10⁴ CNY/mu", "㎡": "m²"}


def status(id_: str) -> str:
    """Name of a stage."""
    known = supply_rules().statuses.get(id_)
    return parts.say(known.name, known.name_en) if known else id_


def letter(id_: str) -> str:
    """The sign of a stage."""
    known = supply_rules().statuses.get(id_)
    return parts.say(known.letter, known.letter_en) if known else ""


def marked(id_: str) -> str:
    """Letter and name of a stage, as a table shows it."""
    return f"{letter(id_)} {status(id_)}"


def field(key: str) -> str:
    """Name of a field."""
    known = supply_rules().fields[key]
    return parts.say(known.name, known.name_en)


def use(code: str) -> str:
    """A use with its code; in English the name is that of its first-level class."""
    return "、".join(_one_use(one) for one in code.split("/")) if code else ""


def _one_use(code: str) -> str:
    if parts.english():
        first = code[:2]
        return f"{code} {parts.t('supply', f'use_{first}') if first in door.uses() else ''}".strip()
    return f"{code} {supply_rules().uses.get(code, '')}".strip()


def method(id_: str) -> str:
    """Name of a way of supply."""
    known = supply_rules().methods.get(id_)
    return parts.say(known.name, known.name_en) if known else id_


def realm(id_: str) -> str:
    """Land or sea."""
    return supply_rules().realm_names[id_][parts.english()] if id_ else ""


def place(zone_names: dict[str, tuple[str, str]], id_: str) -> str:
    """Name of a unit or park by its id."""
    return parts.say(*zone_names[id_]) if id_ in zone_names else id_


def size(m2: float | None) -> str:
    """An area in the reader's unit; a dash where none is registered."""
    return (
        "—"
        if m2 is None or math.isnan(m2)
        else format_area(m2, parts.unit(), english=parts.english())
    )


def bare(m2: float | None) -> float | None:
    """An area as a number in the reader's unit, for a column whose head says the unit."""
    if m2 is None or math.isnan(m2):
        return None
    unit = parts.unit()
    return float(half_up(to_unit(m2, unit), DECIMALS[unit]))


def sign() -> str:
    """The reader's unit of area."""
    return SIGN[parts.unit()][parts.english()]


def unit(text: str) -> str:
    """A unit of a field in the reader's language."""
    return _MONEY.get(text, text) if parts.english() else text


def flag(key: str) -> str:
    """What a parcel has to be looked at for."""
    return parts.t("supply", f"flag_{key}")


def flag_keys() -> list[str]:
    """Every flag, the gravest first."""
    days = [f"due{days}" for days in reckon.norms().notice.days]
    late = ["suspect_idle", "suspect_low", "late_start", "late_finish"]
    return [*late, *days, "paused", "undrawn"]
