"""Read Excel and CSV tables: WKT columns, points, boundary points by parcel, bare attributes.

Every cell is kept as text. What the shapes are made of is found from the columns; where two
readings are possible the reader is asked (TABLE_KIND), never the first taken.
"""

from pathlib import Path

from geo.errors import DataError, Issue
from geo.formats import plaintext, sheet_columns, sheet_shapes
from geo.formats.sheet_columns import Columns
from geo.formats.sheet_grid import Grid, separated, workbook
from geo.formats.values import Choice, Kind, Layer, Peek, Reading

KINDS = ("wkt", "rings", "points", "none")
_MAGIC = (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))
_TASTE = 3
_GEOMETRY = {"wkt": "mixed", "rings": "Polygon", "points": "Point", "none": "none"}
_CHINESE = {"wkt": "WKT 图形", "rings": "界址点连成的面", "points": "点", "none": "只有属性"}


def peek(path: Path, choice: Choice | None = None) -> Peek:
    """Sheets of a table file; ``TABLE_KIND`` issues offer what each may be read as."""
    choice = choice or Choice()
    grids = _grids(path, choice)
    issues: list[Issue] = []
    if len(grids) > 1:
        message = f"文件含 {len(grids)} 个图层，请选择"
        issues.append(Issue("MANY_LAYERS", message, "warning", 0, "", str(len(grids))))
    for grid in grids:
        columns = _columns(grid, choice)
        offered = kinds(grid, columns)
        shown = "、".join(_CHINESE[kind] for kind in offered)
        message = f"{grid.name or '表格'}可读作：{shown}"
        issues += [*grid.issues, *columns.issues]
        issues.append(Issue("TABLE_KIND", message, "info", 0, grid.name, ",".join(offered)))
    kind = Kind.XLSX if _is_workbook(path) else Kind.CSV
    made = tuple(_layer(grid, choice) for grid in grids)
    return Peek(kind, made, grids[0].encoding, issues=tuple(issues))


def layers(path: Path) -> tuple[Layer, ...]:
    """Sheets that hold anything; a CSV file is one layer without a name."""
    return peek(path).layers


def rows(path: Path, choice: Choice) -> Reading:
    """Read one sheet; `choice` may name sheet, encoding, kind of shapes and columns by role."""
    grids = _grids(path, choice)
    if not choice.layer and len(grids) > 1:
        names = "、".join(grid.name for grid in grids)
        raise DataError(f"文件含 {len(grids)} 个图层，请选择：{names}", "MANY_LAYERS")
    wanted = [grid for grid in grids if choice.layer in ("", grid.name)]
    if not wanted:
        raise DataError(f"没有工作表 {choice.layer}，请重新选择", "LAYER_MISSING")
    return read(wanted[0], choice, Kind.XLSX if _is_workbook(path) else Kind.CSV)


def read(grid: Grid, choice: Choice, source: Kind) -> Reading:
    """Rows of a grid with shapes as chosen, or as the columns say."""
    if not grid.rows:
        raise DataError("只有表头，没有数据行，请核对文件", "EMPTY_FILE", grid.issues)
    columns = _columns(grid, choice)
    kind = choice.geometry or _only(grid, columns)
    if kind not in KINDS:
        raise DataError(f"不认识的读法 {kind}，请选 {'、'.join(KINDS)}", "TABLE_KIND")
    made = sheet_shapes.make(grid, columns, kind)
    issues = [*grid.issues, *(columns.issues if kind in ("rings", "points") else ()), *made.issues]
    issues.sort(key=lambda issue: issue.row)
    count, numbers = len(made.numbers), tuple(made.numbers)
    return Reading(
        source, grid.name, made.table, count, numbers, grid.encoding, made.crs, tuple(issues)
    )


def kinds(grid: Grid, columns: Columns) -> tuple[str, ...]:
    """What a grid may be read as, likeliest first; ``none`` is always possible."""
    if "wkt" in columns.at:
        return ("wkt", "none")
    if columns.axes is None:
        return ("none",)
    return ("rings", "points", "none") if _may_be_rings(grid, columns) else ("points", "none")


def _only(grid: Grid, columns: Columns) -> str:
    """The one reading the columns allow. Raises `DataError` (TABLE_KIND) where there are two."""
    offered = kinds(grid, columns)
    if offered[0] != "rings" or "ring" in columns.at or sheet_shapes.closes(grid, columns):
        return offered[0]
    raise DataError("坐标可连成面，也可各为一点，请选择读作“面”还是“点”", "TABLE_KIND")


def _may_be_rings(grid: Grid, columns: Columns) -> bool:
    if "ring" in columns.at or "point" in columns.at:
        return len(grid.rows) >= 3
    return any(len(group) >= 3 for group in sheet_shapes.groups(grid, columns).values())


def _columns(grid: Grid, choice: Choice) -> Columns:
    return sheet_columns.found(grid, choice.columns if _mine(grid, choice) else {})


def _mine(grid: Grid, choice: Choice) -> bool:
    return choice.layer in ("", grid.name)


def _grids(path: Path, choice: Choice) -> list[Grid]:
    if _is_workbook(path):
        return workbook(path)
    text, encoding = plaintext.decode(path.read_bytes(), choice.encoding)
    plaintext.lines(text)
    return [separated(text, encoding)]


def _is_workbook(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8).startswith(_MAGIC)


def _layer(grid: Grid, choice: Choice) -> Layer:
    best = kinds(grid, _columns(grid, choice))[0]
    taste = tuple(
        {name: cell for name, cell in zip(grid.names, cells, strict=True) if cell}
        for _, cells in grid.rows[:_TASTE]
    )
    return Layer(grid.name, len(grid.rows), _GEOMETRY[best], tuple(grid.names), taste)
