"""One site, and a thousand, against sets of many polygons: ours beside what people use instead.

`python tests/bench/bench_site.py 250000` makes five sets that tile the zone (50,000 each, none
of them real), asks the same sites of all of them, holds every answer to ours, and prints a
table. Peers are asked for the bare areas only; our full check answers every rule besides.
DuckDB needs the bench extra, PostGIS a server on this machine; one that is not there is said.
"""

import argparse
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import affinity

sys.path.insert(0, str(Path(__file__).parents[2]))  # so that it also runs as a script

from geo import measure, site
from geo.model import Boundaries, Grade, Source
from geo.site import LayerInput, Site
from geo.zone import DATA
from tests.bench import parcels
from tests.geo import postgres

SETS = ("farmland", "landuse", "redline", "growth", "parcel")
STEP_M = (37.0, 53.0)  # by which each set lies off the one before
HITS = 15  # about so many features of a set meet a site
NOTHING_M2 = 0.01
DAY = date(2026, 1, 1)
Raw = Sequence[tuple[Any, Any, Any]]  # site, set, m² in EPSG:4550: columns, set by set
Areas = pd.Series  # the same summed, by site and set
One = Callable[[int], Raw]
All = Callable[[], Raw]
Peer = tuple[str, One | None, All | None, int]  # title, one site, all of them, sites asked singly


