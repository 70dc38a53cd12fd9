"""A meeting's record written by hand over the shipped sets, with every kind of slide; and its sets.

Sixteen square parcels and seven works are invented for it: the sample says 示例 throughout.
"""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import shapely

from geo import boundaries
from geo.model import Boundaries, Grade, Source
from geo.zone import Zone

Record = dict[str, Any]
GROUND = ("sea", "land", "place", "zone", "unit")
SHIPPED = (*GROUND, "district", "coast", "park", "corridor", "road", "project", "facility")
_INVENTED = Source("示例（手工编造，仅供测试）", Grade.SCHEMATIC, "CC0")
STAGES = (
    ("available", "可供", "Available", "可"),
    ("supplied", "已供", "Supplied", "供"),
    ("started", "开工", "Started", "开"),
    ("completed", "竣工", "Completed", "竣"),
    ("idle", "闲置", "Idle", "闲"),
)
LIGHTS = (
    ("red", "逾期", "Late", "迟", "triangle"),
    ("yellow", "预警", "Warning", "警", "diamond"),
    ("green", "正常", "On time", "正", "circle"),
    ("grey", "无进度资料", "No stage dates", "无", "square"),
)


def text(zh: str, en: str = "") -> dict[str, str]:
    return {"zh": zh, "en": en}


def parcels() -> Boundaries:
    """Four rows of four squares of about 400 m, ids K01 to K16."""
    shapes = [
        shapely.box(x, y, x + 0.0045, y + 0.0036)
        for y in (37.425, 37.420, 37.415, 37.410)
        for x in (122.16, 122.166, 122.172, 122.178)
    ]
    ids = [f"K{i:02}" for i in range(1, 17)]
    names = {"id": ids, "name": [f"示例地块 {id_}" for id_ in ids]}
    table = gpd.GeoDataFrame(names | {"kind": "工业用地"}, geometry=shapes, crs=4490)
    return boundaries.make("parcel", table, _INVENTED)


def works() -> Boundaries:
    """Seven points; the first two of a cited place, the others schematic."""
    at = [(122.170, 37.412), (122.184, 37.404), (122.215, 37.402), (122.250, 37.405),
          (122.290, 37.372), (122.335, 37.391), (122.140, 37.420)]  # fmt: skip
    names = ("国际经贸交流中心", "日本软银全球BPO中心", "加速基地二期", "专家公寓",
             "健康医疗板块配套医院", "海洋科技孵化应用中心", "滨海岸线修复")  # fmt: skip
    english = ("International Trade Exchange Centre", "SoftBank Global BPO Centre",
               "Accelerator base, phase II", "Expert apartments", "Hospital of the health city",
               "Marine incubation centre", "Coast repair")  # fmt: skip
    grades = ["traced"] * 2 + ["schematic"] * 5
    columns = {
        "id": [f"X{i:02}" for i in range(1, 8)], "name": names, "name_en": english,
        "grade": grades,
    }  # fmt: skip
    table = gpd.GeoDataFrame(columns, geometry=[shapely.Point(*xy) for xy in at], crs=4490)
    return boundaries.make("works", table, _INVENTED)


def sets(zone: Zone) -> dict[str, Boundaries]:
    """The shipped sets that the sample shows, with parcels and works."""
    held = {one.name: one for one in zone.held() if one.name in SHIPPED}
    return held | {"parcel": parcels(), "works": works()}


def record() -> Record:
    """The whole record, fresh at every call so that a test may change it."""
    return {
        "occasion": {
            "number": 3,
            "title": text("重大事项推进第三次调度会", "Third review of the major matters"),
            "held": "2026-11-20",
            "as_of": "2026-11-15",
            "version": 128,
            "previous": 2,
        },
        "slides": slides(),
        "sets": [*SHIPPED, "parcel", "works"],
        "names": {"works": text("推进中的项目", "Projects under way")},
        "colourings": {one["key"]: one for one in colourings()},
        "secrecy": "内部",
        "example": True,
        "maker": "经区规划科",
        "approval": "",
        "base_url": "http://10.1.2.3:8501",
    }


