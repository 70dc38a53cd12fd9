"""Checks of the plan's figures against each other."""

from collections.abc import Callable

from geo.plan.finding import Agrees, PlanCheck, high, percent, said, value, year, yes_if
from geo.plan.progress import yearly_rate
from geo.plan.values import Plan
from geo.units import m2_of_mu

_WAN = 10_000
_SHARE_TOLERANCE = 0.1  # percentage points: GDP is rounded to whole 亿元


def growth(plan: Plan) -> PlanCheck:
    """9 % a year against 225 to 350."""
    start, end, rate = value(plan, "F005"), value(plan, "G02"), value(plan, "G01")
    years = year(plan, "G02") - year(plan, "F005")
    needed, reached = yearly_rate(start, end, years), start * (1 + rate / 100) ** years
    return PlanCheck(
        "growth",
        f"{start:g} 亿元每年增长约 {rate:g} %，{years} 年达到 {end:g} 亿元",
        f"CNY {start:g} × 100 m growing about {rate:g} % a year reaches {end:g} in {years} years",
        f"{rate:g} % 得 {reached:.1f} 亿元；达到 {end:g} 亿元需每年 {needed:.2f} %",
        f"{rate:g} % gives {reached:.1f}; {end:g} needs {needed:.2f} % a year",
        yes_if(round(needed) == rate),
        f"“约 {rate:g} %”取整后相符；按整 {rate:g} % 差 {end - reached:.1f} 亿元",
        f"Agrees once “about {rate:g} %” is rounded; at exactly {rate:g} % it falls "
        f"{end - reached:.1f} short",
        ("一(一)", "二(四)1"),
        "9",
    )


def floor_area_ratio(plan: Plan) -> PlanCheck:
    """What 80–100 万㎡ on 500 mu comes to."""
    land, low, top = m2_of_mu(value(plan, "S14")), value(plan, "S15"), high(plan, "S15")
    one, other = low * _WAN / land, top * _WAN / land
    return PlanCheck(
        "floor-area-ratio",
        f"{value(plan, 'S14'):g} 亩上建 {low:g}–{top:g} 万㎡",
        f"{low:g}–{top:g} × 10,000 m² on {value(plan, 'S14'):g} mu",
        f"{land:,.0f} ㎡；容积率 {one:.2f}–{other:.2f}",
        f"{land:,.0f} m²; floor area ratio {one:.2f}–{other:.2f}",
        Agrees.UNKNOWN,
        "方案没有写容积率，无从对照；面积按整数亩计，一处写整数，一处写“约”",
        "No ratio is stated to compare with; the area is exact in one clause, about in another",
        ("三(四)2", "四(二)"),
        "14",
    )


def money_per_mu(plan: Plan) -> PlanCheck:
    """Investment per mu of the service-trade park."""
    money, land = value(plan, "S18"), value(plan, "S14")
    return PlanCheck(
        "investment-per-mu",
        f"3 年投资 {money:g} 亿元，{land:g} 亩",
        f"CNY {money:g} × 100 m in 3 years on {land:g} mu",
        f"每亩 {money * _WAN / land:.0f} 万元",
        f"CNY {money * _WAN / land:.0f} × 10,000 a mu",
        Agrees.UNKNOWN,
        "方案没有写投资强度，无从对照",
        "The plan states no investment per mu to compare with",
        ("四(二)",),
    )


def health_city(plan: Plan) -> PlanCheck:
    """20,000 and 11,000 mu in km², and the part within the whole."""
    whole, part = value(plan, "S22"), value(plan, "S23")
    km2 = [m2_of_mu(mu * _WAN) / 1e6 for mu in (whole, part)]
    return PlanCheck(
        "health-city-area",
        f"规划 {whole:g} 万亩，其中建设用地 {part:g} 万亩",
        f"{whole:g} × 10,000 mu planned, {part:g} of it for construction",
        f"{km2[0]:.2f} km² 与 {km2[1]:.2f} km²，占 {percent(part / whole, 0)}",
        f"{km2[0]:.2f} km² and {km2[1]:.2f} km², {percent(part / whole, 0)}",
        yes_if(part <= whole),
        "部分不大于整体；A 区、B 区各占多少没有写",
        "The part is within the whole; the shares of areas A and B are not stated",
        ("四(三)",),
    )


