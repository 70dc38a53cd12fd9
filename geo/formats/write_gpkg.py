"""GeoPackage: one layer named as the set, styled for QGIS, with what it says of itself.

The words stand in the GeoPackage's own metadata table. No clock goes into the file: the
same rows make the same content.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pyogrio

from geo.formats import scratch
from geo.formats.write_copy import Copy, dimensions

_STILL = "2000-01-01T00:00:00.000Z"
_STYLES = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
)"""
_LISTED = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
VALUES ('layer_styles', 'attributes', 'layer_styles', 'QGIS', ?, 0)"""
_STYLE = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
    styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time)
VALUES ('', '', ?, 'geom', ?, ?, '', ?, ?, '', ?)"""
_KINDS = ("点", "线", "面")


def write(copy: Copy) -> bytes:
    """The bytes of a .gpkg file."""
    name = copy.known.name
    with tempfile.TemporaryDirectory(dir=scratch.folder()) as folder:
        path = Path(folder) / f"{name}.gpkg"
        pyogrio.write_dataframe(
            copy.table,
            path,
            layer=name,
            driver="GPKG",
            dataset_options={"VERSION": "1.2"},  # what older QGIS and ArcGIS read without a word
            layer_options={
                "GEOMETRY_NAME": "geom",
                "FID": _free("fid", copy),
                "IDENTIFIER": name,
                "DESCRIPTION": copy.look.title,
            },
            layer_metadata=dict(copy.told),
        )
        with closing(sqlite3.connect(path)) as file:
            _dress(file, copy)
        return path.read_bytes()


def _free(name: str, copy: Copy) -> str:
    """A column name that no attribute has, whatever its case."""
    taken = {str(column).casefold() for column in copy.table.columns}
    while name in taken:
        name = f"_{name}"
    return name


def _dress(file: sqlite3.Connection, copy: Copy) -> None:
    """Add the styles, stop the clocks, and leave no trace of pages once used."""
    file.execute(_STYLES)
    file.execute(_LISTED, (_STILL,))
    file.executemany(_STYLE, _styles(copy))
    file.execute("UPDATE gpkg_contents SET last_change = ?", (_STILL,))
    file.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (_STILL,))
    file.commit()
    file.execute("VACUUM")


def _styles(copy: Copy) -> Iterator[tuple[str, str, str, bool, str, str]]:
    """A style per kind of shape; QGIS opens the layer in that of the commonest."""
    found = dimensions(copy.table)
    kinds, counts = np.unique(found[found >= 0], return_counts=True)
    for n, dimension in enumerate(kinds[np.argsort(-counts, kind="stable")].tolist()):
        title = f"{copy.look.title[:24]} {_KINDS[dimension]}"
        qml = copy.look.qml(copy.known, dimension, {})
        yield copy.known.name, title, qml, n == 0, copy.look.title, _STILL
