"""Names of coordinate systems as files and people give them, to one of our choices.

Only codes, words and WKT are understood: never an address, a PROJ string or a file name,
because those can make the library read files or ask other machines.
"""

import re
from dataclasses import dataclass

from pyproj import CRS
from pyproj.exceptions import CRSError

from geo.errors import DataError, Issue
from geo.formats import gauss
from geo.formats.gauss import Datum, Plane

KNOWN = (4490, 4326, 3857, 4610, 4214)
_CODE = re.compile(r"(?:urn:ogc:def:crs:)?(?:EPSG:{1,2}(?:[0-9.]*:)?)?([0-9]{4,6})", re.I)
_CRS84 = re.compile(r"(?:urn:ogc:def:crs:)?OGC:(?:1\.3)?:?CRS84", re.IGNORECASE)
_WKT = re.compile(r"\s*(?:(?:PROJ|GEOG|COMPD_?)CS|(?:PROJ|GEOG|GEOD|BOUND|COMPOUND)CRS)\s*\[")
_AUTHORITY = re.compile(r'AUTHORITY\["EPSG","([0-9]{4,6})"\]\]\s*$')
_SHIFTED = re.compile("GCJ-?02|BD-?09|火星|高德|百度", re.I)
_DATUMS = (
    (Datum.CGCS2000, re.compile(r"CGCS2000|2000国家|国家2000|国家大地2000|大地2000", re.I)),
    (Datum.XIAN80, re.compile(r"XIAN(19)?80|西安(19)?80|(19)?80西安|80国家", re.I)),
    (Datum.BEIJING54, re.compile(r"BEIJING(19)?54|北京(19)?54|(19)?54(年)?北京", re.I)),
    (Datum.WGS84, re.compile(r"WGS(19)?84", re.I)),
)
_WIDTH = re.compile(r"([36])(?:°|度|_?DEGREE)|([三六])度", re.IGNORECASE)
_ZONE = re.compile(r"ZONE_?([0-9]{2})|第?([0-9]{2})(?:号)?带(?!宽)|带号[:=：]?([0-9]{2})", re.I)
_MERIDIAN = re.compile(r"CM_?([0-9]{2,3})E?|(?:中央)?(?:子午线|经线|经度)[:=：]?([0-9]{2,3})", re.I)


@dataclass(frozen=True, slots=True)
class Named:
    """What a name stands for; `epsg` 0 with `wkt` is a system without a code.

    `issues` tell what to ask: a datum that needs parameters, a shift of zero.
    """

    epsg: int
    wkt: str = ""
    issues: tuple[Issue, ...] = ()


def named(text: str) -> Named:
    """The system a text names: EPSG code, URN, ESRI or OGC WKT, ESRI name, Chinese words.

    Raises `DataError`: CRS_LINK for addresses, CRS_UNKNOWN for what is none of ours,
    CRS_MISSING for an empty text or a plane without its zone.
    """
    said = text.strip().strip("\ufeff")
    if not said:
        raise DataError("未说明坐标系，请指定", "CRS_MISSING")
    if _WKT.match(said.upper()):
        return _from_wkt(said)
    if "//" in said or said.lower().startswith(("file:", "/vsi")):
        raise DataError("坐标系不得使用网址，请写代号，如 EPSG:4529", "CRS_LINK")
    if _CRS84.fullmatch(said):
        return _told(4326)
    if _SHIFTED.search(said):
        raise DataError(
            "火星坐标或百度坐标只供显示，请选择换算后再用，不得作为法定界线", "POSSIBLE_GCJ02"
        )
    if code := _CODE.fullmatch(said):
        return _from_code(int(code[1]))
    return _told(_from_words(re.sub(r"[\s\-/()（）]+", "", said.replace("CGCS_", "CGCS"))))


def is_known(epsg: int) -> bool:
    """Whether a code is one we read: degrees, Web Mercator or a Gauss-Krüger plane of China."""
    return epsg in KNOWN or gauss.described(epsg) is not None


def label(epsg: int, *, swapped: bool, prefixed: bool) -> tuple[str, str]:
    """A system in Chinese and English words; 0 is a system of the file's own."""
    known = gauss.described(epsg)
    if known is None:
        named = {
            4490: ("经纬度（2000 国家大地坐标系）", "longitude/latitude (CGCS2000)"),
            4326: ("经纬度（WGS 84）", "longitude/latitude (WGS 84)"),
            0: ("文件自带的坐标系", "the system of the file"),
            3857: ("网络墨卡托（WGS 84）", "Web Mercator (WGS 84)"),
        }
        words, english = named.get(epsg, (f"EPSG:{epsg}", f"EPSG:{epsg}"))
    else:
        datum, plane = known
        sign = f"{plane.zone} 带" if plane.prefixed else "不带带号"
        words = f"{datum} {plane.degrees} 度带，中央子午线 {plane.meridian}°，{sign}"
        english = f"{plane.degrees}-degree Gauss-Kruger, meridian {plane.meridian}E"
        if prefixed and not plane.prefixed:
            words, english = f"{words}，去掉原带号", f"{english}, prefix taken off"
    turned = ("，东北坐标对调", ", axes exchanged") if swapped else ("", "")
    return words + turned[0], english + turned[1]


