"""Column settings that tables of several pages share."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st


def numeric(frame: pd.DataFrame) -> dict[str, Any]:
    """Column settings that give every number its thousands, and a column its decimals."""
    number = st.column_config.NumberColumn
    return {
        str(name): number(format="localized", step=step(frame[name]))
        for name in frame.select_dtypes("number")
    }


def step(values: Iterable[float | int | None]) -> float | None:
    """The last place any value of a column is written to: all are shown to it.

    None where all are whole, so that nothing is added to them.
    """
    known = [one for one in values if one is not None and not pd.isna(one)]
    last = [int(Decimal(str(one)).normalize().as_tuple().exponent) for one in known]
    places = -min(last, default=0)
    return float(Decimal(1).scaleb(-places)) if places > 0 else None
