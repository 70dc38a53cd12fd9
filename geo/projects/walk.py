"""Whether events may follow one another: the whole life of a project, step by step."""

from collections.abc import Iterable, Iterator, Sequence

from geo.chronicle import WITHDRAWN, Entry, standing
from geo.errors import Issue
from geo.model import Event
from geo.projects.fold import State
from geo.projects.rules import Rules

_EARLY = {"scheduled", "done", "reported"}  # true of the world, so also before admission
_BESIDES = ("adjusted", "exited", "linked", "unlinked")


def refusal(state: State, entry: Entry, rules: Rules, *, admitted: bool) -> str:
    """Why an event may not come next, empty if it may; `admitted`: at some day it is."""
    event, verb = entry.event, entry.event.verb
    if verb not in allowed(state) and not (verb in _EARLY and not state.stays and admitted):
        name = rules.verbs[verb].name
        where = "已在库中" if state.inside else "已退出" if state.stays else "还没有入库"
        may = "、".join(rules.verbs[one].name for one in allowed(state))
        return f"项目{where}，{entry.on} 不能登记“{name}”；可以登记：{may}"
    if verb in ("scheduled", "done"):
        return _of_step(state, event, rules)
    if verb == "reported" and event.data["month"] in state.reports:
        return f"{event.data['month']} 的月报已有，更正请先撤回原月报"
    if verb in ("linked", "unlinked"):
        return _of_links(state, event)
    return ""


def allowed(state: State) -> tuple[str, ...]:
    """Verbs that may come next."""
    if state.inside:
        return (*_BESIDES, *sorted(_EARLY))
    return ("added",) if state.stays else ("admitted", "added")


def _of_step(state: State, event: Event, rules: Rules) -> str:
    step = event.data["step"]
    rule = rules.steps.get(step)
    name = rule.name if rule else state.named.get(step, (step, ""))[0]
    if rule is None and step not in state.named and "name" not in event.data:
        return f"没有节点“{step}”，可用：{'、'.join(rules.steps)}；自定节点请写明名称"
    if step in state.done:
        when = state.done[step].when
        return f"“{name}”已于 {when} 完成；补录期限请把生效日填在完成日之前，更正请先撤回"
    changes = event.verb == "scheduled" and bool(state.deadlines.get(step))
    if changes and not event.reason.strip():
        return f"“{name}”的期限已定，改期必须写明理由，请填写"
    return ""


def _of_links(state: State, event: Event) -> str:
    asked = event.data["parcels"]
    if event.verb == "linked":
        odd, told = [one for one in asked if one in state.links], "已经关联"
    else:
        odd, told = [one for one in asked if one not in state.links], "没有关联"
    return f"地块 {'、'.join(odd)} {told}，请核对" if odd else ""


def faults(entries: Sequence[Entry], rules: Rules, after: int) -> Iterator[Issue]:
    """Every event of a project that may not stand where it does; new ones come `after` a number.

    Each event in itself is whole (see `content`).
    """
    yield from _withdrawals(entries)
    state, order = State(rules), standing(entries)
    admitted = any(one.event.verb in ("admitted", "added") for one in order)
    for entry in order:
        if why := refusal(state, entry, rules, admitted=admitted):
            name = rules.verbs[entry.event.verb].name
            if entry.number <= after:
                why = f"已登记的第 {entry.number} 号“{name}”（{entry.on}）将不再成立：{why}"
            yield Issue("MOVE", f"{entry.event.subject}：{why}", field=entry.event.verb)
            continue
        state.apply(entry)
    if state.stays and not {"name", "kind"} <= set(state.fields):
        yield Issue("FIELD", f"{entries[0].event.subject}：增补的新项目必须有名称和类别，请填写")


def _withdrawals(entries: Sequence[Entry]) -> Iterator[Issue]:
    for place, entry in enumerate(entries):
        if entry.event.verb != WITHDRAWN:
            continue
        number = entry.event.data["event"]
        if number not in {one.number for one in standing_all(entries[:place])}:
            told = (
                f"{entry.event.subject}：第 {number} 号不是本项目的有效记录，不能撤回，请核对编号"
            )
            yield Issue("WITHDRAWAL", told, field=WITHDRAWN, value=str(number))


def standing_all(entries: Iterable[Entry]) -> list[Entry]:
    """Entries that nothing took back, withdrawals that stand among them."""
    gone, found = set[int](), list[Entry]()
    for entry in reversed(list(entries)):
        if entry.number in gone:
            continue
        if entry.event.verb == WITHDRAWN:
            gone.add(int(entry.event.data["event"]))
        found.append(entry)
    return found[::-1]
