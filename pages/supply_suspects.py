"""What is 疑似 and what cannot be judged, each with its test, its numbers and the articles."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from geo.ledger import reckon
from geo.supply.clock import Clock, Outcome
from pages import parts, supply_clock, supply_opener, supply_words
from pages.supply_book import Snapshot
from pages.target_words import safe

_SHOWN = (Outcome.SUSPECT, Outcome.DECIDED, Outcome.LATE, Outcome.UNKNOWN, Outcome.NO_START)


def show(now: Snapshot, clocks: Sequence[Clock]) -> None:
    """Draw the list."""
    words = parts.section("supply")
    shown = [one for one in clocks if one.outcome in _SHOWN]
    st.html(f'<h2 class="tgroup">{safe(words["suspects"])} · {len(shown)}</h2>')
    _found(now, shown)
    st.html(f'<p class="tnote">{safe(words["clock_note"])}</p>')
    _low(now)


def _found(now: Snapshot, clocks: Sequence[Clock]) -> None:
    words = parts.section("supply")
    if not clocks:
        st.info(words["suspects_none"])
        return
    order = {one: at for at, one in enumerate(_SHOWN)}
    clocks = sorted(clocks, key=lambda one: (order[one.outcome], one.parcel))
    frame = pd.DataFrame(
        {
            words["col_id"]: [one.parcel for one in clocks],
            words["col_outcome"]: [supply_clock.outcome(one) for one in clocks],
            words["col_status"]: [
                supply_words.marked(now.parcels[one.parcel].status) for one in clocks
            ],
            words["col_ground"]: [_ground(one) for one in clocks],
            words["col_test"]: [_test(one) for one in clocks],
        }
    )
    supply_opener.show(frame, [one.parcel for one in clocks], "found")


def _ground(one: Clock) -> str:
    return parts.t("supply", f"ground_{one.ground.value}") if one.ground else ""


def _test(one: Clock) -> str:
    """The dates that have passed and the numbers that the answer rests on."""
    passed = [f"{supply_clock.due_name(d)} {d.on}" for d in one.dues if d.left < 0][:1]
    said = [f"{name} {value}" for name, value in supply_clock.numbers(one)]
    return ("; " if parts.english() else "；").join([*passed, *said])


def _low(now: Snapshot) -> None:
    words, known = parts.section("supply"), reckon.norms().low
    st.html(f'<h2 class="tgroup">{safe(words["low"])}</h2>')
    if not known.set:
        st.info(words["low_unset"])
        return
    pairs = zip(now.table["id"], now.table["flags"], strict=True)
    found = [str(id_) for id_, flags in pairs if "suspect_low" in flags]
    st.text(words["low_found"].format(number=len(found), ids="、".join(found)))


def articles() -> None:
    """All articles that the clock goes by."""
    rows = "".join(
        f"<li>{safe(parts.say(one.text, one.text_en))}"
        f"<small>{safe(one.law + one.clause) if not parts.english() else ''}</small></li>"
        for one in reckon.norms().article.values()
    )
    title = parts.t("supply", "articles")
    st.html(f'<h2 class="tgroup">{safe(title)}</h2><ul class="slaws">{rows}</ul>')
