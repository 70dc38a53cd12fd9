"""Remarks, announcements and counts from the events of a book.

`remark/N` events are ``written``, ``answered`` and ``settled``; `news/N` ones ``announced``,
``withdrawn`` and ``dismissed`` (by one person); `use/DAY` ones ``counted``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from geo.chronicle import Entry
from geo.model import Event
from geo.remarks.values import Author, Draft, Kind, Level, News, Place, Remark, Reply, State

REMARK, NEWS, USE = "remark/", "news/", "use/"
MADE, ANSWERED, SETTLED = "written", "answered", "settled"
ANNOUNCED, WITHDRAWN, DISMISSED = "announced", "withdrawn", "dismissed"
COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Board:
    """All remarks and announcements by number, who dismissed what, and counts by day."""

    version: int = 0
    remarks: Mapping[int, Remark] = field(default_factory=dict)
    news: Mapping[int, News] = field(default_factory=dict)
    dismissed: frozenset[tuple[str, int]] = frozenset()
    uses: Mapping[date, Mapping[str, int]] = field(default_factory=dict)

    def shown(self, person: str, day: date) -> list[News]:
        """What is announced on a day to somebody who has not dismissed it, warnings first."""
        found = [
            one
            for one in self.news.values()
            if one.stands(day) and (person, one.number) not in self.dismissed
        ]
        return sorted(found, key=lambda one: (one.level is not Level.WARNING, -one.number))


def folded(known: Board, entries: Iterable[Entry]) -> Board:
    """The board after more entries of its book; entries of other kinds are passed over."""
    remarks, news, uses = dict(known.remarks), dict(known.news), dict(known.uses)
    dismissed, version = set(known.dismissed), known.version
    for entry in entries:
        version, event = entry.number, entry.event
        kind, _, name = event.subject.partition("/")
        if f"{kind}/" == REMARK:
            remarks[int(name)] = _remark(int(name), event, remarks.get(int(name)))
        elif f"{kind}/" == NEWS and event.verb == DISMISSED:
            dismissed.add((str(event.data["person"]), int(name)))
        elif f"{kind}/" == NEWS:
            news[int(name)] = _news(int(name), event, news.get(int(name)))
        elif f"{kind}/" == USE:
            day = date.fromisoformat(name)
            uses[day] = Counter(uses.get(day, {})) + Counter(event.data["counts"])
    return Board(version, remarks, news, frozenset(dismissed), uses)


def _remark(number: int, event: Event, old: Remark | None) -> Remark:
    data = event.data
    by = Author(str(data["person"]), event.by)
    if old is None:
        place = data.get("place")
        return Remark(
            number,
            Kind(data["kind"]),
            by,
            event.at,
            str(data["text"]),
            Place(**place) if place else None,
            str(data["page"]),
            str(data["secrecy"]),
        )
    state = State(data["state"])
    if event.verb == SETTLED:
        return replace(old, state=state)
    return replace(old, state=state, replies=(*old.replies, Reply(by, event.at, str(data["text"]))))


def _news(number: int, event: Event, old: News | None) -> News:
    if event.verb == WITHDRAWN and old is not None:
        return replace(old, withdrawn=True)
    data = event.data
    return News(
        number,
        str(data["title"]),
        str(data["text"]),
        date.fromisoformat(data["since"]),
        date.fromisoformat(data["until"]),
        Level(data["level"]),
        event.by,
        title_en=str(data["title_en"]),
        text_en=str(data["text_en"]),
    )


def of_draft(one: Draft, person: str) -> dict[str, Any]:
    """A remark as the data of its event."""
    place = one.place and {
        "lon": one.place.lon,
        "lat": one.place.lat,
        "unit": one.place.unit,
        "set": one.place.set,
        "id": one.place.id,
        "name": one.place.name,
    }
    told = {"person": person, "kind": one.kind.value, "text": one.text, "place": place}
    return {**told, "page": one.address, "secrecy": one.secrecy}


def of_news(one: News, person: str) -> dict[str, Any]:
    """An announcement as the data of its event."""
    days = {"since": one.since.isoformat(), "until": one.until.isoformat()}
    texts = {"title": one.title, "text": one.text, "title_en": one.title_en}
    return {"person": person, **texts, "text_en": one.text_en, **days, "level": one.level.value}
