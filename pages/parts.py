"""What screens share: language, unit, texts, how an error is told, how to go elsewhere."""

import logging
import secrets
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from geo.errors import GeoError
from geo.people import Act
from geo.units import AreaUnit
from pages import ask, door, explain, rights, who

P = ParamSpec("P")
LANGUAGES = {"zh": "中文", "en": "English"}
_log = logging.getLogger("zone")


def english() -> bool:
    """Whether the reader chose English."""
    return bool(st.session_state.get("lang") == "en")


def unit() -> AreaUnit:
    """The unit of area the reader chose."""
    return AreaUnit(st.session_state.get("unit") or AreaUnit.MU)


def t(section: str, key: str) -> str:
    """One text of the screens in the reader's language."""
    return door.words()[section][key][english()]


def section(name: str) -> dict[str, str]:
    """All texts of one section in the reader's language."""
    return {key: text[english()] for key, text in door.words()[name].items()}


def say(chinese: str, other: str) -> str:
    """The text of the two that the reader reads; Chinese where there is no English."""
    return other if english() and other else chinese


def told(draw: Callable[P, None]) -> Callable[P, None]:
    """Tell a `GeoError` in plain words. Wrap every page and every fragment."""

    @wraps(draw)
    def safe(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            if who.visit() is None:  # signed out elsewhere, or disabled, since the page was drawn
                raise GeoError(t("entrance", "over"), "SIGNED_OUT")
            rights.require(Act.SEE)
            now = map(who.sees, args)  # not as it was when a fragment was first drawn
            draw(*now, **kwargs)  # type: ignore[arg-type]
        except GeoError as error:
            with st.container(key="error"):
                st.error(f"**{t('app', 'error')}** `{error.code}`")
                explain.sentence(error, english=english())
                st.caption(t("app", "error_next"))

    return safe


def unforeseen(error: Exception) -> bool:
    """Tell an error nobody foresaw by a number; what it was goes to the server's log only."""
    number = secrets.token_hex(4).upper()
    _log.error("unforeseen %s", number, exc_info=error)
    st.error(f"{t('app', 'error_unknown')} {t('app', 'error_number')} **{number}**")
    return True


def user() -> str:
    """Who acts: whoever signed in; else the name given here, or the local administrator."""
    found = who.visit()
    if who.book() is not None and found is not None:
        return found.person.name
    return str(st.session_state.get("who") or "本机管理员")


def refused(error: GeoError) -> None:
    """A refusal, told where it happened: code, sentence, and each fault with its row."""
    with st.container(key="refused"):
        st.error(f"**{t('app', 'error')}** `{error.code}`")
        explain.sentence(error, english=english())
        explain.faults(error, english=english())


def plain(text: str) -> str:
    """Text for a label that Streamlit reads as Markdown: every mark escaped."""
    return "".join(f"\\{mark}" if mark in "\\`*_{}[]()#+-.!|<>$~:" else mark for mark in text)


def go(page: str, **asked: str) -> None:
    """Open another page (``map``, ``target``) with something asked in its address."""
    ask.forget()
    st.switch_page(st.session_state["pages"][page], query_params=asked)
