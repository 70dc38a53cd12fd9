"""Workbooks and CSV files as grids of text: sheets, header rows, rows with their numbers.

Cells become text to the character: what a file stores as a number keeps its digits, and
where Excel itself has rounded a long one, that is told.
"""

import csv
import datetime
import re
import statistics
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from geo.errors import DataError, Issue
from geo.formats import plaintext, sheet_cells
from geo.formats.apostrophe import untied

MAX_FIELDS = 256
MAX_CELLS = 20_000_000
_LOOK = 50  # rows looked at for delimiters and headers
_EXACT = 10**15  # Excel keeps fifteen digits
_SCIENTIFIC = re.compile(r"[0-9]\.[0-9]+E\+[0-9]{2}")
_QUOTED_ID = re.compile(r'="([^"]*)"')


@dataclass(slots=True)
class Grid:
    """One sheet: names of columns, rows of text with their number in the file, what to tell."""

    name: str
    names: list[str]
    rows: list[tuple[int, list[str]]]
    issues: list[Issue] = field(default_factory=list)
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class _Raw:
    """A sheet as it stands: rows from the first line on, columns of cells merged in a row."""

    name: str
    rows: list[tuple[int, list[str]]]
    merged: dict[int, list[tuple[int, int]]]  # row number -> (first, last) column
    issues: list[Issue]
    blank: list[int]  # numbers of rows without anything


def workbook(path: Path) -> list[Grid]:
    """Sheets of a workbook that hold anything. Raises `DataError` for files Excel cannot open."""
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
            sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
            raws = [_sheet(sheet) for sheet in sheets if sheet.end is not None]
        told = sheet_cells.lost(path)
    except PasswordError as error:
        raise DataError("工作簿有密码，请另存为无密码的文件", "XLSX_PASSWORD") from error
    except (CalamineError, zipfile.BadZipFile) as error:
        raise DataError("工作簿损坏，请用 Excel 打开后另存", "XLSX_CORRUPT") from error
    grids = [_grid(raw) for raw in raws if raw.rows]
    for grid in grids:
        grid.issues += told
    if not grids:
        raise DataError("工作簿没有内容，请核对后重新选择", "EMPTY_FILE")
    return grids


def separated(text: str, encoding: str) -> Grid:
    """The grid of a text parted by commas, semicolons or tabs."""
    found = re.match(r"sep=(.)\r?\n", text)
    mark = found[1] if found else _delimiter(text)
    raw = _Raw("", [], {}, [], [])
    body = text[found.end() :] if found else text
    for number, cells in _records(body, mark):
        kept = [untied((_QUOTED_ID.fullmatch(cell) or [None, cell])[1] or "") for cell in cells]
        line = number + (1 if found else 0)
        if any(cell.strip() for cell in kept):
            raw.rows.append((line, kept))
        else:
            raw.blank.append(line)
    if not raw.rows:
        raise DataError("文件为空，请核对后重新选择", "EMPTY_FILE")
    grid = _grid(raw)
    grid.encoding = encoding
    grid.issues += _rounded(grid)
    return grid


def _delimiter(text: str) -> str:
    """The mark that parts the first lines into most columns."""
    head = "\n".join(text.splitlines()[:_LOOK])
    width = {}
    for mark in ",;\t":
        counts = [len(row) for row in csv.reader(head.splitlines(), delimiter=mark) if row]
        width[mark] = statistics.median(counts) if counts else 1
    return max(width, key=lambda mark: width[mark])


