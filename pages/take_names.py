"""What kinds of file and coordinate systems are called in the menu of taking away."""

from geo.formats.write import FileKind

KINDS = {
    FileKind.GPKG: "GeoPackage",
    FileKind.GEOJSON: "GeoJSON",
    FileKind.SHP: "Shapefile (.zip)",
    FileKind.KML: "KML",
    FileKind.DXF: "DXF (CAD)",
    FileKind.TXT: "界址点坐标 TXT",
    FileKind.XLSX: "Excel",
    FileKind.CSV: "CSV",
}
SYSTEMS = {4490: "CGCS2000 · 4490", 4550: "CM 123° · 4550", 4529: "41 + CM 123° · 4529"}
