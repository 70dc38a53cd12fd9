"""Jobs in parts, here and on processes of this machine: time, memory, and the same answer.

    python tests/bench/bench_cluster.py [--step 10] [--parcels 10000] [--workers 2]

Scores the zone for one use, and checks made-up parcels against five made-up sets of as many
polygons each. Every way is measured in the same run and must give the same digest or rows, or
the run stops. The last column says what a million cells or parcels would cost at that rate.
"""

import argparse
import hashlib
import json
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # so that it runs as a script

from geo import cluster, ledger
from geo.cluster import Batch, Job, Link
from geo.zone import Zone
from tests.bench.bench_site import material

DAY = date(2026, 1, 1)
MILLION = 1_000_000
Way = Callable[[Link], tuple[int, int, str]]  # how many of what, parts, and a digest


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def land(room: Path, count: int) -> Zone:
    """A store with five sets that tile the zone, `count` polygons in each."""
    zone = ledger.open_zone(f"sqlite:///{room / 'zone.db'}")
    for one in material(5 * count).values():
        zone.replace(one, by="bench", reason="bench")
    return zone


def scores(zone: Zone, out: Path, job: Job) -> Way:
    def run(link: Link) -> tuple[int, int, str]:
        found = cluster.suitability(zone, job, out, link)
        return found.grid.rows * found.grid.columns, found.blocks, found.digest

    return run


def checks(zone: Zone) -> Way:
    def run(link: Link) -> tuple[int, int, str]:
        told, sites, parts = hashlib.sha256(), 0, 0
        for rows in cluster.check(zone, Batch("parcel", DAY, "1001"), link):
            told.update(json.dumps(rows).encode())
            sites, parts = sites + len(rows), parts + 1
        return sites, parts, told.hexdigest()

    return run


def measured(title: str, way: Way, links: dict[str, Link]) -> None:
    """Each way in turn, twice; the better time, as the first pays for making sets ready."""
    known = ""
    for name, link in links.items():
        best, first = float("inf"), 0.0
        for number in range(2):
            start = time.perf_counter()
            count, parts, digest = way(link)
            took = time.perf_counter() - start
            best, first = min(best, took), first if number else took
        if digest != known and known:
            sys.exit(f"{title}, {name}: another answer")
        known = digest
        rate = best / count * MILLION
        tell(f"| {title} | {name} | {count:,} | {parts} | {first:.1f} | {best:.1f} | {rate:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--step", type=float, default=10.0)
    parser.add_argument("--parcels", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    tell(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        zone = land(room, asked.parcels)
        start = time.perf_counter()
        many = stack.enter_context(cluster.joined(workers=asked.workers))
        tell(f"{asked.workers} workers up in {time.perf_counter() - start:.1f} s")
        links = {"here": cluster.HERE, f"{asked.workers} workers": many}
        tell("| job | where | cells or parcels | parts | first s | best s | s per million |")
        tell("|---|---|---|---|---|---|---|")
        measured("suitability", scores(zone, room / "07.tif", Job("07", asked.step)), links)
        measured("checks", checks(zone), links)
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    tell(f"peak memory: {own:.0f} MB here, {children:.0f} MB in the largest worker")
    tell(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
