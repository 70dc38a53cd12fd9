"""Build the shipped boundary sets: ``python data/boundaries/build.py [--out DIR]``.

Reads `sources/` and the plan register, writes one GeoJSON file per set, `catalog.toml`
and `unplaced.toml`. The same inputs give the same bytes.
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]  # `making` beside us, `geo` in the root

from making import (  # noqa: E402
    catalogue,
    inputs,
    labels,
    lines,
    outline,
    partition,
    placed,
    register,
    surroundings,
    territory,
    writing,
)
from shapely.geometry import Point  # noqa: E402

from geo import measure  # noqa: E402


def seats(known: list[inputs.Labelled], units: list[inputs.Unit]) -> dict[str, Point]:
    """The first listed place of each unit, its seat, by unit id (EPSG:4490)."""
    return {
        unit.id: next(
            Point(place.lon, place.lat)
            for place in known
            if place.unit == unit.name and place.role == "zone"
        )
        for unit in units
    }


def ground(names: dict[str, register.Entity]) -> tuple[list[inputs.Drawn], dict[str, str]]:
    """Zone, districts, units, land, sea and coast, and the figures that notes quote."""
    known, units, lands = inputs.labelled(), inputs.units(), inputs.land()
    ours = [place for place in known if place.role == "zone"]
    zone = [partition.plane(place) for place in ours]
    other = [partition.plane(place) for place in known if place.role != "zone"]
    made = outline.build(measure.to_plane(lands[0]), zone, other)
    cut = partition.build(made.shape, ours, {unit.name: unit.district for unit in units})
    around = surroundings.build(lands, cut.zone)
    figures = {
        "ratio": f"{made.ratio:.5f}",
        "untuned_km2": f"{made.untuned_m2 / 1e6:.2f}",
        "untuned_pct": f"{(made.untuned_m2 / outline.PUBLISHED_M2 - 1) * 100:.1f}",
        "restored_km": f"{measure.length_m(around.restored) / 1000:.1f}",
    }
    drawn = territory.territories(cut, units, names)
    return drawn + territory.ground(around, cut.zone, names["N03"]), figures


def everything() -> tuple[list[inputs.Drawn], dict[str, str]]:
    """All features of all sets, and the figures that notes quote."""
    names, units, known = register.read(), inputs.units(), inputs.labelled()
    drawn, figures = ground(names)
    ways = lines.features(names)
    homes = {f.id: f.shape for f in drawn if f.set in {"unit", "district"}}
    drawn += placed.features(homes, seats(known, units), [way.shape for way in ways], names)
    return drawn + ways + labels.features(inputs.places(), known, units), figures


def main() -> None:
    """Build and write everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=HERE, help="folder to write to")
    out: Path = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    drawn, figures = everything()
    names = register.read()
    left = catalogue.unplaced(names)
    catalogue.accounted(drawn, left, names)
    sets: dict[str, list[inputs.Drawn]] = {}
    for feature in drawn:
        sets.setdefault(feature.set, []).append(feature)
    for name, features in sets.items():
        writing.write(out / f"{name}.geojson", writing.collection(name, features))
    writing.write(out / "catalog.toml", writing.toml(catalogue.catalogue(sets, figures)))
    writing.write(out / "unplaced.toml", writing.toml(left))
    print(f"{len(drawn)} features in {len(sets)} sets, {len(left)} entities not drawn")


if __name__ == "__main__":
    main()
