"""The two doors for strangers' files: `peek` says what a file is, `read` gives its rows."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from geo.errors import DataError, Issue
from geo.formats import jail, wire
from geo.formats.limits import NAME_LENGTH, UPLOAD_BYTES, UPLOAD_PARTS
from geo.formats.values import Choice, Kind, Layer, Peek, Reading

Upload = bytes | Mapping[str, bytes]


def peek(data: Upload, name: str) -> Peek:
    """What an upload is: kind by content, layers with samples, encodings, coordinate system.

    Parameters
    ----------
    data
        A file, or the parts of a shapefile by their names.
    name
        The user's file name, for its extension and for messages; empty for pasted text.

    Raises
    ------
    DataError
        With the code of what is wrong.
    """
    files, names = _parts(data, name)
    answer = jail.run("geo.formats.inside:peek", files, {"names": names})
    try:
        said = answer.value
        layers = tuple(
            Layer(
                str(one["name"]),
                int(one["count"]),
                str(one["geometry"]),
                tuple(map(str, one["fields"])),
                tuple({str(k): str(v) for k, v in row.items()} for row in one["sample"]),
            )
            for one in said["layers"]
        )
        issues = tuple(Issue(**one) for one in said["issues"])
        encodings = tuple(map(str, said["encodings"]))
        warned = (*jail.warnings(answer), *issues)
        return Peek(
            Kind(said["kind"]), layers, str(said["encoding"]), encodings, str(said["crs"]), warned
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _nonsense() from error


def read(data: Upload, name: str, choice: Choice | None = None) -> Reading:
    """The rows of one layer of an upload; `table` holds every attribute, text as it stands.

    Raises
    ------
    DataError
        ``MANY_LAYERS`` or ``ENCODING_GUESSED`` where the choice must say more; else the code
        of what is wrong.
    """
    files, names = _parts(data, name)
    asked = asdict(choice or Choice())
    asked["columns"] = dict(asked["columns"])
    answer = jail.run("geo.formats.inside:read", files, {"names": names, "choice": asked})
    try:
        return _reading(answer)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _nonsense() from error


def _reading(answer: wire.Answer) -> Reading:
    said: Mapping[str, Any] = answer.value
    crs = str(said["crs"])
    authority, _, number = crs.partition(":")
    table = wire.unpack(answer, int(number) if authority == "EPSG" and number.isdigit() else None)
    issues = (*jail.warnings(answer), *(Issue(*one) for one in said["issues"]))
    numbers = tuple(map(int, said["numbers"]))
    if len(numbers) != len(table):
        raise wire.WireError("as many numbers as rows are expected")
    return Reading(
        Kind(said["kind"]),
        str(said["layer"]),
        table,
        int(said["rows"]),
        numbers,
        str(said["encoding"]),
        crs,
        issues,
    )


def _parts(data: Upload, name: str) -> tuple[dict[str, bytes], list[str]]:
    """Content under numbers of ours, and the user's names beside it."""
    parts = {name: data} if isinstance(data, bytes) else dict(data)
    if not parts or not all(parts.values()):
        empty = next((part for part, content in parts.items() if not content), name)
        raise DataError(f"文件为空：{empty}，请核对后重新导出", "EMPTY_FILE")
    if len(parts) > UPLOAD_PARTS:
        raise DataError(f"一次最多上传 {UPLOAD_PARTS} 个文件，现有 {len(parts)} 个", "QUOTA")
    size = sum(map(len, parts.values()))
    if size > UPLOAD_BYTES:
        raise DataError(
            f"超出上传配额：{size / 2**20:.0f} MB，最大 {UPLOAD_BYTES >> 20} MB，请拆分后上传",
            "QUOTA",
        )
    names = [part[-NAME_LENGTH:] for part in parts]
    return {str(number): content for number, content in enumerate(parts.values())}, names


def _nonsense() -> DataError:
    message = "文件使读取程序给出无效结果，内容可能已损坏，请核对后重新导出"
    return DataError(message, "FILE_CRASHED")
