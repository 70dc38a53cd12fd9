"""Which columns of a table hold what: shapes as WKT, north and east, parcels, rings, points.

Words in the header name a column, its digits confirm it; X and Y alone are decided by digits,
because Chinese X is north and other programs' X is east. A reader's own choice goes first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from geo.errors import DataError, Issue
from geo.formats import gauss, plaintext
from geo.formats.sheet_grid import Grid

ROLES = ("wkt", "northing", "easting", "lon", "lat", "parcel", "ring", "point")
_LOOK = 500  # rows looked at
_NUMERIC = 0.8  # share of numbers that makes a column of numbers
_UNITS = re.compile(r"[(（\[]\s*(?:m|米|度|°|单位[:：]?米)\s*[)）\]]|[\s_()（）\[\]:：.-]")
_WORDS = {
    "wkt": re.compile(r"(the)?(wkt)?(geom|geometry|shape|wkt)(wkt)?|几何|图形|几何wkt|图形wkt"),
    "northing": re.compile(
        r"[xn]?(坐标)?[纵北](坐标|向|方向)?[xn]?(坐标)?(值)?|northing|north|n(坐标)?"
    ),
    "easting": re.compile(
        r"[ye]?(坐标)?[横东](坐标|向|方向)?[ye]?(坐标)?(值)?|easting|east|e(坐标)?"
    ),
    "lon": re.compile(r"(大地|地理)?(东)?经(度)?l?|longitude|long|lon|lng|l"),
    "lat": re.compile(r"(大地|地理)?(北)?纬(度)?b?|latitude|lat|b"),
    "parcel": re.compile(
        r"(地块|宗地|图斑|项目)(编号|代码|号|名称)?|parcel(id|no|name)?|lot(id|no)?|所属地块"
    ),
    "ring": re.compile(r"(地块)?圈号|环号|圈|ring(id|no)?|part"),
    "point": re.compile(r"(界址)?点(号|名|编号)|拐点(编)?号?|point(id|no|name)?"),
}
_BARE = {"x": re.compile(r"(坐标|point|coord)?x(坐标|coord|值)?(80|2000|54)?")}
_BARE["y"] = re.compile(_BARE["x"].pattern.replace("x(", "y("))
_SHAPE = re.compile(
    r"\s*(SRID=\d+;)?\s*(MULTI)?(POINT|LINESTRING|POLYGON|GEOMETRYCOLLECTION)", re.I
)


@dataclass(slots=True)
class Columns:
    """Index of the column of each role that was found; `exact` axes are named by words."""

    at: dict[str, int] = field(default_factory=dict)
    east: int | None = None
    north: int | None = None
    issues: list[Issue] = field(default_factory=list)

    @property
    def axes(self) -> tuple[int, int] | None:
        """Columns of east (longitude) and north (latitude)."""
        return None if self.east is None or self.north is None else (self.east, self.north)


def found(grid: Grid, chosen: Mapping[str, str]) -> Columns:
    """Columns of a grid by role; `chosen` maps column names to roles (other values are ignored)."""
    columns = Columns()
    for name, role in chosen.items():
        if role in ROLES:
            if name not in grid.names:
                raise DataError(f"没有字段 {name}，请重新对应字段", "FIELD_MISSING")
            columns.at[role] = grid.names.index(name)
    for role in ROLES:
        index = _by_words(grid, role)
        if index is not None and index not in columns.at.values():
            columns.at.setdefault(role, index)
    _axes(grid, columns)
    return columns


def values(grid: Grid, index: int) -> np.ndarray:
    """Numbers (or degrees) of the filled cells of a column, as far as they are looked at."""
    cells = [cells[index] for _, cells in grid.rows[:_LOOK] if cells[index]]
    read = [plaintext.angle(cell) for cell in cells]
    return np.array([value for value in read if value is not None], dtype=float)


def plain(name: str) -> str:
    """A column name without units, blanks and brackets, in lower case."""
    return _UNITS.sub("", plaintext.narrow(name).lower())


def _by_words(grid: Grid, role: str) -> int | None:
    for index, name in enumerate(grid.names):
        if not _WORDS[role].fullmatch(plain(name)):
            continue
        if role == "wkt" and not _holds_shapes(grid, index):
            continue
        if role in ("northing", "easting", "lon", "lat") and not _is_numeric(grid, index):
            continue
        return index
    return None


def _holds_shapes(grid: Grid, index: int) -> bool:
    filled = [cells[index] for _, cells in grid.rows[:_LOOK] if cells[index]]
    return bool(filled) and bool(_SHAPE.match(filled[0]))


def _is_numeric(grid: Grid, index: int) -> bool:
    filled = sum(bool(cells[index]) for _, cells in grid.rows[:_LOOK])
    return bool(filled) and values(grid, index).size >= _NUMERIC * filled


def _axes(grid: Grid, columns: Columns) -> None:
    at = columns.at
    if "northing" in at and "easting" in at:
        columns.north, columns.east = at["northing"], at["easting"]
    elif "lon" in at and "lat" in at:
        columns.north, columns.east = at["lat"], at["lon"]
    else:
        _bare_axes(grid, columns)
        return
    east, north = values(grid, columns.east), values(grid, columns.north)
    metres = gauss.is_northing(east) and gauss.is_easting(north)
    degrees = gauss.is_latitude(east) and gauss.is_longitude(north)
    if metres or degrees:
        names = f"{grid.names[columns.north]}、{grid.names[columns.east]}"
        message = f"{names} 两列的数字与列名相反，未自动对调，请确认"
        columns.issues.append(Issue("AXIS_SWAPPED", message, "warning", 0, names))


def _bare_axes(grid: Grid, columns: Columns) -> None:
    """X and Y without a word: digits say which is north; without digits X is taken as east."""
    pair = []
    for pattern in _BARE.values():
        matching = (
            i
            for i, name in enumerate(grid.names)
            if pattern.fullmatch(plain(name)) and _is_numeric(grid, i)
        )
        pair.append(next(matching, None))
    x, y = pair
    if x is None or y is None:
        x, y = _nameless(grid)
    if x is None or y is None:
        return
    told = north_first(values(grid, x), values(grid, y))
    columns.north, columns.east = (x, y) if told else (y, x)
    north, east = grid.names[columns.north], grid.names[columns.east]
    known = "按数字判定" if told is not None else "数字无法判定，暂定"
    message = f"{known}：{north} 为北（纬度），{east} 为东（经度）"
    severity = "info" if told is not None else "warning"
    columns.issues.append(Issue("AXIS_FOUND", message, severity, 0, f"{north}、{east}"))


def _nameless(grid: Grid) -> tuple[int | None, int | None]:
    """Two neighbouring columns without a header whose digits are coordinates."""
    if not all(re.fullmatch("列[0-9]+", name) for name in grid.names):
        return None, None
    for i in range(len(grid.names) - 1):
        if north_first(values(grid, i), values(grid, i + 1)) is not None:
            return i, i + 1
    return None, None


def north_first(first: np.ndarray, second: np.ndarray) -> bool | None:
    """Whether the first of two columns is north; None where digits do not tell."""
    for north, east in (
        (gauss.is_northing, gauss.is_easting),
        (gauss.is_latitude, gauss.is_longitude),
    ):
        if north(first) and east(second):
            return True
        if north(second) and east(first):
            return False
    return None
