"""Scenarios in words: states, areas given in mu, uses, gaps."""

from collections.abc import Iterable

from geo.scenario import Kept, Limit, State, UseLabel
from geo.scenario.paint import HAND
from geo.scenario.score import template
from geo.units import format_area, m2_of_mu
from layers import palette
from layers.style import Ink
from pages import address, door, parts
from pages.target_words import safe


def words() -> dict[str, str]:
    """All texts of this page in the reader's language."""
    return parts.section("scenario")


def size(m2: float) -> str:
    """An area in the reader's unit."""
    return format_area(m2, parts.unit(), english=parts.english())


def of_mu(amount: float) -> str:
    """An area given in mu, in the reader's unit."""
    return size(m2_of_mu(amount))


def state(found: State, method: str = "") -> str:
    """How far a run has come; sign and word. A plan by hand that misses demands proves nothing."""
    unmet = found is State.FAILED and method == HAND
    return words()["state_unmet" if unmet else f"state_{found.value}"]


def gap(pct: float | None) -> str:
    """How far from the best possible at most, in few digits and never better than it is."""
    if pct is None:
        return words()["unproven"]
    return f"{pct:.4f}%" if pct < 0.1 else f"{pct:.2f}%"


def use(label: UseLabel) -> str:
    """A use with its code."""
    return parts.say(*both(label))


def both(label: UseLabel) -> tuple[str, str]:
    """A use with its code in Chinese and English."""
    english = label.name_en if label.code in door.uses() else label.id
    return f"{label.code} {label.name}", f"{label.code} {english}"


def ink(code: str) -> Ink:
    """Colours of a use: those of its class, of the first level where it has none."""
    return palette.ink(door.uses().get(code), door.uses())


def swatch(found: Ink) -> str:
    """A small square in a colour, for tables."""
    tone = {"safe": found.safe, "grey": found.grey}.get(address.palette(), found.standard)
    return f'<i class="csw" style="background:{tone}"></i>'


def factor(id_: str) -> str:
    """Name of a factor of suitability."""
    known = template().factors.get(id_)
    return parts.say(known.title, known.title_en) if known else id_


def limit(one: Limit) -> str:
    """Name of an exclusion."""
    return parts.say(one.title, one.title_en)


def named(one: Kept) -> str:
    """A scenario as choosers list it."""
    return f"{one.id} · {one.name}"


def chips(one: Kept) -> str:
    """Example, locked, approved, as small marks."""
    text = words()
    marks: Iterable[tuple[bool, str, str]] = (
        (one.example, "warn", text["example"]),
        (one.locked, "", text["locked"]),
        (one.approved is not None, "yes", text["approved"].format(year=one.approved)),
    )
    return "".join(f'<span class="chip {k}">{safe(said)}</span>' for on, k, said in marks if on)


def figures(cells: Iterable[tuple[str, str, str]]) -> str:
    """Figures in one row: name, value, small print."""
    inner = "".join(
        f"<div><dt>{safe(n)}</dt><dd><b>{safe(v)}</b><small>{safe(s)}</small></dd></div>"
        for n, v, s in cells
    )
    return f'<dl class="cfigures">{inner}</dl>'
