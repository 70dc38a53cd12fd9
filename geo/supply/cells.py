"""Cells of the ledger: what an event stores, and the value that we reckon with.

A cell is stored as it was given, ``{"value": 20, "unit": "亩"}``; `canonical` reads it in the
field's own unit. `typed` makes a cell of what a person typed or a sheet holds.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from geo.errors import DataError
from geo.supply.rules import Rules
from geo.supply.values import Field, Quantity, Value

Cell = Mapping[str, Any]
LONGEST = 2_000  # characters of a text
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(\S*)")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+0?0:00(?::00)?)?")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_YES = {"是": True, "含": True, "true": True, "yes": True, "否": False, "不含": False}
_YES |= {"false": False, "no": False}


def canonical(field: Field, cell: object, rules: Rules) -> Value:
    """The value of a cell in the field's own unit.

    Raises `DataError` FIELD_CELL, FIELD_UNIT, FIELD_VALUE or FIELD_LIMIT.
    """
    if not isinstance(cell, dict | Mapping) or "value" not in cell:  # dict is tried first, fast
        raise DataError(f"{field.name}应写成数值加单位，收到 {cell!r}", "FIELD_CELL")
    return _READ[field.kind](field, cell["value"], cell.get("unit", ""), rules)


def typed(rules: Rules, key: str, given: Quantity | Value, unit: str = "") -> dict[str, Any] | None:
    """The cell of a value as it was typed, read or handed over; None clears the field.

    Texts are read by the kind of the field: `20 亩`, `2024/5/1`, `挂牌`, `0701 城镇住宅用地`.
    `unit` is that of the column it comes from, where the value itself names none.
    """
    field = rules.field(key)
    value, unit = (
        (given.value, given.unit or unit) if isinstance(given, Quantity) else (given, unit)
    )
    if isinstance(value, str):
        value, own = _text_read(field, unicodedata.normalize("NFC", value.strip()), rules)
        unit = own or unit
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, float) and field.kind == "whole" and value.is_integer():
        value = int(value)
    stored = value.isoformat() if isinstance(value, date) else value
    cell = {"value": stored, "unit": _unit(field, unit or field.unit, rules)}
    canonical(field, cell, rules)
    return cell


def day(text: str) -> date:
    """A day as people write it: 2024-05-01, 2024/5/1, 2024年5月1日; raises `DataError` DAY."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    try:
        return date(*(int(part) for part in found.groups())) if found else date.fromisoformat(text)
    except ValueError as error:
        raise DataError(f"“{text}”不是日期，请写成 2024-05-01", "DAY") from error


def _unit(field: Field, unit: str, rules: Rules) -> str:
    """The unit as we write it; as it was given, where we do not know it."""
    return unit if unit in field.units else rules.spellings.get(unit, unit)


def factor(field: Field, unit: str, rules: Rules) -> float:
    """What a unit has to be multiplied by; raises `DataError` FIELD_UNIT.

    No unit will do where the field can have but one.
    """
    found = field.units.get(unit)
    if found is None:
        found = field.units.get(rules.spellings.get(unit, ""))
    if found is None and not unit and len(field.units) < 2:
        found = 1.0
    if found is None:
        known = "、".join(field.units) or "不带单位"
        raise DataError(f"{field.name}的单位“{unit}”不能识别，请用：{known}", "FIELD_UNIT")
    return found


def _number(field: Field, value: object, unit: str, rules: Rules) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _wrong(field, value, "数字")
    return _limited(field, value * factor(field, unit, rules))


def _whole(field: Field, value: object, unit: str, rules: Rules) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(field, value, "整数")
    factor(field, unit, rules)
    _limited(field, value)
    return value


def _limited(field: Field, value: float) -> float:
    low, high = field.low, field.high
    if (low is not None and value < low) or (high is not None and value > high):
        least = "不限" if low is None else f"{low:g}"
        most = "不限" if high is None else f"{high:g}"
        raise DataError(
            f"{field.name}为 {value:g}{field.unit}，应在 {least} 至 {most} 之间", "FIELD_LIMIT"
        )
    return value


