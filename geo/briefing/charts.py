"""Charts of a meeting: projects by colour, parcels by stage, parcels by phase year after year."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from geo.briefing.cells import Json, chart, plain
from geo.briefing.teller import Teller
from geo.meeting import Text

YEARS = 12  # year ends that are played: more is no longer looked at


def of(teller: Teller, key: str, day: date | None = None) -> Json | None:
    """A chart by its key (one of `geo.meeting.CHARTS`); None where there is nothing to show."""
    made = {"projects": projects, "supply": supply, "supply_years": supply_years}.get(key)
    return made(teller, min(day or teller.seen.day, teller.seen.day)) if made else None


def projects(teller: Teller, day: date) -> Json | None:
    """Projects in the register by colour."""
    counts = Counter(one.colour.value for one in teller.seen.projects(day).values() if one.live)
    parts = [
        (Text(one.name, one.name_en), float(counts[one.id]), teller.words.inks[one.id])
        for one in teller.seen.project_rules.colours.values()
    ]
    unit = teller.say("projects_unit")
    return chart("doughnut", teller.say("projects_chart"), parts, unit) if counts else None


def supply(teller: Teller, day: date) -> Json | None:
    """Live parcels by stage, stages that none has left out."""
    counts = Counter(one.status for one in teller.seen.parcels(day).values() if one.live)
    parts = [
        (Text(one.name, one.name_en), float(counts[one.id]), _ink(teller, one.phase))
        for one in teller.seen.supply_rules.statuses.values()
        if counts[one.id]
    ]
    unit = teller.say("parcels_unit")
    return chart("bar", teller.say("parcels_chart"), parts, unit) if parts else None


def supply_years(teller: Teller, day: date) -> Json | None:
    """Live parcels by phase at the end of each year."""
    days = [one for one in year_ends(teller) if one <= day]
    statuses = teller.seen.supply_rules.statuses
    held = [
        Counter(statuses[one.status].phase for one in teller.seen.parcels(at).values() if one.live)
        for at in days
    ]
    phases = list(dict.fromkeys(one.phase for one in statuses.values()))
    series = [
        {
            "name": plain(phase_name(teller, phase)),
            "values": [float(counts[phase]) for counts in held],
            "ink": _ink(teller, phase),
            "inks": [],
        }
        for phase in phases
        if any(counts[phase] for counts in held)
    ]
    if not series:
        return None
    made = chart("stacked", teller.say("parcels_chart"), [], teller.say("parcels_unit"))
    return made | {"categories": [plain(one.isoformat()) for one in days], "series": series}


def phase_name(teller: Teller, phase: str) -> Text:
    """Name of a phase of supply; those an office added are other ones."""
    key = f"phase_{phase}"
    return teller.say(key if key in teller.words.texts else "phase_other")


def _ink(teller: Teller, phase: str) -> str:
    return teller.words.inks.get(phase, teller.words.inks["grey"])


def year_ends(teller: Teller) -> Sequence[date]:
    """Ends of the years the ledger tells of, and the day of the meeting; the latest `YEARS`."""
    day, parcels = teller.seen.day, teller.seen.parcels()
    if not parcels:
        return ()
    first = min(
        (span.start for span in teller.spans if span.start <= day),
        default=day,
    )
    ends = [date(year, 12, 31) for year in range(first.year, day.year)]
    return [*(one for one in ends if one < day), day][-YEARS:]
