"""First slides: which meeting, what changed in short, where things stand in numbers."""

from collections import Counter
from collections.abc import Iterator, Sequence

from geo.briefing import charts
from geo.briefing.cells import NONE, Json, count, number, plain, slide
from geo.briefing.teller import Teller
from geo.meeting import Actual, ChangeKind, Text
from geo.plan import Target
from geo.units import AreaUnit, format_area


def title(teller: Teller) -> Sequence[Json]:
    """Which meeting, of which state."""
    snap = teller.seen.snapshot
    lines = [
        teller.say("state", day=snap.as_of, version=snap.version),
        teller.say("held", day=snap.held),
    ]
    if teller.seen.example:
        lines.append(teller.say("example"))
    if teller.seen.public:
        lines.append(teller.say("public"))
    lead = teller.say("occasion", number=snap.number)
    told = {"lead": plain(lead), "lines": [plain(one) for one in lines]}
    return [slide("title", "title", snap.title, **told)]


_AGENDA = (
    ("n_new", "project", (ChangeKind.NEW,)),
    ("n_late", "project", (ChangeKind.LATE,)),
    ("n_recovered", "project", (ChangeKind.RECOVERED,)),
    ("n_moved", "project", (ChangeKind.MOVED,)),
    ("n_left", "project", (ChangeKind.LEFT,)),
    ("n_parcels", "parcel", ()),
    ("n_targets", "target", (ChangeKind.TARGET,)),
)


def agenda(teller: Teller) -> Sequence[Json]:
    """How much changed since the meeting before; nothing for a first one."""
    if teller.then is None:
        return []
    rows = [one for one in teller.rows if one.id]
    numbers = [
        number(teller.say(key), count(len({r.id for r in rows if r.set == of and r.kind in kinds})))
        if kinds
        else number(teller.say(key), count(len({r.id for r in rows if r.set == of})))
        for key, of, kinds in _AGENDA
    ]
    sets = [one for one in teller.rows if not one.id]
    numbers.append(number(teller.say("n_sets"), count(len(sets))))
    then = teller.then.snapshot
    lead = teller.say("against", number=then.number, day=then.as_of)
    return [slide("agenda", "numbers", teller.say("agenda"), lead=plain(lead), numbers=numbers)]


def numbers(teller: Teller) -> Sequence[Json]:
    """Targets, projects and parcels, each with the day of its data."""
    lead = plain(teller.say("as_of", day=teller.seen.day))
    first = [*_targets(teller), *_projects(teller)]
    parts = [number(teller.say("parcels"), *_parcels(teller))]
    stages = list(_phases(teller))
    whole = slide("numbers", "numbers", teller.say("numbers"), lead=lead, permalink="project")
    whole |= {"chart": charts.of(teller, "projects")}
    if not stages:
        return [whole | {"numbers": [*first, *parts]}]
    title = teller.say("parcels_chart")
    second = slide("parcels", "numbers", title, lead=lead, permalink="supply")
    second |= {"chart": charts.of(teller, "supply"), "numbers": [*parts, *stages]}
    return [whole | {"numbers": first}, second]


def met(target: Target, actual: Actual | None) -> bool | None:
    """Whether a target is reached; None where no actual number says so."""
    if actual is None or actual.number is None or target.value_low is None:
        return None
    if target.op == ">":
        return actual.number > target.value_low
    return actual.number >= target.value_low


def _targets(teller: Teller) -> Iterator[Json]:
    targets, actuals = teller.seen.zone.plan.targets, teller.seen.snapshot.actuals
    answers = Counter(met(one, actuals.get(one.id)) for one in targets)
    note = teller.say("targets_note")
    unit = teller.say("targets_unit")
    yield number(teller.say("targets"), count(len(targets)), unit, note)
    known = answers[True] + answers[False]
    if not known:
        none = teller.say("no_actual", count=len(targets))
        yield number(teller.say("reached"), NONE, unit, none)
        return
    yield number(teller.say("reached"), count(answers[True]), unit)
    told = teller.say("of_targets", count=known)
    yield number(teller.say("short"), count(answers[False]), unit, told)


def _projects(teller: Teller) -> Iterator[Json]:
    seen, unit = teller.seen, teller.say("projects_unit")
    latest = seen.latest("project/")
    note = teller.say("latest", day=latest) if latest else teller.say("no_data")
    yield number(teller.say("projects"), count(len(seen.live)), unit, note)
    counts = Counter(one.colour for one in seen.live)
    for colour in seen.project_rules.colours.values():
        many = count(counts[colour.id])  # type: ignore[index]
        yield number(Text(colour.name, colour.name_en), many, unit)


def _parcels(teller: Teller) -> tuple[str, Text, Text]:
    seen, unit = teller.seen, teller.say("parcels_unit")
    live = [one for one in seen.parcels().values() if one.live]
    if not seen.supplied:
        return NONE, unit, teller.say("parcels_internal")
    if not live:
        return NONE, unit, teller.say("no_ledger")
    areas = [one.area_m2 for one in live]
    known = sum(area for area in areas if area is not None)
    zh, en = (format_area(known, AreaUnit.MU, english=english) for english in (False, True))
    blank = sum(area is None for area in areas)
    key = "parcels_area_blank" if blank else "parcels_area"
    return count(len(live)), unit, teller.say(key, area=Text(zh, en), blank=blank)


def _phases(teller: Teller) -> Iterator[Json]:
    """Parcels of each phase that any is in."""
    statuses, unit = teller.seen.supply_rules.statuses, teller.say("parcels_unit")
    live = [one for one in teller.seen.parcels().values() if one.live]
    counts = Counter(statuses[one.status].phase for one in live)
    for phase in dict.fromkeys(one.phase for one in statuses.values()):
        if counts[phase]:
            yield number(charts.phase_name(teller, phase), count(counts[phase]), unit)