def built_up(plan: Plan) -> PlanCheck:
    """Built-up area as a share of the zone."""
    part, whole = value(plan, "F003"), value(plan, "F002")
    return PlanCheck(
        "built-up-share",
        f"建成区 {part:g} km²，全区 {whole:g} km²",
        f"Built-up {part:g} km² of {whole:g} km²",
        f"占 {percent(part / whole, 1)}",
        f"{percent(part / whole, 1)}",
        yes_if(part <= whole),
        "部分不大于整体；建成区范围没有公布",
        "The part is within the whole; the extent of the built-up area is not published",
        ("一(一)",),
    )


def services(plan: Plan) -> PlanCheck:
    """107.03 / 225 against the stated share."""
    stated = float(said(plan, "F026").split(":")[2])
    share = value(plan, "F024") / value(plan, "F005") * 100
    return PlanCheck(
        "services-share",
        f"服务业占 {stated:g} %",
        f"Services {stated:g} %",
        f"{value(plan, 'F024'):g} / {value(plan, 'F005'):g} = {share:.2f} %",
        f"{value(plan, 'F024'):g} / {value(plan, 'F005'):g} = {share:.2f} %",
        yes_if(abs(share - stated) <= _SHARE_TOLERANCE),
        f"差 {abs(share - stated):.2f} 个百分点，因生产总值取整；容差 {_SHARE_TOLERANCE:g}",
        f"Off by {abs(share - stated):.2f} points because GDP is rounded; "
        f"tolerance {_SHARE_TOLERANCE:g}",
        ("一(一)", "一(二)"),
        "10",
    )


def structure(plan: Plan) -> PlanCheck:
    """The three sectors add up."""
    parts = said(plan, "F026").split(":")
    total = sum(map(float, parts))
    return PlanCheck(
        "three-sectors",
        f"三次产业 {' : '.join(parts)}",
        f"Three sectors {' : '.join(parts)}",
        f"{' + '.join(parts)} = {total:.2f}",
        f"{' + '.join(parts)} = {total:.2f}",
        yes_if(round(total, 2) == 100),
        "合计应为 100 %",
        "Should come to 100 %",
        ("一(二)",),
    )


def zhongke(plan: Plan) -> PlanCheck:
    """4.4 against 2.8 + 1.5."""
    whole, one, other = value(plan, "S09"), value(plan, "S24"), value(plan, "S25")
    off = abs(whole - one - other)
    return PlanCheck(
        "zhongke-floor-area",
        f"众科园 {whole:g} 万㎡；加速基地二期 {one:g}、专家公寓 {other:g} 万㎡",
        f"Zhongke park {whole:g}; accelerator II {one:g}, expert apartments {other:g} × 10,000 m²",
        f"{one:g} + {other:g} = {one + other:.1f}，与 {whole:g} 差 {off:.1f} 万㎡",
        f"{one:g} + {other:g} = {one + other:.1f}, {off:.1f} off {whole:g}",
        yes_if(round(one + other, 1) == whole),
        "可能本来就是两件事；本产品不把两处相加",
        "They may be separate things; this product does not add them up",
        ("三(三)2", "四(四)"),
        "5",
    )


def platforms(plan: Plan) -> PlanCheck:
    """National and provincial platforms against all, and against the target."""
    nation, province, all_ = (value(plan, id_) for id_ in ("F029", "F030", "F028"))
    goal, base = value(plan, "G09"), nation + province
    return PlanCheck(
        "platforms",
        f"{all_:g} 个平台中国家级 {nation:g}、省级 {province:g}；目标 {goal:g}",
        f"Of {all_:g} platforms {nation:g} national and {province:g} provincial; target {goal:g}",
        f"{nation:g} + {province:g} = {base:g}，还差 {goal - base:g} 个",
        f"{nation:g} + {province:g} = {base:g}, {goal - base:g} to go",
        yes_if(base <= all_ and base <= goal),
        f"基数 {base:g} 由两个数相加，方案没有直接写",
        f"The baseline of {base:g} is a sum; the plan does not state it",
        ("一(三)", "二(四)3"),
        "4",
    )


