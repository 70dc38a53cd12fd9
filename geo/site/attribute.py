"""Rules that ask what the land under a site is: its status, its planned use, its park."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.site.kinds import firmly, picked, sliver, uncovered
from geo.site.outcome import Batch, Outcome, Reading, Said, ellipsoid_areas, joined, sized
from geo.site.overlay import Pairs, meet, solid
from geo.site.rules import Fit
from geo.site.select import column
from geo.site.values import Answer, Met, Severity

_CODE = re.compile(r"\d{2}(?:\d{2}){0,2}")
_FITS, _CASE, _UNFIT, _UNSAID = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class _Judged:
    """What one site lies on: the pairs, the features, and how each value was judged."""

    pairs: Pairs
    met: Sequence[Met]
    firm: np.ndarray
    state: np.ndarray

    def of(self, *states: int) -> np.ndarray:
        """Features that are no slivers, in some states."""
        return self.firm & np.isin(self.state, states)


def attribute(reading: Reading, batch: Batch) -> list[Outcome]:
    """Whether the land under sites has values that fit."""
    pairs = meet(batch.planes, reading.used)
    met = sized(reading, pairs)
    values = _values(reading, pairs.row)
    met = [replace(one, value=str(value)) for one, value in zip(met, values, strict=True)]
    firm = firmly(reading, pairs)
    bare = Answer.NO_DATA if reading.rule.cover else Answer.CLEAR
    nothing: tuple[Said, ...] = ()
    out = []
    for area in batch.areas_m2:
        nothing = (("NOT_COVERED", {"m2": f"{area:.0f}"}),) if reading.rule.cover else ()
        out.append(Outcome(bare, said=nothing))
    for site, where in pairs.by_site():
        use = batch.sites[site].use
        state = np.array([_judge(reading, batch, text, use) for text in values[where]])
        part = Pairs(pairs.site[where], pairs.row[where], pairs.pieces[where])
        judged = _Judged(part, met[where], firm[where], state)
        out[site] = _outcome(reading, batch.planes[site], judged, use)
    return out


def _values(reading: Reading, rows: np.ndarray) -> np.ndarray:
    """Values of features: from what is kept elsewhere if it says one, else from the table."""
    texts = column(reading.used.table.iloc[rows], reading.rule.columns)
    for name in reading.rule.columns:
        facts = reading.facts.get(name)
        if facts:
            ids = reading.used.ids[rows]
            texts = np.array([facts.get(one, text) for one, text in zip(ids, texts, strict=True)])
    return texts.astype(object)


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


def _outcome(reading: Reading, plane: object, judged: _Judged, use: str) -> Outcome:
    rule, pieces = reading.rule, judged.pairs.pieces
    unfit, case, unsaid = judged.of(_UNFIT), judged.of(_CASE), judged.of(_UNSAID)
    said = list[Said]()
    if unsaid.any():
        lacks_use = bool(rule.matrix) and not use
        said.append(("NO_USE", {}) if lacks_use else ("NO_VALUE", {"count": int(unsaid.sum())}))
    open_ = bool(unsaid.any())
    if rule.cover:
        left = uncovered(plane, pieces[judged.firm])
        if solid(np.array([left], dtype=object), rule.tolerance_m2, rule.tolerance_m)[0]:
            bare = ellipsoid_areas(np.array([left], dtype=object))[0]
            said.append(("NOT_COVERED", {"m2": f"{bare:.0f}"}))
            open_ = True
    hit = unfit | case
    if case.any():
        said.append(("CASE", {"count": int(case.sum())}))
    milder = Severity.LIMIT if hit.any() and not unfit.any() else None
    undecided = Answer.NO_DATA if open_ else Answer.CLEAR
    return Outcome(
        Answer.HIT if hit.any() else undecided,
        picked(judged.met, hit if hit.any() else judged.firm),
        tuple(sliver(reading, one) for one in _thin(judged)),
        said=tuple(said),
        severity=milder if rule.severity is Severity.BAN else None,
        **joined(
            reading, pieces[hit], [m for m, take in zip(judged.met, hit, strict=True) if take]
        ),
    )


def _thin(judged: _Judged) -> tuple[Met, ...]:
    """Slivers of land that does not fit."""
    return picked(judged.met, ~judged.firm & np.isin(judged.state, (_CASE, _UNFIT)))
