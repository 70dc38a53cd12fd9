"""Meetings as the screens read them: what a meeting shows never changes, so it is made once."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from geo import briefing
from geo.edition import Edition
from geo.meeting import Changes
from geo.zone import Zone

_NUMBERS = "numbers"  # chapter of the default story that holds them


@lru_cache(maxsize=64)
def changes(zone: Zone, number: int, against: int) -> Changes:
    """What changed from one meeting to another; `against` 0 for a first one."""
    return briefing.changes(zone, number, against or None)


def counts(found: Changes) -> Mapping[str, int]:
    """Changes by kind, in the order in which they are told."""
    return Counter(one.kind.value for one in found.rows)


@lru_cache(maxsize=16)
def numbers(zone: Zone, number: int) -> tuple[Mapping[str, Any], ...]:
    """The big numbers of a meeting, as its slide shows them."""
    made = briefing.record(zone, number, edition=Edition.INTERNAL)
    slides = made.record["slides"]
    return tuple(
        row for one in slides if one["id"].partition("-")[0] == _NUMBERS for row in one["numbers"]
    )
