"""Write a set to a file that other programs open: GeoJSON, GeoPackage, or its table in Excel."""

import math
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
import xlsxwriter
from pyogrio.errors import DataSourceError

from geo import export, measure
from geo.errors import DataError
from geo.model import Boundaries

HEADINGS: Mapping[str, str] = {
    "id": "编号",
    "name": "名称",
    "name_en": "英文名称",
    "kind": "类别",
    "kind_en": "英文类别",
    "grade": "可信程度",
    "error_m": "误差（米）",
    "declared_m2": "公布面积（㎡）",
    "basis": "依据",
    "basis_en": "英文依据",
    "rank": "标注级别",
    "parent": "上级编号",
}
_AREA, _LENGTH = "椭球面积（㎡）", "长度（米）"
_ROWS, _CELL = 1_048_575, 32_767  # what one Excel sheet and one cell can hold


def write(known: Boundaries, title: str, path: Path) -> None:
    """Write a set in the format that the file's ending names; shapes in EPSG:4490.

    A file of that name is replaced only once the new one is whole. Raises `DataError`
    EXPORT_FORMAT for another ending and EXPORT_FAILED where the file cannot be written.
    """
    writers: Mapping[str, Callable[[Boundaries, str, Path], None]] = {
        ".geojson": _geojson,
        ".gpkg": _geopackage,
        ".xlsx": _workbook,
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise DataError(
            f"不能导出为 {path.name}，请用 {'、'.join(writers)} 结尾的文件名", "EXPORT_FORMAT"
        )
    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            made = Path(folder) / path.name
            writer(known, title, made)
            made.replace(path)
    except (OSError, DataSourceError, xlsxwriter.exceptions.XlsxWriterException) as error:
        raise DataError(
            f"无法写入 {path}，请检查文件夹是否存在、是否可写、文件是否正被打开", "EXPORT_FAILED"
        ) from error


def _geojson(known: Boundaries, _title: str, path: Path) -> None:
    path.write_bytes(export.write(known, export.FileKind.GEOJSON))


def _geopackage(known: Boundaries, _title: str, path: Path) -> None:
    path.write_bytes(export.write(known, export.FileKind.GPKG))


def _workbook(known: Boundaries, title: str, path: Path) -> None:
    """Two sheets: the table, and where it comes from. Every text is written as text."""
    table = _measured(known)
    if len(table) > _ROWS:
        raise DataError(f"要素 {len(table)} 条，超过 Excel 一页的上限，请改用 .gpkg", "EXPORT_ROWS")
    # Nothing that a name holds is taken for a formula or a link.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        _sheet(book, title[:31], [list(table.columns), *table.itertuples(index=False)])
        _sheet(book, "说明", _about(known, title))


def _measured(known: Boundaries) -> pd.DataFrame:
    """The attributes under Chinese headings, with measured area and length where there are."""
    shapes = np.asarray(known.table.geometry.array)
    table = pd.DataFrame(known.table.drop(columns="geometry")).rename(columns=dict(HEADINGS))
    dimensions = shapely.get_dimensions(shapes)
    measured = ((_AREA, 2, measure.areas_m2), (_LENGTH, 1, measure.lengths_m))
    for heading, dimension, by in measured:
        if (dimensions == dimension).any():
            table[heading] = np.where(dimensions == dimension, np.round(by(shapes), 2), np.nan)
    return table


def _about(known: Boundaries, title: str) -> list[tuple[str, Any]]:
    source = known.source
    return [
        ("图层", f"{title}（{known.name}）"),
        ("数据版本", known.since),
        ("坐标系", "CGCS2000 经纬度（EPSG:4490）；面积为椭球面积，长度取自 EPSG:4550"),
        ("来源", source.title),
        ("可信程度", source.grade.value),
        ("文号", source.document),
        ("发布日期", source.issued.isoformat() if source.issued else ""),
        ("许可", source.licence),
        ("说明", source.note),
    ]


def _sheet(book: Any, title: str, rows: Any) -> None:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            _cell(sheet, i, j, value)


def _is_number(value: Any) -> bool:
    """Whether Excel can hold a value as a number: 15 digits, finite."""
    plain = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return plain and math.isfinite(value) and abs(value) < 1e15


def _cell(sheet: Any, i: int, j: int, value: Any) -> None:
    if value is None or pd.isna(value):
        return
    if _is_number(value):
        sheet.write_number(i, j, value)
    elif len(text := str(value)) <= _CELL:
        sheet.write_string(i, j, text)
    else:
        raise DataError(
            f"第 {i} 行的文字超过 {_CELL} 字，Excel 放不下，请改用 .gpkg", "EXPORT_CELL"
        )
