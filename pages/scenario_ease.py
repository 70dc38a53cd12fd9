"""A definition changed so that its demands can be met: less asked, or an exclusion opened."""

from typing import Any

from geo.scenario import Definition, Demand, Ease, Told
from geo.scenario.closed import NO_SCORE, PRESENT
from geo.scenario.default import excludes, tolerance_pct
from pages import scenario_book, scenario_conversion

REASON = "不可行时按最小调整放开"


def possible(told: Told, row: Ease) -> bool:
    """Whether a change can be made by a button."""
    if row.kind == "use":
        return told.code in {"LAND", "ROOM"} and "@" not in row.what
    return row.what not in {"STAGE", "LOCK", "WITHIN", "CONVERSION"}


def eased(old: Definition, told: Told, row: Ease | None, unit_mu: float) -> Definition:
    """The change made; None: all demands of the reason become less in the same proportion.

    Whole units seldom come out at the very limit, so demands leave room for one unit a use.
    """
    if row is None:
        return _scaled(old, told, unit_mu)
    if row.kind == "use":
        up = told.code == "ROOM"
        return _demands(old, {row.what: (row.by_mu or 0.0) + unit_mu}, up=up)
    return _opened(old, told, row.what)


def _scaled(old: Definition, told: Told, unit_mu: float) -> Definition:
    mine = [one for one in old.demands if one.use in told.uses]
    lows = {one.use: one.band_mu(tolerance_pct())[0] for one in mine}
    whole = sum(lows.values())
    cut = told.short_mu + unit_mu * len(lows)
    return _demands(old, {use: cut * low / whole for use, low in lows.items()})


def _demands(old: Definition, by_mu: dict[str, float], *, up: bool = False) -> Definition:
    said = []
    for one in old.demands:
        row = one.model_dump(mode="json", exclude_defaults=True)
        if one.use in by_mu:
            row |= _moved(one, by_mu[one.use], up=up)
        said.append(row)
    return scenario_book.changed(old, demands=said)


def _moved(one: Demand, by_mu: float, *, up: bool) -> dict[str, Any]:
    """The ends of a demand moved; to a tenth of a mu, and never below nothing."""
    low, high = one.band_mu(tolerance_pct())
    if one.mu is not None:
        own = tolerance_pct() if one.tolerance_pct is None else one.tolerance_pct
        part = 1 + own / 100 if up else 1 - own / 100
        new = (high + by_mu) / part if up else max(low - by_mu, 0.0) / part
        return {"mu": round(new, 1)}
    if up:
        return {"max_mu": round(high + by_mu, 1)}
    return {"min_mu": round(max(low - by_mu, 0.0), 1)}


def _opened(old: Definition, told: Told, what: str) -> Definition:
    if what == NO_SCORE:
        return scenario_book.changed(old, gaps="known")
    if what.startswith(PRESENT):
        for use in told.uses:
            new = {"start": what.removeprefix(PRESENT).lower(), "use": use, "allowed": True}
            old = scenario_conversion.added(old, new | {"reason": REASON})
        return old
    hard = [_plain(one) for one in excludes(old) if one.id != what]
    soft = [_plain(one) for one in old.partials if one.id != what]
    return scenario_book.changed(old, excludes=hard, partials=soft)


def _plain(one: Any) -> dict[str, Any]:
    found: dict[str, Any] = one.model_dump(mode="json", exclude_defaults=True)
    return found
