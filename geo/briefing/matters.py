"""One chapter per major matter: who leads, its targets and projects, the map of its places."""

from collections.abc import Iterator, Sequence

from geo import plan
from geo.briefing.cells import (
    NONE,
    Cells,
    Json,
    chunks,
    count,
    number,
    plain,
    slide,
    table,
    written,
)
from geo.briefing.front import met
from geo.briefing.teller import Teller
from geo.errors import DataError
from geo.meeting import MATTER, Text
from geo.plan import Matter, Target
from geo.projects import Colour, Project, Step

_SIGNED = "≥>"
_WHOLE = ("district", "unit")


def matter(teller: Teller, key: str) -> Sequence[Json]:
    """Slides of a matter (``matter:M1``); raises `DataError` MATTER_UNKNOWN."""
    known = {f"{MATTER}{one.id}": one for one in teller.seen.zone.plan.matters}
    if key not in known:
        raise DataError(f"方案中没有重大事项 {key}，请删去这一章", "MATTER_UNKNOWN")
    one = known[key]
    works = teller.works(one)
    name = Text(one.title, one.title_en)
    rows = [*_targets(teller, one), *(_work(teller, each) for each in works)]
    columns = [(key, teller.say(f"col_{key}")) for key in ("item", "wanted", "by", "now", "who")]
    heading = teller.say("work_table", title=name)
    return [
        _front(teller, one, works, name),
        *(
            slide(f"{one.id}-{page}", "table", heading, table=table(columns, some, len(rows)))
            for page, some in enumerate(chunks(rows), 2)
        ),
    ]


def _front(teller: Teller, one: Matter, works: Sequence[Project], name: Text) -> Json:
    lead = teller.words.office(one.lead)
    units = teller.words.joined(teller.words.office(unit) for unit in one.units)
    said = teller.say("lead_units" if units else "lead", lead=lead, units=units)
    places = _places(teller, one, works)
    lines = list(_lines(teller, one, bool(works)))
    drawn = list(dict.fromkeys(pair for pairs in places.values() for pair in pairs))
    # Whole towns outlined hide what lies in them; they stand only where nothing smaller does.
    selected = [pair for pair in drawn if pair[0] not in _WHOLE] or drawn
    coloured = f"project:{teller.seen.day}:{one.id}" if works else ""
    look = teller.look("works", selected=selected, colouring=coloured)
    return slide(
        *(one.id, "text", name),
        lead=plain(said),
        lines=[plain(line) for line in lines],
        numbers=_numbers(teller, one, works),
        look=look,
        clauses=[one.clause],
        permalink=f"?sel={','.join(f'{set_}:{id_}' for set_, id_ in selected)}"
        if selected
        else "target",
    )


def _places(
    teller: Teller, one: Matter, works: Sequence[Project]
) -> dict[str, Sequence[tuple[str, str]]]:
    """What is drawn of a matter's entities and projects, by id."""
    found = {id_: teller.seen.where(id_) for id_ in one.entities}
    found |= {each.id: teller.seen.of_project(each) for each in works}
    return {id_: pairs for id_, pairs in found.items() if pairs}


def _lines(teller: Teller, one: Matter, worked: bool) -> Iterator[Text]:
    """What is outlined on the map, and what no map can show."""
    known = teller.seen.zone.plan
    entities = [found for id_ in one.entities if (found := known.entity(id_))]
    drawn = [each for each in entities if teller.seen.where(each.id)]
    missing = {each.id for each in teller.seen.zone.catalog.unplaced}
    absent = [each for each in entities if each not in drawn and each.id in missing]
    for key, some in (("matter_places", drawn), ("matter_unplaced", absent)):
        if some:
            yield teller.say(key, names=teller.named([Text(e.name, e.name_en) for e in some]))
    if not one.targets and not worked:
        yield teller.say("matter_nothing")


