"""What the reader asks of a page: kept for the visit, and written into the address by ids."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

_LATE_S = 5.0  # a browser under load may still tell the address of the run before


@dataclass(frozen=True, slots=True)
class Held:
    """What is asked of one page; `keys` are the parts of the address that say it."""

    name: str
    keys: tuple[str, ...]

    def _state(self) -> dict[str, Any]:
        usual: dict[str, Any] = {"asked": {}, "wrote": None, "before": None, "when": 0.0}
        state: dict[str, Any] = st.session_state.setdefault(f"held_{self.name}", usual)
        return state

    def take_up(self) -> None:
        """Take up what an address asks that somebody else wrote: a link, another page."""
        state = self._state()
        asked = {key: st.query_params[key] for key in self.keys if key in st.query_params}
        late = asked == state["before"] and time.monotonic() - state["when"] < _LATE_S
        if asked and asked != state["wrote"] and not late:
            state["asked"] = asked

    def write(self) -> None:
        """Make the address ask for what is asked now."""
        state = self._state()
        asked = {key: value for key, value in state["asked"].items() if value}
        for key in self.keys:
            if key in asked and st.query_params.get(key) != asked[key]:
                st.query_params[key] = asked[key]
            elif key not in asked and key in st.query_params:
                del st.query_params[key]
        if asked != state["wrote"]:
            state.update(before=state["wrote"], wrote=asked, when=time.monotonic())

    def get(self, key: str, usual: str = "") -> str:
        """One thing that is asked."""
        return str(self._state()["asked"].get(key) or usual)

    def several(self, key: str) -> list[str]:
        """Something asked as a list."""
        return [part for part in self.get(key).split(",") if part]

    def day(self, key: str) -> date | None:
        """A day asked for; one that is none is taken for not asked."""
        try:
            return date.fromisoformat(self.get(key)) if self.get(key) else None
        except ValueError:
            return None

    def put(self, said: Mapping[str, str]) -> None:
        """Ask for some things, or for nothing in particular where empty."""
        self._state()["asked"].update(said)

    def hear(self, key: str, widget: str) -> Callable[[], None]:
        """A widget's callback that asks what the widget says."""

        def heard() -> None:
            said = st.session_state[widget]
            several = isinstance(said, list | tuple)
            self.put({key: ",".join(map(str, said)) if several else str(said or "")})

        return heard
