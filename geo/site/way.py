"""The way forward: what is left after partial constraints, and the least to give up."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.errors import DataError
from geo.site.overlay import subtract, union, without
from geo.site.values import Answer, Finding, Severity, SiteReport

_LEAST_M2, _LEAST_M = 1.0, 0.5  # parts smaller or narrower are no land to build on


@dataclass(frozen=True, slots=True)
class NetRow:
    """One step of the working: `new_m2` of a rule's land not yet counted, and what it takes."""

    rule: str
    title: str
    new_m2: float
    usable_pct: float | None  # None: nobody has said, so nothing is taken
    lost_m2: float
    left_m2: float


@dataclass(frozen=True, slots=True)
class Net:
    """Land of a site that can be used (净可用面积), with the working in order of priority."""

    total_m2: float
    rows: tuple[NetRow, ...]
    net_m2: float


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """The least to give up so that some rules are no longer hit.

    `shape` is EPSG:4490, None if no land remains; `left_behind_m2` are parts that remain but are
    too small to be of use.
    """

    rules: tuple[str, ...]
    shape: BaseGeometry | None
    area_m2: float
    lost_m2: float
    left_behind_m2: float


def net_land(report: SiteReport) -> Net:
    """Subtract each rule's share in order of priority; land is taken from once only."""
    left = report.area_m2
    taken: BaseGeometry = shapely.Polygon()
    rows = list[NetRow]()
    for found in sorted(_conflicts(report), key=lambda one: (one.priority, one.rule)):
        region = union(np.array(found.land, dtype=object))
        new = subtract(region, taken)
        area = _area(new)
        lost = 0.0 if found.usable_pct is None else area * (1 - found.usable_pct / 100)
        if found.usable_pct is not None:
            taken = union(np.array([taken, region], dtype=object))
        left -= lost
        rows.append(NetRow(found.rule, found.title, area, found.usable_pct, lost, left))
    return Net(report.area_m2, tuple(rows), max(left, 0.0))


def _conflicts(report: SiteReport) -> list[Finding]:
    """Hits that take land: notes and rules that do not bind take none."""
    return [
        one
        for one in report.findings
        if one.answer is Answer.HIT
        and one.land
        and one.binding
        and one.severity is not Severity.NOTE
    ]


def cut(report: SiteReport, rules: Collection[str], least_m2: float | None = None) -> Cut:
    """The site without the land that some rules hit.

    Parts of at least `least_m2` remain; where no size is asked, or none reaches it, the largest.
    Raises `DataError` where a rule is not hit, or hit in no particular place.
    """
    regions = [_region(report, rule) for rule in rules]
    if not regions:
        raise DataError("没有指明要消除哪条冲突，请至少选一条", "CUT_NOTHING")
    plane = measure.to_plane(report.site.shape)
    rest = without(plane, union(np.array(regions, dtype=object)))
    parts = shapely.get_parts(rest)
    sound = (measure.plane_areas(parts) >= _LEAST_M2) & (measure.plane_widths(parts) >= _LEAST_M)
    chosen = _chosen(parts[sound], least_m2)
    if not len(chosen):
        left = _area(rest)
        return Cut(tuple(rules), None, 0.0, report.area_m2, left)
    shape = measure.to_stored(chosen[0] if len(chosen) == 1 else shapely.multipolygons(chosen))
    area = float(measure.areas_m2([shape])[0])
    return Cut(tuple(rules), shape, area, report.area_m2 - area, max(_area(rest) - area, 0.0))


def cuts(report: SiteReport, least_m2: float | None = None) -> tuple[Cut, ...]:
    """A cut for each conflict, the smallest loss first, and last one for all that is forbidden."""
    found = _conflicts(report)
    single = sorted(
        (cut(report, [one.rule], least_m2) for one in found), key=lambda one: one.lost_m2
    )
    hard = [one.rule for one in found if one.severity is Severity.BAN]
    both = [cut(report, hard, least_m2)] if len(hard) > 1 else []
    return (*single, *both)


def _region(report: SiteReport, rule: str) -> BaseGeometry:
    found = report.finding(rule)
    if found.answer is not Answer.HIT or not found.land:
        raise DataError(f"规则“{found.title}”没有可切除的范围，请另选", "CUT_NOTHING")
    return union(np.array(found.land, dtype=object))


def _chosen(parts: np.ndarray, least_m2: float | None) -> np.ndarray:
    if not len(parts):
        return parts
    areas = measure.plane_areas(parts)
    large = areas >= (np.inf if least_m2 is None else least_m2)
    return parts[large] if large.any() else parts[[int(areas.argmax())]]


def _area(plane: BaseGeometry) -> float:
    return float(measure.areas_m2(measure.to_storeds(np.array([plane], dtype=object)))[0])
