"""The national classification of land and sea use (自然资发〔2023〕234号), with its colours."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from geo.errors import DataError
from geo.model import Use

_FILE = "ydyh_2023.csv"
_CODE = re.compile(r"\d{2}(?:\d{2}){0,2}")


def read(folder: Path) -> Mapping[str, Use]:
    """The classification by code; raises `DataError` if the table is missing or broken."""
    path = folder / _FILE
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        uses = [Use(r["code"], r["name"], r["parent"], r["hex"], r["rgb_basis"]) for r in rows]
    except FileNotFoundError as error:
        raise DataError(f"缺少用地分类表 {_FILE}，请重新安装", "CATALOG_MISSING") from error
    except KeyError as error:
        raise DataError(
            f"用地分类表 {_FILE} 缺少 {error} 列，请重新安装", "CATALOG_BROKEN"
        ) from error
    return {use.code: use for use in uses}


def find(uses: Mapping[str, Use], text: str) -> Use | None:
    """The class a text names: by code at its start (also of a parent), else by name."""
    code = _CODE.match(text.strip())
    if code:
        digits = code.group()
        known = (uses.get(digits[:n]) for n in range(len(digits), 0, -2))
        return next((use for use in known if use), None)
    named = text.strip()
    return next((use for use in uses.values() if use.name == named), None)
