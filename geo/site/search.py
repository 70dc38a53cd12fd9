"""Land that would do: nearest free parcels in a site's stead, and parcels by criteria."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import shapely

from geo import measure
from geo.errors import DataError
from geo.site.asked import Failed, LayerInput, Settings, Site
from geo.site.check import Layers, check_many
from geo.site.prepared import Prepared
from geo.site.rules import Kind, Rules
from geo.site.values import Answer, Severity, SiteReport, Verdict

_CHUNK = 64
FREE = ("available",)


@dataclass(frozen=True, slots=True, eq=False)
class Stock:
    """Parcels to choose from: the set with its index, and the status of each by id."""

    parcels: LayerInput
    statuses: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Grounds:
    """What every candidate is checked on."""

    layers: Layers
    rules: Rules
    as_of: date
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Reach:
    """Not farther than `most_m` from a feature of a set (optionally one of `ids`)."""

    set: str
    most_m: float
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criteria:
    """What land is looked for; None and empty ask nothing. Areas in m² on the ellipsoid.

    `no_ban` leaves out land that a 禁止 rule hits; `sure` also land where one cannot be answered.
    A slope is asked by the rule of that kind and the office's parameter: `gentle` leaves out hits.
    """

    least_m2: float | None = None
    most_m2: float | None = None
    use: str = ""
    near: tuple[Reach, ...] = ()
    statuses: tuple[str, ...] = FREE
    gentle: bool = False
    no_ban: bool = True
    sure: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One parcel that would do, with why it stands where it stands.

    `distance_m` is that to the site it replaces (None in a search by criteria); `distances_m`
    those asked for, by set; `limits` rules that restrict it; `open` rules without an answer.
    """

    id: str
    name: str
    area_m2: float
    verdict: Verdict
    distance_m: float | None
    distances_m: Mapping[str, float]
    limits: tuple[str, ...]
    open: tuple[str, ...]
    report: SiteReport


def alternatives(
    site: Site,
    stock: Stock,
    grounds: Grounds,
    needed_m2: float | None = None,
    count: int = 5,
) -> list[Candidate]:
    """The nearest free parcels of at least the needed size that no 禁止 rule hits.

    The needed size is the site's own where none is said. Parcels of which a share lies in the
    site are no alternative.
    """
    index = stock.parcels.prepared
    plane = measure.to_plane(site.shape)
    needed = measure.area_m2(site.shape) if needed_m2 is None else needed_m2
    areas = _areas(stock.parcels)
    rows = np.flatnonzero(_free(index, stock.statuses, FREE) & (areas >= needed))
    metres = shapely.distance(index.planes[rows], plane)
    apart = ~((metres == 0) & shapely.relate_pattern(index.planes[rows], plane, "2********"))
    rows, metres = rows[apart], metres[apart]
    order = np.lexsort((index.ids[rows].astype(str), metres))
    out = list[Candidate]()
    for start in range(0, len(order), _CHUNK):
        part = order[start : start + _CHUNK]
        asked = [_site(stock, int(row), site.use) for row in rows[part]]
        for i, report in zip(part, _reports(asked, grounds), strict=True):
            if not _banned(report):
                out.append(_candidate(report, float(metres[i]), {}))
        if len(out) >= count:
            break
    return out[:count]


