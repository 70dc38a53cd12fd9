"""What the player of a meeting is told: made once, the same for everybody who asks the same."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from geo import briefing, landuse
from geo.zone import Zone
from layers import feed, palette, show
from layers.brief.read import brief_of
from layers.brief.values import Brief
from pages import door


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which meeting, told by which story as saved under `number`, for whom."""

    zone: Zone
    meeting: int
    story: str
    number: int
    edition: str
    maker: str
    approval: str
    base_url: str


@lru_cache(maxsize=4)
def brief(wanted: Wanted) -> Brief:
    """The slides, with the sets they show."""
    found = briefing.record(
        *(wanted.zone, wanted.meeting, wanted.story),
        edition=wanted.edition,
        maker=wanted.maker,
        approval=wanted.approval,
        base_url=wanted.base_url,
    )
    return brief_of(found.record, found.sets)


@lru_cache(maxsize=4)
def pack(wanted: Wanted) -> tuple[bytes, str]:
    """All that the player asks for, packed, and its digest."""
    told, uses = brief(wanted), door.uses()
    inks = {name: palette.tints(one, uses, landuse.find) for name, one in told.sets.items()}
    body = feed.packed(show.pack(told, inks))
    return body, hashlib.sha256(body).hexdigest()[:24]
