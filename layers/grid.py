"""A set as a table for people: localised heads, the reader's unit, nothing cut off."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo import measure
from geo.model import Boundaries, Grade, Hit
from geo.units import DECIMALS, SIGN, AreaUnit, half_up, to_unit
from layers import feed, sheet
from layers.style import GRADE_LABEL

_KNOWN = (
    "id", "name", "name_en", "kind", "kind_en", "grade", "error_m", "declared_m2", "basis",
    "basis_en", "rank", "parent", "geometry",
)  # fmt: skip
HEADS: Mapping[str, tuple[str, str]] = {
    "id": ("编号", "Id"),
    "name": ("名称", "Name"),
    "kind": ("类型", "Kind"),
    "grade": ("等级", "Grade"),
    "area": ("面积", "Area"),
    "declared": ("文件所述", "Stated"),
    "length": ("长度/米", "Length/m"),
    "error": ("误差/米", "Error/m"),
    "parent": ("所属", "Part of"),
    "basis": ("依据", "Basis"),
}
_REST: Mapping[str, str] = {
    "name_en": "英文名称",
    "kind_en": "英文类型",
    "basis_en": "英文依据",
    "rank": "标注级别",
}


def kinds(known: Boundaries) -> list[str]:
    """The kinds of a set, commonest first."""
    return [str(one["key"]) for one in feed.classes(known)]


def frame(known: Boundaries, unit: AreaUnit, *, english: bool) -> pd.DataFrame:
    """Rows as they are read on screen and in Excel; empty columns are left out."""
    table = known.table
    shapes = np.asarray(table.geometry.array)
    areas = [_rounded(m2, unit) if m2 > 0 else None for m2 in measure.areas_m2(shapes)]
    lengths = measure.lengths_m(shapes)
    lines = shapely.get_dimensions(shapes) == 1
    grades = [Grade(g) for g in feed.column(table, "grade", known.source.grade.value)]
    sign = SIGN[unit][english]
    columns: dict[str, Any] = {
        HEADS["id"][english]: list(table["id"]),
        HEADS["name"][english]: _either(table, "name", english=english),
        HEADS["kind"][english]: _either(table, "kind", english=english),
        HEADS["grade"][english]: [GRADE_LABEL[grade][english] for grade in grades],
        f"{HEADS['area'][english]}/{sign}": areas,
        f"{HEADS['declared'][english]}/{sign}": [
            _stated(m2, unit) for m2 in _given(table, "declared_m2")
        ],
        HEADS["length"][english]: [
            float(half_up(m, 1)) if line else None for m, line in zip(lengths, lines, strict=True)
        ],
        HEADS["error"][english]: _given(table, "error_m"),
        HEADS["parent"][english]: feed.column(table, "parent"),
        HEADS["basis"][english]: _either(table, "basis", english=english),
    }
    others = {name: list(table[name]) for name in table.columns if name not in _KNOWN}
    full = pd.DataFrame({**columns, **others})
    return full.loc[:, [name for name in full if full[name].replace("", None).notna().any()]]


def whole(known: Boundaries, unit: AreaUnit) -> pd.DataFrame:
    """Rows as `frame` gives them in Chinese, and every attribute that the screen leaves out."""
    rows = frame(known, unit, english=False)
    rest = {word: list(known.table[c]) for c, word in _REST.items() if c in known.table}
    return rows.assign(**{word: values for word, values in rest.items() if word not in rows})


def hits(found: Sequence[Hit], unit: AreaUnit, *, english: bool) -> pd.DataFrame:
    """What was found inside a region: name, kind, the area inside, grade."""
    sign = SIGN[unit][english]
    share = f"{'Inside' if english else '范围内'}/{sign}"
    rows = [
        {
            HEADS["name"][english]: one.name_en if english and one.name_en else one.name,
            HEADS["kind"][english]: one.kind_en if english and one.kind_en else one.kind,
            share: None if one.share_m2 is None else _rounded(one.share_m2, unit),
            HEADS["grade"][english]: GRADE_LABEL[one.grade][english],
            HEADS["id"][english]: one.id,
        }
        for one in found
    ]
    return pd.DataFrame(rows).astype({share: float})


def sheet_of(title: str, rows: pd.DataFrame, about: Mapping[str, str]) -> bytes:
    """A table as an Excel file that says where it comes from."""
    columns = {str(name): [None if pd.isna(v) else v for v in rows[name]] for name in rows}
    return sheet.workbook(title, columns, about)


def _either(table: pd.DataFrame, name: str, *, english: bool) -> list[str]:
    chinese = feed.column(table, name)
    if not english:
        return chinese
    return [
        other or own for own, other in zip(chinese, feed.column(table, f"{name}_en"), strict=True)
    ]


def _given(table: pd.DataFrame, name: str) -> list[float | None]:
    if name not in table:
        return [None] * len(table)
    return [None if pd.isna(value) else float(value) for value in table[name]]


def _rounded(m2: float, unit: AreaUnit) -> float:
    return float(half_up(to_unit(float(m2), unit), DECIMALS[unit]))


def _stated(m2: float | None, unit: AreaUnit) -> float | None:
    return None if m2 is None else _rounded(m2, unit)
