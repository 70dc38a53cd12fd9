"""What a scenario's page says of itself, Chinese and English."""

from collections.abc import Mapping
from typing import Any

from layers import words
from layers.brief.values import Text

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("用地配置方案", "Land-use Scenario"),
    "number": ("编号", "No."),
    "made": ("日期", "Made on"),
    "by": ("编制", "By"),
    "version": ("数据版本", "Data version"),
    "page": ("第 {page} 页 共 {pages} 页", "Page {page} of {pages}"),
    "example": ("示例数据", "SAMPLE DATA"),
    "water": ("示例", "SAMPLE"),
    "sketch": ("含示意资料", "Rests in part on sketches"),
    "answer": ("结论与方案图", "Result and map"),
    "met": ("满足全部需求", "All demands are met"),
    "failed": ("不能满足全部需求", "Demands cannot all be met"),
    "within": (
        "总分与理论最优相差不超过 {gap}（已证明的上限）。",
        "Within {gap} of the best possible (a proven bound).",
    ),
    "within_all": (
        "总分与理论最优相差不超过 {gap}（已证明的上限，各期合计）。",
        "Within {gap} of the best possible (a proven bound, all periods together).",
    ),
    "unproven": ("没有证明与最优的差距。", "How far from the best is not proven."),
    "map": ("配置方案图", "Allocation"),
    "of_period": ("{text}（{span}）", "{text} ({span})"),
    "year": ("{year} 年", "{year}"),
    "uses": ("配置用途", "Uses given"),
    "demands": ("需求与结果（亩）", "Demands and what they got (mu)"),
    "use": ("用途", "Use"),
    "dated": ("{use}（{year} 年）", "{use}, {year}"),
    "from": ("目标、条款", "Target, clause"),
    "own": ("自定", "own"),
    "asked": ("需求", "Asked"),
    "got": ("配置", "Given"),
    "result": ("结果", "Result"),
    "kept": ("满足", "met"),
    "short": ("缺 {area}", "{area} short"),
    "over": ("超 {area}", "{area} over"),
    "indicators": ("指标", "Indicators"),
    "indicator": ("指标", "Indicator"),
    "value": ("数值", "Value"),
    "formula": ("公式与依据", "Formula"),
    "none": ("无数据", "no data"),
    "flow": ("从现状到方案（亩）", "From present use (mu)"),
    "present": ("现状", "Present"),
    "total": ("合计", "Total"),
    "basis": ("依据与说明", "What it rests on"),
    "start": ("现状底数", "Start state"),
    "grade": ("最低可信程度", "Weakest grade"),
    "held": ("已用数据", "Data used"),
    "lacking": ("无数据", "No data"),
    "nothing": ("无", "none"),
    "digest": ("输入校验", "Inputs hash"),
    "made_up": ("示例：位置由程序生成", "Example: places are generated"),
    "note": (
        "无数据的限制没有参与配置，不等于没有限制；导入后须重新求解。",
        "Limits without data took no part; that does not mean there are none. "
        "Solve again once they are imported.",
    ),
    "亩": ("亩", "mu"),
    "分": ("分", "points"),
    "个": ("个", "jobs"),
    "万元": ("万元", "× 10⁴ CNY"),
    "万元/年": ("万元/年", "× 10⁴ CNY per year"),
    "万㎡": ("万㎡", "× 10⁴ m²"),
}


def said(key: str, *, english: bool, **filled: str) -> str:
    """One text in a language; a unit that has no word of its own stays as it is."""
    return words.word(_WORDS, key, english, **filled) if key in _WORDS else key


def of_use(one: Any, *, english: bool) -> str:
    """A use with its code; with its year where the scenario has several periods."""
    use = f"{one.use.code} {one.use.name_en if english else one.use.name}"
    return said("dated", english=english, use=use, year=str(one.shown)) if one.shown else use


def spanned(text: str, plan: Any, *, english: bool) -> str:
    """A text with the period that a plan tells of, where there are several."""
    span = plan.span[english]
    return said("of_period", english=english, text=text, span=span) if span else text


def proof(plan: Any, *, english: bool) -> str:
    """How far from the best it is at most; nothing where that is not known."""
    if plan.gap_pct is None:
        return ""
    key = "within_all" if any(plan.span) else "within"
    return said(key, english=english, gap=f"{plan.gap_pct:.4f}%")


def both(key: str, **filled: str) -> Text:
    """One text in both languages."""
    return Text(said(key, english=False, **filled), said(key, english=True, **filled))
