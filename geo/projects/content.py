"""What events of the register carry: stored form to value, and whether it is whole."""

import math
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from geo.chronicle import CHINA, WITHDRAWN
from geo.model import Event
from geo.projects import moment
from geo.projects.rules import Field, Rules
from geo.projects.values import Cited, Moment, Precision

_TEXTS = ("name", "name_en", "text", "text_en", "note", "note_en")
_WRONG = {
    "text": "应为文字",
    "list": "应为一列文字",
    "number": "应为不小于 0 的数",
    "day": "应为日期（2019-12-31，或带精度的月末、年末）",
    "kind": "应为类别编号",
    "tags": "应为标签编号",
    "by_year": "应为“年份：数”",
}


def moment_of(text: str, precision: str = "day") -> Moment:
    """A stored day; `ValueError` unless a month or year stands as its last day."""
    found = Moment(date.fromisoformat(text), Precision(precision))
    if moment.read(str(found)) != found:
        raise ValueError(text)
    return found


def typed(field: Field, stored: Mapping[str, Any]) -> Any:
    """The value of a stored field; `ValueError` or `TypeError` if it is not of its kind."""
    value = stored["value"]
    if stored.get("unit", "") != field.unit:
        raise ValueError(stored.get("unit", ""))
    if field.kind in ("list", "tags"):
        return tuple(_text(one) for one in _listed(value))
    if field.kind == "number":
        return amount(value)
    if field.kind == "day":
        return moment_of(_text(value), stored.get("precision", "day"))
    if field.kind == "by_year":
        return {date(int(year), 1, 1).year: amount(wan) for year, wan in value.items()}
    return _text(value)


def amount(value: Any) -> float:
    """A finite number of at least 0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    if not math.isfinite(value) or value < 0:
        raise ValueError(value)
    return float(value)


def wan(stored: Mapping[str, Any] | None) -> float | None:
    """Stored money in 万元; None where nothing was stated."""
    if stored is None:
        return None
    if stored["unit"] != "万元":
        raise ValueError(stored["unit"])
    return amount(stored["value"])


def cited(data: Mapping[str, Any]) -> Cited | None:
    """The public source that an event names."""
    found = data.get("source")
    return Cited(**found) if found else None


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(value)
    return value


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(set(value)) != len(value):
        raise TypeError(value)
    return value


def faults(event: Event, rules: Rules) -> list[str]:
    """All that is wrong with an event by itself; empty if it is whole."""
    verb = rules.verbs.get(event.verb)
    if verb is None:
        return [f"不认识的操作“{event.verb}”，可用：{'、'.join(rules.verbs)}"]
    found = [*_inside(event, rules)]
    if verb.reason and not event.reason.strip():
        found.append(f"“{verb.name}”必须写明理由，请填写")
    if verb.paper and not event.document.strip():
        found.append(f"“{verb.name}”必须有文件依据，请填写文号或文件名")
    known = event.at.astimezone(CHINA).date()
    if event.verb in ("done", "reported") and event.on and event.on > known:
        found.append(f"“{verb.name}”不能登记在将来（{event.on}），请改为实际日期")
    return found


def _inside(event: Event, rules: Rules) -> Iterator[str]:
    data = event.data
    if odd := [key for key in _TEXTS if not isinstance(data.get(key, ""), str)]:
        yield f"{'、'.join(odd)} 应为文字"
    try:
        cited(data)
    except TypeError:
        yield "来源应有 title、url、published、confidence 四项，请补齐"
    if event.verb in ("admitted", "added", "adjusted"):
        yield from _of_fields(event, rules)
    elif event.verb in ("scheduled", "done"):
        yield from _of_step(data, rules)
        yield from _of_days(event)
    elif event.verb == "reported":
        yield from _of_report(event)
    elif event.verb in ("linked", "unlinked"):
        yield from _of_parcels(data)
    elif event.verb == WITHDRAWN and type(data.get("event")) is not int:
        yield f"撤回应写明事件编号，现为“{data.get('event', '')}”"


def _of_fields(event: Event, rules: Rules) -> Iterator[str]:
    given = event.data.get("fields", {})
    if not isinstance(given, Mapping) or (event.verb == "adjusted" and not given):
        yield "没有写明任何字段，请填写要登记的内容"
        return
    for key, stored in given.items():
        field = rules.fields.get(key)
        if field is None:
            yield f"不认识的字段“{key}”，可用：{'、'.join(rules.fields)}"
        elif stored is None:
            if field.needed or event.verb == "admitted":
                yield f"“{field.name}”不能清空，请填写"
        elif fault := _wrong(field, stored, rules):
            yield fault
    if event.verb == "admitted":
        for field in rules.fields.values():
            if field.needed and field.id not in given:
                yield f"入库必须有“{field.name}”，请填写"


def _wrong(field: Field, stored: Any, rules: Rules) -> str:
    try:
        value = typed(field, stored)
    except (KeyError, TypeError, ValueError, AttributeError):
        unit = f"，单位 {field.unit}" if field.unit else ""
        return f"“{field.name}”{_WRONG[field.kind]}{unit}，现为“{stored}”"
    known: Mapping[str, Any] = {"kind": rules.kinds, "tags": rules.tags}.get(field.kind, {})
    asked = () if not known else (value,) if field.kind == "kind" else value
    odd = [one for one in asked if one not in known]
    return f"“{field.name}”没有 {'、'.join(odd)}，可用：{'、'.join(known)}" if odd else ""


def _of_step(data: Mapping[str, Any], rules: Rules) -> Iterator[str]:
    step = data.get("step")
    if not isinstance(step, str) or not step:
        yield "没有写明节点，请选择"
    elif step not in rules.steps and data.get("name") == "":
        yield f"自定节点 {step} 的名称是空的，请填写"


def _of_days(event: Event) -> Iterator[str]:
    data = event.data
    precision = data.get("precision", "day")
    if event.verb == "scheduled":
        if not isinstance(data.get("followed", True), bool):
            yield "followed 应为 true 或 false"
        if "due" in data and data["due"] is None:
            return
        text = data.get("due", "")
    else:
        text = (event.on or event.at.astimezone(CHINA).date()).isoformat()
    try:
        moment_of(text, precision)
    except (TypeError, ValueError):
        yield f"日期“{text}”与精度“{precision}”不符，应为 2019-12-31，只知月或年时取月末、年末"


def _of_report(event: Event) -> Iterator[str]:
    data, handed = event.data, event.on or event.at.astimezone(CHINA).date()
    try:
        if moment.first_day(data.get("month", "")) > handed:
            yield f"{data['month']} 还没有开始，不能在 {handed} 报送，请核对月份"
    except (TypeError, ValueError):
        yield f"月份“{data.get('month', '')}”应写作 2024-06"
    for key, name in (("planned_wan", "计划投资"), ("completed_wan", "完成投资")):
        try:
            wan(data.get(key))
        except (KeyError, TypeError, ValueError):
            yield f"“{name}”应为不小于 0 的数，单位 万元，现为“{data[key]}”"


def _of_parcels(data: Mapping[str, Any]) -> Iterator[str]:
    try:
        ids = [_text(one) for one in _listed(data.get("parcels"))]
    except TypeError:
        ids = []
    if not ids:
        yield "没有写明地块编号，或编号重复，请核对"
