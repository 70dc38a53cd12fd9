"""Checks of the plan against the calendar, against positions and against later public facts."""

from collections.abc import Callable, Sequence
from datetime import date

from geo import measure
from geo.errors import DataError
from geo.plan.finding import Agrees, PlanCheck, facts, percent, said, value, yes_if
from geo.plan.values import Fact, Plan
from geo.units import m2_of_mu

_AREA_TOLERANCE = 0.005  # of the whole: surveys of one territory differ by less
_HA_PER_KM2 = 100


def brief(plan: Plan) -> PlanCheck:
    """The area of our own task against the plan's."""
    ours, plans = plan.document.brief_area_km2, value(plan, "F002")
    return PlanCheck(
        "brief-area",
        f"任务书 {ours:g} km²，方案 {plans:g} km²",
        f"Task {ours:g} km², plan {plans:g} km²",
        f"差 {plans - ours:.2f} km²（{percent((plans - ours) / plans, 2)}）",
        f"{plans - ours:.2f} km² apart ({percent((plans - ours) / plans, 2)})",
        yes_if(round(plans) == ours),
        f"取整后相同；核对时用 {plans:g}",
        f"The same once rounded; {plans:g} is used for checking",
        ("一(一)",),
        "16",
    )


def dates(plan: Plan) -> PlanCheck:
    """Days of the document, and whether the events it tells of come before it."""
    paper = plan.document
    started = date.fromisoformat(said(plan, "F066"))
    approved = date.fromisoformat(said(plan, "F065") + "-01")
    years = sorted({t.by_year for t in plan.targets if t.by_year is not None})
    return PlanCheck(
        "dates",
        f"{paper.written} 成文，{paper.published} 公开；立项 {approved:%Y-%m}，开工 {started}",
        f"Written {paper.written}, published {paper.published}; approved {approved:%Y-%m}, "
        f"started {started}",
        f"公开晚 {(paper.published - paper.written).days} 天；目标年 {years[0]}–{years[-1]}",
        f"Published {(paper.published - paper.written).days} days later; "
        f"targets for {years[0]}–{years[-1]}",
        yes_if(approved < started < paper.written < paper.published),
        "先后顺序合理；默认显示当时的计划，实际值由使用者补充",
        "The order makes sense; the plan of the day is shown, actuals are for the user to supply",
        ("题头", "四(二)", "落款"),
        "17",
    )


def airport(plan: Plan) -> PlanCheck:
    """35 km against the straight line."""
    stated = value(plan, "F013")
    (leg,) = measure.legs([plan.document.city_point, plan.document.airport_point])
    line = leg.length_m / 1000
    return PlanCheck(
        "airport",
        f"距机场 {stated:g} km",
        f"{stated:g} km to the airport",
        f"直线 {line:.1f} km",
        f"{line:.1f} km in a straight line",
        Agrees.UNKNOWN if line <= stated else Agrees.NO,
        "方案没有写是路程还是直线，也没有写起点；路程不会短于直线，所以可能是路程",
        "It says neither by road nor from where; a road is never shorter, so it may be by road",
        ("一(一)",),
    )


def zone_area(plan: Plan) -> PlanCheck:
    """Later figures of the zone's area."""
    stated = value(plan, "F002")
    found = _numbers(facts(plan, "Z01", "area"))
    near = [n for _, n in found if abs(n - stated) / stated <= _AREA_TOLERANCE]
    shown = [f"{round(n, 2):g}（{f.as_of}，{percent(n / stated - 1, 2, '+')}）" for f, n in found]
    shown_en = [
        f"{round(n, 2):g} ({f.as_of_en}, {percent(n / stated - 1, 2, '+')})" for f, n in found
    ]
    return PlanCheck(
        "zone-area",
        f"全区 {stated:g} km²",
        f"Zone {stated:g} km²",
        "；".join(shown),
        "; ".join(shown_en),
        yes_if(len(near) == len(found)),
        f"{len(found)} 个数中 {len(near)} 个在 {percent(_AREA_TOLERANCE, 1)} 以内；"
        "其余因辖区调整或口径不同，不代替方案的数",
        f"{len(near)} of {len(found)} within {percent(_AREA_TOLERANCE, 1)}; the others follow "
        "changes of territory or definition and replace nothing",
        ("一(一)",),
        "16",
    )


def land_classes(plan: Plan) -> PlanCheck:
    """Eight classes of land use against their total and against the plan."""
    parts = [n for _, n in _numbers(facts(plan, "Z01", "land-use area"))]
    total = next((n for _, n in _numbers(facts(plan, "Z01", "total land"))), None)
    if total is None:
        raise DataError("登记表中没有经区土地总面积，请核对 facts.csv", "PLAN_VALUE")
    stated = value(plan, "F002")
    km2 = total / _HA_PER_KM2
    fits = round(sum(parts), 2) == total and abs(km2 - stated) / stated <= _AREA_TOLERANCE
    return PlanCheck(
        "land-classes",
        f"全区 {stated:g} km²；2013 年底土地总面积 {total:,.2f} 公顷",
        f"Zone {stated:g} km²; total land at the end of 2013 {total:,.2f} ha",
        f"{len(parts)} 类合计 {sum(parts):,.2f} 公顷 = {km2:.2f} km²，"
        f"比方案 {percent(km2 / stated - 1, 2, '+')}",
        f"{len(parts)} classes add up to {sum(parts):,.2f} ha = {km2:.2f} km², "
        f"{percent(km2 / stated - 1, 2, '+')} against the plan",
        yes_if(fits),
        "年份不同，差在容差之内",
        "Of another year, within the tolerance",
        ("一(一)",),
    )