def colourings() -> list[Record]:
    stages = [_tone(*one, look="supply") for one in STAGES]
    lights = [_tone(*one, look="project") for one in LIGHTS]
    days = {
        "2023-12-31": [0] * 6 + [None] * 10,
        "2024-12-31": [1] * 3 + [0] * 7 + [None] * 6,
        "2025-12-31": [2] * 3 + [1] * 4 + [0] * 7 + [None] * 2,
        "2026-11-15": [3] * 3 + [2] * 2 + [4] + [1] * 4 + [0] * 6,
    }
    supply = [
        {"key": f"supply:{day}", "set": "parcel", "title": text("供应阶段", "Stage of supply"),
         "tones": stages, "codes": codes, "day": day}
        for day, codes in days.items()
    ]  # fmt: skip
    kinds = [
        _tone("moved", "阶段推进", "Stage moved", "进", look="change"),
        _tone("late", "新增逾期", "Newly late", "迟", look="change"),
    ]
    return [
        *supply,
        {"key": "project:2026-11-15", "set": "works", "title": text("项目进度", "Progress"),
         "tones": lights, "codes": [2, 0, 1, 3, 3, 2, 3], "day": "2026-11-15"},
        {"key": "change:2", "set": "works", "title": text("较上次会议的变化", "Since last meeting"),
         "tones": kinds, "codes": [0, 1, None, None, None, 0, None], "day": "2026-11-15"},
    ]  # fmt: skip


def _tone(key: str, zh: str, en: str, letter: str, symbol: str = "", *, look: str) -> Record:
    return {"key": key, "title": text(zh, en), "letter": letter, "symbol": symbol, "look": look}


def slides() -> list[Record]:
    return [
        _title(), *_opening(), _matter(), _health(), _periods(), _swipe(), _wall(),
        _curve(), _changes(), _register(), _sources(), _closing(),
    ]  # fmt: skip


def _title() -> Record:
    return {
        "id": "title",
        "kind": "title",
        "title": text("重大事项推进第三次调度会", "Third review of the major matters"),
        "lead": text("威海经济技术开发区 八项重大事项与供地进展",
                     "Weihai Economic and Technological Development Zone: eight major matters"),
        "notes": "开场：说明数据截至日期。",
    }  # fmt: skip


def _opening() -> list[Record]:
    agenda = {
        "id": "agenda",
        "kind": "text",
        "title": text("较上次会议：三升一降", "Since the last meeting: three up, one down"),
        "lead": text("第 2 次会议以来，三项推进，一项新增逾期。",
                     "Three moved on and one fell behind since meeting 2."),
        "lines": [
            text("国际经贸交流中心进入竣工验收阶段", "The trade exchange centre is being accepted"),
            text("示例地块 K04、K05 开工建设", "Parcels K04 and K05 were started"),
            text("日本软银全球 BPO 中心逾期 46 天，牵头单位已说明原因，待会议议定新的完成期限",
                 "The BPO centre is 46 days late; its lead unit has given the cause and asks for a "
                 "new deadline"),
        ],
        "notes": "重点讲逾期一项的原因。",
        "clauses": ["四(一)", "四(二)"],
    }  # fmt: skip
    numbers = {
        "id": "numbers",
        "kind": "numbers",
        "title": text("总体进展", "Where we stand"),
        "numbers": [
            _number(("目标已达到", "Targets reached"), "7", ("项", "targets"),
                    ("共 36 项，12 项无后续数据", "of 36; 12 without later data")),
            _number(("目标尚有差距", "Targets short"), "17", ("项", "targets"),
                    ("见各事项", "see each matter")),
            _number(("逾期项目", "Projects late"), "1", ("个", "project"),
                    ("较上次增加 1 个", "one more")),
            _number(("已供地块面积", "Land supplied"), "1,284.6", ("亩", "mu"),
                    ("截至 2026-11-15", "as of 2026-11-15")),
            _number(("闲置地块", "Idle parcels"), "1", ("宗", "parcel"), ("", "")),
            _number(("年度供应计划完成", "Year's plan done"), "—", ("", ""),
                    ("无数据：计划未下达", "No data: no plan issued")),
        ],
        "sources": [text("供应台账（示例）", "Supply ledger (sample)")],
    }  # fmt: skip
    return [agenda, numbers]


Pair = tuple[str, str]


def _number(label: Pair, value: str, unit: Pair, note: Pair) -> Record:
    words = {"label": text(*label), "unit": text(*unit), "note": text(*note)}
    return words | {"value": value}


