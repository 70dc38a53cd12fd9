"""Tables as Excel: text stays text, formulas never come alive, ids keep every digit."""

import io
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import xlsxwriter

from geo.errors import DataError

ABOUT = "说明"  # the sheet that says where the table comes from
ABOUT_EN = "About"
_ROWS, _CELL = 1_048_575, 32_767  # what one sheet and one cell can hold
_DIGITS = 1e15  # beyond 15 digits Excel rounds
_STILL = datetime(2000, 1, 1, tzinfo=UTC)  # no clock in a file: the same rows, the same bytes


def workbook(
    title: str,
    columns: Mapping[str, Sequence[Any]],
    about: Mapping[str, str],
    fills: Sequence[str] = (),
) -> bytes:
    """Two sheets: rows under a frozen header, and what the file says of itself.

    `fills` colours the cells of each row (``#RRGGBB``); none if empty.

    Raises `DataError` EXPORT_ROWS or EXPORT_CELL for what Excel cannot hold.
    """
    return _written({title: columns}, about, fills)


def book(
    pages: Mapping[str, Mapping[str, Sequence[Any]]],
    about: Mapping[str, str],
    *,
    english: bool = False,
) -> bytes:
    """A sheet for each title, and last what the file says of itself; errors as `workbook`."""
    return _written(pages, about, (), ABOUT_EN if english else ABOUT)


def _written(
    pages: Mapping[str, Mapping[str, Sequence[Any]]],
    about: Mapping[str, str],
    fills: Sequence[str],
    last: str = ABOUT,
) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as made:
        made.set_properties({"created": _STILL})
        head = made.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF3F8"})
        fill = {colour: made.add_format({"bg_color": colour}) for colour in sorted(set(fills))}
        looks = [fill[colour] for colour in fills]
        for title, columns in pages.items():
            _rows(made.add_worksheet(_sheet_name(title)), columns, head, looks)
        told = made.add_worksheet(last)
        told.set_column(0, 0, 12)
        told.set_column(1, 1, 96)
        for row, (key, text) in enumerate(about.items()):
            told.write_string(row, 0, key)
            told.write_string(row, 1, text)
    return out.getvalue()


def _rows(
    sheet: Any, columns: Mapping[str, Sequence[Any]], head: Any, looks: Sequence[Any]
) -> None:
    count = max((len(values) for values in columns.values()), default=0)
    if count > _ROWS:
        raise DataError(f"要素 {count} 条，超过 Excel 一页的上限，请改用 .gpkg", "EXPORT_ROWS")
    for i, (name, values) in enumerate(columns.items()):
        sheet.write_string(0, i, name, head)
        widest = max([len(name), *(len(str(value)) for value in values)], default=8)
        sheet.set_column(i, i, min(10 + widest, 48))
        for row, value in enumerate(values, start=1):
            _cell(sheet, row, i, value, looks[row - 1] if looks else None)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, count, max(len(columns) - 1, 0))


def _cell(sheet: Any, row: int, column: int, value: Any, look: Any) -> None:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        sheet.write_blank(row, column, None, look)
    elif _is_number(value):
        sheet.write_number(row, column, value, look)
    elif len(text := str(value)) <= _CELL:
        sheet.write_string(row, column, text, look)
    else:
        raise DataError(
            f"第 {row} 行的文字超过 {_CELL} 字，Excel 放不下，请改用 .gpkg", "EXPORT_CELL"
        )


def _is_number(value: Any) -> bool:
    """Whether Excel holds a value as the number it is."""
    plain = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    return plain and math.isfinite(value) and abs(value) < _DIGITS


def _sheet_name(title: str) -> str:
    """A title as Excel allows it: 31 characters, none of its own marks."""
    plain = "".join("_" if mark in "[]:*?/\\'" else mark for mark in title)[:31]
    return plain if plain not in ("", ABOUT, ABOUT_EN) else "表"
