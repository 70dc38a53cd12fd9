"""dBASE attribute tables read byte by byte, so that no digit and no character is lost.

GDAL turns whole numbers of more than 18 digits into decimals and fails on field names cut
inside a character; here text is bytes until one encoding has been chosen for the whole file.
Layout: https://www.dbase.com/Knowledgebase/INT/db7_file_fmt.htm (level 5 fields of 32 bytes).
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from geo.errors import DataError, Issue
from geo.formats import encodings, frame

_TRUE, _FALSE = b"TtYy", b"FfNn"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its name in bytes, dBASE type, width and decimals."""

    name: bytes
    type: str
    width: int
    decimals: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of bytes; `deleted` marks rows that were deleted but are still in the file."""

    fields: tuple[Field, ...]
    records: np.ndarray
    language: int

    @property
    def deleted(self) -> np.ndarray:
        """Which rows carry the deletion mark."""
        return np.asarray(self.records["del"] == b"*")

    def raw(self, position: int) -> np.ndarray:
        """One column as bytes of fixed width."""
        return np.asarray(self.records[f"f{position}"])


def read(path: Path, title: str) -> Table:
    """Read a whole table without decoding it.

    Raises `DataError` ``SHP_CORRUPT`` if header and size contradict each other.
    """
    data = path.read_bytes()
    if len(data) < 33:
        raise _corrupt(title, "属性表不完整")
    count, start, width = struct.unpack_from("<IHH", data, 4)
    fields = tuple(_fields(data, start))
    if not fields or 1 + sum(one.width for one in fields) != width:
        raise _corrupt(title, "属性表的字段定义与行宽不符")
    if len(data) < start + count * width:
        rows = max(0, len(data) - start) // width
        raise _corrupt(title, f"属性表应有 {count} 行，实际只有 {rows} 行")
    frame.check_fields([str(one) for one in fields])
    layout = [("del", "S1"), *((f"f{i}", f"V{one.width}") for i, one in enumerate(fields))]
    records = np.frombuffer(data, dtype=layout, count=count, offset=start)
    return Table(fields, records, data[29])


def _fields(data: bytes, end: int) -> Iterator[Field]:
    for at in range(32, min(end, len(data)) - 31, 32):
        if data[at] == 0x0D:
            return
        name, type_ = data[at : at + 11].split(b"\0")[0], chr(data[at + 11])
        width, decimals = data[at + 16], data[at + 17]
        if type_ == "C":  # long text keeps the high byte of its width in the decimals
            width, decimals = width + 256 * decimals, 0
        if not width:
            raise DataError("属性表有宽度为 0 的字段，请核对后重新导出", "SHP_CORRUPT")
        yield Field(name, type_, width, decimals)


def _corrupt(title: str, what: str) -> DataError:
    return DataError(f"{title} 已损坏：{what}，请重新导出", "SHP_CORRUPT")


def texts(table: Table) -> set[bytes]:
    """Every text beyond ASCII in the table, field names among them, to find the encoding by."""
    found = {one.name for one in table.fields}
    for i, one in enumerate(table.fields):
        if one.type == "C":
            raw = table.raw(i)
            found |= set(_stripped(raw[_letters(raw).max(axis=1) > 127]))
    return {value for value in found if not value.isascii()}


def _letters(raw: np.ndarray) -> np.ndarray:
    """Bytes (rows, width) of a column."""
    plain = np.ascontiguousarray(raw)
    return plain.view(np.uint8).reshape(len(plain), plain.dtype.itemsize)


def _stripped(raw: np.ndarray) -> list[bytes]:
    """Values without the padding at their end."""
    return [value.rstrip(b" \0") for value in raw.tolist()]


def names(table: Table, encoding: str) -> tuple[list[str], list[Issue]]:
    """Field names in one encoding; a name cut inside a character loses the half one."""
    made, issues = [], []
    for one in table.fields:
        name = encodings.decode_cut(one.name, encoding)
        text = one.name.decode("latin-1") if name is None else name
        if name is None or len(text.encode(encodings.codec(encoding))) < len(one.name):
            message = f"字段名在 10 字节处被截断，按 {text} 读取，请核对字段含义"
            issues.append(Issue("FIELD_NAME_CUT", message, "warning", field=text))
        made.append(text.strip())
    unique = frame.unique_names(made)
    for old, new in zip(made, unique, strict=True):
        if old != new:
            message = f"字段名 {old or '（空）'} 重复或为空，改称 {new}"
            issues.append(Issue("FIELD_RENAMED", message, "warning", field=new, value=old))
    return unique, issues


def column(
    table: Table, position: int, encoding: str, rows: Sequence[int], label: str
) -> tuple["pd.Series[Any] | None", list[Issue]]:
    """One column in its own type, without the rows not in `rows` (positions from 0)."""
    one, raw = table.fields[position], table.raw(position)[rows]
    if one.type == "C":
        return _text(raw, one.width, encoding, (rows, label))
    if one.type in "NF":
        return _numbers(_stripped(raw), one, (rows, label))
    if one.type == "D":
        return frame.column([_date(value) for value in _stripped(raw)]), []
    if one.type == "L":
        truth = [
            True if v and v in _TRUE else False if v and v in _FALSE else None
            for v in _stripped(raw)
        ]
        return frame.column(truth), []
    message = f"字段 {label} 的类型 {one.type}（备注、二进制等）不能读取，已略去"
    return None, [Issue("FIELD_IGNORED", message, "warning", field=label)]


def _text(
    raw: np.ndarray, width: int, encoding: str, where: tuple[Sequence[int], str]
) -> tuple["pd.Series[Any]", list[Issue]]:
    values = _stripped(raw)
    try:
        # All at once is ten times as quick, and right unless a value is cut or broken.
        decoded = encodings.decode(b"\n".join(values), encoding).split("\n")
    except UnicodeDecodeError:
        decoded = []
    if len(decoded) == len(values):
        return pd.Series([one or None for one in decoded], dtype="str"), []
    made: list[str | None] = []
    issues = []
    for row, value in zip(where[0], values, strict=True):
        text, fault = _one_text(value, encoding, full=len(value) >= width - 1)
        made.append(text or None)
        if fault:
            code, words, severity = fault
            message = f"第 {row + 1} 行字段 {where[1]} {words}"
            issues.append(Issue(code, message, severity, row + 1, where[1], text))
    return pd.Series(made, dtype="str"), issues


def _one_text(
    value: bytes, encoding: str, *, full: bool
) -> tuple[str, tuple[str, str, str] | None]:
    try:
        return encodings.decode(value, encoding), None
    except UnicodeDecodeError:
        text = encodings.decode_cut(value, encoding) if full else None
    if text is not None:
        return text, ("TEXT_CUT", "的文字在字段宽度处被截断，末尾半个字已略去", "warning")
    shown = value.decode(encodings.codec(encoding), "replace")
    return shown, ("TEXT_ENCODING", f"的文字不是 {encoding} 编码，请核对", "error")


def _numbers(
    values: list[bytes], one: Field, where: tuple[Sequence[int], str]
) -> tuple["pd.Series[Any]", list[Issue]]:
    plain = [value.strip() for value in values]
    issues = []
    stars = [row + 1 for row, value in zip(where[0], plain, strict=True) if value.startswith(b"*")]
    if stars:
        shown = "、".join(map(str, stars[:10]))
        message = (
            f"字段 {where[1]} 有 {len(stars)} 行写作 *（空值或超出宽度），按空值读取：第 {shown} 行"
        )
        issues.append(Issue("FIELD_OVERFLOW", message, "warning", stars[0], where[1]))
    plain = [b"" if value.startswith(b"*") else value for value in plain]
    try:
        if one.decimals == 0 and not any(b"." in value for value in plain):
            return frame.column([int(value) if value else None for value in plain]), issues
        return pd.Series(
            [float(value) if value else np.nan for value in plain], dtype="float64"
        ), issues
    except ValueError:
        # Not numbers after all: keep what stands there.
        said = [value.decode("latin-1") or None for value in plain]
        return pd.Series(said, dtype="str"), issues


def _date(value: bytes) -> str | None:
    text = value.decode("latin-1").strip()
    if text in ("", "0", "00000000"):
        return None
    return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text
