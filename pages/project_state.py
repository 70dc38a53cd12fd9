"""How a project stands: the step that matters now, its deadline, days late, what is not known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from geo.projects import Colour, Moment, Project, Rules, Step
from pages import parts


@dataclass(frozen=True, slots=True)
class Standing:
    """The step that matters now (None where no stage is known), and how late it is in days."""

    step: Step | None
    due: Moment | None
    late: int
    done: int
    steps: int


def standing(project: Project, rules: Rules, day: date) -> Standing:
    """How a project stands on a day.

    The step that matters is the open one with the worst condition, then the nearest deadline;
    without deadlines the one that follows the last step done.
    """
    steps, order = project.steps, list(rules.lights)
    done = [i for i, one in enumerate(steps) if one.done]
    due = [one for one in steps if one.due and not one.done]
    found = min(due, key=lambda one: (order.index(one.why), _day(one)), default=None)
    if found is None and done:
        found = next((one for one in steps[done[-1] + 1 :] if not one.done), None)
    late = (day - _day(found)).days if found and found.why == "late" and project.live else 0
    return Standing(found, found.due if found else None, late, len(done), len(steps))


def _day(step: Step) -> date:
    return step.due.day if step.due else date.max


def counts(projects: Iterable[Project]) -> Mapping[str, int]:
    """Projects in the register of each colour; they add up to all that are in it."""
    live = [one for one in projects if one.live]
    return {colour.value: sum(one.colour is colour for one in live) for colour in Colour}


def grouped(projects: Iterable[Project], by: str) -> dict[str, list[Project]]:
    """Projects by ``lead``, ``kind``, ``phase`` or ``colour``, each in one group."""
    found: dict[str, list[Project]] = {}
    for one in projects:
        found.setdefault(str(getattr(one, by)), []).append(one)
    return found


def months(day: date, count: int) -> list[str]:
    """The month of a day and those before it, latest first."""
    whole = day.year * 12 + day.month - 1
    return [f"{(whole - i) // 12}-{(whole - i) % 12 + 1:02d}" for i in range(count)]


def told(at: Standing) -> str:
    """The step that matters, or why there is none, in the reader's language."""
    words = parts.section("project")
    if at.step:
        return parts.say(at.step.name, at.step.name_en)
    return words["all_done"] if at.steps and at.done == at.steps else words["no_stage"]
