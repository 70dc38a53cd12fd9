"""What every chapter is told with: the state seen, words, changes, and colourings by key."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any

from geo import ledger
from geo.briefing import colour
from geo.briefing.cells import Json
from geo.briefing.changes import between
from geo.briefing.seen import PARCEL, WORKS, Seen
from geo.briefing.shelf import snapshot, words
from geo.meeting import Change, Look, Text
from geo.model import Boundaries
from geo.plan import Matter
from geo.projects import Project
from geo.supply import Span

GROUND = ("district", "unit", "coast", "water", "zone")  # under every map that is made
ALWAYS = ("land", "sea", "zone")  # a brief holds them though no look names them
_NAMED = 6  # names in a row: more cannot be read at a glance
_AROUND, _LEAST = 0.15, 0.01  # of the extent of what is selected; degrees


class Teller:
    """Tells chapters of one meeting in one edition; remembers which colourings were used."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.words = words()
        self.used = dict[str, Json]()

    def say(self, key: str, **said: Any) -> Text:
        """Words of the table."""
        return self.words.say(key, **said)

    @cached_property
    def then(self) -> Seen | None:
        """What the meeting before saw; None for a first one."""
        number = self.seen.snapshot.previous
        if number is None:
            return None
        return Seen(self.seen.zone, snapshot(self.seen.zone, number), self.seen.edition)

    @cached_property
    def rows(self) -> Sequence[Change]:
        """What changed since the meeting before."""
        return tuple(between(self.then, self.seen)) if self.then else ()

    def title(self, name: str) -> Text:
        """What a set is called."""
        if name == WORKS:
            return self.say("works")
        known = self.seen.zone.catalog
        return Text(known.title(name), known.title(name, english=True))

    @cached_property
    def spans(self) -> Sequence[Span]:
        """From when to when parcels had which stage, as known."""
        return ledger.book(self.seen.zone).supply.spans(self.seen.version)

    def cited(self, known: Boundaries) -> Text:
        """What to cite for a set: in English where the shipped source still stands."""
        title = known.source.title
        if known.name == WORKS:
            return self.say("works_source")
        entry = self.seen.zone.catalog.shipped.get(known.name)
        shipped = entry is not None and entry.source.title == title
        return Text(title, entry.source_en if shipped and entry else "")

    def licence(self, known: Boundaries) -> Text:
        """Licence of a set, in English where the shipped one still stands."""
        entry = self.seen.zone.catalog.shipped.get(known.name)
        shipped = entry is not None and entry.source.licence == known.source.licence
        return Text(known.source.licence, entry.licence_en if shipped and entry else "")

    def named(self, names: Sequence[Text]) -> Text:
        """Names as one text, the first `_NAMED` of them with how many there are."""
        some = self.words.joined(names[:_NAMED])
        return self.say("and_more", names=some, count=len(names)) if len(names) > _NAMED else some

    def sources(self, names: Sequence[str]) -> list[Text]:
        """What to cite for some sets, each once, the ground last."""
        order = sorted(names, key=lambda name: name in GROUND)
        found = [known for name in order if (known := self.seen.set(name))]
        return list(dict.fromkeys(self.cited(known) for known in found))

    def colouring(self, key: str) -> str:
        """The key in full if there is something to colour, else empty; it will be in the record."""
        full = self._full(key)
        if not full or full in self.used:
            return full
        paint = self._paint(full)
        known = self.seen.set(paint.set) if paint else None
        if paint is None or known is None:
            return ""
        self.used[full] = colour.told(full, paint, [str(id_) for id_ in known.table["id"]])
        return full

    def _full(self, key: str) -> str:
        """A key with days in place of ``as_of`` and ``last``, none later than the meeting's."""
        kind, *rest = key.split(":")
        if not kind or (kind == "change" and self.then is None):
            return ""
        if kind == "change":
            number = str(self.seen.snapshot.previous)
            return ":".join([kind, number, *rest[1:]]) if rest[0] in ("last", number) else ""
        if "last" in rest and self.then is None:
            return ""
        days, more = (rest[:1], rest[1:]) if kind == "project" else (rest, [])
        return ":".join([kind, *(self._day(one).isoformat() for one in days), *more])

    def _day(self, word: str) -> date:
        if word == "last" and self.then is not None:
            return self.then.day
        asked = self.seen.day if word == "as_of" else date.fromisoformat(word)
        return min(asked, self.seen.day)

    def _paint(self, key: str) -> colour.Paint | None:
        kind, *rest = key.split(":")
        if kind == "change":
            return self._changed(rest[1] if len(rest) > 1 else "", int(rest[0]))
        if kind == "project":
            return self._projects(date.fromisoformat(rest[0]), *rest[1:])
        days = [date.fromisoformat(one) for one in rest]
        if not self.seen.parcels():
            return None
        return colour.supply(self.seen, self.words, days[-1], days[0] if len(days) > 1 else None)

    def _projects(self, day: date, matter: str = "") -> colour.Paint:
        """Projects of the register, or those of one matter, by colour."""
        paint = colour.project(self.seen, self.words, day)
        if not matter:
            return paint
        mine = {
            each.id
            for one in self.seen.zone.plan.matters
            if one.id == matter
            for each in self.works(one)
        }
        return replace(paint, keys={id_: key for id_, key in paint.keys.items() if id_ in mine})

    def works(self, one: Matter) -> list[Project]:
        """Projects in the register that a matter names, or that name its clause."""
        return [
            each
            for each in self.seen.live
            if {each.id, str(each.fields.get("entity", ""))} & set(one.entities)
            or one.clause in each.fields.get("clauses", ())
        ]

    def _changed(self, name: str, against: int) -> colour.Paint | None:
        if not name:
            return colour.changed(self.seen, self.words, self.rows, against)
        if name == PARCEL:
            return colour.parcels(self.seen, self.words, self.rows, against)
        old = self.then.set(name) if self.then else None
        if old is None:
            return None
        return colour.replaced(self.seen, self.words, (name, old.since), against)

    def shown(self, *more: str) -> tuple[str, ...]:
        """Sets under a map, and more upon them, of those that there are."""
        return tuple(name for name in dict.fromkeys((*GROUND, *more)) if self.seen.set(name))

    def look(
        self,
        *on: str,
        selected: Sequence[tuple[str, str]] = (),
        colouring: str = "",
        before: str = "",
        periods: Sequence[str] = (),
    ) -> Look:
        """A map that is made: ground, sets, features outlined, colourings by key."""
        return Look(
            extent=self._around(selected),
            on=self.shown(*on, *(name for name, _ in selected)),
            selected=tuple(selected),
            colouring=self.colouring(colouring),
            before=self.colouring(before),
            periods=tuple(full for key in periods if (full := self.colouring(key))),
        )

    def own(self, look: Look) -> tuple[Look, list[Text]]:
        """A look of a story at this meeting, and what of it this meeting does not have."""
        lost = [name for name in look.on if not self.seen.set(name)]
        gone = [pair for pair in look.selected if pair not in self._features(look.selected)]
        kept = {name: ids for name, ids in look.hidden.items() if self.seen.set(name)}
        found = replace(
            look,
            on=tuple(name for name in look.on if name not in lost),
            selected=tuple(pair for pair in look.selected if pair not in gone),
            hidden=kept,
            colouring=self.colouring(look.colouring),
            before=self.colouring(look.before),
            periods=tuple(full for key in look.periods if (full := self.colouring(key))),
            drawings=() if self.seen.public else look.drawings,
        )
        asked = [key for key in (look.colouring, look.before, *look.periods) if key]
        plain_ = [self.say("lost_colouring")] if not all(map(self.colouring, asked)) else []
        return found, [*map(self.title, lost), *(Text(id_) for _, id_ in gone), *plain_]

    def _features(self, pairs: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        held = {name: self.seen.set(name) for name, _ in pairs}
        there = {name: set(one.table["id"]) if one else set() for name, one in held.items()}
        return {(name, id_) for name, id_ in pairs if id_ in there[name]}

    def _around(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, float, float, float] | None:
        """West, south, east, north around some features, with room about them."""
        boxes = [box for name, id_ in pairs for box in self._box(self.seen.set(name), id_)]
        if not boxes:
            return None
        edges = list(zip(*boxes, strict=True))
        west, south, east, north = min(edges[0]), min(edges[1]), max(edges[2]), max(edges[3])
        wide = max((east - west) * _AROUND, (north - south) * _AROUND, _LEAST)
        edge = (west - wide, south - wide, east + wide, north + wide)
        return round(edge[0], 6), round(edge[1], 6), round(edge[2], 6), round(edge[3], 6)

    def _box(self, known: Boundaries | None, id_: str) -> list[tuple[float, ...]]:
        if known is None:
            return []
        rows = known.table[known.table["id"] == id_]
        return [tuple(map(float, one)) for one in rows.geometry.bounds.to_numpy()]


Maker = Callable[[Teller], Sequence[Json]]
Makers = Mapping[str, Maker]
