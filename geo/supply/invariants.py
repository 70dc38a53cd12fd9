"""What must always hold of the ledger, and of the ledger against the shapes of its parcels."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from math import fsum

import geopandas as gpd
import numpy as np
import shapely

from geo import measure
from geo.errors import Issue
from geo.supply import checks
from geo.supply.ledger import Ledger
from geo.supply.values import Parcel, Span, Tolerance

_CLOSE = 1e-6  # m², what adding in another order may change in a sum


def faults(ledger: Ledger, shapes: gpd.GeoDataFrame | None = None) -> list[Issue]:
    """Everything that does not hold; empty if all is sound. `value` names the parcel.

    Lives and lineage by the rules, one status a day, shared numbers, sums, the same ledger
    when replayed; with `shapes` (EPSG:4490, `id`, `geometry`) also `drawn`.
    """
    live = [one for one in ledger.at().values() if one.live]
    found = [*ledger.faults(), *_twice(ledger), *double(ledger.spans()), *_sums(ledger, live)]
    if ledger.replayed().at() != ledger.at():
        text = "按顺序重放全部记录所得台账与现有台账不一致，请停止登记并联系维护人员"
        found.append(Issue("REPLAY", text))
    return found if shapes is None else [*found, *drawn(ledger, shapes)]


def double(spans: Sequence[Span]) -> list[Issue]:
    """Parcels with two statuses on a day, or with none between two."""
    out = list[Issue]()
    for id_, group in groupby(sorted(spans, key=lambda span: span.id), key=lambda span: span.id):
        lives = sorted(group, key=lambda span: span.start)
        for one, after in pairwise(lives):
            if one.end != after.start:
                text = f"宗地 {id_} 自 {after.start} 起的阶段与前一阶段不衔接，请查看历史"
                out.append(Issue("DOUBLE_STATUS", text, value=id_))
    return out


def _twice(ledger: Ledger) -> Iterator[Issue]:
    for key in ledger.rules.unique:
        for held in checks.holding(ledger.at(), key).values():
            if len(held) > 1:
                yield checks.twice(held[1], held[0], key, ledger.rules)


def _sums(ledger: Ledger, live: Sequence[Parcel]) -> Iterator[Issue]:
    """The table adds up, by status, to what its parcels add up to one by one."""
    total = fsum(one.area_m2 or 0 for one in live)
    parts = ledger.table().groupby("status")["area_m2"].sum()
    if abs(fsum(parts) - total) > _CLOSE * max(1, len(live)):
        text = f"各阶段面积之和 {fsum(parts):.2f}㎡ 不等于总面积 {total:.2f}㎡，请联系维护人员"
        yield Issue("SUM", text, field="area_m2")


def drawn(
    ledger: Ledger, shapes: gpd.GeoDataFrame, only: Collection[str] | None = None
) -> list[Issue]:
    """Faults between the ledger and the shapes of its live parcels, or of `only` some of them.

    Overlaps beyond tolerance are errors, areas that differ warnings; parcels that are not drawn
    (未落图) and shapes that are not entered (未入账) are told once for all as infos.
    """
    parcels = ledger.at()
    ids = [str(id_) for id_ in shapes["id"]]
    live = np.array([id_ in parcels and parcels[id_].live for id_ in ids], dtype=bool)
    here, kept = shapes.geometry.to_numpy()[live], np.array(ids, dtype=object)[live]
    chosen = set(kept) if only is None else set(only)
    out = _overlaps(kept, here, chosen, ledger.rules.tolerance)
    out += _differences(kept, here, parcels, chosen, ledger.rules.tolerance)
    if only is None:
        out += unmatched(parcels, ids)
    return out


def _overlaps(
    ids: np.ndarray, shapes: np.ndarray, chosen: set[str], tolerance: Tolerance
) -> list[Issue]:
    asked = np.flatnonzero([id_ in chosen for id_ in ids])
    tree = shapely.STRtree(shapes)
    rows, others = tree.query(shapes[asked], predicate="intersects")
    pairs = np.unique(np.sort(np.column_stack([asked[rows], others]), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] < pairs[:, 1]]
    both = shapely.intersection(shapes[pairs[:, 0]], shapes[pairs[:, 1]])
    both_m2 = measure.areas_m2(both) if len(both) else np.empty(0)
    return [
        Issue(
            "OVERLAP",
            f"宗地 {ids[one]} 与 {ids[other]} 重叠 {m2:,.1f}㎡，"
            f"超过容许的 {tolerance.overlap_m2:g}㎡，请核对图形",
            field=str(ids[other]),
            value=str(ids[one]),
        )
        for (one, other), m2 in zip(pairs, both_m2, strict=True)
        if m2 > tolerance.overlap_m2
    ]


def _differences(
    ids: np.ndarray,
    shapes: np.ndarray,
    parcels: Mapping[str, Parcel],
    chosen: set[str],
    tolerance: Tolerance,
) -> list[Issue]:
    out = list[Issue]()
    areas = measure.areas_m2(shapes) if len(shapes) else np.empty(0)
    for id_, m2 in zip(ids, areas, strict=True):
        said = parcels[id_].area_m2
        if said is None or id_ not in chosen:
            continue
        slack = max(tolerance.drawn_m2, tolerance.drawn_share * said)
        if abs(m2 - said) > slack:
            text = (
                f"宗地 {id_} 登记面积 {said:,.1f}㎡，图形椭球面积 {m2:,.1f}㎡，"
                f"相差 {m2 - said:+,.1f}㎡，超过 {tolerance.drawn_share:.0%}，请核对"
            )
            out.append(Issue("AREA_DRAWN", text, "warning", field="area_m2", value=str(id_)))
    return out


def unmatched(parcels: Mapping[str, Parcel], ids: Sequence[str]) -> list[Issue]:
    """How many live parcels are not drawn, how many shapes are not entered; `value` lists them."""
    undrawn = sorted({one.id for one in parcels.values() if one.live} - set(ids))
    unentered = sorted(set(ids) - set(parcels))
    out = list[Issue]()
    if undrawn:
        text = f"有 {len(undrawn)} 宗地未落图，地图上看不到，请导入图形"
        out.append(Issue("UNDRAWN", text, "info", value="、".join(undrawn)))
    if unentered:
        text = f"有 {len(unentered)} 个图形未入账，不计入台账，请登记入账"
        out.append(Issue("UNENTERED", text, "info", value="、".join(unentered)))
    return out
