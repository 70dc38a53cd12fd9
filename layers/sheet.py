"""Tables as Excel: text stays text, formulas never come alive, ids keep every digit."""

import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter


def workbook(title: str, columns: Mapping[str, Sequence[Any]], notes: Sequence[str]) -> bytes:
    """One sheet with a header row, frozen, and notes (source, grade, version) below the table."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF3F8"})
        soft = book.add_format({"font_color": "#5B6776"})
        for i, (name, values) in enumerate(columns.items()):
            sheet.write_string(0, i, name, head)
            widest = max([len(name), *(len(str(value)) for value in values)], default=8)
            sheet.set_column(i, i, min(10 + widest, 48))
            for row, value in enumerate(values, start=1):
                _cell(sheet, row, i, value)
        sheet.freeze_panes(1, 2)
        count = max((len(values) for values in columns.values()), default=0)
        sheet.autofilter(0, 0, count, max(len(columns) - 1, 0))
        for line, note in enumerate(notes, start=count + 2):
            sheet.write_string(line, 0, note, soft)
    return out.getvalue()


def _cell(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return
    if isinstance(value, bool) or not isinstance(value, int | float):
        sheet.write_string(row, column, str(value))
    else:
        sheet.write_number(row, column, value)


def _sheet_name(title: str) -> str:
    """A title as Excel allows it: 31 characters, none of its own marks."""
    return "".join("_" if mark in "[]:*?/\\'" else mark for mark in title)[:31] or "表"
