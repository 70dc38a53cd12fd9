"""Colours of steps and projects on a day, and the red marks that stay.

A deadline is its last day: a step not done by then is late from the next day on. A late step
that is finished or put off is no longer red, but its mark stays. Time after it left the register
does not count. The deadline of a public source that nobody followed to its end proves nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from geo.projects.rules import Rules
from geo.projects.values import Colour, Deadline, Mark, Stay, Step

_DAY = timedelta(days=1)


def judged(step: Step, stays: Sequence[Stay], day: date, rules: Rules) -> Step:
    """The step with its marks and its colour on a day."""
    found = marks(step, stays, day)
    why = _condition(step, found, day, rules)
    return replace(step, marks=found, why=why, colour=rules.lights[why].colour)


def marks(step: Step, stays: Sequence[Stay], day: date) -> tuple[Mark, ...]:
    """Every time in which the step was late, up to a day."""
    if not step.deadlines:
        return ()
    ends = [(one.on, "scheduled") for one in step.deadlines[1:]] + [(day + _DAY, "")]
    if step.done:
        ends[-1] = (step.done.when.earliest, "done")
    return tuple(
        mark
        for deadline, end in zip(step.deadlines, ends, strict=True)
        for mark in _of_deadline(step, deadline, end, stays)
    )


def _of_deadline(
    step: Step, deadline: Deadline, ended: tuple[date, str], stays: Sequence[Stay]
) -> Iterator[Mark]:
    end, how = ended
    if deadline.due is None or not (deadline.followed or how == "done"):
        return
    if how == "scheduled" and end == deadline.on:
        return  # set and set again on one day: it was never in force
    late = max(deadline.due.day + _DAY, deadline.on)
    last = end if how else end - _DAY  # done or put off on its first late day: late all the same
    cleared = step.done.when.day if step.done and how == "done" else end if how else None
    for number, stay in enumerate(stays):
        red = max(stay.start, late) if number else late  # lateness before admission is known too
        if red > last or (stay.end is not None and red >= stay.end):
            continue
        if stay.end is not None and stay.end <= last:
            yield Mark(step.id, deadline.due.day, red, stay.end, "exited")
        else:
            yield Mark(step.id, deadline.due.day, red, cleared, how)


def _condition(step: Step, found: Sequence[Mark], day: date, rules: Rules) -> str:
    if step.done:
        return "made_up" if found else "on_track" if step.due else "no_deadline"
    if step.due is None:
        return "extended" if found else "no_data"
    if step.due.day < day:
        return "late" if step.deadlines[-1].followed else "unfollowed"
    if step.due.day <= day + timedelta(days=rules.due_soon_days):
        return "due_soon"
    return "extended" if found else "on_track"


def worst(steps: Sequence[Step], rules: Rules, *, live: bool, known: bool) -> tuple[Colour, str]:
    """Colour of a project and why: the worst of its steps in the order of the rule file.

    `known`: something was reported of it, though no step has a date.
    """
    found = {step.why for step in steps} or {"no_data"}
    why = "left" if not live else next(one for one in rules.lights if one in found)
    if why == "no_data" and known:
        why = "no_deadline"
    return rules.lights[why].colour, why
