"""Last slides: everything that changed, what is to be done next, sources and grades, the end."""

from collections.abc import Iterator, Mapping, Sequence

from geo.boundaries import grades
from geo.briefing.cells import Cells, Json, chunks, count, plain, slide, table
from geo.briefing.matters import next_step, progress
from geo.briefing.seen import PARCEL
from geo.briefing.teller import ALWAYS, Teller
from geo.meeting import FAMILY, JOINED, Change, ChangeKind, Text
from geo.model import Boundaries
from geo.projects.rules import ColourRule
from geo.supply import Status
from geo.units import AreaUnit, format_area

_PAGES = 3  # of the list of changes: the whole of it is in the app
_MAPS = 3  # of sets replaced


def changes(teller: Teller) -> Sequence[Json]:
    """What changed since the meeting before, as table and maps; nothing for a first one."""
    if teller.then is None:
        return []
    then = teller.then.snapshot
    lead = plain(teller.say("against", number=then.number, day=then.as_of))
    title = teller.say("changes")
    if not teller.rows:
        line = [plain(teller.say("no_change"))]
        return [slide("changes", "changes", title, lead=lead, lines=line)]
    keys = ("kind", "what", "before", "after", "day")
    columns = [(key, teller.say(f"col_{key}")) for key in keys]
    rows = [told(teller, one) for one in _ordered(teller.rows)]
    lists = [
        slide(
            "changes" if page == 1 else f"changes-{page}",
            *("changes", title),
            lead=lead,
            table=table(columns, some, len(rows)),
        )
        for page, some in enumerate(chunks(rows, _PAGES), 1)
    ]
    return [*lists, *_maps(teller, lead)]


def _ordered(rows: Sequence[Change]) -> list[Change]:
    """Projects, boundaries and targets first: parcels are many."""
    return sorted(rows, key=lambda one: one.set == PARCEL and bool(one.id))


def _maps(teller: Teller, lead: Json) -> Iterator[Json]:
    number = teller.then.snapshot.number if teller.then else 0
    if any(one.set == "project" for one in teller.rows):
        look = teller.look("works", colouring=f"change:{number}")
        yield slide("changes-works", "map", teller.say("change_map"), lead=lead, look=look)
    if any(one.set == PARCEL and one.id for one in teller.rows) and teller.seen.set(PARCEL):
        look = teller.look(PARCEL, colouring=f"change:{number}:{PARCEL}")
        yield slide("changes-parcel", "map", teller.say("change_parcels"), lead=lead, look=look)
    sets = [one for one in teller.rows if one.kind is ChangeKind.REPLACED]
    moved = sorted(sets, key=lambda one: -(one.moved_m2 or 0.0))
    for one in moved[:_MAPS]:
        title = teller.say("change_set", set=one.name)
        look = teller.look(one.set, colouring=f"change:{number}:{one.set}")
        yield slide(f"changes-set-{one.set}", "map", title, lead=lead, look=look)


def told(teller: Teller, one: Change) -> Cells:
    """A change as a row: what happened, to what, before, after, from which day."""
    pair = (_value(teller, one, one.before), _value(teller, one, one.after, last=True))
    name = one.name if one.set == "project" or not one.id else _named(one)
    return (
        teller.say(f"k_{one.kind.value}"),
        name,
        *pair,
        Text(one.day.isoformat() if one.day else "—"),
    )


def _named(one: Change) -> Text:
    if one.id == one.name.zh:
        return one.name
    return Text(f"{one.id} {one.name.zh}", f"{one.id} {one.name.en or one.name.zh}")


