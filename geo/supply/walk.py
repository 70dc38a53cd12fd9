"""Whether a parcel led a life that the rules allow: every step, on every day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo.chronicle import WITHDRAWN, Entry, taken_back
from geo.errors import DataError, Issue
from geo.supply import bounds
from geo.supply.cells import canonical
from geo.supply.fold import Track
from geo.supply.rules import Rules
from geo.supply.values import Move, Parcel

VERBS: Mapping[str, str] = {
    "entered": "入账",
    "moved": "变动",
    "amended": "修改",
    "split": "分割",
    "merged": "合并",
    "renumbered": "变更编号",
    "paused": "暂停计时",
    "resumed": "恢复计时",
    WITHDRAWN: "撤销",
}
_LONGEST_ID = 64


@dataclass(frozen=True, slots=True)
class Fault:
    """Something the rules forbid, with the number of the entry that does it."""

    number: int
    parcel: str
    issue: Issue

    @property
    def key(self) -> tuple[int, str, str, str]:
        """The same fault has the same key, whatever came after it."""
        return self.number, self.parcel, self.issue.code, self.issue.field


@dataclass(frozen=True, slots=True)
class Turn:
    """One entry between the parcel before and after it."""

    entry: Entry
    before: Parcel | None
    after: Parcel | None
    rules: Rules

    @property
    def id(self) -> str:
        """The parcel."""
        return self.entry.event.subject.partition("/")[2]

    def fault(self, code: str, said: str, field: str = "") -> Fault:
        """A fault of this entry; `said` follows “宗地 X 在某日的变动：”."""
        verb = VERBS.get(self.entry.event.verb, self.entry.event.verb)
        text = f"宗地 {self.id} 于 {self.entry.on} 的{verb}：{said}"
        issue = Issue(code, text, field=field, value=self.id)
        return Fault(self.entry.number, self.id, issue)


def faults(track: Track, rules: Rules) -> Iterator[Fault]:
    """Every fault in the life of one parcel, withdrawals included."""
    yield from _withdrawals(track.entries, rules)
    before: Parcel | None = None
    for entry, after in zip(track.stood, track.steps, strict=True):
        yield from _turn(Turn(entry, before, after, rules))
        before = after


def withdrawn_by(entries: Sequence[Entry]) -> dict[int, int]:
    """Which entries of a parcel count for nothing, with the number of what took them back."""
    by, targets = dict[int, int](), dict[int, int]()
    for entry in entries:
        if entry.event.verb == WITHDRAWN:
            target = targets[entry.number] = taken_back(entry)
            by[target] = entry.number
            by.pop(targets.get(target, 0), None)  # a withdrawal taken back frees what it took
    return by


def _withdrawals(entries: Sequence[Entry], rules: Rules) -> Iterator[Fault]:
    known = list[Entry]()
    for entry in entries:
        if entry.event.verb == WITHDRAWN:
            turn, target = Turn(entry, None, None, rules), taken_back(entry)
            if not any(one.number == target for one in known):
                said = f"第 {target or '?'} 条不是本宗地已有的记录，请从历史中选择要撤销的记录"
                yield turn.fault("WITHDRAWN_WHAT", said)
            elif (by := withdrawn_by(known).get(target)) is not None:
                said = f"第 {target} 条已由第 {by} 条撤销；要恢复它，请撤销第 {by} 条"
                yield turn.fault("WITHDRAWN_TWICE", said)
            if not entry.event.reason.strip():
                yield turn.fault("REASON", "没有写理由，请写明撤销的理由", "reason")
        known.append(entry)


def _turn(turn: Turn) -> Iterator[Fault]:
    entry, event = turn.entry, turn.entry.event
    if entry.on > entry.recorded:
        said = f"生效日晚于登记日 {entry.recorded}；尚未发生的请填约定日期，不能先登记"
        yield turn.fault("FUTURE", said, "on")
    if event.verb not in VERBS:
        yield turn.fault("VERB", f"台账没有“{event.verb}”这种记录，请用：{'、'.join(VERBS)}")
        return
    if (stray := _out_of_life(turn)) is not None:
        yield stray
        return
    if event.verb in turn.rules.papers and not event.document.strip():
        yield turn.fault("PAPER", "没有文号，请填写所依据文件的文号", "document")
    yield from _cells(turn)
    if event.verb == "entered":
        yield from _entering(turn)
    elif event.verb == "moved":
        yield from _moving(turn)
    elif event.verb in {"paused", "resumed"}:
        yield from _clock(turn)
    if turn.after is not None and not _same_fields(turn):
        yield from (turn.fault(*one) for one in bounds.broken(turn.after, turn.rules))
        yield from _missing(turn, turn.rules.entry, "台账")


def _same_fields(turn: Turn) -> bool:
    return (
        turn.before is not None
        and turn.after is not None
        and turn.after.fields is turn.before.fields
    )


def _out_of_life(turn: Turn) -> Fault | None:
    """The fault of what comes before a parcel entered, after it ended, or enters it again."""
    entered = turn.entry.event.verb == "entered"
    if turn.before is None:
        said = "当时尚未入账；请先入账，或把这条记录一并撤销"
        return None if entered else turn.fault("NOT_ENTERED", said)
    if turn.before.ended is not None:
        went = "、".join(turn.before.children)
        said = f"已于 {turn.before.ended} 并入或分为 {went}，不再变动；请在新宗地上登记"
        return turn.fault("ENDED", said)
    if entered:
        said = f"第 {turn.before.number} 条以前已入账，宗地编号不能重复，请核对编号"
        return turn.fault("ENTERED_TWICE", said)
    return None


def _cells(turn: Turn) -> Iterator[Fault]:
    """Cells that cannot be read, and amendments that amend nothing."""
    data = turn.entry.event.data
    cells = data.get("fields", {})
    if not isinstance(cells, Mapping) or (turn.entry.event.verb == "amended" and not cells):
        yield turn.fault("FIELDS", "没有写明修改了哪些字段，请填写")
        return
    for key, cell in cells.items():
        try:
            field = turn.rules.field(str(key))
            if cell is not None:
                canonical(field, cell, turn.rules)
        except DataError as error:
            yield turn.fault(error.code, str(error), str(key))


def _entering(turn: Turn) -> Iterator[Fault]:
    status = turn.entry.event.data.get("status")
    id_ = turn.id
    if status not in turn.rules.statuses:
        known = "、".join(one.name for one in turn.rules.statuses.values())
        yield turn.fault("STATUS", f"没有阶段“{status}”，请用：{known}", "status")
    if not 0 < len(id_) <= _LONGEST_ID or id_ != id_.strip() or not id_.isprintable():
        said = f"宗地编号须为 1–{_LONGEST_ID} 个可见字符，首尾不留空格"
        yield turn.fault("PARCEL_ID", said, "id")


def _moving(turn: Turn) -> Iterator[Fault]:
    before, rules, event = turn.before, turn.rules, turn.entry.event
    if before is None or turn.after is None:
        return
    to = str(event.data.get("to", ""))
    move = rules.move(before.status, to)
    if move is None:
        yield turn.fault("MOVE", _not_allowed(before.status, to, rules), "to")
        return
    if move.paper and not event.document.strip():
        yield turn.fault("PAPER", f"“{move.name}”须有文号，请填写所依据文件的文号", "document")
    yield from _missing(turn, _needs(move, turn.after, rules), f"“{move.name}”")
    yield from _by_method(turn, move)
    given = event.data.get("fields") or {}
    stale = [key for key in move.clears if key in turn.after.fields and key not in given]
    if stale:
        named = "、".join(rules.fields[key].name for key in stale)
        yield turn.fault("STALE", f"“{move.name}”后 {named} 不再有效，须清空", stale[0])


def _not_allowed(start: str, end: str, rules: Rules) -> str:
    open_ = "、".join(rules.name(move.end) for move in rules.allowed(start)) or "无"
    return (
        f"当日为“{rules.name(start)}”，不能转为“{rules.name(end)}”；"
        f"由“{rules.name(start)}”可转为：{open_}"
    )


def _needs(move: Move, after: Parcel, rules: Rules) -> tuple[str, ...]:
    """Fields a move needs, with those of the way of supply where the parcel is supplied by it."""
    method = rules.methods.get(str(after.fields.get("method", "")))
    start, end = rules.statuses[move.start], rules.statuses[move.end]
    supplies = start.phase == "before" and end.phase == "supplied"
    return (*move.needs, *(method.needs if method and supplies else ()))


def _missing(turn: Turn, needs: Sequence[str], who: str) -> Iterator[Fault]:
    known = turn.after.fields if turn.after else {}
    absent = [key for key in dict.fromkeys(needs) if key not in known]
    if absent:
        named = "、".join(turn.rules.fields[key].name for key in absent)
        yield turn.fault("NEEDS", f"{who}须有 {named}，请补填", absent[0])


def _by_method(turn: Turn, move: Move) -> Iterator[Fault]:
    """A way of supply to which this move is not open."""
    fields, rules = (turn.after.fields if turn.after else {}), turn.rules
    given = fields.get("method")
    if not move.methods or given is None or given in move.methods:
        return
    others = [
        rules.name(other.end)
        for other in rules.allowed(move.start)
        if given in other.methods and other.end != move.end
    ]
    ways = "、".join(rules.methods[one].name for one in move.methods)
    method = rules.methods.get(str(given))
    instead = f"，请改为：{'、'.join(others)}" if others else ""
    name = method.name if method else given
    said = f"“{move.name}”只用于{ways}，本宗地供地方式为“{name}”{instead}"
    yield turn.fault("METHOD", said, "method")


def _clock(turn: Turn) -> Iterator[Fault]:
    before, rules = turn.before, turn.rules
    if before is None:
        return
    if turn.entry.event.verb == "resumed":
        if not before.paused:
            yield turn.fault("NOT_PAUSED", "当时没有暂停计时，不能恢复；请先登记暂停")
        return
    cause = turn.entry.event.data.get("cause")
    if cause not in rules.causes:
        known = "、".join(names[0] for names in rules.causes.values())
        yield turn.fault("CAUSE", f"暂停原因“{cause}”不能识别，请用：{known}", "cause")
    if before.paused:
        yield turn.fault("PAUSED", "计时已经暂停；原因有变的，请先恢复再暂停")
    if before.status not in rules.pausable:
        during = "、".join(
            status.name for status in rules.statuses.values() if status.id in rules.pausable
        )
        said = f"当日为“{rules.name(before.status)}”，只有 {during} 时才计时"
        yield turn.fault("PAUSE_STATUS", said)