def meridian(epsg: int, *, swapped: bool) -> str:
    """The least that tells a system apart: its meridian, or its name."""
    known = gauss.described(epsg)
    words = label(epsg, swapped=False, prefixed=False)[0]
    name = f"中央子午线 {known[1].meridian}°" if known else words
    return f"{name}、东北坐标对调" if swapped else name


def _told(epsg: int) -> Named:
    issues = []
    known = gauss.described(epsg)
    legacy = {gauss.geographic(datum): datum for datum in gauss.LEGACY}
    datum = known[0] if known else legacy.get(epsg)
    if datum in gauss.LEGACY:
        message = f"{datum}需要转换参数，请提供本单位的四参数或七参数"
        issues.append(Issue("DATUM_NEEDS_PARAMETERS", message, "error", 0, "坐标系", f"{epsg}"))
    return Named(epsg, "", tuple(issues))


def _from_code(code: int) -> Named:
    if not is_known(code):
        raise DataError(f"不支持坐标系 EPSG:{code}，请先转换到 4490、4529 或 4550", "CRS_UNKNOWN")
    return _told(code)


def _from_wkt(text: str) -> Named:
    try:
        crs = CRS.from_wkt(text)
    except CRSError as error:
        raise DataError("坐标系说明（.prj）损坏，请指定坐标系", "CRS_UNKNOWN") from error
    code = _code_of(crs, text)
    if code is not None:
        return _from_code(code)
    guess = _datum_of(re.sub(r"\s+", "", f"{crs.name}{crs.datum.name if crs.datum else ''}"))
    if guess in gauss.LEGACY:
        message = f"{guess}需要转换参数，请提供本单位的四参数或七参数"
        issue = Issue("DATUM_NEEDS_PARAMETERS", message, "error", 0, "坐标系", crs.name)
        return Named(0, text, (issue,))
    if guess is not Datum.CGCS2000:
        raise DataError(f"不支持坐标系 {crs.name}，请先转换到 4490、4529 或 4550", "CRS_UNKNOWN")
    message = f"坐标系 {crs.name} 没有 EPSG 代号，按文件所写参数换算，请核对位置"
    return Named(0, text, (Issue("CRS_OWN", message, "warning", 0, "坐标系", crs.name),))


def _code_of(crs: CRS, text: str) -> int | None:
    """The code that the text ends with, if its numbers are those of the code; else PROJ's match.

    PROJ alone takes the planes of GDAL's WKT for nothing or for the 6-degree twin.
    """
    written = _AUTHORITY.search(text)
    code = int(written[1]) if written else 0
    if is_known(code) and _numbers(CRS.from_epsg(code)) == _numbers(crs):
        return code
    found = crs.to_epsg()
    return int(found) if found is not None else None


def _numbers(crs: CRS) -> tuple[object, ...]:
    """What fixes positions: ellipsoid and parameters of the projection."""
    shape, operation = crs.ellipsoid, crs.coordinate_operation
    params = operation.params if operation else []
    axes = (shape.semi_major_metre, round(shape.inverse_flattening, 9)) if shape else ()
    return (*axes, *sorted((param.name, round(float(param.value), 9)) for param in params))


def _datum_of(text: str) -> Datum | None:
    bare = re.sub(r"China(GeodeticCoordinateSystem)?2000", "CGCS2000", text.replace("_", ""))
    return next((datum for datum, pattern in _DATUMS if pattern.search(bare)), None)


def _from_words(text: str) -> int:
    datum = _datum_of(text)
    if datum is None:
        raise DataError(f"不认识坐标系“{text[:40]}”，请写代号，如 EPSG:4529", "CRS_UNKNOWN")
    zone, meridian, width = (_number(pattern, text) for pattern in (_ZONE, _MERIDIAN, _WIDTH))
    if datum is Datum.WGS84 and not (zone or meridian or width):
        return 4326
    if zone:
        degrees = width or gauss.degrees_of(zone)
        return gauss.epsg(datum, Plane(degrees, zone, prefixed=True))
    if meridian:
        return gauss.epsg(datum, _plane_of(meridian, width))
    if width or re.search("高斯|投影|平面|GK|GAUSS", text, re.IGNORECASE):
        raise DataError(f"“{text[:40]}”没有说明带号或中央子午线，请补上", "CRS_MISSING")
    return gauss.geographic(datum)


def _plane_of(meridian: int, width: int) -> Plane:
    if width != 6 and meridian % 3 == 0:
        return Plane(3, meridian // 3, prefixed=False)
    if width == 6 and (meridian + 3) % 6 == 0:
        return Plane(6, (meridian + 3) // 6, prefixed=False)
    raise DataError(f"中央子午线 {meridian}° 不是国家分带，请提供 .prj 文件", "CRS_UNKNOWN")


def _number(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.search(text)
    if not found:
        return 0
    digits = next(group for group in found.groups() if group)
    return {"三": 3, "六": 6}.get(digits) or int(digits)
