"""Rules of the register, read from one file: fields, verbs, kinds, steps, colours, score."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from geo.errors import DataError, Issue
from geo.projects.values import Colour, Project

Item = TypeVar("Item")
CONDITIONS = (
    *("late", "due_soon", "extended", "made_up", "unfollowed"),
    *("on_track", "no_deadline", "no_data", "left"),
)
VERBS = (
    *("admitted", "added", "adjusted", "exited", "scheduled"),
    *("done", "reported", "linked", "unlinked", "withdrawn"),
)
COUNTS = (
    *("green", "yellow", "red", "marks", "made_up"),
    *("on_time", "missed_report", "late_report"),
)
KINDS_OF_FIELD = ("text", "list", "number", "day", "kind", "tags", "by_year")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a project; `units` maps each unit to its factor to the first."""

    id: str
    name: str
    name_en: str
    kind: str
    units: Mapping[str, float] = field(default_factory=dict)
    needed: bool = False
    internal: bool = False

    @property
    def unit(self) -> str:
        """The unit it is kept in, empty for what has none."""
        return next(iter(self.units), "")


@dataclass(frozen=True, slots=True)
class Tag:
    """One of the words of 四新 or 四化 (`group`)."""

    id: str
    name: str
    name_en: str
    group: str
    group_en: str


@dataclass(frozen=True, slots=True)
class Verb:
    """What may be recorded, and whether a reason or a document must be given."""

    id: str
    name: str
    name_en: str
    reason: bool = False
    paper: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A phase."""

    id: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step that templates may name."""

    id: str
    name: str
    name_en: str
    phase: str


@dataclass(frozen=True, slots=True)
class Limit:
    """Time a step may take after another; `basis` is the article, empty for practice."""

    after: str
    days: int
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of project: its steps in order; `start` begins the works, `finish` ends them."""

    id: str
    name: str
    name_en: str
    steps: tuple[str, ...]
    start: str
    finish: str
    limits: Mapping[str, Limit]


@dataclass(frozen=True, slots=True)
class ColourRule:
    """How a colour is named, and the letter and shape that say the same in grey."""

    id: str
    name: str
    name_en: str
    letter: str
    shape: str


@dataclass(frozen=True, slots=True)
class Light:
    """A condition a step may be in, and its colour."""

    id: str
    name: str
    name_en: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Weight:
    """Points for each thing counted."""

    id: str
    name: str
    name_en: str
    points: float


@dataclass(frozen=True, slots=True)
class Formula:
    """How units are scored: ``base`` + sum of count × points."""

    label: str
    label_en: str
    base: float
    items: Mapping[str, Weight]


@dataclass(frozen=True, slots=True)
class Rules:
    """All of it. `lights` is in order, worst first."""

    fields: Mapping[str, Field]
    tags: Mapping[str, Tag]
    verbs: Mapping[str, Verb]
    phases: Mapping[str, Named]
    steps: Mapping[str, StepRule]
    kinds: Mapping[str, Kind]
    colours: Mapping[str, ColourRule]
    lights: Mapping[str, Light]
    due_soon_days: int
    grace_days: int
    formula: Formula

    def proposals(self, project: Project) -> dict[str, tuple[date, Limit]]:
        """Deadlines that the time limits of its kind give, where the step before is done.

        Only steps that are open and have no deadline; a person records them.
        """
        kind, steps = self.kinds[project.kind], {step.id: step for step in project.steps}
        found = dict[str, tuple[date, Limit]]()
        for id_, limit in kind.limits.items():
            before = steps[limit.after].done
            if before and not steps[id_].done and not steps[id_].due:
                found[id_] = (before.when.day + timedelta(days=limit.days), limit)
        return found


def read(folder: Path) -> Rules:
    """Read ``projects.toml``; `DataError` PROJECT_RULES with every fault."""
    path = folder / "projects.toml"
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"缺少规则文件 {path.name}，请重新安装", "PROJECT_RULES") from error
    except tomllib.TOMLDecodeError as error:
        raise DataError(
            f"规则文件 {path.name} 格式有误：{error}，请修正", "PROJECT_RULES"
        ) from error
    try:
        rules = _rules(given)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(
            f"规则文件 {path.name} 缺少内容或类型不对：{error}，请修正", "PROJECT_RULES"
        ) from error
    if issues := list(_faults(rules)):
        raise DataError(
            f"规则文件 {path.name} 有 {len(issues)} 处错误，第一处：{issues[0].message}",
            "PROJECT_RULES",
            issues,
        )
    return rules


def _rules(given: Mapping[str, Any]) -> Rules:
    lights, score = given["lights"], given["score"]
    return Rules(
        fields=_table(Field, given["fields"]),
        tags=_table(Tag, given["tags"]),
        verbs=_table(Verb, given["verbs"]),
        phases=_table(Named, given["phases"]),
        steps=_table(StepRule, given["steps"]),
        kinds={id_: _kind(id_, row) for id_, row in given["kinds"].items()},
        colours=_table(ColourRule, given["colours"]),
        lights={
            id_: Light(id_, row["name"], row["name_en"], Colour(row["colour"]))
            for id_, row in lights["order"].items()
        },
        due_soon_days=int(lights["due_soon_days"]),
        grace_days=int(given["reports"]["grace_days"]),
        formula=Formula(
            str(score["label"]),
            str(score["label_en"]),
            float(score["base"]),
            _table(Weight, score["items"]),
        ),
    )


def _table(kind: type[Item], rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Item]:
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]  # one of our dataclasses
    if odd := {key for row in rows.values() for key in row} - known:
        raise ValueError(f"不认识的键 {'、'.join(sorted(odd))}")
    return {id_: kind(id=id_, **row) for id_, row in rows.items()}  # type: ignore[call-arg]


def _kind(id_: str, row: Mapping[str, Any]) -> Kind:
    limits = {step: Limit(**limit) for step, limit in row["limits"].items()}
    head = (id_, row["name"], row["name_en"], tuple(row["steps"]))
    return Kind(*head, row["start"], row["finish"], limits)


def _faults(rules: Rules) -> Iterator[Issue]:
    """What the file says of things it does not define."""
    closed: Mapping[str, tuple[set[str], set[str]]] = {
        "verbs": (set(rules.verbs), set(VERBS)),
        "lights.order": (set(rules.lights), set(CONDITIONS)),
        "score.items": (set(rules.formula.items), set(COUNTS)),
        "colours": (set(rules.colours), {str(one) for one in Colour}),
    }
    for where, (found, wanted) in closed.items():
        if found != wanted:
            odd = "、".join(sorted(found ^ wanted))
            yield Issue("RULE_SET", f"[{where}] 多出或缺少 {odd}", field=where, value=odd)
    for one in rules.fields.values():
        if one.kind not in KINDS_OF_FIELD:
            yield Issue("RULE_FIELD", f"字段 {one.id} 的类型 {one.kind} 不认识", value=one.kind)
    for step in rules.steps.values():
        if step.phase not in rules.phases:
            yield Issue("RULE_PHASE", f"节点 {step.id} 的阶段 {step.phase} 没有定义")
    for kind in rules.kinds.values():
        ends = {kind.start, kind.finish, *kind.limits}
        asked = set(kind.steps) | ends | {one.after for one in kind.limits.values()}
        for id_ in sorted(asked):
            if id_ not in rules.steps or id_ not in kind.steps:
                yield Issue("RULE_STEP", f"类别 {kind.id} 的节点 {id_} 没有定义或不在其步骤中")
