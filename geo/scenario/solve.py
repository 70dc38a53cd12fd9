"""A scenario is run: solved with its proof, made compact if asked, quick methods beside it."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from geo import allocate
from geo.allocate import Allocation, Compactness, Problem, State, Watch
from geo.scenario import reason
from geo.scenario.closed import rules
from geo.scenario.definition import Definition
from geo.scenario.fill import filled
from geo.scenario.prepare import prepare
from geo.scenario.values import Outcome, Prepared, Told
from geo.zone import Zone

_QUICK = {"greedy": allocate.greedy, "mola": allocate.mola}


def run(
    zone: Zone, definition: Definition, watch: Watch | None = None, version: int | None = None
) -> Outcome:
    """Solve a scenario at a version of the zone, by default now; the same every time.

    Where demands cannot be met the state of the allocation is ``failed``, the plan misses them
    by as little as may be, and `Outcome.told` says why. Raises `DataError` for what cannot be.
    """
    watch = watch or Watch()
    watch.progress(0.0, "prepare")
    prepared = prepare(zone, definition, version)
    if watch.cancelled():
        return of_use(prepared, None)
    return solved(prepared, watch)


def solved(prepared: Prepared, watch: Watch | None = None) -> Outcome:
    """Solve what was made ready."""
    watch = watch or Watch()
    problem, effort = prepared.problem, rules().effort
    outer = Watch(lambda part, what: watch.progress(0.1 + 0.8 * part, what), watch.cancelled)
    found = allocate.solve(problem, effort, outer)
    if found.state is State.DONE:
        found = filled(problem, found)
    if found.state is State.DONE and _gathers(prepared):
        wish = Compactness(prepared.definition.edge_points)
        found = allocate.compact(problem, found, wish, effort, outer)
    if found.state is State.CANCELLED:
        return of_allocation(prepared, found)
    told: tuple[Told, ...] = ()
    if found.state is State.FAILED:
        watch.progress(0.9, "explain")
        told = explain(prepared)
    watch.progress(0.95, "beside")
    quick = beside(prepared)
    watch.progress(1.0, "done")
    return replace(of_allocation(prepared, found, quick), told=told)


def explain(prepared: Prepared) -> tuple[Told, ...]:
    """Why the demands cannot be met, in sentences; empty if they can be. Solves nothing."""
    return reason.told(prepared, allocate.explain(prepared.problem, rules().effort))


def beside(prepared: Prepared) -> Mapping[str, Allocation]:
    """What quick methods make of it, by name; none where units may be split."""
    if prepared.problem.shares:
        return {}
    return {name: quick(prepared.problem) for name, quick in _QUICK.items()}


def of_allocation(
    prepared: Prepared, found: Allocation, beside: Mapping[str, Allocation] | None = None
) -> Outcome:
    """An allocation of the problem, its uses told apart from its periods."""
    uses, spans = len(prepared.plain.uses), prepared.definition.spans
    if spans > 1:
        use, period = allocate.folded(found.use, uses, spans)
    else:
        use, period = found.use, np.where((found.use >= 0) & (found.use < uses), 0, -1)
    return Outcome(prepared, found, use.astype(np.int16), period.astype(np.int16), beside or {})


def of_use(prepared: Prepared, use: np.ndarray | None) -> Outcome:
    """An allocation painted by hand, (n,) of `prepared.problem`; None: cancelled, none at all.

    Its bound is not known. Units painted with what is closed to them count for nothing.
    """
    problem = prepared.problem
    if use is not None:
        return of_allocation(prepared, allocate.appraise(problem, use))
    nothing = np.full(problem.units, -1, dtype=np.int16)
    return of_allocation(prepared, replace(_bare(problem, nothing), state=State.CANCELLED))


def _bare(problem: Problem, use: np.ndarray) -> Allocation:
    zeros = np.zeros(len(problem.uses))
    low = np.array([band.min_m2 for band in problem.bands])
    area = np.zeros(len(problem.uses) + 1)
    return Allocation(use, area, 0.0, None, zeros, low, zeros, 0.0, State.DONE, "none")


def _gathers(prepared: Prepared) -> bool:
    patches = prepared.problem.patch_m2 is not None
    return (patches or prepared.definition.edge_points > 0) and not prepared.problem.shares
