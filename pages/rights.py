"""What the visitor may do, asked by pages and addresses; and the log of what was done."""

from functools import cache

from geo import office, people
from geo.office import RightsError, Visit
from geo.people import Act, Matrix
from geo.zone import DATA
from pages import door, who


@cache
def matrix() -> Matrix:
    """Who may do what."""
    return people.read(DATA / "rules")


def secure() -> None:
    """Put the roles before every write; once, before the first visitor."""
    if who.book() is not None:
        door.zone().guard = office.guard(door.zone(), matrix(), who.visit)


def may(act: Act) -> bool:
    """Whether the visitor may do something: to leave out what would only be refused."""
    found = who.visit()
    return found is not None and matrix().may(found.person, act)


def require(act: Act) -> Visit:
    """The visitor, if allowed. Raises `RightsError`."""
    found = who.visit()
    if found is None:
        raise RightsError("尚未登录或登录已过期，请重新登录", "SIGNED_OUT")
    if not matrix().may(found.person, act):
        action = matrix().actions[act]
        raise RightsError(f"{found.person.name} 没有“{action.zh}”的权限", "NOT_ALLOWED")
    return found


def noted(what: str, **data: object) -> None:
    """Write a line into the log, where there is one: what the visitor did."""
    held, found = who.book(), who.visit()
    if held is not None and found is not None:
        held.note(what, found.person.name, found.address, data)
