"""Why demands cannot be met, in sentences: which demand, which exclusion, by how many mu.

Every number comes from `geo.allocate.explain`, whose reasons carry their own proof.
"""

from collections.abc import Callable, Iterator, Sequence

from geo.allocate import Reason, Reduction, Removal
from geo.scenario.definition import Demand
from geo.scenario.values import Ease, Prepared, ReasonLabel, Told, UseLabel
from geo.units import AreaUnit, format_area, mu

Sentence = tuple[str, str]


def told(prepared: Prepared, reasons: Sequence[Reason]) -> tuple[Told, ...]:
    """Reasons in words, the worst first; what nobody has data of is told last."""
    ordered = sorted(reasons, key=lambda one: -one.short_m2)
    return tuple(_told(prepared, one) for one in ordered)


def _told(prepared: Prepared, one: Reason) -> Told:
    sentence = _SENTENCES[one.code](prepared, one)
    rows = (*_eases(prepared, one.removals), *_reductions(prepared, one.reductions))
    details = [
        *(_of_removal(prepared, row) for row in rows if row.kind == "exclusion"),
        *(_of_reduction(one, row) for row in rows if row.kind == "use"),
        *_unheld(prepared),
    ]
    uses = tuple(prepared.problem.uses[use] for use in one.uses)
    return Told(one.code, *sentence, tuple(details), uses, mu(one.short_m2), rows)


def _land(prepared: Prepared, one: Reason) -> Sentence:
    names, english = _names(prepared, one.uses)
    asked, open_, short = (_both(m2) for m2 in (one.asked_m2, one.open_m2, one.short_m2))
    together = "合计" if len(one.uses) > 1 else ""
    zh = f"{names}{together}至少需要 {asked[0]}，可用的土地最多 {open_[0]}，缺 {short[0]}。"
    en = f"{english} need at least {asked[1]}; at most {open_[1]} are open: {short[1]} short."
    return zh, en


def _room(prepared: Prepared, one: Reason) -> Sentence:
    names, english = _names(prepared, one.uses)
    asked, short = _both(one.asked_m2), _both(one.short_m2)
    zh = f"{names}最多容纳 {asked[0]}，但只能用于它们的土地多出 {short[0]}。"
    return (
        zh,
        f"{english} hold at most {asked[1]}; land that only they may take is {short[1]} more.",
    )


def _band(prepared: Prepared, one: Reason) -> Sentence:
    names, english = _names(prepared, one.uses)
    low, high = _both(one.asked_m2), _both(one.open_m2)
    zh = f"{names}的需求下限 {low[0]} 高于上限 {high[0]}，请改正需求。"
    return zh, f"{english}: the least, {low[1]}, is above the most, {high[1]}."


def _closed(prepared: Prepared, one: Reason) -> Sentence:
    asked = _both(one.asked_m2)
    zh = f"有 {asked[0]} 土地必须使用，却对所有用途都被排除。"
    return zh, f"{asked[1]} must be used but are closed to every use."


def _grain(prepared: Prepared, one: Reason) -> Sentence:
    names, english = _names(prepared, one.uses)
    near, short = _both(one.open_m2), _both(one.short_m2)
    zh = f"{names}的需求区间太窄，整块单元凑不出：最接近的是 {near[0]}，差 {short[0]}。"
    en = f"{english}: whole units do not fit the demand; the nearest is {near[1]}, {short[1]} off."
    return zh, en


_SENTENCES: dict[str, Callable[[Prepared, Reason], Sentence]] = {
    "LAND": _land,
    "ROOM": _room,
    "BAND": _band,
    "CLOSED": _closed,
    "GRAIN": _grain,
}


def _eases(prepared: Prepared, removals: Sequence[Removal]) -> Iterator[Ease]:
    for one in removals:
        words = prepared.reasons.get(one.code, ReasonLabel(one.code, one.code))
        relax = None if one.relax_m2 is None else mu(one.relax_m2)
        sizes = mu(one.touched_m2), mu(one.alone_m2)
        yield Ease(one.code, "exclusion", words.title, words.title_en, relax, *sizes)


def _reductions(prepared: Prepared, reductions: Sequence[Reduction]) -> Iterator[Ease]:
    for one in reductions:
        by = None if one.by_m2 is None else mu(one.by_m2)
        yield Ease(prepared.problem.uses[one.use], "use", *_name(prepared, one.use), by)