def _matter() -> Record:
    return {
        "id": "M2",
        "kind": "text",
        "title": text("服务贸易引领区和 500 亩园区",
                      "Service-trade leading area and the 500-mu park"),
        "lead": text("牵头：商务局　配合：服务业发展办公室、皇冠街道办事处、东方智慧谷运营公司",
                     "Lead: Bureau of Commerce. With: Service Industry Office, Huangguan "
                     "Subdistrict, operator of the Oriental Wisdom Valley"),
        "lines": [
            text("国际经贸交流中心：竣工验收，2026 年 12 月底前投用",
                 "Trade exchange centre: in acceptance, in use by the end of December 2026"),
            text("日本软银全球 BPO 中心：逾期，商务局 12 月 10 日前报新计划",
                 "BPO centre: late; the bureau reports a new plan by 10 December"),
        ],
        "chart": {
            "kind": "bar",
            "title": text("目标与实际", "Target and actual"),
            "unit": text("家", "enterprises"),
            "categories": [text("服务外包企业", "Outsourcing firms"),
                           text("离岸合同企业", "Offshore contractors"),
                           text("千人以上企业", "Firms above 1,000 staff")],
            "series": [
                {"name": text("目标", "Target"), "values": [100, 30, 5], "ink": "#B8C4CF"},
                {"name": text("实际", "Actual"), "values": [86, 31, None], "ink": "#1F5FA8"},
            ],
        },
        "look": {
            "extent": [122.12, 37.37, 122.22, 37.43],
            "on": ["zone", "unit", "park", "works", "road"],
            "selected": [["park", "P05"]],
            "colouring": "project:2026-11-15",
        },
        "clauses": ["三(四)1", "三(四)2", "四(二)"],
        "sources": [text("方案（2017-06-09）", "The plan (2017-06-09)")],
        "notes": "先讲园区，再讲两个项目。",
        "permalink": "?on=park&sel=park/P05",
    }  # fmt: skip


def _health() -> Record:
    return {
        "id": "M3",
        "kind": "text",
        "title": text("医疗健康示范区和健康产业城", "Health demonstration area and health city"),
        "lead": text("牵头：社会事务管理局", "Lead: Bureau of Social Affairs"),
        "lines": [text("没有公布的分期资料", "No phases have been published")],
        "chart": {
            "kind": "doughnut",
            "title": text("项目按进度", "Projects by progress"),
            "unit": text("个", "projects"),
            "categories": [text(zh, en) for _, zh, en, *_ in LIGHTS],
            "series": [{"name": text("项目", "Projects"), "values": [1, 1, 2, 3],
                        "inks": ["#C62828", "#F2B705", "#2E8B57", "#AEB6C0"]}],
        },
        "clauses": ["四(三)"],
    }  # fmt: skip


def _periods() -> Record:
    return {
        "id": "playback",
        "kind": "map",
        "title": text("历年供地进展", "Supply of land year by year"),
        "look": {
            "extent": [122.15, 37.405, 122.20, 37.432],
            "on": ["zone", "unit", "parcel"],
            "colouring": "supply:2026-11-15",
            "periods": ["supply:2023-12-31", "supply:2024-12-31", "supply:2025-12-31",
                        "supply:2026-11-15"],
        },
        "sources": [text("供应台账（示例）", "Supply ledger (sample)")],
        "seconds": 40,
    }  # fmt: skip


def _swipe() -> Record:
    return {
        "id": "swipe",
        "kind": "map",
        "title": text("2024 年末与现在", "End of 2024 and now"),
        "look": {
            "extent": [122.15, 37.405, 122.20, 37.432],
            "on": ["zone", "unit", "parcel"],
            "before": "supply:2024-12-31",
            "colouring": "supply:2026-11-15",
        },
        "permalink": "?on=parcel&day=2026-11-15",
    }


def _wall() -> Record:
    return {
        "id": "wall",
        "kind": "map",
        "title": text("挂图作战：项目进度一张图", "All projects on one map"),
        "look": {
            "on": ["zone", "unit", "district", "coast", "corridor", "works"],
            "colouring": "project:2026-11-15",
            "drawings": [
                {"geometry": {"type": "Point", "coordinates": [122.2, 37.41]},
                 "label": "现场调度点", "color": "#0B6FB0"},
            ],
        },
        "sources": [text("项目库（示例）", "Register of projects (sample)")],
    }  # fmt: skip


