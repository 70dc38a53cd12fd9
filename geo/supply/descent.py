"""Whether parcels that came out of others fit them: linked both ways, same day, same area."""

from collections.abc import Callable, Iterator, Sequence
from math import fsum

from geo.supply.fold import ENDINGS, Track, names
from geo.supply.rules import Rules
from geo.supply.values import Parcel
from geo.supply.walk import Fault, Turn

Finder = Callable[[str], Track | None]


def faults(track: Track, of: Finder, rules: Rules) -> Iterator[Fault]:
    """Faults between a parcel and those it came from and went into."""
    start, end = entering(track, rules), ending(track, rules)
    if start is not None and start.after is not None and start.after.parents:
        yield from _origin(start, of, rules)
    if end is not None:
        yield from _issue(end, of, rules)


def entering(track: Track, rules: Rules) -> Turn | None:
    """How a parcel entered."""
    for entry, after in zip(track.stood, track.steps, strict=True):
        if after is not None:
            return Turn(entry, None, after, rules)
    return None


def ending(track: Track, rules: Rules) -> Turn | None:
    """How a parcel went into others, if it did."""
    before: Parcel | None = None
    for entry, after in zip(track.stood, track.steps, strict=True):
        if before is not None and before.live and after is not None and not after.live:
            return Turn(entry, before, after, rules)
        before = after
    return None


def _origin(start: Turn, of: Finder, rules: Rules) -> Iterator[Fault]:
    """Faults seen from a child: each parent must have gone into it on the day it entered."""
    parents = start.after.parents if start.after else ()
    ends = list[Turn]()
    for id_ in parents:
        found = of(id_)
        end = ending(found, rules) if found else None
        linked = end is not None and end.after is not None and start.id in end.after.children
        if end is None or not linked or end.entry.on != start.entry.on:
            said = (
                f"写明来自 {id_}，但 {id_} 没有同日分割、合并或变更为本宗地的记录，须一并登记或撤销"
            )
            yield start.fault("LINEAGE_LINK", said, id_)
        else:
            ends.append(end)
    yield from _odd_statuses(start, ends)
    if len(ends) == len(parents) and all(end.entry.event.verb == "merged" for end in ends):
        if len(set(parents)) < 2:
            yield start.fault("LINEAGE_FEW", "合并须有两宗以上的来源，请核对", "from")
        yield from _unclosed(start, [end.before for end in ends], [start.after], rules)
    elif len(parents) > 1:
        said = "来自几宗地的，来源都须以“合并”结束，请核对"
        yield start.fault("LINEAGE_KIND", said, "from")


def _issue(end: Turn, of: Finder, rules: Rules) -> Iterator[Fault]:
    """Faults seen from a parent: each child must have entered from it on the day it ended."""
    verb = end.entry.event.verb
    into = names(end.entry.event.data.get(ENDINGS[verb]))
    yield from _odd_number(end, verb, into)
    children = list[Parcel | None]()
    for id_ in into:
        found = of(id_)
        start = entering(found, rules) if found else None
        linked = start is not None and start.after is not None and end.id in start.after.parents
        if start is None or not linked or start.entry.on != end.entry.on:
            said = f"写明成为 {id_}，但 {id_} 没有同日由本宗地入账的记录，须一并登记或撤销"
            yield end.fault("LINEAGE_LINK", said, id_)
        else:
            children.append(start.after)
    if verb != "merged" and into and len(children) == len(into):
        yield from _unclosed(end, [end.before], children, rules)
    if end.before is not None and end.before.paused:
        said = "计时正在暂停；请先恢复计时，再在新宗地上登记暂停"
        yield end.fault("LINEAGE_PAUSED", said)


def _odd_number(end: Turn, verb: str, into: Sequence[str]) -> Iterator[Fault]:
    """Too few or too many children, or the same one twice."""
    if len(set(into)) != len(into) or end.id in into:
        yield end.fault("LINEAGE_FEW", "新宗地编号有重复，或与原编号相同，请核对", "into")
    elif verb == "split" and len(into) < 2:
        yield end.fault("LINEAGE_FEW", "分割须有两宗以上的新宗地，请补充", "into")
    elif verb != "split" and len(into) != 1:
        yield end.fault("LINEAGE_FEW", "合并和变更编号只能有一宗新宗地，请核对", "into")


def _odd_statuses(start: Turn, ends: Sequence[Turn]) -> Iterator[Fault]:
    """Lineage is no way around the table of moves: a child is at its parents' stage."""
    child = start.after.status if start.after else ""
    for end in ends:
        status = end.before.status if end.before else ""
        if status != child:
            name = start.rules.name
            said = (
                f"为“{name(child)}”，来源 {end.id} 为“{name(status)}”；阶段须相同，请先变动再处理"
            )
            yield start.fault("LINEAGE_STATUS", said, end.id)


def _unclosed(
    turn: Turn, olds: Sequence[Parcel | None], news: Sequence[Parcel | None], rules: Rules
) -> Iterator[Fault]:
    """Areas before and after that differ by more than writing them down can explain."""
    old = [one.area_m2 for one in olds if one is not None]
    new = [one.area_m2 for one in news if one is not None]
    if None in old or None in new:
        return  # told as a missing area already
    before, after = fsum(area or 0 for area in old), fsum(area or 0 for area in new)
    slack = rules.tolerance.lineage_m2 * (len(old) + len(new))
    if abs(before - after) > slack:
        said = (
            f"前后面积不闭合：原 {before:,.2f}㎡，新 {after:,.2f}㎡，"
            f"相差 {after - before:+,.2f}㎡，容许 {slack:g}㎡；请核对面积，或先修改原面积"
        )
        yield turn.fault("LINEAGE_AREA", said, "area_m2")
