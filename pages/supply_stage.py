"""Parcels coloured by their stage on a day; the legend is the same for all days."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache

from geo.ledger import book, supply_rules
from geo.zone import Zone
from layers import supply_look
from layers.tint import Legend, Tint
from pages import door, supply_book, tints

SET = "parcel"
_NONE = "unentered"  # drawn, and never in the ledger


def legend(zone: Zone, there: Collection[str]) -> Legend:
    """All stages there have been, in the order of the rules, and those that are `there`."""
    words, known = door.words()["supply"], supply_book.ever(zone, zone.version)[1] | set(there)
    stages = [
        (one.id, one.name, one.name_en, one.letter, one.letter_en)
        for one in supply_rules().statuses.values()
        if one.id in known
    ]
    if _NONE in there:
        stages.append((_NONE, words["unentered"][0], words["unentered"][1], "—", "—"))
    return supply_look.legend(stages, (words["legend"][0], words["legend"][1]))


def overview(zone: Zone, day: date, kept: frozenset[str] | None = None) -> Tint | None:
    """Parcels of the main map on a day; None without shapes or without a ledger.

    `kept` are those that filters leave; None for all.
    """
    return _overview(zone, zone.version, day, kept)


@lru_cache(maxsize=16)
def _overview(zone: Zone, _version: int, day: date, kept: frozenset[str] | None) -> Tint | None:
    known, supply = zone.boundaries(SET), book(zone).supply
    entered = supply.at()
    if known is None or not entered:
        return None
    told = supply.at(day)
    ids = set(known.table["id"])
    keys = {id_: one.status for id_, one in told.items() if one.live and id_ in ids}
    never = dict.fromkeys(ids - set(entered), _NONE)
    keys |= never
    found = legend(zone, set(keys.values()))
    if kept is not None:
        keys = {id_: key for id_, key in keys.items() if id_ in kept}
    return tints.of(known, keys, found)
