"""What a file is by its content; the name must agree, or the file is refused."""

import re
from pathlib import Path, PurePosixPath

from geo.errors import DataError
from geo.formats.values import Kind

_HEAD = 1 << 16
_SQLITE = b"SQLite format 3\0"
_GPKG_IDS = (b"GPKG", b"GP10", b"GP11")
_TIFF = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_DXF_BINARY = b"AutoCAD Binary DXF\r\n\x1a\0"
_DXF_TEXT = re.compile(rb"\s*(?:999[ \t]*\r?\n[^\n]*\n\s*)*0[ \t]*\r?\n[ \t]*SECTION[ \t]*\r?\n")
_BOMS = (b"\xff\xfe", b"\xfe\xff")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

EXTENSIONS = {
    "shp": Kind.SHP,
    "gpkg": Kind.GPKG,
    "geojson": Kind.GEOJSON,
    "json": Kind.GEOJSON,
    "kml": Kind.KML,
    "kmz": Kind.KMZ,
    "dxf": Kind.DXF,
    "txt": Kind.TXT,
    "xlsx": Kind.XLSX,
    "xlsm": Kind.XLSX,
    "xls": Kind.XLSX,
    "csv": Kind.CSV,
    "tsv": Kind.CSV,
    "tif": Kind.TIFF,
    "tiff": Kind.TIFF,
}
PARTS = ("shp", "shx", "dbf", "prj", "cpg")

LABELS = {
    Kind.SHP: "Shapefile",
    Kind.GPKG: "GeoPackage",
    Kind.GDB: "FileGDB",
    Kind.GEOJSON: "JSON",
    Kind.KML: "KML",
    Kind.KMZ: "KMZ",
    Kind.DXF: "DXF",
    Kind.TXT: "文本",
    Kind.XLSX: "Excel",
    Kind.CSV: "CSV",
    Kind.PASTE: "粘贴的文字",
    Kind.TIFF: "GeoTIFF",
}
_HINTS = {
    b"AC10": "DWG 图纸，请在 CAD 中另存为 DXF",
    b"%PDF": "PDF 文档，请提供其中的坐标或图形数据",
    b"Rar!": "RAR 压缩包，请改用 ZIP 压缩",
    b"7z\xbc\xaf": "7z 压缩包，请改用 ZIP 压缩",
    b"\x1f\x8b": "GZIP 压缩包，请改用 ZIP 压缩",
    b"\0\1\0\0Stan": "MDB 数据库，请在 ArcGIS 中导出为 FileGDB 或 Shapefile",
    b"\x89PNG": "图片，没有坐标",
    b"\xff\xd8\xff": "图片，没有坐标",
}


def extension(name: str) -> str:
    """Lower-case extension without the dot; empty if there is none."""
    return PurePosixPath(name).suffix.lower().lstrip(".")


def is_zip(path: Path) -> bool:
    """Whether the file begins as a zip archive does."""
    return _head(path)[:4] in (b"PK\3\4", b"PK\5\6", b"PK\7\x08")


def kind_of(path: Path, name: str) -> Kind:
    """Kind of a file that is no archive.

    Raises `DataError` ``EMPTY_FILE``, or ``TYPE_MISMATCH`` if we do not read such content or
    the name promises another kind.
    """
    head = _head(path)
    if not head.strip(b"\0 \t\r\n"):
        raise DataError(f"文件为空：{name}，请核对后重新导出", "EMPTY_FILE")
    found = _binary(path, head) or _text(head, name)
    wanted = EXTENSIONS.get(extension(name))
    if found is Kind.TXT and wanted in (None, Kind.CSV) and not _strange(name):
        found = wanted or Kind.PASTE
    if found is None or (wanted is None and found is not Kind.PASTE):
        raise _unsupported(head, name)
    if found not in (wanted, Kind.PASTE):
        raise DataError(
            f"内容与扩展名不符：{name} 的内容是 {LABELS[found]}，请改正扩展名或重新导出",
            "TYPE_MISMATCH",
        )
    return found


def _strange(name: str) -> bool:
    """Whether the name has an extension that none of our kinds has."""
    return bool(extension(name)) and extension(name) not in EXTENSIONS


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)


def _binary(path: Path, head: bytes) -> Kind | None:
    if head.startswith(_SQLITE) and (head[68:72] in _GPKG_IDS or b"gpkg_contents" in head):
        return Kind.GPKG
    if head.startswith(b"\0\0\x27\x0a"):
        return Kind.SHP
    if head.startswith(_TIFF):
        return Kind.TIFF
    if head.startswith(_OLE) and _has_workbook(path):
        return Kind.XLSX
    return Kind.DXF if head.startswith(_DXF_BINARY) else None


def _has_workbook(path: Path) -> bool:
    """An old Excel file names its stream ``Workbook`` or ``Book`` in UTF-16."""
    data = path.read_bytes()
    return any(name.encode("utf-16-le") in data for name in ("Workbook", "Book"))


def _text(head: bytes, name: str) -> Kind | None:
    """Kind of a text file; ``TXT`` stands for any plain text."""
    wide = head.startswith(_BOMS)
    if not wide and _BINARY.search(head) and extension(name) not in ("dxf", "geojson", "json"):
        return None
    body = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if wide:
        body = head.decode("utf-16", "ignore").lstrip("\ufeff \t\r\n").encode()
    if body.startswith(b"{"):
        return Kind.GEOJSON
    if body.startswith(b"<"):
        return Kind.KML if re.search(rb"<(?:\w+:)?kml[\s>]", body) else None
    return Kind.DXF if _DXF_TEXT.match(body) else Kind.TXT


def _unsupported(head: bytes, name: str) -> DataError:
    hint = next((hint for magic, hint in _HINTS.items() if head.startswith(magic)), "")
    what = (
        f"这是{hint}"
        if hint
        else "可读取：SHP（ZIP 或各部分）、GPKG、FileGDB（ZIP）、GeoJSON、"
        "KML/KMZ、DXF、坐标 TXT、Excel、CSV、GeoTIFF"
    )
    return DataError(f"不支持的文件类型：{name}。{what}", "TYPE_MISMATCH")