def find(stock: Stock, criteria: Criteria, grounds: Grounds, count: int = 50) -> list[Candidate]:
    """Parcels that meet the criteria, the best first.

    Ranked by verdict, then by how many rules restrict or leave open, then by how much of the
    distances asked for is used up, then by id.
    """
    index, areas = stock.parcels.prepared, _areas(stock.parcels)
    mask = _free(index, stock.statuses, criteria.statuses)
    mask &= areas >= (criteria.least_m2 or 0)
    mask &= areas <= (np.inf if criteria.most_m2 is None else criteria.most_m2)
    rows = np.flatnonzero(mask & (index.dimensions == 2))
    distances = dict[str, np.ndarray]()
    for reach in criteria.near:
        metres = _to(reach, index.planes[rows], grounds)
        keep = metres <= reach.most_m
        rows, distances = rows[keep], {name: one[keep] for name, one in distances.items()}
        distances[reach.set] = metres[keep]
    asked = [_site(stock, int(row), criteria.use) for row in rows]
    found = [
        _candidate(report, None, {name: float(one[i]) for name, one in distances.items()})
        for i, report in enumerate(_reports(asked, grounds))
        if _fits(report, criteria)
    ]
    most = {reach.set: reach.most_m for reach in criteria.near}
    return sorted(found, key=lambda one: _rank(one, most))[:count]


def _free(index: Prepared, statuses: Mapping[str, str], asked: Sequence[str]) -> np.ndarray:
    if not asked:
        return np.ones(len(index), dtype=bool)
    return np.array([statuses.get(one) in asked for one in index.ids], dtype=bool)


def _areas(parcels: LayerInput) -> np.ndarray:
    return measure.areas_m2(parcels.boundaries.table.geometry.to_numpy())


def _site(stock: Stock, row: int, use: str) -> Site:
    index = stock.parcels.prepared
    shape = stock.parcels.boundaries.table.geometry.iloc[row]
    return Site(str(index.ids[row]), str(index.names[row]), shape, use, variant="registered")


def _reports(sites: Sequence[Site], grounds: Grounds) -> list[SiteReport]:
    return check_many(sites, grounds.layers, grounds.rules, grounds.as_of, grounds.settings)


def _to(reach: Reach, planes: np.ndarray, grounds: Grounds) -> np.ndarray:
    """Distances in m of parcels to the nearest feature asked for."""
    layer = grounds.layers.get(reach.set)
    if not isinstance(layer, LayerInput):
        why = f"：{layer.message}" if isinstance(layer, Failed) else ""
        raise DataError(f"没有图层 {reach.set}，不能按距离找地{why}，请先导入", "SEARCH_SET")
    index = layer.prepared.on(grounds.as_of)
    if reach.ids:
        index = index.part(("ids", reach.ids), lambda: np.isin(index.ids, reach.ids))
    if not len(index):
        raise DataError(f"图层 {reach.set} 中没有所选要素，不能按距离找地，请重选", "SEARCH_SET")
    out = np.full(len(planes), np.inf)
    (row, _), metres = index.tree.query_nearest(planes, return_distance=True, all_matches=False)
    out[row] = metres
    return out


def _banned(report: SiteReport) -> bool:
    return any(
        one.answer is Answer.HIT and one.severity is Severity.BAN and one.binding
        for one in report.findings
    )


def _fits(report: SiteReport, criteria: Criteria) -> bool:
    if criteria.no_ban and _banned(report):
        return False
    steep = any(one.kind == Kind.SLOPE and one.answer is Answer.HIT for one in report.findings)
    if criteria.gentle and steep:
        return False
    silent = (Answer.NO_DATA, Answer.FAILED)
    return not criteria.sure or not any(
        one.answer in silent and one.severity is Severity.BAN for one in report.findings
    )


def _candidate(
    report: SiteReport, metres: float | None, distances: Mapping[str, float]
) -> Candidate:
    limits = [
        one.rule
        for one in report.findings
        if one.answer is Answer.HIT and one.severity is Severity.LIMIT
    ]
    silent = (Answer.NO_DATA, Answer.FAILED)
    open_ = [one.rule for one in report.findings if one.answer in silent]
    site = report.site
    told = (site.id, site.name, report.area_m2, report.verdict, metres, distances)
    return Candidate(*told, tuple(limits), tuple(open_), report)


def _rank(one: Candidate, most: Mapping[str, float]) -> tuple[int, int, int, float, str]:
    used = sum(metres / most[name] for name, metres in one.distances_m.items() if most[name])
    return one.verdict.rank, len(one.limits), len(one.open), used, one.id