def _curve() -> Record:
    return {
        "id": "curve",
        "kind": "text",
        "title": text("年度投资完成情况", "Investment of the year"),
        "lead": text("三月没有月报，图中留空。", "No report for March: left blank."),
        "chart": {
            "kind": "line",
            "title": text("累计完成投资", "Money spent so far"),
            "unit": text("万元", "10,000 yuan"),
            "categories": [text(f"{i} 月", f"{i}") for i in range(1, 7)],
            "series": [
                {"name": text("计划", "Plan"), "values": [500, 1000, 1500, 2200, 3000, 3800],
                 "ink": "#7A8794"},
                {"name": text("实际", "Actual"), "values": [420, 980, None, 2040, 3100, 3650],
                 "ink": "#1F5FA8"},
            ],
        },
    }  # fmt: skip


def _changes() -> Record:
    columns = [
        {"key": "kind", "title": text("变化", "Change")},
        {"key": "name", "title": text("对象", "What")},
        {"key": "before", "title": text("上次", "Before")},
        {"key": "after", "title": text("本次", "Now")},
        {"key": "day", "title": text("日期", "Day"), "right": True},
    ]
    rows = [
        [text("推进", "Moved"), text("国际经贸交流中心", "Trade exchange centre"),
         text("在建", "Being built"), text("竣工验收", "In acceptance"), text("2026-11-02")],
        [text("新增逾期", "Late"), text("日本软银全球BPO中心", "SoftBank Global BPO Centre"),
         text("按期", "On time"), text("逾期 46 天", "46 days late"), text("2026-10-05")],
        [text("推进", "Moved"), text("海洋科技孵化应用中心", "Marine incubation centre"),
         text("预警", "Warning"), text("正常", "On time"), text("2026-10-30")],
    ]  # fmt: skip
    return {
        "id": "changes",
        "kind": "changes",
        "title": text("较第 2 次会议的变化", "Changed since meeting 2"),
        "table": {"columns": columns, "rows": rows, "total": 3},
        "look": {
            "extent": [122.12, 37.37, 122.36, 37.43],
            "on": ["zone", "unit", "works"],
            "colouring": "change:2",
        },
    }


def _register() -> Record:
    """A table far too long for one slide, with cells too long for one line."""
    columns = [
        {"key": "id", "title": text("编号", "No.")},
        {"key": "name", "title": text("项目名称", "Project")},
        {"key": "lead", "title": text("牵头单位", "Lead unit")},
        {"key": "what", "title": text("下一步", "Next")},
        {"key": "wan", "title": text("投资（万元）", "Money (10,000 yuan)"), "right": True},
    ]
    long = "完成消防、规划、人防等专项验收后办理竣工验收备案，并于年底前交付使用"
    rows = [
        [text(f"J{i:02}"), text(f"第 {i} 号示例项目", f"Sample project {i}"),
         text("商务局", "Bureau of Commerce"),
         text(long if i % 7 == 0 else "按计划推进", "Finish acceptance of fire safety, planning and"
              " air defence, then hand over by the end of the year" if i % 7 == 0 else "On plan"),
         text(f"{i * 1250:,}")]
        for i in range(1, 41)
    ]  # fmt: skip
    return {
        "id": "register",
        "kind": "table",
        "title": text("重点项目清单", "Register of projects"),
        "table": {"columns": columns, "rows": rows, "total": 43},
        "clauses": ["三(三)2"],
    }


def _sources() -> Record:
    return {
        "id": "sources",
        "kind": "text",
        "title": text("资料来源与可信程度", "Sources and grades of evidence"),
        "lines": [
            text("经区范围、镇街界线为示意，误差可达 1.7 公里，不能用于量算",
                 "The outline of the zone and of its towns is schematic, off by up to 1.7 km"),
            text("园区位置据公开资料描绘", "Parks are traced from public sources"),
            text("地块为示例数据", "Parcels are sample data"),
        ],
        "sources": [text("OpenStreetMap（ODbL 1.0）", "OpenStreetMap (ODbL 1.0)"),
                    text("GeoNames（CC BY 4.0）", "GeoNames (CC BY 4.0)")],
    }  # fmt: skip


def _closing() -> Record:
    return {
        "id": "closing",
        "kind": "closing",
        "title": text("请会议审议", "For discussion"),
        "lines": [text("议定逾期项目的新期限", "New deadlines of what is late")],
    }


def given(zone: Zone) -> tuple[Record, Mapping[str, Boundaries]]:
    """Record and sets together, as `brief_of` takes them."""
    return record(), sets(zone)