def _of_removal(prepared: Prepared, row: Ease) -> Sentence:
    touched, alone = _mu(row.touched_mu or 0.0), _mu(row.alone_mu or 0.0)
    zh = f"{row.title}占去 {touched[0]}，其中仅因它不能用的 {alone[0]}；"
    en = f"{row.title_en} takes {touched[1]}, {alone[1]} of it alone; "
    if row.by_mu is None:
        return f"{zh}仅放开它还不够。", f"{en}lifting it alone is not enough."
    need = _mu(row.by_mu)
    return f"{zh}至少放开 {need[0]}即可满足。", f"{en}opening {need[1]} of it would do."


def _of_reduction(one: Reason, row: Ease) -> Sentence:
    if row.by_mu is None:
        return (
            f"仅调整{row.title}的需求还不够。",
            f"Changing the demand of {row.title_en} alone is not enough.",
        )
    need = _mu(row.by_mu)
    up = one.code == "ROOM"
    zh = f"{row.title}的需求至少{'增加' if up else '减少'} {need[0]}即可满足。"
    word = "raising" if up else "lowering"
    return zh, f"{word.capitalize()} the demand of {row.title_en} by {need[1]} would do."


def _unheld(prepared: Prepared) -> Iterator[Sentence]:
    """Exclusions without data could only make it worse; factors without, only better."""
    for role, (zh, en) in _UNHELD.items():
        names = [one for one in prepared.no_data if one.role == role]
        if names:
            named = "、".join(one.title for one in names), ", ".join(one.title_en for one in names)
            yield f"无数据：{named[0]}。{zh}", f"No data: {named[1]}. {en}"


_UNHELD = {
    "limit": (
        "导入后可用的土地只会更少，不会更多。",
        "Once brought in there can only be less open land, never more.",
    ),
    "factor": (
        "缺这些因子的土地没有评分或评分偏低，导入后可用的土地可能更多。",
        "Land lacks points for want of them; once brought in more may be open.",
    ),
    "both": (
        "既是限制又是因子，导入后可用的土地可能更少，也可能更多。",
        "Both limit and factor: once brought in there may be less open land, or more.",
    ),
}


def _names(prepared: Prepared, uses: Sequence[int]) -> Sentence:
    both = [_name(prepared, use) for use in uses]
    zh = "、".join(
        f"{name}{_clause(prepared, use)}" for use, (name, _) in zip(uses, both, strict=True)
    )
    en = ", ".join(
        f"{english}{_clause(prepared, use, english=True)}"
        for use, (_, english) in zip(uses, both, strict=True)
    )
    return zh, en


def _name(prepared: Prepared, use: int) -> Sentence:
    """A use of the problem; with its year where there are periods."""
    count = len(prepared.labels)
    label, period = prepared.labels[use % count], use // count
    years = prepared.definition.periods
    called = english(prepared, label)
    if len(years) < 2:
        return label.name, f"{called} ({label.code})"
    return f"{label.name}（{years[period]} 年）", f"{called} ({label.code}, {years[period]})"


def english(prepared: Prepared, label: UseLabel) -> str:
    """The English name of a use; with its id where others of the scenario are called the same."""
    alike = [one for one in prepared.labels if one.name_en == label.name_en]
    return label.name_en if len(alike) == 1 else f"{label.name_en} “{label.id}”"


def _clause(prepared: Prepared, use: int, *, english: bool = False) -> str:
    asked = demand_of(prepared, use)
    if not (asked and asked.clause):
        return ""
    return f" [clause {asked.clause}]" if english else f"（条款 {asked.clause}）"


def demand_of(prepared: Prepared, use: int) -> Demand | None:
    """The demand of a use of the problem, None if nothing is asked."""
    count, spans = len(prepared.labels), prepared.definition.spans
    id_, period = prepared.labels[use % count].id, use // count
    return next(
        (
            one
            for one in prepared.definition.demands
            if one.use == id_ and (one.period == period or spans == 1)
        ),
        None,
    )


def _both(m2: float) -> Sentence:
    return format_area(m2, AreaUnit.MU), format_area(m2, AreaUnit.MU, english=True)


def _mu(amount: float) -> Sentence:
    return _both(amount * 2000 / 3)
