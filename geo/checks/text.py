"""Ids and text of a table: is each there, is each its own, can each be kept."""

import re
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from geo.errors import Issue

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_SHOWN = 10


def id_issues(ids: Sequence[str], rows: np.ndarray) -> Iterator[Issue]:
    """Every row whose id another row has too; which of them is right we cannot know."""
    column = pd.Series(list(ids), dtype=object)
    for id_, group in column[column.duplicated(keep=False)].groupby(column, sort=False):
        found = [int(rows[at]) for at in group.index]
        listed = "、".join(map(str, found[:_SHOWN])) + ("……" if len(found) > _SHOWN else "")
        for row in found:
            message = f"编号 {id_} 重复，见第 {listed} 行，请改正编号"
            yield Issue("DUPLICATE_ID", message, "error", row, "id", str(id_))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def control_issues(table: pd.DataFrame, rows: np.ndarray) -> Iterator[Issue]:
    """Cells with NUL or another control character, which no file or screen can carry."""
    for field in table.columns:
        if table[field].dtype.kind in "biufM":
            continue
        values = table[field].tolist()
        some = values if set(map(type, values)) == {str} else filter(_is_text, values)
        if not _CONTROL.search("\n".join(some)):
            continue
        for row, value in zip(rows, values, strict=True):
            if isinstance(value, str) and (bad := _CONTROL.search(value)):
                message = f"字段 {field} 含控制字符 U+{ord(bad[0]):04X}，请删去后重新导出"
                shown = value.encode("unicode_escape").decode("ascii")[:80]
                yield Issue("TEXT_CONTROL", message, "error", int(row), str(field), shown)
