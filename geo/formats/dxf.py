"""DXF drawings: closed polylines, circles and hatches become areas; layer, block, units chosen.

Blocks are counted before any is expanded, so that a drawing of a few kilobytes cannot become
a billion lines. What is not read is counted by type and told.
"""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from ezdxf.document import Drawing
from ezdxf.entities.dxfentity import DXFEntity
from ezdxf.entities.insert import Insert
from ezdxf.filemanagement import read as read_text
from ezdxf.filemanagement import readfile
from ezdxf.lldxf.const import DXFError

from geo.errors import DataError, Issue
from geo.formats import dxf_shapes, encodings, frame
from geo.formats.container import Source
from geo.formats.dxf_shapes import Row
from geo.formats.limits import DEPTH, ENTITIES
from geo.formats.values import Choice, Kind, Layer, Peek, Reading

ALL = "*"  # every layer at once, named in the field ``layer``
_BINARY = b"AutoCAD Binary DXF"
_UNICODE = "AC1021"  # from this version on text is UTF-8
_METRES = {0: 1.0, 4: 0.001, 5: 0.01, 6: 1.0, 7: 1000.0}
_CHOSEN = {"m": 1.0, "mm": 0.001, "cm": 0.01, "km": 1000.0}
_UNIT_WORDS = {1: "英寸", 2: "英尺", 4: "毫米", 5: "厘米", 7: "千米"}
# Gauss-Krüger coordinates of China are above this in metres, and far above it in smaller units.
_SMALLEST_NORTHING, _LARGEST_NORTHING = 1.0e6, 7.0e6
_ESCAPES = {"^J": "\n", "^M": "\r", "^I": "\t", "^ ": "^"}


@dataclass(slots=True)
class _Drawing:
    """Everything read from a drawing."""

    rows: list[Row] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    broken: list[tuple[int, str]] = field(default_factory=list)


def look(source: Source) -> Peek:
    """Layers of the drawing, blocks expanded, with their first entities."""
    drawing, encoding, issues = _opened(source.path, "")
    found = _read(drawing, _scale(drawing, "")[0], "")
    names = dict.fromkeys(row.layer for row in found.rows)
    layers = []
    for name in names:
        rows = [row for row in found.rows if row.layer == name]
        layers.append(frame.layer_of(name, _table(rows, found)[0]))
    blocks = sorted(_block_names(drawing))
    if blocks:
        message = f"图中有 {len(blocks)} 个图块，可只取其一：{'、'.join(blocks[:10])}"
        issues.append(Issue("DXF_BLOCKS", message, "info", value="\n".join(blocks)))
    issues += [*_scale(drawing, "")[1], *_skipped(found)]
    return Peek(Kind.DXF, tuple(layers), encoding, (), "", (*source.issues, *issues))


def rows(source: Source, choice: Choice) -> Reading:
    """The entities of one layer, or of all (``*``); of one block only, if one is chosen."""
    drawing, encoding, issues = _opened(source.path, choice.encoding)
    if choice.block and choice.block not in _block_names(drawing):
        raise DataError(f"图中没有图块 {choice.block}，请重新选择", "BLOCK_UNKNOWN")
    scale, doubts = _scale(drawing, choice.units)
    found = _read(drawing, scale, choice.block)
    counts = Counter(row.layer for row in found.rows)
    name = choice.layer
    if name != ALL:
        layers = [Layer(name, count, "图形") for name, count in counts.items()]
        name = frame.one_layer(layers, choice.layer).name
    kept = [row for row in found.rows if name in (ALL, row.layer)]
    kept = dxf_shapes.merged(kept)
    table, faults = _table(kept, found)
    numbers = range(1, len(table) + 1)
    issues += [*source.issues, *doubts, *faults, *_skipped(found)]
    issues += frame.control_issues(table, numbers)
    return Reading(Kind.DXF, name, table, len(table), tuple(numbers), encoding, "", tuple(issues))


def _opened(path: Path, chosen: str) -> tuple[Drawing, str, list[Issue]]:
    data = path.read_bytes()
    try:
        if data.startswith(_BINARY):
            return readfile(path), encodings.UTF8, []
        encoding, issues = _encoding(data, chosen)
        text = data.decode(encodings.codec(encoding), "surrogateescape")
        return read_text(io.StringIO(text.replace("\r\n", "\n"))), encoding, issues
    except (DXFError, OSError) as error:
        raise DataError("DXF 已损坏，读不出，请在 CAD 中修复后另存", "DXF_CORRUPT") from error


