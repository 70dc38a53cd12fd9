"""What a picture says of itself, Chinese and English."""

from collections.abc import Mapping

from geo.model import Grade

WORDS: Mapping[str, tuple[str, str]] = {
    "legend": ("图例", "Legend"),
    "grade": ("可信程度", "Grade of evidence"),
    "scale": ("比例尺", "Scale"),
    "on_paper": ("按{page}原大", "at full size, {page}"),
    "km": ("公里", "km"),
    "m": ("米", "m"),
    "north": ("北", "N"),
    "grid_north": ("坐标北", "Grid north"),
    "true_north": ("真北偏{side} {angle}", "true north {angle} {side}"),
    "east": ("东", "east"),
    "west": ("西", "west"),
    "crs": (
        "CGCS2000 高斯-克吕格投影，3 度带 41 带，中央经线 123°E（EPSG:4550）",
        "CGCS2000 Gauss-Kruger, 3-degree zone 41, central meridian 123°E (EPSG:4550)",
    ),
    "crs_word": ("坐标系", "Plane"),
    "maker": ("制图单位", "Made by"),
    "day": ("数据日期", "Data of"),
    "version": ("数据版本", "Data version"),
    "approval": ("审图号", "Approval no."),
    "source": ("资料来源", "Sources"),
    "note": ("说明", "Notes"),
    "schematic": ("示意", "Schematic"),
    "demo": ("示例数据", "Sample data"),
    "unknown": ("无数据", "No data"),
    "blank": ("{title}：无数据，不等于没有限制", "{title}: no data, which does not mean no limits"),
    "selected": ("选中要素", "Selected"),
    "sketch": ("标绘", "Drawn"),
    "points": ("点位", "points"),
    "lines": ("线", "lines"),
    "locator": ("位置", "Location"),
    "stop": ("。", ". "),
    "colon": ("：", ": "),
    "semicolon": ("；", "; "),
    "open": ("（", " ("),
    "close": ("）", ")"),
}
GRADE_TOLD: Mapping[Grade, tuple[str, str]] = {
    Grade.OFFICIAL: ("法定：主管部门公布", "Official: issued by the bureau"),
    Grade.SURVEYED: ("实测：实地测量", "Surveyed on the ground"),
    Grade.TRACED: ("描绘：据引用的文图描绘", "Traced from a cited text or map"),
    Grade.SCHEMATIC: ("示意：代替未公布的界线", "Schematic: stands in for an unpublished shape"),
}


def word(key: str, english: bool) -> str:
    """One of our words."""
    return WORDS[key][english]


def bracketed(text: str, english: bool) -> str:
    """A text in the brackets of the language."""
    return f"{word('open', english)}{text}{word('close', english)}"


def said(key: str, value: str, english: bool) -> str:
    """A word, a colon and a value."""
    return f"{word(key, english)}{word('colon', english)}{value}"
