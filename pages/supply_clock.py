"""The clock of one parcel: what it may fall under, since when, by which article. Only 疑似."""

import streamlit as st

from geo.ledger import reckon
from geo.supply import Parcel
from geo.supply.clock import Clock, Due, Outcome
from pages import parts, supply_words
from pages.supply_book import Snapshot
from pages.target_words import number, safe


def show(now: Snapshot, parcel: Parcel) -> None:
    """Draw the clock, where the parcel has one."""
    found = now.clocks.get(parcel.id)
    if found is None or found.outcome is Outcome.OFF:
        return
    words = parts.section("supply")
    kind = {Outcome.SUSPECT: "no", Outcome.DECIDED: "no", Outcome.LATE: "warn"}
    chip = f'<span class="chip {kind.get(found.outcome, "")}">{safe(outcome(found))}</span>'
    rows = "".join(_due(one) for one in found.dues) + "".join(
        f"<dt>{safe(name)}</dt><dd>{safe(value)}</dd>" for name, value in numbers(found)
    )
    st.html(
        f'<h3 class="tsub">{safe(words["clock"])} {chip}</h3><dl class="sfacts">{rows}</dl>'
        f"{articles(found)}"
    )


def outcome(found: Clock) -> str:
    """What can be said of a parcel, in plain words."""
    return parts.t("supply", f"clock_{found.outcome.value}")


def numbers(found: Clock) -> list[tuple[str, str]]:
    """What the answer rests on: shares, pauses, the most the fee may be, what is missing."""
    words = parts.section("supply")
    pairs = [
        ("area_share", _share(found.area_share)),
        ("invest_share", _share(found.invest_share)),
        ("paused_days", str(found.paused_days) if found.paused_days else ""),
        ("fee", _fee(found.fee_limit_wan)),
        ("missing", _missing(found)),
    ]
    return [(words[f"clock_{name}"], value) for name, value in pairs if value]


def due(one: Due) -> str:
    """A date and how far it is from the day looked at."""
    words = parts.section("supply")
    left = words["days_left" if one.left >= 0 else "days_over"].format(days=f"{abs(one.left):,}")
    return f"{one.on} · {left}"


def due_name(one: Due) -> str:
    """What falls due."""
    known = reckon.norms().due[one.kind]
    return parts.say(known.name, known.name_en)


def articles(found: Clock) -> str:
    """The articles beside the answer, in our own words."""
    known = [reckon.norms().article[key] for key in found.articles]
    rows = "".join(
        f"<li>{safe(parts.say(one.text, one.text_en))}"
        f"<small>{safe(one.law + one.clause) if not parts.english() else ''}</small></li>"
        for one in known
    )
    title, note = parts.t("supply", "articles"), parts.t("supply", "clock_note")
    if not rows:
        return ""
    return (
        f'<details class="slaw"><summary>{safe(title)}</summary><ul>{rows}</ul></details>'
        f'<p class="tnote">{safe(note)}</p>'
    )


def _due(one: Due) -> str:
    kind = ' class="over"' if one.left < 0 else ""
    return f"<dt>{safe(due_name(one))}</dt><dd{kind}>{safe(due(one))}</dd>"


def _share(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.1f}%"


def _fee(wan: float | None) -> str:
    return "" if wan is None else f"{number(round(wan, 2))} {supply_words.unit('万元')}"


def _missing(found: Clock) -> str:
    mark, words = (", " if parts.english() else "、"), parts.section("supply")
    named = [
        words["before"] if key == "before" else supply_words.field(key) for key in found.missing
    ]
    return mark.join(named)