def _encoding(data: bytes, chosen: str) -> tuple[str, list[Issue]]:
    """Encoding by version and code page; undeclared or contradicted text is tried strictly."""
    if chosen:
        if not encodings.known(chosen):
            raise DataError(
                f"不支持的文字编码 {chosen}，可选 utf-8、gb18030、big5", "ENCODING_UNKNOWN"
            )
        return encodings.known(chosen), []
    values = {line.strip() for line in data.split(b"\n") if not line.isascii()}
    found = encodings.guess(values)
    version, page = _header(data, b"$ACADVER"), _header(data, b"$DWGCODEPAGE")
    promised = encodings.UTF8 if version >= _UNICODE else encodings.named(page)
    if not values or promised in found[:1]:
        return promised or encodings.UTF8, []
    if promised and not encodings.unreadable(values, promised) and encodings.UTF8 not in found:
        return promised, []
    if not found:
        raise DataError("DXF 的文字编码无法识别，请指定 utf-8、gb18030 或 big5", "ENCODING_UNKNOWN")
    sample = max(values, key=len)
    readings = " | ".join(f"{e}：{sample.decode(encodings.codec(e), 'replace')}" for e in found)
    message = f"图纸没有正确声明文字编码，按 {found[0]} 读取：{readings}，请核对"
    severity = "warning" if promised or len(found) > 1 else "info"
    return found[0], [Issue("ENCODING_GUESSED", message, severity, value=readings)]


def _header(data: bytes, name: bytes) -> str:
    found = re.search(re.escape(name) + rb"\s*\n\s*[13]\s*\n([^\n]*)\n", data[:200_000])
    return found[1].strip().decode("latin-1") if found else ""


def _scale(drawing: Drawing, chosen: str) -> tuple[float, list[Issue]]:
    """Metres in a unit of the drawing, and what is doubtful about it."""
    if chosen:
        if chosen not in _CHOSEN:
            raise DataError(f"不支持的单位 {chosen}，可选 {'、'.join(_CHOSEN)}", "DXF_UNITS")
        return _CHOSEN[chosen], []
    said = drawing.header.get("$INSUNITS", 0)
    scale = _METRES.get(said)
    northing = abs(float((drawing.header.get("$EXTMAX") or (0, 0, 0))[1]))
    if said in (0, 6):
        return 1.0, []
    word = _UNIT_WORDS.get(said, f"代号 {said}")
    if scale is None or _SMALLEST_NORTHING < northing < _LARGEST_NORTHING:
        message = f"图纸单位写作{word}，但坐标大小像米，按米读取；若不对请指定单位"
        return 1.0, [Issue("DXF_UNITS", message, "warning", value=str(said))]
    message = f"图纸单位为{word}，已换算为米；若不对请指定单位"
    return scale, [Issue("DXF_UNITS", message, "warning", value=str(said))]


def _block_names(drawing: Drawing) -> set[str]:
    """Blocks that the sheet inserts."""
    return {str(one.dxf.name) for one in drawing.modelspace().query("INSERT")}


def _read(drawing: Drawing, scale: float, block: str) -> _Drawing:
    _weigh(drawing)
    found = _Drawing()
    for entity in drawing.modelspace():
        if block and not (isinstance(entity, Insert) and entity.dxf.name == block):
            continue
        for one, layer, home in _expanded(entity, str(entity.dxf.layer), "", 0):
            _add(found, one, (layer, home), scale)
    if not found.rows:
        what = "、".join(f"{name} {count} 个" for name, count in found.skipped.most_common(5))
        raise DataError(f"文件为空：图中没有可读取的图形（{what or '无实体'}）", "EMPTY_FILE")
    return found


def _weigh(drawing: Drawing) -> None:
    """Count what the sheet would expand to. Raises `DataError` ``TOO_COMPLEX``."""
    known: dict[str, int] = {}

    def weight(entities: Any, trail: tuple[str, ...]) -> int:
        total = 0
        for one in entities:
            total += of_insert(one, trail) if isinstance(one, Insert) else 1
            if total > ENTITIES:
                break
        return total

    def of_insert(one: Insert, trail: tuple[str, ...]) -> int:
        name = str(one.dxf.name)
        if name in trail or len(trail) > DEPTH:
            raise _too_complex("图块相互嵌套")
        if name not in known:
            block = drawing.blocks.get(name)
            known[name] = weight(block, (*trail, name)) if block is not None else 0
        return max(1, int(one.mcount)) * max(1, known[name])

    if weight(drawing.modelspace(), ()) > ENTITIES:
        raise _too_complex(f"展开后超过 {ENTITIES // 10_000} 万个图形")


