"""What lies under the shapes of a printed map: rasters, and the units of a scenario."""

import gzip
from collections.abc import Iterator

import geopandas as gpd
import numpy as np

from geo import boundaries, rasters
from geo.model import SECRECY, STORED_CRS, Boundaries, Source
from geo.zone import Zone
from geo.zone.outgoing import outgoing
from layers import cells as units
from layers import mosaic, printed
from layers.picture import Image, Layer
from pages import cells, door
from pages import rasters as shown
from pages.map_print_look import Taken

_OPEN = ("", SECRECY[0])


def images(zone: Zone, taken: Taken, *, public: bool) -> Iterator[Image]:
    """Rasters on the map; those that are not for the public are left out of a public copy."""
    for one in kept(zone, taken, public=public):
        yield mosaic.of_raster(
            rasters.grid(zone, one.name),
            shown.bands(one),
            (one.title, one.title_en),
            taken.look.hidden.get(one.name, ()),
            circle=one.derived and one.name == "aspect",
        )


def kept(zone: Zone, taken: Taken, *, public: bool) -> list[rasters.Held]:
    """Rasters that are drawn, in the order of the map's rows."""
    on = [row["name"] for row in taken.rows if row["draw"] == "image"]
    held = {one.name: one for one in rasters.with_derived(zone)}
    return [held[name] for name in on if not public or _open(held[name])]


def _open(one: rasters.Held) -> bool:
    return one.source.secrecy in _OPEN


def closed(zone: Zone, taken: Taken) -> list[str]:
    """Labels of rasters on the map that a public copy leaves out."""
    held = {one.name: one for one in rasters.with_derived(zone)}
    on = [row for row in taken.rows if row["draw"] == "image"]
    return [str(row["label"]) for row in on if not _open(held[row["name"]])]


def sources(zone: Zone, taken: Taken, *, public: bool) -> list[str]:
    """What to cite for the rasters that are drawn."""
    return [*dict.fromkeys(one.source.title for one in kept(zone, taken, public=public))]


def outline(zone: Zone, *, public: bool) -> Boundaries | None:
    """The zone's own area as an edition may hold it; None where it may hold none."""
    known = zone.boundaries("zone")
    return next(iter(outgoing([known], public=public).sets), None) if known else None


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
