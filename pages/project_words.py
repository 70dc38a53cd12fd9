"""The register's values as readers see them, in their language."""

from collections.abc import Mapping
from typing import Any

from geo.ledger import project_rules
from geo.projects import Moment, Project, Step
from geo.projects.rules import Field
from layers import project_look
from layers.project_look import Light
from pages import address, door, parts
from pages.project_book import HELD
from pages.target_words import number

_UNITS = {"万元": "10⁴ CNY", "㎡": "m²", "亿元": "10⁸ CNY", "元": "CNY", "万㎡": "10⁴ m²"}


def unit(text: str) -> str:
    """A unit in the reader's language."""
    return _UNITS.get(text, text) if parts.english() else text


def wan(value: float | None) -> str:
    """Money with its unit; a dash where nothing was stated."""
    return "—" if value is None else f"{number(value)} {unit('万元')}"


def office(name: str) -> str:
    """Name of a unit; what no unit leads says so."""
    if not name:
        return parts.t("project", "no_lead")
    return str(door.words()["office"].get(name, (name, name))[parts.english()])


def name(project: Project) -> str:
    """Name of a project."""
    return parts.say(project.name, str(project.fields.get("name_en", "")))


def named(table: Mapping[str, Any], id_: str) -> str:
    """Name of a kind, tag, phase, step, verb or colour by its id."""
    known = table.get(id_)
    return parts.say(known.name, known.name_en) if known else id_


def joined(texts: Any) -> str:
    """Several texts as one."""
    return (", " if parts.english() else "、").join(texts)


def tags(project: Project) -> str:
    """Its tags."""
    return joined(named(project_rules().tags, one) for one in project.tags)


def light(key: str) -> Light:
    """How a colour is shown: in greys where the reader asked for print."""
    rule = project_rules().colours[key]
    palette = "grey" if HELD.get("grey") else address.palette()
    return project_look.light(
        *(key, palette, rule.shape, letter(key)),
        parts.say(rule.name, rule.name_en),
    )


def letter(key: str) -> str:
    """The letter of a colour: the rule file's, and another for English readers."""
    rule = project_rules().colours[key]
    return parts.t("project", f"letter_{key}") if parts.english() else rule.letter


def why(id_: str) -> str:
    """What a condition of the colour rule says."""
    return named(project_rules().lights, id_)


def step(one: Step) -> str:
    """Name of a step."""
    return parts.say(one.name, one.name_en)


def when(moment: Moment | None) -> str:
    """A day as exactly as it is known; a dash for none."""
    return str(moment) if moment else "—"


def value(field: Field, given: Any) -> str:
    """One value of a field with its unit."""
    rules = project_rules()
    if field.kind == "number":
        return f"{number(given)} {unit(field.unit)}"
    if field.kind == "by_year":
        mark = ": " if parts.english() else "："
        return joined(f"{year}{mark}{wan(one)}" for year, one in sorted(given.items()))
    if field.kind in ("kind", "tags"):
        asked = (given,) if field.kind == "kind" else given
        return joined(named({**rules.kinds, **rules.tags}, one) for one in asked)
    if field.kind == "list":
        return joined(office(one) for one in given)
    return office(given) if field.id == "lead" else str(given)