def _value(teller: Teller, one: Change, key: str, *, last: bool = False) -> Text:
    """What stood before or after, in words."""
    if not key:
        return Text("—")
    if one.kind is ChangeKind.TARGET:
        return one.said[last]
    if not one.id:
        return _features(teller, one, key, last=last)
    rules: Mapping[str, ColourRule | Status] = {}
    if one.set == "project":
        rules = {**teller.seen.project_rules.colours}
    elif one.set == PARCEL and one.kind not in FAMILY:
        rules = {**teller.seen.supply_rules.statuses}
    named = [rules.get(part) for part in key.split(JOINED)]
    known = [Text(rule.name, rule.name_en) for rule in named if rule]
    return teller.words.joined(known) if known else Text(key)


def _features(teller: Teller, one: Change, key: str, *, last: bool) -> Text:
    many = count(int(key))
    if not last or one.moved_m2 is None:
        return teller.say("features", count=many)
    zh, en = (format_area(one.moved_m2, AreaUnit.MU, english=english) for english in (False, True))
    return teller.say("features_moved", count=many, area=Text(zh, en))


def actions(teller: Teller) -> Sequence[Json]:
    """Open steps with a deadline, the earliest first: who, what, when."""
    rows = list[tuple[str, Cells]]()
    for one in teller.seen.live:
        step = next_step(one)
        if step is None or step.due is None:
            continue
        name = Text(one.name, str(one.fields.get("name_en", "")))
        who, what = teller.words.office(one.lead), Text(step.name, step.name_en)
        cells = (name, what, Text(str(step.due)), who, progress(teller, one))
        rows.append((str(step.due.day), cells))
    title = teller.say("actions")
    if not rows:
        lead = plain(teller.say("actions_none"))
        return [slide("actions", "text", title, lead=lead, permalink="project")]
    keys = ("project", "step", "due", "who", "state")
    columns = [(key, teller.say(f"col_{key}")) for key in keys]
    ordered = [cells for _, cells in sorted(rows, key=lambda row: row[0])]
    return [
        slide(
            "actions" if page == 1 else f"actions-{page}",
            *("table", title),
            table=table(columns, some, len(rows)),
            permalink="project",
        )
        for page, some in enumerate(chunks(ordered, 2), 1)
    ]


def sources(teller: Teller, names: Sequence[str]) -> Sequence[Json]:
    """Where the shapes come from and how far they may be believed; what is missing."""
    keys = ("set", "source", "grade", "count", "licence")
    columns = [(key, teller.say(f"col_{key}")) for key in keys]
    every = dict.fromkeys([*ALWAYS, *names])
    rows = [_source(teller, known) for name in every if (known := teller.seen.set(name))]
    lines = [plain(one) for one in _lacking(teller)]
    lead = plain(teller.say("sources_lead"))
    return [
        slide(
            "sources" if page == 1 else f"sources-{page}",
            *("table", teller.say("sources")),
            lead=lead,
            table=table(columns, some, len(rows)),
            lines=lines if page == 1 else [],
        )
        for page, some in enumerate(chunks(rows), 1)
    ]


def _source(teller: Teller, known: Boundaries) -> Cells:
    worst = list(grades(known))[-1]
    return (
        teller.title(known.name),
        teller.cited(known),
        teller.say(worst),
        Text(count(len(known.table))),
        teller.licence(known),
    )


def _lacking(teller: Teller) -> Iterator[Text]:
    """Sets withheld, themes nobody has brought, and the document of the plan."""
    seen = teller.seen
    known = seen.zone.plan.document
    title = Text(known.title, known.title_en)
    yield teller.say("plan_source", title=title, index=known.index_number)
    if seen.withheld:
        yield teller.say("withheld", count=len(seen.withheld))
    held = seen.zone.sets(seen.version)
    themes = [name for name in seen.zone.catalog.themes if name not in held]
    if themes:
        yield teller.say("missing", names=teller.named([teller.title(name) for name in themes]))


def closing(teller: Teller) -> Sequence[Json]:
    """The end, with the state it was all told of."""
    snap = teller.seen.snapshot
    lead = teller.say("state", day=snap.as_of, version=snap.version)
    return [slide("closing", "closing", teller.say("closing"), lead=plain(lead))]
