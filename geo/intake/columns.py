"""Their columns and ours: which is the id, the name, the kind, the stated area; nothing lost."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import DataError, Issue
from geo.model import Grade
from geo.zone import Zone

MAPPED = "mapped"
_CONTROL = re.compile("[\x00-\x1f\ud800-\udfff]")
# Names as bureaus write them, likeliest first; compared without regard to case.
_KNOWN: Mapping[str, tuple[str, ...]] = {
    "id": (
        *("id", "编号", "地块编号", "宗地编号", "图斑编号", "项目编号", "地块代码", "宗地代码"),
        *("唯一编号", "标识码", "代码", "dkbh", "dkdm", "zddm", "zdbh", "tbbh", "xmbh", "bsm"),
        *("code", "序号"),
    ),
    "name": (
        *("name", "名称", "地块名称", "项目名称", "图斑名称", "宗地名称", "单位名称", "地名"),
        *("dkmc", "xmmc", "zdmc", "tbmc", "mc", "坐落", "zl"),
    ),
    "kind": (
        *("kind", "类别", "类型", "地块用途", "土地用途", "用地性质", "规划用途", "用途"),
        *("地类名称", "dlmc", "ydyhmc", "ghdlmc", "ydxz", "tdyt", "type"),
    ),
}
_TEXTS = ("name_en", "kind_en", "basis", "basis_en", "parent", "kind")
_NUMBERS = ("declared_m2", "error_m")
_Made = Callable[["pd.Series[Any]"], "pd.Series[Any] | None"]
OURS = ("id", "name", *_TEXTS, *_NUMBERS, "grade", "rank")


def mapping(table: pd.DataFrame, said: Mapping[str, str]) -> Mapping[str, str]:
    """Their column -> ours, as said, else as recognised.

    Raises `DataError` COLUMN_UNKNOWN or COLUMN_TWICE where what was said cannot be.
    """
    present = [str(one) for one in table.columns]
    for theirs, ours in said.items():
        if theirs not in present:
            shown = "、".join(present) or "无"
            raise DataError(f"文件中没有字段 {theirs}，现有：{shown}", "COLUMN_UNKNOWN")
        if ours not in OURS:
            raise DataError(f"字段只能对应 {'、'.join(OURS)}，不能是 {ours}", "COLUMN_UNKNOWN")
    if len(set(said.values())) < len(said):
        raise DataError("两个字段对应了同一项，请改正字段对应", "COLUMN_TWICE")
    found = dict(said)
    by_name = {name.strip().casefold(): name for name in reversed(present)}
    for ours, names in _KNOWN.items():
        theirs = next((by_name[one] for one in names if one in by_name), "")
        if theirs and ours not in found.values() and theirs not in found:
            found[theirs] = ours
    return found


def remembered(zone: Zone, sender: str) -> Mapping[str, str]:
    """The mapping that was last used for a sender's files; empty if there is none."""
    events = zone.events(f"sender/{sender}") if sender else []
    last = next((event for event in reversed(events) if event.verb == MAPPED), None)
    return dict(last.data["columns"]) if last else {}


def renamed(table: gpd.GeoDataFrame, mapped: Mapping[str, str]) -> gpd.GeoDataFrame:
    """The table with our names for mapped columns and their own for the rest, all different."""
    made: dict[str, Any] = {}
    for name in table.columns:
        if name == table.geometry.name:
            continue
        ours = mapped.get(str(name), "")
        wanted = ours or _CONTROL.sub("", str(name)).strip() or "字段"
        if not ours and (wanted in OURS or wanted == "geometry") and wanted in mapped.values():
            wanted = f"原{wanted}"
        made[_free(wanted, made)] = table[name].reset_index(drop=True)
    frame = pd.DataFrame(made, index=range(len(table)))
    return gpd.GeoDataFrame(frame, geometry=np.asarray(table.geometry.values, dtype=object))


