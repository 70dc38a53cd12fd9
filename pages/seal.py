"""What a document prints so that a cut end of the chains shows later: the one place it is asked."""

from dataclasses import replace

from geo.model import Seal
from geo.zone import Zone
from pages import who


def of(zone: Zone, at: int | None = None) -> Seal:
    """The zone's head at a version, and that of the office's log as it is now, where there is one.

    A document of a meeting names the meeting's version; one of today none.
    """
    held = who.book()
    seal = zone.seal(at)
    return seal if held is None else replace(seal, log="{}:{}".format(*held.head))