def _text(field: Field, value: object, _unit: str, _rules: Rules) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        raise _wrong(field, value, f"不超过 {LONGEST} 字的文字")
    if not value.isprintable() and _CONTROL.search(value):
        raise _wrong(field, value, "不含控制字符的文字")
    return value


def _day(field: Field, value: object, _unit: str, _rules: Rules) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as error:
        raise _wrong(field, value, "日期，如 2024-05-01") from error


def _yes(field: Field, value: object, _unit: str, _rules: Rules) -> bool:
    if not isinstance(value, bool):
        raise _wrong(field, value, "是或否")
    return value


def _use(field: Field, value: object, _unit: str, rules: Rules) -> str:
    if value in rules.uses:
        return str(value)
    codes = value.split("/") if isinstance(value, str) else [""]
    unknown = [code for code in codes if code not in rules.uses]
    if unknown or not isinstance(value, str):
        raise _wrong(field, value, "用地用海分类代码，混合用途用“/”隔开，如 0701/0901")
    return value


def _one_of(known: Callable[[Field, Rules], Mapping[str, str]]) -> Callable[..., str]:
    def read(field: Field, value: object, _unit: str, rules: Rules) -> str:
        choices = known(field, rules)
        if not isinstance(value, str) or value not in choices:
            raise _wrong(field, value, "、".join(choices.values()) + "之一")
        return value

    return read


def _choices(field: Field, rules: Rules) -> Mapping[str, str]:
    """What a field that names one of several may hold, with the Chinese names."""
    if field.kind == "method":
        return {id_: method.name for id_, method in rules.methods.items()}
    if field.kind == "realm":
        return {id_: names[0] for id_, names in rules.realm_names.items()}
    return {choice: choice for choice in field.choices}


_READ: Mapping[str, Callable[[Field, Any, str, Rules], Value]] = {
    "number": _number,
    "whole": _whole,
    "text": _text,
    "day": _day,
    "yes": _yes,
    "use": _use,
    "choice": _one_of(_choices),
    "method": _one_of(_choices),
    "realm": _one_of(_choices),
}


def _wrong(field: Field, value: object, wanted: str) -> DataError:
    shown = repr(value) if not isinstance(value, str) else f"“{value[:40]}”"
    return DataError(f"{field.name}为 {shown}，应为{wanted}", "FIELD_VALUE")


def _text_read(field: Field, text: str, rules: Rules) -> tuple[Value, str]:
    """A typed text as a value of the field's kind, and the unit it names; the text if unread."""
    if field.kind in {"number", "whole"}:
        return _typed_number(field, text)
    if field.kind == "day":
        found = _DAY.fullmatch(text)
        return ("-".join(part.zfill(2) for part in found.groups()) if found else text), ""
    if field.kind == "yes":
        return _YES.get(text.lower(), text), ""
    if field.kind == "use":
        return "/".join(_code(part.strip(), rules) for part in text.split("/")), ""
    if field.kind in {"choice", "method", "realm"}:
        return _named(text, _choices(field, rules)), ""
    return text, ""


def _typed_number(field: Field, text: str) -> tuple[Value, str]:
    plain = unicodedata.normalize("NFKC", text).replace(",", "")
    found = _NUMBER.fullmatch(plain)
    if not found:
        return text, ""
    number = float(found[1])
    whole = field.kind == "whole" and number.is_integer()
    return (int(number) if whole else number), found[2]


def _code(text: str, rules: Rules) -> str:
    """The code a use is typed with: alone, before its name, or as the name."""
    start = re.match(r"\d+", text)
    if start:
        return start.group()
    return next((code for code, name in rules.uses.items() if name == text), text)


def _named(text: str, choices: Mapping[str, str]) -> str:
    """The id of what was named, also by the beginning of its name where only one begins so."""
    plain = text.replace("(", "（").replace(")", "）")
    if text in choices:
        return text
    exact = [id_ for id_, name in choices.items() if name == plain]
    begun = [id_ for id_, name in choices.items() if plain and name.startswith(plain)]
    return exact[0] if exact else begun[0] if len(begun) == 1 else text