def _records(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Records with the line each starts on; fields may be as long as a line may be."""
    before = csv.field_size_limit(plaintext.LINE_CAP)
    reader = csv.reader(re.findall(r"[^\r\n]*(?:\r\n|\n|\r|\Z)", text), delimiter=mark, strict=True)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"第 {start} 行起引号不成对或过长，请改正后重试", "CSV_CORRUPT") from error
    finally:
        csv.field_size_limit(before)


def _sheet(sheet: CalamineSheet) -> _Raw:
    rows, columns = (end + 1 for end in sheet.end or (0, 0))
    if rows * columns > MAX_CELLS:
        raise DataError(f"工作表 {sheet.name} 有 {rows}×{columns} 格，过大，请拆分", "TOO_COMPLEX")
    raw = _Raw(sheet.name, [], {}, [], [])
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        texts = [_text(cell) for cell in cells]
        if any(text.strip() for text in texts):
            raw.rows.append((number, texts))
            raw.issues.extend(_long(number, cells, texts))
        else:
            raw.blank.append(number)
    for (top, left), (_, right) in sheet.merged_cell_ranges or ():
        if right > left:
            raw.merged.setdefault(top + 1, []).append((left, right))
    return raw


def _text(value: Any) -> str:
    """A cell as text: whole numbers without a point, dates as ISO, never an exponent."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else _digits(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


def _digits(value: float) -> str:
    shown = f"{Decimal(repr(value)):f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _long(number: int, cells: list[Any], texts: list[str]) -> Iterator[Issue]:
    for cell, text in zip(cells, texts, strict=True):
        if isinstance(cell, float) and cell.is_integer() and abs(cell) >= _EXACT:
            message = f"数字 {text} 超过 15 位，Excel 已舍入末位，请把该列改为文本后重新填写"
            yield Issue("LONG_NUMBER", message, "warning", number, "", text)


def _rounded(grid: Grid) -> Iterator[Issue]:
    """Numbers that Excel wrote with an exponent have lost their last digits."""
    for number, cells in grid.rows:
        for name, cell in zip(grid.names, cells, strict=True):
            if _SCIENTIFIC.fullmatch(cell):
                message = f"{name} 的 {cell} 是 Excel 舍入后的写法，末位已丢失，请改为文本后重存"
                yield Issue("LONG_NUMBER", message, "warning", number, name, cell)


def _grid(raw: _Raw) -> Grid:
    """Find the header, name the columns, drop empty ones, and tell what was done."""
    width = max(len(cells) for _, cells in raw.rows)
    rows = [(number, [*cells, *[""] * (width - len(cells))]) for number, cells in raw.rows]
    at, depth = _header(rows, raw.merged)
    names = _names(rows[at : at + depth], raw.merged, width)
    body = rows[at + depth :]
    used = [i for i in range(width) if names[i] or any(cells[i].strip() for _, cells in body)]
    if len(used) > MAX_FIELDS:
        raise DataError(
            f"字段过多（{len(used)} 个，至多 {MAX_FIELDS} 个），请删减", "TOO_MANY_FIELDS"
        )
    issues = [*raw.issues, *_about_rows(raw, rows, at, depth)]
    grid = Grid(raw.name, _distinct([names[i] for i in used], issues), [], issues)
    grid.rows = [(number, [cells[i].strip() for i in used]) for number, cells in body]
    return grid


def _header(
    rows: list[tuple[int, list[str]]], merged: dict[int, list[tuple[int, int]]]
) -> tuple[int, int]:
    """Index of the first header row and how many there are (0 where data start at once)."""
    filled = [[cell for cell in cells if cell.strip()] for _, cells in rows[:_LOOK]]
    enough = max(1, 0.6 * max(map(len, filled)))
    for i, cells in enumerate(filled):
        numbers = sum(plaintext.angle(cell) is not None for cell in cells)
        if len(cells) < enough and not (numbers and numbers > len(cells) / 2):
            continue
        if numbers > len(cells) * 0.4:
            return i, 0
        below = filled[i + 1] if i + 1 < len(filled) else []
        plain = below and not any(plaintext.angle(cell) is not None for cell in below)
        wide = any(last > first for first, last in merged.get(rows[i][0], ()))
        return i, 2 if wide and plain else 1
    return 0, 1


def _names(
    header: list[tuple[int, list[str]]], merged: dict[int, list[tuple[int, int]]], width: int
) -> list[str]:
    """Names of columns; below a merged heading the lower word counts."""
    names = [""] * width
    for number, cells in header:
        shown = [re.sub(r"\s+", " ", cell.strip()) for cell in cells]
        for first, last in merged.get(number, ()) if number != header[-1][0] else ():
            shown[first : last + 1] = [shown[first]] * (last + 1 - first)
        names = [lower or upper for upper, lower in zip(names, shown, strict=True)]
    return names


def _distinct(names: list[str], issues: list[Issue]) -> list[str]:
    """Names that are neither empty nor repeated nor ours for shapes."""
    seen: Counter[str] = Counter()
    out: list[str] = []
    for i, name in enumerate(names, 1):
        wanted = name or f"列{i}"
        wanted = "geometry_1" if wanted.lower() == "geometry" and wanted != name else wanted
        seen[wanted] += 1
        given = wanted if seen[wanted] == 1 else f"{wanted}_{seen[wanted]}"
        if name and given != name:
            message = f"字段名 {name} 重复，第 {i} 列改称 {given}"
            issues.append(Issue("FIELD_NAME", message, "warning", 0, given, name))
        out.append(given)
    return out


def _about_rows(
    raw: _Raw, rows: list[tuple[int, list[str]]], at: int, depth: int
) -> Iterator[Issue]:
    for number, cells in rows[:at]:
        title = " ".join(cell.strip() for cell in cells if cell.strip())
        yield Issue("TITLE_ROW", f"表头之上的文字，未作数据：{title}", "info", number, "", title)
    if not depth:
        yield Issue("HEADER_MISSING", "没有表头，各列称为列1、列2……", "info", rows[at][0])
    empty = sum(rows[at][0] < number < rows[-1][0] for number in raw.blank)
    if empty:
        yield Issue("EMPTY_ROWS", f"跳过 {empty} 个空行", "info")
