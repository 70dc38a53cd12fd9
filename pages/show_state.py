"""What the reader does with meetings: choices stand in the address, drafts are of the visit."""

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from geo import briefing
from geo.errors import ConflictError, GeoError
from geo.meeting import Snapshot, Story
from geo.zone import Zone
from pages.held import Held

VIEWS = ("meeting", "story", "output")
HELD = Held("show", ("view", "meeting", "against", "story", "chapter"))


@dataclass(slots=True)
class Draft:
    """A story as the reader has it: what was read last, what it is now, what undo goes back to."""

    read: Story
    story: Story
    past: list[Story] = field(default_factory=list)

    @property
    def dirty(self) -> bool:
        """Whether something waits to be saved."""
        return self.story != self.read


@dataclass(slots=True)
class State:
    """Drafts by story; what was done or refused last, and whether another was first."""

    drafts: dict[str, Draft] = field(default_factory=dict)
    refused: GeoError | None = None
    conflict: bool = False
    said: str = ""


def now() -> State:
    """The state of this visit."""
    state: State = st.session_state.setdefault("show_state", State())
    return state


def attempt(act: Callable[[], str]) -> None:
    """Do something to the store; tell what came of it, or why it was refused."""
    state = now()
    state.refused, state.conflict = None, False
    try:
        state.said = act()
    except GeoError as error:
        state.refused, state.conflict = error, isinstance(error, ConflictError)


def chosen(zone: Zone) -> Snapshot | None:
    """The meeting chosen, else the latest; None where there is none."""
    held, asked = briefing.snapshots(zone), HELD.get("meeting")
    number = int(asked) if asked.isdecimal() else 0
    return held[number - 1] if 0 < number <= len(held) else (held[-1] if held else None)


def against(zone: Zone, one: Snapshot) -> Snapshot | None:
    """The meeting that one is compared with: as asked, else as it was frozen."""
    asked = HELD.get("against")
    number = int(asked) if asked.isdecimal() else one.previous or 0
    if not 0 < number < one.number:
        number = one.previous or 0
    return briefing.snapshot(zone, number) if number else None
