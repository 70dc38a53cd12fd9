"""Put events into the book: checked against all that stands, all or nothing, nobody overrun."""

from collections.abc import Sequence

from geo import chronicle
from geo.chronicle import CHINA, WITHDRAWN
from geo.errors import ConflictError, Issue, LedgerError
from geo.ledger.book import Book, book
from geo.ledger.places import PARCEL
from geo.model import Boundaries, Event
from geo.supply import drawn
from geo.supply import faults as supply_faults
from geo.zone import Zone

_TRIES = 50  # others may be first again and again; each time one of them got their work done


def record(
    zone: Zone,
    events: Sequence[Event],
    *,
    seen: int,
    new: Sequence[Boundaries] = (),
    files: Sequence[bytes] = (),
) -> int:
    """Record events by one who has seen the book at version `seen`; return the new version.

    What others did since to other parcels or projects does not matter; what they did to the
    same ones refuses the whole.

    Raises
    ------
    ConflictError
        Someone changed one of the same subjects after `seen`; says who, when and what.
    LedgerError
        The rules do not allow it, with every fault and what is allowed instead; or parcels
        touched here would lie on other live ones.
    """
    subjects = {event.subject for event in events}
    for _ in range(_TRIES):
        held = book(zone)
        _unmoved(held, subjects, seen)
        check(held, events)
        _drawn(zone, held, events, new)
        try:
            return zone.record(events, new, files, expect=held.version)
        except ConflictError:
            if zone.version == held.version:
                raise
    raise ConflictError("其他人正在连续保存，本次未写入，请稍后重试")


def check(held: Book, events: Sequence[Event]) -> None:
    """Raise `LedgerError` unless the rules allow these events on top of all that stands."""
    held.supply.check([one for one in events if one.subject.startswith("parcel/")])
    held.register.check([one for one in events if one.subject.startswith("project/")])


_LIVES = {"entered", "split", "merged", "renumbered", WITHDRAWN}  # verbs that make parcels live


def _drawn(zone: Zone, held: Book, events: Sequence[Event], new: Sequence[Boundaries]) -> None:
    """Raise `LedgerError` OVERLAP where parcels touched here would lie on other live ones."""
    ids = {
        one.subject.partition("/")[2]
        for one in events
        if one.subject.startswith("parcel/") and one.verb in _LIVES
    }
    brought = next((one for one in new if one.name == PARCEL), None)
    if brought is None and not ids:
        return
    before = zone.boundaries(PARCEL)
    shapes = brought or before
    if shapes is None:
        return
    if brought is not None:
        ids |= _redrawn(before, brought)
    after = held.supply.added(chronicle.numbered(events, held.version))
    found = drawn(after, shapes.table, ids)
    wrong = [one for one in found if one.severity == "error"]
    if wrong:
        more = f"（共 {len(wrong)} 处）" if len(wrong) > 1 else ""
        raise LedgerError(wrong[0].message + more, wrong[0].code, wrong)


def _redrawn(before: Boundaries | None, after: Boundaries) -> set[str]:
    """Parcels that are new in a set or have another shape there."""
    old = dict(zip(before.table["id"], before.table.geometry, strict=True)) if before else {}
    pairs = zip(after.table["id"], after.table.geometry, strict=True)
    return {str(id_) for id_, shape in pairs if id_ not in old or not shape.equals(old[id_])}


def faults(zone: Zone) -> list[Issue]:
    """All that does not hold of ledger and register, and of the ledger against its shapes."""
    held, shapes = book(zone), zone.boundaries(PARCEL)
    found = supply_faults(held.supply, shapes.table if shapes else None)
    return [*found, *held.register.faults()]


def wrong(zone: Zone) -> list[Issue]:
    """Of `faults` those that must not be."""
    return [one for one in faults(zone) if one.severity == "error"]


def _unmoved(held: Book, subjects: set[str], seen: int) -> None:
    late = [one for one in held.entries[seen:] if one.event.subject in subjects]
    if not late:
        return
    told = "；".join(
        f"{one.event.by} 于 {one.event.at.astimezone(CHINA):%Y-%m-%d %H:%M} 对"
        f" {one.event.subject.partition('/')[2]} 作了“{told_verb(one.event)}”"
        for one in late[-3:]
    )
    raise ConflictError(f"他人已先保存：{told}。您填写的内容仍在页面上，请核对新状态后再保存")


_VERBS = {
    "entered": "入账",
    "moved": "状态变更",
    "amended": "信息修改",
    "split": "分割",
    "merged": "合并",
    "renumbered": "变更编号",
    "paused": "中止计时",
    "resumed": "恢复计时",
    "withdrawn": "撤回",
    "admitted": "入库",
    "added": "增补",
    "adjusted": "调整",
    "exited": "退出",
    "scheduled": "调整节点时限",
    "done": "节点完成",
    "reported": "月报",
    "linked": "关联地块",
    "unlinked": "取消关联",
    "planned": "编制计划",
    "replaced": "更换图形",
}


def told_verb(event: Event) -> str:
    """What an event did, in Chinese."""
    return _VERBS.get(event.verb, event.verb)
