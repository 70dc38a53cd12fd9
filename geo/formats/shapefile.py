"""Shapefiles: headers checked before GDAL, shapes by GDAL, rows and text by `geo.formats.dbf`.

Layout: ESRI Shapefile Technical Description, July 1998. Encoding: .cpg, then the language id
of the .dbf, then strict decoding; where a promise and the bytes disagree, the reader is asked.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyogrio.raw
from pyogrio.errors import DataLayerError, DataSourceError

from geo.errors import DataError, Issue
from geo.formats import crs, dbf, encodings, frame
from geo.formats.container import Source
from geo.formats.limits import SAMPLE_ROWS
from geo.formats.values import Choice, Kind, Layer, Peek, Reading

_MAGIC, _VERSION, _HEADER = 9994, 1000, 100
_WORDS = {0: "none", 1: "Point", 3: "LineString", 5: "Polygon", 8: "Point"}
_MULTIPATCH = 31
_BAD_SHARE = 0.05  # of the values; above it an encoding is not the file's
_ENOUGH = 5  # values from which one broken one says nothing about the others


@dataclass(frozen=True, slots=True)
class _Set:
    """One shapefile of an upload, its headers checked."""

    title: str
    shapes: Path
    rows: Path
    geometry: str
    table: dbf.Table


@dataclass(frozen=True, slots=True)
class _Text:
    """The encoding of a file: what to use, what else reads it, whether promise and bytes differ."""

    encoding: str
    others: tuple[str, ...]
    issues: tuple[Issue, ...] = ()
    doubtful: bool = False


def look(source: Source) -> Peek:
    """Every shapefile of the upload with its first rows."""
    layers, texts, issues, said = [], [], list(source.issues), set()
    for stem in source.titles:
        one = _checked(source, stem)
        text = _encoding(one, "")
        columns, _ = _columns(one, text.encoding, range(min(len(one.table.records), SAMPLE_ROWS)))
        rows = frame.layer_of("", frame.table(columns, np.full(_length(columns), None))).sample
        count = len(one.table.records)
        layers.append(Layer(one.title, count, one.geometry, tuple(columns), rows))
        texts.append(text)
        issues += text.issues
        words, doubts = _crs(one)
        said.add(words)
        issues += doubts
    encoding = texts[0].encoding if len({text.encoding for text in texts}) == 1 else ""
    others = tuple(dict.fromkeys(other for text in texts for other in text.others))
    return Peek(
        Kind.SHP,
        tuple(layers),
        encoding,
        others,
        said.pop() if len(said) == 1 else "",
        tuple(issues),
    )


def rows(source: Source, choice: Choice) -> Reading:
    """One shapefile of the upload, every row."""
    layers = [Layer(title, 0, "") for title in source.titles.values()]
    if len(layers) > 1 and not choice.layer:
        layers = list(look(source).layers)
    title = frame.one_layer(layers, choice.layer).name
    one = _checked(source, next(s for s, t in source.titles.items() if t == title))
    text = _encoding(one, choice.encoding)
    if text.doubtful:
        raise DataError(
            f"{title} 声明的文字编码与内容不符，请选择：{'、'.join((text.encoding, *text.others))}",
            "ENCODING_GUESSED",
            text.issues,
        )
    kept = np.flatnonzero(~one.table.deleted)
    issues = [*source.issues, *text.issues, *_deleted(one)]
    columns, faults = _columns(one, text.encoding, kept.tolist())
    numbers = (kept + 1).tolist()
    shapes, broken = _shapes(one, kept)
    shapes, doubts = frame.settle(shapes, numbers)
    words, unclear = _crs(one)
    table = frame.table(columns, shapes)
    issues += [
        *faults,
        *frame.once(broken, doubts),
        *unclear,
        *frame.control_issues(table, numbers),
    ]
    return Reading(
        Kind.SHP,
        title,
        table,
        len(one.table.records),
        tuple(numbers),
        text.encoding,
        words,
        tuple(issues),
    )


def _length(columns: "dict[str, pd.Series[str]]") -> int:
    return len(next(iter(columns.values()))) if columns else 0


def _checked(source: Source, stem: str) -> _Set:
    """Compare the three headers before anything else reads the file."""
    title = source.titles[stem]
    shapes, index = (source.path / "shapes" / f"{stem}.{e}" for e in ("shp", "shx"))
    kind = _header(shapes, title)
    _header(index, title)
    table = dbf.read(source.path / "rows" / f"{stem}.dbf", title)
    count = (index.stat().st_size - _HEADER) // 8
    if count != len(table.records):
        raise DataError(
            f"{title} 的图形 {count} 个、属性 {len(table.records)} 行，不一致，请重新导出",
            "SHP_COUNT_MISMATCH",
        )
    entries = np.frombuffer(index.read_bytes(), ">i4", 2 * count, _HEADER).reshape(-1, 2)
    ends = entries.astype(np.int64).sum(axis=1) * 2 + 8
    beyond = np.flatnonzero((ends > shapes.stat().st_size) | (entries < 0).any(axis=1))
    if beyond.size:
        raise _corrupt(title, f"图形文件不完整，第 {beyond[0] + 1} 个图形起读不到")
    word = "mixed" if kind == _MULTIPATCH else _WORDS.get(kind % 10, "")
    if not word:
        raise _corrupt(title, f"图形类型 {kind} 不存在")
    return _Set(title, shapes, source.path / "rows" / f"{stem}.dbf", word, table)


def _header(path: Path, title: str) -> int:
    """Shape type of a .shp or .shx whose header agrees with its size."""
    head = path.open("rb").read(_HEADER)
    if len(head) < _HEADER:
        raise _corrupt(title, f"{path.suffix} 文件不完整")
    magic, words = struct.unpack_from(">i20xi", head)
    version, kind = struct.unpack_from("<2i", head, 28)
    if magic != _MAGIC or version != _VERSION:
        raise _corrupt(title, f"{path.suffix} 文件头不对")
    if words * 2 > path.stat().st_size:
        raise _corrupt(
            title, f"{path.suffix} 文件应有 {words * 2} 字节，实际 {path.stat().st_size} 字节"
        )
    return int(kind)


def _corrupt(title: str, what: str) -> DataError:
    return DataError(f"{title} 已损坏：{what}，请重新导出", "SHP_CORRUPT")


def _shapes(one: _Set, kept: np.ndarray) -> tuple[np.ndarray, list[Issue]]:
    """Shapes by row; GDAL sees no .dbf, so that it can neither skip rows nor decode text."""
    try:
        _, fids, wkb, _ = pyogrio.raw.read(one.shapes, columns=[], return_fids=True)
    except (DataSourceError, DataLayerError) as error:
        raise _corrupt(one.title, "图形文件读不出") from error
    if len(fids) and int(fids.max()) >= len(one.table.records):
        raise _corrupt(one.title, "图形与索引不符")
    by_row = np.full(len(one.table.records), None, dtype=object)
    by_row[fids] = wkb
    return frame.from_wkb(by_row[kept].tolist(), (kept + 1).tolist())


def _columns(
    one: _Set, encoding: str, kept: Sequence[int]
) -> tuple["dict[str, pd.Series[str]]", list[Issue]]:
    names, issues = dbf.names(one.table, encoding)
    columns = {}
    for position, name in enumerate(names):
        values, faults = dbf.column(one.table, position, encoding, kept, name)
        issues += faults
        if values is not None:
            columns[name] = values
    return columns, issues


def _deleted(one: _Set) -> list[Issue]:
    gone = np.flatnonzero(one.table.deleted) + 1
    return [
        Issue("ROW_DELETED", f"第 {row} 行在文件中已标记删除，不读取", "warning", row)
        for row in gone.tolist()
    ]


def _crs(one: _Set) -> tuple[str, tuple[Issue, ...]]:
    path = one.rows.with_suffix(".prj")
    if not path.is_file():
        message = f"{one.title} 没有 .prj，未说明坐标系，请指定"
        return "", (Issue("CRS_MISSING", message, "warning"),)
    return crs.of_text(path.read_bytes().decode("utf-8", "replace"))


def _encoding(one: _Set, chosen: str) -> _Text:
    """Settle the encoding of one file; see the module's first lines for the order."""
    values = dbf.texts(one.table)
    if chosen:
        ours = encodings.known(chosen)
        if not ours:
            raise DataError(
                f"不支持的文字编码 {chosen}，可选 utf-8、gb18030、big5", "ENCODING_UNKNOWN"
            )
        return _Text(ours, ())
    found = encodings.guess(values)
    promised, issues = _promised(one)
    if promised and values and promised not in found[:1]:
        return _contradiction(one, promised, found, values)
    if not found:
        return _nearest(one, values, issues)
    if len(found) > 1:
        issues = (*issues, *_readings(one, found))
    return _Text(promised or found[0], found[1:], issues)