def _too_complex(what: str) -> DataError:
    return DataError(f"图形过于复杂：{what}，请在 CAD 中简化或炸开后另存", "TOO_COMPLEX")


def _expanded(
    entity: DXFEntity, layer: str, block: str, depth: int
) -> Iterator[tuple[DXFEntity, str, str]]:
    """An entity, or those of its block, with the layer it shows on and the block it is from."""
    if not isinstance(entity, Insert) or depth > DEPTH:
        yield entity, layer, block
        return
    home = block or str(entity.dxf.name)
    for copy in entity.multi_insert() if entity.mcount > 1 else (entity,):
        for part in (*copy.virtual_entities(), *copy.attribs):
            own = str(part.dxf.layer)
            yield from _expanded(part, layer if own == "0" else own, home, depth + 1)


def _add(found: _Drawing, entity: DXFEntity, where: tuple[str, str], scale: float) -> None:
    kind = entity.dxftype()
    if kind not in dxf_shapes.READ:
        found.skipped[kind] += 1
        return
    shape, fault = dxf_shapes.shape_of(entity, scale)
    fields: dict[str, Any] = {
        "layer": where[0],
        "entity": kind,
        "handle": entity.dxf.handle if not where[1] else None,
        "color": int(entity.dxf.get("color", 256)),
        "block": where[1] or None,
        "text": dxf_shapes.text_of(entity),
    }
    found.rows.append(Row(where[0], shape, fields | _extended(entity)))
    if fault:
        found.broken.append((id(found.rows[-1].fields), fault))


def _extended(entity: DXFEntity) -> dict[str, str]:
    """Extended data: ``key { text }`` by key, anything else under its application's name."""
    said: dict[str, str] = {}
    for application, tags in entity.xdata.data.items() if entity.xdata else ():
        strings = [(tag.code, str(tag.value)) for tag in tags[1:] if tag.code in (1000, 1002)]
        loose = []
        key, inside = "", False
        for code, value in strings:
            if code == 1002:
                inside = value == "{"
            elif inside and key:
                said[key] = said.get(key, "") + value
            else:
                key = value
                loose.append(value)
        loose = [value for value in loose if value not in said]
        if loose:
            said[str(application)] = " ".join(loose)
    return {key: _plain(value) for key, value in said.items()}


def _plain(text: str) -> str:
    return re.sub(r"\^[JMI ]", lambda found: _ESCAPES[found[0]], text)


def _table(rows: list[Row], found: _Drawing) -> tuple[Any, list[Issue]]:
    names = list(dict.fromkeys(name for row in rows for name in row.fields))
    frame.check_fields(names)
    values = {name: [row.fields.get(name) for row in rows] for name in names}
    full = {name: some for name, some in values.items() if any(v is not None for v in some)}
    columns = {
        new: frame.column(some)
        for new, some in zip(frame.unique_names(list(full)), full.values(), strict=True)
    }
    array = np.full(len(rows), None, dtype=object)
    array[:] = [row.shape for row in rows]
    shapes, issues = frame.settle(array, range(1, len(rows) + 1))
    reasons = dict(found.broken)
    told = {
        n: reasons[id(row.fields)] for n, row in enumerate(rows, 1) if id(row.fields) in reasons
    }
    issues = [one for one in issues if one.row not in told]
    issues += [
        Issue("GEOMETRY_CORRUPT", f"第 {row} 个图形读不出：{why}", "error", row, "geometry")
        for row, why in told.items()
    ]
    return frame.table(columns, shapes), issues


def _skipped(found: _Drawing) -> list[Issue]:
    if not found.skipped:
        return []
    what = "、".join(f"{name} {count} 个" for name, count in found.skipped.most_common(10))
    total = found.skipped.total()
    message = f"有 {total} 个实体的类型不能成为点、线、面，未读取：{what}"
    return [Issue("ENTITIES_IGNORED", message, "warning", value=what)]
