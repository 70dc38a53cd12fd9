"""What a file says about its coordinate system, in EPSG's words where EPSG has one."""

import re

import pyproj
from pyproj.exceptions import CRSError

from geo.errors import Issue

_LONGEST = 8192


def of_text(text: str) -> tuple[str, tuple[Issue, ...]]:
    """``EPSG:n`` or cleaned WKT of what a file says; empty, with an issue, if it means nothing.

    Only for use in the jail: the text is a stranger's.
    """
    if re.fullmatch(r"EPSG:\d{4,6}", text):
        return text, ()
    if not text.strip("\0 \t\r\n"):
        return "", ()
    try:
        crs = pyproj.CRS.from_wkt(text.strip("\0 \t\r\n\ufeff")[:_LONGEST])
    except CRSError:
        shown = text.strip()[:80]
        message = "文件里的坐标系说明无法识别，请人工指定坐标系"
        return "", (Issue("CRS_UNKNOWN", message, "warning", value=shown),)
    epsg = crs.to_epsg()
    return (f"EPSG:{epsg}" if epsg else crs.to_wkt()), ()
