"""Maps of a meeting: supply played year by year, before and after, the wall map of projects."""

from collections.abc import Sequence
from datetime import date, timedelta

from geo.briefing import charts
from geo.briefing.cells import Json, plain, slide
from geo.briefing.seen import PARCEL, WORKS
from geo.briefing.teller import Teller


def playback(teller: Teller) -> Sequence[Json]:
    """Supply at the end of each year: so far, and in each period beside it."""
    days = charts.year_ends(teller)
    title = teller.say("playback")
    if not days or teller.seen.set(PARCEL) is None:
        known = teller.seen.supplied
        none = plain(teller.say("no_ledger" if known else "parcels_internal"))
        line = [plain(teller.say("playback_none"))] if known and not days else []
        return [slide("playback", "text", title, lead=none, lines=line, permalink="supply")]
    starts = [_year_before(days[0]), *days[:-1]]
    for start, end in zip(starts, days, strict=True):
        teller.colouring(f"supply_new:{start}:{end}")
    keys = [f"supply:{day}" for day in days]
    look = teller.look(PARCEL, colouring=keys[-1], periods=keys)
    lead = plain(teller.say("playback_lead", first=days[0], last=days[-1]))
    return [slide("playback", "map", title, lead=lead, look=look, permalink="supply")]


def _year_before(day: date) -> date:
    return date(day.year - 1, 12, 31) if day.month == 12 else date(day.year, 1, 1) - timedelta(1)


def swipe(teller: Teller) -> Sequence[Json]:
    """Parcels, else projects, on the day of the meeting before and now; a year ago if none was."""
    now = teller.seen.day
    then = teller.then.day if teller.then and teller.then.day < now else _a_year_ago(now)
    kind, set_ = _shown(teller)
    look = teller.look(set_, colouring=f"{kind}:{now}", before=f"{kind}:{then}")
    if not look.colouring:
        return []
    pair = [teller.used[key]["codes"] for key in (look.before, look.colouring)]
    lines = [plain(teller.say("swipe_same"))] if pair[0] == pair[1] else []
    lead = plain(teller.say("swipe_lead", before=then, after=now))
    return [slide("swipe", "map", teller.say("swipe"), lead=lead, lines=lines, look=look)]


def _shown(teller: Teller) -> tuple[str, str]:
    """Kind of colouring that has something to show, and its set."""
    drawn = teller.seen.set(PARCEL) is not None and teller.seen.parcels()
    return ("supply", PARCEL) if drawn else ("project", WORKS)


def _a_year_ago(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, 28))


def wall(teller: Teller, day: date | None = None) -> Sequence[Json]:
    """Every project that has a place, by colour on a day, the meeting's if none is given."""
    seen = teller.seen
    placed = set(seen.works.table["id"]) if seen.works else set()
    drawn = sum(one.id in placed for one in seen.live)
    lead = teller.say("wall_lead", drawn=drawn, undrawn=len(seen.live) - drawn)
    look = teller.look(WORKS, colouring=f"project:{day or seen.day}")
    title = teller.say("wall")
    return [slide("wall", "map", title, lead=plain(lead), look=look, permalink="project")]
