"""A refusal told in a narrow panel."""

import streamlit as st

from geo.errors import GeoError
from pages import explain, parts
from pages.target_words import safe

_MOST = 20  # reasons shown


def told(error: GeoError) -> None:
    """Its code and every reason, once."""
    with st.container(key="refused", gap=None):
        reasons = dict.fromkeys((issue.code, issue.message) for issue in error.issues)
        shown = list(reasons)[:_MOST] or [(error.code, str(error))]
        told = [explain.html(*one, english=parts.english()) for one in shown]
        lines = "".join(f"<li>{one}</li>" for one in told)
        title = f"{safe(parts.t('app', 'error'))} <code>{safe(error.code)}</code>"
        st.html(f'<div class="srefused" role="alert"><b>{title}</b><ul>{lines}</ul></div>')
