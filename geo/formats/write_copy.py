"""A copy of a set on its way out: rows, shapes and what every file must say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import measure
from geo.edition import Edition, released
from geo.errors import DataError
from geo.model import STORED_CRS, Boundaries, Grade, Seal, worst

SCHEMATIC = "仅供参考，非法定界线"
PLANES = (measure.PLANE, measure.PLANE_PREFIXED)
CRS_WORDS: Mapping[int, str] = {
    STORED_CRS: "CGCS2000 经纬度（EPSG:4490），单位度；x 为经度，y 为纬度",
    measure.PLANE: "CGCS2000 三度带高斯平面，中央子午线 123°E，不加带号（EPSG:4550），单位米；"
    "x 为东（横坐标 Y），y 为北（纵坐标 X）",
    measure.PLANE_PREFIXED: "CGCS2000 三度带高斯平面，第 41 带，东坐标前加带号 41（EPSG:4529），"
    "单位米；x 为东（横坐标 Y），y 为北（纵坐标 X）",
}
_EXACT = 2**53  # beyond this a double no longer holds every whole number
_METRE = 1.0


class Look(Protocol):
    """How a set looks, told by whoever knows: colours, styles, tables and titles."""

    @property
    def title(self) -> str:
        """Title of the set."""

    @property
    def seal(self) -> Seal:
        """What shows later whether the chain of the data was cut."""

    def grade(self, grade: Grade) -> str:
        """A grade in Chinese."""

    def inks(self, known: Boundaries) -> Sequence[str]:
        """The colour of each row, as #RRGGBB."""

    def qml(self, known: Boundaries, dimension: int, fields: Mapping[str, str]) -> str:
        """A QGIS style for points (0), lines (1) or areas (2); `fields` renames columns."""

    def told(self, about: Mapping[str, str]) -> Mapping[str, str]:
        """What a file says of itself, in the language of the file."""

    def workbook(self, known: Boundaries, about: Mapping[str, str]) -> bytes:
        """The attributes as an Excel file."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What a writer writes.

    Parameters
    ----------
    known
        The rows that may leave, in EPSG:4490; the shape is None where it may not.
    table
        The same rows in `crs`: plain texts and numbers, then grade, source and licence.
    crs
        EPSG code of the shapes of `table`, x = east.
    exact
        Whether sizes may be measured from the shapes.
    about
        What the file must say of itself, Chinese key and text.
    """

    known: Boundaries
    table: gpd.GeoDataFrame
    crs: int
    exact: bool
    about: Mapping[str, str]
    look: Look

    @property
    def told(self) -> Mapping[str, str]:
        """The same in the language of the file."""
        return self.look.told(self.about)


def copied(known: Boundaries, crs: int, edition: Edition, look: Look) -> Copy:
    """A set as an edition may hold it, in one of our three systems."""
    if crs not in CRS_WORDS:
        raise DataError(
            f"不能导出为 EPSG:{crs}，请选 {'、'.join(map(str, CRS_WORDS))} 之一", "EXPORT_CRS"
        )
    leaving = released(known, edition)
    rows, source = leaving.known.table, leaving.known.source
    columns: dict[str, Any] = {c: plain(rows[c]) for c in rows.columns if c != rows.geometry.name}
    said = {
        "grade": source.grade.value,
        "source": source.title,
        "licence": source.licence,
    }
    columns |= {name: [text] * len(rows) for name, text in said.items() if name not in columns}
    shapes = _moved(np.asarray(rows.geometry.array), crs, edition)
    table = gpd.GeoDataFrame(columns, geometry=shapes, crs=crs)
    about = _about(leaving.known, crs, look)
    about |= {"版别": edition.label, "处理": "；".join(leaving.notes)}
    if edition is Edition.PUBLIC:
        about["审图号"] = "（空）"
    about |= look.seal.rows()
    told = {key: text for key, text in about.items() if text}
    return Copy(leaving.known, table, crs, edition is Edition.INTERNAL, told, look)


def _moved(shapes: np.ndarray, crs: int, edition: Edition) -> np.ndarray:
    if crs == STORED_CRS:
        return shapes
    by = measure.transformer(STORED_CRS, crs)
    moved = shapely.transform(shapes, lambda xy: np.column_stack(by.transform(xy[:, 0], xy[:, 1])))
    # Whole metres, so that a coarse position does not look like a fine one.
    return np.asarray(shapely.set_precision(moved, _METRE) if edition is Edition.PUBLIC else moved)


def _about(known: Boundaries, crs: int, look: Look) -> dict[str, str]:
    source = known.source
    grades = known.table.get("grade", pd.Series(dtype=object)).dropna()
    grade = worst([source.grade, *(Grade(one) for one in grades.unique())])
    return {
        "图层": f"{look.title}（{known.name}）",
        "提示": SCHEMATIC if grade is Grade.SCHEMATIC else "",
        "数据版本": str(known.since),
        "坐标系": CRS_WORDS[crs],
        "来源": source.title,
        "可信程度": look.grade(grade),
        "位置误差": "" if source.error_m is None else f"约 {source.error_m:g} 米",
        "密级": source.secrecy,
        "发布单位": source.issuer,
        "文号": source.document,
        "发布日期": source.issued.isoformat() if source.issued else "",
        "许可": source.licence,
        "说明": source.note,
    }


def plain(column: "pd.Series[Any]") -> "pd.Series[Any]":
    """A column as every format holds it: whole numbers, numbers, or texts (None if missing).

    Numbers that a double cannot hold, days, times and what is not a number become text.
    """
    values = [None if gone else _native(v) for v, gone in zip(column, column.isna(), strict=True)]
    there = [value for value in values if value is not None]
    if there and all(type(value) in (int, float) for value in there):
        whole = all(type(value) is int for value in there)
        exact = all(abs(value) <= _EXACT if whole else np.isfinite(value) for value in there)
        if exact:
            kind = "int64" if whole and len(there) == len(values) else "float64"
            return pd.Series(np.array([np.nan if v is None else v for v in values], dtype=kind))
    return pd.Series([None if v is None else _text(v) for v in values], dtype=object)


def _native(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def dimensions(table: gpd.GeoDataFrame) -> np.ndarray:
    """0, 1, 2 for points, lines and areas, -1 for rows without a shape."""
    return np.asarray(shapely.get_dimensions(np.asarray(table.geometry.array)))


def lines(about: Mapping[str, str]) -> list[str]:
    """What a file says of itself, one line each."""
    return [f"{key}：{' '.join(text.split())}" for key, text in about.items()]