def _promised(one: _Set) -> tuple[str, tuple[Issue, ...]]:
    path = one.rows.with_suffix(".cpg")
    said = path.read_bytes()[:40].decode("latin-1").strip("\0 \t\r\n") if path.is_file() else ""
    ours = encodings.named(said)
    if said and not ours:
        message = f".cpg 声明的编码 {said} 不常用，按内容判断"
        return "", (Issue("ENCODING_UNKNOWN", message, "warning", value=said),)
    return ours or encodings.by_language(one.table.language), ()


def _contradiction(one: _Set, promised: str, found: Sequence[str], values: set[bytes]) -> _Text:
    """The promise does not fit: ask, unless the bytes fit it as well as anything else."""
    fits = promised in found or encodings.unreadable(values, promised) == 0
    if not found and not fits:
        return _nearest(one, values, (), promised)
    if fits and not (found and found[0] == encodings.UTF8) and len(found) > 1:
        return _Text(promised, tuple(other for other in found if other != promised))
    likely = found[0] if found else promised
    others = tuple(dict.fromkeys([promised, *found[1:]]))
    others = tuple(other for other in others if other != likely)
    return _Text(likely, others, _readings(one, (likely, *others)), doubtful=True)


def _nearest(one: _Set, values: set[bytes], issues: tuple[Issue, ...], first: str = "") -> _Text:
    """No encoding reads everything: take one that reads nearly all; the rest is told by row."""
    order = dict.fromkeys([first, encodings.UTF8, encodings.GB18030, encodings.BIG5])
    bad = {e: encodings.unreadable(values, e) for e in order if e}
    best = min(bad, key=lambda encoding: bad[encoding])
    if bad[best] > max(_BAD_SHARE * len(values), len(values) >= _ENOUGH):
        raise DataError(
            f"{one.title} 的文字编码无法识别，请指定 utf-8、gb18030 或 big5 后重试",
            "ENCODING_UNKNOWN",
        )
    return _Text(best, (), issues)


def _readings(one: _Set, candidates: Sequence[str]) -> tuple[Issue, ...]:
    """Three values as each encoding reads them, for the reader to judge."""
    shown = sorted(dbf.texts(one.table), key=lambda value: (-len(value), value))[:SAMPLE_ROWS]
    issues = []
    for value in shown:
        readings = [
            f"{encoding}：{value.decode(encodings.codec(encoding), 'replace')}"
            for encoding in candidates
        ]
        message = f"文字编码有疑问，同一处读作 {'；'.join(readings)}"
        issues.append(Issue("ENCODING_GUESSED", message, "warning", value=" | ".join(readings)))
    return tuple(issues)
