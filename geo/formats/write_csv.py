"""Attributes as CSV that a spreadsheet opens without running, linking or rounding anything.

UTF-8 with its mark, CRLF. A text that a spreadsheet would take for a formula, a number or a
day begins with an apostrophe, as one would type it there; so does a text that has one itself.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from geo import measure
from geo.formats.apostrophe import tied
from geo.formats.write_copy import Copy, dimensions
from geo.formats.write_fields import headings
from geo.units import half_up


def write(copy: Copy) -> bytes:
    """One row per feature; what the file says of itself stands in the last columns."""
    shapes = np.asarray(copy.known.table.geometry.array)
    names = [str(c) for c in copy.table.columns if c != "geometry"]
    columns: dict[str, Sequence[Any]] = {
        heading: copy.table[name].tolist() for name, heading in headings(names).items()
    }
    sizes = dimensions(copy.known.table)
    for heading, dimension, by in (
        ("椭球面积_平方米", 2, measure.areas_m2),
        ("长度_米", 1, measure.lengths_m),
    ):
        if copy.exact and (sizes == dimension).any():
            columns[heading] = [
                half_up(m, 2) if one == dimension else None
                for m, one in zip(by(shapes), sizes, strict=True)
            ]
    for key in ("提示", "数据版本", "校验值", "审计校验值", "版别", "处理", "审图号"):
        if key in copy.about:
            columns[key] = [copy.about[key]] * len(shapes)
    return sheet([list(columns), *zip(*columns.values(), strict=True)])


def sheet(rows: Iterable[Iterable[Any]]) -> bytes:
    """Rows of texts and numbers as the bytes of a CSV file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def cell(value: Any) -> Any:
    """A value as a spreadsheet may see it; None where there is none."""
    if not isinstance(value, str):
        return None if value is None or pd.isna(value) else value
    return tied(value)
