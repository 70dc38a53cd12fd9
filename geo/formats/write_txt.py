"""Boundary-point TXT of a set: areas only, with what the file says of itself in its head."""

from dataclasses import replace

import geopandas as gpd
import numpy as np

from geo.errors import DataError
from geo.formats import txt_write
from geo.formats.write_copy import Copy, dimensions

_ORDER = "每行先 X（北）后 Y（东）"
_KEYS = {"数据版本": "数据版本", "来源": "数据来源", "可信程度": "可信程度", "许可": "许可"}
_MORE = {"提示": "提示", "位置误差": "位置误差", "版别": "版别", "处理": "处理", "审图号": "审图号"}
_SEAL = {"校验值": "校验值", "审计校验值": "审计校验值"}


def check(table: gpd.GeoDataFrame) -> None:
    """Raise `DataError` EXPORT_GEOMETRY for what is no area."""
    other = int(np.count_nonzero(dimensions(table) != 2))
    if other:
        raise DataError(
            f"图层中有 {other} 个要素不是面，界址点坐标 TXT 只能装面；请先筛选出面，或改用其他格式",
            "EXPORT_GEOMETRY",
        )


def write(copy: Copy) -> bytes:
    """The bytes of the file. Raises `DataError` EXPORT_GEOMETRY for what is no area."""
    check(copy.table)
    said = {"图层": copy.look.title, "坐标次序": _ORDER}
    named = _KEYS | _MORE | _SEAL
    said |= {key: copy.about[name] for name, key in named.items() if name in copy.about}
    columns = {"地块用途": "kind"}
    form = txt_write.Form(epsg=copy.crs, header=said, columns=columns)
    changed = sum(1 for issue in txt_write.told(copy.table, form) if issue.field)
    if changed:
        said["改写"] = f"{changed} 处文字含逗号、换行或首尾空格，已改写"
    return txt_write.write(copy.table, replace(form, header=said))
