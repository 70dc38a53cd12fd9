"""Rules that ask what the land under a site is: its status, its planned use, its park."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry

from geo import measure
from geo.site.kinds import NOWHERE, firmly, picked, sliver, uncovered
from geo.site.outcome import Batch, Outcome, Reading, Said, joined, sized
from geo.site.overlay import solid
from geo.site.rules import Fit
from geo.site.shares import Shares
from geo.site.values import Answer, Met, Severity

_CODE = re.compile(r"\d{2}(?:\d{2}){0,2}")
_FITS, _CASE, _UNFIT, _UNSAID = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """What one site lies on: its pairs, the features, and how each value was judged."""

    shares: Shares
    where: slice
    met: Sequence[Met]
    firm: np.ndarray
    state: np.ndarray

    def of(self, state: int) -> np.ndarray:
        """Features that are no slivers, in a state."""
        return np.asarray(self.firm & (self.state == state))


def attribute(reading: Reading, batch: Batch) -> list[Outcome]:
    """Whether the land under sites has values that fit."""
    shares = batch.shares[reading.used]
    values = _values(reading, shares.pairs.row)
    met, firm = sized(reading, shares, values), firmly(reading, shares)
    found = dict[int, Outcome]()
    known = dict[tuple[str, str], int]()
    for site, where in shares.pairs.by_site():
        use = batch.sites[site].use
        for text in values[where]:
            if (text, use) not in known:
                known[text, use] = _judge(reading, batch, text, use)
        state = np.array([known[text, use] for text in values[where]])
        judged = _Judged(shares, where, met[where], firm[where], state)
        found[site] = _outcome(reading, batch.planes[site], judged, use)
    if len(found) == len(batch.sites):
        return list(found.values())
    return [found.get(i) or _nowhere(reading, float(area)) for i, area in enumerate(batch.areas_m2)]


def _nowhere(reading: Reading, area_m2: float) -> Outcome:
    """A site that lies on no feature."""
    if not reading.rule.cover:
        return Outcome(Answer.CLEAR)
    return Outcome(Answer.NO_DATA, said=(("NOT_COVERED", {"m2": f"{area_m2:.0f}"}),))


def _values(reading: Reading, rows: np.ndarray) -> list[str]:
    """Values of features: from what is kept elsewhere if it says one, else from the table."""
    texts = reading.used.texts(reading.rule.columns)[rows].tolist()
    for name in reading.rule.columns:
        facts = reading.facts.get(name)
        if facts:
            ids = reading.used.ids[rows].tolist()
            texts = [facts.get(one, text) for one, text in zip(ids, texts, strict=True)]
    return [str(text) for text in texts]


def _judge(reading: Reading, batch: Batch, value: str, use: str) -> int:
    rule = reading.rule
    if not value:
        return _UNSAID
    if rule.flag:
        return _UNFIT if value in rule.flag else _FITS
    if rule.allow:
        return _FITS if value in rule.allow else _UNFIT
    code = _CODE.match(value)
    cells = batch.rules.matrices[rule.matrix].cells
    fit = cells.get(value) or (cells.get(code.group()[:2]) if code else None)
    return _fitting(fit, use) if fit and use else _UNSAID


def _fitting(fit: Fit, use: str) -> int:
    if use.startswith(fit.yes):
        return _FITS
    return _CASE if use.startswith(fit.case) else _UNFIT


def _outcome(reading: Reading, plane: BaseGeometry, judged: _Judged, use: str) -> Outcome:
    unfit, case, unsaid = judged.of(_UNFIT), judged.of(_CASE), judged.of(_UNSAID)
    said, hit = list[Said](), unfit | case
    if unsaid.any():
        lacks_use = bool(reading.rule.matrix) and not use
        said.append(("NO_USE", {}) if lacks_use else ("NO_VALUE", {"count": int(unsaid.sum())}))
    said += _bare(reading, plane, judged)
    answer = Answer.NO_DATA if said else Answer.CLEAR
    if case.any():
        said.append(("CASE", {"count": int(case.sum())}))
    milder = Severity.LIMIT if hit.any() and not unfit.any() else None
    return Outcome(
        Answer.HIT if hit.any() else answer,
        picked(judged.met, hit if hit.any() else judged.firm),
        tuple(sliver(reading, one) for one in _thin(judged)),
        said=tuple(said),
        severity=milder if reading.rule.severity is Severity.BAN else None,
        **joined(reading, judged.shares, judged.where.start + np.flatnonzero(hit)),
    )


def _bare(reading: Reading, plane: BaseGeometry, judged: _Judged) -> list[Said]:
    """The remark that part of a site lies outside a set that ought to cover it."""
    rule = reading.rule
    if not rule.cover:
        return []
    firm = judged.where.start + np.flatnonzero(judged.firm)
    left = uncovered(reading, plane, judged.shares, firm)
    whole = np.array([left], dtype=object)
    if left is NOWHERE or not solid(whole, rule.tolerance_m2, rule.tolerance_m)[0]:
        return []
    return [("NOT_COVERED", {"m2": f"{measure.ellipsoid_areas(whole)[0]:.0f}"})]


def _thin(judged: _Judged) -> tuple[Met, ...]:
    """Slivers of land that does not fit."""
    state = judged.state
    return picked(judged.met, ~judged.firm & ((state == _CASE) | (state == _UNFIT)))
