"""The rules of allocation that an office may edit: what may become what, and how hard to try."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from geo.allocate.values import Conversion, Effort
from geo.errors import DataError, Issue

CONVERSION_FILE, ALLOCATE_FILE = "conversion.toml", "allocate.toml"


@dataclass(frozen=True, slots=True)
class Step:
    """Whether land of one group may become another, why, and on what that rests."""

    start: str
    end: str
    allowed: bool
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class Rules:
    """Groups of classes, steps between them, the effort of the solver, and settings by name.

    `groups` maps each class (a code of the classification or a name) to its group.
    """

    groups: Mapping[str, str]
    steps: Mapping[tuple[str, str], Step]
    effort: Effort
    settings: Mapping[str, float]

    def step(self, start: str, end: str) -> Step:
        """What holds between two classes, by code or name; the same class may always stay."""
        missing = [name for name in (start, end) if self._group(name) is None]
        if missing:
            raise DataError(
                f"转换规则中没有分类 {'、'.join(missing)}，请在 {CONVERSION_FILE} 补充", "CLASS"
            )
        return self.steps[str(self._group(start)), str(self._group(end))]

    def conversion(
        self, names: Sequence[str], present: np.ndarray, uses: Sequence[str]
    ) -> Conversion:
        """The matrix for some present uses and the uses of a problem."""
        allowed = [[self.step(start, end).allowed for end in uses] for start in names]
        return Conversion(tuple(names), present, np.array(allowed, dtype=bool))

    def _group(self, name: str) -> str | None:
        known = (self.groups.get(name[:n]) for n in range(len(name), 1, -1))
        return next((group for group in known if group), None)


def read(folder: Path) -> Rules:
    """Read both tables; raises `DataError` with all their faults."""
    conversion, settings = _load(folder, CONVERSION_FILE), _load(folder, ALLOCATE_FILE)
    groups = {name: group for group, names in conversion.get("group", {}).items() for name in names}
    steps = {(s.start, s.end): s for s in _steps(conversion)}
    effort, plain = settings.get("effort", {}), settings.get("default", {})
    issues = [*_step_faults(conversion, steps), *_effort_faults(effort)]
    if issues:
        raise DataError(f"配置规则有误：{issues[0].message}", "ALLOCATE_RULES", issues)
    return Rules(
        groups, steps, Effort(**effort), {key: float(value) for key, value in plain.items()}
    )


def _load(folder: Path, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((folder / name).read_text("utf-8"))
    except FileNotFoundError as error:
        raise DataError(f"缺少规则表 {name}，请重新安装", "RULES_MISSING") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"规则表 {name} 写法有误（{error}），请改正", "RULES_BROKEN") from error


def _steps(table: dict[str, Any]) -> Iterator[Step]:
    for rule in table.get("rule", []):
        for start in rule.get("from", []):
            for end in rule.get("to", []):
                reason, basis = str(rule.get("reason", "")), str(rule.get("basis", ""))
                yield Step(start, end, rule.get("allowed") is True, reason, basis)


def _step_faults(table: dict[str, Any], steps: Mapping[tuple[str, str], Step]) -> Iterator[Issue]:
    groups = list(table.get("group", {}))
    for start in groups:
        for end in groups:
            if (start, end) not in steps:
                yield Issue(
                    "STEP", f"没有规定 {start} 能否转为 {end}，请补充", field=start, value=end
                )
    for (start, end), step in steps.items():
        if not {start, end} <= set(groups):
            yield Issue(
                "GROUP", f"规则 {start}→{end} 中有未定义的分组，请改正", field=start, value=end
            )
        if not step.reason:
            yield Issue(
                "REASON", f"规则 {start}→{end} 没有写明理由，请补充", field=start, value=end
            )
    if len(list(_steps(table))) != len(steps):
        yield Issue("TWICE", "有的转换规定了两次，请只留一条")


def _effort_faults(effort: Mapping[str, Any]) -> Iterator[Issue]:
    known = {field.name for field in fields(Effort)}
    for key, value in effort.items():
        good = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
        if key not in known or not good:
            yield Issue(
                "EFFORT", f"求解设置 {key} = {value} 不可用，请改正", field=key, value=str(value)
            )
