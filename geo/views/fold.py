"""Stored views and bookmarks from the events of a book.

`view/ID` events are ``kept``; `bookmark/N` ones ``added``, ``renamed`` and ``deleted``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from geo.chronicle import Entry
from geo.model import Event
from geo.views.values import Bookmark

VIEW, BOOKMARK = "view/", "bookmark/"
KEPT, ADDED, RENAMED, DELETED = "kept", "added", "renamed", "deleted"


@dataclass(frozen=True, slots=True)
class Album:
    """Contents of stored views by id, who kept how many when, and bookmarks by number."""

    version: int = 0
    views: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[tuple[str, datetime], ...] = ()
    bookmarks: Mapping[int, Bookmark] = field(default_factory=dict)
    last: int = 0

    def of(self, person: str) -> list[Bookmark]:
        """Bookmarks of a person, by name."""
        own = [one for one in self.bookmarks.values() if one.person == person]
        return sorted(own, key=lambda one: (one.name, one.number))


def folded(known: Album, entries: Iterable[Entry]) -> Album:
    """The album after more entries of its book; entries of other kinds are passed over."""
    views, kept, marks = dict(known.views), list(known.kept), dict(known.bookmarks)
    version, last = known.version, known.last
    for entry in entries:
        version, event = entry.number, entry.event
        kind, _, name = event.subject.partition("/")
        if f"{kind}/" == VIEW:
            views[name] = str(event.data["content"])
            kept.append((str(event.data["person"]), event.at))
        elif f"{kind}/" == BOOKMARK:
            last = max(last, int(name))
            _mark(marks, int(name), event)
    return Album(version, views, tuple(kept), marks, last)


def _mark(marks: dict[int, Bookmark], number: int, event: Event) -> None:
    data = event.data
    if event.verb == DELETED:
        marks.pop(number, None)
    elif event.verb == RENAMED and number in marks:
        marks[number] = replace(marks[number], name=str(data["name"]))
    elif event.verb == ADDED:
        person, view, name = str(data["person"]), str(data["view"]), str(data["name"])
        marks[number] = Bookmark(number, person, view, name, event.at)