def incubators(plan: Plan) -> PlanCheck:
    """Graded incubators and maker spaces within the total."""
    parts = [value(plan, id_) for id_ in ("F038", "F039", "F040", "F041")]
    total, shown = (
        value(plan, "F036"),
        " + ".join(f"{value(plan, f'F0{n}'):g}" for n in range(38, 42)),
    )
    return PlanCheck(
        "incubators",
        f"孵化载体 {total:g} 个，其中国家级、省级孵化器和众创空间分列",
        f"{total:g} incubators, national and provincial incubators and maker spaces listed",
        f"{shown} = {sum(parts):g} ≤ {total:g}",
        f"{shown} = {sum(parts):g} ≤ {total:g}",
        yes_if(sum(parts) <= total),
        f"其余 {total - sum(parts):g} 个级别没有写",
        f"The grade of the other {total - sum(parts):g} is not stated",
        ("一(三)",),
    )


def upgrades(plan: Plan) -> PlanCheck:
    """Things to be upgraded against things there are."""
    pairs = [(value(plan, a), value(plan, b)) for a, b in (("S07", "F028"), ("S08", "F036"))]
    shown = "；".join(f"{goal:g} = {stock:g}" for goal, stock in pairs)
    return PlanCheck(
        "upgrades",
        f"提升 {pairs[0][0]:g} 个研发平台、{pairs[1][0]:g} 个孵化载体",
        f"Upgrade {pairs[0][0]:g} R&D platforms and {pairs[1][0]:g} incubators",
        f"与现有数相比：{shown}",
        "Against what there is: " + "; ".join(f"{goal:g} = {stock:g}" for goal, stock in pairs),
        yes_if(all(goal == stock for goal, stock in pairs)),
        "是现有对象的升级，不是新增，所以基数不表示进度",
        "An upgrade of what exists, not an addition: the baseline is no progress",
        ("一(三)", "三(三)1", "四(四)"),
    )


def members(plan: Plan) -> PlanCheck:
    """Institutes and finance centres named against the numbers stated."""
    pairs = []
    for id_ in ("S06", "S21"):
        target = plan.target(id_)
        pairs.append((value(plan, id_), len(target.entities) if target else 0))
    return PlanCheck(
        "members-named",
        f"{pairs[0][0]:g} 个研究院，{pairs[1][0]:g} 个金融中心",
        f"{pairs[0][0]:g} institutes, {pairs[1][0]:g} finance centres",
        f"列出名称的有 {pairs[0][1]} 个和 {pairs[1][1]} 个",
        f"{pairs[0][1]} and {pairs[1][1]} are named",
        yes_if(all(stated == named for stated, named in pairs)),
        "数量与名单一致",
        "The numbers fit the lists",
        ("三(三)1", "三(四)2"),
    )


def year_before(plan: Plan) -> PlanCheck:
    """GDP and services a year earlier, from the stated growth."""
    gdp, up = value(plan, "F005"), value(plan, "F006")
    third, third_up = value(plan, "F024"), value(plan, "F025")
    was, third_was = gdp / (1 + up / 100), third / (1 + third_up / 100)
    return PlanCheck(
        "year-before",
        f"2016 年生产总值 {gdp:g} 亿元，增长 {up:g} %；服务业 {third:g} 亿元，增长 {third_up:g} %",
        f"2016: GDP {gdp:g}, up {up:g} %; services {third:g}, up {third_up:g} %",
        f"推算 2015 年 {was:.1f} 与 {third_was:.1f} 亿元，服务业占 {percent(third_was / was, 1)}",
        f"2015 would be {was:.1f} and {third_was:.1f}, services {percent(third_was / was, 1)}",
        Agrees.UNKNOWN,
        "方案没有 2015 年数；增速通常按可比价计算，推算只供参考",
        "The plan has no 2015 figure; growth is usually at constant prices, so this is a hint only",
        ("一(一)", "一(二)"),
    )


CHECKS: tuple[Callable[[Plan], PlanCheck], ...] = (
    growth,
    floor_area_ratio,
    money_per_mu,
    health_city,
    built_up,
    services,
    structure,
    zhongke,
    platforms,
    incubators,
    upgrades,
    members,
    year_before,
)