def settled(table: gpd.GeoDataFrame, name: str) -> tuple[gpd.GeoDataFrame, list[Issue]]:
    """The table with ids, names and our other columns as they must be, and what was done."""
    out, apart = _set_apart(table.copy())
    issues = [*apart, *_ids(out, name), *_names(out)]
    return out, issues


def _set_apart(table: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Issue]]:
    """Rename columns that bear one of our names and hold something else."""
    checks: dict[str, _Made] = dict.fromkeys(_TEXTS, _as_text) | dict.fromkeys(_NUMBERS, _as_number)
    checks |= {"rank": _as_rank, "grade": _as_grade}
    issues, other = [], dict[str, str]()
    for name in [one for one in checks if one in table.columns]:
        column = checks[name](table[name])
        if column is not None:
            table[name] = column
            continue
        other[name] = _free(f"原{name}", table.columns)
        message = f"字段 {name} 的内容与本系统同名字段不符，已原样存为“{other[name]}”"
        issues.append(Issue("COLUMN_RENAMED", message, "info", 0, name, other[name]))
    return table.rename(columns=other), issues


def _ids(table: gpd.GeoDataFrame, name: str) -> Iterator[Issue]:
    """Ids as text; where there are none, made from the name of the set and the row."""
    given = _as_text(table["id"]) if "id" in table.columns else pd.Series([None] * len(table))
    ids = ["" if one is None else one.strip() for one in given.tolist()]
    taken, made, number = set(ids), 0, 0
    for at in [at for at, one in enumerate(ids) if not one]:
        number = max(number, at) + 1
        while (new := f"{name}-{number:04d}") in taken:
            number += 1
        ids[at], made = new, made + 1
        taken.add(new)
    table["id"] = pd.Series(ids, dtype=object)
    if made:
        what = "文件没有编号字段，已" if made == len(ids) else f"{made} 行没有编号，已按行次"
        message = f"{what}编为 {name}-0001 等；再次导入时行次若变，编号随之而变"
        yield Issue("ID_MADE", message, "warning", 0, "id", str(made))


def _names(table: gpd.GeoDataFrame) -> Iterator[Issue]:
    given = _as_text(table["name"]) if "name" in table.columns else pd.Series([None] * len(table))
    texts = [one if one and one.strip() else "" for one in given.tolist()]
    missing = sum(not one for one in texts)
    ids = table["id"].tolist()
    table["name"] = pd.Series(
        [one or id_ for one, id_ in zip(texts, ids, strict=True)], dtype=object
    )
    if missing:
        message = f"{missing} 行没有名称，以编号代替"
        yield Issue("NAME_MADE", message, "info", 0, "name", str(missing))


def _as_text(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """Text, digits exactly as they are; a whole number that came as decimal is whole again."""
    values = column.tolist()
    if set(map(type, values)) != {str}:  # most columns are text already, and without gaps
        values = [_text(one) for one in values]
    return pd.Series(values, dtype=object)


def _text(value: Any) -> str | None:
    if value is None or value is pd.NA or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


def _as_number(column: "pd.Series[Any]") -> "pd.Series[Any] | None":
    texts = _as_text(column)
    numbers = pd.to_numeric(texts, errors="coerce").astype(float)
    bad = numbers.isna() & texts.notna() & (texts != "")
    return None if bool(bad.any()) or not np.isfinite(numbers.dropna()).all() else numbers


def _as_rank(column: "pd.Series[Any]") -> "pd.Series[Any] | None":
    numbers = _as_number(column)
    if numbers is None or not numbers.isin(range(1, 6)).all():
        return None
    return numbers.astype("int64")


def _as_grade(column: "pd.Series[Any]") -> "pd.Series[Any] | None":
    texts = _as_text(column)
    return texts if texts.dropna().isin(list(Grade)).all() else None


def _free(name: str, taken: Any) -> str:
    """A name that is not taken: itself, or with a number behind."""
    free, number = name, 1
    while free in taken or free == "geometry":
        number += 1
        free = f"{name}_{number}"
    return free
