"""Colourings by key: parcels by stage and projects by progress on a day, and what changed.

``supply:<day>`` · ``supply_new:<from>:<to>`` (after `from`, up to `to`) · ``project:<day>`` ·
``change:<n>`` (projects since meeting n) · ``change:<n>:<set>`` (parcels or boundaries).
A feature that is not there on the day has no class.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from geo.boundaries import ChangeKind as Redraw
from geo.briefing.cells import Json, plain
from geo.briefing.changes import redrawn
from geo.briefing.seen import PARCEL, WORKS, Seen
from geo.meeting import FAMILY, JOINED, Change, Text, Words

_NOTHING = Text()
_SPLIT_INK = "ink:#7A3E9D,#CC79A7,#8A8A8A"
_REDRAWN = {Redraw.ADDED: "new", Redraw.MOVED: "moved", Redraw.CHANGED: "same"}


@dataclass(frozen=True, slots=True)
class Paint:
    """What colours a set: which classes there are, and of which each feature is.

    Parameters
    ----------
    tones
        As a record has them.
    keys
        Class by id of the feature; ids it lacks are not there.
    """

    set: str
    title: Text
    tones: Sequence[Json]
    keys: Mapping[str, str]
    day: date | None = None
    note: Text = _NOTHING


def told(key: str, paint: Paint, ids: Sequence[str]) -> Json:
    """A colouring of a record: the number of the class of each row of its set."""
    order = {tone["key"]: i for i, tone in enumerate(paint.tones)}
    return {
        "key": key,
        "set": paint.set,
        "title": plain(paint.title),
        "tones": list(paint.tones),
        "codes": [order[paint.keys[id_]] if id_ in paint.keys else None for id_ in ids],
        "day": paint.day.isoformat() if paint.day else None,
        "note": plain(paint.note),
    }


def supply(seen: Seen, words: Words, day: date, since: date | None = None) -> Paint:
    """Live parcels by stage on a day; `since` leaves those that came to theirs by then."""
    live = {id_: one for id_, one in seen.parcels(day).items() if one.live}
    keys = {id_: one.status for id_, one in live.items() if not since or one.since > since}
    known = seen.set(PARCEL)
    undrawn = set(keys) - set(known.table["id"] if known else ())
    note = words.say("undrawn", count=len(undrawn)) if undrawn else Text()
    title = words.say("supply_new_at" if since else "supply_at")
    stages = seen.supply_rules.statuses.values()
    tones = [tone(one.id, Text(one.name, one.name_en), "supply", one.letter) for one in stages]
    return Paint(PARCEL, title, tones, keys, day, note)


def project(seen: Seen, words: Words, day: date) -> Paint:
    """Projects in the register by colour on a day."""
    keys = {id_: one.colour.value for id_, one in seen.projects(day).items() if one.live}
    tones = [
        tone(one.id, Text(one.name, one.name_en), "project", one.letter, one.shape)
        for one in seen.project_rules.colours.values()
    ]
    return Paint(WORKS, words.say("project_at"), tones, keys, day)


def changed(seen: Seen, words: Words, rows: Sequence[Change], against: int) -> Paint:
    """Projects by what became of them since a meeting."""
    keys = {one.id: "same" for one in seen.live}
    keys |= {one.id: one.kind.value for one in rows if one.set == "project"}
    kinds = ("new", "moved", "late", "recovered", "left", "same")
    tones = [_kind(words, kind) for kind in kinds]
    return Paint(WORKS, words.say("change_at", number=against), tones, keys, seen.day)


def parcels(seen: Seen, words: Words, rows: Sequence[Change], against: int) -> Paint:
    """Parcels by what became of them since a meeting."""
    keys = {id_: "same" for id_, one in seen.parcels().items() if one.live}
    for one in (row for row in rows if row.set == PARCEL and row.id):
        if one.kind in FAMILY:
            keys |= dict.fromkeys(one.after.split(JOINED), "split")
        elif one.id in keys and keys[one.id] == "same":
            keys[one.id] = one.kind.value
    tones = [_kind(words, kind) for kind in ("new", "moved", "same")]
    tones.insert(2, tone("split", words.say("k_split_map"), _SPLIT_INK, words.letters["split"]))
    return Paint(PARCEL, words.say("change_at", number=against), tones, keys, seen.day)


def replaced(seen: Seen, words: Words, change: tuple[str, int], against: int) -> Paint:
    """Features of a set (name, version before) by what replacing it did to them."""
    name, old = change
    known = seen.set(name)
    keys = {str(id_): "same" for id_ in (known.table["id"] if known else ())}
    if known is not None:
        found = redrawn(seen.zone, name, old, known.since)
        keys |= {one.id: _REDRAWN[one.kind] for one in found if one.kind in _REDRAWN}
    tones = [_kind(words, "new"), _kind(words, "moved", "k_redrawn"), _kind(words, "same")]
    return Paint(name, words.say("change_at", number=against), tones, keys, seen.day)


def tone(key: str, title: Text, look: str, letter: str = "", symbol: str = "") -> Json:
    """One class as a record has it."""
    return {"key": key, "title": plain(title), "look": look, "letter": letter, "symbol": symbol}


def _kind(words: Words, kind: str, title: str = "") -> Json:
    return tone(kind, words.say(title or f"k_{kind}"), "change", words.letters[kind])
