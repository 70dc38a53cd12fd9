"""Who a copy is for: the internal edition holds everything, the public one only what may go out.

The public edition keeps fields by a list, never by leaving some out, and gives shapes that
nobody can measure from: simplified by 50 m and put on a grid of 0.0001°. It is refused for
sets that hold anything classified above public.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import geopandas as gpd
import numpy as np
import shapely

from geo import measure
from geo.errors import DataError
from geo.model import SECRECY, STORED_CRS, Boundaries

TOLERANCE_M = 50.0
DIGITS = 4  # decimals of a degree: 11 m north, 9 m east at Weihai
ROW_SECRECY = ("secrecy", "密级")  # columns that say how secret a row is
HIDDEN = ("hide_position", "隐去坐标")  # columns that say a position must not leave
_OPEN = frozenset({"", SECRECY[0]})
_YES = frozenset({"1", "1.0", "true", "yes", "是"})
_ALWAYS = frozenset({"id", "name", "name_en", "kind", "kind_en", "grade"})
_OF_THE_PLAN = _ALWAYS | {"error_m", "declared_m2", "declared_m", "rank", "parent"}
FIELDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("zone", "district", "unit", "park", "hub", "culture", "corridor", "road"), _OF_THE_PLAN
    ),
    **dict.fromkeys(
        ("coast", "water", "station", "facility", "project", "place", "land", "sea"), _OF_THE_PLAN
    ),
    "inside": _ALWAYS | {"set", "source"},
}


class Edition(StrEnum):
    """Who a copy is for; the value is the word of the shell."""

    INTERNAL = "internal"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        """What stands on the copy."""
        return "公开版" if self is Edition.PUBLIC else "内部版"


@dataclass(frozen=True, slots=True)
class Released:
    """What may leave: rows in EPSG:4490, the shape None where the position may not be told.

    `notes` say in Chinese what was changed on the way.
    """

    known: Boundaries
    notes: tuple[str, ...] = ()


def released(known: Boundaries, edition: Edition) -> Released:
    """A set as an edition may hold it. Raises `DataError` EDITION_SECRET."""
    if edition is Edition.INTERNAL:
        return Released(known)
    _refuse_secret(known)
    fields = FIELDS.get(known.name, _ALWAYS)
    rows = known.table
    shapes = _coarse(np.asarray(rows.geometry.array), _flagged(rows))
    kept = {c: rows[c].to_numpy() for c in rows.columns if c in fields}
    table = gpd.GeoDataFrame(kept, geometry=shapes, crs=STORED_CRS)
    source = replace(known.source, document="", url="", note="", declared_m2=None)
    gone = int(table.geometry.isna().sum())
    notes = [
        f"坐标已概化：容差 {TOLERANCE_M:.0f} 米，经纬度取 {DIGITS} 位小数，不能用于量算",
        f"{gone} 个要素的坐标已去除" if gone else "",
        "公开发布前须取得审图号",
    ]
    return Released(replace(known, table=table, source=source), tuple(filter(None, notes)))


def levels(known: Boundaries) -> set[str]:
    """What a set and its rows say of their secrecy, as it was written; never the empty text."""
    said = {known.source.secrecy}
    for name in (c for c in ROW_SECRECY if c in known.table):
        said |= {str(v).strip() for v in known.table[name].dropna()}
    return said - {""}


def highest(said: Iterable[str]) -> str:
    """The most secret of some levels; empty where none is stated.

    Rows hold free text: a word that is no level is not open either, so it counts as internal.
    """
    found = (one if one in SECRECY else SECRECY[1] for one in said if one)
    return max(found, key=SECRECY.index, default="")


def _refuse_secret(known: Boundaries) -> None:
    """The set's own level and that of its most secret row speak for the whole set."""
    if said := levels(known) - _OPEN:
        raise DataError(
            f"图层 {known.name} 的密级含“{'、'.join(sorted(said))}”，不能导出公开版；"
            "请导出内部版，或先移除涉密要素",
            "EDITION_SECRET",
        )


def _flagged(rows: gpd.GeoDataFrame) -> np.ndarray:
    """Rows whose position must not leave."""
    found = np.zeros(len(rows), dtype=bool)
    for name in (c for c in HIDDEN if c in rows):
        found |= np.array([str(v).strip().lower() in _YES for v in rows[name]], dtype=bool)
    return found


def _coarse(shapes: np.ndarray, flagged: np.ndarray) -> np.ndarray:
    """Shapes on the coarse grid, valid; None where flagged or too small to be left."""
    plain = shapely.simplify(measure.to_planes(shapes), TOLERANCE_M, preserve_topology=True)
    back = np.array([None if s is None else measure.to_stored(s) for s in plain], dtype=object)
    snapped = shapely.set_precision(back, 10.0**-DIGITS)
    out = np.full(len(shapes), None, dtype=object)
    kept = ~flagged & ~shapely.is_empty(snapped) & ~shapely.is_missing(snapped)
    out[kept] = snapped[kept]
    return out
