"""PostGIS as a second opinion: a thousand sites before ten sets, areas and distances."""

from collections.abc import Sequence
from random import Random

import geopandas as gpd
import numpy as np
import psycopg
import pytest
import shapely

from geo import measure, site
from geo.model import Boundaries, Grade, Source
from geo.site import rules as made
from tests.geo.postgres import run
from tests.geo.site.squares import DAY, EAST, NORTH, RULES, rule

SITES, SETS, FEATURES, SIDE = 1000, 10, 150, 12_000
_AREAS = """
select s.id, f.name, st_area(st_union(st_intersection(s.geom, f.geom))::geography)
from site s join feature f on st_intersects(s.geom, f.geom) and st_dimension(f.geom) = 2
group by s.id, f.name
"""
_DISTANCES = """
select s.id, n.name, d.metres from site s
cross join (select distinct name from feature) n
cross join lateral (
    select st_distance(s.flat, f.flat) as metres from feature f
    where f.name = n.name order by s.flat <-> f.flat limit 1
) d
"""


def blob(random: Random, most: float) -> shapely.Geometry:
    """A star-like polygon in EPSG:4490, up to `most` metres across, sometimes with a hole."""
    x, y = EAST + random.uniform(0, SIDE), NORTH + random.uniform(0, SIDE)
    turns = sorted(random.uniform(0, 2 * np.pi) for _ in range(random.randint(5, 14)))
    ring = [
        (x + (r := most * random.uniform(0.2, 0.5)) * np.cos(turn), y + r * np.sin(turn))
        for turn in turns
    ]
    shape = shapely.make_valid(shapely.Polygon(ring))
    if random.random() < 0.2:
        shape = shape.difference(shapely.Point(x, y).buffer(most * 0.05))
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        return blob(random, most)
    return measure.to_stored(shape)


def path(random: Random) -> shapely.Geometry:
    x, y = EAST + random.uniform(0, SIDE), NORTH + random.uniform(0, SIDE)
    points = [(x, y)]
    for _ in range(random.randint(1, 5)):
        points.append((points[-1][0] + random.uniform(-300, 300), points[-1][1] + 200))
    return measure.to_stored(shapely.LineString(points))


def ewkb(shape: shapely.Geometry) -> str:
    """A shape whose edges PostGIS, which joins corners in degrees, draws as the land survey does.

    An edge of 900 m that is straight in degrees strays 12 mm from the one straight in EPSG:4550.
    """
    shape = measure.to_stored(shapely.segmentize(measure.to_plane(shape), 50))
    return str(shapely.to_wkb(shapely.set_srid(shape, 4490), hex=True, include_srid=True))


def filled(url: str, sites: Sequence[site.Site], layers: dict[str, site.LayerInput]) -> None:
    run(
        url,
        "drop table if exists site, feature",
        "create table site (id text, geom geometry(geometry, 4490))",
        "create table feature (name text, geom geometry(geometry, 4490))",
    )
    with psycopg.connect(url) as link, link.cursor() as cursor:
        with cursor.copy("copy site from stdin") as copy:
            for one in sites:
                copy.write_row((one.id, ewkb(one.shape)))
        with cursor.copy("copy feature from stdin") as copy:
            for name, layer in layers.items():
                for shape in layer.boundaries.table.geometry:
                    copy.write_row((name, ewkb(shape)))
    run(
        url,
        "alter table site add flat geometry",
        "update site set flat = st_transform(geom, 4550)",
        "alter table feature add flat geometry",
        "update feature set flat = st_transform(geom, 4550)",
        "create index on feature using gist (geom)",
        "create index on feature using gist (flat)",
        "analyze",
    )


def test_areas_and_distances_are_those_of_postgis(pg_url: str) -> None:
    random = Random(2026)
    sites = [site.Site(f"S{i}", "甲", blob(random, 600)) for i in range(SITES)]
    layers, rules = {}, []
    for number in range(SETS):
        name = f"set{number}"
        shapes = [blob(random, 900) for _ in range(FEATURES)]
        shapes += [path(random) for _ in range(FEATURES // 3)] if number % 2 else []
        ids = [f"{name}-{i}" for i in range(len(shapes))]
        table = gpd.GeoDataFrame({"id": ids, "name": ids}, geometry=shapes, crs=4490)
        given = Boundaries(name, table, Source("图", Grade.OFFICIAL, "CC0"))
        layers[name] = site.LayerInput(given, site.prepare(given))
        none = {"tolerance_m2": 0, "tolerance_m": 0}
        rules += rule(id=f"on{number}", sets=[name], **none).rules
        reach = {"kind": "distance", "distance_m": 0.0}
        rules += rule(id=f"by{number}", sets=[name], **reach).rules
    filled(pg_url, sites, layers)
    known = made.Rules(tuple(rules), RULES.parameters, RULES.matrices, RULES.notes)
    reports = {one.site.id: one for one in site.check_many(sites, layers, known, DAY)}

    with psycopg.connect(pg_url) as link:
        areas = {(one[0], one[1]): float(one[2]) for one in link.execute(_AREAS)}
        distances = {(one[0], one[1]): float(one[2]) for one in link.execute(_DISTANCES)}
    assert len(areas) > 2000
    assert len(distances) == SITES * SETS
    run(pg_url, "drop table site, feature")
    for (who, name), metres in distances.items():
        number = name.removeprefix("set")
        found = reports[who].finding(f"on{number}")
        expected = areas.get((who, name), 0.0)
        assert (found.overlap_m2 or 0.0) == pytest.approx(expected, rel=1e-3, abs=0.01), (who, name)
        near = reports[who].finding(f"by{number}").distance_m
        assert near == pytest.approx(metres, abs=0.01), (who, name)
