"""The record of a meeting: everything that is shown, as plain JSON, with the shapes beside it.

Computed from what was known at the meeting's version and had taken effect by its day, so that the
same meeting always gives an equal record, whatever is recorded later.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, TypedDict, Unpack

from geo.briefing import back, charts, front, maps
from geo.briefing.cells import Json, look, plain, slide
from geo.briefing.matters import matter
from geo.briefing.seen import PARCEL, Seen
from geo.briefing.shelf import default, snapshot, story
from geo.briefing.teller import ALWAYS, Maker, Teller
from geo.edition import Edition
from geo.meeting import MATTER, Chapter, Look, Story
from geo.model import SECRECY, Boundaries
from geo.zone import Zone


class Asked(TypedDict, total=False):
    """For whom a record is made.

    `edition` is ``internal`` or ``public``; `base_url` the address of the app for QR codes;
    `maker` 制图单位; `approval` 审图号; `hidden` also tells hidden chapters.
    """

    edition: str
    base_url: str
    maker: str
    approval: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Briefing:
    """A record, JSON-able, and the sets that it names, as the edition may hold them."""

    record: Mapping[str, Any]
    sets: Mapping[str, Boundaries]


_MAKERS: Mapping[str, Maker] = {
    "title": front.title,
    "agenda": front.agenda,
    "numbers": front.numbers,
    "playback": maps.playback,
    "swipe": maps.swipe,
    "wall": maps.wall,
    "changes": back.changes,
    "actions": back.actions,
    "closing": back.closing,
}


def record(zone: Zone, number: int, story_id: str = "", **asked: Unpack[Asked]) -> Briefing:
    """The record of a meeting told by a story, the default one if none is named.

    Raises `DataError` SNAPSHOT_UNKNOWN, STORY_UNKNOWN.
    """
    edition = Edition(asked.get("edition", "internal"))
    teller = Teller(Seen(zone, snapshot(zone, number), edition))
    told = story(zone, story_id) if story_id else default(zone)
    slides = _slides(teller, told, hidden=asked.get("hidden", False))
    names = _names(slides, teller)
    sets = {name: known for name in names if (known := teller.seen.set(name))}
    seen = teller.seen
    return Briefing(
        {
            "occasion": _occasion(seen),
            "slides": slides,
            "sets": list(sets),
            "names": {name: plain(teller.title(name)) for name in sets},
            "colourings": dict(sorted(teller.used.items())),
            "secrecy": "" if seen.public else _secrecy(seen, sets),
            "public": seen.public,
            "example": seen.example,
            "maker": asked.get("maker", ""),
            "approval": asked.get("approval", ""),
            "base_url": "" if seen.public else asked.get("base_url", ""),
        },
        sets,
    )


def _occasion(seen: Seen) -> Json:
    snap = seen.snapshot
    return {
        "number": snap.number,
        "title": plain(snap.title),
        "held": snap.held.isoformat(),
        "as_of": snap.as_of.isoformat(),
        "version": snap.version,
        "previous": snap.previous,
        "seal": asdict(seen.zone.seal(snap.version)),
    }


def _secrecy(seen: Seen, sets: Mapping[str, Boundaries]) -> str:
    """The highest level that any set states; empty where none states one.

    Numbers and lists come from the ledger though no map shows its parcels.
    """
    ledger = seen.set(PARCEL) if seen.parcels() else None
    read = [*sets.values(), *([ledger] if ledger else [])]
    said = {known.source.secrecy for known in read}
    return next((level for level in reversed(SECRECY) if level in said), "")


def _slides(teller: Teller, told: Story, *, hidden: bool) -> list[Json]:
    chapters = [
        one
        for one in told.chapters
        if (hidden or not one.hidden) and not (teller.seen.public and one.internal)
    ]
    made = {one.id: list(_chapter(teller, one)) for one in chapters if one.made != "sources"}
    names = _names([each for some in made.values() for each in some], teller)
    out = list[Json]()
    for one in chapters:
        if one.made == "sources":
            made[one.id] = list(_chapter(teller, one, partial(back.sources, names=names)))
        out += made[one.id]
    return out


def _names(slides: Sequence[Json], teller: Teller) -> list[str]:
    """Sets that slides use, in the order of the zone's sets, derived ones last."""
    used = {name for one in slides if one["look"] for name in one["look"]["on"]}
    used |= {one["set"] for one in teller.used.values()} | set(ALWAYS)
    return sorted(used, key=lambda name: (name not in teller.seen.zone.catalog.shipped, name))


def _chapter(teller: Teller, one: Chapter, maker: Maker | None = None) -> Iterator[Json]:
    """Slides of a chapter under ids of its own; what its author wrote goes before what is made."""
    if one.made.startswith(MATTER):
        slides = matter(teller, one.made)
    elif one.made:
        slides = (maker or _maker(one))(teller)
    else:
        slides = [_own(one)]
    for page, made in enumerate(slides, 1):
        out = {**made, "id": one.id if page == 1 else f"{one.id}-{page}"}
        yield _finished(teller, _written(teller, one, out) if page == 1 else out, one)


def _maker(one: Chapter) -> Maker:
    """What makes a chapter; of those that are made only the wall map has a day of its own."""
    return partial(maps.wall, day=one.day) if one.made == "wall" else _MAKERS[one.made]


def _own(one: Chapter) -> Json:
    full = one.look and not (one.lead or one.lines or one.chart)
    return slide(one.id, "map" if full else "text", one.title)


def _written(teller: Teller, one: Chapter, made: Json) -> Json:
    said = {"title": one.title, "lead": one.lead}
    made |= {key: plain(text) for key, text in said.items() if text}
    if one.lines:
        made["lines"] = [plain(line) for line in one.lines]
    if one.clauses:
        made["clauses"] = list(one.clauses)
    if one.chart:
        made["chart"] = charts.of(teller, one.chart, one.day)
    if one.permalink:
        made["permalink"] = one.permalink
    if one.look:
        made["look"], lost = teller.own(_dated(one))
        if lost and not teller.seen.public:  # not even the names of what the public may not see
            gone = teller.say("lost", names=teller.words.joined(lost))
            made["lines"] = [*made["lines"], plain(gone)]
    return made


def _dated(one: Chapter) -> Look:
    """The look of a chapter on the chapter's own day."""
    look_ = one.look or Look()
    if one.day is None:
        return look_
    day = one.day.isoformat()
    return replace(
        look_,
        colouring=look_.colouring.replace("as_of", day),
        before=look_.before.replace("as_of", day),
        periods=tuple(key.replace("as_of", day) for key in look_.periods),
    )


def _finished(teller: Teller, made: Json, one: Chapter) -> Json:
    seen = made["look"]
    return {
        **made,
        "look": look(seen),
        "seconds": one.seconds,
        "notes": "" if teller.seen.public else one.notes,
        "permalink": "" if teller.seen.public else made["permalink"],  # leads into the office
        "sources": [plain(each) for each in teller.sources(seen.on)] if seen else made["sources"],
    }
