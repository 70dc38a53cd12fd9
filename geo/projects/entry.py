"""Events of the register from typed values, one function a verb.

Values are text, numbers, lists or days; a number may come as ``(32.14, "亿元")`` and is kept in
its field's own unit; a day may be known by month or year only (``"2019-12"``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from geo.errors import DataError
from geo.model import Event
from geo.projects import moment
from geo.projects.rules import Field, Rules
from geo.projects.values import Moment


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who records, when, of which day, why, on which paper.

    `source` are the parts of a public source, for what does not come from the office.
    """

    by: str
    at: datetime
    on: date | None = None
    reason: str = ""
    document: str = ""
    source: Mapping[str, str] = field(default_factory=dict)


def event(id_: str, verb: str, stamp: Stamp, data: Mapping[str, Any]) -> Event:
    """An event of a project."""
    whole = dict(data) | ({"source": dict(stamp.source)} if stamp.source else {})
    subject = f"project/{id_}"
    return Event(subject, verb, stamp.by, stamp.at, stamp.on, whole, stamp.reason, stamp.document)


def admitted(
    id_: str, fields: Mapping[str, Any], stamp: Stamp, rules: Rules, *, example: bool = False
) -> Event:
    """Into the register when it was opened."""
    data = {"fields": stored(fields, rules)} | ({"example": True} if example else {})
    return event(id_, "admitted", stamp, data)


def added(id_: str, fields: Mapping[str, Any], stamp: Stamp, rules: Rules) -> Event:
    """Into the register later, or back into it."""
    return event(id_, "added", stamp, {"fields": stored(fields, rules)})


def adjusted(id_: str, fields: Mapping[str, Any], stamp: Stamp, rules: Rules) -> Event:
    """Fields changed from a day on; None clears one."""
    return event(id_, "adjusted", stamp, {"fields": stored(fields, rules)})


def exited(id_: str, stamp: Stamp) -> Event:
    """Out of the register."""
    return event(id_, "exited", stamp, {})


def scheduled(
    id_: str,
    step: str,
    due: date | str | None,
    stamp: Stamp,
    extra: Mapping[str, Any] | None = None,
) -> Event:
    """A step's deadline set, changed, or taken away (None).

    `extra` may name a step of the project's own (``name``, ``name_en``) and say ``followed``.
    """
    found = None if due is None else _moment(due)
    data = {"step": step, "due": found.day.isoformat() if found else None}
    return event(id_, "scheduled", stamp, data | _precision(found) | dict(extra or {}))


def done(id_: str, step: str, stamp: Stamp, extra: Mapping[str, Any] | None = None) -> Event:
    """A step finished on the stamp's day; `extra` as for `scheduled`, and ``precision, text``."""
    return event(id_, "done", stamp, {"step": step, **(extra or {})})


def reported(
    id_: str, month: str, money: tuple[float | None, float | None], text: str, stamp: Stamp
) -> Event:
    """A month's report: money planned and completed in that month (万元; None: not stated)."""
    named = zip(("planned_wan", "completed_wan"), money, strict=True)
    sums = {key: {"value": wan, "unit": "万元"} for key, wan in named if wan is not None}
    return event(id_, "reported", stamp, {"month": month, "text": text, **sums})


def linked(id_: str, parcels: Sequence[str], stamp: Stamp) -> Event:
    """Parcels that the project stands on."""
    return event(id_, "linked", stamp, {"parcels": list(parcels)})


def unlinked(id_: str, parcels: Sequence[str], stamp: Stamp) -> Event:
    """Parcels that it no longer stands on."""
    return event(id_, "unlinked", stamp, {"parcels": list(parcels)})


def withdrawn(id_: str, number: int, stamp: Stamp) -> Event:
    """An event of the project taken back, by its number in the store."""
    return event(id_, "withdrawn", stamp, {"event": number})


def stored(fields: Mapping[str, Any], rules: Rules) -> dict[str, Any]:
    """Fields as events keep them; `DataError` PROJECT_FIELD for what cannot be kept."""
    out = dict[str, Any]()
    for key, value in fields.items():
        if key not in rules.fields:
            raise DataError(
                f"不认识的字段“{key}”，可用：{'、'.join(rules.fields)}", "PROJECT_FIELD"
            )
        try:
            out[key] = None if value is None else _stored(rules.fields[key], value)
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            name = rules.fields[key].name
            raise DataError(
                f"“{name}”不能是“{value}”，请核对数值和单位", "PROJECT_FIELD"
            ) from error
    return out


def _stored(known: Field, value: Any) -> dict[str, Any]:
    if known.kind == "day":
        found = _moment(value)
        return {"value": found.day.isoformat(), "unit": ""} | _precision(found)
    if known.kind in ("number", "by_year"):
        amount, unit = value if isinstance(value, tuple) else (value, known.unit)
        factor = known.units[unit]
        if known.kind == "number":
            return {"value": _times(amount, factor), "unit": known.unit}
        years = {str(year): _times(one, factor) for year, one in amount.items()}
        return {"value": years, "unit": known.unit}
    listed = known.kind in ("list", "tags")
    return {"value": list(value) if listed else str(value), "unit": known.unit}


def _times(amount: float, factor: float) -> float:
    """A product as on paper: 32.14 亿元 is 321400 万元, not 321399.99999999994."""
    return float(Decimal(str(amount)) * Decimal(repr(factor)))


def _moment(value: date | str | Moment) -> Moment:
    if isinstance(value, Moment):
        return value
    return moment.read(value) if isinstance(value, str) else Moment(value)


def _precision(found: Moment | None) -> dict[str, str]:
    exact = found is None or found.precision == "day"
    return {} if exact or found is None else {"precision": found.precision.value}
