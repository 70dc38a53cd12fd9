"""How a set looks when it leaves: title, colours, QGIS style, Excel; handed to the exporter."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.model import UNSEALED, Boundaries, Grade, Seal
from geo.units import AreaUnit
from layers import grid, qgis, words
from layers.style import GRADE_LABEL, Ink
from layers.words import SECRECIES, Words

_KEYS: Words = {
    "图层": ("图层", "Layer"),
    "提示": ("提示", "Note"),
    "数据版本": ("数据版本", "Data version"),
    "坐标系": ("坐标系", "Coordinates"),
    "来源": ("来源", "Source"),
    "可信程度": ("可信程度", "Grade"),
    "位置误差": ("位置误差", "Error of position"),
    "密级": ("密级", "Secrecy"),
    "发布单位": ("发布单位", "Issued by"),
    "文号": ("文号", "Document"),
    "发布日期": ("发布日期", "Issued on"),
    "许可": ("许可", "Licence"),
    "说明": ("说明", "Remarks"),
    "版别": ("版别", "Edition"),
    "处理": ("处理", "Changed"),
    "审图号": ("审图号", "Map approval"),
    "校验值": ("校验值", "Check value"),
    "审计校验值": ("审计校验值", "Check value of the log"),
    "核对": ("核对", "To check"),
}
_VALUES: Words = {
    "仅供参考，非法定界线": ("仅供参考，非法定界线", "For reference, no legal boundary"),
    "内部版": ("内部版", "Internal edition"),
    "公开版": ("公开版", "Public edition"),
    "（空）": ("（空）", "(blank)"),
}
_SYSTEMS: Mapping[str, str] = {
    "EPSG:4490": "CGCS2000 (EPSG:4490), degrees; x is longitude, y latitude",
    "EPSG:4550": "CGCS2000 Gauss plane, 3 degrees, meridian 123°E (EPSG:4550), metres; x is east",
    "EPSG:4529": "CGCS2000 Gauss plane, 3 degrees, zone 41 before x (EPSG:4529), metres; x is east",
}


@dataclass(frozen=True, slots=True)
class Look:
    """The look of one set.

    Parameters
    ----------
    title
        Title of the set.
    unit
        Unit of the areas in the Excel table.
    tints
        Kind -> colour, where kinds have colours of their own.
    english
        Whether what the file says of itself is English; attributes stay as they are.
    seal
        What shows later whether the chain of the data was cut.
    """

    title: str
    unit: AreaUnit = AreaUnit.M2
    tints: Mapping[str, Ink] = field(default_factory=dict)
    english: bool = False
    seal: Seal = UNSEALED

    def grade(self, grade: Grade) -> str:
        """A grade in the language of the file."""
        return GRADE_LABEL[grade][self.english]

    def inks(self, known: Boundaries) -> list[str]:
        """The colour of each row, as #RRGGBB."""
        return qgis.inks(known, self.tints)

    def told(self, about: Mapping[str, str]) -> Mapping[str, str]:
        """What a file says of itself, in the language of the file; names stay as they are."""
        if not self.english:
            return about
        return {
            words.told(_KEYS, key, english=True): _value(key, text) for key, text in about.items()
        }

    def qml(self, known: Boundaries, dimension: int, fields: Mapping[str, str]) -> str:
        """A QGIS style for points (0), lines (1) or areas (2)."""
        return qgis.qml(known, dimension, fields, self.tints)

    def workbook(self, known: Boundaries, about: Mapping[str, str]) -> bytes:
        """Two sheets: the attributes with measured sizes, and where they come from."""
        return grid.sheet_of(self.title, grid.whole(known, self.unit), about)


def _value(key: str, text: str) -> str:
    """A value in English; what is not ours to translate stays."""
    if key == "图层":
        return text.replace("（", " (").replace("）", ")")
    if key == "坐标系":
        return next((said for code, said in _SYSTEMS.items() if code in text), text)
    if key == "位置误差":
        return text.replace("约", "about").replace("米", "m")
    return SECRECIES.get(text) or words.told(_VALUES, text, english=True)
