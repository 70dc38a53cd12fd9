"""GeoPackage by SQLite itself: base tables only, nothing in the file is ever carried out.

The file is opened read-only and unchangeable with an untrusted schema; views and triggers are
named and left alone. Values come as they are stored, not as the column was declared.
Layout: OGC 12-128r19.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geo.errors import DataError, Issue
from geo.formats import crs, frame
from geo.formats.container import Source
from geo.formats.limits import SAMPLE_ROWS
from geo.formats.values import Choice, Kind, Layer, Peek, Reading

# Bytes of the envelope after the 8 bytes of head, by its code.
_ENVELOPE = (0, 32, 48, 48, 64)
_OWN_TRIGGERS = (
    "rtree_",
    "gpkg_",
    "trigger_insert_feature_count_",
    "trigger_delete_feature_count_",
)
_ROW_NUMBERS = ("fid", "ogc_fid")
_WORDS = {"POINT": "Point", "LINESTRING": "LineString", "POLYGON": "Polygon"}


@dataclass(frozen=True, slots=True)
class _Table:
    """A base table of the file: its columns with declared types, its shapes and their system."""

    name: str
    columns: tuple[tuple[str, str], ...]
    geometry: str
    word: str
    crs: str
    count: int


def look(source: Source) -> Peek:
    """Feature tables and plain tables of the package with their first rows."""
    with closing(_open(source)) as database, _told():
        tables, issues = _tables(database)
        layers = []
        for one in tables:
            columns, _, _ = _columns(database, one, SAMPLE_ROWS)
            shapes = np.full(min(one.count, SAMPLE_ROWS), None)
            head = frame.layer_of(one.name, frame.table(columns, shapes))
            layers.append(Layer(one.name, one.count, one.word, head.fields, head.sample))
    said = {one.crs for one in tables if one.geometry}
    words = said.pop() if len(said) == 1 else ""
    return Peek(Kind.GPKG, tuple(layers), "utf-8", (), words, (*source.issues, *issues))


def rows(source: Source, choice: Choice) -> Reading:
    """One table of the package, every row; numbers count in the order of the row ids."""
    with closing(_open(source)) as database, _told():
        tables, issues = _tables(database)
        layers = [Layer(one.name, one.count, one.word) for one in tables]
        name = frame.one_layer(layers, choice.layer).name
        one = next(table for table in tables if table.name == name)
        columns, blobs, faults = _columns(database, one, -1)
    numbers = range(1, len(blobs) + 1)
    shapes, broken = frame.from_wkb(_bodies(blobs), numbers)
    shapes, doubts = frame.settle(shapes, numbers)
    table = frame.table(columns, shapes)
    control = frame.control_issues(table, numbers)
    doubts = frame.once(broken, doubts)
    found = (*source.issues, *issues, *faults, *(doubts if one.geometry else ()), *control)
    return Reading(Kind.GPKG, name, table, len(blobs), tuple(numbers), "utf-8", one.crs, found)


def _open(source: Source) -> sqlite3.Connection:
    database = sqlite3.connect(f"{source.path.as_uri()}?mode=ro&immutable=1", uri=True)
    for rule in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        database.execute(f"PRAGMA {rule}")
    return database


class _told:  # noqa: N801  used like a function
    """Turn SQLite's complaints into a refusal."""

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, sqlite3.Error):
            raise DataError("GeoPackage 已损坏，读不出，请重新导出", "GPKG_CORRUPT") from error


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _tables(database: sqlite3.Connection) -> tuple[list[_Table], list[Issue]]:
    """The package's base tables; an issue counts the views and triggers left alone."""
    things = database.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    base = {
        name
        for type_, name, sql in things
        if type_ == "table" and not sql.upper().startswith("CREATE VIRTUAL")
    }
    needed = {"gpkg_contents", "gpkg_spatial_ref_sys"} - base
    if needed:
        raise DataError(
            f"不是完整的 GeoPackage，缺少 {'、'.join(sorted(needed))} 表", "GPKG_CORRUPT"
        )
    left = sorted(
        name
        for type_, name, _ in things
        if type_ == "view" or (type_ == "trigger" and not name.startswith(_OWN_TRIGGERS))
    )
    issues = []
    if left:
        message = f"已忽略触发器/视图 {len(left)} 个：{'、'.join(left[:5])}"
        issues.append(Issue("VIEWS_IGNORED", message, "warning", value="、".join(left)))
    named = database.execute(
        "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes')"
        " AND table_name <> 'layer_styles' ORDER BY rowid"  # how QGIS draws it, no data
    ).fetchall()
    return [
        _table(database, name, "gpkg_geometry_columns" in base) for (name,) in named if name in base
    ], issues


