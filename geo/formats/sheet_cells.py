"""Cells of a workbook that hold no value we could read: errors, formulas never calculated.

The reader of workbooks gives them as empty, so they are counted in the sheets' own text.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from geo.errors import Issue

_CAP = 200_000_000  # bytes of one sheet's text, as for all that is unpacked
_SHOWN = 5
_CELL = rb'<c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"'
_ERROR = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"')
_EMPTY = re.compile(_CELL + rb"[^>]*><f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")


def lost(path: Path) -> list[Issue]:
    """Warnings about cells of an xlsx workbook whose value is not in the file; none for xls."""
    if not zipfile.is_zipfile(path):
        return []
    errors: list[str] = []
    empty: list[str] = []
    with zipfile.ZipFile(path) as book:
        for member in book.infolist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml", member.filename):
                with book.open(member) as file:
                    text = file.read(_CAP)
                errors += [cell.decode() for cell in _ERROR.findall(text)]
                empty += [cell.decode() for cell in _EMPTY.findall(text)]
    return [
        *_told("CELL_ERROR", "个单元格是公式错误（如 #DIV/0!），按空白读入", errors),
        *_told("FORMULA_EMPTY", "个公式没有保存结果，按空白读入，请用 Excel 打开后另存", empty),
    ]


def _told(code: str, what: str, cells: list[str]) -> Iterator[Issue]:
    if cells:
        shown = "、".join(cells[:_SHOWN]) + ("……" if len(cells) > _SHOWN else "")
        yield Issue(code, f"{len(cells)} {what}：{shown}", "warning", 0, "", shown)
