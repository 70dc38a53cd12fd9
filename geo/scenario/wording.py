"""What files of a scenario say of themselves, Chinese and English."""

from collections.abc import Mapping

from geo.scenario.figure import Coverage
from geo.scenario.values import Outcome, UseLabel

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("用地配置方案 {name}", "Land-use scenario {name}"),
    "example": ("【示例】", "[EXAMPLE] "),
    "bracketed": ("（{text}）", " ({text})"),
    "year": ("{years} 年", "{years}"),
    "years": ("{years} 年累计", "{years} together"),
    "scenario": ("方案", "Scenario"),
    "period": ("时期", "Period"),
    "version": ("数据版本", "Data version"),
    "digest": ("输入校验", "Inputs hash"),
    "start": ("现状来源", "Present use from"),
    "made_up": ("示例：位置由程序生成", "Example: places are generated"),
    "quality": ("质量", "Quality"),
    "unproven": ("未证明", "Not proven"),
    "within": (
        "与理论最优相差不超过 {gap}",
        "Within {gap} of the best possible",
    ),
    "of_all": ("（各期合计）", " (all periods together)"),
    "lacking": ("无数据", "No data"),
    "nothing": ("无", "none"),
    "hint": ("提示", "Note"),
    "no_limit": (
        "无数据的限制未参与配置，不等于没有限制",
        "Limits without data took no part; that does not mean there are none",
    ),
    "licence": ("内部使用", "Internal use"),
    "demands": ("需求", "Demands"),
    "use": ("用途", "Use"),
    "code": ("代码", "Code"),
    "clause": ("条款", "Clause"),
    "target": ("目标", "Target"),
    "asked": ("需求（亩）", "Asked (mu)"),
    "got": ("配置（亩）", "Given (mu)"),
    "short": ("尚缺（亩）", "Short (mu)"),
    "remark": ("说明", "Remark"),
    "indicators": ("指标", "Indicators"),
    "indicator": ("指标", "Indicator"),
    "value": ("数值", "Value"),
    "unit": ("单位", "Unit"),
    "formula": ("公式", "Formula"),
    "basis": ("依据", "Basis"),
    "flow": ("现状到方案（亩）", "From present (mu)"),
    "present": ("现状", "Present"),
    "unused": ("不变", "Unchanged"),
    "undecided": ("未定", "Undecided"),
    "unknown": ("现状不明", "Not known"),
    "亩": ("亩", "mu"),
    "分": ("分", "points"),
    "个": ("个", "jobs"),
    "万元": ("万元", "× 10⁴ CNY"),
    "万元/年": ("万元/年", "× 10⁴ CNY per year"),
    "万㎡": ("万㎡", "× 10⁴ m²"),
}


def said(key: str, *, english: bool, **filled: object) -> str:
    """One text in a language; a unit that has no word of its own stays as it is."""
    text = _WORDS.get(key, (key, key))[english]
    return text.format(**filled) if filled else text


def bracketed(text: str, *, english: bool) -> str:
    """A text in the brackets of the language; nothing for none."""
    return said("bracketed", english=english, text=text) if text else ""


def listed(texts: list[str], *, english: bool) -> str:
    """Texts one after another."""
    return (", " if english else "、").join(texts)


def named(label: UseLabel, *, english: bool) -> str:
    """Name of a use."""
    return label.name_en if english else label.name


def asked(one: Coverage, *, english: bool) -> str:
    """The use of a demand, with its year where there are several periods."""
    year = said("year", english=english, years=one.shown) if one.shown else ""
    return named(one.use, english=english) + bracketed(year, english=english)


def span(outcome: Outcome, *, english: bool) -> str:
    """Which period is told, or which ones together; nothing for a plan without several."""
    years = outcome.prepared.definition.periods
    if outcome.year is not None:
        return said("year", english=english, years=outcome.year)
    if len(years) < 2:
        return ""
    return said(
        "years", english=english, years=listed([str(one) for one in years], english=english)
    )
