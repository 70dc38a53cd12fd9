"""A table of which one row can be chosen; the address says which, and the table follows it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from pages import parts, target_address

_ROW_HEIGHT = 33
_FEW = 12  # rows that need no table of full height


@dataclass(frozen=True, slots=True)
class Chooser:
    """A table and the part of the address (`param`) that holds the id of the chosen row."""

    param: str
    ids: Sequence[str]
    title: str

    def show(self, frame: pd.DataFrame, columns: Mapping[str, ColumnConfig]) -> None:
        """Draw the table with the row of the address chosen."""
        asked = st.query_params.get(self.param, "")
        asked = asked if asked in self.ids else ""
        key = self._key()
        if key in st.session_state and self._picked(key) != asked:
            # the address was changed elsewhere: a new table starts with the right row
            st.session_state["tturn"] = st.session_state.get("tturn", 0) + 1
            key = self._key()
        st.dataframe(
            frame,
            key=key,
            height="content" if len(self.ids) <= _FEW else "stretch",
            row_height=_ROW_HEIGHT,
            hide_index=True,
            column_config=dict(columns),
            on_select=lambda: self._keep(key),
            selection_mode="single-row",
            selection_default={"selection": {"rows": [self.ids.index(asked)] if asked else []}},
            alt=self.title,
        )

    def _key(self) -> str:
        seen = f"{self.param} {' '.join(self.ids)} {parts.english()}"
        turn = st.session_state.get("tturn", 0)
        return f"tchooser_{hashlib.sha256(seen.encode()).hexdigest()[:8]}_{turn}"

    def _picked(self, key: str) -> str:
        rows = st.session_state[key]["selection"]["rows"]
        return self.ids[rows[0]] if rows else ""

    def _keep(self, key: str) -> None:
        target_address.forget()
        if found := self._picked(key):
            st.query_params[self.param] = found