def material(count: int) -> Mapping[str, Boundaries]:
    """Five sets with about `count` polygons in all."""
    made = parcels.parcels(count // len(SETS)).table
    planes = measure.to_planes(made.geometry.to_numpy())
    out = {}
    for number, name in enumerate(SETS):
        moved = shapely.transform(planes, lambda xy, n=number: xy + np.array(STEP_M) * n)
        columns = {"id": made["id"], "name": made["name"], "kind": made["kind"]}
        columns |= {"code": made["code"], "status": "available"}
        table = gpd.GeoDataFrame(columns, geometry=measure.to_storeds(moved), crs=4490)
        source = Source("示例（程序生成，仅供性能测试）", Grade.OFFICIAL, "CC0")
        out[name] = Boundaries(name, table, source, since=1)
    return out


def sites(count: int, per_set: int) -> list[Site]:
    """Sites of twelve corners all over the zone, each on about 15 polygons of a set."""
    zone = measure.to_plane(gpd.read_file(DATA / "boundaries/zone.geojson").union_all())
    half = np.sqrt(measure.plane_areas(np.array([zone]))[0] / per_set) * (np.sqrt(HITS) - 1) / 2
    chance, out = np.random.default_rng(7), list[Site]()
    west, south, east, north = zone.bounds
    while len(out) < count:
        middle = chance.uniform((west, south), (east, north))
        turns = np.sort(chance.uniform(0, 2 * np.pi, 12))
        reach = half * chance.uniform(0.8, 1.4, 12)
        ring = np.column_stack([reach * np.cos(turns), reach * np.sin(turns)])
        shape = affinity.translate(shapely.Polygon(ring), *middle)
        if shape.is_valid and zone.contains(shapely.Point(middle)):
            out.append(Site(f"S{len(out)}", "示例", measure.to_stored(shape), "1001"))
    return out


def summed(raw: Raw) -> Areas:
    """What was answered, outside the time measured."""
    told = pd.concat([pd.DataFrame({"site": a, "set": b, "m2": c}) for a, b, c in raw])
    return told[told["m2"] >= NOTHING_M2].groupby(["site", "set"])["m2"].sum().sort_index()


def ours(asked: Sequence[Site], sets: Mapping[str, Boundaries]) -> Iterator[Peer]:
    """The full check of every rule, and the bare overlay under it."""
    layers = {name: LayerInput(one, site.prepare(one, look=True)) for name, one in sets.items()}
    rules = _without_tolerance(site.read(DATA / "rules" / "site"))
    planes = measure.to_planes(np.array([one.shape for one in asked], dtype=object))

    def bare(which: slice) -> Raw:
        told = []
        for name, layer in layers.items():
            pairs = site.meet(planes[which], layer.prepared)
            areas = measure.plane_areas(pairs.pieces)
            told.append((pairs.site + which.start, name, areas))
        return told

    def full(which: slice) -> Raw:
        told = site.check_many(asked[which], layers, rules, DAY)
        rows = [
            (which.start + i, name, one.finding(rule).overlap_plane_m2 or 0.0)
            for i, one in enumerate(told)
            for name, rule in (("farmland", "farmland"), ("redline", "redline"))
        ]
        return [tuple(zip(*rows, strict=True))]

    every = slice(0, len(asked))
    yield "ours, full check", lambda i: full(slice(i, i + 1)), lambda: full(every), 40
    yield "ours, areas only", lambda i: bare(slice(i, i + 1)), lambda: bare(every), 40


def _without_tolerance(rules: site.Rules) -> site.Rules:
    """The same rules with slivers as hits, as the peers have them, so that areas can be equal."""
    none = {"tolerance_m2": 0.0, "tolerance_m": 0.0}
    return replace(rules, rules=tuple(one.model_copy(update=none) for one in rules.rules))


def overlay(asked: Sequence[Site], sets: Mapping[str, Boundaries]) -> Peer:
    """`geopandas.overlay` as its documentation shows, in EPSG:4550."""
    there = {name: one.table[["id", "geometry"]].to_crs(4550) for name, one in sets.items()}
    frame = gpd.GeoDataFrame(
        {"site": range(len(asked))}, geometry=[one.shape for one in asked], crs=4490
    ).to_crs(4550)

    def of(part: gpd.GeoDataFrame) -> Raw:
        told = []
        for name, table in there.items():
            met = gpd.overlay(part, table, how="intersection")
            areas = measure.plane_areas(met.geometry.to_numpy())
            told.append((met["site"].to_numpy(), name, areas))
        return told

    return "geopandas.overlay", lambda i: of(frame.iloc[[i]]), lambda: of(frame), 5


_ONE = "select {i} as site, '{name}' as name, st_area(st_intersection(geom, {site})) as m2"
_ONE += " from {name} where st_intersects(geom, {site})"
_ALL = "select s.id as site, '{name}' as name, st_area(st_intersection(f.geom, s.geom)) as m2"
_ALL += " from site s join {name} f on st_intersects(f.geom, s.geom)"


def statements(template: str, **more: object) -> str:
    return " union all ".join(template.format(name=name, **more) for name in SETS)


def duck(asked: Sequence[Site], sets: Mapping[str, Boundaries]) -> Peer:
    """DuckDB spatial with an R-tree on each set; all in memory."""
    try:
        import duckdb
        import duckdb_extension_spatial as wheel
    except ImportError:
        return "DuckDB spatial: not installed", None, None, 0
    (extension,) = Path(str(wheel.__file__)).parent.rglob("*.duckdb_extension")
    link = duckdb.connect()
    link.execute(f"load '{extension}'")
    for name, shapes in _tables(asked, sets):
        given = pd.DataFrame({"id": range(len(shapes)), "raw": shapely.to_wkb(shapes)})
        link.register("given", given)
        link.execute(f"create table {name} as select id, st_geomfromwkb(raw) as geom from given")
        link.execute(f"create index {name}_box on {name} using rtree (geom)")
        link.unregister("given")
    planes = measure.to_planes(np.array([one.shape for one in asked], dtype=object))
    texts = [f"st_geomfromtext('{shapely.to_wkt(one, rounding_precision=-1)}')" for one in planes]

    def run(statement: str) -> Raw:
        found = link.execute(statement).fetchnumpy()
        return [(found["site"], found["name"], found["m2"])]

    one = lambda i: run(statements(_ONE, i=i, site=texts[i]))  # noqa: E731
    return f"DuckDB {duckdb.__version__} spatial", one, lambda: run(statements(_ALL)), 40


def _tables(
    asked: Sequence[Site], sets: Mapping[str, Boundaries]
) -> Iterator[tuple[str, np.ndarray]]:
    """Everything in EPSG:4550, so that all peers measure in the same plane."""
    for name, one in sets.items():
        yield name, measure.to_planes(one.table.geometry.to_numpy())
    yield "site", measure.to_planes(np.array([one.shape for one in asked], dtype=object))


@contextmanager
def server() -> Iterator[str | None]:
    """A PostgreSQL of our own, gone at the end; None where there is none."""
    found = postgres.programs()
    if found is None:
        yield None
        return
    room = Path(tempfile.mkdtemp(prefix="zone-bench-"))
    made = postgres.Cluster(found, room, postgres.free_port())
    try:
        made.make()
        made.start()
        try:
            yield made.url("postgres")
        finally:
            made.stop("immediate")
    finally:
        shutil.rmtree(room)


def postgis(url: str | None, asked: Sequence[Site], sets: Mapping[str, Boundaries]) -> Peer:
    """PostGIS with a GiST index on each set, over the loopback."""
    if url is None:
        return "PostGIS: not installed", None, None, 0
    import psycopg

    link = psycopg.connect(url, autocommit=True)
    link.execute("set client_min_messages = error; create extension postgis")
    for name, shapes in _tables(asked, sets):
        link.execute(f"create table {name} (id int, geom geometry)".encode())
        with link.cursor().copy(f"copy {name} from stdin".encode()) as copy:
            for number, raw in enumerate(shapely.to_wkb(shapes, hex=True)):
                copy.write_row((number, raw))
        link.execute(f"create index on {name} using gist (geom)".encode())
    link.execute("vacuum analyze")
    planes = measure.to_planes(np.array([one.shape for one in asked], dtype=object))
    texts = [f"'{raw}'::geometry" for raw in shapely.to_wkb(planes, hex=True)]

    def run(statement: str) -> Raw:
        rows = link.execute(statement.encode()).fetchall()
        return [tuple(zip(*rows, strict=True))]

    (version,) = link.execute("select postgis_lib_version()").fetchone() or ("?",)
    one = lambda i: run(statements(_ONE, i=i, site=texts[i]))  # noqa: E731
    return f"PostGIS {version}", one, lambda: run(statements(_ALL)), 40


def same(title: str, raw: Raw, known: Areas) -> None:
    """Stop where a peer, or our own check, answers otherwise than the bare overlay."""
    found = summed(raw)
    if title.startswith("ours, full"):
        known = known[known.index.get_level_values("set").isin(["farmland", "redline"])]
    both = pd.concat([found, known], axis=1).fillna(0.0).to_numpy()
    worst = float(np.abs(both[:, 0] - both[:, 1]).max(initial=0.0))
    if worst > NOTHING_M2 * HITS:
        sys.exit(f"{title} answers otherwise, by {worst:.3f} m²")


def timed(work: Callable[[], Raw]) -> tuple[float, Raw]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def singles(peers: Sequence[Peer], known: Areas) -> dict[str, float]:
    """Median seconds of one site; the peers take turns, so that a busy minute hits all."""
    took: dict[str, list[float]] = {title: [] for title, *_ in peers}
    for i in range(-2, 40):  # two to get warm
        for title, one, _, most in peers:
            if one is None or i >= most:
                continue
            at = abs(i)
            seconds, found = timed(lambda one=one, at=at: one(at))
            same(title, found, known[known.index.get_level_values("site") == at])
            if i >= 0:
                took[title].append(seconds)
    return {title: median(found) for title, found in took.items() if found}


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("polygons", type=int, nargs="+")
    parser.add_argument("--sites", type=int, default=1_000)
    asked = parser.parse_args()
    say(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for count in asked.polygons:
        with server() as url:
            report(count, asked.sites, url)


def report(count: int, many: int, url: str | None) -> None:
    sets = material(count)
    held = sum(len(one.table) for one in sets.values())
    given = sites(many, held // len(SETS))
    peers = [*ours(given, sets), overlay(given, sets), duck(given, sets)]
    peers.append(postgis(url, given, sets))
    bare = next(every for title, _, every, _ in peers if title == "ours, areas only" and every)
    known = summed(bare())
    one = singles(peers, known)
    full = one["ours, full check"]
    say(f"\n{held} polygons in {len(SETS)} sets, {len(known) / many:.1f} sets hit by a site\n")
    say(f"| what | one site, ms | against our full check | {many} sites, s |")
    say("|---|---|---|---|")
    for title, _, every, _ in peers:
        if every is None:
            say(f"| {title} | – | – | – |")
            continue
        runs = [timed(every) for _ in range(2)]
        same(title, runs[0][1], known)
        seconds = min(took for took, _ in runs)
        told = f"{one[title] * 1e3:.1f} | {one[title] / full:.1f}× | {seconds:.2f}"
        say(f"| {title} | {told} |")


if __name__ == "__main__":
    main()