def _table(database: sqlite3.Connection, name: str, shaped: bool) -> _Table:
    info = database.execute(f"PRAGMA table_info({_quoted(name)})").fetchall()
    columns = tuple((str(row[1]), str(row[2]).upper()) for row in info)
    frame.check_fields([column for column, _ in columns])
    (count,) = database.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()
    row = (
        shaped
        and database.execute(
            "SELECT column_name, upper(geometry_type_name), organization, organization_coordsys_id,"
            " definition FROM gpkg_geometry_columns g LEFT JOIN gpkg_spatial_ref_sys s"
            " ON s.srs_id = g.srs_id WHERE table_name = ?",
            (name,),
        ).fetchone()
    )
    if not row:
        return _Table(name, columns, "", "none", "", count)
    geometry, kind, organization, number, definition = row
    if str(organization).upper() == "EPSG" and isinstance(number, int):
        words = f"EPSG:{number}"
    else:
        usual = str(definition or "undefined")
        words = "" if usual.lower() == "undefined" else crs.of_text(usual)[0]
    word = _WORDS.get(str(kind).removeprefix("MULTI"), "mixed")
    return _Table(name, columns, str(geometry), word, words, count)


def _columns(
    database: sqlite3.Connection, one: _Table, most: int
) -> tuple[dict[str, "pd.Series[Any]"], list[bytes | None], list[Issue]]:
    """Attributes by name, shapes as stored, and what was left out or is not text."""
    strange = False
    asked = [name for name, _ in one.columns if name.lower() not in _ROW_NUMBERS] or ["rowid"]
    sql = f"SELECT {', '.join(map(_quoted, asked))} FROM {_quoted(one.name)} LIMIT {most:d}"
    try:
        found = database.execute(sql).fetchall()
    except sqlite3.OperationalError:
        # Text that is not UTF-8: once more, keeping its bytes, so that the row can be named.
        database.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        found = database.execute(sql).fetchall()
        strange = True
    values = (
        dict(zip(asked, zip(*found, strict=True), strict=True))
        if found
        else dict.fromkeys(asked, ())
    )
    blobs = list(values.pop(one.geometry, [None] * len(found)))
    declared = dict(one.columns)
    columns, issues = {}, []
    for old, new in zip(values, frame.unique_names(list(values)), strict=True):
        column, faults = _column(values[old], declared.get(old, ""), new, strange=strange)
        issues += faults
        if column is not None and old in declared:
            columns[new] = column
    return columns, blobs, issues


def _column(
    values: Sequence[Any], declared: str, name: str, *, strange: bool
) -> tuple["pd.Series[Any] | None", list[Issue]]:
    types = set(map(type, values))
    if bytes in types:
        message = f"字段 {name} 是二进制内容，不能读取，已略去"
        return None, [Issue("FIELD_IGNORED", message, "warning", field=name)]
    if declared == "BOOLEAN" and types <= {int, type(None)} and set(values) <= {0, 1, None}:
        values = [None if value is None else bool(value) for value in values]
    values, issues = _unicode(values, name) if strange else (values, [])
    return frame.column(values), issues


def _unicode(values: Sequence[Any], name: str) -> tuple[Sequence[Any], list[Issue]]:
    """Replace bytes that were no UTF-8 and name their rows."""
    made, issues = list(values), []
    for row, value in enumerate(values, 1):
        if isinstance(value, str):
            made[row - 1] = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        if made[row - 1] != value:
            message = f"第 {row} 行字段 {name} 的文字不是 UTF-8 编码，请核对"
            issues.append(Issue("TEXT_ENCODING", message, "error", row, name))
    return made, issues


def _bodies(blobs: list[bytes | None]) -> list[bytes | None]:
    """Well-known binary of each shape; nearly always all have the same head."""
    whole = [blob for blob in blobs if isinstance(blob, bytes) and len(blob) >= 8]
    first = _wkb(whole[0]) if whole else None
    if first in (None, b"\0") or len(whole) < len(blobs) or len({one[:4] for one in whole}) > 1:
        return [_wkb(blob) for blob in blobs]
    start = len(whole[0]) - len(first or b"")
    return [one[start:] for one in whole]


def _wkb(blob: Any) -> bytes | None:
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        return None if blob is None else b"\0"
    code = blob[3] >> 1 & 7
    return blob[8 + _ENVELOPE[code] :] if code < len(_ENVELOPE) else b"\0"
