"""Column settings that tables of several pages share."""

from typing import Any

import pandas as pd
import streamlit as st


def numeric(frame: pd.DataFrame) -> dict[str, Any]:
    """Column settings that give every number its thousands separators."""
    number = st.column_config.NumberColumn(format="localized")
    return {str(name): number for name in frame.select_dtypes("number")}
