"""Meetings of a zone: freeze a state, tell a story of it, compare two, make the record of one."""

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
    "default",
    "faults",
    "freeze",
    "remove",
    "save",
    "snapshot",
    "snapshots",
    "start",
    "stories",
    "story",
    "words",
]
