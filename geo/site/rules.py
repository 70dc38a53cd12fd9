"""The rules of a site check, read from ``data/rules/site`` and checked before anything is asked."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from geo.errors import DataError, Issue
from geo.model import Grade
from geo.site.notes import CODES
from geo.site.values import LegalState, Note, Severity

_MATRICES, _PARAMETERS, _NOTES = "matrices.toml", "parameters.toml", "notes.toml"
_Metres = Annotated[float, Field(ge=0, allow_inf_nan=False)]
_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
_Text = Annotated[str, Field(min_length=1)]


class Kind(StrEnum):
    """How a rule looks at a site."""

    OVERLAP = "overlap"  # lies on features
    DISTANCE = "distance"  # is nearer than a distance
    WITHIN = "within"  # lies outside features
    ATTRIBUTE = "attribute"  # lies on features whose value does not fit
    SLOPE = "slope"  # is steeper than a threshold
    SHAPE = "shape"  # is too small or too ragged


class Certainty(StrEnum):
    """What is known of the article: read, read in part, from memory, or there is none."""

    VERIFIED = "verified"
    PART = "part"
    UNVERIFIED = "unverified"
    NONE = "none"


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Where(_Model):
    """Which features: the first of `columns` that is filled holds a value, prefix or number."""

    columns: tuple[_Text, ...] = Field(min_length=1)
    values: tuple[_Text, ...] = ()
    starts: tuple[_Text, ...] = ()
    low: float | None = None
    high: float | None = None


class Band(_Model):
    """One class of a distance rule: `from_m` + `distance_m` is the reach, m."""

    where: Where
    label: _Text
    distance_m: _Metres
    from_m: _Metres = 0


class Rule(_Model):
    """One rule; see ``data/rules/site/README.md`` for every field."""

    id: _Id
    title: _Text
    title_en: _Text
    kind: Kind
    sets: tuple[_Id, ...] = ()  # the first that is there is read
    where: Where | None = None
    grade: Grade = Grade.SCHEMATIC  # weakest that counts
    dimensions: tuple[Annotated[int, Field(ge=0, le=2)], ...] = (0, 1, 2)
    instead_of: str = ""
    distance_m: _Metres | None = None
    parameter: str = ""
    bands: tuple[Band, ...] = ()
    unclassed: Annotated[str, Field(pattern="^(unknown|ignore)$")] = "unknown"
    columns: tuple[_Text, ...] = ()
    allow: tuple[_Text, ...] = ()
    flag: tuple[_Text, ...] = ()
    matrix: str = ""
    cover: bool = False
    uses: tuple[Annotated[str, Field(pattern=r"^\d{2,6}$")], ...] = ()
    measure: Annotated[str, Field(pattern="^(area_m2|compactness)$")] = "area_m2"
    tolerance_m2: _Metres = 1.0
    tolerance_m: _Metres = 0.05
    near_m: _Metres = 0
    law: str = ""
    article: str = ""
    certainty: Certainty
    severity: Severity
    begins: date | None = None
    ends: date | None = None
    changing: date | None = None  # a revision is under way from this day
    usable_pct: Annotated[float, Field(ge=0, le=100)] | None = None
    priority: int = 50
    todo: _Text
    todo_en: _Text
    note: str = ""  # from where it is measured, and what the data cannot show
    note_en: str = ""

    @model_validator(mode="after")
    def _whole(self) -> "Rule":
        fault = next(_faults(self), "")
        if fault:
            raise ValueError(fault)
        return self

    def legal_state(self, day: date) -> tuple[LegalState, bool]:
        """State on a day, and whether it binds."""
        if self.ends is not None and day >= self.ends:
            return LegalState.REPEALED, False
        if self.begins is not None and day < self.begins:
            return LegalState.CHANGING, False
        revised = self.changing is not None and day >= self.changing
        return (LegalState.CHANGING if revised else LegalState.IN_FORCE), True

    @property
    def digest(self) -> str:
        """SHA-256 of the rule."""
        return _digest_of(self)


class Parameter(_Model):
    """A number that is the office's own: blank until it says one."""

    title: _Text
    title_en: _Text
    unit: str = ""
    unit_en: str = ""
    note: _Text
    low: float = 0
    high: float | None = None


class Fit(_Model):
    """Values that fit one class, and those that need a case of their own; all others do not."""

    yes: tuple[_Text, ...] = ()
    case: tuple[_Text, ...] = ()


class Matrix(_Model):
    """Which proposed uses fit which class of land."""

    title: _Text
    title_en: _Text
    note: _Text
    cells: Mapping[str, Fit]


