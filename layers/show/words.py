"""What the player says, Chinese and English: its own words and those of its map."""

from collections.abc import Mapping, Sequence

from layers.words import SECRECIES

__all__ = ["MAP", "SECRECIES", "WORDS", "Pair", "both"]
Pair = Sequence[str]

WORDS: Mapping[str, tuple[str, str]] = {
    "data_day": ("数据截至 {day}", "Data of {day}"),
    "version": ("数据版本 {version}", "data version {version}"),
    "meeting": ("第 {number} 次会议", "Meeting no. {number}"),
    "held": ("会议日期 {day}", "Held on {day}"),
    "maker": ("制图单位：{maker}", "Made by: {maker}"),
    "approval": ("审图号：{approval}", "Approval no.: {approval}"),
    "public": ("公开版", "Public edition"),
    "example": ("示例数据", "SAMPLE DATA"),
    "sources": ("资料来源：", "Sources: "),
    "clauses": ("依据条款：", "Clauses: "),
    "rows": ("第 {from}–{to} 行，共 {total} 行", "Rows {from}–{to} of {total}"),
    "cut": ("本页 {shown} 行，共 {total} 行", "{shown} of {total} rows on this page"),
    "part": ("（{part}/{parts}）", " ({part}/{parts})"),
    "page": ("{page} / {pages}", "{page} / {pages}"),
    "legend": ("图例", "Legend"),
    "count": ("{count}", "{count}"),
    "selected": ("本页所述要素", "What this slide is about"),
    "drawn": ("标绘", "Drawn"),
    "so_far": ("累计", "So far"),
    "this_period": ("本期新增", "This period"),
    "no_period": ("本期新增：无数据", "This period: no data"),
    "playback": ("按时间播放：T", "Play through time: T"),
    "before_after": ("前后对比：拖动分隔线", "Before and after: drag the divider"),
    "none": ("无数据", "No data"),
    "no_data_day": ("无日期", "no day"),
    "qr": ("扫码查看同一画面", "The same view"),
    "auto": ("自动播放", "Auto-play"),
    "paused": ("已暂停", "Paused"),
    "ended": ("已到最后一页", "This is the last slide"),
    "hint": (
        "← → 翻页　P 自动播放　F 全屏　D 深色　L English　S 演讲者　? 帮助",
        "← → slides　P play　F full screen　D dark　L 中文　S presenter　? help",
    ),
    "help": ("按键", "Keys"),
    "keys_next": ("下一页", "Next slide"),
    "keys_back": ("上一页", "Slide before"),
    "keys_ends": ("首页、末页", "First and last slide"),
    "keys_play": ("自动播放、停止；播放时空格暂停", "Play by itself; space pauses"),
    "keys_full": ("全屏", "Full screen"),
    "keys_black": ("黑屏", "Black screen"),
    "keys_dark": ("深色、浅色", "Dark or light"),
    "keys_lang": ("中文、English", "Language"),
    "keys_presenter": ("演讲者窗口（备注、下一页、计时）", "Presenter: notes, next slide, timer"),
    "keys_time": ("地图按时间播放、暂停", "Play the map through time, pause"),
    "keys_mode": ("累计、本期新增", "So far, this period"),
    "keys_help": ("本说明", "This list"),
    "presenter": ("演讲者", "Presenter"),
    "notes": ("备注", "Notes"),
    "no_notes": ("本页没有备注", "No notes for this slide"),
    "next": ("下一页", "Next"),
    "last": ("（最后一页）", "(last slide)"),
    "timer": ("用时", "Time used"),
    "clock": ("时刻", "Clock"),
    "reset": ("计时归零", "Reset timer"),
    "show": ("放映窗口", "Show"),
    "back": ("上一页", "Back"),
    "forward": ("下一页", "Forward"),
    "blocked": (
        "浏览器拦截了新窗口，请允许弹出窗口后再按 S",
        "The browser blocked the window; allow pop-ups and press S again",
    ),
    "failed": (
        "汇报没有载入，请重新打开；仍不行请重新导出",
        "The meeting could not be loaded; open it again or export it anew",
    ),
    "loading": ("正在载入", "Loading"),
    "map": ("地图", "Map"),
    "chart": ("图表", "Chart"),
}

MAP: Mapping[str, tuple[str, str]] = {
    "km": ("公里", "km"),
    "m": ("米", "m"),
    "about": ("约 ", "about "),
    "grade_official": ("法定", "Official"),
    "grade_surveyed": ("实测", "Surveyed"),
    "grade_traced": ("描绘", "Traced"),
    "grade_schematic": ("示意", "Schematic"),
    "grade_official_long": ("主管部门发布的法定界线", "Issued by the competent bureau"),
    "grade_surveyed_long": ("实地测量", "Measured on the ground"),
    "grade_traced_long": (
        "依据公开文字、图件或地物描绘，误差见说明",
        "Drawn from published text, drawings or map features; see the stated error",
    ),
    "grade_schematic_long": (
        "示意位置，非真实界线或走向",
        "Stands in for a shape nobody has published",
    ),
}


def both(words: Mapping[str, tuple[str, str]]) -> dict[str, list[str]]:
    """Words as the browser takes them: Chinese, English."""
    return {key: list(pair) for key, pair in words.items()}
