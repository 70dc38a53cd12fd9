"""What lies under the shapes of a printed map: rasters, and the units of a scenario."""

import gzip
from collections.abc import Iterator

import geopandas as gpd
import numpy as np

from geo import boundaries, rasters
from geo.model import SECRECY, STORED_CRS, Source
from geo.zone import Zone
from layers import cells as units
from layers import mosaic, printed
from layers.picture import Image, Layer
from pages import cells, door
from pages import rasters as shown
from pages.map_print_look import Taken

_OPEN = ("", SECRECY[0])


def images(zone: Zone, taken: Taken, *, public: bool) -> Iterator[Image]:
    """Rasters on the map; those that are not for the public are left out of a public copy."""
    held = {one.name: one for one in rasters.with_derived(zone)}
    for row in taken.rows:
        if row["draw"] != "image" or (public and not _open(held, row["name"])):
            continue
        one = held[row["name"]]
        yield mosaic.of_raster(
            rasters.grid(zone, one.name),
            shown.bands(one),
            (one.title, one.title_en),
            taken.look.hidden.get(one.name, ()),
            circle=one.derived and one.name == "aspect",
        )


def _open(held: dict[str, rasters.Held], name: str) -> bool:
    return held[name].source.secrecy in _OPEN


def closed(zone: Zone, taken: Taken) -> list[str]:
    """Labels of rasters on the map that a public copy leaves out."""
    held = {one.name: one for one in rasters.with_derived(zone)}
    on = [row for row in taken.rows if row["draw"] == "image"]
    return [str(row["label"]) for row in on if not _open(held, row["name"])]


def sources(zone: Zone, taken: Taken) -> list[str]:
    """What to cite for the rasters on the map."""
    held = {one.name: one for one in rasters.with_derived(zone)}
    cited = (held[row["name"]].source.title for row in taken.rows if row["draw"] == "image")
    return [*dict.fromkeys(cited)]


def grid(taken: Taken) -> Image | None:
    """Cells that a scenario colours; None where it colours none."""
    body = _body(taken)
    if body is None or taken.tint is None or not mosaic.is_grid(body):
        return None
    codes = np.frombuffer(taken.codes, dtype=np.uint8)
    hidden = taken.look.hidden.get(units.NAME, ())
    return mosaic.of_cells(body, codes, taken.tint.legend, hidden)


def areas(taken: Taken) -> Layer | None:
    """Areas that a scenario colours, as a set; None where it colours none."""
    body, tint = _body(taken), taken.tint
    if body is None or tint is None or tint.units is None or mosaic.is_grid(body):
        return None
    shapes, told = mosaic.of_areas(body), tint.units
    table = gpd.GeoDataFrame({"id": list(shapes)}, geometry=list(shapes.values()), crs=STORED_CRS)
    known = boundaries.make(units.NAME, table, Source(told.label, told.grade, _OPEN[0]))
    codes = dict(zip(shapes, np.frombuffer(taken.codes, np.uint8).astype(int), strict=True))
    hidden = taken.look.hidden.get(units.NAME, ())
    found, inks = printed.of_classes(known, codes, tint.legend, hidden)
    return Layer(found, inks, told.label, told.label_en, demo=door.zone().example)


def _body(taken: Taken) -> bytes | None:
    """Where the units of a tint lie, as JSON."""
    told = taken.tint.units if taken.tint else None
    packed = cells.body(told.address) if told else None
    return gzip.decompress(packed) if packed else None
