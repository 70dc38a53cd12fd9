"""Coordinates typed or pasted into a box: pairs by line, degrees and minutes, tables, TXT, WKT.

Which of two numbers is north is told by their digits. Blank lines part rings of one area;
holes are found by nesting.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.errors import DataError, Issue
from geo.formats import plaintext, rings, sheet, sheet_columns, txt
from geo.formats.rings import Corner
from geo.formats.sheet_grid import Grid, separated
from geo.formats.values import Choice, Kind, Layer, Peek, Reading

_WKT = re.compile(r"\s*(?:SRID=\d+;\s*)?(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b", re.IGNORECASE)
_EXCHANGE = re.compile(r"[@＠][ \t]*$|[\[【［][ \t]*(?:地块坐标|属性描述|项目信息)", re.MULTILINE)
_PAIR = re.compile(r"[^,\s]+,[^,\s]+(?:,[^,\s]+)?")
_PARTS = re.compile(r"\]\s*,\s*\[|\)\s*,\s*\(|;")
_NUM = r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?"
_MARKED = (
    r"(?:[NSEWnsew]|[东西]经|[南北]纬)?\s*[0-9]+(?:\.[0-9]+)?\s*[°度º]\s*"
    r"(?:[0-9]+(?:\.[0-9]+)?\s*[′'’分]\s*)?(?:[0-9]+(?:\.[0-9]+)?\s*(?:″|\"|''|”|’’|秒)\s*)?"
    r"(?:[NSEWnsew]\b)?"
)
_COLONS = r"[0-9]+:[0-9]+:[0-9]+(?:\.[0-9]+)?"
_TOKEN = re.compile(rf"{_MARKED}|{_COLONS}|(?<![\w.\-]){_NUM}(?![\w.])")


@dataclass(frozen=True, slots=True)
class _Pair:
    name: str
    ring: str
    first: float
    second: float
    line: int


@dataclass(slots=True)
class _Found:
    pairs: list[_Pair] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)


def peek(path: Path, choice: Choice | None = None) -> Peek:
    """What pasted text holds."""
    found = rows(path, choice or Choice())
    table = found.table
    fields = tuple(str(name) for name in table.columns if name != "geometry")
    kinds = {shape.geom_type.removeprefix("Multi") for shape in table.geometry if shape}
    only = next(iter(kinds)) if len(kinds) == 1 else "mixed"
    layer = Layer("", found.rows, only if kinds else "none", fields)
    return Peek(Kind.PASTE, (layer,), found.encoding, (), found.crs, found.issues)


def layers(path: Path) -> tuple[Layer, ...]:
    """The one layer of pasted text."""
    return peek(path).layers


def rows(path: Path, choice: Choice) -> Reading:
    """Read pasted text from the file it was put in; any plain text with coordinates will do."""
    text, encoding = plaintext.decode(path.read_bytes(), choice.encoding)
    return read(text, encoding, choice)


def read(text: str, encoding: str, choice: Choice) -> Reading:
    """Read a text. Raises `DataError` (PASTE_EMPTY) where no line holds coordinates."""
    if _EXCHANGE.search(text):
        return txt.read(text, encoding, choice)
    if _WKT.match(text):
        return sheet.read(_wkt_grid(text), choice, Kind.PASTE)
    if grid := _table(text, encoding):
        return sheet.read(grid, choice, Kind.PASTE)
    found = _scan(text)
    if not found.pairs:
        raise DataError("没有找到坐标，请每行写一个点，如 4143500.000,41429000.000", "PASTE_EMPTY")
    corners = _corners(found)
    kind = choice.geometry or _kind(corners, found)
    if kind not in ("points", "rings"):
        raise DataError(f"坐标不能读作 {kind}，请选“面”或“点”", "TABLE_KIND")
    made = _area(corners, found) if kind == "rings" else _points(corners)
    numbers = (corners[0].line,) if kind == "rings" else tuple(c.line for c in corners)
    issues = tuple(sorted(found.issues, key=lambda issue: issue.row))
    return Reading(Kind.PASTE, "", made, len(numbers), numbers, encoding, "", issues)


def _wkt_grid(text: str) -> Grid:
    """One shape a line, or one shape over several lines."""
    lines = plaintext.lines(text)
    each = [(i, [line.strip()]) for i, line in enumerate(lines, 1) if line.strip()]
    if not all(_WKT.match(cells[0]) for _, cells in each):
        each = [(1, [" ".join(line.strip() for line in lines).strip()])]
    return Grid("", ["wkt"], each)


def _table(text: str, encoding: str) -> Grid | None:
    """The text as a table, if its first line names the columns of coordinates."""
    first = next(line for line in plaintext.lines(text) if line.strip())
    if _TOKEN.search(plaintext.narrow(first)) or not re.search("[,;\t]", first):
        return None
    grid = separated(text, encoding)
    columns = sheet_columns.found(grid, {})
    return grid if columns.axes or "wkt" in columns.at else None


def _scan(text: str) -> _Found:
    """Pairs of every line; blank lines begin another ring."""
    found, block, open_ = _Found(), 1, False
    for number, written in enumerate(plaintext.lines(text), 1):
        plain = plaintext.narrow(written).strip().strip("[](){}")
        if not plain:
            block, open_ = block + open_, False
            continue
        for piece in _pieces(plain):
            pair = _pair(piece, number, block)
            if pair is None:
                message = "该行没有一对坐标，未读入"
                issue = Issue("POINT_BAD", message, "error", number, "", written.strip()[:60])
                found.issues.append(issue)
                continue
            found.pairs.append(pair)
            open_ = True
    return found


def _pieces(line: str) -> Iterator[str]:
    """Points that stand in one line, as in ``122.1,37.4 122.2,37.4`` or ``[[1,2],[3,4]]``."""
    for part in filter(str.strip, _PARTS.split(line.rstrip(",; "))):
        chunks = part.split()
        if len(chunks) > 1 and all(_PAIR.fullmatch(chunk) for chunk in chunks):
            yield from chunks
        else:
            yield part.strip("[]() ")


def _pair(piece: str, line: int, block: int) -> _Pair | None:
    tokens = [plaintext.angle(token) for token in _TOKEN.findall(piece)]
    numbers = [token for token in tokens if token is not None]
    if len(numbers) != len(tokens):
        return None
    label = re.match(r"\s*([^\s,;:=]+)", piece)
    name = label[1] if label and plaintext.angle(label[1]) is None else ""
    ring = str(block)
    if len(numbers) in (6, 7):
        numbers = _sexagesimal(numbers[-6:]) or []
    elif len(numbers) == 4:
        ring, numbers = f"{block}/{numbers[1]:g}", numbers[2:]
    elif len(numbers) == 3:
        ring, numbers = _three(numbers, ring, named=bool(name))
    return _Pair(name, ring, numbers[0], numbers[1], line) if len(numbers) == 2 else None


def _three(numbers: list[float], ring: str, *, named: bool) -> tuple[str, list[float]]:
    """A point number or ring before the pair, or a height behind it."""
    one, two, three = (np.array([number]) for number in numbers)
    if sheet_columns.north_first(one, two) is not None:
        return ring, numbers[:2]
    known = sheet_columns.north_first(two, three) is not None
    return (f"{ring}/{numbers[0]:g}" if named and known else ring), numbers[1:]


def _sexagesimal(numbers: Sequence[float]) -> list[float] | None:
    """Two angles from six numbers: degrees, minutes, seconds twice."""
    if any(not 0 <= numbers[i] < 60 for i in (1, 2, 4, 5)):
        return None
    return [numbers[i] + numbers[i + 1] / 60 + numbers[i + 2] / 3600 for i in (0, 3)]


def _corners(found: _Found) -> list[Corner]:
    """Pairs with east and north told apart by their digits, and said."""
    first = np.array([pair.first for pair in found.pairs])
    second = np.array([pair.second for pair in found.pairs])
    north_first = sheet_columns.north_first(first, second)
    known = "按数字判定" if north_first is not None else "数字无法判定，暂定"
    order = "前为北（纬度）、后为东（经度）" if north_first else "前为东（经度）、后为北（纬度）"
    severity = "info" if north_first is not None else "warning"
    found.issues.append(Issue("AXIS_FOUND", f"{known}：两个数中{order}", severity))
    return [
        Corner(
            pair.name,
            pair.ring,
            pair.second if north_first else pair.first,
            pair.first if north_first else pair.second,
            pair.line,
        )
        for pair in found.pairs
    ]


def _kind(corners: Sequence[Corner], found: _Found) -> str:
    """Rings where every block has three corners, else points; said, so that it can be changed."""
    cut = rings.split(corners).rings
    area = all(len({(c.x, c.y) for c in ring}) >= 3 for ring in cut)
    message = "连成面" if area else "各为一点"
    found.issues.append(
        Issue("TABLE_KIND", f"{len(corners)} 个坐标{message}", "info", 0, "", "rings,points")
    )
    return "rings" if area else "points"


def _points(corners: Sequence[Corner]) -> gpd.GeoDataFrame:
    names = pd.Series([corner.name or None for corner in corners], dtype=object)
    at = gpd.points_from_xy([c.x for c in corners], [c.y for c in corners])
    return gpd.GeoDataFrame({"点号": names}, geometry=at)


def _area(corners: Sequence[Corner], found: _Found) -> gpd.GeoDataFrame:
    cut = rings.split(corners).rings
    names = ";".join(",".join(corner.name for corner in ring) for ring in cut)
    short = any(len({(c.x, c.y) for c in ring}) < 3 for ring in cut)
    broken = short or any(issue.severity == "error" for issue in found.issues)
    if broken:
        message = "有无法识别的行或不足三个点的圈，图形未读入"
        found.issues.append(Issue("GEOMETRY_BROKEN", message, "error", corners[0].line))
    shape = None if broken else rings.nested([rings.positions(ring) for ring in cut])
    columns = {txt.POINTS: pd.Series([names if names.strip(",;") else None], dtype=object)}
    return gpd.GeoDataFrame(columns, geometry=np.array([shape, None], dtype=object)[:-1])
