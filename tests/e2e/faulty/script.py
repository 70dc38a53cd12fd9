"""Faults to be asked for one by one; each holds a word that must stay on the server."""

import os
from typing import Any

import streamlit as st

from geo.errors import DataError
from geo.zone import Zone
from pages import door, frame, parts

_JS = """export default ({ parentElement, setTriggerValue }) => {
  const button = parentElement.querySelector("button");
  button.onclick = () => setTriggerValue("pressed", 1);
}"""


def fail() -> Any:
    """Fail with a secret in hand."""
    password = os.environ["FAULT_SECRET"]
    try:
        return {}[password]
    except KeyError as error:
        raise RuntimeError(f"postgresql://zone:{password}@db/zone") from error


@parts.told
def page(_zone: Zone) -> None:
    """A fault wherever it is asked for."""
    st.text("ready")
    st.button("callback", on_click=fail)
    if st.button("foreseen"):
        raise DataError("示例：第 3 行有误，请改正", "EXAMPLE")
    part()
    drawn = st.components.v2.component("faulty", html="<button>component</button>", js=_JS)
    drawn(key="faulty_part", on_pressed_change=fail)
    if st.button("page"):
        fail()


@st.fragment
@parts.told
def part() -> None:
    """A part that runs by itself."""
    if st.button("fragment"):
        fail()


if __name__ == "__main__":
    frame.begin()
    frame.dress()
    page(door.zone())
