"""What the visitor may do, asked by pages and addresses; and the log of what was done."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TypedDict

import streamlit as st

from geo import office, people
from geo.office import RightsError, Visit
from geo.people import Act, Matrix, Role
from geo.zone import DATA
from pages import door, tally, who


@cache
def matrix() -> Matrix:
    """Who may do what."""
    return people.read(DATA / "rules")


def secure() -> None:
    """Put the roles before every write; once, before the first visitor."""
    if who.book() is not None:
        door.whole().guard = office.guard(door.whole(), matrix(), who.visit)


def may(act: Act) -> bool:
    """Whether the visitor may do something: to leave out what would only be refused."""
    found = who.visit()
    return found is not None and matrix().may(found.person, act)


def barred(act: Act) -> str | None:
    """Why the visitor may not do something, naming the right and who has it; None if they may."""
    if may(act):
        return None
    action, at = matrix().actions[act], int(st.session_state.get("lang") == "en")
    roles = [matrix().names[role][at] for role in Role if role in action.roles]
    text = door.words()["app"]["closed"][at]
    return text.format(what=(action.zh, action.en)[at], roles=("、", ", ")[at].join(roles))


class Shut(TypedDict):
    """How a button of Streamlit is told that it is closed, and why."""

    disabled: bool
    help: str | None


def shut(act: Act, *, disabled: bool = False) -> Shut:
    """What to say to a button that does something: closed to those who may not."""
    why = barred(act)
    return {"disabled": disabled or why is not None, "help": why}


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
    tally.noted(what)
    held, found = who.book(), who.visit()
    if held is not None and found is not None:
        held.note(what, found.person.name, found.address, data)


@contextmanager
def acting() -> Iterator[None]:
    """Within, and in what is begun within, the visitor acts: where no script runs any more."""
    found = who.visit()
    if found is None:
        raise RightsError("尚未登录或登录已过期，请重新登录", "SIGNED_OUT")
    with office.visiting(found):
        yield
