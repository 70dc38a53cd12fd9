"""Land-use allocation beside what people usually run, in one go: time, memory, gap.

    python tests/bench/bench_allocate.py 10000 100000 [--limit 120] [--steps] [--json FILE]

Every method runs in a process of its own, so that peak memory is its own and OR-tools never
meets HiGHS. OR-tools is used if the interpreter named by ORTOOLS_PYTHON (or this one) has it.
The gap is against the bound our solver proves; a negative one comes only with a violation.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[2]
METHODS = ("ours", "greedy", "mola", "highs-lp", "ortools-flow")
USES, DEMAND, TOLERANCE, CLOSED = 8, 0.98, 0.01, 0.15


def case(units: int, *, steps: bool) -> dict[str, np.ndarray]:
    """Uneven units, 15 % of pairs forbidden, each demand within 1 %, 98 % of the land asked."""
    random = np.random.default_rng(0)
    areas = random.lognormal(8.3, 0.6, units)
    scores = random.random((units, USES)).astype(np.float32)
    if steps:
        scores = np.round(scores * 100).astype(np.float32)
    forbidden = (random.random((units, USES)) < CLOSED).astype(np.uint8)
    forbidden[forbidden.all(axis=1), 0] = 0
    wanted = random.dirichlet(np.full(USES, 4.0)) * areas.sum() * DEMAND
    return {"areas": areas, "scores": scores, "forbidden": forbidden, "wanted": wanted}


def ours(given: dict[str, np.ndarray], method: str, _limit: float) -> dict[str, object]:
    from geo.allocate import Band, Problem, greedy, mola, solve

    problem = Problem(
        uses=tuple(f"U{k}" for k in range(USES)),
        areas_m2=given["areas"],
        scores=given["scores"],
        bands=tuple(Band(w * (1 - TOLERANCE), w * (1 + TOLERANCE)) for w in given["wanted"]),
        forbidden=given["forbidden"],
        reasons=("CLOSED",),
    )
    began, used = time.perf_counter(), time.process_time()
    plan = {"ours": solve, "greedy": greedy, "mola": mola}[method](problem)
    missed = (plan.short_m2.sum() + plan.over_m2.sum()) / given["areas"].sum()
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - used,
        "objective": plan.objective,
        "bound": plan.bound,
        "violation_pct": 100 * missed,
    }


def highs(given: dict[str, np.ndarray], _method: str, limit: float) -> dict[str, object]:
    """The whole linear program, parts of units allowed, by HiGHS as scipy ships it."""
    from scipy.optimize import linprog
    from scipy.sparse import coo_array, vstack

    units = len(given["areas"])
    unit, use = np.nonzero(given["forbidden"] == 0)
    column, area = np.arange(len(unit)), given["areas"][unit]
    one = coo_array((np.ones(len(unit)), (unit, column)), shape=(units, len(unit)))
    band = coo_array((area, (use, column)), shape=(USES, len(unit)))
    wanted = given["wanted"]
    began, used = time.perf_counter(), time.process_time()
    found = linprog(
        -given["scores"][unit, use].astype(float) * area,
        A_ub=vstack([one, band, -band]).tocsr(),
        b_ub=np.concatenate([np.ones(units), wanted * (1 + TOLERANCE), -wanted * (1 - TOLERANCE)]),
        method="highs",
        options={"time_limit": limit},
    )
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - used,
        "objective": None if found.fun is None else -found.fun,
        "note": "parts of units" if found.status == 0 else found.message[:60],
    }


def flow(given: dict[str, np.ndarray], _method: str, _limit: float) -> dict[str, object]:
    """Minimum-cost flow of OR-tools: land flows from units through uses; units may split."""
    from ortools.graph.python import min_cost_flow

    units = len(given["areas"])
    areas = np.maximum(np.rint(given["areas"]), 1).astype(np.int64)
    unit, use = np.nonzero(given["forbidden"] == 0)
    cost = -np.rint(given["scores"][unit, use].astype(float) * 1e5).astype(np.int64)
    wanted, sink = given["wanted"], units + USES
    low = np.ceil(wanted * (1 - TOLERANCE)).astype(np.int64)
    high = np.floor(wanted * (1 + TOLERANCE)).astype(np.int64)
    began, used = time.perf_counter(), time.process_time()
    graph = min_cost_flow.SimpleMinCostFlow()
    graph.add_arcs_with_capacity_and_unit_cost(unit, units + use, areas[unit], cost)
    every, uses = np.arange(units), units + np.arange(USES)
    graph.add_arcs_with_capacity_and_unit_cost(every, np.full(units, sink), areas, every * 0)
    free = graph.add_arcs_with_capacity_and_unit_cost(
        uses, np.full(USES, sink), high - low, np.zeros(USES, dtype=np.int64)
    )
    graph.set_nodes_supplies(every, areas)
    graph.set_nodes_supplies(uses, -low)
    graph.set_nodes_supplies(np.array([sink]), np.array([low.sum() - areas.sum()]))
    status = graph.solve()
    good = status == graph.OPTIMAL
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - used,
        "objective": -graph.optimal_cost() / 1e5 if good else None,
        "note": f"parts of units, {len(free)} demands" if good else str(status),
    }


def one(method: str, units: int, limit: float, *, steps: bool) -> dict[str, object]:
    """Run one method here and now."""
    run = {"highs-lp": highs, "ortools-flow": flow}.get(method, ours)
    try:
        found = run(case(units, steps=steps), method, limit)
    except ImportError as error:
        return {"note": f"not installed: {error.name}"}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**found, "peak_mb": round(peak)}


def apart(method: str, units: int, limit: float, *, steps: bool) -> dict[str, object]:
    """Run one method in a process of its own."""
    python = os.environ.get("ORTOOLS_PYTHON") if method == "ortools-flow" else None
    command = [python or sys.executable, __file__, str(units), "--only", method]
    command += ["--limit", str(limit)] + ["--steps"] * steps
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=limit + 60,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"note": f"stopped after {limit + 60:.0f} s"}
    if done.returncode:
        return {"note": done.stderr.strip().splitlines()[-1][:80]}
    return dict(json.loads(done.stdout))


def line(units: int, method: str, found: dict[str, object], bound: float) -> str:
    """One row of the table."""
    value, seconds = found.get("objective"), found.get("seconds")
    gap = 100 * (bound - value) / bound if isinstance(value, float) else float("nan")
    told = [f"{units:,}", method]
    told += [f"{found[key]:.2f}" if key in found else "–" for key in ("seconds", "cpu")]
    told += [f"{gap:.5f}" if seconds else "–", str(found.get("peak_mb", "–"))]
    told += [f"{found.get('violation_pct', 0.0):.3f}", str(found.get("note", ""))]
    return "| " + " | ".join(told) + " |"


def told(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("units", type=int, nargs="+")
    parser.add_argument("--limit", type=float, default=120.0)
    parser.add_argument("--steps", action="store_true", help="whole scores from 0 to 100")
    parser.add_argument("--only", choices=METHODS)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    if asked.only:
        told(json.dumps(one(asked.only, asked.units[0], asked.limit, steps=asked.steps)))
        return
    told(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    told("| units | method | s | cpu s | gap % | peak MB | violation % | note |")
    told("|---|---|---|---|---|---|---|---|")
    kept = []
    for units in asked.units:
        bound = float("nan")
        for method in METHODS:
            found = apart(method, units, asked.limit, steps=asked.steps)
            if method == "ours" and "bound" in found:
                bound = float(str(found["bound"]))
            told(line(units, method, found, bound))
            kept.append({"units": units, "method": method, **found})
    if asked.json:
        asked.json.write_text(json.dumps(kept, indent=1), "utf-8")


if __name__ == "__main__":
    main()