class Text(_Model):
    """A remark, with {places} to fill."""

    zh: _Text
    en: _Text


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """All rules in order of their files, with what they refer to."""

    rules: tuple[Rule, ...]
    parameters: Mapping[str, Parameter]
    matrices: Mapping[str, Matrix]
    notes: Mapping[str, Text]
    rules_hash: str = field(init=False)  # SHA-256 of rules and matrices: the law that is applied

    def __post_init__(self) -> None:
        matrices = {name: one.model_dump(mode="json") for name, one in self.matrices.items()}
        digest = _digest([[rule.digest for rule in self.rules], matrices])
        object.__setattr__(self, "rules_hash", digest)

    def note(self, code: str, values: Mapping[str, Any]) -> Note:
        """A remark filled in."""
        text = self.notes[code]
        said = text.zh.format(**values), text.en.format(**values)
        return Note(code, said[0].strip(), said[1].strip())

    def digest(self, rule: Rule) -> str:
        """SHA-256 of a rule together with its matrix."""
        if not rule.matrix:
            return rule.digest
        return _digest([rule.digest, self.matrices[rule.matrix].model_dump(mode="json")])


def read(folder: Path) -> Rules:
    """Read every table of a folder; one `DataError` names all faults, each with its file."""
    tables = {path.name: _table(path) for path in sorted(folder.glob("*.toml"))}
    faults = list[Issue]()
    apart = {name: tables.pop(name, {}) for name in (_MATRICES, _PARAMETERS, _NOTES)}
    rules = tuple(
        found
        for name, table in tables.items()
        for entry in table.get("rule", ())
        for found in _made(Rule, entry, f"{name} {entry.get('id', '?')}", faults)
    )
    made = Rules(
        rules,
        dict(_named(Parameter, apart, _PARAMETERS, faults)),
        dict(_named(Matrix, apart, _MATRICES, faults)),
        dict(_named(Text, apart, _NOTES, faults)),
    )
    faults += [Issue("RULE_LINK", text) for text in _loose(made)]
    if faults:
        told = "；".join(issue.message for issue in faults[:3])
        raise DataError(f"选址规则有 {len(faults)} 处错误：{told}，请更正", "RULES", faults)
    return made


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"规则文件 {path.name} 格式有误：{error}，请更正", "RULES") from error


def _named(
    model: type[Any], apart: Mapping[str, Any], name: str, faults: list[Issue]
) -> Iterator[tuple[str, Any]]:
    for key, entry in apart[name].items():
        for found in _made(model, entry, f"{name} {key}", faults):
            yield key, found


def _made(model: type[Any], entry: Any, place: str, faults: list[Issue]) -> Iterator[Any]:
    try:
        yield model.model_validate(entry)
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(map(str, fault["loc"]))
            text = f"{place} {where}：{fault['msg']}"
            faults.append(Issue("RULE_FIELD", text, field=where, value=str(fault.get("input"))))


def _faults(rule: Rule) -> Iterator[str]:
    wants = rule.kind
    if (wants is Kind.SHAPE) == bool(rule.sets):
        yield "sets 与 kind 不符：shape 不读图层，其他规则都要读"
    given = sum((rule.distance_m is not None, bool(rule.parameter), bool(rule.bands)))
    if given != (1 if wants in (Kind.DISTANCE, Kind.SLOPE, Kind.SHAPE) else 0):
        yield "distance_m、parameter、bands：distance 有其一，slope 和 shape 有 parameter，其他没有"
    if wants in (Kind.SLOPE, Kind.SHAPE) and not rule.parameter:
        yield "slope 和 shape 的阈值是办公室参数，请写 parameter"
    chosen = sum(map(bool, (rule.allow, rule.flag, rule.matrix)))
    if chosen != (1 if wants is Kind.ATTRIBUTE else 0) or bool(rule.columns) != bool(chosen):
        yield "attribute 应有 columns，以及 allow、flag、matrix 三者之一；其他规则都不应有"
    weak = rule.certainty in (Certainty.UNVERIFIED, Certainty.NONE)
    if weak and (rule.severity is Severity.BAN or rule.distance_m is not None or rule.bands):
        yield "没有核实的规则不能禁止，也不能带法定数值"
    if not weak and not rule.law:
        yield "核实过的规则要写 law"


def _loose(rules: Rules) -> Iterator[str]:
    """References that lead nowhere, and names given twice."""
    ids = [rule.id for rule in rules.rules]
    yield from (
        f"规则编号 {one} 重复" for one in sorted({one for one in ids if ids.count(one) > 1})
    )
    for rule in rules.rules:
        if rule.parameter and rule.parameter not in rules.parameters:
            yield f"规则 {rule.id} 的参数 {rule.parameter} 没有定义"
        if rule.matrix and rule.matrix not in rules.matrices:
            yield f"规则 {rule.id} 的对照表 {rule.matrix} 没有定义"
        if rule.instead_of and rule.instead_of not in ids:
            yield f"规则 {rule.id} 要替代的规则 {rule.instead_of} 不存在"
    yield from (f"缺少说明文字 {code}" for code in sorted(CODES - set(rules.notes)))
    if not rules.rules:
        yield "一条规则也没有"


@lru_cache(1024)
def _digest_of(rule: Rule) -> str:
    return _digest(rule.model_dump(mode="json"))


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
