"""What every writer of a meeting says alike, Chinese and English."""

from collections.abc import Mapping

from geo.model import SECRECY, SECRECY_EN
from layers.brief.values import Brief

WORDS: Mapping[str, tuple[str, str]] = {
    "meeting": ("第 {number} 次会议", "Meeting {number}"),
    "held": ("会议日期 {day}", "held {day}"),
    "as_of": ("数据截至 {day}", "Data as of {day}"),
    "version": ("数据版本 {version}", "version {version}"),
    "example": ("示例数据", "Sample data"),
    "public": ("公开版", "Public edition"),
    "maker": ("制图单位：{maker}", "Made by {maker}"),
    "approval": ("审图号：{approval}", "Approval no. {approval}"),
    "clauses": ("方案条款：{clauses}", "Clauses of the plan: {clauses}"),
    "sources": ("资料来源：{sources}", "Sources: {sources}"),
    "notes": ("讲稿：{notes}", "Notes: {notes}"),
    "rows_more": ("共 {total} 行，此处列出 {shown} 行", "{total} rows in all, {shown} here"),
    "part": ("（{part}/{parts}）", " ({part}/{parts})"),
    "no_rows": ("没有变化", "Nothing changed"),
    "gap": ("空白处为无数据", "gaps: no data"),
    "outline": ("经区范围（示意）", "Outline of the zone (schematic)"),
    "no_data": ("无数据", "No data"),
    "unit": ("单位：{unit}", "Unit: {unit}"),
    "comma": ("、", ", "),
    "semicolon": ("；", "; "),
    "dot": ("　·　", "  ·  "),
    "before": ("之前", "Before"),
    "after": ("现在", "Now"),
    "scan": ("扫码打开同一视图", "Scan to open this view"),
    "map_of": ("地图：{title}", "Map: {title}"),
    "chart_of": ("图表：{title}", "Chart: {title}"),
    "code_of": ("打开同一视图的二维码", "QR code that opens this view"),
}
SECRECIES: Mapping[str, str] = dict(zip(SECRECY, SECRECY_EN, strict=True))


def say(key: str, english: bool, **values: object) -> str:
    """One of our words, with values in it."""
    return WORDS[key][english].format(**values)


def secrecy(brief: Brief, english: bool) -> str:
    """The mark of secrecy; empty where none was set."""
    return (english and SECRECIES.get(brief.secrecy, "")) or brief.secrecy


def state(brief: Brief, english: bool) -> str:
    """Version of the data and, where it is known, what shows later whether its chain was cut."""
    known = brief.occasion
    told = say("version", english, version=known.version), known.seal.say(english=english)
    return " · ".join(filter(None, told))


def foot(brief: Brief, english: bool) -> str:
    """What stands below every slide and page: meeting, day, version, secrecy, 示例."""
    known = brief.occasion
    parts = (
        say("meeting", english, number=known.number) if known.number else "",
        say("as_of", english, day=known.as_of.isoformat()),
        say("version", english, version=known.version),
        secrecy(brief, english),
        say("public", english) if brief.public else "",
        say("example", english) if brief.example else "",
    )
    return say("dot", english).join(filter(None, parts))
