"""A scenario as a file: read from TOML with every fault told in Chinese, and written as TOML."""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from geo.errors import DataError, Issue
from geo.scenario.definition import Definition

_WHY = {
    "missing": "缺少",
    "extra_forbidden": "没有这个设置，请核对写法",
    "greater_than_equal": "应不小于 {ge:g}",
    "less_than_equal": "应不大于 {le:g}",
    "less_than": "应小于 {lt:g}",
    "too_short": "至少要 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "string_too_short": "不能为空",
    "string_too_long": "最多 {max_length} 个字",
    "string_type": "应为文字，请加引号",
    "string_pattern_mismatch": "写法不对：代码为 2、4 或 6 位数字，编号用字母、数字和 - _",
    "literal_error": "应为 {expected} 之一",
    "value_error": "{error}",
    "finite_number": "应为有限的数",
}  # other kinds of fault: a value of the wrong type
MOST_BYTES = 4_000_000
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def of_toml(text: str) -> Definition:
    """A scenario written in TOML. Raises `DataError` SCENARIO_FILE or SCENARIO with all faults."""
    if len(text) > MOST_BYTES:
        raise DataError("方案文件超过 4 MB，请核对是否选对文件", "SCENARIO_FILE")
    try:
        return checked(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"方案文件写法有误（{error}），请改正", "SCENARIO_FILE") from error


def checked(given: Mapping[str, Any]) -> Definition:
    """A scenario from plain values. Raises `DataError` SCENARIO with all its faults."""
    try:
        return Definition.model_validate(given)
    except ValidationError as error:
        issues = [_issue(fault) for fault in error.errors()]
        told = "；".join(f"{one.field or '方案'}：{one.message}" for one in issues[:5])
        more = f"（共 {len(issues)} 处）" if len(issues) > 1 else ""
        raise DataError(f"方案写法有误（{told}）{more}", "SCENARIO", issues) from error


def _issue(fault: Any) -> Issue:
    told = _WHY.get(fault["type"], "不是这里要的类型").format(**fault.get("ctx", {}))
    given = fault.get("input")
    value = str(given)[:80] if isinstance(given, str | int | float) else ""
    return Issue("SCENARIO", told, field=".".join(map(str, fault["loc"])), value=value)


def plain(definition: Definition) -> dict[str, Any]:
    """A scenario as JSON-safe values, without what is left at its default."""
    return definition.model_dump(mode="json", exclude_defaults=True)


def to_toml(definition: Definition) -> str:
    """The scenario as a file that `of_toml` reads back the same."""
    whole = plain(definition)
    tables = {key: value for key, value in whole.items() if isinstance(value, dict)}
    lists = [key for key, value in whole.items() if _is_tables(value)]
    apart = {*tables, *lists}
    rows = [f"{key} = {_value(value)}" for key, value in whole.items() if key not in apart]
    for key, table in tables.items():
        rows += ["", f"[{key}]", *(f"{_key(k)} = {_value(v)}" for k, v in table.items())]
    for key in lists:
        for one in whole[key]:
            rows += ["", f"[[{key}]]", *(f"{_key(k)} = {_value(v)}" for k, v in one.items())]
    return "\n".join(rows) + "\n"


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _value(value: Any) -> str:
    """A value of TOML; its texts, numbers and truths are written as in JSON."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
