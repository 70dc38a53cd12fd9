"""Who may write what: asked before every write of a zone, whatever the door."""

from collections.abc import Callable, Sequence

from geo.model import Boundaries, Event
from geo.office import bounds
from geo.office.visit import RightsError, Visit, visitor
from geo.people import Act, Matrix, Role
from geo.zone import Zone


def permit(zone: Zone, matrix: Matrix, visit: Visit | None, events: Sequence[Event]) -> Visit:
    """The visitor, who may write these events. Raises `RightsError` for those who may not.

    Codes: NOBODY outside a visit, NOT_ALLOWED by role, FORGED for another's name, OWN_WORK for
    approving what one prepared.
    """
    if visit is None:
        raise RightsError("尚未登录，未作改动，请先登录", "NOBODY")
    person = visit.person
    for event in events:
        action = matrix.actions[matrix.act_of(event)]
        if not matrix.may(person, action.id):
            needed = "、".join(matrix.names[role][0] for role in Role if role in action.roles)
            raise RightsError(
                f"{person.name} 没有“{action.zh}”的权限，未作改动；需要角色：{needed}",
                "NOT_ALLOWED",
            )
        if event.by != person.name:
            raise RightsError(
                f"记录的经办人 {event.by!r} 不是登录人 {person.name}，未作改动", "FORGED"
            )
        if action.id is Act.APPROVE and _prepared(zone, event) == person.name:
            raise RightsError(
                f"{person.name} 是 {event.subject} 的编制人，须由另一人批准，未作改动", "OWN_WORK"
            )
    return visit


def _prepared(zone: Zone, event: Event) -> str:
    """Who prepared what an event approves; empty where nothing came before."""
    first = next(iter(zone.events(event.subject)), None)
    return first.by if first and event.subject.startswith("scenario/") else ""


def _told_of(events: Sequence[Event], new: Sequence[Boundaries]) -> None:
    """Raise `RightsError` UNTOLD for a set that no event tells of: its right was not asked."""
    subjects = {event.subject for event in events}
    for one in new:
        if f"boundaries/{one.name}" not in subjects:
            raise RightsError(f"图层 {one.name} 的更换没有记录，未作改动", "UNTOLD")


def guard(
    zone: Zone, matrix: Matrix, who: Callable[[], Visit | None] = visitor
) -> Callable[[Sequence[Event], Sequence[Boundaries]], None]:
    """What to set as `zone.guard` where people sign in; `who` tells who acts now."""

    def check(events: Sequence[Event], new: Sequence[Boundaries]) -> None:
        _told_of(events, new)
        person = permit(zone, matrix, who(), events).person
        bounds.clear(zone, person, events, new)
        bounds.own(zone, person, events, new)

    return check
