"""What the product is made of: editions of the programs that answer."""

import platform
import sqlite3
from collections.abc import Mapping
from importlib.metadata import version

import pyogrio
import pyproj
import shapely

_PACKAGES = ("streamlit", "folium", "geopandas", "shapely", "pyogrio", "pyproj", "rasterio")


def programs() -> Mapping[str, str]:
    """Edition of each program by name, lower case."""
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "gdal": ".".join(map(str, pyogrio.__gdal_version__)),
        "proj": pyproj.proj_version_str,
        "geos": shapely.geos_version_string,
        **{name: version(name) for name in _PACKAGES},
    }
