"""Sets as a picture may show them: of an edition, with what has to be said of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from geo.edition import Edition, highest, levels, released
from geo.errors import DataError
from geo.model import SECRECY, Boundaries
from geo.zone import Zone


@dataclass(frozen=True, slots=True, eq=False)
class Outgoing:
    """Sets that go out, each with something to draw.

    Parameters
    ----------
    left_out
        Names of sets that the edition may not hold.
    secrecy
        Level of the most secret set or row, one of `SECRECY`; that of the public for a public copy.
    """

    sets: tuple[Boundaries, ...]
    left_out: tuple[str, ...] = ()
    secrecy: str = ""


def outgoing(sets: Iterable[Boundaries], *, public: bool) -> Outgoing:
    """The sets as an edition may hold them."""
    if not public:
        kept = tuple(sets)
        return Outgoing(kept, (), highest(level for one in kept for level in levels(one)))
    out, left_out = list[Boundaries](), list[str]()
    for one in sets:
        try:
            known = released(one, Edition.PUBLIC).known
        except DataError as error:
            if error.code != "EDITION_SECRET":
                raise
            left_out.append(one.name)
            continue
        drawn = ~(known.table.geometry.isna() | known.table.geometry.is_empty)
        if drawn.any():
            out.append(replace(known, table=known.table[drawn].reset_index(drop=True)))
    return Outgoing(tuple(out), tuple(left_out), SECRECY[0])


def sources(zone: Zone, chosen: Sequence[Boundaries], *, english: bool) -> Iterator[str]:
    """What to cite, each once, in English where the shipped source still stands."""
    held, told = zone.sets(), set[str]()
    for one in chosen:
        now = held.get(one.name) == one.since
        title = zone.source_title(one.name, english=english) if now else one.source.title
        for part in title.replace("; ", "；").split("；"):
            if part.strip() and part.strip() not in told:
                told.add(part.strip())
                yield part.strip()
