"""Checks of what the plan leaves open: definitions, baselines, start years, names."""

from collections.abc import Callable

from geo.errors import DataError
from geo.plan.finding import Agrees, PlanCheck, facts, percent, said, value, year, yes_if
from geo.plan.progress import due_years
from geo.plan.values import Plan, Target
from geo.units import m2_of_mu


def subjects(plan: Plan) -> PlanCheck:
    """Three subjects, two values."""
    found = [t for t in plan.targets if "ambiguous_subjects" in t.flags]
    shown = "、".join(f"{t.value_text} {t.unit}" for t in found)
    return PlanCheck(
        "ambiguous-subjects",
        "三类企业合写一句，给出的数值比类别少",
        "Three kinds of enterprise share one statement with fewer values than kinds",
        f"登记为 {len(found)} 行：{shown}",
        f"Entered as {len(found)} rows: " + ", ".join(t.value_text for t in found),
        Agrees.UNKNOWN,
        "哪个数对应哪类企业要由人确认",
        "Which value belongs to which kind is for a person to decide",
        ("二(四)2",),
        "1",
    )


def research(plan: Plan) -> PlanCheck:
    """R&D share of different circles of firms."""
    was, before, goal = value(plan, "F033"), value(plan, "F034"), value(plan, "G11")
    return PlanCheck(
        "research-share",
        f"规上企业研发占比 {was:g} %（上年 {before:g} %）；目标 {goal:g} % 为全社会口径",
        f"R&D of firms above designated size {was:g} % ({before:g} % before); "
        f"the target of {goal:g} % counts the whole society",
        "口径不同，不作差、不连线",
        "Different definitions: no difference is taken, no line is drawn",
        Agrees.UNKNOWN,
        "缺全社会口径的基数",
        "A baseline for the whole society is missing",
        ("一(三)", "二(四)4"),
        "2",
    )


def talent(plan: Plan) -> PlanCheck:
    """High-level talent under two names."""
    was, goal = value(plan, "F046"), value(plan, "G12")
    return PlanCheck(
        "talent",
        f"高层次人才 {was:g} 人；目标为领军人才 {goal:g} 人以上",
        f"High-level talent {was:g}; the target is {goal:g} or more leading talent",
        "名称不同，不作差",
        "Different names: no difference is taken",
        Agrees.UNKNOWN,
        "缺领军人才的基数",
        "A baseline for leading talent is missing",
        ("一(三)", "二(四)4"),
        "3",
    )


def no_baseline(plan: Plan) -> PlanCheck:
    """Zone-wide targets that nothing can be measured against."""
    found = [t for t in plan.targets if t.id.startswith("G") and "no_baseline" in t.flags]
    ids = "、".join(sorted(t.id for t in found))
    return PlanCheck(
        "no-baseline",
        "全区目标中有几项没有给出当时的数值",
        "Some zone-wide targets come without the value of the day",
        f"{len(found)} 项：{ids}",
        f"{len(found)}: {ids.replace('、', ', ')}",
        Agrees.UNKNOWN,
        "暂时无法衡量；其中 G05 同时对应不明",
        "Cannot be measured yet; G05 is ambiguous as well",
        tuple(dict.fromkeys(clause for t in found for clause in t.clauses)),
        "11",
    )


def start_year(plan: Plan) -> PlanCheck:
    """The new town's three steps."""
    steps = [t for t in plan.targets if t.entities == ("D01",) and t.op == "milestone"]
    years = "、".join(str(t.years_low) for t in steps)
    return PlanCheck(
        "new-town-steps",
        f"新城分 {years} 年三步",
        f"The new town goes in steps of {years.replace('、', ', ')} years",
        "没有起步年，算不出完成年",
        "Without a start year no end year follows",
        Agrees.UNKNOWN,
        "起步年由使用者设定，默认空",
        "The start year is a setting, empty by default",
        ("三(一)1",),
        "12",
    )


def time_frames(plan: Plan) -> PlanCheck:
    """Three time frames of the service-trade park."""
    park, money, land = (_target(plan, id_) for id_ in ("S15", "S18", "S14"))
    base = plan.document.written.year
    first, last = _due(park, base)
    spent = _due(money, base)[1]
    return PlanCheck(
        "park-time-frames",
        f"{park.by}建 {park.value_text} 万㎡；{land.by}整理用地；"
        f"{money.by}投资 {value(plan, 'S18'):g} 亿元",
        f"{park.value_text} × 10,000 m² {park.by_en}; land {land.by_en}; "
        f"CNY {value(plan, 'S18'):g} × 100 m {money.by_en}",
        f"若从 {base} 年起算：{first}–{last} 年，土地 {land.by_year} 年，投资 {spent} 年",
        f"Counted from {base}: {first}–{last}, land {land.by_year}, investment {spent}",
        Agrees.UNKNOWN,
        "三个期限是不同里程碑，不矛盾；起算年没有写",
        "Three milestones, no conflict; the start year is not stated",
        ("三(四)2", "四(二)"),
        "8",
    )