def _numbers(teller: Teller, one: Matter, works: Sequence[Project]) -> list[Json]:
    actual = sum(id_ in teller.seen.snapshot.actuals for id_ in one.targets)
    due = sum(any(step.due and not step.done for step in each.steps) for each in works)
    units = [teller.say(f"{key}_unit") for key in ("targets", "projects")]
    known = teller.say("matter_actual", count=actual) if actual else teller.say("no_data")
    known = known if one.targets else Text()
    dated = teller.say("matter_known", count=due) if due else teller.say("no_deadline")
    return [
        number(teller.say("matter_targets"), count(len(one.targets)), units[0], known),
        number(teller.say("matter_projects"), count(len(works)), units[1], dated),
        _late(teller, works, units[1]),
    ]


def _late(teller: Teller, works: Sequence[Project], unit: Text) -> Json:
    """How many are late; of projects without any deadline nobody can say."""
    title = teller.say("matter_late")
    if not any(step.due for each in works for step in each.steps):
        return number(title, NONE, unit, teller.say("no_deadline"))
    return number(title, count(sum(each.colour is Colour.RED for each in works)), unit)


def _targets(teller: Teller, one: Matter) -> Iterator[Cells]:
    found = {each.target.id: each for each in plan.progress(teller.seen.zone.plan)}
    for id_ in one.targets:
        row = found[id_]
        target = row.target
        yield (
            Text(target.subject, target.subject_en),
            wanted(teller, target),
            Text(target.by, target.by_en),
            _now(teller, target),
            teller.words.office(one.lead),
        )


def wanted(teller: Teller, target: Target) -> Text:
    """What a target asks for: sign, figure and unit; or that it is no number."""
    if target.value_low is None:
        kind = teller.say(target.op if target.op in ("milestone", "qualitative") else "qualitative")
        return Text(target.value_text or kind.zh, kind.en)
    value = written(target.value_low)
    if target.value_high is not None and target.value_high != target.value_low:
        value += f"–{written(target.value_high)}"
    sign = f"{target.op} " if target.op in _SIGNED else ""
    about = teller.say("about") if target.op == "≈" else Text()
    return Text(
        f"{about.zh}{sign}{value} {target.unit}".strip(),
        f"{about.en}{sign}{value} {_times(target.unit_en or target.unit)}".strip(),
    )


def _times(unit: str) -> str:
    """A unit that is itself a number is parted from the figure: 2 × 10,000 mu."""
    return f"× {unit}" if unit[:1].isdecimal() else unit


def _now(teller: Teller, target: Target) -> Text:
    """The actual value and what is missing; no data where none was published."""
    actual = teller.seen.snapshot.actuals.get(target.id)
    if actual is None:
        return teller.say("no_data")
    day = f"（{actual.as_of}）" if actual.as_of else ""
    day_en = f" ({actual.as_of})" if actual.as_of else ""
    said = Text(f"{actual.value.zh}{day}", f"{actual.value.en or actual.value.zh}{day_en}")
    reached = met(target, actual)
    if reached is None or target.value_low is None or actual.number is None:
        return said
    gap = teller.say("gap", gap=written(target.value_low - actual.number))
    return teller.say("pair", one=said, other=teller.say("met") if reached else gap)


def next_step(one: Project) -> Step | None:
    """The open step that falls due first; None where no deadline says what comes next."""
    due = [(step.due.day, i) for i, step in enumerate(one.steps) if step.due and not step.done]
    return one.steps[min(due)[1]] if due else None


def _work(teller: Teller, one: Project) -> Cells:
    step = next_step(one)
    done = all(each.done for each in one.steps)
    none = teller.say("all_done" if done and one.steps else "no_steps")
    return (
        Text(one.name, str(one.fields.get("name_en", ""))),
        Text(step.name, step.name_en) if step else none,
        Text(str(step.due)) if step else teller.say("no_deadline"),
        progress(teller, one),
        teller.words.office(one.lead),
    )


def progress(teller: Teller, one: Project) -> Text:
    """Colour of a project, and why it has it."""
    rules = teller.seen.project_rules
    colour, why = rules.colours[one.colour.value], rules.lights[one.why]
    names = Text(colour.name, colour.name_en), Text(why.name, why.name_en)
    return teller.say("pair", one=names[0], other=names[1])