def park(plan: Plan) -> PlanCheck:
    """500 mu and 80–100 万㎡ against a later report."""
    mu, top = value(plan, "S14"), plan.target("S15")
    area = next((n for _, n in _numbers(facts(plan, "P05", "area"))), None)
    floor = next((n for _, n in _numbers(facts(plan, "P05", "floor area"))), None)
    if area is None or floor is None or top is None or top.value_high is None:
        raise DataError("登记表中服贸园的后来数据不全，请核对 facts.csv", "PLAN_VALUE")
    ratio, more = floor * 10_000 / m2_of_mu(area), percent(area / mu - 1, 1, "+")
    return PlanCheck(
        "park-later",
        f"{mu:g} 亩，{top.value_text} 万㎡",
        f"{mu:g} mu, {top.value_text} × 10,000 m²",
        f"后来资料 {area:g} 亩（{more}）、{floor:g} 万㎡，容积率 {ratio:.2f}",
        f"Later {area:g} mu ({more}), {floor:g} × 10,000 m², ratio {ratio:.2f}",
        yes_if(area == mu and floor <= top.value_high),
        "后来数来自自媒体转载，是规划数，不代替方案的数",
        "The later figures are a private reprint and planned ones; they replace nothing",
        ("三(四)2", "四(二)"),
        "14",
    )


def coast(plan: Plan) -> PlanCheck:
    """14 km against the yearbook."""
    stated = value(plan, "F059")
    later = next((n for _, n in _numbers(facts(plan, "N03", "length"))), None)
    shown = (
        "没有后来数"
        if later is None
        else f"年鉴 {later:g} km（{percent(later / stated - 1, 1, '+')}）"
    )
    shown_en = (
        "none"
        if later is None
        else f"Yearbook {later:g} km ({percent(later / stated - 1, 1, '+')})"
    )
    return PlanCheck(
        "coast",
        f"岸线修复 {stated:g} km",
        f"Coast restored: {stated:g} km",
        shown,
        shown_en,
        Agrees.UNKNOWN if later is None else yes_if(round(later) == stated),
        "取整后相同",
        "The same once rounded",
        ("一(五)",),
    )


def built_up_later(plan: Plan) -> PlanCheck:
    """42.3 km² against a promotion page."""
    stated = value(plan, "F003")
    found = _numbers(facts(plan, "Z02", "area"))
    return PlanCheck(
        "built-up-later",
        f"建成区 {stated:g} km²",
        f"Built-up area {stated:g} km²",
        "；".join(f"{n:g} km²（{f.as_of}）" for f, n in found),
        "; ".join(f"{n:g} km² ({f.as_of_en})" for f, n in found),
        Agrees.UNKNOWN,
        "年份不同，两数都可能对；2013 年城镇村及工矿用地是另一口径",
        "Of different years, both may be right; urban and industrial land in 2013 is another thing",
        ("一(一)",),
    )


def founding(plan: Plan) -> PlanCheck:
    """Month of founding against a full date."""
    stated = said(plan, "F001")
    found = facts(plan, "Z01", "approved")
    return PlanCheck(
        "founding",
        f"{stated} 批准设立",
        f"Founded {stated}",
        "；".join(f.value for f in found),
        "; ".join(f.value_en for f in found),
        yes_if(bool(found) and all(f.value.startswith(stated) for f in found)),
        "月份一致；另有英文页写 1993-10-21",
        "The month agrees; one English page says 1993-10-21",
        ("一(一)",),
    )


def exchange_centre(plan: Plan) -> PlanCheck:
    """Planned completion against the opening planned later."""
    first = next((f.value for f in facts(plan, "J01", "planned completion")), "")
    then = next((f.value for f in facts(plan, "J01", "planned opening")), "")
    if not (first and then):
        raise DataError("登记表中国际经贸交流中心的日期不全，请核对 facts.csv", "PLAN_VALUE")
    months = _months(then) - _months(first)
    return PlanCheck(
        "exchange-centre",
        f"开工时计划 {first} 完工",
        f"At the start completion was planned for {first}",
        f"后来计划 {then} 投运，相差 {months} 个月",
        f"Opening was later planned for {then}, {months} months on",
        yes_if(months <= 0),
        "两个都是计划；实际投运日期未查到。方案本身没有写完工日期",
        "Both are plans; no actual opening was found. The plan itself states no completion date",
        ("一(五)", "三(一)1"),
    )


def _months(year_month: str) -> int:
    year, month = map(int, year_month.split("-")[:2])
    return year * 12 + month


def _numbers(found: Sequence[Fact]) -> list[tuple[Fact, float]]:
    return [(fact, fact.number) for fact in found if fact.number is not None]


CHECKS: tuple[Callable[[Plan], PlanCheck], ...] = (
    brief,
    dates,
    airport,
    zone_area,
    land_classes,
    park,
    coast,
    built_up_later,
    founding,
    exchange_centre,
)
