"""The time a chart of steps shows, and names beside the steps only where they cover nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from layers.project_charts import Point, Window
from pages import parts
from pages.project_book import HELD, Seen

SPANS = ("year", "three", "all")
STEPS = {"year": 1, "three": 3, "all": 12}  # months from tick to tick
_HAN, _LATIN, _MARK = 12.0, 6.6, 24.0  # px


def window(seen: Seen, days: Sequence[str]) -> Window:
    """The time shown: the year asked of, three years around it, or all the days known."""
    asked, words = HELD.get("span"), parts.section("project")
    st.session_state["pg_span"] = span = asked if asked in SPANS else SPANS[0]
    st.segmented_control(
        words["span"],
        SPANS,
        required=True,
        key="pg_span",
        format_func=lambda one: words[f"span_{one}"],
        label_visibility="collapsed",
        on_change=HELD.hear("span", "pg_span"),
    )
    more, year = int(span != SPANS[0]), seen.day.year
    ends = [date(year - more, 1, 1), date(year + more, 12, 31)]
    if span == "all":
        ends += map(date.fromisoformat, days)
    room = (max(ends) - min(ends)) / 12  # names of the last steps need room
    first, last = min(ends).isoformat(), (max(ends) + room).isoformat()
    return Window(first, last, seen.day.isoformat(), STEPS[span])


def labelled(points: Iterable[Point], px_a_day: float) -> Iterator[Point]:
    """Points with a label where there is room up to the next one of their track."""
    rows: dict[str, list[Point]] = {}
    for one in sorted(points, key=lambda point: point.day):
        rows.setdefault(one.track, []).append(one)
    for track in rows.values():
        if track[0].track == "late":
            yield from track
            continue
        for one, after in zip(track, [*track[1:], None], strict=True):
            name = short(one.step)
            free = (_day(after) - _day(one)) * px_a_day - _MARK if after else wide(name)
            yield replace(one, label=name if wide(name) <= free else "")


def short(name: str) -> str:
    """A name without what stands in brackets."""
    return name.partition("（")[0].partition(" (")[0]


def wide(text: str) -> float:
    """About how many px a text takes."""
    return sum(_HAN if ord(letter) > 0x2E7F else _LATIN for letter in text)


def _day(point: Point) -> int:
    return date.fromisoformat(point.day).toordinal()
