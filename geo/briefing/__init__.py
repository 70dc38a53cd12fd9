"""Meetings of a zone: freeze a state, tell a story of it, compare two, make the record of one."""

from geo.briefing.changes import changes
from geo.briefing.record import Asked, Briefing, record
from geo.briefing.shelf import (
    default,
    faults,
    freeze,
    remove,
    save,
    snapshot,
    snapshots,
    start,
    stories,
    story,
    words,
)

__all__ = [
    "Asked",
    "Briefing",
    "changes",
    "default",
    "faults",
    "freeze",
    "record",
    "remove",
    "save",
    "snapshot",
    "snapshots",
    "start",
    "stories",
    "story",
    "words",
]
