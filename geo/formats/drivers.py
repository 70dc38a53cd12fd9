"""GDAL's environment for strangers' files: few drivers, no network, no settings from outside.

GDAL leaves out what ``GDAL_SKIP`` names (https://gdal.org/en/stable/user/configoptions.html);
the list below is every other vector driver of the packaged library, and `others` finds any
that a later library adds.
"""

ALLOWED = frozenset({"ESRI Shapefile", "OpenFileGDB", "GTiff", "MEM"})

_OTHERS = (
    *("ADBC", "AIVector", "AVCBin", "AVCE00", "AmigoCloud", "CSV", "CSW", "Carto", "DGN", "DXF"),
    *("EDIGEO", "EEDA", "EEDAI", "ESRIJSON", "Elasticsearch", "FlatGeobuf", "GDALG", "GML", "GPKG"),
    *("GPSBabel", "GPX", "GTFS", "GeoJSON", "GeoJSONSeq", "GeoRSS", "HTTP", "Idrisi", "JML"),
    *("JSONFG", "KML", "LIBKML", "LVBAG", "MBTiles", "MVT", "MapInfo File", "MapML"),
    *("MiraMonVector", "NGW", "OAPIF", "ODS", "OGCAPI", "OGR_GMT", "OGR_PDS", "OGR_VRT", "OSM"),
    *("PCIDSK", "PDF", "PDS4", "PGDUMP", "PLSCENES", "PMTiles", "S57", "SQLite", "SXF"),
    *("Selafin", "TopoJSON", "VDV", "VFK", "VICAR", "WFS", "WAsP", "XLSX"),
    # Raster formats that name other files or hosts.
    *("VRT", "GTI", "WMS", "WCS", "WMTS", "STACIT", "STACTA", "DAAS", "PLMOSAIC"),
)


def gdal_environment() -> dict[str, str]:
    """Environment variables for a process that reads strangers' files with GDAL."""
    return {
        "GDAL_SKIP": ",".join(dict.fromkeys(_OTHERS)),
        "GDAL_DRIVER_PATH": "disable",
        "GDAL_CONFIG_FILE": "",
        "GDAL_NUM_THREADS": "1",
        "GDAL_CACHEMAX": "64",
        "GDAL_PAM_ENABLED": "NO",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
        "GDAL_HTTP_TIMEOUT": "1",
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
        "PROJ_NETWORK": "OFF",
        # One thread each: fewer stacks in the memory limit, and forks stay safe.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "ARROW_IO_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "MALLOC_ARENA_MAX": "2",
        "LC_ALL": "C.UTF-8",
    }


def others(present: set[str]) -> set[str]:
    """Drivers among `present` that should not be there."""
    return present - ALLOWED