def _target(plan: Plan, id_: str) -> Target:
    target = plan.target(id_)
    if target is None:
        raise DataError(f"登记表中没有目标 {id_}，无法核算，请核对 targets.csv", "PLAN_VALUE")
    return target


def _due(target: Target, start_year: int) -> tuple[int, int]:
    years = due_years(target, start_year)
    if years is None:
        raise DataError(f"登记表中 {target.id} 没有期限，请核对 targets.csv", "PLAN_VALUE")
    return years


def spellings(plan: Plan) -> PlanCheck:
    """Spellings of the Gushan park."""
    park = plan.entity("P03")
    names = (park.name, *park.aliases) if park else ()
    return PlanCheck(
        "gushan-spellings",
        "崮山的园区在多处写法不同",
        "The Gushan park is written differently in several places",
        f"{len(names)} 种写法：{'、'.join(names)}",
        f"{len(names)} spellings",
        Agrees.UNKNOWN,
        "合并为一处，任一写法都能查到",
        "Joined into one entity; every spelling finds it",
        park.clauses if park else (),
        "6",
    )


def major_projects(plan: Plan) -> PlanCheck:
    """Projects of the new town: named against stated."""
    number, money = value(plan, "S04"), value(plan, "S05")
    one = next((f for f in facts(plan, "J01", "investment") if f.number), None)
    share = f"；其中国际经贸交流中心 {one.number:g} 亿元" if one and one.number else ""
    share_en = f"; the exchange centre is {one.number:g} of it" if one and one.number else ""
    return PlanCheck(
        "major-projects",
        f"新城 {number:g} 个重点项目，总投资 {money:g} 亿元",
        f"{number:g} major projects in the new town, CNY {money:g} × 100 m",
        f"平均每个 {money / number:.1f} 亿元{share}",
        f"{money / number:.1f} × 100 m each on average{share_en}",
        Agrees.UNKNOWN,
        "名单没有公布，总数和总额无法复核",
        "The list is not published, so neither number can be verified",
        ("三(一)1",),
    )


def trade(plan: Plan) -> PlanCheck:
    """35 % a year since founding against the cumulative total."""
    total, rate = value(plan, "F055"), value(plan, "F056") / 100
    first, last = int(said(plan, "F001")[:4]), year(plan, "F055")
    years = last - first + 1
    # a steady geometric series of `years` terms that sums to the total
    final = total * rate * (1 + rate) ** (years - 1) / ((1 + rate) ** years - 1)
    return PlanCheck(
        "trade-growth",
        f"累计进出口 {total:g} 亿美元，年均增长 {percent(rate, 0)}",
        f"Cumulative trade USD {total:g} × 100 m, growing {percent(rate, 0)} a year",
        f"若 {first}–{last} 年一直按此增长，{last} 年一年就是 {final:.0f} 亿美元",
        f"If it had grown so all of {first}–{last}, {last} alone would be {final:.0f}",
        Agrees.UNKNOWN,
        "没有写从哪年到哪年，也没有逐年数，无法核实；推介页写 44.5 %",
        "The period and the yearly figures are not stated; a promotion page says 44.5 %",
        ("一(四)",),
    )


def about_500(plan: Plan) -> PlanCheck:
    """500 mu, exact and about."""
    target, park = plan.target("S14"), plan.entity("P05")
    mu = value(plan, "S14")
    land = m2_of_mu(mu)
    declared = park.declared_m2 if park else None
    return PlanCheck(
        "park-area-wording",
        f"一处写 {mu:g} 亩，一处写“{target.value_text if target else ''}”",
        f"{mu:g} mu in one clause, about {mu:g} in another",
        f"{mu:g} 亩 = {land:,.0f} ㎡，登记 {declared or 0:,.0f} ㎡",
        f"{mu:g} mu = {land:,.0f} m², entered as {declared or 0:,.0f} m²",
        yes_if(declared is not None and abs(declared - land) < 1),
        "按整数亩登记，注明是约数",
        "Entered as a whole number of mu, marked approximate",
        ("三(四)2", "四(二)"),
        "14",
    )


def _wording(number: str) -> Callable[[Plan], PlanCheck]:
    """A check of words: nothing to compute, the open point is passed on."""

    def made(plan: Plan) -> PlanCheck:
        point = next((i for i in plan.inconsistencies if i.id == number), None)
        if point is None:
            raise DataError(
                f"登记表中没有第 {number} 项疑点，请核对 inconsistencies.csv", "PLAN_VALUE"
            )
        return PlanCheck(
            f"wording-{number}",
            f"{point.title}：{point.says}",
            f"{point.title_en}: {point.says_en}",
            "不能计算",
            "Cannot be computed",
            Agrees.UNKNOWN,
            point.does,
            point.does_en,
            point.clauses,
            number,
        )

    return made


CHECKS: tuple[Callable[[Plan], PlanCheck], ...] = (
    subjects,
    research,
    talent,
    no_baseline,
    start_year,
    time_frames,
    spellings,
    major_projects,
    trade,
    about_500,
    *(_wording(number) for number in ("7", "13", "15", "18", "19")),
)
