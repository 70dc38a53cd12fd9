"""Rasters of the zone: brought as GeoTIFF, kept by hash, read again as grids when asked.

`look` reads a file and writes nothing; `put` keeps the file and records what it is; `held`
says what there is, `grid` gives the numbers, `at` the values at a place. The event of a raster
says how it was cut, so that its grid is the same for ever.
"""

from geo.rasters.bring import look, put
from geo.rasters.kept import at, grid, held, shows, with_derived, withheld
from geo.rasters.values import Coming, Held, Sample, Wanted

__all__ = [
    "Coming",
    "Held",
    "Sample",
    "Wanted",
    "at",
    "grid",
    "held",
    "look",
    "put",
    "shows",
    "with_derived",
    "withheld",
]
