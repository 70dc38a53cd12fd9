"""Two to six sites side by side: the same rows, the best cell of each marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.errors import DataError
from geo.site.values import Answer, Finding, Severity, SiteReport, Verdict
from geo.site.way import net_land

_ORDER = (Answer.CLEAR, Answer.HIT, Answer.NO_DATA, Answer.FAILED)
Cell = str | float | Answer | Verdict | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `key` is ``verdict``, ``area_m2``, ``net_m2``, ``bans``, ``limits`` or a rule's id.

    `cells` holds a value for each site, `amounts` the m² or m beside an answer, `best` the
    places of the best cells; empty where all are equal or none can be called best.
    """

    key: str
    title: str
    title_en: str
    cells: tuple[Cell, ...]
    amounts: tuple[float | None, ...]
    best: tuple[int, ...]


def compare(reports: Sequence[SiteReport]) -> tuple[Row, ...]:
    """Rows of a comparison; raises `DataError` for fewer than two or more than six sites."""
    if not 2 <= len(reports) <= 6:
        raise DataError(f"比选需要 2–6 个选址，现有 {len(reports)} 个，请增减", "COMPARE_COUNT")
    verdicts = [report.verdict for report in reports]
    rows = [
        _row("verdict", tuple(verdicts), [-one.rank for one in verdicts]),
        _numbers("area_m2", reports, lambda one: one.area_m2),
        _numbers("net_m2", reports, lambda one: net_land(one).net_m2),
        _numbers("bans", reports, lambda one: -_hits(one, Severity.BAN)),
        _numbers("limits", reports, lambda one: -_hits(one, Severity.LIMIT)),
    ]
    rules = dict.fromkeys(one.rule for report in reports for one in report.findings)
    return (*rows, *(_rule(rule, reports) for rule in rules))


def _hits(report: SiteReport, severity: Severity) -> int:
    return sum(
        one.answer is Answer.HIT and one.severity is severity and one.binding
        for one in report.findings
    )


def _numbers(key: str, reports: Sequence[SiteReport], value: Callable[[SiteReport], float]) -> Row:
    found = [value(report) for report in reports]
    return _row(key, tuple(abs(one) for one in found), found)


def _row(key: str, cells: tuple[Cell, ...], worth: Sequence[float]) -> Row:
    return Row(key, "", "", cells, (None,) * len(cells), _best(worth))


def _rule(rule: str, reports: Sequence[SiteReport]) -> Row:
    found = [next((f for f in one.findings if f.rule == rule), None) for one in reports]
    first = next(one for one in found if one is not None)
    return Row(
        rule,
        first.title,
        first.title_en,
        tuple(one.answer if one else None for one in found),
        tuple(_amount(one) for one in found),
        _best([_worth(one) for one in found]),
    )


def _amount(found: Finding | None) -> float | None:
    if found is None:
        return None
    return found.distance_m if found.kind == "distance" else found.overlap_m2


def _worth(found: Finding | None) -> tuple[float, float]:
    """Higher is better: the answer first, then the share of the site that is hit."""
    if found is None:
        return -9.0, 0.0
    return -float(_ORDER.index(found.answer)), -(found.share_pct or 0.0)


def _best(worth: Sequence[float] | Sequence[tuple[float, float]]) -> tuple[int, ...]:
    top = max(worth)
    best = tuple(i for i, one in enumerate(worth) if one == top)
    return best if len(best) < len(worth) else ()
