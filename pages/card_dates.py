"""How old what a card shows is: the day its source was issued, its version and when that came."""

from geo.chronicle import CHINA
from geo.model import Boundaries
from geo.zone import Zone
from pages import parts


def lines(zone: Zone, known: Boundaries) -> list[tuple[str, str]]:
    """Names and values; the day of issue only where the source says it."""
    words, issued = parts.section("card"), known.source.issued
    last = zone.events(f"boundaries/{known.name}")[-1:]
    days = [event.at.astimezone(CHINA).date().isoformat() for event in last]
    rows = [(words["issued"], issued.isoformat())] if issued else []
    return [*rows, (words["data_date"], " · ".join([f"v{known.since}", *days]))]
